"""``/sources/`` and ``/sources/<id>/``: each document, its uses, and its kept text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise

from markupsafe import Markup, escape

from explainer.check.coverage import Use, uses_of
from explainer.common import anchors
from explainer.model.ledger import Entry
from explainer.model.quotations import Span
from explainer.model.records import Evidence, Source
from explainer.publish import wording
from explainer.publish.answers import ClaimView, EvidenceView
from explainer.publish.derivations import question_of
from explainer.publish.wording import Wording, summary
from explainer.render.context import Context
from explainer.render.dated import dates_of, day_of
from explainer.render.exports.json_ld import PageMetadata, source_page_of
from explainer.render.pages.lists import listing
from explainer.render.pages.page import (
    Page,
    WrittenPage,
    card_of,
    heading,
    kept,
    root_of,
    write_page,
)
from explainer.render.prose.blocks import registered

# Kept texts as HTML, with the passages that claims use as links


@dataclass(frozen=True)
class Passages:
    """A text with the passages that claims use, in the order of the text.

    Each passage is a link to its first claim, and is followed by the numbers of all its claims.
    """

    text: str
    uses: Sequence[Use]
    root: str
    """The relative path up to the site's root."""
    wording: Wording
    numbered: bool = True
    """Whether passages are followed by the numbers of their claims."""

    @cached_property
    def _starts(self) -> list[int]:
        return [use.span.start for use in self.uses]

    @cached_property
    def _longest(self) -> int:
        return max((use.span.end - use.span.start for use in self.uses), default=0)

    @cached_property
    def _firsts(self) -> dict[str, int]:
        """The number of the first passage of each claim. The claim links back to this passage."""
        return {anchor(use): number for number, use in reversed(list(enumerate(self.uses)))}

    def marked(self, within: Span) -> Markup:
        """Return a part of the text as HTML. Overlapping passages link to the first one's claim."""
        low, high = (
            bisect_left(self._starts, within.start - self._longest),
            bisect_right(self._starts, within.end),
        )
        inside = [(number, self.uses[number]) for number in range(low, high)]
        inside = [
            (number, use)
            for number, use in inside
            if use.span.start < within.end and within.start < use.span.end
        ]
        cuts = {
            within.start,
            within.end,
            *(edge for _, use in inside for edge in (use.span.start, use.span.end)),
        }
        edges = sorted(edge for edge in cuts if within.start <= edge <= within.end)
        return Markup("").join(
            part for start, end in pairwise(edges) for part in self._pieces(start, end, inside)
        )

    def _pieces(self, start: int, end: int, inside: Sequence[tuple[int, Use]]) -> Iterator[Markup]:
        over = [use for _, use in inside if use.span.start <= start and end <= use.span.end]
        yield _piece(self.text[start:end], over, self.root)
        for number, use in inside if self.numbered else ():
            if use.span.end == end:
                yield self._reference(use, number + 1, named=self._firsts[anchor(use)] == number)

    def _reference(self, use: Use, number: int, *, named: bool) -> Markup:
        """Return a link to a claim, as the number of its passage in the text."""
        holder, claim = use.entry.holder, use.entry.claim
        name = Markup(' id="{}"').format(anchor(use)) if named else ""
        label = self.wording.page("claim_number", number=number, question=question_of(holder))
        return Markup(
            '<sup class="passage-ref"><a{} href="{}facts/{}/#{}" aria-label="{}">{}</a></sup>'
        ).format(name, self.root, holder.id, claim.id, label, number)


def anchor(use: Use) -> str:
    """Return the HTML id of a claim's passage in the text."""
    return f"passage-{use.entry.holder.id}--{use.entry.claim.id}"


def _piece(text: str, uses: Sequence[Use], root: str) -> Markup:
    if not uses or not text.strip():
        return escape(text)
    entry = uses[0].entry
    title = "; ".join(dict.fromkeys(question_of(use.entry.holder) for use in uses))
    return Markup('<a class="passage" href="{}facts/{}/#{}" title="{}">{}</a>').format(
        root, entry.holder.id, entry.claim.id, title, text
    )


