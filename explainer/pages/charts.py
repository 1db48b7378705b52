"""``/charts/<id>/`` and ``/explore/<id>/``: a page for each chart, and its interactive drawing alone in a page."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from explainer.charts import KINDS, faults
from explainer.charts.words import strangers
from explainer.context import Context
from explainer.embeds.panel import panel
from explainer.exports.linked import dataset_of_chart
from explainer.pages import cited
from explainer.pages.page import Page, heading, root_of
from explainer.problems import Problems
from explainer.prose.blocks import Blocks, known
from explainer.prose.drawn import drawn
from explainer.prose.expand import Expander
from explainer.records import Chart
from explainer.tables import Table, table_of_chart


def tables(context: Context, problems: Problems, only: Collection[str] | None = None) -> dict[str, Table]:
    """The table of each chart, or of the named ones, whose kind is known, its words worked out."""
    found: dict[str, Table] = {}
    for chart in (each for each in context.ledger.charts.values() if each.withdrawn is None and (only is None or each.id in only)):
        place = chart.place("id")
        if chart.kind not in KINDS:
            problems.add(chart.place("kind"), "chart", f"there is no kind of chart '{chart.kind}'", f"one of: {', '.join(KINDS)}")
            continue
        expander = Expander(context, "", problems)
        words = {
            key: expander.words(place.path, getattr(chart, key) or "", chart.place(key)) for key in ("title", "subtitle", "alt", "caption")
        }
        table = table_of_chart(context.views, chart, words)
        if not (table.rows if chart.kind == "timeline" else table.amounts):
            hint = "show other points, or an earlier 'since'; dates are drawn by a timeline"
            problems.add(
                chart.place("since" if chart.since else "series"),
                "chart",
                f"'{chart.id}' shows no point that '{chart.kind}' can draw",
                hint,
            )
            continue
        found[chart.id] = table
        _check(context, chart, table, problems)
        problems.extend(drawn(context, chart, table))
    return found


def _check(context: Context, chart: Chart, table: Table, problems: Problems) -> None:
    """Words that speak of other data, and drawings whose words lie over one another."""
    for key, digits in strangers(table, context.wording.language):
        message = f"'{digits}' is not in the data of '{chart.id}'"
        problems.add(chart.place(key), "chart-words", message, 'take it from the ledger with fact("…"), or show the point that holds it')
    found = context.kept("faults", table, lambda: "\n".join(faults(table, context.wording))).splitlines()
    if found:
        more = f", and {len(found) - 1} more like it" if len(found) > 1 else ""
        hint = "shorten the words (a point may have 'short'), or show fewer points"
        problems.add(chart.place("id"), "chart-drawing", f"'{chart.id}': {found[0]}{more}", hint)


def pages(context: Context) -> Iterator[Page]:
    """A page for each chart."""
    for table in context.tables.values():
        path = f"charts/{table.id}"
        figure = Blocks(context, root_of(path), Problems(), {}).figure(table, titled=False)
        values = {
            "known": known(table, context.wording), "root": root_of(path), "panel": panel(context, table, root_of(path)),
            "cite": cited.panel(context, path, table.title),
            "sources": [(name, context.references.get(name) or said) for name, said in table.sources],
        }  # fmt: skip
        body = f"{heading(table.title)}\n\n{figure}\n\n{context.page('pages/chart.html.j2', table=table, **values)}"
        linked = dataset_of_chart(context, table, root_of(path), context.corrected(table))
        meta = {"oembed": f"oembed/{table.id}.json", "picture": f"data/charts/{table.id}.png"}
        yield Page(path, table.title, table.alt, body, "wide", explores=True, meta=meta, cites=bool(values["cite"]), linked=linked)


def explore(context: Context, plotly: str) -> Iterator[tuple[str, str]]:
    """The interactive drawing of each chart as a page of its own, by path. ``plotly`` is the script's path below the root."""
    for table in context.tables.values():
        figure = _harmless(KINDS[table.kind].figure(table, context.wording))
        path = f"explore/{table.id}{'' if context.wording.language == context.wording.main else '/' + context.wording.language}"
        data = json.dumps(figure, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
        values = {"table": table, "figure": data, "plotly": plotly, "root": root_of(path)}
        yield f"{path}/index.html", context.templates.render("explore/page.html.j2", **values) + "\n"


def _harmless(value: object) -> object:
    """Labels in which Plotly finds no markup of its own: it reads a few tags, one of which can call another host."""
    if isinstance(value, dict):
        return {key: item if key == "hovertemplate" else _harmless(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_harmless(item) for item in value]
    return value.replace("&", "&amp;").replace("<", "&lt;") if isinstance(value, str) else value
