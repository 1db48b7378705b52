"""What a page is about in the room that search engines and shared links have for it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from explainer.wording.stops import stopped

LEAST: Final = 50
MOST: Final = 160
"""The characters that a description should have, and may have."""
_SPACES = re.compile(r"[ \t\n]+")
_GAP = re.compile(r"(?<!\d) | (?!\d)")
"""A space at which words may be parted; numbers are not, whose thousands some languages part by spaces."""


def summary(text: str, *more: str) -> str:
    """A description of ``LEAST`` to ``MOST`` characters, as far as there are words.

    A short one is followed by as many of ``more`` as it needs; a long one ends at a word, with an ellipsis.
    """
    found = _SPACES.sub(" ", text).strip(" ")
    for each in more:
        if len(found) < LEAST and each.strip() and each.strip() not in found:
            found = f"{stopped(found)} {each.strip()}" if found else each.strip()
    return found if len(found) <= MOST else _cut(found)


def _cut(text: str) -> str:
    """As many whole words as there is room for; in a script that puts no spaces between them, as many letters."""
    room = text[:MOST]
    gaps = [gap.start() for gap in _GAP.finditer(text) if LEAST <= gap.start() < MOST]
    at = gaps[-1] if gaps else _before_mark(text, MOST - 1)
    return room[:at].rstrip(" ,;:–—-(") + "…"


def _before_mark(text: str, at: int) -> int:
    """The nearest place at or before ``at`` that parts no letter from its marks."""
    while at > LEAST and unicodedata.combining(text[at]):
        at -= 1
    return at
