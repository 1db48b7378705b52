"""``/oembed/<id>.json``: what a system asks for that makes a link into an embed (oEmbed 1.0)."""

from __future__ import annotations

from typing import Any, Final

from explainer.context import Context
from explainer.embeds.body import frame_of
from explainer.embeds.codes import frame_line
from explainer.exports.written import json_text
from explainer.tables import Table

_WIDTH: Final = 700
_DAY: Final = 86_400


def oembed(context: Context, table: Table, picture: tuple[int, int]) -> str:
    """The answer. ``picture`` is the width and height of the chart's picture, in pixels.

    Every address in it is whole, so a site that does not know its own gives the title alone (type "link"), and no page names it.
    """
    base, frame = context.address, frame_of(context, table)
    if not base:
        return json_text({"version": "1.0", "type": "link", "title": table.title, "provider_name": context.site_name}) + "\n"
    answer: dict[str, Any] = {
        "version": "1.0", "type": "rich", "title": table.title, "html": frame_line(base, table, frame),
        "width": _WIDTH, "height": frame.height, "author_name": context.site_name, "author_url": base,
        "provider_name": context.site_name, "provider_url": base, "cache_age": _DAY,
        "thumbnail_url": f"{base}data/charts/{table.id}.png", "thumbnail_width": picture[0], "thumbnail_height": picture[1],
    }  # fmt: skip
    return json_text(answer) + "\n"
