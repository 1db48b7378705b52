"""What drawings are made of, and how it is written as short SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any, Final

from markupsafe import Markup

from explainer.publish.sandbox import for_templates
from explainer.publish.tables import Row
from explainer.render.charts.scale import Scale, px, text_width

# What drawings are made of: lines, boxes, dots, labels, and marks that lead to their claims.
#
# A kind of chart returns a ``Drawing``; one template prints any drawing. Roles stand for looks:
# the page's stylesheet
# gives them the theme's colours, and the stylesheet of pictures gives them literal ones.

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


# How shapes are written as SVG in few letters: lines of a look as one path, each step from where
# the last ended, heights from a level.

__all__ = ["PEN", "Rules", "at", "behind", "course", "level", "px"]


@dataclass(frozen=True)
class Rules:
    """Lines that look alike, drawn as one."""

    role: str
    lines: tuple[Line, ...]
    tag = "path"


@for_templates
def behind(drawing: Drawing) -> Iterator[Shape | Rules]:
    """What lies behind the marks, all lines of a role together, where the first of them lies."""
    seen: set[str] = set()
    for shape in drawing.back:
        if not isinstance(shape, Line):
            yield shape
        elif shape.role not in seen:
            seen.add(shape.role)
            yield Rules(shape.role, tuple(line for line in drawing.back if isinstance(line, Line) and line.role == shape.role))


@for_templates
def level(mark: Mark) -> float:
    """The height of a mark's last shape, where words stand beside it: counted from there, what marks have in common is written alike."""
    _, top, _, bottom = extent(mark.shapes[-1])
    return (top + bottom) / 2 if any(isinstance(shape, Label) for shape in mark.shapes) else 0.0


@for_templates
def at(**places: float) -> Markup:
    """Attributes that say where a shape is, but for those that are nought, which is where it is without them."""
    written = ((name, px(value)) for name, value in places.items())
    return Markup("".join(f' {name}="{text}"' for name, text in written if text != "0"))  # noqa: S704 - they are numbers


@for_templates
def course(item: Path | Rules, height: float) -> str:
    """The ``d`` of a path, to the nearest pixel, its heights counted from one."""
    lines = [item.points] if isinstance(item, Path) else [((line.x1, line.y1), (line.x2, line.y2)) for line in item.lines]
    return "".join(_steps([(round(x), round(y - height)) for x, y in line] for line in lines))


def _steps(lines: Iterable[Iterable[tuple[int, int]]]) -> Iterator[str]:
    x, y, begun = 0, 0, False
    for line in lines:
        for index, (to_x, to_y) in enumerate(line):
            if index == 0:
                yield _pair("m" if begun else "M", to_x - x, to_y - y)
            elif to_x == x or to_y == y:
                yield f"v{to_y - y}" if to_x == x else f"h{to_x - x}"
            else:
                yield _pair("l", to_x - x, to_y - y)
            x, y, begun = to_x, to_y, True


def _pair(letter: str, across: int, down: int) -> str:
    return f"{letter}{across}{'' if down < 0 else ' '}{down}"


PEN: Final[Mapping[str, Callable[..., Any]]] = {"at": at, "behind": behind, "course": course, "level": level, "px": for_templates(px)}
"""What templates draw with."""


# A value on a level line: a dot for a figure, a bar for a range, an arrow where the end is open.

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


# Words beside points, each where it meets no other words, no point and no line; what finds no
# room is left out.


@dataclass(frozen=True)
class Wanted:
    """Words that a point should have."""

    role: str
    x: float
    y: float
    text: str


def must(wanted: list[Wanted], taken: list[Area], room: Area) -> tuple[list[Shape], int]:
    """Each point's words, and how many in bold found no room; those are given their places before all others, if that helps."""
    found, left = beside(wanted, taken, room)
    lacking = [one for one in left if FONTS[one.role][1]]
    if not lacking:
        return found, 0
    again, left = beside([*lacking, *(one for one in wanted if one not in lacking)], taken, room)
    fewer = sum(FONTS[one.role][1] for one in left)
    return (again, fewer) if fewer < len(lacking) else (found, len(lacking))


def beside(wanted: Iterable[Wanted], taken: Iterable[Area], room: Area) -> tuple[list[Shape], list[Wanted]]:
    """Each point's words above it, left, right or below, or higher with a leader, the first wanted first; and those that found no room."""
    full = list(taken)
    found: list[Shape] = []
    left: list[Wanted] = []
    for one in wanted:
        for label in _places(one, room):
            leader = [Line("leader", one.x, label.y + 3, one.x, one.y - 6)] if label.y < one.y - 20 else []
            areas = [label.box, *((line.x1 - 1, line.y1, line.x1 + 1, line.y2 - 8) for line in leader)]  # points may touch
            if _within(label.box, room) and not any(meet(area, other, 0.0) for area in areas for other in full):
                found += [label, *leader]
                full += areas
                break
        else:
            left.append(one)
    return found, left


def strokes(path: Path) -> Iterator[Area]:
    """The room of each straight part of a path, a little wider than its stroke; a slope in short pieces."""
    for (x1, y1), (x2, y2) in pairwise(path.points):
        pieces = 1 + int(min(abs(x2 - x1), abs(y2 - y1)) / 8)
        ends = [(x1 + (x2 - x1) * i / pieces, y1 + (y2 - y1) * i / pieces) for i in range(pieces + 1)]
        for (a, b), (c, d) in pairwise(ends):
            yield min(a, c) - 2, min(b, d) - 2, max(a, c) + 2, max(b, d) + 2


def _places(one: Wanted, room: Area) -> Iterator[Label]:
    half = text_width(one.text, FONTS[one.role][0], bold=FONTS[one.role][1]) / 2
    x, y, middle = one.x, one.y, min(max(one.x, room[0] + half), room[2] - half)
    near = ((middle, y - 10), (x - half - 9, y + 4), (x + half + 9, y + 4), (middle, y + 21), (x - half - 9, y - 8))
    far = ((place, y - up) for up in (10, 26, 44, 62) for place in (middle, x - half + 8))
    for place, baseline in (*near, *far):
        yield Label(one.role, place, baseline, one.text, "middle")


def _within(box: Area, room: Area) -> bool:
    return room[0] - 1 < box[0] and room[1] <= box[1] and box[2] < room[2] + 1 and box[3] < room[3]
