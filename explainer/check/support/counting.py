"""Find the numbers of a text, each with the noun that it counts and what it is per.

Also: shares ("one in four"), words for zero and for parts of one, and quotes that are cut off at
their number. ``uncounted`` tells which numbers count nothing, ``ranges`` which numbers belong
together, ``nouns`` what a number counts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from explainer.check.support.nouns import Clause
from explainer.check.support.ranges import (
    SENTENCE,
    are_joined,
    cut_at,
    doubted_range,
    may_be_a_range,
    range_of,
    tells_a_change,
    unread_alternative,
)
from explainer.check.support.uncounted import REACH, counts_nothing, ends_with, is_width, is_year
from explainer.check.support.units import (
    TIMES,
    Rate,
    is_per_another,
    joints,
    rate_at_odds,
    rates_in,
    rates_near,
    sums,
)
from explainer.model.number_reader import WORD, Numeral
from explainer.model.number_words import Vocabulary, folded, is_spaced, vocabulary
from explainer.model.numerals import AND, numerals, plain
from explainer.model.quantities import Quantity
from explainer.model.quotations import Match

# Shares given by two numbers, which count nothing: "one in four", "uno de cada cuatro", "4人に1人"
#
# Keys in ``explainer/languages/counting/<language>.tsv``: ``ratio``, ``ratioalone``, ``reratio``,
# ``fraction``, ``every``, ``amongst`` and ``one``.

_MOST_WORDS: Final = 2
"""The maximum number of words between "one" and "in four": "one young child in four"."""
_NOUN_AND_JOINT: Final = 2
_NEAR_SHARE: Final = 60
_SMALL: Final = 10
_OLDEST: Final = 120


def share_at(text: str, index: int, found: tuple[Numeral, ...], words: Vocabulary) -> str:
    """Return the words that make a number one of the two numbers of a share, or ""."""
    number = found[index]
    if said := _part_of_a_whole(text, number, words):
        return said
    if number.mark and number.mark not in ("th", "name"):
        return ""
    for told in (_after_every, _among, _in_fraction, _with_one):
        if said := told(text, number, words):
            return said
    for left, right in ((index - 1, index), (index, index + 1)):
        if left >= 0 and right < len(found) and _is_share(text, found[left], found[right], words):
            return text[found[left].start : found[right].end].strip()
    for left, right in ((index - 2, index), (index, index + 2)):
        if (
            left >= 0
            and right < len(found)
            and _is_share_past_an_age(text, found[left], found[left + 1], found[right], words)
        ):
            return text[found[left].start : found[right].end].strip()
    return _of_an_article(text, number, words)


def _is_share_past_an_age(
    text: str, left: Numeral, age: Numeral, right: Numeral, words: Vocabulary
) -> bool:
    """Return whether an age is between the two numbers of a share.

    Example: "three adults aged 18 and over in five".
    """
    gap = folded(text[left.end : right.start])
    if (
        len(gap) > _NEAR_SHARE
        or any(each.mark for each in (left, age, right))
        or re.search(r"[.;:!?()]", gap)
    ):
        return False
    joins = re.compile(rf".*\s(?:{_of_keys(words, ('ratio', 'ratioalone')) or '(?!)'})\s")
    return (
        left.value < right.value
        and _is_small(right.value)
        and age.value <= _OLDEST
        and joins.fullmatch(gap) is not None
    )


def _is_share(text: str, left: Numeral, right: Numeral, words: Vocabulary) -> bool:
    if right.start - left.end > _NEAR_SHARE or left.mark or right.mark in ("%", "‰", "pp"):
        return False
    gap = folded(text[left.end : right.start])
    if _whole(words, "fraction").fullmatch(gap.strip()):
        return True
    if (
        right.value < left.value
        and _after_every(text, left, words)
        and len(gap.split()) <= _MOST_WORDS
    ):
        return True
    if left.value < right.value:
        in_words = not any(ch.isdigit() for ch in text[left.start : right.end])
        after = (
            "" if in_words else text[right.end : right.end + _NEAR_SHARE]
        )  # "three adults in five smoke"
        return _joins(gap, after, left.value, right.value, words)
    return _is_small(left.value) and _is_turned_share(gap, text, left, right, words)


def _joins(gap: str, after: str, left: Decimal | None, right: Decimal, words: Vocabulary) -> bool:
    """Return whether the words between two numbers make them a share: "in", or a noun and "in".

    ``left`` is None if an article takes the place of the first number. ``after`` is the text after
    the second number.
    """
    small = _is_small(right) or (left in (None, Decimal(1)) and not words.has("of", gap.strip()))
    if _whole(words, "ratio", "ratioalone").fullmatch(gap.strip()):
        return small
    plain = _behind_a_noun(words, "ratio").fullmatch(gap)
    alone = _behind_a_noun(words, "ratioalone").fullmatch(gap)
    if not (plain or alone) or not _is_small(right):
        return False
    of_one = left in (None, Decimal(1)) and len(gap.split()) == _NOUN_AND_JOINT
    return plain is not None or of_one or not _noun_follows(after, words)


def _noun_follows(after: str, words: Vocabulary) -> bool:
    """Return whether a text begins with a word that may be the noun of the number before it."""
    word = re.match(rf"\s*({WORD})", after)
    return word is not None and not any(
        words.has(key, folded(word.group(1))) for key in ("stop", "light")
    )


def _is_turned_share(gap: str, text: str, left: Numeral, right: Numeral, words: Vocabulary) -> bool:
    """Return whether a whole comes before its part: Turkish "her 4 kişiden 1'i", Japanese "4人に1人".

    In scripts without spaces the same counter, here 人, must follow both numbers.
    """  # noqa: E501
    ends = tuple(words.sets.get("reratio", ()))
    core = gap.strip()
    if not ends or not core.endswith(ends) or len(core.split()) > _MOST_WORDS + 1:
        return False
    if "unspaced" not in words.flags:
        return True
    return (
        text[left.end : right.start].strip()[:1]
        == text[right.end : right.end + _NEAR_SHARE].strip()[:1]
    )


def _after_every(text: str, number: Numeral, words: Vocabulary) -> str:
    """Return the word for "every" right before a number, with the number, or "".

    Examples: "her 4 kişiden", "every four children".
    """
    before = folded(text[max(0, number.start - _NEAR_SHARE) : number.start]).rstrip()
    for found in _words(words, "every").finditer(before):
        if found.end() == len(before):
            return found.group().strip() + " " + text[number.start : number.end].strip()
    return ""


def _among(text: str, number: Numeral, words: Vocabulary) -> str:
    """Return a number such as "one" and the inflected number after it that says of how many, or "".

    Example: Finnish "yksi lapsi neljästä".
    """
    after = folded(text[number.end : number.end + _NEAR_SHARE])
    among = words.sets.get("amongst", frozenset())
    for word in list(re.finditer(WORD, after))[: _MOST_WORDS + 1] if among else ():
        if word.group() in among:
            return text[number.start : number.end + word.end()].strip()
    return ""


def _in_fraction(text: str, number: Numeral, words: Vocabulary) -> str:
    """Return the fraction that a number is a part of, or "".

    This is for languages that write a fraction with one word: "四分之一", "4分の1".
    """
    fraction = tuple(words.sets.get("fraction", ()))
    before, after = (
        text[max(0, number.start - _NEAR_SHARE) : number.start].rstrip(),
        text[number.end : number.end + _NEAR_SHARE],
    )
    if fraction and (before.endswith(fraction) or after.lstrip().startswith(fraction)):
        return before[-3:] + text[number.start : number.end] + after[:3]
    return ""


def _with_one(text: str, number: Numeral, words: Vocabulary) -> str:
    """Return a share whose part is a single sign for one, or "": "四人に一人", "每四人有一人".

    This is for scripts without spaces.
    """
    ends, ones = _of_keys(words, ("reratio",)), _of_keys(words, ("one",))
    if "unspaced" not in words.flags or not ends or not ones or not _is_small(number.value):
        return ""
    turned = re.compile(rf"\s?(\S{{1,2}}?)\S{{0,6}}?\s?(?:{ends})\s?(?:{ones})\s?\1").match(
        text, number.end
    )
    return text[number.start : turned.end()] if turned else ""


def _part_of_a_whole(text: str, number: Numeral, words: Vocabulary) -> str:
    """Return the part that multiplies a number in words, with the number, or "".

    Examples: "a third of a billion", "две трети миллиона".
    """
    first = re.match(WORD, folded(text[number.start : number.end]))
    ones = words.sets.get("one", frozenset()) | words.sets.get("1x", frozenset())
    alone = first is not None and (
        first.group() in ones
        or words.has("alone", first.group())
        or words.numbers.get(first.group()) == 1
    )
    before = folded(text[max(0, number.start - _NEAR_SHARE) : number.start])
    last = list(re.finditer(WORD, before))
    while last and any(words.has(key, last[-1].group()) for key in ("of", "1x")):
        last.pop()
    part = last[-1].group() if last else ""
    if not alone or not words.has("share", part) or re.search(r"[,.;:]", before[last[-1].end() :]):
        return ""
    return text[number.start - len(before) + last[-1].start() : number.end].strip()


def _of_an_article(text: str, number: Numeral, words: Vocabulary) -> str:
    """Return a share in which one of the two numbers is only a word for "one", or "".

    That word is an article before the other number ("uno de cada cuatro"), or a word behind the
    noun ("dört çocuktan biri").
    """
    if not _is_small(number.value):
        return ""
    ones = words.sets.get("one", frozenset()) | words.sets.get("1x", frozenset())
    before = folded(text[max(0, number.start - _NEAR_SHARE) : number.start])
    for found in reversed(list(re.finditer(WORD, before))[-2 * _MOST_WORDS - 2 :]):
        gap = before[found.end() :]
        if found.group() in ones and _joins(
            gap, text[number.end : number.end + _NEAR_SHARE], None, number.value, words
        ):
            return text[number.start - len(before) + found.start() : number.end].strip()
    ends = tuple(words.sets.get("reratio", ()))
    following = list(re.finditer(WORD, folded(text[number.end : number.end + _NEAR_SHARE])))[
        : _MOST_WORDS + 1
    ]
    for noun, one in pairwise(following):
        if ends and noun.group().endswith(ends) and one.group() in words.sets.get("one", ()):
            return text[number.start : number.end + one.end()].strip()
    return ""


def _is_small(value: Decimal) -> bool:
    """Return whether a number may be the whole of a share: at most ten, or a power of ten."""
    return 1 < value <= _SMALL or (value > 1 and value.normalize().as_tuple().digits == (1,))


_NEVER: Final = re.compile(r"(?!)")


@cache
def _alternatives(words: frozenset[str]) -> str:
    longest = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest)


def _of_keys(words: Vocabulary, keys: tuple[str, ...]) -> str:
    return _alternatives(
        frozenset[str]().union(*(words.sets.get(key, frozenset()) for key in keys))
    )


def _whole(words: Vocabulary, *keys: str) -> re.Pattern[str]:
    made = _of_keys(words, keys)
    return re.compile(f"(?:{made})") if made else _NEVER


def _behind_a_noun(words: Vocabulary, key: str) -> re.Pattern[str]:
    made = _of_keys(words, (key,))
    return re.compile(rf"(?:\s+{WORD}){{1,{_MOST_WORDS}}}\s+(?:{made})\s+") if made else _NEVER


def _words(words: Vocabulary, key: str) -> re.Pattern[str]:
    made = _of_keys(words, (key,))
    spaced = bool(made) and is_spaced(made[0])
    edge = r"(?<![^\W_])" if spaced else ""
    return re.compile(f"{edge}(?:{made})") if made else _NEVER


# Words for zero and for a part of one: "no cases", "none of the patients", "half a metre"
#
# Keys in ``explainer/languages/counting/<language>.tsv``: ``none``, ``nonebehind``, ``scarce`` and
# ``some``.

_BEFORE: Final = 40


@lru_cache(maxsize=4096)
def small_words(text: str, language: str) -> tuple[Numeral, ...]:
    """Return each word for zero or for a part of one as a number with the mark "word".

    Such a word counts only the noun right after it: "no serious cases" is not "no cases". In
    Turkish, the word for zero is behind its noun.
    """
    words, shown = vocabulary(language), plain(text)
    low = "".join(folded(ch)[:1] or ch for ch in shown)
    return (*_noughts(low, words), *_noughts_behind(low, words), *_parts(low, words))


def _noughts(low: str, words: Vocabulary) -> Iterator[Numeral]:
    pattern = words.phrases("none")
    for found in pattern.finditer(low) if pattern else ():
        if not _is_hedged(low[max(0, found.start() - _BEFORE) : found.start()], words):
            yield Numeral(Decimal(0), found.start(), found.end(), "word")


def _noughts_behind(low: str, words: Vocabulary) -> Iterator[Numeral]:
    """Yield zeros that are said behind a noun. The number is placed where the noun begins."""
    pattern = words.phrases("nonebehind")
    for found in pattern.finditer(low) if pattern else ():
        begin = max(0, found.start() - _BEFORE)
        noun = re.search(rf"{WORD}\s*$", low[begin : found.start()])
        if noun and not _is_hedged(low[begin : begin + noun.start()], words):
            yield Numeral(Decimal(0), begin + noun.start(), begin + noun.start(), "word")


def _is_hedged(before: str, words: Vocabulary) -> bool:
    """Return whether the word before a word for zero makes it more: "almost no", "little or no"."""
    pattern, head = words.phrases("scarce"), before.rstrip()
    return pattern is not None and any(found.end() == len(head) for found in pattern.finditer(head))


def _parts(low: str, words: Vocabulary) -> Iterator[Numeral]:
    pattern = words.phrases("some")
    for found in pattern.finditer(low) if pattern else ():
        part = words.parts.get(" ".join(re.split(r"[\s-]+", found.group())))
        following = re.compile(rf"[\s\-‐‑]*({WORD})").match(low, found.end())
        is_multiplied = following is not None and following.group(1) in words.magnitudes
        if (
            part is not None
            and not is_multiplied
            and not _is_joined(low[max(0, found.start() - _BEFORE) : found.start()], words)
        ):
            yield Numeral(part, found.start(), found.end(), "word")


def nought_before(text: str, number: Numeral, words: Vocabulary) -> str:
    """Return the word for zero right before a number, or "".

    It makes the number mean less than it says: "keine 100 Fälle".
    """
    noughts = frozenset(word for word in words.sets.get("none", ()) if " " not in word)
    last = re.search(rf"({WORD})\s+$", folded(text[max(0, number.start - _BEFORE) : number.start]))
    return last.group(1) if last and last.group(1) in noughts and number.start else ""


def part_behind(text: str, number: Numeral, words: Vocabulary) -> tuple[Decimal, str]:
    """Return a part of one that follows a number and its noun, and the words from the number on.

    Example: "2 cups and a half". If there is none, return 0 and "".
    """
    low = folded(text[number.end : number.end + _BEFORE])
    noun = re.match(rf"\s*{WORD}\s+", low)
    pattern = words.phrases("added") if noun else None
    found = pattern.match(low, noun.end()) if pattern and noun else None
    part = words.added.get(found.group()) if found else None
    return (
        (part, text[number.start : number.end + found.end()])
        if part and found
        else (Decimal(0), "")
    )


def _is_joined(before: str, words: Vocabulary) -> bool:
    """Return whether a number is right before a part: "two and a quarter of a metre"."""
    head = before.rstrip()
    last = re.search(rf"({WORD})$", head)
    word = last.group(1) if last else ""
    return (
        head[-1:].isdigit()
        or word in words.counting
        or words.has("and", word)
        or words.has("1x", word)
    )


# Clauses: each number with what it is per and what may change it

_PART = re.compile(r",(?!\d)|[;:()，、；。！？]|[.!?]\s(?![a-zа-яёіїєґ])|\s[–—-]\s")
_STOP = re.compile(r"[;:；。！？]|[.!?]\s(?![a-zа-яёіїєґ])")
"""``_PART`` matches the end of a part of a sentence, ``_STOP`` the end of a sentence.

