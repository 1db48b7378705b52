"""How shapes are written as SVG in few letters: lines of a look as one path, each step from where the last ended, heights from a level."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from explainer.charts.scale import px
from explainer.charts.shapes import Drawing, Label, Line, Mark, Path, Shape, extent
from explainer.wording.sandbox import for_templates

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
