"""Find every date and period that a text names, with its position in the text.

Examples are "2024", "FY 2022-23", "7 July 2025", "III квартал 2024" and "2024年5月". Relative times
("a year earlier") and plain lengths ("in six months") are found too.

Some times can be read in several ways ("2010-12"). Each reading is a first and a last day, as
(year, month, day). The year is None if a month has no year next to it. Times that form one range
("from March to May 2025") become one period.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final, Literal

from explainer.check.support.attribution import heads_own_number
from explainer.check.support.said_dates import digit_order
from explainer.check.support.said_spans import first_months, may_be_of_a_match, turns
from explainer.languages import LISTS
from explainer.model.hedging_words import LENGTHS, NO_SPAN, HedgingWords, hedging_words, is_unspaced
from explainer.model.number_words import lowered, spellings, spellings_of_months, vocabulary
from explainer.model.numerals import AND, numerals, plain

Part = tuple[int | None, int, int]
"""Year, month and day. The year is None if it is not known."""
Reading = tuple[Part, Part]
Bound = Literal["", "since", "until", "either"]


@dataclass(frozen=True)
class SaidPeriod:
    """A date or period that a text names.

    ``start`` and ``end`` are its position in the text. ``readings`` are the days that it may mean.
    """

    start: int
    end: int
    readings: tuple[Reading, ...]
    bound: Bound = ""
    """How the text uses it: "since" for the beginning of an interval, "until" for the end, or
    empty. "either" means the beginning of an interval or the other side of a comparison.
    """
    is_run: bool = False
    """Whether it is a range with a beginning and an end, or several times together."""
    is_compared: bool = False
    """Whether it is the other side of a comparison, marked by a word before it: "than in 2019"."""
    ends: tuple[Reading, Reading] | None = None
    """The first and last time of a range: the years 2019 and 2023 of "2019–2023"."""
    is_of: bool = False
    """Whether the word that may make it a beginning may also mean "of".

    Example: Spanish "los 310 casos de 2019".
    """
    is_relative: bool = False
    """Whether it is given by its length or by its distance from another time: "a year earlier"."""
    days: tuple[int, int] | None = None
    """The minimum and maximum number of days, if only a length is given: "in the past 24 hours"."""
    may_be_of_a_match: bool = False
    """Whether it is a quarter or half that may be part of a match or something else: "in the second
    half".
    """
    may_be_duration: bool = False
    """Whether the length may also be how long each thing took: "310 calls answered within 24
    hours".
    """
    is_unread: bool = False
    """Whether it may be a year or a length, and the text does not show which: Japanese "15年期".

    Such a time never fits a claim's period.
    """
    other_than: tuple[Reading, ...] = ()
    """If there are no readings, the days that it does not mean: those of the time it is relative
    to.
    """

    @property
    def has_year(self) -> bool:
        """Whether its year is known: from a year next to it, or from another time."""
        return self.is_relative or self.readings[0][0][0] is not None


_CALENDARS: Final = LISTS / "calendars.tsv"
_YEAR: Final = r"(?:1[5-9]|2[01])\d{2}"
_MONTH_END: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FISCAL_BEFORE: Final = (
    r"(?:FY|F\.Y\.|AY|fiscal(?:\s+year)?|financial\s+year|academic\s+year|season|exercice|saison|Geschäftsjahr|Saison|Schuljahr|ejercicio"
    r"|temporada|exercício|ano\s+fiscal|época|esercizio|stagione|финансов\w+\s+год\w*|сезон\w*|фінансов\w+\s+р\w*|rok\w*\s+obrotow\w+"
    r"|sezon\w*|boekjaar|seizoen|räkenskapsår\w*|säsong\w*|tilikausi\w*|tahun\s+fiskal|mali\s+yıl\w*|السنة\s+المالية|वित्त\s+वर्ष"
    r"|वित्तीय\s+वर्ष|अर्थवर्ष|سال\s+مالی|অর্থবছর)\s{0,2}(?:of\s+)?"
)
_FISCAL_AFTER: Final = r"\s?(?:年度|财年|財年|财政年度|財政年度|会计年度|会計年度|회계연도|회계년도|fiscal|financial\s+year|অর্থবছর|वित्त\s+वर्ष)"  # noqa: E501
_LABEL: Final = re.compile(
    rf"(?<![\d.,])(?P<fiscal>{_FISCAL_BEFORE})?(?<![\d.,])(?P<a>{_YEAR})\s?[-–—‐/⁄]\s?(?P<b>\d{{4}}|\d{{2}})(?![\d]|[-./]\d)",
    re.IGNORECASE,
)
"""Two years: "2022-23", "2022/2023", "2019–2024"."""
_FISCAL: Final = re.compile(
    rf"(?<![^\W_]){_FISCAL_BEFORE}['’]?(?P<a>{_YEAR}|\d{{2}})(?![\d]|[.,]\d)|(?<![\d.,])(?P<c>{_YEAR}){_FISCAL_AFTER}",
    re.IGNORECASE,
)
_FISCAL_SHORT: Final = re.compile(
    r"(?<![^\W_])(?:FY|AY)\s?(?P<a>\d{2})\s?[-–/]\s?(?P<b>\d{2})(?!\d)", re.IGNORECASE
)
_PLAIN_YEAR: Final = re.compile(
    rf"(?<![\d.,/:°§№#$€£¥])(?:(?<!\d\s)|(?<=[A-Za-z]\d\s)|(?<=[A-Za-z]\d\d\s))(?P<a>{_YEAR})(?![\d/%°$€£]|[.,:]\d)"
)
_PREFIXES: Final = frozenset("وبلفكבלומה")
"""Arabic and Hebrew one-letter words that can come right before a year without a space: "و2020"."""
_TURN_OF_CENTURY: Final = 60
"""Two-digit years below this are in the 2000s, the others in the 1900s."""
_SHORT_YEAR: Final = re.compile(r"(?<![\w.,])['’](?P<a>\d{2})(?!\d)")
_DECADE: Final = re.compile(
    r"(?<![\d.,])(?P<a>(?:1[5-9]|20)\d0)(?:['’]?s(?!\w)|-(?:х|е|ті|ми|их|і)(?!\w)|er(?!\w)|-talet|-tallet|-luvulla|年代|년대|lar(?!\w))"
)
_ISO_MONTH: Final = re.compile(rf"(?<![\d.,-])(?P<y>{_YEAR})-(?P<m>0[1-9]|1[0-2])(?![\d-])")
_MONTH_YEAR: Final = re.compile(rf"(?<![\d.,/])(?P<m>0?[1-9]|1[0-2])[./](?P<y>{_YEAR})(?![\d./])")
_YEAR_FIRST: Final = re.compile(
    rf"(?<![\d.,-])(?P<y>{_YEAR})(?P<s>[-./])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})(?!\d)"
)
_YEAR_LAST: Final = re.compile(
    rf"(?<![\d.,/])(?P<a>\d{{1,2}})(?P<s>[./-])(?P<b>\d{{1,2}})(?P=s)(?P<y>{_YEAR})(?!\d)"
)
_ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_SHORT_YEAR_END: Final = (
    r"年(?:\s?\d{1,2}月|度(?!目)|末|累計|通期|通年|実績|上期|下期|上半期|下半期|夏期|冬期|平均|調査|推計|春|夏|秋|冬|[はもが]|に(?!わたり|わたる|及|一|1|１|度)|の(?!間|歳|任|刑|歴|懲|経|差|節|時|月日|実|期|長))"
    r"|년(?:\s?\d{1,2}월|\s?[가-힣]*\s?(?:기준)|도?(?:에는|에|은|의)?\s(?!동안|만에|전|뒤|후|이상|이하|넘|가까|정도|내|안에|째|간))"
)
"""Text after two digits that makes them a year and not a length, in Japanese and Korean: "22年は",
"23년에".
"""
_SIGNED: Final = re.compile(
    rf"(?:(?<!\d)(?:(?P<y>\d{{4}})|(?<![\d.,'’約近過余全])(?P<short>\d{{2}})(?={_SHORT_YEAR_END})|(?P<era>{'|'.join(_ERAS)})\s?(?P<ey>\d{{1,3}}|元))\s?[年년])"
    r"(?:\s?(?P<m>\d{1,2})\s?[月월](?:\s?(?P<d>\d{1,2})\s?[日일号號])?)?"
    r"|(?<!\d)(?P<m2>\d{1,2})\s?(?:月(?!間)|월)(?:\s?(?P<d2>\d{1,2})\s?[日일号號])?"
)
_BARE_YEAR: Final = re.compile(r"\s?(?P<a>\d{4})(?!\d|[.,]\d)")
_MONTH_BEFORE: Final = re.compile(r"(?<![\d.,])(?P<m>\d{1,2})\s?[〜～~－–-]\s?$")
"""The first month of a range, before the last one: "4～6月"."""
_ORDINAL_END: Final = r"(?:st|nd|rd|th|er|º|ª|°|\.|-?(?:го|ого|е|й|ої))?"
_DAY_BEFORE: Final = re.compile(
    rf"(?<![\d.,])(?P<d>\d{{1,2}}){_ORDINAL_END}[\s\u00a0-]{{0,2}}(?:(?:of|de|del|di|do|tháng)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_OTHER_DAY_BEFORE: Final = re.compile(
    r"(?<![\d.,])(?P<d>\d{1,2})(?:st|nd|rd|th|\.|º)?\s?(?:[-–—/]|\sto\s|\sbis\s|\sal?\s|\sau\s|\sпо\s|\sдо\s)\s?$"
)
_DAY_AFTER: Final = re.compile(
    r"(?:\say[ıi]n[ıi]n)?\.?[\s\u00a0]{1,2}(?:the\s+)?(?P<d>\d{1,2})(?:e?(?:an|ko|tik|ra|raino)(?!\w)|-[iıuü](?:n[ıiuü]n|n[ədea])?(?!\w)|(?:st|nd|rd|th|\.)?"
    r"(?![.,'’\u00a0\u202f ]\d{3}(?!\d))(?=\s*(?:[,.](?!\d)|;|\)|$|\d{4})))",
    re.IGNORECASE,
)
_YEAR_AFTER: Final = re.compile(
    rf"[.,]?[\s\u00a0/]{{0,2}}(?:(?:dell'anno|del\s+año|do\s+ano|de\s+l'année|des\s+jahres|del?|di|do|of|van|av|din|של|im\s+jahr|của\s+năm|năm|tahun|من\s+عام|من|لعام|عام|سنة|του|της|на|სালის|সালের|সাল|sal|из|v\s+roce|roku|в|in|en)\s+)?"
    rf"(?:(?:lat|anul|ano|año)\s+)?['’]?(?P<y>{_YEAR})(?!\d|[.,]\d)",
    re.IGNORECASE,
)
_YEAR_BEFORE: Final = re.compile(
    rf"(?<!\d)(?P<y>{_YEAR})\.?\s?(?:['’]?[^\W\d]{{0,5}}\.?\s|-[^\W\d]{{1,8}}(?:\s[^\W\d]{{2,4}})?\s|(?:жыл\w{{0,4}}|m|g|gada|yılının|năm|in|of|সালের|साल|के|की|में|-ம்|יל)\.?\s|[年년]\s?)?$",
    re.IGNORECASE,
)
_MONTH_ENDINGS: Final = {
    "fi": r"(?:ssa|n|sta|lla|lle|hun|ta|t|ssakin|lta)?",
    "et": r"(?:s|ni|st|l|le|i)?",
    "hu": (
        r"(?:ban|ben|i|ig|tól|től|től|ra|re|nak|nek|án|én|jén|ában|ében|ja|je|e|a|tól|hoz|ától|étől)?"
    ),
    "tr": r"(?:['’]?(?:ta|te|da|de|tan|ten|dan|den|a|e|ın|in|un|ün|ayında|a\skadar|ı|i|u|ü))?",
    "hr": r"(?:a|u|om|em)?",
    "pl": r"(?:a|u|em)?",
    "cs": r"(?:a|u|e|em|i)?",
    "sk": r"(?:a|u|i)?",
    "ko": "",
    "sv": r"(?:s)?",
    "nl": r"(?:s)?",
    "de": r"(?:s)?",
    "ka": r"(?:ს|ში|ის)?",
    "ru": r"(?:ский|ская|ское|ские|ского|ской|ских|ским)?",
}
"""Endings of month names, by language, in addition to those that ``spellings_of_months`` returns.
"""
_ALSO_WORDS: Final = (
    "may",
    "march",
    "mar",
    "sec",
    "set",
    "mai",
    "ago",
    "dec",
    "mart",
    "mars",
    "out",
    "abr",
    "fev",
    "feb",
    "jan",
    "jun",
    "jul",
    "lut",
)
_MONTH_CUE: Final = re.compile(r"(?<!\w)(?:in|en|im|i|em|w|v|în)\s$", re.IGNORECASE)
"""Words that make a month of a following word which also has another meaning."""
_JOINING: Final = re.compile(
    r"\s?[-–—‒/]\s?|\s*(?:,|to|till|until|through|and|bis|zum|und|à|au|et|al|hasta|y|até|e|a|fino\sa|t/m|tot|en|till|och|do|i|až|по|до|и"
    r"|та|і|й|ile|ve|dan|hingga|sampai|đến|līdz|iki|kuni|έως|μέχρι|până\sîn|và|至|到|から|～|〜|と|和|및|부터|에서|إلى|و|حتى|और|से|থেকে|ও|تا|ja|és|til|og)\s*(?:(?:il|el|o)\s)?",
    re.IGNORECASE,
)
"""Text allowed between two times that form one range or are named together."""


@lru_cache(maxsize=8192)
def said_periods(words: str, language: str, *, apart: bool = False) -> tuple[SaidPeriod, ...]:
    """Return every time that a text names, in text order.

    Times that form one range are joined. With ``apart``, each is returned by itself.
    """
    text = plain(words)
    found: list[SaidPeriod] = []
    for candidates in (
        _dates_in_digits(text, language),
        _turned(text, language),
        _first_months(text, language),
        _signed(text, language),
        _labels(text),
        _with_month(text, language),
        _fiscal(text),
        _decades(text),
        _years(text, language),
        _years_elsewhere(text, language),
    ):
        for each in candidates:
            if all(each.end <= other.start or other.end <= each.start for other in found):
                found.append(each)
    found.sort(key=lambda each: each.start)
    return tuple(
        bound(text, each, language) for each in (found if apart else _joined(text, found, language))
    )


def _run(
    year: int | None, months: tuple[int, int] = (1, 12), days: tuple[int, int] | None = None
) -> Reading:
    first, last = days or (1, _MONTH_END[months[1] - 1])
    return (year, months[0], first), (year, months[1], last)


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _MONTH_END[month - 1]


def _dates_in_digits(text: str, language: str) -> Iterator[SaidPeriod]:
    for match in _YEAR_FIRST.finditer(text):
        if _is_day(month := int(match["m"]), day := int(match["d"])):
            yield SaidPeriod(
                match.start(), match.end(), (_run(int(match["y"]), (month, month), (day, day)),)
            )
    for match in _YEAR_LAST.finditer(text):
        order = digit_order(language, dotted=match["s"] == ".")
        pairs = [(int(match["b"]), int(match["a"]))] if order != "md" else []
        pairs += [(int(match["a"]), int(match["b"]))] if order != "dm" else []
        readings = [
            _run(int(match["y"]), (month, month), (day, day))
            for month, day in pairs
            if _is_day(month, day)
        ]
        yield SaidPeriod(match.start(), match.end(), tuple(readings) or (_run(int(match["y"])),))
    for match in _ISO_MONTH.finditer(text):
        month, year = int(match["m"]), int(match["y"])
        readings = [_run(year, (month, month))]
        if month > year % 100:  # "2010-12" may be three years
            readings.append(((year, 1, 1), (year - year % 100 + month, 12, 31)))
        yield SaidPeriod(match.start(), match.end(), tuple(readings))
    for match in _MONTH_YEAR.finditer(text):
        month = int(match["m"])
        yield SaidPeriod(match.start(), match.end(), (_run(int(match["y"]), (month, month)),))


def _signed(text: str, language: str) -> Iterator[SaidPeriod]:
    """Yield years, months and days with Chinese, Japanese or Korean signs."""
    for match in _SIGNED.finditer(text):
        if re.match(r"度|\s?회계", text[match.end() :]) or (
            match["y"] and not 1500 <= int(match["y"]) < 2200
        ):
            continue
        year = int(match["y"]) if match["y"] else None
        if match["short"]:
            if language.partition("-")[0] not in ("ja", "ko"):
                continue
            year = int(match["short"]) + (2000 if int(match["short"]) < _TURN_OF_CENTURY else 1900)
        if match["era"]:
            year = _ERAS[match["era"]] + (1 if match["ey"] == "元" else int(match["ey"]))
        month, day = int(match["m"] or match["m2"] or 0), int(match["d"] or match["d2"] or 0)
        if month > 12 or (day and not _is_day(month, day)) or (not month and year is None):
            continue
        first, start = month, match.start()
        if (
            month
            and not day
            and match["m2"]
            and (begun := _MONTH_BEFORE.search(text, max(0, start - 6), start))
        ):
            first, start = (
                (int(begun["m"]), begun.start()) if 0 < int(begun["m"]) < month else (first, start)
            )
        reading = _run(year, (first, month) if month else (1, 12), (day, day) if day else None)
        yield SaidPeriod(start, match.end(), (reading,), is_run=first < month)


def _labels(text: str) -> Iterator[SaidPeriod]:
    """Yield two years written as one: a fiscal year, a season or a range of years."""
    for match in _LABEL.finditer(text):
        first, digits = int(match["a"]), match["b"]
        last = int(digits) if len(digits) == 4 else first - first % 100 + int(digits)
        last += 100 if last < first and first % 100 == 99 else 0
        if last <= first or last - first > 200:
            continue
        readings: list[Reading] = [((first, 1, 1), (last, 12, 31))]
        ends = (_run(first), _run(last)) if len(digits) == 4 and not match["fiscal"] else None
        if len(digits) == 2 and 1 <= int(digits) <= 12 and "-" in match.group():
            readings.append(_run(first, (int(digits), int(digits))))
        yield SaidPeriod(match.start(), match.end(), tuple(readings), ends=ends)
    for match in _FISCAL_SHORT.finditer(text):
        first, last = 2000 + int(match["a"]), 2000 + int(match["b"])
        if last == first + 1:
            yield SaidPeriod(match.start(), match.end(), (((first, 1, 1), (last, 12, 31)),))


def _fiscal(text: str) -> Iterator[SaidPeriod]:
    """Yield fiscal years named by one year. Each may begin or end in that year."""
    for match in _FISCAL.finditer(text):
        digits = match["a"] or match["c"]
        year = int(digits) if len(digits) == 4 else 2000 + int(digits)
        readings = ((year - 1, 1, 1), (year, 12, 31)), ((year, 4, 1), (year + 1, 3, 31))
        yield SaidPeriod(match.start(), match.end(), readings)


def _decades(text: str) -> Iterator[SaidPeriod]:
    for match in _DECADE.finditer(text):
        first = int(match["a"])
        yield SaidPeriod(
            match.start(),
            match.end(),
            (((first, 1, 1), (first + (99 if first % 100 == 0 else 9), 12, 31)),),
        )


def _turned(text: str, language: str) -> Iterator[SaidPeriod]:
    """Yield quarters and half-years."""
    for start, end, kind, number in turns(text, language):
        length = 3 if kind == "quarter" else 6
        months = (length * (number - 1) + 1, length * number)
        year, start, end = _year_beside(text, language, start, end)  # noqa: PLW2901
        unsure = year is None and may_be_of_a_match(text, start, end)
        yield SaidPeriod(start, end, (_run(year, months),), may_be_of_a_match=unsure)


def _first_months(text: str, language: str) -> Iterator[SaidPeriod]:
    """Yield the first months of a year.

    Examples: "the first nine months of 2024", "за девять месяцев 2024 года".
    """
    numbers = (
        (each.start, each.end, int(each.value))
        for each in numerals(text, language)
        if each.value == int(each.value)
    )
    for start, end, count, needs_year in first_months(text, language, numbers):
        year, begin, stop = _year_beside(text, language, start, end)
        if year is None and needs_year:
            continue
        yield SaidPeriod(begin, stop, (_run(year, (1, count)),), is_run=True)


def _year_beside(text: str, language: str, start: int, end: int) -> tuple[int | None, int, int]:
    """Return the year right after a phrase, or else right before it, and the start and end of both.

    The year is None if there is no such year.
    """
    if after := _YEAR_AFTER.match(text, end):
        return int(after["y"]), start, after.end()
    if before := _YEAR_BEFORE.search(text, max(0, start - 24), start):
        return int(before["y"]), before.start(), end
    for first, last, added, touched, pattern in _calendars(language.partition("-")[0]):
        behind = pattern.match(text, end) or _BARE_YEAR.match(text, end)
        if touched == 1 and behind is not None and first <= (year := int(behind["a"])) <= last:
            return year + added, start, behind.end()
    return None, start, end


def _with_month(text: str, language: str) -> Iterator[SaidPeriod]:
    names, short = spellings_of_months(language), language.partition("-")[0]
    for match in _months(language).finditer(text):
        name = match["name"]
        alone = name in _ALSO_WORDS or (len(name) < 3 and name.isascii())
        month = names[re.sub(r"\s+", " ", name.casefold())]
        start, end, days = match.start(), match.end(), None
        if short in ("ja", "zh", "ko"):
            continue
        if before := _DAY_BEFORE.search(text, max(0, start - 16), start):
            day = int(before["d"])
            if _is_day(month, day):
                start, days = before.start(), (day, day)
                if (
                    (other := _OTHER_DAY_BEFORE.search(text, max(0, start - 12), start))
                    and int(other["d"]) < day
                    and int(other["d"])
                ):
                    start, days = other.start(), (int(other["d"]), day)
        elif after := _DAY_AFTER.match(text, end):
            day = int(after["d"])
            if _is_day(month, day):
                end, days = after.end(), (day, day)
        year, start, end = _year_beside(text, language, start, end)
        if (
            alone
            and days is None
            and year is None
            and not _MONTH_CUE.search(text, max(0, match.start() - 6), match.start())
        ):
            continue
        yield SaidPeriod(start, end, (_run(year, (month, month), days),))


@cache
def _months(language: str) -> re.Pattern[str]:
    known = sorted(spellings_of_months(language), key=lambda name: (-len(name), name))
    names = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in known)
    ending = _MONTH_ENDINGS.get(language.partition("-")[0], "")
    before = "" if known and is_unspaced(known[0][0]) else r"(?<!\w)"
    return re.compile(rf"{before}(?P<name>{names}){ending}(?!\w)", re.IGNORECASE)


def _years(text: str, language: str) -> Iterator[SaidPeriod]:
    """Yield years that are alone.

    Four digits that are part of another number, or have a magnitude or a sign, are not years.
    """
    read = {each.start: each for each in numerals(text, language)}
    for match in _PLAIN_YEAR.finditer(text):
        number = read.get(match.start())
        # in an unlisted language, "2023 mil" may be a year followed by a number
        scaled = number is not None and number.factor != 1
        if number is not None and not (scaled and not vocabulary(language).sets):
            if scaled or number.mark not in ("", "th", "name"):
                continue
            if number.end > match.end() + 1 and number.mark != "th":
                continue
        before = text[max(0, match.start() - 1) : match.start()]
        prefix = (
            before in _PREFIXES
            and not text[max(0, match.start() - 2) : match.start() - 1].isalpha()
        )
        if before.isalpha() and not is_unspaced(before) and not prefix:
            continue
        year = int(match["a"])
        yield SaidPeriod(match.start(), match.end(), (_run(year),))
    for match in _SHORT_YEAR.finditer(text):
        year = int(match["a"])
        yield SaidPeriod(
            match.start(), match.end(), (_run(year + (2000 if year < _TURN_OF_CENTURY else 1900)),)
        )


def _years_elsewhere(text: str, language: str) -> Iterator[SaidPeriod]:
    """Yield years of other calendars: 2566 of the Buddhist calendar is 2023.

    A year that overlaps two of our years is read as the run of both.
    """
    for first, last, added, touched, pattern in _calendars(language.partition("-")[0]):
        for match in pattern.finditer(text):
            if first <= (year := int(match["a"])) <= last:
                begun = year + added
                yield SaidPeriod(
                    match.start("a"), match.end(), (((begun, 1, 1), (begun + touched - 1, 12, 31)),)
                )


@cache
def _calendars(language: str) -> tuple[tuple[int, int, int, int, re.Pattern[str]], ...]:
    """Return the other calendars of a language.

    Each is: the first and last year to read, the number to add for our year, how many of our years
    one year touches, and a pattern that finds a year.
    """
    rows = (
        line.split("\t")
        for line in _CALENDARS.read_text(encoding="utf-8").splitlines()
        if line.startswith(f"{language}\t")
    )
    return tuple(
        (
            int(first),
            int(last),
            int(added),
            int(touched),
            re.compile(
                rf"\s?(?:{'|'.join(map(re.escape, words.split()))})\s?(?P<a>\d{{4}})(?!\d|[.,]\d)"
            ),
        )
        for _, first, last, added, touched, words in rows
    )


_RUNS_BY_ENDINGS: Final = frozenset(
    ["az", "et", "eu", "fi", "hu", "ka", "kk", "lt", "lv", "tr", "uz"]
)
"""Languages in which the endings of two months alone make a range: Turkish "ocaktan eylüle kadar".
"""


def _joined(text: str, found: list[SaidPeriod], language: str) -> list[SaidPeriod]:
    """Return the times with each range joined: "from March to May 2025", "in 2023 and 2024"."""
    joins_ends, joined = vocabulary(language).joins_ends, list[SaidPeriod]()
    for each in found:
        last = joined[-1] if joined else None
        gap = text[last.end : each.start] if last else ""
        by_endings = (
            language.partition("-")[0] in _RUNS_BY_ENDINGS
            and not gap.strip()
            and not (last and last.has_year)
        )
        if (
            last
            and len(gap) <= 16
            and (
                by_endings
                or _JOINING.fullmatch(gap)
                or AND.fullmatch(gap)
                or joins_ends.fullmatch(gap)
            )
        ):
            joined[-1] = _together(last, each)
        else:
            joined.append(each)
    return joined


def _together(a: SaidPeriod, b: SaidPeriod) -> SaidPeriod:
    """Join two times, from the first day of one to the last day of the other.

    A month without a year takes the year of the other.
    """
    (a_first, a_last), (b_first, b_last) = a.readings[0], b.readings[-1]
    a_year, b_year = a_first[0], b_last[0]
    a_last = (b_year if a_last[0] is None and a_year is None else a_last[0] or a_year, *a_last[1:])
    a_first = (b_year if a_year is None else a_year, *a_first[1:])
    if b_year is None:
        b_first, b_last = (a_first[0], *b_first[1:]), (a_first[0], *b_last[1:])
    if a_first[0] is not None and b_last[0] is not None and a_first > b_last:
        if a_year is None:  # "from November to February 2024"
            a_first, a_last = _part(a_first, -12), _part(a_last, -12)
        elif b_year is None:  # "from November 2023 to February"
            b_first, b_last = _part(b_first, 12), _part(b_last, 12)
        elif b_first <= a_last:
            (a_first, a_last), (b_first, b_last) = (b_first, b_last), (a_first, a_last)
    ends = (a_first, a_last), (b_first, b_last)
    return replace(a, end=b.end, readings=((a_first, b_last),), is_run=True, ends=ends)


_BETWEEN_CUE: Final = re.compile(
    r"[\s\"'“„«(]*(?:(?:the\s)?(?:year|years|jahr|jahre|l'année|année|año|anno|ano|rok|roku|год|рік|року|tahun|năm|عام|سنة|年)\s?)?"
    r"(?:(?:in|on|im|am|dem|der|en|em|el|le|la|il|nel|les|los|den|den|the|no|na|w|v|ve|în|roce|vuonna|в|во|у|um|à|au|about|early|late|mid|at|ending|"
    r"end\sof|the\send\sof|ende|anfang|fin|finales\sde|fin\sde|início\sde|конца|начала|кінця|початку|i)[\s\-]+){0,3}"
    r"(?:\w{1,9}day,?\s+|(?:year|years|jahr|jahre|l'année|année|año|anno|ano|rok|roku|год|рік|року|tahun|năm|عام|سنة)\s)?['’]?"
)
"""Text allowed between a word such as "since" and the time."""


_THAT: Final = frozenset(["che", "que", "que en", "qu'en", "que em"])
"""Words for "than" that also mean "that"."""
_FROM: Final = frozenset(["από", "από το", "από τα", "от", "од", "od", "من", "از"])
"""Words for "since" that mean "than" after a comparative."""
_MORE: Final = re.compile(
    r"(?<!\w)(?:más|menos|mayor\w*|mejor\w*|peor\w*|doble|triple|mitad|igual|mism[oa]s?|plus|moins|mieux|autant|mêmes?|supérieure?s?|double|mais|maior\w*"
    r"|melhor\w*|pior\w*|dobro|triplo|mesm[oa]s?|più|meno|maggior\w*|minor\w*|meglio|peggio|mehr|weniger|\w{3,}er(?:e[nrms]?)?|(?:περισσότερ|λιγότερ|μεγαλύτερ|μικρότερ|υψηλότερ|χαμηλότερ)\w*"
    r"|повече|по-\w+|више|мање|већ[иае]\w*|više|manje|već[iae]\w*|أكثر|أقل|أعلى|أكبر|أصغر|بیشتر|کمتر)(?:\s\w+){0,3}\s$"
)
"""Comparatives before words for "than" that also have other meanings: Italian "che", German "als",
Greek "από".
"""
_SAME: Final = re.compile(
    r"(?:same|corresponding|equivalent|comparable|like|gleiche\w*|selbe\w*|entsprechende\w*|vergleichbare\w*|mêmes?|correspondante?|mism[oa]s?|igual"
    r"|stess[oaei]|medesim[oa]|analog[oh]\w*|corrispondente|mesm[oa]s?|homólog[oa]|correspondente|mateix\w*|sam(?:ym|ej|ego|e|a|ą)|analogiczn\w+|(?:dez|het|z)?elfde"
    r"|overeenkomstige|samma|motsvarande|samme|tilsvarende|stejn\w+|rovnak\w+|obdobn\w+|ist[aeiou]\w{0,2}|ace(?:lași|eași|leași|eleași)|similar\w*"
    r"|corespunzătoare|(?:тот|том|тому|того|той|те|ту|то|тех)(?:\s+же|\s+ж|\s+сам\w+)|аналогичн\w+|аналогічн\w+|відповідн\w+|соответствующ\w+|съ[щш]\w+|ist\w+"
    r"|исти?\w*|ίδι\w+|αντίστοιχ\w+|cùng|tą\s+pa\w+|tuo\s+pa\w+|(?:tāda|tai|tā)\w*\s+paš\w+|نفس|ذات|الفترة)(?!\w)"
)
"""Words for "the same". After a word that compares, they mark the other side of a comparison: "than
in the same month of 2023".
"""
_COMPARING: Final = re.compile(
    r"(?<!\w)(?:compar[ei]\w+|in\s+comparison|verglichen|im\s+vergleich|gegenüber|par\s+rapport|en\s+comparaison|en\s+(?:la\s+)?comparación|comparad[oa]s?|comparativamente|comparándol[oa]s?"
    r"|(?:con|en)\s+relación|con\s+respecto|en\s+contraste|al\s+compara\w+|frente\s+al?|n[ao]\s+compara(?:ção|tivo)|em\s+compara(?:ção|tivo)|quando\s+comparad\w+"
    r"|relativamente|em\s+confronto|ante\s+o|per\s+confronto|nel\s+confronto|(?:a|al)\s+confronto|in\s+rapporto|in\s+paragone|in\s+relazione|comparativement|en\s+regard|face|au\s+regard"
    r"|relativement|vis-à-vis|par\s+comparaison|à\s+comparer|in\s+relation|im\s+verhältnis|im\s+gegensatz|relativ\s+zu|gemessen|w\s+zestawieniu|względem|w\s+odniesieniu|w\s+relacji"
    r"|wobec|относительно|в\s+сопоставлении|в\s+сравнении|сравнительно|сравнивая|против|у\s+порівнянні|відносно|у\s+зіставленні|порівнюючи|проти|супроти|щодо|compared"
    r"|relative\s+to|as\s+against|versus"
    r"|respecto|frente\s+a|rispetto|in\s+confronto|a\s+fronte|em\s+comparação|em\s+relação|face\s+a|ten\s+opzichte|vergeleken|jämfört|sammenlignet"
    r"|sammenliknet|i\s+forhold\s+til|w\s+porównaniu|w\s+stosunku|ve\s+srovnání|v\s+porovn\w+|oproti|fa[țţ]ă\s+de|comparativ|по\s+сравнению"
    r"|порівняно|порівнянні|в\s+сравнение|спрямо|у\s+односу|u\s+odnosu|u\s+usporedbi|v\s+primerjavi|σε\s+σύγκριση|συγκριτικά|έναντι|võrreldes"
    r"|palyginti|lyginant|salīdzin\w+|verrattuna|so\s+với|dibanding\w*|berbanding|مقارنة|مقابل|en\s+comparació|ikilinganishwa\s+na|kulinganisha\s+na|nisbətən|müqayisədə|në\s+krahasim\s+me|o'i\s+gymharu\s+â)(?!\w)(?P<gap>(?:[^\w,;:()]*[^\W\d]+){0,4}[^\w,;:()]*)$"
)
"""Words that always compare, and the few words allowed between them and the other side of the
comparison.
"""
_COMPARED_SHARE: Final = re.compile(
    r"(?:%|per\scento|por\sciento|por\scento|prozent|pour\scent|pourcent)\s(?:sobre|sur|sul|sull['’]|gegen)\s?(?:(?:el|o|l['’]|l)\s?)?"
    r"(?:(?:año|ano|anno|année|an)\s)?$"
)
"""A percentage with a word that compares it with the time after it: Portuguese "5,1% sobre 2015".
"""
_SET_AGAINST: Final = re.compile(r"['’]?[^\W\d_]{0,4}[\s年년]{0,2}")
"""Text allowed between a time and a word after it that compares: Turkish "2019'a göre"."""
_MAY_BEGIN: Final = re.compile(r"より(?![多少高低大小上下増減\d０-９])")
"""The Japanese word for "than" where it may mean "from"."""
_BEHIND: Final = re.compile(r"[^\d,;:()、，；：（）]{0,24}")
_SAME_BEHIND: Final = re.compile(r"同|같은|동기|aynı|sama|azonos|इसी|समान|उसी|একই")


_POSTPOSED: Final = frozenset(["bn", "fi", "hi", "hu", "ja", "ko", "tr"])
"""Languages in which the word that compares comes after the other side of the comparison."""


def bound(text: str, each: SaidPeriod, language: str) -> SaidPeriod:
    """Return the time, marked as a beginning, an end or the other side of a comparison.

    The words right before it decide, and in some languages the words right after it.
    """
    words, low = hedging_words(language), lowered(text)
    begin = max(0, each.start - 60)
    pattern = words.times.pattern
    keys = frozenset[str]()
    for match in pattern.finditer(low, begin, each.start) if pattern else ():
        has_more = _MORE.search(low, begin, match.start()) is not None
        if match.group() in _THAT and not has_more:
            continue  # Italian "he said that"
        if _BETWEEN_CUE.fullmatch(low, match.end(), each.start):
            keys = words.times.of(match)
            keys = frozenset(["than"]) if match.group() in _FROM and has_more else keys
            if (
                keys == {"than"}
                and match.group() in words.points.keys
                and each.readings
                and each.readings[0][0] == each.readings[0][1]
            ):
                return each  # German "zum 1. Januar 2024" is a day, "zum Vorjahr" compares
            break
        gap = low[match.end() : each.start]
        is_while = (
            not has_more
            and words.clause.pattern is not None
            and words.clause.pattern.search(match.group()) is not None
        )
        if (
            words.times.of(match) == {"than"}
            and not is_while
            and not re.search(r"[\d,;:()]", gap)
            and _SAME.search(gap)
        ):
            return replace(each, is_compared=True)
    if _is_compared_with(low, each, words, language.partition("-")[0]):
        return replace(each, is_compared=True)
    after = words.times_after.pattern
    if (
        not keys
        and after
        and (
            found := re.compile(
                rf"[\s:'’-]{{0,2}}(?:年|년|{_word_after(language)})?\s?({after.pattern})"
            ).match(low, each.end)
        )
    ):
        keys = words.times_after.keys.get(re.sub(r"\s+", " ", found.group(1)), frozenset())
    if each.is_run and keys & {"since", "until"}:
        return each  # "from 2019 to 2024" already has both ends
    stems = tuple(vocabulary(language).sets.get("change", ()))
    changes = bool(stems) and any(
        word.startswith(stems)
        for word in re.findall(r"[^\W\d_]+", low[max(0, each.start - 80) : each.start])
    )
    bound: Bound = (
        "either"
        if {"since", "than"} <= keys and changes
        else "since"
        if "since" in keys
        else "until"
        if "until" in keys
        else ""
    )
    is_of = {"since", "than"} <= keys
    return replace(
        each, bound=bound, is_of=is_of, is_compared=keys in ({"than"}, {"than", "until"})
    )


def _is_compared_with(low: str, each: SaidPeriod, words: HedgingWords, short: str) -> bool:
    """Return whether words that need not be next to a time make it the other side of a comparison.

    Examples: "compared with the first days of", "の同期と比べ".
    """
    if _COMPARED_SHARE.search(low, max(0, each.start - _LEAD_REACH), each.start):
        return True
    if (before := _COMPARING.search(low, max(0, each.start - 60), each.start)) is not None:
        return (
            words.relative.pattern is None or words.relative.pattern.search(before["gap"]) is None
        )
    behind, than = _BEHIND.match(low, each.end), words.compared.pattern
    if than is None or behind is None:
        return False
    against = next(
        (
            one
            for one in than.finditer(low, each.end, behind.end())
            if _SET_AGAINST.fullmatch(low, each.end, one.start())
        ),
        None,
    )
    if against and short in _POSTPOSED and not _MAY_BEGIN.match(low, against.start()):
        return True
    match = than.search(low, each.end, behind.end())
    return match is not None and _SAME_BEHIND.search(low, each.end, match.start()) is not None


def _word_after(language: str) -> str:
    """Return a pattern for the word "year" between a year and its bound: Russian "2019 года"."""
    known = vocabulary(language).sets.get("after", frozenset())
    return "|".join(map(re.escape, sorted(known, key=len, reverse=True))) or "(?!)"


# Relative times: "a year earlier", "im Vorjahr", "a decade ago", "last year", "today"

_LENGTHS: Final = LISTS / "lengths.tsv"
_DAYS_OF: Final = (1.0, 7.0, 30.44, 365.25)
"""The length in days of a day, a week, a month and a year."""
_HALF_A_YEAR: Final = (150, 215)
_MONTHS: Final = {"year-1": -12, "year+1": 12, "year-10": -120, "month-1": -1, "month+1": 1}
_OF: Final = re.compile(r"\d\s[^\W\d_]+\s(?:di|de|do|da|of|van|von)\s$")
"""A number, its noun and a word that means both "of" and "than": Italian "le 64 linci di un anno
prima".
"""
_LEADS_TO_YEAR: Final = re.compile(r",?\s(?:(?:of|the|des|del|dell'|de|do|di|von|van)\s?){0,2}|の?")
"""Text allowed between a month and the words for its year: "May last year", "im Mai des Vorjahres".
"""
_SIGN: Final = re.compile(r"(?:の?同[期月日]|の?同?時期|同期)?比")
"""Signs after a Chinese or Japanese time that make it the other side of a comparison."""


def relative_times(words: str, language: str, named: Sequence[SaidPeriod]) -> list[SaidPeriod]:
    """Return the times given by their length or by their distance from a ``named`` time.

    If the distance is unknown, the time is any other than the one that it is relative to.
    """
    text, found = plain(words), hedging_words(language)
    pattern = found.relative.pattern
    if pattern is None:
        return []
    found_numbers = numerals(words, language)
    low, counted = lowered(text), {each.end: each.start for each in found_numbers}
    valued = {each.start: each.value for each in found_numbers}
    times: list[SaidPeriod] = []
    places = [(*match.span(), min(found.relative.of(match))) for match in pattern.finditer(low)]
    for at, end, key in (*places, *_behind_a_word(low, language, counted)):
        # the number is part of "five years earlier"
        start = (
            next((counted[at - back] for back in (0, 1) if at - back in counted), at)
            if key == "earlier"
            else at
        )
        if any(
            start < each.end and each.start < end for each in (*named, *times)
        ) or _is_set_against(low, language, end):
            continue
        if key == NO_SPAN:
            continue
        if key in LENGTHS:
            times.append(
                SaidPeriod(
                    start,
                    end,
                    (),
                    is_relative=True,
                    days=LENGTHS[key],
                    may_be_duration=key.startswith("within"),
                )
            )
            continue
        readings, other = _readings(key, _anchor(start, named))
        if (
            key == "earlier"
            and start != at
            and (exact := _years_apart(low[start:end], valued[start], other))
        ):
            readings, other = exact, ()
        other = tuple(map(_whole_year, other)) if key == "lastyear" else other
        each = bound(
            text, SaidPeriod(start, end, readings, is_relative=True, other_than=other), language
        )
        has_own = (
            low.startswith("'s", end)
            or low.endswith("'s", start, end)
            or heads_own_number(low, end)
        )
        if (
            not each.is_compared or _OF.search(low, 0, start) or has_own
        ):  # "against last year's 310", "than last year (310)"
            times.append(replace(each, is_compared=False))
    return times


def told_lengths(words: str, language: str, named: Sequence[SaidPeriod]) -> list[SaidPeriod]:
    """Return the times given as a number of units alone: "in six months", "half a year".

    Those that overlap a ``named`` time are left out.
    """
    short = language.partition("-")[0]
    if short in _LENGTHS_UNSPACED:
        return list(_unspaced_lengths(plain(words), short, named))
    found = _length_words(short)
    if found is None:
        return []
    text, (lead, units, half) = plain(words), found
    low = lowered(text)
    spans = (
        [(match.start(), match.end(), _HALF_A_YEAR) for match in half.finditer(low)] if half else []
    )
    for number in numerals(words, language) if lead else ():
        before = (
            lead.search(low, max(0, number.start - _LEAD_REACH), number.start) if lead else None
        )
        behind = units.match(low, number.end) if units and before else None
        if (
            before
            and behind
            and behind.lastindex
            and number.value == int(number.value)
            and 0 < number.value <= _MOST_UNITS
        ):
            size, count = _DAYS_OF[behind.lastindex - 1], int(number.value)
            spare = 0 if size == 1 else size / 2
            spans.append(
                (
                    before.start(),
                    behind.end(),
                    (round(count * size - spare), round(count * size + spare)),
                )
            )
    spans = [
        span
        for span in spans
        if all(span[1] <= each.start or each.end <= span[0] for each in named)
    ]
    return [
        SaidPeriod(start, end, (), is_relative=True, days=days, may_be_duration=True)
        for start, end, days in spans
    ]


_LENGTHS_UNSPACED: Final = {
    "ja": (
        r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,2})"
        r"(?:(?P<y>年間?)|(?P<m>[かカヶケ箇個]月間?)|(?P<w>週間)|(?P<d>日間))(?:で|に(?:わたり|わたって))|(?P<h>半年)(?:間?で|間に)"
    ),
    "zh": (
        r"(?:在|过去|過去|近|最近|短短)(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,2})"
        r"(?:(?P<y>年)|(?P<m>个月|個月)|(?P<w>周|週|星期)|(?P<d>天))(?:内|內|里|裡|间|間|中|时间)?|(?P<h>半年(?:内|內|里|来|來|间|間|时间)?)"
    ),
    "ko": (
        r"(?P<n>\d{1,3})(?:(?P<y>년)|(?P<m>개월|달)|(?P<w>주)|(?P<d>일))\s?(?:동안|간|만에)|(?P<h>반년)\s?(?:동안|간|만에)?"
    ),
}
"""Patterns for numbers of years, months, weeks or days, and half a year, with the words that make
them lengths.
"""
_CHINESE: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九十")} | {"两": 2}


def _unspaced_lengths(text: str, short: str, named: Sequence[SaidPeriod]) -> Iterator[SaidPeriod]:
    """Yield lengths in Japanese, Chinese and Korean: "6か月間で", "半年内", "6개월 동안"."""
    for match in re.finditer(_LENGTHS_UNSPACED[short], text):
        if any(match.start() < each.end and each.start < match.end() for each in named):
            continue
        days, digits = _HALF_A_YEAR, match["n"]
        if digits:
            count = int(digits) if digits.isdecimal() else _CHINESE.get(digits)
            if not count:
                continue
            size = next(size for key, size in zip("dwmy", _DAYS_OF, strict=True) if match[key])
            spare = 0 if size == 1 else size / 2
            days = (round(count * size - spare), round(count * size + spare))
        yield SaidPeriod(
            match.start(), match.end(), (), is_relative=True, days=days, may_be_duration=True
        )


_UNREAD_YEAR: Final = re.compile(
    r"(?<![\d.,'’約近過余全第数])\d{2}年(?=[\u4e00-\u9fff])(?!間|前|後|連|以|未|目|生|来|超|債|物|国債|契約|保|定|余|弱|強|経|程|近|半|時|来|単|代|度|も|末|春|夏|秋|冬|\d)"
)


def unread_times(words: str, language: str, named: Sequence[SaidPeriod]) -> list[SaidPeriod]:
    """Return Japanese times with two digits that may be a year or a length.

    "15年期" may mean 2015 or fifteen years.
    """
    if language.partition("-")[0] != "ja":
        return []
    found = [match.span() for match in _UNREAD_YEAR.finditer(plain(words))]
    return [
        SaidPeriod(start, end, (), is_relative=True, is_unread=True)
        for start, end in found
        if all(end <= each.start or each.end <= start for each in named)
    ]


_LAST: Final = r"(?:derni[eè]re?s?|past|last|consecutive|últim[oa]s|letzten|ultim[ie]|последних|последние|останніх|останні|ostatnich|laatste)\s"  # noqa: E501
_LEAD_REACH: Final = 30
_MOST_UNITS: Final = 1000


@cache
def _length_words(
    language: str,
) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None] | None:
    """Return the patterns of a language for lengths: words before the number, units, half a year.

    The units are in groups: days, weeks, months, years. The result is None if the language is not
    listed.
    """
    for line in _LENGTHS.read_text(encoding="utf-8").splitlines():
        short, *cells = line.split("\t")
        if short != language:
            continue
        leads, kinds, halves = ([word for word in cell.split(" ") if word != "-"] for cell in cells)
        lead = re.compile(rf"(?<!\w)(?:{_alternatives(leads)})\s$") if leads else None
        units = "|".join(f"({_alternatives(kind.split('|'))})" for kind in kinds)
        return (
            lead,
            re.compile(rf"[\s-](?:{_LAST})?(?:{units})(?!\w)") if kinds else None,
            re.compile(rf"(?<!\w)(?:{_alternatives(halves)})(?!\w)") if halves else None,
        )
    return None


def _alternatives(words: Sequence[str]) -> str:
    forms = [lowered(form) for word in words for form in spellings(word)]
    made = [
        re.escape(form.rstrip("*").replace("_", " ")).replace(r"\ ", r"\s+")
        + (r"[^\W\d_]{0,6}" if form.endswith("*") else "")
        for form in forms
    ]
    return "|".join(sorted(made, key=lambda each: (-len(each), each)))


_YEARS_LATER: Final = re.compile(
    r"(?<!\w)(?:years?|jahre?|ans|années?|años?|anos?|anni|jaar|år|год|года|лет|роки|років|рік|lat|lata|roky|let|rokov)(?!\w)"
    r"(?!.*(?<!\w)(?:ago|fa|назад|тому|temu|sitten|sedan|geleden|siden)(?!\w))"
)
"""Words that make a number of years a distance from an earlier time: "seven years later", but not
"seven years ago".
"""


def _years_apart(phrase: str, count: Decimal, other: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return the years that are ``count`` years before and after another year.

    The result is empty if the phrase is not in years or the other time is not a single year.
    """
    if len(other) != 1 or count != int(count) or not _YEARS_LATER.search(phrase):
        return ()
    first, last = other[0]
    if first[0] is None or first[0] != last[0]:
        return ()
    years = [first[0] + step * int(count) for step in (-1, 1)]
    return tuple(((year, 1, 1), (year, 12, 31)) for year in years if 0 < year < 9999)


