"""Finding a quote in a kept text, and how: to the character, but for its form, or with words left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from explainer.quotation.cuts import is_whole
from explainer.quotation.normal import Normal

How = Literal["verbatim", "normalised", "elided"]
_ELISION = re.compile(r"\[(?:…|\.\.\.)\]")
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010] (?=[^\W\d_])")
"""A hyphen at a line end, the line end copied as a space."""
_NEAR = 400
"""How many characters may be left out at once."""
_SHOWN = 60
"""How many words of a quote that is not found are looked for, to show what the text says."""
MOST_PASSAGES = 20
"""How many passages a quote may have."""
_PLACES_OF_QUOTE = 400_000
_PLACES_OF_TEXT = 2_000_000
"""How many places are looked at for one quote, and for all quotes of a text: a passage such as "the" stands everywhere, and each place of
it may be followed by places of the next."""
_NEAREST = 30
"""For so many quotes of a text the likeliest passage is looked for."""


class _Exhausted(Exception):
    """A search has looked at as many places as it may."""


class _Steps:
    """What the searches in a text may still cost."""

    def __init__(self) -> None:
        self.of_quote, self.of_text, self.nearest = 0, _PLACES_OF_TEXT, _NEAREST

    def begin(self) -> None:
        """Another quote is looked for."""
        self.of_quote = _PLACES_OF_QUOTE

    def take(self) -> None:
        """Look at a place. Raises ``_Exhausted`` where none may be looked at any more."""
        self.of_quote, self.of_text = self.of_quote - 1, self.of_text - 1
        if self.of_quote < 0 or self.of_text < 0:
            raise _Exhausted


@dataclass(frozen=True)
class Span:
    """Where something stands in a text, as character offsets."""

    start: int
    end: int


@dataclass(frozen=True)
class Match:
    """Where a quote stands in a text, and how far it is the text's own words."""

    parts: tuple[Span, ...]
    """Each passage of it: one, or those on either side of what is left out."""
    how: How

    @property
    def span(self) -> Span:
        """From its beginning to its end, what is left out included."""
        return Span(self.parts[0].start, self.parts[-1].end)


def pieces(quote: str) -> list[str]:
    """A quote's passages: one, or those on either side of each […]."""
    return [part.strip() for part in _ELISION.split(quote)]


@dataclass(frozen=True)
class Kept:
    """A kept text, searched as it is and in its normal forms."""

    raw: str
    _found: dict[str, Match | None] = field(default_factory=dict, repr=False, compare=False)
    _given_up: set[str] = field(default_factory=set, repr=False, compare=False)
    _steps: _Steps = field(default_factory=_Steps, repr=False, compare=False)

    @cached_property
    def _forms(self) -> tuple[Normal, ...]:
        """The normal form with hyphens at line ends taken out, and, where there are any, the one with them kept."""
        soft, hard = Normal.of(self.raw), Normal.of(self.raw, "-")
        return (soft,) if soft.text == hard.text else (soft, hard)

    def find(self, quote: str) -> Match | None:
        """Where the quote stands, or ``None``. Words may be left out where […] says so: in order, and near."""
        if quote not in self._found:
            self._steps.begin()
            try:
                self._found[quote] = self._find(quote)
            except _Exhausted:
                self._found[quote] = None
                self._given_up.add(quote)
        return self._found[quote]

    def is_given_up(self, quote: str) -> bool:
        """Whether the search for a quote was given up, since its passages, or those of others before it, stand in too many places."""
        return quote in self._given_up

    def _find(self, quote: str) -> Match | None:
        parts = pieces(quote)
        if not all(parts) or len(parts) > MOST_PASSAGES:
            return None
        elided = len(parts) > 1
        found = _search(self.raw, parts, self._steps)
        if found:
            return Match(found, "elided" if elided else "verbatim")
        plain = [Normal.of(part).text.strip() for part in parts]
        for form in self._forms if all(plain) else ():
            for wanted in (plain, [_BROKEN.sub("", part) for part in plain], [_BROKEN.sub("-", part) for part in plain]):
                found = _search(form.text, wanted, self._steps)
                if found:
                    origin = tuple(Span(form.start(span.start), form.end(span.end)) for span in found)
                    return Match(origin, "elided" if elided else "normalised")
        return None

    def nearest(self, quote: str) -> str:
        """The passage of the text that holds the longest run of the quote's words, to show beside it; empty where none does.

        It is empty too after it was looked for very often.
        """
        self._steps.nearest -= 1
        if self._steps.nearest < 0:
            return ""
        text, words = self._forms[0].text, Normal.of(quote).text.split()[:_SHOWN]
        best, end = (0, 0), 0
        for start in range(len(words)):
            end = max(end, start)
            while end < len(words) and " ".join(words[start : end + 1]) in text:
                end += 1
            best = max(best, (start, end), key=lambda run: run[1] - run[0])
        if best[1] - best[0] < 2:
            return ""
        at = text.find(" ".join(words[slice(*best)]))
        begin = text.rfind(" ", 0, max(at - len(" ".join(words[: best[0]])), 0)) + 1
        cut = begin + min(len(quote), 300) + 20
        end = text.find(" ", cut)
        return text[begin : end if 0 <= end < cut + _LONGEST_WORD else cut].strip()


_LONGEST_WORD = 40
"""Letters of the longest word that is not cut where a passage is shown."""


def _search(text: str, parts: list[str], steps: _Steps) -> tuple[Span, ...] | None:
    """Where the parts stand in order and near, none of them cut out of a word or a number."""
    start = _next(text, parts[0], 0, len(text), steps)
    while start >= 0:
        found = [Span(start, start + len(parts[0]))]
        for part in parts[1:]:
            at = _next(text, part, found[-1].end, found[-1].end + _NEAR + len(part), steps)
            if at < 0:
                break
            found.append(Span(at, at + len(part)))
        else:
            return tuple(found)
        start = _next(text, parts[0], start + 1, len(text), steps)
    return None


def _next(text: str, part: str, start: int, stop: int, steps: _Steps) -> int:
    """The next place where a part stands whole, or −1."""
    steps.take()
    at = text.find(part, start, stop)
    while at >= 0 and not is_whole(text, at, at + len(part)):
        steps.take()
        at = text.find(part, at + 1, stop)
    return at
