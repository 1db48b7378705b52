"""Check whether the times in a quote agree with the period of a claim.

They agree if one of them is the period, contains it or is part of it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from explainer.check.support.attribution import (
    heads_a_clause,
    heads_own_number,
    nearest,
    opens,
    own,
    paired,
    parts,
    sentence_of,
)
from explainer.check.support.counting import read
from explainer.check.support.hedged import MOST_PLACES
from explainer.check.support.nouns import Clause
from explainer.check.support.ranges import is_change, stands_between
from explainer.check.support.said_periods import (
    Part,
    Reading,
    SaidPeriod,
    relative_times,
    said_periods,
    told_lengths,
    unread_times,
    with_their_months,
)
from explainer.check.support.units import TIMES, rates_in
from explainer.model.dates import Edtf
from explainer.model.edtf import Day, day_of
from explainer.model.hedging_words import hedging_words, is_unspaced
from explainer.model.number_reader import Numeral
from explainer.model.number_words import lowered, vocabulary
from explainer.model.numerals import AND, plain

_ROUGH: Final = ("~", "?", "%")
_SHARES: Final = ("%", "‰", "pp")
_PARTS: Final = re.compile(r"[,;:()]")
_FEW_WORDS: Final = 2
"""Maximum number of words between a number and its own time after a word such as "of": "310 cases
of 2019".
"""
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)|（[^（）]*）")
_CLAUSE_STOP: Final = re.compile(r"[,;:—–)]")
_LED_IN: Final = re.compile(
    r"(?:in|im|en|em|no|na|nel|nell|i|w|v|ve|în|в|во|у|през|tijdens|under|during)(?!\w)",
    re.IGNORECASE,
)
"""Words for "in" in several languages that can begin a relative time."""
_NEAR_EVENT: Final = 40
"""Maximum number of characters between a time and the event that it identifies."""
_LINK: Final = r"\.?\s?(?:['’-]?[^\W\d_]{1,5}\.?\s|[の의的])?"
_COMPOUND: Final = r"[^\W\d_\u3040-\u309f]{0,15}"
_LINKS_TO_EVENT: Final = re.compile(_LINK + _COMPOUND)
_LEADS_TO_EVENT: Final = re.compile(rf"{_LINK}(?:[^\W\d_]+\s)?{_COMPOUND}")
"""Text allowed between a time and an event after it: "2016 presidential election", Hungarian
"2022-es választás".
"""
_TIME_FIRST: Final = frozenset(
    ["bn", "da", "et", "fi", "hi", "hu", "ja", "ko", "lt", "lv", "nb", "sv", "tr", "zh"]
)
"""Languages that put a year without an article before its noun: Turkish "2023 seçimi"."""
_LEADS_FROM_EVENT: Final = re.compile(r"(?:\s[^\W\d_]+)?(?:\s[^\W\d_]{1,4}['’]?){0,2}\s*['’]?")
"""Text allowed between an event and a time after it: "elecciones generales de 2016", "election in
2016".
"""
_UP_TO: Final = frozenset(
    ["auf", "à", "hasta", "a", "para", "до", "do", "naar", "till", "til", "na"]
)
"""Words before the end value of a change, in addition to those that join the ends of a range."""
_LONGEST_YEAR: Final = 366
_SHORTEST_MONTH: Final = 28
_NEAR_SAYING: Final = 25
"""Maximum number of characters between "said" and the time of saying."""


def other_time(
    words: str,
    language: str,
    period: Edtf,
    found: Sequence[Clause],
    told: Sequence[Edtf] = (),
    inferred: str = "",
) -> str:
    """Return a time that a quote gives instead of the claim's period, or an empty string.

    It is returned as the quote writes it. ``found`` are the places of the claim's number in the
    quote. ``told`` are the days on which the claim was said and printed. ``inferred`` is the
    author's account of how the period was worked out. A time that it names too is accepted.
    """
    in_order = hedging_words(language).in_order.pattern
    apart = in_order is not None and in_order.search(lowered(plain(words))) is not None
    named = [
        each
        for each in said_periods(words, language, apart=apart)
        if not _is_saying(words, language, each, told)
    ]
    relative = relative_times(words, language, named)
    relative += told_lengths(words, language, [*named, *relative])
    relative += unread_times(words, language, [*named, *relative])
    named = with_their_months(plain(words), named, relative)
    if not any(each.has_year and not each.is_relative for each in named) and not _is_turn(period):
        named = [each for each in named if not each.may_be_of_a_match]
    if not named:
        return ""
    explained = said_periods(inferred, "en") if inferred else ()
    other = ""
    for clause in found[:MOST_PLACES]:
        first, last = (clause.first, clause.last) if clause.within else (None, None)
        start, end = (first or clause.number).start, (last or clause.number).end
        near = [each for each in named if each.end <= start or end <= each.start]
        wrong = _wrong_times(words, language, clause, near, period, explained, apart=apart)
        if not wrong:
            return ""
        other = other or plain(words)[wrong[0].start : wrong[0].end].strip()
    return other


def _is_turn(period: Edtf) -> bool:
    """Return whether a period is exactly three or six whole months."""
    first, last = period.first, period.last
    if first is None or last is None or period.is_open:
        return False
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    return first.day == 1 and last.day == monthrange(last.year, last.month)[1] and months in (3, 6)


def _wrong_times(  # noqa: PLR0911
    words: str,
    language: str,
    clause: Clause,
    near: Sequence[SaidPeriod],
    period: Edtf,
    explained: Sequence[SaidPeriod],
    *,
    apart: bool,
) -> list[SaidPeriod]:
    """Return the times that a quote gives to a number instead of the claim's period.

    The result is empty if the quote gives the number the period, or no time.
    """
    number = clause.number
    mine, is_sure = _times_of(words, language, number, near, apart=apart)
    mine = _of_its_clause(words, number, mine)
    holding = [
        each for each in mine if _holds(each, period)
    ]  # "in 2024 310 calls were answered within 24 hours": 310 is for 2024
    mine = [each for each in mine if not (holding and each.may_be_duration)]
    is_told = any(_is_same(each, period) for each in explained)
    if _is_level(words, language, number) or is_told:
        mine = [
            each for each in mine if not each.may_be_duration and not (is_told and each.is_unread)
        ]  # "in two years it rose to 310" is no length of the 310
    if lengths := [each for each in mine if each.days and not fits(each, period)]:
        return lengths
    if not holding:
        mine = [
            each for each in mine if not each.days
        ] or mine  # a length that fits does not excuse another time
    # "from 2013 to 2023 it shrank, from 31.2 to 24.5": the range is for both values
    mine = mine or [
        each for each in near if _end_of_change(words, language, number, each, near) is not each
    ]
    mine = [_end_of_change(words, language, number, each, near) for each in mine]
    records = [
        each
        for each in mine
        if _is_record(words, language, number, each, period) or _ends_before(number, each, period)
    ]
    others = [
        each
        for each in near
        if each not in mine
        and (_holds(each, period) or _ends_before(number, each, period))
        and not _is_explained(each, explained)
    ]
    if len(records) == len(mine) and others:
        return others
    if not mine and not any(_is_same(each, period) for each in explained):
        return [
            each for each in near if each.has_year and not each.is_compared and not each.is_relative
        ]
    if wrong := [each for each in records if _is_of(each, period)]:
        return wrong
    mine = [each for each in mine if each not in records and not _is_explained(each, explained)]
    if not _fits_all(mine, period):
        return [each for each in mine if not fits(each, period)] or mine
    if is_told:
        return []
    return _of_other_length(words, language, clause, mine, near, period, is_sure=is_sure)


def _is_level(words: str, language: str, number: Numeral) -> bool:
    """Return whether a number is an end value of a change, such as "rose to 310".

    Such a number is not a total over a time.
    """
    low, known = lowered(plain(words)), vocabulary(language).sets
    begin, _ = sentence_of(low, number, ())
    before, stems = (
        re.findall(r"[^\W\d_]+", low[begin : number.start]),
        tuple(known.get("change", ())),
    )
    ends = {*known.get("to", ()), *known.get("from", ()), *_UP_TO}
    return (
        bool(stems and before)
        and before[-1] in ends
        and any(word.startswith(stems) for word in before)
    )


def _of_its_clause(words: str, number: Numeral, mine: Sequence[SaidPeriod]) -> list[SaidPeriod]:
    """Return the times without the years of other clauses, if the number's own clause has a year.

    Example: "opened in 1932, it carried 310 trains in 2023".
    """
    text = plain(words)
    years = [each for each in mine if each.has_year and not each.is_relative]
    own = [
        each
        for each in years
        if not _CLAUSE_STOP.search(text, min(each.end, number.end), max(each.start, number.start))
    ]
    return [each for each in mine if each not in years or each in own] if own else list(mine)


def _of_other_length(
    words: str,
    language: str,
    clause: Clause,
    mine: Sequence[SaidPeriod],
    near: Sequence[SaidPeriod],
    period: Edtf,
    *,
    is_sure: bool,
) -> list[SaidPeriod]:
    """Return a number's times that fit the period but have another length or belong elsewhere.

    The latter are times of another number.
    """
    fitting = [each for each in mine if fits(each, period)]
    if fitting and all(
        _is_shorter(words, language, each, period) or _is_longer(words, language, each, period)
        for each in fitting
    ):
        return fitting
    if wrong := _compared_year(fitting, near, period):
        return wrong
    if wrong := _parts_of_the_year(words, language, clause.number, fitting, period):
        return wrong
    if not is_sure or clause.rates:
        return []
    return [
        each
        for each in mine
        if _is_period_of_another(each, near, period)
        or _is_other_length(words, language, each, clause, period)
    ]


def _is_shorter(words: str, language: str, each: SaidPeriod, period: Edtf) -> bool:
    """Return whether a time is only part of the claim's period, such as a month of its year.

    A number for May is not the number for the year. A single day, and the end or beginning of a
    month, say when something was counted. They may represent a longer period, of at most a year. So
    may the year that identifies an event.
    """
    first, last = period.first, period.last
    if first is None or last is None or any(mark in period.text for mark in _ROUGH):
        return False
    if each.bound in ("since", "until") or (
        each.bound and any(_begins(*run, period) for run in _runs(each, first, last))
    ):
        return False
    is_long = (last - first).days >= _LONGEST_YEAR
    if not is_long and (_is_point(words, language, each) or _names_event(words, language, each)):
        return False
    runs = _runs(each, first, last)
    inside = [(start, end) for start, end in runs if first <= start and end <= last]
    is_longer = any(
        start < first or last < end
        for start, end in runs
        if (start, end) not in inside and not (end < first or last < start)
    )
    return (
        bool(inside)
        and not is_longer
        and all(
            (start != end or is_long) and (start, end) != (first, last) for start, end in inside
        )
    )


def _runs(each: SaidPeriod, first: Day, last: Day) -> list[tuple[Day, Day]]:
    """Return the first and last day of each reading of a time.

    A time without a year is placed in each year that the period from ``first`` to ``last`` may
    touch.
    """
    return [run for reading in each.readings for run in _concrete(reading, first, last)]


def _parts_of_the_year(
    words: str, language: str, number: Numeral, fitting: Sequence[SaidPeriod], period: Edtf
) -> list[SaidPeriod]:
    """Return a number's months, quarters and halves that are separate from their year.

    Example: "in 2024, 310 ships came in the first half".
    """
    if not any(each.has_year and not each.is_relative and _holds(each, period) for each in fitting):
        return []
    text = plain(words)
    between = {
        each: text[min(each.end, number.end) : max(each.start, number.start)] for each in fitting
    }
    return [
        each
        for each, gap in between.items()
        if not each.has_year
        and not _CLAUSE_STOP.search(gap)
        and _is_shorter(words, language, each, period)
    ]


def _compared_year(
    fitting: Sequence[SaidPeriod], near: Sequence[SaidPeriod], period: Edtf
) -> list[SaidPeriod]:
    """Return the comparison times whose year the claim took by mistake.

    This applies to a number whose own time is months without a year. "In May 512 came, more than in
    the same month of 2023" is about another year than 2023. So is the 512 in "512 in May, 310 in
    May 2023".
    """
    if any(each.has_year for each in fitting) or not fitting:
        return []
    parts_of_year = {
        reading[0][1:] + reading[1][1:] for each in fitting for reading in each.readings
    }
    return [
        each
        for each in near
        if each.readings
        and each.has_year
        and _is_of(each, period)
        and (
            each.is_compared
            or any(reading[0][1:] + reading[1][1:] in parts_of_year for reading in each.readings)
        )
    ]


def _is_point(words: str, language: str, each: SaidPeriod) -> bool:
    """Return whether a word next to a time makes it a day: "at the end of June", "3月末"."""
    pattern, low = hedging_words(language).points.pattern, lowered(plain(words))
    if pattern is None:
        return False
    before, after = (
        low[max(0, each.start - _NEAR_SAYING) : each.start],
        low[each.end : each.end + _NEAR_SAYING].lstrip(),
    )
    return pattern.match(after) is not None or any(
        len(before[match.end() :].split()) <= 1 for match in pattern.finditer(before)
    )


def _names_event(words: str, language: str, each: SaidPeriod) -> bool:
    """Return whether a time identifies an event and does not say how long was counted.

    Examples: "the 2016 election", "the May 2024 attack", "Wahl 2016". A month does so only before
    the noun, as part of the event's name: "the attack of May 2024" says when.
    """
    low, known = lowered(plain(words)), vocabulary(language).sets
    events, articles = hedging_words(language).events.pattern, known.get("article", frozenset())
    before, behind = (
        low[max(0, each.start - _NEAR_EVENT) : each.start],
        low[each.end : each.end + _NEAR_EVENT],
    )
    last = re.search(r"([^\W\d_]+)['’]?\s*$", before)
    has_article = last is not None and last.group(1) in articles
    noun = re.match(r"\s([^\W\d_]{3,})", behind)
    no_event = frozenset[str]().union(
        *(known.get(key, ()) for key in ("measure", "countof", "stop"))
    )
    if not _names_month(each) and has_article and noun and noun.group(1) not in no_event:
        return True
    if events is None:
        return False
    leads = _LEADS_TO_EVENT if has_article else _LINKS_TO_EVENT
    may_lead = has_article or language.partition("-")[0] in _TIME_FIRST
    if may_lead and any(
        leads.fullmatch(behind, 0, match.start()) for match in events.finditer(behind)
    ):
        return True
    gaps = (
        () if _names_month(each) else (before[match.end() :] for match in events.finditer(before))
    )
    return any(
        _LEADS_FROM_EVENT.fullmatch(gap) and not parts(f" {gap.strip()} ", language) for gap in gaps
    )


def _is_longer(words: str, language: str, each: SaidPeriod, period: Edtf) -> bool:
    """Return whether a time is whole months or a year, and the period is only a part of it.

    The period must be a quarter, a half-year, or inside one month. A number for 2024 is not the
    number for March. A year that identifies an event ("the 2016 election") says nothing about
    length.
    """
    first, last = period.first, period.last
    if (
        each.bound
        or each.is_of
        or each.is_relative
        or each.is_run
        or each.is_compared
        or not each.readings
        or first is None
        or last is None
    ):
        return False
    is_turn = _is_turn(period) and first.year == last.year and not period.is_spell
    if not is_turn and ((first.year, first.month) != (last.year, last.month) or period.is_spell):
        return False
    if _is_point(words, language, each):
        return False
    if _names_event(words, language, each):
        return False
    runs = [
        run
        for reading in each.readings
        if _is_whole(reading)
        for run in _concrete(reading, first, last)
    ]
    if (first, last) in _runs(each, first, last):
        return False
    return any(low <= first and last <= high for low, high in runs)


def _is_whole(reading: Reading) -> bool:
    """Return whether a reading is whole months of a year, or the two years of a fiscal year."""
    start, end = reading
    is_fiscal = start[0] is not None and end[0] == start[0] + 1
    return start[2] == 1 and end[2] >= _SHORTEST_MONTH and (is_fiscal or start[0] == end[0])


def _times_of(
    words: str, language: str, number: Numeral, near: Sequence[SaidPeriod], *, apart: bool
) -> tuple[list[SaidPeriod], bool]:
    """Return the times that belong, or may belong, to a number, and whether that is certain."""
    text = plain(words)
    counting = nearest(_counting(words, language, near), number)
    near = nearest(near, number)
    sentence = sentence_of(text, number, near)
    begin, end = _part_of(text, language, sentence, counting, near, number)
    if (begin, end) != sentence:
        near = [each for each in near if begin <= each.start < end]
    near = _without_other_events(text, language, near, number, (begin, end))
    beside = [each for each in counting if begin <= each.start < end]
    later = [
        each
        for each in near
        if each.start >= end and _is_of_its_sentence(text, each, counting, near)
    ]
    if any(begin <= each.start < end for each in near) or not any(
        each.start < begin for each in near
    ):
        near = [each for each in near if each not in later]
    near = [_without_bound(text, language, each, beside) for each in near]
    if language.partition("-")[0] == "ja":
        near = [
            (
                replace(each, is_compared=True)
                if _is_of_surpassed(text, each, number, beside)
                else each
            )
            for each in near
        ]
    here = [each for each in near if begin <= each.start < end]
    if len(beside) < 2 and any(not each.is_relative for each in here):
        here = [each for each in here if not each.is_relative or each.days]
        near = [
            each
            for each in near
            if not each.is_relative or each.days or not begin <= each.start < end
        ]
    in_chain = [each for each in here if _takes_part(text, each, beside)]
    found = (
        None
        if apart or any(sign in text for sign in "|\t\n")
        else paired(text, language, number, beside, in_chain)
    )
    if found is not None:
        mates, alone = found
        mates = [replace(each, is_compared=False) for each in _dated(mates, alone, number, beside)]
        if mates:
            return [
                each if each.has_year else _in_year_of(each, here, alone) for each in mates
            ], len(mates) == 1
        if (first := _head_of_all(text, here, beside)) is not None and not alone:
            return own(words, language, number, [first]), False
        taken = [each for each in in_chain if each not in alone]
        # a length that opens the sentence belongs to all its numbers: "In six months 310 were born
        # and 290 died"
        heads = [each for each in here if each.days and each.end <= beside[0].start]
        near = [
            each
            for each in near
            if each in heads
            or (each.days and each in alone)
            or (each not in taken and not each.is_relative)
        ]
        return own(words, language, number, near), False
    if any(not each.bound for each in here):
        near = [
            each
            for each in near
            if each.bound != "either"
            or not any(number.end <= one.start < each.start for one in beside)
        ]
    if not here:
        near = _without_compared_pairs(text, language, near, counting)
    mine = own(
        words,
        language,
        number,
        [each for each in near if not each.is_relative or len(here) < 2 or len(beside) < 2],
    )
    return mine, len(mine) < 2 and len([each for each in here if not each.is_compared]) < 2


def _dated(
    mates: list[SaidPeriod], alone: Sequence[SaidPeriod], number: Numeral, beside: Sequence[Numeral]
) -> list[SaidPeriod]:
    """Return the times of a number, with a date next to it in place of a bare "now".

    The date must not belong to another number: "now 512 came in 2024".
    """
    if not mates or any(each.readings or each.days for each in mates):
        return mates
    near = []
    for each in alone:
        left, right = (
            (number.end, each.start) if each.start >= number.end else (each.end, number.start)
        )
        if (
            each.has_year
            and not each.is_relative
            and not any(left <= one.start < right for one in beside)
        ):
            near.append(each)
    return near or mates


def _head_of_all(
    text: str, here: Sequence[SaidPeriod], beside: Sequence[Numeral]
) -> SaidPeriod | None:
    """Return the time that opens a sentence, if it belongs to all numbers of the sentence, or None.

    All other times must be comparisons or in brackets.
    """
    first = here[0]
    if (
        first.is_relative
        or first.bound
        or first.is_compared
        or beside[0].start < first.start
        or not opens(text, first.start)
    ):
        return None
    brackets = [match.span() for match in _IN_BRACKETS.finditer(text)]
    others = [each for each in here[1:] if not each.is_compared]
    return (
        first
        if all(any(start < each.start < end for start, end in brackets) for each in others)
        else None
    )


def _part_of(
    text: str,
    language: str,
    sentence: tuple[int, int],
    counting: Sequence[Numeral],
    near: Sequence[SaidPeriod],
    number: Numeral,
) -> tuple[int, int]:
    """Return the start and end of the part of a sentence that holds a number.

    Words such as "while" separate the parts. The result is the whole sentence unless each part has
    a number and a time of its own: "310 in 2019, while 512 came in 2024".
    """
    pattern = hedging_words(language).clause.pattern
    begin, end = sentence
    breaks = (
        [match.start() for match in pattern.finditer(lowered(text), begin, end)] if pattern else []
    )
    runs = list(pairwise([begin, *breaks, end]))
    if len(runs) < 2:
        return sentence
    own = [each for each in near if not each.is_compared]
    holds = [
        any(low <= one.start < high for one in counting)
        and any(low <= each.start < high for each in own)
        for low, high in runs
    ]
    return (
        next(((low, high) for low, high in runs if low <= number.start < high), sentence)
        if all(holds)
        else sentence
    )


def _without_other_events(
    text: str, language: str, near: Sequence[SaidPeriod], number: Numeral, sentence: tuple[int, int]
) -> Sequence[SaidPeriod]:
    """Return the times without those in clauses about another event.

    "After he was hurt on 2 May 2024, 310 guests came in June 2024" is about June. If the sentence
    has no other time, all are returned.
    """
    pattern = hedging_words(language).other_events.pattern
    begin, end = sentence
    others = []
    for match in pattern.finditer(lowered(text), begin, end) if pattern else ():
        inside = [each for each in near if match.end() <= each.start < end]
        stops = (stop.start() for stop in _CLAUSE_STOP.finditer(text, match.end(), end))
        stop = next(
            (at for at in stops if not any(each.start <= at < each.end for each in inside)), end
        )
        if not match.start() <= number.start < stop:
            others += [
                each
                for each in inside
                if each.start < stop and len(text[match.end() : each.start].split()) >= _FEW_WORDS
            ]
    kept = [each for each in near if each not in others]
    return (
        kept if any(begin <= each.start < end and not each.is_relative for each in kept) else near
    )


def _is_of_its_sentence(
    text: str, each: SaidPeriod, counting: Sequence[Numeral], near: Sequence[SaidPeriod]
) -> bool:
    """Return whether the sentence of a time holds a number that the time may belong to."""
    at = Numeral(Decimal(0), each.start, each.end)
    begin, end = sentence_of(text, at, near)
    return any(begin <= one.start < end for one in counting)


def _without_compared_pairs(
    text: str, language: str, near: Sequence[SaidPeriod], counting: Sequence[Numeral]
) -> list[SaidPeriod]:
    """Return the times of other sentences, without those of the start value of a change.

    "It fell from 310 in 2022 to 288 in 2023. 512 were born." is about 2023. If no times would be
    left, all are returned.
    """
    compared = hedging_words(language).compared.pattern
    leads = frozenset(vocabulary(language).sets.get("from", ()))
    kept = []
    for each in near:
        before = next((one for one in reversed(counting) if one.end <= each.start), None)
        lead = (
            lowered(text[max(0, before.start - _NEAR_SAYING) : before.start]).rstrip(" $€£¥")
            if before
            else ""
        )
        is_near = before is not None and each.start - before.end <= 2 * _NEAR_SAYING
        told = compared is not None and any(
            match.end() == len(lead) for match in compared.finditer(lead)
        )
        if not (is_near and (told or (lead.split() or [""])[-1] in leads)):
            kept.append(each)
    return kept or list(near)


def _counting(words: str, language: str, near: Sequence[SaidPeriod]) -> list[Numeral]:
    """Return the numbers that may count something and are not part of a time."""
    ends = [(each.start, each.end) for each in near[: 4 * MOST_PLACES]]
    rates = [
        (rate.start, rate.end) for rate in rates_in(plain(words), language) if rate.per not in TIMES
    ]
    numbers = [each for each, clause in read(words, language) if not clause.is_bare]
    numbers = [
        each for each in numbers if not _is_per(each, numbers, rates)
    ]  # the 1,000 of "17 per 1,000 persons in 2010"
    return [
        each
        for each in numbers
        if all(each.end <= start or end <= each.start for start, end in ends)
    ]


_SURPASSED: Final = re.compile(r"[^、。\d]{0,6}を(?:大きく|大幅に)?(?:上回|下回|超え|越え|抜)")
"""Japanese text that says that a number is above or below the one before it: "310人を上回った"."""


def _is_of_surpassed(
    text: str, each: SaidPeriod, number: Numeral, beside: Sequence[Numeral]
) -> bool:
    """Return whether a time belongs to another number, which is surpassed.

    Example: Japanese "2019年の310人を上回って".
    """
    after = next((one for one in beside if one.start >= each.end), None)
    if after is None or after.start == number.start or text[each.end : after.start].strip() != "の":
        return False
    return _SURPASSED.match(text, after.end) is not None


def _is_per(each: Numeral, numbers: Sequence[Numeral], rates: Sequence[tuple[int, int]]) -> bool:
    """Return whether a number is in the base of a rate, right after another number.

    Example: the 1,000 of "17 per 1,000".
    """
    inside = next((start for start, end in rates if start <= each.start < end), None)
    return inside is not None and any(0 <= inside - one.end <= _NEAR_EVENT for one in numbers)


def _without_bound(
    text: str, language: str, each: SaidPeriod, beside: Sequence[Numeral]
) -> SaidPeriod:
    """Return a time, marked as a comparison instead of a beginning if a clause of its own follows.

    Example: "the highest since 2008, when it hit 310".
    """
    after = next((one for one in beside if one.start >= each.end), None)
    if (
        each.bound != "since"
        or after is None
        or not heads_a_clause(text[: after.end], language, each, beside)
    ):
        return each
    return replace(each, bound="", is_compared=True)


def _takes_part(text: str, each: SaidPeriod, beside: Sequence[Numeral]) -> bool:
    """Return whether a time can belong to a number, as others do.

    A beginning or end of an interval can only if it is right next to a number.
    """
    before = next((one for one in reversed(beside) if one.end <= each.start), None)
    gap = text[before.end : each.start] if before else ""
    led = _LED_IN.match(text, each.start)
    if (
        each.is_relative
        and before
        and before.mark in _SHARES
        and gap.strip(" (")
        and not (_PARTS.search(gap) or led or heads_own_number(text, each.end))
    ):
        return False  # "2% on the previous year", unlike "a fall of 2% in the previous year"
    if not each.bound:
        return True
    after = next((one for one in beside if one.start >= each.end), None)
    behind = text[each.end : after.start] if after else ""
    if each.is_of and after is not None and len(behind.split()) <= 1 and not _PARTS.search(behind):
        return True  # French "le total de 2024 à 512"
    if (
        each.bound == "until"
        and after is not None
        and len(behind.split()) <= _FEW_WORDS
        and not _PARTS.search(behind)
    ):
        return True  # German "bis 2021 auf 512"
    return (
        before is not None
        and before.mark not in _SHARES
        and len(gap.split()) <= _FEW_WORDS
        and not _PARTS.search(gap)
    )


def _in_year_of(
    month: SaidPeriod, here: Sequence[SaidPeriod], alone: Sequence[SaidPeriod]
) -> SaidPeriod:
    """Return a month with its year: the year before it in its sentence, or else a later one.

    A later year must be in ``alone``, the times that belong to no number. The month is returned
    unchanged if there is no such year.
    """
    before = [
        each
        for each in here
        if each.end <= month.start and each.has_year and not each.is_relative and not each.bound
    ]
    behind = [
        each
        for each in alone
        if each.start >= month.end and each.has_year and not each.is_relative and not each.bound
    ]
    year = next(iter([*reversed(before), *behind]), None)
    if (
        year is None
        or year.readings[0][0][0] != year.readings[-1][1][0]
        or year.readings[0][0][0] is None
    ):
        return month
    known = year.readings[0][0][0]
    years = (
        [known]
        if (year.readings[0][0][1], year.readings[0][1][1]) == (1, 12) or year not in before
        else [known, known + 1]
    )
    return replace(
        month,
        readings=tuple(
            ((each, *first[1:]), (each, *last[1:]))
            for first, last in month.readings
            for each in years
        ),
    )


def _end_of_change(
    words: str, language: str, number: Numeral, each: SaidPeriod, near: Sequence[SaidPeriod]
) -> SaidPeriod:
    """Return the beginning or end of a range, for the start or end value of a change.

    Example: "rose from 310 to 512 in 2019–2023". Other times are returned unchanged.
    """
    if each.ends is None:
        return each
    text, found = plain(words), _counting(words, language, near)
    at = next((index for index, one in enumerate(found) if one.start == number.start), None)
    if at is None:
        return each
    low, known = lowered(text), vocabulary(language).sets
    before, stems = low[each.end : number.start], tuple(known.get("change", ()))
    changes = bool(stems) and any(
        word.startswith(stems) for word in re.findall(r"[^\W\d_]+", before)
    )
    if changes and (before.split() or [""])[-1] in {*known.get("to", ()), *_UP_TO}:
        return replace(
            each, readings=(each.ends[1],), is_run=False, ends=None
        )  # "rose by 45 percent between 2015 and 2020, to 310"
    for first, last, end in ((at, at + 1, 0), (at - 1, at, 1)):
        if (
            first >= 0
            and last < len(found)
            and is_change(text, found[first], found[last], vocabulary(language))
        ):
            return replace(each, readings=(each.ends[end],), is_run=False, ends=None)
    return each


def _is_of(each: SaidPeriod, period: Edtf) -> bool:
    """Return whether a period is inside a time, without regard to the word before the time."""
    first, last = period.first, period.last
    return (
        first is not None
        and last is not None
        and any(
            start <= first and last <= end
            for reading in each.readings
            for start, end in _concrete(reading, first, last)
        )
    )


def _is_period_of_another(mine: SaidPeriod, near: Sequence[SaidPeriod], period: Edtf) -> bool:
    """Return whether a quote names the claim's period, but for another number.

    Example: "512 in May, 2,310 from January to May".
    """
    is_plain = [each for each in (mine, *near) if not each.bound or each.is_of]
    return (
        mine in is_plain
        and not _is_same(mine, period)
        and any(_is_same(each, period) for each in is_plain)
    )


def _is_excluded(reading: Reading, said: SaidPeriod, period: Edtf) -> bool:
    """Return whether a period is in the time that another is relative to, or that time in it.

    A month without a year counts if it can be part of the period.
    """
    if reading[0][0] is None:
        return _fits(reading, replace(said, bound=""), period)
    first, last = period.first, period.last
    return (
        first is not None
        and last is not None
        and any(_nested(*run, first, last) for run in _concrete(reading, first, last))
    )


def _is_same(each: SaidPeriod, period: Edtf) -> bool:
    first, last = period.first, period.last
    return (
        first is not None
        and last is not None
        and any(
            (start, end) == (first, last)
            for reading in each.readings
            for start, end in _concrete(reading, first, last)
        )
    )


def _is_other_length(
    words: str, language: str, each: SaidPeriod, clause: Clause, period: Edtf
) -> bool:
    """Return whether a number was counted over a longer range than the period, or over only a part.

    A part counts only if the claim's period is written with a beginning and an end. Otherwise a
    number for May may be the year's number.
    """
    if each.bound or not each.readings or _is_same(each, period):
        return False
    text = plain(words)
    own_and = vocabulary(language).phrases("and") or AND
    if (each.is_run or each.ends) and (
        not own_and.search(lowered(text), each.start, each.end) or stands_between(text, each.start)
    ):
        return _is_of(each, period)
    if clause.number.mark in _SHARES:
        return False
    first, last = period.first, period.last
    if not period.is_spell or first is None or last is None or _is_point(words, language, each):
        return False
    if not all(start[:2] == end[:2] for start, end in each.readings):
        return False
    return all(
        first <= start and end <= last
        for reading in each.readings
        for start, end in _concrete(reading, first, first)
    )


def is_told_as(words: str, language: str, period: Edtf) -> bool:
    """Return whether a text names a period exactly, from its first day to its last."""
    return any(_is_same(each, period) for each in said_periods(words, language))


def plain_periods(words: str, language: str) -> list[Edtf]:
    """Return the times of a text that have a year, without bounds and comparisons.

    A bound is the beginning or end of an interval. Times with several readings are left out.
    """
    named = [
        each
        for each in said_periods(words, language)
        if each.has_year and not each.bound and not each.is_compared
    ]
    spans = [_ends_of(each) for each in named if len(each.readings) == 1]
    return [
        Edtf.parse("/".join(f"{year:04}-{month:02}-{day:02}" for year, month, day in span))
        for span in spans
        if span[0] <= span[1]
    ]


def _ends_of(each: SaidPeriod) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Return the first and last day of a time that has one reading and a year."""
    first, last = each.readings[0]
    assert first[0] is not None
    begin, end = _day(first, first[0]), _day(last, last[0] or first[0])
    return (begin.year, begin.month, begin.day), (end.year, end.month, end.day)


