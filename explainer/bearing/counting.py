"""What a number in a text counts: the noun after it, or the one before it, and the time it is per.

Between a number and the noun after it stand a few words of its noun phrase and nothing else: a comma, a preposition, a verb or another
number ends the search, and brackets are passed over. Only where no noun follows a number ("rose to 1,312.") is the noun looked for before
it. A word that may be a magnitude and is not read as one stops both. In a language whose list is not complete, any word at all stops
both, and of two numbers with only a short word between them neither is certain: they may be the ends of a range. A number with a sign or
a unit of its own (``%``, ``$``, percentage points) counts that and nothing else. Numbers that count nothing are left out: ordinals,
names, days and years, the ends of an interval of doubt, the 5 of "one in 5", the width after ``±``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Final

from explainer.bearing.rate_words import rates
from explainer.values.months import names_of_months
from explainer.values.numerals import AND, WORD, Numeral, is_amount_to_count, numerals, plain
from explainer.values.quantities import Quantity
from explainer.values.vocabulary import Vocabulary, folded, is_abbreviation_like, is_magnitude, signs, vocabulary

_BETWEEN = re.compile(
    r"(?<!\w)(?:between|entre|zwischen|tra|fra|между|між|pomiędzy|między|mezi|medzi|mellan|mellem|mellom|tussen|între|antara"
    r"|antar|između|између|помеѓу|μεταξύ|ανάμεσα σε|tarp|intre|giữa|ระหว่าง|בין|بين|بین)(?:\s+\w+)?\s*[$€£¥]?$",
    re.IGNORECASE,
)
_PART = re.compile(r"[,;:()]|[.!?]\s|\s[–—-]\s")
_STOP = re.compile(r"[;:]|[.!?]\s")
_SENTENCE = re.compile(r"[;!?。！？।؟]|\.(?=\s+[^\W\d_a-zа-яё]|\s*$)|\n\s*\n")
_BRACKETS = re.compile(r"\((?:[^()]{0,200}\([^()]{0,100}\))?[^()]{0,300}\)|\[[^()\[\]]{0,300}\]|（[^（）]{0,300}）")
_ITEM = re.compile(rf"(?P<word>{WORD})|(?P<space>[\s'’\"“”„«»‘*†‡§_\-‐‑\u200b\u2060\u00ad]+)|(?P<other>.)", re.DOTALL)
_AFTER, _BEFORE = 7, 14
"""How many words after a number its noun may stand, and how many before it."""
_JOINED: Final = 4
"""How many numbers may share a clause on either side of one."""
_CROSSED: Final = 4
"""How many other numbers a noun may stand before."""
_WIDTH = re.compile(r"(?:±|\+\s?/\s?[-−–])\s?$")
_YEARS: Final = range(1500, 2101)
_YEARS_OF_ANY_ERA: Final = range(1300, 2700)
_WORD_BEFORE = re.compile(rf"({WORD})[\s\-‐‑]*$")
_ABBREVIATED = re.compile(r"\.\s?(?=[^\W_A-ZА-Я]|[$€£])")
_WORD = re.compile(WORD)
_UNIT_SIGNS: Final = frozenset("°%‰′″$€£¥₽₴₹")
_REACH: Final = 300
"""How many letters before a number its noun is looked for in, at most."""
_NEAR: Final = 12
"""How many numbers on either side of one are looked at."""
_BETWEEN_ENDS: Final = r"(?:[^\d,;:!?()\n]{0,9}|\s*[^\s\d,;:!?()]{0,18}\s*[^\s\d,;:!?()]{0,2})"
"""What may join the ends of a range in any language: at most one word and a particle, or two that are very short."""
_JOINER = re.compile(_BETWEEN_ENDS)
_ENDING = re.compile(r"['’:-][^\W\d_]{1,5}\s+|(?<=\d:[^\W\d_]{2})\s|(?<=\d:[^\W\d_]{3})\s")
"""An ending on a figure with another figure behind it: Turkish "50'den 60 bine", Finnish "50:stä 60:een"."""
_DIGITS_BEFORE, _DIGITS_AFTER = re.compile(rf"\d{_BETWEEN_ENDS}$"), re.compile(rf"{_BETWEEN_ENDS}\d")
_PLURAL = re.compile(r"[a-z]{3,}(?<![siu])s")
_CELL_BEFORE, _CELL_AFTER = re.compile(r"[,\t|]\s?[-−]?$"), re.compile(r"\s?(?:[,\t|]\s?[-−\d]|[|\t]|$)")


@dataclass(frozen=True)
class Clause:
    """A number in its text, with what may speak of it."""

    text: str
    """The whole text, digits of any script as ASCII."""
    number: Numeral
    language: str
    others: tuple[Numeral, ...] = field(default=(), repr=False)
    """Every number of the text."""
    last: Numeral | None = None
    """The last of the numbers joined to this one, as in "30 to 40 people"; this one where it stands alone."""
    first: Numeral | None = None
    rates: frozenset[str] = frozenset()
    """The units of time that the number is said to be per."""
    within: tuple[Decimal, Decimal] | None = None
    """The ends of the range of which the number is one: 30 and 40 of "30 to 40 people"."""
    doubt: str = ""
    """What makes the number uncertain that stands beside it: another number, with which it may be a range."""
    is_bare: bool = False
    """Whether this is the figure without its magnitude, which only a noun that names the magnitude can bear: "million tonnes"."""

    def noun(self, nouns: Collection[str], known: Collection[str]) -> str | None:
        """The noun that the number counts, if it is one of ``nouns``; another of the ``known`` ones nearer to it ends the search."""
        return self.search(frozenset(nouns), known)[0]

    def search(self, nouns: frozenset[str], known: Collection[str]) -> tuple[str | None, str]:
        """The noun that the number counts, or the word or mark beside it at which the search stopped, if that is suspect."""
        return _Search(self, _matcher(_with_equivalents(nouns, self.language)), known).run()


@dataclass(frozen=True)
class _Matcher:
    pattern: re.Pattern[str] | None
    names: frozenset[str]

    def at(self, text: str, place: int) -> re.Match[str] | None:
        """A noun that begins at a place of folded text."""
        return self.pattern.match(text, place) if self.pattern else None


@lru_cache(maxsize=4096)
def _with_equivalents(nouns: frozenset[str], language: str) -> frozenset[str]:
    """The nouns with the signs that say the same, and percentage points in the language's words."""
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
    """What percentage points are called in English and in a language."""
    return vocabulary("en").sets.get("points", frozenset()) | vocabulary(language).sets.get("points", frozenset())


