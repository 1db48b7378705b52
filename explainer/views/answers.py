"""What a fact comes to: one answer, a derived value, or several claims none of which is preferred."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from explainer.bearing import Verdict
from explainer.ledger import Entry, Holder, Ledger
from explainer.ledger.looking import Memory, note
from explainer.ledger.rivals import camps, conflicts, disagreements, say_the_same
from explainer.records import Fact
from explainer.stored import stored
from explainer.views.claims import ClaimView, ClaimViews
from explainer.views.worked import Input, question_of, worked
from explainer.wording import Wording


@stored
@dataclass(frozen=True)
class AnswerView:
    """What a fact comes to: what one claim says or several say alike, a derived value, or claims with none preferred."""

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
    state: Literal["one", "derived", "several", "spread"]
    """one: one claim, or several that say the same; several: claims of which none contradicts another, such as "35,000" and "over
    30,000", figures for different years, or statements; spread: at least two contradict each other."""
    disputed: bool
    verdict: Verdict | None
    """How far the words were checked; ``None`` for what is worked out, and where claims were checked in different ways."""
    verdict_text: str
    claims: tuple[ClaimView, ...]
    """The claims it rests on, the chosen one first."""
    rivals: tuple[ClaimView, ...]
    assumes: str
    formula: str
    label: str
    """What stands beside it: the kind of statement, that it is disputed, that no words were checked."""
    inputs: tuple[Input, ...] = ()
    """What a derived value was worked out from."""
    notes: tuple[str, ...] = ()
    """What a reader should know of how it was worked out: gaps, other counting rules."""


class Views(ClaimViews):
    """Makes the views of claims and answers, each once."""

    def __init__(self, ledger: Ledger, wording: Wording) -> None:
        super().__init__(ledger, wording)
        self._answers: Memory[str, AnswerView] = Memory()

    def answer(self, fact: Fact) -> AnswerView:
        """What a fact comes to."""
        note(("holders", fact.id))
        return self._answers.get(fact.id, lambda: self._answer(fact))

    def _answer(self, fact: Fact) -> AnswerView:
        entry = self.ledger.preferred(fact)
        if fact.is_worked_out:
            return self._derived(fact)
        if entry is not None:
            return self.chosen(entry)
        return self._unranked(fact)

    def chosen(self, entry: Entry) -> AnswerView:
        """One claim of a fact or series, named by the author."""
        note(("holders", entry.holder.id))
        return self._answers.get(entry.ref, lambda: self._one(entry.holder, entry))

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
        kind = view.standing if view.wrong else view.kind
        return AnswerView(
            id=f"{holder.id}--{view.anchor}", path=view.path, question=question_of(holder), text=view.said, unit=view.unit,
            machine=view.machine, when=view.when or view.said_on, kind=kind, voice=view.voice, state="one", disputed=view.disputed,
            verdict=view.verdict, verdict_text=view.verdict_text, claims=(view,), rivals=others, assumes=view.assumes, formula=view.formula,
            label=self._label(kind, view),
        )  # fmt: skip

    def _label(self, kind: str, view: ClaimView) -> str:
        disputed = self.wording.say("comma_disputed") if view.disputed else ""
        return f"{kind}{disputed}{', ' + view.verdict_text if view.verdict == 'not-checked' else ''}"

    def _derived(self, fact: Fact) -> AnswerView:
        words, made, kind = self.wording, worked(self.ledger, self.wording, fact), self.wording.catalogue.say("kinds", "derived")
        return AnswerView(
            id=fact.id, path=f"facts/{fact.id}/", question=fact.question, text=made.text,
            unit=words.unit(fact.unit, made.value), machine=made.machine, when="", kind=kind,
            voice=words.say("worked_out"), state="derived", disputed=False, verdict=None,
            verdict_text=words.verdict("not-checked", derived=True),
            claims=(), rivals=(), assumes=fact.assumes or "", formula=made.formula, label=kind,
            inputs=made.inputs, notes=made.notes,
        )  # fmt: skip

    def _unranked(self, fact: Fact) -> AnswerView:
        """Several claims, none of them preferred: they say the same, leave room for each other, or contradict each other."""
        words = self.wording
        standing = [entry for entry in self.ledger.entries(fact) if not entry.deprecated]
        views = tuple(view for view in self.claims(fact) if view.rank != "deprecated")
        contradict = any(not (a.deprecated or b.deprecated) for a, b in conflicts(self.ledger, fact))
        same = bool(views) and all(say_the_same(self.ledger, a, b) for a, b in pairwise(standing))
        voice = "; ".join(dict.fromkeys(view.voice for view in views))
        disputed = contradict or any(view.disputed for view in views)
        verdicts = {(view.verdict, view.verdict_text) for view in views}
        verdict, verdict_text = verdicts.pop() if len(verdicts) == 1 and not contradict else (None, "")
        if contradict:
            state: Literal["one", "several", "spread"] = "spread"
            text, unit, kind = spread(standing, self.ledger, words), words.unit(fact.unit), words.say("sources_disagree")
            voice = self._voices_of_camps(fact) or voice
            label = kind
        else:
            state = "one" if same else "several"
            text = views[0].said if same else beside_one_another(standing, self.ledger, words)
            unit = views[0].unit if same else words.unit(fact.unit)
            kind = ", ".join(dict.fromkeys(view.kind for view in views)) if same else words.say("several_claims")
            label = kind + (words.say("comma_disputed") if disputed else "") + (f", {verdict_text}" if verdict == "not-checked" else "")
        whens = {view.when or view.said_on for view in views}
        return AnswerView(
            id=fact.id, path=f"facts/{fact.id}/", question=fact.question, text=text, unit=unit,
            machine=views[0].machine if same else "; ".join(dict.fromkeys(view.machine for view in views if view.machine)),
            when=whens.pop() if state == "one" and len(whens) == 1 else "", kind=kind, voice=voice, state=state, disputed=disputed,
            verdict=verdict, verdict_text=verdict_text, claims=views,
            rivals=tuple(view for view in self.claims(fact) if view.rank == "deprecated"), assumes="", formula="", label=label,
        )  # fmt: skip

    def _voices_of_camps(self, fact: Fact) -> str:
        """Who says what, where claims that agree contradict others: "35,000: Town, County; 40,000: Region". Else empty."""
        groups = camps(self.ledger, fact)
        if all(len(group) == 1 for group in groups):
            return ""
        told = []
        for group in groups:
            views = [self.claim(entry) for entry in group]
            said = beside_one_another(group, self.ledger, self.wording)
            told.append(f"{said}: {', '.join(dict.fromkeys(view.voice for view in views))}")
        return "; ".join(told)


