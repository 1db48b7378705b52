"""``formula``, ``comparison``, ``correlated``, ``assumption``: what is derived can be worked out, from terms that may be combined."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.ledger import Entry, Ledger
from explainer.ledger.comparisons import compare
from explainer.problems import Place, Problem
from explainer.records import Fact
from explainer.values.formula_tokens import FormulaError, extrapolates
from explainer.values.formulas import Correlated
from explainer.values.units import NONE, PERCENT, Unit


def check(ledger: Ledger) -> Iterator[Problem]:
    """Formulas and comparisons that fail, results in another unit, and paces carried on without a word."""
    for fact in ledger.facts.values():
        if fact.derived:
            yield from _try(ledger, fact.id, fact.place("derived"), ledger.unit(fact))
            yield from _carried_on(fact)
        if fact.compares:
            yield from _compared(ledger, fact)
    for entry in ledger.entries():
        if entry.claim.derived:
            yield from _try(ledger, entry.ref, _place(entry), ledger.unit(entry.holder))


def _place(entry: Entry) -> Place:
    return entry.claim.place("derived")


def _try(ledger: Ledger, ref: str, place: Place, unit: Unit) -> Iterator[Problem]:
    hint = "write it like 'books-lent * 12 months/year'; docs/authoring.md has more"
    try:
        measure = ledger.measure(ref)
        ledger.derived(ref)
    except Correlated as error:
        hint = "use each claim once, or say in 'correlated:' why they may be combined"
        yield Problem(place, "correlated", str(error), hint)
        return
    except (FormulaError, ValueError) as error:
        yield Problem(place, "formula", str(error), hint)
        return
    if not measure.unit.same(unit):
        given = measure.unit.text if measure.unit.factors else "a bare number"
        if measure.unit.same(NONE) and unit.same(PERCENT):
            hint = "write '* 100 percent' behind it"
        elif PERCENT.plus(PERCENT, "-") == measure.unit:
            hint = "write 'unit: percentage points', since the difference of two shares is no share"
        yield Problem(place, "formula", f"the formula gives {given}, but the unit is {unit.text or 'none'}", hint)


def _carried_on(fact: Fact) -> Iterator[Problem]:
    try:
        carried = extrapolates(fact.derived or "")
    except FormulaError:  # told above
        return
    if carried and not fact.assumes:
        message = f"'{fact.id}' carries a pace on over a span of time, and does not say what that takes for granted"
        yield Problem(fact.place("derived"), "assumption", message, "add 'assumes:', such as 'the pace holds for a year'")


def _compared(ledger: Ledger, fact: Fact) -> Iterator[Problem]:
    assert fact.compares is not None
    try:
        compare(ledger, fact)
    except (FormulaError, ValueError) as error:
        hint = (
            "compare points of one kind whose values do not overlap, or word the sentence more carefully; docs/authoring.md has the forms"
        )
        yield Problem(fact.compares.place("how"), "comparison", f"'{fact.id}': {error}", hint)