@lru_cache(maxsize=4096)
def _matcher(nouns: frozenset[str]) -> _Matcher:
    longest = sorted((noun for noun in nouns if noun.strip()), key=lambda noun: (-len(noun), noun))
    made = "|".join(map(_bounded, longest))
    return _Matcher(re.compile(f"(?:{made})") if made else None, nouns)


def _bounded(noun: str) -> str:
    """A pattern for a noun, which ends where a word does; in scripts that join endings or write no spaces, anywhere."""
    inner = (
        r"[\s\-‐‑]+".join(map(re.escape, re.split(r"[\s\-]+", noun.strip()))) if re.search(r"\w[\s-]+\w", noun) else re.escape(noun.strip())
    )
    return inner + (r"(?![^\W⁰¹²³⁴⁵⁶⁷⁸⁹])" if noun.strip()[-1].isalnum() and not _is_unspaced(noun.strip()[-1]) else "")


def _is_unspaced(letter: str) -> bool:
    return "\u0e00" <= letter <= "\u0eff" or "\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af"


class _Search:
    """Looks for the noun of one number."""

    def __init__(self, clause: Clause, matcher: _Matcher, known: Collection[str]) -> None:
        self.clause, self.matcher, self.known = clause, matcher, known
        self.words = vocabulary(clause.language)
        self.low = _folded_text(clause.text)
        self.number = clause.number
        self.last, self.first = clause.last or clause.number, clause.first or clause.number
        self.suspect = ""

    def run(self) -> tuple[str | None, str]:  # noqa: PLR0911 - one way out for each kind of number
        """The noun, and what stopped the search."""
        if doubt := self.number.doubt or self.clause.doubt:
            return None, doubt
        if self.clause.is_bare:
            end = self.number.bare_end
            found = self.matcher.at(self.low, self._skip(end))
            return (found.group(), "") if found and found.end() > self.number.end - 1 else (None, "")
        if not self.words.complete and (doubt := self._may_be_none()):
            return None, doubt
        if sign := next((each.mark for each in (self.number, self.last, self.first) if each.mark not in ("", "th", "name")), ""):
            return self._of_sign(sign), ""
        if "nounfirst" in self.words.flags:
            return self._directly_before(), self.suspect
        found_after = self._after()
        if found_after or self.suspect:
            return found_after, self.suspect
        found_before = self._right_before() if self._is_followed() else self._before()
        return found_before, self.suspect

    def _may_be_none(self) -> str:
        """What makes a number uncertain as such, in a language whose list is not complete: a year, or a magnitude before it."""
        number, text = self.number, self.clause.text
        written = text[number.start : number.end].strip()
        if not number.mark and len(written) == 4 and written.isdigit() and int(written) in _YEARS_OF_ANY_ERA:
            return written
        before = _WORD_BEFORE.search(text[max(0, self.first.start - 40) : self.first.start])
        return before.group(1) if before and _ends_in_magnitude(before.group(1), self.clause.language) else ""

    def _skip(self, place: int) -> int:
        while place < len(self.low) and (self.low[place].isspace() or self.low[place] in "-‐‑"):
            place += 1
        return place

    def _of_sign(self, sign: str) -> str | None:
        """The noun of a number with a sign: the sign, one of its names, or a phrase that begins with it ("$ per barrel")."""
        names, at = self.matcher.names, self._skip(self.last.end)
        following = self.matcher.at(self.low, at)
        if sign == "pp":
            points = _points(self.clause.language)
            longer = following is not None and len(following.group()) > len("points") and following.group() not in signs()["%"]
            return next((name for name in sorted(names) if name in points), following.group() if following and longer else None)
        same = {folded(sign), *signs().get(sign, ())}
        if own := next((name for name in sorted(names) if name in same), None):
            return own
        begun = (name for name in sorted(names) if name.startswith(folded(sign)) and self.low.startswith(name, self.last.end - len(sign)))
        if phrase := next(begun, None):
            return phrase
        is_currency = sign not in ("%", "‰") and not sign.isalpha()
        known = frozenset[str]().union(*signs().values()) if is_currency else frozenset()
        return following.group() if following and following.group() in known else None

    # ---- after the number

    def _after(self) -> str | None:
        """The noun after the number, over a few words of its own phrase."""
        place, passed, plural = self.last.end, 0, ""
        while place < len(self.low) and passed <= _AFTER:
            found = self.matcher.at(self.low, place) if self._at_word(place) else None
            if found and (not passed or found.group()[0].isalnum()) and self._may_count(self.last.end, place):
                return found.group()
            if (over := self._over(place, passed)) is not None:
                place = over
                continue
            item = _ITEM.match(self.low, place)
            word = item.group("word") if item else None
            if word is None or plural:
                return None
            if "\u0e00" <= word[0] <= "\u0eff" and "unspaced" in self.words.flags:
                return None  # in Thai the noun of a number follows it at once, or stands before it
            if _is_unspaced(word[0]) and "unspaced" in self.words.flags:
                if place > self.last.end and self.words.has("stop", word[0]):
                    return None
                place, passed = place + 1, passed + 1
                continue
            if not self._may_stand(word, place, passed):
                return None
            plural = word if self.clause.language.startswith("en") and _PLURAL.fullmatch(word) else ""
            place, passed = place + len(word), passed + 1
        return None

    def _may_count(self, left: int, right: int) -> bool:
        """Whether what stands between a number and a noun lets the one count the other; without a complete list only spaces do."""
        return self.words.complete or not self.low[left:right].strip()

    def _over(self, place: int, passed: int) -> int | None:
        """Where the search goes on behind what says nothing: brackets, spaces, quotation marks, "as"; ``None`` before anything else."""
        if bracket := _BRACKETS.match(self.low, place):
            return bracket.end()
        item = _ITEM.match(self.low, place)
        if item and item.group("space"):
            return None if "\n\n" in item.group() else item.end()
        if item and item.group("other"):
            return item.end() if not passed and item.group() in "–—" else None
        like = self.words.phrases("as")
        found = like.match(self.low, place) if like else None
        return found.end() if found else None

    def _at_word(self, place: int) -> bool:
        return (
            place == 0
            or not (self.low[place - 1].isalnum() and self.low[place].isalnum())
            or _is_unspaced(self.low[place])
            or place == self.last.end
        )

    def _may_stand(self, word: str, place: int, passed: int) -> bool:
        """Whether a word may stand between the number and its noun; one that is suspect is kept for the message."""
        if any(one.start <= place < one.end for one in self.clause.others) or self._is_another(word):
            return False
        if not passed and self.words.complete and self.words.has("of", word):
            return True
        if self.words.complete and self.words.has("stop", word):
            return False
        if not self.words.complete or self._is_suspect(word, place, direct=not passed):
            self.suspect = word
        return not self.suspect

    def _is_another(self, word: str) -> bool:
        """Whether a word is a known noun, but none of those that are looked for."""
        return word in self.known and word not in self.matcher.names

    def _is_suspect(self, word: str, place: int, *, direct: bool) -> bool:
        """Whether a word may be a magnitude that was not read as one."""
        if is_magnitude(word, self.clause.language) and not self.words.has("light", word):
            return len(word) > 1 or direct
        if not direct or self.words.has("light", word):
            return False
        written = self.clause.text[place : place + len(word)]
        glued = place == self.last.end
        if is_abbreviation_like(word) and not (len(word) > 1 and written.isupper() and not glued):
            return True
        if glued and word.isascii() and word.isalpha():
            return True
        return len(word) <= 5 and bool(_ABBREVIATED.match(self.clause.text, place + len(word)))

    # ---- before the number

    def _is_followed(self) -> bool:
        """Whether a word that may be the number's own noun follows it, or a sign of another unit."""
        at = self._skip(self.last.end)
        while bracket := _BRACKETS.match(self.low, at):
            at = self._skip(bracket.end())
        item = _ITEM.match(self.low, at)
        word = item.group("word") if item else None
        if not word:
            self.suspect = next((sign for sign in self.low[at : at + 1] if sign in _UNIT_SIGNS), "")
            return bool(self.suspect)
        if self.words.complete and word in _months(self.clause.language):
            return False
        if not self.words.complete or self._is_suspect(word, at, direct=True):
            self.suspect = word
            return True
        unspaced = "unspaced" in self.words.flags and _is_unspaced(word[0])
        parts, keys = ((word[0], word), ("stop", "light", "of")) if unspaced else ((word,), ("stop", "light"))
        return not any(self.words.has(key, part) for key in keys for part in parts)

    def _right_before(self) -> str | None:
        """The noun that a number follows with "of", though other words follow the number: "a death toll of 300 civilians".

        It is one in the singular: "the patients of 15 hospitals" are not 15.
        """
        if self.suspect or not self.clause.language.startswith("en"):
            return None
        found = re.search(
            r"([a-z-]+)\s+of\s+(?:(?:about|around|over|nearly|almost|some|up to|more than|at least)\s+)?$",
            self.low[max(0, self.first.start - 60) : self.first.start],
        )
        word = found.group(1) if found else ""
        plural = word.endswith("s") or word in ("people", "men", "women", "children")
        return word if word in self.matcher.names and not plural else None

    def _before(self) -> str | None:  # noqa: PLR0911 - one way out for each thing that ends the search
        """The noun before the number, over verbs and over numbers that have no noun of their own."""
        if _is_year(self.number, self.low) or self._is_a_part():
            return None
        if not self.words.complete:
            return self._directly_before()
        begin = max(0, self.first.start - _REACH)
        begin += max((match.end() for match in _SENTENCE.finditer(self.low[begin : self.first.start])), default=0)
        if self._is_in_bracket_of_another(begin):
            return None
        if "unspaced" in self.words.flags:
            return self._before_unspaced(begin)
        numbers = [each for each in self.clause.others if begin <= each.start and each.end <= self.first.start]
        items = list(_WORD.finditer(self.low, begin, self.first.start))
        for item in items[: -_BEFORE - 1 : -1]:
            at, word = item.start(), item.group()
            crossed = sum(1 for each in numbers if each.start > at)
            if any(each.start <= at < each.end for each in numbers):
                continue
            found = self._ending_before(at)
            if found and not self._has_own_number(at, at + len(found), numbers):
                return found
            if crossed > _CROSSED or self._is_another(word) or self._stops_before(word, crossed):
                return None
        return self._in_row()

    def _stops_before(self, word: str, crossed: int) -> bool:
        """Whether a word between a noun and the number may be a magnitude: "watu milioni 3"."""
        harmless = self.words.has("light", word) or self.words.has("stop", word)
        if not self.words.complete or (not crossed and not harmless and is_magnitude(word, self.clause.language)):
            self.suspect = word
        return bool(self.suspect)

    def _is_a_part(self) -> bool:
        """Whether the number is a part of another: "of which 38"."""
        part, before = self.words.phrases("subset"), self.low[max(0, self.first.start - 40) : self.first.start].rstrip()
        return part is not None and any(found.end() == len(before) for found in part.finditer(before))

    def _is_in_bracket_of_another(self, begin: int) -> bool:
        """Whether the number stands in a bracket right behind another number."""
        opened = self.low.rfind("(", begin, self.first.start)
        if opened < 0 or self.low.find(")", opened, self.first.start) >= 0:
            return False
        return any(each.end <= opened and not self.low[each.end : opened].strip() for each in self.clause.others)

    def _directly_before(self) -> str | None:
        """The noun right before a number, in a language whose list is not complete.

        A figure without a separator or a magnitude may be a name there, as in "Room 12".
        """
        written = self.low[self.number.start : self.number.end]
        words = list(_WORD.finditer(self.low, max(0, self.first.start - _REACH), self.first.start))
        self.suspect = words[-1].group() if words else ""
        if re.fullmatch(r"[-−]?\d+", written.strip()) and "nounfirst" not in self.words.flags:
            return None
        for item in words[: -_JOINED - 1 : -1]:
            found = self._ending_before(item.start())
            if found and self._may_count(item.start() + len(found), self.first.start):
                return found
        return None

    def _before_unspaced(self, begin: int) -> str | None:
        """The last noun before the number in a script without spaces; a sign counts only a number that it stands beside."""
        near = re.split(r"[,、，]|\d[,.]?", self.low[begin : self.first.start])[-1][-2 * _BEFORE :]
        numbers = [each for each in self.clause.others if begin <= each.start and each.end <= self.first.start]
        for at in range(self.first.start - 1, self.first.start - len(near) - 1, -1):
            found = self._ending_before(at)
            if found and not self._has_own_number(at, at + len(found), numbers):
                is_beside = not self.low[at + len(found) : self.first.start].strip()
                return found if found[0].isalnum() or is_beside else None
            if any(each.start <= at < each.end for each in numbers):
                return None
        return None

    def _ending_before(self, at: int) -> str | None:
        """The noun that begins at a place and ends before the number."""
        found = self.matcher.at(self.low, at)
        return found.group() if found and found.end() <= self.first.start else None

    def _has_own_number(self, at: int, end: int, numbers: list[Numeral]) -> bool:
        """Whether a noun belongs to a number right before it alone, and not to both: "from 3 roubles to 4"."""
        own = [each for each in numbers if each.end <= at and not self.low[each.end : at].strip(" \u00a0\u202f-")]
        if not own or _is_year(own[-1], self.low):
            return False
        if own[-1].mark:
            return True
        gap, contrast = self.low[end : self.first.start], self.words.phrases("but")
        set_against = re.match(r"\s*[,;]\s*", gap)
        if contrast and set_against and contrast.match(gap, set_against.end()):
            return not own[-1].factor == self.number.factor > 1
        return self.words.joins_ends.fullmatch(gap.removeprefix(".")) is None

    def _in_row(self) -> str | None:
        """The noun of a cell in a table: any in the words of its row."""
        begin = max(self.first.start - _REACH, self.low.rfind("\n", 0, self.first.start) + 1)
        row = self.low[begin : self.first.start]
        if not _CELL_BEFORE.search(row) or not _CELL_AFTER.match(self.low, self.last.end):
            return None
        return next((found.group() for match in _WORD.finditer(row) if (found := self.matcher.at(row, match.start()))), None)


