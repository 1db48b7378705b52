"""Nothing moves under a reader's eyes while a page loads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser.browsing import ALL_PAGES, Watched, kinds

Visit = Callable[..., Watched]
WIDTHS = (320, 360, 480, 600, 737, 768, 900, 1000, 1100, 1219, 1221, 1280, 1440, 1600)
_SHIFTS = """window.shifts = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries())
    shifts.push([entry.value, ...entry.sources.map(one => one.node?.nodeName + "." + (one.node?.className ?? ""))]);
}).observe({type: "layout-shift", buffered: true});"""


@pytest.mark.parametrize("height", [800, 5000])
def test_no_page_shifts(visit: Visit, site: Path, height: int) -> None:
    """A page of each kind stands still from its first paint, at every width, in a window and seen whole."""
    paths = [path for kind, path in kinds(site).items() if not kind.startswith(("404", "sources/x", "explore"))]
    for index, path in enumerate([*paths, "charts/contract-totals/"]):
        step = 1 if ALL_PAGES else 3 if path.startswith("charts/") else 7
        for width in WIDTHS[(index + height) % step :: step]:
            watched = visit(width, height)
            watched.page.add_init_script(_SHIFTS)
            page = watched.goto(path)
            watched.settle()
            assert page.evaluate("shifts") == [], f"{path} at {width}"
