"""``timeline``: dated events one below the other, and the spells that some of them began.

Time runs down the page, so that the text of each event has its own line on a phone. A year is
printed at its first event. A spell is a bar from its event to the last event within it. The legend
at the top explains the symbols.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from explainer.model.edtf import EARLIEST, Day, day_after
from explainer.publish.tables import MONTH, Row, Table
from explainer.publish.wording import Wording
from explainer.render.charts import Unsuitable
from explainer.render.charts.axes import explored_years
from explainer.render.charts.interactive import named_lines
from explainer.render.charts.scale import text_width, wrap
from explainer.render.charts.shapes import (
    Box,
    Dot,
    Drawing,
    Label,
    Line,
    Mark,
    Shape,
    accessible_text,
)

_TOP, _LINE, _GAP, _YEAR = 10.0, 17.0, 10.0, 30.0
_DAY: Final = 86_400_000
"""The length of a day in milliseconds, the unit in which Plotly counts dates."""
_LANE = 9.0
"""The width in pixels of the bar of a spell."""


_ACTS: Final = ("decree", "law", "bill")
"""The kinds of act that have their own symbol, in the order of the legend."""


def draw(table: Table, wording: Wording, width: int) -> Drawing:
    """Return the static drawing."""
    rows = sorted(table.rows, key=lambda row: (row.start is None, row.start, row.label))
    lanes = _lanes(rows)
    date_room = max((text_width(row.day) for row in rows), default=0.0) + 12
    axis = date_room + 10
    words = axis + 16 + _LANE * (max(lanes.values(), default=-1) + 1)
    key = list(_key(rows, wording, width))
    top = max([0.0, *(shape.y + 8 for shape in key if isinstance(shape, Label))]) + _TOP
    y, year, places, marks, back = top, "", list[float](), list[Mark](), list[Shape]()
    for row in rows:
        if row.year and row.year != year:
            year = row.year
            y += _YEAR if places else 18
            for turn, words_of_year in enumerate(wrap(year, width, bold=True)):
                y += _LINE if turn else 0
                back.append(Label("group", 0, y, words_of_year))
            y += 8
        lines = wrap(
            row.label + (" ≠" if row.claim.disputed else ""),
            width - words - 4,
            bold=row.highlighted,
        )
        places.append(y + 13)
        marks.append(_mark(row, y, lines, axis, words))
        y += _LINE * len(lines) + _GAP
    bars = [
        Box("spell", axis + 8 + _LANE * lane, places[i], 5, _until(rows, i, places, y) - places[i])
        for i, lane in lanes.items()
    ]
    line = Line("base", axis, top, axis, y)
    return Drawing(width, int(y + 4), (*key, line, *bars, *back), tuple(marks))


def _key(rows: list[Row], wording: Wording, width: int) -> Iterator[Shape]:
    """Yield the legend: each symbol that is drawn, with its meaning, in as many lines as needed.

    There is no legend if all symbols are the same.
    """
    kinds = [
        *dict.fromkeys(sorted(map(_act, rows), key=(*_ACTS, "event").index)),
        *(["spell"] if any(map(_is_spell, rows)) else []),
    ]
    x, y = 0.0, 13.0
    for kind in kinds if len(kinds) > 1 else ():
        text = wording.say(f"legend_{kind}")
        need = 16 + text_width(text)
        x, y = (0.0, y + _LINE) if x and x + need > width else (x, y)
        yield (
            Box("spell", x + 3, y - 10, 5, 12)
            if kind == "spell"
            else _symbol(kind, x + 5.5, y - 4.5)
        )
        yield Label("note", x + 16, y, text)
        x += need + 16


def _act(row: Row) -> str:
    """Return the kind of act of a row, or "event"."""
    return row.track if row.track in _ACTS else "event"


def _is_spell(row: Row) -> bool:
    return (
        row.is_spell
        and row.start is not None
        and (row.end is None or (row.end - row.start).days > MONTH)
    )


def _lanes(rows: list[Row]) -> dict[int, int]:
    """Return the lane of each spell by the index of its row: the first lane that is free then."""
    free: list[Day | None] = []
    found: dict[int, int] = {}
    for index, row in enumerate(rows):
        if _is_spell(row):
            lane = next(
                (
                    lane
                    for lane, end in enumerate(free)
                    if end is not None and row.start and end < row.start
                ),
                len(free),
            )
            free[lane : lane + 1] = [row.end]
            found[index] = lane
    return found


def _until(rows: list[Row], index: int, places: list[float], bottom: float) -> float:
    """Return the height of the first event after the end of a spell, or the bottom."""
    end = rows[index].end
    later = (
        place
        for row, place in zip(rows, places, strict=True)
        if row.start and end and row.start > end
    )
    return next(later, bottom) - 6


def _mark(row: Row, y: float, lines: list[str], axis: float, words: float) -> Mark:
    shapes: list[Shape] = [Label("note", axis - 12, y + 13, row.day, "end")] if row.day else []
    shapes.append(_symbol(_act(row), axis, y + 9))
    role = "label strong" if row.highlighted else "label"
    shapes += [Label(role, words, y + 13 + _LINE * i, line) for i, line in enumerate(lines)]
    return Mark(row, accessible_text(row), tuple(shapes))


def _symbol(act: str, x: float, y: float) -> Shape:
    """Return the symbol of an act.

    A decree is a dot, a law is a box, a bill, which is not in force, is a hollow dot, and any other
    event is a small dot.
    """
    if act == "law":
        return Box("point", x - 4.5, y - 4.5, 9, 9)
    return Dot("point hollow" if act == "bill" else "point", x, y, 3.5 if act == "event" else 5.0)


def misfit(table: Table) -> Unsuitable | None:
    """Return why a timeline cannot show a table, or ``None`` if it can."""
    amount = next((row for row in table.rows if row.value is not None), None)
    if amount is not None:
        message = (
            f"a timeline shows events and spells, and '{amount.claim.anchor}' is an amount"
            f" ({amount.claim.machine})"
        )
        return Unsuitable(
            message,
            "draw 'columns' or 'steps' for amounts over time, 'dots' or 'ranges' to set them side"
            " by side",
        )
    back = next((row for row in table.rows if row.start and row.end and row.end < row.start), None)
    if back is not None:
        return Unsuitable(
            f"'{back.claim.anchor}' ends before it begins",
            "mend its 'until' or its 'date', or leave it out ('only')",
        )
    return None


def figure(table: Table, wording: Wording) -> dict[str, Any]:
    """Return the interactive drawing for Plotly: a line for each event, with the same symbols."""
    rows = sorted(table.rows, key=lambda row: (row.start is None, row.start, row.label))
    names = [f"{row.label}{' ≠' if row.claim.disputed else ''} ({row.time})" for row in rows]
    days = [day for row in rows for day in (row.start, row.end) if day]
    latest = max(days, default=EARLIEST)
    axis = named_lines([(float(y), name) for y, name in enumerate(names)], 260)
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [row.start.isoformat(), (row.end or latest).isoformat()],
            "y": [float(y)] * 2,
            "ids": [row.claim.ref] * 2,
            "line": {"width": 8},
            "marker": {"color": "second"},
            "hoverinfo": "skip",
            "showlegend": False,
        }
        for y, row in enumerate(rows)
        if _is_spell(row) and row.start
    ]
    symbols = {"law": "square", "bill": "circle-open"}
    kinds = dict.fromkeys(sorted(map(_act, rows), key=(*_ACTS, "event").index))
    for act in kinds:
        own = [(y, row) for y, row in enumerate(rows) if _act(row) == act]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [_middle(row) for _, row in own],
                **_doubt([row for _, row in own]),
                "y": [float(y) for y, _ in own],
                "ids": [row.claim.ref for _, row in own],
                "customdata": [names[y] for y, _ in own],
                "text": [row.claim.voice for _, row in own],
                "hovertemplate": "%{customdata}<br>%{text}<extra></extra>",
                "marker": {
                    "color": ["accent" if row.highlighted else "first" for _, row in own],
                    "size": 10,
                    "symbol": symbols.get(act, "circle"),
                },
                "name": wording.say(f"legend_{act}"),
                "showlegend": len(kinds) > 1,
            }
        )
    axes: dict[str, Any] = {"yaxis": axis["wide"]}
    if days:
        axes["xaxis"] = explored_years(min(days), max(days), wording)
    return {"data": traces, "layout": axes, "narrow": {"yaxis": axis["narrow"]}}


def _width(row: Row) -> int:
    """Return how many days after its start an event may have been; 0 for a spell.

    A spell is drawn from its start.
    """
    return (row.end - row.start).days if row.start and row.end and not row.is_spell else 0


def _middle(row: Row) -> str | None:
    """Return the day at which an event is drawn: the middle of its possible days."""
    day = row.start or row.end
    return day_after(day, _width(row) // 2).isoformat() if day else None


def _doubt(rows: list[Row]) -> dict[str, Any]:
    """Return error bars over the days on which events may have been, if any day is not known."""
    widths = [_width(row) for row in rows]
    return (
        {
            "error_x": {
                "type": "data",
                "array": [width * _DAY / 2 for width in widths],
                "thickness": 1,
            }
        }
        if any(widths)
        else {}
    )
