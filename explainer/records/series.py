"""A series: claims about the same thing over periods (tidy data)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from explainer.records.base import Allowed, Date, EditorialDate, Id, Passage, Record, Text, YesNo
from explainer.records.claim import Statement

Show = Literal["main", "rival", "disputed", "context"]


class Point(Statement):
    """One claim in a series."""

    show: Show
    """main: charted by default; rival: another published value; disputed: sources conflict, all are shown; context: beside."""
    label: Text | None = None
    """The period in words, where dates alone would mislead ("spring 2025"), or the event of a timeline."""
    region: Text | None = None
    basis: Text | None = None
    """What exactly was averaged or summed, where that differs between points."""
    act: Literal["decree", "law", "bill"] | None = None
    """For a timeline of legal acts: what kind of act it is."""
    until: Date | None = None
    """For a timeline: when the spell ended, where it has."""


class Series(Record):
    """Claims about one thing over time."""

    id: Id
    title: Text
    short: Text | None = None
    """The title in a few words, for the labels of charts."""
    question: Text | None = None
    also: tuple[Text, ...] = ()
    """Other words by which readers may look for it."""
    unit: Text | None = None
    """Absent where the points are dates."""
    counts: Annotated[tuple[Text, ...], Field(max_length=1000)] = ()
    definition: Id | None = None
    """The counting rule of every point that names none of its own."""
    x: Literal["period", "said_on", "date"]
    """What orders the points."""
    cumulative: YesNo = False
    """Whether the points are running totals."""
    as_of: EditorialDate
    review_by: EditorialDate
    topic: Text | None = None
    note: Passage | None = None
    mentions: tuple[Text, ...] = ()
    """What else of the ledger its own words speak of, by id (``fact`` or ``series:point``): they may repeat what that says."""
    allow: tuple[Allowed, ...] = ()
    """Numbers and comparing words in its own words that need no source, each with the reason."""
    points: tuple[Point, ...]
