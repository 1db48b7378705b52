"""Two claims beside each other: a share, a change, how many times, and the years between."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from decimal import Decimal
from typing import Final

from explainer.ledger import Entry, Ledger, leaf_of
from explainer.records import Series
from explainer.values.dates import Edtf
from explainer.values.days import Day, day_of
from explainer.values.formula_tokens import FormulaError
from explainer.values.formulas import UnlikeTimes
from explainer.values.lengths import days_covered, unlike
from explainer.values.measures import Leaf, Measure, added, multiplied
from explainer.values.quantities import Interval, Quantity
from explainer.values.units import NONE, RELATIVE

_SCALES: Final = ("°c", "°f", "celsius", "fahrenheit", "цельси", "цельсі", "фаренгейт")
"""Parts of the names of units whose zero is not nothing: twice as many degrees are not twice as warm."""
_HUNDRED, _ONE = Measure.written(Decimal(100)), Measure.written(Decimal(1))


def compare_pair(ledger: Ledger, how: str, pair: tuple[Entry, Entry], digits: int | None, *, assumed: bool = False) -> Quantity:
    """The share, change or ratio of the first against the second, or the years from one to the other.

    Raises ``FormulaError``; ``UnlikeTimes`` where the two are of times that cannot be set against each other without a word.

    Args:
        ledger: What holds the two.
        how: ``share``, ``change``, ``ratio`` or ``years-between``.
        pair: The first and the second.
        digits: After the point, where an author asks for them; else those that the two bear.
        assumed: Whether the author says what the comparison takes for granted.
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
    """The share, change or ratio, not yet rounded. Raises ``FormulaError``."""
    unit = ledger.unit(of.holder)
    if not unit.same(ledger.unit(to.holder)):
        raise FormulaError(f"'{of.ref}' and '{to.ref}' are in different units")
    if how != "ratio" and any(noun in RELATIVE for noun, _ in unit.factors):
        less = f"a difference in percentage points is 'derived: {of.ref} - {to.ref}'"
        raise FormulaError(f"'{of.ref}' and '{to.ref}' are in {unit.text}, and percent of percent mislead; {less}")
    if any(mark in noun.casefold() for noun, _ in unit.factors for mark in _SCALES):
        raise FormulaError(f"'{of.ref}' and '{to.ref}' are in {unit.text}, whose zero is not nothing; take their difference by a formula")
    for each in (of, to):
        low = _interval(each, _amount(ledger, each)).low
        if low is not None and low < 0:
            raise FormulaError(f"'{each.ref}' may be below zero, so it has no {how}; take their difference by a formula")
    part, whole = (Measure.of(_interval(each, _amount(ledger, each)), NONE, Leaf(each.ref, each.holder.id)) for each in (of, to))
    ratio = multiplied(part, whole, "/")
    if how == "ratio":
        return ratio
    if how == "share":
        return multiplied(ratio, _HUNDRED, "*")
    # the ends are those of the ratio, in which each of the two stands once; the digits are those of the difference
    borne = multiplied(added(part, whole, "-"), whole, "/")
    found = multiplied(added(ratio, _ONE, "-"), _HUNDRED, "*")
    return replace(borne, interval=found.interval)


def _check_times(ledger: Ledger, how: str, of: Entry, to: Entry) -> None:
    """A share is of a whole at the same time, also where both are of one series; amounts cover times of one length."""
    a, b = leaf_of(of), leaf_of(to)
    rate = ledger.unit(of.holder).is_rate
    times = _time(of), _time(to)
    if how == "share" and times[0] and times[1]:
        same = times[0].overlaps(times[1]) if rate or None in (a.period, b.period) else times[0].same_spell(times[1])
        if not same:
            raise UnlikeTimes(f"the part ('{of.ref}') is of {times[0]} and the whole ('{to.ref}') of {times[1]}")
    if rate or a.period is None or b.period is None:
        return
    if a.is_total and b.is_total and a.period.first == b.period.first is not None:
        return
    days = days_covered([a.period]), days_covered([b.period])
    if None in days:
        raise UnlikeTimes(f"how long '{of.ref}' ({a.period}) or '{to.ref}' ({b.period}) lasts is not known")
    if unlike(days[0] or 0, days[1] or 0):
        raise UnlikeTimes(f"'{of.ref}' covers {days[0]} days and '{to.ref}' {days[1]}")


def _time(entry: Entry) -> Edtf | None:
    """The time that a claim is about: its period, or, for a total that is told by the day it was said, that day."""
    by_day = isinstance(entry.holder, Series) and entry.holder.x == "said_on"
    return entry.claim.period or (entry.claim.said_on if by_day else None)


def _amount(ledger: Ledger, entry: Entry) -> Quantity:
    value = ledger.value(entry)
    if value is None:
        raise FormulaError(f"'{entry.ref}' is not a number")
    return value


def _interval(entry: Entry, value: Quantity) -> Interval:
    if value.interval is None:
        raise FormulaError(f"'{value}' ({entry.ref}) has no stated width, so it enters no arithmetic")
    return value.interval


def _years(of: Entry, to: Entry) -> Quantity:
    """Whole years between two dates: exact where both are the same part of a year, else all that the two leave possible.

    Raises ``FormulaError`` for a date whose bounds nobody has stated.
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
        raise FormulaError(f"'{date}' ({entry.ref}) is about then or uncertain, by how much nobody says, so no years are counted from it")
    if date.first is None or date.last is None:
        lacking = "no year" if date.first is date.last is None else "no beginning that is known" if date.first is None else "no end"
        raise FormulaError(f"'{date}' ({entry.ref}) has {lacking}, so no years are counted from it")
    return date.first, date.last


def _dated(entry: Entry) -> Edtf | None:
    return entry.claim.date or entry.claim.period


def _is_open_in_part(entry: Entry) -> bool:
    """Whether it is one of several dates, or a part of it is known in part ("199X", "2004-1X")."""
    date = _dated(entry)
    return date is not None and not date.is_one


def _same_part(a: tuple[Day, Day], b: tuple[Day, Day]) -> bool:
    """Whether both cover the same days of their year."""
    return _days_of_year(a) == _days_of_year(b) and a[1].year - a[0].year == b[1].year - b[0].year


def _days_of_year(spell: tuple[Day, Day]) -> tuple[int, int, int, int]:
    """The month and day of a beginning and an end; a month's last day counts as its 31st where the spell is longer than a day."""
    first, last = spell
    ends_month = first != last and last.day == monthrange(last.year, last.month)[1]
    return first.month, first.day, last.month, 31 if ends_month else last.day


def _whole_years(start: Day, end: Day) -> int:
    """Completed years from one day to another, below zero where the second is earlier."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _years_begun(start: Day, end: Day) -> int:
    """Years from one day to another, the last of which need not be over."""
    whole = _whole_years(start, end)
    return whole if _anniversary(start, whole) == end else whole + 1


def _anniversary(day: Day, years: int) -> Day:
    return day_of(day.year + years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
