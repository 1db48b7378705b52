"""Which claims of a fact or series may be of one time: only those can disagree.

Claims that follow each other are not held against one another, so that the work grows with the claims, and not with their square.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from explainer.ledger import Entry, Holder, Ledger, Statement
from explainer.ledger.once import once
from explainer.values.days import Day

MOST_PAIRS: Final = 100_000
"""So many pairs of claims of one time a fact or a series may have: all pairs of some 450 claims."""
_Bound = tuple[int, Day | None]
_BEFORE_ALL: Final[_Bound] = (0, None)
_AFTER_ALL: Final[_Bound] = (2, None)


def pairs_of_one_time(claims: Sequence[Statement]) -> int:
    """How many pairs of some claims may be of one time."""
    bounds = [_bounds(claim) for claim in claims]
    firsts = sorted(first for first, _ in bounds)
    apart = sum(len(firsts) - bisect_right(firsts, last) for _, last in bounds)
    return len(claims) * (len(claims) - 1) // 2 - apart


@once
def pairs_to_compare(ledger: Ledger, holder: Holder) -> tuple[tuple[Entry, Entry], ...]:
    """The pairs of claims of a fact or series that may be of one time, in the order of the claims."""
    entries = tuple(ledger.entries(holder))
    return tuple((entries[a], entries[b]) for a, b in sorted(_meeting([_bounds(entry.claim) for entry in entries])))


@once
def partners(ledger: Ledger, holder: Holder) -> Mapping[str, tuple[Entry, ...]]:
    """For each claim by its reference, the others that may be of its time, in the order of the claims."""
    found: dict[str, list[Entry]] = {}
    for first, second in pairs_to_compare(ledger, holder):
        found.setdefault(first.ref, []).append(second)
        found.setdefault(second.ref, []).append(first)
    places = {entry.ref: number for number, entry in enumerate(ledger.entries(holder))}
    return {ref: tuple(sorted(others, key=lambda each: places[each.ref])) for ref, others in found.items()}


def _bounds(claim: Statement) -> tuple[_Bound, _Bound]:
    """The first and the last day of a claim's period, as they are sorted; one without a period may be of any time."""
    period = claim.period
    first = _BEFORE_ALL if period is None or period.first is None else (1, period.first)
    last = _AFTER_ALL if period is None or period.last is None else (1, period.last)
    return first, last


def _meeting(bounds: Sequence[tuple[_Bound, _Bound]]) -> Iterator[tuple[int, int]]:
    """The numbers of each two that have a day in common, the lower first."""
    by_first = sorted(range(len(bounds)), key=lambda number: bounds[number][0])
    firsts = [bounds[number][0] for number in by_first]
    for at, number in enumerate(by_first):
        for other in by_first[at + 1 : bisect_right(firsts, bounds[number][1])]:
            yield min(number, other), max(number, other)
