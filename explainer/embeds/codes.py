"""The lines of HTML that somebody pastes to show a chart: a frame, a frame with our script, a picture with a link, an element."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from explainer.context import Context
from explainer.embeds.body import Frame
from explainer.embeds.heights import MEDIUM, WIDE
from explainer.tables import Table
from explainer.wording.direction import unmarked
from explainer.wording.filling import fill

NOBODY: Final = "https://example.org/"
"""Stands for the site's address where the build was not told it; the page's script puts in the address that it has."""
BASE, EDITION, THEME, PAGE, PICTURE, ALT = "{base}", "{edition}", "{theme}", "{page}", "{picture}", "{alt}"
"""What the page's script fills in anew when a reader chooses otherwise, as it does the heights below."""
_HEIGHT: Final = "{height}"
_BY_WIDTH: Final = (
    "height:calc({wide}px"
    f" + ({{medium}} - {{wide}})*clamp(0px,{WIDE}px - 100cqw,1px)"
    f" + ({{small}} - {{medium}})*clamp(0px,{MEDIUM}px - 100cqw,1px))"
)
"""The height for the width of what holds the frame. Each ``clamp`` is 1px below its width, and nothing from there."""
_HOLDER: Final = "width:100%;container-type:inline-size;contain-intrinsic-inline-size:280px"
"""An element whose width its frame's height can follow. Where a host asks it how wide it would like to be, it says 280 pixels."""


@dataclass(frozen=True)
class Code:
    """One way to take a chart."""

    id: str
    label: str
    about: str
    template: str
    """The line, with what a choice changes left open."""

    def filled(self, address: str, table: Table, frame: Frame) -> str:
        """The line for the live chart, in the colours that the reader's system asks for."""
        return _filled(self.template, address, table, frame)


def alt_of(table: Table) -> str:
    """What a picture of the chart says to those who do not see it."""
    return unmarked(table.alt or table.title)


def frame_line(address: str, table: Table, frame: Frame) -> str:
    """The frame of the live chart alone, with the one height that fits every width."""
    return _filled(_frame(table), address, table, frame)


def codes(context: Context, table: Table) -> tuple[Code, ...]:
    """Every way, the one that looks best first."""
    say = context.wording.catalogue.say
    frame = f'<div style="{_HOLDER}">{_frame(table, style=f";{_BY_WIDTH}")}</div>'
    script = f'<script async src="{BASE}embed.js"></script>'
    lines = {
        "script": f"{frame}\n{script}",
        "frame": frame,
        "picture": _picture(context),
        "element": f"{script}\n{_element(table)}",
    }
    return tuple(Code(name, say("embeds", name), say("embeds", f"{name}_about"), line) for name, line in lines.items())


def _frame(table: Table, style: str = "") -> str:
    """A frame. ``frameborder`` is for hosts that strip styles."""
    return (
        f'<iframe src="{_src(table)}" title="{_words(table.title)}" width="100%" height="{_HEIGHT}" frameborder="0"'
        f' loading="lazy" style="border:0{style}"></iframe>'
    )


def _element(table: Table) -> str:
    title = _words(table.title)
    link = f'<a href="{BASE}charts/{table.id}/">{title}</a>'
    return f'<explainer-chart src="{_src(table)}" title="{title}" height="{_HEIGHT}">{link}</explainer-chart>'


def _picture(context: Context) -> str:
    """A picture with a credit that is seen, both of which lead to the page that says where each number comes from."""
    site, licence = f'<a href="{BASE}{PAGE}">{_words(context.site_name)}</a>', context.licence.name
    form = context.wording.catalogue.form("embeds", "credit_licensed" if licence else "credit")
    credit = fill(escape(form), site=Markup(site), licence=Markup(_words(licence)))  # noqa: S704 - both are escaped
    image = f'<img src="{BASE}{PICTURE}" alt="{ALT}" width="600" style="max-width:100%;height:auto">'
    return f'<figure style="margin:0"><a href="{BASE}{PAGE}">{image}</a><figcaption>{credit}</figcaption></figure>'


def _src(table: Table) -> str:
    return f"{BASE}embed/{table.id}/{EDITION}{THEME}"


def _words(text: str) -> str:
    """An author's words in HTML for others' pages: without marks of direction, and nothing in them looks like something to be filled in."""
    return escape(unmarked(text)).replace("{", "&#123;")


def _filled(template: str, address: str, table: Table, frame: Frame) -> str:
    live = {
        EDITION: "", THEME: "", PAGE: f"charts/{table.id}/", PICTURE: f"data/charts/{table.id}.png",
        BASE: address or NOBODY, _HEIGHT: str(frame.height), **{f"{{{name}}}": str(high) for name, high in frame.bands.items()},
        ALT: escape(alt_of(table)),
    }  # fmt: skip
    return re.sub(r"\{\w+\}", lambda slot: live.get(slot[0], slot[0]), template)
