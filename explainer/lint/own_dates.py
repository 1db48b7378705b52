"""A typed date that is the date or the period of a claim called in the same sentence: it is borne out by that claim.

A year without a month is one only where the words around it are a date's: "in 2025", "by 2025", "the spring of 2025". "Grew to
2025" and "a total of 2025" are values, though the fact may be of 2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from explainer.lint.lists import pattern
from explainer.values.dates import Edtf
from explainer.values.days import said_year
from explainer.values.months import months

_PIECE = re.compile(r"\d+|[^\W\d_]+")
_SURELY = re.compile(
    r"\b(?:since|until|till|during|before|after|years?|early|late|mid|spring|summer|autumn|fall|winter|im Jahre?|Jahr|seit|ab|vor|nach"
    r"|Sommer|Winter|Frühjahr|Herbst|году|год|рік|році|року|desde|año|depuis|année|od|roku|rok)[ \u00a0-]$",
    re.IGNORECASE,
)
"""Words that make a date of the year behind them."""
_PERHAPS = re.compile(r"\b(?:in|by|of|for|from|bis|von|um|en|w)[ \u00a0]$", re.IGNORECASE)
"""Words that do so where nothing is told before them that has an amount."""
_SPAN = re.compile(r"(?P<first>\d{4})[ \u00a0](?:to|and|through|bis|und|a|à|y|et)[ \u00a0]$", re.IGNORECASE)
"""A year before another year: "from 2024 to 2025"."""
_SLAVIC = re.compile(r"\b(?:в|во|к|с|до|после|за|у|від|з|із|на|по|к)[ \u00a0]$", re.IGNORECASE)
_YEAR_BEHIND = re.compile(r"[ \u00a0](?:год\w{0,2}|рок\w{1,2}|рік|р\.|г\.)(?!\w)")
_GOES_ON = re.compile(r"[ \u00a0](?:on|onwards?|until|till|(?:to|until|till|bis)[ \u00a0](?P<last>\d{4}))\b")
_NO_NOUN_FOLLOWS = re.compile(
    r"\s*(?:$|[.,;:!?)\]’”»—–|\ufffc]|(?:is|was|were|are|the|a|an|it|they|he|she|and|to|or|in|on|at|as|there|that|this|these|more|some|than|had|has|will|would"
    r"|год\w{0,2}|рок\w{1,2}|рік|р\.|г\.|waren?|wurden?|ist|sind|die|der|das|und|bis|es|gab|и|та|і|по|до)\b)"
)


def is_own_date(typed: str, before: str, after: str, dates: Iterable[Edtf], language: str) -> bool:
    """Whether what is typed is all of one of the dates, or a part of it, and reads as a date in its place."""
    pieces = _PIECE.findall(typed)
    if not pieces or len(pieces) > 8:
        return False
    named = [_month(piece, language) for piece in pieces]
    bare = all(month is None for month in named)
    if bare and not (all(len(piece) == 4 for piece in pieces) and _reads_as_a_year(typed, before[-60:], after[:40], language)):
        return False
    return any(_is_part(pieces, named, date) for date in dates)


def _reads_as_a_year(typed: str, before: str, after: str, language: str) -> bool:
    """Whether the words around four digits are those of a date."""
    if not _NO_NOUN_FOLLOWS.match(after):
        return False
    span = _SPAN.search(before)
    if span or _SURELY.search(before):
        return span is None or span["first"] < typed
    if _SLAVIC.search(before):
        return _YEAR_BEHIND.match(after) is not None
    goes_on = _GOES_ON.match(after)
    if goes_on and _PERHAPS.search(before):
        return goes_on["last"] is None or typed < goes_on["last"]
    return _PERHAPS.search(before) is not None and _of_an_amount(language).search(before) is None


@cache
def _of_an_amount(language: str) -> re.Pattern[str]:
    """Words before a preposition that make a value of the number behind it."""
    changing, amount = pattern("changing", language), pattern("amount", language)
    return re.compile(
        rf"\b{changing}(?:[ \u00a0][\w’'-]+){{0,2}}[ \u00a0](?:to|by|from|of|in|for|at|um|von|bis|en|w)[ \u00a0]$"
        rf"|\b{amount}[ \u00a0](?:of|in|von|en)[ \u00a0]$",
        re.IGNORECASE,
    )


def _is_part(pieces: list[str], named: list[int | None], date: Edtf) -> bool:
    parts = {name: {value for other, value in date.parts if other == name} for name, _ in date.parts}
    years = {str(said_year(year)) for year in parts.get("year", set())}
    days = {str(day) for day in parts.get("day", set())}
    for piece, month in zip(pieces, named, strict=True):
        if month is not None:
            if month not in parts.get("month", set()):
                return False
        elif len(piece) == 4:
            if piece not in years:
                return False
        elif piece.lstrip("0") not in days and piece not in ("st", "nd", "rd", "th"):
            return False
    return True


def _month(word: str, language: str) -> int | None:
    known = months(language)
    return known.get(word.casefold()) or known.get(f"{word.casefold()}.")
