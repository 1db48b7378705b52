"""Scales, ticks and text widths: the little arithmetic that every drawing stands on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from typing import Final

from explainer.charts.widths import advance

FONT_SIZE: Final = 13.0


@dataclass(frozen=True)
class Scale:
    """A linear map from values to pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: Decimal | float) -> float:
        """Where a value stands, in pixels; on a scale of one value alone, everything stands at the start."""
        return self.start + (float(value) - self.low) / ((self.high - self.low) or 1.0) * (self.end - self.start)


def ticks(numbers: Collection[Decimal], about: int) -> list[Decimal]:
    """Round numbers from zero or below the lowest of some to zero or above the highest, roughly ``about`` of them.

    They are steps of 1, 2 or 5 times a power of ten; whole numbers where all that is drawn is whole: there is no half a nest.
    """
    bottom, top = min(Decimal(0), *numbers), max(Decimal(0), *numbers)
    wanted = ((top - bottom) or Decimal(1)) / about
    power = Decimal(1).scaleb(wanted.adjusted())
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= wanted)
    if whole(numbers):
        step = max(step, Decimal(1))
    first = int((bottom / step).to_integral_value(ROUND_FLOOR))
    last = int((top / step).to_integral_value(ROUND_CEILING))
    return [step * count for count in range(first, last + 1)]


def whole(numbers: Iterable[Decimal]) -> bool:
    """Whether every one of some numbers is whole."""
    return all(number == number.to_integral_value() for number in numbers)


@lru_cache(maxsize=16_384)
def text_width(text: str, size: float = FONT_SIZE, *, bold: bool = False) -> float:
    """The width of a line in the widest font that readers have, in pixels: no reader's own is wider."""
    return size * sum(advance(letter, bold=bold) for letter in text)


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
    return f"{value:z.1f}".removesuffix(".0")
