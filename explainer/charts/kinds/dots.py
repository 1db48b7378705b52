"""``dots``: figures side by side across groups, with the spread between the lowest and the highest of each.

Where the words of a track would crowd, the lowest, the highest and those that the chart speaks of keep theirs.
"""

from __future__ import annotations

from typing import Any

from explainer.charts.axes import across
from explainer.charts.scale import Scale, text_width, ticks, wrap
from explainer.charts.shapes import Drawing, Label, Line, Mark, Shape, said
from explainer.charts.spans import room, span
from explainer.tables import Row, Table
from explainer.wording import Wording

_TOP, _LINE, _GAP = 24.0, 16.0, 14.0
_NAMES = 250.0
"""The room for the groups' names on a desk."""
_ROOM = 16.0
"""The height of a line of values above the dots."""
_MOST = 6
"""How many lines of values a track may have."""


def draw(table: Table, wording: Wording, width: int) -> Drawing:
    """The static drawing: a line for each track, its dots labelled with value and time where they do not crowd."""
    narrow = width < 500
    numbers = [float(number) for row in table.amounts for number in row.amount.numbers]
    steps = ticks(min(0.0, *numbers), max(0.0, *numbers), 3 if narrow else 5)
    start, end = (8.0, width - 2.0) if narrow else (_NAMES, width - 4.0)
    scale = Scale(steps[0], steps[-1], start, end - (room(table.amounts) or 10.0))
    y, back, marks = _TOP, list[Shape](), list[Mark]()
    for track, rows in tracks(table).items():
        names = wrap(track, width - 4 if narrow else _NAMES - 16, 13, bold=True)
        labels = [_label(row, wording) for row in rows]
        lanes = _lanes(rows, labels, scale, width)
        if max(lanes) >= _MOST:
            labels = [text if _told(row, rows) else "" for row, text in zip(rows, labels, strict=True)]
            lanes = _lanes(rows, labels, scale, width)
        top = y + (_LINE * len(names) + 4 if narrow else 0)
        middle = top + _ROOM * (max(lanes) + 1) + 10
        base = y + 13 if narrow else middle + 4.5 - (len(names) - 1) * 7
        back += [Label("track", 0, base + i * _LINE, name) for i, name in enumerate(names)]
        back.append(_spread(rows, scale, middle))
        back += [_leader(row, lane, scale, middle) for row, lane in zip(rows, lanes, strict=True) if lane]
        marks += [_mark(row, text, lane, scale, middle, width) for row, text, lane in zip(rows, labels, lanes, strict=True)]
        y = max(middle + 10, y + 10 + _LINE * len(names)) + _GAP
    return Drawing(width, int(y), (*across(steps, scale, y - _GAP / 2, wording, width), *back), tuple(marks))


def tracks(table: Table) -> dict[str, list[Row]]:
    """Rows by what they are one of, in the order of the seeds; by value within a track."""
    found: dict[str, list[Row]] = {}
    for row in table.amounts:
        found.setdefault(row.track, []).append(row)
    return {track: sorted(rows, key=lambda row: row.amount.numbers[0]) for track, rows in found.items()}


def _label(row: Row, wording: Wording) -> str:
    time = f", {row.time}" if row.time else ""
    return f"{wording.amount(row.amount)}{' ≠' if row.claim.disputed else ''}{time}"


def _lanes(rows: list[Row], labels: list[str], scale: Scale, width: int) -> list[int]:
    """The line above the dots on which each label stands: the lowest on which it meets no other."""
    ends: list[float] = [0.0]
    found = []
    for row, text in zip(rows, labels, strict=True):
        if not text:
            found.append(0)
            continue
        left, right = _extent(row, text, scale, width)
        lane = next((lane for lane, end in enumerate(ends) if left > end + 8 or not end), len(ends))
        ends[lane : lane + 1] = [right]
        found.append(lane)
    return found


def _told(row: Row, rows: list[Row]) -> bool:
    return row.highlighted or bool(row.note) or row in (rows[0], rows[-1])


def _leader(row: Row, lane: int, scale: Scale, y: float) -> Line:
    """From words that stand higher down to their dot; behind all words, so that it strikes none out."""
    x = scale(row.amount.numbers[0])
    return Line("leader", x, y - 8 - _ROOM * lane, x, y - 6)


def _extent(row: Row, text: str, scale: Scale, width: int) -> tuple[float, float]:
    half = text_width(text, bold=row.highlighted) / 2
    middle = min(max(scale(row.amount.numbers[0]), half + (0 if width < 500 else _NAMES - 4)), width - half)
    return middle - half, middle + half


def _spread(rows: list[Row], scale: Scale, y: float) -> Line:
    return Line("spread", scale(rows[0].amount.numbers[0]), y, max(scale(row.amount.numbers[-1]) for row in rows), y)


def _mark(row: Row, text: str, lane: int, scale: Scale, y: float, width: int) -> Mark:
    left, right = _extent(row, text, scale, width)
    strong = "value strong" if row.highlighted else "label"
    shapes, _ = span(row, y, scale)
    words = [Label(strong, (left + right) / 2, y - 11 - _ROOM * lane, text, "middle")] if text else []
    return Mark(row, said(row), (*words, *shapes))


def figure(table: Table, wording: Wording) -> dict[str, Any]:
    """The interactive drawing, as Plotly reads it."""
    rows = [row for members in tracks(table).values() for row in members]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [float(row.amount.numbers[0]) for row in rows],
        "y": [row.track for row in rows],
        "text": [f"{wording.amount(row.amount)}, {row.time}" for row in rows],
        "customdata": [row.claim.voice for row in rows],
        "hovertemplate": "%{text}<br>%{customdata}<extra></extra>",
        "marker": {"color": ["accent" if row.highlighted else "first" for row in rows], "size": 12},
    }
    axes = {"yaxis": {"automargin": True, "autorange": "reversed"}, "xaxis": {"title": {"text": table.unit}, "rangemode": "tozero"}}
    return {"data": [trace], "layout": axes}
