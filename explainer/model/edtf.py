"""Parse dates in EDTF (ISO 8601-2, levels 0 to 2), and compute the days that they allow."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache, total_ordering
from typing import Final, Literal

from explainer.common.problems import InvalidValue
from explainer.common.typed_json import register_dataclass
from explainer.model.habits import dates_meant

# Days of the Gregorian calendar, extended to before the year 1, where ``datetime.date`` ends.
# Years are counted as in ISO 8601 and EDTF: 1 BC is the year 0, and 44 BC is the year -43.

_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097
"""The period, in years and in days, after which the Gregorian calendar repeats."""


def iso_day(text: str) -> str:
    """Return the text if it is a day such as 2026-03-04. Raises ``ValueError`` if it is not."""
    if dt.date.fromisoformat(text).isoformat() != text:
        raise ValueError("no day like 2026-03-04")
    return text


@register_dataclass
@total_ordering
@dataclass(frozen=True)
class EarlyDay:
    """A day before the year 1.

    It can be compared with ``datetime.date`` and subtracted from it. It is earlier than any such
    date.
    """

    year: int
    """Zero or negative: 0 is 1 BC."""
    month: int
    day: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year < dt.MINYEAR:
            raise ValueError(f"the year {self.year} is not from {FIRST_YEAR} to 0")
        if not 1 <= self.month <= 12 or not 1 <= self.day <= monthrange(self.year, self.month)[1]:
            raise ValueError(f"{self.isoformat()} does not exist")

    def __lt__(self, other: object) -> bool:
        if isinstance(other, dt.date):
            return True
        if isinstance(other, EarlyDay):
            return self.timetuple() < other.timetuple()
        return NotImplemented

    def __sub__(self, other: Day) -> dt.timedelta:
        return dt.timedelta(days=self.toordinal() - other.toordinal())

    def __rsub__(self, other: dt.date) -> dt.timedelta:
        return dt.timedelta(days=other.toordinal() - self.toordinal())

    def isoformat(self) -> str:
        """Return it as ISO 8601 and EDTF write it: "-0043-03-15"."""
        return f"{iso_year(self.year)}-{self.month:02d}-{self.day:02d}"

    def timetuple(self) -> tuple[int, int, int]:
        """Return year, month and day."""
        return self.year, self.month, self.day

    def toordinal(self) -> int:
        """Return the number of the day, counted as ``datetime.date`` counts.

        1 January of the year 1 is 1, and the day before is 0.
        """
        cycles = -self.year // _CYCLE_YEARS + 1
        later = dt.date(self.year + cycles * _CYCLE_YEARS, self.month, self.day)
        return later.toordinal() - cycles * _CYCLE_DAYS


Day = dt.date | EarlyDay
"""A day in the years 9999 BC to 9999."""
FIRST_YEAR: Final = -9998
"""9999 BC."""
EARLIEST: Final = EarlyDay(FIRST_YEAR, 1, 1)
"""The first day that can be written."""


def day_of(year: int, month: int, day: int) -> Day:
    """Return the day of a date.

    Raises ``ValueError`` if the day does not exist or is outside the years 9999 BC to 9999.
    """
    return dt.date(year, month, day) if year >= dt.MINYEAR else EarlyDay(year, month, day)


def day_after(day: Day, days: int) -> Day:
    """Return the day ``days`` days later, at most the last day of the year 9999."""
    ordinal = min(day.toordinal() + days, dt.date.max.toordinal())
    if ordinal >= 1:
        return dt.date.fromordinal(ordinal)
    cycles = -ordinal // _CYCLE_DAYS + 1
    later = dt.date.fromordinal(ordinal + cycles * _CYCLE_DAYS)
    return EarlyDay(later.year - cycles * _CYCLE_YEARS, later.month, later.day)


def new_year(year: int) -> int:
    """Return the ordinal of the first day of a year. The year may also be 10000."""
    return day_of(year, 1, 1).toordinal() if year <= dt.MAXYEAR else dt.date.max.toordinal() + 1


def iso_year(year: int) -> str:
    """Return a year as ISO 8601 and EDTF write it: "0987", "-0043"."""
    return f"{'-' if year < 0 else ''}{abs(year):04d}"


def said_year(year: int) -> int:
    """Return the number that people use for a year: 44 for -43, which is 44 BC."""
    return year if year > 0 else 1 - year


# EDTF as written: single dates, seasons, periods and choices, parsed into their parts. What cannot
# be put into words or compared is refused with a reason: a year of more than four digits, a day of
# an unknown month, a time of day.

EXAMPLES: Final = (
    "'2025', '2025-07', '2025-07-07', '2025-07-07~', '2025-04-01/2025-07-15', '2025/..', '199X',"
    " '2022-22', 'XXXX-06-07'"
)
LAST_YEAR: Final = 9999
Part = Literal["year", "month", "day"]
Range = tuple[int, int]
"""The first and last number that a part may be. Both are equal if the number is known."""

SEASONS: Final = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
"""The seasons of EDTF by number.

