"""Reads a font file: its family, and the characters that it has glyphs for.

A project's fonts are untrusted files. Every offset is checked against the file's length. The
characters that a font claims are counted before they are listed, because a small file can claim
all of Unicode several times.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from typing import Final

_FAMILY: Final = re.compile(r"[\w .+-]{1,80}")
"""A family name that can be used in SVG without escaping."""
_END_OF_UNICODE: Final = 0x110000
_MOST_CLAIMS: Final = 3 * 0x10000
"""The most characters that a font's maps may have. A character in two maps counts twice.

A font has at most 65,535 glyphs. It usually has one map of the first 65,536 characters and one of
all characters.
"""
_MOST_RUNS: Final = _MOST_CLAIMS
"""The most runs of characters that all maps of a font may have, including empty runs."""
_MOST_GLYPHS: Final = 500_000
"""The most glyphs of all fonts of a collection together. Glyphs that they share count once."""
_MOST_OUTLINE: Final = 50_000
"""The most points and parts of a glyph, including those of the glyphs that it is made of.

The number can grow fast: a glyph can use another twice, that one a third twice, and so on.
"""
_MOST_PARTS: Final = 1_000_000
"""The most parts that all glyphs of a file may use."""
_MOST_FACES: Final = 100
"""The most fonts of a collection."""
_MOST_TABLES: Final = 200
_VERSIONS: Final = (b"\0\1\0\0", b"OTTO", b"true")
_WORDS, _MORE = 0x1, 0x20
"""Flags of a glyph's part: its position takes four bytes, and another part follows."""
_SCALES: Final = ((0x8, 2), (0x40, 4), (0x80, 8))
"""Flags of a part's transformation, and how many bytes each takes."""
_PICTURES: Final = (
    b"SVG ",
    b"sbix",
    b"CBDT",
    b"CBLC",
    b"EBDT",
    b"EBLC",
    b"EBSC",
    b"bdat",
    b"bloc",
    b"COLR",
    b"CPAL",
)
"""Tables that draw characters as pictures, which characters in one colour do not need.

SVG tables can name files on this machine, which would then be drawn into the site's pictures.
Bitmap tables hold PNG or JPEG files.
"""
_TYPOGRAPHIC_FAMILY, _LEGACY_FAMILY = 16, 1


class BadFont(ValueError):
    """A file that is not a font, or not one for pictures. Its text says why, as a clause."""


def read_font(data: bytes) -> tuple[str, frozenset[int]]:
    """Return the family of a TrueType or OpenType font, and the code points that it has glyphs for.

    For a collection, these are of its first font.

    Raises ``BadFont`` if the file cannot be used.
    """
    try:
        starts = _faces(data)
        _check_glyphs(data, starts)  # this reads the table directory of every font
        tables = {
            tag: data[at : at + length] for tag, (at, length) in _tables(data, starts[0]).items()
        }
        return _family(tables[b"name"]), frozenset(_letters(tables[b"cmap"]))
    except KeyError as missing:
        raise BadFont(f"it has no table '{missing.args[0].decode()}'") from missing
    except struct.error as error:
        raise BadFont("it ends too early, or points outside itself") from error


def _faces(data: bytes) -> tuple[int, ...]:
    """Return the offset of each font in a file."""
    if not data.startswith(b"ttcf"):
        return (0,)
    (count,) = struct.unpack_from(">I", data, 8)
    if not 0 < count <= _MOST_FACES:
        raise BadFont(f"it is a collection of {count} fonts")
    return struct.unpack_from(f">{count}I", data, 12)


def _tables(data: bytes, start: int) -> dict[bytes, tuple[int, int]]:
    """Return the offset and the length of each table that is read here, by tag."""
    if data[start : start + 4] not in _VERSIONS:
        raise BadFont("it is neither TrueType nor OpenType")
    (count,) = struct.unpack_from(">H", data, start + 4)
    if count > _MOST_TABLES:
        raise BadFont(f"it names {count} tables")
    found: dict[bytes, tuple[int, int]] = {}
    for index in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", data, start + 12 + 16 * index)
        if tag in _PICTURES:
            raise BadFont(
                f"it draws letters as pictures (its table '{tag.decode().strip()}'); take a font of"
                " plain letters"
            )
        if tag in (b"name", b"cmap", b"head", b"loca", b"glyf"):
            found[tag] = offset, min(length, max(len(data) - offset, 0))
    return found


