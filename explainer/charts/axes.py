"""Axes: grid lines with their numbers or dates, as few as say enough, none over another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Literal

from explainer.charts.scale import Scale, text_width, whole
from explainer.charts.shapes import Label, Line, Shape
from explainer.tables import Table
from explainer.values.days import Day, day_of, new_year
from explainer.wording import Wording

_SIZE = 13.0
_TICK = 7.0
"""How far zero's line reaches above and below a mark, where words stand over it."""
_MOST_YEARS = 10
"""How many years an interactive axis may have numbers for."""
TALL = 400.0
"""From this height in pixels on, numbers stand below the upright lines as well as above: the eye should not have to travel."""


def across(steps: Iterable[Decimal], scale: Scale, bottom: float, wording: Wording, width: int, marks: Iterable[float] = ()) -> list[Shape]:
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


def margin(steps: Iterable[Decimal], wording: Wording) -> float:
    """The room that the numbers of level lines need, left of them."""
    return max([text_width(wording.number_short(step), _SIZE) for step in steps], default=0.0) + 16


def upward(steps: Iterable[Decimal], scale: Scale, ends: tuple[float, float], wording: Wording) -> list[Shape]:
    """Level lines within the scale, their numbers left of them; zero has its number, and the baseline for a line."""
    inside = [step for step in steps if scale.low <= step <= scale.high + (scale.high - scale.low) * 0.02]
    lines = [Line("grid", ends[0], scale(step), ends[1], scale(step)) for step in inside if step]
    return [*lines, *(Label("tick", 0, scale(step) + 4, wording.number_short(step)) for step in inside)]


def years(first: Day, last: Day, scale: Scale, top: float, bottom: float, wording: Wording) -> list[Shape]:
    """A tick at each new year inside the scale, with the year in the middle of its span; fewer of both where years are narrow."""
    found: list[Shape] = []
    need = max(text_width(wording.year(year), _SIZE) for year in (first.year, last.year)) + 6
    each = (scale.end - scale.start) / max((last - first).days / 365.25, 1)
    if each <= need and last.year - first.year >= 2:
        step = next(step for step in _round_steps() if each * step > need)
        return _spaced_years(round_years(first.year, last.year, step), scale, top, bottom, wording)
    for year in range(first.year, last.year + 1):
        start = max(scale.start, scale(new_year(year)))
        end = min(scale.end, scale(new_year(year + 1)))
        if new_year(year) >= first.toordinal():
            found.append(Line("grid", start, top, start, bottom))
        if end - start > need:
            found.append(Label("tick", (start + end) / 2, bottom + 18, wording.year(year), "middle"))
    return found


def round_years(first: int, last: int, step: int) -> list[int]:
    """The years between two, counted as ISO 8601 does, at which an axis has its numbers, so many apart.

    Round is what people call them: 500 BC is, though it is counted as -499. Where the axis goes past it, the year 1 stands for zero.
    """
    called = [year if year > 0 else year - 1 for year in (first, last)]
    counts = range(-(-called[0] // step) * step, called[1] + 1, step)
    return list(dict.fromkeys(count if count > 0 else count + 1 for count in counts))


def explored_amounts(table: Table) -> dict[str, Any]:
    """Plotly's axis for amounts."""
    return {"rangemode": "tozero", "title": {"text": table.unit}}


def whole_axis(table: Table, axis: Literal["xaxis", "yaxis"]) -> dict[str, str]:
    """For the script of "Explore": the axis that must not be cut into halves, however near a reader looks; empty where it may."""
    return {"whole": axis} if whole([number for row in table.amounts for number in row.amount.numbers]) else {}


def explored_years(first: Day, last: Day, wording: Wording) -> dict[str, Any]:
    """Plotly's axis for dates. Years before 1000 have numbers of our own: Plotly would write "0987", and "-0043" for 44 BC."""
    if first.year >= 1000:
        return {"type": "date"}
    step = next(step for step in _round_steps() if (last.year - first.year) / step <= _MOST_YEARS)
    chosen = round_years(first.year, last.year, step)
    places = [day_of(year, 1, 1).isoformat() for year in chosen]
    return {"type": "date", "tickmode": "array", "tickvals": places, "ticktext": [wording.year(year) for year in chosen]}


def _round_steps() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50 and so on."""
    return (times * 10**power for power in range(6) for times in (1, 2, 5))


def _spaced_years(chosen: Iterable[int], scale: Scale, top: float, bottom: float, wording: Wording) -> list[Shape]:
    """A line at the beginning of each of some years, and its number where that meets no other."""
    found: list[Shape] = []
    room = -1.0
    for year in chosen:
        x, text = scale(new_year(year)), wording.year(year)
        half = text_width(text, _SIZE) / 2
        middle = min(max(x, half), scale.end - half)
        if scale.start <= x <= scale.end:
            found.append(Line("grid", x, top, x, bottom))
            if middle - half > room:
                found.append(Label("tick", middle, bottom + 18, text, "middle"))
                room = middle + half + 2
    return found
