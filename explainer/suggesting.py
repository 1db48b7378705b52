"""The name that an author most likely meant, where a name is not known; nothing rather than a guess.

A wrong suggestion costs more than none: an editor tries it, and learns nothing. So a name is suggested only where
one slip of the hand leads to it, or two in a long word, and no other known name is as near.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_LONG: Final = 8
"""Letters from which two slips may be meant for one word."""
_SHORTEST: Final = 4
"""Letters of the shortest word in which one slip is told from another word."""
_JOINTS: Final = re.compile(r"[\s_./-]+")
_DIGITS: Final = re.compile(r"\d+")


def meant(name: str, known: Iterable[str]) -> str | None:
    """The one of ``known`` that ``name`` was most likely meant to be; ``None`` where none is, or several may be.

    Names that differ in a number are never each other's slip: ``spring-2024`` is not ``spring-2025``.
    """
    names = list(dict.fromkeys(known))
    folded = _folded(name)
    alike = [each for each in names if _folded(each) == folded]
    if alike:
        return alike[0] if len(alike) == 1 else None
    near = sorted((slips, each) for each in names if (slips := _slips_allowed(name, each)))
    if not near:
        ended = [each for each in names if _is_cut(name, each) or _is_cut(each, name)]
        return ended[0] if len(ended) == 1 else None
    return None if len(near) > 1 and near[0][0] == near[1][0] else near[0][1]


def did_you_mean(name: str, known: Iterable[str], otherwise: str, shown: str = "'{}'") -> str:
    """A hint that suggests the name meant, as ``shown``; else ``otherwise``."""
    found = meant(name, known)
    return f"Did you mean {shown.format(found)}?" if found else otherwise


def _folded(name: str) -> str:
    """A name without case, and without what stands between its words."""
    return _JOINTS.sub("", name.casefold())


def _slips_allowed(name: str, other: str) -> int:
    """How many slips lead from one name to the other; 0 where they are too many to be slips."""
    a, b = _folded(name), _folded(other)
    if min(len(a), len(b)) < _SHORTEST or _DIGITS.findall(a) != _DIGITS.findall(b):
        return 0
    slips = _distance(a, b)
    if slips == 1 or (slips == 2 and min(len(a), len(b)) >= _LONG):
        return slips
    return 0


def _is_cut(name: str, other: str) -> bool:
    """Whether a name is another without its end: ``open`` of ``opened``, ``report`` of ``reports``."""
    a, b = _folded(name), _folded(other)
    return len(a) >= _SHORTEST and b.startswith(a) and b[len(a) :].isalpha() and len(b) - len(a) <= 3


def _distance(a: str, b: str) -> int:
    """Letters left out, put in, taken for others or exchanged with their neighbour; 3 stands for 3 and more."""
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
