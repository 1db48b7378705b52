"""Which of the times, or places, that a quote names are those of one of its numbers.

All of them are, but for those that plainly belong to another number: what is set against the number ("512, up from 310 in 2019"),
what stands in a row of pairs with the others ("310 in 2019 and 512 in 2024"), what heads another column of a table, what another
sentence says of its own number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Protocol, TypeVar

from explainer.bearing.counting import read
from explainer.values.hedging_words import HedgingWords, hedging_words, lowered
from explainer.values.numerals import AND, Numeral, plain
from explainer.values.vocabulary import vocabulary


class Named(Protocol):
    """What a quote names, with its place."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def is_compared(self) -> bool:
        """Whether it stands right behind a word that sets it against another."""


N = TypeVar("N", bound=Named)
_SENTENCE: Final = re.compile(r"[;!?。！？।؟\n]|\.(?=\s+[^\W\d_a-zа-яёіїє]|\s*$)")
_CELL: Final = re.compile(r"[\s|\t\n,;:]*[|\t\n][\s|\t\n]*")
_MOST: Final = 24
"""So many times, and so many numbers, around one number are looked at."""
_BRACKET: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")
_WITHOUT_BREAKS: Final = ("ja", "ko", "zh")
"""Languages that set one number against the next by endings alone: "512건으로 2020년 310건보다"."""
_NEAR: Final = 30
"""So many letters at most stand between a number and its own time behind it: "310 people in 2019"."""
_WITH: Final = frozenset(["с", "со", "з", "із", "z", "ze", "da", "di"])
"""Words that beside "than" or "from" mean "with" or "of", and compare only where something changes."""
_LEAD: Final = 2
"""So many words at most lead to what begins a part of a sentence: "and in 2022"."""
_BREAK: Final = re.compile(r"[,;:、，；()|\n]|\.\s")
_OPENS: Final = re.compile(r"(?:^|[,;:、，；()|\n.]|[–—-]\s)\W*(?:[^\W\d_]{1,9}\s+){0,2}$")


def own(words: str, language: str, number: Numeral, named: Sequence[N]) -> list[N]:
    """What of all that a quote names is the number's, or may be."""
    text = plain(words)
    low, hedging = lowered(text), hedging_words(language)
    numbers = nearest([each for each, clause in read(words, language) if not clause.is_bare], number)
    named = nearest(named, number)
    numbers = [each for each in numbers if all(each.end <= one.start or one.end <= each.start for one in named)]
    begin, end = sentence_of(text, number, named)
    here = [each for each in named if begin <= each.start < end]
    beside = [each for each in numbers if begin <= each.start < end]
    if (column := _of_table(text, number, named, numbers)) is not None:
        return column
    if len(here) > 1 and (pair := _of_row(text, low, number, here, beside, language, hedging)) is not None:
        return [pair]
    brackets = [match.span() for match in _BRACKET.finditer(text)]
    mine = [
        each
        for each in here
        if not _is_others(low, number, each, beside, hedging, language) and not _is_in_bracket(number, each, beside, brackets)
    ]
    if mine:
        return mine
    outside = [each for each in named if not begin <= each.start < end and not each.is_compared]
    return [] if here and not outside else outside if not here else []


T = TypeVar("T", bound=Named | Numeral)


def nearest(each: Sequence[T], number: Numeral) -> Sequence[T]:
    """The nearest of many things to a number: a quote that holds more of them is a trap, and is not to cost minutes."""
    if len(each) <= _MOST:
        return each
    nearest = sorted(each, key=lambda one: abs(one.start - number.start))[:_MOST]
    return sorted(nearest, key=lambda one: one.start)


def sentence_of(text: str, number: Numeral, named: Sequence[Named]) -> tuple[int, int]:
    """Where the sentence of a number begins and ends; a point within what is named ends none."""
    ends = [match for match in _SENTENCE.finditer(text) if not any(each.start <= match.start() < each.end for each in named)]
    begin = max((match.end() for match in ends if match.end() <= number.start), default=0)
    return begin, min((match.start() for match in ends if match.start() >= number.end), default=len(text))


