"""Decide which times and places in a quote belong to which of its numbers.

By default all times and places belong to a number, except those that clearly belong to another
number. These are:

- those compared with the number: "512, up from 310 in 2019"
- those in a row of pairs, one for each number: "310 in 2019 and 512 in 2024"
- those in the head of another column of a table
- those that another sentence gives for its own number
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Protocol, TypeVar

from explainer.check.support.counting import read
from explainer.model.hedging_words import HedgingWords, hedging_words
from explainer.model.number_reader import Numeral
from explainer.model.number_words import lowered, vocabulary
from explainer.model.numerals import AND, plain


class Named(Protocol):
    """A time or place that a quote names, with its position."""

    @property
    def start(self) -> int:
        """The position of its first character."""

    @property
    def end(self) -> int:
        """The position after its last character."""

    @property
    def is_compared(self) -> bool:
        """Whether it is the other side of a comparison, marked by a word before it."""


N = TypeVar("N", bound=Named)
_SENTENCE: Final = re.compile(r"[;!?。！？।؟\n]|\.(?=\s+[^\W\d_a-zа-яёіїє]|\s*$)")
_MOST: Final = 24
"""Maximum number of times, and of numbers, that are looked at around one number."""
_BRACKET: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")
_WITHOUT_BREAKS: Final = ("ja", "ko", "zh")
"""Languages that separate numbers by endings alone: "512건으로 2020년 310건보다"."""
_NEAR: Final = 30
"""Maximum number of characters between a number and its own time after it: "310 people in 2019"."""
_WITH: Final = frozenset(["с", "со", "з", "із", "z", "ze", "da", "di"])
"""Words that mean "with" or "of" besides "than" or "from". They compare only if something
changes.
"""
_LEAD: Final = 2
"""Maximum number of words before the first time or place in a part of a sentence: "and in 2022"."""
_BREAK: Final = re.compile(r"[,;:、，；()|\n]|\.\s")
_OPENS: Final = re.compile(r"(?:^|[,;:、，；()|\n.]|[–—-]\s)\W*(?:[^\W\d_]{1,9}\s+){0,2}$")


def own(words: str, language: str, number: Numeral, named: Sequence[N]) -> list[N]:
    """Return the times or places of a quote that belong, or may belong, to a number."""
    text = plain(words)
    low, hedging = lowered(text), hedging_words(language)
    numbers = nearest(
        [each for each, clause in read(words, language) if not clause.is_bare], number
    )
    named = nearest(named, number)
    numbers = [
        each
        for each in numbers
        if all(each.end <= one.start or one.end <= each.start for one in named)
    ]
    begin, end = sentence_of(text, number, named)
    here = [each for each in named if begin <= each.start < end]
    beside = [each for each in numbers if begin <= each.start < end]
    if (column := _of_table(text, number, named, numbers)) is not None:
        return column
    if (
        len(here) > 1
        and (pair := _of_row(text, low, number, here, beside, language, hedging)) is not None
    ):
        return [pair]
    brackets = [match.span() for match in _BRACKET.finditer(text)]
    mine = [
        each
        for each in here
        if not _is_others(low, number, each, beside, hedging, language)
        and not _is_in_bracket(number, each, beside, brackets)
    ]
    if mine:
        return mine
    outside = [each for each in named if not begin <= each.start < end and not each.is_compared]
    return [] if here and not outside else outside if not here else []


T = TypeVar("T", bound=Named | Numeral)


def nearest(each: Sequence[T], number: Numeral) -> Sequence[T]:
    """Return the items nearest to a number, at most 24, in text order.

    The limit keeps the check fast on a quote that was made to slow it down.
    """
    if len(each) <= _MOST:
        return each
    nearest = sorted(each, key=lambda one: abs(one.start - number.start))[:_MOST]
    return sorted(nearest, key=lambda one: one.start)


def sentence_of(text: str, number: Numeral, named: Sequence[Named]) -> tuple[int, int]:
    """Return the start and end of a number's sentence.

    A dot inside a time or place does not end the sentence.
    """
    ends = [
        match
        for match in _SENTENCE.finditer(text)
        if not any(each.start <= match.start() < each.end for each in named)
    ]
    begin = max((match.end() for match in ends if match.end() <= number.start), default=0)
    return begin, min(
        (match.start() for match in ends if match.start() >= number.end), default=len(text)
    )


def _is_others(
    low: str,
    number: Numeral,
    each: Named,
    beside: Sequence[Numeral],
    hedging: HedgingWords,
    language: str,
) -> bool:
    """Return whether a time or place belongs to another number, or to none."""
    if each.is_compared or (
        each.start >= number.end and _heads_part_of_another(low, number, each, beside, hedging)
    ):
        return True
    left, right = (number.end, each.start) if each.start >= number.end else (each.end, number.start)
    pattern = hedging.compared.pattern
    if pattern is None:
        return False
    stems = tuple(vocabulary(language).sets.get("change", ()))
    changes = bool(stems) and any(
        word.startswith(stems) for word in re.findall(r"[^\W\d_]+", low[max(0, left - 80) : right])
    )
    plain_words = _WITH | vocabulary(language).sets.get("of", frozenset())
    for match in pattern.finditer(low, left, right):
        word = match.group()
        if (
            (word == "de" or (word in plain_words and not changes))
            or "\u3040" <= word[0] <= "\u30ff"
            or "\uac00" <= word[0] <= "\ud7af"
        ):
            # French "en hausse de 14"; Japanese ("前年より14人") and Korean compare with the text
            # before the word
            continue
        if each.start >= number.end:  # "512, up from 310 in 2019"
            if any(
                match.end() <= other.start < each.start for other in beside if other is not number
            ):
                return True
        elif not low[match.end() : number.start].strip(" \u00a0$€£¥'\"(") and (
            _BREAK.search(low, each.end, match.start())
            or any(each.end <= other.start < match.start() for other in beside)
        ):
            return True  # "512 in 2024, up from 310": 2024 is not the time of 310
    # "rose from 310 in 2019 to 512"
    other = next(
        (
            o
            for o in beside
            if o is not number
            and o.end <= each.start
            and each.end <= number.start
            and each.start - o.end <= _NEAR
        ),
        None,
    )
    if other is None or _BREAK.search(low, other.end, each.start):
        return False
    head = low[max(0, other.start - 40) : other.start]
    return any(not head[match.end() :].strip(" \u00a0$€£¥") for match in pattern.finditer(head))


def _heads_part_of_another(
    low: str, number: Numeral, each: Named, beside: Sequence[Numeral], hedging: HedgingWords
) -> bool:
    """Return whether a time or place begins a later part of the sentence that has its own number.

    Example: "512 came, and in 2022 310".
    """
    if not any(
        each.end <= other.start and not _BREAK.search(low, each.end + 1, other.start)
        for other in beside
    ):
        return False
    breaks = [match.end() for match in _BREAK.finditer(low, number.end, each.start)]
    if hedging.clause.pattern:
        breaks += [
            match.end() for match in hedging.clause.pattern.finditer(low, number.end, each.start)
        ]
    return (
        bool(breaks)
        and len(low[max(breaks) : each.start].split()) <= _LEAD
        and not any(max(breaks) <= other.start < each.start for other in beside)
    )


def _is_in_bracket(
    number: Numeral, each: Named, beside: Sequence[Numeral], brackets: Sequence[tuple[int, int]]
) -> bool:
    """Return whether a time or place is in brackets with another number: "512 (310 in 2020)".

    The result is false if this number is in the same brackets.
    """
    around = next(((start, end) for start, end in brackets if start <= each.start < end), None)
    if around is None or around[0] <= number.start < around[1]:
        return False
    return any(around[0] <= other.start < around[1] for other in beside)


def _of_row(
    text: str,
    low: str,
    number: Numeral,
    here: Sequence[N],
    beside: Sequence[Numeral],
    language: str,
    hedging: HedgingWords,
) -> N | None:
    """Return the time or place of a number in a row of pairs, or None if there is no such row."""
    if len(here) == len(beside) and _is_in_order(low, here, beside, hedging):
        return next(
            (each for each, one in zip(here, beside, strict=True) if one.start == number.start),
            None,
        )
    at = next((index for index, one in enumerate(beside) if one.start == number.start), None)
    if at is None:
        return None
    if behind := _pairs(text, here, beside, language, first_is_number=True):
        return behind.get(number.start)
    if before := _pairs(text, here, beside, language, first_is_number=False):
        return before.get(number.start)
    return None


def _is_in_order(
    low: str, here: Sequence[Named], beside: Sequence[Numeral], hedging: HedgingWords
) -> bool:
    """Return whether a word such as "respectively" gives times or places to numbers in order.

    They must all come before the numbers or after them.
    """
    apart = here[-1].end <= beside[0].start or beside[-1].end <= here[0].start
    return (
        apart
        and hedging.in_order.pattern is not None
        and hedging.in_order.pattern.search(low) is not None
    )


def _pairs(
    text: str, here: Sequence[N], beside: Sequence[Numeral], language: str, *, first_is_number: bool
) -> dict[int, N]:
    """Return the time or place of each number in a row of pairs, by the position of the number.

    With ``first_is_number`` each one comes right after its number, otherwise right before it. The
    result is empty if the text is not such a row.
    """
    every = sorted(
        [(one.start, one.end, None) for one in beside]
        + [(each.start, each.end, each) for each in here],
        key=lambda x: x[0],
    )
    if (
        len(every) < 4
        or len(every) % 2
        or any(
            (one[2] is None) != ((index % 2 == 0) == first_is_number)
            for index, one in enumerate(every)
        )
    ):
        return {}
    found: dict[int, N] = {}
    for index in range(0, len(every), 2):
        a, b = every[index], every[index + 1]
        gap = text[a[1] : b[0]]
        inner = gap.strip(" ,:、，：(（") if not first_is_number else gap.strip(" (（")
        if len(gap) > _NEAR + 20 or (
            _BREAK.search(inner)
            if language.partition("-")[0] in _WITHOUT_BREAKS
            else parts(inner, language)
        ):
            return {}
        if index + 2 < len(every) and not parts(text[b[1] : every[index + 2][0]] + " ", language):
            return {}
        one, named = (a, b) if first_is_number else (b, a)
        assert named[2] is not None
        found[one[0]] = named[2]
    return found


def opens(text: str, start: int) -> bool:
    """Return whether a position begins a sentence or a part of one.

    Examples: "In 2019, 310", "; by 2020 there were".
    """
    return _OPENS.search(text[max(0, start - 40) : start]) is not None


def parts(gap: str, language: str) -> bool:
    """Return whether the text between two positions separates them.

    A comma, a bracket, "and" and "to" do.
    """
    words = vocabulary(language)
    own_and = words.sets.get("and", frozenset())
    # French "en" is not the Dutch word for "and"
    joined = not own_and and AND.search(gap)
    if (
        _BREAK.search(gap)
        or joined
        or (gap.strip() and language.partition("-")[0] in _WITHOUT_BREAKS)
    ):
        return True
    known = (
        words.sets.get("to", frozenset())
        | words.sets.get("but", frozenset())
        | own_and
        | words.sets.get("or", frozenset())
    )
    found = re.findall(r"[^\W\d_]+", lowered(gap))
    if any(word in known for word in found):
        return True
    pattern = hedging_words(language).compared.pattern
    if pattern and pattern.search(lowered(gap)):
        return True
    return bool(re.search(r"\s[-–—/]\s|[和與与及到至からとへ및에서]", gap))


def _of_table(
    text: str, number: Numeral, named: Sequence[N], numbers: Sequence[Numeral]
) -> list[N] | None:
    """Return the times or places in the head of a number's column, or None if there is no table.

    The head must be a row above, with as many cells. It may lack the first cell.
    """
    if not any(sign in text for sign in "|\t\n"):
        return None
    rows = rows_of(text)
    row = next((cells for cells in rows if cells[0][0] <= number.start < cells[-1][1]), None)
    if row is None:
        return None
    column = next(
        index
        for index, (start, end) in enumerate(row)
        if number.start < end or index == len(row) - 1
    )
    in_row = [each for each in named if row[0][0] <= each.start < row[-1][1]]
    for head in rows:
        if head is row or head[0][0] > row[0][0] or in_row:
            continue
        heads = [[each for each in named if start <= each.start < end] for start, end in head]
        if sum(1 for each in heads if each) < 2 or any(
            head[0][0] <= one.start < head[-1][1] for one in numbers
        ):
            continue
        if len(head) == len(row):
            return heads[column]
        if len(head) == len(row) - 1:  # the corner of the table is empty
            return heads[column - 1] if column else []
    return None


@lru_cache(maxsize=64)
def rows_of(text: str) -> list[list[tuple[int, int]]]:
    """Return the lines of a text, each as the start and end of its cells."""
    rows: list[list[tuple[int, int]]] = []
    at = 0
    for line in text.split("\n"):
        cells: list[tuple[int, int]] = []
        start = at
        for match in re.finditer(r"\s*[|\t]\s*|$|\s{2,}", line):
            if at + match.start() >= start and (
                line[start - at : match.start()].strip() or (cells and match.group().strip(" "))
            ):
                cells.append((start, at + match.start()))
            start = at + match.end()
        rows.append(cells or [(at, at + len(line))])
        at += len(line) + 1
    return rows


# Pairs of numbers and times in one sentence


class Time(Named, Protocol):
    """A time that a sentence names, with its position."""

    @property
    def is_relative(self) -> bool:
        """Whether it is given by its length or by its distance from another time."""

    @property
    def days(self) -> tuple[int, int] | None:
        """The minimum and maximum number of days, if only a length is given."""


TimeT = TypeVar("TimeT", bound=Time)
Row = Sequence[tuple[Numeral | Time, Time | None]]
"""The numbers and times of a sentence in text order. A time is in both places of its pair."""
_COMMA: Final = re.compile(r"[,;:、，；()|\n]|\.\s|\s[–—-]\s")
_TIME_IN_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")
_OWN_NUMBER: Final = re.compile(
    r"[^\d,;:.()]{0,12}\.?\s?(?:[(（]|,\s(?:which|that|who|qui|que|che|welche[rs]?|der|die|das|котор\w+|який|яка|яке|які|któr\w+|kter\w+|ktor\w+|care|som|dat"
    r"|koj\w+|ki|el\scual|la\scual|o\squal)\s)[^\d,;:.()]{0,30}\d"
)
"""Text between a time and a number of its own: "2023 (310", "2023, which had 310"."""
_KOREAN_CLAUSE_END: Final = re.compile(r"(?:며|고|지만|으나|[는은인]데)\s$")
"""Korean verb endings before another clause: "45명이며 2021년에는 280명"."""
_COMPARATIVE: Final = re.compile(r"(?<!\w)(?:mehr|weniger|\w{3,}er|\w{3,}ere[nrms]?)\s$")
"""German comparatives before "als"."""
_SEPARATOR: Final = re.compile(r"(?<=\d)[.,](?=\d)")
_FAR: Final = 100
_PARTED: Final = 40
"""The cost of a comma, "and" or "to" between a number and a time, in characters."""
_TIME_ALONE: Final = 120
_NUMBER_ALONE: Final = 60
_FIRST_ALONE: Final = 40
"""The cost of a time or number without a partner, in characters.