def _holds(said: SaidPeriod, period: Edtf) -> bool:
    """Return whether a time is the claim's period or contains it."""
    first, last = period.first, period.last
    if first is None or last is None or said.bound == "since":
        return False
    return any(
        start <= first and last <= end
        for reading in said.readings
        for start, end in _concrete(reading, first, last)
    )


def other_bound(words: str, language: str, date: Edtf) -> str:
    """Return the words that give an open interval the opposite open end, or an empty string.

    Example: "until 2025" for ``2025/..``, which has no end.
    """
    if not date.is_spell or (date.first is not None and date.last is not None):
        return ""
    own, other = ("since", "until") if date.last is None else ("until", "since")
    day = date.first or date.last
    assert day is not None  # the parser refuses an interval that is open at both ends
    named = [
        each
        for each in said_periods(words, language)
        if any(
            start <= day <= end
            for reading in each.readings
            for start, end in _concrete(reading, day, day)
        )
    ]
    if (
        not named
        or not all(each.bound == other for each in named)
        or own in {each.bound for each in named}
    ):
        return ""
    text, at = plain(words), named[0]
    return text[max(0, at.start - 12) : at.end + 10].strip()


def _fits_all(mine: Sequence[SaidPeriod], period: Edtf) -> bool:
    """Return whether a claim's period agrees with all times together.

    It does if there are none or if one of them fits. If there are both years and months without a
    year, one of each must fit.
    """
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
    """Return whether a time can be the claim's period."""
    if said.is_unread:
        return False
    if said.days is not None:
        first, last = period.first, period.last
        return (
            first is None or last is None or said.days[0] <= (last - first).days + 1 <= said.days[1]
        )
    if said.is_relative and not said.readings:
        return not any(_is_excluded(reading, said, period) for reading in said.other_than)
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
    """Return the first and last day of a reading.

    A reading without a year is placed in each year that the period may touch.
    """
    start, end = reading
    if start[0] is not None and end[0] is not None:
        return [(_day(start, start[0]), _day(end, end[0]))]
    years = [day.year for day in (first, last) if day is not None]
    low, high = min(years), max(years)
    over = 1 if (start[1], start[2]) > (end[1], end[2]) else 0
    return [
        (_day(start, year), _day(end, year + over))
        for year in range(low - 1, min(high, low + 200) + 2)
    ]


