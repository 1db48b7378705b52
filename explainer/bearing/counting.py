"""What a number in a text counts: the noun nearest to it, and the time it is per.

A number's clause runs from the number before it to the number after it; numbers joined by "to" or "and" share one.
What says a rate between two numbers belongs to the nearer: a comma or the like parts them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from explainer.bearing.rate_words import rates, without_rates
from explainer.values.numerals import Numeral, numerals

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff'’-])*")
_JOINT = re.compile(r"\s*[-–—]\s*|\s+(?:to|and|or|до|и|или|та|bis|und|do|i|a|ai)\s+")
_PART = re.compile(r"[,;:()]|[.!?]\s|\s[–—-]\s")
_STOP = re.compile(r"[;:]|[.!?]\s")
_AFTER, _BEFORE = 6, 6
"""How many words after a number its noun may stand, and how many before it."""
_JOINED: Final = 4
"""How many numbers may share a clause on either side of one."""
_SIGNS: Final = {"%": "percent", "‰": "per mille", "₽": "roubles", "$": "dollars", "€": "euros", "£": "pounds", "₴": "hryvnias", "¥": "yen"}
"""What a sign says that the number beside it counts."""
_CODES: Final = {"RUB": "₽", "USD": "$", "EUR": "€"}
_MONEY: Final = frozenset(
    ["dollar", "dollars", "euro", "euros", "hryvnia", "hryvnias", "рубль", "рубля", "рублей", "руб", "rubles", "ruble", "долларов", "евро"]
)
_DASHES = re.compile(r"(?:^|(?<=[^\d\s])\s+|\()[–‐‑﹣－]$")
"""A dash that stands for a minus: right before the digits, and not between two numbers."""
_COMMA = re.compile(r"\d,\d{1,2}(?!\d)")


@dataclass(frozen=True)
class Clause:
    """The words around a number that may speak of it."""

    before: str
    after: str
    sign: str = ""
    rates: frozenset[str] = frozenset()
    """The units of time that the number is said to be per."""

    def noun(self, nouns: Collection[str], known: Collection[str]) -> str | None:
        """The noun nearest to the number, after it or else before it, if it is one of ``nouns``; another known one ends the search."""
        if self.sign:
            return self.sign if self.sign in nouns or _SIGNS.get(self.sign) in nouns else None
        after: list[str] = _WORD.findall(without_rates(self.after).casefold())[:_AFTER]
        before: list[str] = _WORD.findall(without_rates(self.before).casefold())[-_BEFORE:]
        for word in (*after, *reversed(before)):
            if word in nouns:
                return word
            if word in known or word in _MONEY:
                return None
        return None


@lru_cache(maxsize=8192)
def read(words: str, language: str) -> tuple[tuple[Numeral, Clause], ...]:
    """Each number of the words that can count something, with its clause. Ordinals and powers count nothing."""
    found = numerals(words, language)
    marks = {(number.start, number.end): number.mark for number in reversed(found)}
    spans = sorted(marks)
    starts = [span[0] for span in spans]
    plain = [number for number in found if number.mark in ("", *_SIGNS) and not _misread(words, number, language)]
    return tuple((number, _clause(words, spans, marks, bisect_left(starts, number.start))) for number in plain)


def clauses(words: str, language: str, wanted: Decimal) -> list[Clause]:
    """The clause of each number in the words that has the wanted value."""
    return [clause for number, clause in read(words, language) if _value(words, number) == wanted]


def said_numbers(words: str, language: str) -> list[Decimal]:
    """The numbers that words hold and that can count something."""
    return [_value(words, number) for number, _ in read(words, language)]


def _value(words: str, number: Numeral) -> Decimal:
    """A number's value, a dash that stands for a minus included."""
    dashed = number.value > 0 and _DASHES.search(words[max(0, number.start - 8) : number.start])
    return -number.value if dashed else number.value


def _misread(words: str, number: Numeral, language: str) -> bool:
    """Whether a comma in an English text was read as a decimal mark, which it is not there."""
    return language == "en" and bool(_COMMA.search(words[number.start : number.end]))


def _clause(words: str, spans: list[tuple[int, int]], marks: dict[tuple[int, int], str], index: int) -> Clause:
    first = last = index
    while first > max(0, index - _JOINED) and _JOINT.fullmatch(words[spans[first - 1][1] : spans[first][0]]):
        first -= 1
    while last + 1 < min(len(spans), index + _JOINED) and _JOINT.fullmatch(words[spans[last][1] : spans[last + 1][0]]):
        last += 1
    before = words[spans[first - 1][1] if first else 0 : spans[first][0]]
    after = words[spans[last][1] : spans[last + 1][0] if last + 1 < len(spans) else len(words)]
    near_before = (_PART if first else _STOP).split(before)[-1]
    near_after = (_PART if last + 1 < len(spans) else _STOP).split(after)[0]
    code = _CODES.get(before[-3:], "")
    sign = next((marks[span] for span in spans[first : last + 1] if marks[span] in _SIGNS), code)
    return Clause(before, after, sign, rates(near_before) | rates(near_after))
