"""The search is loaded for those who search: nothing of it before, all of it at the first turn to it, and what failed is tried again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.browsing import ENGINE, FINDS, OPENS, SEARCH, SUB_PATH, Watched, index_of, kinds, search
from playwright.sync_api import Locator, Page, Route, expect

from explainer.problems import Problems
from explainer.reading.files import Folder
from explainer.wording.catalogue import OURS, read_catalogues

Visit = Callable[..., Watched]

INDEX = re.compile(r"/search(/search_index)?\.json$")
OF_SEARCH = re.compile(r"/search(/search_index)?\.json$|/workers/|/lunr/|/searching\.js$")
WORDS = "contract payment"
CATALOGUES = read_catalogues(Folder(OURS), "languages", Problems())
MATERIAL = pytest.mark.skipif(ENGINE != "mkdocs", reason="the other engine's search has no such way to it")


def loaded(watched: Watched) -> list[str]:
    """The parts of the search that a page has asked for."""
    return [url for url in watched.requests if OF_SEARCH.search(url)]


def hrefs(found: Locator) -> list[str]:
    """Where the links that were found lead, once they are shown; for words that were put in at once they come together."""
    expect(found.first).to_be_visible()
    return list(found.evaluate_all("all => all.slice(0, 10).map(one => one.getAttribute('href'))"))


@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_that_nobody_searches_on_loads_nothing_of_the_search(visit: Visit, site: Path, width: int) -> None:
    """On a page of each kind, scrolled, a number opened and the theme switched, neither the index nor the worker is asked for."""
    watched = visit(width=width)
    for kind, path in kinds(site, middling=True).items():
        if kind.startswith(("explore", "embed")):
            continue
        page = watched.goto(path)
        page.mouse.wheel(0, 900)
        for number in page.locator(".num-value:visible").all()[:1]:
            number.click()
            page.keyboard.press("Escape")
        page.locator("label[title^='Switch to']:visible").click()
        watched.settle()
        assert not loaded(watched), kind


def said_in(folder: str, key: str) -> str:
    """A word of the theme in the language of a folder of pages."""
    return str(CATALOGUES[folder.strip("/") or "en"].sections["theme"][key])


def clicked(page: Page) -> None:
    """Press the field, or the button where it is folded away."""
    page.locator(OPENS).first.click()


def slashed(page: Page) -> None:
    """Press the key for the search."""
    page.keyboard.press("/")


def tabbed(page: Page) -> None:
    """Go into the field by the keyboard alone."""
    for _ in range(30):
        if page.evaluate("document.activeElement.matches('.md-search__input')"):
            return
        page.keyboard.press("Tab")


@pytest.mark.parametrize(("way", "width"), [(clicked, 1280), (clicked, 360), (slashed, 1280), pytest.param(tabbed, 1280, marks=MATERIAL)])
def test_the_first_search_finds_all_that_there_is(visit: Visit, way: Callable[[Page], None], width: int) -> None:
    """By whichever way a reader comes to the search, and however early the words, it finds what it finds when all is there before them."""
    watched, ready = visit(width=width, searched=True), visit(width=width, searched=True)
    page = watched.goto("method/")
    assert not loaded(watched)
    way(page)
    page.locator(SEARCH).fill(WORDS)
    first = hrefs(page.locator(FINDS))
    search(ready.goto("method/"), "Medvedev")
    hrefs(ready.page.locator(FINDS))
    ready.page.locator(SEARCH).fill("")
    expect(ready.page.locator(FINDS)).to_have_count(0)
    ready.page.locator(SEARCH).fill(WORDS)
    assert first == hrefs(ready.page.locator(FINDS))
    assert loaded(watched)


@MATERIAL
def test_addresses_with_words_to_find_or_to_mark_work(visit: Visit) -> None:
    """``?q=`` opens the search with its words, ``?h=`` marks them in the page, each without a press."""
    page = visit(searched=True).goto("?q=contract")
    expect(page.locator(SEARCH)).to_have_value("contract")
    assert hrefs(page.locator(FINDS))
    page = visit(searched=True).goto("method/?h=source")
    expect(page.locator("mark[data-md-highlight]:visible").first).to_be_visible()


@pytest.mark.parametrize("language", ["", "uk/", "ru/"])
def test_a_slow_search_says_that_it_is_loading(visit: Visit, language: str) -> None:
    """While the index is on its way a status says so in the page's language; what was typed meanwhile is found when it has come."""
    page = visit(searched=True).goto(language)
    held: list[Route] = []
    page.route(INDEX, lambda route: held.append(route))  # noqa: PLW0108 - a method of a list cannot be a handler
    page.locator(OPENS).first.click()
    said = page.get_by_role("status").get_by_text(said_in(language, "search_loading"))
    expect(said).to_be_visible()
    if ENGINE == "mkdocs":
        page.locator(SEARCH).fill("2024")
    held[0].continue_()
    if ENGINE != "mkdocs":
        page.locator(SEARCH).fill("2024")
    assert hrefs(page.locator(FINDS))
    expect(said).to_be_hidden()


