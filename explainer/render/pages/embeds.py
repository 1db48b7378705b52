"""``/embed/<id>/`` and ``/embed/<id>/<edition>/``: a chart alone in a page that stands by itself, live and pinned."""

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
from explainer.incremental.cache import Held
from explainer.model.ledger import current
from explainer.model.records import Chart, Withdrawn
from explainer.render.context import Context
from explainer.render.dated import day_of as day_of_date
from explainer.render.editions import content_of, notice
from explainer.render.embeds import NOBODY, body_of, marks_beside_host, style, with_late_rules
from explainer.render.pages.lists import listing
from explainer.render.pages.page import Written, root_of, write_page

SCRIPT: Final = "embed.js"
"""The script for hosts that let a frame be resized, at the root of the site."""
_LIMIT: Final = 30_000
"""How many bytes an embed may have as hosts send it, compressed: it stands on other people's pages, beside others of its kind."""


def files(context: Context) -> Iterator[tuple[str, str | Held]]:
    """The embed of each chart, every edition of it, and the notices of those withdrawn, by path."""
    for name in context.tables:
        yield f"embed/{name}/index.html", context.file("embed", name, partial(_live, context, name))
    for editions in context.editions.values():
        yield from ((edition.page, _pinned(context, edition)) for edition in editions)
    for chart, said in withdrawn(context):
        for path in (f"embed/{chart.id}", f"explore/{chart.id}"):
            yield f"{path}/index.html", _gone(context, chart, said, root_of(path))


def pictures(context: Context) -> Iterator[tuple[str, bytes]]:
    """The picture of every edition that has one, by path."""
    return ((each.picture_page, each.picture) for editions in context.editions.values() for each in editions if each.picture)


def heavy(context: Context) -> Iterator[Problem]:
    """The charts whose embeds weigh more than an embed may."""
    for name in context.tables:
        size = context.part("weight of an embed", name, partial(_weight, context, name))
        if size > _LIMIT:
            message = f"the embed of '{name}' has {size:,} bytes compressed, more than the {_LIMIT:,} that one may have"
            hint = "show fewer points (only, since, show), or draw them in two charts"
            yield Problem(context.ledger.charts[name].place("id"), "embed-size", message, hint)


def unaddressed(context: Context) -> list[str]:
    """That the lines to paste cannot name the site, where nobody has said its address."""
    if context.address or not context.tables:
        return []
    return [f"No address is set, so the lines to embed a chart name {NOBODY}; set site_url in mkdocs.yml, or give --site-url."]


def withdrawn(context: Context) -> Iterator[tuple[Chart, Withdrawn]]:
    """The charts that are no longer said, and why."""
    return ((chart, chart.withdrawn) for chart in context.ledger.charts.values() if chart.withdrawn is not None)


def pages(context: Context) -> Iterator[Written]:
    """A page in the place of each chart that was withdrawn."""
    for chart, said in withdrawn(context):
        path = f"charts/{chart.id}"
        kept = [{"chart": each.chart, "id": each.id, "day": day_of(context, each)} for each in context.editions.get(chart.id, ())]
        values = {"reason": said.reason, "day": context.wording.date(said.date), "editions": kept, "root": root_of(path)}
        body = context.templates.render("pages/withdrawn.html.j2", **values)
        title = context.wording.page("chart_withdrawn")
        page = listing(context, path, (title, said.reason), body, days=[day_of_date(said.date)])
        yield write_page(context, replace(page, meta={"unlisted": True}))


def day_of(context: Context, edition: Edition) -> str:
    """The day of an edition's release, in words."""
    return context.wording.day(dt.date.fromisoformat(edition.date))


def _weight(context: Context, name: str) -> int:
    return len(zlib.compress(_live(context, name).encode(), 9))


def _live(context: Context, name: str) -> str:
    body = body_of(context, context.tables[name], root_of(f"embed/{name}"), today=context.today)
    return body.replace(SLOT, "") + "\n"


def _pinned(context: Context, edition: Edition) -> str:
    """The kept body with what it lacks of later ones, and a notice in its slot where it is no longer what the chart says."""
    name = current(context.ledger.renamed, f"charts/{edition.chart}").removeprefix("charts/")
    table, chart = context.tables.get(name), context.ledger.charts.get(name)
    now = content_of(context, table) if table else None
    gone = chart.withdrawn if chart else None
    text = notice(context, edition, now, gone)
    link = context.wording.catalogue.say("embeds", "the_notice" if gone else "see_latest")
    said = context.templates.render("embed/notice.html.j2", text=text, link=link, page=f"../../../charts/{edition.chart}/") if text else ""
    return marks_beside_host(with_late_rules(context.templates, edition.body)).replace(SLOT, said)


def _gone(context: Context, chart: Chart, said: Withdrawn, root: str) -> str:
    css = style(context.templates)
    values = {"day": context.wording.date(said.date), "reason": said.reason, "site": context.site_name, "style": css}
    page, canonical = (f"{site}charts/{chart.id}/" for site in (root, context.address or root))
    return (
        context.templates.render("embed/withdrawn.html.j2", page=page, canonical=canonical, policy=policy.closed(styles=[css]), **values)
        + "\n"
    )
