"""Numbers as texts write them: "30,000", "1,5 млн", "twenty thousand", "৩৫ হাজার"; found with their place and unit.

A number is read by the habits of its text's language: in English a comma groups digits, in many others it is the
decimal mark. Magnitude words multiply ("160 тысяч"), and follow one another ("155 тыс. 570"). In a range only the
last number may carry the magnitude ("50-60 тыс."), so the first is also read with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol

from explainer.values.number_words import MAGNITUDES, WORDS

_DIGITS = re.compile(
    r"(?:(?<![\w.,])|(?<=RUB)|(?<=USD))(?P<sign>[-−](?=\d))?(?P<body>\d+(?:[.,'’\u00a0\u202f ]\d+){0,12})"
    r"(?P<tail>\s?[%‰€$£₴₽¥]|e\d+|(?:st|nd|rd|th|s)\b|\s(?:per\s?cent|процент|відсот|prozent|procent)\w*)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_MAGNITUDE_WORD = re.compile(r"\s*([^\W\d_](?:[^\W\d_]|[\u0900-\u0dff])*)(?:\.(?=\s|$))?")
_GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[.,'’\u00a0\u202f ])\d{3})(?:(?P=mark)\d{3})*")
_RANGE = re.compile(r"\s*[-–—]\s*|\s+(?:to|and|до|do|bis|a|ai|à|og)\s+")
_MARKS = {"per": "%", "про": "%", "від": "%", "pro": "%", "st": "th", "nd": "th", "rd": "th"}
_MOST = 10**15
"""A number so high is divided by nothing: from 28 digits on, it could not be."""
_CURRENCY = "$€£₽₴¥"


@dataclass(frozen=True)
class Numeral:
    """A number in a text: its value, where it stands, and the mark that changes what it counts."""

    value: Decimal
    start: int
    end: int
    mark: str = ""
    """"%", "‰", "th" for an ordinal, an exponent, or a currency sign; empty for a plain number."""
    factor: int = 1
    """What the magnitude word after it multiplied by."""


@lru_cache(maxsize=8192)
def numerals(text: str, language: str = "en") -> tuple[Numeral, ...]:
    """Every number in ``text``, in order; a number that can be read in two ways stands twice."""
    plain = "".join(_digit(ch) for ch in text)
    found = sorted([*_in_digits(plain, language), *_in_words(plain)], key=lambda n: (n.start, n.value))
    return (*found, *_range_heads(plain, found))


def _digit(ch: str) -> str:
    """Digits of any script as ASCII digits; everything else as it is, so that places stay the same."""
    return str(unicodedata.digit(ch)) if ch.isdigit() and unicodedata.digit(ch, -1) >= 0 and not ch.isascii() else ch


def _in_digits(text: str, language: str) -> Iterator[Numeral]:
    position = 0
    while match := _DIGITS.search(text, position):
        body, end = _longest_number(match.group("body"), language)
        stop = match.start("body") + end
        tail = match.group("tail") or "" if stop == match.end("body") else ""
        if tail.casefold() == "s":  # a decade is no number of anything, and no year
            position = match.end()
            continue
        factor = int(_magnitude(text, stop)[0] or 1) if not tail else 1
        value, stop = _with_magnitudes(text, body, stop) if not tail else (body, match.end())
        before = text[: match.start()].rstrip()[-1:]
        mark = tail.strip() or (before if before and before in _CURRENCY else "")
        yield Numeral(-value if match.group("sign") else value, match.start(), stop, _MARKS.get(mark.casefold()[:3], mark), factor)
        position = max(stop, match.start("body") + 1)


def _longest_number(body: str, language: str) -> tuple[Decimal, int]:
    """The number that ``body`` begins with, and its length: "2025 160 000" begins with 2025."""
    group = _GROUPED.match(body)
    if group and not _is_decimal(group, language):
        end = group.end()
        whole = re.sub(r"\D", "", group.group())
        tail = re.match(r"[.,](\d+)(?!\d)", body[end:])
        if tail and body[end] != group.group("mark"):
            return Decimal(f"{whole}.{tail.group(1)}"), end + tail.end()
        return Decimal(whole), end
    plain = re.match(r"(\d+)(?:[.,](\d+))?", body)
    assert plain is not None
    if plain.group(2) is None:
        return Decimal(plain.group(1)), plain.end()
    return Decimal(f"{plain.group(1)}.{plain.group(2)}"), plain.end()


def _is_decimal(group: re.Match[str], language: str) -> bool:
    """Whether three digits after a mark are decimals: 1.500 is one and a half in English, 1,500 is so in Russian."""
    decimal_mark = _decimal_mark(language)
    return group.group("mark") == decimal_mark and group.group().count(decimal_mark) == 1


@lru_cache(maxsize=256)
def _decimal_mark(language: str) -> str:
    """The mark before decimals, point or comma; the comma, which most languages have, for one that is not known."""
    try:
        return "." if get_decimal_symbol(Locale.parse(language, sep="-")) == "." else ","
    except (UnknownLocaleError, ValueError):
        return ","


def _with_magnitudes(text: str, value: Decimal, end: int) -> tuple[Decimal, int]:
    """Multiply by the magnitude words that follow, and add what follows those: "155 тыс. 570" is 155570."""
    factor, after = _magnitude(text, end)
    if factor is None:
        return value, end
    total, end = value * factor, after
    rest = re.compile(r"\s+(\d{1,3})(?![\d.,]*\d)").match(text, end)
    if rest:
        inner, stop = _magnitude(text, rest.end())
        if inner is not None and inner < factor:
            return total + Decimal(rest.group(1)) * inner, stop
        if inner is None and factor >= 1000:
            return total + Decimal(rest.group(1)), rest.end()
    return total, end


def _magnitude(text: str, position: int) -> tuple[Decimal | None, int]:
    match = _MAGNITUDE_WORD.match(text, position)
    if match is None:
        return None, position
    word = match.group(1).casefold()
    for pattern, factor in MAGNITUDES:
        if pattern.fullmatch(word):
            return Decimal(factor), match.end()
    return None, position


def _in_words(text: str) -> Iterator[Numeral]:
    """English number words: "twenty-five thousand", "a hundred"; magnitudes alone are no number."""
    total = run = Decimal(0)
    start = end = -1
    for match in _WORD.finditer(text):
        parts = match.group().casefold().rstrip(".").split("-")
        joined = start >= 0 and re.fullmatch(r"[\s-]*(?:and\s+)?", text[end : match.start()])
        values = [WORDS.get(part) for part in parts]
        if start >= 0 and parts == ["and"]:
            continue
        if any(value is None for value in values) or not (joined or start < 0):
            if start >= 0:
                yield Numeral(total + run, start, end)
            start, total, run = -1, Decimal(0), Decimal(0)
        if all(value is not None for value in values) and (start >= 0 or (values[0] is not None and values[0] < 100)):
            start = match.start() if start < 0 else start
            for value in values:
                assert value is not None
                total, run = _add_word(total, run, Decimal(value))
            end = match.end()
    if start >= 0:
        yield Numeral(total + run, start, end)


def _add_word(total: Decimal, run: Decimal, value: Decimal) -> tuple[Decimal, Decimal]:
    if value >= 1000:
        return total + (run or 1) * value, Decimal(0)
    return (total, (run or 1) * value) if value == 100 else (total, run + value)


def _range_heads(text: str, found: list[Numeral]) -> Iterator[Numeral]:
    """The first number of "50-60 тыс." and of "8-9,000", read with the magnitude of the last."""
    for head, last in pairwise(found):
        if head.value <= 0 or head.mark or head.value >= last.value or not _RANGE.fullmatch(text[head.end : last.start]):
            continue
        thousands = head.value < 1000 and last.value < _MOST and last.value % 1000 == 0
        factor = last.factor if last.factor > 1 else 1000 if thousands else 1
        if factor > head.factor and head.value * factor < last.value:
            yield Numeral(head.value * factor, head.start, head.end, last.mark, factor)
