"""Values of the ledger in words, in one language.

The module also has the names of sources, the descriptions of pages, and the locale data of Plotly.
"""

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
from explainer.publish.catalogue import ENGLISH, Catalogue, choose, fill, with_full_stop
from explainer.publish.dates import DateWording
from explainer.publish.direction import Direction, direction_of, isolated

# Values in words. Babel formats numbers and dates; all other words come from the catalogue.

_SIZES = ((Decimal(10**12), "trillion"), (Decimal(10**9), "billion"), (Decimal(10**6), "million"))
"""Sizes of large numbers, used if two decimals are enough for the number."""
_EXACT = Context(prec=100)


@lru_cache(maxsize=8192)
def _decimal(digits: str, locale: str) -> str:
    """Return a number in the digits and separators of a locale, with a true minus sign.

    All decimals are kept, including zeros. Results are cached, because Babel takes 20 µs for each.
    The cache key is the text of the number, because 1 and 1.0 are equal as numbers.
    """
    after_point = digits.partition(".")[2]
    form = "#,##0." + "0" * len(after_point) if after_point else "#,##0"
    with localcontext(_EXACT):
        return str(format_decimal(Decimal(digits), form, locale=locale)).replace("-", "−")


def _plain(value: Decimal) -> Decimal:
    """Return a number without trailing zeros after the decimal point."""
    text = f"{value:f}"
    return Decimal(text.rstrip("0").removesuffix(".") if "." in text else text)


_ONE = Quantity("exact", Decimal(1))


