"""A text as words, numbers, calls and what stands between them, cut in one pass."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

CALL = "\ufffc"
"""Stands in a text where a call prints something."""
_TOKEN = re.compile(
    rf"(?P<call>{CALL})"
    r"|(?P<digits>[-−+±]?[$€£₽₴¥]?0(?:[.,:/'’\u00a0\u202f]?0)*(?:[ \u00a0\u202f]?[%‰]|[^\W\d_]{1,3}(?![^\W\d_]))?)"
    rf"|(?P<mark>(?<![\w{CALL}])[-−+±$€£₽₴¥]{{1,2}}(?={CALL})|(?<={CALL})[ \u00a0\u202f]?[%‰])"
    r"|(?P<word>[^\W\d_](?:[\u0300-\u036f’'ʼ]?[^\W\d_]|[\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963])*)"
)
_ENDS = re.compile(r"[.?!:;|…]|\n\n")
_AROUND = 7
"""How many pieces on each side of a word are its company."""


@dataclass(frozen=True)
class Token:
    """One piece of a text: a ``call``, ``digits``, a ``mark`` that changes a called number, or a ``word``."""

    kind: str
    text: str
    start: int
    end: int


class Tokens:
    """The pieces of a text, and what stands beside each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all = list(_pieces(text))

    def before(self, at: int) -> str:
        """Up to seven pieces before one, joined by what stands between: a space, "-", ", ", or " | " where a sentence ends."""
        return "".join(self.all[i].text + self._joint(i) for i in range(max(at - _AROUND, 0), at))

    def after(self, at: int) -> str:
        """Up to seven pieces after one, joined likewise; " |" where the text or its sentence ends."""
        found = "".join(self._joint(i - 1) + self.all[i].text for i in range(at + 1, min(at + 1 + _AROUND, len(self.all))))
        end = self.all[at].end
        return found or (" |" if _ENDS.search(self.text[end : end + 2]) else "")

    def _joint(self, at: int) -> str:
        """What stands after one piece and before the next."""
        text = self.text[self.all[at].end : self.all[at + 1].start]
        if _ENDS.search(text):
            return " | "
        return text and ("-" if text in ("-", "\u2010", "\u2011") else ", " if "," in text else " ")


def _pieces(text: str) -> Iterator[Token]:
    """Digits of every script and form are told by their category; all else keeps its place."""
    shape = "".join("0" if unicodedata.category(ch) in ("Nd", "No", "Nl") else ch for ch in text)
    for match in _TOKEN.finditer(shape):
        yield Token(match.lastgroup or "", unicodedata.normalize("NFC", text[match.start() : match.end()]), match.start(), match.end())
