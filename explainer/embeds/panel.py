"""The "Embed this chart" part of a chart's page: a preview, the choices, and the lines to copy."""

from __future__ import annotations

import datetime as dt

from explainer.context import Context
from explainer.embeds.body import frame_of
from explainer.embeds.codes import alt_of, codes
from explainer.embeds.heights import BANDS
from explainer.history.editions import Edition
from explainer.tables import Table

WIDTHS = (320, 480, 720)
"""The widths of the preview, in pixels: a phone, a column, a page."""


def panel(context: Context, table: Table, root: str) -> str:
    """The part's HTML. Without a script it is the same lines as plain boxes of text, for the live chart."""
    frame = frame_of(context, table)
    kept = context.editions.get(table.id, ())
    newest = kept[-1] if kept else None
    return context.page(
        "embed/panel.html.j2",
        id=table.id, title=table.title, root=root, height=frame.height, bands=frame.bands, widths=WIDTHS, address=context.address,
        codes=[(code, code.filled(context.address, table, frame)) for code in codes(context, table)],
        alt=alt_of(table), edition=newest.id if newest else "", pinned=_pinned(newest) if newest else {},
        day=context.wording.day(dt.date.fromisoformat(newest.date)) if newest else "",
    )  # fmt: skip


def _pinned(edition: Edition) -> dict[str, object]:
    """What the lines say of an edition in the place of the live chart: its heights, and its picture with the words for it."""
    content = edition.record["content"]
    live = {"page": f"charts/{edition.chart}/", "picture": edition.picture_page, "alt": content.get("alt") or content["title"]}
    kept = {"page": edition.page.removesuffix("index.html")} if edition.picture else {}
    height, bands = edition.record["height"], edition.record["heights"]
    return {**live, **kept, "height": height, **{band: bands.get(band, height) for band in BANDS}}
