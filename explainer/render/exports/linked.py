"""What a page says of itself in schema.org's terms: JSON-LD for its head, which search engines read and no browser runs.

Each thing has one ``@id`` across the site: a page its address, a claim the page's address with the claim's anchor, a source the address
of the document itself, and the site and whoever publishes it an anchor of the first page.
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
from explainer.publish.direction import unmarked
from explainer.publish.tables import Table
from explainer.render.context import Context
from explainer.render.dated import UNDATED, Dates
from explainer.render.exports.downloads import downloads_of

Node = dict[str, Any]
_DAY = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
"""A date that schema.org can take: certain, and no spell."""


@dataclass(frozen=True)
class About:
    """What every kind of page says: where it stands, what it is called, and which sources it rests on."""

    path: str
    """Below the site's root, with a stroke at its end; empty for the first page."""
    root: str
    """The way up to the site's root, for a site whose address is not known."""
    name: str
    """Its heading."""
    description: str
    language: str
    dates: Dates = UNDATED
    picture: str = ""
    """The path of the picture that stands for it, below the site's root."""
    sources: Sequence[str] = ()
    """Ids, each once."""
    days: Sequence[Day] = ()
    """Days that its claims cover, in any order."""


def dataset_of_chart(context: Context, table: Table, about: About, corrections: Sequence[CorrectionView]) -> str:
    """A chart's page."""
    files = [_download(context, about, path, MEDIA_TYPES[name].partition(";")[0]) for name, path in downloads_of(table.id).items()]
    own = {"variableMeasured": table.subtitle, "distribution": files}
    return _written(_node(context, "Dataset", about) | _bases(context, about) | own | _corrected(corrections))


def series_of(context: Context, holder: Holder, about: About, corrections: Sequence[CorrectionView]) -> str:
    """A series' page: its claims, as data."""
    own = {"distribution": [_record(context, about, holder)]}
    return _written(_node(context, "Dataset", about) | _bases(context, about) | own | _corrected(corrections))


def fact_of(context: Context, fact: Fact, about: About, corrections: Sequence[CorrectionView]) -> str:
    """A fact's page. What answers its question is what the page is about; its other claims are parts of it.

    Each claim says its own value, who makes it, and in which documents it appears.
    """
    answer = context.views.answer(fact)
    entries = {entry.claim.id: entry for entry in context.ledger.entries(fact)}
    chosen = [view.anchor for view in answer.claims]
    claims = {name: _claim(context, about, entries[name]) for name in [*chosen, *(name for name in entries if name not in chosen)]}
    answers = [claims.pop(name) for name in chosen] or [_worked_out(context, about, answer.text, answer.unit)]
    own = {
        "abstract": f"{_said(answer.text, answer.unit)} ({answer.label}: {answer.voice})",
        "mainEntity": answers[0] if len(answers) == 1 else answers,
        "hasPart": list(claims.values()),
        "encoding": _record(context, about, fact),
    }
    found = _node(context, "WebPage", about) | _bases(context, about) | own | _corrected(corrections)
    return _written({key: value for key, value in found.items() if value})


def article_of(context: Context, about: About) -> str:
    """A page of prose. It names its sources, often some dozens, by their ids alone: their own pages say what each of them is."""
    cited = [{"@id": _work_id(context, _base(context, about), name)} for name in about.sources]
    sources = {"citation": cited, "isBasedOn": cited} if cited else {}
    return _written(_node(context, "Article", about) | _covered(about) | sources)


def page_of(context: Context, about: About) -> str:
    """A page that lists or explains."""
    return _written(_node(context, "WebPage", about))


def source_page_of(context: Context, source: Source, about: About) -> str:
    """A source's page: it is ours, and the document that it is about is its publisher's."""
    issued = str(source.issued or "")
    work = _work(context, _base(context, about), source.id) | {
        "url": source.url, "author": [{"@type": "Thing", "name": str(name)} for name in source.authors], "inLanguage": source.language,
        "datePublished": issued if _DAY.fullmatch(issued) else None,
    }  # fmt: skip
    return _written(_node(context, "WebPage", about) | {"mainEntity": {key: value for key, value in work.items() if value}})


def days_of(context: Context, holders: Iterable[Holder]) -> list[Day]:
    """The days that the claims of some facts and series cover."""
    return [day for holder in holders for entry in context.ledger.entries(holder) for day in _days(entry)]


def sources_of(entries: Iterable[Entry]) -> list[str]:
    """The sources that bear some claims, by id, each once."""
    return list(dict.fromkeys(item.source for entry in entries for item in entry.claim.supports))


