"""The stylesheet is cut to what pages use; nothing that a reader can bring about has lost a rule, and without a script the scheme is right."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from browser.browsing import (
    ALL_PAGES,
    ENGINE,
    FINDS,
    OPENS,
    SEARCH,
    Watched,
    finish_transitions,
    index_of,
    kinds,
)
from playwright.sync_api import Page, expect
from support import ROOT, eventually

from explainer.assemble.styles import Block, Item, read

Visit = Callable[..., Watched]
_MET = """selectors => selectors.filter(selector => {
  const still = selector.replace(/::?-?[a-z-]+(?![\\w(-])/g, found => [":root", ":empty"].includes(found) || /child|of-type/.test(found) ? found : "")
    .replace(/:not\\(\\s*\\)/g, "").replace(/(^|[\\s>+~(,])(?=$|[\\s>+~),])/g, "$1*");
  try { return document.querySelector(still) !== null; } catch { return false; } })"""
"""The selectors that meet an element as the page stands, whatever is pointed at, in focus, checked or printed."""
_STYLES = re.compile(r"<style data-from=[^>]*>(.*?)</style>", re.DOTALL)
_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]*)">')


@cache
def whole() -> tuple[Item, ...]:
    """The rules of the engine's theme and of this site, as they were before anything was left out."""
    spec = find_spec({"mkdocs": "material", "zensical": "zensical"}[ENGINE])
    assert spec is not None
    assert spec.origin is not None
    sheets = sorted(
        path
        for path in Path(spec.origin).parent.rglob("stylesheets/**/*.css")
        if re.match(r"main|palette", path.name) and path.parent.name != "classic"
    )
    assert sheets
    texts = [
        path.read_text(encoding="utf-8")
        for path in (*sheets, ROOT / "templates" / "assets" / "explainer.css")
    ]
    return tuple(item for text in texts for item in read(text))


def rules(
    items: tuple[Item, ...], under: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each selector of each rule that says more than custom properties, with the conditions that it stands under."""
    for item in items:
        if (
            isinstance(item, Block)
            and not item.selectors
            and not item.prelude.startswith("@keyframes")
        ):
            yield from rules(item.items, (*under, item.prelude))
        elif isinstance(item, Block) and any(not str(each).startswith("--") for each in item.items):
            yield from ((under, selector) for selector in item.selectors)


def kept(watched: Watched) -> set[tuple[tuple[str, ...], str]]:
    """The rules of a page's own stylesheet, in the page or linked."""
    html = watched.page.request.get(watched.page.url).text()
    css = "".join(_STYLES.findall(html))
    for address in _SHEET.findall(html):
        css += watched.page.request.get(
            watched.page.evaluate("address => new URL(address, location.href).href", address)
        ).text()
    return _rules(css)


@lru_cache(maxsize=8)
def _rules(css: str) -> set[tuple[tuple[str, ...], str]]:
    return set(rules(read(css)))


def searched(page: Page, site: Path) -> None:
    """Search for what finds several sections of a page, other words for it, and words that are marked."""
    words = next(tag for entry in index_of(site) for tag in entry.get("tags", ()))
    page.locator(OPENS).first.click()
    page.locator(SEARCH).fill(f"{words} zzyzx")
    page.locator(SEARCH).press("End")  # the theme listens to keys, and searches at each
    expect(page.locator(FINDS).first).to_be_visible()
    if ENGINE == "mkdocs":
        expect(page.locator(".md-search-result .md-tag").first).to_be_visible()
        for more in page.locator(".md-search-result__more summary").all()[:1]:
            more.click()


def unfolded(page: Page, site: Path) -> None:  # noqa: ARG001
    """Open every fold, point and go down the page; put the other scheme on."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.mouse.wheel(0, 900)
    assert eventually(
        lambda: page.evaluate("scrollY || document.documentElement.scrollHeight <= innerHeight"),
        bool,
    )
    page.locator("[title^='Switch to']:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", re.compile("."))


def drawn_out(page: Page, site: Path) -> None:  # noqa: ARG001
    """Open the menu."""
    page.locator(".menu-open").click()
    expect(page.locator("#menu")).to_be_visible()


@pytest.mark.parametrize(
    ("state", "width"), [(searched, 1280), (searched, 360), (unfolded, 1280), (drawn_out, 360)]
)
def test_no_rule_that_meets_anything_is_left_out(
    visit: Visit, site: Path, state: Callable[[Page, Path], None], width: int
) -> None:
    """On a page of each kind, in use, every selector of the whole stylesheets that meets an element stands in the page's own.

    On a push each kind is used in two of the four ways, by turns; in an audit in all.
    """
    every = set(rules(whole()))
    watched = visit(width=width, searched=state is searched)
    opened = [
        (kind, path)
        for kind, path in kinds(site, middling=True).items()
        if not kind.startswith(("explore", "embed", "404"))
    ]
    for kind, path in opened if ALL_PAGES else opened[width == 360 :: 2]:
        page = watched.goto(path)
        state(page, site)
        watched.settle()
        met = set(page.evaluate(_MET, sorted({selector for _, selector in every})))
        assert len(met) > 150, "the test can see"
        lost = sorted(rule for rule in every - kept(watched) if rule[1] in met)
        assert not lost, f"{kind}: {lost[:8]}"


def test_most_of_the_theme_is_left_out(site: Path) -> None:
    """What readers load is less than two thirds of what the theme and this site have between them."""
    sheets = list((site / "assets" / "stylesheets").glob("site.*.css"))
    whole_size = sum(len(str(item)) for item in whole())
    assert len(sheets) == 1
    assert len(sheets[0].read_text(encoding="utf-8")) < whole_size * 2 / 3


_SHADE = "getComputedStyle(document.body).backgroundColor"


@pytest.mark.parametrize(
    ("scheme", "path"),
    [
        ("light", ""),
        ("dark", ""),
        ("light", "404.html"),
        ("dark", "method/"),
        *(
            pytest.param(*each, marks=pytest.mark.audit)
            for each in [("light", "method/"), ("dark", "404.html")]
        ),
    ],
)
def test_without_a_script_the_page_has_the_systems_scheme(
    visit: Visit, path: str, scheme: str
) -> None:
    """Ground, ink, links and the drawing's colours are those of the scheme that a switch there and back chooses, without any script."""
    colours = """() => ["body", "h1", ".md-content a", ".md-header", ".md-footer-meta", ".svg-chart .tick"].map(each => {
      const one = document.querySelector(each), style = one && getComputedStyle(one);
      return one && [style.color, style.backgroundColor, style.fill, style.colorScheme]; })"""
    watched = visit(color_scheme=scheme)
    chosen = watched.goto(path)
    expect(chosen.locator("body")).not_to_have_attribute("data-md-color-scheme", re.compile("."))
    for _ in range(2):
        chosen.locator("[title^='Switch to']:visible").click()
    expect(chosen.locator("body")).to_have_attribute(
        "data-md-color-scheme", {"light": "default", "dark": "slate"}[scheme]
    )
    chosen.mouse.move(0, 500)
    finish_transitions(chosen)
    plain = visit(color_scheme=scheme, java_script_enabled=False).goto(path)
    expect(plain.locator("body")).not_to_have_attribute("data-md-color-scheme", re.compile("."))
    assert plain.evaluate(colours) == chosen.evaluate(colours)


def test_a_reader_s_choice_stands_before_the_script(visit: Visit) -> None:
    """Who chose light on a dark system sees no dark page while the next one loads."""
    watched = visit(color_scheme="dark")
    page = watched.goto()
    page.locator("[title^='Switch to']:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    finish_transitions(page)
    light = page.evaluate(_SHADE)
    page.route(
        "**/bundle*.js",
        lambda route: route.fulfill(status=200, content_type="text/javascript", body=""),
    )
    page.goto(page.url)
    assert page.evaluate(_SHADE) == light
    assert json.loads(
        page.evaluate("JSON.stringify(matchMedia('(prefers-color-scheme: dark)').matches)")
    )