def _day(part: Part, year: int) -> Day:
    return day_of(year, part[1], min(part[2], monthrange(year, part[1])[1]))


def _nested(start: Day, end: Day, first: Day | None, last: Day | None) -> bool:
    """Return whether one of two runs of days is inside the other."""
    inside = (first is None or first <= start) and (last is None or end <= last)
    around = first is not None and last is not None and start <= first and last <= end
    return inside or around


def _begins(start: Day, end: Day, period: Edtf) -> bool:
    """Return whether a period begins at a time that is named as a beginning."""
    return period.first is not None and (
        start <= period.first <= end
        or (period.first.year == start.year and _nested(start, end, period.first, period.last))
    )


def _ends(start: Day, end: Day, period: Edtf) -> bool:
    """Return whether a period ends at a time that is named as an end."""
    if period.last is None:
        return period.first is not None and not period.is_open and period.first <= end
    return start <= period.last <= end or (
        period.last.year == end.year and _nested(start, end, period.first, period.last)
    )


def _is_near(start: Day, end: Day, first: Day | None, last: Day | None) -> bool:
    low = first.year - 1 if first else start.year
    high = last.year + 1 if last else end.year
    return low <= start.year and end.year <= high


def _ends_before(number: Numeral, each: SaidPeriod, period: Edtf) -> bool:
    """Return whether the period is inside a time after the number that is named with "since".

    Example: "512, as never since 2008".
    """
    return (
        each.bound == "since"
        and not each.is_of
        and number.end <= each.start
        and _is_of(each, period)
    )


def _is_record(words: str, language: str, number: Numeral, each: SaidPeriod, period: Edtf) -> bool:
    """Return whether a beginning is the one of a record, not of the number's own time.

    Example: "the highest since 2019".
    """
    low = lowered(plain(words))
    if each.bound == "either" and not fits(each, period):
        gap = low[number.end : each.start]  # "310 casos de 2019" is the time of the 310
        return not (
            number.end <= each.start and len(gap.split()) <= _FEW_WORDS and not _PARTS.search(gap)
        )
    best = hedging_words(language).best
    if (
        each.bound not in ("since", "either")
        or not best
        or (each.bound == "either" and number.end > each.start)
    ):
        return False
    before = "" if is_unspaced(best[0][0]) else r"(?<!\w)"
    return re.search(before + "(?:" + "|".join(map(re.escape, best)) + ")", low) is not None


def _is_saying(words: str, language: str, each: SaidPeriod, told: Sequence[Edtf]) -> bool:
    """Return whether a time is when something was said, by a word such as "said" next to it.

    If the word comes after the time, the time must be a day on which the claim was said or printed.
    """
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
    """Return whether the author's account of the period names the same time."""
    return bool({each.readings} & {one.readings for one in explained})
