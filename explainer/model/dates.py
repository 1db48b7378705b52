"""Dates and periods in EDTF (ISO 8601-2), with the bounds that comparisons need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from explainer.common.typed_json import register_dataclass
from explainer.model.edtf import (
    HALVES,
    NORTHERN,
    QUARTERS,
    SEASONS,
    SOUTHERN,
    THIRDS,
    Choice,
    Day,
    End,
    Single,
    Spell,
    Written,
    bounds_of,
    read,
    singles_of,
)

_SEASON = 91


@register_dataclass
@dataclass(frozen=True)
class Edtf:
    """A date or period as a source gives it. ``first`` and ``last`` are the bounds it allows.

    A bound is ``None`` if that end is open or unknown. Both are ``None`` if no year is known.
    """

    text: str
    first: Day | None
    last: Day | None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse an EDTF string. Raises ``ValueError`` with a message for the author."""
        text = text.strip()
        return cls(text, *bounds_of(read(text)))

    def __str__(self) -> str:
        return self.text

    @property
    def read(self) -> Written:
        """Its parsed parts."""
        return read(self.text)

    @property
    def is_spell(self) -> bool:
        """Whether this is a period with a start and an end, not a single date or a choice."""
        return isinstance(self.read, Spell)

    @property
    def is_open(self) -> bool:
        """Whether the end is open: as far as was known, the period had not ended."""
        written = self.read
        return isinstance(written, Spell) and written.end == "open"

    @property
    def is_exact(self) -> bool:
        """Whether every year in it is known, and it is not a choice of dates."""
        return all(
            single.known_year is not None for single in singles_of(self.read)
        ) and not isinstance(self.read, Choice)

    @property
    def is_doubtful(self) -> bool:
        """Whether a part of it is approximate or uncertain. EDTF does not say by how much."""
        return any(single.approximate or single.uncertain for single in singles_of(self.read))

    @property
    def is_one(self) -> bool:
        """Whether it is not a choice of dates, and no part of it has unknown digits.

        A part that is not given at all is allowed.
        """
        parts = [
            part
            for single in singles_of(self.read)
            for part in (single.year, single.month, single.day)
            if part
        ]
        return not isinstance(self.read, Choice) and all(first == last for first, last in parts)

    @property
    def is_loose(self) -> bool:
        """Whether it is a season whose months are not certain.

        That is a season of an unknown hemisphere, or one that runs over the new year: "winter
        2024" may be the winter at the start of the year or the one at its end.
        """
        written = self.read
        season = written.season if isinstance(written, Single) else None
        return season in SEASONS or season in (NORTHERN[3], SOUTHERN[1])

    @property
    def is_season(self) -> bool:
        """Whether it is a season, of one hemisphere or of any.

        The bounds of a season allow every reckoning of seasons.
        """
        written = self.read
        return (
            isinstance(written, Single)
            and written.season is not None
            and written.season < QUARTERS.start
        )

    @property
    def days(self) -> int | None:
        """How many days it covers. A season counts as a quarter of a year.

        ``None`` if its first or last day is not known.
        """
        if self.is_season:
            return _SEASON
        return (
            (self.last - self.first).days + 1
            if self.first is not None and self.last is not None
            else None
        )

    @property
    def is_plain(self) -> bool:
        """Whether it is a day, a month or a year without an open part.

        It may be approximate or uncertain.
        """
        written = self.read
        if not isinstance(written, Single) or "X" in self.text or written.season is not None:
            return False
        return written.known_year is not None

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """The named parts of each date in it: ``(("year", 2025), ("month", 7), ("day", 7))``.

        A year known in part is a ``decade``, ``century`` or ``millennium``, by its first year. A
        ``season`` is 1 to 4, from spring. A ``quarter`` is 1 to 4, and a ``half`` is 1 or 2. A
        third of a year has its first and its last month.
        """
        return tuple(
            dict.fromkeys(part for single in singles_of(self.read) for part in _parts(single))
        )

    @property
    def written(self) -> tuple[tuple[int | None, int | None, int | None], ...]:
        """Each date in it as (year, month, day), with ``None`` for an open part."""
        return tuple(
            (single.known_year, _only(single.month), _only(single.day))
            for single in singles_of(self.read)
        )

    @property
    def known_ends(self) -> tuple[str, str]:
        """The first and last day that it allows, in ISO 8601.

        If a part is written as open (``XX``), a day is cut to what is known of it. If there is no
        such day, it is "".
        """
        if "X" not in self.text:
            return (
                self.first.isoformat() if self.first else "",
                self.last.isoformat() if self.last else "",
            )
        singles = [single for single in singles_of(self.read) if single.year]
        start = next((single for single in singles if single.bounds[0] == self.first), None)
        end = next((single for single in singles if single.bounds[1] == self.last), None)
        return _cut(self.first, start), _cut(self.last, end)

    def overlaps(self, other: Edtf) -> bool:
        """Return whether the two may be about the same day.

        An open or unknown end may be any day, and so may an unknown year.
        """
        if (
            same := _are_seasons(self.read, other.read)
        ) is not None:  # both are of one hemisphere, though it may be unknown
            return same
        return _no_later(self.first, other.last) and _no_later(other.first, self.last)

    def same_spell(self, other: Edtf) -> bool:
        """Return whether the two cover exactly the same days.

        If no year is known, compare the days of the year.
        """
        if self.first is None and self.last is None:
            return other.first is None and other.last is None and self.written == other.written
        return (self.first, self.last) == (other.first, other.last) and _season(
            self.read
        ) == _season(other.read)

    def can_precede(self, other: Edtf) -> bool:
        """Return whether this may be no later than ``other``. An unknown year may be any year."""
        return _no_later(self.first, other.last)

    def allows_same(self, other: Edtf) -> bool:
        """Return whether one date, or one period from start to end, can satisfy both.

        An unknown end and an open start may be any day. An open end ("to this day") is not a
        date. If a year is missing, compare the month and the day.
        """
        return _agree(self.read, other.read)

    def may_begin_with(self, other: Edtf) -> bool:
        """Return whether both are periods that may have begun on the same day."""
        mine, theirs = self.read, other.read
        return (
            isinstance(mine, Spell)
            and isinstance(theirs, Spell)
            and _starts_agree(mine.start, theirs.start)
        )


