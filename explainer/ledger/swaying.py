"""Which rival claims would change what a comparison comes to, were they followed in place of the claims that are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from explainer.ledger import Entry, Ledger
from explainer.ledger.comparisons import Compared, compare
from explainer.ledger.rivals import rivals_of
from explainer.records import Fact
from explainer.values.formula_tokens import FormulaError


def swaying(ledger: Ledger, fact: Fact, found: Compared) -> tuple[Entry, ...]:
    """The rivals by which the comparison would come out otherwise, or not at all.

    Each rival is tried alone, and then each two that stand in for different claims and change nothing alone. No more need be
    tried: whether one point lies beyond another rests on these two alone.
    """
    said = _outcome(found)
    swaps = [(each.ref, rival) for each in _entering(ledger, fact, found) for rival in rivals_of(ledger, each)]
    single = {rival.ref: rival for ref, rival in swaps if _by(ledger, fact, {ref: rival}) != said}
    quiet = [(ref, rival) for ref, rival in swaps if rival.ref not in single]
    for one, other in combinations(quiet, 2):
        if one[0] != other[0] and _by(ledger, fact, dict((one, other))) != said:
            single |= {rival.ref: rival for _, rival in (one, other)}
    return tuple(rival for ref, rival in {rival.ref: rival for _, rival in swaps}.items() if ref in single)


def _entering(ledger: Ledger, fact: Fact, found: Compared) -> Iterator[Entry]:
    """Each claim that a comparison rests on, those of a comparison that it takes up among them."""
    known = {entry.ref: entry for entry in found.inputs}
    for ref in (fact.compares.of, fact.compares.to) if fact.compares else ():
        inner = ledger.facts.get(ref or "")
        if inner is not None and inner.compares:
            known |= {entry.ref: entry for entry in compare(ledger, inner).inputs}
    yield from known.values()


def _by(ledger: Ledger, fact: Fact, swap: Mapping[str, Entry]) -> str | None:
    try:
        return _outcome(compare(ledger, fact, swap=swap))
    except FormulaError:
        return None


def _outcome(found: Compared) -> str:
    """What it comes to, apart from who says so."""
    claim = found.found.claim if found.found else None
    return f"{found.value} {bool(found.tied)} {(claim.period or claim.date or claim.said_on) if claim else ''}"
