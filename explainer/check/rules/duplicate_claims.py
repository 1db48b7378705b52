"""The rule ``same-claim-differs``.

If two facts or series hold the same claim of a source, both must enter it in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator

from explainer.check.rules.units import is_unit
from explainer.check.support.twice import entered_twice
from explainer.common.problems import Place, Problem
from explainer.model.ledger import Entry, Ledger
from explainer.model.records import Point


def check(ledger: Ledger) -> Iterator[Problem]:
    """Yield a problem for each pair of entries that are one claim of one source but differ."""
    pairs = [
        (first, second, _differing(ledger, first, second))
        for first, second in entered_twice(ledger)
    ]
    # A pair is settled if one of its claims has an equal twin in the other's fact or series.
    # "About 100 in May and June": the claim for June is not a bad copy of the claim for May.
    settled = {
        ref
        for a, b, differing in pairs
        if not differing
        for ref in ((a.ref, b.holder.id), (b.ref, a.holder.id))
    }
    for first, second, differing in pairs:
        if (
            not differing
            or (first.ref, second.holder.id) in settled
            or (second.ref, first.holder.id) in settled
        ):
            continue
        told = ", ".join(
            f"{name} {_shown(mine)} and {_shown(theirs)}" for name, mine, theirs in differing
        )
        key = differing[0][0]
        message = (
            f"'{first.ref}' ({_place(first, key)}) and '{second.ref}' are one claim, entered in two"
            f" ways: {told}"
        )
        hint = (
            "mend the one that is wrong; if they are two claims, quote or note the words that tell"
            " them apart"
        )
        yield Problem(_place(second, key), "same-claim-differs", message, hint)


def _differing(ledger: Ledger, a: Entry, b: Entry) -> list[tuple[str, object, object]]:
    """Return the differences between two entries of one claim: the key and both values.

    ``standing`` and ``group`` are not compared, because they depend on the question.
    """
    pairs: list[tuple[str, object, object]] = [
        ("value", a.claim.value, b.claim.value),
        ("date", a.claim.date, b.claim.date),
        ("definition", a.definition, b.definition),
    ]
    # Periods are compared only if both are given: a fact whose question names the time needs none.
    if (
        a.claim.period is not None
        and b.claim.period is not None
        and not a.claim.period.same_spell(b.claim.period)
    ):
        pairs.append(("period", a.claim.period, b.claim.period))
    if (
        is_unit(ledger, a.holder.unit)
        and is_unit(ledger, b.holder.unit)
        and not _same_unit(ledger, a, b)
    ):
        pairs.append(("unit", a.holder.unit, b.holder.unit))
    if a.claim.kind is not None and b.claim.kind is not None:
        pairs.append(("kind", a.claim.kind, b.claim.kind))
    if isinstance(a.claim, Point) and isinstance(b.claim, Point):
        pairs += [
            ("region", a.claim.region, b.claim.region),
            ("basis", a.claim.basis, b.claim.basis),
        ]
    return [(name, mine, theirs) for name, mine, theirs in pairs if mine != theirs]


def _same_unit(ledger: Ledger, a: Entry, b: Entry) -> bool:
    """Return whether two claims have the same unit, even if it is written in two ways."""
    if a.holder.unit is None or b.holder.unit is None:
        return a.holder.unit == b.holder.unit
    return ledger.unit(a.holder).same(ledger.unit(b.holder))


def _shown(value: object) -> str:
    return "none" if value is None else f"'{value}'"


def _place(entry: Entry, key: str) -> Place:
    """Return the place of a key in a claim, or in its fact or series if the key is there."""
    of_holder = key == "unit" or (
        key == "definition" and entry.claim.definition is None and entry.definition is not None
    )
    return (entry.holder if of_holder else entry.claim).place(key)
