"""Full stops: whether a text ends as a sentence does in its script, so that none is put after another."""

from __future__ import annotations

import unicodedata
from typing import Final

from markupsafe import Markup

_ENDS: Final = frozenset(
    ".!?…‥"  # Latin, Greek, Cyrillic and others
    "\u037e\u0589\u061d\u061e\u061f\u06d4\u0700\u0701\u0702\u07f9\u0837\u0839\u083d\u083e"  # Greek, Armenian, Arabic, Syriac …
    "।॥\u0df4\u0f0d\u0f0e\u0f0f\u0f10\u104a\u104b"  # of India, Sinhala, Tibetan, Burmese
    "\u1362\u1367\u1368\u166e\u1735\u1736\u17d4\u17d5\u1803\u1809\u1944\u1945"  # Ethiopic, Khmer, Mongolian …
    "\u1aa8\u1aa9\u1aaa\u1aab\u1b5a\u1b5b\u1b5e\u1b5f\u1c3b\u1c3c\u1c7e\u1c7f"
    "‼‽⁇⁈⁉\u2e2e\u2e3c。\ua4ff\ua60e\ua60f\ua6f3\ua6f7\ua876\ua877\ua8ce\ua8cf\ua92f\ua9c8\ua9c9"
    "\uaa5d\uaa5e\uaa5f\uaaf0\uaaf1\uabeb︒﹒﹖﹗！．？｡"
)
"""What ends a sentence, in the scripts of the world: Unicode's sentence terminals, and Tibetan's strokes."""
_CLOSING: Final = frozenset({"Pe", "Pf", "Pi", "Cf"})
"""Brackets, quotation marks and marks of direction, which may follow the end of a sentence. German closes with an opening mark."""


def ends_sentence(text: str) -> bool:
    """Whether a text ends with what ends a sentence, closing quotation marks and brackets aside."""
    for letter in reversed(text.rstrip()):
        if letter in _ENDS:
            return True
        if letter not in "\"'" and unicodedata.category(letter) not in _CLOSING:
            return False
    return False


def stop_after(text: str) -> str:
    """The full stop that a text lacks; nothing where it has one, or is empty. Tags of a text that is HTML do not count."""
    plain = text.striptags() if isinstance(text, Markup) else text
    return "" if not plain.strip() or ends_sentence(plain) else "."


def stopped(text: str) -> str:
    """The text as a sentence."""
    return text + stop_after(text)