def _node(context: Context, kind: str, about: About) -> Node:
    """What every page says. Its own days come first: some programs take the first that they find."""
    base = _base(context, about)
    we = _publisher(context, base)
    found: Node = {
        "@context": "https://schema.org", "@type": kind, "@id": _address(base, about.path), "url": _address(base, about.path),
        "name": about.name, "headline": about.name, "description": about.description, "inLanguage": about.language,
        "datePublished": about.dates.published, "dateModified": about.dates.modified,
        "author": we, "publisher": we, "creator": we, "license": context.licence.url,
        "image": about.picture and f"{base}{about.picture}",
        "isPartOf": {"@type": "WebSite", "@id": f"{_address(base)}#site", "name": context.site_name, "url": _address(base)},
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}


def _bases(context: Context, about: About) -> Node:
    """The documents that a page's claims rest on, and the days that they cover."""
    sources = [_work(context, _base(context, about), name) for name in about.sources]
    cited = {"citation": sources, "isBasedOn": [{"@id": each["@id"]} for each in sources]} if sources else {}
    return _covered(about) | cited


def _covered(about: About) -> Node:
    spell = _spell(about.days)
    return {"temporalCoverage": spell} if spell else {}


def _corrected(corrections: Sequence[CorrectionView]) -> Node:
    comments = [{"@type": "CorrectionComment", "datePublished": each.day, "text": each.sentence} for each in corrections]
    return {"correction": comments} if comments else {}


def _claim(context: Context, about: About, entry: Entry) -> Node:
    """One claim: what it says, who says so, when, and where that appears."""
    view, base, claim = context.views.claim(entry), _base(context, about), entry.claim
    address = f"{_address(base, about.path)}#{view.anchor}"
    who = claim.said_by or claim.reported_by
    when = entry.claim.period or entry.claim.date or entry.claim.said_on
    found: Node = {
        "@type": "Claim", "@id": address, "url": address, "name": about.name, "text": _said(view.said, view.unit),
        # whether the speaker is a person or an organisation is not written in the seeds
        "author": {"@type": "Thing", "name": who} if who else _publisher(context, base) if claim.derived else None,
        "creditText": view.voice, "datePublished": _certain(claim.said_on),
        "temporalCoverage": _covers(when) if when else "",
        "creativeWorkStatus": view.standing, "inLanguage": about.language,
        "appearance": [{"@id": _work_id(context, base, name)} for name in sources_of([entry])],
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}


def _worked_out(context: Context, about: About, text: str, unit: str) -> Node:
    """An answer that nobody said: it was worked out here."""
    base = _base(context, about)
    address = _address(base, about.path)
    we = _publisher(context, base)
    return {"@type": "Claim", "@id": f"{address}#answer", "name": about.name, "text": _said(text, unit), "author": we,
            "inLanguage": about.language, "appearance": {"@id": address}}  # fmt: skip


def _said(text: str, unit: str) -> str:
    return f"{text} {unit}".strip()


def _certain(date: Edtf | None) -> str:
    return str(date) if date and _DAY.fullmatch(str(date)) else ""


def _base(context: Context, about: About) -> str:
    return context.address or about.root


def _address(base: str, path: str = "") -> str:
    return f"{base}{path}" or "./"


def _publisher(context: Context, base: str) -> Node:
    return {"@type": "Organization", "@id": f"{_address(base)}#publisher", "name": context.publisher, "url": _address(base)}


def _work_id(context: Context, base: str, name: str) -> str:
    """The id of a document: its own address, where it has one that is no other document's."""
    url = context.ledger.sources[name].url
    return url if url and url not in context.ledger.shared_addresses else f"{base}sources/{name}/#work"


def _work(context: Context, base: str, name: str) -> Node:
    source = context.ledger.sources[name]
    publisher = {"@type": "Organization", "name": source.publisher}
    return {"@type": "CreativeWork", "@id": _work_id(context, base, name), "name": source.title, "publisher": publisher}


def _record(context: Context, about: About, holder: Holder) -> Node:
    return _download(context, about, f"facts/{holder.id}.json", "application/json")


def _download(context: Context, about: About, path: str, media: str) -> Node:
    return {"@type": "DataDownload", "contentUrl": f"{_base(context, about)}{path}", "encodingFormat": media}


def _spell(days: Sequence[Day]) -> str:
    """Days as ISO 8601 writes a spell; one day alone where the first is the last."""
    return "/".join(dict.fromkeys(end(days).isoformat() for end in (min, max))) if days else ""


def _covers(date: Edtf) -> str:
    """A date as a spell of ISO 8601, with no part that is not known and ``..`` for an open end; empty where an end is not known."""
    start, end = date.known_ends
    written = date.read
    if isinstance(written, Spell):
        start, end = start or ".." * (written.start == "open"), end or ".." * (written.end == "open")
    return "/".join(dict.fromkeys((start, end))) if start and end else ""


def _days(entry: Entry) -> list[Day]:
    date = entry.claim.period or entry.claim.date or entry.claim.said_on
    return [day for day in (date.first, date.last) if day] if date and "X" not in date.text else []


def _written(node: Node) -> str:
    """JSON without marks of direction, in which nothing can end the element that it stands in."""
    text = unmarked(json.dumps(node, ensure_ascii=False, separators=(",", ":")))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
