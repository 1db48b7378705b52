"""Nouns that are a part of another one, or denied by a word before them.

Such are "300 police dogs", "the 300-bed hospital" and "300 former miners".
"""

from __future__ import annotations

import re
from typing import Final

from explainer.values.numerals import WORD, Numeral
from explainer.values.vocabulary import Vocabulary

_REACH: Final = 120
_ENDING: Final = 3
"""How many letters an ending has at most that a hyphen joins to a figure: Hungarian "300-at"."""
_DENIED = re.compile(
    r"(?<!\w)(?:non|ex|anti|semi|quasi|pseudo|vice|no|nicht|oud|niet|icke|ikke|eks|ei|nem|nie|ne|не|экс|екс|анти)[-‐‑]\s?$"
)
"""What a hyphen joins before a noun, and so makes it another: "non-smokers"."""
_JOINED = re.compile(rf"[-‐‑]({WORD})")
_MEASURED: Final = frozenset(
    [
        "long",
        "wide",
        "high",
        "deep",
        "tall",
        "thick",
        "old",
        "plus",
        "odd",
        "strong",
        "some",
        "worth",
    ]
)
"""What a hyphen joins to a figure in English without another noun: "300-odd", "38-km-long"."""
_ENGLISH_PLURAL = re.compile(r"\s([a-z]{3,}(?<![siu])s)(?![\w'-])")


def whole_of(low: str, noun: str, first: Numeral, last: Numeral, words: Vocabulary, language: str) -> str:
    """The words that make a noun a part of another one, or deny it; empty where it stands by itself.

    ``low`` is the folded text, in which the noun stands behind the number or before it.
    """
    at = low.find(noun, last.end, last.end + _REACH)
    if at >= 0 and (attribute := _attribute(low, last, at, language)):
        return attribute
    if at < 0:
        at = low.rfind(noun, max(0, first.start - _REACH), first.start)
    if at < 0 or not noun[-1].isalpha():
        return ""
    if denied := _denied(low, at, words):
        return denied + noun
    joined = _JOINED.match(low, at + len(noun))
    if joined and len(joined.group(1)) >= _ENDING and joined.group(1) not in _MEASURED:
        return noun + joined.group()
    if language.startswith("en") and at >= last.end and not noun.endswith("s") and last.value != 1:
        plural = _ENGLISH_PLURAL.match(low, at + len(noun))
        if plural and len(noun) >= _ENDING and not any(words.has(key, plural.group(1)) for key in ("stop", "light")):
            return noun + plural.group()
    return ""


def _attribute(low: str, last: Numeral, at: int, language: str) -> str:
    """The word that a hyphen joins to a number before another noun: "bed" of "300-bed hospital"."""
    joined = _JOINED.match(low, last.end)
    if joined is None or at <= last.end + 1 or joined.group(1) in _MEASURED:
        return ""
    is_ending = len(joined.group(1)) <= _ENDING and not language.startswith("en")
    return "" if is_ending else low[last.start : joined.end()]


def _denied(low: str, at: int, words: Vocabulary) -> str:
    """The word before a noun by which it is not what it says: "non-", "former"."""
    before = low[max(0, at - 24) : at]
    if found := _DENIED.search(before):
        return found.group()
    pattern, head = words.phrases("unlike"), before.rstrip()
    return (
        next(
            (found.group() + " " for found in pattern.finditer(head) if found.end() == len(head)),
            "",
        )
        if pattern
        else ""
    )
