"""The views of claims and answers: plain strings that templates print.

They are computed before a template runs.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from explainer.check.support import Verdict, best_verdict, verdict
from explainer.common.typed_json import register_dataclass
from explainer.model.ledger import Entry, Holder, Ledger
from explainer.model.quotations import at_words
from explainer.model.records import Claim, Evidence, Fact, Point
from explainer.model.rivals import camps, conflicts, disagreements, say_the_same
from explainer.model.tracking import Memory, note
from explainer.publish import wording
from explainer.publish.corrections import CorrectionView, corrections_in_words
from explainer.publish.derivations import Input, derive, inputs_of, notes_of, question_of
from explainer.publish.wording import Wording


@register_dataclass
@dataclass(frozen=True)
class EvidenceView:
    """One piece of evidence in words, for templates."""

    source_id: str
    cited: str
    url: str
    stance: Literal["supports", "contradicts", "context"]
    quote: str
    locator: str
    says: str
    verdict: Verdict
    verdict_text: str
    language: str
    at: str
    """The URL of the source, with a text fragment that scrolls to the words."""
    passage: str
    """The URL of the passage in the kept text, relative to the site's root.

    Empty if the text is not shown or the quote is not in it.
    """


@register_dataclass
@dataclass(frozen=True)
class ClaimView:
    """One claim in words, for templates. Strings are empty if the claim has no such value."""

    anchor: str
    path: str
    """Its URL, relative to the site's root."""
    said: str
    unit: str
    machine: str
    """The value as the ledger writes it."""
    when: str
    said_on: str
    voice: str
    kind: str
    group: str
    standing: str
    rank: str
    why: str
    note: str
    inferred: str
    definition: str
    formula: str
    assumes: str
    """The assumption of its formula."""
    region: str
    basis: str
    show: str
    verdict: Verdict | None
    """How far its words were checked. None for a derived claim."""
    verdict_text: str
    evidence: tuple[EvidenceView, ...]
    disputed: bool
    """Whether its standing is "disputed". Pages say so beside it."""
    wrong: bool
    """Whether its standing is "wrong": it is kept, but not supported."""
    inputs: tuple[Input, ...] = ()
    """The inputs of its formula. Empty if it is not derived."""
    notes: tuple[str, ...] = ()

    @property
    def best(self) -> EvidenceView | None:
        """The supporting evidence with the best verdict, or None. Pages show it first."""
        bearing = [item for item in self.evidence if item.stance == "supports"]
        return next(
            (item for item in bearing if item.verdict == self.verdict),
            bearing[0] if bearing else None,
        )

    @property
    def plain(self) -> str:
        """The value in digits without thousands separators, for search.

        Empty for dates, for amounts without a unit, and for numbers below four digits.
        """
        return (
            re.sub(r"[a-z ]+", "", self.machine)
            if re.search(r"\d{4}", self.machine) and self.unit
            else ""
        )

    @property
    def ref(self) -> str:
        """The name in formulas and corrections: ``fact:claim``."""
        return self.path.removeprefix("facts/").replace("/#", ":")


