"""``/corrections/``, ``/feed.xml`` and ``/feed.json``: what was mended, updated or withdrawn, the old value beside the new."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from explainer.context import Context
from explainer.exports import feeds
from explainer.pages.embeds import withdrawn
from explainer.pages.page import Page, heading, root_of
from explainer.views import CorrectionView, corrections_in_words


@dataclass(frozen=True)
class Gone:
    """A chart that is no longer said, for the template; its day in words."""

    id: str
    title: str
    day: str
    reason: str


def pages(context: Context) -> Iterator[Page]:
    """One page, whether or not there is anything to tell."""
    gone = [Gone(chart.id, chart.title, context.wording.date(said.date), said.reason) for chart, said in withdrawn(context)]
    body = context.page("pages/corrections.html.j2", entries=_entries(context), withdrawn=gone, root=root_of("corrections"))
    title = context.wording.page("corrections")
    yield Page("corrections", title, context.wording.page("corrections_about"), f"{heading(title)}\n\n{body}")


def files(context: Context) -> Iterator[tuple[str, str]]:
    """Both feeds, by path."""
    entries = _entries(context)
    yield feeds.ATOM, feeds.atom(context, entries)
    yield feeds.JSON_FEED, feeds.json_feed(context, entries)


def linked_data(name: str, corrections: Sequence[CorrectionView]) -> str:
    """The corrections of a page as schema.org has them; empty where there is none."""
    if not corrections:
        return ""
    comments = [{"@type": "CorrectionComment", "datePublished": each.day, "text": each.sentence} for each in corrections]
    record = {"@context": "https://schema.org", "@type": "WebPage", "name": name, "correction": comments}
    return json.dumps(record, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")


def _entries(context: Context) -> tuple[CorrectionView, ...]:
    return corrections_in_words(context.ledger, context.wording, context.ledger.corrections.values())
