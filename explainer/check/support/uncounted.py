"""Find the numbers that count nothing: ordinals, names, dates and those that say a difference."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from functools import lru_cache
from typing import Final

from explainer.model.number_reader import WORD, Numeral
from explainer.model.number_words import Vocabulary, folded, spellings_of_months

# Numbers that are no count

_WIDTH = re.compile(r"(?:±|\+\s?/\s?[-−–])\s?$")
BRACKETS = re.compile(
    r"\((?:[^()]{0,200}\([^()]{0,100}\))?[^()]{0,300}\)|\[[^()\[\]]{0,300}\]|（[^（）]{0,300}）"
)
_YEARS: Final = range(1500, 2101)
YEARS_OF_ANY_ERA: Final = range(1300, 2700)
REACH: Final = 300
"""The maximum distance, in characters, at which the noun of a number is looked for."""


def counts_nothing(
    text: str, index: int, found: tuple[Numeral, ...], words: Vocabulary, language: str
) -> bool:
    """Return whether a number counts nothing.

    That is so if it is an ordinal, a name, the mark of a note, a date, a width, the base of an
    index, the second number of a rate, or an end or the level of an uncertainty interval.
    """
    number = found[index]
    if number.mark in ("th", "name"):
        return True
    before, after = (
        folded(text[max(0, number.start - 40) : number.start]),
        folded(text[number.end : number.end + 40]),
    )
    return (
        is_width(text, number, words)
        or _is_note(text, number)
        or _is_labelled(before, words)
        or re.search(r"\d{4}\s?=\s?$", before) is not None  # the base of an index: "2015=100"
        or _is_ordinal(text, number, before, after, words)
        or _starts_with(after.lstrip(), "nameafter", words)
        or _is_in_rate(before, after, number.value, words)
        or (number.mark == "" and is_date(text, number, before, after, words, language))
        or _is_in_interval(text, number, words)
    )


def is_width(text: str, number: Numeral, words: Vocabulary) -> bool:
    """Return whether a number comes after ``±`` or a word for it."""
    before = text[max(0, number.start - 24) : number.start]
    pattern = words.phrases("width")
    low = folded(before)
    return bool(_WIDTH.search(before)) or any(
        found.end() >= len(low.rstrip()) for found in (pattern.finditer(low) if pattern else ())
    )


def _is_note(text: str, number: Numeral) -> bool:
    """Return whether a number is the mark of a note: "12[1]", "Births (*1): 512"."""
    before, behind = (
        text[max(0, number.start - 2) : number.start],
        text[number.end : number.end + 1],
    )
    return (before[-1:] == "[" and behind == "]") or (
        before in ("(*", "[*", "（*", "(＊", "（※", "(※") and behind in ")]）"
    )


def ends_with(before: str, key: str, words: Vocabulary) -> bool:
    """Return whether folded text ends with one of the words under a key."""
    low = before.rstrip(" \u00a0\u202f.:")
    pattern = words.phrases(key)
    return pattern is not None and any(found.end() == len(low) for found in pattern.finditer(low))


def _is_labelled(before: str, words: Vocabulary) -> bool:
    return before.rstrip(" \u00a0").endswith(("№", "§", "#")) or (
        not before.rstrip(" \u00a0").endswith(":")
        and ends_with(before, "label", words)
        and not ends_with(before, "counts", words)
    )


_ORDINAL_DOT = re.compile(r"\.\s(?=[^\W\d_])")
_NO_ORDINAL: Final = ("種", "項", "品", "科", "課")
"""Characters with which Japanese "目" makes a noun: "300種目" are 300 events."""


def _is_ordinal(text: str, number: Numeral, before: str, after: str, words: Vocabulary) -> bool:
    """Return whether what follows a number makes it an ordinal.

    This is a point, as in "die 12. Probe", or a sign after its counter: "300人目".
    """
    if "ordinaldot" in words.flags and text[number.start : number.end].strip()[-1:].isdigit():
        dot = _ORDINAL_DOT.match(text, number.end)
        if dot and (text[dot.end()].islower() or ends_with(before, "ordinalbefore", words)):
            return True
    ends = "|".join(map(re.escape, sorted(words.sets.get("ordinalafter", ()))))
    behind = re.match(rf"([\u30a0-\u30ff\u3400-\u9fff]{{0,6}}?)(?:{ends})", after) if ends else None
    return behind is not None and not behind.group(1).endswith(_NO_ORDINAL)


def _starts_with(after: str, key: str, words: Vocabulary) -> bool:
    pattern = words.phrases(key)
    return pattern is not None and pattern.match(after) is not None


def _is_in_rate(before: str, after: str, value: Decimal, words: Vocabulary) -> bool:
    """Return whether a number is the one that a rate is per.

    Beside a word that also has another meaning, the number must be round.
    """
    if before.rstrip().endswith("/"):
        return True
    if ends_with(before, "perany", words) or (ends_with(before, "per", words) and _is_round(value)):
        return True
    pattern = words.phrases("perafter")
    following = after.lstrip()
    if pattern is None or not _is_round(value):
        return False
    return any(pattern.match(following[skip:]) for skip in (0, 1, 2))


def _is_round(value: Decimal) -> bool:
    """Return whether a number is one that rates are often per: 100, 1,000, 100,000."""
    return value >= 100 and value.normalize().as_tuple().digits == (1,)


_LAST_DAY: Final = 31


def is_date(
    text: str, number: Numeral, before: str, after: str, words: Vocabulary, language: str
) -> bool:
    """Return whether a number is a year or a day of a month.

    ``before`` and ``after`` are the folded text on either side of the number.
    """
    written = text[number.start : number.end].strip()
    if not written.isascii() or not written.isdigit() or len(written) > 4:
        return False
    following = re.match(r"[\s.\-]*(?:de\s)?([^\W\d_]+)", after)
    head = re.search(r"([^\W\d_]+)\.?\s*(?:\d{1,2}(?:st|nd|rd|th)?,?\s*)?$", before)
    months = months_of(language)
    if (
        len(written) <= 2
        and int(written) <= _LAST_DAY
        and not _counts_behind_a_month(before, after, months, words, language)
        and (
            (following and following.group(1) in months)
            or (
                head
                and head.group(1) in months
                and not re.match(r"\d", head.group()[len(head.group(1)) :].strip(" ."))
            )
        )
    ):
        return True
    year = len(written) == 4 and int(written) in (
        YEARS_OF_ANY_ERA if "unspaced" in words.flags else _YEARS
    )
    if year and (
        ends_with(before, "year", words)
        or (head and head.group(1) in months)
        or (re.search(r"\(\s*$", before) and after.startswith(")"))
    ):
        return True
    pattern = words.phrases("after")
    rest = after.lstrip(" \u00a0\u202f")
    return bool(pattern and pattern.match(rest)) and (year or "unspaced" in words.flags)


_MONTH_FIRST: Final = frozenset(
    ["en", "hu", "lt", "lv", "tl", "fil", "eu", "hy", "mn", "am", "zh", "ja", "ko"]
)
"""Languages that write the day after the month: "March 12"."""


def _counts_behind_a_month(
    before: str, after: str, months: Collection[str], words: Vocabulary, language: str
) -> bool:
    """Return whether a number after a month counts the word that follows it, and is not a day.

    Example: "In March 12 permits were issued".
    """
    head = re.search(r"(?:([^\W\d_]+)\s)?([^\W\d_]+)\s$", before)
    following = re.match(r"\s([^\W\d_]{3,})", after)
    if (
        head is None
        or following is None
        or head.group(2) not in months
        or following.group(1) in months
    ):
        return False
    led = (
        head.group(1) == "in"
        if language.startswith("en")
        else language.partition("-")[0] not in _MONTH_FIRST
    )
    return led and not any(
        words.has(key, following.group(1)) for key in ("stop", "light", "of", "to", "and")
    )


def _is_in_interval(text: str, number: Numeral, words: Vocabulary) -> bool:
    """Return whether a number is an end of an uncertainty interval, or its confidence level."""
    pattern = words.phrases("interval")
    for bracket in BRACKETS.finditer(text, max(0, number.start - REACH), number.end + REACH):
        if not bracket.start() < number.start < bracket.end():
            continue
        inside = bracket.group()[1:-1]
        before = text[: bracket.start()].rstrip()
        named = bool(pattern and pattern.search(folded(inside)))
        bare_ends = (
            re.fullmatch(r"[\s\d.,·−–-]+(?:[–—;,]|to|-)[\s\d.,·−–-]+", inside) is not None
            and before[-1:].isalnum()
        )
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


@lru_cache(maxsize=256)
def months_of(language: str) -> frozenset[str]:
    """Return the folded names of the months in a language."""
    return frozenset(folded(name) for name in spellings_of_months(language) if name[0].isalpha())


def is_year(number: Numeral, text: str) -> bool:
    """Return whether a number is written as a year: four ASCII digits, from 1500 to 2100."""
    written = text[number.start : number.end]
    return len(written) == 4 and written.isascii() and written.isdigit() and int(written) in _YEARS


# Differences: "300 more passengers than in 2019", "300 votes short of", "all but 3 members"
#
# Keys in ``explainer/languages/counting/<language>.tsv``: ``differ``, ``differalways``,
# ``differthan``, ``differbefore``, ``differby``, ``differnot``, ``than``, ``comparedto`` and
# ``except``.

_NOUN_WORDS: Final = 4
"""The maximum number of words of the noun between a number and "more"."""
_REACH: Final = 120
_NEAR: Final = 30
_COUNTER: Final = 3
"""The maximum number of characters of a counter in a script without spaces."""
_CLAUSE: Final = re.compile(r"[()—]|[.,;:!?–]\s|[.;:!?]$|[，。；：！？、،؛؟।\n]")
_SENTENCE: Final = re.compile(r"[.;!?]\s|[。；！？؛؟।\n]")


def difference_at(low: str, first: Numeral, last: Numeral, words: Vocabulary) -> str:
    """Return the words that make a number a difference or something left out, or "".

    ``low`` is the folded text. ``first`` and ``last`` are the first and last of the numbers that
    are joined to this one.
    """
    if last.mark in ("%", "‰", "pp"):
        return ""
    before = _SENTENCE.split(low[max(0, first.start - _REACH) : first.start])[-1]
    if left_out := _ends_in(before, "except", words):
        return left_out
    after = _SENTENCE.split(low[last.end : last.end + _REACH])[0]
    return _before(before, after, words) or _after(before, after, words)


def _after(before: str, after: str, words: Vocabulary) -> str:
    """Return the word after the number or its noun that says "more" or "fewer", or ""."""
    rest = _CLAUSE.split(after)[0]
    for key in ("differalways", "differ"):
        pattern = words.phrases(key)
        for found in pattern.finditer(rest) if pattern else ():
            if _is_excepted(rest, found.start(), words):
                continue
            if not _may_be_a_noun(rest[: found.start()], words):
                break
            if rest[: found.start()].endswith("を"):
                continue  # "310人を上回った" is over 310, "310人上回った" is 310 more
            if key == "differalways" or _is_a_difference(before, after, rest, found, words):
                return found.group()
    return ""


def _is_a_difference(
    before: str, after: str, rest: str, found: re.Match[str], words: Vocabulary
) -> bool:
    """Return whether a word such as "more" makes the number before it a difference.

    It does not if it belongs to an adjective after it: "los 300 municipios más poblados".
    """
    if words.sets.get("differby"):
        return bool(_ends_in(before, "differby", words))
    compares = _holds(before + " " + after, "comparedto", words)
    if not rest[: found.start()].strip(" -"):
        return (
            not words.has("differthan", found.group())
            or compares
            or _holds(after[found.end() :], "than", words)
        )
    following = re.match(rf"\s*({WORD})?", rest[found.end() :])
    word = following.group(1) if following else None
    return (
        compares or word is None or any(words.has(key, word) for key in ("than", "stop", "light"))
    )


def _before(before: str, after: str, words: Vocabulary) -> str:
    """Return the word for "more" right before a number if the sentence compares; otherwise "".

    Example: Portuguese "mais 300 casos do que em 2019".
    """
    said = _ends_in(before, "differbefore", words)
    compares = said and (
        _holds(after, "than", words) or _holds(before + " " + after, "comparedto", words)
    )
    return said if compares else ""


def _is_excepted(rest: str, place: int, words: Vocabulary) -> bool:
    """Return whether the words at a place mean something else: "300 patients de plus de 60 ans"."""
    pattern = words.phrases("differnot")
    return pattern is not None and pattern.match(rest, place) is not None


def _may_be_a_noun(between: str, words: Vocabulary) -> bool:
    """Return whether some words can be the noun of a number, and nothing else."""
    if "unspaced" in words.flags:
        is_apart = (
            between.endswith(" ") and "\u0e00" <= between.strip()[-1:] <= "\u0e7f"
        )  # in Thai a space separates clauses
        return len(between.strip()) <= _COUNTER and not is_apart
    found = re.findall(WORD, between)
    ends = any(
        words.has(key, word)
        for word in found
        for key in ("stop", "to", "or", "and")
        if not words.has("of", word)
    )
    return len(found) <= _NOUN_WORDS and not ends and not any(ch.isdigit() for ch in between)


def _holds(text: str, key: str, words: Vocabulary) -> bool:
    pattern = words.phrases(key)
    return pattern is not None and pattern.search(text) is not None


def _ends_in(before: str, key: str, words: Vocabulary) -> str:
    """Return the words under a key with which folded text ends, or ""."""
    pattern, head = words.phrases(key), before[-_NEAR:].rstrip()
    return (
        next((found.group() for found in pattern.finditer(head) if found.end() == len(head)), "")
        if pattern
        else ""
    )
