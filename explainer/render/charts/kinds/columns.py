"""``columns``: quantities over time as columns from zero.

Highlighted columns have the accent colour. Columns are spaced as their periods are in time, so that
a period without a claim leaves a gap. Claims of the same period are side by side. If all claims
have the same period, the label below each column is what tells them apart, such as a region.

A range is a column with a pale part from its lower to its upper figure. An open end is a tip that
points in its direction. A value that has only an upper bound is pale from zero.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from explainer.publish.tables import Row, Table
from explainer.publish.wording import Wording
from explainer.render.charts import Unsuitable, ambiguous_season
from explainer.render.charts.axes import (
    Layout,
    category_of,
    explored_amounts,
    horizontal_grid,
    in_order,
    layout,
    margin,
    round_steps,
    whole_axis,
)
from explainer.render.charts.interactive import explored_value, marks_of
from explainer.render.charts.scale import Scale, text_width, ticks, wrap
from explainer.render.charts.shapes import (
    FONTS,
    UP,
    Box,
    Drawing,
    Label,
    Line,
    Mark,
    Path,
    Shape,
    accessible_text,
)

_TOP, _BOTTOM, _RIGHT = 46.0, 30.0, 4.0
_NARROWEST, _LEVELS = 260.0, 50.0
"""The narrowest drawing (in an embed), and the width that its axis labels take, in pixels."""
_SPARSE = 14.0
"""The width of a column towards its neighbour, in pixels, if units of time are narrower."""
_FILL = 0.78
"""The share of its band that a column takes."""
_LINE = 15.0


@dataclass(frozen=True)
class _Frame:
    """The area of the columns, and the place of each."""

    rows: list[Row]
    places: Layout
    scale: Scale
    start: float
    """The x at which the first column begins."""
    width: int

    @property
    def band(self) -> float:
        """The width of one unit of time, or of one category."""
        return (self.width - self.start - _RIGHT) / (self.places.last + 1)

    @property
    def bars(self) -> float:
        """The width of all columns of one period together, at most 96 pixels for each of them."""
        most = 96.0 * max(count for _, count in self.places.beside)
        return min(max(self.band, min(_SPARSE, self.places.nearest * self.band)) * _FILL, most)

    @property
    def bar(self) -> float:
        """The width of one column in the fullest period."""
        return self.bars / max(count for _, count in self.places.beside)

    def left(self, index: int) -> float:
        turn, count = self.places.beside[index]
        wide = self.wide(index)
        first = (self.bars - wide * count) / 2
        return min(
            self.start + self.places.slots[index] * self.band + first + turn * wide,
            self.width - wide,
        )

    def wide(self, index: int) -> float:
        """Return the width of a column. A column that is alone in its period has the full width."""
        return self.bar if self.places.beside[index][1] > 1 else min(self.bars, 96.0)

    def middle(self, index: int) -> float:
        return self.left(index) + self.wide(index) / 2

    def end(self, index: int) -> float:
        """Return the height at which a column ends: below the baseline for a negative value."""
        return self.scale(_far(self.rows[index]))

    def clear(self, start: float, end: float) -> float:
        """Return the height above which text from ``start`` to ``end`` overlaps no column."""
        inside = [
            i
            for i in range(len(self.rows))
            if self.left(i) < end and self.left(i) + self.wide(i) > start
        ]
        return min([self.scale(0), *(self.end(i) for i in inside)])


def draw(table: Table, wording: Wording, width: int) -> Drawing:
    """Return the static drawing. It is made higher if the labels above its columns need it."""
    rows = in_order(table.amounts)
    places = layout(rows)
    numbers = [float(number) for row in rows for number in row.amount.numbers]
    grid = ticks([number for row in rows for number in row.amount.numbers], 4)
    height, start = 280 if width < 500 else 340, margin(grid, wording) + 2
    low, ticks_below = _foot(_frame(rows, places, numbers, height, start, width), wording)
    height += low
    more = _lacking(_frame(rows, places, numbers, height, start, width, below=low), wording)
    frame = _frame(rows, places, numbers, height + more, start, width, more, low)
    words = [shape for index in range(len(rows)) for shape in _words(frame, index, wording)]
    base = Line("base", frame.start - 8, frame.scale(0), width, frame.scale(0))
    marks = tuple(
        Mark(row, accessible_text(row), tuple(_column(frame, index)))
        for index, row in enumerate(rows)
    )
    front = (
        *_level(frame),
        *words,
        base,
        *(replace(label, y=height + more - low - 10 + label.y) for label in ticks_below),
    )
    return Drawing(
        width,
        height + more,
        tuple(horizontal_grid(grid, frame.scale, (frame.start - 8, width), wording)),
        marks,
        front,
    )


def _frame(
    rows: list[Row],
    places: Layout,
    numbers: list[float],
    height: int,
    start: float,
    width: int,
    more: int = 0,
    below: int = 0,
) -> _Frame:
    """Return the frame of a drawing of that height.

    ``more`` pixels at the top and ``below`` pixels at the foot are left free for labels.
    """
    high, low = max(0.0, *numbers), min(0.0, *numbers)
    scale = Scale(
        low,
        high if high > low else 1.0,
        height - _BOTTOM - below - (22 if low < 0 else 0),
        _TOP + more,
    )
    return _Frame(rows, places, scale, start, width)


def _lacking(frame: _Frame, wording: Wording) -> int:
    """Return by how many pixels the highest labels would leave the drawing at the top."""
    tops = (
        shape.box[1]
        for index in range(len(frame.rows))
        for shape in _words(frame, index, wording)
        if isinstance(shape, Label)
    )
    return math.ceil(max(0.0, -min(tops, default=0.0)))


def _level(frame: _Frame) -> list[Shape]:
    """Return a dotted line at the height of the last highlighted value, for comparison."""
    heights = [frame.end(index) for index, row in enumerate(frame.rows) if row.highlighted]
    return [Line("level", frame.start - 8, y, frame.width, y) for y in heights[-1:]]


def _far(row: Row) -> Decimal:
    """Return the number at which a column ends: the one farther from zero."""
    return max(row.amount.numbers, key=abs)


def _sure(row: Row) -> Decimal:
    """Return the number up to which a column is solid.

    This is zero if the value has only an upper bound, or if its range spans zero.
    """
    numbers, form = row.amount.numbers, row.amount.form
    return (
        Decimal(0)
        if form in ("up to", "under") or min(numbers) < 0 < max(numbers)
        else min(numbers, key=abs)
    )


def _column(frame: _Frame, index: int) -> Iterator[Shape]:
    """Yield the solid part of a column, its pale parts, and a tip at an open end."""
    row, left, wide = frame.rows[index], frame.left(index), frame.wide(index)
    numbers, form = row.amount.numbers, row.amount.form
    sure = _sure(row)
    ends = [
        (sure, Decimal(0), "col"),
        *((number, sure, "col unsure") for number in numbers if number != sure),
    ]
    for number, base, role in ends:
        if number != base or len(ends) == 1:
            top, bottom = sorted((frame.scale(number), frame.scale(base)))
            yield Box(role, left, top, wide, max(bottom - top, 0.5))
    if form in UP:
        end, away = frame.end(index), -1 if numbers[0] >= 0 else 1
        yield Path(
            "col tip",
            (
                (left, end + 2 * away),
                (left + wide / 2, end + 8 * away),
                (left + wide, end + 2 * away),
            ),
        )


def _words(frame: _Frame, index: int, wording: Wording) -> list[Shape]:
    """Return the value and the note above a column that is highlighted, has a note or is a rival.

    They are placed above every column that they reach over.
    """
    row, middle = frame.rows[index], frame.middle(index)
    if not (row.highlighted or row.note or _is_rival(frame, index)):
        return []
    value = f"{wording.amount(row.amount)}{' ≠' if row.claim.disputed else ''}"
    lines = (
        *wrap(row.note or (row.speaker if _is_rival(frame, index) else ""), 130, FONTS["note"][0]),
        value,
    )
    half = max(text_width(line, bold=True) for line in lines) / 2
    at = min(max(middle, frame.start - 8 + half), frame.width - _RIGHT - half)
    clear = frame.clear(at - half, at + half) - (15 if row.amount.form in UP else 7)
    found: list[Shape] = []
    if clear < frame.end(index) - 12 and _far(row) >= 0:
        found.append(Line("leader", middle, clear + 4, middle, frame.end(index) - 2))
    strong = "value strong" if row.highlighted else "value"
    for up, line in enumerate(reversed(lines)):
        found.append(Label(strong if up == 0 else "note", at, clear - _LINE * up, line, "middle"))
    return found


def _is_rival(frame: _Frame, index: int) -> bool:
    """Whether a column shares its period with another and is not shown as a main one."""
    return frame.places.beside[index][1] > 1 and frame.rows[index].claim.show != "main"


def _foot(frame: _Frame, wording: Wording) -> tuple[int, list[Label]]:
    """Return the height in pixels of the label lines after the first, and the labels below columns.

    The first line of labels has the height 0.
    """
    labels = (
        _categories(frame)
        if not frame.places.per_year
        else _direct(frame) or _regular(frame, wording)
    )
    return int(max((label.y for label in labels), default=0.0)), labels


def _categories(frame: _Frame) -> list[Label]:
    """Return the name of each category below its column, wrapped to the column's band."""
    found: list[Label] = []
    for index, (name, _) in enumerate(frame.places.names):
        lines = wrap(name, frame.band - 4, FONTS["tick"][0])
        half = max((text_width(line) for line in lines), default=0.0) / 2
        middle = min(frame.middle(index), frame.width - half)
        found += [
            Label("tick", middle, _LINE * at, line, "middle") for at, line in enumerate(lines)
        ]
    return found


