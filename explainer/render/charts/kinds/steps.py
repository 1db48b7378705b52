"""``steps``: totals as they grew, one run from zero for each year, with other series as dots.

The first series of the chart is drawn as steps. So is a level that holds until it changes, such as
a payment. The points of every other series, such as competing totals, are dots.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from explainer.model.edtf import EARLIEST, Day, day_after
from explainer.publish.tables import Row, Table
from explainer.publish.wording import Wording
from explainer.render.charts import Unsuitable, ambiguous_season
from explainer.render.charts.axes import (
    explored_amounts,
    explored_years,
    horizontal_grid,
    margin,
    whole_axis,
    years,
)
from explainer.render.charts.interactive import explored_value, in_lines, marks_of, symbol
from explainer.render.charts.scale import Scale, ticks, wrap
from explainer.render.charts.shapes import (
    DOWN,
    UP,
    Area,
    Dot,
    Drawing,
    Label,
    LabelRequest,
    Line,
    Mark,
    Path,
    Shape,
    accessible_text,
    extent,
    place_labels_strict,
    strokes,
)

_TOP, _BOTTOM = 40.0, 34.0
_LINE = 17.0
_OPEN, _TIP = 14.0, 7.0
"""The length of an open end and the height of its tip, in pixels."""
_MOST = 12
"""The largest number of runs that all have a label.

