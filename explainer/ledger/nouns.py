"""The nouns by which words count: which unit each counts, and which a fact or series takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Nouns:
    """Every noun that counts anything here, without case."""

    units: Mapping[str, str]
    """Nouns that units are made of, each with the one it is counted as."""
    words: Mapping[str, str]
    """Nouns of any language, each with the unit that it counts."""
    counted: frozenset[str]
    """Nouns that some fact or series counts by."""
    _made: dict[tuple[str, tuple[str, ...]], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def known(self) -> frozenset[str]:
        """All of them."""
        return self.counted | {noun.casefold() for noun in (*self.units, *self.words)}

    def of(self, unit: str | None, counts: Sequence[str]) -> frozenset[str]:
        """The nouns by which words may count what a fact or series with this unit is about."""
        key = (unit or "", tuple(counts))
        if key not in self._made:
            counted = self.units.get(self.head(unit))
            same = (one for one, many in self.units.items() if many == counted)
            self._made[key] = frozenset(noun.casefold() for noun in (*counts, *same))
        return self._made[key]

    def counts(self, noun: str) -> str | None:
        """The unit that a noun counts, where that is known."""
        return self.units.get(noun.casefold()) or self.words.get(noun.casefold())

    def head(self, unit: str | None) -> str:
        """What a unit counts, the time it is per left off: "people" of "people/month"."""
        return (unit or "").split("/")[0].strip()