def _ends_in_magnitude(word: str, language: str) -> bool:
    """Whether a word is a magnitude, or, in a script without spaces, ends in one."""
    if is_magnitude(word, language):
        return True
    known = tuple(each for each in vocabulary(language).magnitudes if each and not each[0].isascii() and "\u0e80" <= each[0] <= "\u17ff")
    return bool(known) and folded(word).endswith(known)


def _is_year(number: Numeral, text: str) -> bool:
    written = text[number.start : number.end]
    return len(written) == 4 and written.isascii() and written.isdigit() and int(written) in _YEARS


@lru_cache(maxsize=512)
def _folded_text(text: str) -> str:
    """The text without case, letter for letter."""
    return "".join(low if len(low) == 1 else low[0] for ch in text for low in (ch.casefold(),)).translate(_QUOTES)


_QUOTES: Final = str.maketrans({"’": "'", "ʼ": "'", "‘": "'"})


@lru_cache(maxsize=256)
def _months(language: str) -> frozenset[str]:
    """The names of months in a language, folded."""
    return frozenset(folded(name) for name in names_of_months(language) if name[0].isalpha())


@lru_cache(maxsize=8192)
def read(words: str, language: str) -> tuple[tuple[Numeral, Clause], ...]:
    """Each number of the words that can count something, with its clause; a figure before a magnitude stands twice."""
    text, found = plain(words), numerals(words, language)
    spoken = vocabulary(language)
    return tuple(
        pair
        for index, number in enumerate(found)
        if not number.doubt
        for near, at in ((found[max(0, index - _NEAR) : index + _NEAR + 1], min(index, _NEAR)),)
        if not _counts_nothing(text, at, near, spoken, language)
        for pair in _pairs(text, at, near, language)
    )