def _agree(mine: Written, theirs: Written) -> bool:
    """Return whether one date or period can satisfy both."""
    if any(isinstance(each, Choice) and each.of == "one" for each in (mine, theirs)):
        return any(
            _agree_some_day(a, b, (mine, theirs))
            for a in _alternatives(mine)
            for b in _alternatives(theirs)
        )
    if isinstance(mine, Choice) or isinstance(theirs, Choice):
        return _agree_all(_members(mine), _members(theirs))
    if isinstance(mine, Single) and isinstance(theirs, Single):
        return _agree_single(mine, theirs)
    if isinstance(mine, Spell) and isinstance(theirs, Spell):
        return _starts_agree(mine.start, theirs.start) and _ends_agree(mine.end, theirs.end)
    spell, single = (mine, theirs) if isinstance(mine, Spell) else (theirs, mine)
    assert isinstance(spell, Spell)
    assert isinstance(single, Single)
    # A date beside a period is the date of the whole period, or of its only dated end.
    return all(
        _agree_single(end, single) for end in (spell.start, spell.end) if isinstance(end, Single)
    )


def _alternatives(written: Written) -> tuple[Written, ...]:
    return written.members if isinstance(written, Choice) and written.of == "one" else (written,)


def _agree_some_day(a: Written, b: Written, of: tuple[Written, Written]) -> bool:
    """Return whether two alternatives allow the same date.

    In a choice of one date, a range of dates means some day in it, not a period.
    """
    runs = [
        isinstance(each, Spell) and isinstance(whole, Choice)
        for each, whole in zip((a, b), of, strict=True)
    ]
    if not any(runs):
        return _agree(a, b)
    if any(
        isinstance(each, Spell | Choice) and not run for each, run in zip((a, b), runs, strict=True)
    ):
        return False  # a period, or several dates, is not one day
    (first, last), (start, end) = bounds_of(a), bounds_of(b)
    return _no_later(first, end) and _no_later(start, last)


