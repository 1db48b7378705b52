"""Shares told by two numbers: "one in four", "uno de cada cuatro", "4人に1人". Neither number counts anything.

The words stand in ``values/counting/<language>.tsv``: ``ratio``, ``ratioalone``, ``reratio``,
``fraction``, ``every``, ``amongst`` and ``one``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Final

from explainer.values.numerals import WORD, Numeral
from explainer.values.vocabulary import Vocabulary, folded, is_spaced

_MOST_WORDS: Final = 2
"""How many words may stand between "one" and "in four": "one young child in four"."""
_NOUN_AND_JOINT: Final = 2
_NEAR: Final = 60
_SMALL: Final = 10
_OLDEST: Final = 120


def share_at(text: str, index: int, found: tuple[Numeral, ...], words: Vocabulary) -> str:
    """The words by which a number is one of the two of a share; empty where it is none."""
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
        if left >= 0 and right < len(found) and _is_share_past_an_age(text, found[left], found[left + 1], found[right], words):
            return text[found[left].start : found[right].end].strip()
    return _of_an_article(text, number, words)


def _is_share_past_an_age(text: str, left: Numeral, age: Numeral, right: Numeral, words: Vocabulary) -> bool:
    """Whether an age stands between the two numbers of a share: "three adults aged 18 and over in five"."""
    gap = folded(text[left.end : right.start])
    if len(gap) > _NEAR or any(each.mark for each in (left, age, right)) or re.search(r"[.;:!?()]", gap):
        return False
    joins = re.compile(rf".*\s(?:{_of_keys(words, ('ratio', 'ratioalone')) or '(?!)'})\s")
    return left.value < right.value and _is_small(right.value) and age.value <= _OLDEST and joins.fullmatch(gap) is not None


def _is_share(text: str, left: Numeral, right: Numeral, words: Vocabulary) -> bool:
    if right.start - left.end > _NEAR or left.mark or right.mark in ("%", "‰", "pp"):
        return False
    gap = folded(text[left.end : right.start])
    if _whole(words, "fraction").fullmatch(gap.strip()):
        return True
    if right.value < left.value and _after_every(text, left, words) and len(gap.split()) <= _MOST_WORDS:
        return True
    if left.value < right.value:
        in_words = not any(ch.isdigit() for ch in text[left.start : right.end])
        after = "" if in_words else text[right.end : right.end + _NEAR]  # "three adults in five smoke"
        return _joins(gap, after, left.value, right.value, words)
    return _is_small(left.value) and _is_turned_share(gap, text, left, right, words)


def _joins(gap: str, after: str, left: Decimal | None, right: Decimal, words: Vocabulary) -> bool:
    """Whether a gap makes two numbers a share: "in", or a noun and "in". ``left`` is ``None`` for an article."""
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
    """Whether a word follows that may be the noun of the number before it."""
    word = re.match(rf"\s*({WORD})", after)
    return word is not None and not any(words.has(key, folded(word.group(1))) for key in ("stop", "light"))


def _is_turned_share(gap: str, text: str, left: Numeral, right: Numeral, words: Vocabulary) -> bool:
    """Whether the whole is told before its part: "her 4 kişiden 1'i", "4人に1人" with one counter for both."""
    ends = tuple(words.sets.get("reratio", ()))
    core = gap.strip()
    if not ends or not core.endswith(ends) or len(core.split()) > _MOST_WORDS + 1:
        return False
    if "unspaced" not in words.flags:
        return True
    return text[left.end : right.start].strip()[:1] == text[right.end : right.end + _NEAR].strip()[:1]


def _after_every(text: str, number: Numeral, words: Vocabulary) -> str:
    """The word for "every" right before a number: "her 4 kişiden", "every four children"."""
    before = folded(text[max(0, number.start - _NEAR) : number.start]).rstrip()
    for found in _words(words, "every").finditer(before):
        if found.end() == len(before):
            return found.group().strip() + " " + text[number.start : number.end].strip()
    return ""


def _among(text: str, number: Numeral, words: Vocabulary) -> str:
    """The inflected number behind "one" that says of how many it is: Finnish "yksi lapsi neljästä"."""
    after = folded(text[number.end : number.end + _NEAR])
    among = words.sets.get("amongst", frozenset())
    for word in list(re.finditer(WORD, after))[: _MOST_WORDS + 1] if among else ():
        if word.group() in among:
            return text[number.start : number.end + word.end()].strip()
    return ""


def _in_fraction(text: str, number: Numeral, words: Vocabulary) -> str:
    """The fraction that a number is a part of, in languages that tell it with one word: "四分之一", "4分の1"."""
    fraction = tuple(words.sets.get("fraction", ()))
    before, after = text[max(0, number.start - _NEAR) : number.start].rstrip(), text[number.end : number.end + _NEAR]
    if fraction and (before.endswith(fraction) or after.lstrip().startswith(fraction)):
        return before[-3:] + text[number.start : number.end] + after[:3]
    return ""


def _with_one(text: str, number: Numeral, words: Vocabulary) -> str:
    """The share whose part is a single sign for one, in scripts without spaces: "四人に一人", "每四人有一人"."""
    ends, ones = _of_keys(words, ("reratio",)), _of_keys(words, ("one",))
    if "unspaced" not in words.flags or not ends or not ones or not _is_small(number.value):
        return ""
    turned = re.compile(rf"\s?(\S{{1,2}}?)\S{{0,6}}?\s?(?:{ends})\s?(?:{ones})\s?\1").match(text, number.end)
    return text[number.start : turned.end()] if turned else ""


def _part_of_a_whole(text: str, number: Numeral, words: Vocabulary) -> str:
    """The part of which a number in words is the whole: "a third of a billion", "две трети миллиона"."""
    first = re.match(WORD, folded(text[number.start : number.end]))
    ones = words.sets.get("one", frozenset()) | words.sets.get("1x", frozenset())
    alone = first is not None and (first.group() in ones or words.has("alone", first.group()) or words.numbers.get(first.group()) == 1)
    before = folded(text[max(0, number.start - _NEAR) : number.start])
    last = list(re.finditer(WORD, before))
    while last and any(words.has(key, last[-1].group()) for key in ("of", "1x")):
        last.pop()
    part = last[-1].group() if last else ""
    if not alone or not words.has("share", part) or re.search(r"[,.;:]", before[last[-1].end() :]):
        return ""
    return text[number.start - len(before) + last[-1].start() : number.end].strip()


def _of_an_article(text: str, number: Numeral, words: Vocabulary) -> str:
    """The share whose first number is an article, or whose second is only a word: "uno de cada cuatro", "dört çocuktan biri"."""
    if not _is_small(number.value):
        return ""
    ones = words.sets.get("one", frozenset()) | words.sets.get("1x", frozenset())
    before = folded(text[max(0, number.start - _NEAR) : number.start])
    for found in reversed(list(re.finditer(WORD, before))[-2 * _MOST_WORDS - 2 :]):
        gap = before[found.end() :]
        if found.group() in ones and _joins(gap, text[number.end : number.end + _NEAR], None, number.value, words):
            return text[number.start - len(before) + found.start() : number.end].strip()
    ends = tuple(words.sets.get("reratio", ()))
    following = list(re.finditer(WORD, folded(text[number.end : number.end + _NEAR])))[: _MOST_WORDS + 1]
    for noun, one in pairwise(following):
        if ends and noun.group().endswith(ends) and one.group() in words.sets.get("one", ()):
            return text[number.start : number.end + one.end()].strip()
    return ""


def _is_small(value: Decimal) -> bool:
    """Whether a share may be of so many: up to ten, or a power of ten."""
    return 1 < value <= _SMALL or (value > 1 and value.normalize().as_tuple().digits == (1,))


_NEVER: Final = re.compile(r"(?!)")


@cache
def _alternatives(words: frozenset[str]) -> str:
    longest = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest)


def _of_keys(words: Vocabulary, keys: tuple[str, ...]) -> str:
    return _alternatives(frozenset[str]().union(*(words.sets.get(key, frozenset()) for key in keys)))


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