def _pairs(text: str, index: int, found: tuple[Numeral, ...], language: str) -> Iterator[tuple[Numeral, Clause]]:
    number, clause = found[index], _clause(text, index, found, language)
    yield number, clause
    if number.bare is not None:
        bare = Numeral(number.bare, number.start, number.end, number.mark, bare=number.bare, bare_end=number.bare_end)
        yield bare, Clause(text, bare, language, found, bare, bare, clause.rates, is_bare=True)


def clauses(words: str, language: str, wanted: Decimal) -> list[Clause]:
    """The clause of each number in the words that has the wanted value."""
    return [clause for number, clause in read(words, language) if number.value == wanted]


def clauses_of(words: str, language: str, value: Quantity) -> list[Clause]:
    """The clauses that can bear a quantity: of a range both ends in one range, of any other a number that is no end of one.

    "At least" and "over" may be said of a range by its lower end, "up to", "under" and "almost" by its higher one.
    """
    if value.b is not None:
        ranges = [clause for clause in clauses(words, language, value.a) if clause.within == (value.a, value.b)]
        return ranges or _told_apart(words, language, value)
    found = clauses(words, language, value.a)
    if value.width is not None and value.form == "exact":
        found = found if value.width in widths(words, language, value.a) else []
    ends = {"at least": 0, "over": 0, "up to": 1, "under": 1, "almost": 1}
    return [each for each in found if each.within is None or (value.form in ends and each.within[ends[value.form]] == value.a)]


