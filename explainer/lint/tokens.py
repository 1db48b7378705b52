"""A text as words, numbers, calls and what stands between them, cut in one pass."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

CALL = "\ufffc"
"""Stands in a text where a call prints something."""
_TOKEN = re.compile(
    rf"(?P<call>{CALL})"
    r"|(?P<digits>[-−+±]?[$€£₽₴¥]?0(?:[.,:/'’\u00a0\u202f]?0)*(?:[ \u00a0\u202f]?[%‰]|[^\W\d_]{1,3}(?![^\W\d_]))?)"
    rf"|(?P<mark>(?<![\w{CALL}])[-−+±$€£₽₴¥]{{1,2}}(?={CALL})|(?<={CALL})[ \u00a0\u202f]?[%‰])"
    r"|(?P<word>[^\W\d_](?:[\u0300-\u036f’'ʼ]?[^\W\d_])*)"
)
_ENDS = re.compile(r"[.?!:;|…]|\n\n")
_AROUND = 4


@dataclass(frozen=True)
class Token:
    """One piece of a text: a ``call``, ``digits``, a ``mark`` that changes a called number, or a ``word``."""

    kind: str
    text: str
    start: int
    end: int
    before: str = ""
    """Up to four pieces before it, joined by what stands between: a space, "-", ", ", or " | " where a sentence ends."""
    after: str = ""


def tokens(text: str) -> list[Token]:
    """The pieces of a text, each with its neighbours."""
    bare = list(_pieces(text))
    joints = ["", *(_joint(text[a.end : b.start]) for a, b in pairwise(bare)), ""]
    found = []
    for at, token in enumerate(bare):
        before = "".join(bare[i].text + joints[i + 1] for i in range(max(at - _AROUND, 0), at))
        after = "".join(joints[i] + bare[i].text for i in range(at + 1, min(at + 1 + _AROUND, len(bare))))
        closed = after or (" |" if _ENDS.search(text[token.end : token.end + 2]) else "")
        found.append(Token(token.kind, token.text, token.start, token.end, before, closed))
    return found


def _pieces(text: str) -> Iterator[Token]:
    """Digits of every script and form are told by their category; all else keeps its place."""
    shape = "".join("0" if unicodedata.category(ch) in ("Nd", "No", "Nl") else ch for ch in text)
    for match in _TOKEN.finditer(shape):
        yield Token(match.lastgroup or "", unicodedata.normalize("NFC", text[match.start() : match.end()]), match.start(), match.end())


def _joint(text: str) -> str:
    if _ENDS.search(text):
        return " | "
    return text and ("-" if text in ("-", "\u2010", "\u2011") else ", " if "," in text else " ")
