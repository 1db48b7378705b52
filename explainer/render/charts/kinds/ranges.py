"""``ranges``: the value of each claim as a point, a range or an open end, grouped by claimant."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from explainer.publish.tables import Row, Table
from explainer.publish.wording import Wording
from explainer.render.charts import Unsuitable
from explainer.render.charts.axes import explored_amounts, foot, vertical_grid, whole_axis
from explainer.render.charts.interactive import NARROW, group_names, level_spans, named_lines
from explainer.render.charts.scale import Scale, text_width, ticks, wrap
from explainer.render.charts.shapes import Drawing, Label, Mark, accessible_text, room, span

_ROW, _ROW_NARROW, _GROUP, _TOP = 26.0, 40.0, 34.0, 26.0
_LINE = 15.0
_NAMES = 286.0
"""The width in pixels for names, to the left of the marks, on a desktop."""


def draw(table: Table, wording: Wording, width: int) -> Drawing:
    """Return the static drawing: names are beside the marks on a desktop, above them on a phone."""
    narrow = width < 500
    steps = ticks(
        [number for row in table.amounts for number in row.amount.numbers], 3 if narrow else 5
    )
    values = max(
        (text_width(_value(row, wording), bold=True) for row in table.amounts), default=0.0
    )
    start, end = (6.0, width - 2.0) if narrow else (_NAMES, width - values - 10)
    scale = Scale(float(steps[0]), float(steps[-1]), start, end - (room(table.amounts) or 12.0))
    y, heads, marks, middles = _TOP, list[Label](), list[Mark](), list[float]()
    for group, rows in _grouped(table):
        if group:
            names = wrap(group, width if narrow else start - 16, bold=True)
            heads += [
                Label("group", 0, y + _GROUP - 10 + _LINE * index, line)
                for index, line in enumerate(names)
            ]
            y += _GROUP + _LINE * (len(names) - 1)
        for row in rows:
            mark, high, middle = _mark(row, y, scale, wording, width)
            marks.append(mark)
            middles.append(middle)
            y += high
    grid = vertical_grid(steps, scale, y, wording, width, middles if narrow else ())
    return Drawing(width, int(y + 10 + foot(y)), (*grid, *heads), tuple(marks))


def _grouped(table: Table) -> list[tuple[str, list[Row]]]:
    """Return rows by group, in the order of definitions.yaml, and by time within a group."""
    rows = sorted(table.amounts, key=lambda row: (row.group_order, row.start is None, row.start))
    return [
        (group, list(members)) for group, members in groupby(rows, key=lambda row: row.claim.group)
    ]


def _mark(
    row: Row, y: float, scale: Scale, wording: Wording, width: int
) -> tuple[Mark, float, float]:
    """Return the mark of a row, the height of the row, and the y of its value.

    A row is higher if its name needs more than one line.
    """
    narrow, strong = width < 500, row.highlighted
    value = _value(row, wording)
    names = width - text_width(value, bold=True) - 12 if narrow else scale.start - 16
    lines = wrap(row.speaker + (f", {row.time}" if row.time else ""), names, bold=strong)
    middle = (
        y + 10 + _LINE * len(lines) + 2 if narrow else y + _ROW / 2 + (len(lines) - 1) * _LINE / 2
    )
    shapes, last = span(row, middle, scale)
    top = y + 13 if narrow else y + _ROW / 2 + 4.5
    role = "label strong" if strong else "label"
    words = [Label(role, 0, top + _LINE * index, line) for index, line in enumerate(lines)]
    figure = (
        Label("value", width, y + 13, value, "end")
        if narrow
        else Label("value", last + 10, middle + 4.5, value)
    )
    more = _LINE * (len(lines) - 1)
    return (
        Mark(row, accessible_text(row), (*words, figure, *shapes)),
        (_ROW_NARROW if narrow else _ROW) + more,
        middle,
    )


def _value(row: Row, wording: Wording) -> str:
    return wording.amount(row.amount) + (" ≠" if row.claim.disputed else "")


def misfit(table: Table) -> Unsuitable | None:
    """Return why ranges cannot show a table, or ``None`` if they can."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in table.amounts:
        other = seen.setdefault((row.claim.group, row.speaker, row.time), row)
        if other is not row:
            message = (
                f"'{other.claim.anchor}' and '{row.claim.anchor}' would have one label,"
                f" '{row.speaker}, {row.time}'"
            )
            hint = (
                "give each a 'short' of its own, or draw 'dots', which name the region, basis or"
                " series of each"
            )
            return Unsuitable(message, hint)
    return None


def figure(table: Table, wording: Wording) -> dict[str, Any]:
    """Return the interactive drawing for Plotly: a line for each claim, below its group's name."""
    lines, groups, told = (
        list[tuple[float, str]](),
        list[tuple[float, str]](),
        list[tuple[Row, float, str]](),
    )
    y = 0.0
    for group, rows in _grouped(table):
        if group:
            groups.append((y, group))
            y += 1
        for row in rows:
            name = (
                row.speaker
                + (f", {row.time}" if row.time else "")
                + (" ≠" if row.claim.disputed else "")
            )
            lines.append((y, name))
            told.append((row, y, f"{row.claim.voice}, {row.time}"))
            y += 1
    axis = named_lines(lines, 240)
    layout = {
        "yaxis": axis["wide"],
        "xaxis": explored_amounts(table),
        "barmode": "overlay",
        "annotations": group_names(groups, 310),
    }
    return {
        "data": level_spans(told, wording, named=True),
        "layout": layout,
        "narrow": {"yaxis": axis["narrow"], "annotations": group_names(groups, NARROW)},
        **whole_axis(table, "xaxis"),
    }
