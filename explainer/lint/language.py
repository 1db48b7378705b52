"""What one language counts and compares with: the shape of a vocabulary, and the months, which Babel knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from babel import Locale, UnknownLocaleError

Kind = Literal["number", "comparison"]
_CASES = ("ь", "й", "я", "ю", "е", "ем", "ём", "ом", "а", "у", "і")
"""The endings that a month takes in Russian and Ukrainian; not every one takes each."""


@dataclass(frozen=True)
class Frame:
    """A word that counts only in company, or does not count in some.

    ``before`` and ``after`` are matched against the words beside it, joined as ``tokens`` joins them.
    """

    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """One language. Patterns are matched against a whole word, without case."""

    numbers: str
    comparisons: str
    where: tuple[tuple[Kind, Frame], ...] = ()
    """Words that say something of a kind only in a frame."""
    never: tuple[Frame, ...] = ()
    """Frames in which a word of the patterns says nothing."""
    other: str = "$^"
    """Words that mean something else here than in a language that counts with them."""
    proper_months: bool = False
    """Whether months are written with a capital, and are other words without it."""


@dataclass(frozen=True)
class Bounded:
    """A frame, compiled: the words before are matched at their end, those after at their beginning."""

    words: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]

    @classmethod
    def of(cls, frame: Frame) -> Bounded:
        """The frame, ready for use."""
        before = re.compile(f"(?:{frame.before})$" if frame.before else "", re.IGNORECASE)
        after = re.compile(frame.after)
        return cls(re.compile(frame.words, re.IGNORECASE), before, after)

    def holds(self, word: str, before: str, after: str) -> bool:
        """Whether a word stands in this frame."""
        return bool(self.words.fullmatch(word) and self.before.search(before) and self.after.match(after))


@cache
def months(language: str) -> Mapping[str, int]:
    """The months by their names in a language, in every case that they are written in, without case; short ones with their dot."""
    try:
        known = Locale.parse(language.replace("-", "_")).months
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, int] = {}
    for form in ("format", "stand-alone"):
        for month, name in known[form]["wide"].items():
            found |= dict.fromkeys(_cases(name.casefold(), language), month)
        found |= {f"{name.casefold().rstrip('.')}.": month for month, name in known[form]["abbreviated"].items()}
    return found | ({"sept.": 9} if language == "en" else {})


def _cases(name: str, language: str) -> set[str]:
    """A month's name with the endings that it may take."""
    if language not in ("ru", "uk"):
        return {name}
    stem = name[:-1] if name[-1] in "ьйяаюе" else name
    return {name, *(stem + ending for ending in (_CASES if stem != name else _CASES[2:]))}
