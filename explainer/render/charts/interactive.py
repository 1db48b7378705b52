"""Parts that several kinds of interactive drawing share: open ends, disputes, value texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from explainer.publish.tables import Row
from explainer.publish.wording import Wording
from explainer.render.charts.scale import wrap
from explainer.render.charts.shapes import DOWN, UP


def explored_value(row: Row, wording: Wording) -> str:
    """Return the value of a row in words, with a mark if it is disputed: "over 300,000 ≠"."""
    return f"{wording.amount(row.amount)}{' ≠' if row.claim.disputed else ''}"


def symbol(row: Row, *, upright: bool) -> str:
    """Return Plotly's symbol for a value: a circle, or a triangle that points to its open end."""
    if row.amount.form in UP:
        return "triangle-up" if upright else "triangle-right"
    if row.amount.form in DOWN:
        return "triangle-down" if upright else "triangle-left"
    return "circle"


def marks_of(
    placed: Sequence[tuple[Row, float | str, float]], *, upright: bool
) -> list[dict[str, Any]]:
    """Return traces with a triangle at each open end and a ≠ at each disputed value.

    ``placed`` holds each row with the x and y of its value.
    """
    tips = [(row, x, y) for row, x, y in placed if symbol(row, upright=upright) != "circle"]
    disputed = [(row, x, y) for row, x, y in placed if row.claim.disputed]
    traces: list[dict[str, Any]] = []
    if tips:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [x for _, x, _ in tips],
                "y": [y for *_, y in tips],
                "hoverinfo": "skip",
                "ids": [row.claim.ref for row, *_ in tips],
                "showlegend": False,
                "marker": {
                    "symbol": [symbol(row, upright=upright) for row, *_ in tips],
                    "size": 12,
                    "color": ["accent" if row.highlighted else "first" for row, *_ in tips],
                },
            }
        )
    if disputed:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [x for _, x, _ in disputed],
                "y": [y for *_, y in disputed],
                "hoverinfo": "skip",
                "texttemplate": "≠",
                "textposition": "top center",
                "cliponaxis": False,
                "showlegend": False,
                "ids": [row.claim.ref for row, *_ in disputed],
                "marker": {"size": 12, "opacity": 0},
            }
        )
    return traces


def level_spans(
    placed: Sequence[tuple[Row, float, str]], wording: Wording, *, named: bool
) -> list[dict[str, Any]]:
    """Return traces of values on horizontal lines.

    A range is a bar, a single figure is a dot, and an open end is a triangle. ``placed`` holds each
    row with the height of its line and its hover text. With ``named``, a legend explains bars and
    dots.
    """
    ranges = [each for each in placed if each[0].amount.b is not None]
    single = [each for each in placed if each[0].amount.b is None]
    hover = {
        "hovertemplate": "%{customdata}<br>%{text}<extra></extra>",
        "showlegend": named and bool(ranges) and bool(single),
    }
    traces: list[dict[str, Any]] = []
    for name, found in (("legend_range", ranges), ("legend_figure", single)):
        colours = ["accent" if row.highlighted else "first" for row, *_ in found]
        own: dict[str, Any] = (
            {
                "type": "bar",
                "orientation": "h",
                "base": [float(row.amount.a) for row, *_ in found],
                "width": 0.3,
                "textposition": "none",
                "x": [float((row.amount.b or row.amount.a) - row.amount.a) for row, *_ in found],
                "marker": {"color": colours},
            }
            if found is ranges
            else {
                "type": "scatter",
                "mode": "markers",
                "x": [float(row.amount.a) for row, *_ in found],
                "marker": {
                    "color": colours,
                    "size": 11,
                    "symbol": [symbol(row, upright=False) for row, *_ in found],
                },
            }
        )
        if found:
            traces.append(
                {
                    **own,
                    "y": [y for _, y, _ in found],
                    "ids": [row.claim.ref for row, *_ in found],
                    "name": wording.say(name),
                    "text": [explored_value(row, wording) for row, *_ in found],
                    "customdata": [told for *_, told in found],
                    **hover,
                }
            )
    ends = [
        (row, float(row.amount.numbers[-1]), y)
        for row, y, _ in placed
        if row.claim.disputed and named is False
    ]
    return traces + marks_of(ends, upright=False)[-1:] if ends else traces


NARROW: Final = 255.0
"""The width in pixels that text may have in the interactive drawing on the narrowest phone."""


def in_lines(text: str, width: float = NARROW, *, bold: bool = False) -> str:
    """Break text into lines of at most ``width`` pixels, because Plotly does not wrap text."""
    return "\n".join(wrap(text, width, bold=bold))


def group_names(groups: Sequence[tuple[float, str]], width: float) -> list[dict[str, Any]]:
    """Return Plotly annotations with the names of groups, wrapped to ``width`` pixels.

    ``groups`` holds the height and the name of each group.
    """
    return [
        {
            "text": in_lines(name, width, bold=True),
            "align": "left",
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": y,
            "yref": "y",
            "showarrow": False,
            "font": {"weight": "bold"},
        }
        for y, name in groups
    ]


def named_lines(lines: Sequence[tuple[float, str]], wide: float) -> dict[str, Any]:
    """Return Plotly's axis of named lines, from top to bottom, as ``wide`` and as ``narrow``.

    ``narrow`` is for a phone, where the names are above their lines. The parameter ``wide`` is the
    width in pixels for the names beside their lines; longer names wrap.
    """

    def axis(room: float) -> dict[str, Any]:
        names = [in_lines(text, room) for _, text in lines]
        return {"tickmode": "array", "tickvals": [y for y, _ in lines], "ticktext": names}

    most = max((y for y, _ in lines), default=0.0)
    shared = {"range": [most + 0.7, -0.7], "automargin": True, "zeroline": False}
    return {"wide": {**axis(wide), **shared}, "narrow": axis(NARROW)}
