"""Which number of a sentence each of its times belongs to, where a sentence names several times: "from 310 in 2019 to 512 in 2023".

A time belongs to the number right before it or right behind it. Which one is told by how near the two stand and by what parts them, for
all times of the sentence at once, so that as few numbers and times as possible are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Protocol, TypeVar

from explainer.bearing.attribution import Named, opens, parts
from explainer.values.hedging_words import hedging_words, lowered
from explainer.values.numerals import Numeral
from explainer.values.vocabulary import vocabulary


class Time(Named, Protocol):
    """A time that a sentence names, with its place."""

    @property
    def is_relative(self) -> bool:
        """Whether it is told by its distance from another."""

    @property
    def days(self) -> tuple[int, int] | None:
        """Of a time told by its length alone, how many days it may have."""


T = TypeVar("T", bound=Time)
Row = Sequence[tuple[Numeral | Time, Time | None]]
"""The numbers and the times of a sentence in their order; a time stands twice."""
_COMMA: Final = re.compile(r"[,;:、，；()|\n]|\.\s|\s[–—-]\s")
_BRACKET: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")
_OWN_NUMBER: Final = re.compile(
    r"[^\d,;:.()]{0,12}\.?\s?(?:[(（]|,\s(?:which|that|who|qui|que|che|welche[rs]?|der|die|das|котор\w+|який|яка|яке|які|któr\w+|kter\w+|ktor\w+|care|som|dat"
    r"|koj\w+|ki|el\scual|la\scual|o\squal)\s)[^\d,;:.()]{0,30}\d"
)
"""What stands between a time and a number of its own: "2023 (310", "2023, which had 310"."""
_KOREAN_CLAUSE_END: Final = re.compile(r"(?:며|고|지만|으나|[는은인]데)\s$")
"""The endings of a Korean verb before another clause: "45명이며 2021년에는 280명"."""
_COMPARATIVE: Final = re.compile(r"(?<!\w)(?:mehr|weniger|\w{3,}er|\w{3,}ere[nrms]?)\s$")
"""German comparatives before "als"."""
_FAR: Final = 100
_PARTED: Final = 40
"""What a comma, "and" or "to" between a number and a time costs, in letters."""
_TIME_ALONE: Final = 120
_NUMBER_ALONE: Final = 60
_FIRST_ALONE: Final = 40
"""What a time or a number without another costs, in letters; least a time that opens the sentence, and may be that of all."""


def paired(text: str, language: str, number: Numeral, numbers: Sequence[Numeral], times: Sequence[T]) -> tuple[list[T], list[T]] | None:
    """The time of a number among all numbers and times of its sentence, and the times that belong to none of them.

    No time is given where none is the number's, and two where it shares one with the number before it or another with the one behind
    it. Nothing is told (``None``) of a sentence that holds fewer than two of either.
    """
    usable = [each for each in times if not each.is_compared or heads_a_clause(text, language, each, numbers)]
    if len(numbers) < 2 or not usable or (len(usable) < 2 and not usable[0].is_relative and not usable[0].is_compared):
        return None
    aside = _pairs_in_brackets(text, number, numbers, usable)
    places: list[tuple[Numeral | Time, Time | None]] = [*((one, None) for one in numbers), *((each, each) for each in usable)]
    row = sorted((place for place in places if place[0].start not in aside), key=lambda place: place[0].start)
    mates = _mates(text, language, row)
    taken = aside | {one.start for index in mates if (one := row[index][1]) is not None}
    alone = [each for each in usable if each.start not in taken]
    at = next((index for index, (one, each) in enumerate(row) if each is None and one.start == number.start), None)
    if at is None:
        return None
    if at not in mates and alone and at and _COMMA.search(text, row[at - 1][0].end, number.start):
        return [], alone
    shared = [row[mates[at]][1]] if at in mates else _shared_by_parts(text, language, row, mates, at)
    starts = {one.start for one in shared if one is not None and (at in mates or one.days is None)}
    return [each for each in usable if each.start in starts], alone


def _shared_by_parts(text: str, language: str, row: Row, mates: dict[int, int], at: int) -> list[Time | None]:
    """The times that a number without one may share with its neighbours.

    Where no comma parts it from one of them and one from the other, it is the time of the first.
    """
    sides = [step for step in (-1, 1) if _shares(text, language, row, at, step)]
    found = {step: one for step in sides if (one := _shared(text, language, row, mates, at, step)) is not None}
    close = [one for step, one in found.items() if not _is_parted(text, row, at, step)]
    return list(close or found.values())


def _pairs_in_brackets(text: str, number: Numeral, numbers: Sequence[Numeral], times: Sequence[Time]) -> set[int]:
    """Where the numbers and times begin that stand together in brackets in which a number does not: "45 teams (40 in 2022) and 12"."""
    aside: set[int] = set()
    for bracket in _BRACKET.finditer(text):
        if bracket.start() < number.start < bracket.end():
            continue
        inside = [{one.start for one in each if bracket.start() < one.start < bracket.end()} for each in (numbers, times)]
        aside |= inside[0] | inside[1] if all(inside) else set()
    return aside


def heads_own_number(low: str, end: int) -> bool:
    """Whether right behind a time that ends there its own number stands, in brackets or a clause: "than in 2023, which had 310"."""
    return _OWN_NUMBER.match(low, end) is not None


def heads_a_clause(text: str, language: str, each: Time, numbers: Sequence[Numeral]) -> bool:
    """Whether a time that is compared with has a clause of its own: "than in 2022, when there were 310", "while in 2019 there were 310"."""
    pattern = hedging_words(language).clause.pattern
    after = next((one for one in numbers if one.start >= each.end), None)
    if after is not None and heads_own_number(lowered(text)[: after.start + 1], each.end):
        return True
    if pattern is None or after is None:
        return False
    low = lowered(text)
    before = low[max(0, each.start - 30) : each.start]
    return pattern.search(low, each.end, after.start) is not None or any(
        not _is_than(before, match, language) and len(before[match.end() :].split()) <= 3 and not _COMMA.search(before, match.end())
        for match in pattern.finditer(before)
    )


def _is_than(low: str, match: re.Match[str], language: str) -> bool:
    """Whether a word that may mean "when" means "than", right before a time: German "mehr als 2019", "mehr als im Jahr 2019"."""
    than = hedging_words(language).compared.pattern
    return than is not None and than.fullmatch(match.group()) is not None and bool(_COMPARATIVE.search(low, 0, match.start()))


def _mates(text: str, language: str, row: Row) -> dict[int, int]:
    """The neighbours in a row of numbers and times that belong together, by their places, at the least cost."""
    first = _FIRST_ALONE if (time := row[0][1]) and not time.is_relative else _NUMBER_ALONE if time is None else _TIME_ALONE
    costs: list[tuple[float, tuple[int, ...]]] = [(0, ()), (first, ())]
    for index in range(1, len(row)):
        alone = costs[index][0] + (_NUMBER_ALONE if row[index][1] is None else _TIME_ALONE), costs[index][1]
        together = costs[index - 1][0] + _cost(text, language, row[index - 1], row[index]), (*costs[index - 1][1], index)
        costs.append(min(alone, together, key=lambda each: each[0]))
    found: dict[int, int] = {}
    for index in costs[-1][1]:
        found |= {index: index - 1, index - 1: index}
    return found


def _cost(text: str, language: str, left: tuple[Numeral | Time, Time | None], right: tuple[Numeral | Time, Time | None]) -> float:
    """What it costs to take two neighbours as belonging together, in letters; infinite for two numbers or two times."""
    if (left[1] is None) == (right[1] is None):
        return float("inf")
    gap = text[left[0].end : right[0].start]
    if right[1] is not None and right[1].is_compared:
        return float("inf")
    if left[1] is not None and left[1].is_relative and gap.strip() in ("(", "（"):
        return 0  # "than last year (310)"
    time = left[1] or right[1]
    heads = left[1] is not None and (opens(text, left[1].start) if not left[1].is_relative else _begins(text, left[1].start))
    inner = (
        gap.lstrip(" ,:、，—–-") if heads else gap.lstrip(" —–-") if left[1] is not None else gap
    )  # a comma behind "In 2019," parts nothing
    comma = _COMMA.search(inner)
    new_clause = right[1] is not None and language.partition("-")[0] == "ko" and _KOREAN_CLAUSE_END.search(gap) is not None
    # "in April to 13.5": what stands behind a time that heads its part is of its number
    dear = comma or (not heads and parts(f" {inner.strip()} ", language))
    if comma and time is not None and time.is_relative:
        return float("inf")  # "founded ten years earlier, it held 310"
    return min(len(gap), _FAR) + (_PARTED if dear else 0) + (_PARTED if new_clause else 0)


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins at a place."""
    return not (before := text[:start].rstrip()) or before[-1] in ".;!?。"


