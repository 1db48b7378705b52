"""Fonts made for tests: each letter is a bar of a height of its own, so that two words look alike only where they are the same."""

from __future__ import annotations

import io

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def font(letters: str, family: str = "Made Up Sans") -> bytes:
    """A TrueType font that has glyphs for some letters, besides the one for what is missing."""
    names = {letter: f"u{ord(letter):X}" for letter in dict.fromkeys(letters)}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(letter): name for letter, name in names.items()})
    builder.setupGlyf(
        {
            ".notdef": _bar(900),
            **{name: _bar(100 + 13 * index) for index, name in enumerate(names.values())},
        }
    )
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *names.values()], (600, 50)))
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    builder.setupNameTable(
        {
            "familyName": family,
            "styleName": "Regular",
            "psName": f"{family.replace(' ', '')}-Regular",
        }
    )
    builder.setupOS2(sTypoAscender=900, sTypoDescender=-200, usWinAscent=900, usWinDescent=200)
    builder.setupPost()
    written = io.BytesIO()
    builder.save(written)
    return written.getvalue()


def _bar(height: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    pen.lineTo((50, height))
    pen.lineTo((550, height))
    pen.lineTo((550, 0))
    pen.closePath()
    return pen.glyph()