def _is_others(low: str, number: Numeral, each: Named, beside: Sequence[Numeral], hedging: HedgingWords, language: str) -> bool:
    """Whether what is named belongs to another number, or to none."""
    if each.is_compared or (each.start >= number.end and _heads_part_of_another(low, number, each, beside, hedging)):
        return True
    left, right = (number.end, each.start) if each.start >= number.end else (each.end, number.start)
    pattern = hedging.compared.pattern
    if pattern is None:
        return False
    stems = tuple(vocabulary(language).sets.get("change", ()))
    changes = bool(stems) and any(word.startswith(stems) for word in re.findall(r"[^\W\d_]+", low[max(0, left - 80) : right]))
    plain_words = _WITH | vocabulary(language).sets.get("of", frozenset())
    for match in pattern.finditer(low, left, right):
        word = match.group()
        if (word == "de" or (word in plain_words and not changes)) or "\u3040" <= word[0] <= "\u30ff" or "\uac00" <= word[0] <= "\ud7af":
            continue  # French "en hausse de 14"; Japanese "前年より14人" and Korean, which compare with what stands before the word
        if each.start >= number.end:  # "512, up from 310 in 2019"
            if any(match.end() <= other.start < each.start for other in beside if other is not number):
                return True
        elif not low[match.end() : number.start].strip(" \u00a0$€£¥'\"(") and (
            _BREAK.search(low, each.end, match.start()) or any(each.end <= other.start < match.start() for other in beside)
        ):
            return True  # "512 in 2024, up from 310": the 310 is not of 2024
    # "rose from 310 in 2019 to 512"
    other = next(
        (o for o in beside if o is not number and o.end <= each.start and each.end <= number.start and each.start - o.end <= _NEAR), None
    )
    if other is None or _BREAK.search(low, other.end, each.start):
        return False
    head = low[max(0, other.start - 40) : other.start]
    return any(not head[match.end() :].strip(" \u00a0$€£¥") for match in pattern.finditer(head))


def _heads_part_of_another(low: str, number: Numeral, each: Named, beside: Sequence[Numeral], hedging: HedgingWords) -> bool:
    """Whether what is named begins a part of the sentence behind a number, and another number stands in it: "512 came, and in 2022 310"."""
    if not any(each.end <= other.start and not _BREAK.search(low, each.end + 1, other.start) for other in beside):
        return False
    breaks = [match.end() for match in _BREAK.finditer(low, number.end, each.start)]
    if hedging.clause.pattern:
        breaks += [match.end() for match in hedging.clause.pattern.finditer(low, number.end, each.start)]
    return (
        bool(breaks)
        and len(low[max(breaks) : each.start].split()) <= _LEAD
        and not any(max(breaks) <= other.start < each.start for other in beside)
    )


def _is_in_bracket(number: Numeral, each: Named, beside: Sequence[Numeral], brackets: Sequence[tuple[int, int]]) -> bool:
    """Whether what is named stands in a bracket with a number of its own, and not with this one: "512 (310 in 2020)"."""
    around = next(((start, end) for start, end in brackets if start <= each.start < end), None)
    if around is None or around[0] <= number.start < around[1]:
        return False
    return any(around[0] <= other.start < around[1] for other in beside)


def _of_row(
    text: str, low: str, number: Numeral, here: Sequence[N], beside: Sequence[Numeral], language: str, hedging: HedgingWords
) -> N | None:
    """What is named with a number in a row of pairs, in which each number has its own; ``None`` where there is no such row."""
    if len(here) == len(beside) and _is_in_order(low, here, beside, hedging):
        return next((each for each, one in zip(here, beside, strict=True) if one.start == number.start), None)
    at = next((index for index, one in enumerate(beside) if one.start == number.start), None)
    if at is None:
        return None
    if behind := _pairs(text, here, beside, language, first_is_number=True):
        return behind.get(number.start)
    if before := _pairs(text, here, beside, language, first_is_number=False):
        return before.get(number.start)
    return None


def _is_in_order(low: str, here: Sequence[Named], beside: Sequence[Numeral], hedging: HedgingWords) -> bool:
    """Whether all that is named stands before all numbers, or behind them, with a word such as "respectively"."""
    apart = here[-1].end <= beside[0].start or beside[-1].end <= here[0].start
    return apart and hedging.in_order.pattern is not None and hedging.in_order.pattern.search(low) is not None