def _told_apart(words: str, language: str, value: Quantity) -> list[Clause]:
    """The clauses of a range whose ends stand apart, the higher one named as such: "225,000 contracts, or as many as 461,500"."""
    assert value.b is not None
    most, text = vocabulary(language).phrases("most"), folded(plain(words))
    lows = [each for each in clauses(words, language, value.a) if each.within is None]
    for clause in clauses(words, language, value.b) if most and lows else ():
        around = text[max(0, clause.number.start - 24) : clause.number.end + 80]
        if clause.within is None and most and most.search(around):
            return [clause]
    return []


def said_numbers(words: str, language: str) -> list[Decimal]:
    """The numbers that words hold and that can count something."""
    return [number.value for number, clause in read(words, language) if not clause.is_bare]


def doubts(words: str, language: str) -> list[tuple[str, str]]:
    """The numbers that words hold and that could not be read, as they are written, each with the word or mark that stands in the way."""
    return [(plain(words)[number.start : number.end].strip(), number.doubt) for number in numerals(words, language) if number.doubt]


def widths(words: str, language: str, wanted: Decimal) -> frozenset[Decimal]:
    """The widths that stand after a number of the wanted value: 3 of "84 ±3"."""
    found, text = numerals(words, language), plain(words)
    spoken = vocabulary(language)
    return frozenset(
        width.value
        for number, width in pairwise(found)
        if number.value == wanted
        and not number.doubt
        and not width.doubt
        and _is_width(text, width, spoken)
        and width.start - number.end < 24
    )


