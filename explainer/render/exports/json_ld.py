"""JSON-LD for the head of each page, in schema.org's terms.

Search engines read it, and no browser runs it.

Each thing has one ``@id`` across the site:

- a page has its address;
- a claim has the page's address with the claim's anchor;
- a source has the address of the document itself, or else an anchor of its page here;
- the site and its publisher have anchors of the home page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from explainer.common.allowed.files import MEDIA_TYPES
from explainer.model.dates import Edtf
from explainer.model.edtf import Day, Spell
from explainer.model.ledger import Entry, Holder
from explainer.model.records import Fact, Source
from explainer.publish.corrections import CorrectionView
from explainer.publish.direction import without_isolates
from explainer.publish.tables import Table
from explainer.render.context import Context
from explainer.render.dated import UNDATED, Dates
from explainer.render.exports.downloads import downloads_of

Node = dict[str, Any]
_DAY = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
"""A date that schema.org accepts: a certain day, month or year, and no interval."""


@dataclass(frozen=True)
class PageMetadata:
    """What the metadata of every page needs: its path, its name, its dates and its sources."""

    path: str
    """The path below the site's root, with a slash at its end; empty for the home page."""
    root: str
    """The relative path up to the site's root, used if the site's address is not known."""
    name: str
    """The heading of the page."""
    description: str
    language: str
    dates: Dates = UNDATED
    picture: str = ""
    """The path of the page's preview picture, below the site's root."""
    sources: Sequence[str] = ()
    """The ids of the page's sources, without duplicates."""
    days: Sequence[Day] = ()
    """Days that the page's claims cover, in any order."""


def dataset_of_chart(
    context: Context, table: Table, about: PageMetadata, corrections: Sequence[CorrectionView]
) -> str:
    """Return the JSON-LD of a chart's page, a ``Dataset``."""
    files = [
        _download(context, about, path, MEDIA_TYPES[name].partition(";")[0])
        for name, path in downloads_of(table.id).items()
    ]
    own = {"variableMeasured": table.subtitle, "distribution": files}
    return _written(
        _node(context, "Dataset", about) | _bases(context, about) | own | _corrected(corrections)
    )


def series_of(
    context: Context, holder: Holder, about: PageMetadata, corrections: Sequence[CorrectionView]
) -> str:
    """Return the JSON-LD of a series' page, a ``Dataset`` of its claims."""
    own = {"distribution": [_record(context, about, holder)]}
    return _written(
        _node(context, "Dataset", about) | _bases(context, about) | own | _corrected(corrections)
    )


def fact_of(
    context: Context, fact: Fact, about: PageMetadata, corrections: Sequence[CorrectionView]
) -> str:
    """Return the JSON-LD of a fact's page, a ``WebPage``.

    The claims that answer the question are its ``mainEntity``, and the other claims are in
    ``hasPart``. Each claim has its value, its author and the documents in which it appears.
    """
    answer = context.views.answer(fact)
    entries = {entry.claim.id: entry for entry in context.ledger.entries(fact)}
    chosen = [view.anchor for view in answer.claims]
    claims = {
        name: _claim(context, about, entries[name])
        for name in [*chosen, *(name for name in entries if name not in chosen)]
    }
    answers = [claims.pop(name) for name in chosen] or [
        _worked_out(context, about, answer.text, answer.unit)
    ]
    own = {
        "abstract": f"{_said(answer.text, answer.unit)} ({answer.label}: {answer.voice})",
        "mainEntity": answers[0] if len(answers) == 1 else answers,
        "hasPart": list(claims.values()),
        "encoding": _record(context, about, fact),
    }
    found = (
        _node(context, "WebPage", about) | _bases(context, about) | own | _corrected(corrections)
    )
    return _written({key: value for key, value in found.items() if value})


def article_of(context: Context, about: PageMetadata) -> str:
    """Return the JSON-LD of a page of prose, an ``Article``.

    It names its sources by id alone, because there are often dozens. Their own pages describe them.
    """
    cited = [{"@id": _work_id(context, _base(context, about), name)} for name in about.sources]
    sources = {"citation": cited, "isBasedOn": cited} if cited else {}
    return _written(_node(context, "Article", about) | _covered(about) | sources)


def page_of(context: Context, about: PageMetadata) -> str:
    """Return the JSON-LD of a page that lists or explains, a ``WebPage``."""
    return _written(_node(context, "WebPage", about))


def source_page_of(context: Context, source: Source, about: PageMetadata) -> str:
    """Return the JSON-LD of a source's page, a ``WebPage``.

    The page is this site's. The document in ``mainEntity`` is its publisher's.
    """
    issued = str(source.issued or "")
    work = _work(context, _base(context, about), source.id) | {
        "url": source.url,
        "author": [{"@type": "Thing", "name": str(name)} for name in source.authors],
        "inLanguage": source.language,
        "datePublished": issued if _DAY.fullmatch(issued) else None,
    }
    return _written(
        _node(context, "WebPage", about)
        | {"mainEntity": {key: value for key, value in work.items() if value}}
    )


def days_of(context: Context, holders: Iterable[Holder]) -> list[Day]:
    """Return the first and last days that the claims of some facts and series cover."""
    return [
        day
        for holder in holders
        for entry in context.ledger.entries(holder)
        for day in _days(entry)
    ]


def sources_of(entries: Iterable[Entry]) -> list[str]:
    """Return the ids of the sources that support some claims, without duplicates."""
    return list(dict.fromkeys(item.source for entry in entries for item in entry.claim.supports))


