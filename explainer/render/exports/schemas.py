"""The records of the published JSON files.

The docstrings of classes and fields are published: they are the descriptions in the JSON Schemas
and in the Data Package.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from explainer.render.exports.machine_values import Number

# Claims


class PublishedRecord(BaseModel):
    """A published record: frozen, with no field that is not described."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, defer_build=True
    )


class EvidenceOut(PublishedRecord):
    """One passage of a source, as evidence for or against a claim."""

    source: str
    """Id of the source."""
    stance: Literal["supports", "contradicts", "context"]
    """Whether the passage supports the claim, contradicts it, or is context."""
    quote: str | None = None
    """The source's exact words, checked against a kept text."""
    locator: str | None = None
    """Up to eight words from the page, by which the place can be found."""
    says: str | None = None
    """What the source says, in the words of this site."""
    verdict: Literal["verbatim", "normalised", "elided", "read-in-excerpt", "not-checked"]
    """How the words were checked."""


class ClaimOut(PublishedRecord):
    """A claim: what one source says about a question."""

    id: str
    """The id of the claim, unique within its question."""
    question: str
    """The id of the question that the claim answers."""
    address: str
    """The path and anchor of its page, below the site's root."""
    value: str | None = None
    """The amount as stated: "30000..40000", "over 300000", "about 35000"."""
    low: Number | None = None
    """The lower end of the amount; absent if nobody states one."""
    high: Number | None = None
    """The upper end of the amount; absent if nobody states one."""
    unit: str | None = None
    """What the amount counts."""
    date: str | None = None
    """The date that is claimed, in EDTF."""
    text: str | None = None
    """The statement, if the claim is neither an amount nor a date."""
    period: str | None = None
    """What the claim covers, in EDTF."""
    label: str | None = None
    """The period or the event in words."""
    said_on: str | None = None
    """The date on which it was said, in EDTF."""
    said_by: str | None = None
    """Who says it."""
    reported_by: str | None = None
    """Who reports what was said."""
    group: str | None = None
    """The id of its side in the comparison."""
    definition: str | None = None
    """The id of the counting rule."""
    kind: str | None = None
    """What kind of statement it is."""
    standing: str | None = None
    """Its status: confirmed (that it was said), disputed, unverified, opinion or wrong."""
    rank: str | None = None
    """For a claim of a fact: preferred, normal or deprecated."""
    show: str | None = None
    """For a point of a series: main, rival, disputed or context."""
    region: str | None = None
    """For a point of a series: its region."""
    basis: str | None = None
    """For a point of a series: what exactly was averaged or summed."""
    why: str | None = None
    """The reason for its rank."""
    inferred: str | None = None
    """How a part that is not in the quoted words was inferred."""
    note: str | None = None
    """A note for readers."""
    formula: str | None = None
    """The formula, if it is calculated from other claims."""
    verdict: str
    """The best verdict on the passages that support it."""
    evidence: tuple[EvidenceOut, ...] = ()
    """The passages of sources for or against it."""


# ``/data/ledger.json``
#
# These records are contracts with programs that we will never see. Fields may be added, but no
# field may change its meaning.


class InputOut(PublishedRecord):
    """An input of a calculated answer."""

    name: str
    """The question, or the period."""
    text: str
    """Its value, in words."""
    address: str
    """The path and anchor of its page, below the site's root."""


class AnswerOut(PublishedRecord):
    """The answer to a question."""

    text: str
    """The answer in words."""
    value: str | None = None
    """The answer as the ledger writes it."""
    state: Literal["one", "derived", "several", "spread"]
    """One: a single claim, or several that say the same. Derived: worked out from others. Several:
    none is preferred, and none contradicts another. Spread: none is preferred, and some contradict
    each other."""
    formula: str | None = None
    """The formula, if the answer is calculated."""
    assumes: str | None = None
    """What the formula assumes."""
    inputs: tuple[InputOut, ...] = ()
    """The inputs of the formula; if there are many, the first and the last."""
    notes: tuple[str, ...] = ()
    """Notes on the calculation: gaps, rounding, other counting rules."""


class QuestionOut(PublishedRecord):
    """A question with every claim about it: a fact or a series."""

    id: str
    """The id, which never changes, because addresses contain it."""
    kind: Literal["fact", "series"]
    """A fact has an answer; a series has claims over time."""
    question: str
    """The question."""
    address: str
    """The path and anchor of its page, below the site's root."""
    unit: str | None = None
    """The unit of its amounts; absent for dates and statements."""
    topic: str | None = None
    """The heading under which lists show it."""
    as_of: str
    """The day for which the answer holds, in EDTF."""
    review_by: str
    """The day by which it must be reviewed, in EDTF."""
    note: str | None = None
    """A note for readers."""
    answer: AnswerOut | None = None
    """The answer; absent for a series."""
    claims: tuple[ClaimOut, ...] = ()
    """Every claim about it."""


