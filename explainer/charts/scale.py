"""Scales, ticks and text widths: the little arithmetic that every drawing stands on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from itertools import accumulate, takewhile
from typing import Final

from explainer.charts.widths import advance

FONT_SIZE: Final = 13.0
_LETTERS: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OPENING: Final = "（「『《〈【〔“‘(\\["
_UNSPACED: Final = re.compile(f"[{_LETTERS}]")
_PIECE: Final = re.compile(rf"[{_OPENING}]*[{_LETTERS}][^{_LETTERS}{_OPENING}\w]*|[{_OPENING}]*[^{_LETTERS}{_OPENING}]+|[{_OPENING}]+")
"""What stays together in a line: a letter of a script without spaces, with the marks about it, or a run of other letters."""


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
    """Words in lines no wider than ``width``; a word that is wider stands alone, cut with an ellipsis.

    Chinese and Japanese, which put no spaces between words, are parted between letters, but for marks that end or open a phrase.
    """
    lines: list[str] = []
    for word in text.split():
        for at, piece in enumerate(_PIECE.findall(word) if _UNSPACED.search(word) else [word]):
            joined = f"{lines[-1]}{'' if at else ' '}{piece}" if lines else piece
            if lines and text_width(joined, size, bold=bold) <= width:
                lines[-1] = joined
            else:
                lines.append(shorten(piece, width, size, bold=bold))
    return lines


def shorten(text: str, width: float, size: float = FONT_SIZE, *, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    if text_width(text, size, bold=bold) <= width:
        return text
    room = width - text_width("…", size, bold=bold)
    taken = accumulate(size * advance(letter, bold=bold) for letter in text)
    return text[: sum(1 for _ in takewhile(lambda so_far: so_far <= room, taken))].rstrip() + "…"


def px(value: float) -> str:
    """A length for SVG, with as many digits as can be seen."""
    return f"{value:z.1f}".removesuffix(".0")
