"""The direction of text, and the isolation of text that runs against its surroundings.

Without isolation, a full stop or a number after an Arabic title on an English page appears before
the title: the Unicode bidirectional algorithm takes both as one right-to-left run. Isolated text is
ordered by itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal

from babel.core import get_global, parse_locale

from explainer.common.characters import ISOLATE_END, ISOLATE_START

Direction = Literal["ltr", "rtl", "auto"]
"""``auto`` if the direction is not known. A browser then uses the first letter of the text."""
_SCRIPTS: Final = """
Adlm Arab Aran Armi Avst Chrs Elym Gara Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc Mero
Narb Nbat Nkoo Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sidt Sogd Sogo Syrc Syre
Syrj Syrn Thaa Todr Yezi
"""
_RIGHT_TO_LEFT: Final = frozenset(_SCRIPTS.split())
"""The scripts that run from right to left, by ISO 15924 code."""
_MARKED: Final = re.compile(f"{ISOLATE_START}([^{ISOLATE_START}{ISOLATE_END}<>\n]*){ISOLATE_END}")
_UNTOUCHED: Final = re.compile(
    r"(<svg\b(?:[^<>]*+/>|.*?(?:</svg>|\Z))|<[^<>]*>)", re.DOTALL | re.IGNORECASE
)
"""Drawings and tags. A drawing without an end goes to the end, so each is sought an end once."""
_LETTERS: Final = {"ltr": ("R", "AL"), "rtl": ("L",)}
"""The bidirectional classes of letters that run against a direction."""


@lru_cache(maxsize=256)
def direction_of(language: str) -> Direction:
    """Return the direction of a language, by its tag.

    The script in the tag decides, or else the script that the language usually has in Unicode's
    CLDR. Returns "auto" if neither is known.
    """
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
    """Return whether a text has a letter that runs against a direction."""
    against = _LETTERS.get(direction, ())
    return not (direction == "ltr" and text.isascii()) and any(
        unicodedata.bidirectional(letter) in against for letter in text
    )


def isolated(text: str, direction: Direction) -> str:
    """Return a name or title for use inside a text of the given direction.

    If one of its letters runs against that direction, it is put between Unicode's isolate marks
    (U+2068 and U+2069).
    """
    return f"{ISOLATE_START}{text}{ISOLATE_END}" if runs_against(text, direction) else text


def without_isolates(text: str) -> str:
    """Return the text without isolate marks, for programs that compare or sort it."""
    return text.replace(ISOLATE_START, "").replace(ISOLATE_END, "")


def marks_to_bdi(html: str) -> str:
    """Return HTML with ``<bdi>`` elements in place of isolate marks.

    The marks stay in attributes and in SVG, where ``<bdi>`` is not allowed.
    """
    if ISOLATE_START not in html:
        return html
    parts = _UNTOUCHED.split(html)
    return "".join(
        part if number % 2 else _MARKED.sub(r"<bdi>\1</bdi>", part)
        for number, part in enumerate(parts)
    )
