"""The pages of facts and series, their JSON files, and where each fact or series is used.

The list is ``/facts/``. A fact or series has ``/facts/<id>/``, with an anchor for each claim, and
``/facts/<id>.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from explainer.common import anchors
from explainer.common.typed_json import register_dataclass
from explainer.incremental.cache import CachedBytes
from explainer.model.formulas import references
from explainer.model.ledger import Holder
from explainer.model.records import Fact
from explainer.publish.answers import AnswerView
from explainer.publish.corrections import CorrectionView
from explainer.publish.derivations import question_of
from explainer.publish.tables import table_of_holder
from explainer.publish.wording import summary
from explainer.render.citations import number_cited
from explainer.render.context import Context, Use
from explainer.render.dated import dates_of_holder
from explainer.render.exports.json_ld import PageMetadata, days_of, fact_of, series_of, sources_of
from explainer.render.exports.records import fact_record, history, record_text
from explainer.render.pages import page
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
from explainer.render.prose.terms import used_in

# Pages and JSON files


@register_dataclass
@dataclass(frozen=True)
class ShortAnswer:
    """An answer, in words, for the list of all facts."""

    text: str
    unit: str
    label: str


@register_dataclass
@dataclass(frozen=True)
class FactLine:
    """A fact or series in the list of all facts. A series has no answer."""

    id: str
    question: str
    topic: str
    answer: ShortAnswer | None
    claims: int


def pages(context: Context) -> Iterator[WrittenPage]:
    """Yield the list, and a page for each fact and series."""
    yield write_page(context, _list(context))
    for name in context.ledger.holders:
        yield kept(context, "fact page", name, partial(_page, context, name))


def records(context: Context) -> Iterator[tuple[str, CachedBytes]]:
    """Yield the path and the JSON file of each fact and series."""
    for name in context.ledger.holders:
        yield (
            f"facts/{name}.json",
            context.file("fact record", name, partial(_record, context, name)),
        )


def card(context: Context, name: str) -> tuple[str, str]:
    """Return the title and description that the page of a fact or series has when shared."""
    question = question_of(context.ledger.holders[name])
    return question, summary(
        context.wording.page("fact_about", question=question), context.description
    )


def _record(context: Context, name: str) -> str:
    return record_text(fact_record(context, context.ledger.holders[name])) + "\n"


def _answer(context: Context, holder: Holder) -> AnswerView | None:
    return context.views.answer(holder) if isinstance(holder, Fact) else None


def _list(context: Context) -> Page:
    lines = [
        context.part("fact line", name, partial(_line, context, name))
        for name in (*context.ledger.facts, *context.ledger.series)
    ]
    topics = {
        topic: [line for line in lines if line.topic == topic]
        for topic in sorted({line.topic for line in lines})
    }
    names = anchors.number_duplicates(f"topic-{anchors.anchor(topic)}" for topic in topics)
    body = context.page(
        "pages/facts.html.j2",
        topics=list(zip(names, topics.items(), strict=True)),
        root=root_of("facts"),
    )
    title = context.wording.page("facts")
    words = title, context.wording.page("facts_about")
    return listing(
        context, "facts", words, body, layout="wide", holders=context.ledger.holders.values()
    )


def _line(context: Context, name: str) -> FactLine:
    holder = context.ledger.holders[name]
    topic = holder.topic or context.wording.page("other_topic")
    answer = _answer(context, holder)
    short = ShortAnswer(answer.text, answer.unit, answer.label) if answer else None
    return FactLine(
        name, question_of(holder), topic, short, len(tuple(context.ledger.entries(holder)))
    )


def _page(context: Context, name: str) -> Page:
    holder, path = context.ledger.holders[name], f"facts/{name}"
    root = root_of(path)
    table = table_of_holder(context.views, holder)
    drawings = context.drawings(table, root) if len(table.amounts) > 1 else None
    claims = context.views.claims(holder)
    said = (
        text
        for claim in claims
        for text in (claim.said, claim.voice, claim.why, claim.note, claim.inferred)
    )
    terms = used_in([question_of(holder), holder.note or "", *said], context.ledger.terms.values())
    body = context.templates.render(
        "pages/fact.html.j2",
        holder=holder,
        answer=_answer(context, holder),
        claims=claims,
        root=root,
        terms=terms,
        reports=_reports(context, holder, path),
        drawings=drawings,
        fresh=context.fresh([holder]),
        corrected=_corrected(context, holder),
        question=question_of(holder),
        uses=context.uses.get(holder.id, ()),
        **_citing(context, holder),
    )
    question, description = card(context, name)
    dates = dates_of_holder(context, holder)
    entries = list(context.ledger.entries(holder))
    about = PageMetadata(
        f"{path}/",
        root,
        question,
        description,
        context.wording.language,
        dates,
        card_of(path),
        sources_of(entries),
        days_of(context, [holder]),
    )
    told = history(context, holder)
    linked = (
        fact_of(context, holder, about, told)
        if isinstance(holder, Fact)
        else series_of(context, holder, about, told)
    )
    return Page(
        path,
        question,
        description,
        f"{heading(question)}\n\n{body}",
        terms=terms,
        up=("facts/", context.wording.page("facts")),
        linked=linked,
        dates=dates,
        cites=bool(context.patterns),
        meta={"keywords": list(holder.also)} if holder.also else {},
    )


def _reports(context: Context, holder: Holder, path: str) -> dict[str, str]:
    """Return the addresses to report an error, by claim id, or nothing if the project sets none.

    The address for the fact or series as a whole has an empty id.
    """
    refs = {"": holder.id} | {entry.claim.id: entry.ref for entry in context.ledger.entries(holder)}
    return (
        {claim: page.report_address(context, path, ref) for claim, ref in refs.items()}
        if context.report
        else {}
    )


def _citing(context: Context, holder: Holder) -> dict[str, Any]:
    """Return the values for the template that say how to cite the page and its numbers."""
    numbers = [context.views.chosen(entry) for entry in context.ledger.entries(holder)]
    answer = _answer(context, holder)
    return {
        "panel": page.citation_panel(
            context, f"facts/{holder.id}", question_of(holder), dates_of_holder(context, holder)
        ),
        "number": number_cited(context, answer) if answer else "",
        "numbers": {each.path.partition("#")[2]: number_cited(context, each) for each in numbers},
    }


def _corrected(context: Context, holder: Holder) -> dict[str, list[CorrectionView]]:
    """Return the corrections by claim id.

    Corrections of the whole, and of claims that no longer exist, have an empty id.
    """
    there = {entry.claim.id for entry in context.ledger.entries(holder)}
    found: dict[str, list[CorrectionView]] = {"": []}
    for each in history(context, holder):
        found.setdefault(each.claim if each.claim in there else "", []).append(each)
    return found


# Where each fact or series is used: pages, charts, and facts that are worked out from it


def fill_uses(context: Context, pages: Iterable[Page]) -> None:
    """Fill the context's ``uses`` without duplicates: first pages, then charts, then facts."""
    found: dict[str, dict[Use, None]] = {}
    for holder, use in (*_pages(pages), *_charts(context), *_facts(context)):
        found.setdefault(holder, {})[use] = None
    context.uses.fill({holder: tuple(uses) for holder, uses in found.items()})


def _pages(pages: Iterable[Page]) -> Iterator[tuple[str, Use]]:
    for each in pages:
        use = Use("page", each.title, f"{each.path}/" if each.path else "")
        yield from ((holder, use) for holder in each.holders)


def _charts(context: Context) -> Iterator[tuple[str, Use]]:
    for table in context.tables.values():
        use = Use("chart", table.title, f"charts/{table.id}/")
        yield from ((series, use) for series in context.ledger.charts[table.id].series)


def _facts(context: Context) -> Iterator[tuple[str, Use]]:
    for holder in context.ledger.holders.values():
        use = Use("fact", question_of(holder), f"facts/{holder.id}/")
        formulas = [entry.claim.derived or "" for entry in context.ledger.entries(holder)]
        compares = holder.compares if isinstance(holder, Fact) else None
        own = (
            [holder.derived or "", *([compares.of, compares.to or ""] if compares else [])]
            if isinstance(holder, Fact)
            else []
        )
        refs = [
            ref.partition(":")[0] for text in (*own, *formulas) if text for ref in references(text)
        ]
        yield from (
            (name, use) for name in refs if name != holder.id and name in context.ledger.holders
        )
