"""Axes of charts: grid lines, ticks and the places of columns."""

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

# Axes: grid lines with as few numbers or dates as are enough, without overlaps.

_SIZE = 13.0
_TICK = 7.0
"""The length in pixels of the zero line above and below a mark, if labels lie over the line."""
_MOST_YEARS = 10
"""The largest number of year labels on an interactive axis."""
TALL = 400.0
"""The height in pixels above which vertical lines have numbers at both ends.

A reader of a tall drawing should not have to look back to the top.
"""


def vertical_grid(
    steps: Iterable[Decimal],
    scale: Scale,
    bottom: float,
    wording: Wording,
    width: int,
    marks: Iterable[float] = (),
) -> list[Shape]:
    """Return vertical grid lines with their numbers above them; a tall drawing has them below too.

    The line at zero is the darkest. If labels lie over the lines, ``marks`` holds the heights of
    the marks: the line at zero is then dark only next to these.
    """
    found: list[Shape] = []
    room = -1.0
    for step in steps:
        text = wording.number_short(step)
        half = text_width(text, _SIZE) / 2
        x = min(max(scale(step), half), width - half)
        ticks = [
            Line("base", scale(step), y - _TICK, scale(step), y + _TICK) for y in marks if not step
        ]
        found += [
            Line("grid" if step or ticks else "base", scale(step), 22, scale(step), bottom),
            *ticks,
        ]
        if x - half > room:
            found += [
                Label("tick", x, y, text, "middle")
                for y in ((14, bottom + 16) if foot(bottom) else (14,))
            ]
            room = x + half + 6
    return found


def foot(bottom: float) -> float:
    """Return the height that numbers below vertical lines need: 0 if the drawing is not tall."""
    return 14.0 if bottom > TALL else 0.0


def margin(steps: Iterable[Decimal], wording: Wording) -> float:
    """Return the width that the numbers of horizontal lines need, to the left of the lines."""
    return max([text_width(wording.number_short(step), _SIZE) for step in steps], default=0.0) + 16


def horizontal_grid(
    steps: Iterable[Decimal], scale: Scale, ends: tuple[float, float], wording: Wording
) -> list[Shape]:
    """Return horizontal grid lines within the scale, with their numbers to the left.

    Zero has a number but no grid line, because the baseline is there.
    """
    inside = [
        step for step in steps if scale.low <= step <= scale.high + (scale.high - scale.low) * 0.02
    ]
    lines = [Line("grid", ends[0], scale(step), ends[1], scale(step)) for step in inside if step]
    return [
        *lines,
        *(Label("tick", 0, scale(step) + 4, wording.number_short(step)) for step in inside),
    ]


def years(
    first: Day, last: Day, scale: Scale, top: float, bottom: float, wording: Wording
) -> list[Shape]:
    """Return a tick at each new year in the scale, with the year centred below its span.

    If years are narrow, only some of them have a tick and a label.
    """
    found: list[Shape] = []
    need = max(text_width(wording.year(year), _SIZE) for year in (first.year, last.year)) + 6
    each = (scale.end - scale.start) / max((last - first).days / 365.25, 1)
    if each <= need and last.year - first.year >= 2:
        step = next(step for step in round_steps() if each * step > need)
        return _spaced_years(round_years(first.year, last.year, step), scale, top, bottom, wording)
    for year in range(first.year, last.year + 1):
        start = max(scale.start, scale(new_year(year)))
        end = min(scale.end, scale(new_year(year + 1)))
        if new_year(year) >= first.toordinal():
            found.append(Line("grid", start, top, start, bottom))
        if end - start > need:
            found.append(
                Label("tick", (start + end) / 2, bottom + 18, wording.year(year), "middle")
            )
    return found


