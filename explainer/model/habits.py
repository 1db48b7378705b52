"""Hints for amounts and dates that cannot be parsed: how a record writes what the author meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from explainer.model.number_words import names_of_months

_LONGEST: Final = 60
"""The longest text that is looked at, in characters."""
_FORMS: Final = {
    "about": (
        "~",
        "≈",
        "c.",
        "ca.",
        "ca",
        "circa",
        "approx.",
        "approx",
        "approximately",
        "around",
        "roughly",
        "some",
        "etwa",
        "rund",
        "environ",
        "около",
        "примерно",
        "близько",
        "about",
    ),
    "over": (">", "more than", "above", "over", "mehr als", "plus de", "более", "понад"),
    "at least": (
        "≥",
        ">=",
        "min.",
        "minimum",
        "at least",
        "mindestens",
        "au moins",
        "не менее",
        "щонайменше",
    ),
    "under": (
        "<",
        "less than",
        "fewer than",
        "below",
        "under",
        "weniger als",
        "moins de",
        "менее",
        "менше",
    ),
    "up to": (
        "≤",
        "<=",
        "max.",
        "maximum",
        "at most",
        "as many as",
        "up to",
        "bis zu",
        "höchstens",
        "jusqu'à",
        "до",
    ),
    "almost": ("nearly", "just under", "almost", "fast", "presque", "почти", "майже"),
}
"""The words and signs for each form of a quantity, in several languages."""
_SIZES: Final = {
    "k": 3,
    "thousand": 3,
    "tausend": 3,
    "mille": 3,
    "тыс.": 3,
    "тис.": 3,
    "m": 6,
    "mn": 6,
    "million": 6,
    "millions": 6,
    "mio.": 6,
    "млн": 6,
    "bn": 9,
    "billion": 9,
    "billions": 9,
    "mrd.": 9,
    "млрд": 9,
    "tn": 12,
    "trillion": 12,
}
_DIGITS: Final = r"[-−]?\d[\d.,'’_ \u00a0\u2009\u202f]*"
_WORDS: Final = sorted((word for words in _FORMS.values() for word in words), key=len, reverse=True)
_HEAD = re.compile(rf"(?P<word>{'|'.join(map(re.escape, _WORDS))})(?![^\W\d_])\s*", re.IGNORECASE)
_JOINS: Final = r"(?:-|–|—|‒|\.\.\.|…| to | and | bis | und | à | et | a | до | и | та )"
_RANGE = re.compile(
    rf"(?:between |from |zwischen |entre |от |від )?(?P<a>{_DIGITS})\s*{_JOINS}"
    rf"\s*(?P<b>{_DIGITS})(?P<rest>\D*)",
    re.IGNORECASE,
)
_ONE = re.compile(rf"[$€£¥₽₴₹]?\s*(?P<a>{_DIGITS})(?P<rest>\D*)")
_TRIMMED: Final = " \t\"'“”„‘’«»"
_LANGUAGES: Final = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "ru",
    "uk",
    "sv",
    "da",
    "nb",
    "fi",
    "cs",
    "tr",
    "ro",
    "hu",
)
"""The languages in which the name of a month is looked up, in this order."""
_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}


def amount_hint(text: str) -> str:
    """Return how a record writes an amount that cannot be parsed, or "" if that is not clear."""
    text = text.strip(_TRIMMED)
    if not 0 < len(text) <= _LONGEST:
        return ""
    head = _HEAD.match(text)
    form = next(
        (form for form, words in _FORMS.items() if head and head["word"].lower() in words), ""
    )
    rest = text[head.end() :] if head else text
    if match := _RANGE.fullmatch(rest):
        ends, unit = [_number(match[end]) for end in ("a", "b")], match["rest"]
        if form or not all(ends):
            return ""
        low, high = (_sized(end or "", unit) for end in ends)
        return _said([f"{low}..{high}"], unit) if Decimal(low) < Decimal(high) else ""
    if (match := _ONE.fullmatch(rest)) is None or (number := _number(match["a"])) is None:
        return ""
    written = f"{form} {_sized(number, match['rest'])}".strip()
    others = (
        [f"{form} {match['a'].strip().replace(',', '.')}".strip()]
        if re.fullmatch(r"\d{1,3},\d{3}", match["a"].strip())
        else []
    )
    return _said([written, *others], match["rest"]) if [written] != [text] else ""


def _said(forms: list[str], rest: str) -> str:
    hint = f"write {forms[0]}" + (
        f", or {forms[1]} if the comma is a decimal comma" if len(forms) > 1 else ""
    )
    unit = rest.strip(" .").lower()
    return (
        f"{hint}; what it counts stands in 'unit'"
        if unit and unit not in _SIZES and f"{unit}." not in _SIZES
        else hint
    )


def _number(written: str) -> str | None:
    """Return a number with separators as plain digits, or None if its meaning is not clear."""
    plain = re.sub(r"[\s'’_]", "", written.strip()).replace("−", "-").rstrip(".,")
    for grouped, decimal in ((",", "."), (".", ",")):
        is_grouped = re.fullmatch(
            rf"-?\d{{1,3}}(?:{re.escape(grouped)}\d{{3}})+(?:{re.escape(decimal)}\d+)?", plain
        )
        if is_grouped and (
            grouped == "," or plain.count(".") > 1 or "," in plain
        ):  # 1.500 alone means one and a half
            return plain.replace(grouped, "").replace(decimal, ".")
    if re.fullmatch(r"-?\d+,\d+", plain):
        return plain.replace(",", ".")
    return plain if re.fullmatch(r"-?\d+(?:\.\d+)?", plain) else None


def _sized(number: str, rest: str) -> str:
    """Return a number multiplied by the magnitude word (such as "million") that begins ``rest``."""
    word = rest.strip().split(" ")[0].lower()
    power = _SIZES.get(word, _SIZES.get(f"{word}.", 0))
    return f"{(Decimal(number) * 10**power).normalize():f}" if power else number


def dates_meant(text: str) -> list[str]:
    """Return the EDTF dates that a text in another form may mean.

    There are several if day and month may be exchanged, as in 3/4/2024.
    """
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", " ".join(text.strip(_TRIMMED).split()))
    return list(dict.fromkeys(_dates(text))) if 0 < len(text) <= _LONGEST else []


def _dates(text: str) -> Iterator[str]:  # noqa: C901
    if match := re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", text):
        one, sign, two, year = int(match[1]), match[2], int(match[3]), match[4]
        orders = [(one, two)] if sign == "." else [(one, two), (two, one)]
        yield from (f"{year}-{month:02}-{day:02}" for day, month in orders if _fits(day, month))
    elif match := re.fullmatch(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})\.?", text) or re.fullmatch(
        r"(\d{4})(\d\d)(\d\d)", text
    ):
        if _fits(int(match[3]), int(match[2])):
            yield f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    elif (match := re.fullmatch(r"(\d{1,2})[./-](\d{4})", text)) and _fits(1, int(match[1])):
        yield f"{match[2]}-{int(match[1]):02}"
    elif (match := re.fullmatch(r"(\d{4})[./](\d{1,2})", text)) and _fits(1, int(match[2])):
        yield f"{match[1]}-{int(match[2]):02}"
    elif match := re.fullmatch(r"(\d{4})\s?(?:-|–|—|to|bis)\s?(\d{4})", text):
        yield f"{match[1]}/{match[2]}"
    elif match := re.fullmatch(r"(?:the )?(\d{3})0['’]?s", text):
        yield f"{match[1]}X"
    elif match := re.fullmatch(
        r"(?:c\.|ca\.?|circa|about|around|~)\s?(\d{4})", text, re.IGNORECASE
    ):
        yield f"{match[1]}~"
    elif match := re.fullmatch(r"since (\d{4})|(\d{4})\s?[-–]", text, re.IGNORECASE):
        yield f"{match[1] or match[2]}/.."
    elif match := re.fullmatch(r"Q([1-4])[ /]?(\d{4})|(\d{4})[ -]?Q([1-4])", text, re.IGNORECASE):
        yield f"{match[2] or match[3]}-{32 + int(match[1] or match[4])}"
    elif (match := re.fullmatch(r"([a-z]+) (\d{4})", text, re.IGNORECASE)) and match[
        1
    ].lower() in _SEASONS:
        yield f"{match[2]}-{_SEASONS[match[1].lower()]}"
    else:
        yield from _named(text)


def _named(text: str) -> Iterator[str]:
    """Yield the date of a text that holds the name of a month."""
    day_first = re.fullmatch(
        r"(?:(?P<d>\d{1,2})\.?(?: de| of)? )?(?P<m>[^\W\d_]+)\.?,?(?: de| of)? (?P<y>\d{4})(?:"
        r" ?г\.?| ?р\.?)?",
        text,
    )
    match = day_first or re.fullmatch(r"(?P<m>[^\W\d_]+)\.? (?P<d>\d{1,2}),? (?P<y>\d{4})", text)
    named = match["m"].casefold() if match else ""
    month = (
        next((found for each in _LANGUAGES if (found := names_of_months(each).get(named))), None)
        if named
        else None
    )
    if match is None or month is None:
        return
    if match["d"] is None:
        yield f"{match['y']}-{month:02}"
    elif _fits(int(match["d"]), month):
        yield f"{match['y']}-{month:02}-{int(match['d']):02}"


def _fits(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12
