"""Pictures for use elsewhere: posters of charts in SVG and PNG, and social cards of pages.

The drawings are those of the page. Posters have literal colours, because other programs do not have
our stylesheet.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final, Self

from explainer.common import programs
from explainer.common.characters import balance_isolates, first_direction, isolate_rtl
from explainer.common.problems import Place, Problem, Refused
from explainer.incremental.cache import Cache, CachedBytes
from explainer.publish.direction import Direction
from explainer.publish.tables import Table
from explainer.publish.templates import Templates
from explainer.read import raster
from explainer.read.lettering import FontChooser
from explainer.render.charts.scale import shorten, wrap
from explainer.render.charts.shapes import PEN, Drawing

_POSTER: Final = "charts/poster.svg.j2"
_CARD: Final = "charts/card.svg.j2"
_MARGIN = 24
_TAKEN = 0.88
"""The width of text in the fonts of pictures, as a part of the width computed for readers' fonts.

It was at most 0.862 in 15,000 lines of this site.
"""
_NAMED = 6
"""The number of sources that a poster names."""
_MANY = 500
"""The number of pictures that are drawn at a time, to limit the use of memory."""
CARD: Final = (1200, 630)
"""The size of a social card in pixels."""
_ZOOM = 2.0
"""The number of pixels in a picture for each pixel of a poster."""
_SIZE = re.compile(r'<svg [^<>]*\bwidth="([\d.]+)" height="([\d.]+)"')
_CARD_WIDTH = 1040.0
"""The width for text on a card, in pixels."""
_CARD_EDGES: Final = (80, 1120)
"""The x at which text on a card begins, for left-to-right and right-to-left text."""
_CARD_LAST = 606
"""The lowest baseline on a card."""
_TALLER = 1.3
"""The factor for the line height of text with letters that our fonts lack.

