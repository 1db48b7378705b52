"""Where the columns of a chart stand: in time, at the distance that their periods have, or side by side as categories."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from explainer.tables import Row
from explainer.values.days import Day

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
    whole_years: bool = False
    """Whether each row is of one whole year."""
    beside: tuple[tuple[int, int], ...] = field(default=())
    """The place of each row among those of its slot, and how many they are."""

    @property
    def last(self) -> int:
        """The last slot that has a row."""
        return max(self.slots)

    @property
    def is_regular(self) -> bool:
        """Whether the numbers of years alone tell its rows apart rightly: those of years, of one part of each year, or of equal parts."""
        whole = all(not year for _, year in self.names) and self.whole_years
        return whole or (all(year for _, year in self.names) and (self.per_year > 1 or len({part for part, _ in self.names}) == 1))

    @property
    def nearest(self) -> int:
        """The distance of the two slots that lie nearest to each other."""
        return min((b - a for a, b in pairwise(sorted(set(self.slots)))), default=1)


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Rows in the order of time; those of one period as they stand."""
    return sorted(rows, key=lambda row: (row.start is None, row.start))


def layout(rows: Sequence[Row]) -> Layout:
    """The places of rows that are in the order of time."""
    if category := category_of(rows):
        return _placed(tuple(range(len(rows))), 0, tuple((name, "") for name in category))
    starts = [row.start for row in rows if row.start]
    distinct = len(set(starts))
    per_year, number = next(unit for unit in _UNITS if len(set(map(unit[1], starts))) == distinct)
    slots = tuple(number(start) for start in starts)
    whole = all(row.start and row.end and _is_year(row.start, row.end) for row in rows)
    return _placed(tuple(slot - slots[0] for slot in slots), per_year, _names(rows), slots[0], whole_years=whole)


def category_of(rows: Sequence[Row]) -> list[str] | None:
    """What tells rows of one and the same time apart, by row: region, basis, series or speaker; ``None`` where time does."""
    if len({(row.start, row.end) for row in rows}) > 1 or (len(rows) == 1 and rows[0].start):
        return None
    told = (
        [row.claim.region for row in rows], [row.claim.basis for row in rows],
        [row.series_title for row in rows], [row.speaker for row in rows],
    )  # fmt: skip
    return next((names for names in told if len(set(names)) == len(rows) and all(names)), None)


def _placed(
    slots: tuple[int, ...], per_year: int, names: tuple[tuple[str, str], ...], first: int = 0, *, whole_years: bool = False
) -> Layout:
    beside = tuple((slots[:index].count(slot), slots.count(slot)) for index, slot in enumerate(slots))
    return Layout(slots, per_year, names, first, whole_years, beside)


def _is_year(first: Day, last: Day) -> bool:
    """Whether some days are those of one calendar year."""
    return first.year == last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def _names(rows: Sequence[Row]) -> tuple[tuple[str, str], ...]:
    """What each row's period is: a year, several, or a part of a year with the year."""
    return tuple(row.on_axis for row in rows)