def _is_width(text: str, number: Numeral, words: Vocabulary) -> bool:
    before = text[max(0, number.start - 24) : number.start]
    pattern = words.phrases("width")
    low = folded(before)
    return bool(_WIDTH.search(before)) or any(found.end() >= len(low.rstrip()) for found in (pattern.finditer(low) if pattern else ()))


def _counts_nothing(text: str, index: int, found: tuple[Numeral, ...], words: Vocabulary, language: str) -> bool:
    """Whether a number is an ordinal, a name, a date, a width, a rate's second number, or an end of an interval of doubt."""
    number = found[index]
    if number.mark in ("th", "name"):
        return True
    before, after = folded(text[max(0, number.start - 40) : number.start]), folded(text[number.end : number.end + 40])
    return (
        _is_width(text, number, words)
        or _is_note(text, number)
        or _is_labelled(before, words)
        or _is_in_rate(before, after, number.value, words)
        or (number.mark == "" and _is_date(text, number, before, after, words, language))
        or _is_in_interval(text, number, words)
        or _is_ratio(text, index, found, words)
    )


def _is_note(text: str, number: Numeral) -> bool:
    """Whether a number is the mark of a note: "12[1]"."""
    return (
        text[number.start - 1 : number.start] == "["
        and text[number.end : number.end + 1] == "]"
        and text[number.start - 2 : number.start - 1].strip() != ""
    )


def _ends_with(before: str, key: str, words: Vocabulary) -> bool:
    low = before.rstrip(" \u00a0\u202f.:")
    pattern = words.phrases(key)
    return pattern is not None and any(found.end() == len(low) for found in pattern.finditer(low))


def _is_labelled(before: str, words: Vocabulary) -> bool:
    return before.rstrip(" \u00a0").endswith(("№", "§", "#")) or (
        not before.rstrip(" \u00a0").endswith(":") and _ends_with(before, "label", words)
    )


