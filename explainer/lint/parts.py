"""What a typed phrase names: its numbers and its months, apart from the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from explainer.characters import as_seen
from explainer.values.dates import Edtf
from explainer.values.days import said_year
from explainer.values.months import months
from explainer.values.numerals import numerals

_WORD = re.compile(r"[^\W\d_]+\.?")
_LANGUAGES = ("en", "de", "ru", "uk")


@dataclass(frozen=True)
class Parts:
    """Numbers without their signs, and months from 1 to 12."""

    numbers: frozenset[Decimal] = frozenset()
    months: frozenset[int] = frozenset()

    def __or__(self, other: Parts) -> Parts:
        return Parts(self.numbers | other.numbers, self.months | other.months)

    def __le__(self, other: Parts) -> bool:
        """Whether the other has all that this has."""
        return self.numbers <= other.numbers and self.months <= other.months

    def __len__(self) -> int:
        return len(self.numbers) + len(self.months)

    def __bool__(self) -> bool:
        return bool(self.numbers or self.months)


def named(text: str, language: str = "en") -> Parts:
    """The numbers and months in a text; a number that can be read in two ways counts with both."""
    text, found = as_seen(text).text, set[int]()
    for word in _WORD.findall(text):
        found |= {month for month in (_month(word.casefold(), name) for name in dict.fromkeys((language, *_LANGUAGES))) if month}
    return Parts(frozenset(abs(number.value) for number in numerals(text, language)), frozenset(found))


def _month(word: str, language: str) -> int:
    known = months(language)
    return known.get(word) or known.get(word.rstrip("."), 0)


def dated(*dates: Edtf | None) -> Parts:
    """The years, months and days that dates write out; of a decade the year that it is called by."""
    written = [part for date in dates if date for part in date.parts if part[0] != "season"]
    months_of = frozenset(value for name, value in written if name == "month")
    years = ("year", "decade", "century", "millennium")
    numbers = (said_year(value) if name in years else value for name, value in written if name != "month")
    return Parts(frozenset(map(Decimal, numbers)), months_of)
