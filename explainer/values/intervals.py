"""Interval arithmetic on the ends alone (after IEEE 1788), rounded outward: no value that the terms allow is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from explainer.values.quantities import Interval

_DOWN, _UP = Context(prec=28, rounding=ROUND_FLOOR), Context(prec=28, rounding=ROUND_CEILING)
Operation = Callable[[Context, Decimal, Decimal], Decimal]


def negative(a: Interval) -> Interval:
    """The interval mirrored at zero."""
    return Interval(None if a.high is None else -a.high, None if a.low is None else -a.low)


def plus(a: Interval, b: Interval) -> Interval:
    """The sum."""
    low = None if a.low is None or b.low is None else _DOWN.add(a.low, b.low)
    return Interval(low, None if a.high is None or b.high is None else _UP.add(a.high, b.high))


def times(a: Interval, b: Interval) -> Interval:
    """The product. Raises ``ValueError`` where an end is open and the other is not one positive number."""
    if is_positive_number(b):
        return _scale(a, b, Context.multiply)
    if is_positive_number(a):
        return _scale(b, a, Context.multiply)
    if None in (a.low, a.high, b.low, b.high):
        raise ValueError("a figure without a bound can be multiplied by a plain positive number only")
    pairs = [(x, y) for x in (a.low, a.high) for y in (b.low, b.high) if x is not None and y is not None]
    return Interval(min(_DOWN.multiply(x, y) for x, y in pairs), max(_UP.multiply(x, y) for x, y in pairs))


def over(a: Interval, b: Interval) -> Interval:
    """The quotient. Raises ``ValueError`` where b may be zero or less."""
    if is_positive_number(b):
        return _scale(a, b, Context.divide)
    if b.low is None or b.low <= 0:
        raise ValueError("only what is surely above zero can divide")
    low = None if a.low is None else _quotient(_DOWN, a.low, b.high if a.low >= 0 else b.low)
    high = None if a.high is None else _quotient(_UP, a.high, b.low if a.high >= 0 else b.high)
    return Interval(low, high)


def to_digits(interval: Interval, digits: int) -> Interval:
    """Each end widened to so many significant digits."""
    return Interval(_rounded(interval.low, digits, ROUND_FLOOR), _rounded(interval.high, digits, ROUND_CEILING))


def significant(value: Decimal) -> int:
    """How many digits of a number as written are not leading or trailing zeros: 35000 has two, 1.50 three, 160 two."""
    exponent = value.as_tuple().exponent
    kept = value.normalize() if isinstance(exponent, int) and exponent >= 0 else value
    return len(kept.as_tuple().digits)


def is_positive_number(b: Interval) -> bool:
    """Whether it is one number above zero."""
    return b.low is not None and b.low == b.high and b.low > 0


def _quotient(context: Context, a: Decimal, b: Decimal | None) -> Decimal:
    """A quotient, where an open end of b stands for what grows without a bound."""
    return Decimal(0) if b is None else context.divide(a, b)


def _scale(a: Interval, by: Interval, operation: Operation) -> Interval:
    assert by.low is not None
    low = None if a.low is None else operation(_DOWN, a.low, by.low)
    return Interval(low, None if a.high is None else operation(_UP, a.high, by.low))


def _rounded(value: Decimal | None, digits: int, rounding: str) -> Decimal | None:
    if value is None or not value:
        return value
    step = Decimal(1).scaleb(value.adjusted() - digits + 1)
    return value if (value % step) == 0 else (value / step).to_integral_value(rounding) * step
