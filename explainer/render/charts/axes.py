"""Axes, and where the columns of a chart stand in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final, Literal

from explainer.model.edtf import Day, day_of, new_year
from explainer.publish.tables import Row, Table
from explainer.publish.wording import Wording
from explainer.render.charts.scale import Scale, text_width, whole
from explainer.render.charts.shapes import Label, Line, Shape

# Axes: grid lines with their numbers or dates, as few as say enough, none over another.

_SIZE = 13.0
_TICK = 7.0
"""How far zero's line reaches above and below a mark, where words stand over it."""
_MOST_YEARS = 10
"""How many years an interactive axis may have numbers for."""
TALL = 400.0
"""From this height in pixels on, numbers stand below the upright lines as well as above: the eye should not have to travel."""


def across(steps: Iterable[Decimal], scale: Scale, bottom: float, wording: Wording, width: int, marks: Iterable[float] = ()) -> list[Shape]:
    """Upright lines, their numbers above them, and below them too in a tall drawing; zero's is the darkest.

    Where words stand over the lines, ``marks`` are the heights of what is drawn between them: zero's line is dark at those alone.
    """
    found: list[Shape] = []
    room = -1.0
    for step in steps:
        text = wording.number_short(step)
        half = text_width(text, _SIZE) / 2
        x = min(max(scale(step), half), width - half)
        ticks = [Line("base", scale(step), y - _TICK, scale(step), y + _TICK) for y in marks if not step]
        found += [Line("grid" if step or ticks else "base", scale(step), 22, scale(step), bottom), *ticks]
        if x - half > room:
            found += [Label("tick", x, y, text, "middle") for y in ((14, bottom + 16) if foot(bottom) else (14,))]
            room = x + half + 6
    return found


def foot(bottom: float) -> float:
    """The room that numbers below upright lines need: none where the drawing is low enough to be seen at once."""
    return 14.0 if bottom > TALL else 0.0


def margin(steps: Iterable[Decimal], wording: Wording) -> float:
    """The room that the numbers of level lines need, left of them."""
    return max([text_width(wording.number_short(step), _SIZE) for step in steps], default=0.0) + 16


def upward(steps: Iterable[Decimal], scale: Scale, ends: tuple[float, float], wording: Wording) -> list[Shape]:
    """Level lines within the scale, their numbers left of them; zero has its number, and the baseline for a line."""
    inside = [step for step in steps if scale.low <= step <= scale.high + (scale.high - scale.low) * 0.02]
    lines = [Line("grid", ends[0], scale(step), ends[1], scale(step)) for step in inside if step]
    return [*lines, *(Label("tick", 0, scale(step) + 4, wording.number_short(step)) for step in inside)]


def years(first: Day, last: Day, scale: Scale, top: float, bottom: float, wording: Wording) -> list[Shape]:
    """A tick at each new year inside the scale, with the year in the middle of its span; fewer of both where years are narrow."""
    found: list[Shape] = []
    need = max(text_width(wording.year(year), _SIZE) for year in (first.year, last.year)) + 6
    each = (scale.end - scale.start) / max((last - first).days / 365.25, 1)
    if each <= need and last.year - first.year >= 2:
        step = next(step for step in _round_steps() if each * step > need)
        return _spaced_years(round_years(first.year, last.year, step), scale, top, bottom, wording)
    for year in range(first.year, last.year + 1):
        start = max(scale.start, scale(new_year(year)))
        end = min(scale.end, scale(new_year(year + 1)))
        if new_year(year) >= first.toordinal():
            found.append(Line("grid", start, top, start, bottom))
        if end - start > need:
            found.append(Label("tick", (start + end) / 2, bottom + 18, wording.year(year), "middle"))
    return found


def round_years(first: int, last: int, step: int) -> list[int]:
    """The years between two, counted as ISO 8601 does, at which an axis has its numbers, so many apart.

    Round is what people call them: 500 BC is, though it is counted as -499. Where the axis goes past it, the year 1 stands for zero.
    """
    called = [year if year > 0 else year - 1 for year in (first, last)]
    counts = range(-(-called[0] // step) * step, called[1] + 1, step)
    return list(dict.fromkeys(count if count > 0 else count + 1 for count in counts))


def explored_amounts(table: Table) -> dict[str, Any]:
    """Plotly's axis for amounts."""
    return {"rangemode": "tozero", "title": {"text": table.unit}}


def whole_axis(table: Table, axis: Literal["xaxis", "yaxis"]) -> dict[str, str]:
    """For the script of "Explore": the axis that must not be cut into halves, however near a reader looks; empty where it may."""
    return {"whole": axis} if whole([number for row in table.amounts for number in row.amount.numbers]) else {}


def explored_years(first: Day, last: Day, wording: Wording) -> dict[str, Any]:
    """Plotly's axis for dates. Years before 1000 have numbers of our own: Plotly would write "0987", and "-0043" for 44 BC."""
    if first.year >= 1000:
        return {"type": "date"}
    step = next(step for step in _round_steps() if (last.year - first.year) / step <= _MOST_YEARS)
    chosen = round_years(first.year, last.year, step)
    places = [day_of(year, 1, 1).isoformat() for year in chosen]
    return {"type": "date", "tickmode": "array", "tickvals": places, "ticktext": [wording.year(year) for year in chosen]}


def _round_steps() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50 and so on."""
    return (times * 10**power for power in range(6) for times in (1, 2, 5))


def _spaced_years(chosen: Iterable[int], scale: Scale, top: float, bottom: float, wording: Wording) -> list[Shape]:
    """A line at the beginning of each of some years, and its number where that meets no other."""
    found: list[Shape] = []
    room = -1.0
    for year in chosen:
        x, text = scale(new_year(year)), wording.year(year)
        half = text_width(text, _SIZE) / 2
        middle = min(max(x, half), scale.end - half)
        if scale.start <= x <= scale.end:
            found.append(Line("grid", x, top, x, bottom))
            if middle - half > room:
                found.append(Label("tick", middle, bottom + 18, text, "middle"))
                room = middle + half + 2
    return found


# Where the columns of a chart stand: in time, at the distance that their periods have, or side by
# side as categories.

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
