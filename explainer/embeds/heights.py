"""How high a frame must be, worked out from the words and the drawings: hosts that strip everything else keep ``height``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Final

from explainer.charts.scale import wrap
from explainer.charts.shapes import Drawing

NARROWEST, WIDEST = 280, 1200
"""The widths that a fixed height must fit, in pixels."""
BANDS: Final = {"small": (NARROWEST, 419), "medium": (420, 619), "wide": (620, WIDEST)}
"""Which drawing is shown at which widths of the frame; embed.css holds the same limits."""
_PADDING, _COLUMN = 24, 960
_STEP = 20
_LIKELY = 1.08
"""Widths of words are estimated upward for drawings. Here the middle is wanted: if it is too low, the drawing gives way a little."""
_ROUND = 10

Line = tuple[str, float, float, bool]
"""Words, their size in pixels, the height of their lines, and whether they are bold."""


def by_band(lines: Iterable[Line], drawings: Mapping[str, Drawing], gaps: float) -> dict[str, int]:
    """The height that fits each band of widths."""
    words = list(lines)
    return {name: _highest(words, drawings[name], range(low, high + 1, _STEP), gaps) for name, (low, high) in BANDS.items()}


def _highest(lines: list[Line], drawing: Drawing, widths: range, gaps: float) -> int:
    return max(_round_up(gaps + _words(lines, _room(width)) + _drawn(drawing, _room(width))) for width in (*widths, widths.stop - 1))


def _room(width: int) -> int:
    return min(width, _COLUMN) - _PADDING


def _words(lines: list[Line], room: int) -> float:
    return sum(len(wrap(text, room * _LIKELY, size, bold=bold)) * leading for text, size, leading, bold in lines)


def _drawn(drawing: Drawing, room: int) -> float:
    """A drawing is made smaller to fit a width; it need not be made larger."""
    return drawing.height * min(1.0, room / drawing.width)


def _round_up(height: float) -> int:
    return math.ceil(height / _ROUND) * _ROUND
