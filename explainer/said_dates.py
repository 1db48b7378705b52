"""Dates as texts say them: "July 7, 2025", "8 июля", "04.11.2025"; which parts they say, and which they contradict."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError

from explainer.numerals import numerals

_NUMERIC = re.compile(r"(?<!\d)(?:(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})|(?P<y2>\d{4})-(?P<m2>\d{2})-(?P<d2>\d{2}))(?!\d)")
_YEARS = (Decimal(1800), Decimal(2200))
_DAYS = (Decimal(1), Decimal(31))


def lacking(parts: tuple[tuple[str, int], ...], words: str, language: str) -> list[tuple[str, int]]:
    """The parts of a date that the words do not say."""
    said = said_parts(words, language)
    return [(name, value) for name, value in parts if value not in said[name]]


def contradicted(name: str, words: str, language: str) -> bool:
    """Whether the words name such a part at all, so that another one cannot be inferred."""
    return bool(said_parts(words, language)[name])


@cache
def said_parts(words: str, language: str) -> dict[str, frozenset[int]]:
    """The years, months and days that the words may mean."""
    found: dict[str, set[int]] = {"year": set(), "month": set(), "day": set()}
    for match in _NUMERIC.finditer(words):
        for name, key in (("day", "d"), ("month", "m"), ("year", "y")):
            value = match.group(key) or match.group(f"{key}2")
            found[name].add(int(value))
    for number in numerals(words, language):
        whole = number.mark in ("", "th") and number.value == number.value.to_integral_value()
        if whole and _YEARS[0] <= number.value <= _YEARS[1]:
            found["year"].add(int(number.value))
        if whole and _DAYS[0] <= number.value <= _DAYS[1]:
            found["day"].add(int(number.value))
    for month in range(1, 13):
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE) for name in _month_names(month, language)):
            found["month"].add(month)
    return {name: frozenset(values) for name, values in found.items()}


@cache
def _month_names(month: int, language: str) -> frozenset[str]:
    try:
        names = Locale.parse(language.replace("-", "_")).months
    except (UnknownLocaleError, ValueError):
        names = Locale.parse("en").months
    found = {str(names[use][length][month]).rstrip(".") for use in ("format", "stand-alone") for length in ("wide", "abbreviated")}
    return frozenset(found | ({"Sept"} if language == "en" and month == 9 else set()))
