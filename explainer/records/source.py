"""A source: a document, with its bibliographic record (after CSL-JSON)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from explainer.records.base import Address, Date, Id, Record, Text, YesNo

CslType = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "dataset", "document", "entry-encyclopedia", "hearing", "interview", "legal_case", "legislation", "motion_picture",
    "post", "post-weblog", "regulation", "report", "speech", "thesis", "webpage",
]  # fmt: skip


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
    authors: tuple[Text, ...] = ()
    url: Address | None = None
    mirror_of: Address | None = None
    """The better address that ``url`` is a copy of."""
    copy_of: Text | None = None
    """What ``url`` is a copy of, in words, where no better address is known."""
    weak: Text | None = None
    """Why this source may never be the only support of a claim."""
    issued: Date | None = None
    accessed: Date | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-zA-Z]+)?$")]
    read: Literal["full", "excerpt", "not-read"]
    """What whoever entered it has seen."""
    text: Annotated[str, Field(pattern=r"^texts/")] | None = None
    """Where the whole text is kept, below ``seeds/``."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    """Of that text, so that it cannot change unnoticed."""
    rights: Literal["ours", "public-domain", "licensed", "private"] | None = None
    """Whether the kept text may be published; ``private`` is checked against, never shown beyond its quotes."""
    note: Text | None = None

    @property
    def shown(self) -> bool:
        """Whether its kept text may be published."""
        return self.text is not None and self.rights in ("ours", "public-domain", "licensed")
