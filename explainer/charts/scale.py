"""Scales, ticks and text widths: the little arithmetic that every drawing stands on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_NARROW, _WIDE = set("iljtfrI.,:;'|!()[] -·"), set("mwMWOQЖШЩЮМФжшщюмф@%—")
FONT_SIZE: Final = 13.0
_BOLD: Final = 1.1


@dataclass(frozen=True)
class Scale:
    """A linear map from values to pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: Decimal | float) -> float:
        """Where a value stands, in pixels."""
        return self.start + (float(value) - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(low: float, high: float, about: int) -> list[float]:
    """Round numbers from below ``low`` to above ``high``, roughly ``about`` of them: steps of 1, 2 or 5 times a power of ten."""
    span = (high - low) or abs(high) or 1.0
    power = 10.0 ** (len(str(int(span / about))) - 1) if span / about >= 1 else 0.1
    step = next((power * m for m in (1, 2, 5, 10) if power * m >= span / about), power * 10)
    first = step * int(low // step)
    found = [first]
    while found[-1] < high:
        found.append(round(found[-1] + step, 10))
    return found


def text_width(text: str, size: float = FONT_SIZE, *, bold: bool = False) -> float:
    """An upper estimate of a line's width, in pixels: readers' fonts differ, and DejaVu Sans is among the widest."""
    plain = sum(size * (0.38 if ch in _NARROW else 0.97 if ch in _WIDE else 0.7 if ch.isupper() else 0.625) for ch in text)
    return plain * (_BOLD if bold else 1.0)


def wrap(text: str, width: float, size: float = FONT_SIZE, *, bold: bool = False) -> list[str]:
    """Words in lines no wider than ``width``; a word that is wider stands alone, cut with an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, bold=bold) <= width:
            lines[-1] = joined
        else:
            lines.append(shorten(word, width, size, bold=bold))
    return lines


def shorten(text: str, width: float, size: float = FONT_SIZE, *, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    if text_width(text, size, bold=bold) <= width:
        return text
    while text and text_width(text + "…", size, bold=bold) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def px(value: float) -> str:
    """A length for SVG, with as many digits as can be seen."""
    return f"{value:.1f}".removesuffix(".0")
