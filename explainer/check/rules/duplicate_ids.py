"""The rule ``duplicate-id``.

The ids of claims are unique within a fact or series, and a fact and a series never share an id.
"""

from __future__ import annotations

from collections.abc import Iterator

from explainer.common.problems import Place, Problem
from explainer.model.ledger import Ledger


def check(ledger: Ledger) -> Iterator[Problem]:
    """Yield a problem for each id that both a fact and a series have."""
    for name in ledger.facts.keys() & ledger.series.keys():
        other = ledger.series[name].place("id")
        yield Problem(
            ledger.facts[name].place("id"),
            "duplicate-id",
            f"'{name}' is also a series, at {other}",
            "rename one of them",
        )


def of_one(ledger: Ledger, name: str) -> Iterator[Problem]:
    """Yield a problem for each claim whose id an earlier claim of the fact or series has."""
    seen: dict[str, Place] = {}
    for entry in ledger.entries(ledger.holders[name]):
        claim = entry.claim
        if claim.id in seen:
            yield Problem(
                claim.place("id"),
                "duplicate-id",
                f"'{claim.id}' is already at {seen[claim.id]}",
                "give this claim another id",
            )
        seen.setdefault(claim.id, claim.place("id"))
