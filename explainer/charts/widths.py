"""How wide letters are, in parts of the font's size: the advances of DejaVu Sans, rounded up to a fiftieth.

The site has no font of its own; words stand in the reader's. DejaVu Sans, with Verdana, is the widest that systems bring (Arial
takes 0.87 of it, Source Sans 0.78), so what fits by this table fits everywhere, and on every machine alike.
"""

from __future__ import annotations

import unicodedata
from typing import Final

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
"""The letters of scripts that the table lacks: so wide that words are a fifth wider than in Noto's fonts, or more."""


def advance(letter: str, *, bold: bool) -> float:
    """The width of one letter; of one that is not in the table, what letters of its script take, or wide ones of its kind."""
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
