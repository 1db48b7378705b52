"""What a font file says of itself: its family, and the letters that it has glyphs for.

A project's fonts are a stranger's files. Nothing here follows an offset without holding it to the file's length, and the letters that
a font claims are counted before they are looked at: a small file can claim all of Unicode, over and over.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

_FAMILY: Final = re.compile(r"[\w .+-]{1,80}")
"""A name that can stand in SVG without being escaped."""
_END_OF_UNICODE: Final = 0x110000
_MOST_CLAIMS: Final = 3 * 0x10000
"""How many letters the maps of a font may name, one that two maps name counted twice. A font has at most 65,535 glyphs,
and as a rule one map of the first 65,536 letters and one of all."""
_MOST_TABLES: Final = 200
_VERSIONS: Final = (b"\0\1\0\0", b"OTTO", b"true")
_TYPOGRAPHIC_FAMILY, _LEGACY_FAMILY = 16, 1


class BadFont(ValueError):
    """A file that is no font, or not one that pictures can be drawn with. Its text says why, in a clause."""


def read_font(data: bytes) -> tuple[str, frozenset[int]]:
    """The family of a TrueType or OpenType font, and the code points that it has a glyph for; of a collection, those of its first font.

    Raises ``BadFont``.
    """
    try:
        start = struct.unpack_from(">I", data, 12)[0] if data.startswith(b"ttcf") else 0
        tables = _tables(data, start)
        return _family(tables[b"name"]), frozenset(_letters(tables[b"cmap"]))
    except KeyError as missing:
        raise BadFont(f"it has no table '{missing.args[0].decode()}'") from missing
    except struct.error as error:
        raise BadFont("it ends too early, or points outside itself") from error


def _tables(data: bytes, start: int) -> dict[bytes, bytes]:
    """The two tables that are read here, by their tags."""
    if data[start : start + 4] not in _VERSIONS:
        raise BadFont("it is neither TrueType nor OpenType")
    (count,) = struct.unpack_from(">H", data, start + 4)
    if count > _MOST_TABLES:
        raise BadFont(f"it names {count} tables")
    found: dict[bytes, bytes] = {}
    for index in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", data, start + 12 + 16 * index)
        if tag in (b"name", b"cmap"):
            found[tag] = data[offset : offset + length]
    return found


def _family(table: bytes) -> str:
    """The font's family in English where it says it, and else in the first language that it says it in."""
    _, count, strings = struct.unpack_from(">HHH", table)
    best: tuple[int, bool] | None = None
    family = ""
    for index in range(count):
        platform, _, language, name, length, offset = struct.unpack_from(">HHHHHH", table, 6 + 12 * index)
        if platform not in (0, 3) or name not in (_TYPOGRAPHIC_FAMILY, _LEGACY_FAMILY):
            continue
        rank = (name, language == 0x409)
        if best is None or rank > best:
            best = rank
            family = table[strings + offset : strings + offset + length].decode("utf-16-be", errors="replace")
    if not _FAMILY.fullmatch(family):
        raise BadFont("it has no family name, or one with characters other than letters, digits, blanks, dots, plus signs and hyphens")
    return family


def _letters(table: bytes) -> set[int]:
    """The code points that any of the font's Unicode maps leads to a glyph other than the one for what is missing."""
    (count,) = struct.unpack_from(">H", table, 2)
    if count > _MOST_TABLES:
        raise BadFont(f"it maps letters in {count} ways")
    offsets = set()
    for index in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * index)
        if (platform == 0 and encoding != 5) or (platform == 3 and encoding in (1, 10)):
            offsets.add(offset)
    found: set[int] = set()
    seen = 0
    for offset in sorted(offsets):
        for first, last, has_glyph in _ranges(table, offset):
            if last < first or last >= _END_OF_UNICODE:
                raise BadFont("it maps letters that Unicode does not have")
            seen += last - first + 1
            if seen > _MOST_CLAIMS:
                raise BadFont(f"its maps name more than {_MOST_CLAIMS:,} letters, and no font has glyphs for so many")
            found.update(range(first, last + 1) if has_glyph is None else (code for code in range(first, last + 1) if has_glyph(code)))
    return found


class _Segment:
    """A run of letters of a map in format 4: whether each has a glyph."""

    def __init__(self, table: bytes, first: int, delta: int, at: int) -> None:
        """``at`` is where the glyph of the first letter stands in the table; 0 where glyphs follow from ``delta`` alone."""
        self._table, self._first, self._delta, self._at = table, first, delta, at

    def __call__(self, code: int) -> bool:
        if not self._at:
            return (code + self._delta) & 0xFFFF != 0
        (glyph,) = struct.unpack_from(">H", self._table, self._at + 2 * (code - self._first))
        return bool(glyph) and bool((glyph + self._delta) & 0xFFFF)


def _ranges(table: bytes, offset: int) -> Iterator[tuple[int, int, _Segment | None]]:
    """The runs of letters of one map: first, last, and what tells which of them have a glyph, ``None`` where all have."""
    (kind,) = struct.unpack_from(">H", table, offset)
    if kind == 4:
        yield from _format_4(table, offset)
    elif kind == 6:
        first, count = struct.unpack_from(">HH", table, offset + 6)
        if count:
            yield first, first + count - 1, _Segment(table, first, 0, offset + 10)
    elif kind == 12:
        (count,) = struct.unpack_from(">I", table, offset + 12)
        for index in range(count):
            first, last, glyph = struct.unpack_from(">III", table, offset + 16 + 12 * index)
            if glyph or first < last:
                yield (first if glyph else first + 1), last, None


def _format_4(table: bytes, offset: int) -> Iterator[tuple[int, int, _Segment]]:
    (size,) = struct.unpack_from(">H", table, offset + 6)  # twice the number of runs
    for index in range(0, size, 2):
        (last,) = struct.unpack_from(">H", table, offset + 14 + index)
        first, delta, far = (struct.unpack_from(">H", table, offset + 16 + size * part + index)[0] for part in (1, 2, 3))
        at = offset + 16 + 3 * size + index + far if far else 0
        if first == 0xFFFF:
            continue  # the run that ends the table
        yield first, last, _Segment(table, first, delta, at)
