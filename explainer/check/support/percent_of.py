"""Find out of what a percentage is.

"52 percent women and 48 percent men" gives 48 percent of men, and not of women.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import Final

from explainer.check.support.attribution import sentence_of
from explainer.check.support.nouns import Clause
from explainer.check.support.uncounted import is_year
from explainer.model.hedging_words import hedging_words, is_unspaced
from explainer.model.number_reader import WORD, Numeral
from explainer.model.number_words import lowered, signs, vocabulary
from explainer.model.numerals import AND, plain

_SHARES: Final = ("%", "‰", "百分之", "ร้อยละ")
_MOST: Final = 24
"""The maximum count of percentages of a sentence, and of places of a noun, that are looked at."""
_BREAK: Final = re.compile(r"[,;:、，；\n]|\s[–—-]\s|\.\s")
_OPENED: Final = re.compile(r"[(（]\s*(?:[^\W\d_]+\s+){0,2}$")
"""Matches what is before a percentage in brackets: "(il 48%)"."""
_FEW: Final = 3
"""The maximum count of words between a percentage and its noun."""


def of_another(clause: Clause, nouns: Collection[str]) -> str:
    """Return one of the nouns if the words give another percentage of it than the clause's, or "".

    ``nouns`` are what the author counts, without the names of percent. A noun belongs to another
    percentage only if all of these are true:

    - The sentence holds several percentages.
    - The noun is at another one of them, and none of ``nouns`` is at the clause's.
    - The clause's percentage has a noun of its own, or is in a bracket after other words.

    So "48 percent in 2019 and 52 percent in 2024" are of one noun.
    """
    wanted = frozenset(lowered(plain(noun)) for noun in nouns)
    number, text, low = clause.number, clause.text, lowered(clause.text)
    if not wanted or not _is_share(low, number):
        return ""
    begin, end = sentence_of(text, number, ())
    shares = [each for each in clause.others if begin <= each.start < end and _is_share(low, each)][
        :_MOST
    ]
    if len(shares) < 2 or not any(each.start == number.start for each in shares):
        return ""
    parts = _Parts(clause, low, begin, end, shares)
    at = {each.start: parts.nouns_at(each, wanted) for each in shares}
    if at[number.start]:
        return ""
    for other in shares:
        for noun, place in at[other.start]:
            if parts.has_own_noun(number, other, place):
                return noun
    return ""


def _is_share(low: str, number: Numeral) -> bool:
    """Return whether a number is a percentage or a permillage.

    This is told by its sign or by a word right after it: "52 proc.".
    """
    is_signed = number.mark in _SHARES or lowered(number.mark) in signs()["%"]
    return is_signed or _names().match(low, number.end) is not None


@cache
def _names() -> re.Pattern[str]:
    """Return the pattern of the words for percent and permille in all languages, after a number."""
    known = sorted(
        frozenset[str]().union(*(signs()[sign] for sign in "%‰")),
        key=lambda word: (-len(word), word),
    )
    return re.compile(rf"[\s\u00a0\-]?(?:{'|'.join(map(re.escape, known))})(?!\w)\.?")


def _end_of(low: str, share: Numeral) -> int:
    """Return where a percentage ends, including the word for percent and its point."""
    named = _names().match(low, share.end)
    return named.end() if named else share.end + (low[share.end : share.end + 1] == ".")


class _Parts:
    """The words around the percentages of one sentence."""

    def __init__(
        self, clause: Clause, low: str, begin: int, end: int, shares: Sequence[Numeral]
    ) -> None:
        self.low, self.begin, self.end, self.shares = low, begin, end, shares
        self.language, self.words = clause.language, vocabulary(clause.language)
        joints = [
            rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(own)))})(?!\w)"
            for key in ("and", "but")
            if (own := self.words.sets.get(key))
        ]
        self.joint = re.compile(
            "|".join(joints if self.words.sets.get("and") else [AND.pattern, *joints])
        )
        self.numbers = [each for each in clause.others if begin <= each.start < end]

    def nouns_at(self, share: Numeral, wanted: Collection[str]) -> list[tuple[str, int]]:
        """Return the wanted nouns that belong to a percentage, each with the place where it begins.

        They are after the percentage; if none is, before it.
        """
        behind = self._found(_end_of(self.low, share), self._behind(share), wanted)
        return behind or self._found(self._before(share)[0], share.start, wanted)

    def has_own_noun(self, share: Numeral, other: Numeral, at: int) -> bool:
        """Return whether a percentage has a noun of its own.

        The noun must be given in the same way as the noun of the percentage ``other``; that noun
        begins at ``at``. A percentage in a bracket also counts as having one.
        """
        if _OPENED.search(self.low, self.begin, share.start):
            return True
        if at < other.start:
            if share.start > other.start:
                return self._is_noun_before(share)
            # "solar made up 12 percent, and wind 28 percent"
            return (
                self._is_noun_before(other)
                and re.search(WORD, self.low[self._before(share)[0] : share.start]) is not None
            )
        gap = self.low[_end_of(self.low, share) : self._behind(share)]
        begun = self.low[_end_of(self.low, other) : at]
        lead = re.findall(WORD, begun)
        mine = re.findall(WORD, gap)
        if (
            lead
            and mine[: len(lead)] == lead
            and len(mine) > len(lead)
            and not self._is_light(mine[len(lead)])
        ):
            return True  # "52 % son mujeres y el 48 % son hombres"
        content = self._content(gap)
        return bool(content) and self._has_of(gap[: gap.find(content)] + " ") == self._has_of(begun)

    def _is_noun_before(self, share: Numeral) -> bool:
        """Return whether one word is before a percentage in its part of the sentence.

        Example: "and men 48 percent". An article or a dash may be there too.
        """
        first, is_break = self._before(share)
        gap = self.low[first : share.start]
        found = re.findall(WORD, gap)
        named = [word for word in found if not self._is_light(word)]
        changes = tuple(self.words.sets.get("change", ()))
        return (
            is_break
            and len(named) == 1
            and len(found) <= _FEW
            and not (changes and named[0].startswith(changes))
        )

    def _content(self, gap: str) -> str:
        """Return the first word after a percentage that may be its noun, or ""."""
        for word in re.findall(WORD, gap)[:_FEW]:
            if self.words.has("stop", word) and not self.words.has("of", word):
                return ""
            if not self._is_light(word) and not self.words.has("of", word):
                return str(word)
        return ""

    def _is_light(self, word: str) -> bool:
        hedges = hedging_words(self.language).before.keys
        keys = (
            "light",
            "stop",
            "of",
            "to",
            "by",
            "from",
            "and",
            "or",
            "but",
            "article",
            "1x",
            "year",
        )
        return (
            word in hedges or word in signs()["%"] or any(self.words.has(key, word) for key in keys)
        )

    def _has_of(self, gap: str) -> bool:
        found = re.findall(WORD, gap)
        return any(self.words.has("of", word) for word in found) or bool(
            re.search(r"(?<!\w)d['’]\s?$", gap)
        )

    def _found(self, first: int, last: int, wanted: Collection[str]) -> list[tuple[str, int]]:
        """Return the wanted nouns between two places, each with the place where it begins."""
        found = []
        for noun in sorted(wanted):
            edges = (r"", r"") if is_unspaced(noun[0]) else (r"(?<!\w)", r"(?!\w)")
            for match in re.finditer(edges[0] + re.escape(noun) + edges[1], self.low[first:last]):
                found.append((noun, first + match.start()))
        return found[:_MOST]

    def _behind(self, share: Numeral) -> int:
        """Return where the words after a percentage end: at the next number, a comma or "and"."""
        following = [
            each.start
            for each in self.numbers
            if each.start >= share.end and not is_year(each, self.low)
        ]
        stop = min(following, default=self.end)
        first = _end_of(self.low, share)
        ends = [
            match.start()
            for pattern in (_BREAK, self.joint)
            for match in pattern.finditer(self.low, first, stop)
        ]
        return min(ends, default=stop)

    def _before(self, share: Numeral) -> tuple[int, bool]:
        """Return where the words before a percentage begin, and if a comma or "and" is there."""
        last = max(
            (_end_of(self.low, each) for each in self.shares if each.end <= share.start),
            default=self.begin,
        )
        ends = [match.end() for match in self.joint.finditer(self.low, last, share.start)]
        breaks = (match.end() for match in _BREAK.finditer(self.low, last, share.start))
        ends += [
            end for end in breaks if re.search(r"\w", self.low[end : share.start])
        ]  # the dash of "men — 48%" separates nothing
        return max(ends, default=last), bool(ends)
