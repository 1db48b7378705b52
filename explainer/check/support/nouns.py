"""Find the noun that a number counts, and compound nouns of which it is only a part."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Final

from explainer.check.support.ranges import SENTENCE
from explainer.check.support.uncounted import (
    BRACKETS,
    REACH,
    YEARS_OF_ANY_ERA,
    difference_at,
    is_year,
    months_of,
)
from explainer.check.support.units import TIMES, is_of_another_unit, rates_in
from explainer.model.hedging_words import hedging_words
from explainer.model.number_reader import WORD, Numeral
from explainer.model.number_words import (
    Vocabulary,
    folded,
    is_abbreviation_like,
    is_magnitude,
    lowered,
    signs,
    spelled,
    vocabulary,
    words_for_years,
)
from explainer.model.numerals import AND, plain

# Nouns that are a part of another noun, or negated: "300 police dogs", "300 former miners"

_REACH: Final = 120
_ENDING: Final = 3
"""The maximum length of an ending that a hyphen joins to a figure: Hungarian "300-at"."""
_DENIED = re.compile(
    r"(?<!\w)(?:non|ex|anti|semi|quasi|pseudo|vice|no|nicht|oud|niet|icke|ikke|eks|ei|nem|nie|ne|не|экс|екс|анти)[-‐‑]\s?$"
)
"""Prefixes that a hyphen joins to a noun and that change its meaning: "non-smokers"."""
_JOINED = re.compile(rf"[-‐‑]({WORD})")
_MEASURED: Final = frozenset(
    [
        "long",
        "wide",
        "high",
        "deep",
        "tall",
        "thick",
        "old",
        "plus",
        "odd",
        "strong",
        "some",
        "worth",
    ]
)
"""English words that a hyphen joins to a figure without another noun: "300-odd", "38-km-long"."""
_ENGLISH_PLURAL = re.compile(r"\s([a-z]{3,}(?<![siu])s)(?![\w'-])")


def whole_of(
    low: str, noun: str, first: Numeral, last: Numeral, words: Vocabulary, language: str
) -> str:
    """Return the words that make a noun a part of another one, or negate it; or "".

    Examples: "300 police dogs" and "the 300-bed hospital" count no police and no beds, and "300
    former miners" are not miners. ``low`` is the folded text, in which the noun is after the number
    or before it.
    """
    at = low.find(noun, last.end, last.end + _REACH)
    if at >= 0 and (attribute := _attribute(low, last, at, language)):
        return attribute
    if at < 0:
        at = low.rfind(noun, max(0, first.start - _REACH), first.start)
    if at < 0 or not noun[-1].isalpha():
        return ""
    if denied := _denied(low, at, words):
        return denied + noun
    joined = _JOINED.match(low, at + len(noun))
    if joined and len(joined.group(1)) >= _ENDING and joined.group(1) not in _MEASURED:
        return noun + joined.group()
    if language.startswith("en") and at >= last.end and not noun.endswith("s") and last.value != 1:
        plural = _ENGLISH_PLURAL.match(low, at + len(noun))
        if (
            plural
            and len(noun) >= _ENDING
            and not any(words.has(key, plural.group(1)) for key in ("stop", "light"))
        ):
            return noun + plural.group()
    return ""


def _attribute(low: str, last: Numeral, at: int, language: str) -> str:
    """Return a number with the word that a hyphen joins to it before another noun, or "".

    Example: "300-bed" in "the 300-bed hospital".
    """
    joined = _JOINED.match(low, last.end)
    if joined is None or at <= last.end + 1 or joined.group(1) in _MEASURED:
        return ""
    is_ending = len(joined.group(1)) <= _ENDING and not language.startswith("en")
    return "" if is_ending else low[last.start : joined.end()]


def _denied(low: str, at: int, words: Vocabulary) -> str:
    """Return the word before a noun that makes it mean something else, or "": "non-", "former"."""
    before = low[max(0, at - 24) : at]
    if found := _DENIED.search(before):
        return found.group()
    pattern, head = words.phrases("unlike"), before.rstrip()
    return (
        next(
            (found.group() + " " for found in pattern.finditer(head) if found.end() == len(head)),
            "",
        )
        if pattern
        else ""
    )


# The search for the noun that a number counts (see ``_Search``)

_ITEM = re.compile(
    rf"(?P<word>{WORD})|(?P<space>[\s'’\"“”„«»‘*†‡§_\-‐‑\u200b\u2060\u00ad]+)|(?P<other>.)",
    re.DOTALL,
)
_AFTER, _BEFORE = 7, 14
"""How many words after a number, and before it, its noun is looked for."""
_DIRECTLY: Final = 4
"""The maximum number of words of a noun right before its number.

