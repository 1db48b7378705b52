"""The lines of HTML that somebody pastes to show a chart: a frame, a frame with our script, a picture with a link, an element."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import escape

from explainer.tables import Table

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


def codes(table: Table, height: int) -> tuple[Code, ...]:
    """Every way, the plainest first. ``height`` is in pixels."""
    title, alt = escape(table.title), escape(table.alt or table.title)
    src, page = f"{BASE}embed/{table.id}/{EDITION}{THEME}", f"{BASE}charts/{table.id}/"
    frame = f'<iframe src="{src}" title="{title}" width="100%" height="{height}" loading="lazy" style="border:0"></iframe>'
    script = f'<script async src="{BASE}embed.js"></script>'
    picture = f'<a href="{page}"><img src="{BASE}data/charts/{table.id}.png" alt="{alt}" width="600"></a>'
    element = f'<explainer-chart src="{src}" title="{title}" height="{height}"><a href="{page}">{title}</a></explainer-chart>'
    return (
        Code("frame", "Frame", "Works wherever frames are allowed; the height fits every width.", frame),
        Code("script", "Frame and script", "The script makes the frame exactly as high as the chart.", f"{frame}\n{script}"),
        Code("picture", "Picture", "For newsletters and wherever frames are stripped. A picture is always the latest.", picture),
        Code(
            "element", "Web component", "For pages whose scripts you write; shows a link until the script has run.", f"{script}\n{element}"
        ),
    )