_NAMED_VALUES = 3
"""So many values that do not contradict each other are named one by one; of more, the lowest and the highest."""


def beside_one_another(entries: Sequence[Entry], ledger: Ledger, wording: Wording) -> str:
    """What several claims say that do not contradict each other: "35,000 or over 30,000"; with their times, where these differ."""
    distinct = [entry for at, entry in enumerate(entries) if not any(say_the_same(ledger, entry, other) for other in entries[:at])]
    if len(distinct) > _NAMED_VALUES and all(ledger.value(entry) is not None for entry in distinct):
        return spread(distinct, ledger, wording)
    timed = len({str(entry.claim.period) for entry in distinct}) > 1
    whens = {entry.ref: wording.when(entry) if timed else "" for entry in distinct}
    said = [wording.said(ledger, entry) + (f" ({whens[entry.ref]})" if whens[entry.ref] else "") for entry in distinct]
    said = list(dict.fromkeys(said))
    return _statements(said, wording) if any(entry.claim.text for entry in distinct) else wording.either(said)


def spread(entries: Sequence[Entry], ledger: Ledger, wording: Wording) -> str:
    """Several claims as one phrase: "22,000 to over 60,000", "7 July 2025 or 8 July 2025"."""
    values = [value for entry in entries if (value := ledger.value(entry)) is not None]
    if not values:
        said = list(dict.fromkeys(wording.said(ledger, entry) for entry in entries))
        return wording.either(said) if any(entry.claim.date for entry in entries) else _statements(said, wording)
    lowest, highest = min(values, key=lambda value: value.numbers[0]), max(values, key=lambda value: value.numbers[-1])
    low, high = wording.number(lowest.numbers[0]), wording.number(highest.numbers[-1])
    low = wording.formed(lowest, low) if lowest.form in ("under", "up to", "almost") else low
    high = wording.formed(highest, high) if highest.form in ("over", "at least") else high
    return wording.catalogue.say("amounts", "spread", low=low, high=high) if low != high else low


def _statements(said: Sequence[str], wording: Wording) -> str:
    """Whole sentences beside one another, without a full stop before "or"."""
    return functools.reduce(lambda first, other: wording.say("either", first=first.removesuffix("."), other=other), said)
