"""Whether the times that words name are a claim's period: one of them is, holds it, or is a part of it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from typing import Final

from explainer.bearing.attribution import own
from explainer.bearing.hedged import MOST_PLACES
from explainer.bearing.nouns import Clause
from explainer.bearing.said_periods import Part, Reading, SaidPeriod, said_periods
from explainer.values.dates import Edtf
from explainer.values.days import Day, day_of
from explainer.values.hedging_words import hedging_words, lowered
from explainer.values.numerals import plain

_FIRST_YEAR, _LAST_YEAR = 1, 9998
_ROUGH: Final = ("~", "?", "%")
_NEAR_SAYING: Final = 25
"""How many letters may stand between "said" and the time when it was said."""


def other_time(words: str, language: str, period: Edtf, found: Sequence[Clause], told: Sequence[Edtf] = (), inferred: str = "") -> str:
    """The time that words name in place of a claim's period, as they write it; empty where they name none, or the period.

    ``found`` are the places of the claim's number; ``told`` the days on which it was said and printed. A time that ``inferred``, the
    author's account of how the period was worked out, names as well is no other one.
    """
    in_order = hedging_words(language).in_order.pattern
    apart = in_order is not None and in_order.search(lowered(plain(words))) is not None
    named = [each for each in said_periods(words, language, apart=apart) if not _is_saying(words, language, each, told)]
    if not named:
        return ""
    explained = said_periods(inferred, "en") if inferred else ()
    other = ""
    for clause in found[:MOST_PLACES]:
        first, last = clause.first or clause.number, clause.last or clause.number
        start, end = min(first.start, clause.number.start), max(last.end, clause.number.end)
        near = [each for each in named if each.end <= start or end <= each.start]
        mine = own(words, language, clause.number, near)
        wrong = [each for each in near if each not in mine and _holds(each, period)] if not mine else []
        mine = [each for each in mine if not _is_record(words, language, each, period) and not _is_explained(each, explained)]
        if not _fits_all(mine, period):
            wrong = [each for each in mine if not fits(each, period)] or mine
        if not wrong:
            return ""
        other = other or plain(words)[wrong[0].start : wrong[0].end].strip()
    return other


def _holds(said: SaidPeriod, period: Edtf) -> bool:
    """Whether a time that words name is a claim's period, or holds it."""
    first, last = period.first, period.last
    if first is None or last is None or said.bound == "since":
        return False
    return any(start <= first and last <= end for reading in said.readings for start, end in _concrete(reading, first, last))


def other_bound(words: str, language: str, date: Edtf) -> str:
    """The words by which a spell that is open at one end is told as open at the other: "until 2025" for ``2025/..``; or nothing."""
    if not date.is_spell or (date.first is not None and date.last is not None):
        return ""
    own, other = ("since", "until") if date.last is None else ("until", "since")
    day = date.first or date.last
    assert day is not None  # reading a date refuses a spell that is open at both ends
    named = [
        each
        for each in said_periods(words, language)
        if any(start <= day <= end for reading in each.readings for start, end in _concrete(reading, day, day))
    ]
    if not named or not all(each.bound == other for each in named) or own in {each.bound for each in named}:
        return ""
    text, at = plain(words), named[0]
    return text[max(0, at.start - 12) : at.end + 10].strip()


def _fits_all(mine: Sequence[SaidPeriod], period: Edtf) -> bool:
    """Whether nothing is named, or some time fits, and where both years and months without a year are named, one of each."""
    if not mine:
        return True
    fitting = [each for each in mine if fits(each, period)]
    months = [each for each in mine if not each.has_year]
    if not fitting or (len(months) < len(mine) and all(not each.has_year for each in fitting)):
        return False
    return not months or any(_names_month(each) for each in fitting)


def _names_month(each: SaidPeriod) -> bool:
    return any((first[1], last[1]) != (1, 12) for first, last in each.readings)


def fits(said: SaidPeriod, period: Edtf) -> bool:
    """Whether a time that words name can be a claim's period."""
    return any(_fits(reading, said, period) for reading in said.readings)


