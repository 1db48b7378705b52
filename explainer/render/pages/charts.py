"""Chart pages ``/charts/<id>/``, interactive drawings ``/explore/<id>/``, and posters of charts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from explainer.common.problems import Problems
from explainer.common.suggestions import choices_hint
from explainer.incremental.cache import CachedBytes
from explainer.model.records import Chart
from explainer.model.tracking import Look, Looked, looking
from explainer.publish.tables import Table, table_of_chart
from explainer.publish.wording import locale_of, summary
from explainer.render.charts import KINDS, draw, faults
from explainer.render.charts.words import unknown_numbers
from explainer.render.context import Context
from explainer.render.dated import dates_of_chart
from explainer.render.embeds import panel
from explainer.render.exports.json_ld import PageMetadata, dataset_of_chart
from explainer.render.exports.machine_values import dump_json
from explainer.render.pages import page
from explainer.render.pages.page import Page, PreviewPicture, WrittenPage, heading, kept, root_of
from explainer.render.pictures import Pictures, pixels
from explainer.render.prose.blocks import Blocks, verdict_summary
from explainer.render.prose.chart_text import check_chart_text
from explainer.render.prose.expand import Expander

# Posters: a chart's drawing with its words as SVG, from which the PNG picture is made


def poster(context: Context, name: str) -> CachedBytes:
    """Return the poster of a chart, by the chart's id.

    It is made in a check too, because the chart's page gives the size of its picture.
    """
    return context.parts.file("poster", name, partial(_drawn, context, name))


def size_of(context: Context, name: str) -> tuple[int, int]:
    """Return the width and the height of a chart's picture, in pixels."""
    return pixels(context.cache.read(poster(context, name)).decode())


def _drawn(context: Context, name: str) -> str:
    table = context.tables[name]
    pictures = Pictures(context.templates, context.site_name, context.cache, context.lettering)
    return pictures.poster(table, draw(table, context.wording)["wide"], _notes(context, table))


def _notes(context: Context, table: Table) -> list[str]:
    """Return sentences for the picture: how far the chart's claims were checked, and when."""
    fresh = context.fresh(context.spoken_of(True, [table.id]).values())
    return [
        f"{context.templates.say('how_we_know')}: {verdict_summary(table, context.wording)}",
        *([fresh.said] if fresh else []),
    ]


# Chart pages and interactive drawings

MOST_ROWS = 400
"""The maximum number of points in a chart.

To place the labels of points, each label is compared with all others.
"""


def tables(
    context: Context, problems: Problems, only: Collection[str] | None = None
) -> Looked[Table]:
    """Return the table of each chart, by id, with the calls in its words expanded.

    Withdrawn charts are left out, and so are charts that cannot be drawn, for which problems are
    added. ``only`` limits the tables to some ids.
    """
    found: dict[str, Table] = {}
    made_from: dict[str, frozenset[Look]] = {}
    for chart in (
        each
        for each in context.ledger.charts.values()
        if each.withdrawn is None and (only is None or each.id in only)
    ):
        with looking() as looked:
            table = context.part(
                "table", chart.id, partial(_table, context, chart.id, problems), problems
            )
        if table is not None:
            found[chart.id], made_from[chart.id] = table, frozenset(looked)
    return Looked("tables", found, made_from)


def _table(context: Context, name: str, problems: Problems) -> Table | None:
    chart = context.ledger.charts[name]
    if chart.kind not in KINDS:
        problems.add(
            chart.place("kind"),
            "chart",
            f"there is no kind of chart '{chart.kind}'",
            choices_hint(chart.kind, KINDS),
        )
        return None
    expander, path = Expander(context, "", problems), chart.place("id").path
    words = {
        key: expander.words(path, getattr(chart, key) or "", chart.place(key))
        for key in ("title", "subtitle", "alt", "caption")
    }
    table = table_of_chart(context.views, chart, words)
    if not (table.rows if chart.kind == "timeline" else table.amounts):
        hint = "show other points, or an earlier 'since'; dates are drawn by a timeline"
        place = chart.place("since" if chart.since else "series")
        problems.add(
            place, "chart", f"'{chart.id}' shows no point that '{chart.kind}' can draw", hint
        )
        return None
    if len(table.rows) > MOST_ROWS:
        hint = "show fewer points: take a later 'since', fewer series, or points of longer periods"
        message = f"'{chart.id}' has {len(table.rows):,} points; at most {MOST_ROWS} can be drawn"
        problems.add(chart.place("series"), "chart-fit", message, hint)
        return None
    if misfit := KINDS[table.kind].misfit(table):
        problems.add(
            chart.place("kind"),
            "chart-fit",
            f"'{chart.id}', {chart.kind}: {misfit.message}",
            misfit.hint,
        )
        return None
    _check(context, chart, table, problems)
    problems.extend(check_chart_text(context, chart, table))
    return table


