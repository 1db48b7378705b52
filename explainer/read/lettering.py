"""Which font each line of a picture is drawn with: those that come with the generator, or a project's own in ``fonts/``.

Pictures are drawn with no font of the machine, so that they are the same everywhere. What no font has is drawn as an ellipsis and is
never an empty box; ``pages/lettered`` tells the author which letters these are.
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

from explainer.common.characters import IGNORABLE, first_direction, from_right
from explainer.common.problems import Place, Problem, Problems
from explainer.read import raster
from explainer.read.files import Folder
from explainer.read.fonts import BadFont, read_font

FOLDER: Final = "fonts"
"""Where a project keeps its fonts."""
_SUFFIXES: Final = (".ttf", ".otf", ".ttc")
_BESIDE: Final = (".txt", ".md")
"""What may lie beside fonts: their licences."""
_MOST_FONTS: Final = 20
_MOST_BAD: Final = 3
"""After so many fonts that cannot be used, no more are tried: each trial is a process of its own."""
_MOST_LETTERS: Final = 400_000
"""How many letters the fonts of a project may have, all of them together. Those for Chinese, Japanese and Korean have some 45,000 each."""
_MISSING: Final = "…"
"""What stands in a picture for letters that no font has."""
_TEXT: Final = re.compile(r"(<text\b[^>]*>)([^<]*)(</text>)")
_INVISIBLE: Final = re.compile(f"[{IGNORABLE}]")
"""What has no glyph of its own: Unicode's default ignorable code points."""
_JOINER: Final = "\u200d"
_ALIKE: Final = str.maketrans("\u2010\u2011", "--")
"""Hyphens for which few fonts have a glyph of their own."""


@dataclass(frozen=True)
class Font:
    """A font that pictures may be drawn with."""

    path: Path
    family: str
    letters: frozenset[int]
    """The code points that it has glyphs for."""
    sum: str = ""
    """The SHA-256 of the file."""
    name: str = ""
    """Its path in the project."""


class Lettering:
    """Chooses a font for each line of a picture: ours where they have all its letters, else one of the project's that has them all.

    A line is never drawn with two fonts of unlike scripts: what draws pictures then takes letters apart that belong together.
    """

    def __init__(self, own: Sequence[Font] = ()) -> None:
        """``own`` are the project's fonts; of two that fit, the first is taken."""
        self.files: Final = tuple((str(font.path), font.sum) for font in own)
        """Where the project's fonts are, and the SHA-256 of each."""
        self.sums: Final = tuple(font.sum for font in own)
        """Theirs, for what pictures depend on."""
        self._everywhere = frozenset[int].intersection(*(font.letters for font in _ours()))
        self._sans = _ours()[0]
        self._own = tuple(own)

    def problem(self, drawings: Iterable[str], why: str) -> Problem:
        """What to say where some drawings cannot be drawn with the project's fonts: it stands in the first font that they name."""
        drawn = "".join(drawings)
        used = [font.name for font in self._own if f'font-family="{font.family}"' in drawn] or [FOLDER]
        message = f"pictures cannot be drawn with the project's fonts ({', '.join(used)[:200]}): {why}"
        hint = "take the font out, and put one from its maker there; or give the build more memory"
        return Problem(Place(used[0]), "font-file", message, hint)

    def is_ours(self, line: str) -> bool:
        """Whether the font for plain words that comes with the generator has every letter of a line."""
        return line.isascii() or all(drawn for drawn, _ in self._by_sans(line))

    def missing(self, line: str) -> list[str]:
        """The runs of letters in a line that cannot be drawn, in their order."""
        return [] if self._font(line) else [_INVISIBLE.sub("", run) for drawn, run in self._by_sans(line) if not drawn]

    def lettered(self, svg: str) -> str:
        """A drawing whose lines name their fonts where those of its style lack a letter. What no font has is an ellipsis."""
        return svg if svg.isascii() else _TEXT.sub(lambda text: f"{text[1]}{self._drawn(text[2])}{text[3]}", svg)

    def _drawn(self, line: str) -> str:
        line = line.translate(_ALIKE)
        if self._has_everywhere(line):
            return line
        font = self._font(line)
        if font is None:
            line = "".join(run if drawn else _MISSING for drawn, run in self._by_sans(line))
        if first_direction(line) == "rtl":
            # browsers do so by our style's "unicode-bidi: plaintext", which what draws pictures does not know
            line = from_right(line)
        return f'<tspan font-family="{(font or self._sans).family}">{line}</tspan>'

    def _has_everywhere(self, line: str) -> bool:
        return line.isascii() or all(_has(self._everywhere, cluster) for cluster in _clusters(line))

    def _font(self, line: str) -> Font | None:
        """The font that has every letter of a line."""
        line = line.translate(_ALIKE)
        clusters = {each for each in _clusters(line) if line}
        return next((font for font in (self._sans, *self._own) if all(_has(font.letters, each) for each in clusters)), None)

    def _by_sans(self, line: str) -> Iterator[tuple[bool, str]]:
        """A line in runs that our own font can draw, and that it cannot."""
        for drawn, clusters in groupby(_clusters(line.translate(_ALIKE)), lambda cluster: _has(self._sans.letters, cluster)):
            yield drawn, "".join(clusters)


