"""One claim and its evidence, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from explainer.bearing import Verdict, best_verdict, verdict
from explainer.ledger import Entry, Holder, Ledger
from explainer.ledger.looking import Memory, note
from explainer.quotation.fragments import at_words
from explainer.records import Claim, Evidence, Fact, Point
from explainer.stored import stored
from explainer.views.worked import Input, inputs_of, notes_of
from explainer.wording import Wording, citing


@stored
@dataclass(frozen=True)
class EvidenceView:
    """One piece of evidence, in words."""

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
    """The source's address, with the words to go to."""
    passage: str
    """The address of the passage in the kept text, below the root of the site; empty where the text is not shown."""


@stored
@dataclass(frozen=True)
class ClaimView:
    """One claim, in words."""

    anchor: str
    path: str
    """Its address below the root of the site."""
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
    """What its formula takes for granted."""
    region: str
    basis: str
    show: str
    verdict: Verdict | None
    """How far its words were checked; ``None`` for what is worked out here."""
    verdict_text: str
    evidence: tuple[EvidenceView, ...]
    disputed: bool
    """Whether to say so beside it."""
    wrong: bool
    """Whether it is kept only as a claim that is not borne out."""
    inputs: tuple[Input, ...] = ()
    """What it was worked out from, where nobody said it."""
    notes: tuple[str, ...] = ()

    @property
    def best(self) -> EvidenceView | None:
        """The evidence to show first: what bears it, and best."""
        bearing = [item for item in self.evidence if item.stance == "supports"]
        return next((item for item in bearing if item.verdict == self.verdict), bearing[0] if bearing else None)

    @property
    def plain(self) -> str:
        """The value in digits without marks, by which it can be searched for; empty for small numbers and for dates."""
        return re.sub(r"[a-z ]+", "", self.machine) if re.search(r"\d{4}", self.machine) and self.unit else ""

    @property
    def ref(self) -> str:
        """How formulas and corrections name it: ``fact:claim``."""
        return self.path.removeprefix("facts/").replace("/#", ":")


class ClaimViews:
    """Makes the views of claims, each once."""

    def __init__(self, ledger: Ledger, wording: Wording) -> None:
        self.ledger, self.wording = ledger, wording
        self._made: Memory[str, ClaimView] = Memory()
        self._listed: Memory[str, tuple[ClaimView, ...]] = Memory()

    def claims(self, holder: Holder) -> tuple[ClaimView, ...]:
        """Every claim of a fact or series, the preferred first and the deprecated last."""
        note(("holders", holder.id))
        return self._listed.get(holder.id, lambda: self._claims(holder))

    def _claims(self, holder: Holder) -> tuple[ClaimView, ...]:
        order = {"preferred": 0, "normal": 1, "deprecated": 2}
        entries = list(self.ledger.entries(holder))
        if isinstance(holder, Fact):
            entries.sort(key=lambda entry: order[getattr(entry.claim, "rank", None) or "normal"])
        return tuple(self.claim(entry) for entry in entries)

    def claim(self, entry: Entry) -> ClaimView:
        """One claim."""
        note(("holders", entry.holder.id))
        return self._made.get(entry.ref, lambda: self._claim(entry))

    def _claim(self, entry: Entry) -> ClaimView:
        inputs, notes = inputs_of(self.ledger, self.wording, entry.claim), notes_of(self.ledger, self.wording, entry.claim, entry.ref)
        return replace(self._said(entry), inputs=inputs, notes=notes)

    def _said(self, entry: Entry) -> ClaimView:
        claim, words, ledger, value = entry.claim, self.wording, self.ledger, self.ledger.value(entry)
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
        """One piece of evidence."""
        source = self.ledger.sources[item.source]
        found = verdict(self.ledger, entry, item)
        return EvidenceView(
            source_id=source.id,
            cited=citing.short(source, self.wording),
            url=source.url or "",
            stance=item.stance,
            quote=item.quote or "",
            locator=item.locator or "",
            says=item.says or "",
            verdict=found,
            verdict_text=self.wording.verdict(found),
            language=source.language,
            at=at_words(source.url or "", item.quote or item.locator or ""),
            passage=f"sources/{source.id}/#passage-{entry.holder.id}--{entry.claim.id}" if source.shown and self.ledger.match(item) else "",
        )