Most scripts except Latin, Greek and Cyrillic have taller letters.
"""


@dataclass(frozen=True)
class Picture:
    """An SVG that becomes a PNG. It is rendered only if the PNG is not cached."""

    made_from: object
    svg: Callable[[], str]
    zoom: float = 1.0
    """The number of pixels in the PNG for each pixel of the SVG."""
    template: str = _POSTER
    """The template of the SVG."""

    @classmethod
    def of(cls, svg: str, zoom: float = 1.0) -> Self:
        """Return a picture of a poster that is already rendered."""
        return cls((svg, zoom), lambda: svg, zoom)


class Pictures:
    """Draws pictures, unless an earlier build left them in the cache."""

    def __init__(
        self,
        templates: Templates,
        site_name: str,
        cache: Cache,
        lettering: FontChooser | None = None,
    ) -> None:
        """``lettering`` has the project's own fonts."""
        self._templates, self._site_name, self._cache = templates, site_name, cache
        self._lettering = lettering or FontChooser()
        self._with = (*_drawn_with(), *self._lettering.sums)
        self._room = cache.room(("pictures", templates.digest, site_name, self._with))

    def _lines(
        self, text: str, width: float, size: float, *, rtl: bool, bold: bool = False
    ) -> list[str]:
        """Break a text into lines of at most ``width`` pixels, in visual order if ``rtl``."""
        room = width / _TAKEN if self._lettering.is_ours(text) else width
        lines = balance_isolates(wrap(text, room, size, bold=bold))
        return [isolate_rtl(line) if rtl else line for line in lines]

    def _pitch(self, lines: Sequence[str], usual: int) -> int:
        """Return the distance between the baselines of some lines, in pixels."""
        return usual if all(map(self._lettering.is_ours, lines)) else round(_TALLER * usual)

    def poster(self, table: Table, drawing: Drawing, notes: Sequence[str] = ()) -> str:
        """Return a chart with title, subtitle, sources and the site's name, as a standalone SVG.

        ``notes`` are sentences for its foot: how far its claims were checked, and when.
        """
        rtl = _runs_from_right(self._templates.direction, table.title)
        broken = partial(self._lines, width=drawing.width, rtl=rtl)
        title, subtitle = broken(table.title, size=20, bold=True), broken(table.subtitle, size=13)
        left = len(table.sources) - _NAMED
        named = [name for _, name in table.sources[:_NAMED]] + (
            [self._templates.embed("more", count=left)] if left > 0 else []
        )
        sources = f"{self._templates.say('sources')} {'; '.join(named)}"
        below = (table.caption, sources, *notes, self._site_name)
        foot = [line for text in below for line in broken(text, size=11)]
        pitch = {
            "title": self._pitch(title, 26),
            "subtitle": self._pitch(subtitle, 18),
            "foot": self._pitch(foot, 16),
        }
        top = _MARGIN + pitch["title"] * len(title) + pitch["subtitle"] * len(subtitle) + 14
        width = drawing.width + 2 * _MARGIN
        return self._templates.render(
            _POSTER,
            table=table,
            drawing=drawing,
            pen=PEN,
            margin=_MARGIN,
            title=title,
            subtitle=subtitle,
            foot=foot,
            top=top,
            width=width,
            height=top + drawing.height + pitch["foot"] * len(foot) + _MARGIN,
            pitch=pitch,
            rtl=rtl,
            edge=width - _MARGIN if rtl else _MARGIN,
        )

    def of_poster(self, svg: CachedBytes) -> Picture:
        """Return the picture of a cached poster, at twice its size."""
        return Picture((svg.sum, _ZOOM), lambda: self._cache.read(svg).decode(), _ZOOM)

    def card(self, title: str, text: str, direction: Direction = "ltr") -> Picture:
        """Return a social card of 1200 by 630 pixels, with the site's name, a title and a sentence.

        ``direction`` is that of their language.
        """
        return Picture(
            (title, text, direction), partial(self.card_svg, title, text, direction), template=_CARD
        )

    def card_svg(self, title: str, text: str, direction: Direction = "ltr") -> str:
        """Return the SVG of a social card."""
        rtl = _runs_from_right(direction, title)
        broken = partial(self._lines, width=_CARD_WIDTH, rtl=rtl)
        heads, lines = broken(title, size=58, bold=True)[:5], broken(text, size=30)
        pitch = {"title": self._pitch(heads, 66), "text": self._pitch(lines, 40)}
        heads = heads[: 5 if pitch["title"] == 66 else 4]
        room = _CARD_LAST - (206 + pitch["title"] * len(heads))
        lines = lines[: max(0, min(7 - len(heads), room // pitch["text"] + 1))]
        width = _CARD_WIDTH / _TAKEN if self._lettering.is_ours(self._site_name) else _CARD_WIDTH
        site = shorten(self._site_name, width, 30)
        return self._templates.render(
            _CARD,
            heads=heads,
            lines=lines,
            site=isolate_rtl(site) if rtl else site,
            pitch=pitch,
            rtl=rtl,
            edge=_CARD_EDGES[rtl],
        )

    def pngs(self, wanted: Mapping[str, Picture]) -> dict[str, CachedBytes]:
        """Return PNGs by the names of the given pictures.

        A cached picture is not drawn again, and its SVG is not rendered. The cache's record of
        pictures is then limited to the given ones. Raises ``Refused`` if the fonts cannot be used,
        or if an SVG contains something that a picture must not have.
        """
        known: dict[object, CachedBytes] = self._cache.notes(self._room)
        missing = [
            each
            for each in wanted.values()
            if (held := known.get(each.made_from)) is None or not self._cache.has(held)
        ]
        drawn = [
            png
            for first in range(0, len(missing), _MANY)
            for png in self._drawn(missing[first : first + _MANY])
        ]
        now = {**known, **dict(zip((each.made_from for each in missing), drawn, strict=True))}
        known.clear()
        known.update({each.made_from: now[each.made_from] for each in wanted.values()})
        return {name: known[each.made_from] for name, each in wanted.items()}

    def _drawn(self, pictures: Sequence[Picture]) -> list[CachedBytes]:
        """Return PNGs. One of the same SVG is taken from the cache, whatever it was made from."""
        programs.give_memory_back()
        jobs = [(self._lettering.lettered(each.svg()), each.zoom) for each in pictures]
        fonts = self._lettering.files

        def draw(of: Sequence[int]) -> list[bytes]:
            try:
                return raster.pngs([jobs[i] for i in of], fonts=fonts)
            except raster.FontsFailed as failed:
                raise Refused(
                    (self._lettering.problem([jobs[i][0] for i in of], str(failed)),)
                ) from failed
            except raster.BadDrawing as bad:
                raise Refused(
                    tuple(_hostile(pictures[of[bad.at]].template, fault) for fault in bad.faults)
                ) from bad

        return self._cache.batch("png", [(self._with, *job) for job in jobs], draw)


def _hostile(template: str, fault: str) -> Problem:
    message = f"the picture that 'templates/{template}' draws, with what it includes: {fault}"
    return Problem(
        Place(f"templates/{template}"),
        "hostile-output",
        message,
        "take it out; a picture shows what its template draws itself",
    )


def _runs_from_right(direction: Direction, title: str) -> bool:
    """Whether a picture's text runs from right to left.

    It has the direction of its language. If that is unknown, it has the direction of the title.
    """
    return (first_direction(title) if direction == "auto" else direction) == "rtl"


def pixels(poster: str) -> tuple[int, int]:
    """Return the width and height of the picture of a poster, in pixels."""
    size = _SIZE.search(poster)
    assert size, "a poster says its size"
    zoom = raster.zoom_for(poster, _ZOOM)
    wide, high = (round(zoom * float(each)) for each in size.groups())
    return wide, high


@functools.cache
def _drawn_with() -> tuple[str, ...]:
    """Return the versions and digests of all code on which pictures depend.

    These are the versions of the libraries, and the digest of our own code that calls them.
    """
    code = hashlib.sha256(Path(raster.__file__).read_bytes()).hexdigest()
    return (
        *(version(name) for name in ("resvg-py", "font-source-sans-pro", "font-source-serif-pro")),
        code,
    )
