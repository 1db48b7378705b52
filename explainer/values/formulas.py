"""Derived facts: a formula over other facts, worked out in exact interval arithmetic and rounded once, at its end.

books-lent * 12 months/year
loans-so-far:report-2025-07-02 / 6 months
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Literal, cast

from explainer.values.dates import Edtf
from explainer.values.days import EARLIEST
from explainer.values.formula_tokens import FormulaError, Tokens, tokens_of
from explainer.values.lengths import DAYS, days_covered, unlike
from explainer.values.measures import Leaf, Measure, added, multiplied, with_leaves
from explainer.values.units import NONE, Unit


class Correlated(FormulaError):
    """Terms that rest on the same claims, which the author has not declared."""


class UnlikeTimes(FormulaError):
    """Amounts of times that cannot be set against each other, unless the author says what that takes for granted."""


Lookup = Callable[[str], Measure]
"""Finds what a reference stands for; raises ``FormulaError`` where it stands for nothing that can be reckoned with."""
Reader = Callable[[str], Unit]


@dataclass(frozen=True)
class _Terms:
    lookup: Lookup
    read_unit: Reader
    correlated: bool
    assumed: bool


def work_out(formula: str, lookup: Lookup, read_unit: Reader, *, correlated: bool = False, assumed: bool = False) -> Measure:
    """The formula's value.

    Raises ``FormulaError``; ``Correlated`` where terms rest on the same claims and nobody says why (``correlated``); ``UnlikeTimes``
    where amounts of unlike times meet and nobody says what that takes for granted (``assumed``).
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
        left = with_leaves(added(left, right, sign), _leaves(left, right, terms, summed=sign == "+"))
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
    """The claims of both sides. Raises ``Correlated`` where one stands on both, or a sum would count the same thing twice."""
    for a, b in [] if terms.correlated else _pairs(left.leaves, right.leaves):
        if a.ref == b.ref:
            raise Correlated(f"'{a.ref}' enters twice, so the terms are not independent of each other")
        if not summed or not _may_meet(a, b):
            continue
        if a.holder == b.holder:
            raise Correlated(f"'{a.ref}' and '{b.ref}' answer one question for times that overlap, so a sum counts some twice")
        if a.is_like(b) and not a.is_apart(b):
            raise Correlated(
                f"'{a.ref}' and '{b.ref}' count by one rule ('{a.definition}') for times that overlap, so a sum may count some twice"
            )
    return left.leaves | right.leaves


def _pairs(left: Iterable[Leaf], right: Iterable[Leaf]) -> list[tuple[Leaf, Leaf]]:
    """Each claim of one side with each of the other, in the order of their names."""
    return list(product(_sorted(left), _sorted(right)))


def _may_meet(a: Leaf, b: Leaf) -> bool:
    """Whether two claims may be about one time."""
    return a.period is None or b.period is None or a.period.overlaps(b.period)


def _check_times(left: Measure, right: Measure, sign: str, terms: _Terms) -> None:
    """Raise ``UnlikeTimes`` where two sides are of times that cannot be set against each other without a word."""
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
    """An amount is divided by the time that it covers: one of five months by five months, and not by twelve."""
    days = _days(amount)
    noun, power = span.unit.factors[0] if len(span.unit.factors) == 1 else ("", 0)
    if days is None or amount.unit.is_rate or noun not in DAYS or power != 1 or not span.interval.low:
        return
    if unlike(days, span.interval.low * DAYS[noun]):
        first = _sorted(amount.terms)[0]
        raise UnlikeTimes(f"'{first.ref}' {_cover(amount)} {days} days, and the formula divides by {float(span.interval.low):g} {noun}")


def _check_same_time(left: Measure, right: Measure, sign: str) -> None:
    """Different things are set against each other at one time. Amounts of unnamed rules may be one thing at two times, a change."""
    pairs = _pairs(left.terms, right.terms)
    if any(_may_meet(a, b) or (a.is_like(b) and not a.is_apart(b)) for a, b in pairs):
        return
    if sign == "+" or (sign == "-" and not all(leaf.definition for pair in pairs for leaf in pair)):
        return
    a, b = pairs[0]
    raise UnlikeTimes(f"'{a.ref}' is of {a.period} and '{b.ref}' of {b.period}, which have no day in common")


def _check_parts(left: Measure, right: Measure) -> None:
    """What is added up is of one time, or of times that follow each other: a month and its quarter have no sum."""
    for a, b in _pairs(left.terms, right.terms):
        if a.period and b.period and a.period.overlaps(b.period) and not a.period.same_spell(b.period):
            raise UnlikeTimes(f"'{a.ref}' ({a.period}) and '{b.ref}' ({b.period}) are added up, and their times overlap in part")


def _check_lengths(left: Measure, right: Measure, sign: str) -> None:
    """Amounts over time are compared over times of one length; a part may be taken from its whole."""
    periods = [[leaf.period for leaf in side.terms if leaf.period] for side in (left, right)]
    if any(len(found) < len(side.terms) for found, side in zip(periods, (left, right), strict=True)):
        return
    starts = [min((date.first for date in found if date.first), default=None) for found in periods]
    if starts[0] == starts[1] is not None and all(leaf.is_total for leaf in (*left.terms, *right.terms)):
        return
    if sign == "-" and any(_holds(whole, part) for whole, part in (periods, periods[::-1])):
        return
    a, b = _sorted(left.terms)[0], _sorted(right.terms)[0]
    days = [days_covered(found) for found in periods]
    if None in days:
        raise UnlikeTimes(f"how long '{a.ref}' ({a.period}) or '{b.ref}' ({b.period}) lasts is not known")
    if unlike(days[0] or 0, days[1] or 0):
        raise UnlikeTimes(f"'{a.ref}' {_cover(left)} {days[0]} days and '{b.ref}' {_cover(right)} {days[1]}")


def _holds(whole: Iterable[Edtf], part: Iterable[Edtf]) -> bool:
    """Whether some periods lie within others, from the first day to the last."""
    (a, b), (c, d) = (
        (min(date.first or EARLIEST for date in dates), max(date.last or dt.date.max for date in dates)) for dates in (whole, part)
    )
    return a <= c and d <= b


def _days(amount: Measure) -> int | None:
    """How many days an amount covers; ``None`` where a claim in it has no period, or one without a known beginning and end."""
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
