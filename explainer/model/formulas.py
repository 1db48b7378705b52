"""Formulas over facts: their tokens, the amounts that they reckon with, and their results."""

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

# A formula as tokens: numbers with their units, references, signs and brackets.

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?![\w-])|(?P<ref>[a-z0-9]+(?:-[a-z0-9]+)*(?::[a-z0-9]+(?:-[a-z0-9]+)*)?)|(?P<sign>[-+*/])|(?P<bracket>[()]))(?:(?<=[()])|(?=\s|[()]|$))"
)
_UNIT = re.compile(r"\s+((?:percentage points?|[a-z]+)(?:/[a-z]+)*)(?=\s|\)|$)")
_LONGEST = 400
_TIMES = re.compile(r"\b(?:days?|months?|years?)\b")
Tokens = list[tuple[str, str]]


class FormulaError(Exception):
    """A formula that cannot be worked out; the message is for the author."""


def references(formula: str) -> tuple[str, ...]:
    """The ids that a formula uses, in order."""
    return tuple(value for kind, value in tokens_of(formula) if kind == "ref")


def extrapolates(formula: str) -> bool:
    """Whether something is multiplied by a span of time, which carries a pace on beyond what was
    observed.
    """
    tokens = list(tokens_of(formula))
    return any(
        ("sign", "*") in pair
        and any(kind == "number" and _TIMES.search(value) for kind, value in pair)
        for pair in pairwise(tokens)
    )


def tokens_of(formula: str) -> Iterator[tuple[str, str]]:
    """Each token with its kind: number, ref or sign. Raises ``FormulaError``."""
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


# Amounts that are reckoned with: their interval, their unit, and the digits that they bear.
#
# - A whole number is exact, and so is a number that is written in a formula.
# - A number with digits after the point bears those. A sum bears as many after the point as the
#   coarsest of its terms, a product or
#   a quotient as many significant digits as the least exact of its factors, and at least two.
# - A quotient of whole numbers that does not come out even has the significant digits of the
#   least exact of them, and at least three.
# - One number is rounded to its digits; of a range each end, outward.

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
        return self.holder == other.holder or (
            self.definition is not None and self.definition == other.definition
        )

    def is_apart(self, other: Leaf) -> bool:
        """Whether they are known to count different things, since their regions or bases differ."""
        return any(
            a and b and a != b for a, b in zip(self.kept_apart, other.kept_apart, strict=False)
        )


@dataclass(frozen=True)
class Measure:
    """An interval with its unit, the digits that it bears, and the claims it rests on."""

    interval: Exact
    unit: Unit
    decimals: int | None = None
    """Of a sum: the digits after the point that it bears; below zero where not even its last whole
    digits are borne."""
    digits: int | None = None
    """Of a product: the significant digits that it bears. Where both are ``None`` it is exact."""
    counts: int | None = None
    """Of what is exact: the fewest significant digits of the claims in it; ``None`` where no claim
    is."""
    divided: bool = False
    """Whether anything in it was divided, so that it may have no end."""
    leaves: frozenset[Leaf] = frozenset()
    is_rest: bool = False
    """Whether it is what shares leave of "100 percent", which is a share itself: 100 percent - a -
    b."""
    terms: frozenset[Leaf] = frozenset()
    """Those of its claims whose amounts are added up in it: their periods are the time that it
    covers. None in a product or quotient."""

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
        """The digits after the point that it bears, by its largest end; ``None`` where there is no
        limit.
        """
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
        if (
            self.interval.is_whole or not self.divided
        ):  # it has an end, since numbers are written with one
            low, high = (
                None if end is None else intervals.terminating(end)
                for end in (self.interval.low, self.interval.high)
            )
            return Interval(low, high)
        digits = max(LEAST_DIGITS_OF_COUNTS, self.counts or 0)
        return _without_zeros(intervals.to_digits(self.interval, digits))

    def rounded_to(self, decimals: int | None) -> Interval:
        """The same, to so many digits after the point where an author asks for them. Raises
        ``FormulaError`` for more than it bears.
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
        """Whether what is printed differs from what was reckoned."""
        return Exact.of(self.rounded_to(decimals)) != self.interval


def added(left: Measure, right: Measure, sign: Literal["+", "-"]) -> Measure:
    """The sum or difference, without its leaves. Raises ``FormulaError`` for units that cannot be
    added.
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
    """The product or quotient, without its leaves. Raises ``FormulaError`` where there is none."""
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
    """Whether it is "100 percent" as written in a formula, from which a share leaves another share
    and no percentage points.
    """
    return (
        not measure.leaves and measure.unit.same(PERCENT) and measure.interval == Exact.number(100)
    )


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


# Derived facts: a formula over other facts, worked out in exact interval arithmetic and rounded
# once, at its end.
#
# books-lent * 12 months/year
# loans-so-far:report-2025-07-02 / 6 months


class Correlated(FormulaError):
    """Terms that rest on the same claims, which the author has not declared."""


class UnlikeTimes(FormulaError):
    """Amounts of times that cannot be set against each other, unless the author says what that
    takes for granted.
    """


Lookup = Callable[[str], Measure]
"""Finds what a reference stands for; raises ``FormulaError`` where it stands for nothing that can
be reckoned with."""
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
    """The formula's value.

    Raises ``FormulaError``; ``Correlated`` where terms rest on the same claims and nobody says why
    (``correlated``); ``UnlikeTimes`` where amounts of unlike times meet and nobody says what that
    takes for granted (``assumed``).
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
    """The claims of both sides. Raises ``Correlated`` where one stands on both, or a sum would
    count the same thing twice.
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
    """Each claim of one side with each of the other, in the order of their names."""
    return list(product(_sorted(left), _sorted(right)))


def _may_meet(a: Leaf, b: Leaf) -> bool:
    """Whether two claims may be about one time."""
    return a.period is None or b.period is None or a.period.overlaps(b.period)


def _check_times(left: Measure, right: Measure, sign: str, terms: _Terms) -> None:
    """Raise ``UnlikeTimes`` where two sides are of times that cannot be set against each other
    without a word.
    """
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
    """An amount is divided by the time that it covers: one of five months by five months, and not
    by twelve.
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
    """Different things are set against each other at one time. Amounts of unnamed rules may be one
    thing at two times, a change.
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
    """What is added up is of one time, or of times that follow each other: a month and its quarter
    have no sum.
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
    """Amounts over time are compared over times of one length; a part may be taken from its
    whole.
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
    """Whether some periods lie within others, from the first day to the last."""
    (a, b), (c, d) = (
        (
            min(date.first or EARLIEST for date in dates),
            max(date.last or dt.date.max for date in dates),
        )
        for dates in (whole, part)
    )
    return a <= c and d <= b


def _days(amount: Measure) -> int | None:
    """How many days an amount covers; ``None`` where a claim in it has no period, or one without a
    known beginning and end.
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
