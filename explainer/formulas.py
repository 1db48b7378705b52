"""Derived facts: a formula over other facts, worked out in interval arithmetic and rounded outward (IEEE 1788).

monthly-recruitment * 12 months/year
contracts-running:medvedev-2025-07-02 / 6 months
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from explainer.quantities import Interval
from explainer.units import NONE, Unit

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?![\w-])|(?P<ref>[a-z0-9]+(?:-[a-z0-9]+)*(?::[a-z0-9]+(?:-[a-z0-9]+)*)?)|(?P<sign>[-+*/])|(?P<bracket>[()]))(?:(?<=[()])|(?=\s|[()]|$))"
)
_UNIT = re.compile(r"\s+([a-z]+(?:/[a-z]+)*)(?=\s|\)|$)")
_LONGEST = 400
_DOWN, _UP = Context(prec=28, rounding=ROUND_FLOOR), Context(prec=28, rounding=ROUND_CEILING)


class FormulaError(Exception):
    """A formula that cannot be worked out; the message is for the author."""


@dataclass(frozen=True)
class Measure:
    """An interval with its unit."""

    interval: Interval
    unit: Unit


Lookup = Callable[[str], Measure]
"""Finds what a reference stands for; raises ``FormulaError`` where it stands for nothing that can be reckoned with."""
Reader = Callable[[str], Unit]


def references(formula: str) -> tuple[str, ...]:
    """The ids that a formula uses, in order."""
    return tuple(value for kind, value in _tokens(formula) if kind == "ref")


def work_out(formula: str, lookup: Lookup, read_unit: Reader) -> Measure:
    """The formula's value. Raises ``FormulaError``."""
    tokens = list(_tokens(formula))
    value, rest = _sum(tokens, lookup, read_unit)
    if rest:
        raise FormulaError(f"'{rest[0][1]}' stands where the formula should end")
    return value


Tokens = list[tuple[str, str]]


def _tokens(formula: str) -> Iterator[tuple[str, str]]:
    if len(formula) > _LONGEST:
        raise FormulaError(f"the formula has {len(formula)} characters; at most {_LONGEST}")
    position = 0
    while position < len(formula.rstrip()):
        match = _TOKEN.match(formula, position)
        if match is None or match.lastgroup is None:
            raise FormulaError(f"'{formula[position:].strip()[:30]}' is not understood; put spaces around + - * /")
        position = match.end()
        value = match.group(match.lastgroup)
        kind = "sign" if match.lastgroup == "bracket" else match.lastgroup
        unit = _UNIT.match(formula, position) if match.lastgroup == "number" else None
        if unit:
            position = unit.end()
            value = f"{value} {unit.group(1)}"
        yield kind, value


def _sum(tokens: Tokens, lookup: Lookup, read_unit: Reader) -> tuple[Measure, Tokens]:
    left, tokens = _product(tokens, lookup, read_unit)
    while tokens and tokens[0] in (("sign", "+"), ("sign", "-")):
        sign = tokens[0][1]
        right, tokens = _product(tokens[1:], lookup, read_unit)
        if not left.unit.same(right.unit):
            raise FormulaError(f"'{left.unit.text or 1}' {sign} '{right.unit.text or 1}': only like units can be added")
        left = Measure(_plus(left.interval, right.interval if sign == "+" else _minus(right.interval)), left.unit)
    return left, tokens


def _product(tokens: Tokens, lookup: Lookup, read_unit: Reader) -> tuple[Measure, Tokens]:
    left, tokens = _atom(tokens, lookup, read_unit)
    while tokens and tokens[0] in (("sign", "*"), ("sign", "/")):
        sign = tokens[0][1]
        right, tokens = _atom(tokens[1:], lookup, read_unit)
        if sign == "*":
            left = Measure(_times(left.interval, right.interval), left.unit.times(right.unit))
        else:
            left = Measure(_over(left.interval, right.interval), left.unit.over(right.unit))
    return left, tokens


def _atom(tokens: Tokens, lookup: Lookup, read_unit: Reader) -> tuple[Measure, Tokens]:
    if not tokens:
        raise FormulaError("the formula ends too soon")
    (kind, value), rest = tokens[0], tokens[1:]
    if kind == "number":
        number, _, unit = value.partition(" ")
        exact = Interval(Decimal(number), Decimal(number))
        return Measure(exact, read_unit(unit) if unit else NONE), rest
    if kind == "ref":
        return lookup(value), rest
    if value == "(":
        inner, rest = _sum(rest, lookup, read_unit)
        if rest[:1] != [("sign", ")")]:
            raise FormulaError("a bracket is not closed")
        return inner, rest[1:]
    raise FormulaError(f"'{value}' stands where a number or a fact should")


def _minus(a: Interval) -> Interval:
    return Interval(None if a.high is None else -a.high, None if a.low is None else -a.low)


def _plus(a: Interval, b: Interval) -> Interval:
    low = None if a.low is None or b.low is None else _DOWN.add(a.low, b.low)
    return Interval(low, None if a.high is None or b.high is None else _UP.add(a.high, b.high))


def _times(a: Interval, b: Interval) -> Interval:
    if _is_exactly_positive(b):
        return _scale(a, b, Context.multiply)
    if _is_exactly_positive(a):
        return _scale(b, a, Context.multiply)
    if None in (a.low, a.high, b.low, b.high):
        raise FormulaError("a figure without a bound can be multiplied by a plain positive number only")
    pairs = [(x, y) for x in (a.low, a.high) for y in (b.low, b.high) if x is not None and y is not None]
    return Interval(min(_DOWN.multiply(x, y) for x, y in pairs), max(_UP.multiply(x, y) for x, y in pairs))


def _over(a: Interval, b: Interval) -> Interval:
    if not _is_exactly_positive(b):
        raise FormulaError("only a plain positive number can divide")
    return _scale(a, b, Context.divide)


def _is_exactly_positive(b: Interval) -> bool:
    return b.low is not None and b.low == b.high and b.low > 0


def _scale(a: Interval, by: Interval, operation: Callable[[Context, Decimal, Decimal], Decimal]) -> Interval:
    assert by.low is not None
    low = None if a.low is None else operation(_DOWN, a.low, by.low)
    return Interval(low, None if a.high is None else operation(_UP, a.high, by.low))
