"""``ranges``: what each claimant says, as a point, a range or an open end, grouped by who says it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from explainer.charts.axes import across, explored_amounts, foot, whole_axis
from explainer.charts.scale import Scale, text_width, ticks, wrap
from explainer.charts.shapes import Drawing, Label, Mark, said
from explainer.charts.spans import room, span
from explainer.tables import Row, Table
from explainer.wording import Wording

_ROW, _ROW_NARROW, _GROUP, _TOP = 26.0, 40.0, 34.0, 26.0
_LINE = 15.0
_NAMES = 286.0
"""The room for names, left of the marks, on a desk."""


def draw(table: Table, wording: Wording, width: int) -> Drawing:
    """The static drawing: names beside the marks on a desk, above them on a phone."""
    narrow = width < 500
    steps = ticks([number for row in table.amounts for number in row.amount.numbers], 3 if narrow else 5)
    values = max((text_width(_value(row, wording), bold=True) for row in table.amounts), default=0.0)
    start, end = (6.0, width - 2.0) if narrow else (_NAMES, width - values - 10)
    scale = Scale(float(steps[0]), float(steps[-1]), start, end - (room(table.amounts) or 12.0))
    y, heads, marks, middles = _TOP, list[Label](), list[Mark](), list[float]()
    for group, rows in _grouped(table):
        if group:
            names = wrap(group, width if narrow else start - 16, bold=True)
            heads += [Label("group", 0, y + _GROUP - 10 + _LINE * index, line) for index, line in enumerate(names)]
            y += _GROUP + _LINE * (len(names) - 1)
        for row in rows:
            mark, high, middle = _mark(row, y, scale, wording, width)
            marks.append(mark)
            middles.append(middle)
            y += high
    grid = across(steps, scale, y, wording, width, middles if narrow else ())
    return Drawing(width, int(y + 10 + foot(y)), (*grid, *heads), tuple(marks))


def _grouped(table: Table) -> list[tuple[str, list[Row]]]:
    """Rows by group, in the order of definitions.yaml; by time within a group."""
    rows = sorted(table.amounts, key=lambda row: (row.group_order, row.start is None, row.start))
    return [(group, list(members)) for group, members in groupby(rows, key=lambda row: row.claim.group)]


def _mark(row: Row, y: float, scale: Scale, wording: Wording, width: int) -> tuple[Mark, float, float]:
    """A row, its height, since names may need more than a line, and the place of its value."""
    narrow, strong = width < 500, row.highlighted
    value = _value(row, wording)
    names = width - text_width(value, bold=True) - 12 if narrow else scale.start - 16
    lines = wrap(row.speaker + (f", {row.time}" if row.time else ""), names, bold=strong)
    middle = y + 10 + _LINE * len(lines) + 2 if narrow else y + _ROW / 2 + (len(lines) - 1) * _LINE / 2
    shapes, last = span(row, middle, scale)
    top = y + 13 if narrow else y + _ROW / 2 + 4.5
    role = "label strong" if strong else "label"
    words = [Label(role, 0, top + _LINE * index, line) for index, line in enumerate(lines)]
    figure = Label("value", width, y + 13, value, "end") if narrow else Label("value", last + 10, middle + 4.5, value)
    more = _LINE * (len(lines) - 1)
    return Mark(row, said(row), (*words, figure, *shapes)), (_ROW_NARROW if narrow else _ROW) + more, middle


def _value(row: Row, wording: Wording) -> str:
    return wording.amount(row.amount) + (" ≠" if row.claim.disputed else "")


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
        "marker": {"color": "first"}, "name": wording.say("legend_range"), **hover,
    }  # fmt: skip
    dots = {
        "type": "scatter", "mode": "markers", "y": [name for name, _ in points], "x": [float(row.amount.a) for _, row in points],
        "text": [wording.amount(row.amount) for _, row in points], "marker": {"color": "first", "size": 11},
        "name": wording.say("legend_figure"), **hover,
    }  # fmt: skip
    names = [name for name, _ in named][::-1]
    axes = {
        "yaxis": {"categoryorder": "array", "categoryarray": names, "automargin": True},
        "xaxis": explored_amounts(table),
    }
    return {"data": [bars, dots], "layout": {**axes, "showlegend": True}, **whole_axis(table, "xaxis")}
