"""Pages that were saved, and pages in a browser without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser.browsing import Watched, kinds
from playwright.sync_api import Browser

Visit = Callable[..., Watched]


PAGES = ("", "recruits-a-month/", "charts/spring-call-up/")
BY_TURNS = [
    pytest.param(path, saved, marks=() if (row + column) % 2 == 0 else pytest.mark.audit)
    for row, path in enumerate(PAGES)
    for column, saved in enumerate((360, 1280))
]
"""Each page saved at one width on a push, at both in the audit."""


@pytest.mark.parametrize(("path", "saved"), BY_TURNS)
def test_a_saved_page_keeps_its_charts(
    visit: Visit, browser: Browser, tmp_path: Path, path: str, saved: int
) -> None:
    """Saved as one file on a phone or a desk, a page shows as many charts on either, and its numbers lead to the site."""
    watched = visit(saved)
    page = watched.goto(path)
    drawn = page.locator("svg.svg-chart:visible").count()
    snapshot = page.context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"})
    (tmp_path / "page.mhtml").write_text(snapshot["data"], encoding="utf-8")
    for width in (360, 1280):
        kept = browser.new_page(viewport={"width": width, "height": 800})
        kept.goto((tmp_path / "page.mhtml").as_uri())
        assert kept.locator("svg.svg-chart:visible").count() == drawn > 0, width
        for number in kept.locator(".num-value").all()[:3]:
            assert number.evaluate("one => one.href").startswith(f"{watched.base}facts/")
        kept.close()


@pytest.mark.parametrize("width", [320, 360])
def test_without_scripts_nothing_is_wider_than_the_window(
    visit: Visit, site: Path, width: int
) -> None:
    """Each kind of page fits a phone where no script runs."""
    watched = visit(width, 740, java_script_enabled=False)
    for kind, path in kinds(site).items():
        if kind.startswith("404"):
            continue
        page = watched.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
