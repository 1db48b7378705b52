"""Whether words bear a claim: the value, its unit and its noun stand in them.

A quote can be checked against a kept text; a locator was read elsewhere, and the page is not kept here; some
claims have neither, and say so. "Not checked" is a verdict of its own and never looks like a pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

from explainer.counting import clauses
from explainer.dates import Edtf
from explainer.ledger import Entry, Holder, Ledger
from explainer.numerals import numerals
from explainer.quantities import Quantity
from explainer.records import Evidence
from explainer.said_dates import contradicted, lacking

Verdict = Literal["verbatim", "normalised", "elided", "read-in-excerpt", "not-checked"]
IN_TEXT: tuple[Verdict, ...] = ("verbatim", "normalised", "elided")
"""The verdicts on words that stand in a kept text."""


def verdict(ledger: Ledger, entry: Entry, item: Evidence) -> Verdict:
    """How far the words of one piece of evidence were checked, the checks having passed."""
    if item.quote is not None:
        match = ledger.match(item)
        return match.how if match else "not-checked"
    words = item.locator
    if words and entry.claim.text is None and not any(missing(ledger, entry, words, _language(ledger, item), with_nouns=False)):
        return "read-in-excerpt"
    return "not-checked"


def best_verdict(ledger: Ledger, entry: Entry) -> Verdict:
    """The best verdict among the evidence that supports a claim."""
    order: tuple[Verdict, ...] = get_args(Verdict)
    return min((verdict(ledger, entry, item) for item in entry.claim.supports), key=order.index, default="not-checked")


def missing(ledger: Ledger, entry: Entry, words: str, language: str, *, with_nouns: bool = True) -> Iterator[str]:
    """What of the claim the words do not say, each as a phrase for the author."""
    claim = entry.claim
    if claim.value is not None:
        nouns = _nouns(ledger, entry.holder) if with_nouns else None
        yield from _amount_missing(claim.value, words, language, nouns, entry.holder.unit or "")
    elif claim.date is not None:
        yield from _date_missing(claim.date, words, language, claim.inferred is not None)


def _language(ledger: Ledger, item: Evidence) -> str:
    source = ledger.sources.get(item.source)
    return source.language if source else "en"


Nouns = tuple[frozenset[str], frozenset[str]]
"""The nouns that a holder counts by, and those of all other units."""


def _nouns(ledger: Ledger, holder: Holder) -> Nouns:
    unit = ledger.nouns.get((holder.unit or "").split("/")[0].strip())
    own = {noun.casefold() for noun in (*holder.counts, *(one for one, many in ledger.nouns.items() if many == unit))}
    return frozenset(own), frozenset(noun for noun in ledger.nouns if noun not in own)


def _amount_missing(value: Quantity, words: str, language: str, nouns: Nouns | None, unit: str) -> Iterator[str]:
    for wanted in value.numbers:
        found = clauses(words, language, wanted)
        if not found:
            seen = ", ".join(dict.fromkeys(f"{number.value.normalize():,f}" for number in numerals(words, language)))
            yield f"{wanted.normalize():,f} is not in them" + (f" (they say {seen})" if seen else " (they hold no number)")
        elif nouns is not None and not any(clause.counts(*nouns) for clause in found):
            yield f"{wanted:,f} does not count {' or '.join(sorted(nouns[0]))} in them"
        elif nouns is not None:
            for per in (part.strip() for part in unit.split("/")[1:]):
                if not any(clause.is_per(per if per.endswith("s") else f"{per}s") for clause in found):
                    yield f"nothing in them says that it is per {per}"
                    return


def _date_missing(date: Edtf, words: str, language: str, inferred: bool) -> Iterator[str]:
    parts = lacking(date.parts, words, language)
    may_infer = inferred and len(parts) < len(date.parts)
    wrong = [(name, value) for name, value in parts if not may_infer or contradicted(name, words, language)]
    if wrong:
        yield "the " + " and the ".join(f"{name} {value}" for name, value in wrong) + " is not in them"
