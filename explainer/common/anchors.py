"""The anchors of headings, as an extension of Python-Markdown. Both engines load it by name.

Python-Markdown removes every letter that is not ASCII from an anchor. The anchor of a Chinese
heading is then only its position on the page. A link to it leads elsewhere as soon as a heading is
added above it.
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
"""Variation selectors, which choose between two forms of one letter or emoji. Authors include or
omit them at random.
"""

_ID: Final = re.compile(r"""\bid=["']([^"']+)["']""")
_BEFORE_TOC: Final = 5.5
"""The priority of this extension. Extensions run by falling priority, and that of the table of
contents is 5.
"""


def anchor(heading: str, separator: str = "-") -> str:
    """Return the anchor of a heading, which depends on its words alone.

    The anchor is in ASCII if ASCII can spell all the words, and otherwise in their own letters. If
    the heading has neither letters nor digits, the anchor is a short digest of it.
    """
    plain = str(slugify(heading, separator)).lstrip(
        "_"
    )  # the theme's scripts find its parts by ids that begin with "_"
    if any(map(str.isalnum, plain)) and not _is_cut(heading):
        return plain
    words = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", heading).lower())
    words = "".join(letter for letter in _VARIANTS.sub("", words) if _is_kept(letter))
    words = _BETWEEN.sub(separator, words).strip(f"{separator}_")
    if any(map(str.isalnum, words)):
        return words
    sign = unicodedata.normalize("NFKC", _VARIANTS.sub("", heading)).strip()
    return f"h-{hashlib.sha256(sign.encode()).hexdigest()[:6]}"


def anchor_beside_html(heading: str, around: str, separator: str = "-") -> str:
    """Return the anchor of a heading, with ``-heading`` added while HTML ``around`` it has that
    id.
    """
    name, taken = anchor(heading, separator), set(_ID.findall(around))
    while name in taken:
        name = f"{name}{separator}heading"
    return name


def number_duplicates(names: Iterable[str]) -> Iterator[str]:
    """Yield the names in their order. A name that was there before gets a number at its end."""
    times: Counter[str] = Counter()
    for name in names:
        times[name] += 1
        yield name if times[name] == 1 else f"{name}_{times[name] - 1}"


def _is_cut(heading: str) -> bool:
    """Return whether the heading has a letter or digit that ASCII lacks.

    Accents and Latin letters such as ß do not count. Anchors without them are already linked to.
    """
    letters = (
        letter
        for letter in unicodedata.normalize("NFKD", heading)
        if not letter.isascii() and letter.isalnum()
    )
    return not all(
        unicodedata.name(letter, "").startswith(("LATIN ", "MODIFIER LETTER "))
        for letter in letters
    )


def _is_kept(letter: str) -> bool:
    """Return whether an anchor keeps a character: letters, their marks, digits and separators."""
    return letter in "_- " or letter.isspace() or unicodedata.category(letter)[0] in "LMN"


class _Namer(Treeprocessor):  # type: ignore[misc]
    """Sets how the table of contents makes anchors, before it runs on a page."""

    def run(self, root: Element) -> None:  # noqa: ARG002
        """Set the function for anchors. Python-Markdown calls this method for each page.

        The table of contents does not see the ids in the page's own HTML, and would use them again.
        """
        blocks = self.md.htmlStash.rawHtmlBlocks
        around = "\n".join(block for block in blocks if isinstance(block, str))
        self.md.treeprocessors["toc"].slugify = lambda heading, separator: anchor_beside_html(
            heading, around, separator
        )


class _Anchors(Extension):  # type: ignore[misc]
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(_Namer(md), "anchors", _BEFORE_TOC)


def makeExtension(**settings: object) -> Extension:  # noqa: N802
    """Return the extension, for Python-Markdown.

    It needs the extension ``toc``, which both engines always load.
    """
    return _Anchors(**settings)
