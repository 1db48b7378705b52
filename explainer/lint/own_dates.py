"""A typed date that is the date or the period of a claim called in the same sentence: it is borne out by that claim."""

from __future__ import annotations

import re
from collections.abc import Iterable

from explainer.values.dates import Edtf
from explainer.values.days import said_year
from explainer.values.months import months

_PIECE = re.compile(r"\d+|[^\W\d_]+")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|by|since|until|till|from|to|during|before|after|year|years|for|of|through|early|late|mid|and|spring|summer|autumn|fall|winter"
    r"|im Jahr|im Jahre|Jahr|seit|bis|von|ab|vor|nach|um|Sommer|Winter|Frühjahr|Herbst|в|во|к|с|до|после|за|году|год|у|від|після|з|рік|році|року)[ \u00a0-])$",
    re.IGNORECASE,
)
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
    if bare and not (all(len(piece) == 4 for piece in pieces) and _YEAR_BEFORE.search(before[-40:]) and _NO_NOUN_FOLLOWS.match(after[:40])):
        return False
    return any(_is_part(pieces, named, date) for date in dates)


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
