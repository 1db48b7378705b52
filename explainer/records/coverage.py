"""What of a kept text is set aside, and why. All the rest of it is used by claims, or is a problem."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from explainer.records.base import Id, Passage, Record, Text, YesNo

Reason = Literal["connective", "repeats", "opinion"]


class SetAside(Record):
    """A sentence, or a number, that no claim takes from the text."""

    begins: Passage
    """The sentence's first words, as many as tell it from the others."""
    through: Passage | None = None
    """The first words of the last sentence, where a run of them is set aside."""
    number: Text | None = None
    """One number of the sentence, as printed, where the rest of it is used."""
    reason: Reason
    """connective: it leads from one thing to the next; repeats: a claim takes the same from elsewhere; opinion: it is the author's own."""
    of: Text | None = None
    """The claim that it repeats: ``fact-id:claim-id``."""

    @model_validator(mode="after")
    def _names_what_it_repeats(self) -> Self:
        if (self.reason == "repeats") != (self.of is not None):
            raise ValueError("'repeats' names the claim that is repeated in 'of', and no other reason does")
        return self


class Coverage(Record):
    """``seeds/coverage/<source-id>.yaml``."""

    source: Id
    numbers: YesNo = True
    """Whether numbers of the text may be set aside at all."""
    set_aside: tuple[SetAside, ...] = ()

    @property
    def id(self) -> str:
        """What it is looked up by."""
        return self.source