def _gap(row: Row, at: int, step: int) -> tuple[int, int]:
    """Where what stands between two neighbours begins and ends."""
    left, right = sorted((at, at + step))
    return row[left][0].end, row[right][0].start


def _is_parted(text: str, row: Row, at: int, step: int) -> bool:
    """Whether a comma or a bracket stands between two neighbours."""
    return _COMMA.search(text, *_gap(row, at, step)) is not None


def _shares(text: str, language: str, row: Row, at: int, step: int) -> bool:
    """Whether a number and its neighbour may share a time: not where words set the second against the first, or begin its own clause."""
    if not 0 <= at + step < len(row):
        return False
    begin, end = _gap(row, at, step)
    commas = [comma.end() for comma in _COMMA.finditer(text, begin, end)]
    behind = text[commas[-1] if commas else begin : end]
    if step > 0 and _ends_in_from(behind, language):
        return False
    return not _sets_against(behind, language) and (not commas or len(behind.split()) <= 1)


def _ends_in_from(words: str, language: str) -> bool:
    """Whether words end in one that tells from what a number before them changed: "8.3% of the total, from 7.7%"."""
    known = vocabulary(language).sets
    last = (lowered(words).split() or [""])[-1]
    return last in known.get("from", ()) and last not in known.get("of", ())


def _sets_against(words: str, language: str) -> bool:
    """Whether words compare what follows them: "against", "compared with", "but"."""
    low, known = lowered(words), vocabulary(language)
    compared, contrast = hedging_words(language).compared.pattern, known.phrases("but")
    joins = {*known.sets.get("from", ()), *known.sets.get("of", ())}
    return any(match.group() not in joins for pattern in (compared, contrast) if pattern for match in pattern.finditer(low))


def _shared(text: str, language: str, row: Row, mates: dict[int, int], at: int, step: int) -> Time | None:
    """The time that a number without one shares with its neighbours: "310 men and 20 women in 2019"."""
    here = at + step
    while 0 <= here < len(row) and row[here][1] is None and here not in mates and _shares(text, language, row, here, step):
        here += step
    if not 0 <= here < len(row) or row[here][1] is not None or here not in mates or mates[here] != here + step:
        return None
    return row[mates[here]][1]