@dataclass(frozen=True)
class Wording(DateWording):
    """The way one language writes values and names their speakers."""

    nouns: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    """The plural forms of the project's own nouns, by noun.

    In English, nouns that are not here are printed as they are written.
    """
    main: str = ENGLISH
    """The language of the seeds and of most pages."""

    @property
    def language(self) -> str:
        """The language code, such as "en" or "uk"."""
        return self.catalogue.language

    @property
    def direction(self) -> Direction:
        """The direction of the language: "ltr", "rtl" or "auto"."""
        return direction_of(self.language)

    def apart(self, text: str) -> str:
        """Return a name or title, isolated if it runs against the direction of this language."""
        return isolated(text, self.direction)

    def tongue(self, language: str) -> str:
        """Return the name of a language in this language, or its code if Babel has no name."""
        names = Locale.parse(self.catalogue.locale).languages
        return str(
            names.get(language.replace("-", "_"))
            or names.get(language.partition("-")[0])
            or language
        )

    def say(self, key: str, **values: object) -> str:
        """Return a string of the catalogue's section ``words``."""
        return self.catalogue.say("words", key, **values)

    def page(self, key: str, **values: object) -> str:
        """Return a string of the section ``pages``, for pages made from the ledger."""
        return self.catalogue.say("pages", key, **values)

    def working(self, key: str, **values: object) -> str:
        """Return a string of the section ``working``, for derived values."""
        return self.catalogue.say("working", key, **values)

    def number(self, value: Decimal) -> str:
        """Return one number in words: "160,000", "1.5 million", "−13,000"."""
        value = value if value else value.copy_abs()
        size, name = next(((size, name) for size, name in _SIZES if abs(value) >= size), (None, ""))
        whole = value == value.to_integral_value() and "." not in f"{value:f}"
        if (
            size is not None
            and whole
            and not _EXACT.remainder(_EXACT.multiply(value, Decimal(100)), size)
        ):
            return self.catalogue.say(
                "amounts", name, number=self._digits(_plain(_EXACT.divide(value, size)))
            )
        return self._digits(value)

    def _digits(self, value: Decimal) -> str:
        return _decimal(f"{value:f}", self.catalogue.locale)

    def ordinal(self, value: int) -> str:
        """Return an ordinal: "1st", "22nd"."""
        forms = self.catalogue.sections["amounts"]["ordinal"]
        form = (
            choose(forms, str(Locale.parse(self.catalogue.locale).ordinal_form(value)))
            if isinstance(forms, Mapping)
            else forms
        )
        return fill(form, number=value)

    def number_short(self, value: Decimal) -> str:
        """Return a number for an axis, without trailing zeros: "50,000", "1.5 million"."""
        return self.number(_plain(value))

    def amount(self, value: Quantity) -> str:
        """Return a quantity without its unit: "30,000 to 40,000", "about 35,000"."""
        if value.b is not None:
            return self.between(value.a, value.b)
        return self.formed(value, self.with_width(value, self.number(value.a)))

    def with_width(self, value: Quantity, number: str) -> str:
        """Return a number with the margin that is stated for it, if there is one: "84 ± 3"."""
        return (
            number
            if value.width is None
            else self.catalogue.say(
                "amounts", "width", number=number, width=self.number(value.width)
            )
        )

    def between(self, low: Decimal, high: Decimal) -> str:
        """Return a range of two numbers in words."""
        key = "range" if low >= 0 else "range_below_zero"
        return self.catalogue.say("amounts", key, low=self.number(low), high=self.number(high))

    def formed(self, value: Quantity, number: str) -> str:
        """Return a number with the word for its form: "over 300,000"."""
        return (
            number
            if value.form in ("exact", "range")
            else self.catalogue.say("amounts", value.form, number=number)
        )

    def unit(self, text: str | None, value: Quantity | None = None) -> str:
        """Return a unit in words, in the plural form for a value.

        For example: "people a month", "роки" for 2, "років" for 5. Returns an empty string if there
        is no unit.
        """
        if not text:
            return ""
        noun, *per = (part.strip() for part in text.split("/"))
        return " ".join([self._noun(noun, value), *(self._per(part) for part in per)])

    def _noun(self, noun: str, value: Quantity | None) -> str:
        known: Mapping[str, str | Mapping[str, str]] = {
            **self.catalogue.sections["units"],
            **self.nouns,
        }
        name = BASE.get(noun, noun)
        forms = known.get(name) or known.get(name.replace(" ", "_")) or noun
        if isinstance(forms, str):
            return forms
        if self.language == ENGLISH and noun not in self.nouns and noun not in forms.values():
            return noun  # a synonym is printed as it is written
        if value is None:  # keep the author's form, unless it is of another language
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
        return self.catalogue.say(
            "per", known if known in self.catalogue.sections["per"] else "other", noun=said
        )

    def said(self, ledger: Ledger, entry: Entry, *, with_unit: bool = False) -> str:
        """Return what a claim says in words: its amount, date or statement."""
        claim = entry.claim
        if claim.date is not None:
            return self.date(claim.date)
        if claim.text is not None:
            return self.apart(claim.text)
        value = ledger.value(entry)
        assert value is not None
        return (
            f"{self.amount(value)} {self.unit(entry.holder.unit, value)}".strip()
            if with_unit
            else self.amount(value)
        )

    def voice(self, entry: Entry) -> str:
        """Return who says the claim, and who reports it."""
        claim = entry.claim
        if claim.derived and not claim.said_by:
            return self.say("worked_out")
        if claim.said_by and claim.reported_by:
            return self.say(
                "said_via", by=self.apart(claim.said_by), through=self.apart(claim.reported_by)
            )
        return self.apart(claim.said_by or claim.reported_by or self.say("no_speaker"))

    def speaker(self, entry: Entry) -> str:
        """Return who says the claim, in a few words."""
        claim = entry.claim
        said = (
            claim.short
            or (claim.said_by or claim.reported_by or self.say("worked_out"))
            .split(",")[0]
            .split(" (")[0]
        )
        return self.apart(said)

    def kind(self, entry: Entry) -> str:
        """Return the kind of statement in words."""
        return self.catalogue.say(
            "kinds", "derived" if entry.claim.derived else entry.claim.kind or "media-report"
        )

    def standing(self, standing: str | None) -> str:
        """Return a claim's standing in words. Empty if it has none."""
        return self.catalogue.say("standings", standing) if standing else ""

    def verdict(self, verdict: Verdict, *, derived: bool = False) -> str:
        """Return a verdict in words: how far a claim's words were checked."""
        return self.catalogue.say("verdicts", "worked-out" if derived else verdict)

    def when(self, entry: Entry) -> str:
        """Return a claim's label, or else its period in words. Empty if it has neither."""
        label = getattr(entry.claim, "label", None)
        return (
            self.apart(str(label))
            if label
            else self.date(entry.claim.period)
            if entry.claim.period
            else ""
        )


