"""Finds the numbers, dates and comparisons in a text that need a source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale

from explainer.common.characters import lookalike_readings, scripts, to_visible
from explainer.lint.markdown_text import Token, Tokens
from explainer.lint.names import Names
from explainer.lint.vocabularies import (
    COUNTED_ELSEWHERE,
    ENGLISH,
    GERMAN,
    HAN,
    HAN_COMPARED,
    MORE,
    NO_MONTH,
    RUSSIAN,
    UKRAINIAN,
    Bounded,
    Kind,
    Vocabulary,
    ignored_contexts,
    lines,
)
from explainer.model.dates import Edtf
from explainer.model.edtf import said_year
from explainer.model.ledger import Ledger
from explainer.model.number_words import months
from explainer.model.numerals import numerals

LANGUAGES = {"en": ENGLISH, "de": GERMAN, "ru": RUSSIAN, "uk": UKRAINIAN}
"""Languages with a full vocabulary.

For other languages, ``MORE`` has the numbers, and ``explainer/languages/words/`` the comparisons.
"""
_OWN = {**LANGUAGES, **MORE}
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ROMAN = re.compile(r"(?=[XVI]{2,6}$)X{0,3}(?:IX|IV|V?I{0,3})")
_LONG_ROMAN = re.compile(
    r"(?=.{4}|X..|.X.|..X)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
)
"""Roman numerals with L, C, D or M.

They have at least four letters, or three of which one is an X, because CD and MI are abbreviations.
"""
_NO_ROMAN = frozenset(["MIX", "DIX"])
_CYRILLIC_WRITTEN = frozenset(["be", "bg", "kk", "ky", "mk", "mn", "ru", "tg", "uk"])
"""Languages that are written in Cyrillic letters only."""
_LONGEST = 60
"""The most letters of a word that can be a finding."""
_SHARED = 5
"""Words of other languages count if they have more letters than this.

Shorter ones may be other words in the language of the text.
"""
_LONGEST_BETWEEN = 8
"""The most characters between two parts of one number or date, as in " of the "."""
_BESIDE = re.compile(r"[^\S\n]{0,2}\n?[^\S\n]{0,2}[-–/*_]{0,2}\s?")
"""What may separate two parts of one number or date: spaces, one line break, dashes, slashes."""
_OF = re.compile(r"\s(?:of|of the)\s")
_GREAT = re.compile(r"(?:tens|dozens|scores|hundreds|thousands|millions|billions)$", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:\d|st|nd|rd|th|first|second|third|\dth)$", re.IGNORECASE)
_SHORTENED = re.compile(r"(?:тыс|тис|млн|млрд|трлн|mio|mrd|tsd|mln)$", re.IGNORECASE)
_NO_DOTTED_DAYS = ("en", "ru", "uk", "fr", "es", "it", "pt")
"""Languages that write no full stop after a day: in English, "12. May was" is two sentences."""
_LAST_WORD = re.compile(r"[^\W_]+$")


@dataclass(frozen=True)
class Finding:
    """A part of a text that needs a source: its kind, and its offsets in the text."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True)
class _Entry:
    """What a vocabulary says about one word."""

    always: tuple[Kind, ...]
    """The kinds that the word has by itself."""
    where: tuple[tuple[Kind, Bounded], ...]
    """The kinds that it has only in a frame, each with the frame."""
    never: tuple[Bounded, ...]
    """The frames in which it is no finding."""
    other: bool
    """Whether it is an ordinary word here, but counts or compares in another language."""


class _Ready:
    """A vocabulary and the word list of its language, compiled."""

    def __init__(self, words: Vocabulary, language: str) -> None:
        self.always: list[tuple[Kind, re.Pattern[str]]] = [
            ("number", re.compile(words.numbers, re.IGNORECASE)),
            ("comparison", re.compile(words.comparisons, re.IGNORECASE)),
        ]
        self.where = [(kind, Bounded.of(frame)) for kind, frame in words.where]
        self.never = [*(Bounded.of(frame) for frame in words.never), *ignored_contexts(language)]
        self.other = re.compile(words.other, re.IGNORECASE)
        for line in lines(language):
            if line.kind and (line.before or line.after):
                self.where.append((line.kind, Bounded.of(line.frame)))
            elif line.kind:
                self.always.append((line.kind, re.compile(line.words, re.IGNORECASE)))

    def entry(self, word: str) -> _Entry:
        """Return what the vocabulary says about a word."""
        return _Entry(
            tuple(dict.fromkeys(kind for kind, pattern in self.always if pattern.fullmatch(word))),
            tuple((kind, frame) for kind, frame in self.where if frame.words.fullmatch(word)),
            tuple(frame for frame in self.never if frame.words.fullmatch(word)),
            self.other.fullmatch(word) is not None,
        )


@cache
def _ready(language: str) -> _Ready:
    return _Ready(_OWN[language], language)