def _is_in_rate(before: str, after: str, value: Decimal, words: Vocabulary) -> bool:
    """Whether a number is the one that a rate is per; a word that also means something else needs a round number."""
    if before.rstrip().endswith("/"):
        return True
    if _ends_with(before, "per", words) and (_is_round(value) or before.rstrip().endswith(("per", "every"))):
        return True
    pattern = words.phrases("perafter")
    following = after.lstrip()
    return bool(pattern) and _is_round(value) and any(pattern.match(following[skip:]) for skip in (0, 1, 2))  # type: ignore[union-attr]


def _is_round(value: Decimal) -> bool:
    """Whether a number is one that rates are per: 100, 1,000, 100,000."""
    return value >= 100 and value.normalize().as_tuple().digits == (1,)


def _is_date(text: str, number: Numeral, before: str, after: str, words: Vocabulary, language: str) -> bool:
    """Whether a number is a year or a day."""
    written = text[number.start : number.end].strip()
    if not written.isascii() or not written.isdigit() or len(written) > 4:
        return False
    following = re.match(r"[\s.\-]*(?:de\s)?([^\W\d_]+)", after)
    head = re.search(r"([^\W\d_]+)\.?\s*(?:\d{1,2}(?:st|nd|rd|th)?,?\s*)?$", before)
    months = _months(language)
    if len(written) <= 2 and (
        (following and following.group(1) in months)
        or (head and head.group(1) in months and not re.match(r"\d", head.group()[len(head.group(1)) :].strip(" .")))
    ):
        return True
    year = len(written) == 4 and int(written) in (_YEARS_OF_ANY_ERA if "unspaced" in words.flags else _YEARS)
    if year and (
        _ends_with(before, "year", words) or (head and head.group(1) in months) or (re.search(r"\(\s*$", before) and after.startswith(")"))
    ):
        return True
    pattern = words.phrases("after")
    rest = after.lstrip(" \u00a0\u202f")
    return bool(pattern and pattern.match(rest)) and (year or "unspaced" in words.flags)


def _is_in_interval(text: str, number: Numeral, words: Vocabulary) -> bool:
    """Whether a number is an end of an interval of doubt, or its level."""
    pattern = words.phrases("interval")
    for bracket in _BRACKETS.finditer(text, max(0, number.start - _REACH), number.end + _REACH):
        if not bracket.start() < number.start < bracket.end():
            continue
        inside = bracket.group()[1:-1]
        before = text[: bracket.start()].rstrip()
        named = bool(pattern and pattern.search(folded(inside)))
        bare_ends = re.fullmatch(r"[\s\d.,·−–-]+(?:[–—;,]|to|-)[\s\d.,·−–-]+", inside) is not None and before[-1:].isalnum()
        if named or bare_ends:
            return True
    low = folded(text[max(0, number.start - 60) : number.end + 30])
    at = number.start - max(0, number.start - 60)
    if pattern is None:
        return False
    level = re.compile(r"\s*[%‰]?:?[a-zа-я]{0,2}\s*-?").match(low, at + number.end - number.start)
    if number.mark == "%" and level and pattern.match(low, level.end()):
        return True
    found = list(pattern.finditer(low[:at]))
    return (
        bool(found)
        and re.fullmatch(
            r"[\s=:,(\[]*(?:[\d%.,·−–-]+\s*(?:to|[-–—,;]|bis|à|a|do|до)?\s*)?(?:of|from|von|de|entre|between|від|от)?\s*",
            low[found[-1].end() : at],
        )
        is not None
        and found[-1].group() not in ("p", "range")
    )


def _is_ratio(text: str, index: int, found: tuple[Numeral, ...], words: Vocabulary) -> bool:
    """Whether a number is one of "one in five"."""
    pattern = words.phrases("ratio")
    if pattern is None:
        return False
    for left, right in ((index - 1, index), (index, index + 1)):
        if left >= 0 and right < len(found):
            gap = folded(text[found[left].end : found[right].start]).strip()
            small = found[right].value in (Decimal(100), Decimal(1000)) or found[right].value <= 10
            if pattern.fullmatch(gap) and small and found[left].value < found[right].value and not found[left].mark:
                return True
    return False


def _clause(text: str, index: int, found: tuple[Numeral, ...], language: str) -> Clause:
    """The clause of a number: joined numbers share theirs, and what says a rate between two belongs to the nearer."""
    number, spoken = found[index], vocabulary(language)
    first = last = index
    while first > max(0, index - _JOINED) and _are_joined(text, found[first - 1], found[first], spoken):
        first -= 1
    while last + 1 < min(len(found), index + _JOINED) and _are_joined(text, found[last], found[last + 1], spoken):
        last += 1
    if last + 1 < len(found) and _is_width(text, found[last + 1], spoken) and found[last + 1].start - found[last].end < 24:
        last += 1
    before = text[found[first - 1].end if first else 0 : found[first].start]
    after = text[found[last].end : found[last + 1].start if last + 1 < len(found) else len(text)]
    near_before = (_PART if first else _STOP).split(before)[-1]
    near_after = (_PART if last + 1 < len(found) else _STOP).split(after)[0]
    within = _range_of(text, index, found, spoken)
    doubt = "" if within else _may_be_a_range(text, index, found, language)
    told = rates(near_before) | rates(near_after)
    return Clause(text, number, language, found, found[last], found[first], told, within, doubt)