def _check_glyphs(data: bytes, starts: Iterable[int]) -> None:
    """Raise ``BadFont`` if the glyphs of a file are more, or more complex, than any real font's."""
    seen = set()
    parts_left, glyphs_left = _MOST_PARTS, _MOST_GLYPHS
    for start in starts:
        tables = _tables(data, start)
        if all(tag in tables for tag in (b"head", b"loca", b"glyf")):
            key = (tables[b"head"], tables[b"loca"], tables[b"glyf"])
            if key not in seen:
                seen.add(key)
                glyphs = _Glyphs(data, *key, parts_left)
                glyphs_left -= glyphs.count
                if glyphs_left < 0:
                    raise BadFont(f"its fonts have more than {_MOST_GLYPHS:,} glyphs together")
                parts_left -= glyphs.check()


class _Glyphs:
    """The glyphs of a TrueType font. A glyph has its own outline, or is made of other glyphs."""

    def __init__(
        self,
        data: bytes,
        head: tuple[int, int],
        loca: tuple[int, int],
        glyf: tuple[int, int],
        parts_left: int,
    ) -> None:
        """``head``, ``loca`` and ``glyf`` are the offset and the length of these tables."""
        self._data, self._start, self._end = data, glyf[0], glyf[0] + glyf[1]
        (is_long,) = struct.unpack_from(">h", data, head[0] + 50)
        width = 4 if is_long else 2
        count = min(loca[1] // width, 0x10000)
        self._at = [
            each if is_long else 2 * each
            for each in struct.unpack_from(f">{count}{'I' if is_long else 'H'}", data, loca[0])
        ]
        self._parts_left, self._read = parts_left, 0
        self._sizes: dict[int, int] = {}

    @property
    def count(self) -> int:
        """The number of entries in the ``loca`` table: one more than there are glyphs."""
        return len(self._at)

    def check(self) -> int:
        """Return how many parts were read.

        Raises ``BadFont`` if a glyph is too large or is a part of itself.
        """
        for glyph in range(len(self._at) - 1):
            if glyph not in self._sizes:
                self._measure(glyph)
        return self._read

    def _measure(self, first: int) -> None:
        """Find the size of a glyph, after the sizes of its parts."""
        open_ = {first}
        ahead = [(first, parts := self._parts(first), iter(parts))]
        while ahead:
            glyph, parts, left = ahead[-1]
            part = next((each for each in left if each not in self._sizes), None)
            if part is None:
                size = self._points(glyph) + sum(1 + self._sizes[each] for each in parts)
                if size > _MOST_OUTLINE:
                    raise BadFont(
                        f"one of its glyphs is put together from more than {_MOST_OUTLINE:,} points"
                        " and parts"
                    )
                self._sizes[glyph] = size
                open_.discard(glyph)
                ahead.pop()
            elif part in open_:
                raise BadFont("one of its glyphs is a part of itself")
            else:
                open_.add(part)
                ahead.append((part, more := self._parts(part), iter(more)))

    def _glyph(self, glyph: int) -> tuple[int, int, int]:
        """Return where a glyph begins and ends in the file, and how many contours it has.

        An empty glyph has 0 contours. A glyph that is made of others has a negative number.
        """
        start, end = (self._start + self._at[glyph + each] for each in (0, 1))
        end = min(end, self._end)
        return (
            (start, end, struct.unpack_from(">h", self._data, start)[0])
            if end - start >= 10
            else (start, start, 0)
        )

    def _points(self, glyph: int) -> int:
        start, end, contours = self._glyph(glyph)
        last = start + 10 + 2 * (contours - 1)
        return (
            int(struct.unpack_from(">H", self._data, last)[0]) + 1
            if contours > 0 and last + 2 <= end
            else 0
        )

    def _parts(self, glyph: int) -> list[int]:
        """Return the glyphs that a glyph is made of."""
        at, end, contours = self._glyph(glyph)
        found: list[int] = []
        more, at = contours < 0, at + 10
        while more and at + 4 <= end:
            flags, part = struct.unpack_from(">HH", self._data, at)
            at += (
                4
                + (4 if flags & _WORDS else 2)
                + next((size for flag, size in _SCALES if flags & flag), 0)
            )
            more = bool(flags & _MORE)
            self._read += 1
            if self._read > self._parts_left:
                raise BadFont(f"its glyphs name more than {_MOST_PARTS:,} parts")
            if part < len(self._at) - 1:
                found.append(part)
        return found


def _family(table: bytes) -> str:
    """Return the font's family name.

    A typographic family is preferred to a legacy one, then English to other languages, then the
    first that is found.
    """
    _, count, strings = struct.unpack_from(">HHH", table)
    best: tuple[int, bool] | None = None
    family = ""
    for index in range(count):
        platform, _, language, name, length, offset = struct.unpack_from(
            ">HHHHHH", table, 6 + 12 * index
        )
        if platform not in (0, 3) or name not in (_TYPOGRAPHIC_FAMILY, _LEGACY_FAMILY):
            continue
        rank = (name, language == 0x409)
        if best is None or rank > best:
            best = rank
            family = table[strings + offset : strings + offset + length].decode(
                "utf-16-be", errors="replace"
            )
    if not _FAMILY.fullmatch(family):
        raise BadFont(
            "it has no family name, or one with characters other than letters, digits, blanks,"
            " dots, plus signs and hyphens"
        )
    return family


def _letters(table: bytes) -> set[int]:
    """Return the code points that the font's Unicode maps lead to a glyph.

    The glyph for missing characters does not count.
    """
    (count,) = struct.unpack_from(">H", table, 2)
    if count > _MOST_TABLES:
        raise BadFont(f"it maps letters in {count} ways")
    offsets = set()
    for index in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * index)
        if (platform == 0 and encoding != 5) or (platform == 3 and encoding in (1, 10)):
            offsets.add(offset)
    found: set[int] = set()
    seen = runs = 0
    for offset in sorted(offsets):
        for run in _ranges(table, offset):
            runs += 1
            if runs > _MOST_RUNS:
                raise BadFont(f"its maps have more than {_MOST_RUNS:,} runs of letters")
            if run is None:
                continue
            first, last, has_glyph = run
            if last < first or last >= _END_OF_UNICODE:
                raise BadFont("it maps letters that Unicode does not have")
            seen += last - first + 1
            if seen > _MOST_CLAIMS:
                raise BadFont(
                    f"its maps name more than {_MOST_CLAIMS:,} letters, and no font has glyphs for"
                    " so many"
                )
            found.update(
                range(first, last + 1)
                if has_glyph is None
                else (code for code in range(first, last + 1) if has_glyph(code))
            )
    return found


