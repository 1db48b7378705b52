"""Dates as texts say them: "July 7, 2025", "8 июля", "04.11.2025"; which parts they say, and which they contradict."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

from explainer.bearing.said_spans import says_century, says_decade, says_half, says_quarter, says_season
from explainer.values.dates import Edtf
from explainer.values.days import said_year
from explainer.values.numerals import numerals

_NUMERIC = re.compile(r"(?<!\d)(?:(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})|(?P<y2>\d{4})-(?P<m2>\d{2})-(?P<d2>\d{2}))(?!\d)")
_DAY = r"(?<!\d)(?:(?P<d2>\d{1,2})\s*[-–—]\s*)?(?P<d>\d{1,2})(?:st|nd|rd|th|-?го|[.ºª])?"
_YEAR = r"(?:,?\s+(?:de\s+)?(?P<y>\d{4})(?!\d))?"
_YEARS = (Decimal(1800), Decimal(2200))
"""Numbers that are taken for years without further signs."""
_DIGITS = re.compile(r"(?<!\d)\d{1,4}(?!\d)", re.ASCII)
_DAYS = (Decimal(1), Decimal(31))
_BEFORE_OUR_ERA = (
    "BC", "BCE", "B.C.", "B.C.E.", "до н. э.", "до н.э.", "до нашей эры", "до н. е.", "до н.е.", "до нашої ери", "до Р. Х.",
    "v. Chr.", "v. u. Z.", "av. J.-C.", "a. C.", "a.C.", "p.n.e.", "M.Ö.", "公元前", "紀元前", "기원전",
)  # fmt: skip
"""How years before the year 1 are marked, in whatever language; what Babel knows of the words' own language is added."""


def lacking(date: Edtf, words: str, language: str) -> list[tuple[str, int]]:
    """The parts of a date that the words do not say. A day that they say of another month only is not said."""
    said, days = said_parts(words, language), _said_days(words, language)
    lacks = [(name, value) for name, value in date.parts if not _says(name, value, said, words, language)]
    for year, month, day in date.written:
        each_said = not {("year", year), ("month", month), ("day", day)} & set(lacks)
        together = any((m, d) == (month, day) and year in (y or year, None) for y, m, d in days)
        if month and day and days and each_said and not together:
            lacks.append(("day", day))
    return lacks


def _says(name: str, value: int, said: Mapping[str, frozenset[int]], words: str, language: str) -> bool:
    """Whether words say a part of a date. A decade or century is also said by a year that is one of its."""
    match name:
        case "year":
            return value in said[name] or _says_early_year(value, words, language)
        case "decade" | "century" | "millennium":
            length = {"decade": 10, "century": 100, "millennium": 1000}[name]
            named = says_decade(value, words) if name == "decade" else name == "century" and says_century(value, words)
            years = range(value, value + length)
            return named or any(year in said["year"] for year in years) or _says_year_among(years, words, language)
        case "season":
            return says_season(value, words)
        case "quarter":
            return says_quarter(value, words, said["month"])
        case "half":
            return says_half(value, words, said["month"])
        case _:
            return value in said[name]


def _says_year_among(years: range, words: str, language: str) -> bool:
    """Whether words name one of some years before 1800."""
    called = {said_year(year) for year in years}
    numbers = {int(digits) for digits in _DIGITS.findall(words)} & called
    return any(year in years and _says_early_year(year, words, language) for number in numbers for year in (number, 1 - number))


def _says_early_year(year: int, words: str, language: str) -> bool:
    """Whether words name one given year before 1800: in plain digits, and with the mark of its era where that is not ours."""
    number = said_year(year)
    early = {int(match.group("before") or match.group("after")) for match in _era_pattern(language).finditer(words)}
    if year < 1 or number in early:
        return year < 1 and number in early
    found = (each for each in numerals(words, language) if each.value == number)
    return number < _YEARS[0] and any(words[each.start : each.end].strip().isdecimal() for each in found)


@cache
def _era_pattern(language: str) -> re.Pattern[str]:
    """Finds numbers of years before our era: "44 BC", "44 году до н. э.", "公元前44年"."""
    known = set(_BEFORE_OUR_ERA)
    try:
        eras = Locale.parse(language.replace("-", "_")).eras
        known |= {str(names[0]) for names in eras.values() if len(str(names.get(0, ""))) > 1}
    except (UnknownLocaleError, ValueError):
        pass
    marks = "|".join(re.escape(mark).replace(r"\ ", r"\s*") for mark in sorted(known, key=len, reverse=True))
    number = r"(?<!\d)(?P<{}>\d{{1,4}})(?!\d)"
    year_word = r"(?:-?\w{1,4})?(?:\s+\w{1,6}\.?)?"
    before, after = number.format("before"), number.format("after")
    return re.compile(rf"{before}{year_word}\s*(?:{marks})(?!\w)|(?:{marks})\s*{after}", re.IGNORECASE)


def names(part: str, words: str, language: str) -> frozenset[int]:
    """The years, months or days that the words may mean."""
    return said_parts(words, language).get(part, frozenset())


@lru_cache(maxsize=8192)
def _said_days(words: str, language: str) -> frozenset[tuple[int | None, int, int]]:
    """Every day with its month that the words say as one, with the year where that follows."""
    found: set[tuple[int | None, int, int]] = set()
    for match in _NUMERIC.finditer(words):
        year, month, day = (int(match.group(key) or match.group(f"{key}2")) for key in ("y", "m", "d"))
        found.add((year, month, day))
    pattern, months = _months(language)
    for match in re.finditer(rf"{_DAY}\s*(?:of\s+|de\s+)?(?P<m>{pattern.pattern})\.?{_YEAR}", words, re.IGNORECASE):
        for month in months[match.group("m").casefold()]:
            found |= {(_year(match), month, int(day)) for day in (match.group("d"), match.group("d2")) if day}
    for match in re.finditer(rf"(?P<m>{pattern.pattern})\.?\s*(?P<d>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?{_YEAR}", words, re.IGNORECASE):
        found |= {(_year(match), month, int(match.group("d"))) for month in months[match.group("m").casefold()]}
    return frozenset(found)


def _year(match: re.Match[str]) -> int | None:
    return int(match.group("y")) if match.group("y") else None


@lru_cache(maxsize=8192)
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
    pattern, months = _months(language)
    found["month"] |= {month for name in pattern.findall(words) for month in months[name.casefold()]}
    return {name: frozenset(values) for name, values in found.items()}


@cache
def _months(language: str) -> tuple[re.Pattern[str], dict[str, set[int]]]:
    """What finds the names of months, and which months each may be."""
    found: dict[str, set[int]] = {}
    for month in range(1, 13):
        for name in _month_names(month, language):
            found.setdefault(name.casefold(), set()).add(month)
    names = "|".join(re.escape(name) for name in sorted(found, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE), found


@cache
def _month_names(month: int, language: str) -> frozenset[str]:
    try:
        names = Locale.parse(language.replace("-", "_")).months
    except (UnknownLocaleError, ValueError):
        names = Locale.parse("en").months
    found = {str(names[use][length][month]).rstrip(".") for use in ("format", "stand-alone") for length in ("wide", "abbreviated")}
    return frozenset(found | ({"Sept"} if language == "en" and month == 9 else set()))
