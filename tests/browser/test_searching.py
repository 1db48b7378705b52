"""The search is loaded for those who search: nothing of it before, all of it at the first turn to it, and what failed is tried again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.browsing import (
    ALL_PAGES,
    ENGINE,
    FINDS,
    OPENS,
    SEARCH,
    SUB_PATH,
    Watched,
    eventually,
    index_of,
    kinds,
    search,
)
from playwright.sync_api import Locator, Page, Route, expect

from explainer.common.problems import Problems
from explainer.publish.catalogue import OURS, read_catalogues
from explainer.read.files import Folder

Visit = Callable[..., Watched]

INDEX = re.compile(r"/search(/search_index)?\.json$")
OF_SEARCH = re.compile(r"/search(/search_index)?\.json$|/workers/|/lunr/|/searching\.js$")
WORDS = "contract payment"
CATALOGUES = read_catalogues(Folder(OURS), "languages", Problems())
LANGUAGES = pytest.mark.parametrize(
    "language", ["", "uk/", pytest.param("ru/", marks=pytest.mark.audit)]
)
MATERIAL = pytest.mark.skipif(
    ENGINE != "mkdocs", reason="the other engine's search has no such way to it"
)


def loaded(watched: Watched) -> list[str]:
    """The parts of the search that a page has asked for."""
    return [url for url in watched.requests if OF_SEARCH.search(url)]


def hrefs(found: Locator) -> list[str]:
    """Where the links that were found lead, once they are shown; for words that were put in at once they come together."""
    expect(found.first).to_be_visible()
    return list(found.evaluate_all("all => all.slice(0, 10).map(one => one.getAttribute('href'))"))


@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_that_nobody_searches_on_loads_nothing_of_the_search(
    visit: Visit, site: Path, width: int
) -> None:
    """On a page of each kind, scrolled, a number opened and the theme switched, neither the index nor the worker is asked for.

    On a push each kind is opened at one of the two widths, by turns.
    """
    watched = visit(width=width)
    opened = [
        (kind, path)
        for kind, path in kinds(site, middling=True).items()
        if not kind.startswith(("explore", "embed"))
    ]
    for kind, path in opened if ALL_PAGES else opened[width == 360 :: 2]:
        page = watched.goto(path)
        page.mouse.wheel(0, 900)
        for number in page.locator(".num-value:visible").all()[:1]:
            number.click()
            page.keyboard.press("Escape")
        page.locator("[title^='Switch to']:visible").click()
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


@pytest.mark.parametrize(
    ("way", "width"),
    [
        pytest.param(clicked, 1280, marks=pytest.mark.audit),
        (clicked, 360),
        (slashed, 1280),
        pytest.param(tabbed, 1280, marks=MATERIAL),
    ],
)
def test_the_first_search_finds_all_that_there_is(
    visit: Visit, way: Callable[[Page], None], width: int
) -> None:
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


IN_VIEW = """() => {
  const header = document.querySelector(".md-header").getBoundingClientRect().bottom;
  return [...document.querySelectorAll("article mark[data-md-highlight]")].some(mark => {
    const box = mark.getBoundingClientRect();
    if (!mark.checkVisibility() || box.top < header || box.bottom > innerHeight) return false;
    const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return mark.contains(seen) || seen.contains(mark);
  });
}"""
"""Whether a mark stands in the window, below the header, under nothing."""


ON_A_PUSH = [("", "Путин"), ("uk/", "Зеленський"), ("", "Zelenskyy"), ("ru/", "261000")]
SEARCHED = [*ON_A_PUSH, ("", "WSJ"), ("ru/", "путин"), ("", "30,000"), ("", "2024")]
BY_TURNS = [
    pytest.param(
        *searched,
        width,
        marks=() if searched in ON_A_PUSH and (row + column) % 2 == 0 else pytest.mark.audit,
    )
    for row, searched in enumerate(SEARCHED)
    for column, width in enumerate((360, 1280))
]
"""Names and a number, each in one of two windows, on a push; all words in both in the audit."""


@MATERIAL
@pytest.mark.parametrize(("language", "word", "width"), BY_TURNS)
def test_the_first_result_leads_to_a_mark(
    visit: Visit, language: str, word: str, width: int
) -> None:
    """The page of the first result shows what was searched for, if need be in a fold that opens."""
    page = visit(width=width, searched=True).goto(language)
    search(page, word).first.click()
    page.wait_for_url("**h=*")
    expect(page.locator("article mark[data-md-highlight]").first).to_be_attached()
    assert eventually(lambda: page.evaluate(IN_VIEW), bool)


FOLDED = """<details id="outer"><summary>Outer</summary><details id="inner"><summary>Inner</summary>
<p id="first">It says zyzzyva.</p></details></details><details id="later"><summary>Later</summary><p>A zyzzyva.</p></details>"""


def folded(page: Page, address: str, after: str) -> None:
    """Open an address whose page ends in folds with the word "zyzzyva" in them, and more after."""

    def answer(route: Route) -> None:
        body = route.fetch().text()
        assert "</article>" in body
        text = FOLDED + after
        route.fulfill(
            body=body.replace("</article>", f"{text}</article>", 1),
            content_type="text/html; charset=utf-8",
        )

    page.route(re.compile(r"/method/(\?.*)?$"), answer)
    page.goto(address, wait_until="load")
    expect(page.locator("article mark[data-md-highlight]").first).to_be_attached()
    assert eventually(lambda: page.evaluate(IN_VIEW), bool)


@MATERIAL
@pytest.mark.parametrize(
    ("after", "anchor", "opened"),
    [
        ("", "", ["outer", "inner"]),
        ("<p>Plain zyzzyva.</p>", "", []),
        ("", "#later", ["later"]),
        ("<details id=own><summary>The zyzzyva</summary>Text</details>", "", []),
    ],
    ids=["all folded", "one in the open", "at an anchor", "in a summary"],
)
def test_a_fold_opens_where_no_mark_is_seen(
    visit: Visit, after: str, anchor: str, opened: list[str]
) -> None:
    """The folds around the first mark open, however deep; none where a mark can be seen without."""
    watched = visit(searched=True)
    folded(watched.page, f"{watched.base}method/?h=zyzzyva{anchor}", after)
    folds = ["outer", "inner", "later"]
    assert [
        fold for fold in folds if watched.page.locator(f"#{fold}").evaluate("one => one.open")
    ] == opened


@MATERIAL
def test_a_reader_who_has_begun_to_read_is_not_moved(visit: Visit) -> None:
    """Who turns the wheel before the marks are there stays in place; the fold opens all the same."""
    watched = visit(searched=True)
    page = watched.page
    held: list[Route] = []
    page.route(INDEX, lambda route: held.append(route))  # noqa: PLW0108
    page.goto(f"{watched.base}recruits-a-month/?h=Zelensky", wait_until="load")
    page.mouse.wheel(0, 300)
    assert eventually(lambda: page.evaluate("scrollY"), lambda at: at == 300) == 300
    assert eventually(lambda: len(held), bool)
    held[0].continue_()
    expect(page.locator("details[open] mark[data-md-highlight]").first).to_be_visible()
    watched.settle()
    assert page.evaluate("scrollY") == 300


@LANGUAGES
def test_what_is_offered_where_nothing_was_found_is_said(visit: Visit, language: str) -> None:
    """Before the ways on stands what they are, in the page's language; it is their name as well."""
    page = visit(searched=True).goto(language)
    search(page, "xyzzyq")
    said = said_in(language, "search_ways")
    expect(page.get_by_role("navigation", name=said).get_by_role("link").first).to_be_visible()
    expect(page.locator(".search-ways p")).to_have_text(said)
    expect(page.locator(".search-ways p")).to_be_visible()


