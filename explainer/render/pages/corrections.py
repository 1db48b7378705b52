"""The corrections: ``/corrections/``, ``/feed.xml`` and ``/feed.json``.

They list what was corrected, updated or withdrawn, with the old value beside the new.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from explainer.publish.corrections import CorrectionView, corrections_in_words
from explainer.render.context import Context
from explainer.render.dated import day_of
from explainer.render.exports import feeds
from explainer.render.pages.embeds import withdrawn
from explainer.render.pages.lists import listing
from explainer.render.pages.page import WrittenPage, root_of, write_page


@dataclass(frozen=True)
class WithdrawnChart:
    """A withdrawn chart for the template. ``day`` is in words."""

    id: str
    title: str
    day: str
    reason: str


def pages(context: Context) -> Iterator[WrittenPage]:
    """Yield the page of corrections. It is made even if there are none."""
    entries = _entries(context)
    gone = [
        WithdrawnChart(chart.id, chart.title, context.wording.date(said.date), said.reason)
        for chart, said in withdrawn(context)
    ]
    body = context.page(
        "pages/corrections.html.j2", entries=entries, withdrawn=gone, root=root_of("corrections")
    )
    title = context.wording.page("corrections")
    days = [
        *(entry.day for entry in entries),
        *(day_of(said.date) for _, said in withdrawn(context)),
    ]
    yield write_page(
        context,
        listing(
            context,
            "corrections",
            (title, context.wording.page("corrections_about")),
            body,
            days=days,
        ),
    )


def files(context: Context) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of both feeds."""
    entries = _entries(context)
    yield feeds.ATOM, feeds.atom(context, entries)
    yield feeds.JSON_FEED, feeds.json_feed(context, entries)


def _entries(context: Context) -> tuple[CorrectionView, ...]:
    return corrections_in_words(
        context.ledger, context.wording, context.ledger.corrections.values()
    )
