"""What words say about a number besides its digits, from ``hedging/<language>.tsv``;
``hedging/README.md`` says what those hold.
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
"""The keys of what stands before a number; with ``+`` before them, of what stands after it."""

LENGTHS: Final = {
    "span1": (1, 2),
    "span7": (1, 10),
    "span31": (1, 31),
    "spanyear": (28, 366),
    "within1": (1, 2),
    "within7": (1, 10),
    "within31": (1, 31),
}
"""The keys of times that are told by their length alone, "in the past 24 hours" or "so far this
year", with their fewest and most days."""
NO_SPAN: Final = "nospan"
"""The key of phrases that begin as such a time does and tell none: Russian "за день до", "the day
before"."""
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
"""The keys of times that are told by their distance: from another time, in years or months; from an
unknown one; and of lengths."""


@dataclass(frozen=True)
class Phrases:
    """Phrases of a language, each with the keys that it stands under."""

    keys: Mapping[str, frozenset[str]]
    pattern: re.Pattern[str] | None
    """Finds any of them in folded text, the longest first."""

    def of(self, match: re.Match[str]) -> frozenset[str]:
        """The keys of a phrase that the pattern found."""
        phrase = re.sub(r"\s+", " ", match.group())
        return self.keys.get(phrase) or self.keys[folded(phrase)]


@dataclass(frozen=True)
class HedgingWords:
    """The words of one language; a language without a file has none."""

    is_complete: bool
    before: Phrases
    """What before a number says how it is meant, by the keys of ``BOUNDS``."""
    after: Phrases
    times: Phrases
    """What before a time makes it the beginning or the end of a spell, or sets it against another:
    since, until, than."""
    times_after: Phrases
    compared: Phrases
    """What sets one number or time against another: than."""
    filler: Phrases
    reaching: frozenset[str]
    """Verbs before a number that ``denying`` after it denies."""
    denying: frozenset[str]
    said: tuple[str, ...]
    """Beginnings of words by which somebody tells something."""
    best: tuple[str, ...]
    """Beginnings of words that compare with all times since another."""
    in_order: Phrases
    """What gives several numbers to several times in their order."""
    due: Phrases
    """What says that so many were due: "300 **were due**, and they got fewer"."""
    of_each: Phrases
    """What says that a bound told once is of each number of a list: "respectively", Japanese
    "いずれも"."""
    clause: Phrases
    """What gives a time that is compared with a clause of its own: when, while."""
    relative: Phrases
    """Times told by their distance from another, by the keys of ``RELATIVE``: a year earlier, in
    the previous month, today."""
    ago: Phrases
    """What before a number of years or months makes a time of it: Russian "через"."""
    spans: Phrases
    """The units of time behind such a number."""
    other_events: Phrases
    """What opens a clause that tells of another event: "after he was hurt on 2 May"."""
    events: Phrases
    """Nouns for what happens once, so that the year or month beside one tells which is meant: "the
    2016 election"."""
    points: Phrases
    """What before a month makes a day of it: "at the end of June"."""
    heads: Mapping[str, int]
    """Words that in the head of a table multiply its figures, beside the language's magnitudes."""
    head_in: frozenset[str]
    """What such a word may follow: "in" of "in thousands"."""
    doubting: Phrases
    """What anywhere before a number in its clause makes it a guess, a hope or a denied number:
    ``guess``, ``maybe``, ``deny``."""
    doubting_after: Phrases
    """The same anywhere after the number in its sentence."""
    plans: Phrases
    """What says in a title, a question or a note that numbers are planned, forecast or lacking."""
    opening: frozenset[str]
    """What opens a sentence about what might have been: "Had 300 come"."""
    able: frozenset[str]
    """Verbs that make "could" an ability: "could hold 300"."""
    collective: frozenset[str]
    """Number words that mean about so many: French "vingtaine"."""
    turned: frozenset[str]
    """Nouns that before a number make it about so many: Russian "человек двадцать"."""
    heading: frozenset[str]
    """What before such a noun keeps it from doing so: "число человек 20"."""


@cache
def hedging_words(language: str) -> HedgingWords:
    """The words of a language, by its tag: "pt-BR" has those of "pt"."""
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
    """Whether a letter is of a script that puts no spaces between words, or joins endings to them:
    Thai, Chinese, Japanese, Korean.
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
    """A pattern for a phrase, with its ends at ends of words where its script has spaces; ``*``
    before it lets it end another word.
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
    """The spellings of ``million{,en}``, folded, with spaces for ``_``."""
    return {folded(form.replace("_", " ")).strip() for form in spellings(word)}
