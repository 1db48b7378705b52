"""Calls that make blocks: charts, tables, disagreements and rows of figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from explainer.bearing.rate_words import rates, times_of
from explainer.context import Context, unknown
from explainer.ledger import Holder, Ledger
from explainer.problems import Problems
from explainer.prose.against import FOLD, against, registered
from explainer.prose.calls import Call
from explainer.prose.dispute import dispute
from explainer.records import Fact
from explainer.records.claim import Standing
from explainer.records.series import Show
from explainer.stored import stored
from explainer.tables import DIMENSIONS, Table
from explainer.views import AnswerView, ClaimView
from explainer.wording import Wording

_HEADS = ("head_period", "head_value", "head_voice", "head_kind", "head_checked")


@stored
@dataclass(frozen=True)
class Figure:
    """One of the large figures of a page, as plain words."""

    value: str
    label: str
    voice: str
    path: str
    """Its address below the root of the site."""


class Blocks:
    """Renders block calls of one page; collects the answers that need popovers."""

    def __init__(self, context: Context, root: str, problems: Problems, answers: dict[str, AnswerView]) -> None:
        self.context, self.root, self.problems, self.answers = context, root, problems, answers
        self.figures: list[Figure] = []

    def render(self, call: Call) -> str:
        """The block's HTML, or nothing and a problem."""
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
                call.place, "chart-withdrawn", f"'{chart.id}' was withdrawn", "take the call out, and what is said of the chart"
            )
        if table is None and chart is not None:
            return ""  # what is wrong with the chart is told at its record
        if table is None:
            self._unknown(call, "chart", call.args[0])
            return ""
        return self.figure(table)

    def figure(self, table: Table, *, titled: bool = True) -> str:
        """A chart with its words, its data and its sources; untitled where the page's heading is its title."""
        series = [row.series_title for row in table.rows]
        caption = f"{table.title}: {table.subtitle}"
        data = self._rows(tuple(row.claim for row in table.rows), caption, series, table.dimensions)
        drawings = self.context.drawings(table, self.root)
        values = {
            "table": table,
            "drawings": drawings,
            "data": data,
            "known": known(table, self.context.wording),
            "titled": titled,
            "root": self.root,
            "fresh": self.context.fresh(self.context.ledger.series[name] for name in self.context.ledger.charts[table.id].series),
            "corrections": self.context.corrected(table),
        }
        return self.context.templates.render("fragments/chart.html.j2", **values)

    def _rows(
        self, claims: tuple[ClaimView, ...], caption: str, series: Sequence[str] = (), dimensions: Sequence[str] | None = None
    ) -> str:
        """A table of claims. ``series`` names that of each, where they may be of several; a column is there for each of
        ``dimensions``, or where none are given for each in which the claims differ.
        """
        if dimensions is None:
            dimensions = [name for name in DIMENSIONS if len({getattr(claim, name) for claim in claims}) > 1]
        own = [[getattr(claim, name) for name in dimensions] for claim in claims]
        names = [f"head_{name}" for name in dimensions]
        if len(set(series)) > 1:
            own = [[name, *cells] for name, cells in zip(series, own, strict=True)]
            names = ["head_series", *names]
        heads = [self.context.wording.say(head) for head in (_HEADS[0], *names, *_HEADS[1:])]
        rows = list(zip(claims, own, strict=True))
        return self.context.templates.markup("fragments/table.html.j2", rows=rows, caption=caption, heads=heads, root=self.root)

    def _table(self, call: Call) -> str:
        name = call.args[0]
        holder = self.context.ledger.holders.get(name)
        only = call.named.get("only")
        self._check_only(call, only, get_args(Show) if holder is not None else get_args(Standing))
        if holder is not None:
            claims = [claim for claim in self.context.views.claims(holder) if only is None or claim.show == only]
            caption = holder.question if isinstance(holder, Fact) else holder.title
            rows = self._rows(tuple(claims), caption)
            if len(claims) <= FOLD:
                return rows
            return self.context.templates.render("fragments/fold.html.j2", rows=rows, caption=caption, count=len(claims))
        if name in self.context.ledger.sources:
            return against(self.context, name, call.named.get("only"), self.root)
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
                self.problems.add(call.place, "prose-call", f"a table cannot be limited to '{word}'", f"one of: {', '.join(known)}")

    def _figures(self, call: Call) -> str:
        items = []
        for ref in call.args:
            name, _, claim = ref.partition(":")
            answer = self.context.answer(name, claim or None, call.place, self.problems)
            if answer is not None:
                self.answers[answer.id] = answer
                holder = self.context.ledger.holders[name]
                label = holder.label or answer.question if isinstance(holder, Fact) else answer.claims[0].when or answer.question
                said = answer.unit.casefold() in label.casefold()
                unit = "" if said or _says_unit(self.context.ledger, holder, label) else answer.unit
                items.append((answer, unit, label))
                self.figures.append(Figure(f"{answer.text} {unit}".strip(), label, f"{answer.kind}: {answer.voice}", answer.path))
        return self.context.templates.render("fragments/figures.html.j2", items=items, root=self.root)

    def _unknown(self, call: Call, what: str, name: str) -> None:
        ledger = self.context.ledger
        known = {"chart": ledger.charts, "fact": ledger.facts}.get(what, {**ledger.holders, **ledger.sources})
        unknown(self.problems, call.place, what, name, known)


def known(table: Table, words: Wording) -> str:
    """How far the claims of a chart were checked, in a sentence."""
    verdicts = [row.claim.verdict_text for row in table.rows]
    parts = [words.say("count_verdict", count=verdicts.count(verdict), verdict=verdict) for verdict in dict.fromkeys(verdicts)]
    claims = words.say("count_claims", count=len(verdicts))
    by = words.say("count_voices", count=len({row.claim.voice for row in table.rows}))
    return f"{claims} {by}; {', '.join(parts)}."


def _says_unit(ledger: Ledger, holder: Holder, label: str) -> bool:
    """Whether a label says what its figure counts, and the time that it is per: "men called up each year" of people/year."""
    vocabulary = ledger.vocabulary
    head = ledger.nouns.get(vocabulary.head(holder.unit))
    own = (word for word, unit in ledger.words.items() if head is not None and ledger.nouns.get(unit) == head)
    nouns = {*vocabulary.of(holder.unit, holder.counts), *own}
    words = re.findall(r"[^\W\d_]+", label.casefold())
    said = any(f" {noun} " in f" {' '.join(words)} " for noun in nouns)
    return said and times_of(holder.unit) <= rates(label, ledger.language)
