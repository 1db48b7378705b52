"""Hostile words in a real Chromium: nothing runs, nothing is asked of another host, no policy is violated."""

from __future__ import annotations

import pytest
from browser.browsing import ALL_PAGES, SUB_PATH, Watched, html_paths, kinds, search, served
from hostile import HOSTILE, SITES, build_hostile, read_record
from playwright.sync_api import Browser
from support import once

PRESS = """() => {
  for (const one of document.querySelectorAll("summary, button:not(.chart-explore)")) one.click();
  for (const one of document.querySelectorAll(":popover-open")) one.hidePopover();
  for (const one of document.querySelectorAll("a, button, input, summary, [tabindex]")) one.focus({preventScroll: true});
  for (const one of document.querySelectorAll("[title], svg a, .term")) one.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
}"""
ODD = """() => [...document.querySelectorAll("article script, article img, base[href], object, embed, math, [onload], [onerror], [onfocus]")]
  .map(one => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("payload", HOSTILE)
def test_nothing_runs(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, payload: str
) -> None:
    """A page of each kind, everything on it pressed, focused and hovered, and the search asked: words stay words."""
    folder = once(
        tmp_path_factory,
        f"hostile-{payload}",
        lambda to: build_hostile(SITES[payload], to, SUB_PATH),
    )
    assert read_record(folder)[0] == 0, read_record(folder)[1]
    site = folder / "www" / SUB_PATH
    with served(folder / "www") as address:
        context = browser.new_context()
        watched = Watched(context.new_page(), address)
        for path in (
            html_paths(site)
            if ALL_PAGES
            else [path for kind, path in kinds(site).items() if kind != "404"]
        ):
            page = watched.goto(path)
            if (
                path.startswith("explore/") and page.locator("#explore").count()
            ):  # else the notice of a withdrawn chart
                page.locator("#explore svg.main-svg").first.wait_for()
                assert (
                    page.locator("#explore a[href], #explore image, #explore script").count() == 0
                )
            page.evaluate(PRESS)
            watched.settle()
            assert page.evaluate(ODD) == [], path
        _search(watched)
        context.close()
    assert not watched.faults, watched.faults


def _search(watched: Watched) -> None:
    """Ask the search for what stands beside every payload: what it finds is shown as words."""
    page = watched.goto()
    search(page, "library").first.wait_for()
    watched.settle()
    wrong = ":is(script, img, svg[onload], iframe, [onerror], [onfocus], a[href^='javascript'])"
    bad = page.locator(f".md-search-result {wrong}, dialog {wrong}")
    assert bad.count() == 0, bad.first.evaluate("one => one.outerHTML.slice(0, 200)")
