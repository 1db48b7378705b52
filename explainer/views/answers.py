"""What a fact comes to: one claim, a derived value, or the spread of claims none of which is preferred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from explainer.bearing import Verdict
from explainer.ledger import Entry, Holder, Ledger
from explainer.records import Fact
from explainer.rivals import disagreements
from explainer.views.claims import ClaimView, ClaimViews
from explainer.views.worked import Input, question_of, worked
from explainer.wording import STANDINGS, VERDICTS, Wording


@dataclass(frozen=True)
class AnswerView:
    """What a fact comes to: one claim's words, a derived value, or the spread of claims with none preferred."""

    id: str
    path: str
    question: str
    text: str
    unit: str
    machine: str
    when: str
    """What it covers, in words."""
    kind: str
    voice: str
    state: Literal["one", "derived", "spread"]
    disputed: bool
    verdict: Verdict | None
    """How far the words of a single claim were checked; ``None`` for what is worked out, and for a spread."""
    verdict_text: str
    claims: tuple[ClaimView, ...]
    """The claims it rests on, the chosen one first."""
    rivals: tuple[ClaimView, ...]
    assumes: str
    formula: str
    inputs: tuple[Input, ...] = ()
    """What a derived value was worked out from."""
    notes: tuple[str, ...] = ()
    """What a reader should know of how it was worked out: gaps, other counting rules."""

    @property
    def label(self) -> str:
        """What stands beside it: the kind of statement, that it is disputed, that no words were checked."""
        disputed = ", disputed" if self.disputed and self.state == "one" else ""
        return f"{self.kind}{disputed}{', ' + VERDICTS['not-checked'] if self.verdict == 'not-checked' else ''}"


class Views(ClaimViews):
    """Makes the views of claims and answers."""

    def answer(self, fact: Fact) -> AnswerView:
        """What a fact comes to."""
        entry = self.ledger.preferred(fact)
        if fact.is_worked_out:
            return self._derived(fact)
        if entry is not None:
            return self._one(fact, entry)
        return self._spread(fact)

    def chosen(self, entry: Entry) -> AnswerView:
        """One claim of a fact or series, named by the author."""
        return self._one(entry.holder, entry)

    def _one(self, holder: Holder, entry: Entry) -> AnswerView:
        view = self.claim(entry)
        against = {
            b.claim.id if a.claim.id == view.anchor else a.claim.id
            for a, b in disagreements(self.ledger, holder)
            if view.anchor in (a.claim.id, b.claim.id)
        }
        others = tuple(
            other for other in self.claims(holder) if other.anchor != view.anchor and (isinstance(holder, Fact) or other.anchor in against)
        )
        kind = view.standing if view.standing == STANDINGS["wrong"] else view.kind
        return AnswerView(
            id=f"{holder.id}--{view.anchor}", path=view.path, question=question_of(holder), text=view.said, unit=view.unit,
            machine=view.machine, when=view.when or view.said_on, kind=kind, voice=view.voice, state="one", disputed=view.disputed,
            verdict=view.verdict, verdict_text=view.verdict_text, claims=(view,), rivals=others, assumes="", formula=view.formula,
        )  # fmt: skip

    def _derived(self, fact: Fact) -> AnswerView:
        made = worked(self.ledger, self.wording, fact)
        return AnswerView(
            id=fact.id, path=f"facts/{fact.id}/", question=fact.question, text=made.text,
            unit=self.wording.unit(fact.unit), machine=made.machine, when="", kind="derived",
            voice="worked out here", state="derived", disputed=False, verdict=None, verdict_text="worked out here from other claims",
            claims=(), rivals=(), assumes=fact.assumes or "", formula=made.formula,
            inputs=made.inputs, notes=made.notes,
        )  # fmt: skip

    def _spread(self, fact: Fact) -> AnswerView:
        standing = [entry for entry in self.ledger.entries(fact) if not entry.deprecated]
        views = tuple(view for view in self.claims(fact) if view.rank != "deprecated")
        rest = tuple(view for view in self.claims(fact) if view.rank == "deprecated")
        return AnswerView(
            id=fact.id, path=f"facts/{fact.id}/", question=fact.question, text=spread(standing, self.ledger, self.wording),
            unit=self.wording.unit(fact.unit), machine="; ".join(dict.fromkeys(view.machine for view in views if view.machine)),
            when="", kind="sources disagree", voice="; ".join(dict.fromkeys(view.voice for view in views)), state="spread",
            disputed=True, verdict=None, verdict_text="", claims=views, rivals=rest, assumes="", formula="",
        )  # fmt: skip


def spread(entries: Sequence[Entry], ledger: Ledger, wording: Wording) -> str:
    """Several claims as one phrase: "22,000 to over 60,000", "7 July 2025 or 8 July 2025"."""
    values = [value for entry in entries if (value := ledger.value(entry)) is not None]
    if not values:
        return " or ".join(dict.fromkeys(wording.said(ledger, entry) for entry in entries))
    lowest, highest = min(values, key=lambda value: value.numbers[0]), max(values, key=lambda value: value.numbers[-1])
    low, high = wording.number(lowest.numbers[0]), wording.number(highest.numbers[-1])
    low = f"{lowest.form} {low}" if lowest.form in ("under", "up to", "almost") else low
    high = f"{highest.form} {high}" if highest.form in ("over", "at least") else high
    return f"{low} to {high}" if low != high else low
