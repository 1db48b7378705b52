"""The words around the drawing of an embed: where it comes from, as of when, under which licence, and what was corrected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from explainer.context import Context
from explainer.embeds.heights import Line
from explainer.records import Correction
from explainer.tables import Row, Table
from explainer.views.corrections import corrections_in_words
from explainer.wording.freshness import Freshness
from explainer.wording.stops import stopped

_SOURCES = 4
_CORRECTIONS = 3


@dataclass(frozen=True)
class Corrected:
    """One change to a figure of the chart, as the embed says it."""

    path: str
    """Where it is told in full, below the site's root."""
    head: str
    """What was done, and when: "Corrected on 3 March 2026"."""
    text: str


@dataclass(frozen=True)
class Words:
    """Everything that is printed below the drawing."""

    sources: tuple[tuple[str, str], ...]
    more: str
    """How many sources are left out; empty for none."""
    fresh: str
    overdue: str
    """That the review is overdue; empty in a pinned embed, which speaks of its own day."""
    corrected: tuple[Corrected, ...]
    site: str
    licence: str
    licence_url: str
    source_label: str
    link: str

    def lines(self, table: Table) -> Iterator[Line]:
        """All of it with the chart's own words, as it is set: to work out how high it is."""
        yield Line(table.title, 18, 22.5, bold=True, around=0)
        yield Line(table.subtitle, 14, 19.6)
        small = [f"{each.head} {each.text}" for each in self.corrected]
        names = "; ".join([name for _, name in self.sources] + [self.more] * bool(self.more))
        for text in (table.caption, *small, stopped(f"{self.source_label} {names}")):
            yield Line(text, 12, 17.4)
        yield Line(f"{self.fresh} {self.overdue}", 12, 17.4, bold=bool(self.overdue))
        yield Line(f"{self.link} {self.site}, {self.licence}", 12, 17.4, bold=True)


def words_of(context: Context, table: Table, *, today: str | None) -> Words:
    """The words for a chart. ``today`` is the day to judge its review by; ``None`` leaves that out."""
    ledger = context.ledger
    chart = ledger.charts[table.id]
    fresh = Freshness.of(ledger.series[name] for name in chart.series)
    first = {name: source for source, name in reversed(table.sources)}
    named = tuple((first[name], name) for name in dict.fromkeys(name for _, name in table.sources))[:_SOURCES]
    left = len(table.sources) - len(named)
    return Words(
        sources=named,
        more=context.wording.catalogue.say("embeds", "more", count=left) if left > 0 else "",
        fresh=fresh.sentence(context.wording) if fresh else "",
        overdue=fresh.overdue_sentence(context.wording, today) if fresh and today else "",
        corrected=tuple(_said(context, table, each) for each in corrections(context, table)[:_CORRECTIONS]),
        site=context.site_name,
        licence=context.licence.name,
        licence_url=context.licence.url,
        source_label=context.wording.say("sources"),
        link=context.wording.catalogue.say("embeds", "link"),
    )


def corrections(context: Context, table: Table) -> list[Correction]:
    """What was changed about the chart, or about a claim that it shows; the newest first."""
    ledger = context.ledger
    refs = {*ledger.charts[table.id].series, *(ref_of(row) for row in table.rows)}
    return sorted(ledger.corrections_of_chart(table.id, refs), key=lambda each: each.fixed.text, reverse=True)


def ref_of(row: Row) -> str:
    """How formulas and corrections name the claim of a row: "series:point"."""
    return row.claim.path.removeprefix("facts/").replace("/#", ":")


def _said(context: Context, table: Table, correction: Correction) -> Corrected:
    (view,) = corrections_in_words(context.ledger, context.wording, [correction])
    about = next((f"{row.label}: " for row in table.rows if ref_of(row) == correction.ref), "")
    change = context.wording.page("is_now" if view.new else "no_longer", old=view.old, new=view.new)
    head = context.wording.page("done_on", done=view.done, day=view.fixed)
    return Corrected(f"corrections/#{view.id}", f"{head}:", f"{about}{stopped(change)} {view.cause}")
