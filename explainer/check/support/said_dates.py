"""Check which parts of a date a text names, and which days it contradicts.

Reads forms such as "July 7, 2025", "8 июля" and "04.11.2025".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

from explainer.check.support.said_spans import (
    says_century,
    says_decade,
    says_half,
    says_quarter,
    says_season,
)
from explainer.model.dates import Edtf
from explainer.model.edtf import said_year
from explainer.model.number_words import names_of_months
from explainer.model.numerals import numerals

_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<y>\d{4})(?:-(?P<m>\d{2})-|[./](?P<m2>\d{1,2})[./]|\s?[年년]\s?(?P<m3>\d{1,2})\s?[月월]\s?)(?P<d>\d{1,2})(?!\d)"
)
"""Dates in digits with the year first: "2025-07-07", "2025/7/7", "2025年7月7日"."""
_YEAR_LAST = re.compile(r"(?<!\d)(?P<first>\d{1,2})[./](?P<second>\d{1,2})[./](?P<y>\d{4})(?!\d)")
_SIGNED = re.compile(
    r"(?:(?<!\d)(?P<y>\d{4})\s?[年년]\s?)?(?<!\d)(?P<m>\d{1,2})\s?[月월](?:\s?(?P<d>\d{1,2})\s?[日일])?"
)
"""Months and days with Chinese, Japanese or Korean signs, and the year if it comes before them."""
_ENDING = r"(?:st|nd|rd|th|er|º|ª|°|\.|-?(?:го|ого|е|й|ої))?"
_TO_MONTH = re.compile(
    rf"{_ENDING}[\s\u00a0-]{{0,2}}(?:(?:of|de|del|di|do)\s+)?(?:the\s+)?", re.IGNORECASE
)
"""Text allowed between a day and the month name after it."""
_TO_DAY = re.compile(r"\.?[\s\u00a0]{0,2}(?:the\s+)?", re.IGNORECASE)
"""Text allowed between a month name and the day after it."""
_OTHER_DAY = re.compile(
    rf"{_ENDING}\s*(?:[-–—,/]|to|and|or|through|bis|und|oder|y|al|a|e|o|et|ou|au|i|lub|do|až|nebo|и|или|по|до|та|або|й)\s*"
    r"(?:(?:the|el|il|le)\s+)?",
    re.IGNORECASE,
)
"""Text allowed between two days of one month: "July 7 or 8", "from 7 to 9 July"."""
_YEAR_AFTER = re.compile(rf"{_ENDING},?\s+(?:del?\s+)?(?P<y>\d{{4}})(?!\d)", re.IGNORECASE)
_TWO_DIGITS = re.compile(r"(?<!\d)\d{1,2}(?!\d)", re.ASCII)
_ALSO_WORDS = ("may", "march", "mar", "sec")
"""English words that are months only if written with a capital letter."""
_YEARS = (Decimal(1800), Decimal(2200))
"""The range of numbers that are read as years without further signs."""
_DIGITS = re.compile(r"(?<!\d)\d{1,4}(?!\d)", re.ASCII)
_BEFORE_OUR_ERA = (
    "BC",
    "BCE",
    "B.C.",
    "B.C.E.",
    "до н. э.",
    "до н.э.",
    "до нашей эры",
    "до н. е.",
    "до н.е.",
    "до нашої ери",
    "до Р. Х.",
    "v. Chr.",
    "v. u. Z.",
    "av. J.-C.",
    "a. C.",
    "a.C.",
    "p.n.e.",
    "M.Ö.",
    "公元前",
    "紀元前",
    "기원전",
)
"""Marks of years before the year 1, in all languages.