def _fits(reading: Reading, said: SaidPeriod, period: Edtf) -> bool:
    first, last = period.first, period.last
    if first is None and last is None:
        return _same_months(reading, period)
    for start, end in _concrete(reading, first, last):
        if said.bound in ("since", "either") and _begins(start, end, period):
            return True
        if said.bound == "until" and _ends(start, end, period):
            return True
        if said.bound in ("", "either") and _nested(start, end, first, last):
            return True
        if any(mark in period.text for mark in _ROUGH) and _is_near(start, end, first, last):
            return True
    return False


def _same_months(reading: Reading, period: Edtf) -> bool:
    (_, low, _), (_, high, _) = reading
    wanted = [month for _, month, _ in period.written if month]
    return not wanted or any(low <= month <= high for month in wanted)


def _concrete(reading: Reading, first: Day | None, last: Day | None) -> list[tuple[Day, Day]]:
    """The days of a reading; without a year, in each year that the period may touch."""
    start, end = reading
    if start[0] is not None and end[0] is not None:
        return [(_day(start, start[0]), _day(end, end[0]))]
    years = [day.year for day in (first, last) if day is not None]
    low, high = min(years), max(years)
    over = 1 if (start[1], start[2]) > (end[1], end[2]) else 0
    return [(_day(start, year), _day(end, year + over)) for year in range(low - 1, min(high, low + 200) + 2)]


def _day(part: Part, year: int) -> Day:
    return day_of(year, part[1], min(part[2], monthrange(year, part[1])[1]))


def _nested(start: Day, end: Day, first: Day | None, last: Day | None) -> bool:
    """Whether one of two runs of days lies within the other."""
    inside = (first is None or first <= start) and (last is None or end <= last)
    around = first is not None and last is not None and start <= first and last <= end
    return inside or around


def _begins(start: Day, end: Day, period: Edtf) -> bool:
    """Whether a period begins at a time that is named as the beginning."""
    return period.first is not None and (
        start <= period.first <= end or (period.first.year == start.year and _nested(start, end, period.first, period.last))
    )


def _ends(start: Day, end: Day, period: Edtf) -> bool:
    """Whether a period ends at a time that is named as the end."""
    if period.last is None:
        return period.first is not None and not period.is_open and period.first <= end
    return start <= period.last <= end or (period.last.year == end.year and _nested(start, end, period.first, period.last))


def _is_near(start: Day, end: Day, first: Day | None, last: Day | None) -> bool:
    low = first.year - 1 if first else start.year
    high = last.year + 1 if last else end.year
    return low <= start.year and end.year <= high


def _is_record(words: str, language: str, each: SaidPeriod, period: Edtf) -> bool:
    """Whether a beginning is one that a record is told since, and no beginning of the number's own time: "the highest since 2019"."""
    if each.bound == "either" and not fits(each, period):
        return True
    best = hedging_words(language).best
    low = lowered(plain(words))
    return each.bound == "since" and any(word.startswith(best) for word in _words_in(low, language)) if best else False


def _words_in(low: str, language: str) -> list[str]:
    if language.partition("-")[0] in ("zh", "ja", "ko", "th"):
        return [low[at:] for at in range(len(low))]
    return low.replace("-", " ").split()


def _is_saying(words: str, language: str, each: SaidPeriod, told: Sequence[Edtf]) -> bool:
    """Whether a time is when something was said, which the words beside it say, and is the day on which the claim was, if one is known."""
    said = hedging_words(language).said
    if not said or each.bound or not _names_month(each):
        return False
    low = lowered(plain(words))
    before = low[max(0, each.start - _NEAR_SAYING) : each.start].replace("(", " ").split()
    after = low[each.end : each.end + 2 * _NEAR_SAYING].split()
    if any(word.startswith(said) for word in before):
        return True
    return any(fits(each, day) for day in told) and any(word.startswith(said) for word in after)


def _is_explained(each: SaidPeriod, explained: Sequence[SaidPeriod]) -> bool:
    """Whether the author's account of the period names the same time."""
    return bool({each.readings} & {one.readings for one in explained})
