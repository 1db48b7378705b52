"""Scales, ticks and text widths."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from itertools import accumulate, takewhile
from typing import Final

# Widths of letters, as parts of the font size: the advances of DejaVu Sans, rounded up to 0.02.
#
# The site brings no font, so readers see text in their own. DejaVu Sans and Verdana are the widest
# fonts that come with systems (Arial takes 0.87 of that width, Source Sans 0.78). Text that fits by
# this table fits in every font, and the result is the same on every machine.

_PLAIN: Final = (
    (0.28, "'ijlіїîïí"),
    (0.3, "IJІЇ"),
    (0.32, " ,.‘’· "),
    (0.34, "/:;\\|"),
    (0.36, "f"),
    (0.38, "-"),
    (0.4, "()[]t"),
    (0.42, "!r"),
    (0.46, '"'),
    (0.5, "*_`–°"),
    (0.52, "“”"),
    (0.54, "?szгзґ"),
    (0.56, "Lcсэєç"),
    (0.58, "Fk"),
    (0.6, "vxyвтухчь"),
    (0.62, "PTYaeo«»ГРТУабекояёҐäöéèêëàâôáó"),
    (0.64, "$0123456789ESbdghnpqu{}€ЕлрЁüßûùñúÉ"),
    (0.66, "KЗийнп"),
    (0.7, "ABCRVXZАБВСХЧЬЭЯдцЄÄ"),
    (0.72, "Къ"),
    (0.74, "UÜ"),
    (0.76, "HNИЙЛНПм"),
    (0.78, "&DGЦ"),
    (0.8, "OQДОыÖ"),
    (0.82, "w"),
    (0.84, "#+<=>^~−≠±×Ъ"),
    (0.86, "фю"),
    (0.88, "MМФ"),
    (0.9, "Ы"),
    (0.92, "жш"),
    (0.96, "%щ"),
    (0.98, "m"),
    (1, "@W—…"),
    (1.06, "№"),
    (1.08, "ЖШЮ"),
    (1.1, "Щ"),
)

_BOLD: Final = (
    (0.32, "'"),
    (0.36, " ijl іїîïí"),
    (0.38, ",./IJ\\|‘’·ІЇ"),
    (0.4, ":;"),
    (0.42, "-"),
    (0.44, "f"),
    (0.46, "!()[]"),
    (0.48, "t"),
    (0.5, "_`r–°"),
    (0.54, '"*гґ'),
    (0.58, "т"),
    (0.6, "?cszзсэєç"),
    (0.64, "LГвьҐ"),
    (0.66, "vxy“”«»ухя"),
    (0.68, "aekаекёäéèêëàâá"),
    (0.7, "$0123456789EFTo€ЕТбнопчЁöôóÉ"),
    (0.72, "bdghnpqu{}Зийрüßûùñú"),
    (0.74, "CPSYZРСЭлЄ"),
    (0.76, "цъ"),
    (0.78, "ABKRVXАБВУХЬЯÄ"),
    (0.82, "UКЧдмÜ"),
    (0.84, "#+<=>DGHN^~−≠±×ИЙЛНП"),
    (0.86, "OQОÖ"),
    (0.88, "&"),
    (0.9, "Д"),
    (0.92, "ы"),
    (0.94, "wЦЪ"),
    (0.98, "ю"),
    (1, "@M—…МФжф"),
    (1.02, "%"),
    (1.04, "Ы"),
    (1.06, "m"),
    (1.08, "ш"),
    (1.12, "Wщ"),
    (1.18, "Ю"),
    (1.22, "№"),
    (1.24, "ЖШ"),
    (1.34, "Щ"),
)

_ADVANCES: Final = {
    False: {letter: wide for wide, letters in _PLAIN for letter in letters},
    True: {letter: wide for wide, letters in _BOLD for letter in letters},
}


_SCRIPTS: Final = (
    (0.8, 0x0530, 0x058F),  # Armenian
    (0.7, 0x0590, 0x07FF),  # Hebrew, Arabic, Thaana, N'Ko
    (0.7, 0x0900, 0x0AFF),  # Devanagari, Bengali, Gurmukhi, Gujarati
    (0.8, 0x0B00, 0x0B7F),  # Odia
    (1.0, 0x0B80, 0x0BFF),  # Tamil
    (0.8, 0x0C00, 0x0CFF),  # Telugu, Kannada
    (1.0, 0x0D00, 0x0DFF),  # Malayalam, Sinhala
    (0.7, 0x0E00, 0x0FFF),  # Thai, Lao, Tibetan
    (0.8, 0x1000, 0x109F),  # Burmese
    (0.9, 0x10A0, 0x10FF),  # Georgian
    (0.9, 0x1200, 0x167F),  # Ethiopic, Cherokee, Canadian syllabics
    (0.7, 0x1780, 0x17FF),  # Khmer
    (0.9, 0x1800, 0x18AF),  # Mongolian
    (0.9, 0x1C90, 0x1CBF),  # Georgian capitals
)
"""The widths of letters in scripts that the table lacks.

