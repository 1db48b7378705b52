"""The records of the published JSON files.

The docstrings of classes and fields are published: they are the descriptions in the JSON Schemas
and in the Data Package.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from explainer.render.exports.machine_values import Number

# Claims


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


# ``/data/ledger.json``
#
# These records are contracts with programs that we will never see. Fields may be added, but no
# field may change its meaning.


class InputOut(Out):
    """One thing that an answer was worked out from."""

    name: str
    """What it is: a question, or a period."""
    text: str
    """What it comes to, in words."""
    address: str
    """Where it stands, below the site's root."""


class AnswerOut(Out):
    """What a question comes to."""

    text: str
    """In words."""
    value: str | None = None
    """As the ledger writes it."""
    state: Literal["one", "derived", "several", "spread"]
    """One: a single claim, or several that say the same. Derived: worked out from others. Several: none is preferred, and none
    contradicts another. Spread: none is preferred, and some contradict each other."""
    formula: str | None = None
    """How it was worked out, where it was."""
    assumes: str | None = None
    """What the formula takes for granted."""
    inputs: tuple[InputOut, ...] = ()
    """What it was worked out from; of many, the first and the last."""
    notes: tuple[str, ...] = ()
    """What is to be known of how it was worked out: gaps, rounding, other counting rules."""


class QuestionOut(Out):
    """A fact, or a series: a question with every claim about it."""

    id: str
    """For ever: addresses use it."""
    kind: Literal["fact", "series"]
    """A fact has an answer; a series has claims over time."""
    question: str
    """What is asked."""
    address: str
    """Where it stands, below the site's root."""
    unit: str | None = None
    """What its amounts count; absent for dates and statements."""
    topic: str | None = None
    """The heading under which it stands in lists."""
    as_of: str
    """The day that it is good for, in EDTF."""
    review_by: str
    """When it is to be looked at again, in EDTF."""
    note: str | None = None
    """What else is to be known of it."""
    answer: AnswerOut | None = None
    """Absent for a series."""
    claims: tuple[ClaimOut, ...] = ()
    """Every claim about it."""


class SourceOut(Out):
    """A document. The same, after CSL-JSON, stands in sources.csl.json."""

    id: str
    """For ever: addresses use it."""
    type: str
    """A CSL type."""
    title: str
    """As printed, or a description."""
    described: bool = False
    """Whether the title is a description of this site's, because none was seen."""
    publisher: str
    """Who published it."""
    authors: tuple[str, ...] = ()
    """Who wrote it, where that is named."""
    url: str | None = None
    """Where it was read."""
    mirror_of: str | None = None
    """The better address that the url is a copy of."""
    copy_of: str | None = None
    """What the url is a copy of, in words."""
    weak: str | None = None
    """Why it is never the only support of a claim."""
    issued: str | None = None
    """When it was published, in EDTF."""
    accessed: str | None = None
    """When it was read, in EDTF."""
    language: str
    """The language that it is written in."""
    read: Literal["full", "excerpt", "not-read"]
    """What whoever entered it has seen."""


class LedgerOut(Out):
    """Everything that the site knows: questions with their claims, and the sources that bear them."""

    schema_: Literal["ledger.schema.json"] = Field("ledger.schema.json", alias="$schema")
    """The schema that this follows."""
    name: str
    """The site's name."""
    licence: str
    """The licence under which this may be used; empty where none is named."""
    today: str
    """The day that "overdue" was judged by."""
    definitions: dict[str, str]
    """Counting rules, by id."""
    groups: dict[str, str]
    """Sides of comparisons, by id."""
    questions: tuple[QuestionOut, ...]
    """Every fact and every series."""
    sources: tuple[SourceOut, ...]
    """Every document that bears on a claim."""


# ``/facts/<id>.json``: everything that a fact's page says


class PassageOut(EvidenceOut):
    """One passage of one source, with the ways to it."""

    cited: str
    """The source in a few words."""
    reference: str | None = None
    """The source's whole reference, in plain words after the Chicago Manual of Style (author-date)."""
    at: str | None = None
    """The source's address, with a text fragment that leads to the words themselves."""
    passage: str | None = None
    """The address of the passage in the text that is kept here; absent where none is shown."""


class ToldOut(ClaimOut):
    """What one source says, with its words as the page has them."""

    said: str
    """What is claimed, in words, without its unit."""
    voice: str
    """Who says it, and through whom."""
    evidence: tuple[PassageOut, ...] = ()
    """The passages that bear on it."""


class HistoryOut(Out):
    """One change after something was published."""

    id: str
    """Of the entry under /corrections/."""
    done: str
    """In a word of the site's language: corrected (a mistake was mended), revised (an update, newer sources) or withdrawn."""
    claim: str | None = None
    """The claim's id; absent where the answer as a whole changed."""
    old: str
    """What was published, in words."""
    new: str | None = None
    """What stands in its place; absent where it was withdrawn."""
    cause: str
    """How it came about."""
    effect: str
    """What it changes in the conclusions."""
    day: str
    """The day of the change, ISO 8601."""
    was_at: str | None = None
    """The way to the earlier version."""


class UseOut(Out):
    """Where on this site it is used."""

    kind: Literal["page", "chart", "fact"]
    """A page of prose; a chart that draws it; a fact that is worked out from it."""
    title: str
    """Its title or its question."""
    address: str
    """Whole where the site's own address is known, else below the site's root."""


class CitationOut(Out):
    """How to cite the page."""

    styles: dict[str, str]
    """Its reference in plain words, by the name of the style."""
    csl: dict[str, Any]
    """The same as a CSL-JSON item."""


class FactOut(QuestionOut):
    """A fact, or a series: its question, every claim with its evidence, what it was before, and where it is used."""

    schema_: Literal["../data/fact.schema.json"] = Field("../data/fact.schema.json", alias="$schema")
    """The schema that this follows."""
    url: str
    """Its page: whole where the site's own address is known, else below the site's root."""
    site: str
    """The site's name."""
    licence: str
    """The licence under which this may be used; empty where none is named."""
    also: tuple[str, ...] = ()
    """Other words by which readers look for it."""
    preferred: str | None = None
    """Id of the claim that answers the question; absent where the answer is worked out, where several claims give it alike, or where
    none is preferred."""
    rivals: tuple[str, ...] = ()
    """Ids of the claims that stand beside the answer."""
    claims: tuple[ToldOut, ...] = ()
    """Every claim about it."""
    history: tuple[HistoryOut, ...] = ()
    """What was changed since it was published, the newest first."""
    used_by: tuple[UseOut, ...] = ()
    """The pages, charts and facts that use it."""
    citation: CitationOut | None = None
    """How to cite its page."""