This is for languages whose word list is not complete.
"""
_CROSSED: Final = 4
"""The maximum count of other numbers between a noun and its number."""
_WORD_BEFORE = re.compile(rf"({WORD})[\s\-‐‑]*$")
_ABBREVIATED = re.compile(r"\.\s?(?=[^\W_A-ZА-Я]|[$€£])")
_WORD = re.compile(WORD)
_UNIT_SIGNS: Final = frozenset("°%‰′″$€£¥₽₴₹")
_ONE_WORD = re.compile(rf"\s+{WORD}\s*[.!?;](?:\s|$)")
_PLURAL = re.compile(r"[a-z]{3,}(?<![siu])s")
_CELL_BEFORE, _CELL_AFTER = (
    re.compile(r"[,\t|]\s?[-−]?$"),
    re.compile(r"\s?(?:[,\t|]\s?[-−\d]|[|\t]|$)"),
)
AND_CLAUSE = re.compile(rf"[,;]{AND.pattern}")
"""Where the second clause of a sentence begins."""
_TWO_IS: Final = frozenset(["tr", "az"])
"""Languages in which "I" is the capital of "ı" and "İ" that of "i".

A word that is folded without regard to the language may have either letter.
"""
_INTRODUCES: Final = (
    "counts",
    "light",
    "stop",
    "of",
    "to",
    "by",
    "from",
    "and",
    "or",
    "most",
    "as",
    "but",
    "subset",
    "1x",
    "year",
)
"""The keys of words that may come right before a number whose noun is before it."""
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?:[/–-]\d\d)?(?![\d.,]*\d)")
_ARTICLE_END = re.compile(
    r"\s(?:the|these|those|all|all the|its|their|our|der|den|die|les|los|las|gli|i|le|de|os|as)$"
)
_HEAD_OF = re.compile(rf"({WORD})\s+of$")


@dataclass(frozen=True)
class Clause:
    """A number in its text, with what may belong to it."""

    text: str
    """The whole text, with digits of any script as ASCII."""
    number: Numeral
    language: str
    others: tuple[Numeral, ...] = field(default=(), repr=False)
    """All numbers of the text."""
    last: Numeral | None = None
    """The last of the numbers that are joined, as in "30 to 40 people"; this number if it is alone.

    ``first`` is the first of them.
    """
    first: Numeral | None = None
    rates: frozenset[str] = frozenset()
    """What the number is per: keys of ``units.TIMES``, or words such as "per 1,000"."""
    within: tuple[Decimal, Decimal] | None = None
    """The ends of the range of which the number is one end: 30 and 40 in "30 to 40 people"."""
    doubt: str = ""
    """The words or mark that make the number uncertain, or "".

    Example: another number, with which it may be a range.
    """
    is_bare: bool = False
    """Whether this is the figure without its magnitude.

    Then it can count only a noun that names the magnitude: "million tonnes".
    """

    def noun(self, nouns: Collection[str], known: Collection[str]) -> str | None:
        """Return the noun that the number counts if it is one of ``nouns``, or None.

        Another one of the ``known`` nouns that is nearer to the number ends the search.
        """
        return self.search(frozenset(nouns), known)[0]

    def search(self, nouns: frozenset[str], known: Collection[str]) -> tuple[str | None, str]:
        """Return the noun that the number counts, and what stopped the search.

        The noun is None if it is not one of ``nouns``. The second item is a suspect word or mark
        beside the number, or "".
        """
        one_i = self.language.partition("-")[0] in _TWO_IS
        matcher = _matcher(_with_equivalents(nouns, self.language), one_i=one_i)
        found, suspect = _Search(self, matcher, known).run()
        if found and (otherwise := self._says_otherwise(found)):
            return None, otherwise
        return found, suspect

    def _says_otherwise(self, noun: str) -> str:
        """Return the words because of which the number does not count the noun, or "".

        They make the number a difference, or the noun a part of another one.
        """
        low, words = lowered(self.text), vocabulary(self.language)
        first, last = self.first or self.number, self.last or self.number
        difference = difference_at(low, first, last, words)
        if (
            difference and difference not in noun and noun[0].isalpha()
        ):  # a noun that is a sign, such as "°" or "$", may count a difference
            return difference
        return whole_of(low, noun, first, last, words, self.language)


@dataclass(frozen=True)
class _Matcher:
    pattern: re.Pattern[str] | None
    names: frozenset[str]

    def at(self, text: str, place: int) -> re.Match[str] | None:
        """Return the match of a noun that begins at a place of folded text, or None.

        A noun that its neighbours make another unit does not match.
        """
        found = self.pattern.match(text, place) if self.pattern else None
        return (
            None
            if found and is_of_another_unit(text, found.start(), found.end(), self.names)
            else found
        )


@lru_cache(maxsize=4096)
def _with_equivalents(nouns: frozenset[str], language: str) -> frozenset[str]:
    """Return the nouns with the signs of the same meaning.

    If percentage points are among them, add what they are called in English and in the language.
    """
    found = {folded(plain(noun)) for noun in nouns}
    for sign, names in signs().items():
        if names & found or folded(sign) in found:
            found.add(folded(sign))
            if sign in "%‰":
                found |= names
    points = _points(language)
    if any(noun in points for noun in found):
        found |= points
    return frozenset(found)


@lru_cache(maxsize=64)
def _points(language: str) -> frozenset[str]:
    """Return the words for percentage points in English and in a language."""
    return vocabulary("en").sets.get("points", frozenset()) | vocabulary(language).sets.get(
        "points", frozenset()
    )


@lru_cache(maxsize=4096)
def _matcher(nouns: frozenset[str], *, one_i: bool) -> _Matcher:
    longest = sorted(
        (noun.strip() for noun in nouns if noun.strip()), key=lambda noun: (-len(noun), noun)
    )
    made = "|".join(_bounded(noun, one_i=one_i) for noun in longest)
    return _Matcher(re.compile(f"(?:{made})") if made else None, nouns)


def _bounded(noun: str, *, one_i: bool) -> str:
    """Return a pattern for a noun that ends at the end of a word.

    In scripts that join endings or write no spaces, it may end anywhere.
    """
    parts = re.split(r"[\s\-]+", noun) if re.search(r"\w[\s-]+\w", noun) else [noun]
    inner = r"[\s\-‐‑]+".join(spelled(part, one_i=one_i) for part in parts)
    return inner + (
        r"(?![^\W⁰¹²³⁴⁵⁶⁷⁸⁹])" if noun[-1].isalnum() and not _is_unspaced(noun[-1]) else ""
    )


def _is_unspaced(letter: str) -> bool:
    return (
        "\u0e00" <= letter <= "\u0eff"
        or "\u3040" <= letter <= "\u9fff"
        or "\uac00" <= letter <= "\ud7af"
    )


class _Search:
    """Looks for the noun of one number, first after it, then before it.

    Only a few words of the noun phrase may come between a number and a noun after it. A comma, a
    preposition, a verb or another number ends the search; brackets are skipped. The noun is looked
    for before the number only if no noun follows it ("rose to 1,312.").

    A word that may be an unknown magnitude stops both searches. In a language whose word list is
    not complete, any word stops both. A number with a sign or a unit of its own (``%``, ``$``,
    percentage points) counts that and nothing else.
    """

    def __init__(self, clause: Clause, matcher: _Matcher, known: Collection[str]) -> None:
        self.clause, self.matcher, self.known = clause, matcher, known
        self.words = vocabulary(clause.language)
        self.low = lowered(clause.text)
        self.number = clause.number
        self.last, self.first = clause.last or clause.number, clause.first or clause.number
        self.suspect = ""

    def run(self) -> tuple[str | None, str]:  # noqa: PLR0911
        """Return the noun or None, and the word that stopped the search or ""."""
        if doubt := self.number.doubt or self.clause.doubt:
            return None, doubt
        if self.number.mark == "word":
            return self._at_once(), ""
        if self.clause.is_bare:
            end = self.number.bare_end
            found = self.matcher.at(self.low, self._skip(end))
            return (
                (found.group(), "") if found and found.end() > self.number.end - 1 else (None, "")
            )
        if not self.words.complete and (doubt := self._may_be_none()):
            return None, doubt
        if sign := next(
            (
                each.mark
                for each in (self.number, self.last, self.first)
                if each.mark not in ("", "th", "name")
            ),
            "",
        ):
            return self._of_sign(sign), ""
        if "nounfirst" in self.words.flags:
            return self._directly_before(), self.suspect
        found_after = self._after()
        if found_after or self.suspect:
            return found_after, self.suspect
        found_before = (
            (self._right_before() or self._of_the_whole())
            if self._is_followed()
            else self._before()
        )
        return found_before, self.suspect

    def _may_be_none(self) -> str:
        """Return what makes it uncertain that the number is one, or "".

        This is for languages whose word list is not complete: a number that may be a year, or a
        magnitude before it.
        """
        number, text = self.number, self.clause.text
        written = text[number.start : number.end].strip()
        if (
            not number.mark
            and len(written) == 4
            and written.isdigit()
            and int(written) in YEARS_OF_ANY_ERA
        ):
            return written
        before = _WORD_BEFORE.search(text[max(0, self.first.start - 40) : self.first.start])
        return (
            before.group(1)
            if before and _ends_in_magnitude(before.group(1), self.clause.language)
            else ""
        )

    def _at_once(self) -> str | None:
        """Return the noun right after a word for zero or for a part of one, or None."""
        place = self._skip(self.number.end)
        found = self.matcher.at(self.low, place)
        return found.group() if found else None

    def _skip(self, place: int) -> int:
        while place < len(self.low) and (self.low[place].isspace() or self.low[place] in "-‐‑"):
            place += 1
        return place

    def _of_sign(self, sign: str) -> str | None:
        """Return the noun of a number with a sign, or None.

        It is the sign, one of its names, or a phrase that begins with it ("$ per barrel").
        """
        names, at = self.matcher.names, self._skip(self.last.end)
        following = self.matcher.at(self.low, at)
        if sign == "pp":
            points = _points(self.clause.language)
            longer = (
                following is not None
                and len(following.group()) > len("points")
                and following.group() not in signs()["%"]
            )
            return next(
                (name for name in sorted(names) if name in points),
                following.group() if following and longer else None,
            )
        same = {folded(sign), *signs().get(sign, ())}
        if own := next((name for name in sorted(names) if name in same), None):
            return own
        begun = (
            name
            for name in sorted(names)
            if name.startswith(folded(sign))
            and self.low.startswith(name, self.last.end - len(sign))
        )
        if phrase := next(begun, None):
            return phrase
        is_currency = sign not in ("%", "‰") and not sign.isalpha()
        known = frozenset[str]().union(*signs().values()) if is_currency else frozenset()
        return following.group() if following and following.group() in known else None

    # After the number

    def _after(  # noqa: PLR0911
        self,
    ) -> str | None:
        """Return the noun after the number, past a few words of its noun phrase, or None."""
        place, passed, plural = self.last.end, 0, ""
        while place < len(self.low) and passed <= _AFTER:
            found = self.matcher.at(self.low, place) if self._at_word(place) else None
            if (
                found
                and (not passed or found.group()[0].isalnum())
                and self._may_count(self.last.end, place)
            ):
                return found.group()
            if (over := self._over(place, passed)) is not None:
                place = over
                continue
            item = _ITEM.match(self.low, place)
            word = item.group("word") if item else None
            if word is None or plural:
                return None
            if "\u0e00" <= word[0] <= "\u0eff" and "unspaced" in self.words.flags:
                return None  # in Thai the noun of a number is right after it or before it
            if _is_unspaced(word[0]) and "unspaced" in self.words.flags:
                if not passed and word[0] in words_for_years():
                    return None
                if place > self.last.end and self.words.has("stop", word[0]):
                    return None
                place, passed = place + 1, passed + 1
                continue
            if not self._may_stand(word, place, passed):
                return None
            plural = (
                word if self.clause.language.startswith("en") and _PLURAL.fullmatch(word) else ""
            )
            place, passed = place + len(word), passed + 1
        return None

    def _may_count(self, left: int, right: int) -> bool:
        """Return whether a number can count a noun, by the text between them.

        In a language without a complete word list, only spaces and hedges may be between them.
        """
        between, hedging = self.low[left:right], hedging_words(self.clause.language)
        for hedges in (hedging.after.pattern, hedging.before.pattern):
            between = hedges.sub("", between) if hedges else between
        return self.words.complete or not between.strip()

    def _over(self, place: int, passed: int) -> int | None:
        """Return where the search goes on after text that it skips, or None if it skips nothing.

        It skips brackets, spaces, quotation marks and words such as "as".
        """
        if bracket := BRACKETS.match(self.low, place):
            return bracket.end()
        item = _ITEM.match(self.low, place)
        if item and item.group("space"):
            return None if "\n\n" in item.group() else item.end()
        if item and item.group("other"):
            return item.end() if not passed and item.group() in "–—" else None
        hedges = (
            None
            if passed or self.words.complete
            else hedging_words(self.clause.language).after.pattern
        )
        skipped = (
            pattern.match(self.low, place)
            for pattern in (self.words.phrases("as"), hedges)
            if pattern
        )
        found = next((match for match in skipped if match), None)
        return found.end() if found else None

    def _at_word(self, place: int) -> bool:
        return (
            place == 0
            or not (self.low[place - 1].isalnum() and self.low[place].isalnum())
            or _is_unspaced(self.low[place])
            or place == self.last.end
        )

    def _may_stand(self, word: str, place: int, passed: int) -> bool:
        """Return whether a word may be between the number and its noun.

        A suspect word is kept in ``suspect`` for the message.
        """
        if any(one.start <= place < one.end for one in self.clause.others) or self._is_another(
            word
        ):
            return False
        if not passed and folded(word) in words_for_years():
            return False
        if not passed and self.words.complete and self.words.has("of", word):
            return True
        if self.words.complete and (
            self.words.has("stop", word) or self.words.has("countof", word)
        ):
            return False
        if not self.words.complete or self._is_suspect(word, place, direct=not passed):
            self.suspect = word
        return not self.suspect

    def _is_another(self, word: str) -> bool:
        """Return whether a word is a known noun, but not one of the wanted nouns."""
        return word in self.known and word not in self.matcher.names

    def _is_suspect(self, word: str, place: int, *, direct: bool) -> bool:
        """Return whether a word may be a magnitude that was not read as one."""
        if is_magnitude(word, self.clause.language) and not self.words.has("light", word):
            return len(word) > 1 or direct
        if direct and self.words.has("share", word):
            return True
        if not direct or self.words.has("light", word):
            return False
        written = self.clause.text[place : place + len(word)]
        glued = place == self.last.end
        if is_abbreviation_like(word) and not (len(word) > 1 and written.isupper() and not glued):
            return True
        if glued and word.isascii() and word.isalpha():
            return True
        return len(word) <= 5 and bool(_ABBREVIATED.match(self.clause.text, place + len(word)))

    # Before the number

    def _is_followed(self) -> bool:
        """Return whether the number's own noun may follow it, or the sign of a unit."""
        at = self._skip(self.last.end)
        while bracket := BRACKETS.match(self.low, at):
            at = self._skip(bracket.end())
        item = _ITEM.match(self.low, at)
        word = item.group("word") if item else None
        if not word:
            self.suspect = next((sign for sign in self.low[at : at + 1] if sign in _UNIT_SIGNS), "")
            return bool(self.suspect)
        if self.words.complete and word in months_of(self.clause.language):
            return False
        if not self.words.complete or self._is_suspect(word, at, direct=True):
            self.suspect = word
            return True
        unspaced = "unspaced" in self.words.flags and _is_unspaced(word[0])
        parts, keys = (
            ((word[0], word), ("stop", "light", "of")) if unspaced else ((word,), ("stop", "light"))
        )
        return not any(self.words.has(key, part) for key in keys for part in parts)

    def _right_before(self) -> str | None:
        """Return the noun before the number and "of", even if other words follow the number.

        Example: "a death toll of 300 civilians". The noun must be singular: "the patients of 15
        hospitals" are not 15. This is for English only.
        """
        if self.suspect or not self.clause.language.startswith("en"):
            return None
        found = re.search(
            r"([a-z-]+)\s+of\s+(?:(?:about|around|over|nearly|almost|some|up to|more than|at"
            r" least)\s+)?$",
            self.low[max(0, self.first.start - 60) : self.first.start],
        )
        word = found.group(1) if found else ""
        plural = word.endswith("s") or word in ("people", "men", "women", "children")
        return word if word in self.matcher.names and not plural else None

    def _before(  # noqa: C901, PLR0911
        self,
    ) -> str | None:
        """Return the noun before the number, or None.

        Verbs, and numbers without a noun of their own, may be between.
        """
        if is_year(self.number, self.low) or self._is_a_part() or self._is_an_age():
            return None
        if not self.words.complete:
            return self._directly_before()
        begin = self._begin_of_search()
        if self._is_in_bracket_of_another(begin) or self._measures(begin):
            return None
        if "unspaced" in self.words.flags:
            return self._before_unspaced(begin)
        if self._names_the_number(begin):
            return None
        numbers = [
            each
            for each in self.clause.others
            if begin <= each.start and each.end <= self.first.start
        ]
        items = list(_WORD.finditer(self.low, begin, self.first.start))
        for item in items[: -_BEFORE - 1 : -1]:
            at, word = item.start(), item.group()
            crossed = sum(1 for each in numbers if each.start > at)
            if any(each.start <= at < each.end for each in numbers):
                continue
            found = self._ending_before(at)
            if found and not self._has_own_number(at, at + len(found), numbers):
                return None if self._is_of_another(at, at + len(found)) else found
            if self._is_of_a_length(item, numbers):
                continue
            if crossed > _CROSSED or self._is_another(word) or self._stops_before(word, crossed):
                return None
        return self._in_row()

    def _is_of_a_length(self, item: re.Match[str], numbers: list[Numeral]) -> bool:
        """Return whether a word before the number belongs to a length of time or to a rate.

        It says what the number is per, or is a unit of time with a number of its own: "in 65
        Jahren".
        """
        if any(
            rate.start <= item.start() < rate.end
            for rate in rates_in(self.clause.text, self.clause.language)
        ):
            return True
        unit = hedging_words(self.clause.language).spans.pattern
        is_unit = unit is not None and unit.fullmatch(item.group()) is not None
        return is_unit and any(
            each.end <= item.start() and not self.low[each.end : item.start()].strip()
            for each in numbers
        )

    def _begin_of_search(self) -> int:
        """Return where the sentence of the number begins.

        If a pronoun refers to a noun of the sentence before, return where that sentence begins.
        """
        begin = max(0, self.first.start - REACH)
        ends = [match.end() for match in SENTENCE.finditer(self.low[begin : self.first.start])]
        if self._takes_up_a_noun(begin):
            ends = ends[:-1]  # "2021 kamen 310 Gäste. 2022 waren es 512"
        return begin + max(ends, default=0)

    def _measures(self, begin: int) -> bool:
        """Return whether words before the number name a quantity of its noun other than how many.

        Example: "the average age of the students was 34".
        """
        joints = [match.end() for match in AND_CLAUSE.finditer(self.low, begin, self.first.start)]
        clause = self.low[joints[-1] if joints else begin : self.first.start]
        if "unspaced" in self.words.flags:
            found = next(
                (word for word in sorted(self.words.sets.get("measure", ())) if word in clause), ""
            )
        else:
            pattern = self.words.phrases("measure")
            found = (
                next((match.group() for match in pattern.finditer(clause)), "") if pattern else ""
            )
        counts = self.words.sets.get("countof", frozenset())
        told = bool(found) and any(
            word in counts for word in _WORD.findall(clause[clause.rfind(found) + len(found) :])
        )
        is_rate = self.words.has("rate", found) and not self.clause.rates <= set(TIMES)
        if (
            found
            and not told
            and not is_rate
            and not any(found in name for name in self.matcher.names)
        ):
            self.suspect = found
        return bool(self.suspect)

    def _names_the_number(self, begin: int) -> bool:
        """Return whether an unknown word right before the number makes it a name: "bus 42".

        A wanted noun does not make it a name.
        """
        last = _WORD_BEFORE.search(self.low, begin, self.first.start)
        if last is None or self.first.mark:
            return False
        word = last.group(1)
        if self.clause.language.startswith("de") and self.clause.text[last.start(1)].islower():
            return False  # in German, nouns and so names begin with a capital
        counts = self.words.phrases("counts")
        told = counts is not None and any(
            found.end() == last.end(1) for found in counts.finditer(self.low, begin, last.end(1))
        )
        if told or word in months_of(self.clause.language) or self._hedges(last.end()):
            return False
        begins_as, ends_as = (
            tuple(self.words.sets.get(key, ())) or "\0" for key in ("change", "countsend")
        )
        is_verb = word.startswith(begins_as) or word.endswith(ends_as)
        known = is_verb or any(self.words.has(key, word) for key in _INTRODUCES)
        begins = [
            at
            for at in (item.start() for item in _WORD.finditer(self.low, begin, self.first.start))
            if self._ending_before(at)
        ]
        is_noun = any(at + len(self._ending_before(at) or "") >= last.end(1) for at in begins)
        if not known and not is_noun:
            self.suspect = word
        return bool(self.suspect)

    def _changes(self, at: int) -> bool:
        """Return whether a verb that tells a change comes before a noun.

        Then the number may be the end of the change: "stieg die Zahl der Fälle bis 512".
        """
        begins_as = tuple(self.words.sets.get("change", ())) or "\0"
        return any(
            word.startswith(begins_as) for word in _WORD.findall(self.low[max(0, at - 80) : at])
        )

    def _hedges(self, end: int) -> bool:
        """Return whether a word that hedges a number, such as "about", ends at a place."""
        pattern = hedging_words(self.clause.language).before.pattern
        head = self.low[max(0, end - 40) : end].rstrip()
        return pattern is not None and any(
            found.end() == len(head) for found in pattern.finditer(head)
        )

    def _is_of_another(self, at: int, end: int) -> bool:
        """Return whether a noun before the number only describes another noun.

        Examples: "the workers' pay", "women among doctors", "the mood of visitors".
        """
        if re.match(
            r"(?:'s?|\u2019s?)\s[^\W\d_]", self.low[end:]
        ) and self.clause.language.startswith("en"):
            return True
        of_age = self.words.phrases("ofage")
        if (
            of_age
            and of_age.fullmatch(self.low[end : self.first.start].strip())
            and not self._changes(at)
        ):
            return True  # "women over 60", "enfants de 12"
        before = self.low[max(0, at - 60) : at].rstrip()
        within = self.words.phrases("within")
        bare = _ARTICLE_END.sub("", before)
        if within and any(found.end() == len(bare) for found in within.finditer(bare)):
            return True
        heads = self.words.sets.get("countof", frozenset())
        head = _HEAD_OF.search(bare) if heads else None
        return (
            head is not None
            and head.group(1) not in heads
            and head.group(1) not in self.matcher.names
        )

    def _stops_before(self, word: str, crossed: int) -> bool:
        """Return whether a word between a noun and the number may be a magnitude.

        Example: "watu milioni 3".
        """
        harmless = self.words.has("light", word) or self.words.has("stop", word)
        if not self.words.complete or (
            not crossed and not harmless and is_magnitude(word, self.clause.language)
        ):
            self.suspect = word
        return bool(self.suspect)

    def _is_a_part(self) -> bool:
        """Return whether the number is a part of another one: "of which 38"."""
        part, before = (
            self.words.phrases("subset"),
            self.low[max(0, self.first.start - 40) : self.first.start].rstrip(),
        )
        return part is not None and any(
            found.end() == len(before) for found in part.finditer(before)
        )

    def _is_an_age(self) -> bool:
        """Return whether the words right before the number make it an age: "older than 65".

        It is not, if a wanted noun holds these words.
        """
        age, before = (
            self.words.phrases("age"),
            self.low[max(0, self.first.start - 40) : self.first.start].rstrip(),
        )
        found = (
            next((each.group() for each in age.finditer(before) if each.end() == len(before)), "")
            if age
            else ""
        )
        if found and not any(found in name for name in self.matcher.names):
            self.suspect = found
        return bool(self.suspect)

    def _is_in_bracket_of_another(self, begin: int) -> bool:
        """Return whether the number is in a bracket right after another number."""
        opened = self.low.rfind("(", begin, self.first.start)
        if opened < 0 or self.low.find(")", opened, self.first.start) >= 0:
            return False
        return any(
            each.end <= opened and not self.low[each.end : opened].strip()
            for each in self.clause.others
        )

    def _directly_before(self) -> str | None:
        """Return the noun right before a number, or None.

        This is for languages whose word list is not complete, and those that put the noun first. In
        the former, a figure without a separator or a magnitude may be a name, as in "Room 12", and
        has no noun.
        """
        written = self.low[self.number.start : self.number.end]
        words = list(_WORD.finditer(self.low, max(0, self.first.start - REACH), self.first.start))
        self.suspect = words[-1].group() if words else ""
        if re.fullmatch(r"[-−]?\d+", written.strip()) and "nounfirst" not in self.words.flags:
            return None
        for item in words[: -_DIRECTLY - 1 : -1]:
            found = self._ending_before(item.start())
            if found and self._may_count(item.start() + len(found), self.first.start):
                return found
        return None

    def _before_unspaced(self, begin: int) -> str | None:
        """Return the last noun before the number in a script without spaces, or None.

        A sign such as "%" is the noun only of a number right beside it.
        """
        near = re.split(r"[,、，]|\d[,.]?", self.low[begin : self.first.start])[-1][-2 * _BEFORE :]
        numbers = [
            each
            for each in self.clause.others
            if begin <= each.start and each.end <= self.first.start
        ]
        for at in range(self.first.start - 1, self.first.start - len(near) - 1, -1):
            found = self._ending_before(at)
            if found and not self._has_own_number(at, at + len(found), numbers):
                is_beside = not self.low[at + len(found) : self.first.start].strip()
                return found if found[0].isalnum() or is_beside else None
            if any(each.start <= at < each.end for each in numbers):
                return None
        return None

    def _ending_before(self, at: int) -> str | None:
        """Return the noun that begins at a place and ends before the number, or None."""
        found = self.matcher.at(self.low, at)
        return found.group() if found and found.end() <= self.first.start else None

    def _has_own_number(self, at: int, end: int, numbers: list[Numeral]) -> bool:
        """Return whether a noun belongs only to a number right before it: "from 3 roubles to 4".

        Otherwise it may belong to both numbers.
        """
        own = [
            each
            for each in numbers
            if each.end <= at and self._are_only_of(self.low[each.end : at])
        ]
        if not own or is_year(own[-1], self.low) or self._takes_up_a_noun(end):
            return False
        if own[-1].mark:
            return True
        if self._is_out_of(own[-1], end):
            return False
        gap, contrast = self.low[end : self.first.start], self.words.phrases("but")
        set_against = re.match(r"\s*[,;]\s*", gap)
        if contrast and set_against and contrast.match(gap, set_against.end()):
            return not own[-1].factor == self.number.factor > 1
        if self._is_set_against(gap):
            return False
        return self.words.joins_ends.fullmatch(gap.removeprefix(".")) is None

    def _takes_up_a_noun(self, begin: int) -> bool:
        """Return whether a pronoun right before the number refers to a noun before it.

        Example: German "2022 waren es 512".
        """
        again, gap = self.words.phrases("again"), self.low[begin : self.first.start].rstrip()
        return again is not None and any(found.end() == len(gap) for found in again.finditer(gap))

    def _is_set_against(self, gap: str) -> bool:
        """Return whether text after a noun ends in a comma and a word that compares.

        Example: "1,247 farms closed, against 983". There may be a year between, and a hedge before
        the number: "118,400 patients in 2023, up from just over 109,000".
        """
        known = hedging_words(self.clause.language)
        part = re.search(r"[,(–—]\s*([^,()–—]{1,40})$", gap)
        if (
            known.compared.pattern is None
            or part is None
            or any(ch.isdigit() for ch in _YEAR.sub("", gap))
        ):
            return False
        lead = part.group(1).strip(" $€£¥")
        rests = (
            lead[found.end() :].strip()
            for found in known.compared.pattern.finditer(lead)
            if found.start() <= 1
        )
        return any(
            not rest or (known.before.pattern and known.before.pattern.fullmatch(rest))
            for rest in rests
        )

    def _of_the_whole(self) -> str | None:
        """Return the noun of the whole if the number is a part of it, or None.

        One word, a verb, must follow the number and end the sentence: "Of 30 schools, 12 closed.".
        """
        wholes = [each for each in self.clause.others if each.end <= self.first.start]
        if self.suspect or not wholes or not _ONE_WORD.match(self.low, self.last.end):
            return None
        found = self.matcher.at(self.low, self._skip(wholes[-1].end))
        return (
            found.group()
            if found and self._is_out_of(wholes[-1], found.end(), surely=True)
            else None
        )

    def _is_out_of(self, whole: Numeral, end: int, *, surely: bool = False) -> bool:
        """Return whether the number is a part of another one, whose noun ends at a place.

        Example: "Of the 30 schools, 12 were closed". If ``surely``, the word for "of" must not also
        mean "from".
        """
        gap, before = (
            self.low[end : self.first.start],
            self.low[max(0, whole.start - 40) : whole.start].rstrip(),
        )
        out_of = self.words.phrases("outof")
        heads = (
            [found for found in out_of.finditer(before) if found.end() == len(before)]
            if out_of
            else []
        )
        opens = any(
            self._opens(before[: found.start()])
            and not (surely and self.words.has("from", found.group()))
            for found in heads
        )
        return opens and re.fullmatch(r"\s*,\s*(?:[^\W\d_]+\s+)?", gap) is not None

    @staticmethod
    def _opens(before: str) -> bool:
        """Return whether nothing of the same clause comes before."""
        return not before.strip() or before.rstrip()[-1] in ".!?;:,"

    def _are_only_of(self, words: str) -> bool:
        """Return whether only "of" is between a number and its noun: "2 millones de mujeres"."""
        return all(self.words.has("of", word) for word in _WORD.findall(words)) and not re.search(
            r"[^\w\s\-'’]", words
        )

    def _in_row(self) -> str | None:
        """Return the noun of a table cell, which may be anywhere in the row before it, or None."""
        begin = max(self.first.start - REACH, self.low.rfind("\n", 0, self.first.start) + 1)
        row = self.low[begin : self.first.start]
        if not _CELL_BEFORE.search(row) or not _CELL_AFTER.match(self.low, self.last.end):
            return None
        return next(
            (
                found.group()
                for match in _WORD.finditer(row)
                if (found := self.matcher.at(row, match.start()))
            ),
            None,
        )


def _ends_in_magnitude(word: str, language: str) -> bool:
    """Return whether a word is a magnitude, or ends in one in a script without spaces."""
    if is_magnitude(word, language):
        return True
    known = tuple(
        each
        for each in vocabulary(language).magnitudes
        if each
        and "\u0e80" <= each[0] <= "\u17ff"
        and not (len(each) == 1 and "\u1200" <= each <= "\u137f")
    )  # any Ethiopic word may end in one such letter; the script has spaces
    return bool(known) and folded(word).endswith(known)
