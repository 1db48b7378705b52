"""Facts, series, claims and sources as records of the published JSON files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from explainer.check.support import best_verdict, verdict
from explainer.common.typed_json import register_dataclass
from explainer.model.ledger import Entry, Holder
from explainer.model.records import Claim, Evidence, Fact, Point, Source
from explainer.publish.answers import EvidenceView
from explainer.publish.corrections import CorrectionView, corrections_in_words
from explainer.publish.derivations import question_of
from explainer.render.bibtex import bibtex
from explainer.render.citations import Work, item_of_page, references_of_page, source_item
from explainer.render.context import Context
from explainer.render.dated import dates_of_holder
from explainer.render.exports import data_package
from explainer.render.exports.machine_values import dump_json
from explainer.render.exports.schemas import (
    AnswerOut,
    CitationOut,
    ClaimOut,
    CorrectionOut,
    EvidenceOut,
    FactClaimOut,
    FactOut,
    InputOut,
    LedgerOut,
    PassageOut,
    PublishedRecord,
    QuestionOut,
    SourceOut,
    UseOut,
)
from explainer.render.ris import ris

# Records of ``ledger.json``


def empty_ledger_record(context: Context) -> LedgerOut:
    """Return the record of the ledger, with empty lists of questions and sources."""
    ledger = context.ledger
    return LedgerOut(
        name=context.site_name, licence=context.licence.name, today=context.today,
        definitions={each.id: each.counts for each in ledger.definitions.values()},
        groups={each.id: each.label for each in ledger.groups.values()}, questions=(), sources=(),
    )  # fmt: skip


def question_record(context: Context, name: str) -> QuestionOut:
    """Return the record of a fact or series, by its id."""
    holder = context.ledger.holders[name]
    return QuestionOut(
        id=holder.id,
        kind="fact" if isinstance(holder, Fact) else "series",
        question=question_of(holder),
        address=f"facts/{holder.id}/",
        unit=holder.unit,
        topic=holder.topic,
        as_of=holder.as_of.text,
        review_by=holder.review_by.text,
        note=holder.note,
        answer=_answer(context, holder) if isinstance(holder, Fact) else None,
        claims=tuple(_claim(context, entry) for entry in context.ledger.entries(holder)),
    )


def _answer(context: Context, fact: Fact) -> AnswerOut:
    view = context.views.answer(fact)
    return AnswerOut(
        text=view.text,
        value=view.machine or None,
        state=view.state,
        formula=view.formula or None,
        assumes=view.assumes or None,
        inputs=tuple(
            InputOut(name=each.name, text=each.said, address=each.path) for each in view.inputs
        ),
        notes=view.notes,
    )


def _claim(context: Context, entry: Entry) -> ClaimOut:
    claim, value = entry.claim, context.ledger.value(entry)
    low, high = (
        (value.interval.low, value.interval.high) if value and value.interval else (None, None)
    )
    point = claim if isinstance(claim, Point) else None
    return ClaimOut(
        id=claim.id,
        question=entry.holder.id,
        address=f"facts/{entry.holder.id}/#{claim.id}",
        value=value and str(value),
        low=low,
        high=high,
        unit=entry.holder.unit if value else None,
        date=claim.date and claim.date.text,
        text=claim.text,
        period=claim.period and claim.period.text,
        label=point and point.label,
        said_on=claim.said_on and claim.said_on.text,
        said_by=claim.said_by,
        reported_by=claim.reported_by,
        group=claim.group,
        definition=entry.definition,
        kind=claim.kind,
        standing=claim.standing,
        rank=_rank(entry),
        show=point and point.show,
        region=point and point.region,
        basis=point and point.basis,
        why=claim.why,
        inferred=claim.inferred,
        note=claim.note,
        formula=claim.derived,
        verdict="derived" if claim.derived else best_verdict(context.ledger, entry),
        evidence=tuple(_evidence(context, entry, item) for item in claim.evidence),
    )


def _evidence(context: Context, entry: Entry, item: Evidence) -> EvidenceOut:
    return EvidenceOut(
        source=item.source,
        stance=item.stance,
        quote=item.quote,
        locator=item.locator,
        says=item.says,
        verdict=verdict(context.ledger, entry, item),
    )


def source_record(record: Source) -> SourceOut:
    """Return the record of a source, without its kept text."""
    return SourceOut(
        id=record.id,
        type=record.type,
        title=record.title,
        described=record.described,
        publisher=record.publisher,
        authors=tuple(map(str, record.authors)),
        url=record.url,
        mirror_of=record.mirror_of,
        copy_of=record.copy_of,
        weak=record.weak,
        issued=record.issued and record.issued.text,
        accessed=record.accessed and record.accessed.text,
        language=record.language,
        read=record.read,
    )


def _rank(entry: Entry) -> str | None:
    return (entry.claim.rank or "normal") if isinstance(entry.claim, Claim) else None


# Records of ``/facts/<id>.json``


def fact_record(context: Context, holder: Holder) -> FactOut:
    """Return the whole record of a fact or series."""
    base = question_record(context, holder.id)
    answer = context.views.answer(holder) if isinstance(holder, Fact) else None
    used = context.uses.get(holder.id, ())
    told = dict(zip((each.id for each in base.claims), base.claims, strict=True))
    return FactOut(
        **{name: value for name, value in base if name != "claims"},
        url=f"{context.address}{base.address}",
        site=context.site_name,
        licence=context.licence.name,
        also=holder.also,
        preferred=(
            answer.claims[0].anchor
            if answer and answer.state == "one" and len(answer.claims) == 1
            else None
        ),
        rivals=tuple(each.anchor for each in answer.rivals) if answer else (),
        claims=tuple(
            _told(context, entry, dict(told[entry.claim.id]))
            for entry in context.ledger.entries(holder)
        ),
        history=tuple(_changed(each) for each in history(context, holder)),
        used_by=tuple(
            UseOut(kind=use.kind, title=use.title, address=context.address + use.path)
            for use in used
        ),
        citation=_citation(context, holder),
    )


def history(context: Context, holder: Holder) -> tuple[CorrectionView, ...]:
    """Return the corrections about a fact or series, the newest first."""
    about = context.ledger.corrections_about([("fact", holder.id)])
    return corrections_in_words(context.ledger, context.wording, about)


def _told(context: Context, entry: Entry, claim: dict[str, object]) -> FactClaimOut:
    view = context.views.claim(entry)
    passages = tuple(
        _passage(context, dict(each), seen)
        for each, seen in zip(claim["evidence"], view.evidence, strict=True)  # type: ignore[call-overload]
    )
    return FactClaimOut.model_validate(
        {**claim, "said": view.said, "voice": view.voice, "evidence": passages}
    )


def _passage(context: Context, evidence: dict[str, object], seen: EvidenceView) -> PassageOut:
    reference = context.references.get(seen.source_id)
    ways = {
        "cited": seen.cited,
        "reference": reference.striptags() if reference else None,
        "at": seen.at or None,
        "passage": (seen.passage and context.address + seen.passage) or None,
    }
    return PassageOut.model_validate({**evidence, **ways})


def _changed(view: CorrectionView) -> CorrectionOut:
    return CorrectionOut(
        id=view.id,
        done=view.done,
        claim=view.claim or None,
        old=view.old,
        new=view.new or None,
        cause=view.cause,
        effect=view.effect,
        day=view.day,
        was_at=view.was_at or None,
    )


def _citation(context: Context, holder: Holder) -> CitationOut | None:
    issued = dates_of_holder(context, holder).cited
    work = Work(f"facts/{holder.id}/", question_of(holder), issued, context.wording.language)
    styles = {style: text.striptags() for style, text in references_of_page(context, work).items()}
    return CitationOut(styles=styles, csl=item_of_page(context, work)) if styles else None


# Cached pieces of the exports: one for each fact or series, and one for all sources.
#
# They are UTF-8 bytes. As text, the pieces of ten thousand facts would take twice the memory, and
# would have to be encoded again.


@register_dataclass
@dataclass(frozen=True)
class QuestionPieces:
    """The published pieces of one fact or series."""

    record: bytes
    """The record for ``ledger.json``, with the indentation that it has there."""
    rows: dict[str, bytes]
    """The CSV rows for each table, by the table's name."""


