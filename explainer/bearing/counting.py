"""What the numbers of a text count: each with the noun that it counts and the time that it is per.

``uncounted`` tells which numbers count nothing, ``ranges`` which belong together, ``nouns`` what a number counts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Final

from explainer.bearing.nouns import Clause
from explainer.bearing.ranges import (
    SENTENCE,
    are_joined,
    cut_at,
    doubted_range,
    may_be_a_range,
    range_of,
    tells_a_change,
    unread_alternative,
)
from explainer.bearing.rate_words import TIMES, Rate, is_per_another, rate_at_odds, rates_in, rates_near
from explainer.bearing.shares import share_at
from explainer.bearing.small_words import nought_before, part_behind, small_words
from explainer.bearing.two_units import joints, sums
from explainer.bearing.uncounted import REACH, counts_nothing, ends_with, is_width, is_year
from explainer.values.numerals import AND, WORD, Numeral, numerals, plain
from explainer.values.quantities import Quantity
from explainer.values.vocabulary import Vocabulary, folded, vocabulary

_PART = re.compile(r",(?!\d)|[;:()，、；。！？]|[.!?]\s(?![a-zа-яёіїєґ])|\s[–—-]\s")
_STOP = re.compile(r"[;:；。！？]|[.!?]\s(?![a-zа-яёіїєґ])")
"""What ends a part of a sentence, and a sentence; not the point of "1,2 млн чел. в день"."""
_JOINED: Final = 4
"""How many numbers may share a clause on either side of one."""
_NAMED_BEFORE, _NAMED_BEHIND = 24, 80
"""How many letters before a number, and behind it, a word stands that names it as the higher end of a range."""
_ARTICLE_AND_NOUN: Final = re.compile(r"(?:an?|o|la|le|el|the|das|die)\s[^\W\d_]+|l['’][^\W\d_]+", re.IGNORECASE)
_ALIKE: Final = 10
"""So many times as large as another is a number at most that shares a rate with it."""
_MOST_PLACES: Final = 20
"""So many places of one number are judged by what they are per."""
_NEAR: Final = 12
"""How many numbers on either side of one are looked at."""


@lru_cache(maxsize=8192)
def read(words: str, language: str) -> tuple[tuple[Numeral, Clause], ...]:
    """Each number of the words that can count something, with its clause.

    A figure before a magnitude stands twice; an amount in two units stands once in each, and its numbers are doubted.
    """
    text, found = plain(words), numerals(words, language)
    spoken = vocabulary(language)
    said = rates_in(text, language)
    in_small_words = {place for each in small_words(words, language) for place in range(each.start, each.end)}
    counting = [
        index
        for index, number in enumerate(found)
        if not number.doubt
        and number.start not in in_small_words
        and not (number.value == 1 and _holding(number, said))  # "1世帯の平均", "on average in one household"
        and not counts_nothing(text, *_near(found, index), spoken, language)
    ]
    counted = {found[index].start for index in counting}
    in_two_units = tuple(
        each
        for each in joints(text, tuple(each for each in found if not each.doubt), spoken)
        if each.is_time_of_months or {each.left.start, each.right.start} <= counted
    )
    wholes = {number.start: text[each.left.start : each.right.end].strip() for each in in_two_units for number in (each.left, each.right)}
    pairs = [pair for index in counting for pair in _pairs(text, *_near(found, index), language, wholes.get(found[index].start, ""))]
    for whole in sums(in_two_units):
        pairs.append((whole, Clause(text, whole, language, found, whole, whole)))
    return tuple(pairs)


def _near(found: tuple[Numeral, ...], index: int) -> tuple[int, tuple[Numeral, ...]]:
    """The numbers around one, and its place among them."""
    return min(index, _NEAR), found[max(0, index - _NEAR) : index + _NEAR + 1]


def _pairs(text: str, index: int, found: tuple[Numeral, ...], language: str, doubt: str) -> Iterator[tuple[Numeral, Clause]]:
    number, clause = found[index], _clause(text, index, found, language)
    part, more = part_behind(text, number, vocabulary(language))
    if part and not doubt:  # the noun stands inside: "2 cups and a half"
        yield replace(number, value=number.value + part, bare=None), replace(clause, number=replace(number, value=number.value + part))
        doubt = more
    if doubt:
        clause = replace(clause, doubt=doubt)
    yield number, clause
    if number.bare is not None:
        bare = Numeral(number.bare, number.start, number.end, number.mark, bare=number.bare, bare_end=number.bare_end)
        yield bare, Clause(text, bare, language, found, bare, bare, clause.rates, doubt=doubt, is_bare=True)


def clauses(words: str, language: str, wanted: Decimal) -> list[Clause]:
    """The clause of each number in the words that has the wanted value."""
    found = [clause for number, clause in read(words, language) if number.value == wanted]
    text = plain(words)
    small = (number for number in small_words(words, language) if number.value == wanted)
    return [*found, *(Clause(text, number, language, (), number, number) for number in small)]


def clauses_of(words: str, language: str, value: Quantity) -> list[Clause]:
    """The clauses that can bear a quantity: of a range both ends in one range, of any other a number that is no end of one.

    "At least" and "over" may be said of a range by its lower end, "up to", "under" and "almost" by its higher one.
    """
    if value.b is not None:
        ranges = [clause for clause in clauses(words, language, value.a) if clause.within == (value.a, value.b)]
        return ranges or _told_apart(words, language, value)
    found = clauses(words, language, value.a)
    if value.width is not None and value.form == "exact":
        found = found if value.width in widths(words, language, value.a) else []
    ends = {"at least": 0, "over": 0, "up to": 1, "under": 1, "almost": 1}
    return [each for each in found if each.within is None or (value.form in ends and each.within[ends[value.form]] == value.a)]


def _told_apart(words: str, language: str, value: Quantity) -> list[Clause]:
    """The clauses of a range whose ends stand apart, the higher one named as such: "225,000 contracts, or as many as 461,500"."""
    assert value.b is not None
    spoken = vocabulary(language)
    lows = [each for each in clauses(words, language, value.a) if each.within is None]
    for clause in clauses(words, language, value.b) if lows else ():
        if clause.within is None and any(_is_named_the_most(low, clause, spoken) for low in lows):
            return [clause]
    return []


def _is_named_the_most(low: Clause, high: Clause, words: Vocabulary) -> bool:
    """Whether a word beside the higher of two numbers of a sentence names it as such.

    Behind that number the word may be another one's, so no figure may follow it there. One that also
    means "to" counts only before the number, behind a comma or "or".
    """
    pattern, text = words.phrases("most"), high.text
    gap = text[low.number.end : high.number.start]
    if pattern is None or words.joins_ends.fullmatch(gap) or SENTENCE.search(gap):
        return False
    before = {found.group() for found in pattern.finditer(folded(gap[-_NAMED_BEFORE:]))}
    after = SENTENCE.split(folded(text[high.number.end : high.number.end + _NAMED_BEHIND]))[0]
    behind = {found.group() for found in pattern.finditer(after) if not re.search(r"\d", after[found.end() :])}
    if any(not words.has("to", word) for word in before | behind):
        return True
    apart = re.search(r"[,;(]", gap) or AND.search(gap)
    return bool(before and apart) and not tells_a_change(text, low.number, words)


def said_numbers(words: str, language: str) -> list[Decimal]:
    """The numbers that words hold and that can count something."""
    return [number.value for number, clause in read(words, language) if not clause.is_bare]


def doubts(words: str, language: str) -> list[tuple[str, str]]:
    """The numbers that words hold and that could not be read, as they are written, each with the word or mark that stands in the way."""
    return [(plain(words)[number.start : number.end].strip(), number.doubt) for number in numerals(words, language) if number.doubt]


def widths(words: str, language: str, wanted: Decimal) -> frozenset[Decimal]:
    """The widths that stand after a number of the wanted value: 3 of "84 ±3"."""
    found, text = numerals(words, language), plain(words)
    spoken = vocabulary(language)
    return frozenset(
        width.value
        for number, width in pairwise(found)
        if number.value == wanted
        and not number.doubt
        and not width.doubt
        and is_width(text, width, spoken)
        and width.start - number.end < 24
    )


def _clause(text: str, index: int, found: tuple[Numeral, ...], language: str) -> Clause:
    """The clause of a number: joined numbers share theirs, and what says a rate between two belongs to the nearer."""
    number, spoken = found[index], vocabulary(language)
    first = last = index
    while first > max(0, index - _JOINED) and are_joined(text, found[first - 1], found[first], spoken):
        first -= 1
    while last + 1 < min(len(found), index + _JOINED) and are_joined(text, found[last], found[last + 1], spoken):
        last += 1
    if last + 1 < len(found) and is_width(text, found[last + 1], spoken) and found[last + 1].start - found[last].end < 24:
        last += 1
    told = _rates_of(text, first, last, found, language)
    within = range_of(text, index, found, spoken)
    doubt = (
        share_at(text, index, found, spoken)
        or cut_at(text, index, found, spoken)
        or nought_before(text, number, spoken)
        or ("" if within else doubted_range(text, index, found, spoken) or may_be_a_range(text, index, found, language))
        or ("" if within or _has_neighbour(text, index, found, spoken) else unread_alternative(text, number, spoken))
    )
    return Clause(text, number, language, found, found[last], found[first], told, within, doubt)


def _has_neighbour(text: str, index: int, found: tuple[Numeral, ...], words: Vocabulary) -> bool:
    """Whether "or" joins a number to another that was read."""
    pairs = pairwise(found[max(0, index - 1) : index + 2])
    return any(words.joins_alternatives.fullmatch(text[left.end : right.start]) for left, right in pairs)


def _rates_of(text: str, first: int, last: int, found: tuple[Numeral, ...], language: str) -> frozenset[str]:
    """What numbers that share a clause are per: words of their sentence between them and the next number on either side say it.

    A year, and a number that is itself a part of such words, as the 1,000 of "per 1,000", is no next number,
    unless a change is told: "на 1000 человек" is also "by 1,000 people". Between two numbers the words belong
    to the nearer: what ends a part of the sentence, or "and", parts them.
    """
    said, spoken = rates_in(text, language), vocabulary(language)
    holding = {index: rate for index, each in enumerate(found) if (rate := _holding(each, said))}
    changes = {rate for index, rate in holding.items() if _may_be_a_change(text, rate, index, found, spoken)}
    inside = [index for index, rate in holding.items() if rate not in changes]
    inside += [index for index, each in enumerate(found) if not each.mark and is_year(each, text)]
    begin, end = max(0, found[first].start - REACH), min(len(text), found[last].end + REACH)
    opened = begin = begin + max((each.end() for each in _STOP.finditer(text[begin : found[first].start])), default=0)
    closed = end = next((found[last].end + each.start() for each in _STOP.finditer(text[found[last].end : end])), end)
    near = [index for index, each in enumerate(found) if index not in inside and opened <= each.start and each.end <= closed]
    left = next((index for index in reversed(near) if index < first), None)
    right = next((index for index in near if index > last), None)
    if left is not None:
        begin = max(begin, found[left].end)
        before = text[begin : found[first].start]
        parts = [*_PART.finditer(before), *_joints(before, begin, said)]
        begin += max((each.end() for each in parts), default=0)
    if last + 1 < len(found) and found[last + 1].start < closed:
        end = found[right].start if right is not None else end
        after = text[found[last].end : end]
        parts = [*_PART.finditer(after), *(_joints(after, found[last].end, said) if right is not None else ())]
        end = min((found[last].end + each.start() for each in parts), default=end)
    told = rates_near(text, language, begin, found[first].start, found[last].end, end, changes)
    return told or _rates_of_all(said, changes, opened, found[near[0]].start if near and near[0] < first else opened)


def _rates_of_all(said: tuple[Rate, ...], changes: Collection[Rate], opened: int, first: int) -> frozenset[str]:
    """What a sentence says before its first number that all its numbers are per, but for times.

    An article and a noun say it behind a number only: Portuguese "a tonelada" is also "the ton".

    "For every 1,000 inhabitants there were 8.9 births and 111 deaths".
    """
    heads = (rate.per for rate in said if opened <= rate.start and rate.end <= first and rate not in changes)
    return frozenset(per for per in heads if per not in TIMES and not _ARTICLE_AND_NOUN.fullmatch(per))


def wrong_rate(unit: str, nouns: Collection[str], languages: Collection[str], found: Sequence[Clause], told: frozenset[str]) -> str:
    """What is wrong between what a unit is per and what the words around a number say; empty where nothing is.

    ``found`` are the clauses of the number in one piece of evidence, ``told`` what all words that support the claim say it is per.
    """
    said = frozenset[str]().union(*(clause.rates for clause in found))
    if is_per_another(unit) and (others := [_rate_of_another(clause) for clause in found[:_MOST_PLACES]]) and all(others):
        return f"they say '{others[0]}' of another number"
    return rate_at_odds(unit, nouns, languages, said, told)


def _rate_of_another(clause: Clause) -> str:
    """The words by which a text makes another number a rate, though not the clause's; empty where nothing does.

    A number near as large may share them without repeating them: "12 dollars a tonne in 2019 and 15 dollars in 2020".
    """
    text, number = clause.text, clause.number
    said = [rate for rate in rates_in(text, clause.language) if rate.per not in TIMES]
    if not said or clause.rates - set(TIMES):
        return ""
    for other in clause.others:
        gap = text[min(number.end, other.end) : max(number.start, other.start)]
        is_like = other.mark == number.mark and number.value and 1 / _ALIKE < abs(other.value / number.value) < _ALIKE
        if other.start != number.start and is_like and not SENTENCE.search(gap) and not is_year(other, text):
            return ""
    return said[0].per


def _joints(part: str, start: int, said: tuple[Rate, ...]) -> Iterator[re.Match[str]]:
    """Words for "and" in a part of a text that begins at ``start``; the "a" of "67 dollars a tonne" is none, though Polish has it."""
    for joint in AND.finditer(part):
        first = start + joint.end() - len(joint.group().lstrip())
        at = bisect_right(said, first, key=lambda rate: rate.start)
        if not (at and first < said[at - 1].end):
            yield joint


def _may_be_a_change(text: str, rate: Rate, index: int, found: tuple[Numeral, ...], words: Vocabulary) -> bool:
    """Whether words that say a rate tell by how much, or to what, something changed: Russian "выросло на 1000 человек".

    Only a few words can mean both, those under ``perchange``. They mean a rate right behind another number and its noun, unless the
    change begins from that number: "вырос до 310 случаев на 1000 человек".
    """
    begins_as = folded(text[rate.start : rate.end])
    listed = words.sets.get("perchange", frozenset())
    may_be = ("#" in listed and begins_as[:1].isdigit()) or begins_as.split()[0] in listed
    if not may_be or not tells_a_change(text, found[index], words):
        return False
    counted = found[index - 1] if index else None
    if counted is None or is_year(counted, text):
        return True
    gap = text[counted.end : rate.start]
    is_noun = re.fullmatch(rf"\s*(?:(?:{WORD})[\s\-]+){{1,2}}", gap) is not None
    lead = folded(text[max(0, counted.start - 40) : counted.start])
    is_from = any(ends_with(lead, key, words) for key in ("from", "fromchange"))
    return not is_noun or is_from or tells_a_change(gap + " ", replace(counted, start=len(gap)), words)


def _holding(number: Numeral, said: tuple[Rate, ...]) -> Rate | None:
    """The words that say a rate of which a number is a part."""
    at = bisect_right(said, number.start, key=lambda rate: rate.start)
    return said[at - 1] if at and number.start < said[at - 1].end else None
