"""``dots``: figures of several groups side by side, with the spread of each group.

A label is over its dot or to its side, above or below, on the nearest line where it overlaps no
other label and its leader line crosses none. If a track has too many labels, only the lowest, the
highest and those that the chart highlights or annotates keep theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from explainer.publish.tables import Row, Table
from explainer.publish.wording import Wording
from explainer.render.charts import Unsuitable
from explainer.render.charts.axes import explored_amounts, foot, vertical_grid, whole_axis
from explainer.render.charts.interactive import level_spans, named_lines
from explainer.render.charts.scale import Scale, text_width, ticks, wrap
from explainer.render.charts.shapes import (
    Drawing,
    Label,
    Line,
    Mark,
    Shape,
    accessible_text,
    room,
    span,
)

_TOP, _LINE, _GAP = 24.0, 16.0, 14.0
_NAMES = 250.0
"""The width in pixels for the names of groups on a desktop."""
_ROOM = 16.0
"""The height in pixels of a line of labels above or below the dots."""
_MOST = 6
"""The largest number of lines of labels above a track."""
Placed = tuple[int, float, float, float]
"""The place of a label: its line, the x of its start and end, and the x of its dot.

Lines are counted from 0 upwards; -1 is the first line below the dots.
"""
_LINES = (0, -1, 1, -2, *range(2, _MOST))


def draw(table: Table, wording: Wording, width: int) -> Drawing:
    """Return the static drawing: a line for each track, with value and time at its dots."""
    narrow = width < 500
    steps = ticks(
        [number for row in table.amounts for number in row.amount.numbers], 3 if narrow else 5
    )
    start, end = (8.0, width - 2.0) if narrow else (_NAMES, width - 4.0)
    scale = Scale(float(steps[0]), float(steps[-1]), start, end - (room(table.amounts) or 10.0))
    y, back, marks = _TOP, list[Shape](), list[Mark]()
    for track, rows in tracks(table).items():
        names = wrap(
            track[:1].upper() + track[1:], width - 4 if narrow else _NAMES - 16, 13, bold=True
        )
        labels = [_label(row, wording) for row in rows]
        places = _places(rows, labels, scale, width)
        if _highest(places) >= _MOST:
            labels = [
                text if _told(row, rows) else "" for row, text in zip(rows, labels, strict=True)
            ]
            places = _places(rows, labels, scale, width)
        top = y + (_LINE * len(names) + 4 if narrow else 0)
        middle = top + _ROOM * (_highest(places) + 1) + 10
        base = y + 13 if narrow else middle + 4.5 - (len(names) - 1) * 7
        back += [Label("track", 0, base + i * _LINE, name) for i, name in enumerate(names)]
        back.append(_spread(rows, scale, middle))
        back += [
            _leader(place, places, middle) for place in places if place and place[0] not in (0, -1)
        ]
        marks += [
            _mark(row, text, place, scale, middle)
            for row, text, place in zip(rows, labels, places, strict=True)
        ]
        below = -_ROOM * min([0, *(place[0] for place in places if place)])
        y = max(middle + 10 + below, y + 10 + _LINE * len(names)) + _GAP
    bottom = y - _GAP / 2
    middles = [shape.y1 for shape in back if isinstance(shape, Line) and shape.role == "spread"]
    lines = vertical_grid(steps, scale, bottom, wording, width, middles if narrow else ())
    return Drawing(width, int(y + foot(bottom)), (*lines, *back), tuple(marks))


def tracks(table: Table) -> dict[str, list[Row]]:
    """Return the rows of each track, sorted by value. Tracks are in the order of the seeds."""
    found: dict[str, list[Row]] = {}
    for row in table.amounts:
        found.setdefault(row.track, []).append(row)
    return {
        track: sorted(rows, key=lambda row: row.amount.numbers[0]) for track, rows in found.items()
    }


def _label(row: Row, wording: Wording) -> str:
    time = f", {row.time}" if row.time else ""
    return f"{wording.amount(row.amount)}{' ≠' if row.claim.disputed else ''}{time}"


def _highest(places: list[Placed | None]) -> int:
    return max((place[0] for place in places if place), default=0)


def _places(rows: list[Row], labels: list[str], scale: Scale, width: int) -> list[Placed | None]:
    """Return the place of each row's label: the first free place, or a new line above all."""
    taken: list[Placed] = []
    found: list[Placed | None] = []
    for row, text in zip(rows, labels, strict=True):
        x = scale(row.amount.numbers[0])
        room_of = list(_rooms(x, text_width(text, bold=row.highlighted), width))
        tried = ((lane, *room, x) for lane in _LINES for room in room_of)
        last = (max((lane for lane, *_ in taken), default=-1) + 1, *room_of[0], x)
        place = next(
            (place for place in tried if not any(_meet(place, other) for other in taken)), last
        )
        taken += [place] if text else []
        found.append(place if text else None)
    return found