@register_dataclass
@dataclass(frozen=True)
class SourcePieces:
    """The published pieces of all sources."""

    records: tuple[bytes, ...]
    """The records for ``ledger.json``, with the indentation that they have there."""
    rows: bytes
    """The CSV rows for the table of sources."""
    described: tuple[dict[str, str], ...]
    """The items for ``sources`` of a Data Package."""
    files: dict[str, bytes]
    """Files for reference managers, by name: CSL-JSON, BibTeX and RIS."""


def question_pieces(context: Context, name: str) -> QuestionPieces:
    """Return the pieces of a fact or series, by its id."""
    found = question_record(context, name)
    return QuestionPieces(_indented(found), data_package.rows_of(found))


def source_pieces(context: Context) -> SourcePieces:
    """Return the pieces of all sources, in the order of the seeds."""
    records = list(context.ledger.sources.values())
    out, items = (
        [source_record(each) for each in records],
        [source_item(each, context.wording.catalogue) for each in records],
    )
    files = {
        "sources.csl.json": dump_json(items) + "\n",
        "sources.bib": bibtex(items),
        "sources.ris": ris(items),
    }
    described = tuple(map(data_package.data_package_source, out))
    return SourcePieces(
        tuple(map(_indented, out)),
        data_package.rows(out),
        described,
        {name: text.encode() for name, text in files.items()},
    )


def record_text(record: PublishedRecord) -> str:
    """Return a published record as JSON. Fields that are ``None`` are left out."""
    return dump_json(record.model_dump(by_alias=True, exclude_none=True))


def fill_lists(empty: PublishedRecord, **lists: Sequence[bytes]) -> bytes:
    """Return a record as JSON, with its empty lists filled from records that are JSON already.

    Raises ``ValueError`` if the ``lists`` are not the last fields of ``empty``, in this order, or
    are not empty in it.
    """
    text = record_text(empty) + "\n"
    end = ",\n".join(f' "{name}": []' for name in lists) + "\n}\n"
    if not text.endswith(end):
        raise ValueError(f"{', '.join(lists)} are not empty, or not the last members")
    filled = (_filled(name, records) for name, records in lists.items())
    return b"".join((text.removesuffix(end).encode(), b",\n".join(filled), b"\n}\n"))


def _filled(name: str, records: Sequence[bytes]) -> bytes:
    """Return a member of a JSON object whose value is a list of records."""
    return b"".join(
        (
            f' "{name}": '.encode(),
            *((b"[\n", b",\n".join(records), b"\n ]") if records else (b"[]",)),
        )
    )


def _indented(record: PublishedRecord) -> bytes:
    text = record_text(record)
    return (
        "  " + text.replace("\n", "\n  ")
    ).encode()  # in JSON, line feeds within text are escaped