def _may_be_a_range(text: str, index: int, found: tuple[Numeral, ...], language: str) -> str:
    """The other number that stands so near to one that the two may be a range, with what is between them; empty where none does.

    A year or a day, known as such, is no end of a range. Digits that are no number by themselves may be one: Amharic "ከ50 እስከ 60".
    """
    number, words = found[index], vocabulary(language)
    for left, right, other in ((index - 1, index, index - 1), (index, index + 1, index + 1)):
        if left < 0 or right >= len(found):
            continue
        near = found[other]
        around = folded(text[max(0, near.start - 40) : near.start]), folded(text[near.end : near.end + 40])
        joiner = _ENDING if words.complete else _JOINER
        gap = joiner.fullmatch(text, found[left].end, found[right].start)
        if gap and not _is_date(text, near, *around, words, language) and not (words.complete and _is_year(near, text)):
            return text[found[left].start : found[right].end].strip()
    if words.complete:
        return ""
    begin = found[index - 1].end if index else 0
    end = found[index + 1].start if index + 1 < len(found) else len(text)
    before, after = text[max(begin, number.start - 40) : number.start], text[number.end : min(end, number.end + 40)]
    digits = _DIGITS_BEFORE.search(before) or _DIGITS_AFTER.match(after)
    return digits.group().strip() if digits else ""


def _are_joined(text: str, left: Numeral, right: Numeral, words: Vocabulary) -> bool:
    """Whether two numbers share what speaks of them: "30 to 40 people", "$2-3 million"."""
    gap = text[left.end : right.start]
    if is_amount_to_count(text, left, right, words):
        return False
    if _is_year(left, text) and not left.mark and (right.mark or right.factor > 1):
        return False
    if _is_year(left, text) and not left.mark and right.value > 10 * left.value:
        return False  # "in 2009 - 576 580 people"
    if left.doubt or right.doubt or {"th", "name"} & {left.mark, right.mark}:
        return False
    same = left.mark == right.mark
    if AND.fullmatch(gap) and not words.joins_ends.fullmatch(gap):
        return same or not left.mark
    gap = gap.rstrip("$€£¥₹₽ ") if right.mark and gap.strip() else gap
    alike = same or not left.mark or (not right.mark and left.mark not in ("%", "‰", "pp"))
    return alike and (words.joins_ends.fullmatch(gap) or words.joins_ends.fullmatch(gap + " ")) is not None


def _range_of(text: str, index: int, found: tuple[Numeral, ...], words: Vocabulary) -> tuple[Decimal, Decimal] | None:
    """The ends of the range of which a number is one; none in a change, such as "rose from 310 to 460"."""
    for left, right in ((index, index + 1), (index - 1, index)):
        if left < 0 or right >= len(found):
            continue
        head, last = found[left], found[right]
        gap = text[head.end : last.start]
        if not _are_joined(text, head, last, words) or head.value == last.value:
            continue
        before = text[max(0, head.start - 120) : head.start]
        to = words.joins_ends.fullmatch(gap.rstrip("$€£¥₹₽ ") + " ") or words.joins_ends.fullmatch(gap.rstrip("$€£¥₹₽ "))
        between = _BETWEEN.search(before.rstrip("$€£¥ \u00a0"))
        if not to and not between:
            continue
        low, high = sorted((head.value, last.value))
        dashed = re.fullmatch(r"\s*[-–—‒～〜~∼]\s*", gap.rstrip("$€£¥₹₽")) is not None
        if not dashed and not between and _tells_a_change(before, text[last.end : last.end + 60], words):
            continue
        return low, high
    return None


def _tells_a_change(before: str, after: str, words: Vocabulary) -> bool:
    stems = tuple(words.sets.get("change", ()))
    near = _SENTENCE.split(folded(before))[-1], _SENTENCE.split(folded(after))[0]
    low = folded(before).rstrip("$€£¥ \u00a0")
    start = words.phrases("from")
    if start and not any(found.end() == len(low) for found in start.finditer(low)):
        return False
    return bool(stems) and any(word.startswith(stems) for part in near for word in re.findall(WORD, part)[-10:])
