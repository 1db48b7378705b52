"""A source: a document, with its bibliographic record (after CSL-JSON)."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from explainer.records.base import UNENDED, Address, Date, EditorialDate, Id, Passage, Record, Text, YesNo

CslType = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event", "figure",
    "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture", "musical_score",
    "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication", "post", "post-weblog",
    "regulation", "report", "review", "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
]  # fmt: skip

_WITHOUT_SPACE = re.compile("[\u3040-\u309f\u3400-\u9fff\uac00-\ud7af]")
"""Chinese characters, hiragana and Hangul: a name in them has its family name first, and no space after it."""

_JOINED = ("'", "\u2019", "-")
"""The ends of particles that no space follows."""


class Name(Record):
    """Who wrote or edited a source. Text alone is a name that is kept whole, as an institution's is."""

    literal: Text | None = None
    """A name that is kept whole: an institution's, or a person's where the family name is not known."""
    family: Text | None = None
    """A person's family name, or the only name that the person has."""
    given: Text | None = None
    particle: Text | None = None
    """What stands before the family name and stays with it: "van den" in "Vincent van den Berg"."""
    dropped_particle: Text | None = None
    """What stands before the family name, and not where it stands alone: "von" in "Johann Wolfgang von Goethe"."""
    suffix: Text | None = None
    """What follows the name, such as "Jr." or "III"."""
    family_first: YesNo = False
    """Whether the person's own language says the family name first though it is written in Latin letters: "Orbán Viktor"."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"literal": value}
        if not isinstance(value, dict | cls):
            raise ValueError("a name is text, or a mapping with 'family' or 'literal'")
        return value

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.literal is None) == (self.family is None):
            raise ValueError("a name has either 'family' or 'literal'")
        of_person = (self.given, self.particle, self.dropped_particle, self.suffix, self.family_first or None)
        if self.literal is not None and any(part is not None for part in of_person):
            raise ValueError("a name with 'literal' is kept whole, and has no other key")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        mapping = handler.resolve_ref_schema(handler(schema))
        mapping["oneOf"] = [{"required": ["family"]}, {"required": ["literal"]}]
        return {"anyOf": [{"type": "string"}, mapping]}

    def __str__(self) -> str:
        """The name as it is said in its own language: "Vincent van den Berg", "Orbán Viktor", "毛泽东"."""
        if self.literal is not None:
            return self.literal
        family = behind(self.dropped_particle, behind(self.particle, self.family or ""))
        if _WITHOUT_SPACE.search(family) and _WITHOUT_SPACE.search(self.given or ""):
            said = f"{family}{self.given}"
        else:
            parts = (family, self.given) if self.family_first else (self.given, family)
            said = " ".join(filter(None, parts))
        return f"{said} {self.suffix}" if self.suffix else said


def behind(particle: str | None, family: str) -> str:
    """A family name behind its particle: "van den Berg", "d'Alembert", "al-Khwarizmi"."""
    if not particle:
        return family
    return f"{particle}{family}" if particle.endswith(_JOINED) else f"{particle} {family}"


class Source(Record):
    """One document. Its text may be kept, so that quotes can be checked against it."""

    id: Id
    """For ever: pages and other people's links use it."""
    type: CslType
    title: Text
    """As printed; or, with ``described``, our own description of an untitled page."""
    described: YesNo = False
    """Whether ``title`` is a description of ours, because no title was seen."""
    publisher: Text
    """Who made it public. Of an article, an entry or a page also what it stands in, where no ``container`` is given."""
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    container: Text | None = None
    """What it stands in, as printed: a journal, a book of several authors, an encyclopedia, a site."""
    volume: Text | None = None
    issue: Text | None = None
    pages: Text | None = None
    number: Text | None = None
    """Of a report, a law, a patent or a standard."""
    edition: Text | None = None
    genre: Text | None = None
    """Its kind more exactly, as printed: "PhD thesis", "Working paper"."""
    publisher_place: Text | None = None
    doi: Annotated[str, UNENDED, Field(pattern=r"^10\.[0-9]{4,9}/[^\s{}\\]+$")] | None = None
    isbn: Annotated[str, UNENDED, Field(pattern=r"^[0-9Xx -]{10,17}$")] | None = None
    url: Address | None = None
    mirror_of: Address | None = None
    """The better address that ``url`` is a copy of."""
    copy_of: Text | None = None
    """What ``url`` is a copy of, in words, where no better address is known."""
    weak: Passage | None = None
    """Why this source may never be the only support of a claim."""
    issued: Date | None = None
    accessed: EditorialDate | None = None
    language: Annotated[str, UNENDED, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-zA-Z]+)?$")]
    read: Literal["full", "excerpt", "not-read"]
    """What whoever entered it has seen."""
    text: Annotated[str, UNENDED, Field(pattern=r"^texts/")] | None = None
    """Where the whole text is kept, below ``seeds/``."""
    sha256: Annotated[str, UNENDED, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    """Of that text, so that it cannot change unnoticed."""
    rights: Literal["ours", "public-domain", "licensed", "private"] | None = None
    """Whether the kept text may be published; ``private`` is checked against, never shown beyond its quotes."""
    note: Passage | None = None

    @property
    def shown(self) -> bool:
        """Whether its kept text may be published."""
        return self.text is not None and self.rights in ("ours", "public-domain", "licensed")
