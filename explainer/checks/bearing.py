"""``value-not-in-quote``: the words quoted say the claim's value, in its unit, of its noun."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.bearing import missing
from explainer.ledger import Ledger
from explainer.problems import Problem


def check(ledger: Ledger) -> Iterator[Problem]:
    """Quotes that support a claim without saying it."""
    for entry in ledger.entries():
        claim = entry.claim
        for item in claim.supports:
            if item.quote is None or item.source not in ledger.sources:
                continue
            language = ledger.sources[item.source].language
            for lack in missing(ledger, entry, item.quote, language):
                said = claim.value if claim.value is not None else claim.date
                message = f"the quote does not bear '{said}': {lack}"
                hint = "mend the value, quote the words that say it, or (for a noun) add it to counts"
                yield Problem(claim.place("value" if claim.value is not None else "date"), "value-not-in-quote", message, hint)