25 to 28 are the seasons of the northern hemisphere, and 29 to 32 those of the southern.
"""
NORTHERN, SOUTHERN = range(25, 29), range(29, 33)
QUARTERS, THIRDS, HALVES = range(33, 37), range(37, 40), range(40, 42)
_GROUPED: Final = {
    **{number: (3 * turn + 1, 3 * turn + 3) for turn, number in enumerate(QUARTERS)},
    **{number: (4 * turn + 1, 4 * turn + 4) for turn, number in enumerate(THIRDS)},
    **{number: (6 * turn + 1, 6 * turn + 6) for turn, number in enumerate(HALVES)},
}
"""The first and last month of quarters, thirds and halves of a year."""
_SPRING, _SUMMER, _AUTUMN, _WINTER = (
    ((3, 1), (6, 21)),
    ((6, 1), (9, 23)),
    ((9, 1), (12, 22)),
    ((1, 1), (3, 21)),
)
"""The first and last day of each northern season, by calendar months or by the sun.

Each range covers both reckonings. Winter may run into the next year.
"""

_MARKS: Final = "[~?%]?"
_SINGLE: Final = re.compile(
    rf"(?P<a>{_MARKS})(?P<year>-?[\dX]{{4}})(?P<b>{_MARKS})"
    rf"(?:-(?P<c>{_MARKS})(?P<month>[\dX]{{2}})(?P<d>{_MARKS})(?:-(?P<e>{_MARKS})(?P<day>[\dX]{{2}})(?P<f>{_MARKS}))?)?",
    re.ASCII,
)
_LONG_YEAR: Final = re.compile(
    r"(?<![\dX])Y-?\d[\dES]*|(?<![\dX-])(?!\d{8}(?!\d))-?\d{5,}", re.ASCII
)
"""A year of five or more digits, with or without EDTF's Y before it.

