"""Dates and spells in EDTF (ISO 8601-2), with the bounds that comparisons need."""

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
        """Whether this lasted from a start to an end, rather than being one date that may be open
        in part.
        """
        return isinstance(self.read, Spell)

    @property
    def is_open(self) -> bool:
        """Whether it had not ended, so far as was known."""
        written = self.read
        return isinstance(written, Spell) and written.end == "open"

    @property
    def is_exact(self) -> bool:
        """Whether every year in it is known to the year."""
        return all(
            single.known_year is not None for single in singles_of(self.read)
        ) and not isinstance(self.read, Choice)

    @property
    def is_doubtful(self) -> bool:
        """Whether any part of it is approximate or uncertain, by how much nobody says."""
        return any(single.approximate or single.uncertain for single in singles_of(self.read))

    @property
    def is_one(self) -> bool:
        """Whether no part of it is known in part, and it is no choice of dates. A part that is not
        said at all may be any.
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
        """Whether it is a season whose months nobody says: one of an unknown hemisphere, or one
        that runs over the new year.

        "Winter 2024" may be the one in which the year began, or the one in which it ended.
        """
        written = self.read
        season = written.season if isinstance(written, Single) else None
        return season in SEASONS or season in (NORTHERN[3], SOUTHERN[1])

    @property
    def is_season(self) -> bool:
        """Whether it is a season, of one hemisphere or of any; its bounds are those that any
        reckoning gives it.
        """
        written = self.read
        return (
            isinstance(written, Single)
            and written.season is not None
            and written.season < QUARTERS.start
        )

    @property
    def days(self) -> int | None:
        """How many days it covers, a season a quarter of a year; ``None`` where its beginning or
        its end is not known.
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
        """Whether it is a day, a month or a year of which no part is open. It may be approximate or
        uncertain.
        """
        written = self.read
        if not isinstance(written, Single) or "X" in self.text or written.season is not None:
            return False
        return written.known_year is not None

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """The named parts of each date written: ``(("year", 2025), ("month", 7), ("day", 7))``.

        A year known in part is a ``decade``, ``century`` or ``millennium``, by its first year. A
        ``season`` is counted from spring, 1 to 4, a ``quarter`` from 1 to 4, a ``half`` from 1 to
        2. A third of a year has the months that it begins and ends with.
        """
        return tuple(
            dict.fromkeys(part for single in singles_of(self.read) for part in _parts(single))
        )

    @property
    def written(self) -> tuple[tuple[int | None, int | None, int | None], ...]:
        """Each date written, as year, month and day; ``None`` for what it leaves open."""
        return tuple(
            (single.known_year, _only(single.month), _only(single.day))
            for single in singles_of(self.read)
        )

    @property
    def known_ends(self) -> tuple[str, str]:
        """The first and the last day that it allows, ISO 8601; where a part is written as open
        (``XX``), only what is known of them.

        Empty where there is no such day.
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
        """Whether the two can speak of the same day. An end that is open or unknown may be any day,
        and so may an unknown year.
        """
        if (
            same := _are_seasons(self.read, other.read)
        ) is not None:  # of one place, though nobody may say which
            return same
        return _no_later(self.first, other.last) and _no_later(other.first, self.last)

    def same_spell(self, other: Edtf) -> bool:
        """Whether the two cover exactly the same days; where no year is known, the same days of a
        year.
        """
        if self.first is None and self.last is None:
            return other.first is None and other.last is None and self.written == other.written
        return (self.first, self.last) == (other.first, other.last) and _season(
            self.read
        ) == _season(other.read)

    def can_precede(self, other: Edtf) -> bool:
        """Whether some reading puts this no later than ``other``; for an unknown year, any does."""
        return _no_later(self.first, other.last)

    def allows_same(self, other: Edtf) -> bool:
        """Whether one date, or one spell from its beginning to its end, satisfies both.

        An end that is unknown, and a beginning that is open, may be any; an end that is open ("to
        this day") is no date. Where a year is missing, month and day are compared.
        """
        return _agree(self.read, other.read)

    def may_begin_with(self, other: Edtf) -> bool:
        """Whether the two are spells that may have begun on one day."""
        mine, theirs = self.read, other.read
        return (
            isinstance(mine, Spell)
            and isinstance(theirs, Spell)
            and _starts_agree(mine.start, theirs.start)
        )


def _agree(mine: Written, theirs: Written) -> bool:
    """Whether one date or spell satisfies both."""
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
    # a date beside a spell is that of all of it, or of the only end that is dated
    return all(
        _agree_single(end, single) for end in (spell.start, spell.end) if isinstance(end, Single)
    )


def _alternatives(written: Written) -> tuple[Written, ...]:
    return written.members if isinstance(written, Choice) and written.of == "one" else (written,)


def _agree_some_day(a: Written, b: Written, of: tuple[Written, Written]) -> bool:
    """Whether two alternatives allow one date. In a choice of one, a run of dates is some day in
    it, and no spell.
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
        return False  # what lasts, or is several dates, is no one day
    (first, last), (start, end) = bounds_of(a), bounds_of(b)
    return _no_later(first, end) and _no_later(start, last)


def _agree_all(mine: tuple[Single | Spell, ...], theirs: tuple[Single | Spell, ...]) -> bool:
    """Whether each of some dates can be one of some others, and each of those one of these."""
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
    """The hemisphere (0 where nobody says), the year and the number of a season; ``None`` for every
    other date.
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
    """Whether two seasons of one hemisphere are the same; ``None`` where they are not two such
    seasons.
    """
    one, other = _season(mine), _season(theirs)
    return one == other if one and other and one[0] == other[0] else None


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
        name = {1: "year", 10: "decade", 100: "century", 1000: "millennium"}[
            single.year[1] - single.year[0] + 1
        ]
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
