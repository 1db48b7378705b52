"""``columns``: quantities over time, from zero, the ones that the words speak of in the accent.

A period of which nothing is said leaves its gap. A range is drawn as a pale end on its column, from the lower figure to
the upper; an open end as a tip that points the way; what is only bounded from above is pale from zero.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from explainer.charts.axes import explored_amounts, margin, upward, whole_axis
from explainer.charts.scale import Scale, text_width, ticks, wrap
from explainer.charts.shapes import FONTS, Box, Drawing, Label, Line, Mark, Path, Shape, said
from explainer.tables import Row, Table
from explainer.wording import Wording

_TOP, _BOTTOM, _RIGHT = 46.0, 30.0, 4.0
_FILL = 0.78
"""How much of its band a column takes."""
_LINE = 15.0


@dataclass(frozen=True)
class _Frame:
    """The room that columns stand in."""

    rows: list[Row]
    slots: list[int]
    """The place of each column, counted in periods from the first."""
    scale: Scale
    start: float
    """Where the first column begins."""
    width: int

    @property
    def band(self) -> float:
        """The room of one period."""
        return (self.width - self.start - _RIGHT) / (self.slots[-1] + 1)

    @property
    def bar(self) -> float:
        """The width of a column, and no more than looks like one."""
        return min(max(self.band * _FILL, 2.0), 96.0)

    def left(self, index: int) -> float:
        return self.start + self.slots[index] * self.band

    def end(self, index: int) -> float:
        """Where a column ends: above the baseline, or below it for a negative value."""
        return self.scale(_far(self.rows[index]))

    def clear(self, start: float, end: float) -> float:
        """The height above which words between two places are clear of every column."""
        inside = [i for i in range(len(self.rows)) if self.left(i) < end and self.left(i) + self.bar > start]
        return min([self.scale(0), *(self.end(i) for i in inside)])


def draw(table: Table, wording: Wording, width: int) -> Drawing:
    """The static drawing, as much higher as the words above its columns need."""
    rows = sorted(table.amounts, key=lambda row: (row.start is None, row.start))
    numbers = [float(number) for row in rows for number in row.amount.numbers]
    grid = ticks([number for row in rows for number in row.amount.numbers], 4)
    height, start = 280 if width < 500 else 340, margin(grid, wording) + 2
    more = _lacking(_frame(rows, numbers, height, start, width), wording)
    frame = _frame(rows, numbers, height + more, start, width, more)
    words = [shape for index in range(len(rows)) for shape in _words(frame, index, wording)]
    base = Line("base", frame.start - 8, frame.scale(0), width, frame.scale(0))
    marks = tuple(Mark(row, said(row), tuple(_column(frame, index))) for index, row in enumerate(rows))
    front = (*_level(frame), *words, base, *_years(frame, height + more))
    return Drawing(width, height + more, tuple(upward(grid, frame.scale, (frame.start - 8, width), wording)), marks, front)


def _frame(rows: list[Row], numbers: list[float], height: int, start: float, width: int, more: int = 0) -> _Frame:
    """The room for columns in a drawing so high, ``more`` of it left free at the top for words."""
    high, low = max(0.0, *numbers), min(0.0, *numbers)
    scale = Scale(low, high if high > low else 1.0, height - _BOTTOM - (22 if low < 0 else 0), _TOP + more)
    return _Frame(rows, _slots(rows), scale, start, width)


def _lacking(frame: _Frame, wording: Wording) -> int:
    """By how many pixels the highest words would leave the drawing at its top."""
    tops = (shape.box[1] for index in range(len(frame.rows)) for shape in _words(frame, index, wording) if isinstance(shape, Label))
    return math.ceil(max(0.0, -min(tops, default=0.0)))


def _level(frame: _Frame) -> list[Shape]:
    """A dotted line at the highlighted value, so that the eye can compare."""
    heights = [frame.end(index) for index, row in enumerate(frame.rows) if row.highlighted]
    return [Line("level", frame.start - 8, y, frame.width, y) for y in heights[-1:]]


def _slots(rows: list[Row]) -> list[int]:
    """The place of each row: its year or its month counted from the first, where every row has one of its own; else its turn."""
    for per_year in (1, 12):
        found = [row.start.year * per_year + (row.start.month - 1) * per_year // 12 for row in rows if row.start]
        if len(set(found)) == len(rows) and found[-1] - found[0] < 8 * len(rows):
            return [place - found[0] for place in found]
    return list(range(len(rows)))


def _far(row: Row) -> Decimal:
    """The number at which a column ends: the one farther from zero."""
    return max(row.amount.numbers, key=abs)


def _column(frame: _Frame, index: int) -> Iterator[Shape]:
    """What is sure as a column, what is not as a paler one, and a tip where the end is open."""
    row, left = frame.rows[index], frame.left(index)
    numbers, form = row.amount.numbers, row.amount.form
    sure = Decimal(0) if form in ("up to", "under") or min(numbers) < 0 < max(numbers) else min(numbers, key=abs)
    ends = [(sure, Decimal(0), "col"), *((number, sure, "col unsure") for number in numbers if number != sure)]
    for number, base, role in ends:
        if number != base or len(ends) == 1:
            top, bottom = sorted((frame.scale(number), frame.scale(base)))
            yield Box(role, left, top, frame.bar, max(bottom - top, 0.5))
    if form in ("over", "at least"):
        end, away = frame.end(index), -1 if numbers[0] >= 0 else 1
        yield Path("col tip", ((left, end + 2 * away), (left + frame.bar / 2, end + 8 * away), (left + frame.bar, end + 2 * away)))


def _words(frame: _Frame, index: int, wording: Wording) -> list[Shape]:
    """The value and the note of a column that the words speak of, above every column they reach over."""
    row, left = frame.rows[index], frame.left(index)
    if not (row.highlighted or row.note):
        return []
    lines = (*wrap(row.note, 130, FONTS["note"][0]), wording.amount(row.amount))
    bar = frame.bar
    half = max(text_width(line, bold=True) for line in lines) / 2
    middle = min(max(left + bar / 2, frame.start - 8 + half), frame.width - _RIGHT - half)
    clear = frame.clear(middle - half, middle + half) - (15 if row.amount.form in ("over", "at least") else 7)
    found: list[Shape] = []
    if clear < frame.end(index) - 12 and _far(row) >= 0:
        found.append(Line("leader", left + bar / 2, clear + 4, left + bar / 2, frame.end(index) - 2))
    strong = "value strong" if row.highlighted else "value"
    for up, line in enumerate(reversed(lines)):
        found.append(Label(strong if up == 0 else "note", middle, clear - _LINE * up, line, "middle"))
    return found


def _years(frame: _Frame, height: int) -> list[Shape]:
    """As many years as fit below the columns, the last always, at even steps back from it."""
    last, room = frame.slots[-1], float(frame.width)
    wide = max((text_width(row.year) for row in frame.rows), default=0.0) + 8
    steps = (1, 2, 3, 4, 5, 10, 20, 50, 100, 10**6)
    step = 1 if last >= len(frame.rows) else next(step for step in steps if step * frame.band >= wide or step > last)
    found: list[Shape] = []
    for index, row in reversed(list(enumerate(frame.rows))):
        text = row.year
        half = text_width(text) / 2
        x = min(frame.left(index) + frame.bar / 2, frame.width - half)
        if text and (last - frame.slots[index]) % step == 0 and x + half <= room:
            found.append(Label("tick", x, height - 10, text, "middle"))
            room = x - half - 4
    return found


def figure(table: Table, wording: Wording) -> dict[str, Any]:
    """The interactive drawing, as Plotly reads it."""
    rows = sorted(table.amounts, key=lambda row: (row.start is None, row.start))
    bars = {
        "type": "bar", "x": [row.label for row in rows], "y": [float(row.amount.numbers[-1]) for row in rows],
        "text": [wording.amount(row.amount) for row in rows], "customdata": [row.claim.voice for row in rows],
        "hovertemplate": "%{x}: %{text}<br>%{customdata}<extra></extra>", "textposition": "none",
        "marker": {"color": ["accent" if row.highlighted else "quiet" for row in rows]},
    }  # fmt: skip
    return {"data": [bars], "layout": {"yaxis": explored_amounts(table), "xaxis": {"type": "category"}}, **whole_axis(table, "yaxis")}
