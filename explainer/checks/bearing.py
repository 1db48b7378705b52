"""``value-not-in-quote``: the words quoted say the claim's value, in its unit, of its noun."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.bearing import missing
from explainer.bearing.hints import hint_for
from explainer.checks.units import is_unit
from explainer.ledger import Entry, Ledger
from explainer.problems import Problem


def of_one(ledger: Ledger, name: str) -> Iterator[Problem]:
    """Quotes that support a claim of a fact or series without saying it."""
    holder = ledger.holders[name]
    if not is_unit(ledger, holder.unit):  # told by itself, and no words can count what is not known
        return
    for entry in ledger.entries(holder):
        yield from unborne(ledger, entry)


def unborne(ledger: Ledger, entry: Entry) -> Iterator[Problem]:
    """The quotes of one claim that support it without saying it."""
    claim = entry.claim
    for item in claim.supports:
        if item.quote is None or item.source not in ledger.sources:
            continue
        if item.source in ledger.kept and ledger.match(item) is None:
            continue  # what the source really says is looked at once the quote stands in it
        for lack in missing(ledger, entry, item):
            said = claim.value if claim.value is not None else claim.date
            message = f"the quote does not bear '{said}': {lack}"
            place = claim.place("value" if claim.value is not None else "date")
            yield Problem(place, "value-not-in-quote", message, hint_for(ledger, entry, item, lack))
