"""The rule ``correction``, and ``dangling-reference`` for ``seeds/corrections.yaml``.

An entry must name a record that exists. The newest entry about a claim or an answer must say what
the ledger says now: ``new`` is its value, and a withdrawn record is gone.
"""

from __future__ import annotations

from collections.abc import Iterator

from explainer.check.rules.references import dangling_reference
from explainer.common.problems import Problem
from explainer.history.changes import answer_of, text_of
from explainer.model.ledger import Ledger
from explainer.model.records import Correction, Fact


def check(ledger: Ledger) -> Iterator[Problem]:
    """Yield a problem for each entry that names a missing record or no longer matches the ledger.

    Only the newest entry about a claim or an answer has to match.
    """
    last = {entry.ref: entry for entry in ledger.corrections.values()}
    for entry in ledger.corrections.values():
        if entry.class_ != "withdrawal":
            yield from _named(ledger, entry)
    for entry in last.values():
        yield from _matches(ledger, entry)


def _named(ledger: Ledger, correction: Correction) -> Iterator[Problem]:
    """Yield a problem if an entry names a record that is missing and that no entry withdraws."""
    withdrawn = {each.ref for each in ledger.corrections.values() if each.class_ == "withdrawal"}
    if correction.ref in withdrawn or correction.fact in withdrawn:
        return
    if correction.fact and correction.fact not in ledger.holders:
        yield dangling_reference(
            correction, "fact", correction.fact, ledger.holders, "fact or series"
        )
    elif (
        correction.fact
        and correction.claim
        and ledger.entry(correction.fact, correction.claim) is None
    ):
        known = [entry.claim.id for entry in ledger.entries(ledger.holders[correction.fact])]
        yield dangling_reference(
            correction, "claim", correction.claim, known, f"claim of '{correction.fact}'"
        )
    if correction.chart and correction.chart not in ledger.charts:
        yield dangling_reference(correction, "chart", correction.chart, ledger.charts, "chart")


def _matches(ledger: Ledger, entry: Correction) -> Iterator[Problem]:
    """Yield a problem if the newest entry about a claim or an answer differs from the ledger."""
    now = _now(ledger, entry)
    if now is None:
        return
    if entry.new is None:
        hint = "take it out of the ledger, or enter what stands in its place as a correction"
        yield Problem(
            entry.place("class"),
            "correction",
            f"'{entry.ref}' is said to be withdrawn, and the ledger holds it",
            hint,
        )
    elif entry.new not in now:
        message = (
            f"the entry says that '{entry.ref}' is '{entry.new[:80]}' now, and the ledger has"
            f" '{now[0][:80]}'"
        )
        yield Problem(
            entry.place("new"),
            "correction",
            message,
            "where it changed once more, add another entry",
        )


def _now(ledger: Ledger, entry: Correction) -> tuple[str, str] | None:
    """Return what the ledger says now, without and with the unit.

    Returns None if the ledger does not have the claim or fact, or if there is no value.
    """
    holder = ledger.holders.get(entry.fact or "")
    if holder is None:
        return None
    claim = ledger.entry(holder.id, entry.claim) if entry.claim else None
    if entry.claim and claim is None:
        return None
    text = (
        text_of(ledger, claim)
        if claim
        else answer_of(ledger, holder).text
        if isinstance(holder, Fact)
        else ""
    )
    return (text, f"{text} {holder.unit}") if text else None