@lru_cache(maxsize=8192)
def _entries(word: str, language: str) -> tuple[_Entry, ...]:
    """Return what the vocabularies say about a word; empty for nearly all words.

    The vocabulary of the text's own language comes first. The others are used only if it does not
    have the word.
    """
    if language in _OWN:
        own = _ready(language).entry(word)
        if own.always or own.where or own.other:
            return () if own.other else (own,)
    foreign = language not in ("ru", "uk") and _CYRILLIC.match(word)
    found = (
        _ready(name).entry(word)
        for name in LANGUAGES
        if name != language and (len(word) > _SHARED or foreign)
    )
    return tuple(entry for entry in found if entry.always or entry.where)


def scan(text: str, language: str = "en", names: tuple[str, ...] = ()) -> list[Finding]:
    """Return the numbers, dates and comparisons in a text, except those that are part of a name.

    The numbers and dates come first, then the comparisons, each in the order of the text. The
    character ``words.CALL`` stands for what a call prints; it needs no source. ``names`` are the
    names in the project's own list.

    Each word is looked up alone, and at most seven pieces on each side of it are looked at. So the
    time is linear in the length of the text.
    """
    seen = to_visible(text)
    tokens = Tokens(seen.text)
    found = [
        Finding(kind, token.start, token.end)
        for at, token in enumerate(tokens.all)
        for kind in _kinds(tokens, at, token, language)
    ]
    found += [Finding("number", *match.span()) for match in HAN.finditer(seen.text)]
    found += [Finding("comparison", *match.span()) for match in HAN_COMPARED.finditer(seen.text)]
    if found:
        known = Names(seen.text, names, language)
        found = [
            each
            for each in sorted(found, key=lambda one: one.start)
            if not known.hold(each.start, each.end)
        ]
    merged = (
        *_merged(seen.text, found, "number", language),
        *_merged(seen.text, found, "comparison", language),
    )
    return [Finding(each.kind, seen.offset(each.start), seen.end(each.end)) for each in merged]


def _kinds(tokens: Tokens, at: int, token: Token, language: str) -> Iterator[Kind]:
    if token.kind in ("digits", "mark"):
        yield "number"
    if token.kind != "word" or len(token.text) > _LONGEST:
        return
    dotted = tokens.text[token.end : token.end + 1] == "."
    words = _read_as(token.text, language)
    if _is_roman(token.text) or any(_is_month(word, dotted, language) for word in words):
        if not _no_month().holds(token.text, tokens.before(at), tokens.after(at)):
            yield "number"
        return
    entries = [(word, entry) for word in words for entry in _entries(word, language)]
    if not entries:
        return
    before, after = tokens.before(at), tokens.after(at)
    for word, entry in entries:
        framed = [kind for kind, frame in entry.where if frame.holds(word, before, after)]
        yield from framed
        if not any(frame.holds(word, before, after) for frame in entry.never):
            yield from (kind for kind in entry.always if kind not in framed)


@lru_cache(maxsize=8192)
def _read_as(word: str, language: str) -> tuple[str, ...]:
    """Return a word and the words that readers of a language would take it for.

    There are others if its letters are of several scripts, or of a script that the language does
    not use.
    """
    found = lookalike_readings(word)
    expected = "CYRILLIC" if language in _CYRILLIC_WRITTEN else "LATIN"
    return (
        found
        if len(scripts(word)) > 1
        else (word, *(each for each in found[1:] if scripts(each) == {expected}))
    )


@lru_cache(maxsize=8192)
def _is_roman(word: str) -> bool:
    """Whether a word is a Roman numeral, also in lookalike letters of another script.

    In lower case it must have at least four letters.
    """
    for each in lookalike_readings(word):
        large = each.upper()
        if _ROMAN.fullmatch(each) or (
            each not in _NO_ROMAN
            and (each.isupper() or len(each) > 3)
            and _LONG_ROMAN.fullmatch(large)
        ):
            return True
    return False


@lru_cache(maxsize=8192)
def _is_month(word: str, dotted: bool, language: str) -> bool:
    plain = word.casefold()
    for name in dict.fromkeys((*LANGUAGES, language)):
        proper = name in LANGUAGES and LANGUAGES[name].proper_months
        if (plain in months(name) or (dotted and f"{plain}." in months(name))) and not (
            proper and word[0].islower()
        ):
            return True
    return False


@cache
def _no_month() -> Bounded:
    return Bounded.of(NO_MONTH)


def _merged(text: str, found: list[Finding], kind: Kind, language: str) -> Iterator[Finding]:
    """Yield the findings of a kind. Those that are parts of one number or date are merged."""
    last: Finding | None = None
    for each in sorted(
        (one for one in found if one.kind == kind), key=lambda one: (one.start, one.end)
    ):
        if last and (each.start <= last.end or _is_one(text, last, each, language)):
            last = Finding(kind, last.start, max(each.end, last.end))
            continue
        if last:
            yield last
        last = each
    if last:
        yield last


