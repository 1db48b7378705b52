"""Ledger values in words, for one language: numbers and dates by Babel, the rest by small tables."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from babel.core import Locale
from babel.numbers import format_decimal

from explainer.bearing import Verdict
from explainer.date_wording import DateWording
from explainer.ledger import Entry, Ledger
from explainer.quantities import Quantity

KINDS = {
    "official-act": "official act",
    "official-statement": "official claim",
    "intelligence-estimate": "intelligence estimate",
    "media-report": "media report",
    "rights-group-report": "rights group",
    "expert-estimate": "expert estimate",
    "analysis": "analysis",
    "derived": "derived",
}
"""Kinds of statement, as readers see them."""

STANDINGS = {
    "confirmed": "confirmed",
    "disputed": "disputed",
    "unverified": "unverified",
    "opinion": "opinion",
    "wrong": "not borne out",
}

VERDICTS: dict[Verdict, str] = {
    "verbatim": "verbatim in the kept text",
    "normalised": "in the kept text, but for spacing, hyphens or quotation marks",
    "elided": "in the kept text, with words left out where […] stands",
    "read-in-excerpt": "read in excerpt; the words are not kept here",
    "not-checked": "not checked against words",
}
"""How far words were checked, the best first, as readers see it."""

_PER = {"months": "a month", "month": "a month", "days": "a day", "day": "a day", "years": "a year", "year": "a year"}
_ORDINALS = {"one": "st", "two": "nd", "few": "rd"}
_SIZES = ((Decimal(1_000_000_000), "billion"), (Decimal(1_000_000), "million"))
"""Large numbers are written in words where two decimals are enough for them."""


@dataclass(frozen=True)
class Wording(DateWording):
    """How one language writes values and says who claims them."""

    def number(self, value: Decimal) -> str:
        """One number: "160,000", "1.5 million", "−13,000"."""
        for size, name in _SIZES:
            if abs(value) >= size and value * 100 % size == 0:
                return f"{format_decimal(value / size, locale=self.locale, decimal_quantization=False)} {name}".replace("-", "−")
        return format_decimal(value, locale=self.locale, decimal_quantization=False).replace("-", "−")

    def ordinal(self, value: int) -> str:
        """A place in an order: "1st", "22nd"."""
        return f"{value}{_ORDINALS.get(str(Locale.parse(self.locale).ordinal_form(value)), 'th')}"

    def number_short(self, value: float) -> str:
        """A number for an axis: "50,000", "1.5 million"."""
        return self.number(Decimal(str(value)).normalize())

    def amount(self, value: Quantity) -> str:
        """A quantity without its unit: "30,000 to 40,000", "about 35,000"."""
        if value.b is not None:
            return f"{self.number(value.a)} to {self.number(value.b)}"
        head = "" if value.form == "exact" else f"{value.form} "
        return f"{head}{self.number(value.a)}"

    def unit(self, text: str | None) -> str:
        """A unit in words: "people a month"."""
        if not text:
            return ""
        noun, *per = text.split("/")
        return " ".join([noun.strip(), *(_PER.get(part.strip(), f"per {part.strip()}") for part in per)])

    def said(self, ledger: Ledger, entry: Entry, *, with_unit: bool = False) -> str:
        """What a claim says, in words: its amount, its date or its statement."""
        claim = entry.claim
        if claim.date is not None:
            return self.date(claim.date)
        if claim.text is not None:
            return claim.text
        value = ledger.value(entry)
        assert value is not None
        return f"{self.amount(value)} {self.unit(entry.holder.unit)}".strip() if with_unit else self.amount(value)

    def voice(self, entry: Entry) -> str:
        """Who says it, and through whom."""
        claim = entry.claim
        if claim.derived and not claim.said_by:
            return "worked out here"
        if claim.said_by and claim.reported_by:
            return f"{claim.said_by}, via {claim.reported_by}"
        return claim.said_by or claim.reported_by or "no speaker recorded"

    def speaker(self, entry: Entry) -> str:
        """Who says it, in a few words."""
        claim = entry.claim
        return claim.short or (claim.said_by or claim.reported_by or "worked out here").split(",")[0].split(" (")[0]

    def kind(self, entry: Entry) -> str:
        """What kind of statement it is."""
        return KINDS["derived" if entry.claim.derived else entry.claim.kind or "media-report"]

    def when(self, entry: Entry) -> str:
        """What a claim covers, in words; empty where it does not say."""
        label = getattr(entry.claim, "label", None)
        return str(label) if label else self.date(entry.claim.period) if entry.claim.period else ""