Eight digits are a date without hyphens.
"""
_ROUGH_YEAR: Final = re.compile(r"-?\d{4}S\d", re.ASCII)
_LONGEST: Final = 200
_LONG_MONTHS: Final = (1, 3, 5, 7, 8, 10, 12)


@dataclass(frozen=True)
class Single:
    """One date. An open part is ``None``. A part known in part ("199X", "2004-1X") is a range."""

    year: Range | None
    month: Range | None = None
    day: Range | None = None
    season: int | None = None
    """A season, quarter, third or half of the year, by EDTF's number: 21 to 41."""
    approximate: tuple[Part, ...] = ()
    uncertain: tuple[Part, ...] = ()

    @property
    def known_year(self) -> int | None:
        """The year if it is known, else ``None``."""
        return self.year[0] if self.year and self.year[0] == self.year[1] else None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that are written. A season counts as a month."""
        day: tuple[Part, ...] = ("day",) if self.day else ()
        known: tuple[Part, ...] = ("year", *(("month",) if self.month or self.season else ()), *day)
        return known

    @property
    def bounds(self) -> tuple[Day | None, Day | None]:
        """The first and last day that this may be. Both are ``None`` if no year is known.

        Raises ``ValueError`` if no such day exists.
        """
        if self.year is None:
            self._days_of(4)  # a leap year: 29 February exists
            return None, None
        first = next(
            (
                days
                for year in range(self.year[0], self.year[1] + 1)
                if (days := self._days_or_none(year))
            ),
            None,
        )
        last = next(
            (
                days
                for year in range(self.year[1], self.year[0] - 1, -1)
                if (days := self._days_or_none(year))
            ),
            None,
        )
        if first is None or last is None:
            raise ValueError("no such day")
        return first[0], last[1]

    def _days_or_none(self, year: int) -> tuple[Day, Day] | None:
        try:
            return self._days_of(year)
        except ValueError:
            return None

    def _days_of(self, year: int) -> tuple[Day, Day]:
        if self.season is not None:
            return _season_days(year, self.season)
        months, days = self.month or (1, 12), self.day or (1, 31)
        length = monthrange(year, months[1])[1]
        if self.day and self.day[0] == self.day[1] > length:
            raise ValueError("no such day")
        return day_of(year, months[0], days[0]), day_of(year, months[1], min(days[1], length))


End = Single | Literal["open", "unknown"]
"""An end of a period.

