"""A fact: a question that the site answers, holding every claim about it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from explainer.records.base import PLACES, Allowed, Digits, EditorialDate, Id, Passage, Record, Text
from explainer.records.claim import Claim
from explainer.records.comparison import ROUNDED, UNITS, Comparison

FLAT = {"value", "date", "text", "period", "said_on", "said_by", "reported_by", "short", "group", "definition", "kind",
         "standing", "rank", "why", "inferred", "evidence"}  # fmt: skip


class Fact(Record):
    """A question with its claims, or with a formula over other facts."""

    id: Id
    question: Text
    label: Text | None = None
    """What the answer counts, in a few words, where it stands as a figure of its own."""
    also: tuple[Text, ...] = ()
    """Other words by which readers may look for it."""
    unit: Text | None = None
    counts: Annotated[tuple[Text, ...], Field(max_length=1000)] = ()
    """Nouns by which a quote may count it, in any language."""
    as_of: EditorialDate
    """The day that the answer is good for."""
    review_by: EditorialDate
    topic: Text | None = None
    """The heading under which lists of facts file it."""
    note: Passage | None = None
    mentions: tuple[Text, ...] = ()
    """What else of the ledger its own words speak of, by id (``fact`` or ``series:point``): they may repeat what that says."""
    allow: tuple[Allowed, ...] = ()
    """Numbers and comparing words in its own words that need no source, each with the reason."""
    derived: Text | None = None
    """A formula over other facts: ``books-lent * 12 months/year``."""
    digits: Digits | None = None
    """How many digits after the point a result is printed with; at most those that its inputs bear, which is the default."""
    assumes: Passage | None = None
    """What the formula or the comparison takes for granted; printed with it.

    A rate that is carried on over time needs it, and so do amounts of unlike times that are set against each other."""
    correlated: Passage | None = None
    """Why the formula may combine claims that are not independent of each other; printed with it."""
    compares: Comparison | None = None
    """A comparison over series, in place of a formula."""
    claims: tuple[Claim, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _unfold(cls, data: Any) -> Any:
        """Read a fact with one claim written flat as a fact with a list of one claim."""
        if not isinstance(data, dict) or "claims" in data or not FLAT & data.keys():
            return data
        flat = {key: data[key] for key in FLAT & data.keys()}
        claim = {"id": "claim", PLACES: data.get(PLACES, {}), **flat}
        return {key: value for key, value in data.items() if key not in FLAT} | {"claims": [claim]}

    @model_validator(mode="after")
    def _answers(self) -> Fact:
        if [bool(self.claims), bool(self.derived), bool(self.compares)].count(True) != 1:
            raise ValueError("a fact has either claims or a derived formula, or compares; write one of them")
        if self.derived and not self.unit:
            raise ValueError("a derived fact needs its unit")
        wanted = UNITS.get(self.compares.how) if self.compares else self.unit
        if self.compares and self.unit != wanted:
            raise ValueError(
                f"'{self.compares.how}' comes in {wanted}; write unit: {wanted}" if wanted else f"'{self.compares.how}' takes no unit"
            )
        if self.digits is not None and not (self.derived or (self.compares and self.compares.how in ROUNDED)):
            raise ValueError(
                "'digits' is about the result of a formula, a share, a change or a ratio; a value keeps the digits it was said with"
            )

        return self

    @property
    def is_worked_out(self) -> bool:
        """Whether nobody said it: a formula or a comparison over what others said."""
        return bool(self.derived or self.compares)
