"""Render the calls that make blocks: charts, tables, disagreements, figures, a source's claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from explainer.check.support.units import rates, times_of
from explainer.common.problems import Problems
from explainer.common.typed_json import register_dataclass
from explainer.model.ledger import Entry, Holder, Ledger
from explainer.model.records import Fact, KnownError, Series, Show, Standing
from explainer.model.rivals import disagreements
from explainer.publish.answers import AnswerView, ClaimView
from explainer.publish.tables import DIMENSIONS, Table
from explainer.publish.wording import Wording
from explainer.render.context import Context, unknown
from explainer.render.exports.downloads import downloads_of
from explainer.render.prose.calls import Call
from explainer.render.prose.disputes import dispute

# Claims of one source beside the claims that the ledger supports

FOLD = 8
"""The largest number of rows in a table that is not folded, so that it does not fill a phone."""


@dataclass(frozen=True)
class SourceClaimRow:
    """A claim of one source beside the supported answer."""

    fact_id: str
    quote: str
    language: str
    claim: ClaimView
    borne_out: tuple[ClaimView, ...]
    """The claims of others that are not deprecated; a single one if one is preferred."""
    why: str


def source_claims_table(context: Context, source: str, only: str | None, root: str) -> str:
    """Return the table of a source's claims with the standings in ``only``, as HTML.

    ``only`` is a list separated by commas. Without it, the standings are "wrong" and "disputed".
    """
    wanted = (only or "wrong,disputed").split(",")
    standings = context.wording.either(
        [
            context.wording.standing(standing)
            for standing in wanted
            if standing in get_args(Standing)
        ]
        or [""]
    )
    caption = context.wording.say(
        "against_caption", source=context.ledger.sources[source].title, standings=standings
    )
    rows = list(_rows(context, source, wanted))
    table = context.templates.markup(
        "fragments/against.html.j2", rows=rows, caption=caption, root=root
    )
    return (
        context.templates.render(
            "fragments/fold.html.j2", rows=table, caption=caption, count=len(rows)
        )
        if len(rows) > FOLD
        else table
    )


def registered(context: Context, source: str, root: str) -> str:
    """Return the table of a source's errors in ``seeds/errors.yaml``, in the order of that file."""
    errors = [error for error in context.ledger.errors.values() if error.source == source]
    standing = context.wording.standing("wrong")
    caption = context.wording.say(
        "against_caption", source=context.ledger.sources[source].title, standings=standing
    )
    rows = [row for error in errors if (row := _registered(context, error)) is not None]
    return context.templates.render(
        "fragments/against.html.j2", rows=rows, caption=caption, root=root
    )


def _registered(context: Context, error: KnownError) -> SourceClaimRow | None:
    entry = context.ledger.entry(error.fact, error.claim)
    if entry is None:
        return None
    why = " ".join(part for part in (error.reason, entry.claim.why) if part)
    language, claim = context.ledger.sources[error.source].language, context.views.claim(entry)
    return SourceClaimRow(
        error.id, error.expect, language, claim, _borne_out(context, entry.holder, entry), why
    )


def _rows(context: Context, source: str, wanted: list[str]) -> Iterator[SourceClaimRow]:
    for fact in context.ledger.facts.values():
        for entry in context.ledger.entries(fact):
            quote = next(
                (
                    item.quote
                    for item in entry.claim.supports
                    if item.source == source and item.quote
                ),
                None,
            )
            if quote and entry.claim.standing in wanted:
                why = " ".join(part for part in (entry.claim.why, fact.note) if part)
                yield SourceClaimRow(
                    fact.id,
                    quote,
                    context.ledger.sources[source].language,
                    context.views.claim(entry),
                    _borne_out(context, fact, entry),
                    why,
                )


