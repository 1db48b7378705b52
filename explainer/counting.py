"""What a number in a text counts: the noun nearest to it, and the time it is per.

A number's clause runs from the number before it to the number after it; numbers joined by "to" or "and" share one.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from explainer.numerals import Numeral, numerals

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff'’-])*")
_JOINT = re.compile(r"\s*[-–—]\s*|\s+(?:to|and|or|до|и|или|та|bis|und|do|i|a|ai)\s+")
_AFTER, _BEFORE = 6, 3
"""How many words after a number its noun may stand, and how many before it."""
PLAIN: Final = ("", "₽")
"""The marks of numbers that count things: not percentages, ordinals or other currencies."""
_MONEY: Final = frozenset(
    ["dollar", "dollars", "euro", "euros", "hryvnia", "hryvnias", "рубль", "рубля", "рублей", "руб", "rubles", "ruble", "долларов", "евро"]
)
_PER: Final = {
    "months": r"month\w*|месяц\w*|місяц\w*|monat\w*|miesi\w+|mese|mensil\w*|mês|mois|mes",
    "days": r"day|days|daily|день|дня|сутки|щодня|ежедневно|tag|täglich\w*|dzień|dziennie|giorno|jour",
    "years": r"year\w*|annual\w*|год\w*|рік|року|рок\w*|jahr\w*|rok\w*|anno|an|année|ano",
}


@dataclass(frozen=True)
class Clause:
    """The words around a number that may speak of it."""

    before: str
    after: str

    def counts(self, nouns: Collection[str], others: Collection[str]) -> bool:
        """Whether the noun nearest to the number, after it or else before it, is one of ``nouns`` and not another unit."""
        after = [word.casefold() for word in _WORD.findall(self.after)][:_AFTER]
        before = [word.casefold() for word in _WORD.findall(self.before)][-_BEFORE:]
        for word in (*after, *reversed(before)):
            if word in nouns:
                return True
            if word in others or word in _MONEY:
                return False
        return False

    def is_per(self, noun: str) -> bool:
        """Whether the words say that it is per day, month or year."""
        pattern = _PER.get(noun, re.escape(noun))
        return bool(re.search(rf"(?<!\w)(?:{pattern})(?!\w)", f"{self.before} {self.after}", re.IGNORECASE))


def clauses(words: str, language: str, wanted: object) -> list[Clause]:
    """The clause of each plain number in the words that has the wanted value."""
    found = numerals(words, language)
    spans = sorted({(number.start, number.end) for number in found})
    return [_clause(words, spans, number) for number in found if number.value == wanted and number.mark in PLAIN]


def _clause(words: str, spans: list[tuple[int, int]], number: Numeral) -> Clause:
    index = next(i for i, span in enumerate(spans) if span[0] == number.start)
    first = last = index
    while first > 0 and _JOINT.fullmatch(words[spans[first - 1][1] : spans[first][0]]):
        first -= 1
    while last + 1 < len(spans) and _JOINT.fullmatch(words[spans[last][1] : spans[last + 1][0]]):
        last += 1
    before = words[spans[first - 1][1] if first else 0 : spans[first][0]]
    after = words[spans[last][1] : spans[last + 1][0] if last + 1 < len(spans) else len(words)]
    return Clause(before, after)
