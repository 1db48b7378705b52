"""Dates and spells in EDTF (ISO 8601-2), with the bounds that comparisons need."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from explainer.stored import stored
from explainer.values.days import Day, day_of

EXAMPLES = "'2025', '2025-07', '2025-07-07', '2025-07-07~', '2025-04-01/2025-07-15', 'XXXX-06-07'"
_YEAR = r"-?\d{4}"
_PLAIN = re.compile(rf"({_YEAR}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?[~?%]?")
_CALENDAR = re.compile(rf"({_YEAR})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_SEASON = re.compile(r"\d{4}-(?:2[1-9]|3\d|4[01])(?!\d)")
_LONG_YEAR = re.compile(r"(?<![\dX])Y-?\d[\dES]*|(?<![\dX-])(?!\d{8}(?!\d))-?\d{5,}", re.ASCII)
"""A year of five digits or more, with EDTF's Y before it or without; eight digits are a date without its hyphens."""
_SHAPE = re.compile(r"[0-9X,./~?%\[\]-]{4,64}")


@stored
@dataclass(frozen=True)
class Edtf:
    """A date as a source gives it. ``first`` and ``last`` are the bounds it allows; ``None`` where no year is known."""

    text: str
    first: Day | None
    last: Day | None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an EDTF string; raises ``ValueError`` with words for the author."""
        text = text.strip()
        if (long := _LONG_YEAR.search(text)) or "-9999" in text:
            year = long.group() if long else "-9999"
            reason = f"'{year}' lies outside the years 9999 BC ('-9998') to '9999'"
            raise ValueError(f"'{text}' is not a date that can be drawn: {reason}; say it in words, as a text or a label")
        if "-0000" in text:
            raise ValueError(f"'{text}' is not a date that exists: 1 BC is written '0000', and 2 BC '-0001'")
        if not _SHAPE.fullmatch(text):
            raise ValueError(f"'{text}' is not a date; write EDTF, like {EXAMPLES}")
        if _SEASON.search(text):
            raise ValueError(f"'{text}' is not a date but a season, and seasons differ; write its days out")
        first, last = _bounds(text)
        if first is not None and last is not None and first > last:
            raise ValueError(f"'{text}' ends before it begins")
        return cls(text, first, last)

    def __str__(self) -> str:
        return self.text

    @property
    def is_spell(self) -> bool:
        """Whether this is a start and an end rather than one date."""
        return "/" in self.text

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """The named parts of each date written: ``(("year", 2025), ("month", 7), ("day", 7))``."""
        found: list[tuple[str, int]] = []
        for year, month, day in _PLAIN.findall(self.text):
            for name, value in (("year", year), ("month", month), ("day", day)):
                number = _number(value)
                if number is not None and (name, number) not in found:
                    found.append((name, number))
        return tuple(found)

    @property
    def written(self) -> tuple[tuple[int | None, int | None, int | None], ...]:
        """Each date written, as year, month and day; ``None`` for what it leaves open."""
        dates = (tuple(map(_number, found)) for found in _PLAIN.findall(self.text))
        return tuple((year, month, day) for year, month, day in dates)

    def overlaps(self, other: Edtf) -> bool:
        """Whether the two can speak of the same day; an unknown year overlaps everything."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return True
        return self.first <= other.last and other.first <= self.last

    def same_spell(self, other: Edtf) -> bool:
        """Whether the two cover exactly the same days."""
        return (self.first, self.last) == (other.first, other.last)

    def can_precede(self, other: Edtf) -> bool:
        """Whether some reading puts this no later than ``other``; for an unknown year, any does."""
        if self.first is None or other.last is None:
            return True
        return self.first <= other.last

    def allows_same(self, other: Edtf) -> bool:
        """Whether one date satisfies both; where a year is missing, its month and day are compared."""
        if self.first is not None and other.first is not None:
            return self.overlaps(other)
        mine, theirs = dict(self.parts), dict(other.parts)
        return all(mine[part] == theirs[part] for part in mine.keys() & theirs.keys())


Bounds = tuple[Day | None, Day | None]


def _number(part: str) -> int | None:
    """A year, month or day as written; ``None`` for one that is left out or open."""
    return int(part) if part and part != "XXXX" else None


@lru_cache(maxsize=4096)
def _bounds(text: str) -> Bounds:
    """The first and last day that an EDTF string allows.

    The library takes 5 to 10 ms a string, so the commonest forms, a calendar date and a spell of two, are read here.
    """
    ends = [_calendar(end) for end in text.split("/")] if text.count("/") < 2 else []
    plain = [end for end in ends if end]
    if plain and len(plain) == len(ends):
        return plain[0][0], plain[-1][1]
    return _bounds_by_library(text)


def _calendar(text: str) -> tuple[Day, Day] | None:
    """The first and last day of a plain year, month or day; ``None`` for every other form, and for dates that do not exist."""
    match = _CALENDAR.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        first, last_month = day_of(int(year), int(month or "1"), int(day or "1")), int(month or "12")
        return first, day_of(int(year), last_month, int(day) if day else monthrange(int(year), last_month)[1])
    except ValueError:
        return None


def _bounds_by_library(text: str) -> Bounds:
    from edtf import parse_edtf  # noqa: PLC0415 - seldom needed, and slow to import

    try:
        found: Any = parse_edtf(text)
        bounds = found.lower_strict()[:3], found.upper_strict()[:3]
    except Exception as error:  # the parser raises many kinds, some of them by accident
        raise ValueError(f"'{text}' is not a date that exists; write EDTF, like {EXAMPLES}") from error
    if text.startswith("XXXX"):
        return None, None
    if bounds[0] > bounds[1] and "X" in text and "/" not in text:
        raise ValueError(f"'{text}' is not a date that can be drawn; before the year 1 write the year alone, '{text[:5]}'")
    try:
        return day_of(*bounds[0]), day_of(*bounds[1])
    except ValueError as error:
        raise ValueError(f"'{text}' is not a date that exists, in the years 9999 BC to 9999") from error
