"""The words by which texts say that a number is per day, month or year. Data only: adding a language is adding words."""

from __future__ import annotations

import re
from typing import Final

_PLAIN: Final = {
    "days": (
        r"daily|день|сутки|добу|дня|tag|giorno|jour|día|dia|dzień|dzień|দিন",
        r"ежедневн\w*|щодня|щоденн\w*|täglich\w*|dzienn\w+|giornalier\w+|quotidien\w*|diari\w+|daily",
        "day",
    ),
    "months": (
        r"месяц|місяць|monat|miesiąc|mese|mois|mes|mês|মাসে",
        r"ежемесячн\w*|помесячн\w*|щомісяц\w*|щомісячн\w*|monatlich\w*|miesięczn\w+|mensil\w*|mensuel\w*|mensual\w*|mensal\w*|monthly|month-to-month",
        "month",
    ),
    "years": (
        r"год|рік|jahr|rok|anno|an|año|ano|বছরে",
        r"ежегодн\w*|щорічн\w*|щороку|jährlich\w*|roczn\w+|annual\w*|annuel\w*|annu\w+|yearly",
        "year",
    ),
}
"""For each unit of time: the noun after a preposition, adverbs and adjectives that say it alone, and the English noun."""
_BEFORE: Final = r"в|каждый|каждые|на|кожен|кожного|pro|im|am|je|jeden|co|na|al|ogni|par|chaque|al|por|cada|প্রতি"
_NOT_AFTER: Final = r"(?!\s+(?:earlier|ago|later|before|after|old|long)\b)(?!\s+\d)"


def _pattern(noun: str, alone: str, english: str) -> re.Pattern[str]:
    said = rf"(?:{_BEFORE})\s+(?:{noun})|(?:{alone})|(?:(?:a|per|each|every)\s+|/\s?){english}"
    return re.compile(rf"(?<!\w)(?:{said})(?!\w){_NOT_AFTER}", re.IGNORECASE)


RATES: Final = {unit: _pattern(*words) for unit, words in _PLAIN.items()}
"""What says that a number is per day, month or year: "a month", "ежемесячно", "pro Tag"; but not "a year earlier"."""


def rates(words: str) -> frozenset[str]:
    """The units of time that words say a number is per."""
    return frozenset(unit for unit, pattern in RATES.items() if pattern.search(words))


def without_rates(words: str) -> str:
    """The words, those that say a rate taken out, so that "a month" counts no months."""
    for pattern in RATES.values():
        words = pattern.sub(" ", words)
    return words


def times_of(unit: str | None) -> frozenset[str]:
    """The units of time that a unit is per: months of "people/month"."""
    return frozenset(f"{part.strip().removesuffix('s')}s" for part in (unit or "").split("/")[1:]) & RATES.keys()
