"""Words that hedge, date or deny a number, from ``hedging/<language>.tsv``.

``hedging/README.md`` describes these files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from explainer.languages import LISTS
from explainer.model.number_words import folded, lowered, spelled, spellings

__all__ = [
    "BOUNDS",
    "LENGTHS",
    "NO_SPAN",
    "RELATIVE",
    "HedgingWords",
    "Phrases",
    "hedging_words",
    "is_unspaced",
    "lowered",
]

_FOLDER: Final = LISTS / "hedging"
BOUNDS: Final = ("over", "atleast", "under", "upto", "almost", "about", "not", "exact", "guess")
"""The keys of phrases before a number. With ``+`` before the key, they come after the number."""

LENGTHS: Final = {
    "span1": (1, 2),
    "span7": (1, 10),
    "span31": (1, 31),
    "spanyear": (28, 366),
    "within1": (1, 2),
    "within7": (1, 10),
    "within31": (1, 31),
}
"""The keys of times that give a length only, with their fewest and most days.

Examples: "in the past 24 hours", "so far this year".
"""
NO_SPAN: Final = "nospan"
"""The key of phrases that begin like such a time but are not one.

Example: Russian "за день до", "the day before".
"""
RELATIVE: Final = (
    "year-1",
    "year+1",
    "year-10",
    "month-1",
    "month+1",
    "earlier",
    "lastyear",
    "now",
    *LENGTHS,
    NO_SPAN,
)
"""The keys of relative times.

