"""The small records: counting rules, groups, units, the order of dates, and terms."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from explainer.records.base import Allowed, EditorialDate, Id, Passage, Record, SitePath, Text
from explainer.records.plurals import PLURALS, Plurals


class Definition(Record):
    """A counting rule. Claims under different rules are different questions, and never disagree."""

    id: Id
    counts: Passage
    """What is counted, in a sentence."""
    mentions: tuple[Text, ...] = ()
    """What of the ledger its own words speak of, by id (``fact`` or ``series:point``): they may repeat what that says."""
    allow: tuple[Allowed, ...] = ()
    """Numbers and comparing words in its own words that need no source, each with the reason."""


class Group(Record):
    """A side of a comparison, such as "Russian officials"."""

    id: Id
    label: Text


class Noun(Plurals):
    """A noun that units may be made of: its plural forms in the site's language, ``other`` or ``many`` among them."""

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if not (self.other or self.many):
            raise ValueError("write the plural forms of the noun, 'other' or 'many' among them")
        return self

    @property
    def name(self) -> str:
        """The form by which the noun is known."""
        return self.many or self.other or ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """The forms in which a unit may be written with it."""
        return tuple(text for name, text in self.forms.items() if name in PLURALS)

    @property
    def forms(self) -> dict[str, str]:
        """Every form by its name, ``other`` among them."""
        return {"other": self.name, **super().forms}


class Counted(Record):
    """The nouns, in any language and form, that count one unit: "readers" and "читачів" count people."""

    unit: Text
    words: tuple[Text, ...]


class Definitions(Record):
    """``seeds/definitions.yaml``."""

    definitions: tuple[Definition, ...] = ()
    groups: tuple[Group, ...] = ()
    units: tuple[Noun, ...] = ()
    nouns: tuple[Counted, ...] = ()
    """The words behind ``counts``: what each of them counts."""
    names: tuple[Text, ...] = ()
    """Names with numbers in them, as they are written: "Sputnik Light 2", "7x7". They may stand on pages; figures are no names."""


class Order(Record):
    """One dated fact cannot come after another: a decree is signed before it takes effect."""

    before: Id
    after: Id
    why: Passage | None = None


class Renamed(Record):
    """An address that was published and is another now. Lines are added and never taken away."""

    was: SitePath
    """What was published, below the site's root: ``facts/<id>``, ``charts/<id>``, ``sources/<id>`` or a page's path."""
    now: SitePath
    """What stands in its place."""

    @property
    def id(self) -> str:
        """What it is looked up by."""
        return self.was


class Unchecked(Record):
    """A claim that stands though no words that were noted bear it. The list of them may only get shorter."""

    claim: Text
    """Its name, as formulas write it: ``fact-id:claim-id``."""
    why: Passage | None = None
    """Why no words are at hand, where that is not plain."""

    @property
    def id(self) -> str:
        """What it is looked up by."""
        return self.claim


class Term(Record):
    """A word that readers may not know."""

    id: Id
    term: Text
    also: tuple[Text, ...] = ()
    """Other words for it, by which readers may look for it."""
    means: Passage
    source: Id | None = None
    mentions: tuple[Text, ...] = ()
    """What of the ledger its own words speak of, by id (``fact`` or ``series:point``): they may repeat what that says."""
    allow: tuple[Allowed, ...] = ()
    """Numbers and comparing words in its own words that need no source, each with the reason."""


class PageHead(Record):
    """What stands above a hand-written page."""

    title: Text
    description: Text
    """One or two sentences, for search engines and shared links."""
    published: EditorialDate | None = None
    """The day on which the page was first published, where it is written down."""
    layout: Literal["text", "home", "wide"] = "text"
    words: Annotated[int, Field(gt=0)] | None = None
    """How many words of prose the page may have."""
    original: Text | None = None
    """For a page in another language: the mark of the English page that it was made from, as the build prints it."""
    outdated: Literal["shown"] | None = None
    """For a page in another language: ``shown`` publishes it, with a notice, though the English page has changed since."""