class ClaimViews:
    """Makes the views of claims and caches them."""

    def __init__(self, ledger: Ledger, wording: Wording) -> None:
        self.ledger, self.wording = ledger, wording
        self._made: Memory[str, ClaimView] = Memory()
        self._listed: Memory[str, tuple[ClaimView, ...]] = Memory()

    def claims(self, holder: Holder) -> tuple[ClaimView, ...]:
        """Return all claims of a fact or series: preferred ones first, deprecated ones last."""
        note(("holders", holder.id))
        return self._listed.get(holder.id, lambda: self._claims(holder))

    def _claims(self, holder: Holder) -> tuple[ClaimView, ...]:
        order = {"preferred": 0, "normal": 1, "deprecated": 2}
        entries = list(self.ledger.entries(holder))
        if isinstance(holder, Fact):
            entries.sort(key=lambda entry: order[getattr(entry.claim, "rank", None) or "normal"])
        return tuple(self.claim(entry) for entry in entries)

    def claim(self, entry: Entry) -> ClaimView:
        """Return the view of one claim."""
        note(("holders", entry.holder.id))
        return self._made.get(entry.ref, lambda: self._claim(entry))

    def _claim(self, entry: Entry) -> ClaimView:
        inputs, notes = (
            inputs_of(self.ledger, self.wording, entry.claim),
            notes_of(self.ledger, self.wording, entry.claim, entry.ref),
        )
        return replace(self._said(entry), inputs=inputs, notes=notes)

    def _said(self, entry: Entry) -> ClaimView:
        claim, words, ledger, value = (
            entry.claim,
            self.wording,
            self.ledger,
            self.ledger.value(entry),
        )
        best = best_verdict(ledger, entry)
        return ClaimView(
            anchor=claim.id,
            path=f"facts/{entry.holder.id}/#{claim.id}",
            said=words.said(ledger, entry),
            unit=words.unit(entry.holder.unit, value) if value else "",
            machine=str(value or claim.date or ""),
            when=words.when(entry),
            said_on=words.date(claim.said_on) if claim.said_on else "",
            voice=words.voice(entry),
            kind=words.kind(entry),
            group=words.apart(getattr(ledger.groups.get(claim.group or ""), "label", "")),
            standing=words.standing(claim.standing),
            rank=claim.rank or "normal" if isinstance(claim, Claim) else "",
            why=claim.why or "",
            note=claim.note or "",
            inferred=claim.inferred or "",
            definition=getattr(ledger.definitions.get(entry.definition or ""), "counts", ""),
            formula=claim.derived or "",
            assumes=claim.assumes or "",
            region=words.apart(claim.region or "") if isinstance(claim, Point) else "",
            basis=words.apart(claim.basis or "") if isinstance(claim, Point) else "",
            show=claim.show if isinstance(claim, Point) else "",
            verdict=None if claim.derived else best,
            verdict_text=words.verdict(best, derived=bool(claim.derived)),
            evidence=tuple(self.evidence(entry, item) for item in claim.evidence),
            disputed=claim.standing == "disputed",
            wrong=claim.standing == "wrong",
        )

    def evidence(self, entry: Entry, item: Evidence) -> EvidenceView:
        """Return the view of one piece of evidence."""
        source = self.ledger.sources[item.source]
        found = verdict(self.ledger, entry, item)
        return EvidenceView(
            source_id=source.id,
            cited=wording.short_name(source, self.wording),
            url=source.url or "",
            stance=item.stance,
            quote=item.quote or "",
            locator=item.locator or "",
            says=item.says or "",
            verdict=found,
            verdict_text=self.wording.verdict(found),
            language=source.language,
            at=at_words(source.url or "", item.quote or item.locator or ""),
            passage=(
                f"sources/{source.id}/#passage-{entry.holder.id}--{entry.claim.id}"
                if source.shown and self.ledger.match(item)
                else ""
            ),
        )


# Answers of facts.


@register_dataclass
@dataclass(frozen=True)
class AnswerView:
    """The answer of a fact in words, for templates.

    It is one claim (or several that say the same), a derived value, or several claims of which none
    is preferred.
    """

    id: str
    path: str
    question: str
    text: str
    unit: str
    machine: str
    when: str
    """The period in words, or else the day it was said."""
    kind: str
    voice: str
    state: Literal["one", "derived", "several", "spread"]
    """The kind of answer.

    - one: one claim, or several that say the same.
    - derived: a formula or a comparison.
    - several: claims that do not contradict each other, such as "35,000" and "over 30,000", figures
      for different years, or statements.
    - spread: at least two claims contradict each other.
    """
    disputed: bool
    verdict: Verdict | None
    """How far the words were checked.

    None for a derived value, for claims that contradict each other, and for claims with different
    verdicts.
    """
    verdict_text: str
    claims: tuple[ClaimView, ...]
    """The claims that it is made from. Empty for a derived value."""
    rivals: tuple[ClaimView, ...]
    assumes: str
    formula: str
    label: str
    """The remark beside it, such as "media report, disputed, not checked against words"."""
    inputs: tuple[Input, ...] = ()
    """The inputs of a derived value."""
    notes: tuple[str, ...] = ()
    """Notes on the derivation, such as gaps in the data or other counting rules."""