If there are more, only the first, the highest and the last run have one.
"""
_MORE = 3
"""The number of label lines by which a drawing may grow."""
_ROLES = ("", "second", "third", "fourth")
Point = tuple[float, float]


def draw(table: Table, wording: Wording, width: int) -> Drawing:
    """Return the static drawing, made higher if the values of its runs need more room."""
    tried: list[tuple[int, Drawing]] = []
    for lines in range(_MORE + 1):
        tried.append(_drawn(table, wording, width, int(_LINE * lines)))
        if not tried[-1][0]:
            break
    return min(tried, key=lambda each: each[0])[1]


def _drawn(table: Table, wording: Wording, width: int, more: int) -> tuple[int, Drawing]:
    """Return a drawing with ``more`` pixels for labels at its top, and how many labels it lacks.

    It lacks a label if a value that must have one found no room.
    """
    height = (320 if width < 500 else 380) + more
    key = _key(table, width)
    rows = [row for row in table.amounts if row.end and row.start]
    numbers = [number for row in rows for number in row.amount.numbers]
    low, high = float(min([Decimal(0), *numbers])), float(max([Decimal(0), *numbers]))
    first, last = _span(rows)
    levels = ticks(numbers, 4)
    left = margin(levels, wording)
    across = Scale(first.toordinal(), last.toordinal(), left, width - 8)
    top = _TOP + more + _LINE * sum(isinstance(shape, Label) for shape in key)
    up = Scale(low, high if high > low else 1.0, height - _BOTTOM - (16 if low < 0 else 0), top)
    runs = _runs(rows)
    stairs = [_stairs(run, across, up) for run in runs]
    paths = [
        *(Path("step", tuple(corners)) for corners in stairs),
        *(Path("step unsaid", tuple(_unsaid(run, across, up))) for run in runs),
    ]
    marks = tuple(_mark(row, across, up) for row in rows)
    taken = [
        *(box for path in paths for box in strokes(path)),
        *(box for mark in marks for box in _room(mark)),
    ]
    grid = horizontal_grid(levels, up, (left - 8, width), wording)
    base = Line("base", left - 8, up(0), width, up(0))
    back = (*grid, *years(first, last, across, up.end, height - _BOTTOM, wording), *key, *paths)
    wanted = [_wanted(row, across, up, wording) for row in _told(rows, runs)]
    room = (
        across.start,
        up.end - _TOP - more + 8,
        across.end + 8,
        up(0) - 1 if low >= 0 else up.start + 24,
    )
    words, lacking = place_labels_strict(wanted, taken, room)
    return lacking, Drawing(width, height, back, marks, (base, *words))


def _span(rows: list[Row]) -> tuple[Day, Day]:
    ends = [day for row in rows for day in (row.start, row.end) if day]
    first, last = min(ends), max(ends)
    return first, last if last > first else day_after(first, 365)


def _runs(rows: list[Row]) -> list[list[Row]]:
    """Return the runs of the first series: its rows in the order of time, one run for each year.

    Rivals are left out, because they are drawn as dots. A series of single days is one run.
    """
    own = sorted(
        (row for row in rows if row.series_order == 0 and row.claim.show != "rival"),
        key=lambda row: (row.end or EARLIEST, row.amount.numbers[0]),
    )
    if all(row.start == row.end for row in own):
        return [own] if own else []
    return [
        list(run) for _, run in groupby(own, key=lambda row: row.start.year if row.start else 0)
    ]


def _place(row: Row, across: Scale, up: Scale) -> Point:
    assert row.end is not None
    return across(row.end.toordinal()), up(row.amount.numbers[-1])


def _stairs(run: list[Row], across: Scale, up: Scale) -> list[Point]:
    """Return the corners of a run: level to the next date, then up or down to the next value."""
    found = [_place(run[0], across, up)]
    for row in run[1:]:
        x, y = _place(row, across, up)
        found += [(x, found[-1][1]), (x, y)]
    return found


def _unsaid(run: list[Row], across: Scale, up: Scale) -> list[Point]:
    """Return the line from zero on a total's first day to its first value.

    Nobody has said anything about the days between, so the line has a role of its own. A series of
    single days has no such line: only the first point is returned.
    """
    begin = run[0].start
    total = begin is not None and any(row.start != row.end for row in run)
    return (
        [(across(begin.toordinal()), up(0)), _place(run[0], across, up)]
        if total and begin
        else [_place(run[0], across, up)]
    )


def _mark(row: Row, across: Scale, up: Scale) -> Mark:
    x, y = _place(row, across, up)
    role = _ROLES[min(row.series_order, len(_ROLES) - 1)]
    shapes: list[Shape] = [
        Dot(f"point {role}".strip(), x, y, 3.5 if row.series_order == 0 else 5.0)
    ]
    if row.amount.b is not None:
        shapes.insert(0, Line(f"span {role}".strip(), x, y, x, up(row.amount.a)))
    if row.amount.form in (*UP, *DOWN):
        shapes += _open_end(row, x, y)
    return Mark(row, accessible_text(row), tuple(shapes))


def _open_end(row: Row, x: float, y: float) -> list[Shape]:
    """Return a dotted line with a tip, from the known figure towards the open end."""
    away = -1 if row.amount.form in UP else 1
    end = y + away * _OPEN
    return [
        Line("span open", x, y, x, end),
        Path("arrow", ((x - 5, end), (x, end + away * _TIP), (x + 5, end))),
    ]


def _told(rows: list[Row], runs: list[list[Row]]) -> Iterator[Row]:
    """Yield the rows whose values should have labels, the most important first.

    These are the last row of each run, the latest run first, and then the rows of other series.
    """
    highest = max(runs, key=lambda run: run[-1].amount.numbers[-1], default=None)
    kept = (
        runs if len(runs) <= _MOST else [run for run in runs if run in (runs[0], highest, runs[-1])]
    )
    yield from (run[-1] for run in reversed(kept))
    yield from (row for row in rows if row.series_order and len(rows) <= _MOST * 4)


def _wanted(row: Row, across: Scale, up: Scale, wording: Wording) -> LabelRequest:
    """Return the label for the value of a row."""
    text = wording.amount(row.amount) + (" ≠" if row.claim.disputed else "")
    return LabelRequest("note" if row.series_order else "value", *_place(row, across, up), text)


def _room(mark: Mark) -> Iterator[Area]:
    """Yield the areas of a mark's shapes, wider for the bar of a range."""
    for shape in mark.shapes:
        left, top, right, bottom = extent(shape)
        yield (
            (left - 5, top, right + 5, bottom)
            if isinstance(shape, Line)
            else (left, top, right, bottom)
        )


def _key(table: Table, width: int) -> list[Shape]:
    """Return a legend with a line of text for each series, next to its dot.

    Totals cross, so there is no room for labels on the lines themselves.
    """
    names = {row.series_order: row.series_title for row in table.amounts}
    found: list[Shape] = []
    y = 16.0
    for order, name in sorted(names.items()):
        role = _ROLES[min(order, len(_ROLES) - 1)]
        found.append(Dot(f"point {role}".strip(), 6, y - 4.5, 3.5 if order == 0 else 5.0))
        for line in wrap(name, width - 22):
            found.append(Label("label", 18, y, line))
            y += _LINE
    return found


