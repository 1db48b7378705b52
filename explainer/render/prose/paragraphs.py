"""Paragraphs with anchors, headings in plain text, and the readability of pages."""

from __future__ import annotations

import hashlib
import html
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser

from explainer.common.problems import Place, Problems
from explainer.common.typed_json import register_dataclass
from explainer.publish.templates import Templates
from explainer.render.context import Context
from explainer.render.prose.calls import BLOCKS
from explainer.render.prose.expand import Expander
from explainer.render.prose.mask import BLANK, mask_code, mask_fences

# Anchors for paragraphs and list items, so that each can be cited

_SKIPPED = re.compile(
    rf"^ {{0,3}}(?:#|\{{:|\||<|!\[|\[\^|{BLANK}{BLANK}{BLANK}|\{{\{{\s*(?:{'|'.join(sorted(BLOCKS))})\b)"  # noqa: E501
)
_UNDERLINED = re.compile(r"[^\n]+\n(?:=+|-+)[ \t]*\Z")
"""A heading that is underlined."""
_ITEM = re.compile(r"^(?=\s*(?:[-+*]|\d+\.)\s)", re.MULTILINE)
_CHUNK = re.compile(r"^[^\S\n]*+\S[^\n]*(?:\n[^\S\n]*+\S[^\n]*)*", re.MULTILINE)
_TOLD_APART = 8
"""The largest number of "again" in an anchor, for paragraphs with the same text.

Later ones have a number after a single "again".
"""


def anchored(text: str, templates: Templates) -> str:
    """Return the Markdown with a link to itself at the end of each paragraph and list item.

    An anchor is a digest of the author's text, with calls as they are written. So it stays the same
    if a number changes. If the paragraph is rewritten, the anchor disappears, and no citation leads
    to other words.
    """
    masked, taken = mask_code(text), Counter[str]()
    pieces, position = [], 0
    for chunk in _CHUNK.finditer(masked):
        if (
            _SKIPPED.match(chunk.group())
            or _UNDERLINED.match(chunk.group())
            or ".kicker" in chunk.group()
        ):
            continue
        starts = [chunk.start() + item.start() for item in _ITEM.finditer(chunk.group())] or [
            chunk.start()
        ]
        starts = starts if starts[0] == chunk.start() else [chunk.start(), *starts]
        for start, end in zip(starts, [*starts[1:], chunk.end()], strict=True):
            words = text[start:end].rstrip()
            stop = start + _before_attributes(words)
            pieces += [text[position:stop], _anchor(text[start:stop], taken, templates)]
            position = stop
    return "".join([*pieces, text[position:]])


def _before_attributes(words: str) -> int:
    """Return the length of a paragraph without a last line of attributes."""
    above, line = words.rpartition("\n")[::2]
    return (
        len(above.rstrip())
        if "\n" in words and line.startswith("{:") and line.endswith("}")
        else len(words)
    )


def _anchor(words: str, taken: Counter[str], templates: Templates) -> str:
    name = f"p-{hashlib.sha256(' '.join(words.split()).encode()).hexdigest()[:6]}"
    times = taken[name]
    taken[name] += 1
    again = "-again" * times if times <= _TOLD_APART else f"-again-{times}"
    return templates.inline("fragments/paragraph.html.j2", name=name + again)


# First heading of a page in plain text, for pages whose title is too short

_HEADING = re.compile(r"^#(?!#)(?P<marked>[^\n]+)$|^(?P<underlined>\S.*)\n=+[ \t]*$", re.MULTILINE)
_EXTENSIONS: Final = ("attr_list",)


def plain_heading(path: str, body: str, context: Context) -> str:
    """Return the text of a page's first top-level heading with calls expanded, or an empty string.

    Problems of calls are not reported here, but when the page is expanded.
    """
    found = _HEADING.search(mask_fences(body))
    if found is None:
        return ""
    said = Expander(context, "", Problems()).words(
        path, _bare(found["marked"] or "") or found["underlined"], Place(path)
    )
    html = LexborHTMLParser(Markdown(extensions=_EXTENSIONS).convert(f"# {said}"))
    first = html.css_first("h1")
    return " ".join(first.text().split()) if first else ""


