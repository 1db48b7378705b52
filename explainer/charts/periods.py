"""Where the columns of a chart stand: in time, at the distance that their periods have, or side by side as categories."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from explainer.tables import Row
from explainer.values.days import Day
from explainer.wording import Wording

_UNITS: Final[tuple[tuple[int, Callable[[Day], int]], ...]] = (
    (1, lambda day: day.year),
    (2, lambda day: day.year * 2 + (day.month - 1) // 6),
    (4, lambda day: day.year * 4 + (day.month - 1) // 3),
    (12, lambda day: day.year * 12 + day.month - 1),
    (365, lambda day: day.toordinal()),
)
"""How many units of time a year has, and the number of the unit in which a day lies; years before all others."""


@dataclass(frozen=True)
class Layout:
    """The place of each row, counted in units of time, or in categories, from the first."""

    slots: tuple[int, ...]
    per_year: int
    """How many units a year has; 0 for categories."""
    names: tuple[tuple[str, str], ...]
    """What stands below each row, in up to two lines; the second is the year, where the first is a part of it."""
    first: int = 0
    """The number of the first unit: for years, the first year."""
    beside: tuple[tuple[int, int], ...] = field(default=())
    """The place of each row among those of its slot, and how many they are."""

    @property
    def last(self) -> int:
        """The last slot that has a row."""
        return max(self.slots)

    @property
    def nearest(self) -> int:
        """The distance of the two slots that lie nearest to each other."""
        return min((b - a for a, b in pairwise(sorted(set(self.slots)))), default=1)


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Rows in the order of time; those of one period as they stand."""
    return sorted(rows, key=lambda row: (row.start is None, row.start))


def layout(rows: Sequence[Row], wording: Wording) -> Layout:
    """The places of rows that are in the order of time."""
    if category := category_of(rows):
        return _placed(tuple(range(len(rows))), 0, tuple((name, "") for name in category))
    starts = [row.start for row in rows if row.start]
    distinct = len(set(starts))
    per_year, number = next(unit for unit in _UNITS if len(set(map(unit[1], starts))) == distinct)
    slots = tuple(number(start) for start in starts)
    return _placed(tuple(slot - slots[0] for slot in slots), per_year, _names(rows, per_year, wording), slots[0])


def category_of(rows: Sequence[Row]) -> list[str] | None:
    """What tells rows of one and the same time apart, by row: region, basis, series or speaker; ``None`` where time does."""
    if len({(row.start, row.end) for row in rows}) > 1 or (len(rows) == 1 and rows[0].start):
        return None
    told = (
        [row.claim.region for row in rows], [row.claim.basis for row in rows],
        [row.series_title for row in rows], [row.speaker for row in rows],
    )  # fmt: skip
    return next((names for names in told if len(set(names)) == len(rows) and all(names)), None)


def _placed(slots: tuple[int, ...], per_year: int, names: tuple[tuple[str, str], ...], first: int = 0) -> Layout:
    beside = tuple((slots[:index].count(slot), slots.count(slot)) for index, slot in enumerate(slots))
    return Layout(slots, per_year, names, first, beside)


def _names(rows: Sequence[Row], per_year: int, wording: Wording) -> tuple[tuple[str, str], ...]:
    """The year of each row, and before it its part of the year where that is not the same for all, and not the whole."""
    short = all(row.start and row.end and (row.end - row.start).days < 31 for row in rows)
    parts = per_year > 1 or (short and len({(row.start.month, row.start.day) for row in rows if row.start}) > 1)
    found: list[tuple[str, str]] = []
    for row in rows:
        year = wording.year(row.start.year) if row.start else ""
        part = wording.part_of_year(row.start, row.end or row.start) if row.start and parts else ""
        found.append((part, year) if part else (year, ""))
    return tuple(found)