def with_their_months(
    text: str, named: Sequence[SaidPeriod], relative: Sequence[SaidPeriod]
) -> list[SaidPeriod]:
    """Return all times in text order, with a month or quarter joined to the relative year after it.

    Examples of such years: "last year", "the year before".
    """
    times = sorted([*named, *relative], key=lambda each: each.start)
    joined: list[SaidPeriod] = []
    for each in times:
        month = joined[-1] if joined else None
        if (
            month is None
            or not each.is_relative
            or month.has_year
            or each.days
            or not _LEADS_TO_YEAR.fullmatch(text, month.end, each.start)
        ):
            joined.append(each)
            continue
        years = {reading[0][0] for reading in each.readings}
        runs = [
            _in_year(reading, year)
            for reading in month.readings
            for year in years
            if year is not None
        ]
        joined[-1] = replace(each, start=month.start, readings=tuple(runs))
    return joined


def _in_year(reading: Reading, year: int) -> Reading:
    return (year, *reading[0][1:]), (year, *reading[1][1:])


def _behind_a_word(
    low: str, language: str, counted: Mapping[int, int]
) -> Iterator[tuple[int, int, str]]:
    """Yield times given as a word, a number and a unit.

    Examples: French "il y a dix ans", German "vor zehn Jahren".
    """
    lead, unit = hedging_words(language).ago.pattern, hedging_words(language).spans.pattern
    if lead is None or unit is None:
        return
    leads = {match.end(): match.start() for match in lead.finditer(low)}
    for end, start in counted.items():
        behind = unit.match(low, end + 1)
        if start - 1 in leads and behind is not None:
            yield leads[start - 1], behind.end(), "earlier"