def test_a_search_that_failed_is_tried_again(visit: Visit) -> None:
    """Without a network the search says that it could not be loaded; the next turn to it loads it."""
    watched = visit(searched=True)
    page = watched.goto()
    page.route(INDEX, lambda route: route.abort())
    page.locator(OPENS).first.click()
    expect(page.get_by_role("status").get_by_text(said_in("", "search_failed"))).to_be_visible()
    page.unroute(INDEX)
    if ENGINE != "mkdocs":  # there the second press closes what the first was to open
        page.locator(OPENS).first.click()
        page.locator(OPENS).first.click()
    page.locator(SEARCH).press_sequentially("2024")
    assert hrefs(page.locator(FINDS))
    watched.settle()
    watched.faults[:] = [fault for fault in watched.faults if not INDEX.search(fault.partition(" (")[0]) and "ERR_FAILED" not in fault]


def test_neighbouring_phrases_do_not_run_together(site: Path) -> None:
    """In the search's index the heads of a table, and the parts of a line of evidence, are words of their own."""
    texts = [entry["text"] for entry in index_of(site)]
    sections = CATALOGUES["en"].sections
    for phrase in (str(sections["words"]["head_voice"]), str(sections["pages"]["place_on_page"])):
        before = [text[found.start() - 1] for text in texts for found in re.finditer(re.escape(phrase), text) if found.start()]
        assert before, phrase
        assert {letter for letter in before if not letter.isspace() and letter != ">"} == set(), phrase


@MATERIAL
@pytest.mark.parametrize(("language", "forms"), [("ru/", ("призыв", "призыва")), ("uk/", ("призов", "призову"))])
def test_a_page_s_own_language_is_found_first(visit: Visit, language: str, forms: tuple[str, str]) -> None:
    """Forms of a word find the same number of pages, those in the page's language before all others."""
    page = visit(searched=True).goto(language)
    said = []
    for word in forms:
        search(page, word)
        expect(page.locator(".md-search-result__meta")).to_have_text(re.compile(r"\d"))
        said.append(page.locator(".md-search-result__meta").inner_text())
        own = [f"/{SUB_PATH}{language}" in address for address in hrefs(page.locator(".md-search-result__item > a"))]
        assert own == sorted(own, reverse=True), word
        assert own[0], word
        page.locator(SEARCH).fill("")
        expect(page.locator(FINDS)).to_have_count(0)
    assert said[0] == said[1]


def test_the_index_is_small(site: Path) -> None:
    """All that can be searched for is less than a kilobyte a section, and each page is in it."""
    index = index_of(site)
    assert sum(len(json.dumps(entry, ensure_ascii=False).encode()) for entry in index) < 1000 * len(index)
    pages = {entry["location"] for entry in index if "#" not in entry["location"]}
    for room in ("facts", "sources", "charts"):
        assert {f"{room}/{path.parent.name}/" for path in (site / room).glob("*/index.html")} <= pages
