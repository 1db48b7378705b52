"""The shape of ``/facts/<id>.json``: all that a fact's page tells, for programs, in the words of the schema that stands beside the data."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from explainer.exports.claim_shape import ClaimOut, EvidenceOut, Out
from explainer.exports.shape import QuestionOut


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
