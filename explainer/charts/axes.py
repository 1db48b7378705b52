"""Axes: grid lines with their numbers or dates, as few as say enough, none over another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from explainer.charts.scale import Scale, text_width
from explainer.charts.shapes import Label, Line, Shape
from explainer.wording import Wording

_SIZE = 13.0
_TICK = 7.0
"""How far zero's line reaches above and below a mark, where words stand over it."""
TALL = 400.0
"""From this height in pixels on, numbers stand below the upright lines as well as above: the eye should not have to travel."""


def across(steps: Iterable[float], scale: Scale, bottom: float, wording: Wording, width: int, marks: Iterable[float] = ()) -> list[Shape]:
    """Upright lines, their numbers above them, and below them too in a tall drawing; zero's is the darkest.

    Where words stand over the lines, ``marks`` are the heights of what is drawn between them: zero's line is dark at those alone.
    """
    found: list[Shape] = []
    room = -1.0
    for step in steps:
        text = wording.number_short(step)
        half = text_width(text, _SIZE) / 2
        x = min(max(scale(step), half), width - half)
        ticks = [Line("base", scale(step), y - _TICK, scale(step), y + _TICK) for y in marks if not step]
        found += [Line("grid" if step or ticks else "base", scale(step), 22, scale(step), bottom), *ticks]
        if x - half > room:
            found += [Label("tick", x, y, text, "middle") for y in ((14, bottom + 16) if foot(bottom) else (14,))]
            room = x + half + 6
    return found


def foot(bottom: float) -> float:
    """The room that numbers below upright lines need: none where the drawing is low enough to be seen at once."""
    return 14.0 if bottom > TALL else 0.0


def margin(steps: Iterable[float], wording: Wording) -> float:
    """The room that the numbers of level lines need, left of them."""
    return max([text_width(wording.number_short(step), _SIZE) for step in steps], default=0.0) + 16


def upward(steps: Iterable[float], scale: Scale, ends: tuple[float, float], wording: Wording) -> list[Shape]:
    """Level lines within the scale, their numbers left of them; zero has its number, and the baseline for a line."""
    inside = [step for step in steps if scale.low <= step <= scale.high + (scale.high - scale.low) * 0.02]
    lines = [Line("grid", ends[0], scale(step), ends[1], scale(step)) for step in inside if step]
    return [*lines, *(Label("tick", 0, scale(step) + 4, wording.number_short(step)) for step in inside)]


def years(first: dt.date, last: dt.date, scale: Scale, top: float, bottom: float) -> list[Shape]:
    """A tick at each new year inside the scale, with the year in the middle of its span; fewer of both where years are narrow."""
    found: list[Shape] = []
    need = text_width("2025", _SIZE) + 6
    each = (scale.end - scale.start) / max((last - first).days / 365.25, 1)
    step = next((step for step in (1, 2, 5, 10, 20, 50) if each * step > need or (step == 1 and last.year - first.year < 2)), 100)
    if step > 1:
        return _spaced_years(range(-(-first.year // step) * step, last.year + 1, step), scale, top, bottom)
    for year in range(first.year, last.year + 1):
        start = max(scale.start, scale(dt.date(year, 1, 1).toordinal()))
        end = min(scale.end, scale(dt.date(year + 1, 1, 1).toordinal()))
        if dt.date(year, 1, 1) >= first:
            found.append(Line("grid", start, top, start, bottom))
        if end - start > text_width("2025", _SIZE) + 6:
            found.append(Label("tick", (start + end) / 2, bottom + 18, str(year), "middle"))
    return found


def _spaced_years(chosen: Iterable[int], scale: Scale, top: float, bottom: float) -> list[Shape]:
    """A line and a number at the beginning of each of some years."""
    found: list[Shape] = []
    half = text_width("2025", _SIZE) / 2
    for year in chosen:
        x = scale(dt.date(year, 1, 1).toordinal())
        if scale.start <= x <= scale.end:
            found += [Line("grid", x, top, x, bottom), Label("tick", min(max(x, half), scale.end - half), bottom + 18, str(year), "middle")]
    return found
