"""Bare years in front of numbers in words: the 2023 of "En 2023 mil personas" is a year, and "mil" multiplies nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from explainer.values.months import spellings_of_months
from explainer.values.vocabulary import folded, is_spaced

_WORDS: Final = Path(__file__).resolve().parent / "before_years.tsv"
_YEARS: Final = range(1000, 3000)
_LIKELY_YEARS: Final = range(1900, 2100)
"""The years that an "in" in the middle of a sentence leads in more often than an amount: "valorada en 1500 millones"."""
_REACH: Final = 60
"""So many letters before a figure are looked at."""
_OF: Final = r"(?:(?:of|the|de|del|dels|do|da|di|dell'|d'|van|von|af|av|el|al)[\s\u00a0]*){0,2}"
_SHORTEST_MONTH: Final = 3
_OPENING: Final = re.compile(r"(?:^|[.,;:!?()\[\]\"“”„«»‘’'،؛।–—|\n])\s*$")
_EARLIER_END: Final = re.compile(r"(?<!\d)[12]\d{3}(?:\s?[-–—/]\s?|\s[^\W\d_]{1,5}\s(?:[^\W\d_]{1,5}\s)?)$")
"""An earlier year with what joins it to the next: "entre 2019 y 2023", "between 2019 and 2023"."""
_BETWEEN: Final = re.compile(r"(?<!\w)[^\W\d_]{1,10}\s$")


@dataclass(frozen=True)
class YearLeads:
    """What stands before the years of a language; each pattern ends where the year begins."""

    sure: re.Pattern[str]
    """A word for year, "since", a season, or a month with or without a day."""
    open: re.Pattern[str]
    """A word such as "in", behind which an amount may stand too."""
    until: re.Pattern[str]
    """A word such as "until", behind which an amount is as likely."""

    def lead(self, text: str, start: int, written: str, *, is_number_behind: bool) -> bool:
        """Whether four digits at a place are a year. ``is_number_behind``: the word behind them is a number even without them ("mille").

        Where a word such as "in" stands in the middle of a sentence, before a magnitude that needs a number ("en 1500 millones"), only
        the years around our own are taken for years.
        """
        if len(written) != len("2023") or not written.isdecimal() or int(written) not in _YEARS:
            return False
        before = folded(text[max(0, start - _REACH) : start])
        if self.sure.search(before):
            return True
        if joined := _EARLIER_END.search(before):
            earlier = before[: joined.start()]
            return bool(self.sure.search(earlier) or self.open.search(earlier) or _BETWEEN.search(earlier))
        if led := self.open.search(before):
            return is_number_behind or int(written) in _LIKELY_YEARS or _opens(before[: led.start()])
        until = self.until.search(before)
        return until is not None and is_number_behind and _opens(before[: until.start()])


def _opens(before: str) -> bool:
    """Whether a sentence, or a part of it, begins behind some words."""
    return _OPENING.search(before) is not None


@cache
def year_leads(language: str) -> YearLeads:
    """The words of a language, by its tag: "pt-BR" has those of "pt". A language that is not listed has its months alone."""
    short = {"iw": "he", "in": "id", "fil": "tl"}.get(found := language.replace("_", "-").split("-")[0].casefold(), found)
    words: dict[str, list[str]] = {"year": [], "in": [], "by": []}
    for line in _WORDS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            own, kind, listed = line.split("\t")
            words[kind] += [folded(word.replace("_", " ")) for word in listed.split()] if own == short else []
    names = {folded(name).strip(". ") for name in spellings_of_months(language)}
    months = [name for name in names if not name.isdecimal() and (len(name) >= _SHORTEST_MONTH or not name.isascii())]
    day = r"(?:\d{1,2}(?:st|nd|rd|th)?,?[\s\u00a0]+)?"
    sure = rf"(?:{_any(words['year'])}|{_any(months)}[.,]{{0,2}})[\s\u00a0]+{_OF}{day}$"
    return YearLeads(*map(re.compile, (sure, f"{_led(words['in'])}$", f"{_led(words['by'])}$")))


def _led(words: Iterable[str]) -> str:
    """A pattern for words and the space behind them; "-" behind one stands for a hyphen that may be left out, and no space."""
    glued = [word for word in words if word[-1] in "-'"]
    joined = "|".join(rf"(?<!\w){re.escape(word.rstrip('-'))}{'[-‐‑–־]?' if word[-1] == '-' else ''}" for word in glued)
    spaced = rf"{_any(word for word in words if word not in glued)}[\s\u00a0]+"
    return rf"(?:{spaced}|{joined})" if joined else spaced


def _any(words: Iterable[str]) -> str:
    """A pattern for any of some words, each where a word begins, if its script has spaces; one that finds nothing if there are none."""
    longest = sorted(set(words) - {""}, key=lambda word: (-len(word), word))
    made = "|".join((r"(?<!\w)" if is_spaced(word[0]) else "") + re.escape(word) for word in longest)
    return f"(?:{made or '(?!)'})"
