"""The sentences of a page as a reader sees them, and which of them differ between two versions.

Charts, tables and folded parts are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html.parser import HTMLParser

from explainer.render.prose.mask import mask_code

_SKIPPED = {"figure", "table", "details", "svg", "aside", "script", "style"}
_VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
_BLOCKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "td", "th", "dt", "dd", "tr"}
_NOTE = re.compile(r"\[\^[^\]]+\]")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)(\{[^}]*\})?|\{:?[ ]*[#.][^}]*\}")
_MARKS = re.compile(r"^[ ]*(?:[#>]+|[-*+]|\d+\.)[ ]+|[*_`]{1,3}", re.MULTILINE)
_SPACE = re.compile(r" ([.,;:!?)])")
_END = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.)[”’\")]*\s+(?=[“‘\"(]?[^\W_a-z])")


class _Text(HTMLParser):
    """Collects the text of a page's Markdown without its HTML elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.inside = 0
        self.open: list[bool] = []
        """For each open element, whether its content is left out, such as a drawing or a table."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        aside = ("class", "num-kind") in attrs or ("class", "num-kind is-disputed") in attrs
        self.open += [tag in _SKIPPED or aside]
        self.inside += self.open[-1]
        self.out += ["\n\n"] if tag in _BLOCKS and not self.inside else []

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        self.inside -= self.open.pop() if self.open else False
        self.out += ["\n\n"] if tag in _BLOCKS and not self.inside else []

    def handle_data(self, data: str) -> None:
        self.out += [] if self.inside else [data]


def sentences(markdown: str) -> list[str]:
    """Return the sentences of a page's Markdown, in order. Its calls must be expanded already."""
    plain = _Text()
    plain.feed(_LINK.sub(r"\1", _NOTE.sub("", mask_code(markdown))))
    plain.close()
    paragraphs = re.split(r"\n[ \t]*\n", _MARKS.sub("", "".join(plain.out)))
    found = (
        _SPACE.sub(r"\1", " ".join(sentence.split()))
        for paragraph in paragraphs
        for sentence in _END.split(" ".join(paragraph.split()))
    )
    return [sentence for sentence in found if sentence]


def moved(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the sentences that differ, as pairs of the old and the new one.

    One of a pair is empty if the sentence was added or removed.
    """
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            before, after = old[a:b], new[c:d]
            width = max(len(before), len(after))
            yield from zip(
                [*before, *[""] * (width - len(before))],
                [*after, *[""] * (width - len(after))],
                strict=True,
            )
