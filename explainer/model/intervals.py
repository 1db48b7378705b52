"""Arithmetic on intervals, in exact fractions, and the lengths of time that amounts cover."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final, Self

from explainer.model.dates import Edtf
from explainer.model.quantities import Interval

# Interval arithmetic on the ends alone (after IEEE 1788), in fractions: nothing is lost before a
# result is rounded.


@dataclass(frozen=True)
class Exact:
    """A closed interval of fractions; ``None`` is an end that nobody has stated."""

    low: Fraction | None
    high: Fraction | None

    @classmethod
    def of(cls, interval: Interval) -> Self:
        """The same interval as fractions."""
        low, high = (
            None if end is None else Fraction(end) for end in (interval.low, interval.high)
        )
        return cls(low, high)

    @classmethod
    def number(cls, value: Fraction | Decimal | int) -> Self:
        """One number."""
        return cls(Fraction(value), Fraction(value))

    @property
    def ends(self) -> tuple[Fraction, ...]:
        """The ends that are stated."""
        return tuple(end for end in (self.low, self.high) if end is not None)

    @property
    def is_number(self) -> bool:
        """Whether it is one number."""
        return self.low is not None and self.low == self.high

    @property
    def is_whole(self) -> bool:
        """Whether its ends are whole numbers."""
        return all(end.denominator == 1 for end in self.ends)


def negative(a: Exact) -> Exact:
    """The interval mirrored at zero."""
    return Exact(None if a.high is None else -a.high, None if a.low is None else -a.low)


def plus(a: Exact, b: Exact) -> Exact:
    """The sum."""
    low = None if a.low is None or b.low is None else a.low + b.low
    return Exact(low, None if a.high is None or b.high is None else a.high + b.high)


def times(a: Exact, b: Exact) -> Exact:
    """The product. Raises ``ValueError`` where an end is open and the other is not one positive
    number.
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
    """The quotient. Raises ``ValueError`` where b may be zero or less."""
    if b.low is None or b.low <= 0:
        raise ValueError("only what is surely above zero can divide")
    low = None if a.low is None else _quotient(a.low, b.high if a.low >= 0 else b.low)
    high = None if a.high is None else _quotient(a.high, b.low if a.high >= 0 else b.high)
    return Exact(low, high)


def to_digits(a: Exact, digits: int) -> Interval:
    """One number rounded to so many significant digits; of an interval each end, outward."""
    return _each(a, lambda end: magnitude(end) - digits + 1)


def to_decimals(a: Exact, decimals: int) -> Interval:
    """One number rounded to so many digits after the point; of an interval each end, outward."""
    return _each(a, lambda _: -decimals)


def magnitude(value: Fraction) -> int:
    """The power of ten of a number's first digit: 2 for 350, -1 for 0.35; 0 for 0."""
    if not value:
        return 0
    estimate = len(str(abs(value.numerator))) - len(str(value.denominator))
    return estimate if abs(value) >= Fraction(10) ** estimate else estimate - 1


def significant(value: Decimal | Fraction) -> int:
    """How many digits of a number as written are not leading or trailing zeros: 35000 has two, 1.50
    three, 160 two.
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
    """A fraction as a decimal with no more digits than it needs; ``None`` where it has no end."""
    rest, decimals = value.denominator, 0
    for prime in (2, 5):
        times_in = 0
        while rest % prime == 0:
            rest, times_in = rest // prime, times_in + 1
        decimals = max(decimals, times_in)
    return None if rest != 1 else decimal(value, -decimals, ROUND_HALF_UP)


def decimal(value: Fraction, place: int, rounding: str) -> Decimal:
    """A fraction rounded at a power of ten, with the digits down to it; a zero has no sign."""
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
    """A quotient, where an open end of b stands for what grows without a bound."""
    return Fraction(0) if b is None else a / b


# How long amounts cover: which can be set against each other because they cover time of one
# length.

_LONGER: Final = Decimal("1.15")
"""So many times as long as the shorter the longer may be: February and March are alike, a month and
a quarter are not."""
DAYS: Final = {"days": Fraction(1), "months": Fraction(36525, 1200), "years": Fraction(36525, 100)}
"""The days in the units of time, on the average."""


def unlike(a: int | Fraction, b: int | Fraction) -> bool:
    """Whether two lengths, in days, are too unlike for amounts over them to be compared."""
    return max(a, b) > Fraction(_LONGER) * min(a, b)


def days_covered(periods: Iterable[Edtf]) -> int | None:
    """How many days some periods cover, each day counted once; ``None`` where the beginning or the
    end of one is not known.
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
