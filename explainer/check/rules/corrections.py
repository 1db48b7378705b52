"""``correction``: an entry is about something that is there, and says what stands there now; a withdrawal is about what is gone."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.check.rules.references import dangling
from explainer.common.problems import Problem
from explainer.history.changes import answer_of, text_of
from explainer.model.ledger import Ledger
from explainer.model.records import Correction, Fact


def check(ledger: Ledger) -> Iterator[Problem]:
    """Entries about facts, claims and charts that the ledger does not hold, and entries that no longer match."""
    last = {entry.ref: entry for entry in ledger.corrections.values()}
    for entry in ledger.corrections.values():
        if entry.class_ != "withdrawal":
            yield from _named(ledger, entry)
    for entry in last.values():
        yield from _matches(ledger, entry)


def _named(ledger: Ledger, correction: Correction) -> Iterator[Problem]:
    """What an entry names is there, or a later entry withdrew it."""
    withdrawn = {each.ref for each in ledger.corrections.values() if each.class_ == "withdrawal"}
    if correction.ref in withdrawn or correction.fact in withdrawn:
        return
    if correction.fact and correction.fact not in ledger.holders:
        yield dangling(correction, "fact", correction.fact, ledger.holders, "fact or series")
    elif correction.fact and correction.claim and ledger.entry(correction.fact, correction.claim) is None:
        known = [entry.claim.id for entry in ledger.entries(ledger.holders[correction.fact])]
        yield dangling(correction, "claim", correction.claim, known, f"claim of '{correction.fact}'")
    if correction.chart and correction.chart not in ledger.charts:
        yield dangling(correction, "chart", correction.chart, ledger.charts, "chart")


def _matches(ledger: Ledger, entry: Correction) -> Iterator[Problem]:
    """The newest entry about a claim or an answer says what the ledger says."""
    now = _now(ledger, entry)
    if now is None:
        return
    if entry.new is None:
        hint = "take it out of the ledger, or enter what stands in its place as a correction"
        yield Problem(entry.place("class"), "correction", f"'{entry.ref}' is said to be withdrawn, and the ledger holds it", hint)
    elif entry.new not in now:
        message = f"the entry says that '{entry.ref}' is '{entry.new[:80]}' now, and the ledger has '{now[0][:80]}'"
        yield Problem(entry.place("new"), "correction", message, "where it changed once more, add another entry")


def _now(ledger: Ledger, entry: Correction) -> tuple[str, str] | None:
    """What the ledger says, bare and with its unit; nothing where it does not hold it, or where no value is concerned."""
    holder = ledger.holders.get(entry.fact or "")
    if holder is None:
        return None
    claim = ledger.entry(holder.id, entry.claim) if entry.claim else None
    if entry.claim and claim is None:
        return None
    text = text_of(ledger, claim) if claim else answer_of(ledger, holder).text if isinstance(holder, Fact) else ""
    return (text, f"{text} {holder.unit}") if text else None