def _anchor(start: int, named: Sequence[SaidPeriod]) -> SaidPeriod | None:
    """Return the time that another is relative to: the last before it, or else the first of all."""
    before = [each for each in named if each.end <= start]
    while before and not before[-1].has_year and any(each.has_year for each in before):
        before.pop()  # "in May 2024 310, in May of the year before 290"
    return before[-1] if before else named[0] if named else None


def _is_set_against(low: str, language: str, end: int) -> bool:
    """Return whether a word right after a time makes it the other side of a comparison.

    Examples: Turkish "önceki yıla göre", Japanese "前年より".
    """
    pattern = hedging_words(language).compared.pattern
    after = re.compile(r"\s?").match(low, end)
    if pattern is None or after is None or _SIGN.match(low, end):
        return _SIGN.match(low, end) is not None
    unspaced = low[end - 1 : end] and is_unspaced(low[end - 1])
    return (bool(unspaced) or language.partition("-")[0] in ("hi", "tr", "fi", "hu", "bn")) and any(
        pattern.match(low, at) for at in {end, after.end()}
    )


def _readings(
    key: str, anchor: SaidPeriod | None
) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
    """Return the days that a time may mean, and, if they are unknown, those that it does not
    mean.
    """
    if anchor is None:
        return (), ()
    step = _MONTHS.get(key)
    known = (
        step is not None and anchor.has_year and (step % 12 == 0 or _is_month(anchor.readings[0]))
    )
    if step is None or not known:
        return (), anchor.readings
    return tuple(_moved(reading, step) for reading in anchor.readings), ()


def _whole_year(reading: Reading) -> Reading:
    """Return the year in which a run of days ends. A run without a year is returned unchanged."""
    year = reading[1][0]
    return reading if year is None else ((year, 1, 1), (year, 12, 31))


def _is_month(reading: Reading) -> bool:
    return reading[0][:2] == reading[1][:2]


def _moved(reading: Reading, months: int) -> Reading:
    """Return a run of days moved by some months.

    Days keep their number, even if the month does not have it.
    """
    first, last = (_part(each, months) for each in reading)
    return first, last


def _part(part: Part, months: int) -> Part:
    """Return a day so many months later. The last day of a month stays the last day of one."""
    assert part[0] is not None
    at = 12 * part[0] + part[1] - 1 + months
    year, month = max(1, at // 12), at % 12 + 1
    last = monthrange(year, month)[1]
    is_last = part[2] >= monthrange(max(1, part[0]), part[1])[1]
    return year, month, last if is_last else min(part[2], last)