class Views(ClaimViews):
    """Makes the views of claims and answers and caches them."""

    def __init__(self, ledger: Ledger, wording: Wording) -> None:
        super().__init__(ledger, wording)
        self._answers: Memory[str, AnswerView] = Memory()

    def answer(self, fact: Fact) -> AnswerView:
        """Return the answer of a fact."""
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
        """Return one claim of a fact or series, named by the author, as an answer."""
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
            other
            for other in self.claims(holder)
            if other.anchor != view.anchor and (isinstance(holder, Fact) or other.anchor in against)
        )
        kind = view.standing if view.wrong else view.kind
        return AnswerView(
            id=f"{holder.id}--{view.anchor}",
            path=view.path,
            question=question_of(holder),
            text=view.said,
            unit=view.unit,
            machine=view.machine,
            when=view.when or view.said_on,
            kind=kind,
            voice=view.voice,
            state="one",
            disputed=view.disputed,
            verdict=view.verdict,
            verdict_text=view.verdict_text,
            claims=(view,),
            rivals=others,
            assumes=view.assumes,
            formula=view.formula,
            label=self._label(kind, view),
        )

    def _label(self, kind: str, view: ClaimView) -> str:
        disputed = self.wording.say("comma_disputed") if view.disputed else ""
        return (
            f"{kind}{disputed}{', ' + view.verdict_text if view.verdict == 'not-checked' else ''}"
        )

    def _derived(self, fact: Fact) -> AnswerView:
        words, made, kind = (
            self.wording,
            derive(self.ledger, self.wording, fact),
            self.wording.catalogue.say("kinds", "derived"),
        )
        return AnswerView(
            id=fact.id, path=f"facts/{fact.id}/", question=fact.question, text=made.text,
            unit=words.unit(fact.unit, made.value), machine=made.machine, when="", kind=kind,
            voice=words.say("worked_out"), state="derived", disputed=False, verdict=None,
            verdict_text=words.verdict("not-checked", derived=True),
            claims=(), rivals=(), assumes=fact.assumes or "", formula=made.formula, label=kind,
            inputs=made.inputs, notes=made.notes,
        )  # fmt: skip

    def _unranked(self, fact: Fact) -> AnswerView:
        """Return the answer of a fact with several claims and none preferred."""
        words = self.wording
        standing = [entry for entry in self.ledger.entries(fact) if not entry.deprecated]
        views = tuple(view for view in self.claims(fact) if view.rank != "deprecated")
        contradict = any(
            not (a.deprecated or b.deprecated) for a, b in conflicts(self.ledger, fact)
        )
        same = bool(views) and all(say_the_same(self.ledger, a, b) for a, b in pairwise(standing))
        voice = "; ".join(dict.fromkeys(view.voice for view in views))
        disputed = contradict or any(view.disputed for view in views)
        verdicts = {(view.verdict, view.verdict_text) for view in views}
        verdict, verdict_text = (
            verdicts.pop() if len(verdicts) == 1 and not contradict else (None, "")
        )
        if contradict:
            state: Literal["one", "several", "spread"] = "spread"
            text, unit, kind = (
                spread(standing, self.ledger, words),
                words.unit(fact.unit),
                words.say("sources_disagree"),
            )
            voice = self._voices_of_camps(fact) or voice
            label = kind
        else:
            state = "one" if same else "several"
            text = views[0].said if same else beside_one_another(standing, self.ledger, words)
            unit = views[0].unit if same else words.unit(fact.unit)
            kind = (
                ", ".join(dict.fromkeys(view.kind for view in views))
                if same
                else words.say("several_claims")
            )
            label = (
                kind
                + (words.say("comma_disputed") if disputed else "")
                + (f", {verdict_text}" if verdict == "not-checked" else "")
            )
        whens = {view.when or view.said_on for view in views}
        return AnswerView(
            id=fact.id,
            path=f"facts/{fact.id}/",
            question=fact.question,
            text=text,
            unit=unit,
            machine=(
                views[0].machine
                if same
                else "; ".join(dict.fromkeys(view.machine for view in views if view.machine))
            ),
            when=whens.pop() if state == "one" and len(whens) == 1 else "",
            kind=kind,
            voice=voice,
            state=state,
            disputed=disputed,
            verdict=verdict,
            verdict_text=verdict_text,
            claims=views,
            rivals=tuple(view for view in self.claims(fact) if view.rank == "deprecated"),
            assumes="",
            formula="",
            label=label,
        )

    def _voices_of_camps(self, fact: Fact) -> str:
        """Return the speakers by groups that agree: "35,000: Town, County; 40,000: Region".

        The result is empty if every group has one claim.
        """
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
"""The maximum number of values to list. Of more, only the lowest and the highest are shown."""