Neither matches the point of "1,2 млн чел. в день".
"""
_JOINED: Final = 4
"""The maximum count of numbers on either side of a number that share its clause."""
_NAMED_BEFORE, _NAMED_BEHIND = 24, 80
"""How many characters before and behind a number to look for a word that calls it the maximum."""
_ARTICLE_AND_NOUN: Final = re.compile(
    r"(?:an?|o|la|le|el|the|das|die)\s[^\W\d_]+|l['’][^\W\d_]+", re.IGNORECASE
)
_ALIKE: Final = 10
"""Two numbers can share the words of a rate only if neither is this many times the other."""
_MOST_PLACES: Final = 20
"""How many places of one number are checked for their rate."""
_LEAST_PER: Final = 100
"""The lowest number that a rate is per; "one child in four" is a share."""
_NEAR: Final = 12
"""How many numbers on either side of a number are looked at."""


@lru_cache(maxsize=8192)
def read(words: str, language: str) -> tuple[tuple[Numeral, Clause], ...]:
    """Return each number of a text that can count something, with its clause.

    A figure before a magnitude is returned twice: with the magnitude and without it. An amount in
    two units is returned once in each of them, and its single numbers have a ``doubt``.
    """
    text, found = plain(words), numerals(words, language)
    spoken = vocabulary(language)
    said = rates_in(text, language)
    in_small_words = {
        place for each in small_words(words, language) for place in range(each.start, each.end)
    }
    counting = [
        index
        for index, number in enumerate(found)
        if not number.doubt
        and number.start not in in_small_words
        and not (
            number.value == 1 and _holding(number, said)
        )  # "1世帯の平均", "on average in one household"
        and not counts_nothing(text, *_near(found, index), spoken, language)
    ]
    counted = {found[index].start for index in counting}
    in_two_units = tuple(
        each
        for each in joints(text, tuple(each for each in found if not each.doubt), spoken)
        if each.is_time_of_months or {each.left.start, each.right.start} <= counted
    )
    wholes = {
        number.start: text[each.left.start : each.right.end].strip()
        for each in in_two_units
        for number in (each.left, each.right)
    }
    pairs = [
        pair
        for index in counting
        for pair in _pairs(text, *_near(found, index), language, wholes.get(found[index].start, ""))
    ]
    for whole in sums(in_two_units):
        pairs.append((whole, Clause(text, whole, language, found, whole, whole)))
    return tuple(pairs)


def _near(found: tuple[Numeral, ...], index: int) -> tuple[int, tuple[Numeral, ...]]:
    """Return the place of a number among its neighbours, and the neighbours with it."""
    return min(index, _NEAR), found[max(0, index - _NEAR) : index + _NEAR + 1]


def _pairs(
    text: str, index: int, found: tuple[Numeral, ...], language: str, doubt: str
) -> Iterator[tuple[Numeral, Clause]]:
    number, clause = found[index], _clause(text, index, found, language)
    part, more = part_behind(text, number, vocabulary(language))
    if part and not doubt:  # the noun is inside: "2 cups and a half"
        yield (
            replace(number, value=number.value + part, bare=None),
            replace(clause, number=replace(number, value=number.value + part)),
        )
        doubt = more
    if doubt:
        clause = replace(clause, doubt=doubt)
    yield number, clause
    if number.bare is not None:
        bare = Numeral(
            number.bare,
            number.start,
            number.end,
            number.mark,
            bare=number.bare,
            bare_end=number.bare_end,
        )
        yield (
            bare,
            Clause(
                text, bare, language, found, bare, bare, clause.rates, doubt=doubt, is_bare=True
            ),
        )


def clauses(words: str, language: str, wanted: Decimal) -> list[Clause]:
    """Return the clause of each number in a text that has the wanted value."""
    found = [clause for number, clause in read(words, language) if number.value == wanted]
    text = plain(words)
    small = (number for number in small_words(words, language) if number.value == wanted)
    return [*found, *(Clause(text, number, language, (), number, number) for number in small)]


def clauses_of(words: str, language: str, value: Quantity) -> list[Clause]:
    """Return the clauses that can support a quantity.

    For a range, both of its ends must be the ends of one range in the text. For one number, it must
    not be an end of a range. Exception: "at least" and "over" may be said of a range by its lower
    end, "up to", "under" and "almost" by its higher end.
    """
    if value.b is not None:
        ranges = [
            clause
            for clause in clauses(words, language, value.a)
            if clause.within == (value.a, value.b)
        ]
        return ranges or _told_apart(words, language, value)
    found = clauses(words, language, value.a)
    if value.width is not None and value.form == "exact":
        found = found if value.width in widths(words, language, value.a) else []
    ends = {"at least": 0, "over": 0, "up to": 1, "under": 1, "almost": 1}
    return [
        each
        for each in found
        if each.within is None or (value.form in ends and each.within[ends[value.form]] == value.a)
    ]


def _told_apart(words: str, language: str, value: Quantity) -> list[Clause]:
    """Return the clause of the higher end of a range whose ends are apart in the text.

    The higher end must be named as such: "225,000 contracts, or as many as 461,500".
    """
    assert value.b is not None
    spoken = vocabulary(language)
    lows = [each for each in clauses(words, language, value.a) if each.within is None]
    for clause in clauses(words, language, value.b) if lows else ():
        if clause.within is None and any(_is_named_the_most(low, clause, spoken) for low in lows):
            return [clause]
    return []


def _is_named_the_most(low: Clause, high: Clause, words: Vocabulary) -> bool:
    """Return whether a word beside the higher of two numbers of a sentence marks it as the maximum.

    After that number the word may belong to another number, so no figure may follow the word there.
    A word that also means "to" counts only before the number, behind a comma or "or".
    """
    pattern, text = words.phrases("most"), high.text
    gap = text[low.number.end : high.number.start]
    if pattern is None or words.joins_ends.fullmatch(gap) or SENTENCE.search(gap):
        return False
    before = {found.group() for found in pattern.finditer(folded(gap[-_NAMED_BEFORE:]))}
    after = SENTENCE.split(folded(text[high.number.end : high.number.end + _NAMED_BEHIND]))[0]
    behind = {
        found.group()
        for found in pattern.finditer(after)
        if not re.search(r"\d", after[found.end() :])
    }
    if any(not words.has("to", word) for word in before | behind):
        return True
    apart = re.search(r"[,;(]", gap) or AND.search(gap)
    return bool(before and apart) and not tells_a_change(text, low.number, words)


def said_numbers(words: str, language: str) -> list[Decimal]:
    """Return the values of the numbers in a text that can count something."""
    return [number.value for number, clause in read(words, language) if not clause.is_bare]


def doubts(words: str, language: str) -> list[tuple[str, str]]:
    """Return the numbers that could not be read, each with the word or mark that prevents it.

    The numbers are returned as they are written.
    """
    return [
        (plain(words)[number.start : number.end].strip(), number.doubt)
        for number in numerals(words, language)
        if number.doubt
    ]


def widths(words: str, language: str, wanted: Decimal) -> frozenset[Decimal]:
    """Return the widths after each number of the wanted value: 3 in "84 ±3"."""
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
    """Return the clause of a number.

    Joined numbers share their rates. Words of a rate between two numbers belong to the nearer one.
    """
    number, spoken = found[index], vocabulary(language)
    first = last = index
    while first > max(0, index - _JOINED) and are_joined(
        text, found[first - 1], found[first], spoken
    ):
        first -= 1
    while last + 1 < min(len(found), index + _JOINED) and are_joined(
        text, found[last], found[last + 1], spoken
    ):
        last += 1
    if (
        last + 1 < len(found)
        and is_width(text, found[last + 1], spoken)
        and found[last + 1].start - found[last].end < 24
    ):
        last += 1
    told = _rates_of(text, first, last, found, language)
    within = range_of(text, index, found, spoken)
    doubt = (
        (
            ""
            if _is_rate_behind(text, index, found, language)
            else share_at(text, index, found, spoken)
        )
        or cut_at(text, index, found, spoken)
        or nought_before(text, number, spoken)
        or (
            ""
            if within
            else doubted_range(text, index, found, spoken)
            or may_be_a_range(text, index, found, language)
        )
        or (
            ""
            if within or _has_neighbour(text, index, found, spoken)
            else unread_alternative(text, number, spoken)
        )
    )
    return Clause(text, number, language, found, found[last], found[first], told, within, doubt)


def _is_rate_behind(text: str, index: int, found: tuple[Numeral, ...], language: str) -> bool:
    """Return whether a number and its noun are followed by "per" and a number of 100 or more.

    Example: "3,7 matrimonios por cada 1.000 habitantes".
    """
    if index + 1 >= len(found) or found[index].mark or found[index + 1].value < _LEAST_PER:
        return False
    rate = _holding(found[index + 1], rates_in(text, language))
    gap = text[found[index].end : rate.start] if rate else ""
    return (
        rate is not None
        and rate.per not in TIMES
        and len(gap) <= _NEAR_SHARE
        and re.fullmatch(rf"(?:\s{WORD}){{1,4}}\s", gap) is not None
    )


def _has_neighbour(text: str, index: int, found: tuple[Numeral, ...], words: Vocabulary) -> bool:
    """Return whether "or" joins a number to another that was read."""
    pairs = pairwise(found[max(0, index - 1) : index + 2])
    return any(
        words.joins_alternatives.fullmatch(text[left.end : right.start]) for left, right in pairs
    )


def _rates_of(
    text: str, first: int, last: int, found: tuple[Numeral, ...], language: str
) -> frozenset[str]:
    """Return what the numbers that share a clause are per.

    The words that say it are in the same sentence, between the next numbers on either side. Two
    kinds of number do not count as a next number: a year, and a number that is a part of such
    words, as the 1,000 of "per 1,000". But if the text tells a change, the latter does count: "на
    1000 человек" is also "by 1,000 people".

    Between two numbers the words belong to the nearer one. The border is the end of a part of the
    sentence, or "and".
    """
    said, spoken = rates_in(text, language), vocabulary(language)
    holding = {index: rate for index, each in enumerate(found) if (rate := _holding(each, said))}
    changes = {
        rate
        for index, rate in holding.items()
        if _may_be_a_change(text, rate, index, found, spoken)
    }
    inside = [index for index, rate in holding.items() if rate not in changes]
    inside += [index for index, each in enumerate(found) if not each.mark and is_year(each, text)]
    begin, end = max(0, found[first].start - REACH), min(len(text), found[last].end + REACH)
    opened = begin = begin + max(
        (each.end() for each in _STOP.finditer(text[begin : found[first].start])), default=0
    )
    closed = end = next(
        (found[last].end + each.start() for each in _STOP.finditer(text[found[last].end : end])),
        end,
    )
    near = [
        index
        for index, each in enumerate(found)
        if index not in inside and opened <= each.start and each.end <= closed
    ]
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
        parts = [
            *_PART.finditer(after),
            *(_joints(after, found[last].end, said) if right is not None else ()),
        ]
        end = min((found[last].end + each.start() for each in parts), default=end)
    told = rates_near(text, language, begin, found[first].start, found[last].end, end, changes)
    return told or _rates_of_all(
        said, changes, opened, found[near[0]].start if near and near[0] < first else opened
    )


def _rates_of_all(
    said: tuple[Rate, ...], changes: Collection[Rate], opened: int, first: int
) -> frozenset[str]:
    """Return what all numbers of a sentence are per, as said before the first of them.

    Example: "For every 1,000 inhabitants there were 8.9 births and 111 deaths". Units of time are
    left out. An article and a noun are left out too, as they say a rate only behind a number:
    Portuguese "a tonelada" is also "the ton".
    """
    heads = (
        rate.per
        for rate in said
        if opened <= rate.start and rate.end <= first and rate not in changes
    )
    return frozenset(
        per for per in heads if per not in TIMES and not _ARTICLE_AND_NOUN.fullmatch(per)
    )


def wrong_rate(
    unit: str,
    nouns: Collection[str],
    languages: Collection[str],
    found: Sequence[Clause],
    told: frozenset[str],
) -> str:
    """Return what is wrong between what a unit is per and what the words say, or "".

    ``found`` are the clauses of the number in one piece of evidence. ``told`` is what the number is
    per in any words that support the claim.
    """
    said = frozenset[str]().union(*(clause.rates for clause in found))
    if (
        is_per_another(unit)
        and (others := [_rate_of_another(clause) for clause in found[:_MOST_PLACES]])
        and all(others)
    ):
        return f"they say '{others[0]}' of another number"
    return rate_at_odds(unit, nouns, languages, said, told)


def _rate_of_another(clause: Clause) -> str:
    """Return the words that make another number of the text a rate, but not this clause's; or "".

    A number of similar size may share the words without repeating them: "12 dollars a tonne in 2019
    and 15 dollars in 2020".
    """
    text, number = clause.text, clause.number
    said = [rate for rate in rates_in(text, clause.language) if rate.per not in TIMES]
    if not said or clause.rates - set(TIMES):
        return ""
    for other in clause.others:
        gap = text[min(number.end, other.end) : max(number.start, other.start)]
        is_like = (
            other.mark == number.mark
            and number.value
            and 1 / _ALIKE < abs(other.value / number.value) < _ALIKE
        )
        if (
            other.start != number.start
            and is_like
            and not SENTENCE.search(gap)
            and not is_year(other, text)
        ):
            return ""
    return said[0].per


def _joints(part: str, start: int, said: tuple[Rate, ...]) -> Iterator[re.Match[str]]:
    """Yield the words for "and" in ``part``, a part of a text that begins at ``start``.

    The "a" of "67 dollars a tonne" is left out, though "a" is "and" in Polish.
    """
    for joint in AND.finditer(part):
        first = start + joint.end() - len(joint.group().lstrip())
        at = bisect_right(said, first, key=lambda rate: rate.start)
        if not (at and first < said[at - 1].end):
            yield joint


def _may_be_a_change(
    text: str, rate: Rate, index: int, found: tuple[Numeral, ...], words: Vocabulary
) -> bool:
    """Return whether words of a rate may instead say by how much, or to what, something changed.

    Example: Russian "выросло на 1000 человек". Only the words under ``perchange`` can mean both.
    Right behind another number and its noun they mean a rate, unless the change begins from that
    number: "вырос до 310 случаев на 1000 человек".
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
    return (
        not is_noun or is_from or tells_a_change(gap + " ", replace(counted, start=len(gap)), words)
    )