They are so large that words come out at least a fifth wider than in Noto's fonts.
"""


def advance(letter: str, *, bold: bool) -> float:
    """Return the width of a letter, as a part of the font size.

    A letter that is not in the table has the width of its script, or a wide guess for its category.
    """
    found = _ADVANCES[bold].get(letter)
    if found is not None:
        return found
    kind = unicodedata.category(letter)
    if kind in ("Mn", "Me", "Cf"):
        return 0.0
    return _elsewhere(letter, kind) * (1.1 if bold else 1.0)


def _elsewhere(letter: str, kind: str) -> float:
    code = ord(letter)
    if kind in ("Lo", "So") or unicodedata.east_asian_width(letter) in "WF":
        return next((wide for wide, first, last in _SCRIPTS if first <= code <= last), 1.0)
    scripts = next((wide for wide, first, last in _SCRIPTS if first <= code <= last), 0.7)
    return max(scripts, 1.0) if letter.isupper() else scripts


# Scales and text widths

FONT_SIZE: Final = 13.0
_LETTERS: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OPENING: Final = "（「『《〈【〔“‘(\\["
_UNSPACED: Final = re.compile(f"[{_LETTERS}]")
_PIECE: Final = re.compile(
    rf"[{_OPENING}]*[{_LETTERS}][^{_LETTERS}{_OPENING}\w]*|[{_OPENING}]*[^{_LETTERS}{_OPENING}]+|[{_OPENING}]+"
)
"""A part of a line that is never broken.

It is one letter of a script without spaces, with the punctuation around it, or a run of other
letters.
"""


@dataclass(frozen=True)
class Scale:
    """A linear map from values to pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: Decimal | float) -> float:
        """Return the position of a value in pixels: ``start`` if ``low`` and ``high`` are equal."""
        return self.start + (float(value) - self.low) / ((self.high - self.low) or 1.0) * (
            self.end - self.start
        )


def ticks(numbers: Collection[Decimal], about: int) -> list[Decimal]:
    """Return about ``about`` round numbers that cover zero and all given numbers.

    The steps are 1, 2 or 5 times a power of ten. If all given numbers are whole, the steps are
    whole too: there is no half a nest.
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
    """Whether all numbers are whole."""
    return all(number == number.to_integral_value() for number in numbers)


@lru_cache(maxsize=16_384)
def text_width(text: str, size: float = FONT_SIZE, *, bold: bool = False) -> float:
    """Return the width of a line in pixels in the widest font that readers have.

    The line is no wider in any other font.
    """
    return size * sum(advance(letter, bold=bold) for letter in text)


def wrap(text: str, width: float, size: float = FONT_SIZE, *, bold: bool = False) -> list[str]:
    """Break text into lines no wider than ``width``.

    A word that is wider gets its own line, cut with an ellipsis. Chinese and Japanese have no
    spaces between words, so they break between letters, but never before a mark that closes a
    phrase or after one that opens it.
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
    """Return the text, cut with an ellipsis if it is wider than ``width``."""
    if text_width(text, size, bold=bold) <= width:
        return text
    room = width - text_width("…", size, bold=bold)
    taken = accumulate(size * advance(letter, bold=bold) for letter in text)
    return text[: sum(1 for _ in takewhile(lambda so_far: so_far <= room, taken))].rstrip() + "…"


def px(value: float) -> str:
    """Return a length for SVG, with one decimal at most."""
    return f"{value:z.1f}".removesuffix(".0")
