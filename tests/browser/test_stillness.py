"""Nothing moves under a reader's eyes while a page loads."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.browsing import ALL_PAGES, SUB_PATH, kinds
from playwright.sync_api import Browser
from serving import Pieces, arriving

WIDTHS = (320, 360, 480, 600, 737, 768, 900, 1000, 1100, 1219, 1221, 1280, 1440, 1600)
_SHIFTS = """window.shifts = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries())
    shifts.push([entry.value, ...entry.sources.map(one => one.node?.nodeName + "." + (one.node?.className ?? ""))]);
}).observe({type: "layout-shift", buffered: true});"""


_PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.mark.parametrize("height", [800, 5000])
def test_no_page_shifts(browser: Browser, www: Path, site: Path, height: int) -> None:
    """A page of each kind stands still while it arrives piece by piece, in a window and seen whole; in an audit at every width.

    On a push the first page and those of charts, which have most that could move, are opened at several widths, the others at one.
    """
    paths = [
        path
        for kind, path in kinds(site).items()
        if not kind.startswith(("404", "sources/x", "explore"))
    ]
    context = browser.new_context()
    context.add_init_script(_SHIFTS)
    pieces = Pieces(16)
    with arriving(www, pieces) as address:
        for index, path in enumerate([*paths, "charts/contract-totals/"]):
            step = (
                1
                if ALL_PAGES
                else 4
                if not path
                else 7
                if path.startswith("charts/")
                else len(WIDTHS)
            )
            for width in WIDTHS[(index + (height > 800)) % step :: step]:
                page = context.new_page()
                page.set_viewport_size({"width": width, "height": height})
                pieces.sent.clear()
                page.goto(f"{address}/{SUB_PATH}{path}", wait_until="commit")
                while not pieces.sent.is_set():
                    page.evaluate(_PAINTED)
                    pieces.wanted.release()
                page.wait_for_load_state("load")
                page.evaluate(_PAINTED)
                assert page.evaluate("shifts") == [], f"{path or 'home'} at {width}"
                page.close()
    context.close()
