"""How high a frame must be for its width, worked out from the words and the drawings.

Hosts that strip everything else keep ``height``, so nothing here needs a script. The limits are those of embed.css.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from explainer.charts.scale import wrap
from explainer.charts.shapes import Drawing

NARROWEST, WIDEST = 280, 1200
"""The widths that the one height for all of them must fit, in pixels."""
MEDIUM, WIDE = 364, 640
"""The widths of a frame, in pixels, from which the next drawing is shown."""
BANDS: Final = {
    "small": range(NARROWEST, MEDIUM),
    "medium": range(MEDIUM, WIDE),
    "wide": range(WIDE, WIDEST + 1),
}
"""The widths of the frame at which each drawing is shown."""
_LEAST_TEXT: Final = 11 / 13
"""How small a drawing may be shown, against its own size: its words have 13 px, and may have 11."""
_MOST: Final = {"small": 300, "medium": 460, "wide": 808}
"""How wide each drawing is shown at most, in pixels."""
_PADDING, _COLUMN = 24, 960
_STEP = 5
_ROUND = 10


@dataclass(frozen=True)
class Line:
    """Words that are set as a paragraph."""

    text: str
    size: float
    """In pixels."""
    leading: float
    """From line to line, in pixels."""
    bold: bool = False
    inset: int = 0
    """How much narrower than the column, in pixels."""
    around: float = 3
    """Margins and paddings above and below, in pixels."""

    def height(self, room: int) -> float:
        """How much of a column it takes, in pixels; nothing where there are no words."""
        lines = wrap(self.text, room - self.inset, self.size, bold=self.bold)
        return len(lines) * self.leading + self.around if lines else 0


def by_band(lines: Iterable[Line], drawings: Mapping[str, Drawing], gaps: float) -> dict[str, int]:
    """The height that fits each band of widths, in pixels. ``gaps`` is what lies around words and drawing."""
    words = list(lines)
    return {name: _round_up(gaps + max(_heights(words, drawings[name], name))) for name in BANDS}


def _heights(lines: list[Line], drawing: Drawing, band: str) -> Iterator[float]:
    """Words are highest at the beginning of a step, the drawing is at its end."""
    widths = BANDS[band]
    for width in widths[::_STEP]:
        last = min(width + _STEP, widths.stop) - 1
        words = sum(line.height(_room(width)) for line in lines)
        yield words + _shown(drawing, band, _room(last))


def _room(width: int) -> int:
    return min(width, _COLUMN) - _PADDING


def _shown(drawing: Drawing, band: str, room: int) -> float:
    """How high a drawing is in a room. It never gets smaller than can be read; then the stage scrolls sideways."""
    width = max(min(room, _MOST[band]), drawing.width * _LEAST_TEXT)
    return drawing.height * width / drawing.width


def _round_up(height: float) -> int:
    return math.ceil(height / _ROUND) * _ROUND
