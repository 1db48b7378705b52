"""A known error: words of a source that are wrong, with the reason, kept until the source is mended."""

from __future__ import annotations

from explainer.records.base import Id, Passage, Record


class KnownError(Record):
    """One error in one source."""

    id: Id
    source: Id
    fact: Id
    """The fact or series that holds the wrong claim."""
    claim: Id
    expect: Passage
    """The source's wrong words. They must still stand in its kept text or, where none is kept, in the words noted with the claim; once
    they do not, the source may have been mended, and the build says so."""
    reason: Passage
    """What kind of error it is, and how it may have come about."""
