"""``hedge-not-in-fact``: a word beside a called number that makes another statement of it: "over" before one that is exact."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

from explainer.context import Context
from explainer.ledger import Ledger
from explainer.ledger.comparisons import compare
from explainer.lint.flat import Flat
from explainer.lint.lists import lines
from explainer.lint.tokens import CALL
from explainer.problems import Place, Problem
from explainer.prose.calls import Call
from explainer.records import Fact
from explainer.values.formula_tokens import FormulaError
from explainer.values.quantities import Quantity

_FARTHEST: Final = 60
"""So many letters before or behind a call are looked at."""
_SPEAKS = re.compile(
    r"(?:(?:know|knew|say|said|write|wrote|speak|spoke|talk|ask|report|disagree|argu|think|thought|worr|hear|tell|told|read|care)"
    r"\w*(?: \w+)?"
    r" about|(?:disagree|argu|quarrel|fight|fought|vote|debat|disput|spread|all|look)\w* over)\W*$",
    re.IGNORECASE,
)
"""Verbs whose "about" and "over" say nothing of the number behind them."""
_FORMS: Final = {"exact": "an exact number", "range": "a range"}


def hedges(context: Context, calls: Sequence[Call], flat: Flat, place: Callable[[int], Place], language: str) -> Iterator[Problem]:
    """The words right before or behind the numbers that a text calls, where these are coded in no such form.

    ``place`` gives the place of an offset in the author's file.
    """
    for call in calls:
        if call.name != "fact" or call.named.get("show") == "when":
            continue
        at = bisect_left(flat.offsets, call.start)
        if flat.text[at : at + 1] != CALL:
            continue
        for said, start in _beside(flat.text, at, language):
            forms = _forms(context.ledger, call)
            word = flat.text[start : start + 40].partition(CALL)[0].strip() if start < at else flat.text[start : start + len(said[1])]
            if forms and forms != {said[0]}:
                yield _problem(call, word, forms, place(flat.offsets[start]))


def _problem(call: Call, word: str, forms: set[str], place: Place) -> Problem:
    name = call.args[0]
    own = "several claims of different forms" if len(forms) > 1 else _FORMS.get(next(iter(forms)), f"'{next(iter(forms))}'")
    message = f"'{word}' beside the number that '{name}' prints, which is coded as {own}"
    hint = f'take the word out: a call prints the words of its own claim; else {{{{ word("{word}", why="…") }}}}'
    return Problem(place, "hedge-not-in-fact", message, hint)


def _beside(text: str, at: int, language: str) -> Iterator[tuple[tuple[str, str], int]]:
    """The forms that words beside a call give its number, with the words, and where these stand."""
    before, behind = text[max(at - _FARTHEST, 0) : at], text[at + 1 : at + 1 + _FARTHEST]
    found = _before(language)
    match = found.search(before) if found else None
    if match and not _SPEAKS.search(before):
        yield _named(match, language, "hedge "), at - len(before) + match.start("word")
    found = _behind(language)
    match = found.match(behind) if found else None
    if match:
        yield _named(match, language, "behind "), at + 1 + match.start("word")


def _named(match: re.Match[str], language: str, side: str) -> tuple[str, str]:
    word = match["word"]
    for line in lines(language):
        if line.group.startswith(side) and re.fullmatch(line.words.partition("(?=")[0], word, re.IGNORECASE):
            return line.group.removeprefix(side), word
    raise AssertionError(f"'{word}' stands in no list")


@cache
def _before(language: str) -> re.Pattern[str] | None:
    words = _words(language, "hedge ")
    return re.compile(rf"(?<![\w-])(?P<word>{words})[^\S\n]*\n?[^\S\n]*[$€£₽]?$", re.IGNORECASE) if words else None


@cache
def _behind(language: str) -> re.Pattern[str] | None:
    words = _words(language, "behind ")
    return re.compile(rf"[^\S\n]?(?:[^\W\d_]{{1,30}} )?(?P<word>{words})(?!\w)", re.IGNORECASE) if words else None


def _words(language: str, side: str) -> str:
    return "|".join(line.words for line in lines(language) if line.group.startswith(side))


def _forms(ledger: Ledger, call: Call) -> set[str]:
    """The forms of the numbers that a call prints; nothing where it prints none."""
    return {value.form for value in _values(ledger, call)}


def _values(ledger: Ledger, call: Call) -> Iterator[Quantity]:
    holder = ledger.holders.get(call.args[0])
    if holder is None:
        return
    try:
        if isinstance(holder, Fact) and holder.compares and "claim" not in call.named:
            found = compare(ledger, holder).value
            yield from (found,) if found else ()
        elif isinstance(holder, Fact) and holder.is_worked_out and "claim" not in call.named:
            yield ledger.derived(holder.id)
        else:
            chosen = ledger.entry(holder.id, call.named["claim"]) if "claim" in call.named else None
            if chosen is None and isinstance(holder, Fact):
                chosen = ledger.preferred(holder)
            entries = [chosen] if chosen else [each for each in ledger.entries(holder) if not each.deprecated]
            yield from (value for each in entries if (value := ledger.value(each)))
    except FormulaError:
        return  # another rule tells why it cannot be worked out
