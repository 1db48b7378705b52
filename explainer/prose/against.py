"""What one source says beside what is borne out: the table of a source's claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from explainer.context import Context
from explainer.ledger import Entry
from explainer.records import Fact
from explainer.records.claim import Standing
from explainer.views import ClaimView


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
    return context.templates.render("fragments/against.html.j2", rows=rows, caption=caption, root=root)


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


def _borne_out(context: Context, fact: Fact, against_entry: Entry) -> tuple[ClaimView, ...]:
    """The preferred claim, or every one that stands but for the source's own."""
    preferred = context.ledger.preferred(fact)
    standing = [preferred] if preferred else [entry for entry in context.ledger.entries(fact) if not entry.deprecated]
    return tuple(context.views.claim(entry) for entry in standing if entry.ref != against_entry.ref or entry is preferred)