def _node(context: Context, kind: str, about: PageMetadata) -> Node:
    """Return the properties of every page.

    They come first in the JSON-LD, because some programs take the first date that they find.
    """
    base = _base(context, about)
    we = _publisher(context, base)
    found: Node = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": _address(base, about.path),
        "url": _address(base, about.path),
        "name": about.name,
        "headline": about.name,
        "description": about.description,
        "inLanguage": about.language,
        "datePublished": about.dates.published,
        "dateModified": about.dates.modified,
        "author": we,
        "publisher": we,
        "creator": we,
        "license": context.licence.url,
        "image": about.picture and f"{base}{about.picture}",
        "isPartOf": {
            "@type": "WebSite",
            "@id": f"{_address(base)}#site",
            "name": context.site_name,
            "url": _address(base),
        },
    }
    return {key: value for key, value in found.items() if value}


def _bases(context: Context, about: PageMetadata) -> Node:
    """Return the sources of a page's claims, and the days that the claims cover."""
    sources = [_work(context, _base(context, about), name) for name in about.sources]
    cited = (
        {"citation": sources, "isBasedOn": [{"@id": each["@id"]} for each in sources]}
        if sources
        else {}
    )
    return _covered(about) | cited


def _covered(about: PageMetadata) -> Node:
    spell = _spell(about.days)
    return {"temporalCoverage": spell} if spell else {}


def _corrected(corrections: Sequence[CorrectionView]) -> Node:
    comments = [
        {"@type": "CorrectionComment", "datePublished": each.day, "text": each.sentence}
        for each in corrections
    ]
    return {"correction": comments} if comments else {}


def _claim(context: Context, about: PageMetadata, entry: Entry) -> Node:
    """Return one claim: what it says, who says it and when, and in which documents."""
    view, base, claim = context.views.claim(entry), _base(context, about), entry.claim
    address = f"{_address(base, about.path)}#{view.anchor}"
    who = claim.said_by or claim.reported_by
    when = entry.claim.period or entry.claim.date or entry.claim.said_on
    found: Node = {
        "@type": "Claim",
        "@id": address,
        "url": address,
        "name": about.name,
        "text": _said(view.said, view.unit),
        # the seeds do not say whether the speaker is a person or an organisation
        "author": (
            {"@type": "Thing", "name": who}
            if who
            else _publisher(context, base)
            if claim.derived
            else None
        ),
        "creditText": view.voice,
        "datePublished": _certain(claim.said_on),
        "temporalCoverage": _covers(when) if when else "",
        "creativeWorkStatus": view.standing,
        "inLanguage": about.language,
        "appearance": [{"@id": _work_id(context, base, name)} for name in sources_of([entry])],
    }
    return {key: value for key, value in found.items() if value}


def _worked_out(context: Context, about: PageMetadata, text: str, unit: str) -> Node:
    """Return an answer that no source states, because it was worked out here."""
    base = _base(context, about)
    address = _address(base, about.path)
    we = _publisher(context, base)
    return {
        "@type": "Claim",
        "@id": f"{address}#answer",
        "name": about.name,
        "text": _said(text, unit),
        "author": we,
        "inLanguage": about.language,
        "appearance": {"@id": address},
    }


def _said(text: str, unit: str) -> str:
    return f"{text} {unit}".strip()


def _certain(date: Edtf | None) -> str:
    return str(date) if date and _DAY.fullmatch(str(date)) else ""


def _base(context: Context, about: PageMetadata) -> str:
    return context.address or about.root


def _address(base: str, path: str = "") -> str:
    return f"{base}{path}" or "./"


def _publisher(context: Context, base: str) -> Node:
    return {
        "@type": "Organization",
        "@id": f"{_address(base)}#publisher",
        "name": context.publisher,
        "url": _address(base),
    }


def _work_id(context: Context, base: str, name: str) -> str:
    """Return the id of a document: its own address, if it has one and no other source shares it."""
    url = context.ledger.sources[name].url
    return (
        url if url and url not in context.ledger.shared_addresses else f"{base}sources/{name}/#work"
    )


def _work(context: Context, base: str, name: str) -> Node:
    source = context.ledger.sources[name]
    publisher = {"@type": "Organization", "name": source.publisher}
    return {
        "@type": "CreativeWork",
        "@id": _work_id(context, base, name),
        "name": source.title,
        "publisher": publisher,
    }


def _record(context: Context, about: PageMetadata, holder: Holder) -> Node:
    return _download(context, about, f"facts/{holder.id}.json", "application/json")


def _download(context: Context, about: PageMetadata, path: str, media: str) -> Node:
    return {
        "@type": "DataDownload",
        "contentUrl": f"{_base(context, about)}{path}",
        "encodingFormat": media,
    }


def _spell(days: Sequence[Day]) -> str:
    """Return days as an ISO 8601 interval, or as one day if the first is also the last."""
    return "/".join(dict.fromkeys(end(days).isoformat() for end in (min, max))) if days else ""


def _covers(date: Edtf) -> str:
    """Return a date as an ISO 8601 interval, without the parts that are not known.

    An open end is written as ``..``. The result is empty if an end is not known.
    """
    start, end = date.known_ends
    written = date.read
    if isinstance(written, Spell):
        start, end = (
            start or ".." * (written.start == "open"),
            end or ".." * (written.end == "open"),
        )
    return "/".join(dict.fromkeys((start, end))) if start and end else ""


def _days(entry: Entry) -> list[Day]:
    date = entry.claim.period or entry.claim.date or entry.claim.said_on
    return [day for day in (date.first, date.last) if day] if date and "X" not in date.text else []


def _written(node: Node) -> str:
    """Return JSON without direction marks. Nothing in it can end the HTML element around it."""
    text = without_isolates(json.dumps(node, ensure_ascii=False, separators=(",", ":")))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
