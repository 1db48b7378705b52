"""The shape in which the ledger is published: what each field means, in the words of the schema that stands beside it.

These are contracts with programs that we will never see: fields may be added, and none changes its meaning.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from explainer.exports.claim_shape import ClaimOut, Out


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