def _direct(frame: _Frame) -> list[Label]:
    """Return the time of each column below it, or an empty list if the labels do not fit.

    Labels that would touch are moved apart, each by at most half its width.
    """
    slots = dict(zip(frame.places.slots, range(len(frame.rows)), strict=True))
    named = [(frame.places.names[index], _center(frame, slot)) for slot, index in slots.items()]
    halves = [max(map(text_width, name)) / 2 for name, _ in named]
    places = [middle for _, middle in named]
    for _ in range(20):
        for i in range(len(places) - 1):
            short = halves[i] + halves[i + 1] + 4 - (places[i + 1] - places[i])
            if short > 0.01:
                places[i] -= short / 2
                places[i + 1] += short / 2
        places = [
            min(max(x, frame.start - 8 + half), frame.width - half)
            for x, half in zip(places, halves, strict=True)
        ]
    touch = any(
        b - a < x + y + 3
        for a, b, x, y in zip(places, places[1:], halves, halves[1:], strict=False)
    )
    if touch or any(
        abs(x - middle) > half for x, half, (_, middle) in zip(places, halves, named, strict=True)
    ):
        return []
    found: list[Label] = []
    said = ""
    for ((part, year), _), x in zip(named, places, strict=True):
        found.append(Label("tick", x, 0, part, "middle"))
        if year and year != said:
            found.append(Label("tick", x, _LINE, year, "middle"))
        said = year
    return found


