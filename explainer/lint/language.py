"""What one language counts and compares with: the shape of a vocabulary, and the months, which Babel knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "comparison"]


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
