"""Times that words tell by their distance: "a year earlier", "im Vorjahr", "a decade ago", "last year", "today"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from explainer.bearing.paired import heads_own_number
from explainer.bearing.said_periods import Part, Reading, SaidPeriod, bound
from explainer.values.hedging_words import LENGTHS, NO_SPAN, hedging_words, is_unspaced, lowered
from explainer.values.numerals import numerals, plain

_MONTHS: Final = {"year-1": -12, "year+1": 12, "year-10": -120, "month-1": -1, "month+1": 1}
_OF: Final = re.compile(r"\d\s[^\W\d_]+\s(?:di|de|do|da|of|van|von)\s$")
"""A number, its noun and a word that means "of" as well as "than": Italian "le 64 linci di un anno prima"."""
_LEADS_TO_YEAR: Final = re.compile(r",?\s(?:(?:of|the|des|del|dell'|de|do|di|von|van)\s?){0,2}|の?")
"""What stands between a month and the words for its year: "May last year", "im Mai des Vorjahres"."""
_SIGN: Final = re.compile(r"(?:の?同[期月日]|の?同?時期|同期)?比")
"""What behind a time in Chinese or Japanese compares with it."""


def relative_times(words: str, language: str, named: Sequence[SaidPeriod]) -> list[SaidPeriod]:
    """The times that words tell by their distance from one that is ``named``, or by their length.

    Where the distance is not known, a time is any other than the one from which it is told.
    """
    text, found = plain(words), hedging_words(language)
    pattern = found.relative.pattern
    if pattern is None:
        return []
    low, counted = lowered(text), {each.end: each.start for each in numerals(words, language)}
    times: list[SaidPeriod] = []
    places = [(*match.span(), min(found.relative.of(match))) for match in pattern.finditer(low)]
    for at, end, key in (*places, *_behind_a_word(low, language, counted)):
        # of "five years earlier" the number is a part
        start = next((counted[at - back] for back in (0, 1) if at - back in counted), at) if key == "earlier" else at
        if any(start < each.end and each.start < end for each in (*named, *times)) or _is_set_against(low, language, end):
            continue
        if key == NO_SPAN:
            continue
        if key in LENGTHS:
            times.append(SaidPeriod(start, end, (), is_relative=True, days=LENGTHS[key], may_be_duration=key.startswith("within")))
            continue
        readings, other = _readings(key, _anchor(start, named))
        other = tuple(map(_whole_year, other)) if key == "lastyear" else other
        each = bound(text, SaidPeriod(start, end, readings, is_relative=True, other_than=other), language)
        has_own = low.startswith("'s", end) or low.endswith("'s", start, end) or heads_own_number(low, end)
        if not each.is_compared or _OF.search(low, 0, start) or has_own:  # "against last year's 310", "than last year (310)"
            times.append(replace(each, is_compared=False))
    return times


def with_their_months(text: str, named: Sequence[SaidPeriod], relative: Sequence[SaidPeriod]) -> list[SaidPeriod]:
    """All times in their order, a month or a quarter right before "last year" or "the year before" as one with it."""
    times = sorted([*named, *relative], key=lambda each: each.start)
    joined: list[SaidPeriod] = []
    for each in times:
        month = joined[-1] if joined else None
        if (
            month is None
            or not each.is_relative
            or month.has_year
            or each.days
            or not _LEADS_TO_YEAR.fullmatch(text, month.end, each.start)
        ):
            joined.append(each)
            continue
        years = {reading[0][0] for reading in each.readings}
        runs = [_in_year(reading, year) for reading in month.readings for year in years if year is not None]
        joined[-1] = replace(each, start=month.start, readings=tuple(runs))
    return joined


def _in_year(reading: Reading, year: int) -> Reading:
    return (year, *reading[0][1:]), (year, *reading[1][1:])


def _behind_a_word(low: str, language: str, counted: Mapping[int, int]) -> Iterator[tuple[int, int, str]]:
    """Times told by a word, a number and a unit of time: French "il y a dix ans", German "vor zehn Jahren"."""
    lead, unit = hedging_words(language).ago.pattern, hedging_words(language).spans.pattern
    if lead is None or unit is None:
        return
    leads = {match.end(): match.start() for match in lead.finditer(low)}
    for end, start in counted.items():
        behind = unit.match(low, end + 1)
        if start - 1 in leads and behind is not None:
            yield leads[start - 1], behind.end(), "earlier"


def _anchor(start: int, named: Sequence[SaidPeriod]) -> SaidPeriod | None:
    """The time from which another is told: the last one before it, or else the first one behind it."""
    before = [each for each in named if each.end <= start]
    while before and not before[-1].has_year and any(each.has_year for each in before):
        before.pop()  # "in May 2024 310, in May of the year before 290"
    return before[-1] if before else named[0] if named else None


def _is_set_against(low: str, language: str, end: int) -> bool:
    """Whether a word right behind a time sets something against it: Turkish "önceki yıla göre", Japanese "前年より"."""
    pattern = hedging_words(language).compared.pattern
    after = re.compile(r"\s?").match(low, end)
    if pattern is None or after is None or _SIGN.match(low, end):
        return _SIGN.match(low, end) is not None
    unspaced = low[end - 1 : end] and is_unspaced(low[end - 1])
    return (bool(unspaced) or language.partition("-")[0] in ("hi", "tr", "fi", "hu", "bn")) and any(
        pattern.match(low, at) for at in {end, after.end()}
    )


def _readings(key: str, anchor: SaidPeriod | None) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
    """The days that a time may mean, or, if they are not known, those that it does not mean."""
    if anchor is None:
        return (), ()
    step = _MONTHS.get(key)
    known = step is not None and anchor.has_year and (step % 12 == 0 or _is_month(anchor.readings[0]))
    if step is None or not known:
        return (), anchor.readings
    return tuple(_moved(reading, step) for reading in anchor.readings), ()


def _whole_year(reading: Reading) -> Reading:
    """The year in which a run of days ends; a run without a year as it is."""
    year = reading[1][0]
    return reading if year is None else ((year, 1, 1), (year, 12, 31))


def _is_month(reading: Reading) -> bool:
    return reading[0][:2] == reading[1][:2]


def _moved(reading: Reading, months: int) -> Reading:
    """A run of days moved by some months; a day that a month does not have is its last one."""
    first, last = (_part(each, months) for each in reading)
    return first, last


def _part(part: Part, months: int) -> Part:
    assert part[0] is not None
    at = 12 * part[0] + part[1] - 1 + months
    year, month = max(1, at // 12), at % 12 + 1
    return year, month, part[2] if part[2] >= 28 else min(part[2], monthrange(year, month)[1])
