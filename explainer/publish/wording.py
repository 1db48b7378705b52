"""Values of the ledger in words, for one language; sources by name, and summaries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from babel import Locale
from babel.dates import get_day_names, get_month_names
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from explainer.check.support import Verdict
from explainer.model.ledger import Entry, Ledger
from explainer.model.quantities import Quantity
from explainer.model.records import Source
from explainer.model.units import BASE
from explainer.publish.catalogue import ENGLISH, Catalogue, choose, fill, stopped
from explainer.publish.dates import DateWording
from explainer.publish.direction import Direction, direction_of, isolated

# Ledger values in words, for one language: numbers and dates by Babel, the rest from its
# catalogue.

_SIZES = ((Decimal(10**12), "trillion"), (Decimal(10**9), "billion"), (Decimal(10**6), "million"))
"""Large numbers are written in words where two decimals are enough for them."""
_EXACT = Context(prec=100)


@lru_cache(maxsize=8192)
def _decimal(digits: str, locale: str) -> str:
    """A number in a language's digits and marks, with a true minus and all its decimals, zeros too.

    Babel takes 20 µs, and a page's numbers are asked for often. They are kept by their digits, since 1 and 1.0 are the same number.
    """
    after_point = digits.partition(".")[2]
    form = "#,##0." + "0" * len(after_point) if after_point else "#,##0"
    with localcontext(_EXACT):
        return str(format_decimal(Decimal(digits), form, locale=locale)).replace("-", "−")


def _plain(value: Decimal) -> Decimal:
    """A number without zeros at the end of its decimals."""
    text = f"{value:f}"
    return Decimal(text.rstrip("0").removesuffix(".") if "." in text else text)


_ONE = Quantity("exact", Decimal(1))


@dataclass(frozen=True)
class Wording(DateWording):
    """How one language writes values and says who claims them."""

    nouns: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    """The plural forms of the project's own nouns; English ones stand as they are written."""
    main: str = ENGLISH
    """The language that the seeds are written in, and most pages."""

    @property
    def language(self) -> str:
        """The language's code: "en", "uk"."""
        return self.catalogue.language

    @property
    def direction(self) -> Direction:
        """Which way the language runs."""
        return direction_of(self.language)

    def apart(self, text: str) -> str:
        """A name or title as it stands in a sentence of this language: isolated where it runs the other way."""
        return isolated(text, self.direction)

    def tongue(self, language: str) -> str:
        """The name of a language."""
        names = Locale.parse(self.catalogue.locale).languages
        return str(names.get(language.replace("-", "_")) or names.get(language.partition("-")[0]) or language)

    def say(self, key: str, **values: object) -> str:
        """A string of the interface."""
        return self.catalogue.say("words", key, **values)

    def page(self, key: str, **values: object) -> str:
        """A string of the pages that are made from the ledger."""
        return self.catalogue.say("pages", key, **values)

    def working(self, key: str, **values: object) -> str:
        """A string about how something was worked out."""
        return self.catalogue.say("working", key, **values)

    def number(self, value: Decimal) -> str:
        """One number: "160,000", "1.5 million", "−13,000"."""
        value = value if value else value.copy_abs()
        size, name = next(((size, name) for size, name in _SIZES if abs(value) >= size), (None, ""))
        whole = value == value.to_integral_value() and "." not in f"{value:f}"
        if size is not None and whole and not _EXACT.remainder(_EXACT.multiply(value, Decimal(100)), size):
            return self.catalogue.say("amounts", name, number=self._digits(_plain(_EXACT.divide(value, size))))
        return self._digits(value)

    def _digits(self, value: Decimal) -> str:
        return _decimal(f"{value:f}", self.catalogue.locale)

    def ordinal(self, value: int) -> str:
        """A place in an order: "1st", "22nd"."""
        forms = self.catalogue.sections["amounts"]["ordinal"]
        form = choose(forms, str(Locale.parse(self.catalogue.locale).ordinal_form(value))) if isinstance(forms, Mapping) else forms
        return fill(form, number=value)

    def number_short(self, value: Decimal) -> str:
        """A number for an axis: "50,000", "1.5 million"."""
        return self.number(_plain(value))

    def amount(self, value: Quantity) -> str:
        """A quantity without its unit: "30,000 to 40,000", "about 35,000"."""
        if value.b is not None:
            return self.between(value.a, value.b)
        return self.formed(value, self.with_width(value, self.number(value.a)))

    def with_width(self, value: Quantity, number: str) -> str:
        """A number with the width that is stated for it: "84 ± 3"."""
        return number if value.width is None else self.catalogue.say("amounts", "width", number=number, width=self.number(value.width))

    def between(self, low: Decimal, high: Decimal) -> str:
        """Two numbers as the ends of a range."""
        key = "range" if low >= 0 else "range_below_zero"
        return self.catalogue.say("amounts", key, low=self.number(low), high=self.number(high))

    def formed(self, value: Quantity, number: str) -> str:
        """A number with the word that softens it: "over 300,000"."""
        return number if value.form in ("exact", "range") else self.catalogue.say("amounts", value.form, number=number)

    def unit(self, text: str | None, value: Quantity | None = None) -> str:
        """A unit in words, in the form that a value asks for: "people a month", "2 роки", "5 років"."""
        if not text:
            return ""
        noun, *per = (part.strip() for part in text.split("/"))
        return " ".join([self._noun(noun, value), *(self._per(part) for part in per)])

    def _noun(self, noun: str, value: Quantity | None) -> str:
        known: Mapping[str, str | Mapping[str, str]] = {**self.catalogue.sections["units"], **self.nouns}
        name = BASE.get(noun, noun)
        forms = known.get(name) or known.get(name.replace(" ", "_")) or noun
        if isinstance(forms, str):
            return forms
        if self.language == ENGLISH and noun not in self.nouns and noun not in forms.values():
            return noun  # another word for the same
        if value is None:  # the author chose the form, unless it is another language's
            return noun if noun in forms.values() else forms.get("many") or forms["other"]
        category = self.catalogue.category(value.numbers[-1])
        if value.b is not None and self.language == ENGLISH:
            category = "other"  # "0 to 1 injuries", and in Russian "0–1 травма"
        if value.form.replace(" ", "_") in self.catalogue.say("amounts", "genitive").split():
            category = "genitive_one" if category == "one" else "genitive_other"
        return choose(forms, category)

    def _per(self, noun: str) -> str:
        known = BASE.get(noun, noun)
        said = self._noun(noun, _ONE)
        return self.catalogue.say("per", known if known in self.catalogue.sections["per"] else "other", noun=said)

    def said(self, ledger: Ledger, entry: Entry, *, with_unit: bool = False) -> str:
        """What a claim says, in words: its amount, its date or its statement."""
        claim = entry.claim
        if claim.date is not None:
            return self.date(claim.date)
        if claim.text is not None:
            return self.apart(claim.text)
        value = ledger.value(entry)
        assert value is not None
        return f"{self.amount(value)} {self.unit(entry.holder.unit, value)}".strip() if with_unit else self.amount(value)

    def voice(self, entry: Entry) -> str:
        """Who says it, and through whom."""
        claim = entry.claim
        if claim.derived and not claim.said_by:
            return self.say("worked_out")
        if claim.said_by and claim.reported_by:
            return self.say("said_via", by=self.apart(claim.said_by), through=self.apart(claim.reported_by))
        return self.apart(claim.said_by or claim.reported_by or self.say("no_speaker"))

    def speaker(self, entry: Entry) -> str:
        """Who says it, in a few words."""
        claim = entry.claim
        said = claim.short or (claim.said_by or claim.reported_by or self.say("worked_out")).split(",")[0].split(" (")[0]
        return self.apart(said)

    def kind(self, entry: Entry) -> str:
        """What kind of statement it is."""
        return self.catalogue.say("kinds", "derived" if entry.claim.derived else entry.claim.kind or "media-report")

    def standing(self, standing: str | None) -> str:
        """How a claim stands, in words; empty where nobody has said."""
        return self.catalogue.say("standings", standing) if standing else ""

    def verdict(self, verdict: Verdict, *, derived: bool = False) -> str:
        """How far a claim's words were checked."""
        return self.catalogue.say("verdicts", "worked-out" if derived else verdict)

    def when(self, entry: Entry) -> str:
        """What a claim covers, in words; empty where it does not say."""
        label = getattr(entry.claim, "label", None)
        return self.apart(str(label)) if label else self.date(entry.claim.period) if entry.claim.period else ""


