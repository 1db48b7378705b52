"""The rule ``unit``: every amount has a unit, and all nouns in units are known."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.common.problems import DEFINITIONS, Problem
from explainer.common.suggestions import closest_match, did_you_mean
from explainer.model.ledger import Holder, Ledger
from explainer.model.units import Unit


def is_unit(ledger: Ledger, unit: str | None) -> bool:
    """Return whether a unit is known. No unit counts as known."""
    try:
        return unit is None or Unit.parse(unit, ledger.nouns) is not None
    except ValueError:
        return False


def check(ledger: Ledger) -> Iterator[Problem]:
    """Yield a problem for each noun in units that is not known, once for each noun.

    If a unit that nothing uses has a similar name, the place is its entry in ``definitions.yaml``,
    which is probably misspelt. Else the place is the first record with the noun.
    """
    for noun, holders in _unknown(ledger).items():
        wrong, hint = (
            f"'{noun}' is not a unit",
            "use a known noun, or add one under units in seeds/definitions.yaml",
        )
        unused = _unused(ledger)
        declared = closest_match(
            noun, [form for form in unused if ledger.nouns[form] == form]
        ) or closest_match(noun, unused)
        first, others = holders[0].place("unit"), len(holders) - 1
        if declared and ledger.declared[declared].path == DEFINITIONS:
            message = (
                f"'{declared}' is the unit of nothing, and '{noun}', the unit of {_named(holders)},"
                " is declared nowhere"
            )
            yield Problem(
                ledger.declared[declared],
                "unit",
                message,
                f"Did you mean '{noun}'? Else mend the unit at {first}",
            )
            continue
        known = sorted(set(ledger.nouns.values()))
        message = f"{wrong}; known are {', '.join(known)}" + (
            f" (it is also that of {_named(holders[1:])})" if others else ""
        )
        yield Problem(first, "unit", message, did_you_mean(noun, sorted(ledger.nouns), hint))


def _unknown(ledger: Ledger) -> dict[str, list[Holder]]:
    """Return the facts and series with an unknown noun in their unit, by noun, sorted by place."""
    found: dict[str, list[Holder]] = {}
    for holder in sorted(ledger.holders.values(), key=lambda each: each.place("unit")):
        for noun in holder.unit.split("/") if holder.unit is not None else ():
            if noun.strip() not in ledger.nouns:
                found.setdefault(noun.strip(), []).append(holder)
    return found


def _unused(ledger: Ledger) -> list[str]:
    """Return all forms of the project's own nouns that no unit uses in any form."""
    used = {
        ledger.nouns.get(noun.strip())
        for holder in ledger.holders.values()
        for noun in (holder.unit or "").split("/")
    }
    return [
        form for form in ledger.declared if form in ledger.nouns and ledger.nouns[form] not in used
    ]


def _named(holders: list[Holder]) -> str:
    """Return the ids of some facts and series as text: the first three, and how many more."""
    names = [f"'{holder.id}'" for holder in holders[:3]]
    more = len(holders) - len(names)
    return (
        f"{', '.join(names)} and {more:,} more"
        if more
        else " and ".join([", ".join(names[:-1]), names[-1]][not names[:-1] :])
    )


def of_one(ledger: Ledger, name: str) -> Iterator[Problem]:
    """Yield a problem for each amount in a fact or series without a unit."""
    holder = ledger.holders[name]
    for entry in ledger.entries(holder) if holder.unit is None else ():
        if entry.claim.value is not None:
            message = f"'{entry.ref}' has a value, but '{holder.id}' has no unit"
            yield Problem(
                entry.claim.place("value"),
                "unit",
                message,
                f"add 'unit: people' or the like to '{holder.id}'",
            )
