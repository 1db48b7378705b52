"""What a chart says, apart from how it looks: the values and the words by which two editions are compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from explainer.context import Context
from explainer.embeds.words import corrections, ref_of
from explainer.history.editions import Edition
from explainer.records.chart import Withdrawn
from explainer.tables import Table
from explainer.wording.direction import unmarked
from explainer.wording.stops import stopped


def content_of(context: Context, table: Table) -> dict[str, Any]:
    """The values and the words of a chart."""
    rows = [
        {"claim": ref_of(row), "when": unmarked(row.label), "value": row.claim.machine, "said_by": unmarked(row.claim.voice)}
        for row in table.rows
    ]
    words = {key: getattr(table, key) for key in ("title", "subtitle", "alt", "caption", "unit")}
    changes = [each.id for each in corrections(context, table)]
    return {**words, "rows": rows, "sources": [unmarked(name) for name, _ in table.sources], "corrections": changes}


def same(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether two contents say the same, in all that the old one knows: what records learn to hold later changes nothing."""
    rows = [{key: row.get(key) for key in kept} for kept, row in zip(old["rows"], new["rows"], strict=False)]
    return len(old["rows"]) == len(new["rows"]) and {**{key: new.get(key) for key in old}, "rows": rows} == dict(old)


def notice(context: Context, edition: Edition, now: Mapping[str, Any] | None, withdrawn: Withdrawn | None) -> str:
    """What a pinned embed says of itself in a line; empty while it is still what the chart says."""
    day, say = context.wording.day(dt.date.fromisoformat(edition.date)), context.wording.catalogue.say
    if withdrawn is not None:
        return say("embeds", "withdrawn", day=context.wording.date(withdrawn.date), reason=stopped(withdrawn.reason), pinned=day)
    if now is None or same(edition.record["content"], now):
        return ""
    return say("embeds", "pinned", day=day, difference=_difference(context, edition.record["content"], now))


def _difference(context: Context, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    say = context.wording.catalogue.say
    before, after = ({row["claim"]: row["value"] for row in each["rows"]} for each in (old, new))
    changed = sum(after.get(claim) != value for claim, value in before.items())
    added = len(after.keys() - before.keys())
    mended = sum(context.ledger.corrections[each].class_ == "correction" for each in new["corrections"] if each not in old["corrections"])
    first = say("embeds", "changed", count=changed, all=len(before)) if changed else ""
    second = say("embeds", "added_too" if changed else "added", count=added) if added else ""
    what = say("embeds", "both", changed=first, added=second) if first and second else first or second
    said = say("embeds", "since", what=what) if what else say("embeds", "words_since")
    if not (mended and changed):
        return f"{said}."
    return say("embeds", "mended_it" if changed == 1 else "mended", said=said, count=min(mended, changed))
