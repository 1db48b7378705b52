"""How long and how hard a page is to read: its words, its minutes, and the Automated Readability Index.

The index (Smith and Senter, 1967) counts letters, words and sentences, and no syllables; it gives the school year, in the American
count, from which a text can be read. It is meant for English.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cached_property

from explainer.problems import Place, Problems
from explainer.stored import stored

WORDS_A_MINUTE = 220
HARDEST = 10.0
"""The index that no page of prose may pass: what most readers of fifteen can read."""
_ENOUGH = 100
"""Words under which the index says little."""
_BLOCK = re.compile(r"^ {0,3}(?:<|#|\{:|\[\^|```|~~~|!\[)")
_QUIET = re.compile(r"<a class=\"(?:num(?:-|&#45;)kind|para)[^<>]*>.*?</a>", re.DOTALL)
_DROPPED = re.compile(r"<[^<>]*>|\[\^[^\[\]]*\]|\{:[^{}]*\}|(?<=\])\([^()\s]*\)|[*_`]|^[ \t]*+(?:[-+]|\d+\.)\s", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?])[”’)]*\s+(?=[A-ZА-ЯЄІЇҐ“‘(\d])")
_WORD = re.compile(r"[^\W_][\w’'.,−-]*")


@stored
@dataclass(frozen=True)
class Reading:
    """The prose of one page, without charts, tables, notes and headings."""

    sentences: tuple[str, ...]
    english: bool = True

    def __str__(self) -> str:
        """Its figures in a line; the index for English alone, since it is not meant for other languages."""
        length = f"{self.words} words, {self.minutes} min"
        return f"{length}; {self.index:.1f} on the Automated Readability Index" if self.english else length

    @cached_property
    def words(self) -> int:
        """How many words."""
        return sum(len(_WORD.findall(sentence)) for sentence in self.sentences)

    @property
    def minutes(self) -> int:
        """How long it takes to read, at least a minute."""
        return max(1, round(self.words / WORDS_A_MINUTE))

    @property
    def index(self) -> float:
        """The Automated Readability Index; nothing to read is nought."""
        letters = sum(ch.isalnum() for sentence in self.sentences for ch in sentence)
        return 4.71 * letters / self.words + 0.5 * self.words / len(self.sentences) - 21.43 if self.words else 0.0

    @property
    def longest(self) -> str:
        """The sentence with the most words."""
        return max(self.sentences, key=lambda sentence: len(_WORD.findall(sentence)), default="")


def reading_of(markdown: str, *, english: bool = True) -> Reading:
    """The prose of a page whose calls are worked out."""
    sentences: list[str] = []
    for block in re.split(r"\n\s*\n", markdown):
        if not _BLOCK.match(block):
            items = re.split(r"\n(?=[ \t]*+(?:[-+*]|\d+\.)\s)", block)
            sentences += [sentence for text in map(_plain, items) for sentence in _SENTENCE.split(text) if _WORD.search(sentence)]
    return Reading(tuple(sentences), english)


def _plain(item: str) -> str:
    words = html.unescape(_DROPPED.sub(" ", _QUIET.sub("", item)))
    return " ".join(words.replace("[", "").replace("]", "").split())


def check_reading(place: Place, reading: Reading, budget: int | None, problems: Problems) -> None:
    """``page-words`` and ``reading-level``: a page that is longer than it promised, or too hard."""
    if budget is not None and reading.words > budget:
        hint = "shorten it, or raise 'words' in its head"
        problems.add(place, "page-words", f"the page has {reading.words} words of prose; its head allows {budget}", hint)
    if reading.english and reading.words >= _ENOUGH and reading.index > HARDEST:
        hint = f"shorten its sentences; the longest begins “{' '.join(reading.longest.split()[:8])}”"
        message = f"the page reads at {reading.index:.1f} on the Automated Readability Index; at most {HARDEST:.0f}"
        problems.add(place, "reading-level", message, hint)
