"""Asking axe what it finds on a page as it stands, and turning that page to the other theme."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that look at colours; the others find the same in either theme."""


def findings(page: Page | Frame, within: str | None = None, **options: object) -> list[str]:
    """What axe finds, grave or slight, and where; ``within`` selects a part of the page."""
    found = (
        Axe()
        .run(page, within, options={"resultTypes": ["violations"], **options})
        .response["violations"]
    )
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {[str(node['target']) for node in one['nodes'][:3]]}"
        for one in found
    ]


def turned(page: Page, scheme: str) -> None:
    """The page as it stands, in the other theme, which is set as the theme's own switch sets it; nothing moves any more."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate(
        """to => { if (document.body.dataset.mdColorScheme) document.body.dataset.mdColorScheme = to;
          document.body.getBoundingClientRect(); document.getAnimations().forEach(one => one.finish()); }""",
        "slate" if scheme == "dark" else "default",
    )
