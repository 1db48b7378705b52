"""The lines of HTML that somebody pastes to show a chart: a frame, a frame with our script, a picture with a link, an element."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import escape

from explainer.tables import Table
from explainer.wording import Wording

NOBODY: Final = "https://example.org/"
"""Stands for the site's address where the build was not told it; the page's script puts in the address that it has."""
BASE, EDITION, THEME, PAGE, PICTURE, ALT = "{base}", "{edition}", "{theme}", "{page}", "{picture}", "{alt}"
"""What the page's script fills in anew when a reader chooses otherwise."""


@dataclass(frozen=True)
class Code:
    """One way to take a chart."""

    id: str
    label: str
    about: str
    template: str
    """The line, with what a choice changes left open."""

    def filled(self, address: str, table: Table) -> str:
        """The line for the live chart, in the colours that the reader's system asks for."""
        live = {EDITION: "", THEME: "", PAGE: f"charts/{table.id}/", PICTURE: f"data/charts/{table.id}.png", BASE: address or NOBODY}
        line = self.template
        for slot, value in live.items():
            line = line.replace(slot, value)
        return line.replace(ALT, escape(alt_of(table)))


def alt_of(table: Table) -> str:
    """What a picture of the chart says to those who do not see it."""
    return table.alt or table.title


def codes(table: Table, height: int, wording: Wording) -> tuple[Code, ...]:
    """Every way, the plainest first. ``height`` is in pixels."""
    title = escape(table.title)
    src, page = f"{BASE}embed/{table.id}/{EDITION}{THEME}", f"{BASE}charts/{table.id}/"
    frame = f'<iframe src="{src}" title="{title}" width="100%" height="{height}" loading="lazy" style="border:0"></iframe>'
    script = f'<script async src="{BASE}embed.js"></script>'
    picture = f'<a href="{BASE}{PAGE}"><img src="{BASE}{PICTURE}" alt="{ALT}" width="600"></a>'
    element = f'<explainer-chart src="{src}" title="{title}" height="{height}"><a href="{page}">{title}</a></explainer-chart>'
    lines = {"frame": frame, "script": f"{frame}\n{script}", "picture": picture, "element": f"{script}\n{element}"}
    say = wording.catalogue.say
    return tuple(Code(name, say("embeds", name), say("embeds", f"{name}_about"), line) for name, line in lines.items())
