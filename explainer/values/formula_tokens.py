"""A formula as tokens: numbers with their units, references, signs and brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

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
    """Whether something is multiplied by a span of time, which carries a pace on beyond what was observed."""
    tokens = list(tokens_of(formula))
    return any(
        ("sign", "*") in pair and any(kind == "number" and _TIMES.search(value) for kind, value in pair) for pair in pairwise(tokens)
    )


def tokens_of(formula: str) -> Iterator[tuple[str, str]]:
    """Each token with its kind: number, ref or sign. Raises ``FormulaError``."""
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
