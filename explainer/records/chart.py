"""A chart: a view of the ledger."""

from __future__ import annotations

from explainer.records.base import BoundedDate, EditorialDate, Id, Passage, Record, Text
from explainer.records.series import Show


class Annotation(Record):
    """A note where the eye asks."""

    at: Id
    """The id of the point."""
    text: Text


class Withdrawn(Record):
    """That a chart is no longer said. Its addresses answer with this."""

    date: EditorialDate
    """When it was withdrawn."""
    reason: Passage
    """Why, in a sentence for its readers."""


class Chart(Record):
    """What to draw, and the words around it. Words may call ``fact()`` and ``point()``; their numbers come from the ledger."""

    id: Id
    kind: Text
    """The id of a drawing kind."""
    series: tuple[Id, ...]
    show: tuple[Show, ...] = ("main",)
    only: tuple[Id, ...] = ()
    """Draw these points alone, where a chart is not about whole series."""
    highlight: tuple[Id, ...] = ()
    """Ids of the points that the words speak of."""
    title: Text
    """The finding."""
    subtitle: Text
    """The measure and its unit."""
    alt: Text
    """The finding again, with its numbers, for those who cannot see it."""
    caption: Text | None = None
    since: BoundedDate | None = None
    """Leave out earlier points."""
    notes: tuple[Annotation, ...] = ()
    withdrawn: Withdrawn | None = None
    """Where it is no longer said: the record stays, and its addresses answer with a notice."""