It is lowest for a time that opens the sentence, because that time may belong to all numbers.
"""


def paired(
    text: str, language: str, number: Numeral, numbers: Sequence[Numeral], times: Sequence[TimeT]
) -> tuple[list[TimeT], list[TimeT]] | None:
    """Return the times of a number, and the times that belong to no number of the sentence.

    If a sentence has several times, as in "from 310 in 2019 to 512 in 2023", each belongs to the
    number right before or right after it. The choice depends on how near they are and what
    separates them. It is made for all times of the sentence at once, so that as few numbers and
    times as possible remain without a partner.

    The number may have no time. It has two if it may share one with the number before it and
    another with the number after it. The result is None if there are too few numbers and times to
    pair: a single number, no time, or a single time that is neither relative nor compared.
    """
    usable = [
        each
        for each in times
        if not each.is_compared or heads_a_clause(text, language, each, numbers)
    ]
    if (
        len(numbers) < 2
        or not usable
        or (len(usable) < 2 and not usable[0].is_relative and not usable[0].is_compared)
    ):
        return None
    aside = _pairs_in_brackets(text, number, numbers, usable)
    places: list[tuple[Numeral | Time, Time | None]] = [
        *((one, None) for one in numbers),
        *((each, each) for each in usable),
    ]
    row = sorted(
        (place for place in places if place[0].start not in aside), key=lambda place: place[0].start
    )
    mates = _mates(text, language, row)
    taken = aside | {one.start for index in mates if (one := row[index][1]) is not None}
    alone = [each for each in usable if each.start not in taken]
    at = next(
        (
            index
            for index, (one, each) in enumerate(row)
            if each is None and one.start == number.start
        ),
        None,
    )
    if at is None:
        return None
    if at not in mates and alone and at and _COMMA.search(text, row[at - 1][0].end, number.start):
        return [], alone
    shared = (
        [row[mates[at]][1]] if at in mates else _shared_by_parts(text, language, row, mates, at)
    )
    starts = {one.start for one in shared if one is not None and (at in mates or one.days is None)}
    return [each for each in usable if each.start in starts], alone


def _shared_by_parts(
    text: str, language: str, row: Row, mates: dict[int, int], at: int
) -> list[Time | None]:
    """Return the times that a number without a partner may share with its neighbours.

    A neighbour that no comma separates from the number goes before one that a comma separates.
    """
    sides = [step for step in (-1, 1) if _shares(text, language, row, at, step)]
    found = {
        step: one
        for step in sides
        if (one := _shared(text, language, row, mates, at, step)) is not None
    }
    close = [one for step, one in found.items() if not _is_parted(text, row, at, step)]
    return list(close or found.values())


def _pairs_in_brackets(
    text: str, number: Numeral, numbers: Sequence[Numeral], times: Sequence[Time]
) -> set[int]:
    """Return the positions of numbers and times together in brackets that do not hold this number.

    Example: "45 teams (40 in 2022) and 12".
    """
    aside: set[int] = set()
    for bracket in _TIME_IN_BRACKETS.finditer(text):
        if bracket.start() < number.start < bracket.end():
            continue
        inside = [
            {one.start for one in each if bracket.start() < one.start < bracket.end()}
            for each in (numbers, times)
        ]
        aside |= inside[0] | inside[1] if all(inside) else set()
    return aside


def heads_own_number(low: str, end: int) -> bool:
    """Return whether a time that ends at ``end`` has its own number right after it.

    The number is in brackets or a clause: "than in 2023, which had 310". ``low`` is the lowered
    text.
    """
    return _OWN_NUMBER.match(low, end) is not None


def heads_a_clause(text: str, language: str, each: Time, numbers: Sequence[Numeral]) -> bool:
    """Return whether a time that is compared with has a clause and number of its own.

    Examples: "than in 2022, when there were 310", "while in 2019 there were 310".
    """
    pattern = hedging_words(language).clause.pattern
    after = next((one for one in numbers if one.start >= each.end), None)
    if after is not None and heads_own_number(lowered(text)[: after.start + 1], each.end):
        return True
    if pattern is None or after is None:
        return False
    low = lowered(text)
    before = low[max(0, each.start - 30) : each.start]
    return pattern.search(low, each.end, after.start) is not None or any(
        not _is_than(before, match, language)
        and len(before[match.end() :].split()) <= 3
        and not _COMMA.search(before, match.end())
        for match in pattern.finditer(before)
    )


def _is_than(low: str, match: re.Match[str], language: str) -> bool:
    """Return whether a word that may mean "when" means "than": German "mehr als 2019"."""
    than = hedging_words(language).compared.pattern
    return (
        than is not None
        and than.fullmatch(match.group()) is not None
        and bool(_COMPARATIVE.search(low, 0, match.start()))
    )


def _mates(text: str, language: str, row: Row) -> dict[int, int]:
    """Return the neighbours in a row that belong together, at the lowest cost, by their indexes.

    Each pair is in the result both ways.
    """
    first = (
        _FIRST_ALONE
        if (time := row[0][1]) and not time.is_relative
        else _NUMBER_ALONE
        if time is None
        else _TIME_ALONE
    )
    costs: list[tuple[float, tuple[int, ...]]] = [(0, ()), (first, ())]
    for index in range(1, len(row)):
        alone = (
            costs[index][0] + (_NUMBER_ALONE if row[index][1] is None else _TIME_ALONE),
            costs[index][1],
        )
        together = (
            costs[index - 1][0] + _cost(text, language, row[index - 1], row[index]),
            (*costs[index - 1][1], index),
        )
        costs.append(min(alone, together, key=lambda each: each[0]))
    found: dict[int, int] = {}
    for index in costs[-1][1]:
        found |= {index: index - 1, index - 1: index}
    return found


def _cost(
    text: str,
    language: str,
    left: tuple[Numeral | Time, Time | None],
    right: tuple[Numeral | Time, Time | None],
) -> float:
    """Return the cost of pairing two neighbours, in characters.

    Two numbers or two times cost infinity.
    """
    if (left[1] is None) == (right[1] is None):
        return float("inf")
    gap = _SEPARATOR.sub(
        "", text[left[0].end : right[0].start]
    )  # the comma of "17 per 1,000" separates nothing
    if right[1] is not None and right[1].is_compared:
        return float("inf")
    if left[1] is not None and left[1].is_relative and gap.strip() in ("(", "（"):
        return 0  # "than last year (310)"
    time = left[1] or right[1]
    heads = left[1] is not None and (
        opens(text, left[1].start) if not left[1].is_relative else _begins(text, left[1].start)
    )
    inner = (
        gap.lstrip(" ,:、，—–-") if heads else gap.lstrip(" —–-") if left[1] is not None else gap
    )  # a comma after "In 2019," separates nothing
    comma = _COMMA.search(inner)
    new_clause = (
        right[1] is not None
        and language.partition("-")[0] == "ko"
        and _KOREAN_CLAUSE_END.search(gap) is not None
    )
    # "in April to 13.5": words after a time that begins its part belong to its number
    dear = comma or (not heads and parts(f" {inner.strip()} ", language))
    if comma and time is not None and time.is_relative:
        return float("inf")  # "founded ten years earlier, it held 310"
    return min(len(gap), _FAR) + (_PARTED if dear else 0) + (_PARTED if new_clause else 0)


def _begins(text: str, start: int) -> bool:
    """Return whether a position begins a sentence."""
    return not (before := text[:start].rstrip()) or before[-1] in ".;!?。"


def _gap(row: Row, at: int, step: int) -> tuple[int, int]:
    """Return the start and end of the text between two neighbours."""
    left, right = sorted((at, at + step))
    return row[left][0].end, row[right][0].start


def _is_parted(text: str, row: Row, at: int, step: int) -> bool:
    """Return whether there is a comma or a bracket between two neighbours."""
    return _COMMA.search(text, *_gap(row, at, step)) is not None


def _shares(text: str, language: str, row: Row, at: int, step: int) -> bool:
    """Return whether a number and its neighbour may share a time.

    They do not if words compare the two or if a comma begins a new clause.
    """
    if not 0 <= at + step < len(row):
        return False
    begin, end = _gap(row, at, step)
    commas = [comma.end() for comma in _COMMA.finditer(text, begin, end)]
    behind = text[commas[-1] if commas else begin : end]
    if step > 0 and _ends_in_from(behind, language):
        return False
    return not _sets_against(behind, language) and (not commas or len(behind.split()) <= 1)


def _ends_in_from(words: str, language: str) -> bool:
    """Return whether words end in "from" for a change of the number before.

    Example: "8.3% of the total, from 7.7%".
    """
    known = vocabulary(language).sets
    last = (lowered(words).split() or [""])[-1]
    return last in known.get("from", ()) and last not in known.get("of", ())


def _sets_against(words: str, language: str) -> bool:
    """Return whether words compare with what follows: "against", "compared with", "but"."""
    low, known = lowered(words), vocabulary(language)
    compared, contrast = hedging_words(language).compared.pattern, known.phrases("but")
    joins = {*known.sets.get("from", ()), *known.sets.get("of", ())}
    return any(
        match.group() not in joins
        for pattern in (compared, contrast)
        if pattern
        for match in pattern.finditer(low)
    )


def _shared(
    text: str, language: str, row: Row, mates: dict[int, int], at: int, step: int
) -> Time | None:
    """Return the time that a number shares with the nearest pair on one side, or None.

    Example: "310 men and 20 women in 2019". ``step`` is -1 for the left side and 1 for the right.
    """
    here = at + step
    while (
        0 <= here < len(row)
        and row[here][1] is None
        and here not in mates
        and _shares(text, language, row, here, step)
    ):
        here += step
    if (
        not 0 <= here < len(row)
        or row[here][1] is not None
        or here not in mates
        or mates[here] != here + step
    ):
        return None
    return row[mates[here]][1]
