"""A translation: words of the ledger, and what they are in another language."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from explainer.characters import line_break
from explainer.records.base import Passage
from explainer.records.plurals import Plurals


class Translation(Plurals):
    """Words of the ledger in another language. It goes with the words, so it holds only as long as they stay as they are."""

    original: Passage
    """The English words, exactly as a record of the seeds (or ``mkdocs.yml``) has them, or a noun that units are made of."""
    translation: Passage | None = None
    """The same in the file's language; for a noun, write its plural forms instead."""

    @model_validator(mode="after")
    def _says_it_once(self) -> Self:
        if (self.translation is None) == (self.other is None):
            raise ValueError("write either a translation or, for a noun, its plural forms, 'other' among them")
        if self.translation and line_break(self.translation) and not line_break(self.original):
            raise ValueError("the original stands on one line, so the translation does too")
        return self
