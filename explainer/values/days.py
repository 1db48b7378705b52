"""Days of the Gregorian calendar, carried back past the year 1, at which ``datetime.date`` ends.

Years are counted as ISO 8601 and EDTF count them: 1 BC is the year 0, 44 BC the year -43.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from functools import total_ordering
from typing import Final

from explainer.stored import stored

_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097
"""After so many years, which have so many days, the calendar repeats itself."""


def iso_day(text: str) -> str:
    """The text, which is a day of the calendar like 2026-03-04. Raises ``ValueError`` where it is none."""
    if dt.date.fromisoformat(text).isoformat() != text:
        raise ValueError("no day like 2026-03-04")
    return text


@stored
@total_ordering
@dataclass(frozen=True)
class EarlyDay:
    """A day before the year 1. It compares and subtracts with ``datetime.date``, and is earlier than any."""

    year: int
    """Zero or below: 0 is 1 BC."""
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
        """As ISO 8601 and EDTF write it: "-0043-03-15"."""
        return f"{iso_year(self.year)}-{self.month:02d}-{self.day:02d}"

    def timetuple(self) -> tuple[int, int, int]:
        """Year, month and day."""
        return self.year, self.month, self.day

    def toordinal(self) -> int:
        """The number of the day, counted as ``datetime.date`` counts: 1 January of the year 1 has 1, the day before 0."""
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
    """The day of a date; raises ``ValueError`` for one that does not exist or lies outside the years 9999 BC to 9999."""
    return dt.date(year, month, day) if year >= dt.MINYEAR else EarlyDay(year, month, day)


def day_after(day: Day, days: int) -> Day:
    """The day so many days later, or the last day of the year 9999."""
    ordinal = min(day.toordinal() + days, dt.date.max.toordinal())
    if ordinal >= 1:
        return dt.date.fromordinal(ordinal)
    cycles = -ordinal // _CYCLE_DAYS + 1
    later = dt.date.fromordinal(ordinal + cycles * _CYCLE_DAYS)
    return EarlyDay(later.year - cycles * _CYCLE_YEARS, later.month, later.day)


def new_year(year: int) -> int:
    """The ordinal of the first day of a year, also of the one after the last that can be written."""
    return day_of(year, 1, 1).toordinal() if year <= dt.MAXYEAR else dt.date.max.toordinal() + 1


def iso_year(year: int) -> str:
    """A year as ISO 8601 and EDTF write it: "0987", "-0043"."""
    return f"{'-' if year < 0 else ''}{abs(year):04d}"


def said_year(year: int) -> int:
    """The number by which people call a year: 44 for 44 BC, which is counted as -43."""
    return year if year > 0 else 1 - year
