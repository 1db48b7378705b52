"""Comparisons of claims: ranks, shares, changes, and the rival claims that would change them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Final

from explainer.model.dates import Edtf
from explainer.model.edtf import EARLIEST, Day, day_of
from explainer.model.formulas import FormulaError, Leaf, Measure, UnlikeTimes, added, multiplied
from explainer.model.intervals import days_covered, unlike
from explainer.model.ledger import Entry, Holder, Ledger, leaf_of
from explainer.model.quantities import Interval, Quantity, mirrored
from explainer.model.records import Comparison, Fact, Over, Point, Series
from explainer.model.rivals import Gaps, gaps_between, rivals_of
from explainer.model.units import NONE, RELATIVE

# Two claims: shares, changes, ratios, and years between them

_SCALES: Final = ("°c", "°f", "celsius", "fahrenheit", "цельси", "цельсі", "фаренгейт")
"""Parts of the names of units with an arbitrary zero: 20 °C is not twice as warm as 10 °C."""
_HUNDRED, _ONE = Measure.written(Decimal(100)), Measure.written(Decimal(1))


def compare_pair(
    ledger: Ledger,
    how: str,
    pair: tuple[Entry, Entry],
    digits: int | None,
    *,
    assumed: bool = False,
) -> Quantity:
    """Return the share, change or ratio of two claims, or the years between them.

    Raises ``FormulaError``. Raises ``UnlikeTimes`` if the times of the claims do not match and
    ``assumed`` is False.

    Args:
        ledger: The ledger with both claims.
        how: ``share``, ``change``, ``ratio`` or ``years-between``.
        pair: The two claims. The first is compared with the second.
        digits: Digits after the point, if an author asks for them. If ``None``, those that the
            two claims support.
        assumed: Whether the author states what the comparison assumes.
    """
    of, to = pair
    if how == "years-between":
        return _years(of, to)
    if not assumed:
        _check_times(ledger, how, of, to)
    try:
        return Quantity.of(measure_pair(ledger, how, of, to).rounded_to(digits))
    except (FormulaError, ValueError) as error:
        raise FormulaError(f"{how} of '{of.ref}' and '{to.ref}': {error}") from error


def measure_pair(ledger: Ledger, how: str, of: Entry, to: Entry) -> Measure:
    """Return the share, change or ratio, not yet rounded. Raises ``FormulaError``."""
    unit = ledger.unit(of.holder)
    if not unit.same(ledger.unit(to.holder)):
        raise FormulaError(f"'{of.ref}' and '{to.ref}' are in different units")
    if how != "ratio" and any(noun in RELATIVE for noun, _ in unit.factors):
        less = f"a difference in percentage points is 'derived: {of.ref} - {to.ref}'"
        raise FormulaError(
            f"'{of.ref}' and '{to.ref}' are in {unit.text}, and percent of percent mislead; {less}"
        )
    if any(mark in noun.casefold() for noun, _ in unit.factors for mark in _SCALES):
        raise FormulaError(
            f"'{of.ref}' and '{to.ref}' are in {unit.text}, whose zero is not nothing; take their"
            " difference by a formula"
        )
    for each in (of, to):
        low = _interval(each, _amount(ledger, each)).low
        if low is not None and low < 0:
            raise FormulaError(
                f"'{each.ref}' may be below zero, so it has no {how}; take their difference by a"
                " formula"
            )
    part, whole = (
        Measure.of(_interval(each, _amount(ledger, each)), NONE, Leaf(each.ref, each.holder.id))
        for each in (of, to)
    )
    ratio = multiplied(part, whole, "/")
    if how == "ratio":
        return ratio
    if how == "share":
        return multiplied(ratio, _HUNDRED, "*")
    # The ends are those of the ratio, in which each claim occurs once. The digits are those of the
    # difference.
    borne = multiplied(added(part, whole, "-"), whole, "/")
    found = multiplied(added(ratio, _ONE, "-"), _HUNDRED, "*")
    return replace(borne, interval=found.interval)


def _check_times(ledger: Ledger, how: str, of: Entry, to: Entry) -> None:
    """Raise ``UnlikeTimes`` if the times of two claims do not match.

    A share needs a whole at the same time, also within one series. Amounts over periods need
    periods of similar length.
    """
    a, b = leaf_of(of), leaf_of(to)
    rate = ledger.unit(of.holder).is_rate
    times = _time(of), _time(to)
    if how == "share" and times[0] and times[1]:
        same = (
            times[0].overlaps(times[1])
            if rate or None in (a.period, b.period)
            else times[0].same_spell(times[1])
        )
        if not same:
            raise UnlikeTimes(
                f"the part ('{of.ref}') is of {times[0]} and the whole ('{to.ref}') of {times[1]}"
            )
    if rate or a.period is None or b.period is None:
        return
    if a.is_total and b.is_total and a.period.first == b.period.first is not None:
        return
    days = days_covered([a.period]), days_covered([b.period])
    if None in days:
        raise UnlikeTimes(
            f"how long '{of.ref}' ({a.period}) or '{to.ref}' ({b.period}) lasts is not known"
        )
    if unlike(days[0] or 0, days[1] or 0):
        raise UnlikeTimes(f"'{of.ref}' covers {days[0]} days and '{to.ref}' {days[1]}")


def _time(entry: Entry) -> Edtf | None:
    """Return the time that a claim is about: its period, or else the day it was said.

    The day counts only in a series whose ``x`` is ``said_on``.
    """
    by_day = isinstance(entry.holder, Series) and entry.holder.x == "said_on"
    return entry.claim.period or (entry.claim.said_on if by_day else None)


def _amount(ledger: Ledger, entry: Entry) -> Quantity:
    value = ledger.value(entry)
    if value is None:
        raise FormulaError(f"'{entry.ref}' is not a number")
    return value


def _interval(entry: Entry, value: Quantity) -> Interval:
    if value.interval is None:
        raise FormulaError(
            f"'{value}' ({entry.ref}) has no stated width, so it enters no arithmetic"
        )
    return value.interval


def _years(of: Entry, to: Entry) -> Quantity:
    """Return the whole years between two dates.

    The number is exact if both are the same part of a year. Otherwise it is the range that the
    two dates allow. Raises ``FormulaError`` for a date whose bounds are not known.
    """
    (a, b), (c, d) = sorted((_bounds(of), _bounds(to)))
    if _same_part((a, b), (c, d)) and not (_is_open_in_part(of) or _is_open_in_part(to)):
        return Quantity.between(c.year - a.year, c.year - a.year)
    low = max(_whole_years(b, c), 0)
    high = max(_years_begun(a, d), _years_begun(c, b) if b > c else 0)
    return Quantity.between(low, high)


def _bounds(entry: Entry) -> tuple[Day, Day]:
    date = _dated(entry)
    if date is None:
        raise FormulaError(f"'{entry.ref}' has no date and no period")
    if date.is_doubtful:
        raise FormulaError(
            f"'{date}' ({entry.ref}) is about then or uncertain, by how much nobody says, so no"
            " years are counted from it"
        )
    if date.first is None or date.last is None:
        lacking = (
            "no year"
            if date.first is date.last is None
            else "no beginning that is known"
            if date.first is None
            else "no end"
        )
        raise FormulaError(f"'{date}' ({entry.ref}) has {lacking}, so no years are counted from it")
    return date.first, date.last


def _dated(entry: Entry) -> Edtf | None:
    return entry.claim.date or entry.claim.period


def _is_open_in_part(entry: Entry) -> bool:
    """Return whether it is a choice of dates, or a part is known in part ("199X", "2004-1X")."""
    date = _dated(entry)
    return date is not None and not date.is_one


def _same_part(a: tuple[Day, Day], b: tuple[Day, Day]) -> bool:
    """Return whether both cover the same days of their year."""
    return _days_of_year(a) == _days_of_year(b) and a[1].year - a[0].year == b[1].year - b[0].year


def _days_of_year(spell: tuple[Day, Day]) -> tuple[int, int, int, int]:
    """Return the month and day of a start and an end.

    The last day of a month counts as its 31st, unless start and end are the same day.
    """
    first, last = spell
    ends_month = first != last and last.day == monthrange(last.year, last.month)[1]
    return first.month, first.day, last.month, 31 if ends_month else last.day


def _whole_years(start: Day, end: Day) -> int:
    """Return the completed years from one day to another. Negative if the second is earlier."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _years_begun(start: Day, end: Day) -> int:
    """Return the years from one day to another. An incomplete last year counts as one."""
    whole = _whole_years(start, end)
    return whole if _anniversary(start, whole) == end else whole + 1


