"""What a font file says of itself: its family, and the letters that it has glyphs for.

A project's fonts are a stranger's files. Nothing here follows an offset without holding it to the file's length, and the letters that
a font claims are counted before they are looked at: a small file can claim all of Unicode, over and over.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from typing import Final

_FAMILY: Final = re.compile(r"[\w .+-]{1,80}")
"""A name that can stand in SVG without being escaped."""
_END_OF_UNICODE: Final = 0x110000
_MOST_CLAIMS: Final = 3 * 0x10000
"""How many letters the maps of a font may name, one that two maps name counted twice. A font has at most 65,535 glyphs,
and as a rule one map of the first 65,536 letters and one of all."""
_MOST_RUNS: Final = _MOST_CLAIMS
"""How many runs of letters all maps of a font may have, those of no letters included."""
_MOST_GLYPHS: Final = 500_000
"""How many glyphs all fonts of a collection may have together, those that they share counted once."""
_MOST_OUTLINE: Final = 50_000
"""Points and parts of a glyph, those of the glyphs that it is put together from included: a glyph can name another twice, that one a
third twice, and so on."""
_MOST_PARTS: Final = 1_000_000
"""How many parts all glyphs of a file name."""
_MOST_FACES: Final = 100
"""How many fonts a collection may hold."""
_MOST_TABLES: Final = 200
_VERSIONS: Final = (b"\0\1\0\0", b"OTTO", b"true")
_WORDS, _MORE = 0x1, 0x20
"""Flags of a glyph's part: whether its place takes four bytes, and whether another part follows."""
_SCALES: Final = ((0x8, 2), (0x40, 4), (0x80, 8))
"""Flags of what turns or stretches a part, and how many bytes that takes."""
_PICTURES: Final = (
    b"SVG ", b"sbix", b"CBDT", b"CBLC", b"EBDT", b"EBLC", b"EBSC", b"bdat", b"bloc", b"COLR", b"CPAL",
)  # fmt: skip
"""Tables that draw letters as pictures. Those of SVG can name files on this machine, which would be drawn into the site's pictures; those
of bitmaps hold files of PNG or JPEG; none is needed for letters in one colour."""
_TYPOGRAPHIC_FAMILY, _LEGACY_FAMILY = 16, 1


class BadFont(ValueError):
    """A file that is no font, or not one that pictures can be drawn with. Its text says why, in a clause."""


def read_font(data: bytes) -> tuple[str, frozenset[int]]:
    """The family of a TrueType or OpenType font, and the code points that it has a glyph for; of a collection, those of its first font.

    Raises ``BadFont``.
    """
    try:
        starts = _faces(data)
        _check_glyphs(data, starts)  # which looks at the tables of every font
        tables = {tag: data[at : at + length] for tag, (at, length) in _tables(data, starts[0]).items()}
        return _family(tables[b"name"]), frozenset(_letters(tables[b"cmap"]))
    except KeyError as missing:
        raise BadFont(f"it has no table '{missing.args[0].decode()}'") from missing
    except struct.error as error:
        raise BadFont("it ends too early, or points outside itself") from error


def _faces(data: bytes) -> tuple[int, ...]:
    """Where each font of a file begins."""
    if not data.startswith(b"ttcf"):
        return (0,)
    (count,) = struct.unpack_from(">I", data, 8)
    if not 0 < count <= _MOST_FACES:
        raise BadFont(f"it is a collection of {count} fonts")
    return struct.unpack_from(f">{count}I", data, 12)


def _tables(data: bytes, start: int) -> dict[bytes, tuple[int, int]]:
    """Where the tables begin that are read here, and how long they are, by their tags."""
    if data[start : start + 4] not in _VERSIONS:
        raise BadFont("it is neither TrueType nor OpenType")
    (count,) = struct.unpack_from(">H", data, start + 4)
    if count > _MOST_TABLES:
        raise BadFont(f"it names {count} tables")
    found: dict[bytes, tuple[int, int]] = {}
    for index in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", data, start + 12 + 16 * index)
        if tag in _PICTURES:
            raise BadFont(f"it draws letters as pictures (its table '{tag.decode().strip()}'); take a font of plain letters")
        if tag in (b"name", b"cmap", b"head", b"loca", b"glyf"):
            found[tag] = offset, min(length, max(len(data) - offset, 0))
    return found


