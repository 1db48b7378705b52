"""What a page says of itself in schema.org's terms: JSON-LD for its head, which search engines read and no browser runs."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from explainer.context import Context
from explainer.ledger import Entry, Holder
from explainer.records import Fact, Source
from explainer.tables import Table
from explainer.views import CorrectionView, question_of
from explainer.wording.direction import unmarked

Node = dict[str, Any]
_DAY = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
"""A date that schema.org can take: certain, and no spell."""
_FORMATS = {"csv": "text/csv", "json": "application/json", "svg": "image/svg+xml", "png": "image/png"}


@dataclass(frozen=True)
class About:
    """What every kind of page says: where it stands, what it is called, and which sources it rests on."""

    path: str
    """Below the site's root, with a stroke at its end; empty for the first page."""
    root: str
    """The way up to the site's root, for a site whose address is not known."""
    name: str
    description: str
    language: str
    sources: Sequence[str]
    """Ids, each once."""
    days: Sequence[dt.date] = ()
    """Days that its claims cover, in any order."""


def dataset_of_chart(context: Context, table: Table, root: str, corrections: Sequence[CorrectionView]) -> str:
    """A chart's page."""
    days = [day for row in table.rows for day in (row.start, row.end) if day]
    sources = [name for name, _ in table.sources]
    about = About(f"charts/{table.id}/", root, table.title, table.alt or table.subtitle, context.wording.language, sources, days)
    files = [_download(context, root, f"data/charts/{table.id}.{kind}", media) for kind, media in _FORMATS.items()]
    return _written(_node(context, "Dataset", about, corrections) | {"variableMeasured": table.subtitle, "distribution": files})


def claim_of(context: Context, holder: Holder, root: str, description: str, corrections: Sequence[CorrectionView]) -> str:
    """A fact's page: the claim that answers its question. A series' page: its claims, as data."""
    entries = list(context.ledger.entries(holder))
    about = About(
        f"facts/{holder.id}/", root, question_of(holder), description, context.wording.language, _sources(entries), _days(entries)
    )
    record = _download(context, root, f"facts/{holder.id}.json", "application/json")
    if not isinstance(holder, Fact):
        return _written(_node(context, "Dataset", about, corrections) | {"distribution": [record]})
    answer = context.views.answer(holder)
    said = {"text": unmarked(f"{answer.text} {answer.unit}".strip()), "creditText": unmarked(answer.voice), "encoding": record}
    return _written(_node(context, "Claim", about, corrections) | said)


def article_of(context: Context, about: About, card: str) -> str:
    """A page of prose. It names its sources, often some dozens, by their own pages, which say what each of them is."""
    base = _base(context, about.root)
    cited = [{"@id": f"{base}sources/{name}/"} for name in about.sources]
    sources = {"citation": cited, "isBasedOn": cited} if cited else {}
    return _written(_node(context, "Article", about, ()) | sources | {"headline": about.name, "image": f"{base}{card}"})


def work_of(context: Context, source: Source, root: str) -> str:
    """A source's page: the document that it is about."""
    issued, address = str(source.issued or ""), f"{_base(context, root)}sources/{source.id}/"
    found = {
        "@context": "https://schema.org", "@type": "CreativeWork", "@id": address, "url": address, "sameAs": source.url,
        "name": source.title, "publisher": {"@type": "Organization", "name": source.publisher},
        "inLanguage": source.language, "datePublished": issued if _DAY.fullmatch(issued) else None,
    }  # fmt: skip
    return _written({key: value for key, value in found.items() if value})


def days_of(context: Context, holders: Iterable[Holder]) -> list[dt.date]:
    """The days that the claims of some facts and series cover."""
    return [day for holder in holders for day in _days(list(context.ledger.entries(holder)))]


def _node(context: Context, kind: str, about: About, corrections: Sequence[CorrectionView]) -> Node:
    base, newest = _base(context, about.root), context.ledger.newest_date
    publisher = {"@type": "Organization", "name": context.author or context.site_name}
    sources = [_source(context, base, name) for name in about.sources]
    comments = [{"@type": "CorrectionComment", "datePublished": each.day, "text": each.sentence} for each in corrections]
    address = f"{base}{about.path}" or "./"
    found: Node = {
        "@context": "https://schema.org", "@type": kind, "@id": address, "url": address, "name": about.name,
        "description": about.description, "inLanguage": about.language, "publisher": publisher, "creator": publisher,
        "license": context.licence.url,
        "isPartOf": {"@type": "WebSite", "name": context.site_name, "url": base or "./"},
        "dateModified": newest.last.isoformat() if newest and newest.last else "",
        "temporalCoverage": "/".join(dict.fromkeys(f(about.days).isoformat() for f in (min, max))) if about.days else "",
        "citation": sources, "isBasedOn": [{"@id": each["@id"]} for each in sources], "correction": comments,
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}


def _base(context: Context, root: str) -> str:
    return context.address or root


def _source(context: Context, base: str, name: str) -> Node:
    source = context.ledger.sources[name]
    address = source.url or f"{base}sources/{name}/"
    return {"@type": "CreativeWork", "@id": address, "name": source.title, "publisher": {"@type": "Organization", "name": source.publisher}}


def _download(context: Context, root: str, path: str, media: str) -> Node:
    return {"@type": "DataDownload", "contentUrl": f"{_base(context, root)}{path}", "encodingFormat": media}


def _sources(entries: Sequence[Entry]) -> list[str]:
    return list(dict.fromkeys(item.source for entry in entries for item in entry.claim.supports))


def _days(entries: Sequence[Entry]) -> list[dt.date]:
    dates = [entry.claim.period or entry.claim.date or entry.claim.said_on for entry in entries]
    return [day for date in dates if date for day in (date.first, date.last) if day]


def _written(node: Node) -> str:
    """JSON in which nothing can end the element that it stands in."""
    return (
        json.dumps(node, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    )
