"""The body of an embed: one HTML file that needs nothing else, from a chart's table and its drawings."""

from __future__ import annotations

import json
from dataclasses import dataclass

from explainer import policy
from explainer.charts import KINDS, WIDTHS, svg
from explainer.charts.shapes import Drawing
from explainer.context import Context
from explainer.embeds import heights
from explainer.embeds.style import style
from explainer.embeds.words import Words, words_of
from explainer.history.editions import SLOT
from explainer.tables import Table
from explainer.wording.summary import summary

_DRAWN = {"small": (300, "narrow"), "medium": (440, "narrow"), "wide": (700, "wide")}
"""The width at which a drawing is made for each band, and the page's drawing that serves where words would not fit."""
_GAPS = 3 + 9 + 8 + 16 + 6 * 3 + 2 + 44
"""Rules, paddings and margins, and the room of a notice, in pixels."""


@dataclass(frozen=True)
class Frame:
    """The heights that a frame around an embed needs, in pixels."""

    height: int
    """Fits every width from 280 to 1,200 pixels."""
    bands: dict[str, int]
    """Fits the widths of each band."""


def drawings_of(context: Context, table: Table) -> dict[str, Drawing]:
    """A drawing for each band of widths."""
    return {name: _drawing(context, table, width, safe) for name, (width, safe) in _DRAWN.items()}


def _drawing(context: Context, table: Table, width: int, safe: str) -> Drawing:
    made: Drawing = KINDS[table.kind].draw(table, context.wording, width)
    return made if not any(made.faults()) else KINDS[table.kind].draw(table, context.wording, WIDTHS[safe])


def frame_of(context: Context, table: Table) -> Frame:
    """How high the frame of a chart's embed must be."""
    made = context.kept("frame", (table, words_of(context, table, today=context.today)), lambda: json.dumps(_bands(context, table)))
    bands = json.loads(made)
    return Frame(max(bands.values()), bands)


def _bands(context: Context, table: Table) -> dict[str, int]:
    words = words_of(context, table, today=context.today)
    return heights.by_band(words.lines(table), drawings_of(context, table), _GAPS)


def body_of(context: Context, table: Table, root: str, *, today: str | None) -> str:
    """The body of a chart's embed. ``root`` is the way up to the site's root; ``today`` is left out of what is pinned."""
    words = words_of(context, table, today=today)
    site = root if today is None else context.address or root  # what is pinned stays true where the site moves
    return context.kept("embed", (table, words, root, site), lambda: _html(context, table, root, site, words))


def _html(context: Context, table: Table, root: str, site: str, words: Words) -> str:
    drawings, templates = drawings_of(context, table), context.templates
    css, script = style(templates), templates.source("embed/frame.js").strip()
    return templates.render(
        "embed/body.html.j2", table=table, words=words, root=root, page=f"{root}charts/{table.id}/",
        description=summary(table.alt or table.subtitle, table.subtitle),
        canonical=f"{site}charts/{table.id}/", lang=context.wording.language,
        drawings={name: svg(templates, table, drawing, root) for name, drawing in drawings.items()},
        policy=policy.closed(styles=[css], scripts=[script]), style=css, script=script, slot=SLOT,
    )  # fmt: skip
