"""Amounts told in two or three units: "5 roubles 30 kopecks", "1 h 12 min 30 s". None of their numbers is the amount by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Final

from explainer.values.compound_units import compounds, smaller_units
from explainer.values.intervals import terminating
from explainer.values.numerals import AND, WORD, Numeral
from explainer.values.vocabulary import Vocabulary, folded

_LONGEST: Final = 40
"""How many letters the words between the two numbers have at most."""
_MOST: Final = 10**12
_MONTHS: Final = 12


@dataclass(frozen=True)
class Joint:
    """Two numbers told in two units; of a listed pair how many of the smaller make the larger, else only a doubt."""

    left: Numeral
    right: Numeral
    ratio: int | None

    @property
    def is_time_of_months(self) -> bool:
        """Whether it is told in years and months, where the years look like a date in scripts without spaces: "3年6个月"."""
        return self.ratio == _MONTHS


def joints(text: str, found: tuple[Numeral, ...], words: Vocabulary) -> tuple[Joint, ...]:
    """Every two numbers of a text that are one amount in two units."""
    made = (_joint(text, left, right, words) for left, right in pairwise(found))
    return tuple(each for each in made if each is not None)


def _joint(text: str, left: Numeral, right: Numeral, words: Vocabulary) -> Joint | None:
    gap = text[left.end : right.start]
    if len(gap) > _LONGEST or left.doubt or right.doubt or left.value < 0 or left.factor > 1 or left.mark in ("%", "‰", "pp", "th"):
        return None  # "£23.8bn, or 12p a share" is no amount in two units
    larger, comma = _unit_in(folded(gap), left.mark)
    pairs = [each for each in compounds() if larger in each.larger and right.value < each.ratio]
    if not pairs or left.value != left.value.to_integral_value() or "." in gap.strip(". "):
        return None
    following = smaller_units().match(folded(text[right.end : right.end + _LONGEST].lstrip(" \u00a0\u202f-")))
    smaller = following.group() if following else ""
    ratio = next((each.ratio for each in pairs if smaller in each.smaller), None)
    is_clock = re.fullmatch(r"0\d", text[right.start : right.end].strip()) is not None  # "2 h 04"
    if ratio is None and (comma or AND.search(gap) or not (is_clock or _is_alone(text, right, words))):
        return None
    return Joint(left, right, None if comma else ratio)


def _unit_in(gap: str, mark: str) -> tuple[str, bool]:
    """The unit between the two numbers, or the sign of the first, and whether a comma stands there."""
    joint = next((found for found in AND.finditer(gap) if found.end() == len(gap)), None)
    core = gap[: joint.start()] if joint else gap
    comma = core.rstrip().endswith(",")
    unit = core.strip(" \u00a0\u202f-").rstrip(",").rstrip().removesuffix(".").strip()
    return (unit or folded(mark)), comma


def _is_alone(text: str, number: Numeral, words: Vocabulary) -> bool:
    """Whether nothing that it could count follows a number: "3 Euro 40."."""
    following = re.match(rf"\s*(?:({WORD})|$|[.,;:!?)。，、；：！？）])", text[number.end : number.end + _LONGEST])
    if following is None:
        return False
    word = folded(following.group(1) or "")
    return not word or words.has("stop", word) or words.has("light", word)


def sums(found: tuple[Joint, ...]) -> Iterator[Numeral]:
    """The whole amounts: one at the place of the largest unit's number, and one at the smallest's."""
    for chain in _chains(found):
        ratios = [each.ratio for each in chain if each.ratio is not None]
        if len(ratios) < len(chain) or chain[0].left.value > _MOST:
            continue
        total, size = Fraction(chain[0].left.value), 1
        for each, ratio in zip(chain, ratios, strict=True):
            total, size = total * ratio + Fraction(each.right.value), size * ratio
        in_largest, in_smallest = terminating(total / size), terminating(total)
        if in_largest is not None:
            yield replace(chain[0].left, value=in_largest, bare=None)
        if in_smallest is not None:
            yield replace(chain[-1].right, value=in_smallest, bare=None)


def _chains(found: tuple[Joint, ...]) -> Iterator[list[Joint]]:
    """The joints, those that share a number together: hours and minutes, minutes and seconds."""
    chain: list[Joint] = []
    for each in found:
        if chain and chain[-1].right is not each.left:
            yield chain
            chain = []
        chain.append(each)
    if chain:
        yield chain
