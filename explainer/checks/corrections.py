"""``dangling-reference`` in corrections.yaml: an entry is about something that is there, or was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.checks.references import dangling
from explainer.ledger import Ledger
from explainer.problems import Problem
from explainer.records import Correction


def check(ledger: Ledger) -> Iterator[Problem]:
    """Entries about facts, claims and charts that the ledger does not hold; a withdrawal may name what is gone."""
    for correction in ledger.corrections.values():
        if correction.class_ != "withdrawal":
            yield from _named(ledger, correction)


def _named(ledger: Ledger, correction: Correction) -> Iterator[Problem]:
    if correction.fact and correction.fact not in ledger.holders:
        yield dangling(correction, "fact", correction.fact, ledger.holders, "fact or series")
    elif correction.fact and correction.claim and ledger.entry(correction.fact, correction.claim) is None:
        known = [entry.claim.id for entry in ledger.entries(ledger.holders[correction.fact])]
        yield dangling(correction, "claim", correction.claim, known, f"claim of '{correction.fact}'")
    if correction.chart and correction.chart not in ledger.charts:
        yield dangling(correction, "chart", correction.chart, ledger.charts, "chart")
