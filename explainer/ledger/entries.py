"""An entry: a claim with the fact or series that holds it."""

from __future__ import annotations

from dataclasses import dataclass

from explainer.records import Claim, Fact, Point, Series

Holder = Fact | Series
Statement = Claim | Point


@dataclass(frozen=True)
class Entry:
    """A claim with what holds it: the unit in which the whole site speaks of numbers."""

    holder: Holder
    claim: Statement

    @property
    def ref(self) -> str:
        """How formulas and addresses name it."""
        return f"{self.holder.id}:{self.claim.id}"

    @property
    def definition(self) -> str | None:
        """The counting rule that applies."""
        own = self.claim.definition
        return own or (self.holder.definition if isinstance(self.holder, Series) else None)

    @property
    def deprecated(self) -> bool:
        """Whether the ledger keeps it only to say that it is not followed."""
        return isinstance(self.claim, Claim) and self.claim.rank == "deprecated"
