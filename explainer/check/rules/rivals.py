"""The rules ``rivals-unranked``, ``two-preferred`` and ``rank-without-why``.

If claims disagree, the author must rank them and say why.
"""

from __future__ import annotations

from collections.abc import Iterator

from explainer.common.problems import Problem
from explainer.model.ledger import Entry, Holder, Ledger
from explainer.model.records import Claim, Fact, Point
from explainer.model.rivals import disagreements


def of_one(ledger: Ledger, name: str) -> Iterator[Problem]:
    """Yield a problem for each disagreement between claims that is not ranked and explained."""
    holder = ledger.holders[name]
    if isinstance(holder, Fact):
        yield from _preferred(holder)
    yield from _pairs(ledger, holder)


def _preferred(fact: Fact) -> Iterator[Problem]:
    preferred = [claim for claim in fact.claims if claim.rank == "preferred"]
    for claim in preferred[1:]:
        yield Problem(
            claim.place("rank"),
            "two-preferred",
            f"'{fact.id}' already prefers '{preferred[0].id}'",
            "prefer one, or none",
        )
    if len({claim.rank or "normal" for claim in fact.claims}) == 1:
        return
    for claim in fact.claims:
        if claim.rank in ("preferred", "deprecated") and not claim.why:
            yield Problem(
                claim.place("rank"),
                "rank-without-why",
                f"'{fact.id}:{claim.id}' is {claim.rank}, and nothing says why",
                "add 'why:'",
            )


def _pairs(ledger: Ledger, holder: Holder) -> Iterator[Problem]:
    for first, second in disagreements(ledger, holder):
        if _told_apart(first, second):
            continue
        message = (
            f"'{first.claim.id}' ({_said(first)}) and '{second.claim.id}' ({_said(second)}) of"
            f" '{holder.id}' disagree"
        )
        if isinstance(first.claim, Point):
            hint = "show at most one as main, the other as rival or disputed, and say why"
        elif isinstance(first.claim, Claim) and isinstance(second.claim, Claim):
            hint = (
                f"{_lacking(first.claim, second.claim)}; or, if they count different things, give"
                " them different definitions"
            )
        else:
            hint = "give each a rank, and say why"
        yield Problem(second.claim.place(), "rivals-unranked", message, hint)


def _lacking(*claims: Claim) -> str:
    """Return what the author still has to do about two claims that disagree, in words."""
    unranked = [f"'{claim.id}'" for claim in claims if claim.rank is None]
    ranks = f"give {' and '.join(unranked)} a 'rank:', prefer one or none," if unranked else ""
    why = "" if any(claim.why for claim in claims) else "say why, in 'why:' of one of them"
    return " and ".join(filter(None, [ranks, why]))


def _told_apart(first: Entry, second: Entry) -> bool:
    a, b = first.claim, second.claim
    if isinstance(a, Claim) and isinstance(b, Claim):
        return a.rank is not None and b.rank is not None and bool(a.why or b.why)
    if isinstance(a, Point) and isinstance(b, Point):
        return not (a.show == b.show == "main") and any((a.why, b.why, a.note, b.note))
    return False


def _said(entry: Entry) -> str:
    claim = entry.claim
    return str(
        claim.value
        if claim.value is not None
        else claim.date
        if claim.date is not None
        else claim.derived
    )