They are a distance from another time in years or months, a distance from an unknown time, or a
length.
"""


@dataclass(frozen=True)
class Phrases:
    """Phrases of a language, each with its keys."""

    keys: Mapping[str, frozenset[str]]
    pattern: re.Pattern[str] | None
    """Matches any of them in folded text, the longest first. ``None`` if there are no phrases."""

    def of(self, match: re.Match[str]) -> frozenset[str]:
        """Return the keys of a phrase that the pattern matched."""
        phrase = re.sub(r"\s+", " ", match.group())
        return self.keys.get(phrase) or self.keys[folded(phrase)]


@dataclass(frozen=True)
class HedgingWords:
    """The words of one language. All are empty if the language has no file."""

    is_complete: bool
    before: Phrases
    """Phrases before a number that say how it is meant, by the keys of ``BOUNDS``."""
    after: Phrases
    times: Phrases
    """Phrases before a time that make it a start or an end, or compare with it.

    Examples: since, until, than.
    """
    times_after: Phrases
    compared: Phrases
    """Phrases that compare with another number or time: than."""
    filler: Phrases
    reaching: frozenset[str]
    """Verbs before a number that a word of ``denying`` after the number denies."""
    denying: frozenset[str]
    said: tuple[str, ...]
    """Beginnings of verbs of saying. The time beside one is when something was said."""
    best: tuple[str, ...]
    """Beginnings of words that compare with all times since another time."""
    in_order: Phrases
    """Phrases that assign several numbers to several times in order."""
    due: Phrases
    """Phrases that say how many were due: "300 **were due**, and they got fewer"."""
    of_each: Phrases
    """Phrases that apply a bound to each number of a list: "respectively", Japanese "いずれも"."""
    clause: Phrases
    """Words that begin a clause that gives a compared time: when, while."""
    relative: Phrases
    """Relative times, by the keys of ``RELATIVE``: a year earlier, in the previous month, today."""
    ago: Phrases
    """Words that, before a number of years or months, make it a time: Russian "через"."""
    spans: Phrases
    """The units of time after such a number."""
    other_events: Phrases
    """Words that begin a clause about another event: "after he was hurt on 2 May"."""
    events: Phrases
    """Nouns for events that happen once. A year or month beside one identifies the event.

    Example: "the 2016 election".
    """
    points: Phrases
    """Words that, before a month, make it a day: "at the end of June"."""
    heads: Mapping[str, int]
    """Words in a table's head that multiply its figures, besides the language's magnitudes.

    The value is the factor: 1000 for "thousands".
    """
    head_in: frozenset[str]
    """Words that may come before such a word: "in" of "in thousands"."""
    doubting: Phrases
    """Phrases anywhere before a number in its clause that make it a guess, a hope or denied.

    The keys are ``guess``, ``maybe`` and ``deny``.
    """
    doubting_after: Phrases
    """The same, for phrases anywhere after the number in its sentence."""
    plans: Phrases
    """Phrases in a title, question or note that say numbers are planned, forecast or missing."""
    opening: frozenset[str]
    """Words that begin a sentence about what might have been: "Had 300 come"."""
    able: frozenset[str]
    """Verbs that make "could" mean an ability: "could hold 300"."""
    collective: frozenset[str]
    """Number words that mean "about": French "vingtaine"."""
    turned: frozenset[str]
    """Nouns that, before a number, make it mean "about": Russian "человек двадцать"."""
    heading: frozenset[str]
    """Words that, before such a noun, prevent that: "число человек 20"."""


@cache
def hedging_words(language: str) -> HedgingWords:
    """Return the words of a language, by its tag. "pt-BR" has the words of "pt"."""
    short = language.replace("_", "-").split("-")[0].casefold()
    short = {"no": "nb", "nn": "nb", "yue": "zh", "in": "id"}.get(short, short)
    path = _FOLDER / f"{short}.tsv"
    found: dict[str, set[str]] = {}
    if short.isascii() and short.isalpha() and path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            key, _, words = line.partition("\t")
            if key and not key.startswith("#"):
                found.setdefault(key, set()).update(
                    form for word in words.split() for form in _forms(word)
                )
    return HedgingWords(
        "complete" in found.get("flags", ()),
        _phrases(found, {key: key for key in BOUNDS}),
        _phrases(found, {f"+{key}": key for key in BOUNDS}),
        _phrases(found, {"since": "since", "until": "until", "than": "than"}),
        _phrases(found, {"+since": "since", "+until": "until"}),
        _phrases(found, {"than": "than"}),
        _phrases(found, {"filler": "filler"}),
        frozenset(found.get("reach", ())),
        frozenset(found.get("no", ())),
        tuple(sorted(found.get("said", ()))),
        tuple(sorted(found.get("best", ()))),
        _phrases(found, {"each": "each"}),
        _phrases(found, {"due": "due"}),
        _phrases(found, {"each": "each", "all": "each"}),
        _phrases(found, {"when": "when"}),
        _phrases(found, {key: key for key in RELATIVE}),
        _phrases(found, {"ago": "ago"}),
        _phrases(found, {"spans": "spans"}),
        _phrases(found, {"other": "other"}),
        _phrases(found, {"event": "event"}),
        _phrases(found, {"point": "point"}),
        {
            word: int(key[4:])
            for key, words in sorted(found.items())
            if key[:4] == "head" and key[4:].isdigit()
            for word in sorted(words)
        },
        frozenset(found.get("headin", ())),
        _phrases(found, {"guess": "guess", "maybe": "maybe", "deny": "deny", "plain": "plain"}),
        _phrases(found, {"+guess": "guess", "+maybe": "maybe", "+deny": "deny", "plain": "plain"}),
        _phrases(found, {"plan": "plan", "maybe": "maybe"}),
        frozenset(found.get("maybefirst", ())),
        frozenset(found.get("able", ())),
        frozenset(found.get("collective", ())),
        frozenset(found.get("turned", ())),
        frozenset(found.get("heading", ())),
    )


def is_unspaced(letter: str) -> bool:
    """Return whether a letter is of a script without spaces between words and their endings.

    These are Thai, Lao, Chinese, Japanese and Korean.
    """
    return (
        "\u0e00" <= letter <= "\u0eff"
        or "\u3040" <= letter <= "\u9fff"
        or "\uac00" <= letter <= "\ud7af"
    )


def _phrases(found: Mapping[str, set[str]], names: Mapping[str, str]) -> Phrases:
    keys: dict[str, set[str]] = {}
    for key, name in names.items():
        for phrase in found.get(key, ()):
            keys.setdefault(phrase.removeprefix("*"), set()).add(name)
    glued = {phrase[1:] for key in names for phrase in found.get(key, ()) if phrase.startswith("*")}
    longest = sorted(
        (f"*{each}" if each in glued else each for each in keys),
        key=lambda phrase: (-len(phrase), phrase),
    )
    made = "|".join(map(_pattern, longest))
    return Phrases(
        {phrase: frozenset(of) for phrase, of in keys.items()}, re.compile(made) if made else None
    )


def _pattern(phrase: str) -> str:
    """Return a pattern for a phrase.

    The ends of the phrase must be ends of words if its script has spaces. A ``*`` before the
    phrase allows it to be the end of a longer word.
    """
    phrase, is_glued = phrase.removeprefix("*"), phrase.startswith("*")
    inner = r"\s+".join(map(spelled, phrase.split()))
    before = (
        r"(?<!\w)" if phrase[0].isalnum() and not is_unspaced(phrase[0]) and not is_glued else ""
    )
    return (
        before + inner + (r"(?!\w)" if phrase[-1].isalnum() and not is_unspaced(phrase[-1]) else "")
    )


def _forms(word: str) -> set[str]:
    """Return the spellings of a word such as ``million{,en}``, folded, with ``_`` as a space."""
    return {folded(form.replace("_", " ")).strip() for form in spellings(word)}