"open" means that it has no end, or none so far. "unknown" means that the end is not known.
"""


@dataclass(frozen=True)
class Spell:
    """A period from a start to an end. At least one of them is a date."""

    start: End
    end: End


@dataclass(frozen=True)
class Choice:
    """Several dates or periods, of which one or all are meant."""

    of: Literal["one", "all"]
    members: tuple[Single | Spell, ...]


Written = Single | Spell | Choice


def singles_of(written: Written) -> tuple[Single, ...]:
    """Return every date in it, in order."""
    match written:
        case Single():
            return (written,)
        case Spell():
            return tuple(end for end in (written.start, written.end) if isinstance(end, Single))
        case Choice():
            return tuple(single for member in written.members for single in singles_of(member))


def bounds_of(written: Written) -> tuple[Day | None, Day | None]:
    """Return the first and last day that a date allows.

    A bound is ``None`` if that end is open or unknown, or if no year is known. Raises
    ``ValueError`` if no such day exists.
    """
    match written:
        case Single():
            return written.bounds
        case Spell():
            first = written.start.bounds[0] if isinstance(written.start, Single) else None
            return first, written.end.bounds[1] if isinstance(written.end, Single) else None
        case Choice():
            each = [bounds_of(member) for member in written.members]
            firsts, lasts = [first for first, _ in each], [last for _, last in each]
            first = None if None in firsts else min(day for day in firsts if day)
            return first, None if None in lasts else max(day for day in lasts if day)


@lru_cache(maxsize=8192)
def read(text: str) -> Written:
    """Parse an EDTF string.

    Raises ``InvalidValue`` (a ``ValueError``) with a message for the author that begins with the
    text.
    """
    reason = _refused(text)
    if reason:
        what, _, hint = reason.partition("; ")
        raise InvalidValue(f"'{text}' {what}", hint)
    try:
        written = (
            _choice(text)
            if text[:1] in "[{"
            else _spell(text, "/")
            if "/" in text
            else _single(text)
        )
    except _NotSayable as error:
        raise InvalidValue(
            f"'{text}' is not a date that can be said" + (f": {error}" if str(error) else ""),
            _hint(text),
        ) from None
    try:
        first, last = bounds_of(written)
        spells = [
            each
            for each in (written.members if isinstance(written, Choice) else (written,))
            if isinstance(each, Spell)
        ]
        ends = [bounds_of(each) for each in spells]
    except ValueError:
        raise InvalidValue(
            f"'{text}' is not a date that exists", "look the day up; no calendar has it"
        ) from None
    if any(a is not None and b is not None and a > b for a, b in [(first, last), *ends]):
        raise InvalidValue(
            f"'{text}' ends before it begins", "write the earlier date in front of the stroke"
        )
    return written


class _NotSayable(Exception):
    """A date that EDTF can write but this site does not accept. The message is the reason."""


def _refused(text: str) -> str:
    """Return why a text is refused as a whole, or "" if its parts must be parsed to know."""
    if len(text) > _LONGEST:
        return f"has {len(text)} characters; at most {_LONGEST} make a date"
    if fiscal := _fiscal_year(text) or _two_years(text) or _quarter_in_words(text):
        return fiscal
    if long := _LONG_YEAR.search(text) or re.search(r"(?<![\dX])-9999", text):
        where = f"'{long.group()}' lies outside the years 9999 BC ('-9998') to '9999'"
        return f"is not a date that can be drawn: {where}; say it in words, as a text or a label"
    if re.search(r"(?<![\dX])-0000", text):
        return "is not a date that exists; 1 BC is written '0000', and 2 BC '-0001'"
    if _ROUGH_YEAR.search(text):
        return (
            "is not a date that can be said; write the digits that are sure, like '19XX', or the"
            " year with '~' for about"
        )
    return (
        "is not a date but a time of day; write the date alone" if re.search(r"\dT\d", text) else ""
    )


_FISCAL: Final = r"(?:FY|AY|fiscal(?:\s+year)?)\s*"
_TWO_YEARS: Final = re.compile(
    rf"(?P<named>{_FISCAL})?(?P<a>\d{{4}}|(?<=[A-Z])\d{{2}}|(?<=\s)\d{{2}})\s*(?P<between>[-–—/])\s*(?P<b>\d{{2}}|\d{{4}})[~?%]?",
    re.IGNORECASE | re.ASCII,
)
_FISCAL_YEAR: Final = re.compile(rf"{_FISCAL}(?P<year>\d{{4}}|\d{{2}})", re.IGNORECASE | re.ASCII)
_QUARTER: Final = re.compile(
    r"(?:(?P<y>\d{4})[-\s]?)?(?P<kind>[QH])\s?(?P<n>[1-4])(?:[-\s/]+(?P<y2>\d{4}))?",
    re.IGNORECASE | re.ASCII,
)


def _fiscal_year(text: str) -> str:
    """Return why a fiscal year such as "FY2023" is refused, or "" if it is not one."""
    named = _FISCAL_YEAR.fullmatch(text)
    if named is None:
        return ""
    year = int(named["year"]) + (2000 if len(named["year"]) == 2 else 0)
    return (
        "is a fiscal year, which begins in another month from place to place;"
        f" {_instead_of(year - 1)}"
    )


def _two_years(text: str) -> str:
    """Return why two years written as one are refused, or "" if the text is something else.

    EDTF would read "2022-23" as the autumn of 2022. "2010-11" is still November 2010.
    """
    match = _TWO_YEARS.fullmatch(text)
    if match is None or (len(match["b"]) == 4 and match["between"] == "/" and not match["named"]):
        return ""  # "2022/2023" is a period of whole years
    first, last, is_dashed = (
        int(match["a"]),
        int(match["b"]),
        match["between"] == "-" and not match["named"],
    )
    first += 2000 if len(match["a"]) == 2 else 0
    whole = (
        last
        if len(match["b"]) == 4
        else first - first % 100 + last + (100 if first % 100 == 99 and last == 0 else 0)
    )
    is_month = is_dashed and len(match["b"]) == 2 and 1 <= last <= 12
    if whole == first + 1 and not is_month:
        season = ""
        if is_dashed and len(match["b"]) == 2 and 21 <= last <= 41:
            season = (
                f" (or {_named_season(first, last)}, as EDTF reads it: then write"
                f" {_other_form(first, last)})"
            )
        return f"is two years written as one{season}; {_instead_of(first)}"
    if whole > first and (len(match["b"]) == 4 or not is_dashed):
        return f"is a run of years; write both in full, with a stroke, '{first:04d}/{whole:04d}'"
    return ""


def _instead_of(year: int) -> str:
    a, b = f"{year:04d}", f"{year + 1:04d}"
    return (
        f"write its first and its last month, like '{a}-07/{b}-06' or '{a}-04/{b}-03', or '{a}/{b}'"
        " for both years whole"
    )


def _named_season(year: int, number: int) -> str:
    """Return the name of the season or part of a year that EDTF reads a number as."""
    if number in QUARTERS:
        return f"quarter {number - QUARTERS.start + 1} of {year}"
    if number in HALVES:
        return f"half {number - HALVES.start + 1} of {year}"
    return f"a third of {year}" if number in THIRDS else f"{SEASONS[21 + (number - 21) % 4]} {year}"


def _other_form(year: int, number: int) -> str:
    """Return another way to write a season or part of a year that looks like two years."""
    if number in _GROUPED:
        first, last = _GROUPED[number]
        return f"'{year:04d}-{first:02d}/{year:04d}-{last:02d}'"
    if number in SEASONS:
        return f"'{year:04d}-{number + 4}' in the north, '{year:04d}-{number + 8}' in the south"
    return f"'{year:04d}-{21 + (number - 21) % 4}'"


def _quarter_in_words(text: str) -> str:
    """Return why a text such as "Q3 2024" is refused, or "" if it is not one."""
    match = _QUARTER.fullmatch(text)
    year = match and (match["y"] or match["y2"])
    if match is None or year is None or (match["kind"] in "hH" and int(match["n"]) > 2):
        return ""
    start = QUARTERS.start if match["kind"] in "qQ" else HALVES.start
    return f"is not EDTF: write '{year}-{start + int(match['n']) - 1}', or its months"


def _no_date() -> _NotSayable:
    return _NotSayable()


def _hint(text: str) -> str:
    """Return how to write a date that cannot be parsed: the date meant if clear, or examples."""
    meant = dates_meant(text)
    if meant:
        return f"write '{meant[0]}'" + (
            f", or '{meant[1]}', whichever is meant" if len(meant) > 1 else ""
        )
    return f"write year, month and day, as far as they are known, like {EXAMPLES}"


def _choice(text: str) -> Choice:
    inner = text[1:-1]
    if len(text) < 2 or text[-1] != {"[": "]", "{": "}"}[text[0]] or not inner.strip():
        raise _no_date()
    members = tuple(
        _spell(each, "..") if ".." in each else _single(each)
        for each in map(str.strip, inner.split(","))
    )
    return Choice("one" if text[0] == "[" else "all", members)


def _spell(text: str, between: str) -> Spell:
    """Parse a start and an end.

    In a choice, ``..`` is between them, and an end that is left out is open. Otherwise an end that
    is left out is unknown.
    """
    parts = text.split(between)
    if len(parts) != 2:
        raise _no_date()
    left_out: Literal["open", "unknown"] = "open" if between == ".." else "unknown"
    start, end = (
        left_out if not part else "open" if part == ".." else _single(part) for part in parts
    )
    if not isinstance(start, Single) and not isinstance(end, Single):
        raise _NotSayable("a spell needs a date for its start or its end")
    return Spell(start, end)


def _single(text: str) -> Single:
    match = _SINGLE.fullmatch(text)
    if match is None:
        raise _no_date()
    year = _year(match["year"])
    number = match["month"]
    if number and number.isdecimal() and int(number) > 12:
        return _season(match, year, int(number))
    month, day = _month(number), _day(match["day"])
    _check(year, month, day)
    if day and day[1] == 31 != day[0] and month and year and month[0] not in _LONG_MONTHS:
        day = (30, 30)
    return Single(
        year,
        month,
        day,
        None,
        *_doubts(match, ("year", *(("month",) if month else ()), *(("day",) if day else ()))),
    )


def _season(match: re.Match[str], year: Range | None, number: int) -> Single:
    if not 21 <= number <= 41:
        raise _NotSayable(
            f"there is no month {number}, and seasons, quarters and halves of a year go from 21"
            " to 41"
        )
    if match["day"]:
        raise _NotSayable("a season or a quarter has no day")
    return Single(year, None, None, number, *_doubts(match, ("year", "month")))


def _year(text: str) -> Range | None:
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    if digits == "XXXX" and sign > 0:
        return None
    if not re.fullmatch(r"\d+X*", digits):
        raise _NotSayable(f"the year '{text}' leaves a digit open before one that is known")
    low, high = sorted((sign * int(digits.replace("X", "0")), sign * int(digits.replace("X", "9"))))
    if low < FIRST_YEAR:
        raise _NotSayable(f"'{text}' lies outside the years 9999 BC ('-9998') to '9999'")
    return low, high


def _month(text: str | None) -> Range | None:
    known = {"0X": (1, 9), "1X": (10, 12), "XX": None, None: None}
    if text in known:
        return known[text]
    if "X" in str(text):
        raise _NotSayable(f"the month '{text}' may be several that do not follow each other")
    if not 1 <= int(text or 0) <= 12:
        raise _NotSayable(f"there is no month {text}")
    return int(text or 0), int(text or 0)


def _day(text: str | None) -> Range | None:
    known = {"0X": (1, 9), "1X": (10, 19), "2X": (20, 29), "3X": (30, 31), "XX": None, None: None}
    if text in known:
        return known[text]
    if "X" in str(text):
        raise _NotSayable(f"the day '{text}' may be several that do not follow each other")
    if not 1 <= int(text or 0) <= 31:
        raise _NotSayable(f"there is no day {text}")
    return int(text or 0), int(text or 0)


def _check(year: Range | None, month: Range | None, day: Range | None) -> None:
    """Raise ``_NotSayable`` if a part is open that a later part needs, or if too much is open."""
    if day and month is None:
        raise _NotSayable(
            "it names a day of a month that is left open; write the year alone, or the month too"
        )
    if year is None and month is None:
        raise _NotSayable("it tells neither a year nor a month")
    ranges = [part for part in (year, month, day) if part and part[0] != part[1]]
    if len(ranges) > 1 or (ranges and year is None) or (day and month and month[0] != month[1]):
        how = "write the first day and the last that it may be, like '[2004-06-10..2004-06-19]'"
        raise _NotSayable(f"more than one part of it is known in part; {how}")


def _doubts(
    match: re.Match[str], parts: tuple[Part, ...]
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return the parts that are approximate and the parts that are uncertain.

    A mark before a part is about that part only. A mark after a part is about it and all before it.
    """
    alone: dict[Part, str] = {
        "year": match["a"] or "",
        "month": match["c"] or "",
        "day": match["e"] or "",
    }
    so_far: dict[Part, str] = {
        "year": match["b"] or "",
        "month": match["d"] or "",
        "day": match["f"] or "",
    }
    order: tuple[Part, ...] = ("year", "month", "day")
    marks = {
        part: alone[part] + "".join(so_far[later] for later in order[order.index(part) :])
        for part in order
    }
    return tuple(p for p in parts if set(marks[p]) & set("~%")), tuple(
        p for p in parts if set(marks[p]) & set("?%")
    )


def _season_days(year: int, number: int) -> tuple[Day, Day]:
    """Return the first and last day that a season or a part of a year may have.

    A season without a hemisphere may be anywhere in the year.
    """
    if number in _GROUPED:
        first, last = _GROUPED[number]
        return day_of(year, first, 1), day_of(year, last, monthrange(year, last)[1])
    spring, summer, autumn, winter = _SPRING, _SUMMER, _AUTUMN, _WINTER
    if number in SEASONS:
        runs_on = SEASONS[number] in ("summer", "winter")
        start, end = (1, 1), (3, 21) if runs_on else (12, 31)
    else:
        order = (
            (spring, summer, autumn, winter)
            if number in NORTHERN
            else (autumn, winter, spring, summer)
        )
        start, end = order[(number - 25) % 4]
        runs_on = (start, end) == _WINTER
    if runs_on and year < LAST_YEAR:
        return day_of(year, *start), day_of(year + 1, *end)
    return day_of(year, *start), day_of(year, 12, 31) if runs_on else day_of(year, *end)
