"""A claim: what one source says, and the words that bear it (after Wikidata's statements)."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from explainer.records.base import Allowed, Amount, Date, Digits, Id, Passage, Record, Text
from explainer.unfit import Unfit

Kind = Literal[
    "official-act", "official-statement", "intelligence-estimate", "media-report",
    "rights-group-report", "expert-estimate", "analysis",
]  # fmt: skip
Standing = Literal["confirmed", "disputed", "unverified", "opinion", "wrong"]
Rank = Literal["preferred", "normal", "deprecated"]
Stance = Literal["supports", "contradicts", "context"]


LONGEST_WORDS: Final = 5000
"""How many characters of a source one piece of evidence may hold: more is no passage, and every number of it is read."""


class Evidence(Record):
    """One passage of one source, and how it bears on the claim."""

    source: Id
    stance: Stance
    """Set by reading the passage. Only ``supports`` bears a claim."""
    quote: Passage | None = None
    """The source's exact words, checked against its kept text. Leave out words with an ellipsis in brackets: […]."""
    locator: Text | None = None
    """At most eight words of the page, to find the place."""
    says: Passage | None = None
    """Our own words for what the page says."""

    @model_validator(mode="after")
    def _has_words(self) -> Self:
        if self.quote is None and self.locator is None and self.says is None:
            raise Unfit("evidence needs words of the source", "write a quote of its kept text, or a locator of up to eight words and says")
        for name, words in (("quote", self.quote), ("locator", self.locator)):
            if words is not None and len(words) > LONGEST_WORDS:
                message = f"the {name} has {len(words):,} characters; at most {LONGEST_WORDS:,} may be"
                raise Unfit(message, "cut it to the words that bear the claim", name)
        if self.locator is not None and len(self.locator.split()) > 8:
            message = f"the locator has {len(self.locator.split())} words; at most eight may be taken from a page"
            raise Unfit(message, "cut it to the eight words around the value", "locator")
        return self


class Statement(Record):
    """The fields that a claim of a fact and a point of a series share."""

    id: Id
    value: Amount | None = None
    date: Date | None = None
    text: Text | None = None
    """Exactly one of ``value``, ``date`` and ``text`` says what is claimed."""
    period: Date | None = None
    """What the claim covers."""
    said_on: Date | None = None
    """When it was said."""
    said_by: Text | None = None
    reported_by: Text | None = None
    short: Text | None = None
    """The speaker in a few words, for the labels of charts; what stands before the first comma of said_by, where absent."""
    group: Id | None = None
    """On whose side of the comparison it stands: an id of ``groups`` in definitions.yaml."""
    definition: Id | None = None
    """The counting rule: an id of ``definitions`` in definitions.yaml. Claims under different rules never disagree."""
    kind: Kind | None = None
    standing: Standing | None = None
    why: Passage | None = None
    """Why it is ranked, or shown, as it is. Required where claims that disagree are told apart."""
    inferred: Passage | None = None
    """How a part that is not in the words (a year, say) was worked out."""
    note: Passage | None = None
    mentions: tuple[Text, ...] = ()
    """What else of the ledger its own words speak of, by id (``fact`` or ``series:point``): they may repeat what that says."""
    allow: tuple[Allowed, ...] = ()
    """Numbers and comparing words in its own words that need no source, each with the reason."""
    derived: Text | None = None
    """A formula over other claims, in place of a value."""
    digits: Digits | None = None
    """How many digits after the point a formula's result is printed with; at most those that its inputs bear, which is the default."""
    assumes: Passage | None = None
    """What the formula takes for granted; printed with it. Amounts of unlike times that meet in it need it."""
    correlated: Passage | None = None
    """Why the formula may combine claims that are not independent of each other; printed with it."""
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=200)] = ()

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        said = [name for name in ("value", "date", "text", "derived") if getattr(self, name) is not None]
        if len(said) != 1:
            hint = f"keep one of {' and '.join(said)}" if said else "write what is claimed: 'value: 21', 'date: 2025-07-07' or 'text: …'"
            raise Unfit(
                f"a claim has exactly one of value, date, text and derived; this has {' and '.join(said) or 'none'}",
                hint,
                said[1] if said else "value",
            )
        return self

    @model_validator(mode="after")
    def _rounds_what_is_derived(self) -> Self:
        if self.digits is not None and self.derived is None:
            raise Unfit(
                "'digits' is about what a formula comes to", "take it out; a value keeps the digits with which it was said", "digits"
            )
        return self

    @property
    def supports(self) -> tuple[Evidence, ...]:
        """The evidence that bears it."""
        return tuple(item for item in self.evidence if item.stance == "supports")


class Claim(Statement):
    """One answer to a fact's question."""

    rank: Rank | None = None
    """How it stands beside claims that disagree with it; at most one is preferred."""
