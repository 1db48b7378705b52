"""What one source says beside what is borne out: the table of a source's claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from explainer.context import Context
from explainer.ledger import Entry, Holder
from explainer.ledger.rivals import disagreements
from explainer.records import KnownError, Series
from explainer.records.claim import Standing
from explainer.views import ClaimView

FOLD = 8
"""Tables with more rows unfold on request, so that a phone is not scrolled through them."""


@dataclass(frozen=True)
class AgainstRow:
    """A claim of one source beside the answer that is borne out."""

    fact_id: str
    quote: str
    language: str
    claim: ClaimView
    borne_out: tuple[ClaimView, ...]
    """The claims of others that stand; one where one is preferred."""
    why: str


def against(context: Context, source: str, only: str | None, root: str) -> str:
    """The table, for claims of the standings that ``only`` names; the wrong and the disputed ones where it names none."""
    wanted = (only or "wrong,disputed").split(",")
    standings = context.wording.either(
        [context.wording.standing(standing) for standing in wanted if standing in get_args(Standing)] or [""]
    )
    caption = context.wording.say("against_caption", source=context.ledger.sources[source].title, standings=standings)
    rows = list(_rows(context, source, wanted))
    table = context.templates.markup("fragments/against.html.j2", rows=rows, caption=caption, root=root)
    return context.templates.render("fragments/fold.html.j2", rows=table, caption=caption, count=len(rows)) if len(rows) > FOLD else table


def registered(context: Context, source: str, root: str) -> str:
    """The table of the errors of a source that ``seeds/errors.yaml`` lists, in the order that it lists them."""
    errors = [error for error in context.ledger.errors.values() if error.source == source]
    standing = context.wording.standing("wrong")
    caption = context.wording.say("against_caption", source=context.ledger.sources[source].title, standings=standing)
    rows = [row for error in errors if (row := _registered(context, error)) is not None]
    return context.templates.render("fragments/against.html.j2", rows=rows, caption=caption, root=root)


def _registered(context: Context, error: KnownError) -> AgainstRow | None:
    entry = context.ledger.entry(error.fact, error.claim)
    if entry is None:
        return None
    why = " ".join(part for part in (error.reason, entry.claim.why) if part)
    language, claim = context.ledger.sources[error.source].language, context.views.claim(entry)
    return AgainstRow(error.id, error.expect, language, claim, _borne_out(context, entry.holder, entry), why)


def _rows(context: Context, source: str, wanted: list[str]) -> Iterator[AgainstRow]:
    for fact in context.ledger.facts.values():
        for entry in context.ledger.entries(fact):
            quote = next((item.quote for item in entry.claim.supports if item.source == source and item.quote), None)
            if quote and entry.claim.standing in wanted:
                why = " ".join(part for part in (entry.claim.why, fact.note) if part)
                yield AgainstRow(
                    fact.id,
                    quote,
                    context.ledger.sources[source].language,
                    context.views.claim(entry),
                    _borne_out(context, fact, entry),
                    why,
                )


def _borne_out(context: Context, holder: Holder, against_entry: Entry) -> tuple[ClaimView, ...]:
    """The preferred claim, or every one that stands but for the source's own; of a series the main points that it disagrees with."""
    if isinstance(holder, Series):
        pairs = [pair for pair in disagreements(context.ledger, holder) if against_entry.ref in (pair[0].ref, pair[1].ref)]
        others = [other for pair in pairs for other in pair if other.ref != against_entry.ref]
        return tuple(context.views.claim(other) for other in others if getattr(other.claim, "show", "") == "main")
    preferred = context.ledger.preferred(holder)
    standing = [preferred] if preferred else [entry for entry in context.ledger.entries(holder) if not entry.deprecated]
    return tuple(context.views.claim(entry) for entry in standing if entry.ref != against_entry.ref or entry is preferred)