def _is_one(text: str, left: Finding, right: Finding, language: str) -> bool:
    """Whether two findings are parts of one number or date, such as "7." and "July".

    They must be in one sentence.
    """
    between = text[left.end : right.start]
    if len(between) > _LONGEST_BETWEEN:
        return False
    if _BESIDE.fullmatch(between):
        return True
    before, after = (
        text[max(left.start, left.end - _LONGEST) : left.end],
        text[right.start : right.end],
    )
    month_before, month_after = (
        _names_month(part, language)
        for part in (_LAST_WORD.search(before), re.match(r"[^\W_]+", after))
    )
    stripped = between.strip()
    if stripped == ",":
        return month_before or (
            bool(re.match(r"\d{4}(?!\d)", after))
            and bool(re.search(r"[^\W\d_]", text[left.start : left.end]))
        )
    if stripped == ".":
        ordinal = re.fullmatch(r".*(?<![\d.,])\d{1,2}", before, re.DOTALL)
        return (
            bool(_SHORTENED.search(before))
            or (month_before and after[0].isdigit())
            or (month_after and ordinal is not None and language not in _NO_DOTTED_DAYS)
        )
    great = _GREAT.search(before) is not None and re.match(r"\w+s\b", after) is not None
    return _OF.fullmatch(between) is not None and (
        great or (month_after and _ORDINAL.search(before) is not None)
    )


def _names_month(word: re.Match[str] | None, language: str) -> bool:
    return (
        word is not None
        and len(word.group()) <= _LONGEST
        and _is_month(word.group(), True, language)
    )


# The numbers and months of a text, without the words around them

_WORD = re.compile(r"[^\W\d_]+\.?")
_LANGUAGES = ("en", "de", "ru", "uk")


@dataclass(frozen=True)
class NumbersAndMonths:
    """The numbers in a text, without their signs, and its months from 1 to 12."""

    numbers: frozenset[Decimal] = frozenset()
    months: frozenset[int] = frozenset()

    def __or__(self, other: NumbersAndMonths) -> NumbersAndMonths:
        return NumbersAndMonths(self.numbers | other.numbers, self.months | other.months)

    def __le__(self, other: NumbersAndMonths) -> bool:
        """Whether the other has all numbers and months of this one."""
        return self.numbers <= other.numbers and self.months <= other.months

    def __len__(self) -> int:
        return len(self.numbers) + len(self.months)

    def __bool__(self) -> bool:
        return bool(self.numbers or self.months)


def numbers_and_months(text: str, language: str = "en") -> NumbersAndMonths:
    """Return the numbers and months in a text.

    If a number can be read in two ways, both values are included.
    """
    text, found = to_visible(text).text, set[int]()
    for word in _WORD.findall(text):
        found |= {
            month
            for month in (
                _month(word.casefold(), name) for name in dict.fromkeys((language, *_LANGUAGES))
            )
            if month
        }
    return NumbersAndMonths(
        frozenset(abs(number.value) for number in numerals(text, language)), frozenset(found)
    )


def _month(word: str, language: str) -> int:
    known = months(language)
    return known.get(word) or known.get(word.rstrip("."), 0)


def date_parts(*dates: Edtf | None) -> NumbersAndMonths:
    """Return the years, months and days of dates, as far as they are given.

    A decade, century or millennium counts as the year it is named by, and a quarter or half of a
    year as its number. Seasons are left out.
    """
    written = [part for date in dates if date for part in date.parts if part[0] != "season"]
    months_of = frozenset(value for name, value in written if name == "month")
    years = ("year", "decade", "century", "millennium")
    numbers = (
        said_year(value) if name in years else value for name, value in written if name != "month"
    )
    return NumbersAndMonths(frozenset(map(Decimal, numbers)), months_of)


# Languages without word lists


def unlisted_language_remarks(ledger: Ledger, spoken: tuple[str, ...]) -> list[str]:
    """Return remarks that name the languages for which there are no lists of number words.

    Numbers in words are not found in these languages. ``spoken`` are the language tags of the
    pages. The remark on the pages comes first, then the one on the sources.
    """
    sources = {source.language.partition("-")[0] for source in ledger.sources.values()}
    pages = {tag.partition("-")[0] for tag in spoken}
    counting = {*LANGUAGES, *MORE, *COUNTED_ELSEWHERE}
    unknown = (
        "Pages in {} are only half checked: numbers in words and superlatives are not looked for in"
        " them, numbers in digits are."
    )
    quoted = "Numbers in words are not looked for in sources in {}; those in digits are."
    said = (
        (unknown, pages - counting),
        (quoted, sources - counting - pages),
    )
    return [words.format(_names(tags)) for words, tags in said if tags]


def _names(tags: Iterable[str]) -> str:
    """Return the English names of languages, or their tags, joined by commas."""
    known = Locale.parse("en").languages
    return ", ".join(sorted(str(known.get(tag) or tag) for tag in tags))