def _center(frame: _Frame, slot: int) -> float:
    return min(frame.start + slot * frame.band + frame.bars / 2, frame.width)


def _regular(frame: _Frame, wording: Wording) -> list[Label]:
    """Return labels of years at even distances, counted back from the last year.

    Units within years have their year's label at the first unit of that year. If the units are
    days, or years alone are ambiguous, the labels are those of ``_some_names``.
    """
    places = frame.places
    if places.per_year == 365 or not places.is_regular:
        return _some_names(frame)
    wide = (
        max(
            text_width(wording.year((places.first + slot) // places.per_year))
            for slot in (0, places.last)
        )
        + 8
    )
    step = next(step for step in round_steps() if step * places.per_year * frame.band >= wide)
    last = (places.first + places.last) // places.per_year
    years = range(last, (places.first - 1) // places.per_year, -step)
    found: list[Label] = []
    for year in years:
        slot = year * places.per_year - places.first
        if 0 <= slot <= places.last:
            text = wording.year(year)
            x = min(_center(frame, slot), frame.width - text_width(text) / 2)
            found.append(Label("tick", x, 0, text, "middle"))
    return found


def _some_names(frame: _Frame) -> list[Label]:
    """Return the labels of the last period and of the earlier ones that fit."""
    found: list[Label] = []
    room = float(frame.width)
    for index in sorted(range(len(frame.rows)), reverse=True):
        part, year = frame.places.names[index]
        half = max(text_width(part), text_width(year)) / 2
        x = min(_center(frame, frame.places.slots[index]), frame.width - half)
        if x + half <= room and x - half >= 0:
            found += [Label("tick", x, 0, part, "middle"), Label("tick", x, _LINE, year, "middle")]
            room = x - half - 6
    return [label for label in found if label.text]


def misfit(table: Table) -> Unsuitable | None:
    """Return why columns cannot show a table, or ``None`` if they can."""
    rows = in_order(table.amounts)
    if (names := category_of(rows)) is not None:
        room = (_NARROWEST - _LEVELS) / len(names) - 4
        wide = next(
            (name for name in names if any(text_width(word) > room for word in name.split())), None
        )
        hint = (
            "draw 'dots' or 'ranges', whose names have lines of their own, or show fewer ('only')"
        )
        return (
            Unsuitable(
                f"the name '{wide}' does not fit below one of {len(names)} columns on a phone", hint
            )
            if wide
            else None
        )
    if (loose := ambiguous_season(rows)) is not None:
        return loose
    if any(row.start is None for row in rows):
        return Unsuitable(
            "a column has a place in time, and a point has none",
            "give each point a period, or draw 'dots' or 'ranges'",
        )
    periods: dict[object, list[Row]] = {}
    for row in rows:
        periods.setdefault(row.start, []).append(row)
    for same in periods.values():
        both = f"'{same[0].claim.anchor}' and '{same[-1].claim.anchor}'"
        if len({row.end for row in same}) > 1:
            hint = "leave one out ('only'), or draw 'ranges', which say the time of each"
            return Unsuitable(f"{both} begin on one day and cover different times", hint)
        if len(same) > 1 and (
            len({row.speaker for row in same}) < len(same)
            or sum(row.claim.show == "main" for row in same) > 1
        ):
            hint = (
                "show one of them ('only'), or draw 'dots', which name the region, basis or series"
                " of each"
            )
            return Unsuitable(
                f"the columns of {both} would have the same label, '{same[0].label}'", hint
            )
    return None


def figure(table: Table, wording: Wording) -> dict[str, Any]:
    """Return the interactive drawing for Plotly, with the columns and parts of the static one."""
    rows = in_order(table.amounts)
    places = layout(rows)
    frame = _frame(
        rows,
        places,
        [float(number) for row in rows for number in row.amount.numbers],
        340,
        50.0,
        720,
    )
    middles = [(frame.middle(index) - frame.start) / frame.band for index in range(len(rows))]
    wide = [frame.wide(index) / frame.band for index in range(len(rows))]
    colours = ["accent" if row.highlighted else "quiet" for row in rows]
    sure = [_sure(row) for row in rows]
    far = [_far(row) for row in rows]
    told = {
        "ids": [row.claim.ref for row in rows],
        "text": [explored_value(row, wording) for row in rows],
        "customdata": [f"{row.label}, {row.claim.voice}" for row in rows],
        "hovertemplate": "%{text}<br>%{customdata}<extra></extra>",
    }
    pale = [
        index
        for index, row in enumerate(rows)
        if far[index] != sure[index] or len(set(row.amount.numbers)) > 1
    ]
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "x": middles,
            "base": [0.0] * len(rows),
            "y": [float(number) for number in far],
            "width": wide,
            "textposition": "none",
            "marker": {
                "color": colours,
                "opacity": [0.45 if i in pale else 1.0 for i in range(len(rows))],
            },
            **told,
        },
        *(
            {
                "type": "bar",
                "x": [middles[i]],
                "base": [0.0],
                "y": [float(number)],
                "width": [wide[i]],
                "ids": [rows[i].claim.ref],
                "marker": {"color": [colours[i]], "opacity": 0.45 if number != sure[i] else 1.0},
                "hoverinfo": "skip",
            }
            for i in pale
            for number in sorted(
                {*rows[i].amount.numbers, sure[i]} - {far[i], Decimal(0)}, key=abs, reverse=True
            )
        ),
    ]
    traces += marks_of(
        [(row, middles[i], float(far[i])) for i, row in enumerate(rows)], upright=True
    )
    ticks_at = [
        ((label.x - frame.start) / frame.band, label.text)
        for label in _foot(frame, wording)[1]
        if not label.y
    ]
    if not places.per_year or len(ticks_at) == len(set(places.slots)):
        by_slot = dict(zip(places.slots, places.names, strict=True))
        ticks_at = [
            (
                (_center(frame, slot) - frame.start) / frame.band,
                "\n".join(filter(None, by_slot[slot])),
            )
            for slot in by_slot
        ]
    axis = {
        "tickmode": "array",
        "tickvals": [x for x, _ in ticks_at],
        "ticktext": [text for _, text in ticks_at],
        "zeroline": False,
    }
    layout_of = {
        "yaxis": explored_amounts(table),
        "xaxis": axis,
        "barmode": "overlay",
        "showlegend": False,
    }
    return {"data": traces, "layout": layout_of, **whole_axis(table, "yaxis")}
