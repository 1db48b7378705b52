"""Whether words bear a claim: the value, its unit and its noun stand in them.

A quote can be checked against a kept text. A locator and an account in our own words tell of a page that was read
elsewhere and is not kept here: together they bear a claim if both, or one of them alone, say its value, unit and noun.
Some claims have neither, and say so. "Not checked" is a verdict of its own and never looks like a pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from explainer.bearing.counting import Clause, clauses, said_numbers
from explainer.bearing.said_dates import lacking, names
from explainer.ledger import Entry, Ledger
from explainer.ledger.once import once
from explainer.records import Evidence
from explainer.values.dates import Edtf
from explainer.values.days import iso_year, said_year
from explainer.values.edtf import SEASONS
from explainer.values.quantities import Quantity

Verdict = Literal["verbatim", "normalised", "elided", "read-in-excerpt", "not-checked"]
IN_TEXT: tuple[Verdict, ...] = ("verbatim", "normalised", "elided")
"""The verdicts on words that stand in a kept text."""


@dataclass(frozen=True)
class Words:
    """Words that may bear a claim, and the language by whose habits their numbers are read."""

    text: str
    language: str


def words_of(ledger: Ledger, item: Evidence) -> tuple[Words, ...]:
    """The words of one piece of evidence: its quote; or else its locator, and what we say that the page says."""
    source = ledger.sources.get(item.source)
    language = source.language if source else ledger.language
    if item.quote is not None:
        return (Words(item.quote, language),)
    return tuple(Words(text, each) for text, each in ((item.locator, language), (item.says, ledger.language)) if text)


def verdict(ledger: Ledger, entry: Entry, item: Evidence) -> Verdict:
    """How far the words of one piece of a claim's evidence were checked, the checks having passed."""
    return next(found for each, found in _verdicts(ledger, entry) if each is item)


@once
def _verdicts(ledger: Ledger, entry: Entry) -> tuple[tuple[Evidence, Verdict], ...]:
    return tuple((item, _verdict(ledger, entry, item)) for item in entry.claim.evidence)


def _verdict(ledger: Ledger, entry: Entry, item: Evidence) -> Verdict:
    if item.quote is not None:
        match = ledger.match(item)
        return match.how if match else "not-checked"
    says_it = entry.claim.text is None and not any(missing(ledger, entry, item))
    return "read-in-excerpt" if says_it else "not-checked"


@once
def best_verdict(ledger: Ledger, entry: Entry) -> Verdict:
    """The best verdict among the evidence that supports a claim."""
    order: tuple[Verdict, ...] = get_args(Verdict)
    return min((found for item, found in _verdicts(ledger, entry) if item.stance == "supports"), key=order.index, default="not-checked")


def missing(ledger: Ledger, entry: Entry, item: Evidence) -> Iterator[str]:
    """What of the claim the words of a piece of evidence do not say, each as a phrase for the author."""
    claim, words = entry.claim, words_of(ledger, item)
    if claim.value is not None:
        yield from _amount_missing(ledger, entry, claim.value, words)
    elif claim.date is not None:
        told = [each for support in claim.supports for each in words_of(ledger, support)] if claim.inferred else None
        yield from min((list(_date_missing(claim.date, each, told)) for each in words), key=len)


def _amount_missing(ledger: Ledger, entry: Entry, value: Quantity, words: Sequence[Words]) -> Iterator[str]:
    vocabulary = ledger.vocabulary
    nouns = vocabulary.of(entry.holder.unit, entry.holder.counts)
    for wanted in value.numbers:
        found = [clause for each in words for clause in clauses(each.text, each.language, wanted)]
        bearing = [clause for clause in found if clause.noun(nouns, vocabulary.known)]
        if not found:
            yield _not_in(wanted, words)
        elif not bearing:
            yield f"{wanted:,f} does not count {' or '.join(sorted(nouns))} in them"
        elif lack := _rate_missing(found, _told_rates(ledger, entry, wanted), entry.holder.unit or ""):
            yield lack
            return


def _not_in(wanted: Decimal, words: Sequence[Words]) -> str:
    said = dict.fromkeys(f"{number.normalize():,f}" for each in words for number in said_numbers(each.text, each.language))
    return f"{wanted.normalize():,f} is not in them" + (f" (they say {', '.join(said)})" if said else " (they hold no number)")


def _told_rates(ledger: Ledger, entry: Entry, wanted: Decimal) -> frozenset[str]:
    """The units of time that any words which support a claim say its number is per."""
    words = (each for item in entry.claim.supports for each in words_of(ledger, item))
    return frozenset[str]().union(*(clause.rates for each in words for clause in clauses(each.text, each.language, wanted)))


def _rate_missing(found: Sequence[Clause], told: frozenset[str], unit: str) -> str:
    """What is wrong between the time that a unit is per and the time that words say; empty where nothing is."""
    wanted = {part.strip().removesuffix("s") + "s" for part in unit.split("/")[1:]} & {"days", "months", "years"}
    said = frozenset[str]().union(*(clause.rates for clause in found))
    if wanted - said:
        return f"nothing in them says that it is per {min(wanted - said)[:-1]}"
    if told - wanted:
        return f"they say that it is per {min(told - wanted)[:-1]}"
    return ""


def _date_missing(date: Edtf, words: Words, told: Sequence[Words] | None) -> Iterator[str]:
    """What of a date the words lack. A part may be inferred where ``told``, all words that support it, name no other year."""
    parts = lacking(date, words.text, words.language)
    may_infer = told is not None and len(parts) < len(date.parts)
    wrong = [(name, value) for name, value in parts if not may_infer or _told_otherwise(name, value, words, told or ())]
    if wrong:
        yield "the " + " and the ".join(f"{name} {_as_said(name, value)}" for name, value in wrong) + " is not in them"


def _as_said(name: str, value: int) -> str:
    """A part of a date as its author would look for it: years before the year 1 are counted otherwise than they are called."""
    if name == "year" and value < 1:
        return f"{said_year(value)} BC (which is written '{iso_year(value)}')"
    return f"'{SEASONS[value + 20]}'" if name == "season" else str(value)


def _told_otherwise(name: str, value: int, words: Words, told: Sequence[Words]) -> bool:
    if names(name, words.text, words.language):
        return True
    said = frozenset[int]().union(*(names(name, each.text, each.language) for each in told)) if name == "year" else frozenset()
    return bool(said) and value not in said
