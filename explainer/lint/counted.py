"""Whether the number at the end of what looks like a name counts the noun behind it: "Ward 9 patients", "Unit 731 victims"."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from explainer.lint.name_data import listed

Counting = Literal["any", "text", "few", "nothing"]
"""Which nouns a number counts behind a word: behind "Ward" any noun in the plural; behind "Article" too, but for German nouns and
Slavic genitives, which then name the text; behind a make only those of ``counted``; behind a whole name none."""

_BEHIND = re.compile(r"[ \u00a0\u202f]([^\W\d_][\w’'-]{0,40})(?:[ \u00a0]([^\W\d_][\w’'-]{0,40}))?")
_GENITIVE = re.compile(r"\w{2,}(?:ов|ев|ёв|ей|ых|их|ів|їв)")
_ADJECTIVE = re.compile(
    r"\w{3,}(?:al|ic|ive|ous|ful|less|ed|ing|ian|ish|able|ary|er|ly|ese|ern|old|young|sick|elderly|cancer|new|poor|rich)"
)
_OBJECT = re.compile(
    "the|an?|this|that|these|those|all|no|any|its|his|her|their|our|how|what|whether|it|them|us|him|to|for|with|from|on|about|into|at"
)
"""What stands behind a verb rather than a noun."""


@cache
def _set(group: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in listed(group))


def is_counted(text: str, end: int, counts: Counting, language: str) -> bool:
    """Whether the noun that begins at an offset is counted by the number that ends there."""
    behind = _BEHIND.match(text, end) if counts != "nothing" else None
    if behind is None:
        return False
    noun, then = behind[1], behind[2] or ""
    if noun.casefold() in _set("counted"):
        return True
    if counts == "few":
        return False
    if counts == "any" and language == "de" and noun[0].isupper():
        return True
    if counts == "any" and (noun in _set("plural-genitive") or (language in ("ru", "uk") and noun.islower() and _GENITIVE.fullmatch(noun))):
        return True
    return noun[0].islower() and (_is_plural(noun, then) or (bool(_ADJECTIVE.fullmatch(noun)) and _is_plural(then, "")))


def _is_plural(noun: str, then: str) -> bool:
    """Whether an English word is a noun in the plural, and not a verb."""
    if noun in _set("plural"):
        return True
    ends = noun.endswith("s") and not noun.endswith(("ss", "us", "is", "'s", "’s")) and len(noun) > 3
    return ends and noun not in _set("verb") and noun not in _set("no-plural") and not _OBJECT.fullmatch(then)
