"""From the ledger to the shape in which it is published."""

from __future__ import annotations

from explainer.bearing import best_verdict, verdict
from explainer.context import Context
from explainer.exports.claim_shape import ClaimOut, EvidenceOut
from explainer.exports.shape import AnswerOut, InputOut, LedgerOut, QuestionOut, SourceOut
from explainer.ledger import Entry
from explainer.records import Claim, Evidence, Fact, Point, Source
from explainer.views import question_of


def frame_of(context: Context) -> LedgerOut:
    """The whole ledger but for its facts, series and sources."""
    ledger = context.ledger
    return LedgerOut(
        name=context.site_name, licence=context.licence.name, today=context.today,
        definitions={each.id: each.counts for each in ledger.definitions.values()},
        groups={each.id: each.label for each in ledger.groups.values()}, questions=(), sources=(),
    )  # fmt: skip


def question(context: Context, name: str) -> QuestionOut:
    """One fact or series, by its id."""
    holder = context.ledger.holders[name]
    return QuestionOut(
        id=holder.id, kind="fact" if isinstance(holder, Fact) else "series", question=question_of(holder), address=f"facts/{holder.id}/",
        unit=holder.unit, topic=holder.topic, as_of=holder.as_of.text, review_by=holder.review_by.text, note=holder.note,
        answer=_answer(context, holder) if isinstance(holder, Fact) else None,
        claims=tuple(_claim(context, entry) for entry in context.ledger.entries(holder)),
    )  # fmt: skip


def _answer(context: Context, fact: Fact) -> AnswerOut:
    view = context.views.answer(fact)
    return AnswerOut(
        text=view.text, value=view.machine or None, state=view.state, formula=view.formula or None, assumes=view.assumes or None,
        inputs=tuple(InputOut(name=each.name, text=each.said, address=each.path) for each in view.inputs), notes=view.notes,
    )  # fmt: skip


def _claim(context: Context, entry: Entry) -> ClaimOut:
    claim, value = entry.claim, context.ledger.value(entry)
    low, high = (value.interval.low, value.interval.high) if value and value.interval else (None, None)
    point = claim if isinstance(claim, Point) else None
    return ClaimOut(
        id=claim.id, question=entry.holder.id, address=f"facts/{entry.holder.id}/#{claim.id}", value=value and str(value),
        low=low, high=high, unit=entry.holder.unit if value else None,
        date=claim.date and claim.date.text, text=claim.text, period=claim.period and claim.period.text, label=point and point.label,
        said_on=claim.said_on and claim.said_on.text, said_by=claim.said_by, reported_by=claim.reported_by, group=claim.group,
        definition=entry.definition, kind=claim.kind, standing=claim.standing, rank=_rank(entry),
        show=point and point.show, region=point and point.region, basis=point and point.basis, why=claim.why, inferred=claim.inferred,
        note=claim.note, formula=claim.derived, verdict="derived" if claim.derived else best_verdict(context.ledger, entry),
        evidence=tuple(_evidence(context, entry, item) for item in claim.evidence),
    )  # fmt: skip


def _evidence(context: Context, entry: Entry, item: Evidence) -> EvidenceOut:
    return EvidenceOut(
        source=item.source, stance=item.stance, quote=item.quote, locator=item.locator, says=item.says,
        verdict=verdict(context.ledger, entry, item),
    )  # fmt: skip


def source(record: Source) -> SourceOut:
    """One source, without the text that may be kept of it."""
    return SourceOut(
        id=record.id, type=record.type, title=record.title, described=record.described, publisher=record.publisher,
        authors=tuple(map(str, record.authors)),
        url=record.url, mirror_of=record.mirror_of, copy_of=record.copy_of, weak=record.weak, issued=record.issued and record.issued.text,
        accessed=record.accessed and record.accessed.text, language=record.language, read=record.read,
    )  # fmt: skip


def _rank(entry: Entry) -> str | None:
    return (entry.claim.rank or "normal") if isinstance(entry.claim, Claim) else None
