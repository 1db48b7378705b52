"""Dates and spells in words, for one language, by Babel."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from babel.dates import format_date, format_skeleton

from explainer.dates import Edtf


@dataclass(frozen=True)
class DateWording:
    """How one language writes dates. ``locale`` is a Babel locale, such as ``en_GB``."""

    locale: str = "en_GB"

    def day(self, value: dt.date) -> str:
        """A day: "7 July 2025"."""
        return format_date(value, "d MMMM y", locale=self.locale)

    def date(self, value: Edtf) -> str:
        """A date or spell: "7 July 2025", "July 2025", "1 April to 15 July 2025", "7 June (no year given)"."""
        text = value.text.rstrip("~?%")
        about = "about " if text != value.text else ""
        if choice := re.fullmatch(r"\[(.+)\]", text):
            return " or ".join(self.date(Edtf.parse(part)) for part in choice.group(1).split(","))
        if "/" in text:
            return self._spell(*text.split("/"))
        if text.startswith("XXXX-"):
            month, _, day = text.removeprefix("XXXX-").partition("-")
            known = dt.date(2000, int(month), int(day or 1))
            words = self._skeleton("MMMMd", known) if day else format_date(known, "LLLL", locale=self.locale)
            return f"{words} (no year given)"
        if value.first is None or len(text) == 4:
            return about + text
        return about + (format_date(value.first, "MMMM y", locale=self.locale) if len(text) == 7 else self.day(value.first))

    def short_day(self, value: Edtf) -> str:
        """A date where its year stands elsewhere: "21 Sept", or "Apr" where no day is known."""
        if value.first is None:
            return self.date(value)
        return format_date(value.first, "d MMM" if value.first == value.last else "MMM", locale=self.locale)

    def short_date(self, value: Edtf) -> str:
        """A date for the labels of charts: "May 2025", "2025", "Jan to Sep 2025"."""
        if value.first is None or value.last is None:
            return self.date(value)
        start, end = (format_date(day, "MMM y", locale=self.locale) for day in (value.first, value.last))
        if (value.last - value.first).days > 360 and value.first.year == value.last.year:
            return str(value.first.year)
        return start if start == end else f"{start.removesuffix(end[-5:])} to {end}"

    def _spell(self, start: str, end: str) -> str:
        first, last = Edtf.parse(start), Edtf.parse(end)
        if start[:4] == end[:4] and len(start) == len(end) > 4 and first.first:
            pattern = "d MMMM" if len(start) == 10 else "MMMM"
            return f"{format_date(first.first, pattern, locale=self.locale)} to {self.date(last)}"
        return f"{self.date(first)} to {self.date(last)}"

    def _skeleton(self, skeleton: str, value: dt.date) -> str:
        return str(format_skeleton(skeleton, dt.datetime(value.year, value.month, value.day), locale=self.locale))
