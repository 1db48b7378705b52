"""How large a ledger is, and how far its claims were checked."""

from __future__ import annotations

from typing import get_args

from explainer.bearing import IN_TEXT, Verdict, best_verdict
from explainer.ledger import Ledger


def sizes(ledger: Ledger) -> dict[str, int]:
    """Each size by the name that pages count it by: records by their kinds, and claims by their verdicts."""
    entries = [entry for entry in ledger.entries() if not entry.claim.derived]
    verdicts = [best_verdict(ledger, entry) for entry in entries]
    return {
        "sources": len(ledger.sources),
        "facts": len(ledger.facts),
        "series": len(ledger.series),
        "points": sum(len(series.points) for series in ledger.series.values()),
        "claims": sum(1 for _ in ledger.entries()),
        **{verdict: verdicts.count(verdict) for verdict in get_args(Verdict)},
        "in-kept-texts": sum(verdicts.count(verdict) for verdict in IN_TEXT),
        "kept-texts": len(ledger.texts),
        "weak-sources": sum(1 for source in ledger.sources.values() if source.weak),
        "copies": sum(1 for source in ledger.sources.values() if source.copy_of or source.mirror_of),
    }
