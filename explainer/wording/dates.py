"""Dates and spells in words, for one language, by Babel."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import lru_cache

from babel.dates import format_date

from explainer.values.dates import Edtf
from explainer.values.days import Day, EarlyDay, said_year
from explainer.wording.catalogue import Catalogue, english

_ERA_SAID_TO = 99
"""Up to this year of our era the era is said too: a bare "79" would be taken for 1979."""
_YEAR_FIELD = re.compile(r"('[^']*')|y+")
"""Quoted words of a date pattern, which are kept, or the field for the year."""
_LEAP_YEAR = 2000


@dataclass(frozen=True)
class DateWording:
    """How one language writes dates, after its catalogue."""

    catalogue: Catalogue = field(default_factory=english)

    def year(self, value: int) -> str:
        """A year as ISO 8601 counts it, as people write it: "2025", "987", "79 AD", "44 BC"."""
        return self._with_era(value, str(said_year(value)))

    def day(self, value: Day) -> str:
        """A day: "7 July 2025"."""
        return self._format("day", value)

    def date(self, value: Edtf) -> str:
        """A date or spell: "7 July 2025", "July 2025", "1 April to 15 July 2025", "7 June (no year given)"."""
        text = value.text.rstrip("~?%")
        if choice := re.fullmatch(r"\[(.+)\]", text):
            return self.either([self.date(Edtf.parse(part)) for part in choice.group(1).split(",")])
        if "/" in text:
            return self._spell(*text.split("/"))
        if text.startswith("XXXX-"):
            month, _, day = text.removeprefix("XXXX-").partition("-")
            known = dt.date(2000, int(month), int(day or 1))
            return self._say("no_year", date=self._format("day_in_year" if day else "month_of_any_year", known))
        words = text
        if re.fullmatch(r"-?\d{4}", text):
            words = self.year(int(text))
        elif value.first is not None and _length(text) > 4:
            words = self._format("month" if _length(text) == 7 else "day", value.first)
        return self._say("about", date=words) if text != value.text else words

    def short_day(self, value: Edtf) -> str:
        """A date where its year stands elsewhere: "21 Sept", "Apr" where no day is known; empty where only the year is."""
        if value.first is None or value.last is None:
            return self.date(value)
        if _is_whole_years(value.first, value.last):
            return ""
        return self._format("short_day" if value.first == value.last else "short_month_in_year", value.first)

    def short_date(self, value: Edtf) -> str:
        """A date for the labels of charts: "May 2025", "2025", "Jan to Sep 2025"."""
        if value.first is None or value.last is None:
            return self.date(value)
        same_year = value.first.year == value.last.year
        if (value.last - value.first).days > 360 and same_year:
            return self.year(value.first.year)
        if _is_whole_years(value.first, value.last):
            return self._say("spell", start=self.year(value.first.year), end=self.year(value.last.year))
        end = self._format("short_month", value.last)
        if same_year and value.first.month == value.last.month:
            return end
        return self._say("spell", start=self._format("short_month_in_year" if same_year else "short_month", value.first), end=end)

    def part_of_year(self, first: Day, last: Day) -> str:
        """What some days of one year are where the year stands elsewhere: "5 Apr", "Apr", "Q2", "Apr to Jul"; empty for a whole year.

        Of days that go on into another year the first month is said alone.
        """
        if _is_whole_years(first, last):
            return ""
        if first == last:
            return self._format("short_day", first)
        begin, end = (self._format("short_month_in_year", day) for day in (first, last))
        if first.year != last.year or first.month == last.month:
            return begin
        if first.month % 3 == 1 and last.month == first.month + 2:
            return _formatted(dt.date(_LEAP_YEAR, first.month, 1), "QQQ", self.catalogue.locale)
        return self._say("spell", start=begin, end=end)

    def either(self, words: list[str]) -> str:
        """What one or another says: "7 July 2025 or 8 July 2025"."""
        said = words[0]
        for word in words[1:]:
            said = self._say("either", first=said, other=word)
        return said

    def _spell(self, start: str, end: str) -> str:
        first, last = Edtf.parse(start), Edtf.parse(end)
        words = self.date(first)
        same_year = first.first and last.first and first.first.year == last.first.year
        if same_year and first.first and _length(start) == _length(end) > 4:
            words = self._format("day_in_year" if _length(start) == 10 else "month_in_year", first.first)
        return self._say("spell", start=words, end=self.date(last))

    def _format(self, pattern: str, value: Day) -> str:
        form = self._say(pattern)
        names_year = any(not found.group(1) for found in _YEAR_FIELD.finditer(form))
        if isinstance(value, EarlyDay):  # which Babel does not know: the year's number is put into the pattern
            number = f"'{said_year(value.year)}'"
            form = _YEAR_FIELD.sub(lambda found: found.group(1) or number, form)
            words = _formatted(dt.date(_LEAP_YEAR, value.month, value.day), form, self.catalogue.locale)
        else:
            words = _formatted(value, form, self.catalogue.locale)
        return self._with_era(value.year, words) if names_year else words

    def _with_era(self, year: int, words: str) -> str:
        if year > _ERA_SAID_TO:
            return words
        return self._say("before_our_era" if year < 1 else "of_our_era", date=words)

    def _say(self, key: str, **values: str) -> str:
        return self.catalogue.say("dates", key, **values)


def _length(text: str) -> int:
    """The length of a date without the sign of its year: 4 for a year, 7 for a month, 10 for a day."""
    return len(text.removeprefix("-"))


def _is_whole_years(first: Day, last: Day) -> bool:
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


@lru_cache(maxsize=8192)
def _formatted(value: dt.date, pattern: str, locale: str) -> str:
    """A date after a pattern. Babel takes its time, and a page's dates are asked for often."""
    return str(format_date(value, pattern, locale=locale))