def round_years(first: int, last: int, step: int) -> list[int]:
    """Return the years between two years at which an axis has labels, ``step`` years apart.

    Years are counted as in ISO 8601. They are round as people name them: 500 BC is round, although
    ISO 8601 counts it as -499. On an axis that crosses it, the year 1 takes the place of zero.
    """
    called = [year if year > 0 else year - 1 for year in (first, last)]
    counts = range(-(-called[0] // step) * step, called[1] + 1, step)
    return list(dict.fromkeys(count if count > 0 else count + 1 for count in counts))


def explored_amounts(table: Table) -> dict[str, Any]:
    """Return Plotly's axis for amounts."""
    return {"rangemode": "tozero", "title": {"text": table.unit}}


def whole_axis(table: Table, axis: Literal["xaxis", "yaxis"]) -> dict[str, str]:
    """Return ``whole`` with the axis if all amounts are whole numbers, else an empty dict.

    The script of "Explore" then shows no fractions on this axis, at any zoom.
    """
    return (
        {"whole": axis}
        if whole([number for row in table.amounts for number in row.amount.numbers])
        else {}
    )


def explored_years(first: Day, last: Day, wording: Wording) -> dict[str, Any]:
    """Return Plotly's axis for dates.

    If the axis starts before the year 1000, it has labels of our own: Plotly would write "0987",
    and "-0043" for 44 BC.
    """
    if first.year >= 1000:
        return {"type": "date"}
    step = next(step for step in round_steps() if (last.year - first.year) / step <= _MOST_YEARS)
    chosen = round_years(first.year, last.year, step)
    places = [day_of(year, 1, 1).isoformat() for year in chosen]
    return {
        "type": "date",
        "tickmode": "array",
        "tickvals": places,
        "ticktext": [wording.year(year) for year in chosen],
    }


def round_steps() -> Iterator[int]:
    """Yield 1, 2, 5, 10, 20, 50 and so on, up to 500,000."""
    return (times * 10**power for power in range(6) for times in (1, 2, 5))


def _spaced_years(
    chosen: Iterable[int], scale: Scale, top: float, bottom: float, wording: Wording
) -> list[Shape]:
    """Return a grid line at the start of each given year, and its label if it overlaps no other."""
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


# Layout of columns: in time, spaced as their periods are, or side by side as categories.

_UNITS: Final[tuple[tuple[int, Callable[[Day], int]], ...]] = (
    (1, lambda day: day.year),
    (2, lambda day: day.year * 2 + (day.month - 1) // 6),
    (4, lambda day: day.year * 4 + (day.month - 1) // 3),
    (12, lambda day: day.year * 12 + day.month - 1),
    (365, lambda day: day.toordinal()),
)
"""Units of time: how many a year has, and the number of the unit in which a day lies.

Years come first, days last.
"""


@dataclass(frozen=True)
class Layout:
    """The position of each row, in units of time or in categories, counted from the first."""

    slots: tuple[int, ...]
    per_year: int
    """The number of units in a year; 0 for categories."""
    names: tuple[tuple[str, str], ...]
    """The label below each row, in up to two lines.

    The second line is the year if the first is a part of a year.
    """
    first: int = 0
    """The number of the first unit. For years, this is the first year."""
    whole_years: bool = False
    """Whether each row covers exactly one calendar year."""
    beside: tuple[tuple[int, int], ...] = field(default=())
    """The index of each row among the rows in its slot, and the number of these rows."""

    @property
    def last(self) -> int:
        """The last slot that has a row."""
        return max(self.slots)

    @property
    def is_regular(self) -> bool:
        """Whether labels of years alone are enough to tell the rows apart correctly.

        This is so if each row is a whole year, or the same part of each year, or if all rows are
        equal parts of a year.
        """
        whole = all(not year for _, year in self.names) and self.whole_years
        return whole or (
            all(year for _, year in self.names)
            and (self.per_year > 1 or len({part for part, _ in self.names}) == 1)
        )

    @property
    def nearest(self) -> int:
        """The distance between the two closest slots."""
        return min((b - a for a, b in pairwise(sorted(set(self.slots)))), default=1)


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Return the rows in the order of time. Rows of the same period keep their order."""
    return sorted(rows, key=lambda row: (row.start is None, row.start))


def layout(rows: Sequence[Row]) -> Layout:
    """Return the layout of rows, which must be in the order of time."""
    if category := category_of(rows):
        return _placed(tuple(range(len(rows))), 0, tuple((name, "") for name in category))
    starts = [row.start for row in rows if row.start]
    distinct = len(set(starts))
    per_year, number = next(unit for unit in _UNITS if len(set(map(unit[1], starts))) == distinct)
    slots = tuple(number(start) for start in starts)
    whole = all(row.start and row.end and _is_year(row.start, row.end) for row in rows)
    return _placed(
        tuple(slot - slots[0] for slot in slots),
        per_year,
        _names(rows),
        slots[0],
        whole_years=whole,
    )


def category_of(rows: Sequence[Row]) -> list[str] | None:
    """Return a label for each row if their times do not tell them apart, otherwise ``None``.

    All rows must have the same time, and a single row must have none. The label is the region, the
    basis, the series or the speaker: the first of these that all rows have and that differs between
    all of them. If there is no such label, the result is ``None`` too.
    """
    if len({(row.start, row.end) for row in rows}) > 1 or (len(rows) == 1 and rows[0].start):
        return None
    told = (
        [row.claim.region for row in rows], [row.claim.basis for row in rows],
        [row.series_title for row in rows], [row.speaker for row in rows],
    )  # fmt: skip
    return next((names for names in told if len(set(names)) == len(rows) and all(names)), None)


def _placed(
    slots: tuple[int, ...],
    per_year: int,
    names: tuple[tuple[str, str], ...],
    first: int = 0,
    *,
    whole_years: bool = False,
) -> Layout:
    beside = tuple(
        (slots[:index].count(slot), slots.count(slot)) for index, slot in enumerate(slots)
    )
    return Layout(slots, per_year, names, first, whole_years, beside)


def _is_year(first: Day, last: Day) -> bool:
    """Whether two days are the first and the last day of one calendar year."""
    return first.year == last.year and (first.month, first.day, last.month, last.day) == (
        1,
        1,
        12,
        31,
    )


def _names(rows: Sequence[Row]) -> tuple[tuple[str, str], ...]:
    """Return the label of each row's period: a year, several years, or a part of a year."""
    return tuple(row.on_axis for row in rows)
