"""Units, their products and quotients, and amounts written in two units."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, Self

from explainer.languages import LISTS
from explainer.model.number_words import folded, is_spaced

# Units: a small table of nouns, enough for "people/month * 12 months/year"

BASE: Mapping[str, str] = {
    "person": "people",
    "people": "people",
    "man": "people",
    "men": "people",
    "rouble": "roubles",
    "roubles": "roubles",
    "day": "days",
    "days": "days",
    "month": "months",
    "months": "months",
    "year": "years",
    "years": "years",
    "region": "regions",
    "regions": "regions",
    "country": "countries",
    "countries": "countries",
    "percent": "percent",
    "points": "points",
    "law": "laws",
    "act": "acts",
    "percentage point": "percentage points",
    "percentage points": "percentage points",
}
"""Each noun that a unit may contain, and the noun that it is counted as.

A project adds its own nouns in definitions.yaml.
"""
_PERCENT, _POINTS = "percent", "percentage points"
RELATIVE = (_PERCENT, _POINTS)
_TIMES = {"days", "months", "years"}


@dataclass(frozen=True)
class Unit:
    """A unit as nouns with exponents: people/month is ``(("months", -1), ("people", 1))``."""

    factors: tuple[tuple[str, int], ...]
    text: str

    @classmethod
    def parse(cls, text: str, nouns: Mapping[str, str] = BASE) -> Self:
        """Parse "people", "people/month" or "months/year".

        Raises ``ValueError`` with the name of an unknown noun.
        """
        counted: Counter[str] = Counter()
        for position, part in enumerate(text.split("/")):
            name = part.strip()
            if name not in nouns:
                raise ValueError(
                    f"'{name}' is not a unit; known are {', '.join(sorted(set(nouns.values())))}"
                )
            counted[nouns[name]] += 1 if position == 0 else -1
        return cls._of(counted, text.strip())

    @classmethod
    def _of(cls, counted: Counter[str], text: str) -> Self:
        return cls(tuple(sorted((noun, power) for noun, power in counted.items() if power)), text)

    def plus(self, other: Unit, sign: Literal["+", "-"]) -> Unit | None:
        """Return the unit of a sum or difference, or None if the two cannot be added.

        Percent minus percent is percentage points.
        """
        if self.same(other):
            return self._in_points() if sign == "-" and _PERCENT in self._nouns else self
        if self._in_points().same(other._in_points()) and not (
            sign == "-" and _PERCENT in other._nouns
        ):
            return self if _PERCENT in self._nouns else other
        return None

    def times(self, other: Unit) -> Unit:
        """Return the unit of a product.

        Raises ``ValueError`` for percent of percent, and for percentage points of an amount.
        """
        for one, rest in ((self, other), (other, self)):
            if one._is_relative and rest._is_relative:
                raise ValueError(
                    f"'{self.text}' * '{other.text}': percent of percent are no percent; write one"
                    " of them as a plain number"
                )
            if _POINTS in one._nouns and rest._nouns - _TIMES:
                raise ValueError(
                    f"'{self.text}' * '{other.text}': percentage points are a difference of shares,"
                    " and no share of anything"
                )
        return self._join(other, 1)

    def over(self, other: Unit) -> Unit:
        """Return the unit of a quotient.

        Raises ``ValueError`` if the divisor is relative (percent or percentage points), unless
        both have the same unit.
        """
        if other._is_relative and not self.same(other):
            raise ValueError(
                f"'{self.text or 1}' / '{other.text}': only percent can be divided by percent;"
                " divide by a plain number"
            )
        return self._join(other, -1)

    def share_of(self, other: Unit) -> Unit | None:
        """Return the unit of a percentage of an amount, which is the unit of the amount.

        Return None if neither is in percent, or if the other is not an amount.
        """
        for percent, amount in ((self, other), (other, self)):
            if (
                percent.factors == ((_PERCENT, 1),)
                and not amount._is_relative
                and amount._nouns - _TIMES
            ):
                return amount
        return None

    @property
    def _nouns(self) -> set[str]:
        return {noun for noun, _ in self.factors}

    @property
    def _is_relative(self) -> bool:
        """Whether it is in percent or percentage points."""
        return any(noun in RELATIVE and power > 0 for noun, power in self.factors)

    def _in_points(self) -> Unit:
        """Return the unit with percentage points in place of percent."""
        counted = Counter(
            {_POINTS if noun == _PERCENT else noun: power for noun, power in self.factors}
        )
        return self._of(
            counted, self.text.replace(_PERCENT, _POINTS) if _POINTS not in self.text else self.text
        )

    def same(self, other: Unit) -> bool:
        """Return whether the two are the same unit, however they are written."""
        return self.factors == other.factors

    @property
    def is_rate(self) -> bool:
        """Whether this is per something.

        A rate of a part of a period may be compared with a rate of the whole period.
        """
        return any(power < 0 for _, power in self.factors)

    def _join(self, other: Unit, sign: int) -> Unit:
        counted = Counter(dict(self.factors))
        for noun, power in other.factors:
            counted[noun] += sign * power
        above = [noun for noun, power in sorted(counted.items()) if power > 0]
        below = [noun for noun, power in sorted(counted.items()) if power < 0]
        return self._of(counted, "/".join([" ".join(above) or "1", *below]))


PERCENT = Unit.parse(_PERCENT)
NONE = Unit((), "")
"""The unit of a bare number."""


# Amounts in two units, such as "5 roubles 30 kopecks"

_TABLE: Final = LISTS / "compound_units.tsv"


@dataclass(frozen=True)
class Compound:
    """A larger and a smaller unit, by their names in all languages.

    ``ratio`` of the smaller make one of the larger.
    """

    ratio: int
    larger: frozenset[str]
    smaller: frozenset[str]


@cache
def compounds() -> tuple[Compound, ...]:
    """Return all pairs of units in ``compound_units.tsv``."""
    rows = (
        line.split("\t")
        for line in _TABLE.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    return tuple(
        Compound(int(ratio), _names(larger), _names(smaller)) for ratio, larger, smaller in rows
    )


def _names(cell: str) -> frozenset[str]:
    return frozenset(folded(name) for name in cell.split("|"))


@cache
def smaller_units() -> re.Pattern[str]:
    """Return a pattern that matches any of the smaller units in folded text."""
    names = sorted(
        {name for each in compounds() for name in each.smaller}, key=lambda name: (-len(name), name)
    )
    return re.compile(
        "|".join(
            re.escape(name) + (r"(?!\w)" if name[-1].isalnum() and is_spaced(name[-1]) else "")
            for name in names
        )
    )
