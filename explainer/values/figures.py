"""Figures: what one run of digits and separators says, by the habits of its text's language.

A separator is decided by the form of the whole ("1.500.000" has groups in any language; "1,500.75" has decimals after its last mark), and
where the form allows two readings ("1.500"), by CLDR's separators for the language. What neither decides has no value but a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Final

from explainer.values.vocabulary import locale_of

_SPACES: Final = " \u00a0\u202f\u2009\u2007\u2008\u2005\u2006"
_APOSTROPHES: Final = "'’ʼ‘´"
MIDDLE_DOTS: Final = "·˙٫・･"
"""Marks before decimals in any language; the last two in Japanese, "47・1%"."""
RUN: Final = rf"\d+(?:[.,{MIDDLE_DOTS}٬،_{_APOSTROPHES}{_SPACES}]\d+){{0,12}}"
"""A run of digits with single separators in it."""
_PARTS = re.compile(r"(\d+)([^\d]?)")


@dataclass(frozen=True)
class Figure:
    """One figure of a run: its value and its place in the run; a doubt where the value is a guess."""

    value: Decimal
    start: int
    end: int
    doubt: str = ""


def figures(run: str, language: str) -> Iterator[Figure]:
    """The figures of a run of digits: mostly one, but "2025 160 000" has two, and "1969,0.0517" is two cells of a table."""
    for piece, start in _pieces(run):
        yield from _read(piece, start, language)


def _pieces(run: str) -> Iterator[tuple[str, int]]:
    """The run, cut at each space that cannot stand between groups of three."""
    digits = [(match.group(1), match.group(2), match.start()) for match in _PARTS.finditer(run)]
    begin = 0
    grouped = False
    for index, (number, mark, at) in enumerate(digits[:-1]):
        following = digits[index + 1][0]
        first = at == begin
        may_group = len(following) == 3 and ((first and len(number) <= 3 and number[0] != "0") or (grouped and len(number) == 3))
        if mark and mark in _SPACES and not may_group:
            yield run[begin : at + len(number)], begin
            begin, grouped = digits[index + 1][2], False
            continue
        grouped = bool(mark and mark in _SPACES)
    yield run[begin:], begin


def _read(text: str, at: int, language: str) -> Iterator[Figure]:
    parts = re.split(r"\D", text)
    marks = ["’" if mark in _APOSTROPHES else " " if mark in _SPACES else mark for mark in re.findall(r"\D", text)]
    whole = Figure(Decimal("".join(parts)), at, at + len(text))
    if not marks:
        yield whole
        return
    kinds = list(dict.fromkeys(marks))
    decimal = Decimal("".join(parts[:-1]) + "." + parts[-1])
    if (
        len(kinds) == 2
        and marks.count(marks[-1]) == 1
        and kinds[0] not in MIDDLE_DOTS
        and marks[-1] in f".,{MIDDLE_DOTS}"
        and _are_groups(parts[:-1])
    ):
        yield Figure(decimal, at, at + len(text))
    elif len(kinds) > 1 or (len(marks) > 1 and not _are_groups(parts)):
        yield from _cells(text, at, parts, marks, language)
    elif len(marks) > 1:
        yield whole if marks[0] not in MIDDLE_DOTS else Figure(whole.value, at, at + len(text), text)
    else:
        yield _with_one_mark(text, at, parts, marks[0], language)


def _with_one_mark(text: str, at: int, parts: list[str], mark: str, language: str) -> Figure:
    """A figure with one separator: decimals, or thousands."""
    value, decimal = Decimal("".join(parts)), Decimal(f"{parts[0]}.{parts[1]}")
    end = at + len(text)
    if mark in MIDDLE_DOTS:
        # "5・6年生" are the fifth and the sixth year
        may_be_two = mark in "・･" and all(len(part) == 1 for part in parts) and int(parts[1]) == int(parts[0]) + 1
        return Figure(decimal, at, end, text if may_be_two else "")
    groups = _are_groups(parts)
    if mark in " ’_٬":
        return Figure(value, at, end, "" if groups else text)
    if mark == "،":
        return Figure(value, at, end, "" if groups else text)
    if not groups:
        return Figure(decimal, at, end, text if mark == "," and decimal_mark(language) == "." else "")
    own = decimal_mark(language)
    if own is None or (mark == own and mark in _group_marks(language)):
        return Figure(value, at, end, text)
    return Figure(decimal if mark == own else value, at, end)


def _cells(text: str, at: int, parts: list[str], marks: list[str], language: str) -> Iterator[Figure]:
    """Cells of a table with commas between them, where no two of them could be groups of one number; else one doubtful figure."""
    cells = text.split(",")
    numbers = [re.split(r"\.", cell) for cell in cells]
    grouped = any(len(after[0]) == 3 and len(before[-1]) <= 3 and len(before) == 1 for before, after in pairwise(numbers))
    if set(marks) <= {",", "."} and decimal_mark(language) == "." and len(cells) > 1 and not grouped and all(len(n) <= 2 for n in numbers):
        for cell in cells:
            yield Figure(Decimal(cell), at, at + len(cell))
            at += len(cell) + 1
        return
    if set(marks) == {"."}:  # a date, a version or a section: its numbers count nothing, but a date needs them
        for part in parts:
            yield Figure(Decimal(part), at, at + len(part), text)
            at += len(part) + 1
        return
    yield Figure(Decimal("".join(parts)), at, at + len(text), text)


def _are_groups(parts: list[str]) -> bool:
    """Whether the parts are groups: by threes, or as in India by twos before the last three."""
    if not 1 <= len(parts[0]) <= 3 or (parts[0][0] == "0" and len(parts) > 1):
        return False
    if all(len(part) == 3 for part in parts[1:]):
        return True
    return len(parts) > 2 and len(parts[0]) <= 2 and len(parts[-1]) == 3 and all(len(part) == 2 for part in parts[1:-1])


@cache
def decimal_mark(language: str) -> str | None:
    """The mark before decimals, point or comma; ``None`` for a language that CLDR does not know."""
    locale = locale_of(language)
    if locale is None:
        return None
    return "." if locale.number_symbols["latn"]["decimal"] == "." else ","


@cache
def _group_marks(language: str) -> frozenset[str]:
    """The marks between groups in the countries where a language is spoken by most, if its tag names no country: in Spanish both are."""
    if "-" in language.replace("_", "-") or decimal_mark(language) == ".":
        return frozenset()
    found = set()
    for tag in _REGIONS.get(language, ()):
        locale = locale_of(tag)
        found |= {locale.number_symbols["latn"]["group"]} if locale else set()
    return frozenset(found)


_REGIONS: Final = {"es": ("es-MX", "es-US", "es-PE"), "af": ("en-ZA",)}
"""For a language whose countries differ in their separators, those that differ."""
