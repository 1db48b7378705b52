"""Dates and spells in words, for one language, by Babel."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import lru_cache

from babel.dates import format_date

from explainer.values.dates import Edtf
from explainer.wording.catalogue import Catalogue, english


@dataclass(frozen=True)
class DateWording:
    """How one language writes dates, after its catalogue."""

    catalogue: Catalogue = field(default_factory=english)

    def day(self, value: dt.date) -> str:
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
        words = text if value.first is None or len(text) == 4 else self._format("month" if len(text) == 7 else "day", value.first)
        return self._say("about", date=words) if text != value.text else words

    def short_day(self, value: Edtf) -> str:
        """A date where its year stands elsewhere: "21 Sept", or "Apr" where no day is known."""
        if value.first is None:
            return self.date(value)
        return self._format("short_day" if value.first == value.last else "short_month_in_year", value.first)

    def short_date(self, value: Edtf) -> str:
        """A date for the labels of charts: "May 2025", "2025", "Jan to Sep 2025"."""
        if value.first is None or value.last is None:
            return self.date(value)
        start, end = (self._format("short_month", day) for day in (value.first, value.last))
        if (value.last - value.first).days > 360 and value.first.year == value.last.year:
            return str(value.first.year)
        return start if start == end else self._say("spell", start=start.removesuffix(end[-5:]), end=end)

    def either(self, words: list[str]) -> str:
        """What one or another says: "7 July 2025 or 8 July 2025"."""
        said = words[0]
        for word in words[1:]:
            said = self._say("either", first=said, other=word)
        return said

    def _spell(self, start: str, end: str) -> str:
        first, last = Edtf.parse(start), Edtf.parse(end)
        words = self.date(first)
        if start[:4] == end[:4] and len(start) == len(end) > 4 and first.first:
            words = self._format("day_in_year" if len(start) == 10 else "month_in_year", first.first)
        return self._say("spell", start=words, end=self.date(last))

    def _format(self, pattern: str, value: dt.date) -> str:
        return _formatted(value, self._say(pattern), self.catalogue.locale)

    def _say(self, key: str, **values: str) -> str:
        return self.catalogue.say("dates", key, **values)


@lru_cache(maxsize=8192)
def _formatted(value: dt.date, pattern: str, locale: str) -> str:
    """A date after a pattern. Babel takes its time, and a page's dates are asked for often."""
    return str(format_date(value, pattern, locale=locale))
