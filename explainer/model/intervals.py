"""Interval arithmetic in exact fractions, and the lengths of time that amounts cover."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final, Self

from explainer.model.dates import Edtf
from explainer.model.quantities import Interval

# Interval arithmetic, on the ends only (as in IEEE 1788). Fractions are exact until the result is
# rounded.


@dataclass(frozen=True)
class Exact:
    """A closed interval of fractions. An end is ``None`` if it is not stated."""

    low: Fraction | None
    high: Fraction | None

    @classmethod
    def of(cls, interval: Interval) -> Self:
        """Return the same interval as fractions."""
        low, high = (
            None if end is None else Fraction(end) for end in (interval.low, interval.high)
        )
        return cls(low, high)

    @classmethod
    def number(cls, value: Fraction | Decimal | int) -> Self:
        """Return the interval that holds one number."""
        return cls(Fraction(value), Fraction(value))

    @property
    def ends(self) -> tuple[Fraction, ...]:
        """The ends that are stated."""
        return tuple(end for end in (self.low, self.high) if end is not None)

    @property
    def is_number(self) -> bool:
        """Whether it holds one number only."""
        return self.low is not None and self.low == self.high

    @property
    def is_whole(self) -> bool:
        """Whether its stated ends are whole numbers."""
        return all(end.denominator == 1 for end in self.ends)


def negative(a: Exact) -> Exact:
    """Return the interval with the opposite sign."""
    return Exact(None if a.high is None else -a.high, None if a.low is None else -a.low)


def plus(a: Exact, b: Exact) -> Exact:
    """Return the sum."""
    low = None if a.low is None or b.low is None else a.low + b.low
    return Exact(low, None if a.high is None or b.high is None else a.high + b.high)


def times(a: Exact, b: Exact) -> Exact:
    """Return the product.

    Raises ``ValueError`` if an end is open and the other factor is not one positive number.
    """
    for one, other in ((a, b), (b, a)):
        if other.is_number and other.low is not None and other.low > 0:
            return Exact(
                None if one.low is None else one.low * other.low,
                None if one.high is None else one.high * other.low,
            )
    if None in (a.low, a.high, b.low, b.high):
        raise ValueError(
            "a figure without a bound can be multiplied by a plain positive number only"
        )
    products = [x * y for x in a.ends for y in b.ends]
    return Exact(min(products), max(products))


def over(a: Exact, b: Exact) -> Exact:
    """Return the quotient. Raises ``ValueError`` if ``b`` may be zero or less."""
    if b.low is None or b.low <= 0:
        raise ValueError("only what is surely above zero can divide")
    low = None if a.low is None else _quotient(a.low, b.high if a.low >= 0 else b.low)
    high = None if a.high is None else _quotient(a.high, b.low if a.high >= 0 else b.high)
    return Exact(low, high)


def to_digits(a: Exact, digits: int) -> Interval:
    """Round one number to significant digits. Round each end of an interval outward."""
    return _each(a, lambda end: magnitude(end) - digits + 1)


def to_decimals(a: Exact, decimals: int) -> Interval:
    """Round one number to digits after the point. Round each end of an interval outward."""
    return _each(a, lambda _: -decimals)


def magnitude(value: Fraction) -> int:
    """Return the power of ten of the first digit: 2 for 350, -1 for 0.35, 0 for 0."""
    if not value:
        return 0
    estimate = len(str(abs(value.numerator))) - len(str(value.denominator))
    return estimate if abs(value) >= Fraction(10) ** estimate else estimate - 1


def significant(value: Decimal | Fraction) -> int:
    """Return how many digits of a number are significant: 2 for 35000, 3 for 1.50, 2 for 160.

    Trailing zeros of a whole number do not count. Zero has 1. A fraction without a finite decimal
    has ``_MOST_DIGITS``.
    """
    number = (
        value
        if isinstance(value, Decimal)
        else Decimal(value.numerator)
        if value.denominator == 1
        else terminating(value)
    )
    if number is None or not number:
        return _MOST_DIGITS if number is None else 1
    exponent = number.as_tuple().exponent
    kept = (
        str(abs(int(number))).rstrip("0")
        if isinstance(exponent, int) and exponent >= 0
        else "".join(map(str, number.as_tuple().digits))
    )
    return len(kept)


_MOST_DIGITS = 60
_WIDE = Context(prec=400)


def terminating(value: Fraction) -> Decimal | None:
    """Return a fraction as a decimal with no more digits than it needs.

    Return None if the decimal does not end.
    """
    rest, decimals = value.denominator, 0
    for prime in (2, 5):
        times_in = 0
        while rest % prime == 0:
            rest, times_in = rest // prime, times_in + 1
        decimals = max(decimals, times_in)
    return None if rest != 1 else decimal(value, -decimals, ROUND_HALF_UP)


def decimal(value: Fraction, place: int, rounding: str) -> Decimal:
    """Return a fraction rounded at ``10 ** place``, with the digits down to that place.

    A zero has no sign.
    """
    scaled = value / Fraction(10) ** place
    if rounding == ROUND_HALF_UP:
        count = floor(abs(scaled) + Fraction(1, 2)) * (1 if scaled > 0 else -1)
    else:
        count = floor(scaled) if rounding == ROUND_FLOOR else ceil(scaled)
    number = Decimal(count).scaleb(place, _WIDE)
    return number if place <= 0 else Decimal(f"{number:f}")


def _each(a: Exact, at: Callable[[Fraction], int]) -> Interval:
    if a.is_number and a.low is not None:
        number = decimal(a.low, at(a.low), ROUND_HALF_UP)
        return Interval(number, number)
    low = None if a.low is None else decimal(a.low, at(a.low), ROUND_FLOOR)
    return Interval(low, None if a.high is None else decimal(a.high, at(a.high), ROUND_CEILING))


def _quotient(a: Fraction, b: Fraction | None) -> Fraction:
    """Return ``a / b``, which is 0 if ``b`` is an open end."""
    return Fraction(0) if b is None else a / b


# Lengths of time that amounts cover: amounts are compared only if these are alike

_LONGER: Final = Decimal("1.15")
"""The longer of two lengths may be this many times the shorter.

So February and March are alike, but a month and a quarter are not.
"""
DAYS: Final = {"days": Fraction(1), "months": Fraction(36525, 1200), "years": Fraction(36525, 100)}
"""The average number of days in each unit of time."""


def unlike(a: int | Fraction, b: int | Fraction) -> bool:
    """Return whether two lengths, in days, differ too much to compare amounts over them."""
    return max(a, b) > Fraction(_LONGER) * min(a, b)


def days_covered(periods: Iterable[Edtf]) -> int | None:
    """Return how many days some periods cover. Each day counts once.

    Return None if there are no periods, or if a first or last day is not known. If all periods are
    seasons, return the sum of their days.
    """
    spans = list(dict.fromkeys(periods))
    ends = sorted(
        (date.first.toordinal(), date.last.toordinal())
        for date in spans
        if date.first is not None and date.last is not None
    )
    if len(ends) < len(spans) or not ends:
        return None
    seasons = [date.days or 0 for date in spans if date.is_season]
    if len(seasons) == len(spans):
        return sum(seasons)
    covered, reached = 0, ends[0][0] - 1
    for first, last in ends:
        covered += max(0, last - max(first - 1, reached))
        reached = max(reached, last)
    return covered
