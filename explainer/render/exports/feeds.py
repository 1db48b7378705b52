"""Feeds of the corrections: Atom (RFC 4287) and JSON Feed 1.1.

The ids of entries do not depend on the site's address.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from explainer.publish.corrections import CorrectionView
from explainer.publish.direction import without_isolates
from explainer.render.context import Context
from explainer.render.exports.machine_values import dump_json

ATOM, JSON_FEED = "feed.xml", "feed.json"
_SPACE = uuid.UUID("8f9a1a35-3a0c-5d8e-9d0a-3f6c2c1f5b7e")
"""The UUID namespace of the ids. Any value would do, but it must never change."""


def atom(context: Context, entries: Sequence[CorrectionView]) -> str:
    """Return the Atom feed."""
    values = {
        "site": context.site_name,
        "address": context.address,
        "id": _id(context, ""),
        "updated": _updated(context, entries),
        "entries": [
            (entry, _id(context, entry.id), _title(entry), _moment(entry.day)) for entry in entries
        ],
    }
    return without_isolates(context.templates.render("feeds/atom.xml.j2", **values)) + "\n"


def json_feed(context: Context, entries: Sequence[CorrectionView]) -> str:
    """Return the JSON Feed."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": context.wording.page("feed_title", site=context.site_name),
        "description": context.wording.page("feed_about"),
        "authors": [{"name": context.site_name}],
        "language": context.wording.language,
        "items": [_item(context, entry) for entry in entries],
    }
    if context.address:
        feed |= {"home_page_url": context.address, "feed_url": context.address + JSON_FEED}
    return dump_json(feed) + "\n"


def _item(context: Context, entry: CorrectionView) -> dict[str, Any]:
    item = {
        "id": _id(context, entry.id),
        "title": _title(entry),
        "content_text": entry.whole,
        "date_published": _moment(entry.day),
        "tags": [entry.done.lower()],
    }
    return item | ({"url": f"{context.address}corrections/#{entry.id}"} if context.address else {})


def _title(entry: CorrectionView) -> str:
    return f"{entry.done}: {entry.about}"


def _id(context: Context, entry: str) -> str:
    return uuid.uuid5(_SPACE, f"{context.site_name}/{entry}").urn


def _updated(context: Context, entries: Sequence[CorrectionView]) -> str:
    """Return the time of the newest entry; without entries, of the newest day in the seeds."""
    newest = context.ledger.newest_date
    return _moment(
        max(
            (entry.day for entry in entries),
            default=newest.last.isoformat() if newest and newest.last else "2000-01-01",
        )
    )


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
