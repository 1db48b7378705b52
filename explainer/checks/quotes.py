"""``quote-not-found`` and ``text-not-kept``: a quote stands in its source's kept text, to the character."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.ledger import Ledger
from explainer.problems import Problem


def check(ledger: Ledger) -> Iterator[Problem]:
    """Quotes that their texts do not hold."""
    for entry in ledger.entries():
        for item in entry.claim.evidence:
            if item.quote is None or item.source not in ledger.sources:
                continue
            text = ledger.normal_texts.get(item.source)
            if text is None:
                hint = "write a locator of at most eight words and 'says' in our words, or keep the text under seeds/texts/"
                yield Problem(
                    item.place("quote"), "text-not-kept", f"the text of '{item.source}' is not kept, so the quote cannot be checked", hint
                )
            elif text.find(item.quote) is None:
                near = text.nearest(item.quote)
                hint = f"the text says: “{near}”" if near else "copy the words from the kept text"
                yield Problem(item.place("quote"), "quote-not-found", f"“{item.quote[:80]}” does not stand in '{item.source}'", hint)
