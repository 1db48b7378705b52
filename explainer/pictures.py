"""Pictures for elsewhere: a chart as a poster with its words, in SVG and PNG, and a social card for every page.

The drawings are those of the page. Posters carry literal colours, since what shows them knows no stylesheet of ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version

from explainer import raster
from explainer.charts import pen
from explainer.charts.scale import wrap
from explainer.charts.shapes import Drawing
from explainer.shelf import Shelf
from explainer.tables import Table
from explainer.wording.rendering import Templates

_MARGIN = 24
_TAKEN = 0.88
"""How much of the width that is reckoned for readers' fonts those of pictures take: at most 0.862 in 15,000 lines of this site."""
_CARD_WIDTH = 1040 / _TAKEN
"""The room for words on a card of 1200 by 630 pixels, as it is reckoned."""


class Pictures:
    """Draws pictures; what the shelf has from an earlier build is not drawn again."""

    def __init__(self, templates: Templates, site_name: str, shelf: Shelf) -> None:
        self._templates, self._site_name, self._shelf = templates, site_name, shelf

    def poster(self, table: Table, drawing: Drawing, notes: Sequence[str] = ()) -> str:
        """A chart with title, measure, sources and the site's name, as SVG that stands alone.

        ``notes`` are sentences for its foot: how far its claims were checked, and when.
        """
        room = drawing.width / _TAKEN
        title, subtitle = wrap(table.title, room, 20, bold=True), wrap(table.subtitle, room, 13)
        sources = "Sources: " + "; ".join(name for _, name in table.sources[:6])
        more = f"; and {len(table.sources) - 6} more" if len(table.sources) > 6 else ""
        noted = [line for note in notes for line in wrap(note, room, 11)]
        foot = [*wrap(table.caption, room, 11), *wrap(sources + more, room, 11), *noted, self._site_name]
        top = _MARGIN + 26 * len(title) + 18 * len(subtitle) + 14
        return self._templates.render(
            "charts/poster.svg.j2", table=table, drawing=drawing, pen=pen, margin=_MARGIN, title=title, subtitle=subtitle, foot=foot,
            top=top, width=drawing.width + 2 * _MARGIN, height=top + drawing.height + 16 * len(foot) + _MARGIN,
        )  # fmt: skip

    def card(self, title: str, text: str) -> str:
        """A social card of 1200 by 630 pixels, as SVG: the site's name, a title and a sentence."""

        def make() -> str:
            heads = wrap(title, _CARD_WIDTH, 58, bold=True)[:5]
            lines = wrap(text, _CARD_WIDTH, 30)[: max(0, 7 - len(heads))]
            return self._templates.render("charts/card.svg.j2", heads=heads, lines=lines, site=self._site_name)

        return self._shelf.text("card", (self._templates.digest, self._site_name, title, text), make)

    def pngs(self, wanted: Mapping[str, raster.Job]) -> dict[str, bytes]:
        """SVGs as PNGs, by whatever names them. An SVG is drawn once, and never again while it is kept."""
        jobs = list(wanted.values())
        made_from = [(_drawn_with(), zoom, svg) for svg, zoom in jobs]
        drawn = self._shelf.batch("png", made_from, lambda missing: raster.pngs([jobs[index] for index in missing]))
        return dict(zip(wanted, drawn, strict=True))


@cache
def _drawn_with() -> tuple[str, ...]:
    """The versions that a picture depends on."""
    return tuple(version(name) for name in ("resvg-py", "font-source-sans-pro", "font-source-serif-pro"))
