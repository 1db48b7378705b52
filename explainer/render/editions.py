"""Editions: the released states of charts, their comparison, and the release of new ones."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from explainer.common.problems import UsageError
from explainer.history.editions import Edition, edition_id, edition_paths, record_bytes
from explainer.model.records import Withdrawn
from explainer.publish.catalogue import with_full_stop
from explainer.publish.direction import without_isolates
from explainer.publish.tables import Table
from explainer.read.files import MAX_BYTES
from explainer.render.charts import draw
from explainer.render.context import Context
from explainer.render.embeds import body_of, corrections, frame_of, ref_of
from explainer.render.pictures import Picture, Pictures

# Content of charts: the values and texts by which editions are compared


def content_of(context: Context, table: Table) -> dict[str, Any]:
    """Return the values and the texts of a chart, without its look."""
    rows = [
        {
            "claim": ref_of(row),
            "when": without_isolates(row.label),
            "value": row.claim.machine,
            "said_by": without_isolates(row.claim.voice),
        }
        for row in table.rows
    ]
    words = {key: getattr(table, key) for key in ("title", "subtitle", "alt", "caption", "unit")}
    changes = [each.id for each in corrections(context, table)]
    return {
        **words,
        "rows": rows,
        "sources": [without_isolates(name) for name, _ in table.sources],
        "corrections": changes,
    }


def same(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether two contents are the same, compared by the keys of the old one.

    Keys that later versions of the generator add to records make no difference.
    """
    rows = [
        {key: row.get(key) for key in kept}
        for kept, row in zip(old["rows"], new["rows"], strict=False)
    ]
    return len(old["rows"]) == len(new["rows"]) and {
        **{key: new.get(key) for key in old},
        "rows": rows,
    } == dict(old)


def notice(
    context: Context, edition: Edition, now: Mapping[str, Any] | None, withdrawn: Withdrawn | None
) -> str:
    """Return the sentence in which a pinned embed says that the chart has changed or was withdrawn.

    It is empty if the chart still has the content of the edition.
    """
    day, say = (
        context.wording.day(dt.date.fromisoformat(edition.date)),
        context.wording.catalogue.say,
    )
    if withdrawn is not None:
        return say(
            "embeds",
            "withdrawn",
            day=context.wording.date(withdrawn.date),
            reason=with_full_stop(withdrawn.reason),
            pinned=day,
        )
    if now is None or same(edition.record["content"], now):
        return ""
    return say(
        "embeds", "pinned", day=day, difference=_difference(context, edition.record["content"], now)
    )


def _difference(context: Context, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    say = context.wording.catalogue.say
    before, after = ({row["claim"]: row["value"] for row in each["rows"]} for each in (old, new))
    changed = sum(after.get(claim) != value for claim, value in before.items())
    added = len(after.keys() - before.keys())
    mended = sum(
        context.ledger.corrections[each].class_ == "correction"
        for each in new["corrections"]
        if each not in old["corrections"]
    )
    first = say("embeds", "changed", count=changed, all=len(before)) if changed else ""
    second = say("embeds", "added_too" if changed else "added", count=added) if added else ""
    what = (
        say("embeds", "both", changed=first, added=second) if first and second else first or second
    )
    said = say("embeds", "since", what=what) if what else say("embeds", "words_since")
    if not (mended and changed):
        return f"{said}."
    return say(
        "embeds", "mended_it" if changed == 1 else "mended", said=said, count=min(mended, changed)
    )


# Releases: a new edition of each chart whose content differs from its newest edition

_ROOT: Final = "../../../"
"""The relative path to the site's root from ``embed/<chart>/<edition>/``."""


def release(context: Context, date: str) -> dict[str, bytes]:
    """Return the files of the new editions, by path in the project. No file is there already.

    ``date`` is ISO 8601. Raises ``Misused`` if it is before the newest edition.
    """
    newest = max(
        (edition.date for editions in context.editions.values() for edition in editions),
        default=date,
    )
    if date < newest:
        raise UsageError(
            f"--date {date} is before the newest edition, of {newest}; a release never comes before"
            " another"
        )
    return {
        path: data
        for table in context.tables.values()
        for path, data in _files(context, table, date)
    }


def _files(context: Context, table: Table, date: str) -> Iterator[tuple[str, bytes]]:
    kept: Sequence[Edition] = context.editions.get(table.id, ())
    content = content_of(context, table)
    if kept and same(kept[-1].record["content"], content):
        return
    frame = frame_of(context, table, pinned=True)
    body, picture = (
        (body_of(context, table, _ROOT, today=None) + "\n").encode(),
        _picture(context, table),
    )
    record = record_bytes(
        {
            "chart": table.id,
            "date": date,
            "follows": kept[-1].id if kept else None,
            "picture": hashlib.sha256(picture).hexdigest(),
            "height": frame.height,
            "heights": frame.bands,
            "content": content,
        }
    )
    yield from zip(
        edition_paths(table.id, edition_id(record, body)), (record, body, picture), strict=True
    )


def _picture(context: Context, table: Table) -> bytes:
    """Return the chart as PNG at twice its size, or at its size if a larger file exceeds the limit.

    The limit is ``MAX_BYTES``, the size of a file in the seeds.
    """
    pictures = Pictures(context.templates, context.site_name, context.cache, context.lettering)
    svg = pictures.poster(table, draw(table, context.wording)["wide"])
    drawn = pictures.pngs({"large": Picture.of(svg, 2.0), "small": Picture.of(svg, 1.0)})
    large = context.cache.read(drawn["large"])
    return large if len(large) <= MAX_BYTES else context.cache.read(drawn["small"])