class _Segment:
    """Whether each character in a run of a map in format 4 or 6 has a glyph."""

    def __init__(self, table: bytes, first: int, delta: int, at: int) -> None:
        """``at`` is the offset of the first character's glyph in the table.

        It is 0 if glyphs follow from ``delta`` alone.
        """
        self._table, self._first, self._delta, self._at = table, first, delta, at

    def __call__(self, code: int) -> bool:
        if not self._at:
            return (code + self._delta) & 0xFFFF != 0
        (glyph,) = struct.unpack_from(">H", self._table, self._at + 2 * (code - self._first))
        return bool(glyph) and bool((glyph + self._delta) & 0xFFFF)


_Run = tuple[int, int, _Segment | None] | None
"""The first and the last character of a run, and a function that says which of them have a glyph.

The function is None if all have one. The whole is None for an empty run.
"""


def _ranges(table: bytes, offset: int) -> Iterator[_Run]:
    """Yield the runs of characters of one map."""
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
            missing = 0 if glyph else 1  # the first character has the glyph for missing characters
            yield None if missing and first >= last else (first + missing, last, None)


def _format_4(table: bytes, offset: int) -> Iterator[_Run]:
    (size,) = struct.unpack_from(">H", table, offset + 6)  # twice the number of runs
    for index in range(0, size, 2):
        (last,) = struct.unpack_from(">H", table, offset + 14 + index)
        first, delta, far = (
            struct.unpack_from(">H", table, offset + 16 + size * part + index)[0]
            for part in (1, 2, 3)
        )
        at = offset + 16 + 3 * size + index + far if far else 0
        is_end = first == 0xFFFF
        yield None if is_end else (first, last, _Segment(table, first, delta, at))
