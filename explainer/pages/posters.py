"""The poster of each chart: its drawing with its words, as SVG, from which its picture is made."""

from __future__ import annotations

from functools import partial

from explainer.charts import draw
from explainer.context import Context
from explainer.pictures import Pictures, pixels
from explainer.prose.blocks import known
from explainer.shelf import Held
from explainer.tables import Table


def poster(context: Context, name: str) -> Held:
    """The poster of a chart, by the chart's id. It is made in a check too: the chart's page says how large it is."""
    return context.parts.file("poster", name, partial(_drawn, context, name))


def size_of(context: Context, name: str) -> tuple[int, int]:
    """How wide and high the picture of a chart is, in pixels."""
    return pixels(context.shelf.read(poster(context, name)).decode())


def _drawn(context: Context, name: str) -> str:
    table = context.tables[name]
    pictures = Pictures(context.templates, context.site_name, context.shelf, context.lettering)
    return pictures.poster(table, draw(table, context.wording)["wide"], _notes(context, table))


def _notes(context: Context, table: Table) -> list[str]:
    """How far the claims of a chart were checked, and when, in sentences for its picture."""
    fresh = context.fresh(context.spoken_of(True, [table.id]).values())
    return [f"{context.templates.say('how_we_know')}: {known(table, context.wording)}", *([fresh.said] if fresh else [])]