def _check_glyphs(data: bytes, starts: Iterable[int]) -> None:
    """Refuse a file in which a glyph is put together from more than any drawing of a letter is."""
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
    """The glyphs of a TrueType font, each of which has an outline of its own or is put together from others."""

    def __init__(self, data: bytes, head: tuple[int, int], loca: tuple[int, int], glyf: tuple[int, int], parts_left: int) -> None:
        """``head``, ``loca`` and ``glyf`` are where these tables begin and how long they are."""
        self._data, self._start, self._end = data, glyf[0], glyf[0] + glyf[1]
        (is_long,) = struct.unpack_from(">h", data, head[0] + 50)
        width = 4 if is_long else 2
        count = min(loca[1] // width, 0x10000)
        self._at = [each if is_long else 2 * each for each in struct.unpack_from(f">{count}{'I' if is_long else 'H'}", data, loca[0])]
        self._parts_left, self._read = parts_left, 0
        self._sizes: dict[int, int] = {}

    @property
    def count(self) -> int:
        """How many glyphs there are."""
        return len(self._at)

    def check(self) -> int:
        """Raise ``BadFont`` where a glyph is too large, or is a part of itself; returns how many parts were read."""
        for glyph in range(len(self._at) - 1):
            if glyph not in self._sizes:
                self._measure(glyph)
        return self._read

    def _measure(self, first: int) -> None:
        """Find the size of a glyph, those of its parts before."""
        open_ = {first}
        ahead = [(first, parts := self._parts(first), iter(parts))]
        while ahead:
            glyph, parts, left = ahead[-1]
            part = next((each for each in left if each not in self._sizes), None)
            if part is None:
                size = self._points(glyph) + sum(1 + self._sizes[each] for each in parts)
                if size > _MOST_OUTLINE:
                    raise BadFont(f"one of its glyphs is put together from more than {_MOST_OUTLINE:,} points and parts")
                self._sizes[glyph] = size
                open_.discard(glyph)
                ahead.pop()
            elif part in open_:
                raise BadFont("one of its glyphs is a part of itself")
            else:
                open_.add(part)
                ahead.append((part, more := self._parts(part), iter(more)))

    def _glyph(self, glyph: int) -> tuple[int, int, int]:
        """Where a glyph begins and ends in the file, and how many contours it has: none where it is empty, fewer where it has parts."""
        start, end = (self._start + self._at[glyph + each] for each in (0, 1))
        end = min(end, self._end)
        return (start, end, struct.unpack_from(">h", self._data, start)[0]) if end - start >= 10 else (start, start, 0)

    def _points(self, glyph: int) -> int:
        start, end, contours = self._glyph(glyph)
        last = start + 10 + 2 * (contours - 1)
        return int(struct.unpack_from(">H", self._data, last)[0]) + 1 if contours > 0 and last + 2 <= end else 0

    def _parts(self, glyph: int) -> list[int]:
        """The glyphs that one is put together from."""
        at, end, contours = self._glyph(glyph)
        found: list[int] = []
        more, at = contours < 0, at + 10
        while more and at + 4 <= end:
            flags, part = struct.unpack_from(">HH", self._data, at)
            at += 4 + (4 if flags & _WORDS else 2) + next((size for flag, size in _SCALES if flags & flag), 0)
            more = bool(flags & _MORE)
            self._read += 1
            if self._read > self._parts_left:
                raise BadFont(f"its glyphs name more than {_MOST_PARTS:,} parts")
            if part < len(self._at) - 1:
                found.append(part)
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


_Run = tuple[int, int, _Segment | None] | None
"""The first and the last letter of a run, and what tells which of them have a glyph, ``None`` where
all have; no such record for a run of no letters."""


def _ranges(table: bytes, offset: int) -> Iterator[_Run]:
    """The runs of letters of one map."""
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
            missing = 0 if glyph else 1  # the first letter has the glyph for what is missing
            yield None if missing and first >= last else (first + missing, last, None)


def _format_4(table: bytes, offset: int) -> Iterator[_Run]:
    (size,) = struct.unpack_from(">H", table, offset + 6)  # twice the number of runs
    for index in range(0, size, 2):
        (last,) = struct.unpack_from(">H", table, offset + 14 + index)
        first, delta, far = (struct.unpack_from(">H", table, offset + 16 + size * part + index)[0] for part in (1, 2, 3))
        at = offset + 16 + 3 * size + index + far if far else 0
        is_end = first == 0xFFFF
        yield None if is_end else (first, last, _Segment(table, first, delta, at))
