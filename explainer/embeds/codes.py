"""The lines of HTML that somebody pastes to show a chart: a frame, a frame with our script, a picture with a link, an element."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import escape

from explainer.tables import Table
from explainer.wording import Wording

NOBODY: Final = "https://example.org/"
"""Stands for the site's address where the build was not told it; the page's script puts in the address that it has."""
BASE, EDITION, THEME = "{base}", "{edition}", "{theme}"
"""What the page's script fills in anew when a reader chooses otherwise."""


@dataclass(frozen=True)
class Code:
    """One way to take a chart."""

    id: str
    label: str
    about: str
    template: str
    """The line, with ``BASE``, ``EDITION`` and ``THEME`` left open."""

    def filled(self, address: str) -> str:
        """The line for the live chart, in the colours that the reader's system asks for."""
        return self.template.replace(BASE, address or NOBODY).replace(EDITION, "").replace(THEME, "")


def codes(table: Table, height: int, wording: Wording) -> tuple[Code, ...]:
    """Every way, the plainest first. ``height`` is in pixels."""
    title, alt = escape(table.title), escape(table.alt or table.title)
    src, page = f"{BASE}embed/{table.id}/{EDITION}{THEME}", f"{BASE}charts/{table.id}/"
    frame = f'<iframe src="{src}" title="{title}" width="100%" height="{height}" loading="lazy" style="border:0"></iframe>'
    script = f'<script async src="{BASE}embed.js"></script>'
    picture = f'<a href="{page}"><img src="{BASE}data/charts/{table.id}.png" alt="{alt}" width="600"></a>'
    element = f'<explainer-chart src="{src}" title="{title}" height="{height}"><a href="{page}">{title}</a></explainer-chart>'
    lines = {"frame": frame, "script": f"{frame}\n{script}", "picture": picture, "element": f"{script}\n{element}"}
    say = wording.catalogue.say
    return tuple(Code(name, say("embeds", name), say("embeds", f"{name}_about"), line) for name, line in lines.items())