# How a source is named beside a claim, in a note and on its own page.


def short_name(source: Source, wording: Wording) -> str:
    """The publisher and the date: "TASS, 29 December 2025"."""
    publisher = wording.apart(source.publisher)
    return f"{publisher}, {wording.date(source.issued)}" if source.issued else publisher


def full_name(source: Source, wording: Wording) -> str:
    """A citation in one line, without its address."""
    words = wording.apart(source.title)
    title = f"[{words}]" if source.described else wording.say("quoted", words=words)
    named = source.authors or source.editors
    authors = f"{', '.join(wording.apart(str(name)) for name in named)}, " if named else ""
    date = wording.date(source.issued) if source.issued else wording.say("no_date")
    language = "" if source.language == wording.language else f", {wording.say('in_language', language=wording.tongue(source.language))}"
    place = wording.apart(source.container or source.publisher)
    return f"{authors}{place}, {title}, {date}{language}"


def source_remarks(source: Source, wording: Wording) -> list[str]:
    """What a reader should know before trusting the address."""
    found = [wording.page(f"read_{source.read}")]
    if source.mirror_of:
        found.append(wording.page("copy_at", host=urlsplit(source.mirror_of).hostname))
    if source.copy_of:
        found.append(wording.page("copy_of", what=source.copy_of))
    if source.weak:
        found.append(wording.page("weak_source", why=source.weak))
    if source.note:
        found.append(source.note)
    return found