def _anniversary(day: Day, years: int) -> Day:
    return day_of(day.year + years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


# Comparisons over a series: since when, which rank, how many.
#
# They use the values that points allow (``Quantity.spread``). If a range leaves open which of two
# points is larger, there is no answer, and the error names the point. The result also names the
# periods or categories without a point.
#
# Without ``over``, points of one region and one basis are compared over time. With ``over``, points
# of one time that differ in the named field are compared. A rank of a single point is refused.


@dataclass(frozen=True)
class Compared:
    """The result of a comparison, an amount or a point of the series, and what it is based on."""

    inputs: tuple[Entry, ...]
    """The claims that were used. For a series, the point in question is the last."""
    value: Quantity | None = None
    found: Entry | None = None
    """For "since": the nearest earlier point beyond the one in question, or ``None``."""
    gaps: Gaps = field(default_factory=Gaps)
    absent: tuple[Entry, ...] = ()
    """Over categories: for each category without a value at the compared time, another point."""
    tied: tuple[Entry, ...] = ()
    """Points that certainly have the same value as the one in question."""

    @property
    def otherwise(self) -> tuple[Entry, ...]:
        """The inputs that have another counting rule than the last input."""
        return tuple(each for each in self.inputs if each.definition != self.inputs[-1].definition)


_NONE: Mapping[str, Entry] = {}


def compare(
    ledger: Ledger, fact: Fact, seen: tuple[str, ...] = (), swap: Mapping[str, Entry] = _NONE
) -> Compared:
    """Compute a fact's comparison. Raises ``FormulaError`` with a message for the author.

    ``swap`` maps references of claims to claims that replace them. With it a caller learns what
    the result would be with a rival claim.
    """
    comparison = fact.compares
    assert comparison is not None
    if fact.id in seen:
        raise FormulaError(
            f"'{fact.id}' is worked out from itself ({' → '.join((*seen, fact.id))})"
        )
    if comparison.to is not None:
        of, to = (
            _single(ledger, ref, (*seen, fact.id), swap) for ref in (comparison.of, comparison.to)
        )
        return Compared(
            (of, to),
            compare_pair(
                ledger, comparison.how, (of, to), fact.digits, assumed=fact.assumes is not None
            ),
        )
    if comparison.how == "count":
        return _count(ledger, comparison, swap)
    entry = _single(ledger, comparison.of, (), swap)
    points = _points(ledger, entry.holder, comparison, swap)
    if entry.ref not in {each.ref for each in points}:
        raise FormulaError(f"'{comparison.of}' is not among the main points that are compared")
    if comparison.over is None:
        return _over_time(ledger, comparison, points, entry)
    found, absent = _at_one_time(comparison.over, points, entry)
    return replace(_rank(ledger, comparison, found, entry), absent=absent)


def _over_time(
    ledger: Ledger, comparison: Comparison, points: list[Entry], entry: Entry
) -> Compared:
    alike = [each for each in points if _alike(each, entry)]
    if len(alike) == 1:
        raise FormulaError(_alone(comparison, points, entry))
    _check_spells(ledger, alike)
    return (
        _since(ledger, comparison, alike, entry)
        if comparison.how.endswith("-since")
        else _rank(ledger, comparison, alike, entry)
    )


def _alone(comparison: Comparison, points: Sequence[Entry], entry: Entry) -> str:
    """Return a message that a point has no other to compare with, and what may have been meant."""
    message = (
        f"'{entry.ref}' is the only main point of its region and basis, so there is nothing to"
        " compare it with over time"
    )
    if len(points) == 1:
        return message.replace("of its region and basis", "with a value")
    told = [
        name
        for name in ("region", "basis")
        if len({category_of(name, each) for each in points}) > 1
    ]
    if not comparison.how.endswith("-rank"):
        return f"{message}; the others differ in {' and '.join(told)}"
    return (
        f"{message}; to compare it with the others at its time, write"
        f" {' or '.join(f'over: {name}' for name in told)}"
    )


def _check_spells(ledger: Ledger, points: Sequence[Entry]) -> None:
    """Raise ``FormulaError`` if the periods of points differ in length, overlap or are open.

    An amount of a part does not contradict one of the whole. Rates, running totals and series
    whose ``x`` is not ``period`` are not checked.
    """
    holder = points[0].holder
    if isinstance(holder, Series) and (
        holder.cumulative or holder.x != "period" or ledger.unit(holder).is_rate
    ):
        return
    spells = [(each, each.claim.period) for each in points]
    told = [(each, date) for each, date in spells if date and date.first and date.last]
    open_one = next(
        (each for each, date in spells if date and not (date.first and date.last)), None
    )
    if open_one is not None:
        raise FormulaError(
            f"how long '{open_one.ref}' lasts is not known ({open_one.claim.period}), so its amount"
            " is not compared"
        )
    for (a, one), (b, other) in pairwise(
        sorted(told, key=lambda each: (each[1].first, each[1].last))
    ):
        if one.overlaps(other):
            raise FormulaError(
                f"the periods of '{a.ref}' and '{b.ref}' overlap, so their amounts are not compared"
            )
    days = [(date.days or 0, each) for each, date in told]
    if not days:
        return
    shortest, longest = min(days, key=lambda one: one[0]), max(days, key=lambda one: one[0])
    if unlike(longest[0], shortest[0]):
        message = (
            f"'{longest[1].ref}' covers {longest[0]} days and '{shortest[1].ref}' {shortest[0]}, so"
            " their amounts are not compared"
        )
        raise FormulaError(message)


def _at_one_time(
    over: Over, points: Sequence[Entry], entry: Entry
) -> tuple[list[Entry], tuple[Entry, ...]]:
    """Return the points at the time of ``entry``, and a point of each category that has none then.

    Each category may have only one point at that time. Raises ``FormulaError`` if not, or if there
    is nothing to compare.
    """
    if category_of(over, entry) is None:
        raise FormulaError(f"'{entry.ref}' has no {over}, so it has no place over: {over}")
    alike = [
        each
        for each in points
        if category_of(over, each) is not None and _others(over, each) == _others(over, entry)
    ]
    found = [each for each in alike if _same_time(each, entry)]
    _check_categories(over, found)
    if len(found) == 1:
        other = next(
            (each for each in points if _same_time(each, entry) and each.ref != entry.ref), None
        )
        why = (
            f"; '{other.ref}' differs in more than the {over}, or has none"
            if other
            else f"; no other {over} has a figure for its time"
        )
        raise FormulaError(
            f"'{entry.ref}' is the only main point that can be compared over: {over}{why}"
        )
    present = {category_of(over, each) for each in found}
    missing = {
        category_of(over, each): each for each in alike if category_of(over, each) not in present
    }
    return found, tuple(missing.values())


def _check_categories(over: Over, points: Sequence[Entry]) -> None:
    seen: dict[str | None, Entry] = {}
    for each in points:
        first = seen.setdefault(category_of(over, each), each)
        if first is not each:
            raise FormulaError(
                f"'{first.ref}' and '{each.ref}' are main points of one {over} at one time; show"
                " one of them as rival"
            )


def category_of(over: str, entry: Entry) -> str | None:
    """Return the category of a point for a field, or None if it has none."""
    claim = entry.claim
    match over:
        case "definition":
            return entry.definition
        case "speaker":
            return claim.said_by or claim.reported_by
    found: str | None = getattr(claim, over, None)
    return found


def _others(over: Over, entry: Entry) -> tuple[str | None, ...]:
    """Return what two points of one time must share in order to be compared over a field."""
    return tuple(category_of(name, entry) for name in ("region", "basis") if name != over)


def _same_time(a: Entry, b: Entry) -> bool:
    x, y = a.claim.period, b.claim.period
    if x is not None and y is not None:
        return x.same_spell(y)
    if a.claim.date is not None and b.claim.date is not None:
        return True
    return x is y is None and a.claim.said_on == b.claim.said_on


def is_rounded(ledger: Ledger, fact: Fact) -> bool:
    """Return whether a share, change or ratio is printed with fewer digits than it has.

    Raises ``FormulaError``.
    """
    assert fact.compares is not None
    of, to = compare(ledger, fact).inputs
    return measure_pair(ledger, fact.compares.how, of, to).is_rounded(fact.digits)


def _since(ledger: Ledger, comparison: Comparison, points: list[Entry], entry: Entry) -> Compared:
    """Find the nearest earlier point that is certainly beyond ``entry``.

    Raises ``FormulaError`` if a point on the way only may be beyond it, or if no point is earlier.
    """
    passed: list[Entry] = []
    earlier = points[: [each.ref for each in points].index(entry.ref)]
    if not earlier:
        raise FormulaError(
            f"'{entry.ref}' is the first main point that is compared, so none lies before it"
        )
    _check_order(points)
    for each in reversed(earlier):
        verdict = _beyond(ledger, comparison.how, each, entry)
        if verdict is None:
            raise FormulaError(
                f"which of '{each.ref}' and '{entry.ref}' is larger is not known, since what they"
                " allow overlaps"
            )
        passed.insert(0, each)
        if verdict:
            return _made(ledger, [*passed, entry], None, each)
    return _made(ledger, [*passed, entry], None, None)


def _check_order(points: Sequence[Entry]) -> None:
    """Raise ``FormulaError`` if the order of two points is unknown because of a vague season."""
    for one, other in combinations(points, 2):
        a, b = one.claim.period, other.claim.period
        if (
            a is None
            or b is None
            or not (a.is_loose or b.is_loose)
            or None in (a.first, a.last, b.first, b.last)
        ):
            continue
        alike = (
            a.is_loose and b.is_loose and dict(a.parts).get("season") == dict(b.parts).get("season")
        )
        if not alike and _start(one) <= b.last and _start(other) <= a.last:  # type: ignore[operator]  # neither is None
            raise FormulaError(
                f"which of '{one.ref}' ({a}) and '{other.ref}' ({b}) came first is not known; write"
                " their months"
            )


def _rank(ledger: Ledger, comparison: Comparison, points: list[Entry], entry: Entry) -> Compared:
    """Return the rank of ``entry``: one more than the number of points ahead of it.

    Raises ``FormulaError`` if a point is not certainly ahead, behind or equal.
    """
    others = [each for each in points if each.ref != entry.ref]
    ahead = 0
    for each in others:
        first, second = (
            _beyond(ledger, comparison.how, *pair) for pair in ((each, entry), (entry, each))
        )
        if not first and not second and not _equal(ledger, each, entry):
            raise FormulaError(
                f"which of '{each.ref}' and '{entry.ref}' comes first is not known, since what they"
                " allow overlaps"
            )
        ahead += first is True
    return _made(ledger, [*others, entry], Quantity.between(1 + ahead, 1 + ahead), None)


def _count(ledger: Ledger, comparison: Comparison, swap: Mapping[str, Entry]) -> Compared:
    holder = ledger.holders.get(comparison.of)
    limit = comparison.above or comparison.below
    if not isinstance(holder, Series):
        raise FormulaError(f"there is no series '{comparison.of}'")
    if limit is None or limit.form != "exact":
        raise FormulaError("a count is above or below a plain number")
    points = _points(ledger, holder, comparison, swap)
    if not points:
        raise FormulaError(f"'{holder.id}' has no main point to count")
    points, absent = _counted(ledger, comparison, points)
    end = Interval(limit.a, limit.a)
    verdicts = [
        _larger(_allowed(ledger, each), end, comparison.above is not None) for each in points
    ]
    value = Quantity.between(verdicts.count(True), len(verdicts) - verdicts.count(False))
    return replace(_made(ledger, points, value, None), absent=absent, tied=())


def _counted(
    ledger: Ledger, comparison: Comparison, points: list[Entry]
) -> tuple[list[Entry], tuple[Entry, ...]]:
    """Return the points that a count counts, and a point of each category without one.

    They are points of one category at different times, or of one time in different categories.
    """
    if comparison.over is None:
        for name in ("region", "basis"):
            other = next(
                (
                    each
                    for each in points
                    if category_of(name, each) != category_of(name, points[0])
                ),
                None,
            )
            if other is not None:
                message = (
                    f"'{points[0].ref}' and '{other.ref}' differ in their {name}, so they are not"
                    " counted together over time"
                )
                raise FormulaError(
                    f"{message}; to count over the {name}s of one time, write over: {name}"
                )
        _check_spells(ledger, points)
        return points, ()
    there = [each for each in points if category_of(comparison.over, each) is not None]
    at = [
        each
        for each in there
        if comparison.at is None
        or (each.claim.period and each.claim.period.same_spell(comparison.at))
    ]
    if not at:
        raise FormulaError(
            f"'{comparison.of}' has no main point with a {comparison.over}"
            + (f" for {comparison.at}" if comparison.at else "")
        )
    other = next((each for each in at if not _same_time(each, at[0])), None)
    if other is not None:
        raise FormulaError(
            f"'{at[0].ref}' and '{other.ref}' are of different times; name one of them: at:"
            f" '{at[0].claim.period or ''}'"
        )
    found, absent = _at_one_time(comparison.over, there, at[0])
    apart = next((each for each in at if each not in found), None)
    if apart is not None:
        raise FormulaError(
            f"'{at[0].ref}' and '{apart.ref}' differ in more than the {comparison.over}, so they"
            " are not counted together"
        )
    return found, absent


def _made(
    ledger: Ledger, inputs: list[Entry], value: Quantity | None, found: Entry | None
) -> Compared:
    holder = inputs[-1].holder
    gaps = gaps_between(holder, inputs) if isinstance(holder, Series) else Gaps()
    tied = tuple(each for each in inputs[:-1] if _equal(ledger, each, inputs[-1]))
    return Compared(tuple(inputs), value, found, gaps, tied=tied)


def _single(ledger: Ledger, ref: str, seen: tuple[str, ...], swap: Mapping[str, Entry]) -> Entry:
    """Return the claim that a reference names, or the point that a comparison found."""
    name, _, claim = ref.partition(":")
    holder = ledger.holders.get(name)
    if isinstance(holder, Fact) and holder.compares and not claim:
        found = compare(ledger, holder, seen, swap).found
        if found is None:
            raise FormulaError(f"'{ref}' comes to no single point")
        return found
    entry = (
        ledger.entry(name, claim)
        if claim
        else ledger.preferred(holder)
        if isinstance(holder, Fact)
        else None
    )
    if entry is None:
        known = (
            ", ".join(e.claim.id for e in ledger.entries(holder))
            if holder
            else "no such fact or series"
        )
        raise FormulaError(f"'{ref}' names no single claim; write one of {name}: {known}")
    return swap.get(entry.ref, entry)


def _points(
    ledger: Ledger, holder: Holder, comparison: Comparison, swap: Mapping[str, Entry]
) -> list[Entry]:
    """Return the main points with a value (or a date, for the earliest), in order of time."""
    start = comparison.since.first if comparison.since else None
    shown = [
        each
        for each in ledger.entries(holder)
        if isinstance(each.claim, Point) and each.claim.show == "main"
    ]
    main = [swap.get(each.ref, each) for each in shown]
    dated = comparison.how == "earliest-rank"
    known = [
        each for each in main if (each.claim.date if dated else ledger.value(each)) is not None
    ]
    wanted = [each for each in known if start is None or _start(each) >= start]
    return sorted(wanted, key=_start)


def _alike(a: Entry, b: Entry) -> bool:
    """Return whether two points are of the same region and the same basis."""
    x, y = a.claim, b.claim
    return (
        isinstance(x, Point) and isinstance(y, Point) and (x.region, x.basis) == (y.region, y.basis)
    )


def _start(entry: Entry) -> Day:
    date = entry.claim.date or entry.claim.period or entry.claim.said_on
    return date.first if date and date.first else EARLIEST


def _beyond(ledger: Ledger, how: str, a: Entry, b: Entry) -> bool | None:
    """Return whether ``a`` is ahead of ``b``, or None if that is not certain."""
    if how == "earliest-rank":
        x, y = a.claim.date, b.claim.date
        if (
            x is None
            or y is None
            or x.last is None
            or y.first is None
            or x.first is None
            or y.last is None
        ):
            return None
        return True if x.last < y.first else False if x.first >= y.last else None
    up = how.startswith("largest")
    return (
        True if _apart(ledger, a, b, up) else _larger(_allowed(ledger, a), _allowed(ledger, b), up)
    )


def _apart(ledger: Ledger, a: Entry, b: Entry, up: bool) -> bool:
    """Return whether ``a`` is ahead of ``b`` although their ends are equal.

    This is so if one of them excludes its end: "over 20" is more than 20.
    """
    mine, theirs = ledger.value(a), ledger.value(b)
    ends = (
        (_allowed(ledger, a), _allowed(ledger, b))
        if up
        else (mirrored(_allowed(ledger, a)), mirrored(_allowed(ledger, b)))
    )
    open_end = (
        mine is not None
        and theirs is not None
        and (mine.form in ("over", "under") or theirs.form in ("over", "under"))
    )
    return open_end and ends[0].low is not None and ends[0].low == ends[1].high


def _equal(ledger: Ledger, a: Entry, b: Entry) -> bool:
    """Return whether two points certainly have the same value: one number or one day."""
    x, y = a.claim.date, b.claim.date
    if x is not None and y is not None:
        return x.first is not None and x.first == x.last == y.first == y.last
    mine, theirs = _allowed(ledger, a), _allowed(ledger, b)
    return mine.low is not None and mine.low == mine.high == theirs.low == theirs.high


def _larger(a: Interval, b: Interval, up: bool) -> bool | None:
    """Return whether every value of ``a`` is above every value of ``b``, or None if uncertain.

    If ``up`` is False, below instead of above.
    """
    a, b = (a, b) if up else (b, a)
    if a.low is not None and b.high is not None and a.low > b.high:
        return True
    return False if a.high is not None and b.low is not None and a.high <= b.low else None


def _allowed(ledger: Ledger, entry: Entry) -> Interval:
    value = ledger.value(entry)
    assert value is not None
    return value.spread


# Rival claims that would change the result of a comparison


def swaying(ledger: Ledger, fact: Fact, found: Compared) -> tuple[Entry, ...]:
    """Return the rival claims with which the comparison would have another result, or none.

    Each rival is tried alone. Then each two rivals are tried that replace different claims and
    change nothing alone. More are not needed, because whether one point is beyond another depends
    only on these two points.
    """
    said = _outcome(found)
    swaps = [
        (each.ref, rival)
        for each in _entering(ledger, fact, found)
        for rival in rivals_of(ledger, each)
    ]
    single = {rival.ref: rival for ref, rival in swaps if _by(ledger, fact, {ref: rival}) != said}
    quiet = [(ref, rival) for ref, rival in swaps if rival.ref not in single]
    for one, other in combinations(quiet, 2):
        if one[0] != other[0] and _by(ledger, fact, dict((one, other))) != said:
            single |= {rival.ref: rival for _, rival in (one, other)}
    return tuple(
        rival for ref, rival in {rival.ref: rival for _, rival in swaps}.items() if ref in single
    )


def _entering(ledger: Ledger, fact: Fact, found: Compared) -> Iterator[Entry]:
    """Yield each claim that a comparison uses, also through another comparison."""
    known = {entry.ref: entry for entry in found.inputs}
    for ref in (fact.compares.of, fact.compares.to) if fact.compares else ():
        inner = ledger.facts.get(ref or "")
        if inner is not None and inner.compares:
            known |= {entry.ref: entry for entry in compare(ledger, inner).inputs}
    yield from known.values()


def _by(ledger: Ledger, fact: Fact, swap: Mapping[str, Entry]) -> str | None:
    try:
        return _outcome(compare(ledger, fact, swap=swap))
    except FormulaError:
        return None


def _outcome(found: Compared) -> str:
    """Return the result as text, without the source of it."""
    claim = found.found.claim if found.found else None
    return (
        f"{found.value} {bool(found.tied)}"
        f" {(claim.period or claim.date or claim.said_on) if claim else ''}"
    )
