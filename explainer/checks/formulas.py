"""``formula``: what is derived can be worked out, and its unit is the one written."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.formulas import FormulaError
from explainer.ledger import Entry, Ledger
from explainer.problems import Place, Problem
from explainer.units import Unit


def check(ledger: Ledger) -> Iterator[Problem]:
    """Formulas that fail, and results in another unit."""
    for fact in ledger.facts.values():
        if fact.derived:
            yield from _try(ledger, fact.id, fact.place("derived"), ledger.unit(fact))
    for entry in ledger.entries():
        if entry.claim.derived:
            yield from _try(ledger, entry.ref, _place(entry), ledger.unit(entry.holder))


def _place(entry: Entry) -> Place:
    return entry.claim.place("derived")


def _try(ledger: Ledger, ref: str, place: Place, unit: Unit) -> Iterator[Problem]:
    hint = "write it like 'monthly-recruitment * 12 months/year'; docs/authoring.md has more"
    try:
        measure = ledger.measure(ref)
        ledger.derived(ref)
    except (FormulaError, ValueError) as error:
        yield Problem(place, "formula", str(error), hint)
        return
    if not measure.unit.same(unit):
        yield Problem(
            place, "formula", f"the formula gives {measure.unit.text or 'a bare number'}, but the unit is {unit.text or 'none'}", hint
        )
