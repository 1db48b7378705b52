"""``release``: an edition of each chart that says something else than its newest edition does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

from explainer.charts import draw
from explainer.context import Context
from explainer.editions.content import content_of, same
from explainer.embeds.body import body_of, frame_of
from explainer.history.editions import Edition, address, paths, written
from explainer.pictures import Picture, Pictures
from explainer.problems import Misused
from explainer.reading.files import MAX_BYTES
from explainer.tables import Table

_ROOT: Final = "../../../"
"""The way up to the site's root from ``embed/<chart>/<edition>/``."""


def release(context: Context, date: str) -> dict[str, bytes]:
    """The files of the new editions, by path in the project; none is ever there already. ``date`` is ISO 8601."""
    newest = max((edition.date for editions in context.editions.values() for edition in editions), default=date)
    if date < newest:
        raise Misused(f"--date {date} is before the newest edition, of {newest}; a release never comes before another")
    return {path: data for table in context.tables.values() for path, data in _files(context, table, date)}


def _files(context: Context, table: Table, date: str) -> Iterator[tuple[str, bytes]]:
    kept: Sequence[Edition] = context.editions.get(table.id, ())
    content = content_of(context, table)
    if kept and same(kept[-1].record["content"], content):
        return
    frame = frame_of(context, table, pinned=True)
    body, picture = (body_of(context, table, _ROOT, today=None) + "\n").encode(), _picture(context, table)
    record = written({
        "chart": table.id, "date": date, "follows": kept[-1].id if kept else None, "picture": hashlib.sha256(picture).hexdigest(),
        "height": frame.height, "heights": frame.bands, "content": content,
    })  # fmt: skip
    yield from zip(paths(table.id, address(record, body)), (record, body, picture), strict=True)


def _picture(context: Context, table: Table) -> bytes:
    """The chart as PNG, at twice its size unless that is more than a file of the seeds may hold."""
    pictures = Pictures(context.templates, context.site_name, context.shelf, context.lettering)
    svg = pictures.poster(table, draw(table, context.wording)["wide"])
    drawn = pictures.pngs({"large": Picture.of(svg, 2.0), "small": Picture.of(svg, 1.0)})
    large = context.shelf.read(drawn["large"])
    return large if len(large) <= MAX_BYTES else context.shelf.read(drawn["small"])
