"""Which claims disagree.

Two claims disagree if they are about the same question, noun, unit and time, and no value satisfies
both.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from explainer.model.dates import Edtf
from explainer.model.edtf import Day, iso_year
from explainer.model.formulas import FormulaError
from explainer.model.ledger import Entry, Holder, Ledger, Statement, once
from explainer.model.quantities import Quantity
from explainer.model.records import Claim, Fact, Point, Series

# Pairs of claims that may be of the same time: only those can disagree. Claims of different times
# are not compared, so the work grows with the number of claims and not with its square.
MOST_PAIRS: Final = 100_000
"""The most pairs of claims of one time that a fact or series may have.

About 450 claims of one time have so many pairs.
"""
_Bound = tuple[int, Day | None]
_BEFORE_ALL: Final[_Bound] = (0, None)
_AFTER_ALL: Final[_Bound] = (2, None)


def pairs_of_one_time(claims: Sequence[Statement]) -> int:
    """Return how many pairs of some claims may be of the same time."""
    bounds = [_bounds(claim) for claim in claims]
    firsts = sorted(first for first, _ in bounds)
    apart = sum(len(firsts) - bisect_right(firsts, last) for _, last in bounds)
    return len(claims) * (len(claims) - 1) // 2 - apart


@once
def pairs_to_compare(ledger: Ledger, holder: Holder) -> tuple[tuple[Entry, Entry], ...]:
    """Return the pairs of claims of a fact or series that may be of the same time, in order."""
    entries = tuple(ledger.entries(holder))
    return tuple(
        (entries[a], entries[b])
        for a, b in sorted(_meeting([_bounds(entry.claim) for entry in entries]))
    )


@once
def partners(ledger: Ledger, holder: Holder) -> Mapping[str, tuple[Entry, ...]]:
    """Return, by a claim's reference, the other claims that may be of its time, in order.

    A claim without such others has no entry.
    """
    found: dict[str, list[Entry]] = {}
    for first, second in pairs_to_compare(ledger, holder):
        found.setdefault(first.ref, []).append(second)
        found.setdefault(second.ref, []).append(first)
    places = {entry.ref: number for number, entry in enumerate(ledger.entries(holder))}
    return {
        ref: tuple(sorted(others, key=lambda each: places[each.ref]))
        for ref, others in found.items()
    }


def _bounds(claim: Statement) -> tuple[_Bound, _Bound]:
    """Return the first and last day of a claim's period, as sort keys.

    A claim without a period may be of any time.
    """
    period = claim.period
    first = _BEFORE_ALL if period is None or period.first is None else (1, period.first)
    last = _AFTER_ALL if period is None or period.last is None else (1, period.last)
    return first, last


def _meeting(bounds: Sequence[tuple[_Bound, _Bound]]) -> Iterator[tuple[int, int]]:
    """Yield the indexes of each two periods that share a day, the lower index first."""
    by_first = sorted(range(len(bounds)), key=lambda number: bounds[number][0])
    firsts = [bounds[number][0] for number in by_first]
    for at, number in enumerate(by_first):
        for other in by_first[at + 1 : bisect_right(firsts, bounds[number][1])]:
            yield min(number, other), max(number, other)


# Disagreements. Amounts over a period are compared only if both periods are the same, because an
# amount for a part does not contradict one for the whole. Rates and dates are compared if the
# periods overlap.


@once
def disagreements(ledger: Ledger, holder: Holder) -> tuple[tuple[Entry, Entry], ...]:
    """Return the pairs of claims of one fact or series that cannot both be right."""
    pairs = pairs_to_compare(ledger, holder)
    return tuple(
        pair for pair in pairs if _comparable(ledger, *pair) and not _compatible(ledger, *pair)
    )


@once
def conflicts(ledger: Ledger, holder: Holder) -> tuple[tuple[Entry, Entry], ...]:
    """Return the pairs of claims that a page shows as a disagreement.

    These are the pairs that cannot both be right, and the pairs that the author declares for
    what cannot be computed: disagreements between statements or across counting rules. Two claims
    of a fact are declared to disagree if both are called disputed, or if both are ranked
    statements. Claims that say the same, that allow a common value, or that are about different
    times never disagree.
    """
    found = {(a.claim.id, b.claim.id) for a, b in disagreements(ledger, holder)}
    return tuple(
        (a, b)
        for a, b in pairs_to_compare(ledger, holder)
        if (a.claim.id, b.claim.id) in found
        or (isinstance(holder, Fact) and _declared(ledger, a, b))
    )


def camps(ledger: Ledger, fact: Fact) -> tuple[tuple[Entry, ...], ...]:
    """Return the claims of a fact that are not deprecated, in groups.

    Claims are in one group if they contradict the same other claims.
    """
    standing = [entry for entry in ledger.entries(fact) if not entry.deprecated]
    against: dict[str, set[str]] = {entry.claim.id: set() for entry in standing}
    for a, b in conflicts(ledger, fact):
        if not (a.deprecated or b.deprecated):
            against[a.claim.id].add(b.claim.id)
            against[b.claim.id].add(a.claim.id)
    found: dict[frozenset[str], list[Entry]] = {}
    for entry in standing:
        found.setdefault(frozenset(against[entry.claim.id]), []).append(entry)
    return tuple(tuple(group) for group in found.values())


def say_the_same(ledger: Ledger, first: Entry, second: Entry) -> bool:
    """Return whether two claims give the same answer.

    The amount, date or statement, the time and the counting rule must be equal.
    """
    a, b = first.claim, second.claim
    said = [(_value(ledger, each), each.claim.date, each.claim.text) for each in (first, second)]
    return said[0] == said[1] and first.definition == second.definition and a.period == b.period


def _declared(ledger: Ledger, first: Entry, second: Entry) -> bool:
    a, b = first.claim, second.claim
    if not (isinstance(a, Claim) and isinstance(b, Claim)):
        return False
    ranked_statements = bool(a.text and b.text and a.rank and b.rank)
    if not (a.standing == b.standing == "disputed" or ranked_statements):
        return False
    if a.period is not None and b.period is not None and not a.period.overlaps(b.period):
        return False
    return a.text != b.text if a.text or b.text else not _compatible(ledger, first, second)


def rivals_of(ledger: Ledger, entry: Entry) -> Iterator[Entry]:
    """Yield the other claims of the fact or series that cannot be right if ``entry`` is.

    Deprecated claims are left out.
    """
    for other in partners(ledger, entry.holder).get(entry.ref, ()):
        if (
            not other.deprecated
            and _comparable(ledger, entry, other)
            and not _compatible(ledger, entry, other)
        ):
            yield other


def _comparable(ledger: Ledger, first: Entry, second: Entry) -> bool:
    a, b = first.claim, second.claim
    if first.definition != second.definition or a.text or b.text:
        return False
    if isinstance(a, Point) and isinstance(b, Point) and not _same_row(first.holder, a, b):
        return False
    if a.period is None or b.period is None:
        return True
    if not a.period.overlaps(b.period):
        return False
    rate = ledger.unit(first.holder).is_rate or a.date is not None
    return rate or a.period.same_spell(b.period)


def _same_row(holder: Holder, a: Point, b: Point) -> bool:
    """Return whether two points of a series answer the same question."""
    if (a.region, a.basis) != (b.region, b.basis):
        return False
    if isinstance(holder, Series) and holder.x == "date":
        return a.label == b.label
    if (
        a.period is None
        and b.period is None
        and isinstance(holder, Series)
        and holder.x == "said_on"
    ):
        return a.said_on == b.said_on
    return True


def _compatible(ledger: Ledger, first: Entry, second: Entry) -> bool:
    a, b = first.claim, second.claim
    if a.date is not None and b.date is not None:
        same = (
            a.date.allows_same(b.date)
            or _ended_since(ledger, first, second)
            or _ended_since(ledger, second, first)
        )
        return same and _same_end(a, b)
    mine, theirs = _value(ledger, first), _value(ledger, second)
    return mine is None or theirs is None or mine.allows_same(theirs)


def _same_end(a: Statement, b: Statement) -> bool:
    """Return whether two spells of a timeline may have ended on the same day.

    If one has no ``until``, this is True.
    """
    ends = [each.until for each in (a, b) if isinstance(each, Point) and each.until is not None]
    return len(ends) < 2 or ends[0].allows_same(ends[1])


def _ended_since(ledger: Ledger, going_on: Entry, ended: Entry) -> bool:
    """Return whether both may be right because one spell ended after the other claim was made.

    ``going_on`` says that the spell had not ended. ``ended`` gives an end on or after the day when
    that was said.
    """
    a, b = going_on.claim.date, ended.claim.date
    if a is None or b is None or not a.is_open or b.is_open or not a.may_begin_with(b):
        return False
    said = going_on.claim.said_on
    issued = [
        date
        for item in going_on.claim.supports
        if item.source in ledger.sources
        if (date := ledger.sources[item.source].issued)
    ]
    days = [date.first for date in ([said] if said else issued) if date.first]
    return bool(days) and b.last is not None and max(days) <= b.last


def _value(ledger: Ledger, entry: Entry) -> Quantity | None:
    try:
        return ledger.value(entry)
    except (FormulaError, ValueError):  # the rule on formulas reports it
        return None


# Gaps in a series: periods for which it should have a point and has none

_STEPS = {1, 2, 3, 6, 12}
"""The months from one point to the next that an even series may have."""


@dataclass(frozen=True)
class Gaps:
    """The periods without a point between the first and the last of some points of a series."""

    missing: tuple[Edtf, ...] = ()
    """The starts of the missing periods: years for a yearly series, months otherwise."""
    even: bool = True
    """Whether the points have equal distances. If not, it is not known which are missing."""


def gaps_between(series: Series, points: Sequence[Entry]) -> Gaps:
    """Return the gaps between the first and the last of some points, given in order of time."""
    starts = sorted({_month(entry) for entry in points})
    if len(starts) < 2:
        return Gaps()
    every = sorted(
        {
            _month(Entry(series, point))
            for point in series.points
            if point.period and point.period.first
        }
    )
    step = min((b - a for a, b in pairwise(every)), default=0)
    steps = {b - a for a, b in pairwise(starts)}
    if series.x != "period" or step not in _STEPS or any(each % step for each in steps):
        return Gaps(even=False)
    missing = [month for a, b in pairwise(starts) for month in range(a + step, b, step)]
    return Gaps(tuple(_period(month, step) for month in missing))


def _month(entry: Entry) -> int:
    date = entry.claim.period or entry.claim.date or entry.claim.said_on
    return date.first.year * 12 + date.first.month - 1 if date and date.first else 0


def _period(month: int, step: int) -> Edtf:
    year, rest = divmod(month, 12)
    return Edtf.parse(iso_year(year) if step == 12 else f"{iso_year(year)}-{rest + 1:02d}")
