"""Checks a project's own list of names: its entries must be names, not figures.

A figure in the list would be exempt from the lint.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from explainer.lint.names import NO_DESIGNATION
from explainer.lint.scan import scan

_LONGEST = 60
_WORD = re.compile(r"[^\W\d_]{2,}")
_TOGETHER = re.compile(r"(?=\w*\d)(?=\w*[^\W\d_])[\w-]{2,20}")
_MEASURED = re.compile(
    r"\d[\d.,]*(?:k|m|b|t|bn|mn|km|kg|g|cm|mm|mg|ha|l|h|s|w|kw|mw|gw|v|st|nd|rd|th|s|x|pct|тыс|млн|млрд|тис|%)\b",
    re.IGNORECASE,
)


def fault(name: str, counted: Collection[str], language: str = "en") -> str | None:  # noqa: PLR0911
    """Return why an entry is not a name, or ``None`` if it is one.

    ``counted`` are the nouns that this project counts, in lower case.
    """
    found = scan(name, language)
    if len(name) > _LONGEST:
        return f"it is longer than {_LONGEST} letters"
    if (
        any(each.kind == "comparison" for each in found)
        and not any(ch.isdigit() for ch in name)
        and name.islower()
    ):
        return "it is a comparison, and no word of it has a capital letter"
    if _MEASURED.search(name) or NO_DESIGNATION.match(name):
        return "it is an amount, not a name"
    if _TOGETHER.fullmatch(name) and not name.isdigit():
        return None
    left = name
    for each in (one for one in reversed(found) if one.kind == "number"):
        left = left[: each.start] + " " * (each.end - each.start) + left[each.end :]
    words = _WORD.findall(left)
    if noun := next((word for word in words if word.casefold() in counted), ""):
        return f"'{noun}' is what this project counts, so it reads as a figure"
    if found and not words:
        return "it is a number alone"
    if not any(word[0].isupper() or not word[0].islower() for word in words) and found:
        return "none of its words begins with a capital letter"
    if not words and not found:
        return "it holds no number, and pages may write such names without an entry"
    return None
