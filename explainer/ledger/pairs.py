"""Two claims beside each other: a share, a change, how many times, and the years between."""

from __future__ import annotations

from decimal import Decimal

from explainer.ledger import Entry, Ledger
from explainer.values.days import Day, day_of
from explainer.values.formula_tokens import FormulaError
from explainer.values.intervals import negative, over, plus, significant, times, to_digits
from explainer.values.quantities import Interval, Quantity

_HUNDRED, _ONE = Interval(Decimal(100), Decimal(100)), Interval(Decimal(1), Decimal(1))
LEAST_DIGITS = 2
"""Results keep as many digits as the less exact input, and at least these."""


def compare_pair(ledger: Ledger, how: str, of: Entry, to: Entry) -> Quantity:
    """The share, change or ratio of ``of`` against ``to``, or the years from one to the other. Raises ``FormulaError``."""
    if how == "years-between":
        return _years(of, to)
    if not ledger.unit(of.holder).same(ledger.unit(to.holder)):
        raise FormulaError(f"'{of.ref}' and '{to.ref}' are in different units")
    part, whole = _amount(ledger, of), _amount(ledger, to)
    digits = max(LEAST_DIGITS, min(_digits(part), _digits(whole)))
    try:
        ratio = over(_interval(of, part), _interval(to, whole))
        exact = {"ratio": ratio, "share": times(ratio, _HUNDRED), "change": times(plus(ratio, negative(_ONE)), _HUNDRED)}[how]
        return Quantity.of(to_digits(exact, digits))
    except ValueError as error:
        raise FormulaError(f"{how} of '{of.ref}' and '{to.ref}': {error}") from error


def _amount(ledger: Ledger, entry: Entry) -> Quantity:
    value = ledger.value(entry)
    if value is None:
        raise FormulaError(f"'{entry.ref}' is not a number")
    return value


def _interval(entry: Entry, value: Quantity) -> Interval:
    if value.interval is None:
        raise FormulaError(f"'{value}' ({entry.ref}) has no stated width, so it enters no arithmetic")
    return value.interval


def _digits(value: Quantity) -> int:
    return max(significant(number) for number in value.numbers)


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
