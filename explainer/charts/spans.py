"""A value on a level line: a dot for a figure, a bar for a range, an arrow where the end is open."""

from __future__ import annotations

from typing import Final

from explainer.charts.scale import Scale
from explainer.charts.shapes import Dot, Line, Path, Shape
from explainer.tables import Row

OPEN: Final = 41.0
"""How far an open end runs on, in pixels, its tip with it."""
_UP, _DOWN = ("over", "at least"), ("under", "up to", "almost")
_TIP, _SMALL = 7.0, 4.0


def room(rows: list[Row]) -> float:
    """The room that must be left right of the scale's end, for a value that is open there."""
    return OPEN if any(row.amount.form in _UP for row in rows) else 0.0


def span(row: Row, y: float, scale: Scale, radius: float = 5.5) -> tuple[list[Shape], float]:
    """The shapes of a value on the line at ``y``, and where the last of them ends."""
    first, last = scale(row.amount.numbers[0]), scale(row.amount.numbers[-1])
    if row.amount.b is not None:
        return [Line("span", first + 0.5, y, max(last - 0.5, first + 1.5), y)], last
    if row.amount.form in _UP:
        return _open(first, first + OPEN - _TIP, _TIP, y), first + OPEN
    if row.amount.form in _DOWN:
        return _open(last, max(last - OPEN + _TIP, scale.start + _TIP), -_TIP, y), last + _SMALL
    return [Dot("point", first, y, radius)], first + radius


def _open(known: float, end: float, tip: float, y: float) -> list[Shape]:
    """A dotted line from the figure that is known to where nobody knows, with a tip."""
    return [
        Line("span open", known, y, end, y),
        Path("arrow", ((end, y - 5), (end + tip, y), (end, y + 5))),
        Dot("point", known, y, _SMALL),
    ]
