"""Chooses the font for each line of a picture: the generator's, or a project's own in ``fonts/``.

No font of the machine is used, so pictures are the same everywhere. Characters that no font has
are drawn as an ellipsis and never as an empty box; ``pages/lettered`` reports them to the author.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

from explainer.common.characters import IGNORABLE, first_direction, isolate_rtl
from explainer.common.problems import Place, Problem, Problems
from explainer.read import raster
from explainer.read.files import Folder
from explainer.read.fonts import BadFont, read_font

FOLDER: Final = "fonts"
"""The folder of a project's fonts."""
_SUFFIXES: Final = (".ttf", ".otf", ".ttc")
_BESIDE: Final = (".txt", ".md")
"""The files that may be beside fonts: their licences."""
_MOST_FONTS: Final = 20
_MOST_BAD: Final = 3
"""After so many bad fonts, no more are tried, because each trial starts a process."""
_MOST_LETTERS: Final = 400_000
"""The most characters that all fonts of a project may have together.

Fonts for Chinese, Japanese and Korean have some 45,000 each.
"""
_MISSING: Final = "…"
"""What is drawn in place of characters that no font has."""
_TEXT: Final = re.compile(r"(<text\b[^<>]*+>)([^<]*)(</text>)")
_INVISIBLE: Final = re.compile(f"[{IGNORABLE}]")
"""Characters without a glyph: Unicode's default ignorable code points."""
_JOINER: Final = "\u200d"
_ALIKE: Final = str.maketrans("\u2010\u2011", "--")
"""Hyphens that few fonts have a glyph for."""


@dataclass(frozen=True)
class Font:
    """A font for pictures."""

    path: Path
    family: str
    letters: frozenset[int]
    """The code points that it has glyphs for."""
    sum: str = ""
    """The SHA-256 of the file; empty for the generator's fonts."""
    name: str = ""
    """Its path in the project; empty for the generator's fonts."""


class FontChooser:
    """Chooses a font for each line of a picture.

    The font of the drawing's style is kept if all the generator's fonts have every character of
    the line. Otherwise it is the generator's font for plain text, or the first of the project's
    fonts, that has them all. Fonts of different scripts are never mixed in a line, because the
    drawing library then separates characters that must be drawn together.
    """

    def __init__(self, own: Sequence[Font] = ()) -> None:
        """``own`` are the project's fonts; if several fit, the first is used."""
        self.files: Final = tuple((str(font.path), font.sum) for font in own)
        """The path and the SHA-256 of each of the project's fonts."""
        self.sums: Final = tuple(font.sum for font in own)
        """The SHA-256 of each of the project's fonts, for the cache keys of pictures."""
        self._everywhere = frozenset[int].intersection(*(font.letters for font in _ours()))
        self._sans = _ours()[0]
        self._own = tuple(own)

    def problem(self, drawings: Iterable[str], why: str) -> Problem:
        """Return the problem of drawings that cannot be drawn with the project's fonts.

        Its place is the first of the project's fonts that they use. ``why`` is the reason.
        """
        drawn = "".join(drawings)
        used = [font.name for font in self._own if f'font-family="{font.family}"' in drawn] or [
            FOLDER
        ]
        message = (
            f"pictures cannot be drawn with the project's fonts ({', '.join(used)[:200]}): {why}"
        )
        hint = "take the font out, and put one from its maker there; or give the build more memory"
        return Problem(Place(used[0]), "font-file", message, hint)

    def is_ours(self, line: str) -> bool:
        """Return whether the generator's font for plain text has every character of a line."""
        return line.isascii() or all(drawn for drawn, _ in self._by_sans(line))

    def missing(self, line: str) -> list[str]:
        """Return the runs of characters in a line that cannot be drawn, in order."""
        return (
            []
            if self._font(line)
            else [_INVISIBLE.sub("", run) for drawn, run in self._by_sans(line) if not drawn]
        )

    def lettered(self, svg: str) -> str:
        """Return a drawing in which lines name a font if the fonts of its style lack a character.

        Characters that no font has become an ellipsis.
        """
        return (
            svg
            if svg.isascii()
            else _TEXT.sub(lambda text: f"{text[1]}{self._drawn(text[2])}{text[3]}", svg)
        )

    def _drawn(self, line: str) -> str:
        line = line.translate(_ALIKE)
        if self._has_everywhere(line):
            return line
        font = self._font(line)
        if font is None:
            line = "".join(run if drawn else _MISSING for drawn, run in self._by_sans(line))
        if first_direction(line) == "rtl":
            # browsers do this because of "unicode-bidi: plaintext", which resvg does not support
            line = isolate_rtl(line)
        return f'<tspan font-family="{(font or self._sans).family}">{line}</tspan>'

    def _has_everywhere(self, line: str) -> bool:
        return line.isascii() or all(_has(self._everywhere, cluster) for cluster in _clusters(line))

    def _font(self, line: str) -> Font | None:
        """Return the font that has every character of a line, or None."""
        line = line.translate(_ALIKE)
        clusters = {each for each in _clusters(line) if line}
        return next(
            (
                font
                for font in (self._sans, *self._own)
                if all(_has(font.letters, each) for each in clusters)
            ),
            None,
        )

    def _by_sans(self, line: str) -> Iterator[tuple[bool, str]]:
        """Yield the runs of a line, each with whether the font for plain text can draw it."""
        for drawn, clusters in groupby(
            _clusters(line.translate(_ALIKE)), lambda cluster: _has(self._sans.letters, cluster)
        ):
            yield drawn, "".join(clusters)


