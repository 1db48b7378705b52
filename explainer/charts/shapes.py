"""What drawings are made of: lines, boxes, dots, labels, and marks that lead to their claims.

A kind of chart returns a ``Drawing``; one template prints any drawing. Roles stand for looks: the page's stylesheet
gives them the theme's colours, and the stylesheet of pictures gives them literal ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from explainer.charts.scale import text_width
from explainer.tables import Row

FONTS: Final[dict[str, tuple[float, bool]]] = {
    "tick": (13.0, False),
    "note": (13.0, False),
    "label": (13.0, False),
    "label strong": (13.0, True),
    "value": (13.0, True),
    "value strong": (13.0, True),
    "group": (13.0, True),
    "track": (13.0, True),
}
"""The size in pixels of each role of words, and whether it is bold."""

Area = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Line:
    """A straight line."""

    role: str
    x1: float
    y1: float
    x2: float
    y2: float
    tag = "line"


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    role: str
    x: float
    y: float
    width: float
    height: float
    tag = "box"


@dataclass(frozen=True)
class Dot:
    """A circle."""

    role: str
    x: float
    y: float
    radius: float = 5.5
    tag = "dot"


@dataclass(frozen=True)
class Path:
    """A line through points, or a filled shape where the role says so."""

    role: str
    points: tuple[tuple[float, float], ...]
    tag = "path"


@dataclass(frozen=True)
class Label:
    """A line of words; ``y`` is its baseline."""

    role: str
    x: float
    y: float
    text: str
    anchor: str = "start"
    tag = "label"

    @property
    def box(self) -> Area:
        """The room it takes: left, top, right, bottom."""
        size, bold = FONTS[self.role]
        width = text_width(self.text, size, bold=bold)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - 0.75 * size, left + width, self.y + 0.2 * size


Shape = Line | Box | Dot | Path | Label


@dataclass(frozen=True)
class Mark:
    """A claim as drawn: its shapes, which together are one link to the claim."""

    row: Row
    said: str
    """What it is called for a reader who hears it: "spring 2025: 160,000 people, Vladimir Putin"."""
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Drawing:
    """A finished drawing, from back to front."""

    width: int
    height: int
    back: tuple[Shape, ...]
    marks: tuple[Mark, ...]
    front: tuple[Shape, ...] = ()

    def shapes(self) -> Iterator[Shape]:
        """Everything in it, from back to front."""
        yield from self.back
        for mark in self.marks:
            yield from mark.shapes
        yield from self.front

    def labels(self) -> Iterator[Label]:
        """Every line of words in it."""
        return (shape for shape in self.shapes() if isinstance(shape, Label))

    def faults(self) -> Iterator[str]:
        """Words that lie over other words, and anything that leaves the drawing; a chart with faults is not published."""
        labels = list(self.labels())
        for shape in self.shapes():
            left, top, right, bottom = extent(shape)
            if left < -1 or top < -1 or right > self.width + 1 or bottom > self.height + 4:
                what = _called(shape) if isinstance(shape, Label) else f"a {shape.tag} ({shape.role})"
                yield f"{what} leaves the drawing"
        for one, other in combinations(labels, 2):
            if meet(one.box, other.box):
                yield f"{_called(one)} lies over {_called(other)}"


def _called(label: Label) -> str:
    """Words in a message to an author, who should not look in the seeds for a number that the axis has of itself."""
    return f"the axis’s “{label.text}”" if label.role == "tick" else f"“{label.text}”"


def meet(a: Area, b: Area, edge: float = 1.0) -> bool:
    """Whether two areas share more than an edge of so many pixels."""
    return a[0] < b[2] - edge and b[0] < a[2] - edge and a[1] < b[3] - edge and b[1] < a[3] - edge


def extent(shape: Shape) -> Area:
    """The room that a shape takes: left, top, right, bottom; strokes left out."""
    match shape:
        case Label():
            return shape.box
        case Line():
            return min(shape.x1, shape.x2), min(shape.y1, shape.y2), max(shape.x1, shape.x2), max(shape.y1, shape.y2)
        case Box():
            return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
        case Dot():
            return shape.x - shape.radius, shape.y - shape.radius, shape.x + shape.radius, shape.y + shape.radius
        case Path():
            across, down = [x for x, _ in shape.points], [y for _, y in shape.points]
            return min(across), min(down), max(across), max(down)


def said(row: Row) -> str:
    """A mark's words for a reader who hears it."""
    disputed = f", {row.claim.standing}" if row.claim.disputed else ""
    return f"{row.label}: {row.claim.said} {row.claim.unit}".strip() + f", {row.claim.voice}{disputed}"
