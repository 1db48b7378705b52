"""Few things that are counted, and early years, as "Explore" draws them: no half of a thing on an axis, and the page's own years."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hard_project import build
from playwright.sync_api import Browser, Page
from serving import online
from support import eventually, once

TICKS = ".xtick text, .ytick text"
WHOLE = """() => {
  const said = [...document.querySelectorAll(".xtick text, .ytick text")].map(one => one.textContent);
  return said.length > 1 && !said.some(text => /\\d\\.\\d/.test(text));
}"""
ZOOM = """axis => {
  const host = document.getElementById("explore");
  return window.Plotly.relayout(host, {[axis + ".range"]: [0, 2]});
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site of odd letters and few counts stands."""
    with online(once(tmp_path_factory, "hard", build) / "www", missing="ferry/404.html") as found:
        yield found


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page, which opens one chart after the other: so Plotly is compiled once."""
    made = browser.new_context().new_page()
    yield made
    made.context.close()


def ticks(page: Page) -> list[str]:
    """The numbers on both axes, once it is drawn."""
    page.locator("#explore svg.main-svg").first.wait_for()
    return page.locator(TICKS).all_text_contents()


@pytest.mark.parametrize("kind", ["columns", "steps", "dots", "ranges"])
@pytest.mark.parametrize("name", ["few", "below", "early"])
def test_no_half_of_a_thing(page: Page, address: str, kind: str, name: str) -> None:
    """Neither as it opens nor where a reader looks closely an axis of counts has a fraction; and it has numbers."""
    page.goto(f"{address}/ferry/explore/{kind}-{name}/")
    assert eventually(lambda: page.evaluate(WHOLE), bool)
    page.evaluate(ZOOM, "yaxis" if kind in ("columns", "steps") else "xaxis")
    assert eventually(lambda: page.evaluate(WHOLE), bool)
    assert {"0", "1", "2"} <= set(ticks(page))


@pytest.mark.parametrize("kind", ["columns", "steps", "dots", "ranges"])
def test_fractions_stay_fractions(page: Page, address: str, kind: str) -> None:
    """Where values are no whole numbers, the axis is as fine as Plotly makes it."""
    page.goto(f"{address}/ferry/explore/{kind}-pieces/")
    assert [each for each in ticks(page) if re.search(r"\d\.\d", each)]


@pytest.mark.parametrize("kind", ["steps", "timeline"])
def test_years_are_called_as_on_the_page(page: Page, address: str, kind: str) -> None:
    """The axis says "1 AD" and "1500", and nothing with a minus or a nought before it; every point lies within it."""
    page.goto(f"{address}/ferry/explore/{kind}-early/")
    said = ticks(page)
    assert "1 AD" in said
    assert not [each for each in said if re.search(r"[-−]\d|\b0\d{3}", each)]
    assert page.locator("#explore .point").count() >= 3