def _clusters(text: str) -> Iterator[str]:
    """Yield the characters of a text, each with its marks, which one font must draw together."""
    start = 0
    for at in range(1, len(text)):
        letter = text[at]
        joined = (
            unicodedata.category(letter)[0] == "M"
            or _INVISIBLE.match(letter)
            or text[at - 1] == _JOINER
        )
        if not joined:
            yield text[start:at]
            start = at
    yield text[start:]


def _has(letters: frozenset[int], cluster: str) -> bool:
    """Return whether a font can draw a character with its marks.

    The text is tried as written, composed and decomposed, as the text shaper tries it.
    """
    cluster = _INVISIBLE.sub("", cluster)
    forms = (cluster, unicodedata.normalize("NFC", cluster), unicodedata.normalize("NFD", cluster))
    return any(all(ord(letter) in letters or letter.isspace() for letter in form) for form in forms)


@cache
def _ours() -> tuple[Font, ...]:
    """Return the generator's fonts; the first one draws characters that the others lack."""
    return tuple(
        Font(Path(path), *read_font(Path(path).read_bytes())) for path in raster.font_files()
    )


def read_lettering(folder: Folder, problems: Problems) -> FontChooser:
    """Return a project's fonts, read and tried out; a font that cannot be used is a problem."""
    paths = [path for path in folder.list(FOLDER) if not path.lower().endswith(_BESIDE)]
    if len(paths) > _MOST_FONTS:
        problems.add(
            Place(FOLDER),
            "font-file",
            f"there are {len(paths)} fonts; at most {_MOST_FONTS}",
            "leave those that are needed",
        )
        return FontChooser()
    found: list[Font] = []
    bad = 0
    for path in paths:
        room = _MOST_LETTERS - sum(len(font.letters) for font in found)
        if (font := _read(folder, path, room, problems)) is not None:
            found.append(font)
        elif (bad := bad + 1) == _MOST_BAD:
            break
    return FontChooser(found)


def _read(folder: Folder, path: str, room: int, problems: Problems) -> Font | None:
    """Return a font, or None after adding a problem. It may have at most ``room`` characters."""
    hint = "put a font there as .ttf, .otf or .ttc; Noto's fonts can be had so, one for each script"
    if not path.lower().endswith(_SUFFIXES):
        problems.add(
            Place(path),
            "font-file",
            f"'{path[:80]}' is no font that pictures can be drawn with",
            hint,
        )
        return None
    data = folder.read_bytes(path, problems, most=raster.MOST_FONT_BYTES)
    if data is None:
        return None
    try:
        return _tried(folder.root / path, path, data, room)
    except BadFont as bad:
        problems.add(Place(path), "font-file", f"'{path[:80]}' cannot be used: {bad}", hint)
        return None


def _tried(path: Path, name: str, data: bytes, room: int) -> Font:
    """Return a font after drawing one of the characters that it is needed for.

    Raises ``BadFont`` if the font cannot be used.
    """
    family, letters = read_font(data)
    if len(letters) > room:
        raise BadFont(f"with it, the fonts would have more than {_MOST_LETTERS:,} letters together")
    ours = _ours()
    if family in {font.family for font in ours}:
        raise BadFont(f"'{family}' is the name of a font that comes with the generator")
    font = Font(path, family, letters, hashlib.sha256(data).hexdigest(), name)
    new = sorted(
        code for code in letters - ours[0].letters if unicodedata.category(chr(code))[0] in "LNS"
    )
    if new and not _draws(path, family, chr(new[len(new) // 2]), font.sum):
        raise BadFont("a letter that it says it has could not be drawn with it")
    return font


@cache
def _draws(path: Path, family: str, letter: str, held: str) -> bool:
    """Return whether a character is drawn differently with a font than without it.

    ``held`` is the SHA-256 of the font's file. Each file is tried once in a process.
    """
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 99" width="99" height="99">'
    svg += f'<text y="60" font-size="40" font-family="{family}">{letter}</text></svg>'
    return raster.can_draw(svg, (str(path), held))