``_era_pattern`` adds the names that Babel has for the language of the text.
"""


def lacking(date: Edtf, words: str, language: str) -> list[tuple[str, int]]:
    """Return the parts of a date that a text does not name, each as its name and value.

    A day counts as missing if the text names it only with another month or year.
    """
    said, days = said_parts(words, language), _said_days(words, language)
    lacks = [
        (name, value) for name, value in date.parts if not _says(name, value, said, words, language)
    ]
    for year, month, day in date.written:
        each_said = not {("year", year), ("month", month), ("day", day)} & set(lacks)
        together = any((m, d) == (month, day) and year in (y or year, None) for y, m, d in days)
        if month and day and each_said and not together:
            lacks.append(("day", day))
    return lacks


def _says(
    name: str, value: int, said: Mapping[str, frozenset[int]], words: str, language: str
) -> bool:
    """Return whether a text names a part of a date.

    A year inside a decade, century or millennium also names that decade, century or millennium.
    """
    match name:
        case "year":
            return value in said[name] or _says_early_year(value, words, language)
        case "decade" | "century" | "millennium":
            length = {"decade": 10, "century": 100, "millennium": 1000}[name]
            named = (
                says_decade(value, words)
                if name == "decade"
                else name == "century" and says_century(value, words)
            )
            years = range(value, value + length)
            return (
                named
                or any(year in said["year"] for year in years)
                or _says_year_among(years, words, language)
            )
        case "season":
            return says_season(value, words)
        case "quarter":
            return says_quarter(value, words, said["month"])
        case "half":
            return says_half(value, words, said["month"])
        case _:
            return value in said[name]


def _says_year_among(years: range, words: str, language: str) -> bool:
    """Return whether a text names one of these years before 1800."""
    called = {said_year(year) for year in years}
    numbers = {int(digits) for digits in _DIGITS.findall(words)} & called
    return any(
        year in years and _says_early_year(year, words, language)
        for number in numbers
        for year in (number, 1 - number)
    )


def _says_early_year(year: int, words: str, language: str) -> bool:
    """Return whether a text names a year before 1800.

    The year must be in plain digits. A year before the year 1 also needs the mark of its era.
    """
    number = said_year(year)
    early = {
        int(match.group("before") or match.group("after"))
        for match in _era_pattern(language).finditer(words)
    }
    if year < 1 or number in early:
        return year < 1 and number in early
    found = (each for each in numerals(words, language) if each.value == number)
    return number < _YEARS[0] and any(
        words[each.start : each.end].strip().isdecimal() for each in found
    )


@cache
def _era_pattern(language: str) -> re.Pattern[str]:
    """Return a pattern for years before our era: "44 BC", "44 году до н. э.", "公元前44年"."""
    known = set(_BEFORE_OUR_ERA)
    try:
        eras = Locale.parse(language.replace("-", "_")).eras
        known |= {str(names[0]) for names in eras.values() if len(str(names.get(0, ""))) > 1}
    except (UnknownLocaleError, ValueError):
        pass
    marks = "|".join(
        re.escape(mark).replace(r"\ ", r"\s*") for mark in sorted(known, key=len, reverse=True)
    )
    number = r"(?<!\d)(?P<{}>\d{{1,4}})(?!\d)"
    year_word = r"(?:-?\w{1,4})?(?:\s+\w{1,6}\.?)?"
    before, after = number.format("before"), number.format("after")
    return re.compile(
        rf"{before}{year_word}\s*(?:{marks})(?!\w)|(?:{marks})\s*{after}", re.IGNORECASE
    )


def names(part: str, words: str, language: str) -> frozenset[int]:
    """Return the years, months or days that a text may mean.

    ``part`` is "year", "month" or "day". Any other part gives an empty set.
    """
    return said_parts(words, language).get(part, frozenset())


@lru_cache(maxsize=8192)
def _said_days(words: str, language: str) -> frozenset[tuple[int | None, int, int]]:
    """Return every (year, month, day) of a text whose day and month belong together.

    The year is None if none is next to the day and month.
    """
    found: set[tuple[int | None, int, int]] = set(_dates_in_digits(words, language))
    found |= {
        (int(m["y"]) if m["y"] else None, int(m["m"]), int(m["d"]))
        for m in _SIGNED.finditer(words)
        if m["d"]
    }
    days = _days(words, language)
    starts, ends = {start: day for start, _, day in days}, {end: day for _, end, day in days}
    spans = {start: end for start, end, _ in days}
    backwards = {end: start for start, end, _ in days}
    for name in _months_in(words, language):
        year = _YEAR_AFTER.match(words, name.end())
        for day in _days_before(words, name.start(), ends, backwards):
            found.add((_year(year), _month(name, language), day))
        after, last = _days_after(words, name.end(), starts, spans)
        year = _YEAR_AFTER.match(words, last)
        found |= {(_year(year), _month(name, language), day) for day in after}
    return frozenset(found)


def _days(words: str, language: str) -> list[tuple[int, int, int]]:
    """Return the start, end and value of each number from 1 to 31, in digits or words."""
    digits = [(each.start(), each.end(), int(each.group())) for each in _TWO_DIGITS.finditer(words)]
    spelled = [
        (each.start, each.end, int(each.value))
        for each in numerals(words, language)
        if each.mark in ("", "th")
        and each.value in range(1, 32)
        and not any(ch.isdigit() for ch in words[each.start : each.end])
    ]
    return [each for each in (*digits, *spelled) if 1 <= each[2] <= 31]


def _days_before(
    words: str, month: int, ends: Mapping[int, int], starts: Mapping[int, int]
) -> list[int]:
    """Return the days before a month name that starts at ``month``.

    ``ends`` maps the end of each number to its value, ``starts`` the end to its start.
    """
    found: list[int] = []
    at, joint = month, _TO_MONTH
    while end := next(
        (
            end
            for end in range(at, max(0, at - 12), -1)
            if end in ends and joint.fullmatch(words, end, at)
        ),
        None,
    ):
        found.append(ends[end])
        at, joint = starts[end], _OTHER_DAY
    return found


def _days_after(
    words: str, month: int, starts: Mapping[int, int], ends: Mapping[int, int]
) -> tuple[list[int], int]:
    """Return the days after a month name that ends at ``month``, and the end of the last one.

    ``starts`` maps the start of each number to its value, ``ends`` the start to its end.
    """
    found: list[int] = []
    at, joint = month, _TO_DAY
    while True:
        near = (each for each in range(at, at + 12) if each in starts)
        start = next((each for each in near if joint.fullmatch(words, at, each)), None)
        if start is None:
            return found, at
        found.append(starts[start])
        at, joint = ends[start], _OTHER_DAY


def _dates_in_digits(words: str, language: str) -> Iterator[tuple[int, int, int]]:
    """Yield year, month and day of each date in digits whose order is certain."""
    for match in _YEAR_FIRST.finditer(words):
        yield int(match["y"]), int(match["m"] or match["m2"] or match["m3"]), int(match["d"])
    for match in _YEAR_LAST.finditer(words):
        first, second = int(match["first"]), int(match["second"])
        order = digit_order(language, dotted="." in match.group())
        if first > 12 or first == second or order == "dm":
            yield int(match["y"]), second, first
        elif second > 12 or order == "md":
            yield int(match["y"]), first, second


@cache
def digit_order(language: str, *, dotted: bool) -> str:
    """Return whether the day or the month comes first in dates in digits: "dm" or "md".

    Dates with dots always have the day first. The result is empty for English without a country,
    where both orders are usual, and for languages that Babel does not know.
    """
    if dotted or language == "en":
        return "dm" if dotted else ""
    try:
        pattern = Locale.parse(language.replace("-", "_")).date_formats["short"].pattern
    except (UnknownLocaleError, ValueError):
        return ""
    return "dm" if pattern.find("d") < pattern.find("M") else "md"


def _months_in(words: str, language: str) -> Iterator[re.Match[str]]:
    for match in _months(language).finditer(words):
        if not (language.partition("-")[0] == "en" and match.group() in _ALSO_WORDS):
            yield match


def _month(name: re.Match[str], language: str) -> int:
    return names_of_months(language)[name.group().casefold()]


def _year(match: re.Match[str] | None) -> int | None:
    return int(match["y"]) if match else None


@lru_cache(maxsize=8192)
def said_parts(words: str, language: str) -> dict[str, frozenset[int]]:
    """Return the years, months and days that a text may mean, by "year", "month" and "day"."""
    found: dict[str, set[int]] = {"year": set(), "month": set(), "day": set()}
    for year, month, day in _dates_in_digits(words, language):
        for name, value in (("year", year), ("month", month), ("day", day)):
            found[name].add(value)
    for match in (*_YEAR_LAST.finditer(words), *_SIGNED.finditer(words)):
        found["year"] |= {int(match["y"])} if match["y"] else set()
    for match in _SIGNED.finditer(words):
        found["month"].add(int(match["m"]))
        found["day"] |= {int(match["d"])} if match["d"] else set()
    for number in numerals(words, language):
        whole = number.mark in ("", "th") and number.value == number.value.to_integral_value()
        grouped = any(
            ch in ",.'’ \u00a0\u202f\u2009" for ch in words[number.start : number.end].strip()
        )
        if whole and _YEARS[0] <= number.value <= _YEARS[1] and not grouped:
            found["year"].add(int(number.value))
    found["day"] |= {day for _, _, day in _days(words, language)}
    found["month"] |= {_month(name, language) for name in _months_in(words, language)}
    return {name: frozenset(values) for name, values in found.items()}


@cache
def _months(language: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(names_of_months(language), key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)
