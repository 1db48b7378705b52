"""The shapes of drawings, and their compact form in SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any, Final

from markupsafe import Markup

from explainer.publish.sandbox import for_templates
from explainer.publish.tables import Row
from explainer.render.charts.scale import Scale, px, text_width

# Shapes: lines, boxes, dots and labels, and marks that link to their claims.
#
# A kind of chart returns a ``Drawing``, and one template prints every drawing. A role names the
# look of a shape: the page's stylesheet gives it the theme's colours, the stylesheet of pictures
# gives it literal ones.

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
"""The font size in pixels of each role of labels, and whether it is bold."""

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
    """A line through points, or a filled shape, depending on its role."""

    role: str
    points: tuple[tuple[float, float], ...]
    tag = "path"


@dataclass(frozen=True)
class Label:
    """A line of text. ``y`` is its baseline."""

    role: str
    x: float
    y: float
    text: str
    anchor: str = "start"
    tag = "label"

    @property
    def box(self) -> Area:
        """The area that the label covers: left, top, right, bottom."""
        size, bold = FONTS[self.role]
        width = text_width(self.text, size, bold=bold)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - 0.75 * size, left + width, self.y + 0.2 * size


Shape = Line | Box | Dot | Path | Label


@dataclass(frozen=True)
class Mark:
    """A claim as drawn: its shapes, which form one link to the claim."""

    row: Row
    said: str
    """The mark's text for screen readers: "spring 2025: 160,000 people, Vladimir Putin"."""
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Drawing:
    """A finished drawing. Its shapes are in order from back to front."""

    width: int
    height: int
    back: tuple[Shape, ...]
    marks: tuple[Mark, ...]
    front: tuple[Shape, ...] = ()

    def shapes(self) -> Iterator[Shape]:
        """Yield all shapes, from back to front."""
        yield from self.back
        for mark in self.marks:
            yield from mark.shapes
        yield from self.front

    def labels(self) -> Iterator[Label]:
        """Return all labels."""
        return (shape for shape in self.shapes() if isinstance(shape, Label))

    def faults(self) -> Iterator[str]:
        """Yield a message for each label over another, and each shape that leaves the drawing.

        A chart with faults is not published.
        """
        labels = list(self.labels())
        for shape in self.shapes():
            left, top, right, bottom = extent(shape)
            if left < -1 or top < -1 or right > self.width + 1 or bottom > self.height + 4:
                what = (
                    _called(shape) if isinstance(shape, Label) else f"a {shape.tag} ({shape.role})"
                )
                yield f"{what} leaves the drawing"
        for one, other in combinations(labels, 2):
            if meet(one.box, other.box):
                yield f"{_called(one)} lies over {_called(other)}"


def _called(label: Label) -> str:
    """Name a label in a message for an author.

    The numbers of an axis are named as such, because they are not in the seeds.
    """
    return f"the axis’s “{label.text}”" if label.role == "tick" else f"“{label.text}”"


def meet(a: Area, b: Area, edge: float = 1.0) -> bool:
    """Whether two areas overlap by more than ``edge`` pixels in both directions."""
    return a[0] < b[2] - edge and b[0] < a[2] - edge and a[1] < b[3] - edge and b[1] < a[3] - edge


def extent(shape: Shape) -> Area:
    """Return the area that a shape covers: left, top, right, bottom. Stroke widths are ignored."""
    match shape:
        case Label():
            return shape.box
        case Line():
            return (
                min(shape.x1, shape.x2),
                min(shape.y1, shape.y2),
                max(shape.x1, shape.x2),
                max(shape.y1, shape.y2),
            )
        case Box():
            return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
        case Dot():
            return (
                shape.x - shape.radius,
                shape.y - shape.radius,
                shape.x + shape.radius,
                shape.y + shape.radius,
            )
        case Path():
            across, down = [x for x, _ in shape.points], [y for _, y in shape.points]
            return min(across), min(down), max(across), max(down)


def accessible_text(row: Row) -> str:
    """Return the text of a mark for screen readers."""
    disputed = f", {row.claim.standing}" if row.claim.disputed else ""
    return (
        f"{row.label}: {row.claim.said} {row.claim.unit}".strip() + f", {row.claim.voice}{disputed}"
    )


# Compact SVG: lines of one role are one path with relative steps.

__all__ = ["PEN", "Rules", "at", "behind", "course", "level", "px"]


@dataclass(frozen=True)
class Rules:
    """Lines of the same role, drawn as one path."""

    role: str
    lines: tuple[Line, ...]
    tag = "path"


@for_templates
def behind(drawing: Drawing) -> Iterator[Shape | Rules]:
    """Yield the shapes behind the marks. All lines of a role are one, at the place of the first."""
    seen: set[str] = set()
    for shape in drawing.back:
        if not isinstance(shape, Line):
            yield shape
        elif shape.role not in seen:
            seen.add(shape.role)
            yield Rules(
                shape.role,
                tuple(
                    line
                    for line in drawing.back
                    if isinstance(line, Line) and line.role == shape.role
                ),
            )


@for_templates
def level(mark: Mark) -> float:
    """Return the middle height of a mark's last shape if the mark has labels, else 0.

    Heights are written relative to this, so that marks of the same form have the same SVG text.
    """
    _, top, _, bottom = extent(mark.shapes[-1])
    return (top + bottom) / 2 if any(isinstance(shape, Label) for shape in mark.shapes) else 0.0


@for_templates
def at(**places: float) -> Markup:
    """Return SVG attributes for positions, without those that are 0, which is SVG's default."""
    written = ((name, px(value)) for name, value in places.items())
    return Markup("".join(f' {name}="{text}"' for name, text in written if text != "0"))  # noqa: S704


