"""The word lists of the lint, one file for each language: ``words/<language>.tsv``.

A line is a group, a pattern for words, and, where company decides, patterns for what stands before and after; tabs stand
between. Lines that begin with "#" are notes. The groups:

- ``quantity``, ``fraction``, ``ordinal``, ``count``: words that count, and so are numbers
- ``large``, ``small``, ``first``, ``last``, ``only``, ``most``, ``ratio``, ``either``: words that compare, by what they
  say; ``either`` says that something stands at one end, whichever it is
- ``idle``: words that say nothing in this company
- ``phrase``: fixed words that hold a number and say none; "*" stands for the end of a word, "~" for a digit or more
- ``hedge FORM`` and ``behind FORM``: words right before or behind a number that make it one of a form of
  ``values.quantities``: "over", "almost"
- ``times N``: words that say that something became N times as much
- ``opening``, ``structure``, ``announcing``: how a sentence tells that a list follows; see ``prose.enumerated``
- ``common``: words that tell no subject from another
- ``since``: words before a day from which on something is compared
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from explainer.lint.language import Bounded, Frame, Kind

FOLDER: Final = Path(__file__).with_name("words")
NUMBERS: Final = frozenset({"quantity", "fraction", "ordinal", "count"})
COMPARISONS: Final = frozenset({"large", "small", "first", "last", "only", "most", "ratio", "either"})


@dataclass(frozen=True)
class Line:
    """One line of a list."""

    group: str
    words: str
    before: str = ""
    after: str = ""

    @property
    def kind(self) -> Kind | None:
        """What its words are, where they have to be borne out."""
        return "number" if self.group in NUMBERS else "comparison" if self.group in COMPARISONS else None

    @property
    def frame(self) -> Frame:
        """Its words and their company."""
        return Frame(self.words, self.before, self.after)


def languages() -> list[str]:
    """The languages that have a list."""
    return sorted(path.stem for path in FOLDER.glob("*.tsv"))


@cache
def lines(language: str) -> tuple[Line, ...]:
    """The list of a language; nothing where it has none."""
    if language not in languages():
        return ()
    text = (FOLDER / f"{language}.tsv").read_text(encoding="utf-8")
    return tuple(_read(text))


def _read(text: str) -> Iterator[Line]:
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            cells = line.split("\t")
            assert 2 <= len(cells) <= 4, f"a list has two to four cells in a line: {line!r}"
            yield Line(*cells)


def pattern(group: str, language: str) -> str:
    """Any of the words of a group, as a pattern that matches nothing where the language has none."""
    return "|".join(line.words for line in lines(language) if line.group == group) or r"(?!)"


@lru_cache(maxsize=8192)
def meanings(word: str, language: str) -> frozenset[str]:
    """What a comparing word says, by the groups whose words hold it; nothing where it is in none."""
    return frozenset(group for group, words in _comparing(language) if words.fullmatch(word))


@cache
def _comparing(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((line.group, re.compile(line.words, re.IGNORECASE)) for line in lines(language) if line.group in COMPARISONS)


@lru_cache(maxsize=8192)
def factor(word: str, language: str) -> Decimal | None:
    """How many times as much a word says that something became: 3 for "tripled"; ``None`` where it says none."""
    return next((value for value, words in _factors(language) if words.fullmatch(word)), None)


@cache
def _factors(language: str) -> tuple[tuple[Decimal, re.Pattern[str]], ...]:
    return tuple(
        (Decimal(line.group.split()[1]), re.compile(line.words, re.IGNORECASE))
        for line in lines(language)
        if line.group.startswith("times ")
    )


@cache
def idle(language: str) -> tuple[Bounded, ...]:
    """The company in which words say nothing."""
    return tuple(Bounded.of(line.frame) for line in lines(language) if line.group == "idle")


@cache
def phrases() -> tuple[str, ...]:
    """The fixed phrases of all languages."""
    return tuple(each for name in languages() for line in lines(name) if line.group == "phrase" for each in line.words.split("|"))