def _agree_all(mine: tuple[Single | Spell, ...], theirs: tuple[Single | Spell, ...]) -> bool:
    """Return whether each date of one tuple agrees with a date of the other, in both directions."""
    return all(
        any(_agree(one, other) for other in b)
        for a, b in ((mine, theirs), (theirs, mine))
        for one in a
    )


def _members(written: Single | Spell | Choice) -> tuple[Single | Spell, ...]:
    return written.members if isinstance(written, Choice) else (written,)


def _starts_agree(mine: End, theirs: End) -> bool:
    return (
        _agree_single(mine, theirs)
        if isinstance(mine, Single) and isinstance(theirs, Single)
        else True
    )


def _ends_agree(mine: End, theirs: End) -> bool:
    if isinstance(mine, Single) and isinstance(theirs, Single):
        return _agree_single(mine, theirs)
    return mine == theirs or "unknown" in (mine, theirs)


def _agree_single(mine: Single, theirs: Single) -> bool:
    if mine.year and theirs.year:
        if (same := _are_seasons(mine, theirs)) is not None:
            return same
        return _no_later(mine.bounds[0], theirs.bounds[1]) and _no_later(
            theirs.bounds[0], mine.bounds[1]
        )
    told, known = dict(_parts(mine)), dict(_parts(theirs))
    return all(told[part] == known[part] for part in told.keys() & known.keys())


def _season(written: Written) -> tuple[int, int, int] | None:
    """Return the hemisphere (0 if unknown), the year and the number of a season.

    Return None for any other date, and for a season without a known year.
    """
    if (
        not isinstance(written, Single)
        or written.season is None
        or written.season >= QUARTERS.start
        or written.known_year is None
    ):
        return None
    return (written.season - min(SEASONS)) // len(SEASONS), written.known_year, written.season


def _are_seasons(mine: Written, theirs: Written) -> bool | None:
    """Return whether two seasons of one hemisphere are the same.

    Return None if the two are not seasons of one hemisphere.
    """
    one, other = _season(mine), _season(theirs)
    return one == other if one and other and one[0] == other[0] else None


def _cut(day: Day | None, single: Single | None) -> str:
    """Return a day in ISO 8601 without the parts that its date leaves open."""
    if day is None or single is None:
        return ""
    known = day.isoformat()
    return known if single.day or single.season else known[:-3] if single.month else known[:-6]


def _no_later(first: Day | None, last: Day | None) -> bool:
    return first is None or last is None or first <= last


def _only(part: tuple[int, int] | None) -> int | None:
    """Return the number of a part, or None if it is open or has unknown digits."""
    return part[0] if part and part[0] == part[1] else None


def _parts(single: Single) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    if single.year:
        name = {1: "year", 10: "decade", 100: "century", 1000: "millennium"}[
            single.year[1] - single.year[0] + 1
        ]
        found.append((name, single.year[0]))
    for name, part in (("month", single.month), ("day", single.day)):
        found += [(name, number) for number in dict.fromkeys(part or ())]
    return found + _season_parts(single.season)


def _season_parts(number: int | None) -> list[tuple[str, int]]:
    """Return the name and number of a season, quarter, half or third, as ``Edtf.parts`` has it."""
    if number is None:
        return []
    if number in QUARTERS:
        return [("quarter", number - QUARTERS.start + 1)]
    if number in HALVES:
        return [("half", number - HALVES.start + 1)]
    if number in THIRDS:
        return [
            ("month", 4 * (number - THIRDS.start) + 1),
            ("month", 4 * (number - THIRDS.start) + 4),
        ]
    start = next(
        seasons.start
        for seasons in (range(min(SEASONS), max(SEASONS) + 1), NORTHERN, SOUTHERN)
        if number in seasons
    )
    return [("season", number - start + 1)]
