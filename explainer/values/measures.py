"""Amounts that are reckoned with: their interval, their unit, and the digits that they bear.

- A whole number is exact, and so is a number that is written in a formula.
- A number with digits after the point bears those. A sum bears as many after the point as the coarsest of its terms, a product or
  a quotient as many significant digits as the least exact of its factors, and at least two.
- A quotient of whole numbers that does not come out even has the significant digits of the least exact of them, and at least three.
- One number is rounded to its digits; of a range each end, outward.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal, Self

from explainer.values import intervals
from explainer.values.dates import Edtf
from explainer.values.formula_tokens import FormulaError
from explainer.values.intervals import Exact
from explainer.values.quantities import Interval
from explainer.values.units import NONE, PERCENT, Unit

LEAST_DIGITS, LEAST_DIGITS_OF_COUNTS = 2, 3
_HUNDREDTH = Exact.number(Fraction(1, 100))


@dataclass(frozen=True)
class Leaf:
    """A claim that a formula rests on in the end."""

    ref: str
    holder: str
    period: Edtf | None = None
    definition: str | None = None
    """Its counting rule."""
    kept_apart: tuple[str | None, ...] = ()
    """Its region and its basis: claims that differ in one of them count other things."""
    is_total: bool = False
    """Whether it is a running total, which may be set against any other since the same day."""

    def is_like(self, other: Leaf) -> bool:
        """Whether both count one thing: as answers to one question, or by one counting rule."""
        return self.holder == other.holder or (self.definition is not None and self.definition == other.definition)

    def is_apart(self, other: Leaf) -> bool:
        """Whether they are known to count different things, since their regions or bases differ."""
        return any(a and b and a != b for a, b in zip(self.kept_apart, other.kept_apart, strict=False))


@dataclass(frozen=True)
class Measure:
    """An interval with its unit, the digits that it bears, and the claims it rests on."""

    interval: Exact
    unit: Unit
    decimals: int | None = None
    """Of a sum: the digits after the point that it bears; below zero where not even its last whole digits are borne."""
    digits: int | None = None
    """Of a product: the significant digits that it bears. Where both are ``None`` it is exact."""
    counts: int | None = None
    """Of what is exact: the fewest significant digits of the claims in it; ``None`` where no claim is."""
    divided: bool = False
    """Whether anything in it was divided, so that it may have no end."""
    leaves: frozenset[Leaf] = frozenset()
    is_rest: bool = False
    """Whether it is what shares leave of "100 percent", which is a share itself: 100 percent - a - b."""
    terms: frozenset[Leaf] = frozenset()
    """Those of its claims whose amounts are added up in it: their periods are the time that it covers. None in a product or quotient."""

    @classmethod
    def of(cls, interval: Interval, unit: Unit, *leaves: Leaf) -> Self:
        """An amount as stated."""
        ends = [end for end in (interval.low, interval.high) if end is not None]
        after_point = max((_after_point(end) for end in ends), default=0)
        digits = max((intervals.significant(end) for end in ends), default=1)
        found = frozenset(leaves)
        if after_point:
            return cls(Exact.of(interval), unit, decimals=after_point, leaves=found, terms=found)
        return cls(Exact.of(interval), unit, counts=digits, leaves=found, terms=found)

    @classmethod
    def written(cls, number: Decimal, unit: Unit = NONE) -> Self:
        """A number of a formula, which is exact."""
        return cls(Exact.number(number), unit)

    @property
    def is_exact(self) -> bool:
        """Whether the digits of its inputs set it no limit."""
        return self.decimals is None and self.digits is None

    @property
    def borne(self) -> int | None:
        """The digits after the point that it bears, by its largest end; ``None`` where there is no limit."""
        if self.digits is not None:
            largest = max(map(intervals.magnitude, self.interval.ends), default=0)
            return self.digits - 1 - largest
        return self.decimals

    @property
    def rounded(self) -> Interval:
        """The interval, rounded to the digits that its inputs bear."""
        if self.digits is not None:
            return intervals.to_digits(self.interval, self.digits)
        if self.decimals is not None:
            return intervals.to_decimals(self.interval, self.decimals)
        if self.interval.is_whole or not self.divided:  # it has an end, since numbers are written with one
            low, high = (None if end is None else intervals.terminating(end) for end in (self.interval.low, self.interval.high))
            return Interval(low, high)
        digits = max(LEAST_DIGITS_OF_COUNTS, self.counts or 0)
        return _without_zeros(intervals.to_digits(self.interval, digits))

    def rounded_to(self, decimals: int | None) -> Interval:
        """The same, to so many digits after the point where an author asks for them. Raises ``FormulaError`` for more than it bears."""
        if decimals is None:
            return self.rounded
        borne = self.borne
        if borne is not None and decimals > borne:
            bears = f"{borne} after the point" if borne > 0 else "none after the point"
            raise FormulaError(f"'digits: {decimals}' asks for more digits than the inputs bear, which is {bears}")
        return intervals.to_decimals(self.interval, decimals)

    def is_rounded(self, decimals: int | None = None) -> bool:
        """Whether what is printed differs from what was reckoned."""
        return Exact.of(self.rounded_to(decimals)) != self.interval


def added(left: Measure, right: Measure, sign: Literal["+", "-"]) -> Measure:
    """The sum or difference, without its leaves. Raises ``FormulaError`` for units that cannot be added."""
    other = right.interval if sign == "+" else intervals.negative(right.interval)
    total = intervals.plus(left.interval, other)
    known = [side.borne for side in (left, right) if side.borne is not None]
    is_rest = sign == "-" and (left.is_rest or _is_all(left)) and right.unit.same(left.unit)
    unit = left.unit if is_rest else left.unit.plus(right.unit, sign)
    if unit is None:
        raise FormulaError(f"'{left.unit.text or 1}' {sign} '{right.unit.text or 1}': only like units can be added")
    divided, terms = left.divided or right.divided, left.terms | right.terms
    if known:
        return Measure(total, unit, decimals=min(known), divided=divided, terms=terms, is_rest=is_rest)
    counted = [side.counts for side in (left, right) if side.counts is not None]
    whole = max((intervals.significant(end) for end in total.ends), default=1) if total.is_whole else min(counted, default=1)
    return Measure(total, unit, counts=whole if counted else None, divided=divided, terms=terms, is_rest=is_rest)


def multiplied(left: Measure, right: Measure, sign: Literal["*", "/"]) -> Measure:
    """The product or quotient, without its leaves. Raises ``FormulaError`` where there is none."""
    try:
        interval = (intervals.times if sign == "*" else intervals.over)(left.interval, right.interval)
        share = left.unit.share_of(right.unit) if sign == "*" else None
        unit = share or (left.unit.times(right.unit) if sign == "*" else left.unit.over(right.unit))
        interval = intervals.times(interval, _HUNDREDTH) if share else interval
    except ValueError as error:
        raise FormulaError(str(error)) from error
    divided = left.divided or right.divided or sign == "/"
    counted = [side.counts for side in (left, right) if side.counts is not None]
    inexact = [each for each in (left, right) if not each.is_exact]
    terms = left.terms if not right.leaves else right.terms if not left.leaves and sign == "*" else frozenset()
    if not inexact:
        return Measure(interval, unit, counts=min(counted, default=None), divided=divided, terms=terms)
    return Measure(interval, unit, digits=max(LEAST_DIGITS, min(map(_digits, inexact))), divided=divided, terms=terms)


def _is_all(measure: Measure) -> bool:
    """Whether it is "100 percent" as written in a formula, from which a share leaves another share and no percentage points."""
    return not measure.leaves and measure.unit.same(PERCENT) and measure.interval == Exact.number(100)


def _digits(side: Measure) -> int:
    """The significant digits that an inexact factor bears."""
    if side.digits is not None:
        return side.digits
    largest = max(map(intervals.magnitude, side.interval.ends), default=0)
    return max(1, largest + (side.decimals or 0) + 1)


def with_leaves(measure: Measure, leaves: frozenset[Leaf]) -> Measure:
    """The same, resting on some claims."""
    return replace(measure, leaves=leaves)


def _after_point(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _without_zeros(interval: Interval) -> Interval:
    """The ends without zeros after the point, which whole numbers do not bear."""
    low, high = (None if end is None else _bare(end) for end in (interval.low, interval.high))
    return Interval(low, high)


def _bare(number: Decimal) -> Decimal:
    text = f"{number:f}"
    return Decimal(text.rstrip("0").removesuffix(".") if "." in text else text)