# Pages


@dataclass(frozen=True)
class CitedBy:
    """A claim that has a source as evidence."""

    question: str
    claim: ClaimView
    evidence: EvidenceView


def pages(context: Context) -> Iterator[WrittenPage]:
    """Yield the list, and a page for each source."""
    yield write_page(context, _list(context))
    for name in context.ledger.sources:
        yield kept(context, "source page", name, partial(_page, context, name))


def card(context: Context, name: str) -> tuple[str, str]:
    """Return the title and description that the page of a source has when shared."""
    source = context.ledger.sources[name]
    title = wording.short_name(source, context.wording)
    return title, summary(
        context.wording.page("source_about", source=title), source.title, context.description
    )


def _list(context: Context) -> Page:
    sources = context.ledger.sources.values()
    rows = [
        (each, _reference(context, each), len(context.ledger.uses.get(each.id, ())))
        for each in sources
    ]
    rows.sort(key=lambda row: (row[1].striptags().casefold(), row[0].id))
    body = context.page("pages/sources.html.j2", rows=rows, root=root_of("sources"))
    title = context.wording.page("sources")
    words = title, context.wording.page("sources_about")
    days = [day_of(source.accessed) for source in context.ledger.sources.values()]
    return listing(
        context,
        "sources",
        words,
        body,
        layout="wide",
        holders=context.ledger.holders.values(),
        days=days,
    )


def _reference(context: Context, source: Source) -> Markup:
    """Return a source's reference in the first citation style.

    If no references are formatted, as in a check, the site's own form is used.
    """
    return context.references.get(source.id) or escape(wording.full_name(source, context.wording))


def _page(context: Context, name: str) -> Page:
    source, path = context.ledger.sources[name], f"sources/{name}"
    entries = context.ledger.uses.get(source.id, ())
    uses = [
        _use(context, entry, item)
        for entry in entries
        for item in entry.claim.evidence
        if item.source == source.id
    ]
    names = anchors.number_duplicates(
        f"use-{use.claim.path.removeprefix('facts/').replace('/#', '--')}" for use in uses
    )
    listed = any(error.source == source.id for error in context.ledger.errors.values())
    shown = source.id in context.ledger.texts and source.shown
    cited, remarks = (
        wording.full_name(source, context.wording),
        wording.source_remarks(source, context.wording),
    )
    body = context.templates.render(
        "pages/source.html.j2",
        source=source,
        cited=cited,
        remarks=remarks,
        uses=list(zip(names, uses, strict=True)),
        errors=registered(context, source.id, root_of(path)) if listed else "",
        text=marked_text(context, source, root_of(path)) if shown else "",
        root=root_of(path),
    )
    title, description = card(context, name)
    dates = dates_of(context, path, [entry.holder for entry in entries], [day_of(source.accessed)])
    about = PageMetadata(
        f"{path}/",
        root_of(path),
        title,
        description,
        context.wording.language,
        dates,
        card_of(path),
    )
    linked, up = (
        source_page_of(context, source, about),
        ("sources/", context.wording.page("sources")),
    )
    return Page(
        path, title, description, f"{heading(title)}\n\n{body}", up=up, linked=linked, dates=dates
    )


def _use(context: Context, entry: Entry, item: Evidence) -> CitedBy:
    return CitedBy(
        question_of(entry.holder), context.views.claim(entry), context.views.evidence(entry, item)
    )


def marked_text(context: Context, source: Source, root: str) -> Markup:
    """Return a source's kept text as HTML paragraphs, with its passages linked to their claims."""
    text = context.ledger.texts[source.id]
    passages = Passages(text, uses_of(context.ledger, source.id), root, context.wording)
    paragraphs = [Span(*match.span()) for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    return Markup("").join(Markup("<p>{}</p>").format(passages.marked(span)) for span in paragraphs)
