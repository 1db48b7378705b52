"""What a ledger publishes, as plain words by reference, so that two states of it can be held against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from explainer.ledger import Entry, Ledger
from explainer.ledger.comparisons import compare
from explainer.records import Fact
from explainer.values.formula_tokens import FormulaError


@dataclass(frozen=True)
class Said:
    """What stands published under a reference."""

    text: str
    """As the ledger writes it."""
    unit: str
    way: str
    """How it came about: empty for what a source says; the formula, the comparison or the preferred claim for an answer."""


def published(ledger: Ledger) -> dict[str, Said]:
    """Every claim (``fact:claim``) and every fact's answer (``fact``)."""
    return dict(_said(ledger))


def _said(ledger: Ledger) -> Iterator[tuple[str, Said]]:
    for entry in ledger.entries():
        yield entry.ref, Said(text_of(ledger, entry), entry.holder.unit or "", entry.claim.derived or "")
    for fact in ledger.facts.values():
        yield fact.id, answer_of(ledger, fact)


def text_of(ledger: Ledger, entry: Entry) -> str:
    """What a claim says, as the ledger writes it."""
    try:
        value = ledger.value(entry)
    except (FormulaError, ValueError):  # told by the rule on formulas
        return ""
    return str(value if value is not None else entry.claim.date or entry.claim.text or "")


def answer_of(ledger: Ledger, fact: Fact) -> Said:
    """What a fact comes to: the preferred claim's words, a derived value, or every answer that stands."""
    unit = fact.unit or ""
    if fact.compares:
        terms = {key: getattr(fact.compares, key) for key in ("how", "of", "to", "over", "at", "since", "above", "below")}
        return Said(_compared(ledger, fact), unit, ", ".join(f"{key}: {value}" for key, value in terms.items() if value is not None))
    if fact.derived:
        try:
            return Said(str(ledger.derived(fact.id)), unit, fact.derived)
        except (FormulaError, ValueError):
            return Said("", unit, fact.derived)
    entry = ledger.preferred(fact)
    if entry is not None:
        return Said(text_of(ledger, entry), unit, entry.claim.id)
    standing = [text_of(ledger, each) for each in ledger.entries(fact) if not each.deprecated]
    return Said("; ".join(dict.fromkeys(standing)), unit, "none preferred")


def _compared(ledger: Ledger, fact: Fact) -> str:
    try:
        found = compare(ledger, fact)
    except (FormulaError, ValueError):
        return ""
    return str(found.value) if found.value else found.found.ref if found.found else "none"