# Names of sources.


def short_name(source: Source, wording: Wording) -> str:
    """Return the publisher and the date: "TASS, 29 December 2025"."""
    publisher = wording.apart(source.publisher)
    return f"{publisher}, {wording.date(source.issued)}" if source.issued else publisher


def full_name(source: Source, wording: Wording) -> str:
    """Return a citation in one line, without the URL."""
    words = wording.apart(source.title)
    title = f"[{words}]" if source.described else wording.say("quoted", words=words)
    named = source.authors or source.editors
    authors = f"{', '.join(wording.apart(str(name)) for name in named)}, " if named else ""
    date = wording.date(source.issued) if source.issued else wording.say("no_date")
    language = (
        ""
        if source.language == wording.language
        else f", {wording.say('in_language', language=wording.tongue(source.language))}"
    )
    place = wording.apart(source.container or source.publisher)
    return f"{authors}{place}, {title}, {date}{language}"


def source_remarks(source: Source, wording: Wording) -> list[str]:
    """Return sentences about the source for readers.

    They say how it was read, whether the link leads to a copy, and why the source is weak, and give
    the author's note.
    """
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


# Descriptions of pages, for search engines and shared links.

MIN_DESCRIPTION: Final = 50
MAX_DESCRIPTION: Final = 160
"""The minimum and the maximum length of a description, in characters."""
_SPACES = re.compile(r"[ \t\n]+")
_GAP = re.compile(r"(?<!\d) | (?!\d)")
"""A space where a text may be cut.

A space between two digits is not one: some languages separate thousands by spaces.
"""


def summary(text: str, *more: str) -> str:
    """Return a description of ``LEAST`` to ``MOST`` characters.

    Texts of ``more`` are added until it is long enough. It stays shorter if they do not suffice. A
    longer text is cut at a space, with an ellipsis.
    """
    found = _SPACES.sub(" ", text).strip(" ")
    for each in more:
        if len(found) < MIN_DESCRIPTION and each.strip() and each.strip() not in found:
            found = f"{with_full_stop(found)} {each.strip()}" if found else each.strip()
    return found if len(found) <= MAX_DESCRIPTION else _cut(found)


def _cut(text: str) -> str:
    """Return as many whole words as fit, or as many letters if there is no space to cut at."""
    room = text[:MAX_DESCRIPTION]
    gaps = [
        gap.start()
        for gap in _GAP.finditer(text)
        if MIN_DESCRIPTION <= gap.start() < MAX_DESCRIPTION
    ]
    at = gaps[-1] if gaps else _before_mark(text, MAX_DESCRIPTION - 1)
    return room[:at].rstrip(" ,;:–—-(") + "…"


def _before_mark(text: str, at: int) -> int:
    """Return the last position up to ``at`` that does not separate a letter from its marks."""
    while at > MIN_DESCRIPTION and unicodedata.combining(text[at]):
        at -= 1
    return at


# Locale data for Plotly.

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
"""The strings of Plotly's interface, with their keys in the catalogue."""
_DAYS: Final = (6, 0, 1, 2, 3, 4, 5)
"""The order of days. Weeks begin on Monday in Babel and on Sunday in Plotly."""


def locale_of(catalogue: Catalogue) -> dict[str, dict[str, object]]:
    """Return the locale of a language for Plotly: words and formats of dates and numbers."""
    locale = Locale.parse(catalogue.locale)
    months = {
        width: list(get_month_names(width, "stand-alone", locale).values())
        for width in ("wide", "abbreviated")
    }
    days = {
        width: [get_day_names(width, "stand-alone", locale)[day] for day in _DAYS]
        for width in ("wide", "abbreviated")
    }
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
