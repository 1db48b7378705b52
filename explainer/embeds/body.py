"""The body of an embed: one HTML file that needs nothing else, from a chart's table and its drawings."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import Final

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

_DRAWN = {
    "small": (300, 290, 280, 270, 260),
    "medium": (400, 390, 380, 370, 360),
    "wide": (700, 720, 680, 660, 640),
}
"""The widths at which a drawing is tried for each band, the best first, in pixels. All can be read in their band."""
_SAFE = {"small": "narrow", "medium": "narrow", "wide": "wide"}
"""The page's drawing that serves where words lie over one another at all of them: the build holds it to be without faults."""
_GAPS = 3 + 9 + 8 + 16 + 1
"""The rule above, the paddings, the margins of the drawing, and the rule below it, in pixels."""
_MARK: Final = re.compile(r'<a(?=\s)(?![^<>]*\starget=)([^<>]*\sclass="mark[\s"])')
"""The beginning of a mark's link that does not say where it opens."""


@dataclass(frozen=True)
class Frame:
    """The heights that a frame around an embed needs, in pixels."""

    height: int
    """Fits every width from 280 to 1,200 pixels."""
    bands: dict[str, int]
    """Fits the widths of each band."""


def drawings_of(context: Context, table: Table) -> dict[str, Drawing]:
    """A drawing for each band of widths."""
    return {name: _drawing(context, table, name) for name in heights.BANDS}


def _drawing(context: Context, table: Table, band: str) -> Drawing:
    draw = KINDS[table.kind].draw
    for width in _DRAWN[band]:
        drawing: Drawing = draw(table, context.wording, width)
        if not any(drawing.faults()):
            return drawing
    safe: Drawing = draw(table, context.wording, WIDTHS[_SAFE[band]])
    return safe


def frame_of(context: Context, table: Table, *, pinned: bool = False) -> Frame:
    """How high the frame of a chart's embed must be. A pinned one has room to say that the chart has moved on."""
    words = words_of(context, table, today=context.today)
    notice = _notice(context, table) if pinned else None
    made = context.kept("frame", (table, words, notice), lambda: json.dumps(_bands(context, table, words, notice)))
    bands = json.loads(made)
    return Frame(max(bands.values()), bands)


def _bands(context: Context, table: Table, words: Words, notice: heights.Line | None) -> dict[str, int]:
    lines = [*words.lines(table), *filter(None, [notice])]
    return heights.by_band(lines, drawings_of(context, table), _GAPS)


def _notice(context: Context, table: Table) -> heights.Line:
    """The line with which a pinned embed says that the chart has moved on, as long as it is likely to get."""
    say, count = context.wording.catalogue.say, len(table.rows)
    changed = say("embeds", "changed", count=count, all=count)
    since = say("embeds", "since", what=say("embeds", "both", changed=changed, added=say("embeds", "added_too", count=count)))
    day = context.wording.day(dt.date(2000, 9, 30))
    said = say("embeds", "pinned", day=day, difference=say("embeds", "mended", said=since, count=count))
    text = f"{said} {say('embeds', 'see_latest')}"
    return heights.Line(text, 13, 18.2, inset=20, around=12)


def body_of(context: Context, table: Table, root: str, *, today: str | None) -> str:
    """The body of a chart's embed. ``root`` is the way up to the site's root; ``today`` is left out of what is pinned."""
    words = words_of(context, table, today=today)
    site = root if today is None else context.address or root  # what is pinned stays true where the site moves
    return context.kept("embed", (table, words, root, site), lambda: _html(context, table, root, site, words))


def marks_beside_host(body: str) -> str:
    """A released body whose marks open beside the page that holds the frame, as its other links do.

    Drawings were released with links that replaced the chart in its frame.
    """
    return _MARK.sub(r'<a target="_blank"\1', body)


def _html(context: Context, table: Table, root: str, site: str, words: Words) -> str:
    drawings, templates = drawings_of(context, table), context.templates
    css, script = style(templates), templates.source("embed/frame.js").strip()
    return templates.render(
        "embed/body.html.j2", table=table, words=words, root=root, page=f"{root}charts/{table.id}/",
        description=summary(table.alt or table.subtitle, table.subtitle),
        canonical=f"{site}charts/{table.id}/", lang=context.wording.language,
        drawings={name: svg(templates, table, drawing, root, beside_host=True) for name, drawing in drawings.items()},
        policy=policy.closed(styles=[css], scripts=[script]), style=css, script=script, slot=SLOT,
    )  # fmt: skip
