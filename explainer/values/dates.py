"""Dates and spells in EDTF (ISO 8601-2), with the bounds that comparisons need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from explainer.stored import stored
from explainer.values.days import Day
from explainer.values.edtf import (
    HALVES,
    NORTHERN,
    QUARTERS,
    SEASONS,
    SOUTHERN,
    THIRDS,
    Choice,
    Single,
    Spell,
    Written,
    bounds_of,
    read,
    singles_of,
)


@stored
@dataclass(frozen=True)
class Edtf:
    """A date as a source gives it. ``first`` and ``last`` are the bounds it allows.

    One is ``None`` where that end is open or unknown, both where no year is known.
    """

    text: str
    first: Day | None
    last: Day | None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an EDTF string; raises ``ValueError`` with words for the author."""
        text = text.strip()
        return cls(text, *bounds_of(read(text)))

    def __str__(self) -> str:
        return self.text

    @property
    def read(self) -> Written:
        """Its parts, as they are written."""
        return read(self.text)

    @property
    def is_spell(self) -> bool:
        """Whether this lasted from a start to an end, rather than being one date that may be open in part."""
        return isinstance(self.read, Spell)

    @property
    def is_open(self) -> bool:
        """Whether it had not ended, so far as was known."""
        written = self.read
        return isinstance(written, Spell) and written.end == "open"

    @property
    def is_exact(self) -> bool:
        """Whether every year in it is known to the year."""
        return all(single.known_year is not None for single in singles_of(self.read)) and not isinstance(self.read, Choice)

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """The named parts of each date written: ``(("year", 2025), ("month", 7), ("day", 7))``.

        A year known in part is a ``decade``, ``century`` or ``millennium``, by its first year. A ``season`` is counted from spring, 1 to
        4, a ``quarter`` from 1 to 4, a ``half`` from 1 to 2. A third of a year has the months that it begins and ends with.
        """
        return tuple(dict.fromkeys(part for single in singles_of(self.read) for part in _parts(single)))

    @property
    def written(self) -> tuple[tuple[int | None, int | None, int | None], ...]:
        """Each date written, as year, month and day; ``None`` for what it leaves open."""
        return tuple((single.known_year, _only(single.month), _only(single.day)) for single in singles_of(self.read))

    @property
    def known_ends(self) -> tuple[str, str]:
        """The first and the last day that it allows, ISO 8601; where a part is written as open (``XX``), only what is known of them.

        Empty where there is no such day.
        """
        if "X" not in self.text:
            return self.first.isoformat() if self.first else "", self.last.isoformat() if self.last else ""
        singles = [single for single in singles_of(self.read) if single.year]
        start = next((single for single in singles if single.bounds[0] == self.first), None)
        end = next((single for single in singles if single.bounds[1] == self.last), None)
        return _cut(self.first, start), _cut(self.last, end)

    def overlaps(self, other: Edtf) -> bool:
        """Whether the two can speak of the same day. An end that is open or unknown may be any day, and so may an unknown year."""
        if (mine := _season(self.read)) and (theirs := _season(other.read)):  # of one place, though nobody says which
            return mine == theirs
        return _no_later(self.first, other.last) and _no_later(other.first, self.last)

    def same_spell(self, other: Edtf) -> bool:
        """Whether the two cover exactly the same days; where no year is known, the same days of a year."""
        if self.first is None and self.last is None:
            return other.first is None and other.last is None and self.written == other.written
        return (self.first, self.last) == (other.first, other.last) and _season(self.read) == _season(other.read)

    def can_precede(self, other: Edtf) -> bool:
        """Whether some reading puts this no later than ``other``; for an unknown year, any does."""
        return _no_later(self.first, other.last)

    def allows_same(self, other: Edtf) -> bool:
        """Whether one date satisfies both; where a year is missing, its month and day are compared."""
        if all(date.first is not None or date.last is not None for date in (self, other)):
            return self.overlaps(other)
        mine, theirs = dict(self.parts), dict(other.parts)
        return all(mine[part] == theirs[part] for part in mine.keys() & theirs.keys())


def _season(written: Written) -> tuple[int, int] | None:
    """The year and the number of a season of which no hemisphere is known; ``None`` for every other date."""
    is_one = isinstance(written, Single) and written.season in SEASONS and written.known_year is not None
    return (written.known_year, written.season) if is_one else None  # type: ignore[return-value, union-attr]


def _cut(day: Day | None, single: Single | None) -> str:
    """A day without the parts that its date leaves open."""
    if day is None or single is None:
        return ""
    known = day.isoformat()
    return known if single.day or single.season else known[:-3] if single.month else known[:-6]


def _no_later(first: Day | None, last: Day | None) -> bool:
    return first is None or last is None or first <= last


def _only(part: tuple[int, int] | None) -> int | None:
    """The number of a part that is known; ``None`` for one that is open, whole or in part."""
    return part[0] if part and part[0] == part[1] else None


def _parts(single: Single) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    if single.year:
        name = {1: "year", 10: "decade", 100: "century", 1000: "millennium"}[single.year[1] - single.year[0] + 1]
        found.append((name, single.year[0]))
    for name, part in (("month", single.month), ("day", single.day)):
        found += [(name, number) for number in dict.fromkeys(part or ())]
    return found + _season_parts(single.season)


def _season_parts(number: int | None) -> list[tuple[str, int]]:
    """What a season, quarter, third or half is called by."""
    if number is None:
        return []
    if number in QUARTERS:
        return [("quarter", number - QUARTERS.start + 1)]
    if number in HALVES:
        return [("half", number - HALVES.start + 1)]
    if number in THIRDS:
        return [("month", 4 * (number - THIRDS.start) + 1), ("month", 4 * (number - THIRDS.start) + 4)]
    start = next(seasons.start for seasons in (range(min(SEASONS), max(SEASONS) + 1), NORTHERN, SOUTHERN) if number in seasons)
    return [("season", number - start + 1)]
