"""The rules ``no-support`` and ``weak-support``.

Each claim needs evidence that supports it, and from more than weak sources. Derived claims need
none. Claims marked as unverified, disputed, wrong or opinion may have weak sources only.
"""

from __future__ import annotations

from collections.abc import Iterator

from explainer.common.problems import Problem
from explainer.model.ledger import Ledger


def of_one(ledger: Ledger, name: str) -> Iterator[Problem]:
    """Yield a problem for each claim of a fact or series with no support or only weak sources."""
    for entry in ledger.entries(ledger.holders[name]):
        claim = entry.claim
        if claim.derived is not None:
            continue
        if not claim.supports:
            others = (
                f"; its {len(claim.evidence)} item(s) only contradict it or give context"
                if claim.evidence
                else ""
            )
            hint = "add evidence with 'stance: supports', or take the claim out"
            yield Problem(
                claim.place("evidence"),
                "no-support",
                f"'{entry.ref}' has no evidence that supports it{others}",
                hint,
            )
        sources = [
            ledger.sources[item.source] for item in claim.supports if item.source in ledger.sources
        ]
        if (
            sources
            and all(source.weak for source in sources)
            and claim.standing not in ("unverified", "disputed", "wrong", "opinion")
        ):
            names = ", ".join(source.id for source in sources)
            hint = "add a better source, or set 'standing: unverified'"
            yield Problem(
                claim.place("evidence"),
                "weak-support",
                f"'{entry.ref}' rests on weak sources alone ({names})",
                hint,
            )