class SourceOut(PublishedRecord):
    """A document. The file sources.csl.json has the same as CSL-JSON."""

    id: str
    """The id, which never changes, because addresses contain it."""
    type: str
    """The type of document, as in CSL."""
    title: str
    """The title as printed, or a description."""
    described: bool = False
    """Whether the title is a description by this site, because none was seen."""
    publisher: str
    """Who published it."""
    authors: tuple[str, ...] = ()
    """The authors, if they are named."""
    url: str | None = None
    """The address at which it was read."""
    mirror_of: str | None = None
    """The better address, if the url is that of a copy."""
    copy_of: str | None = None
    """The original in words, if the url is that of a copy."""
    weak: str | None = None
    """Why it may not be the only support of a claim."""
    issued: str | None = None
    """The date of publication, in EDTF."""
    accessed: str | None = None
    """The date on which it was read, in EDTF."""
    language: str
    """The language of the document."""
    read: Literal["full", "excerpt", "not-read"]
    """How much of it was read by the person who entered it."""


class LedgerOut(PublishedRecord):
    """The whole ledger: questions with their claims, and the sources."""

    schema_: Literal["ledger.schema.json"] = Field("ledger.schema.json", alias="$schema")
    """The schema of this file."""
    name: str
    """The site's name."""
    licence: str
    """The licence of the data; empty if none is named."""
    today: str
    """The day by which it was decided what is overdue."""
    definitions: dict[str, str]
    """Counting rules, by id."""
    groups: dict[str, str]
    """Sides of comparisons, by id."""
    questions: tuple[QuestionOut, ...]
    """Every fact and every series."""
    sources: tuple[SourceOut, ...]
    """Every source."""


# ``/facts/<id>.json``: everything that a fact's page says


class PassageOut(EvidenceOut):
    """One passage of a source, with its reference and addresses."""

    cited: str
    """The source in a few words."""
    reference: str | None = None
    """The full reference of the source in plain text, in the style of the Chicago Manual of Style
    (author-date)."""
    at: str | None = None
    """The address of the source, with a text fragment for the quoted words."""
    passage: str | None = None
    """The address of the passage in the text that this site shows; absent if it shows none."""


class FactClaimOut(ClaimOut):
    """A claim, with the words of its page."""

    said: str
    """The claimed value in words, without its unit."""
    voice: str
    """Who says it, and through whom."""
    evidence: tuple[PassageOut, ...] = ()
    """The passages of sources for or against it."""


class CorrectionOut(PublishedRecord):
    """One change after something was published."""

    id: str
    """The id of the entry on /corrections/."""
    done: str
    """What was done, as a word of the site's language: corrected (a mistake), revised (an update,
    newer sources) or withdrawn."""
    claim: str | None = None
    """The id of the claim; absent if the answer as a whole changed."""
    old: str
    """The published value, in words."""
    new: str | None = None
    """The value now; absent if it was withdrawn."""
    cause: str
    """The cause."""
    effect: str
    """The effect on the conclusions."""
    day: str
    """The day of the change, ISO 8601."""
    was_at: str | None = None
    """The address of the earlier version."""


class UseOut(PublishedRecord):
    """Where on this site it is used."""

    kind: Literal["page", "chart", "fact"]
    """A page of prose, a chart that shows it, or a fact that is calculated from it."""
    title: str
    """The title or the question."""
    address: str
    """The absolute address if that of the site is known, else the path below the site's root."""


class CitationOut(PublishedRecord):
    """How to cite the page."""

    styles: dict[str, str]
    """The reference in plain text, by the name of the style."""
    csl: dict[str, Any]
    """The same as a CSL-JSON item."""


class FactOut(QuestionOut):
    """A fact or a series, with every claim, its evidence, its history and its uses."""

    schema_: Literal["../data/fact.schema.json"] = Field(
        "../data/fact.schema.json", alias="$schema"
    )
    """The schema of this file."""
    url: str
    """The absolute address of its page if that of the site is known, else the path below the site's
    root."""
    site: str
    """The site's name."""
    licence: str
    """The licence of the data; empty if none is named."""
    also: tuple[str, ...] = ()
    """Other words that readers may search for."""
    preferred: str | None = None
    """The id of the claim that answers the question; absent if the answer is calculated, if several
    claims agree, or if none is preferred."""
    rivals: tuple[str, ...] = ()
    """The ids of the other claims that are shown beside the answer."""
    claims: tuple[FactClaimOut, ...] = ()
    """Every claim about it."""
    history: tuple[CorrectionOut, ...] = ()
    """The changes since it was published, the newest first."""
    used_by: tuple[UseOut, ...] = ()
    """The pages, charts and facts that use it."""
    citation: CitationOut | None = None
    """How to cite its page."""