def beside_one_another(entries: Sequence[Entry], ledger: Ledger, wording: Wording) -> str:
    """Return what several compatible claims say: "35,000 or over 30,000".

    The times are added if they differ.
    """
    distinct = [
        entry
        for at, entry in enumerate(entries)
        if not any(say_the_same(ledger, entry, other) for other in entries[:at])
    ]
    if len(distinct) > _NAMED_VALUES and all(ledger.value(entry) is not None for entry in distinct):
        return spread(distinct, ledger, wording)
    timed = len({str(entry.claim.period) for entry in distinct}) > 1
    whens = {entry.ref: wording.when(entry) if timed else "" for entry in distinct}
    said = [
        wording.said(ledger, entry) + (f" ({whens[entry.ref]})" if whens[entry.ref] else "")
        for entry in distinct
    ]
    said = list(dict.fromkeys(said))
    return (
        _statements(said, wording)
        if any(entry.claim.text for entry in distinct)
        else wording.either(said)
    )


def spread(entries: Sequence[Entry], ledger: Ledger, wording: Wording) -> str:
    """Return several claims as one phrase.

    For example: "22,000 to over 60,000", "7 July 2025 or 8 July 2025".
    """
    values = [value for entry in entries if (value := ledger.value(entry)) is not None]
    if not values:
        said = list(dict.fromkeys(wording.said(ledger, entry) for entry in entries))
        return (
            wording.either(said)
            if any(entry.claim.date for entry in entries)
            else _statements(said, wording)
        )
    lowest, highest = (
        min(values, key=lambda value: value.numbers[0]),
        max(values, key=lambda value: value.numbers[-1]),
    )
    low, high = wording.number(lowest.numbers[0]), wording.number(highest.numbers[-1])
    low = wording.formed(lowest, low) if lowest.form in ("under", "up to", "almost") else low
    high = wording.formed(highest, high) if highest.form in ("over", "at least") else high
    return wording.catalogue.say("amounts", "spread", low=low, high=high) if low != high else low


def _statements(said: Sequence[str], wording: Wording) -> str:
    """Return sentences joined by "or", without a full stop before it."""
    return functools.reduce(
        lambda first, other: wording.say("either", first=first.removesuffix("."), other=other), said
    )


__all__ = [
    "AnswerView",
    "ClaimView",
    "CorrectionView",
    "EvidenceView",
    "Input",
    "Views",
    "beside_one_another",
    "corrections_in_words",
    "question_of",
    "spread",
]
