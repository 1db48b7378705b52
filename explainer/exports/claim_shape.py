"""The shape of a claim as it is published: what each field means, in the words of the schema."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from explainer.exports.written import Number


class Out(BaseModel):
    """A published record: frozen, with no field that is not described."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, defer_build=True)


class EvidenceOut(Out):
    """One passage of one source, and how it bears on a claim."""

    source: str
    """Id of the source."""
    stance: Literal["supports", "contradicts", "context"]
    """How the passage bears on the claim; only what supports it bears it."""
    quote: str | None = None
    """The source's exact words, checked against a kept text."""
    locator: str | None = None
    """At most eight words of the page, to find the place."""
    says: str | None = None
    """What the page says, in this site's words."""
    verdict: Literal["verbatim", "normalised", "elided", "read-in-excerpt", "not-checked"]
    """How far these words were checked."""


class ClaimOut(Out):
    """What one source says."""

    id: str
    """Unique within its question."""
    question: str
    """Id of the question that it answers."""
    address: str
    """Where it stands, below the site's root."""
    value: str | None = None
    """The amount as stated: "30000..40000", "over 300000", "about 35000"."""
    low: Number | None = None
    """The lower end of what the amount allows; absent where nobody states one."""
    high: Number | None = None
    """The upper end of what the amount allows; absent where nobody states one."""
    unit: str | None = None
    """What the amount counts."""
    date: str | None = None
    """The date that is claimed, in EDTF."""
    text: str | None = None
    """The statement, where the claim is neither an amount nor a date."""
    period: str | None = None
    """What the claim covers, in EDTF."""
    label: str | None = None
    """The period or the event in words."""
    said_on: str | None = None
    """When it was said, in EDTF."""
    said_by: str | None = None
    """Who says it."""
    reported_by: str | None = None
    """Through whom it is known."""
    group: str | None = None
    """Id of the side of the comparison on which it stands."""
    definition: str | None = None
    """Id of the rule by which it counts."""
    kind: str | None = None
    """What kind of statement it is."""
    standing: str | None = None
    """How it stands: confirmed (that it was said), disputed, unverified, opinion, wrong."""
    rank: str | None = None
    """Of a fact's claim: preferred, normal or deprecated."""
    show: str | None = None
    """Of a series' point: main, rival, disputed or context."""
    region: str | None = None
    """Of a series' point: the region that it is about."""
    basis: str | None = None
    """Of a series' point: what exactly was averaged or summed."""
    why: str | None = None
    """Why it is ranked as it is."""
    inferred: str | None = None
    """How a part that is not in the words was worked out."""
    note: str | None = None
    """What else is to be known of it."""
    formula: str | None = None
    """How it was worked out from other claims, where it was."""
    verdict: str
    """The best verdict on the words that support it."""
    evidence: tuple[EvidenceOut, ...] = ()
    """The passages that bear on it."""
