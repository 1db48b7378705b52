"""``/sources/`` and ``/sources/<id>/``: each document, what it is used for, and its text where that may be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup, escape

from explainer import anchors
from explainer.context import Context
from explainer.coverage import uses_of
from explainer.dated import dates_of, day_of
from explainer.exports.linked import About, source_page_of
from explainer.ledger import Entry
from explainer.pages.listing import listing
from explainer.pages.page import Page, Written, card_of, heading, root_of
from explainer.pages.passages import Passages
from explainer.pages.writing import kept, written
from explainer.prose.against import registered
from explainer.quotation.quotes import Span
from explainer.records import Evidence, Source
from explainer.views import ClaimView, EvidenceView, question_of
from explainer.wording import citing
from explainer.wording.summary import summary


@dataclass(frozen=True)
class Use:
    """One claim that a source bears on."""

    question: str
    claim: ClaimView
    evidence: EvidenceView


def pages(context: Context) -> Iterator[Written]:
    """The list, and a page for each source."""
    yield written(context, _list(context))
    for name in context.ledger.sources:
        yield kept(context, "source page", name, partial(_page, context, name))


def card(context: Context, name: str) -> tuple[str, str]:
    """What the page of a source is called where it is shared, and its description."""
    source = context.ledger.sources[name]
    title = citing.short(source, context.wording)
    return title, summary(context.wording.page("source_about", source=title), source.title, context.description)


def _list(context: Context) -> Page:
    sources = context.ledger.sources.values()
    rows = [(each, _reference(context, each), len(context.ledger.uses.get(each.id, ()))) for each in sources]
    rows.sort(key=lambda row: (row[1].striptags().casefold(), row[0].id))
    body = context.page("pages/sources.html.j2", rows=rows, root=root_of("sources"))
    title = context.wording.page("sources")
    words = title, context.wording.page("sources_about")
    days = [day_of(source.accessed) for source in context.ledger.sources.values()]
    return listing(context, "sources", words, body, layout="wide", holders=context.ledger.holders.values(), days=days)


def _reference(context: Context, source: Source) -> Markup:
    """As the first citation style has it; in this site's own way where nothing is formatted, as in a check."""
    return context.references.get(source.id) or escape(citing.full(source, context.wording))


def _page(context: Context, name: str) -> Page:
    source, path = context.ledger.sources[name], f"sources/{name}"
    entries = context.ledger.uses.get(source.id, ())
    uses = [_use(context, entry, item) for entry in entries for item in entry.claim.evidence if item.source == source.id]
    names = anchors.distinct(f"use-{use.claim.path.removeprefix('facts/').replace('/#', '--')}" for use in uses)
    listed = any(error.source == source.id for error in context.ledger.errors.values())
    shown = source.id in context.ledger.texts and source.shown
    cited, remarks = citing.full(source, context.wording), citing.remarks(source, context.wording)
    body = context.templates.render("pages/source.html.j2", source=source, cited=cited, remarks=remarks,
        uses=list(zip(names, uses, strict=True)),
        errors=registered(context, source.id, root_of(path)) if listed else "",
        text=marked_text(context, source, root_of(path)) if shown else "", root=root_of(path),
    )  # fmt: skip
    title, description = card(context, name)
    dates = dates_of(context, path, [entry.holder for entry in entries], [day_of(source.accessed)])
    about = About(f"{path}/", root_of(path), title, description, context.wording.language, dates, card_of(path))
    linked, up = source_page_of(context, source, about), ("sources/", context.wording.page("sources"))
    return Page(path, title, description, f"{heading(title)}\n\n{body}", up=up, linked=linked, dates=dates)


def _use(context: Context, entry: Entry, item: Evidence) -> Use:
    return Use(question_of(entry.holder), context.views.claim(entry), context.views.evidence(entry, item))


def marked_text(context: Context, source: Source, root: str) -> Markup:
    """The kept text, paragraph by paragraph, each passage that claims take marked and led to its claims."""
    text = context.ledger.texts[source.id]
    passages = Passages(text, uses_of(context.ledger, source.id), root, context.wording)
    paragraphs = [Span(*match.span()) for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    return Markup("").join(Markup("<p>{}</p>").format(passages.marked(span)) for span in paragraphs)
