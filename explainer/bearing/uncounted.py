"""Numbers that count nothing: ordinals, names, notes, days and years, widths, second numbers of rates, ends of an interval of doubt."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from functools import lru_cache
from typing import Final

from explainer.values.months import spellings_of_months
from explainer.values.numerals import Numeral
from explainer.values.vocabulary import Vocabulary, folded

_WIDTH = re.compile(r"(?:±|\+\s?/\s?[-−–])\s?$")
BRACKETS = re.compile(r"\((?:[^()]{0,200}\([^()]{0,100}\))?[^()]{0,300}\)|\[[^()\[\]]{0,300}\]|（[^（）]{0,300}）")
_YEARS: Final = range(1500, 2101)
YEARS_OF_ANY_ERA: Final = range(1300, 2700)
REACH: Final = 300
"""How many letters before a number its noun is looked for in, at most."""


def counts_nothing(text: str, index: int, found: tuple[Numeral, ...], words: Vocabulary, language: str) -> bool:
    """Whether a number is an ordinal, a name, a date, a width, a rate's second number, or an end of an interval of doubt."""
    number = found[index]
    if number.mark in ("th", "name"):
        return True
    before, after = folded(text[max(0, number.start - 40) : number.start]), folded(text[number.end : number.end + 40])
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
    """Whether a number stands after ``±`` or a word for it."""
    before = text[max(0, number.start - 24) : number.start]
    pattern = words.phrases("width")
    low = folded(before)
    return bool(_WIDTH.search(before)) or any(found.end() >= len(low.rstrip()) for found in (pattern.finditer(low) if pattern else ()))


def _is_note(text: str, number: Numeral) -> bool:
    """Whether a number is the mark of a note: "12[1]", "Births (*1): 512"."""
    before, behind = text[max(0, number.start - 2) : number.start], text[number.end : number.end + 1]
    return (before[-1:] == "[" and behind == "]") or (before in ("(*", "[*", "（*", "(＊", "（※", "(※") and behind in ")]）")


def ends_with(before: str, key: str, words: Vocabulary) -> bool:
    """Whether folded text ends with one of the words under a key."""
    low = before.rstrip(" \u00a0\u202f.:")
    pattern = words.phrases(key)
    return pattern is not None and any(found.end() == len(low) for found in pattern.finditer(low))


def _is_labelled(before: str, words: Vocabulary) -> bool:
    return before.rstrip(" \u00a0").endswith(("№", "§", "#")) or (
        not before.rstrip(" \u00a0").endswith(":") and ends_with(before, "label", words) and not ends_with(before, "counts", words)
    )


_ORDINAL_DOT = re.compile(r"\.\s(?=[^\W\d_])")
_NO_ORDINAL: Final = ("種", "項", "品", "科", "課")
"""With what Japanese "目" makes a noun: "300種目" are 300 events."""


def _is_ordinal(text: str, number: Numeral, before: str, after: str, words: Vocabulary) -> bool:
    """Whether a number is an ordinal by a point behind it, as in "die 12. Probe", or by a sign behind its counter: "300人目"."""
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
    """Whether a number is the one that a rate is per; a word that also means something else needs a round number."""
    if before.rstrip().endswith("/"):
        return True
    if ends_with(before, "perany", words) or (ends_with(before, "per", words) and _is_round(value)):
        return True
    pattern = words.phrases("perafter")
    following = after.lstrip()
    return bool(pattern) and _is_round(value) and any(pattern.match(following[skip:]) for skip in (0, 1, 2))  # type: ignore[union-attr]


def _is_round(value: Decimal) -> bool:
    """Whether a number is one that rates are per: 100, 1,000, 100,000."""
    return value >= 100 and value.normalize().as_tuple().digits == (1,)


_LAST_DAY: Final = 31


def is_date(text: str, number: Numeral, before: str, after: str, words: Vocabulary, language: str) -> bool:
    """Whether a number is a year or a day."""
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
            or (head and head.group(1) in months and not re.match(r"\d", head.group()[len(head.group(1)) :].strip(" .")))
        )
    ):
        return True
    year = len(written) == 4 and int(written) in (YEARS_OF_ANY_ERA if "unspaced" in words.flags else _YEARS)
    if year and (
        ends_with(before, "year", words) or (head and head.group(1) in months) or (re.search(r"\(\s*$", before) and after.startswith(")"))
    ):
        return True
    pattern = words.phrases("after")
    rest = after.lstrip(" \u00a0\u202f")
    return bool(pattern and pattern.match(rest)) and (year or "unspaced" in words.flags)


_MONTH_FIRST: Final = frozenset(["en", "hu", "lt", "lv", "tl", "fil", "eu", "hy", "mn", "am", "zh", "ja", "ko"])
"""Languages that write a day behind its month: "March 12"."""


def _counts_behind_a_month(before: str, after: str, months: Collection[str], words: Vocabulary, language: str) -> bool:
    """Whether a number behind a month counts the word that follows, and is no day: "In March 12 permits were issued"."""
    head = re.search(r"(?:([^\W\d_]+)\s)?([^\W\d_]+)\s$", before)
    following = re.match(r"\s([^\W\d_]{3,})", after)
    if head is None or following is None or head.group(2) not in months or following.group(1) in months:
        return False
    led = head.group(1) == "in" if language.startswith("en") else language.partition("-")[0] not in _MONTH_FIRST
    return led and not any(words.has(key, following.group(1)) for key in ("stop", "light", "of", "to", "and"))


def _is_in_interval(text: str, number: Numeral, words: Vocabulary) -> bool:
    """Whether a number is an end of an interval of doubt, or its level."""
    pattern = words.phrases("interval")
    for bracket in BRACKETS.finditer(text, max(0, number.start - REACH), number.end + REACH):
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


@lru_cache(maxsize=256)
def months_of(language: str) -> frozenset[str]:
    """The names of months in a language, folded."""
    return frozenset(folded(name) for name in spellings_of_months(language) if name[0].isalpha())


def is_year(number: Numeral, text: str) -> bool:
    """Whether a number is written as years are."""
    written = text[number.start : number.end]
    return len(written) == 4 and written.isascii() and written.isdigit() and int(written) in _YEARS