def _borne_out(context: Context, holder: Holder, against_entry: Entry) -> tuple[ClaimView, ...]:
    """Return the preferred claim, or all claims that are not deprecated, without the source's own.

    For a series, these are the main points that disagree with the claim.
    """
    if isinstance(holder, Series):
        pairs = [
            pair
            for pair in disagreements(context.ledger, holder)
            if against_entry.ref in (pair[0].ref, pair[1].ref)
        ]
        others = [other for pair in pairs for other in pair if other.ref != against_entry.ref]
        return tuple(
            context.views.claim(other)
            for other in others
            if getattr(other.claim, "show", "") == "main"
        )
    preferred = context.ledger.preferred(holder)
    standing = (
        [preferred]
        if preferred
        else [entry for entry in context.ledger.entries(holder) if not entry.deprecated]
    )
    return tuple(
        context.views.claim(entry)
        for entry in standing
        if entry.ref != against_entry.ref or entry is preferred
    )


# Block calls of a page

_HEADS = ("head_period", "head_value", "head_voice", "head_kind", "head_checked")


@register_dataclass
@dataclass(frozen=True)
class Figure:
    """One of the large figures of a page, as plain text."""

    value: str
    label: str
    voice: str
    path: str
    """The path below the site's root."""


class Blocks:
    """Renders the block calls of one page, and collects the answers that need popovers."""

    def __init__(
        self, context: Context, root: str, problems: Problems, answers: dict[str, AnswerView]
    ) -> None:
        self.context, self.root, self.problems, self.answers = context, root, problems, answers
        self.figures: list[Figure] = []

    def render(self, call: Call) -> str:
        """Return the HTML of a call, or an empty string with a problem."""
        match call.name:
            case "chart":
                return self._chart(call)
            case "dispute":
                return dispute(self.context, call, self.root, self.problems)
            case "figures":
                return self._figures(call)
            case "errors":
                return self._errors(call)
        return self._table(call)

    def _chart(self, call: Call) -> str:
        table = self.context.tables.get(call.args[0])
        chart = self.context.ledger.charts.get(call.args[0])
        if chart is not None and chart.withdrawn is not None:
            self.problems.add(
                call.place,
                "chart-withdrawn",
                f"'{chart.id}' was withdrawn",
                "take the call out, and what is said of the chart",
            )
        if table is None and chart is not None:
            return ""  # the problem of the chart is reported at its record
        if table is None:
            self._unknown(call, "chart", call.args[0])
            return ""
        return self.figure(table)

    def figure(self, table: Table, *, titled: bool = True) -> str:
        """Return a chart with its text, data and sources.

        ``titled`` is false if the heading of the page is the chart's title.
        """
        series = [row.series_title for row in table.rows]
        caption = f"{table.title}: {table.subtitle}"
        data = self._rows(tuple(row.claim for row in table.rows), caption, series, table.dimensions)
        drawings = self.context.drawings(table, self.root)
        values = {
            "table": table,
            "drawings": drawings,
            "data": data,
            "known": verdict_summary(table, self.context.wording),
            "titled": titled,
            "root": self.root,
            "downloads": downloads_of(table.id),
            "fresh": self.context.fresh(
                self.context.ledger.series[name]
                for name in self.context.ledger.charts[table.id].series
            ),
            "corrections": self.context.corrected(table),
        }
        return self.context.templates.render("fragments/chart.html.j2", **values)

    def _rows(
        self,
        claims: tuple[ClaimView, ...],
        caption: str,
        series: Sequence[str] = (),
        dimensions: Sequence[str] | None = None,
    ) -> str:
        """Return a table of claims.

        ``series`` has the name of the series of each claim, if there may be several. Each of
        ``dimensions`` has a column. By default, these are the dimensions in which the claims
        differ.
        """
        if dimensions is None:
            dimensions = [
                name for name in DIMENSIONS if len({getattr(claim, name) for claim in claims}) > 1
            ]
        own = [[getattr(claim, name) for name in dimensions] for claim in claims]
        names = [f"head_{name}" for name in dimensions]
        if len(set(series)) > 1:
            own = [[name, *cells] for name, cells in zip(series, own, strict=True)]
            names = ["head_series", *names]
        heads = [self.context.wording.say(head) for head in (_HEADS[0], *names, *_HEADS[1:])]
        rows = list(zip(claims, own, strict=True))
        return self.context.templates.markup(
            "fragments/table.html.j2", rows=rows, caption=caption, heads=heads, root=self.root
        )

    def _table(self, call: Call) -> str:
        name = call.args[0]
        holder = self.context.ledger.holders.get(name)
        only = call.named.get("only")
        self._check_only(call, only, get_args(Show) if holder is not None else get_args(Standing))
        if holder is not None:
            claims = [
                claim
                for claim in self.context.views.claims(holder)
                if only is None or claim.show == only
            ]
            caption = holder.question if isinstance(holder, Fact) else holder.title
            rows = self._rows(tuple(claims), caption)
            if len(claims) <= FOLD:
                return rows
            return self.context.templates.render(
                "fragments/fold.html.j2", rows=rows, caption=caption, count=len(claims)
            )
        if name in self.context.ledger.sources:
            return source_claims_table(self.context, name, call.named.get("only"), self.root)
        self._unknown(call, "fact, series or source", name)
        return ""

    def _errors(self, call: Call) -> str:
        if call.args[0] in self.context.ledger.sources:
            return registered(self.context, call.args[0], self.root)
        self._unknown(call, "source", call.args[0])
        return ""

    def _check_only(self, call: Call, only: str | None, known: tuple[str, ...]) -> None:
        for word in only.split(",") if only else ():
            if word not in known:
                self.problems.add(
                    call.place,
                    "prose-call",
                    f"a table cannot be limited to '{word}'",
                    f"one of: {', '.join(known)}",
                )

    def _figures(self, call: Call) -> str:
        items = []
        for ref in call.args:
            name, _, claim = ref.partition(":")
            answer = self.context.answer(name, claim or None, call.place, self.problems)
            if answer is not None:
                self.answers[answer.id] = answer
                holder = self.context.ledger.holders[name]
                label = (
                    holder.label or answer.question
                    if isinstance(holder, Fact)
                    else answer.claims[0].when or answer.question
                )
                said = answer.unit.casefold() in label.casefold()
                unit = "" if said or _says_unit(self.context.ledger, holder, label) else answer.unit
                items.append((answer, unit, label))
                self.figures.append(
                    Figure(
                        f"{answer.text} {unit}".strip(),
                        label,
                        f"{answer.kind}: {answer.voice}",
                        answer.path,
                    )
                )
        return self.context.templates.render(
            "fragments/figures.html.j2", items=items, root=self.root
        )

    def _unknown(self, call: Call, what: str, name: str) -> None:
        ledger = self.context.ledger
        known = {"chart": ledger.charts, "fact": ledger.facts}.get(
            what, {**ledger.holders, **ledger.sources}
        )
        unknown(self.problems, call.place, what, name, known)