def misfit(table: Table) -> Unsuitable | None:
    """Return why steps cannot show a table, or ``None`` if they can."""
    undated = next((row for row in table.amounts if not (row.start and row.end)), None)
    if undated is not None:
        return Unsuitable(
            f"'{undated.claim.anchor}' has no place in time",
            "give it a period or the day it was said, or draw 'dots' or 'ranges'",
        )
    if (loose := ambiguous_season(table.amounts)) is not None:
        return loose
    own = [row for row in table.amounts if row.series_order == 0 and row.claim.show != "rival"]
    if len(own) < 2:
        return Unsuitable(
            "a course needs two points at least", "show more points, or draw 'columns' or 'ranges'"
        )
    for what in ("region", "basis"):
        if len(found := {getattr(row.claim, what) for row in own}) > 1:
            named = ", ".join(f"'{each}'" for each in sorted(found) if each)
            return Unsuitable(
                f"one course would join points that differ in {what} ({named})",
                "show one of them ('only'), or draw 'dots'",
            )
    seen: dict[Day | None, Row] = {}
    for row in own:
        other = seen.setdefault(row.end, row)
        if (
            other is not row
            and other.amount.numbers != row.amount.numbers
            and not row.claim.disputed
        ):
            message = (
                f"the course would have two values on one day, those of '{other.claim.anchor}' and"
                f" '{row.claim.anchor}'"
            )
            return Unsuitable(message, "show one of them ('only'), or draw 'ranges' or 'dots'")
    return None


def figure(table: Table, wording: Wording) -> dict[str, Any]:
    """Return the interactive drawing for Plotly: runs as lines, ranges as vertical lines."""
    rows = [row for row in table.amounts if row.end and row.start]
    runs = [(run, "lines+markers") for run in _runs(rows)]
    orders = sorted({row.series_order for row in rows} - {0})
    joined = {row.claim.ref for run, _ in runs for row in run}
    runs += [
        (
            [row for row in rows if row.series_order == order and row.claim.ref not in joined],
            "markers",
        )
        for order in (0, *orders)
    ]
    colours = ("first", "second", "third", "fourth")
    named: set[int] = set()
    traces: list[dict[str, Any]] = []
    for run, mode in ((run, mode) for run, mode in runs if run):
        order = run[0].series_order
        colour = colours[min(order, 3)]
        traces.append(
            {
                "type": "scatter",
                "mode": mode,
                "line": {"shape": "hv"},
                "name": in_lines(run[0].series_title, 190),
                "legendgroup": str(order),
                "x": [row.end.isoformat() for row in run if row.end],
                "y": [float(row.amount.numbers[-1]) for row in run],
                "ids": [row.claim.ref for row in run],
                "text": [f"{explored_value(row, wording)}, {row.claim.voice}" for row in run],
                "customdata": [row.label for row in run],
                "hovertemplate": "%{customdata}<br>%{text}<extra></extra>",
                "showlegend": order not in named,
                "marker": {
                    "color": ["accent" if row.highlighted else colour for row in run],
                    "size": 8,
                    "symbol": [symbol(row, upright=True) for row in run],
                },
            }
        )
        traces[-1]["line"]["color"] = colour
        named.add(order)
        traces += [_upright(row, colour) for row in run if row.amount.b is not None]
    disputed = [
        (row, row.end.isoformat(), float(row.amount.numbers[-1]))
        for row in rows
        if row.claim.disputed and row.end
    ]
    traces += marks_of(disputed, upright=True)[-1:] if disputed else []
    axes = {"yaxis": explored_amounts(table), "xaxis": explored_years(*_span(rows), wording)}
    return {"data": traces, "layout": {**axes, "showlegend": True}, **whole_axis(table, "yaxis")}


def _upright(row: Row, colour: str) -> dict[str, Any]:
    """Return a range as a line from its lower to its upper end."""
    day = row.end.isoformat() if row.end else ""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [day, day],
        "y": [float(number) for number in row.amount.numbers],
        "ids": [row.claim.ref] * 2,
        "line": {"width": 4, "color": "accent" if row.highlighted else colour},
        "hoverinfo": "skip",
        "showlegend": False,
        "legendgroup": str(row.series_order),
    }
