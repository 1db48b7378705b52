"""Dates and spells in words, in one language. Babel formats them."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass, field
from functools import lru_cache

from babel.dates import format_date

from explainer.model.dates import Edtf
from explainer.model.edtf import (
    HALVES,
    NORTHERN,
    QUARTERS,
    SEASONS,
    SOUTHERN,
    THIRDS,
    Choice,
    Day,
    EarlyDay,
    Part,
    Range,
    Single,
    Spell,
    Written,
    day_of,
    said_year,
    singles_of,
)
from explainer.publish.catalogue import Catalogue, reference_catalogue

_ERA_SAID_TO = 99
"""The last year that is printed with its era (AD). A bare "79" would be read as 1979."""
_YEAR_FIELD = re.compile(r"('[^']*')|y+")
"""Matches quoted text in a date pattern, which is kept, or the field for the year."""
_LEAP_YEAR = 2000


@dataclass(frozen=True)
class DateWording:
    """The way one language writes dates, with the strings of its catalogue."""

    catalogue: Catalogue = field(default_factory=reference_catalogue)

    def year(self, value: int) -> str:
        """Return a year as people write it: "2025", "987", "79 AD", "44 BC".

        ``value`` is an ISO 8601 year, so 0 is 1 BC.
        """
        return self._with_era(value, str(said_year(value)))

    def day(self, value: Day) -> str:
        """Return a day in words: "7 July 2025"."""
        return self._format("day", value)

    def date(self, value: Edtf) -> str:
        """Return a date or spell in words.

        For example: "7 July 2025", "the 1990s", "Q3 2015", "1 April to 15 July 2025", "since 2025",
        "7 June (no year given)".
        """
        return self._written(value.read)

    def short_day(self, value: Edtf) -> str:
        """Return a date without its year: "21 Sept", or "Apr" if no day is known.

        This is for places that print the year beside it. The result is empty if the date has only
        years.
        """
        written = value.read
        if isinstance(written, Choice) and self.year_of(value) == self.date(value):
            return ""
        singles = singles_of(written) if isinstance(written, Choice) else singles_of(written)[:1]
        if singles[0].year is None:
            return self.date(value)
        if isinstance(written, Spell) and not isinstance(written.start, Single):
            return ""
        said = [
            (
                self._doubted(single, self._short_in_year(single))
                if self._short_in_year(single)
                else ""
            )
            for single in singles
        ]
        return self.either(list(dict.fromkeys(said)))

    def year_of(self, value: Edtf) -> str:
        """Return the year or years of a date, for its place on a time axis.

        For example: "2025", "about 2025", "the 1990s". The result is empty if no year is known.
        """
        written = value.read
        singles = singles_of(written)
        if singles[0].year is None:
            return ""
        if isinstance(written, Choice):
            years = {single.known_year for single in singles}
            whole = any(isinstance(member, Spell) or not member.month for member in written.members)
            return (
                self.year(singles[0].year[0])
                if len(years) == 1 and None not in years and not whole
                else self.date(value)
            )
        if isinstance(written, Spell) and not isinstance(written.start, Single):
            return self.date(value)
        first, words = singles[0], self._years(singles[0].year)
        return (
            self._doubted(first, words) if first.month is None and first.season is None else words
        )

    def short_date(self, value: Edtf) -> str:
        """Return a short date for chart labels: "May 2025", "2025", "Jan to Sep 2025"."""
        written = value.read
        if isinstance(written, Single):
            return self._short(written)
        if isinstance(written, Choice) and all(
            isinstance(member, Single) for member in written.members
        ):
            join = self.either if written.of == "one" else self._all
            return join(list(dict.fromkeys(self._short(single) for single in singles_of(written))))
        if (
            isinstance(written, Spell)
            and len(singles_of(written)) == 2
            and all(map(_is_plain, singles_of(written)))
        ):
            assert value.first is not None
            assert value.last is not None
            return self._short_spell(value.first, value.last)
        return self.date(value)

    def _short_spell(self, first: Day, last: Day) -> str:
        if (last - first).days > 360 and first.year == last.year:
            return self.year(first.year)
        if _is_whole_years(first, last):
            return self._say("spell", start=self.year(first.year), end=self.year(last.year))
        end = self._format("short_month", last)
        if (first.year, first.month) == (last.year, last.month):
            return end
        start = self._format(
            "short_month_in_year" if first.year == last.year else "short_month", first
        )
        return self._say("spell", start=start, end=end)

    def on_axis(self, value: Edtf) -> tuple[str, str]:
        """Return the label below a column of a chart, in up to two lines.

        The second line is the year if the first is a part of the year, and else empty. For example:
        "2025"; "Q2" and "2025"; "Jan to Jun" and "2025"; "Apr 2023 to Mar 2024".
        """
        if isinstance(value.read, Single):
            part, year = self.short_day(value), self.year_of(value)
            return (part, year) if part else (year, "")
        plain = isinstance(value.read, Spell) and all(map(_is_plain, singles_of(value.read)))
        if (
            not plain
            or value.first is None
            or value.last is None
            or _is_whole_years(value.first, value.last)
        ):
            return self.short_date(value), ""
        if value.first.year == value.last.year:
            return self._part_of_year(value.first, value.last), self.year(value.first.year)
        return (
            self.short_date(value)
            if _is_whole_months(value.first, value.last)
            else self.date(value)
        ), ""

    def _part_of_year(self, first: Day, last: Day) -> str:
        """Return a spell within one year, without the year.

        For example: "5 Apr", "Apr", "Q2", "Apr to Jul", "1 Apr to 7 Apr".
        """
        if first == last:
            return self._format("short_day", first)
        if not _is_whole_months(first, last):
            return self._say(
                "spell", start=self._format("short_day", first), end=self._format("short_day", last)
            )
        begin, end = (self._format("short_month_in_year", day) for day in (first, last))
        if first.month == last.month:
            return begin
        if first.month % 3 == 1 and last.month == first.month + 2:
            return _formatted(dt.date(_LEAP_YEAR, first.month, 1), "QQQ", self.catalogue.locale)
        return self._say("spell", start=begin, end=end)

    def either(self, words: list[str]) -> str:
        """Return several alternatives joined by "or": "7 July 2025 or 8 July 2025"."""
        said = words[0]
        for word in words[1:]:
            said = self._say("either", first=said, other=word)
        return said

    def _all(self, words: list[str]) -> str:
        said = words[0]
        for word in words[1:]:
            said = self._say("and", first=said, other=word)
        return said

    def _written(self, written: Written) -> str:
        match written:
            case Single():
                return self._doubted(written, self._single(written))
            case Spell():
                return self._spell(written)
            case Choice(of="all"):
                return self._all([self._written(member) for member in written.members])
            case Choice():
                return self.either([self._one_of(member) for member in written.members])

    def _one_of(self, member: Single | Spell) -> str:
        """Return one of several alternatives. A range of dates means one unknown day in it."""
        if isinstance(member, Single):
            return self._written(member)
        if not isinstance(member.end, Single):
            assert isinstance(member.start, Single)
            return self._say("or_later", date=self._written(member.start))
        if not isinstance(member.start, Single):
            return self._say("or_earlier", date=self._written(member.end))
        return self._say("some_time", spell=self._spell(member))

    def _spell(self, spell: Spell) -> str:
        match spell:
            case Spell(Single() as start, Single() as end):
                words = self._written(start)
                alike = start.known_year is not None and start.known_year == end.known_year
                if (
                    alike
                    and _is_plain(start)
                    and _is_plain(end)
                    and start.month
                    and bool(start.day) == bool(end.day)
                    and end.month
                ):
                    words = self._format(
                        "day_in_year" if start.day else "month_in_year", _day_in(start)
                    )
                return self._say("spell", start=words, end=self._written(end))
            case Spell(Single() as start, end):
                return self._say(
                    "since" if end == "open" else "end_unknown", date=self._written(start)
                )
            case Spell(start, Single() as end):
                return self._say(
                    "until" if start == "open" else "start_unknown", date=self._written(end)
                )
        raise AssertionError("a spell has a date at its start or its end")

    def _single(self, single: Single) -> str:
        """Return a date without the words for approximate and uncertain."""
        if single.season is not None:
            return self._season(single, single.season)
        if single.month is None:
            assert single.year is not None  # the parser refuses such a date without a year
            return self._years(single.year)
        if single.known_year is None:
            day = self._format(
                "day_in_year" if single.day else "month_of_any_year", _day_in(single)
            )
            return self._within(single, day)
        first, last = single.bounds
        if _is_plain(single, doubts=True) or first == last:
            return self._format("day" if single.day else "month", _day_in(single))
        assert first is not None
        assert last is not None
        same_month = first.month == last.month
        words = self._format("day_in_year" if same_month else "month_in_year", first)
        return self._some_time(words, self._format("day" if same_month else "month", last))

    def _season(self, single: Single, number: int) -> str:
        """Return a season, quarter, third or half of a year in words."""
        if number in THIRDS and single.known_year is not None:
            first, last = single.bounds
            assert first is not None
            assert last is not None
            return self._say(
                "spell", start=self._format("month_in_year", first), end=self._format("month", last)
            )
        words = self._season_name(number)
        if single.known_year is not None:
            form = "half_of_year" if number in HALVES else "season_of_year"
            words = self._with_era(
                single.known_year,
                self._say(form, season=words, year=str(said_year(single.known_year))),
            )
        else:
            words = self._within(single, words)
        if number in NORTHERN or number in SOUTHERN:
            return self._say("northern" if number in NORTHERN else "southern", date=words)
        return words

    def _season_name(self, number: int) -> str:
        if number in QUARTERS:
            return self._say(f"quarter_{number - QUARTERS.start + 1}")
        if number in HALVES:
            return self._say(f"half_{number - HALVES.start + 1}")
        if number in THIRDS:
            first = 4 * (number - THIRDS.start) + 1
            ends = (
                self._format("month_of_any_year", day_of(_LEAP_YEAR, month, 1))
                for month in (first, first + 3)
            )
            return self._say("spell", start=next(ends), end=next(ends))
        return self._say(SEASONS[(number - 21) % 4 + 21])

    def _within(self, single: Single, words: str) -> str:
        """Return a date whose year is not known, or is only known to be in a range."""
        if single.year is None:
            return self._say("no_year", date=words)
        return self._say("year_unknown", date=words, years=self._years_between(single.year))

    def _years(self, years: Range) -> str:
        """Return a year or a decade, or "some time from … to …" for another range."""
        words = self._years_between(years)
        return (
            words
            if years[0] == years[1] or _is_decade(years)
            else self._say("some_time", spell=words)
        )

    def _years_between(self, years: Range) -> str:
        """Return a year, a decade, or the first and last year of a range."""
        first, last = years
        if first == last:
            return self.year(first)
        if _is_decade(years):
            return self._say("decade", year=str(first))
        return self._say("spell", start=self.year(first), end=self.year(last))

    def _some_time(self, start: str, end: str) -> str:
        return self._say("some_time", spell=self._say("spell", start=start, end=end))

    def _doubted(self, single: Single, words: str) -> str:
        """Return a date with the words for what is approximate or uncertain in it."""
        if single.approximate == single.parts:
            words = self._say("about", date=words)
        elif single.approximate:
            words = self._say(
                "approximate_in_part", date=words, parts=self._named(single.approximate)
            )
        if single.uncertain == single.parts:
            return self._say("uncertain", date=words)
        return (
            self._say("uncertain_in_part", date=words, parts=self._named(single.uncertain))
            if single.uncertain
            else words
        )

    def _named(self, parts: tuple[Part, ...]) -> str:
        return ", ".join(self._say(f"part_{part}") for part in parts)

    def _short(self, single: Single) -> str:
        if single.known_year is None or not _is_plain(single, doubts=True) or not single.month:
            return self._written(single)
        return self._doubted(single, self._format("short_month", _day_in(single)))

    def _short_in_year(self, single: Single) -> str:
        if single.season is not None:
            return self._season_name(single.season)
        if single.month is None:
            return ""
        if _is_plain(single, doubts=True) or single.known_year is None:
            return self._format(
                "short_day" if single.day else "short_month_in_year", _day_in(single)
            )
        first, last = single.bounds
        assert first is not None
        assert last is not None
        form = "short_day" if first.month == last.month else "short_month_in_year"
        return self._some_time(self._format(form, first), self._format(form, last))

    def _format(self, pattern: str, value: Day) -> str:
        form = self._say(pattern)
        names_year = any(not found.group(1) for found in _YEAR_FIELD.finditer(form))
        if isinstance(
            value, EarlyDay
        ):  # Babel cannot format it, so the year is put into the pattern as text
            number = f"'{said_year(value.year)}'"
            form = _YEAR_FIELD.sub(lambda found: found.group(1) or number, form)
            words = _formatted(
                dt.date(_LEAP_YEAR, value.month, value.day), form, self.catalogue.locale
            )
        else:
            words = _formatted(value, form, self.catalogue.locale)
        return self._with_era(value.year, words) if names_year else words

    def _with_era(self, year: int, words: str) -> str:
        if year > _ERA_SAID_TO:
            return words
        return self._say("before_our_era" if year < 1 else "of_our_era", date=words)

    def _say(self, key: str, **values: str) -> str:
        return self.catalogue.say("dates", key, **values)


def _is_plain(single: Single, *, doubts: bool = False) -> bool:
    """Return whether a date is a year, month or day with no unknown part.

    It must not be approximate or uncertain either, unless ``doubts`` allows that.
    """
    known = all(
        part is None or part[0] == part[1] for part in (single.year, single.month, single.day)
    )
    return (
        known
        and single.year is not None
        and single.season is None
        and (doubts or not (single.approximate or single.uncertain))
    )


def _is_decade(years: Range) -> bool:
    """Return whether some years can be printed as a decade, such as "the 1990s".

    The first decade of a century cannot: "the 1900s" may be the century. Decades before the year
    100 cannot either: "the 90s" may be in any century.
    """
    first, last = years
    return last - first == 9 and first > _ERA_SAID_TO and first % 100 != 0


def _day_in(single: Single) -> Day:
    """Return the day of a date, or the first day of its month if it has no day.

    If the year is not known, a leap year is used, in which 29 February exists.
    """
    assert single.month is not None
    year = single.known_year if single.known_year is not None else _LEAP_YEAR
    return day_of(year, single.month[0], single.day[0] if single.day else 1)


def _is_whole_months(first: Day, last: Day) -> bool:
    return first.day == 1 and last.day == monthrange(last.year, last.month)[1]


def _is_whole_years(first: Day, last: Day) -> bool:
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


@lru_cache(maxsize=8192)
def _formatted(value: dt.date, pattern: str, locale: str) -> str:
    """Return a date formatted by a pattern. Babel is slow, so the results are cached."""
    return str(format_date(value, pattern, locale=locale))
