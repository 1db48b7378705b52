"""``unit``: every amount has a unit that the table knows."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.ledger import Ledger
from explainer.problems import Problem
from explainer.values.units import Unit


def is_unit(ledger: Ledger, unit: str | None) -> bool:
    """Whether a unit is known, or none is given."""
    try:
        return unit is None or Unit.parse(unit, ledger.nouns) is not None
    except ValueError:
        return False


def of_one(ledger: Ledger, name: str) -> Iterator[Problem]:
    """An unknown unit of a fact or series, and amounts without one."""
    holder = ledger.holders[name]
    if holder.unit is not None:
        try:
            Unit.parse(holder.unit, ledger.nouns)
        except ValueError as error:
            yield Problem(holder.place("unit"), "unit", str(error), "use a known noun, or add one under units in seeds/definitions.yaml")
        return
    for entry in ledger.entries(holder):
        if entry.claim.value is not None:
            message = f"'{entry.ref}' has a value, but '{holder.id}' has no unit"
            yield Problem(entry.claim.place("value"), "unit", message, f"add 'unit: people' or the like to '{holder.id}'")