def _bare(heading: str) -> str:
    """Return the text of a heading line without ``#`` marks at its end."""
    return heading.strip(" \t").rstrip("#").rstrip(" \t")


# Length and readability: words, minutes, and the Automated Readability Index
#
# The index (Smith and Senter, 1967) uses letters, words and sentences, but no syllables. It is the
# American school year from which a text can be read. It is meant for English.

WORDS_A_MINUTE = 220
HARDEST = 10.0
"""The largest index that a page of prose may have: most readers of fifteen can read it."""
_ENOUGH = 100
"""The number of words from which the index is meaningful."""
_BLOCK = re.compile(r"^ {0,3}(?:<|#|\{:|\[\^|```|~~~|!\[)")
_QUIET = re.compile(r"<a class=\"(?:num(?:-|&#45;)kind|para)[^<>]*>.*?(?:</a>|\Z)", re.DOTALL)
_DROPPED = re.compile(
    r"<[^<>]*>|\[\^[^\[\]]*\]|\{:[^{}]*\}|(?<=\])\([^()\s]*\)|[*_`]|^[ \t]*+(?:[-+]|\d+\.)\s",
    re.MULTILINE,
)
_SENTENCE = re.compile(r"(?<=[.!?])[”’)]*\s+(?=[A-ZА-ЯЄІЇҐ“‘(\d])")
_WORD = re.compile(r"[^\W_][\w’'.,−-]*")


@register_dataclass
@dataclass(frozen=True)
class Reading:
    """The prose of one page, without charts, tables, footnotes and headings."""

    sentences: tuple[str, ...]
    english: bool = True

    def __str__(self) -> str:
        """Return its figures in a line, with the index for English only."""
        length = f"{self.words} words, {self.minutes} min"
        return (
            f"{length}; {self.index:.1f} on the Automated Readability Index"
            if self.english
            else length
        )

    @cached_property
    def words(self) -> int:
        """The number of words."""
        return sum(len(_WORD.findall(sentence)) for sentence in self.sentences)

    @property
    def minutes(self) -> int:
        """The reading time in minutes, at least 1."""
        return max(1, round(self.words / WORDS_A_MINUTE))

    @property
    def index(self) -> float:
        """The Automated Readability Index; 0 if there are no words."""
        letters = sum(ch.isalnum() for sentence in self.sentences for ch in sentence)
        return (
            4.71 * letters / self.words + 0.5 * self.words / len(self.sentences) - 21.43
            if self.words
            else 0.0
        )

    @property
    def longest(self) -> str:
        """The sentence with the most words."""
        return max(self.sentences, key=lambda sentence: len(_WORD.findall(sentence)), default="")


def reading_of(markdown: str, *, english: bool = True) -> Reading:
    """Return the prose of a page. ``markdown`` is its text with calls expanded."""
    sentences: list[str] = []
    for block in re.split(r"\n\s*\n", markdown):
        if not _BLOCK.match(block):
            items = re.split(r"\n(?=[ \t]*+(?:[-+*]|\d+\.)\s)", block)
            sentences += [
                sentence
                for text in map(_plain, items)
                for sentence in _SENTENCE.split(text)
                if _WORD.search(sentence)
            ]
    return Reading(tuple(sentences), english)


def _plain(item: str) -> str:
    words = html.unescape(_DROPPED.sub(" ", _QUIET.sub("", item)))
    return " ".join(words.replace("[", "").replace("]", "").split())


def check_reading(place: Place, reading: Reading, budget: int | None, problems: Problems) -> None:
    """Add problems for ``page-words`` and ``reading-level``: a page that is too long or too hard.

    ``budget`` is the number of words that the page's front matter allows.
    """
    if budget is not None and reading.words > budget:
        hint = "shorten it, or raise 'words' in its head"
        problems.add(
            place,
            "page-words",
            f"the page has {reading.words} words of prose; its head allows {budget}",
            hint,
        )
    if reading.english and reading.words >= _ENOUGH and reading.index > HARDEST:
        hint = (
            f"shorten its sentences; the longest begins “{' '.join(reading.longest.split()[:8])}”"
        )
        message = (
            f"the page reads at {reading.index:.1f} on the Automated Readability Index; at most"
            f" {HARDEST:.0f}"
        )
        problems.add(place, "reading-level", message, hint)
