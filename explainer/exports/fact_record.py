"""A fact or series as ``/facts/<id>.json`` has it."""

from __future__ import annotations

from explainer.context import Context
from explainer.dated import dates_of_holder
from explainer.exports import gather
from explainer.exports.fact_shape import CitationOut, FactOut, HistoryOut, PassageOut, ToldOut, UseOut
from explainer.ledger import Entry, Holder
from explainer.records import Fact
from explainer.references.own import Work, cited, item_of
from explainer.views import CorrectionView, EvidenceView, corrections_in_words, question_of


def record(context: Context, holder: Holder) -> FactOut:
    """The whole record."""
    base = gather.question(context, holder.id)
    answer = context.views.answer(holder) if isinstance(holder, Fact) else None
    used = context.uses.get(holder.id, ())
    told = dict(zip((each.id for each in base.claims), base.claims, strict=True))
    return FactOut(
        **{name: value for name, value in base if name != "claims"},
        url=f"{context.address}{base.address}", site=context.site_name, licence=context.licence.name, also=holder.also,
        preferred=answer.claims[0].anchor if answer and answer.state == "one" and len(answer.claims) == 1 else None,
        rivals=tuple(each.anchor for each in answer.rivals) if answer else (),
        claims=tuple(_told(context, entry, dict(told[entry.claim.id])) for entry in context.ledger.entries(holder)),
        history=tuple(_changed(each) for each in history(context, holder)),
        used_by=tuple(UseOut(kind=use.kind, title=use.title, address=context.address + use.path) for use in used),
        citation=_citation(context, holder),
    )  # fmt: skip


def history(context: Context, holder: Holder) -> tuple[CorrectionView, ...]:
    """What was changed about it, the newest first."""
    about = context.ledger.corrections_about([("fact", holder.id)])
    return corrections_in_words(context.ledger, context.wording, about)


def _told(context: Context, entry: Entry, claim: dict[str, object]) -> ToldOut:
    view = context.views.claim(entry)
    passages = tuple(
        _passage(context, dict(each), seen)
        for each, seen in zip(claim["evidence"], view.evidence, strict=True)  # type: ignore[call-overload]
    )
    return ToldOut.model_validate({**claim, "said": view.said, "voice": view.voice, "evidence": passages})


def _passage(context: Context, evidence: dict[str, object], seen: EvidenceView) -> PassageOut:
    reference = context.references.get(seen.source_id)
    ways = {
        "cited": seen.cited,
        "reference": reference.striptags() if reference else None,
        "at": seen.at or None,
        "passage": (seen.passage and context.address + seen.passage) or None,
    }
    return PassageOut.model_validate({**evidence, **ways})


def _changed(view: CorrectionView) -> HistoryOut:
    return HistoryOut(
        id=view.id, done=view.done, claim=view.claim or None, old=view.old, new=view.new or None, cause=view.cause, effect=view.effect,
        day=view.day, was_at=view.was_at or None,
    )  # fmt: skip


def _citation(context: Context, holder: Holder) -> CitationOut | None:
    issued = dates_of_holder(context, holder).cited
    work = Work(f"facts/{holder.id}/", question_of(holder), issued, context.wording.language)
    styles = {style: text.striptags() for style, text in cited(context, work).items()}
    return CitationOut(styles=styles, csl=item_of(context, work)) if styles else None
