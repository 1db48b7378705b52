"""Derived facts: a formula over other facts, worked out in exact interval arithmetic and rounded once, at its end.

books-lent * 12 months/year
loans-so-far:report-2025-07-02 / 6 months
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, cast

from explainer.values.formula_tokens import FormulaError, Tokens, tokens_of
from explainer.values.measures import Leaf, Measure, added, multiplied, with_leaves
from explainer.values.units import NONE, Unit


class Correlated(FormulaError):
    """Terms that rest on the same claims, which the author has not declared."""


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
        sign = cast(Literal["+", "-"], tokens[0][1])
        right, tokens = _product(tokens[1:], terms)
        left = with_leaves(added(left, right, sign), _leaves(left, right, terms, summed=sign == "+"))
    return left, tokens


def _product(tokens: Tokens, terms: _Terms) -> tuple[Measure, Tokens]:
    left, tokens = _atom(tokens, terms)
    while tokens and tokens[0] in (("sign", "*"), ("sign", "/")):
        sign = cast(Literal["*", "/"], tokens[0][1])
        right, tokens = _atom(tokens[1:], terms)
        left = with_leaves(multiplied(left, right, sign), _leaves(left, right, terms, summed=False))
    return left, tokens


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
        return Measure.written(Decimal(number), terms.read_unit(unit) if unit else NONE), rest
    if kind == "ref":
        return terms.lookup(value), rest
    if value == "(":
        inner, rest = _sum(rest, terms)
        if rest[:1] != [("sign", ")")]:
            raise FormulaError("a bracket is not closed")
        return inner, rest[1:]
    raise FormulaError(f"'{value}' stands where a number or a fact should")
