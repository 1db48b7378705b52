"""Words beside points, each where it meets no other words, no point and no line; what finds no room is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from explainer.charts.scale import text_width
from explainer.charts.shapes import FONTS, Area, Label, Line, Path, Shape, meet


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
