"""The rule ``review``: the next review of a fact or series is not due before its ``as_of`` date."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.common.problems import Problem
from explainer.model.ledger import Ledger


def of_one(ledger: Ledger, name: str) -> Iterator[Problem]:
    """Yield a problem if ``review_by`` is before ``as_of``."""
    holder = ledger.holders[name]
    if not holder.as_of.can_precede(holder.review_by):
        message = (
            f"the review of '{holder.id}' is due on {holder.review_by}, before the day it is good"
            f" for, {holder.as_of}"
        )
        yield Problem(holder.place("review_by"), "review", message, "write a later review_by")
