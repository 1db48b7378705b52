"""The rules ``value-not-in-quote``, ``period-differs`` and ``region-differs``.

The quote of a claim must say the claim's value, for the same noun, time and place.
"""

from __future__ import annotations

from collections.abc import Iterator

from explainer.check.rules.units import is_unit
from explainer.check.support import Elsewhere, hint_for, missing, set_elsewhere
from explainer.common.problems import Problem
from explainer.model.ledger import Entry, Ledger


def of_one(ledger: Ledger, name: str) -> Iterator[Problem]:
    """Yield a problem for each supporting quote in a fact or series that does not say its claim."""
    holder = ledger.holders[name]
    if not is_unit(
        ledger, holder.unit
    ):  # reported by ``units``; no quote can be checked against it
        return
    for entry in ledger.entries(holder):
        yield from unsupported_quotes(ledger, entry)


def unsupported_quotes(ledger: Ledger, entry: Entry) -> Iterator[Problem]:
    """Yield a problem for each supporting quote of one claim that does not say it.

    Quotes that are not in the kept text are skipped. The module ``quotes`` reports them.
    """
    claim = entry.claim
    for item in claim.supports:
        if item.quote is None or item.source not in ledger.sources:
            continue
        if item.source in ledger.kept and ledger.match(item) is None:
            continue  # checked once the quote is in the kept text
        lacks = list(missing(ledger, entry, item))
        for what, other in set_elsewhere(ledger, entry, item) if not lacks else ():
            yield _elsewhere(entry, what, other)
        for lack in lacks:
            said = claim.value if claim.value is not None else claim.date
            message = f"the quote does not bear '{said}': {lack}"
            place = claim.place("value" if claim.value is not None else "date")
            yield Problem(place, "value-not-in-quote", message, hint_for(ledger, entry, item, lack))


def _elsewhere(entry: Entry, what: Elsewhere, other: str) -> Problem:
    """Return the problem of a quote that gives the claim's number for another time or place."""
    claim = entry.claim
    if what == "own period":
        message = f"the quote names '{other}' for another number than the claim's"
        hint = "mend the period, or quote the words that say when the claim's number was"
        return Problem(claim.place("period"), "period-differs", message, hint)
    if what == "asked period":
        message = (
            f"the quote gives the number to '{other}', which is not the time of which the question"
            " is asked"
        )
        hint = (
            "write the claim's period, or quote the words that say the number for the time asked of"
        )
        return Problem(claim.place("value"), "period-differs", message, hint)
    own = claim.period if what == "period" else getattr(claim, "region", "")
    message = f"the quote gives the number to '{other}', and the claim to the {what} '{own}'"
    hint = (
        f"mend the {what}, or quote the words that say the number for '{own}'; leave out what is of"
        f" another {what}, with […]"
    )
    if what == "period":
        hint += f"; where '{other}' is the same time counted otherwise, say so in inferred"
        return Problem(claim.place("period"), "period-differs", message, hint)
    return Problem(claim.place("region"), "region-differs", message, hint)
