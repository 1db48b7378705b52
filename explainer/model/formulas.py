"""Formulas over facts: their tokens, the amounts in them, and their results."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product
from typing import Literal, Self, cast

from explainer.model import intervals
from explainer.model.dates import Edtf
from explainer.model.edtf import EARLIEST
from explainer.model.intervals import DAYS, Exact, days_covered, unlike
from explainer.model.quantities import Interval
from explainer.model.units import NONE, PERCENT, Unit

# Tokens

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?![\w-])|(?P<ref>[a-z0-9]+(?:-[a-z0-9]+)*(?::[a-z0-9]+(?:-[a-z0-9]+)*)?)|(?P<sign>[-+*/])|(?P<bracket>[()]))(?:(?<=[()])|(?=\s|[()]|$))"
)
_UNIT = re.compile(r"\s+((?:percentage points?|[a-z]+)(?:/[a-z]+)*)(?=\s|\)|$)")
_LONGEST = 400
_TIMES = re.compile(r"\b(?:days?|months?|years?)\b")
Tokens = list[tuple[str, str]]


class FormulaError(Exception):
    """A formula that cannot be computed. The message is for the author."""


def references(formula: str) -> tuple[str, ...]:
    """Return the references in a formula, in order."""
    return tuple(value for kind, value in tokens_of(formula) if kind == "ref")


def extrapolates(formula: str) -> bool:
    """Return whether a formula multiplies by a length of time.

    Such a formula assumes that a rate continues beyond what was observed.
    """
    tokens = list(tokens_of(formula))
    return any(
        ("sign", "*") in pair
        and any(kind == "number" and _TIMES.search(value) for kind, value in pair)
        for pair in pairwise(tokens)
    )


def tokens_of(formula: str) -> Iterator[tuple[str, str]]:
    """Yield each token with its kind: number, ref or sign. Raises ``FormulaError``."""
    if len(formula) > _LONGEST:
        raise FormulaError(f"the formula has {len(formula)} characters; at most {_LONGEST}")
    position = 0
    while position < len(formula.rstrip()):
        match = _TOKEN.match(formula, position)
        if match is None or match.lastgroup is None:
            raise FormulaError(
                f"'{formula[position:].strip()[:30]}' is not understood; put spaces around + - * /"
            )
        position = match.end()
        value = match.group(match.lastgroup)
        kind = "sign" if match.lastgroup == "bracket" else match.lastgroup
        unit = _UNIT.match(formula, position) if match.lastgroup == "number" else None
        if unit:
            position = unit.end()
            value = f"{value} {unit.group(1)}"
        yield kind, value


# Amounts

LEAST_DIGITS, LEAST_DIGITS_OF_COUNTS = 2, 3
_HUNDREDTH = Exact.number(Fraction(1, 100))


@dataclass(frozen=True)
class Leaf:
    """A claim that a formula uses, directly or through other facts."""

    ref: str
    holder: str
    period: Edtf | None = None
    definition: str | None = None
    """Its counting rule."""
    kept_apart: tuple[str | None, ...] = ()
    """Its region and its basis. Claims that differ in one of them count different things."""
    is_total: bool = False
    """Whether it is a running total. It may be compared with any other total from the same day."""

    def is_like(self, other: Leaf) -> bool:
        """Return whether both count the same thing: for one question or by one counting rule."""
        return self.holder == other.holder or (
            self.definition is not None and self.definition == other.definition
        )

    def is_apart(self, other: Leaf) -> bool:
        """Return whether they count different things because their regions or bases differ."""
        return any(
            a and b and a != b for a, b in zip(self.kept_apart, other.kept_apart, strict=False)
        )


@dataclass(frozen=True)
class Measure:
    """An interval with its unit, its precision and the claims that it uses.

    The precision of a result follows these rules:

    - A whole number is exact, and so is a number that is written in a formula.
    - A number with digits after the point has the precision of these digits. A sum has as many
      digits after the point as the least precise of its terms. A product or a quotient has as many
      significant digits as the least precise of its factors, but at least two.
    - A quotient of whole numbers that is not a whole number has as many significant digits as the
      whole number with the fewest, but at least three.
    - One number is rounded to its digits. Each end of a range is rounded outward.
    """

    interval: Exact
    unit: Unit
    decimals: int | None = None
    """Of a sum: the digits after the point that it supports.

    Below zero if even the last digits before the point are not supported.
    """
    digits: int | None = None
    """Of a product: the significant digits that it supports.

    The amount is exact if ``decimals`` and ``digits`` are both ``None``.
    """
    counts: int | None = None
    """Of an exact amount: the fewest significant digits of its claims. ``None`` without claims."""
    divided: bool = False
    """Whether something in it was divided, so that its decimals may not end."""
    leaves: frozenset[Leaf] = frozenset()
    is_rest: bool = False
    """Whether it is a share left over from "100 percent", which is a share itself.

    Example: 100 percent - a - b.
    """
    terms: frozenset[Leaf] = frozenset()
    """The claims whose amounts are added in it. Their periods are the time that it covers.

    Empty for a product or quotient of claims.
    """

    @classmethod
    def of(cls, interval: Interval, unit: Unit, *leaves: Leaf) -> Self:
        """Return an amount as stated."""
        ends = [end for end in (interval.low, interval.high) if end is not None]
        after_point = max((_after_point(end) for end in ends), default=0)
        digits = max((intervals.significant(end) for end in ends), default=1)
        found = frozenset(leaves)
        if after_point:
            return cls(Exact.of(interval), unit, decimals=after_point, leaves=found, terms=found)
        return cls(Exact.of(interval), unit, counts=digits, leaves=found, terms=found)

    @classmethod
    def written(cls, number: Decimal, unit: Unit = NONE) -> Self:
        """Return a number of a formula, which is exact."""
        return cls(Exact.number(number), unit)

    @property
    def is_exact(self) -> bool:
        """Whether its inputs do not limit its digits."""
        return self.decimals is None and self.digits is None

    @property
    def borne(self) -> int | None:
        """The digits after the point that its largest end supports, or ``None`` if unlimited."""
        if self.digits is not None:
            largest = max(map(intervals.magnitude, self.interval.ends), default=0)
            return self.digits - 1 - largest
        return self.decimals

    @property
    def rounded(self) -> Interval:
        """The interval, rounded to the digits that its inputs support."""
        if self.digits is not None:
            return intervals.to_digits(self.interval, self.digits)
        if self.decimals is not None:
            return intervals.to_decimals(self.interval, self.decimals)
        if (
            self.interval.is_whole or not self.divided
        ):  # the decimals end, because those of the inputs do
            low, high = (
                None if end is None else intervals.terminating(end)
                for end in (self.interval.low, self.interval.high)
            )
            return Interval(low, high)
        digits = max(LEAST_DIGITS_OF_COUNTS, self.counts or 0)
        return _without_zeros(intervals.to_digits(self.interval, digits))

    def rounded_to(self, decimals: int | None) -> Interval:
        """Return the interval, rounded to ``decimals`` digits after the point if not None.

        Raises ``FormulaError`` if that is more than it supports.
        """
        if decimals is None:
            return self.rounded
        borne = self.borne
        if borne is not None and decimals > borne:
            bears = f"{borne} after the point" if borne > 0 else "none after the point"
            raise FormulaError(
                f"'digits: {decimals}' asks for more digits than the inputs bear, which is {bears}"
            )
        return intervals.to_decimals(self.interval, decimals)

    def is_rounded(self, decimals: int | None = None) -> bool:
        """Return whether the printed value differs from the computed value."""
        return Exact.of(self.rounded_to(decimals)) != self.interval


def added(left: Measure, right: Measure, sign: Literal["+", "-"]) -> Measure:
    """Return the sum or difference, without its leaves.

    Raises ``FormulaError`` if the units cannot be added.
    """
    other = right.interval if sign == "+" else intervals.negative(right.interval)
    total = intervals.plus(left.interval, other)
    known = [side.borne for side in (left, right) if side.borne is not None]
    is_rest = sign == "-" and (left.is_rest or _is_all(left)) and right.unit.same(left.unit)
    unit = left.unit if is_rest else left.unit.plus(right.unit, sign)
    if unit is None:
        raise FormulaError(
            f"'{left.unit.text or 1}' {sign} '{right.unit.text or 1}': only like units can be added"
        )
    divided, terms = left.divided or right.divided, left.terms | right.terms
    if known:
        return Measure(
            total, unit, decimals=min(known), divided=divided, terms=terms, is_rest=is_rest
        )
    counted = [side.counts for side in (left, right) if side.counts is not None]
    whole = (
        max((intervals.significant(end) for end in total.ends), default=1)
        if total.is_whole
        else min(counted, default=1)
    )
    return Measure(
        total,
        unit,
        counts=whole if counted else None,
        divided=divided,
        terms=terms,
        is_rest=is_rest,
    )


def multiplied(left: Measure, right: Measure, sign: Literal["*", "/"]) -> Measure:
    """Return the product or quotient, without its leaves.

    Raises ``FormulaError`` if it does not exist.
    """
    try:
        interval = (intervals.times if sign == "*" else intervals.over)(
            left.interval, right.interval
        )
        share = left.unit.share_of(right.unit) if sign == "*" else None
        unit = share or (left.unit.times(right.unit) if sign == "*" else left.unit.over(right.unit))
        interval = intervals.times(interval, _HUNDREDTH) if share else interval
    except ValueError as error:
        raise FormulaError(str(error)) from error
    divided = left.divided or right.divided or sign == "/"
    counted = [side.counts for side in (left, right) if side.counts is not None]
    inexact = [each for each in (left, right) if not each.is_exact]
    terms = (
        left.terms
        if not right.leaves
        else right.terms
        if not left.leaves and sign == "*"
        else frozenset()
    )
    if not inexact:
        return Measure(
            interval, unit, counts=min(counted, default=None), divided=divided, terms=terms
        )
    return Measure(
        interval,
        unit,
        digits=max(LEAST_DIGITS, min(map(_digits, inexact))),
        divided=divided,
        terms=terms,
    )


def _is_all(measure: Measure) -> bool:
    """Return whether it is "100 percent" as written in a formula.

    A share subtracted from it leaves a share, not percentage points.
    """
    return (
        not measure.leaves and measure.unit.same(PERCENT) and measure.interval == Exact.number(100)
    )


def _digits(side: Measure) -> int:
    """Return the significant digits that an inexact factor supports."""
    if side.digits is not None:
        return side.digits
    largest = max(map(intervals.magnitude, side.interval.ends), default=0)
    return max(1, largest + (side.decimals or 0) + 1)


def with_leaves(measure: Measure, leaves: frozenset[Leaf]) -> Measure:
    """Return the measure with these leaves."""
    return replace(measure, leaves=leaves)


def _after_point(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _without_zeros(interval: Interval) -> Interval:
    """Return the interval without trailing zeros after the point."""
    low, high = (None if end is None else _bare(end) for end in (interval.low, interval.high))
    return Interval(low, high)


def _bare(number: Decimal) -> Decimal:
    text = f"{number:f}"
    return Decimal(text.rstrip("0").removesuffix(".") if "." in text else text)


# Derived facts. A formula is computed in exact interval arithmetic and rounded once, at the end.


class Correlated(FormulaError):
    """Terms use the same claims, and the author has not declared it."""


class UnlikeTimes(FormulaError):
    """Amounts cover times that do not match, and the author has not stated an assumption."""


Lookup = Callable[[str], Measure]
"""Returns the amount of a reference. Raises ``FormulaError`` if it has none."""
Reader = Callable[[str], Unit]


@dataclass(frozen=True)
class _Terms:
    lookup: Lookup
    read_unit: Reader
    correlated: bool
    assumed: bool


def work_out(
    formula: str,
    lookup: Lookup,
    read_unit: Reader,
    *,
    correlated: bool = False,
    assumed: bool = False,
) -> Measure:
    """Return the value of a formula, for example ``books-lent * 12 months/year``.

    ``correlated`` says that the author explains why terms use the same claims. ``assumed`` says
    that the author states what is assumed about unlike times.

    Raises ``FormulaError``. Raises ``Correlated`` if terms use the same claims and ``correlated``
    is False, and ``UnlikeTimes`` if the times of amounts do not match and ``assumed`` is False.
    """
    value, rest = _sum(list(tokens_of(formula)), _Terms(lookup, read_unit, correlated, assumed))
    if rest:
        raise FormulaError(f"'{rest[0][1]}' stands where the formula should end")
    return value


def _sum(tokens: Tokens, terms: _Terms) -> tuple[Measure, Tokens]:
    left, tokens = _product(tokens, terms)
    while tokens and tokens[0] in (("sign", "+"), ("sign", "-")):
        sign = cast(Literal["+", "-"], tokens[0][1])
        right, tokens = _product(tokens[1:], terms)
        _check_times(left, right, sign, terms)
        left = with_leaves(
            added(left, right, sign), _leaves(left, right, terms, summed=sign == "+")
        )
    return left, tokens


def _product(tokens: Tokens, terms: _Terms) -> tuple[Measure, Tokens]:
    left, tokens = _atom(tokens, terms)
    while tokens and tokens[0] in (("sign", "*"), ("sign", "/")):
        sign = cast(Literal["*", "/"], tokens[0][1])
        right, tokens = _atom(tokens[1:], terms)
        _check_times(left, right, sign, terms)
        left = with_leaves(multiplied(left, right, sign), _leaves(left, right, terms, summed=False))
    return left, tokens


def _leaves(left: Measure, right: Measure, terms: _Terms, *, summed: bool) -> frozenset[Leaf]:
    """Return the claims of both sides.

    Raises ``Correlated`` if a claim is on both sides, or if a sum would count something twice.
    """
    for a, b in [] if terms.correlated else _pairs(left.leaves, right.leaves):
        if a.ref == b.ref:
            raise Correlated(
                f"'{a.ref}' enters twice, so the terms are not independent of each other"
            )
        if not summed or not _may_meet(a, b):
            continue
        if a.holder == b.holder:
            raise Correlated(
                f"'{a.ref}' and '{b.ref}' answer one question for times that overlap, so a sum"
                " counts some twice"
            )
        if a.is_like(b) and not a.is_apart(b):
            raise Correlated(
                f"'{a.ref}' and '{b.ref}' count by one rule ('{a.definition}') for times that"
                " overlap, so a sum may count some twice"
            )
    return left.leaves | right.leaves


def _pairs(left: Iterable[Leaf], right: Iterable[Leaf]) -> list[tuple[Leaf, Leaf]]:
    """Return each claim of one side with each of the other, in the order of their references."""
    return list(product(_sorted(left), _sorted(right)))


def _may_meet(a: Leaf, b: Leaf) -> bool:
    """Return whether two claims may be about the same time."""
    return a.period is None or b.period is None or a.period.overlaps(b.period)


def _check_times(left: Measure, right: Measure, sign: str, terms: _Terms) -> None:
    """Raise ``UnlikeTimes`` if the times of two sides do not match."""
    if terms.assumed:
        return
    if sign == "/" and not right.leaves:
        _check_span(left, right)
    if not left.terms or not right.terms:
        return
    _check_same_time(left, right, sign)
    if sign == "+" and not left.unit.is_rate:
        _check_parts(left, right)
    if sign in "-/" and left.unit.same(right.unit) and not left.unit.is_rate:
        _check_lengths(left, right, sign)


def _check_span(amount: Measure, span: Measure) -> None:
    """Raise ``UnlikeTimes`` if an amount is divided by a length of time that it does not cover.

    An amount of five months may be divided by five months, but not by twelve.
    """
    days = _days(amount)
    noun, power = span.unit.factors[0] if len(span.unit.factors) == 1 else ("", 0)
    if (
        days is None
        or amount.unit.is_rate
        or noun not in DAYS
        or power != 1
        or not span.interval.low
    ):
        return
    if unlike(days, span.interval.low * DAYS[noun]):
        first = _sorted(amount.terms)[0]
        raise UnlikeTimes(
            f"'{first.ref}' {_cover(amount)} {days} days, and the formula divides by"
            f" {float(span.interval.low):g} {noun}"
        )


def _check_same_time(left: Measure, right: Measure, sign: str) -> None:
    """Raise ``UnlikeTimes`` if different things of different times are combined.

    A sum is allowed. A difference is allowed if a claim has no counting rule: the two may be one
    thing at two times, so that the difference is a change.
    """
    pairs = _pairs(left.terms, right.terms)
    if any(_may_meet(a, b) or (a.is_like(b) and not a.is_apart(b)) for a, b in pairs):
        return
    if sign == "+" or (sign == "-" and not all(leaf.definition for pair in pairs for leaf in pair)):
        return
    a, b = pairs[0]
    raise UnlikeTimes(
        f"'{a.ref}' is of {a.period} and '{b.ref}' of {b.period}, which have no day in common"
    )


def _check_parts(left: Measure, right: Measure) -> None:
    """Raise ``UnlikeTimes`` if periods that are added overlap in part.

    Equal periods and periods without a common day are allowed. A month and its quarter are not.
    """
    for a, b in _pairs(left.terms, right.terms):
        if (
            a.period
            and b.period
            and a.period.overlaps(b.period)
            and not a.period.same_spell(b.period)
        ):
            raise UnlikeTimes(
                f"'{a.ref}' ({a.period}) and '{b.ref}' ({b.period}) are added up, and their times"
                " overlap in part"
            )


def _check_lengths(left: Measure, right: Measure, sign: str) -> None:
    """Raise ``UnlikeTimes`` if compared amounts cover lengths of time that differ.

    The amount of a part may be subtracted from that of the whole.
    """
    periods = [[leaf.period for leaf in side.terms if leaf.period] for side in (left, right)]
    if any(
        len(found) < len(side.terms) for found, side in zip(periods, (left, right), strict=True)
    ):
        return
    starts = [min((date.first for date in found if date.first), default=None) for found in periods]
    if starts[0] == starts[1] is not None and all(
        leaf.is_total for leaf in (*left.terms, *right.terms)
    ):
        return
    if sign == "-" and any(_holds(whole, part) for whole, part in (periods, periods[::-1])):
        return
    a, b = _sorted(left.terms)[0], _sorted(right.terms)[0]
    days = [days_covered(found) for found in periods]
    if None in days:
        raise UnlikeTimes(
            f"how long '{a.ref}' ({a.period}) or '{b.ref}' ({b.period}) lasts is not known"
        )
    if unlike(days[0] or 0, days[1] or 0):
        raise UnlikeTimes(
            f"'{a.ref}' {_cover(left)} {days[0]} days and '{b.ref}' {_cover(right)} {days[1]}"
        )


def _holds(whole: Iterable[Edtf], part: Iterable[Edtf]) -> bool:
    """Return whether the periods ``part`` are within the first and last day of ``whole``."""
    (a, b), (c, d) = (
        (
            min(date.first or EARLIEST for date in dates),
            max(date.last or dt.date.max for date in dates),
        )
        for dates in (whole, part)
    )
    return a <= c and d <= b


def _days(amount: Measure) -> int | None:
    """Return how many days an amount covers.

    Return None if a claim in it has no period, or a period without a known first and last day.
    """
    periods = [leaf.period for leaf in amount.terms if leaf.period]
    return days_covered(periods) if len(periods) == len(amount.terms) else None


def _cover(amount: Measure) -> str:
    return "covers" if len(amount.terms) == 1 else "together with others covers"


def _sorted(leaves: Iterable[Leaf]) -> list[Leaf]:
    return sorted(leaves, key=lambda leaf: leaf.ref)


def _atom(tokens: Tokens, terms: _Terms) -> tuple[Measure, Tokens]:
    if not tokens:
        raise FormulaError("the formula ends too soon")
    (kind, value), rest = tokens[0], tokens[1:]
    if kind == "number":
        number, _, unit = value.partition(" ")
        return Measure.written(Decimal(number), terms.read_unit(unit) if unit else NONE), rest
    if kind == "ref":
        return terms.lookup(value), rest
    if value == "(":
        inner, rest = _sum(rest, terms)
        if rest[:1] != [("sign", ")")]:
            raise FormulaError("a bracket is not closed")
        return inner, rest[1:]
    raise FormulaError(f"'{value}' stands where a number or a fact should")