@for_templates
def course(item: Path | Rules, height: float) -> str:
    """Return the ``d`` attribute of a path in whole pixels, with heights relative to ``height``."""
    lines = (
        [item.points]
        if isinstance(item, Path)
        else [((line.x1, line.y1), (line.x2, line.y2)) for line in item.lines]
    )
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


PEN: Final[Mapping[str, Callable[..., Any]]] = {
    "at": at,
    "behind": behind,
    "course": course,
    "level": level,
    "px": for_templates(px),
}
"""The functions that templates draw with."""


# Values on a horizontal line: a dot for a figure, a bar for a range, an arrow for an open end.

OPEN: Final = 41.0
"""The length in pixels of an open end, with its tip."""
UP: Final = ("over", "at least")
"""The forms of a value that has no upper bound."""
DOWN: Final = ("under", "up to", "almost")
"""The forms of a value that has an upper bound only."""
_TIP, _SMALL = 7.0, 4.0


def room(rows: list[Row]) -> float:
    """Return the width needed to the right of the scale if a value is open there, else 0."""
    return OPEN if any(row.amount.form in UP for row in rows) else 0.0


def span(row: Row, y: float, scale: Scale, radius: float = 5.5) -> tuple[list[Shape], float]:
    """Return the shapes of a value on the line at ``y``, and the x at which the last one ends."""
    first, last = scale(row.amount.numbers[0]), scale(row.amount.numbers[-1])
    if row.amount.b is not None:
        return [Line("span", first + 0.5, y, max(last - 0.5, first + 1.5), y)], last
    if row.amount.form in UP:
        return _open(first, first + OPEN - _TIP, _TIP, y), first + OPEN
    if row.amount.form in DOWN:
        return _open(last, max(last - OPEN + _TIP, scale.start + _TIP), -_TIP, y), last + _SMALL
    return [Dot("point", first, y, radius)], first + radius


def _open(known: float, end: float, tip: float, y: float) -> list[Shape]:
    """Return a dotted line with a tip, from the known figure towards the open end."""
    return [
        Line("span open", known, y, end, y),
        Path("arrow", ((end, y - 5), (end + tip, y), (end, y + 5))),
        Dot("point", known, y, _SMALL),
    ]


# Labels beside points. They overlap no other label, point or line; a label without room is dropped.


@dataclass(frozen=True)
class LabelRequest:
    """A label that a point should have."""

    role: str
    x: float
    y: float
    text: str


def place_labels_strict(
    wanted: list[LabelRequest], taken: list[Area], room: Area
) -> tuple[list[Shape], int]:
    """Return the labels that found room, and how many bold labels found none.

    If bold labels found no room, they are placed first in a second try. That result is returned if
    it has fewer missing bold labels.
    """
    found, left = place_labels(wanted, taken, room)
    lacking = [one for one in left if FONTS[one.role][1]]
    if not lacking:
        return found, 0
    again, left = place_labels(
        [*lacking, *(one for one in wanted if one not in lacking)], taken, room
    )
    fewer = sum(FONTS[one.role][1] for one in left)
    return (again, fewer) if fewer < len(lacking) else (found, len(lacking))


def place_labels(
    wanted: Iterable[LabelRequest], taken: Iterable[Area], room: Area
) -> tuple[list[Shape], list[LabelRequest]]:
    """Return labels placed near their points, and the labels that found no room.

    Each label is above its point, to the left, to the right or below, or higher up with a leader
    line. Labels are placed in the order given.
    """
    full = list(taken)
    found: list[Shape] = []
    left: list[LabelRequest] = []
    for one in wanted:
        for label in _places(one, room):
            leader = (
                [Line("leader", one.x, label.y + 3, one.x, one.y - 6)]
                if label.y < one.y - 20
                else []
            )
            areas = [
                label.box,
                *((line.x1 - 1, line.y1, line.x1 + 1, line.y2 - 8) for line in leader),
            ]  # points may touch
            if _within(label.box, room) and not any(
                meet(area, other, 0.0) for area in areas for other in full
            ):
                found += [label, *leader]
                full += areas
                break
        else:
            left.append(one)
    return found, left


def strokes(path: Path) -> Iterator[Area]:
    """Yield the area of each straight part of a path, a little wider than its stroke.

    A slope is split into short pieces.
    """
    for (x1, y1), (x2, y2) in pairwise(path.points):
        pieces = 1 + int(min(abs(x2 - x1), abs(y2 - y1)) / 8)
        ends = [
            (x1 + (x2 - x1) * i / pieces, y1 + (y2 - y1) * i / pieces) for i in range(pieces + 1)
        ]
        for (a, b), (c, d) in pairwise(ends):
            yield min(a, c) - 2, min(b, d) - 2, max(a, c) + 2, max(b, d) + 2


def _places(one: LabelRequest, room: Area) -> Iterator[Label]:
    half = text_width(one.text, FONTS[one.role][0], bold=FONTS[one.role][1]) / 2
    x, y, middle = one.x, one.y, min(max(one.x, room[0] + half), room[2] - half)
    near = (
        (middle, y - 10),
        (x - half - 9, y + 4),
        (x + half + 9, y + 4),
        (middle, y + 21),
        (x - half - 9, y - 8),
    )
    far = ((place, y - up) for up in (10, 26, 44, 62) for place in (middle, x - half + 8))
    for place, baseline in (*near, *far):
        yield Label(one.role, place, baseline, one.text, "middle")


def _within(box: Area, room: Area) -> bool:
    return room[0] - 1 < box[0] and room[1] <= box[1] and box[2] < room[2] + 1 and box[3] < room[3]
