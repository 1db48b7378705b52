"""The rule ``source-unused``: every source is cited by a claim or a term."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.common.problems import Problem
from explainer.model.ledger import Ledger


def check(ledger: Ledger) -> Iterator[Problem]:
    """Yield a problem for each source that no evidence and no term of the glossary names."""
    used = {*ledger.uses, *(term.source for term in ledger.terms.values())}
    for source in ledger.sources.values():
        if source.id not in used:
            hint = (
                "name it in the evidence of the claim that it bears on, if only with stance:"
                " context; else take it out"
            )
            yield Problem(
                source.place("id"), "source-unused", f"no claim cites '{source.id}'", hint
            )