# What a page is about in the room that search engines and shared links have for it.

LEAST: Final = 50
MOST: Final = 160
"""The characters that a description should have, and may have."""
_SPACES = re.compile(r"[ \t\n]+")
_GAP = re.compile(r"(?<!\d) | (?!\d)")
"""A space at which words may be parted; numbers are not, whose thousands some languages part by spaces."""


def summary(text: str, *more: str) -> str:
    """A description of ``LEAST`` to ``MOST`` characters, as far as there are words.

    A short one is followed by as many of ``more`` as it needs; a long one ends at a word, with an ellipsis.
    """
    found = _SPACES.sub(" ", text).strip(" ")
    for each in more:
        if len(found) < LEAST and each.strip() and each.strip() not in found:
            found = f"{stopped(found)} {each.strip()}" if found else each.strip()
    return found if len(found) <= MOST else _cut(found)


def _cut(text: str) -> str:
    """As many whole words as there is room for; in a script that puts no spaces between them, as many letters."""
    room = text[:MOST]
    gaps = [gap.start() for gap in _GAP.finditer(text) if LEAST <= gap.start() < MOST]
    at = gaps[-1] if gaps else _before_mark(text, MOST - 1)
    return room[:at].rstrip(" ,;:–—-(") + "…"


def _before_mark(text: str, at: int) -> int:
    """The nearest place at or before ``at`` that parts no letter from its marks."""
    while at > LEAST and unicodedata.combining(text[at]):
        at -= 1
    return at


# What Plotly is told of a language: its own words, the names of months and days, and the marks in
# numbers.

_WORDS: Final = {
    "Zoom": "zoom",
    "Pan": "pan",
    "Zoom in": "zoom_in",
    "Zoom out": "zoom_out",
    "Autoscale": "autoscale",
    "Reset axes": "reset_axes",
    "Double-click to zoom back out": "zoom_back",
    "Double-click on legend to isolate one trace": "isolate",
}
"""What Plotly prints, by the catalogue's names for it."""
_DAYS: Final = (6, 0, 1, 2, 3, 4, 5)
"""Babel's weeks begin on Monday, Plotly's on Sunday."""


def locale_of(catalogue: Catalogue) -> dict[str, dict[str, object]]:
    """A language as Plotly takes it: its words, and how it writes dates and numbers."""
    locale = Locale.parse(catalogue.locale)
    months = {width: list(get_month_names(width, "stand-alone", locale).values()) for width in ("wide", "abbreviated")}
    days = {width: [get_day_names(width, "stand-alone", locale)[day] for day in _DAYS] for width in ("wide", "abbreviated")}
    return {
        "dictionary": {theirs: catalogue.say("explore", ours) for theirs, ours in _WORDS.items()},
        "format": {
            "months": months["wide"],
            "shortMonths": months["abbreviated"],
            "days": days["wide"],
            "shortDays": days["abbreviated"],
            "decimal": get_decimal_symbol(locale),
            "thousands": get_group_symbol(locale),
        },
    }
