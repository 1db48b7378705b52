"""``columns``: quantities over time, from zero, the ones that the words speak of in the accent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from explainer.charts.axes import upward
from explainer.charts.scale import Scale, text_width, ticks, wrap
from explainer.charts.shapes import Box, Drawing, Label, Line, Mark, Shape, said
from explainer.tables import Row, Table
from explainer.wording import Wording

_TOP, _BOTTOM, _LEFT, _RIGHT = 46.0, 30.0, 66.0, 4.0
_FILL = 0.78
"""How much of its band a column takes."""
_LINE = 15.0


@dataclass(frozen=True)
class _Frame:
    """The room that columns stand in."""

    rows: list[Row]
    scale: Scale
    band: float
    width: int

    def left(self, index: int) -> float:
        return _LEFT + index * self.band

    def end(self, index: int) -> float:
        """Where a column ends: above the baseline, or below it for a negative value."""
        return self.scale(self.rows[index].amount.numbers[-1])

    def clear(self, start: float, end: float) -> float:
        """The height above which words between two places are clear of every column."""
        inside = [i for i in range(len(self.rows)) if self.left(i) < end and self.left(i) + self.band * _FILL > start]
        return min([self.scale(0), *(self.end(i) for i in inside)])


def draw(table: Table, wording: Wording, width: int) -> Drawing:
    """The static drawing."""
    rows = sorted(table.amounts, key=lambda row: (row.start is None, row.start))
    height = 280 if width < 500 else 340
    numbers = [float(number) for row in rows for number in row.amount.numbers]
    high, low = max(0.0, *numbers), min(0.0, *numbers)
    scale = Scale(low, high if high > low else 1.0, height - _BOTTOM, _TOP)
    frame = _Frame(rows, scale, (width - _LEFT - _RIGHT) / len(rows), width)
    words = [shape for index in range(len(rows)) for shape in _words(frame, index, wording)]
    base = Line("base", _LEFT - 8, scale(0), width, scale(0))
    marks = tuple(Mark(row, said(row), (_column(frame, index),)) for index, row in enumerate(rows))
    front = (*_level(rows, scale, width), *words, base, *_years(frame, height))
    return Drawing(width, height, tuple(upward(ticks(low, high, 4), scale, (_LEFT - 8, width), wording)), marks, front)


def _level(rows: list[Row], scale: Scale, width: int) -> list[Shape]:
    """A dotted line at the highlighted value, so that the eye can compare."""
    lit = [row for row in rows if row.highlighted]
    return [Line("level", _LEFT - 8, scale(row.amount.numbers[-1]), width, scale(row.amount.numbers[-1])) for row in lit[-1:]]


def _column(frame: _Frame, index: int) -> Box:
    top, base = frame.end(index), frame.scale(0)
    return Box("col", frame.left(index), min(top, base), max(frame.band * _FILL, 2.0), max(abs(base - top), 0.5))


def _words(frame: _Frame, index: int, wording: Wording) -> list[Shape]:
    """The value and the note of a column that the words speak of, above every column they reach over."""
    row, left = frame.rows[index], frame.left(index)
    if not (row.highlighted or row.note):
        return []
    lines = (*wrap(row.note, 130, 12), wording.amount(row.amount))
    bar = max(frame.band * _FILL, 2.0)
    half = max(text_width(line, bold=True) for line in lines) / 2
    middle = min(max(left + bar / 2, _LEFT + half), frame.width - _RIGHT - half)
    clear = frame.clear(middle - half, middle + half) - 7
    found: list[Shape] = []
    if clear < frame.end(index) - 12:
        found.append(Line("leader", left + bar / 2, clear + 4, left + bar / 2, frame.end(index) - 2))
    strong = "value strong" if row.highlighted else "value"
    for up, line in enumerate(reversed(lines)):
        found.append(Label(strong if up == 0 else "note", middle, clear - _LINE * up, line, "middle"))
    return found


def _years(frame: _Frame, height: int) -> list[Shape]:
    """As many years as fit below the columns, the last always, at even steps back from it."""
    count = len(frame.rows)
    step = next(step for step in (1, 2, 3, 4, 5, 10, 20, 50, 100) if step * frame.band >= text_width("2025") + 8 or step >= count)
    half = text_width("2025", 12) / 2
    found: list[Shape] = []
    for index, row in enumerate(frame.rows):
        if row.start and (count - 1 - index) % step == 0:
            x = min(frame.left(index) + _FILL / 2 * frame.band, frame.width - half)
            found.append(Label("tick", x, height - 10, str(row.start.year), "middle"))
    return found


def figure(table: Table, wording: Wording) -> dict[str, Any]:
    """The interactive drawing, as Plotly reads it."""
    rows = sorted(table.amounts, key=lambda row: (row.start is None, row.start))
    bars = {
        "type": "bar",
        "x": [row.label for row in rows],
        "y": [float(row.amount.numbers[-1]) for row in rows],
        "text": [wording.amount(row.amount) for row in rows],
        "customdata": [row.claim.voice for row in rows],
        "hovertemplate": "%{x}: %{text}<br>%{customdata}<extra></extra>",
        "textposition": "none",
        "marker": {"color": ["accent" if row.highlighted else "quiet" for row in rows]},
    }
    return {"data": [bars], "layout": {"yaxis": {"rangemode": "tozero", "title": {"text": table.unit}}, "xaxis": {"type": "category"}}}
