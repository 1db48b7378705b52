"""Every page, opened: nothing fails, nothing is asked of another host, and nothing has to be scrolled sideways."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.browsing import ALL_PAGES, KINDS, SITE_URL, Watched, html_paths, kinds
from playwright.sync_api import Page

CHUNKS = 4
SAMPLE = 24
Visit = Callable[..., Watched]


def sideways(page: Page) -> str:
    """What sticks out of the window to the right, if the page as a whole can be scrolled there; else nothing."""
    return page.evaluate(
        """() => { const root = document.documentElement, room = root.clientWidth;
          if (root.scrollWidth <= room) return "";
          const out = [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > room + 1);
          return `${root.scrollWidth} px in ${room}: ` + out.slice(0, 3).map(one => one.outerHTML.slice(0, 120)).join(" | "); }"""
    )


def open_kind(watched: Watched, site: Path, kind: str, *, middling: bool = False) -> Page:
    """Open the page of a kind."""
    if kind != "404":
        return watched.goto(kinds(site, middling=middling)[kind])
    watched.expected_missing = f"{watched.base}no/such/page/"
    return watched.goto("no/such/page/")


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("dark", 360),
        ("light", 1280),
        *(pytest.param(*way, marks=pytest.mark.audit) for way in [("light", 360), ("dark", 1280)]),
    ],
)
def test_a_page_of_each_kind(visit: Visit, site: Path, scheme: str, width: int) -> None:
    """A page of each kind loads whole, in both themes, on a phone and on a desk; in one of these ways with all that can be searched."""
    watched = visit(
        width=width, color_scheme=scheme, searched=ALL_PAGES or (scheme, width) == ("light", 1280)
    )
    for kind in KINDS:
        page = open_kind(watched, site, kind)
        assert page.locator("h1").first.inner_text().strip(), kind
        ground = page.evaluate(_GROUND).removeprefix("rgb(").removesuffix(")").split(", ")
        assert (sum(map(int, ground)) < 200) == (scheme == "dark"), (
            f"the {scheme} page of the kind {kind} stands on rgb({ground})"
        )
        assert not watched.faults, f"{kind}: {watched.faults}"


_GROUND = """[document.body, document.querySelector('main')].map(one => getComputedStyle(one).backgroundColor)
  .find(colour => !colour.startsWith('rgba'))"""


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_sample_of_pages(visit: Visit, site: Path, chunk: int) -> None:
    """Any page loads whole and fits a phone; ``EXPLAINER_ALL_PAGES=1`` opens all of them."""
    paths = html_paths(site)
    if not ALL_PAGES:
        paths = random.Random(20250707).sample(paths, min(SAMPLE, len(paths)))
    watched = visit(width=360, height=740)
    for path in paths[chunk::CHUNKS]:
        page = watched.goto(path)
        assert page.locator("h1").count() == 1, (
            f"{path or 'the home page'} has {page.locator('h1').count()} first headings"
        )
        out = sideways(page)
        assert not out, f"{path}: {out}"
        assert not watched.faults, f"{path}: {watched.faults}"


def test_no_scrolling_sideways_at_320(visit: Visit, site: Path) -> None:
    """The narrowest phones show each kind of page without scrolling sideways, everything on it unfolded."""
    watched = visit(width=320, height=640)
    for kind in KINDS:
        page = open_kind(watched, site, kind)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert not sideways(page), kind


@pytest.mark.parametrize("path", ["", "uk/", "ru/"])
def test_the_first_page_is_laid_out_for_a_desk(visit: Visit, path: str) -> None:
    """On a desk nothing of the first page is squeezed into a sliver, and its drawing stands on the first screen beside the numbers."""
    page = visit(width=1280, height=800).goto(path)
    parts = page.locator(".page-home > :is(p, h1, h2, figure, details, .figures)").filter(
        visible=True
    )
    widths = parts.evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().width))"
    )
    assert min(widths) > 300, widths
    drawing, numbers = (
        page.locator(each).first.bounding_box() for each in ("figure.chart", ".figures")
    )
    assert drawing is not None
    assert numbers is not None
    assert drawing["y"] < 300
    assert numbers["y"] < drawing["y"] + drawing["height"]


def test_the_sitemap_is_the_site(site: Path) -> None:
    """The sitemap lists the pages of the engine, each of which is there."""
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    listed = {part.split("</loc>")[0].removeprefix(SITE_URL) for part in text.split("<loc>")[1:]}
    engines = {path for path in html_paths(site) if not path.startswith(("explore/", "embed/"))}
    assert listed == engines


def test_a_missing_page_leads_home(visit: Visit, site: Path) -> None:
    """A wrong address below the sub-path meets the site's own page, styled, with a way home."""
    watched = visit()
    page = open_kind(watched, site, "404")
    home = page.locator("a.md-logo").first.get_attribute("href")
    assert home is not None
    assert SITE_URL.endswith(home.removesuffix(".").rstrip("/") + "/")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    ), "it has no styles"
