"""Amounts told in two units, as in "5 roubles 30 kopecks": the units and how many of the smaller make the larger, in all languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from explainer.values.vocabulary import folded, is_spaced

_TABLE: Final = Path(__file__).resolve().parent / "compound_units.tsv"


@dataclass(frozen=True)
class Compound:
    """A larger unit and a smaller one, of which ``ratio`` make the larger."""

    ratio: int
    larger: frozenset[str]
    smaller: frozenset[str]


@cache
def compounds() -> tuple[Compound, ...]:
    """All pairs of units that the table lists."""
    rows = (line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return tuple(Compound(int(ratio), _names(larger), _names(smaller)) for ratio, larger, smaller in rows)


def _names(cell: str) -> frozenset[str]:
    return frozenset(folded(name) for name in cell.split("|"))


@cache
def smaller_units() -> re.Pattern[str]:
    """What finds any of the smaller units at a place of folded text."""
    names = sorted({name for each in compounds() for name in each.smaller}, key=lambda name: (-len(name), name))
    return re.compile("|".join(re.escape(name) + (r"(?!\w)" if name[-1].isalnum() and is_spaced(name[-1]) else "") for name in names))
