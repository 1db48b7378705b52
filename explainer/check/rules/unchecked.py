"""The rules ``not-in-words`` and ``checked-after-all``, for ``seeds/unchecked.yaml``.

Each claim that no words of a source support must be in this list. A claim that is supported must
not be in it, so the list only gets shorter. The rules apply if the file exists, even an empty one.
"""

from __future__ import annotations

from collections.abc import Iterator

from explainer.check.support import best_verdict, missing, set_elsewhere
from explainer.common.problems import Problem
from explainer.model.ledger import Entry, Ledger
from explainer.model.records import Evidence

LIST = "seeds/unchecked.yaml"


def check(ledger: Ledger) -> Iterator[Problem]:
    """Yield a problem for each unsupported claim that is not listed, and each line not needed."""
    if ledger.unchecked is None:
        return
    entries = {entry.ref: entry for entry in ledger.entries()}
    for entry in entries.values():
        yield from unlisted(ledger, entry)
    for ref, line in ledger.unchecked.items():
        if ref not in entries:
            yield Problem(
                line.place("claim"),
                "dangling-reference",
                f"there is no claim '{ref}'",
                "take the line out",
            )
        elif (
            entries[ref].claim.derived is not None
            or best_verdict(ledger, entries[ref]) != "not-checked"
        ):
            hint = "take the line out: the list of what is not checked only gets shorter"
            yield Problem(
                line.place("claim"),
                "checked-after-all",
                f"'{ref}' is checked against words now",
                hint,
            )


def unlisted(ledger: Ledger, entry: Entry) -> Iterator[Problem]:
    """Yield a problem if no words support a claim and the claim is not listed.

    Claims with a quote are skipped: other rules report a quote that does not say its claim.
    """
    claim = entry.claim
    supports = [item for item in claim.supports if item.source in ledger.sources]
    if (
        claim.derived is not None
        or entry.ref in (ledger.unchecked or ())
        or not supports
        or any(item.quote for item in supports)
    ):
        return
    if best_verdict(ledger, entry) == "not-checked":
        key = "value" if claim.value is not None else "date" if claim.date is not None else "text"
        lack = next(missing(ledger, entry, supports[0]), None) or _elsewhere(
            ledger, entry, supports[0]
        )
        hint = (
            "note the words of the page that say it, or (for a noun) add it to counts; what cannot"
            f" be checked is listed in {LIST}"
        )
        yield Problem(
            claim.place(key),
            "not-in-words",
            f"no words that were noted bear '{entry.ref}': {lack}",
            hint,
        )


def _elsewhere(ledger: Ledger, entry: Entry, item: Evidence) -> str:
    """Return the reason why words do not support a claim, other than a missing value."""
    for what, other in set_elsewhere(ledger, entry, item):
        if what == "own period":
            return f"they name '{other}' for another number"
        if what == "asked period":
            return f"they give the number to '{other}', and the question asks of another time"
        return f"they give the number to another {what}, '{other}'"
    return "a statement can be checked against a quote from a kept text alone"
