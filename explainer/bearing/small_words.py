"""Words that say nought or a part of one: "no cases", "none of the patients", "half a metre".

Such a word counts the noun right after it and no other: "no serious cases" is not "no cases". In Turkish, nought stands behind its noun.
The words stand in ``values/counting/<language>.tsv``: ``none``, ``nonebehind``, ``scarce`` and ``some``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final

from explainer.values.numerals import WORD, Numeral, plain
from explainer.values.vocabulary import Vocabulary, folded, vocabulary

_BEFORE: Final = 40


@lru_cache(maxsize=4096)
def small_words(text: str, language: str) -> tuple[Numeral, ...]:
    """Each of these words as a number with the mark "word"."""
    words, shown = vocabulary(language), plain(text)
    low = "".join(folded(ch)[:1] or ch for ch in shown)
    return (*_noughts(low, words), *_noughts_behind(low, words), *_parts(low, words))


def _noughts(low: str, words: Vocabulary) -> Iterator[Numeral]:
    pattern = words.phrases("none")
    for found in pattern.finditer(low) if pattern else ():
        if not _is_hedged(low[max(0, found.start() - _BEFORE) : found.start()], words):
            yield Numeral(Decimal(0), found.start(), found.end(), "word")


def _noughts_behind(low: str, words: Vocabulary) -> Iterator[Numeral]:
    """Nought said behind a noun: the number stands where the noun begins."""
    pattern = words.phrases("nonebehind")
    for found in pattern.finditer(low) if pattern else ():
        begin = max(0, found.start() - _BEFORE)
        noun = re.search(rf"{WORD}\s*$", low[begin : found.start()])
        if noun and not _is_hedged(low[begin : begin + noun.start()], words):
            yield Numeral(Decimal(0), begin + noun.start(), begin + noun.start(), "word")


def _is_hedged(before: str, words: Vocabulary) -> bool:
    """Whether a word before one for nought makes it more: "almost no", "little or no"."""
    pattern, head = words.phrases("scarce"), before.rstrip()
    return pattern is not None and any(found.end() == len(head) for found in pattern.finditer(head))


def _parts(low: str, words: Vocabulary) -> Iterator[Numeral]:
    pattern = words.phrases("some")
    for found in pattern.finditer(low) if pattern else ():
        part = words.parts.get(" ".join(re.split(r"[\s-]+", found.group())))
        following = re.compile(rf"[\s\-‐‑]*({WORD})").match(low, found.end())
        is_multiplied = following is not None and following.group(1) in words.magnitudes
        if part is not None and not is_multiplied and not _is_joined(low[max(0, found.start() - _BEFORE) : found.start()], words):
            yield Numeral(part, found.start(), found.end(), "word")


def nought_before(text: str, number: Numeral, words: Vocabulary) -> str:
    """A word for nought right before a number, which it makes less than it says: "keine 100 Fälle"; empty where none is."""
    noughts = frozenset(word for word in words.sets.get("none", ()) if " " not in word)
    last = re.search(rf"({WORD})\s+$", folded(text[max(0, number.start - _BEFORE) : number.start]))
    return last.group(1) if last and last.group(1) in noughts and number.start else ""


def part_behind(text: str, number: Numeral, words: Vocabulary) -> tuple[Decimal, str]:
    """The part of one that follows a number and its noun, with the words that say it: "2 cups and a half"; else nothing."""
    low = folded(text[number.end : number.end + _BEFORE])
    noun = re.match(rf"\s*{WORD}\s+", low)
    pattern = words.phrases("added") if noun else None
    found = pattern.match(low, noun.end()) if pattern and noun else None
    part = words.added.get(found.group()) if found else None
    return (part, text[number.start : number.end + found.end()]) if part and found else (Decimal(0), "")


def _is_joined(before: str, words: Vocabulary) -> bool:
    """Whether a number stands before the part: "two and a quarter of a metre", "2 1/2 of a metre"."""
    head = before.rstrip()
    last = re.search(rf"({WORD})$", head)
    word = last.group(1) if last else ""
    return head[-1:].isdigit() or word in words.counting or words.has("and", word) or words.has("1x", word)
