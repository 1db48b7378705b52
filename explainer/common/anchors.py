"""The anchors of headings: an extension of Python-Markdown, which both engines load by this module's name.

Python-Markdown leaves out of an anchor every letter that is not ASCII. A heading in Chinese is then named by its place on the page, and
a link to it leads elsewhere as soon as a heading is put above it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from markdown.extensions import Extension
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

_BETWEEN: Final = re.compile(r"[\s-]+")
_VARIANTS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Signs that choose between two drawings of one letter or emoji; they are written or left out at random."""

_ID: Final = re.compile(r"""\bid=["']([^"']+)["']""")
_BEFORE_TOC: Final = 5.5
"""Extensions work on a page by falling priority; that of the table of contents is 5."""


def anchor(heading: str, separator: str = "-") -> str:
    """The anchor of a heading, made from its words alone: in ASCII where that spells all of them, otherwise in their own letters, and a
    short sum of the heading where it has neither letters nor digits.
    """
    plain = str(slugify(heading, separator)).lstrip("_")  # the ids by which the theme's scripts find its parts begin so
    if any(map(str.isalnum, plain)) and not _is_cut(heading):
        return plain
    words = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", heading).lower())
    words = "".join(letter for letter in _VARIANTS.sub("", words) if _is_kept(letter))
    words = _BETWEEN.sub(separator, words).strip(f"{separator}_")
    if any(map(str.isalnum, words)):
        return words
    sign = unicodedata.normalize("NFKC", _VARIANTS.sub("", heading)).strip()
    return f"h-{hashlib.sha256(sign.encode()).hexdigest()[:6]}"


def free(heading: str, around: str, separator: str = "-") -> str:
    """The anchor of a heading that stands beside some HTML, in which ids may be taken already."""
    name, taken = anchor(heading, separator), set(_ID.findall(around))
    while name in taken:
        name = f"{name}{separator}heading"
    return name


def distinct(names: Iterable[str]) -> Iterator[str]:
    """The names in their order; one that was there before has a number behind it."""
    times: Counter[str] = Counter()
    for name in names:
        times[name] += 1
        yield name if times[name] == 1 else f"{name}_{times[name] - 1}"


def _is_cut(heading: str) -> bool:
    """Whether ASCII lacks a letter or digit of the heading.

    Accents do not count, nor Latin letters such as ß: anchors without them have been linked to for long.
    """
    letters = (letter for letter in unicodedata.normalize("NFKD", heading) if not letter.isascii() and letter.isalnum())
    return not all(unicodedata.name(letter, "").startswith(("LATIN ", "MODIFIER LETTER ")) for letter in letters)


def _is_kept(letter: str) -> bool:
    """Whether a letter, or a mark that belongs to one, stands in an anchor."""
    return letter in "_- " or letter.isspace() or unicodedata.category(letter)[0] in "LMN"


class _Namer(Treeprocessor):  # type: ignore[misc]
    """Tells the table of contents, before it names the headings of a page, how to name them."""

    def run(self, root: Element) -> None:  # noqa: ARG002
        """Called for each page. Ids in HTML that the page holds are not seen by the table of contents, which would give them again."""
        blocks = self.md.htmlStash.rawHtmlBlocks
        around = "\n".join(block for block in blocks if isinstance(block, str))
        self.md.treeprocessors["toc"].slugify = lambda heading, separator: free(heading, around, separator)


class _Anchors(Extension):  # type: ignore[misc]
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name for it
        md.treeprocessors.register(_Namer(md), "anchors", _BEFORE_TOC)


def makeExtension(**settings: object) -> Extension:  # noqa: N802 - Python-Markdown's name for it
    """The extension, as Python-Markdown asks for it. It needs the extension ``toc``, which both engines always load."""
    return _Anchors(**settings)
