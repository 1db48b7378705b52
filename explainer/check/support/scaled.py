"""Read figures that the head of a table, a caption or a column of units multiplies.

Example: "Employment (in thousands): 512" is 512,000. Such a figure supports the multiplied value,
and not the value as written. It has no magnitude and no percent sign of its own, and no noun except
that of the head.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from explainer.check.support.attribution import rows_of
from explainer.check.support.counting import clauses_of, read
from explainer.check.support.hedged import without_hedges
from explainer.check.support.nouns import Clause
from explainer.check.support.units import rates_in
from explainer.model.hedging_words import hedging_words, is_unspaced
from explainer.model.number_reader import Numeral
from explainer.model.number_words import lowered, vocabulary
from explainer.model.numerals import numerals, plain
from explainer.model.quantities import Quantity

_MONEY: Final = (
    r"(?:(?:us|au|ca|hk|nz|[acrs])?[$€£¥￥₹₽₴₩₺₫]|usd|eur|gbp|jpy|cny|rmb|rub|uah|inr|idr|chf|sek|nok|dkk|pln|czk|huf|brl|try|cad|aud|rs\.?|rp\.?"
    r"|dollars?|euros?|pounds?|roubles?|rubles?)"
)
_UNIVERSAL: Final[Mapping[str, int]] = {
    "000s": 1000,
    "'000": 1000,
    "'000s": 1000,
    "000's": 1000,
    "thousands": 1000,
    "millions": 10**6,
}
_CELL_END: Final = r"(?=\s*(?:[|\t\n:：(（\[]|[-−–]?\d|[–—=]\s|$))"
_WORDS_AFTER: Final = r"(?:[\s.,/]+(?:of\s|de\s|d'|di\s|der\s|von\s)?[^\W\d_]+\.?){0,3}"
_UNIT_AFTER: Final = r"(?:[\s./]+[^\W\d_]+\.?){0,2}"
_BRACKETS: Final = re.compile(
    r"[(\[（【][^()\[\]（）【】\d]{0,60}?(?:[1１]?[.,\s]?000)?[^()\[\]（）【】\d]{0,60}(?:[^\W\d_][23])?[)\]）】]"
)
_UNIT_POINTS: Final = re.compile(r"\.?(?:\s?[^\W\d_]{1,12}\.?){0,3}\s{0,3}(?=[\d|:\t])")
_NEXT_YEAR: Final = re.compile(r";(?=\s*(?:1[89]|20)\d\d\s*[:：–—-]\s)")
"""Matches what separates the years below one head.