def _holding(number: Numeral, said: tuple[Rate, ...]) -> Rate | None:
    """Return the words of a rate that contain a number, or None."""
    at = bisect_right(said, number.start, key=lambda rate: rate.start)
    return said[at - 1] if at and number.start < said[at - 1].end else None


# Quotes cut off at their number

_AROUND = 80
"""How many characters of the kept text are read on either side of a quote."""
_SHOWN = 30


def cut_off(
    text: str, match: Match, quote: str, language: str, value: Quantity, nouns: Collection[str]
) -> str:
    """Return the kept text around a quote if it makes the quote's number another one, or "".

    ``match`` is where the quote is in ``text``. Example: the kept text says "310 to 510 people" or
    "12 million", and the quote "510 people" or "12".
    """
    before, after = _before(text, match.span.start), _after(text, match.span.end)
    whole = before + quote + after
    borne = {
        clause.number.end
        for clause in clauses_of(quote, language, value)
        if clause.noun(nouns, nouns)
    }
    kept = {
        clause.number.end - len(before)
        for clause in clauses_of(whole, language, value)
        if not clause.doubt
    }
    if not borne or borne & kept or len(plain(whole)) != len(whole):
        return ""
    return f"{before[-_SHOWN:]}{quote}{after[:_SHOWN]}".strip()


def _before(text: str, start: int) -> str:
    """Return the text before a place, from the beginning of a word and within the paragraph."""
    begin = max(0, start - _AROUND)
    while 0 < begin < start and not text[begin - 1].isspace():
        begin += 1
    return text[begin:start].rsplit("\n\n", maxsplit=1)[-1]


def _after(text: str, end: int) -> str:
    stop = min(len(text), end + _AROUND)
    while end < stop < len(text) and not text[stop].isspace():
        stop -= 1
    return text[end:stop].split("\n\n", maxsplit=1)[0]