def _pairs(text: str, here: Sequence[N], beside: Sequence[Numeral], language: str, *, first_is_number: bool) -> dict[int, N]:
    """The numbers of a row of pairs by their places, each with what is named right behind it, or right before it."""
    every = sorted([(one.start, one.end, None) for one in beside] + [(each.start, each.end, each) for each in here], key=lambda x: x[0])
    if (
        len(every) < 4
        or len(every) % 2
        or any((one[2] is None) != ((index % 2 == 0) == first_is_number) for index, one in enumerate(every))
    ):
        return {}
    found: dict[int, N] = {}
    for index in range(0, len(every), 2):
        a, b = every[index], every[index + 1]
        gap = text[a[1] : b[0]]
        inner = gap.strip(" ,:、，：(（") if not first_is_number else gap.strip(" (（")
        if len(gap) > _NEAR + 20 or (_BREAK.search(inner) if language.partition("-")[0] in _WITHOUT_BREAKS else parts(inner, language)):
            return {}
        if index + 2 < len(every) and not parts(text[b[1] : every[index + 2][0]] + " ", language):
            return {}
        one, named = (a, b) if first_is_number else (b, a)
        assert named[2] is not None
        found[one[0]] = named[2]
    return found


def opens(text: str, start: int) -> bool:
    """Whether what begins at a place opens its sentence or a part of it: "In 2019, 310", "; by 2020 there were"."""
    return _OPENS.search(text[max(0, start - 40) : start]) is not None


def parts(gap: str, language: str) -> bool:
    """Whether what stands between two places parts them: a comma, a bracket, "and", "to"."""
    words = vocabulary(language)
    own_and = words.sets.get("and", frozenset())
    # French "en" is no Dutch "and"
    joined = not own_and and AND.search(gap)
    if _BREAK.search(gap) or joined or (gap.strip() and language.partition("-")[0] in _WITHOUT_BREAKS):
        return True
    known = words.sets.get("to", frozenset()) | words.sets.get("but", frozenset()) | own_and | words.sets.get("or", frozenset())
    found = re.findall(r"[^\W\d_]+", lowered(gap))
    if any(word in known for word in found):
        return True
    pattern = hedging_words(language).compared.pattern
    if pattern and pattern.search(lowered(gap)):
        return True
    return bool(re.search(r"\s[-–—/]\s|[和與与及到至からとへ및에서]", gap))


def _of_table(text: str, number: Numeral, named: Sequence[N], numbers: Sequence[Numeral]) -> list[N] | None:
    """What heads the column of a number, where a row of heads stands above rows of as many cells; ``None`` where it is no table."""
    if not any(sign in text for sign in "|\t\n"):
        return None
    rows = rows_of(text)
    row = next((cells for cells in rows if cells[0][0] <= number.start < cells[-1][1]), None)
    if row is None:
        return None
    column = next(index for index, (start, end) in enumerate(row) if number.start < end or index == len(row) - 1)
    in_row = [each for each in named if row[0][0] <= each.start < row[-1][1]]
    for head in rows:
        if head is row or head[0][0] > row[0][0] or in_row:
            continue
        heads = [[each for each in named if start <= each.start < end] for start, end in head]
        if sum(1 for each in heads if each) < 2 or any(head[0][0] <= one.start < head[-1][1] for one in numbers):
            continue
        if len(head) == len(row):
            return heads[column]
        if len(head) == len(row) - 1:  # the corner of the table is empty
            return heads[column - 1] if column else []
    return None


@lru_cache(maxsize=64)
def rows_of(text: str) -> list[list[tuple[int, int]]]:
    """The lines of a text, each as its cells: where they begin and end."""
    rows: list[list[tuple[int, int]]] = []
    at = 0
    for line in text.split("\n"):
        cells: list[tuple[int, int]] = []
        start = at
        for match in re.finditer(r"\s*[|\t]\s*|$|\s{2,}", line):
            if at + match.start() >= start and (line[start - at : match.start()].strip() or (cells and match.group().strip(" "))):
                cells.append((start, at + match.start()))
            start = at + match.end()
        rows.append(cells or [(at, at + len(line))])
        at += len(line) + 1
    return rows
