"""``ranges``: what each claimant says, as a point, a range or an open end, grouped by who says it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from explainer.charts.axes import across
from explainer.charts.scale import Scale, shorten, text_width, ticks
from explainer.charts.shapes import Dot, Drawing, Label, Line, Mark, Path, Shape, said
from explainer.tables import Row, Table
from explainer.wording import Wording

_ROW, _ROW_NARROW, _GROUP, _TOP = 26.0, 40.0, 34.0, 26.0
_OPEN = 34.0
"""How far an open end runs on, in pixels."""
_NAMES = 286.0
"""The room for names, left of the marks, on a desk."""


def draw(table: Table, wording: Wording, width: int) -> Drawing:
    """The static drawing: names beside the marks on a desk, above them on a phone."""
    narrow = width < 500
    numbers = [float(number) for row in table.amounts for number in row.amount.numbers]
    steps = ticks(min(0.0, *numbers), max(*numbers, 1.0), 3 if narrow else 5)
    values = max((text_width(_value(row, wording), bold=True) for row in table.amounts), default=0.0)
    start, end = (6.0, width - 14.0) if narrow else (_NAMES, width - values - 22)
    scale = Scale(steps[0], steps[-1], start, end)
    y, heads, marks = _TOP, [], []
    for group, rows in _grouped(table):
        if group:
            y += _GROUP
            heads.append(Label("group", 0, y - 10, shorten(group, width, bold=True)))
        for row in rows:
            marks.append(_mark(row, y, scale, wording, narrow))
            y += _ROW_NARROW if narrow else _ROW
    return Drawing(width, int(y + 10), (*across(steps, scale, y, wording, width), *heads), tuple(marks))


def _grouped(table: Table) -> list[tuple[str, list[Row]]]:
    """Rows by group, in the order of definitions.yaml; by time within a group."""
    rows = sorted(table.amounts, key=lambda row: (row.group_order, row.start is None, row.start))
    return [(group, list(members)) for group, members in groupby(rows, key=lambda row: row.claim.group)]


def _mark(row: Row, y: float, scale: Scale, wording: Wording, narrow: bool) -> Mark:
    middle = y + (27 if narrow else _ROW / 2)
    value = _value(row, wording)
    time = f", {row.time}" if row.time else ""
    strong = row.highlighted
    room = scale.end + 12 - text_width(value, bold=True) - 10 if narrow else scale.start - 16
    name = shorten(row.speaker, room - text_width(time, bold=strong), bold=strong) + time
    shapes, last = _span(row, middle, scale)
    labels = [Label("label strong" if strong else "label", 0, y + 13 if narrow else middle + 4.5, name)]
    if narrow:
        labels.append(Label("value", scale.end + 12, y + 13, value, "end"))
    else:
        labels.append(Label("value", last + 10, middle + 4.5, value))
    return Mark(row, said(row), (*labels, *shapes))


def _value(row: Row, wording: Wording) -> str:
    return wording.amount(row.amount) + (" ≠" if row.claim.disputed else "")


def _span(row: Row, y: float, scale: Scale) -> tuple[list[Shape], float]:
    """The shapes of a value, and where the last of them ends."""
    first, last = scale(row.amount.numbers[0]), scale(row.amount.numbers[-1])
    match row.amount.form:
        case "range":
            return [Line("span", first, y, last, y)], last + 4
        case "over" | "at least":
            end = first + _OPEN
            return [
                Line("span open", first, y, end, y),
                Path("arrow", ((end, y - 5), (end + 7, y), (end, y + 5))),
                Dot("point", first, y, 4),
            ], end + 7
        case "under" | "up to" | "almost":
            end = max(last - _OPEN, scale.start)
            return [
                Line("span open", end, y, last, y),
                Path("arrow", ((end, y - 5), (end - 7, y), (end, y + 5))),
                Dot("point", last, y, 4),
            ], last + 4
    return [Dot("point", first, y)], first + 5.5


def _arrow(x: float, length: float, y: float) -> Path:
    return Path("arrow", ((x, y - 5), (x + length, y), (x, y + 5)))


def figure(table: Table, wording: Wording) -> dict[str, Any]:
    """The interactive drawing, as Plotly reads it: ranges as bars on a base, points as markers."""
    rows = [row for _, members in _grouped(table) for row in members]
    named = [(f"{row.speaker}, {row.time} ({index})", row) for index, row in enumerate(rows, 1)]
    spans = [(name, row) for name, row in named if row.amount.b is not None]
    points = [(name, row) for name, row in named if row.amount.b is None]
    hover = {"hovertemplate": "%{y}<br>%{text}<extra></extra>"}
    bars = {
        "type": "bar", "orientation": "h", "y": [name for name, _ in spans], "base": [float(row.amount.a) for _, row in spans],
        "x": [float((row.amount.b or row.amount.a) - row.amount.a) for _, row in spans], "width": 0.45,
        "text": [wording.amount(row.amount) for _, row in spans], "textposition": "none",
        "marker": {"color": "first"}, "name": "range", **hover,
    }  # fmt: skip
    dots = {
        "type": "scatter", "mode": "markers", "y": [name for name, _ in points], "x": [float(row.amount.a) for _, row in points],
        "text": [wording.amount(row.amount) for _, row in points], "marker": {"color": "first", "size": 11},
        "name": "single figure", **hover,
    }  # fmt: skip
    names = [name for name, _ in named][::-1]
    axes = {
        "yaxis": {"categoryorder": "array", "categoryarray": names, "automargin": True},
        "xaxis": {"title": {"text": table.unit}, "rangemode": "tozero"},
    }
    return {"data": [bars, dots], "layout": {**axes, "showlegend": True}}
