"""Two claims beside each other: a share, a change, how many times, and the years between."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from explainer.ledger import Entry, Ledger
from explainer.values.days import Day, day_of
from explainer.values.formula_tokens import FormulaError
from explainer.values.measures import Leaf, Measure, added, multiplied
from explainer.values.quantities import Interval, Quantity
from explainer.values.units import NONE, RELATIVE

_HUNDRED, _ONE = Measure.written(Decimal(100)), Measure.written(Decimal(1))


def compare_pair(ledger: Ledger, how: str, pair: tuple[Entry, Entry], digits: int | None) -> Quantity:
    """The share, change or ratio of the first against the second, or the years from one to the other. Raises ``FormulaError``.

    ``digits`` after the point, where an author asks for them; else those that the two bear.
    """
    of, to = pair
    if how == "years-between":
        return _years(of, to)
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
    """Whole years between two dates: exact where both are the same part of a year, outward otherwise."""
    (first, last), (next_first, next_last) = sorted((_bounds(of), _bounds(to)))
    if _is_exact(of) and _is_exact(to) and _same_part((first, last), (next_first, next_last)):
        return Quantity.between(next_first.year - first.year, next_first.year - first.year)
    low, high = max(_whole_years(last, next_first), 0), _whole_years(first, next_last)
    exact = _anniversary(first, high) == next_last
    return Quantity.between(low, high if exact else high + 1)


def _bounds(entry: Entry) -> tuple[Day, Day]:
    date = entry.claim.date or entry.claim.period
    if date is None or date.first is None or date.last is None:
        raise FormulaError(f"'{entry.ref}' has no date or period with a year")
    return date.first, date.last


def _is_exact(entry: Entry) -> bool:
    date = entry.claim.date or entry.claim.period
    return date is not None and date.is_exact


def _same_part(a: tuple[Day, Day], b: tuple[Day, Day]) -> bool:
    """Whether both cover the same days of their year."""
    days = [[(day.month, day.day) for day in spell] for spell in (a, b)]
    return days[0] == days[1] and a[1].year - a[0].year == b[1].year - b[0].year


def _whole_years(start: Day, end: Day) -> int:
    """Completed years from one day to another, below zero where the second is earlier."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _anniversary(day: Day, years: int) -> Day:
    return day_of(day.year + years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
