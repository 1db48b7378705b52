"""``/oembed/<id>.json``: what a system asks for that makes a link into an embed (oEmbed 1.0, "rich")."""

from __future__ import annotations

import re
from typing import Any, Final

from explainer.context import Context
from explainer.embeds.codes import codes
from explainer.exports.written import json_text
from explainer.tables import Table

_WIDTH: Final = 700
_DAY: Final = 86_400
_SIZE = re.compile(r'<svg [^>]*\bwidth="([\d.]+)" height="([\d.]+)"')


def oembed(context: Context, table: Table, height: int, poster: str) -> str:
    """The answer. Addresses in it are whole where the site's is known, else relative to the answer itself."""
    base = context.address or "../"
    frame = codes(table, height, context.wording)[0].filled(base, table)
    answer: dict[str, Any] = {
        "version": "1.0", "type": "rich", "title": table.title, "html": frame, "width": _WIDTH, "height": height,
        "provider_name": context.site_name, "provider_url": base, "cache_age": _DAY,
    }  # fmt: skip
    size = _SIZE.search(poster)
    if size:
        wide, high = (round(2 * float(each)) for each in size.groups())
        answer |= {"thumbnail_url": f"{base}data/charts/{table.id}.png", "thumbnail_width": wide, "thumbnail_height": high}
    return json_text(answer) + "\n"