def _check(context: Context, chart: Chart, table: Table, problems: Problems) -> None:
    """Add problems for numbers in words that are not in the chart's data, and for a faulty drawing.

    A drawing is faulty if words in it overlap, for example.
    """
    for key, digits in unknown_numbers(table, context.wording.language):
        message = f"'{digits}' is not in the data of '{chart.id}'"
        problems.add(
            chart.place(key),
            "chart-words",
            message,
            'take it from the ledger with fact("…"), or show the point that holds it',
        )
    found = context.kept(
        "faults", table, lambda: "\n".join(faults(table, context.wording))
    ).splitlines()
    if found:
        more = f", and {len(found) - 1} more like it" if len(found) > 1 else ""
        hint = "shorten the words (a point may have 'short'), or show fewer points"
        problems.add(chart.place("id"), "chart-drawing", f"'{chart.id}': {found[0]}{more}", hint)


def pages(context: Context) -> Iterator[WrittenPage]:
    """Return a page for each chart."""
    return (
        kept(context, "chart page", name, partial(_page, context, name)) for name in context.tables
    )


def _page(context: Context, name: str) -> Page:
    table, path = context.tables[name], f"charts/{name}"
    dates = dates_of_chart(context, name)
    figure = Blocks(context, root_of(path), Problems(), {}).figure(table, titled=False)
    values = {
        "known": verdict_summary(table, context.wording),
        "root": root_of(path),
        "panel": panel(context, table, root_of(path)),
        "cite": page.citation_panel(context, path, table.title, dates),
        "sources": [
            (source, context.references.get(source) or said) for source, said in table.sources
        ],
    }
    body = f"{heading(table.title)}\n\n{figure}\n\n{context.templates.render('pages/chart.html.j2', table=table, **values)}"  # noqa: E501
    picture = PreviewPicture(
        f"data/charts/{name}.png", *size_of(context, name), table.alt or table.title
    )
    description = _described(context, table)
    days = [day for row in table.rows for day in (row.start, row.end) if day]
    about = PageMetadata(
        f"{path}/",
        root_of(path),
        table.title,
        description,
        context.wording.language,
        dates,
        picture.path,
        [source for source, _ in table.sources],
        days,
    )
    return Page(
        path,
        table.title,
        description,
        body,
        "wide",
        explores=True,
        meta={"oembed": f"oembed/{name}.json"},
        cites=bool(values["cite"]),
        linked=dataset_of_chart(context, table, about, context.corrected(table)),
        dates=dates,
        picture=picture,
    )


def _described(context: Context, table: Table) -> str:
    return summary(table.alt or table.subtitle, table.subtitle, context.description)


def explore(context: Context, plotly: str) -> Iterator[tuple[str, CachedBytes]]:
    """Yield the path and the page of each chart's interactive drawing.

    ``plotly`` is the path of the script below the site's root.
    """
    below = (
        "" if context.wording.language == context.wording.main else f"/{context.wording.language}"
    )
    for name in context.tables:
        path = f"explore/{name}{below}"
        yield (
            f"{path}/index.html",
            context.file(
                f"explored by {plotly}",
                name,
                partial(_explored, context, name, plotly, root_of(path)),
            ),
        )


def _explored(context: Context, name: str, plotly: str, root: str) -> str:
    table = context.tables[name]
    figure = KINDS[table.kind].figure(table, context.wording)
    told = {"figure": _harmless(figure), "locale": locale_of(context.wording.catalogue)}
    data = (
        dump_json(told, indent=None, keeps_marks=True)
        .replace("<", "\\u003c")
        .replace("&", "\\u0026")
    )
    about = {
        "description": _described(context, table),
        "canonical": f"{context.address or root}charts/{name}/",
    }
    return (
        context.templates.render(
            "explore/page.html.j2", table=table, figure=data, plotly=plotly, root=root, **about
        )
        + "\n"
    )


def _harmless(value: object) -> object:
    """Return labels escaped for Plotly, with line ends as ``<br>``.

    Plotly parses a few HTML tags in labels, and one of them can load from another host.
    """
    if isinstance(value, dict):
        return {
            key: item if key == "hovertemplate" else _harmless(item) for key, item in value.items()
        }
    if isinstance(value, list):
        return [_harmless(item) for item in value]
    return (
        value.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
        if isinstance(value, str)
        else value
    )
