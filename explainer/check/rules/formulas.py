"""The rules ``formula``, ``comparison``, ``correlated`` and ``assumption``.

Each formula and each comparison can be computed, and its terms may be combined.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Final

from explainer.check.support.twice import entered_twice
from explainer.common.problems import Place, Problem
from explainer.model.comparisons import compare
from explainer.model.formulas import Correlated, FormulaError, UnlikeTimes, extrapolates, references
from explainer.model.ledger import Entry, Ledger, Statement
from explainer.model.records import Fact
from explainer.model.units import NONE, PERCENT, Unit

_ONCE: Final = "use each claim once, or say in 'correlated:' why they may be combined"
_ASSUME: Final = (
    "take amounts of one time, or of times of one length; or say in 'assumes:' why these may be set"
    " against each other, such as 'the population of 2020 stands for that of 2024'"
)


def check(ledger: Ledger) -> Iterator[Problem]:
    """Yield the problems of each formula and comparison.

    These are: a formula or comparison that fails, a result in another unit, a statement used twice,
    and a rate that is extrapolated over time without ``assumes``.
    """
    twins = _twins(ledger)
    for fact in ledger.facts.values():
        if fact.derived:
            yield from _try(ledger, fact.id, fact.place("derived"), ledger.unit(fact))
            yield from _twice(ledger, fact.id, fact, twins)
            yield from _carried_on(fact)
        if fact.compares:
            yield from _compared(ledger, fact)
    for entry in ledger.entries():
        if entry.claim.derived:
            yield from _try(ledger, entry.ref, _place(entry), ledger.unit(entry.holder))
            yield from _twice(ledger, entry.ref, entry.claim, twins)


def _place(entry: Entry) -> Place:
    return entry.claim.place("derived")


def _try(ledger: Ledger, ref: str, place: Place, unit: Unit) -> Iterator[Problem]:
    hint = "write it like 'books-lent * 12 months/year'; docs/authoring.md has more"
    try:
        measure = ledger.measure(ref)
        ledger.derived(ref)
    except Correlated as error:
        yield Problem(place, "correlated", str(error), _ONCE)
        return
    except UnlikeTimes as error:
        yield Problem(
            place,
            "assumption",
            f"'{ref}': {error}, and nothing says what that takes for granted",
            _ASSUME,
        )
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
        yield Problem(
            place,
            "formula",
            f"the formula gives {given}, but the unit is {unit.text or 'none'}",
            hint,
        )


def _twins(ledger: Ledger) -> frozenset[frozenset[str]]:
    """Return the pairs of claims, by reference, that are one claim of one source entered twice.

    The claims of a pair are in different facts or series. The result is empty if no formula has two
    references.
    """
    combining = any(
        len(_references(record)) > 1
        for record in (*ledger.facts.values(), *(entry.claim for entry in ledger.entries()))
    )
    return (
        frozenset(frozenset((a.ref, b.ref)) for a, b in entered_twice(ledger))
        if combining
        else frozenset()
    )


def _references(record: Fact | Statement) -> tuple[str, ...]:
    """Return the references in a record's formula, each once.

    The result is empty if there is no formula or it cannot be parsed.
    """
    try:
        return tuple(dict.fromkeys(references(record.derived or "")))
    except FormulaError:  # reported by ``_try``
        return ()


def _twice(
    ledger: Ledger, name: str, record: Fact | Statement, twins: frozenset[frozenset[str]]
) -> Iterator[Problem]:
    """Yield a problem if a formula uses one statement of a source twice.

    This happens if two facts or series hold the statement. ``correlated`` allows it.
    """
    if record.correlated:
        return
    try:
        ledger.measure(name)
        rests = [
            sorted(leaf.ref for leaf in ledger.measure(ref).leaves) for ref in _references(record)
        ]
    except (FormulaError, ValueError):  # reported by ``_try``
        return
    for some, others in combinations(rests, 2):
        for a, b in product(some, others):
            if frozenset((a, b)) in twins:
                message = (
                    f"'{a}' and '{b}' are one statement of one source, entered twice, so the"
                    " formula takes it twice"
                )
                yield Problem(record.place("derived"), "correlated", message, _ONCE)
                return


def _carried_on(fact: Fact) -> Iterator[Problem]:
    try:
        carried = extrapolates(fact.derived or "")
    except FormulaError:  # reported by ``_try``
        return
    if carried and not fact.assumes:
        message = (
            f"'{fact.id}' carries a pace on over a span of time, and does not say what that takes"
            " for granted"
        )
        yield Problem(
            fact.place("derived"),
            "assumption",
            message,
            "add 'assumes:', such as 'the pace holds for a year'",
        )


def _compared(ledger: Ledger, fact: Fact) -> Iterator[Problem]:
    assert fact.compares is not None
    try:
        compare(ledger, fact)
    except UnlikeTimes as error:
        message = f"'{fact.id}': {error}, and nothing says what that takes for granted"
        yield Problem(fact.compares.place("how"), "assumption", message, _ASSUME)
    except (FormulaError, ValueError) as error:
        hint = (
            "compare points of one kind whose values do not overlap, or word the sentence more"
            " carefully; docs/authoring.md has the forms"
        )
        yield Problem(fact.compares.place("how"), "comparison", f"'{fact.id}': {error}", hint)