Example: "Passengers (thousands), 2022: 4,812; 2023: 5,377".
"""
_MOST_WORDS: Final = 7
_PARTS: Final = frozenset(
    ["them", "whom", "which", "davon", "dont", "них", "них.", "ellos", "quali"]
)
_SPACED_END: Final = r"(?!\w)"


@dataclass(frozen=True)
class Scale:
    """A word or two that multiply the figures below them."""

    start: int
    end: int
    factor: int
    has_unit: bool
    """Whether a currency is beside it, which the figures then count."""
    words_from: int
    words_to: int
    """The end of the words of the magnitude itself; ``words_from`` is their beginning."""
    is_bracket: bool


def scales(words: str, language: str) -> tuple[Scale, ...]:
    """Return every head, caption or cell that multiplies figures."""
    return _scales(words, language)


def clauses_in(words: str, language: str, value: Quantity) -> list[Clause]:
    """Return the clauses that can support a quantity, as ``counting.clauses_of`` does.

    Figures below a head are read with its factor. Their clauses hold the figure as written.
    """
    words = without_hedges(words, language)
    found = scales(words, language)
    if not found:
        return clauses_of(words, language, value)
    text = _without(words, found)
    factors = _factors(words, language)
    bare = [each for each in clauses_of(text, language, value) if each.number.start not in factors]
    for factor in sorted(set(factors.values())):
        smaller = _divided(value, factor)
        bare += [
            each
            for each in clauses_of(text, language, smaller)
            if factors.get(each.number.start) == factor
        ]
    return bare


def scaled_numbers(words: str, language: str) -> dict[Decimal, int]:
    """Return the figures below a head, each with its factor. The keys are the values as written."""
    factors = _factors(words, language)
    return {
        number.value: factors[number.start]
        for number in numerals(_without(words, scales(words, language)), language)
        if number.start in factors
    }


def _divided(value: Quantity, factor: int) -> Quantity:
    return replace(
        value,
        a=value.a / factor,
        b=None if value.b is None else value.b / factor,
        width=None if value.width is None else value.width / factor,
    )


def _without(words: str, found: tuple[Scale, ...]) -> str:
    """Return the text with spaces in place of the words that multiply."""
    for each in found:
        words = f"{words[: each.words_from]}{' ' * (each.words_to - each.words_from)}{words[each.words_to :]}"  # noqa: E501
        unit = _UNIT_POINTS.match(words, each.words_to)
        if unit:  # the points of "тыс. чел. 512" end no sentence
            words = words[: unit.start()] + unit.group().replace(".", " ") + words[unit.end() :]
    return _NEXT_YEAR.sub(",", words)


@lru_cache(maxsize=2048)
def _factors(words: str, language: str) -> Mapping[int, int]:
    """Return the factors of the figures that a head multiplies, by the places of the figures."""
    found = scales(words, language)
    if not found:
        return {}
    text = plain(_without(words, found))
    factors: dict[int, int] = {}
    for number in dict.fromkeys(
        each for each, clause in read(_without(words, found), language) if not clause.is_bare
    ):
        if number.factor == 1 and number.mark not in ("%", "‰", "pp", "th", "name"):
            over = _over(text, number, found, language, rows_of(plain(words)))
            if over is not None:
                factors[number.start] = over.factor
    return factors


def _over(
    text: str,
    number: Numeral,
    found: tuple[Scale, ...],
    language: str,
    rows: Sequence[Sequence[tuple[int, int]]],
) -> Scale | None:
    """Return the head that multiplies a number, or None.

    It is the head of the number's column; else a bracket after the number; else the last head
    before it; else a head on its own at the end of the text. If a noun follows the number that is
    not in the text up to the head, the head counts only if no figure is between and it has no
    currency.
    """
    column = _over_column(rows, number, found)
    if column is not None:
        return column[0] if column else None
    before = [each for each in found if each.end <= number.start]
    behind = next((each for each in found if each.is_bracket and each.start >= number.end), None)
    if behind is not None and re.fullmatch(
        r"\s*(?:[^\W\d_]+\s+){0,2}", text[number.end : behind.start]
    ):
        return behind
    if not before:
        alone = found[-1]
        return (
            alone
            if re.search(r"(?:[\n.;]\s*|^)$", text[: alone.start])
            and not text[alone.end :].strip(" .")
            else None
        )
    last = before[-1]
    is_first = not any(ch.isdigit() for ch in text[last.end : number.start])
    following = re.match(r"\s*([^\W\d_]{2,})", text[number.end :])
    noun = lowered(following.group(1)) if following else ""
    spoken = vocabulary(language)
    if (
        noun
        and not any(spoken.has(key, noun) for key in ("light", "stop", "to", "and", "per"))
        and noun not in lowered(text[: last.end])
    ):
        return last if is_first and not last.has_unit else None
    return last


def _over_column(
    rows: Sequence[Sequence[tuple[int, int]]], number: Numeral, found: tuple[Scale, ...]
) -> list[Scale] | None:
    """Return the head that multiplies the column of a number, in a list of at most one.

    The list is empty if the column has no such head. The result is None if the text is no table, or
    if no row above multiplies anything.
    """
    row = next((cells for cells in rows if cells[0][0] <= number.start < cells[-1][1]), None)
    if row is None or len(row) < 2:
        return None
    own = [each for each in found if row[0][0] <= each.start < row[-1][1]]
    if own:
        return [each for each in own if each.end <= number.start][-1:]
    column = next(
        (index for index, (start, end) in enumerate(row) if start <= number.start < end), 0
    )
    for head in rows:
        heads = [each for each in found if head[0][0] <= each.start < head[-1][1]]
        if head[0][0] < row[0][0] and heads and len(head) > 1:
            at = column if len(head) == len(row) else column - 1
            return [
                each
                for each in heads
                if 0 <= at < len(head) and head[at][0] <= each.start < head[at][1]
            ]
    return None


@cache
def _magnitudes(language: str) -> tuple[Mapping[str, int], re.Pattern[str]]:
    """Return the words and signs that multiply in a head, with their factors, and their pattern.

    They are those of the language and those of all languages.
    """
    spoken, own = vocabulary(language), hedging_words(language).heads
    known = {
        word: int(factor)
        for word, factor in spoken.magnitudes.items()
        if factor >= 1000 and factor == int(factor)
    }
    if "unspaced" in spoken.flags or language.startswith("ko"):
        known |= {
            word: int(factor)
            for word, factor in spoken.magnitudes.items()
            if factor >= 10 and is_unspaced(word[0])
        }
    known |= {**_UNIVERSAL, **own}
    longest = sorted(known, key=lambda word: (-len(word), word))
    made = "|".join(
        (r"(?<![^\W_])" if word[0].isalnum() and not is_unspaced(word[0]) else "")
        + re.escape(word).replace(r"\ ", r"\s+")
        + (_SPACED_END if word[-1].isalnum() and not is_unspaced(word[-1]) else "")
        for word in longest
    )
    return known, re.compile(rf"(?:{made})(?:\s?(?:{made}))?")


@lru_cache(maxsize=2048)
def _scales(words: str, language: str) -> tuple[Scale, ...]:
    if not any(ch.isdigit() for ch in words):
        return ()
    low = lowered(plain(words))
    known, pattern = _magnitudes(language)
    if not pattern.search(low) and "000" not in low:
        return ()
    spans = [
        (each.start, each.end)
        for each in numerals(words, language)
        if any(ch.isdigit() for ch in low[each.start : each.end])
    ]
    of_rates = [
        (rate.start, rate.end) for rate in rates_in(plain(words), language)
    ]  # "ezer lakosra": per thousand inhabitants
    found: list[Scale] = []
    for match in _BRACKETS.finditer(low):
        if scale := _in_bracket(low, match, known, pattern, language):
            found.append(scale)
    for match in pattern.finditer(low):
        inside = any(each.start <= match.start() < each.end for each in found)
        if inside or any(
            start < match.end() and match.start() < end for start, end in [*spans, *of_rates]
        ):
            continue
        if scale := _in_cell(low, match, known, language):
            found.append(scale)
    found.sort(key=lambda each: each.start)
    return tuple(
        one
        for one, after in pairwise([*found, None])
        if one is not None and (after is None or one.end <= after.start)
    )


def _factor(text: str, known: Mapping[str, int]) -> int:
    """Return the factor of one magnitude or of two in a row ("hundred thousand", 百万), or 0."""
    word = re.sub(r"\s+", " ", text)
    if word in known:
        return known[word]
    for cut in range(1, len(word)):
        head, tail = word[:cut].strip(), word[cut:].strip()
        if head in known and tail in known:
            return known[head] * known[tail]
    return 0


def _in_bracket(
    low: str,
    match: re.Match[str],
    known: Mapping[str, int],
    pattern: re.Pattern[str],
    language: str,
) -> Scale | None:
    """Return the scale of a bracket that holds only a magnitude and perhaps a unit, or None.

    Examples: "(in thousands)", "(US$ million)", "（単位：百万円）".
    """
    start, end = match.start() + 1, match.end() - 1
    inside = low[start:end]
    if len(inside.split()) > _MOST_WORDS or _PARTS & set(inside.split()):
        return None
    magnitude = pattern.search(low, start, end)
    lead = (
        "|".join(map(re.escape, sorted(hedging_words(language).head_in, key=len, reverse=True)))
        or "in"
    )
    if magnitude is None or magnitude.end() > end:
        digits = re.fullmatch(
            rf"\s*(?:{lead})\s+{_MONEY}?\s*(1[.,\s'’]?000)\b.*|\s*(?:{_MONEY}\s?)?('?000s?)\s*",
            inside,
        )
        if digits is None and re.match(
            r"\s*[:|\t\n\d]", low[match.end() :]
        ):  # "Työlliset (1 000 henkeä) 512"
            digits = re.fullmatch(r"\s*(1[.,\s'’]?000)(?:\s[^\W\d_]+[²³23]?\.?)?\s*", inside)
        if digits is None:
            return None
        group = next(index for index, part in enumerate(digits.groups(), 1) if part)
        return Scale(
            match.start(),
            match.end(),
            1000,
            bool(re.search(_MONEY, inside)),
            start + digits.start(group),
            start + digits.end(group),
            is_bracket=True,
        )
    if any(ch.isdigit() for ch in low[start : magnitude.start()]) or any(
        ch in ".;!?" and ch != "." for ch in inside
    ):
        return None
    factor = _factor(magnitude.group(), known)
    if factor < 1000 or len(low[magnitude.end() : end].split()) > 4:
        return None
    has_money = re.search(rf"(?<![^\W\d_]){_MONEY}(?![^\W\d_])", inside) is not None
    begun = re.match(rf"\s*(?:{lead})[\s:：]*", inside)
    words_from = (
        start + begun.start()
        if begun and begun.end() + start <= magnitude.start()
        else magnitude.start()
    )
    return Scale(
        match.start(), match.end(), factor, has_money, words_from, magnitude.end(), is_bracket=True
    )


def _in_cell(
    low: str, match: re.Match[str], known: Mapping[str, int], language: str
) -> Scale | None:
    """Return the scale of a magnitude in a cell of its own, after a comma or after "in", or None.

    Examples: "Sales, US$ million: 512", "in thousands 512".
    """
    factor = _factor(match.group(), known)
    if factor < 1000 or (len(match.group()) < 2 and not is_unspaced(match.group()[0])):
        return None
    lead = (
        "|".join(map(re.escape, sorted(hedging_words(language).head_in, key=len, reverse=True)))
        or "in"
    )
    glue = r"\s*" if language.partition("-")[0] in ("ar", "zh", "ja", "ko") else r"\s+"
    before = low[max(0, match.start() - 50) : match.start()]
    led = re.search(rf"(?<![^\W\d_])(?:{lead})[:：]?{glue}(?:{_MONEY}\s*)?$", before)
    cell = re.search(
        rf"(?:^|[|\t\n]|[,;:：，、–—]\s|：)\s*(?:(?:in\s+)?{_MONEY}\s*)?$",
        before if match.start() > 50 else low[: match.start()],
    )
    money = re.search(rf"(?<![^\W\d_]){_MONEY}\s*$", before)
    if not (led or cell or money):
        return None
    after = re.match(
        rf"\.?{_WORDS_AFTER if led else _UNIT_AFTER if cell else ''}{_CELL_END}", low[match.end() :]
    )
    if after and cell and not led and not money and not _is_head(low, match, after, language):
        return None
    ends = rf"(?:{_CELL_END}|(?=\s))" if led else _CELL_END
    glued = (
        re.match(rf"[^\W\d_]{{0,4}}{ends}", low[match.end() :])
        if is_unspaced(match.group()[-1])
        else None
    )
    closed = led and re.match(
        r"\.?(?:\s+(?:of\s|de\s|d'|di\s)?[^\W\d_]+)?\s*[,.;]", low[match.end() :]
    )
    if not (after or glued or closed):
        return None
    begin = match.start() - len(before) + led.start() if led else match.start()
    following = low[match.end() : match.end() + 20].partition("\n")[0]
    has_money = (
        money is not None or re.search(rf"(?<![^\W\d_]){_MONEY}(?![^\W\d_])", following) is not None
    )
    return Scale(
        begin,
        match.end(),
        factor,
        has_money,
        begin if led else match.start(),
        match.end(),
        is_bracket=False,
    )


def _is_head(low: str, match: re.Match[str], after: re.Match[str], language: str) -> bool:
    """Return whether a magnitude after a comma is the head of a figure.

    Otherwise it begins a clause. Examples: "Population, thousands: 512", "тыс. чел. 512".
    """
    spoken, words = vocabulary(language), after.group().strip(" .").split()
    closed = re.match(r"\s*[|\t\n:：]", low[match.end() + after.end() :]) is not None
    plain_words = [word.strip(".") for word in words if not (closed and spoken.has("of", word))]
    if any(spoken.has(key, word) for word in plain_words for key in ("stop", "light")):
        return False
    return closed or not words or "." in after.group()[:1] or len(match.group()) <= 4
