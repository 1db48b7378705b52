"""Suggest the name that an author most likely meant, if a name is unknown.

A wrong suggestion is worse than none: an editor tries it and learns nothing. So a name is suggested
only if it differs by one typing error, or by two in a long word, and no other known name is as
close.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_LONG: Final = 8
"""The fewest letters of a word that may contain two typing errors."""
_SHORTEST: Final = 4
"""The fewest letters of a word in which one typing error is not taken for another word."""
_SHORTEST_PLURAL: Final = 3
"""The fewest letters of a word that is taken for the singular or plural of another."""
_JOINTS: Final = re.compile(r"[\s_./-]+")
_DIGITS: Final = re.compile(r"\d+")


def closest_match(name: str, known: Iterable[str]) -> str | None:
    """Return the one of ``known`` that ``name`` was most likely meant to be.

    Returns ``None`` if there is none, or if there could be several. Names that differ in a number
    are never suggested for each other: ``spring-2024`` is not a misspelled ``spring-2025``.
    """
    names = list(dict.fromkeys(known))
    folded = _folded(name)
    alike = [each for each in names if _folded(each) == folded]
    if alike:
        return alike[0] if len(alike) == 1 else None
    another = _BY_FOLD.get(folded)
    if another in names:
        return another
    plural = [
        each
        for each in names
        if _folded(each) in (f"{folded}s", f"{folded}es") or f"{_folded(each)}s" == folded
    ]
    if len(plural) == 1 and len(folded) >= _SHORTEST_PLURAL:
        return plural[0]
    near = sorted((slips, each) for each in names if (slips := _slips_allowed(name, each)))
    if not near:
        ended = [each for each in names if _is_cut(name, each) or _is_cut(each, name)]
        return ended[0] if len(ended) == 1 else None
    return None if len(near) > 1 and near[0][0] == near[1][0] else near[0][1]


_OTHER_WORDS: Final = {
    "bar": "columns",
    "bars": "columns",
    "bar chart": "columns",
    "column chart": "columns",
    "histogram": "columns",
    "scatter": "dots",
    "dot plot": "dots",
    "range": "ranges",
    "time line": "timeline",
    "date": "issued",
    "published": "issued",
    "published on": "issued",
    "publication date": "issued",
    "link": "url",
    "web": "url",
    "web address": "url",
    "href": "url",
    "retrieved": "accessed",
    "accessed on": "accessed",
    "website": "webpage",
    "web site": "webpage",
    "web page": "webpage",
    "newspaper": "article-newspaper",
    "newspaper article": "article-newspaper",
    "news": "article-newspaper",
    "journal article": "article-journal",
    "magazine": "article-magazine",
    "law": "legislation",
    "statute": "legislation",
    "blog": "post-weblog",
    "blog post": "post-weblog",
    "phd thesis": "thesis",
    "dissertation": "thesis",
    "journal": "container",
    "lang": "language",
    "speaker": "said_by",
    "said by whom": "said_by",
    "contested": "disputed",
    "controversial": "disputed",
    "unconfirmed": "unverified",
    "not verified": "unverified",
    "false": "wrong",
    "incorrect": "wrong",
    "true": "confirmed",
    "verified": "confirmed",
    "press report": "media-report",
    "news report": "media-report",
    "partial": "excerpt",
    "partly": "excerpt",
    "in part": "excerpt",
    "part": "excerpt",
    "whole": "full",
    "all": "full",
    "unread": "not-read",
    "own": "ours",
    "our own": "ours",
    "support": "supports",
    "supporting": "supports",
    "contradict": "contradicts",
    "against": "contradicts",
    "disagrees": "contradicts",
    "secondary": "context",
    "background": "context",
}
"""Other words for a key or a value, each with our name for it. The name is suggested only if it is
one of the known names.
"""


def choices_hint(name: str, known: Iterable[str]) -> str:
    """Return a hint that lists the allowed values, with a suggestion in front if there is one."""
    names = list(known)
    listed = f"one of: {', '.join(names)}"
    found = closest_match(name, names)
    return f"Did you mean '{found}'? Else {listed}" if found else listed


def did_you_mean(name: str, known: Iterable[str], otherwise: str, shown: str = "'{}'") -> str:
    """Return a hint that suggests the name meant, or ``otherwise`` if there is no suggestion.

    ``shown`` is the format of the name in the hint.
    """
    found = closest_match(name, known)
    return f"Did you mean {shown.format(found)}?" if found else otherwise


def _folded(name: str) -> str:
    """Return a name in one case and without the separators between its words."""
    return _JOINTS.sub("", name.casefold())


_BY_FOLD: Final = {_folded(word): name for word, name in _OTHER_WORDS.items()}


def _slips_allowed(name: str, other: str) -> int:
    """Return the number of typing errors between two names, or 0 if there are too many."""
    a, b = _folded(name), _folded(other)
    short = min(len(a), len(b)) < _SHORTEST and not (
        len(a) == _SHORTEST - 1 < len(b) and a[0] == b[0] and a[-1] == b[-1]
    )
    if short or _DIGITS.findall(a) != _DIGITS.findall(b):
        return 0
    slips = _distance(a, b)
    if slips == 1 or (slips == 2 and min(len(a), len(b)) >= _LONG):
        return slips
    return 0


def _is_cut(name: str, other: str) -> bool:
    """Return whether a name is another without its ending: ``open`` of ``opened``."""
    a, b = _folded(name), _folded(other)
    return (
        len(a) >= _SHORTEST and b.startswith(a) and b[len(a) :].isalpha() and len(b) - len(a) <= 3
    )


def _distance(a: str, b: str) -> int:
    """Return the edit distance of two words. 3 means 3 or more.

    It counts letters that are missing, added, replaced or swapped with a neighbour.
    """
    if abs(len(a) - len(b)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        last, before, row = before, row, [i]
        for j, right in enumerate(b, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                best = min(best, last[j - 2] + 1)
            row.append(best)
        if min(row) > 2:
            return 3
    return min(row[-1], 3)
