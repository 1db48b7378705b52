"""``/embed/<id>/``: a chart alone in a page that stands by itself, for other people's pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from explainer.context import Context
from explainer.embeds.body import SLOT, body_of
from explainer.pages.page import root_of

SCRIPT: Final = "embed.js"
"""The script for hosts that let a frame be resized, at the root of the site."""


def files(context: Context) -> Iterator[tuple[str, str]]:
    """The embed of each chart, by path."""
    for table in context.tables.values():
        path = f"embed/{table.id}"
        yield f"{path}/index.html", body_of(context, table, root_of(path), today=context.today).html.replace(SLOT, "") + "\n"
