"""What a quote cut off at its number: the kept text says "310 to 510 people" or "12 million", the quote "510 people" or "12"."""

from __future__ import annotations

from collections.abc import Collection

from explainer.bearing.counting import clauses_of
from explainer.quotation.quotes import Match
from explainer.values.numerals import plain
from explainer.values.quantities import Quantity

_AROUND = 80
"""How many letters of the kept text are read on either side of a quote."""
_SHOWN = 30


def cut_off(text: str, match: Match, quote: str, language: str, value: Quantity, nouns: Collection[str]) -> str:
    """The kept text around a quote, where it makes the quote's number another one; empty where it does not.

    ``match`` is where the quote stands in ``text``.
    """
    before, after = _before(text, match.span.start), _after(text, match.span.end)
    whole = before + quote + after
    borne = {clause.number.end for clause in clauses_of(quote, language, value) if clause.noun(nouns, nouns)}
    kept = {clause.number.end - len(before) for clause in clauses_of(whole, language, value) if not clause.doubt}
    if not borne or borne & kept or len(plain(whole)) != len(whole):
        return ""
    return f"{before[-_SHOWN:]}{quote}{after[:_SHOWN]}".strip()


def _before(text: str, start: int) -> str:
    """The text before a place, from the beginning of a word and of its paragraph."""
    begin = max(0, start - _AROUND)
    while 0 < begin < start and not text[begin - 1].isspace():
        begin += 1
    return text[begin:start].rsplit("\n\n", maxsplit=1)[-1]


def _after(text: str, end: int) -> str:
    stop = min(len(text), end + _AROUND)
    while end < stop < len(text) and not text[stop].isspace():
        stop -= 1
    return text[end:stop].split("\n\n", maxsplit=1)[0]
