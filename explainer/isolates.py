"""Unicode's isolates: stretches of a text that are ordered by themselves, and move nothing that stands beside them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, Literal

BEGIN: Final = "\u2068"
"""The mark before what is isolated, whose direction is that of its first letter."""
END: Final = "\u2069"
"""The mark after what is isolated."""
_RIGHT_TO_LEFT_BEGIN: Final = "\u2067"
"""The mark before what is isolated and runs from right to left, whatever its first letter."""


def from_right(line: str) -> str:
    """A line that is ordered from right to left, whatever it begins with and wherever it stands."""
    return f"{_RIGHT_TO_LEFT_BEGIN}{line}{END}"


def first_direction(text: str) -> Literal["ltr", "rtl"] | None:
    """The direction of the first letter that has one, what is isolated left out; ``None`` without any."""
    depth = 0
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("LRI", "RLI", "FSI"):
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return None


def isolated_in_each(lines: Iterable[str]) -> Iterator[str]:
    """Lines of one text in which each isolate ends on its line, and begins again on the next one."""
    depth = 0
    for each in lines:
        line = BEGIN * depth + each
        depth = max(0, line.count(BEGIN) - line.count(END))
        yield line + END * depth
