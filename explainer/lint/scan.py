"""Finds what has to be borne out in a text: each number, date and comparison, by its place.

A word is looked up alone; where company decides, at most four pieces on each side are looked at. So the work grows
as the text does, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from explainer.lint.english import ENGLISH, NO_MONTH
from explainer.lint.german import GERMAN
from explainer.lint.language import Bounded, Kind, Vocabulary, months
from explainer.lint.russian import RUSSIAN
from explainer.lint.tokens import Token, tokens
from explainer.lint.ukrainian import UKRAINIAN

LANGUAGES = {"en": ENGLISH, "de": GERMAN, "ru": RUSSIAN, "uk": UKRAINIAN}
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ROMAN = re.compile(r"(?=[XVI]{2,6}$)X{0,3}(?:IX|IV|V?I{0,3})")
_LONGEST = 60
"""No word that counts is longer."""
_SHARED = 5
"""Words of other languages count where they are longer: shorter ones may mean something else here."""
_JOINED = re.compile(r"[\s\-–/.,*_]{0,4}(?:of (?:the )?)?")


@dataclass(frozen=True)
class Finding:
    """A stretch of text that has to be borne out."""

    kind: Kind
    start: int
    end: int


class _Ready:
    """A vocabulary, compiled."""

    def __init__(self, words: Vocabulary) -> None:
        self.always: tuple[tuple[Kind, re.Pattern[str]], ...] = (
            ("number", re.compile(words.numbers, re.IGNORECASE)),
            ("comparison", re.compile(words.comparisons, re.IGNORECASE)),
        )
        self.where = [(kind, Bounded.of(frame)) for kind, frame in words.where]
        self.never = [Bounded.of(frame) for frame in words.never]

    def kinds(self, token: Token) -> Iterator[Kind]:
        """What a word says in its company."""
        framed = [kind for kind, frame in self.where if frame.holds(token.text, token.before, token.after)]
        yield from framed
        if any(frame.holds(token.text, token.before, token.after) for frame in self.never):
            return
        yield from (kind for kind, pattern in self.always if kind not in framed and pattern.fullmatch(token.text))


@cache
def _ready(language: str) -> _Ready:
    return _Ready(LANGUAGES[language])


def scan(text: str, language: str = "en") -> list[Finding]:
    """Every number, date and comparison in a text, in order. ``tokens.CALL`` stands for what calls print, and is borne out."""
    found = [Finding(kind, token.start, token.end) for token in tokens(text) for kind in _kinds(token, text, language)]
    return [*_merged(text, found, "number"), *_merged(text, found, "comparison")]


def _kinds(token: Token, text: str, language: str) -> Iterator[Kind]:
    if token.kind in ("digits", "mark"):
        yield "number"
    if token.kind != "word" or len(token.text) > _LONGEST:
        return
    if _ROMAN.fullmatch(token.text) or _is_month(token, text[token.end : token.end + 1] == ".", language):
        yield "number"
        return
    for name in LANGUAGES:
        if name == language or len(token.text) > _SHARED or (_CYRILLIC.match(token.text) and language not in ("ru", "uk")):
            yield from _ready(name).kinds(token)


def _is_month(token: Token, dotted: bool, language: str) -> bool:
    word = token.text.casefold()
    for name in dict.fromkeys((*LANGUAGES, language)):
        proper = name in LANGUAGES and LANGUAGES[name].proper_months
        if (word in months(name) or (dotted and f"{word}." in months(name))) and not (proper and token.text[0].islower()):
            return not _no_month().holds(token.text, token.before, token.after)
    return False


@cache
def _no_month() -> Bounded:
    return Bounded.of(NO_MONTH)


def _merged(text: str, found: list[Finding], kind: Kind) -> Iterator[Finding]:
    """Findings of a kind, those that make one number or date taken together."""
    last: Finding | None = None
    for each in sorted((one for one in found if one.kind == kind), key=lambda one: (one.start, one.end)):
        if last and (each.start <= last.end or _JOINED.fullmatch(text, last.end, each.start)):
            last = Finding(kind, last.start, max(each.end, last.end))
            continue
        if last:
            yield last
        last = each
    if last:
        yield last