def _clusters(text: str) -> Iterator[str]:
    """A text in letters with their marks, which one font must draw together."""
    start = 0
    for at in range(1, len(text)):
        letter = text[at]
        joined = unicodedata.category(letter)[0] == "M" or _INVISIBLE.match(letter) or text[at - 1] == _JOINER
        if not joined:
            yield text[start:at]
            start = at
    yield text[start:]


def _has(letters: frozenset[int], cluster: str) -> bool:
    """Whether a font can draw a letter with its marks: as it is written, composed, or taken apart, as the shaper tries it."""
    cluster = _INVISIBLE.sub("", cluster)
    forms = (cluster, unicodedata.normalize("NFC", cluster), unicodedata.normalize("NFD", cluster))
    return any(all(ord(letter) in letters or letter.isspace() for letter in form) for form in forms)


@cache
def _ours() -> tuple[Font, ...]:
    """The fonts that come with the generator; the first draws what the others lack."""
    return tuple(Font(Path(path), *read_font(Path(path).read_bytes())) for path in raster.font_files())


def read_lettering(folder: Folder, problems: Problems) -> Lettering:
    """The fonts of a project, read and tried; what cannot be used is a problem."""
    paths = [path for path in folder.list(FOLDER) if not path.lower().endswith(_BESIDE)]
    if len(paths) > _MOST_FONTS:
        problems.add(Place(FOLDER), "font-file", f"there are {len(paths)} fonts; at most {_MOST_FONTS}", "leave those that are needed")
        return Lettering()
    found: list[Font] = []
    bad = 0
    for path in paths:
        room = _MOST_LETTERS - sum(len(font.letters) for font in found)
        if (font := _read(folder, path, room, problems)) is not None:
            found.append(font)
        elif (bad := bad + 1) == _MOST_BAD:
            break
    return Lettering(found)


def _read(folder: Folder, path: str, room: int, problems: Problems) -> Font | None:
    """A font, where it can be used; ``room`` is how many letters it may have."""
    hint = "put a font there as .ttf, .otf or .ttc; Noto's fonts can be had so, one for each script"
    if not path.lower().endswith(_SUFFIXES):
        problems.add(Place(path), "font-file", f"'{path[:80]}' is no font that pictures can be drawn with", hint)
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
    """A font that has drawn one of the letters for which it is needed. Raises ``BadFont``."""
    family, letters = read_font(data)
    if len(letters) > room:
        raise BadFont(f"with it, the fonts would have more than {_MOST_LETTERS:,} letters together")
    ours = _ours()
    if family in {font.family for font in ours}:
        raise BadFont(f"'{family}' is the name of a font that comes with the generator")
    font = Font(path, family, letters, hashlib.sha256(data).hexdigest(), name)
    new = sorted(code for code in letters - ours[0].letters if unicodedata.category(chr(code))[0] in "LNS")
    if new and not _draws(path, family, chr(new[len(new) // 2]), font.sum):
        raise BadFont("a letter that it says it has could not be drawn with it")
    return font


@cache
def _draws(path: Path, family: str, letter: str, held: str) -> bool:
    """Whether a letter is drawn with a font otherwise than without; once for each file and the sum of what is in it."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 99" width="99" height="99">'
    svg += f'<text y="60" font-size="40" font-family="{family}">{letter}</text></svg>'
    return raster.can_draw(svg, (str(path), held))
