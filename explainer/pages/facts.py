"""``/facts/``, ``/facts/<id>/`` and ``/facts/<id>.json``: every fact and series, with an anchor for each claim."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from explainer.context import Context
from explainer.ledger import Holder
from explainer.pages import reports
from explainer.pages.corrections import linked_data
from explainer.pages.page import Page, heading, root_of
from explainer.prose.terms import used_in
from explainer.records import Fact
from explainer.tables import table_of_holder
from explainer.views import AnswerView, ClaimView, CorrectionView, corrections_in_words, question_of


@dataclass(frozen=True)
class FactLine:
    """A fact in the list of all."""

    id: str
    question: str
    topic: str
    answer: AnswerView | None
    claims: int


def pages(context: Context) -> Iterator[Page]:
    """The list, and a page for each fact and series."""
    yield _list(context)
    for holder in context.ledger.holders.values():
        yield _page(context, holder)


def records(context: Context) -> Iterator[tuple[str, str]]:
    """A JSON file for each fact and series, by path."""
    for holder in context.ledger.holders.values():
        made_from = (holder, _answer(context, holder), context.views.claims(holder), _corrections(context, holder))
        yield f"facts/{holder.id}.json", context.kept("record", made_from, partial(_record, *made_from))


def _record(holder: Holder, answer: AnswerView | None, claims: tuple[ClaimView, ...], corrections: tuple[CorrectionView, ...]) -> str:
    record = {
        "id": holder.id,
        "question": question_of(holder),
        "unit": holder.unit,
        "as_of": holder.as_of.text,
        "review_by": holder.review_by.text,
        "answer": answer
        and {"text": answer.text, "value": answer.machine, "state": answer.state, "formula": answer.formula, **_working(answer)},
        "claims": [_plain(asdict(claim)) for claim in claims],
        **({"corrections": [_plain({**asdict(each), "sentence": "", "whole": ""}) for each in corrections]} if corrections else {}),
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _working(answer: AnswerView) -> dict[str, Any]:
    """What a derived answer was worked out from, and what is to be known of it."""
    inputs = [{"claim": each.path, "text": each.said} for each in answer.inputs]
    return {"inputs": inputs, "assumes": answer.assumes, "notes": list(answer.notes)} if answer.state == "derived" else {}


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value not in ("", (), None) and not isinstance(value, bool)}


def _answer(context: Context, holder: Holder) -> AnswerView | None:
    return context.views.answer(holder) if isinstance(holder, Fact) else None


def _list(context: Context) -> Page:
    lines = [
        FactLine(
            holder.id,
            question_of(holder),
            holder.topic or context.wording.page("other_topic"),
            _answer(context, holder),
            len(tuple(context.ledger.entries(holder))),
        )
        for holder in _facts_first(context)
    ]
    topics = {topic: [line for line in lines if line.topic == topic] for topic in sorted({line.topic for line in lines})}
    body = context.page("pages/facts.html.j2", topics=topics, root=root_of("facts"))
    title = context.wording.page("facts")
    return Page("facts", title, context.wording.page("facts_about"), f"{heading(title)}\n\n{body}", "wide")


def _facts_first(context: Context) -> list[Holder]:
    return [*context.ledger.facts.values(), *context.ledger.series.values()]


def _page(context: Context, holder: Holder) -> Page:
    path = f"facts/{holder.id}"
    root = root_of(path)
    table = table_of_holder(context.views, holder)
    drawings = context.drawings(table, root) if len(table.amounts) > 1 else None
    claims = context.views.claims(holder)
    said = (text for claim in claims for text in (claim.said, claim.voice, claim.why, claim.note, claim.inferred))
    terms = used_in([question_of(holder), holder.note or "", *said], context.ledger.terms.values())
    body = context.page(
        "pages/fact.html.j2", holder=holder, answer=_answer(context, holder), claims=claims, root=root, terms=terms,
        reports=_reports(context, holder, path), drawings=drawings, fresh=context.fresh([holder]), corrected=_corrected(context, holder),
    )  # fmt: skip
    question = question_of(holder)
    description = context.wording.page("fact_about", question=question)
    linked = linked_data(question, _corrections(context, holder))
    return Page(
        path,
        question,
        description,
        f"{heading(question)}\n\n{body}",
        terms=terms,
        up=("facts/", context.wording.page("facts")),
        linked=linked,
    )


def _reports(context: Context, holder: Holder, path: str) -> dict[str, str]:
    """Where an error is reported in each claim, by its id, and in the whole under the empty one; nothing where no address is set."""
    refs = {"": holder.id} | {entry.claim.id: entry.ref for entry in context.ledger.entries(holder)}
    return {claim: reports.address(context, path, ref) for claim, ref in refs.items()} if context.report else {}


def _corrections(context: Context, holder: Holder) -> tuple[CorrectionView, ...]:
    about = [each for each in context.ledger.corrections.values() if each.fact == holder.id]
    return corrections_in_words(context.ledger, context.wording, about)


def _corrected(context: Context, holder: Holder) -> dict[str, list[CorrectionView]]:
    """What was changed, by the claim's id; what is no claim of today's under the empty one."""
    there = {entry.claim.id for entry in context.ledger.entries(holder)}
    found: dict[str, list[CorrectionView]] = {"": []}
    for each in _corrections(context, holder):
        found.setdefault(each.claim if each.claim in there else "", []).append(each)
    return found