def verdict_summary(table: Table, words: Wording) -> str:
    """Return a sentence that says how far the claims of a chart were checked."""
    verdicts = [row.claim.verdict_text for row in table.rows]
    parts = [
        words.say("count_verdict", count=verdicts.count(verdict), verdict=verdict)
        for verdict in dict.fromkeys(verdicts)
    ]
    claims = words.say("count_claims", count=len(verdicts))
    by = words.say("count_voices", count=len({row.claim.voice for row in table.rows}))
    return f"{claims} {by}; {', '.join(parts)}."


def _says_unit(ledger: Ledger, holder: Holder, label: str) -> bool:
    """Whether a label names the unit of its figure and the time that it is per.

    For example, "men called up each year" does so for people/year.
    """
    vocabulary = ledger.vocabulary
    head = ledger.nouns.get(vocabulary.head(holder.unit))
    own = (
        word
        for word, unit in ledger.words.items()
        if head is not None and ledger.nouns.get(unit) == head
    )
    nouns = {*vocabulary.of(holder.unit, holder.counts), *own}
    words = re.findall(r"[^\W\d_]+", label.casefold())
    said = any(f" {noun} " in f" {' '.join(words)} " for noun in nouns)
    return said and times_of(holder.unit) <= rates(label, ledger.language)