def test_the_page_of_a_wrong_address_says_what_it_offers(visit: Visit) -> None:
    """On the page of a wrong address the ways on have their words too."""
    page = visit(searched=True).goto("404.html")
    search(page, "xyzzyq")
    expect(page.locator(".search-ways p")).to_have_text(said_in("", "search_ways"))
    expect(page.locator(".search-ways a").first).to_be_visible()


@LANGUAGES
def test_a_slow_search_says_that_it_is_loading(visit: Visit, language: str) -> None:
    """While the index is on its way a status says so in the page's language; what was typed meanwhile is found when it has come."""
    page = visit(searched=True).goto(language)
    held: list[Route] = []
    page.route(INDEX, lambda route: held.append(route))  # noqa: PLW0108
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
    watched.faults[:] = [
        fault
        for fault in watched.faults
        if not INDEX.search(fault.partition(" (")[0]) and "ERR_FAILED" not in fault
    ]


def test_neighbouring_phrases_do_not_run_together(site: Path) -> None:
    """In the search's index the heads of a table, and the parts of a line of evidence, are words of their own."""
    texts = [entry["text"] for entry in index_of(site)]
    sections = CATALOGUES["en"].sections
    for phrase in (str(sections["words"]["head_voice"]), str(sections["pages"]["place_on_page"])):
        before = [
            text[found.start() - 1]
            for text in texts
            for found in re.finditer(re.escape(phrase), text)
            if found.start()
        ]
        assert before, phrase
        assert {letter for letter in before if not letter.isspace() and letter != ">"} == set(), (
            phrase
        )


@MATERIAL
@pytest.mark.parametrize(
    ("language", "forms"), [("ru/", ("призыв", "призыва")), ("uk/", ("призов", "призову"))]
)
def test_a_page_s_own_language_is_found_first(
    visit: Visit, language: str, forms: tuple[str, str]
) -> None:
    """Forms of a word find the same number of pages, those in the page's language before all others."""
    page = visit(searched=True).goto(language)
    said = []
    for word in forms:
        search(page, word)
        expect(page.locator(".md-search-result__meta")).to_have_text(re.compile(r"\d"))
        said.append(page.locator(".md-search-result__meta").inner_text())
        own = [
            f"/{SUB_PATH}{language}" in address
            for address in hrefs(page.locator(".md-search-result__item > a"))
        ]
        assert own == sorted(own, reverse=True), word
        assert own[0], word
        page.locator(SEARCH).fill("")
        expect(page.locator(FINDS)).to_have_count(0)
    assert said[0] == said[1]


def test_the_index_is_small(site: Path) -> None:
    """All that can be searched for is less than a kilobyte a section, and each page is in it."""
    index = index_of(site)
    assert sum(len(json.dumps(entry, ensure_ascii=False).encode()) for entry in index) < 1000 * len(
        index
    )
    pages = {entry["location"] for entry in index if "#" not in entry["location"]}
    for room in ("facts", "sources", "charts"):
        assert {
            f"{room}/{path.parent.name}/" for path in (site / room).glob("*/index.html")
        } <= pages
