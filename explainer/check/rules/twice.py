"""``same-claim-differs``: a claim that was entered twice, in two facts or series, is coded alike."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.check.rules.units import is_unit
from explainer.check.support.twice import entered_twice
from explainer.common.problems import Place, Problem
from explainer.model.ledger import Entry, Ledger
from explainer.model.records import Point


def check(ledger: Ledger) -> Iterator[Problem]:
    """Claims that are one claim of one source, and are entered with something that differs."""
    pairs = [(first, second, _differing(ledger, first, second)) for first, second in entered_twice(ledger)]
    # "about 100 in May and June": a claim for June beside one for May that is coded alike elsewhere is another claim
    settled = {ref for a, b, differing in pairs if not differing for ref in ((a.ref, b.holder.id), (b.ref, a.holder.id))}
    for first, second, differing in pairs:
        if not differing or (first.ref, second.holder.id) in settled or (second.ref, first.holder.id) in settled:
            continue
        told = ", ".join(f"{name} {_shown(mine)} and {_shown(theirs)}" for name, mine, theirs in differing)
        key = differing[0][0]
        message = f"'{first.ref}' ({_place(first, key)}) and '{second.ref}' are one claim, entered in two ways: {told}"
        hint = "mend the one that is wrong; if they are two claims, quote or note the words that tell them apart"
        yield Problem(_place(second, key), "same-claim-differs", message, hint)


def _differing(ledger: Ledger, a: Entry, b: Entry) -> list[tuple[str, object, object]]:
    """What differs between two entries of one claim: the key, and what each has there.

    How a claim stands, and on whose side, is judged for each question anew, so neither is compared.
    """
    pairs: list[tuple[str, object, object]] = [
        ("value", a.claim.value, b.claim.value),
        ("date", a.claim.date, b.claim.date),
        ("definition", a.definition, b.definition),
    ]
    # a fact whose question names the time may leave out the period that a series has to give
    if a.claim.period is not None and b.claim.period is not None and not a.claim.period.same_spell(b.claim.period):
        pairs.append(("period", a.claim.period, b.claim.period))
    if is_unit(ledger, a.holder.unit) and is_unit(ledger, b.holder.unit) and not _same_unit(ledger, a, b):
        pairs.append(("unit", a.holder.unit, b.holder.unit))
    if a.claim.kind is not None and b.claim.kind is not None:
        pairs.append(("kind", a.claim.kind, b.claim.kind))
    if isinstance(a.claim, Point) and isinstance(b.claim, Point):
        pairs += [("region", a.claim.region, b.claim.region), ("basis", a.claim.basis, b.claim.basis)]
    return [(name, mine, theirs) for name, mine, theirs in pairs if mine != theirs]


def _same_unit(ledger: Ledger, a: Entry, b: Entry) -> bool:
    """Whether two claims count the same, however the unit is written."""
    if a.holder.unit is None or b.holder.unit is None:
        return a.holder.unit == b.holder.unit
    return ledger.unit(a.holder).same(ledger.unit(b.holder))


def _shown(value: object) -> str:
    return "none" if value is None else f"'{value}'"


def _place(entry: Entry, key: str) -> Place:
    """Where a key stands in a claim, or in the fact or series that it is of."""
    of_holder = key == "unit" or (key == "definition" and entry.claim.definition is None and entry.definition is not None)
    return (entry.holder if of_holder else entry.claim).place(key)
