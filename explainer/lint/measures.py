"""What a superlative measures: "hottest" speaks of heat, and is borne out by no comparison of loans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).with_name("measures.tsv")
_STEM = 4
"""As many letters of an adjective as stand unchanged in words made of it: "noisiest" and "noise"."""


@dataclass(frozen=True)
class _Family:
    """Adjectives, and words about what they measure, by how they begin."""

    adjectives: re.Pattern[str]
    about: re.Pattern[str]


@cache
def _families() -> tuple[_Family, ...]:
    lines = (line.split("\t") for line in _FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return tuple(
        _Family(re.compile(rf"(?:most |най|nej|naj)?(?:{adjectives})"), re.compile(rf"(?<!\w)(?:{adjectives}|{about})"))
        for _, adjectives, about in lines
    )


@lru_cache(maxsize=4096)
def _families_of(word: str) -> tuple[_Family, ...]:
    return tuple(each for each in _families() if each.adjectives.match(word))


def is_about(word: str, texts: tuple[str, ...], sized: bool) -> bool:
    """Whether texts speak of what a superlative measures. ``sized``: it is one of mere size, where it is in no family."""
    plain, said = word.casefold(), " | ".join(texts).casefold()
    families = _families_of(plain)
    if any(family.about.search(said) for family in families):
        return True
    if re.search(rf"(?<!\w)(?:\w{{2,4}})?{re.escape(_stem(plain))}", said):
        return True
    return sized and not families


def _stem(word: str) -> str:
    plain = re.sub(r"^(?:най|nej|naj)", "", word)
    return plain[:_STEM]


@lru_cache(maxsize=4096)
def subjects(text: str, common: str) -> frozenset[str]:
    """The words that tell what a text is about, by their first letters; ``common`` is a pattern of those that do not."""
    return frozenset(_begin(word) for word in _words(text.casefold()) if not re.fullmatch(common, word))


def _words(text: str) -> Iterator[str]:
    return (match.group() for match in re.finditer(r"[^\W\d_]{4,}", text))


def _begin(word: str) -> str:
    return word[:5]
