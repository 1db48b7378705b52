"""Units: a small table of nouns, and products and quotients of them, enough for "people/month * 12 months/year"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

BASE: Mapping[str, str] = {
    "person": "people", "people": "people", "man": "people", "men": "people",
    "rouble": "roubles", "roubles": "roubles",
    "day": "days", "days": "days", "month": "months", "months": "months", "year": "years", "years": "years",
    "region": "regions", "regions": "regions", "country": "countries", "countries": "countries",
    "percent": "percent", "points": "points", "law": "laws", "act": "acts",
}  # fmt: skip
"""Every noun that may stand in a unit, and the one it is counted as. A project adds its own in definitions.yaml."""


@dataclass(frozen=True)
class Unit:
    """A unit as nouns with exponents: people/month is ``(("months", -1), ("people", 1))``."""

    factors: tuple[tuple[str, int], ...]
    text: str

    @classmethod
    def parse(cls, text: str, nouns: Mapping[str, str] = BASE) -> Self:
        """Read "people", "people/month" or "months/year"; raises ``ValueError`` naming the unknown noun."""
        counted: Counter[str] = Counter()
        for position, part in enumerate(text.split("/")):
            name = part.strip()
            if name not in nouns:
                raise ValueError(f"'{name}' is not a unit; known are {', '.join(sorted(set(nouns.values())))}")
            counted[nouns[name]] += 1 if position == 0 else -1
        return cls._of(counted, text.strip())

    @classmethod
    def _of(cls, counted: Counter[str], text: str) -> Self:
        return cls(tuple(sorted((noun, power) for noun, power in counted.items() if power)), text)

    def times(self, other: Unit) -> Unit:
        """The unit of a product."""
        return self._join(other, 1)

    def over(self, other: Unit) -> Unit:
        """The unit of a quotient."""
        return self._join(other, -1)

    def same(self, other: Unit) -> bool:
        """Whether the two measure alike, however they are written."""
        return self.factors == other.factors

    @property
    def is_rate(self) -> bool:
        """Whether this is per something, so that a part of a period may be compared with the whole."""
        return any(power < 0 for _, power in self.factors)

    def _join(self, other: Unit, sign: int) -> Unit:
        counted = Counter(dict(self.factors))
        for noun, power in other.factors:
            counted[noun] += sign * power
        above = [noun for noun, power in sorted(counted.items()) if power > 0]
        below = [noun for noun, power in sorted(counted.items()) if power < 0]
        return self._of(counted, "/".join([" ".join(above) or "1", *below]))


NONE = Unit((), "")
"""The unit of a bare number."""
