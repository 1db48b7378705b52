"""Which way words run, and how those that run the other way stand in a sentence without moving what stands beside them.

Without help, a full stop or a number after an Arabic title on an English page is drawn before it, since both are taken for one stretch
of text that runs from right to left. What is isolated is ordered by itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal

from babel.core import get_global, parse_locale

from explainer.common.characters import BEGIN, END

Direction = Literal["ltr", "rtl", "auto"]
"""``auto`` for a language of which it is not known: then a browser goes by the first letter."""
_SCRIPTS: Final = """
Adlm Arab Aran Armi Avst Chrs Elym Gara Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc Mero
Narb Nbat Nkoo Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sidt Sogd Sogo Syrc Syre
Syrj Syrn Thaa Todr Yezi
"""
_RIGHT_TO_LEFT: Final = frozenset(_SCRIPTS.split())
"""Scripts, by ISO 15924."""
_MARKED: Final = re.compile(f"{BEGIN}([^{BEGIN}{END}<>\n]*){END}")
_UNTOUCHED: Final = re.compile(r"(<svg\b.*?</svg>|<[^<>]*>)", re.DOTALL)
_LETTERS: Final = {"ltr": ("R", "AL"), "rtl": ("L",)}
"""The classes of letters that run against a direction."""


@lru_cache(maxsize=256)
def direction_of(language: str) -> Direction:
    """The direction of a language, by its tag: of the script that it names, or else of the one that it is mostly written in."""
    try:
        name, place, script, *_ = parse_locale(language.replace("_", "-"), sep="-")
    except ValueError:
        return "auto"
    likely = get_global("likely_subtags")
    if not script:
        found = (place and likely.get(f"{name}_{place}")) or likely.get(name)
        if not found or name == "und":
            return "auto"
        script = next((part for part in found.split("_")[1:] if len(part) == 4), "")
    return "rtl" if script in _RIGHT_TO_LEFT else "ltr"


def runs_against(text: str, direction: Direction) -> bool:
    """Whether a text holds a letter that runs against a direction."""
    against = _LETTERS.get(direction, ())
    return not (direction == "ltr" and text.isascii()) and any(unicodedata.bidirectional(letter) in against for letter in text)


def isolated(text: str, direction: Direction) -> str:
    """A name or title for the midst of a text of some direction: between Unicode's marks where a letter of it runs against that."""
    return f"{BEGIN}{text}{END}" if runs_against(text, direction) else text


def unmarked(text: str) -> str:
    """The text without those marks, for programs, which compare and sort it."""
    return text.replace(BEGIN, "").replace(END, "")


def as_elements(html: str) -> str:
    """HTML with elements for the marks in its words. In attributes and drawings, where no such element can stand, the marks stay."""
    if BEGIN not in html:
        return html
    parts = _UNTOUCHED.split(html)
    return "".join(part if number % 2 else _MARKED.sub(r"<bdi>\1</bdi>", part) for number, part in enumerate(parts))