def _rooms(x: float, wide: float, width: int) -> Iterator[tuple[float, float]]:
    """Yield the start and end of a label over its dot, to its left and to its right.

    All are kept within the drawing.
    """
    first = 0.0 if width < 500 else _NAMES + 4
    for left in (x - wide / 2, x - wide + 7, x - 7):
        held = max(min(left, width - wide), first)
        yield held, held + wide


def _meet(one: Placed, other: Placed) -> bool:
    """Whether two labels overlap, or the leader line of the farther one crosses the nearer one.

    Labels of the same dot form a list without leader lines between them.
    """
    near, far = (one, other) if abs(one[0]) <= abs(other[0]) else (other, one)
    if near[0] == far[0]:
        return near[1] < far[2] + 8 and far[1] < near[2] + 8
    return (
        _side(near[0]) == _side(far[0])
        and near[1] - 3 < far[3] < near[2] + 3
        and abs(far[3] - near[3]) > 2
    )


def _side(lane: int) -> bool:
    return lane < 0


def _baseline(lane: int, y: float) -> float:
    """Return the baseline of labels on a line, for dots at ``y``."""
    return y + 4 - _ROOM * lane if lane < 0 else y - 11 - _ROOM * lane


def _told(row: Row, rows: list[Row]) -> bool:
    return row.highlighted or bool(row.note) or row in (rows[0], rows[-1])


def _leader(place: Placed, places: list[Placed | None], y: float) -> Line:
    """Return the leader line from a label to its dot, or to a nearer label of the same dot."""
    lane, _, _, x = place
    same = [
        abs(other[0])
        for other in places
        if other and _side(other[0]) == _side(lane) and abs(other[3] - x) <= 2
    ]
    nearer = max((other + (lane > 0) for other in same if other < abs(lane)), default=0)
    if lane < 0:
        return Line("leader", x, y + 8 + _ROOM * nearer, x, y + 8 + _ROOM * (-lane - 1))
    return Line("leader", x, y - 8 - _ROOM * lane, x, y - 6 - _ROOM * nearer - (2 if nearer else 0))


def _spread(rows: list[Row], scale: Scale, y: float) -> Line:
    return Line(
        "spread",
        scale(rows[0].amount.numbers[0]),
        y,
        max(scale(row.amount.numbers[-1]) for row in rows),
        y,
    )


def _mark(row: Row, text: str, place: Placed | None, scale: Scale, y: float) -> Mark:
    strong = "value strong" if row.highlighted else "label"
    shapes, _ = span(row, y, scale)
    words = (
        [Label(strong, (place[1] + place[2]) / 2, _baseline(place[0], y), text, "middle")]
        if place
        else []
    )
    return Mark(row, accessible_text(row), (*words, *shapes))


def misfit(table: Table) -> Unsuitable | None:
    """Return why dots cannot show a table, or ``None`` if they can."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in table.amounts:
        if row.claim.show != "main" or row.claim.disputed:
            continue  # the ≠ mark and its page say that it is disputed
        key = (
            row.track,
            row.time,
            row.claim.voice,
            row.claim.group,
            row.claim.region,
            row.claim.basis,
            row.series_title,
        )
        other = seen.setdefault(key, row)
        if other is not row and other.amount.numbers != row.amount.numbers:
            message = (
                f"nothing tells the dots of '{other.claim.anchor}' and '{row.claim.anchor}' apart:"
                " one line, one time, one speaker"
            )
            return Unsuitable(
                message,
                "give them a region or a basis that says how they differ, or show one of them"
                " ('only')",
            )
    return None


def figure(table: Table, wording: Wording) -> dict[str, Any]:
    """Return the interactive drawing for Plotly: a line for each track, as in the static one."""
    found = list(tracks(table).items())
    lines = named_lines(
        [(float(line), track[:1].upper() + track[1:]) for line, (track, _) in enumerate(found)], 240
    )
    told = [
        (row, float(line), f"{track}, {row.time}, {row.claim.voice}")
        for line, (track, members) in enumerate(found)
        for row in members
    ]
    layout = {
        "yaxis": lines["wide"],
        "xaxis": explored_amounts(table),
        "barmode": "overlay",
        "showlegend": False,
    }
    narrow = {"yaxis": lines["narrow"]}
    return {
        "data": level_spans(told, wording, named=False),
        "layout": layout,
        "narrow": narrow,
        **whole_axis(table, "xaxis"),
    }
