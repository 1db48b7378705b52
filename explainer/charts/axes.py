"""Axes: grid lines with their numbers or dates, as few as say enough, none over another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from explainer.charts.scale import Scale, text_width
from explainer.charts.shapes import Label, Line, Shape
from explainer.wording import Wording

_SIZE = 12.0


def across(steps: Iterable[float], scale: Scale, bottom: float, wording: Wording, width: int) -> list[Shape]:
    """Upright lines, their numbers above them."""
    found: list[Shape] = []
    room = -1.0
    for step in steps:
        text = wording.number_short(step)
        half = text_width(text, _SIZE) / 2
        x = min(max(scale(step), half), width - half)
        found.append(Line("grid", scale(step), 22, scale(step), bottom))
        if x - half > room:
            found.append(Label("tick", x, 14, text, "middle"))
            room = x + half + 6
    return found


def upward(steps: Iterable[float], scale: Scale, ends: tuple[float, float], wording: Wording) -> list[Shape]:
    """Level lines within the scale, their numbers left of them; zero is the baseline's own."""
    inside = [step for step in steps if scale.low <= step <= scale.high * 1.02 and step]
    lines = [Line("grid", ends[0], scale(step), ends[1], scale(step)) for step in inside]
    return [*lines, *(Label("tick", 0, scale(step) + 4, wording.number_short(step)) for step in inside)]


def years(first: dt.date, last: dt.date, scale: Scale, top: float, bottom: float) -> list[Shape]:
    """A tick at each new year inside the scale, with the year in the middle of its span where there is room."""
    found: list[Shape] = []
    for year in range(first.year, last.year + 1):
        start = max(scale.start, scale(dt.date(year, 1, 1).toordinal()))
        end = min(scale.end, scale(dt.date(year + 1, 1, 1).toordinal()))
        if dt.date(year, 1, 1) >= first:
            found.append(Line("grid", start, top, start, bottom))
        if end - start > text_width("2025", _SIZE) + 6:
            found.append(Label("tick", (start + end) / 2, bottom + 18, str(year), "middle"))
    return found
