"""A reader finds things out: ten tasks by visible words alone, search by number and synonym, terms, paragraphs and the wrong address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browser.browsing import OPENS, SEARCH, Watched, search
from playwright.sync_api import Locator, Page, expect
from support import CASES, table

Visit = Callable[..., Watched]
TASKS = table(CASES / "reading" / "tasks.tsv")


def seen(page: Page, words: str) -> Locator:
    """The first thing on the page with exactly these words that a reader can see."""
    return page.get_by_text(words, exact=True).filter(visible=True).first


BY_TURNS = [
    pytest.param(
        *row,
        width,
        id=f"{row[0]}-{width}",
        marks=() if (index + column) % 2 == 0 else pytest.mark.audit,
    )
    for index, row in enumerate(TASKS)
    for column, width in enumerate((360, 1280))
]
"""Each task on a phone or at a desk on a push, on both in the audit."""


@pytest.mark.parametrize(("task", "answer", "also", "way", "width"), BY_TURNS)
def test_a_reader_finds_it(
    visit: Visit, task: str, answer: str, also: str, way: str, width: int
) -> None:
    """From the first page, by nothing but what can be read on the screen, in at most three clicks."""
    page = visit(width=width).goto()
    clicks = way.split(" > ")
    assert len(clicks) <= 3, task
    if answer.endswith(".csv"):
        for words in clicks[:-1]:
            seen(page, words).click()
        with page.expect_download() as download:
            seen(page, clicks[-1]).click()
        assert download.value.suggested_filename == answer
        return
    for words in clicks:
        seen(page, words).click()
    for words in filter(None, (answer, also)):
        expect(page.get_by_text(words).filter(visible=True).first, task).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "fact"),
    [
        ("160000", "spring-call-up-size"),
        ("422704", "contracts-2025"),
        ("salary", "federal-bonus"),
        ("is mobilization over", "mobilisation-in-force"),
    ],
)
def test_search_by_number_and_by_synonym(visit: Visit, typed: str, fact: str) -> None:
    """A number in plain digits, or another word for the thing, finds its fact."""
    page = visit(searched=True).goto()
    found = search(page, typed)
    expect(found.and_(page.locator(f'[href*="facts/{fact}/"]')).first).to_be_attached()


def test_a_term_explains_itself(visit: Visit) -> None:
    """A word of the glossary opens its meaning by pointer, by key and by click, moves nothing, and closes with Escape."""
    page = visit().goto("call-up/")
    term = page.locator("a.term").first
    body = page.locator(f"#{term.get_attribute('data-opens')}")
    below = page.locator("h2").first
    before = below.bounding_box()
    expect(body).to_be_hidden()
    term.hover()
    expect(body).to_be_visible()
    assert below.bounding_box() == before
    page.keyboard.press("Escape")
    expect(body).to_be_hidden()
    page.mouse.move(0, 0)
    term.focus()
    page.keyboard.press("Enter")
    expect(body).to_be_visible()
    assert "In the glossary" in body.inner_text()


def test_every_paragraph_can_be_cited(visit: Visit) -> None:
    """Each paragraph and list item of prose ends in a link to itself, and the link brings it onto the screen, marked."""
    page = visit(width=360, height=740).goto("recruits-a-month/")
    paragraphs = page.locator(".page > p:not(.checked), .page > ul > li")
    links = page.locator(".page > p > .para, .page > ul > li > .para")
    assert paragraphs.count() == links.count() > 20
    last = links.last
    page.goto(page.url.split("#")[0] + str(last.get_attribute("href")))
    expect(last).to_be_in_viewport()
    marked = page.locator(":is(p, li):has(> .para:target)")
    assert marked.evaluate("one => getComputedStyle(one).boxShadow") != "none"


def test_where_am_i_and_what_is_next(visit: Visit) -> None:
    """A page names its section and its reading time, lists its parts, and leads on to the next and back to the one before."""
    page = visit().goto("the-brief/")
    where = page.locator(".where")
    assert "The evidence" in where.inner_text()
    assert "minutes to read" in where.inner_text()
    seen(page, "On this page").click()
    expect(where.get_by_text("What is opinion")).to_be_visible()
    expect(page.locator(".md-footer__link--next")).to_contain_text("All facts")
    expect(page.locator(".md-footer__link--prev")).to_contain_text("Where sources disagree")
    assert (
        "All facts"
        in page.goto(page.url.replace("the-brief/", "facts/monthly-recruitment/")).text()
    )  # type: ignore[union-attr]
    page.locator(".where").get_by_text("All facts").click()
    expect(page.locator("h1")).to_have_text("All facts")


def test_a_wrong_address_still_tells_the_story(visit: Visit) -> None:
    """The page for a wrong address has the five numbers of the first page, each leading to its fact, and a way to the search."""
    watched = visit()
    watched.expected_missing = f"{watched.base}no/such/page/"
    page = watched.goto("no/such/page/")
    figures = page.locator(".figure-item")
    assert figures.count() == 5
    expect(page.locator(OPENS).first).to_be_visible()
    address = figures.first.locator("a").get_attribute("href")
    assert address is not None
    assert "/facts/monthly-recruitment/" in address


def test_a_wrong_address_opens_the_search_on_a_phone(visit: Visit) -> None:
    """Where the search is folded away, the page for a wrong address opens it."""
    watched = visit(width=360, height=740)
    watched.expected_missing = f"{watched.base}no/such/page/"
    page = watched.goto("no/such/page/")
    page.get_by_text("Search this site").click()
    expect(page.locator(SEARCH)).to_be_in_viewport()


def test_without_scripts_nothing_promises_them(visit: Visit) -> None:
    """Without JavaScript the search box is not shown, a term leads to the glossary, and every page is in reach below."""
    page = visit(java_script_enabled=False).goto()
    expect(page.locator(".md-search")).to_be_hidden()
    expect(page.locator(".site-map").get_by_text("Glossary")).to_be_visible()
    term = page.locator("a.term").first
    explained = f"#{str(term.get_attribute('href')).partition('#')[2]}"
    term.click()
    expect(page.locator(explained)).to_be_in_viewport()


def test_paper_is_handed_out(visit: Visit) -> None:
    """On paper the first page holds its numbers and drawings, and nothing that can only be pressed."""
    page = visit().goto()
    page.emulate_media(media="print")
    for hidden in (".site-map", ".md-tabs", ".para", ".chart-explore"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.locator(".figure-value").count() == 5
    for figure in page.locator(".figure-value").all():
        expect(figure).to_be_visible()


def test_a_number_or_term_and_the_mark_behind_it_stay_on_one_line(visit: Visit) -> None:
    """At no width of a phone does a comma or a full stop begin the line below the word that it follows."""
    page = visit().goto("recruits-a-month/")
    parted = """() => {
        const followed = [...document.querySelectorAll(".num-value, .term")].filter(
            one => one.nextSibling && /^[,.;:!?]/.test(one.nextSibling.data || ""));
        return [followed.length, followed.filter(one => {
            const mark = document.createRange();
            mark.setStart(one.nextSibling, 0);
            mark.setEnd(one.nextSibling, 1);
            return Math.abs([...one.getClientRects()].at(-1).bottom - mark.getClientRects()[0].bottom) > 8;
        }).map(one => one.textContent)]; }"""
    for width in range(320, 420, 4):
        page.set_viewport_size({"width": width, "height": 740})
        followed, apart = page.evaluate(parted)
        assert followed
        assert apart == []
