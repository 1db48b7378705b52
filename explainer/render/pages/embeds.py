"""Embeds: a chart alone in a self-contained page.

``/embed/<id>/`` is live. ``/embed/<id>/<edition>/`` is pinned to a released edition.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from explainer.common import policy
from explainer.common.problems import Problem
from explainer.history.editions import SLOT, Edition
from explainer.incremental.cache import CachedBytes
from explainer.model.ledger import current
from explainer.model.records import Chart, Withdrawn
from explainer.render.context import Context
from explainer.render.dated import day_of as day_of_date
from explainer.render.editions import content_of, notice
from explainer.render.embeds import UNKNOWN_BASE, body_of, marks_beside_host, style, with_late_rules
from explainer.render.pages.lists import listing
from explainer.render.pages.page import WrittenPage, root_of, write_page

SCRIPT: Final = "embed.js"
"""The script at the site's root that resizes the frame, for hosts that allow it."""
_LIMIT: Final = 30_000
"""The maximum size of an embed in bytes, compressed. Other sites' pages may show several embeds."""


def files(context: Context) -> Iterator[tuple[str, str | CachedBytes]]:
    """Yield the path and the page of the embed of each chart and of every edition.

    Withdrawn charts get a notice, at their addresses below ``embed/`` and ``explore/``.
    """
    for name in context.tables:
        yield f"embed/{name}/index.html", context.file("embed", name, partial(_live, context, name))
    for editions in context.editions.values():
        yield from ((edition.page, _pinned(context, edition)) for edition in editions)
    for chart, said in withdrawn(context):
        for path in (f"embed/{chart.id}", f"explore/{chart.id}"):
            yield f"{path}/index.html", _gone(context, chart, said, root_of(path))


def pictures(context: Context) -> Iterator[tuple[str, bytes]]:
    """Return the path and the picture of every edition that has a picture."""
    return (
        (each.picture_page, each.picture)
        for editions in context.editions.values()
        for each in editions
        if each.picture
    )


def oversized(context: Context) -> Iterator[Problem]:
    """Yield a problem for each chart whose embed is larger than the limit."""
    for name in context.tables:
        size = context.part("weight of an embed", name, partial(_weight, context, name))
        if size > _LIMIT:
            message = (
                f"the embed of '{name}' has {size:,} bytes compressed, more than the {_LIMIT:,}"
                " that one may have"
            )
            hint = "show fewer points (only, since, show), or draw them in two charts"
            yield Problem(context.ledger.charts[name].place("id"), "embed-size", message, hint)


def missing_address_remark(context: Context) -> list[str]:
    """Return a remark if the HTML to paste lacks the site's address, because none is set."""
    if context.address or not context.tables:
        return []
    return [
        f"No address is set, so the lines to embed a chart name {UNKNOWN_BASE}; set site_url in"
        " mkdocs.yml, or give --site-url."
    ]


def withdrawn(context: Context) -> Iterator[tuple[Chart, Withdrawn]]:
    """Return the withdrawn charts, each with its withdrawal."""
    return (
        (chart, chart.withdrawn)
        for chart in context.ledger.charts.values()
        if chart.withdrawn is not None
    )


def pages(context: Context) -> Iterator[WrittenPage]:
    """Yield a page for each withdrawn chart, at the address of its chart page."""
    for chart, said in withdrawn(context):
        path = f"charts/{chart.id}"
        kept = [
            {"chart": each.chart, "id": each.id, "day": day_of(context, each)}
            for each in context.editions.get(chart.id, ())
        ]
        values = {
            "reason": said.reason,
            "day": context.wording.date(said.date),
            "editions": kept,
            "root": root_of(path),
        }
        body = context.templates.render("pages/withdrawn.html.j2", **values)
        title = context.wording.page("chart_withdrawn")
        page = listing(context, path, (title, said.reason), body, days=[day_of_date(said.date)])
        yield write_page(context, replace(page, meta={"unlisted": True}))


def day_of(context: Context, edition: Edition) -> str:
    """Return the day of an edition's release, in words."""
    return context.wording.day(dt.date.fromisoformat(edition.date))


def _weight(context: Context, name: str) -> int:
    return len(zlib.compress(_live(context, name).encode(), 9))


def _live(context: Context, name: str) -> str:
    body = body_of(context, context.tables[name], root_of(f"embed/{name}"), today=context.today)
    return body.replace(SLOT, "") + "\n"


def _pinned(context: Context, edition: Edition) -> str:
    """Return the page of a released edition.

    It is the kept body, plus the style rules that later embeds have and it lacks. If the chart has
    changed or was withdrawn since, a notice is put into the body's slot.
    """
    name = current(context.ledger.renamed, f"charts/{edition.chart}").removeprefix("charts/")
    table, chart = context.tables.get(name), context.ledger.charts.get(name)
    now = content_of(context, table) if table else None
    gone = chart.withdrawn if chart else None
    text = notice(context, edition, now, gone)
    link = context.wording.catalogue.say("embeds", "the_notice" if gone else "see_latest")
    said = (
        context.templates.render(
            "embed/notice.html.j2", text=text, link=link, page=f"../../../charts/{edition.chart}/"
        )
        if text
        else ""
    )
    return marks_beside_host(with_late_rules(context.templates, edition.body)).replace(SLOT, said)


def _gone(context: Context, chart: Chart, said: Withdrawn, root: str) -> str:
    css = style(context.templates)
    values = {
        "day": context.wording.date(said.date),
        "reason": said.reason,
        "site": context.site_name,
        "style": css,
    }
    page, canonical = (f"{site}charts/{chart.id}/" for site in (root, context.address or root))
    return (
        context.templates.render(
            "embed/withdrawn.html.j2",
            page=page,
            canonical=canonical,
            policy=policy.standalone_policy(styles=[css]),
            **values,
        )
        + "\n"
    )
