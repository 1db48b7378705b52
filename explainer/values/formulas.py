"""Derived facts: a formula over other facts, worked out in interval arithmetic and rounded outward (IEEE 1788).

books-lent * 12 months/year
loans-so-far:report-2025-07-02 / 6 months
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from explainer.values import intervals
from explainer.values.dates import Edtf
from explainer.values.formula_tokens import FormulaError, Tokens, tokens_of
from explainer.values.quantities import Interval
from explainer.values.units import NONE, Unit

LEAST_DIGITS = 2
"""Products keep as many digits as their least exact factor, and at least these."""


class Correlated(FormulaError):
    """Terms that rest on the same claims, which the author has not declared."""


@dataclass(frozen=True)
class Leaf:
    """A claim that a formula rests on in the end."""

    ref: str
    holder: str
    period: Edtf | None = None


@dataclass(frozen=True)
class Measure:
    """An interval with its unit, the digits it may be printed with, and the claims it rests on."""

    interval: Interval
    unit: Unit
    digits: int | None = None
    """Significant digits of the least exact factor; ``None`` for what is exact, such as a sum of stated numbers."""
    leaves: frozenset[Leaf] = frozenset()

    @property
    def rounded(self) -> Interval:
        """The interval widened to the digits that its inputs bear."""
        return self.interval if self.digits is None else intervals.to_digits(self.interval, self.digits)


Lookup = Callable[[str], Measure]
"""Finds what a reference stands for; raises ``FormulaError`` where it stands for nothing that can be reckoned with."""
Reader = Callable[[str], Unit]


@dataclass(frozen=True)
class _Terms:
    lookup: Lookup
    read_unit: Reader
    correlated: bool


def work_out(formula: str, lookup: Lookup, read_unit: Reader, *, correlated: bool = False) -> Measure:
    """The formula's value. Raises ``FormulaError``; and ``Correlated`` where terms rest on the same claims and nobody says why."""
    value, rest = _sum(list(tokens_of(formula)), _Terms(lookup, read_unit, correlated))
    if rest:
        raise FormulaError(f"'{rest[0][1]}' stands where the formula should end")
    return value


def _sum(tokens: Tokens, terms: _Terms) -> tuple[Measure, Tokens]:
    left, tokens = _product(tokens, terms)
    while tokens and tokens[0] in (("sign", "+"), ("sign", "-")):
        sign = tokens[0][1]
        right, tokens = _product(tokens[1:], terms)
        if not left.unit.same(right.unit):
            raise FormulaError(f"'{left.unit.text or 1}' {sign} '{right.unit.text or 1}': only like units can be added")
        a, b = left.rounded, right.rounded
        added = intervals.plus(a, b if sign == "+" else intervals.negative(b))
        left = Measure(added, left.unit, None, _leaves(left, right, terms, summed=sign == "+"))
    return left, tokens


def _product(tokens: Tokens, terms: _Terms) -> tuple[Measure, Tokens]:
    left, tokens = _atom(tokens, terms)
    while tokens and tokens[0] in (("sign", "*"), ("sign", "/")):
        sign = tokens[0][1]
        right, tokens = _atom(tokens[1:], terms)
        operation, unit = (intervals.times, Unit.times) if sign == "*" else (intervals.over, Unit.over)
        try:
            interval = operation(left.interval, right.interval)
        except ValueError as error:
            raise FormulaError(str(error)) from error
        left = Measure(interval, unit(left.unit, right.unit), _fewest(left, right), _leaves(left, right, terms, summed=False))
    return left, tokens


def _fewest(left: Measure, right: Measure) -> int | None:
    """The digits of a product: those of the less exact factor, numbers written in the formula being exact."""
    known = [each.digits or _written(each.interval) for each in (left, right) if each.leaves]
    return max(LEAST_DIGITS, min(known)) if known else None


def _written(interval: Interval) -> int:
    return max((intervals.significant(end) for end in (interval.low, interval.high) if end is not None), default=LEAST_DIGITS)


def _leaves(left: Measure, right: Measure, terms: _Terms, *, summed: bool) -> frozenset[Leaf]:
    """The claims of both sides. Raises ``FormulaError`` where one stands on both, or a sum would count the same thing twice."""
    pairs = [(a, b) for a in sorted(left.leaves, key=lambda leaf: leaf.ref) for b in sorted(right.leaves, key=lambda leaf: leaf.ref)]
    for a, b in [] if terms.correlated else pairs:
        if a.ref == b.ref:
            raise Correlated(f"'{a.ref}' enters twice, so the terms are not independent of each other")
        same_time = a.period is None or b.period is None or a.period.overlaps(b.period)
        if summed and a.holder == b.holder and same_time:
            raise Correlated(f"'{a.ref}' and '{b.ref}' answer one question for times that overlap, so a sum counts some twice")
    return left.leaves | right.leaves


def _atom(tokens: Tokens, terms: _Terms) -> tuple[Measure, Tokens]:
    if not tokens:
        raise FormulaError("the formula ends too soon")
    (kind, value), rest = tokens[0], tokens[1:]
    if kind == "number":
        number, _, unit = value.partition(" ")
        exact = Interval(Decimal(number), Decimal(number))
        return Measure(exact, terms.read_unit(unit) if unit else NONE), rest
    if kind == "ref":
        return terms.lookup(value), rest
    if value == "(":
        inner, rest = _sum(rest, terms)
        if rest[:1] != [("sign", ")")]:
            raise FormulaError("a bracket is not closed")
        return inner, rest[1:]
    raise FormulaError(f"'{value}' stands where a number or a fact should")
