"""What the theme does for a reader: search, the dark theme, and paper."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.browsing import Watched, finish_transitions, html_paths, index_of, search
from playwright.sync_api import expect

Visit = Callable[..., Watched]


def test_search_finds_a_fact(visit: Visit, site: Path) -> None:
    """Words of a question, typed into the search box, find its fact; nothing leaves the site."""
    files = sorted((site / "facts").glob("*.json"))
    record = json.loads(random.Random(1).choice(files).read_text(encoding="utf-8"))
    words = sorted(re.findall(r"[A-Za-z]{4,}", record["question"]), key=len)[-4:]
    watched = visit(searched=True)
    page = watched.goto()
    found = search(page, " ".join(words))
    result = found.and_(page.locator(f'[href*="facts/{record["id"]}/"]')).first
    expect(result).to_be_visible()
    result.click()
    page.wait_for_url(f"**/facts/{record['id']}/**")
    expect(page.locator("h1")).to_have_text(record["question"])
    assert [url for url in watched.requests if url.endswith(("search_index.json", "search.json"))]


def test_search_does_not_find_popovers(site: Path) -> None:
    """Popovers repeat what facts say, so the index holds none of them."""
    words = "Open the fact and all its evidence"
    found = [entry["location"] for entry in index_of(site) if words in entry["text"]]
    assert not found, f"{len(found)} sections hold words of popovers: {found[:5]}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_can_be_switched(visit: Visit, site: Path, scheme: str) -> None:
    """The switch turns light to dark or dark to light, at once and on the next page."""
    page = visit(color_scheme=scheme).goto()
    other = {"light": "slate", "dark": "default"}[scheme]
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("[title^='Switch to']:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", other)
    finish_transitions(page)
    after = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert before != after
    page.goto(page.url + next(path for path in html_paths(site) if path.startswith("facts/")))
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", other)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == after


def test_until_a_choice_the_page_follows_the_system(visit: Visit) -> None:
    """Where nobody has switched, a page turns dark and light with the system, and the switch offers the other each time."""
    page = visit(color_scheme="light").goto()
    switch = page.locator("[title^='Switch to']:visible")
    light = str(switch.get_attribute("title"))
    page.emulate_media(color_scheme="dark")
    expect(switch).not_to_have_attribute("title", light)
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark", (
        "the bars of the window too"
    )
    page.emulate_media(color_scheme="light")
    expect(switch).to_have_attribute("title", light)
    switch.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_paper_shows_the_chart_and_no_buttons(visit: Visit, site: Path) -> None:
    """In print the drawing stays, and what can only be pressed goes."""
    path = next(path for path in html_paths(site) if path.startswith("charts/"))
    page = visit(width=794).goto(path)
    page.emulate_media(media="print")
    expect(page.locator("figure.chart .drawing-wide svg")).to_be_visible()
    expect(page.locator("figure.chart .chart-source")).to_be_visible()
    for chrome in (".md-header", ".md-tabs", ".md-search", ".chart-explore", ".pop-close"):
        for one in page.locator(chrome).all():
            expect(one).to_be_hidden()


def test_paper_keeps_numbers_and_sources(visit: Visit, site: Path) -> None:
    """In print every number and every note of a page is there, in dark ink."""
    pages = [
        path
        for path in html_paths(site)
        if 'class="footnote-ref"' in (site / path / "index.html").read_text(encoding="utf-8")
    ]
    page = visit(width=794, color_scheme="dark").goto(pages[0])
    page.emulate_media(media="print")
    finish_transitions(page)
    numbers = page.locator(".num-value").all()
    assert numbers
    for one in numbers[:10]:
        expect(one).to_be_visible()
        ink = one.evaluate("one => getComputedStyle(one).color")
        assert sum(map(int, re.findall(r"\d+", ink)[:3])) < 380, f"{ink} on white paper"
    notes = page.locator(".footnote li").all()
    assert notes
    for note in notes:
        expect(note).to_be_visible()
