"""The search as a hand uses it: opened, typed into, followed and closed, by tap, by mouse and by keyboard; over http and from a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser.browsing import (
    ENGINE,
    FINDS,
    OPENS,
    SEARCH,
    SUB_PATH,
    Watched,
    build,
    close_faultless,
    served,
)
from playwright.sync_api import Browser, Page, expect
from support import copy_small, lend, once, replace

PAGE = """---
title: Names
description: Names of people and places as they are written where they come from.
layout: text
---

# Names of people and places

Viktor Orbán of Zürich met Łukasz and Ørsted in the Hauptstraße. İstanbul and Đà Nẵng are far away. Ёлкин wrote to Αθήνα.

The office 国家统计局 said so, and so did 日本の防衛省 and 대한민국은. So did Міністерство оборони, وزارة الدفاع, משרד הביטחון, रक्षा मंत्रालय
and กระทรวงกลาโหม.
"""
WORDS = [
    "Orban", "ORBÁN", "Orba\u0301n", "Zurich", "Lukasz", "Orsted", "hauptstrasse", "istanbul", "İSTANBUL", "Da Nang", "елкин", "αθηνα",
    "统计局", "防衛", "한민국", "Міністерство", "الدفاع", "ביטחון", "मंत्रालय", "กลาโหม",
]  # fmt: skip
PLACES = ("http", "file")
BY_TURNS = pytest.mark.parametrize(
    ("width", "place"),
    [
        (360, "http"),
        (1280, "file"),
        *(pytest.param(*each, marks=pytest.mark.audit) for each in [(360, "file"), (1280, "http")]),
    ],
)
"""A phone with the site served and a desk with its folder on a push; both with both in the audit."""
SHOWN = ".md-search__inner, dialog[open]"


def build_names(folder: Path, good: Path) -> None:
    """Build the small project with a page of names in many scripts, below ``folder``."""
    project = lend(good, copy_small(folder / "project"))
    (project / "site_src" / "names.md").write_text(PAGE, encoding="utf-8")
    replace(
        project / "mkdocs.yml",
        "  - About: about/index.md\n",
        "  - About: about/index.md\n  - Names: names/index.md\n",
    )
    build(project, folder)


@pytest.fixture(scope="session")
def names(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The address of the site with names, served and as a folder."""
    www = once(tmp_path_factory, "names", lambda folder: build_names(folder, good)) / "www"
    with served(www) as address:
        yield {"http": address, "file": (www / SUB_PATH).as_uri() + "/"}


@pytest.fixture
def opened(browser: Browser, names: dict[str, str]) -> Iterator[Callable[..., Watched]]:
    """Opens the first page of that site: ``opened("file", width=360)``, with fingers at 360 px; any fault in it fails the test."""
    made: list[Watched] = []

    def open_one(place: str, width: int = 1280) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": 740}, has_touch=width < 500
        )
        made.append(Watched(context.new_page(), names[place]))
        made[-1].goto("index.html")
        return made[-1]

    yield open_one
    close_faultless(made)


def press(page: Page, selector: str) -> None:
    """Tap where there are fingers, click elsewhere; on what can be seen."""
    target = page.locator(selector).filter(visible=True).first
    if page.evaluate("matchMedia('(pointer: coarse)').matches || 'ontouchstart' in window"):
        target.tap()
    else:
        target.click()


def seen(page: Page, selector: str) -> None:
    """Wait until the first of these stands in the window."""
    expect(page.locator(selector).first).to_be_in_viewport()


@BY_TURNS
def test_words_of_every_script_are_found(
    opened: Callable[..., Watched], place: str, width: int
) -> None:
    """Each name is found by what a reader of the English site types for it, and is marked in what is shown."""
    page = opened(place, width).page
    press(page, OPENS)
    for word in WORDS:
        page.locator(SEARCH).fill(word)
        found = page.locator(FINDS).filter(has_text="Names of people and places")
        expect(found.or_(page.locator(f"{FINDS} >> nth=0")).first, word).to_be_visible()
        expect(page.locator(f":is({FINDS})").locator("mark").first, word).to_be_attached()
        assert "names/" in str(page.locator(FINDS).first.get_attribute("href")), word
        page.locator(SEARCH).fill("")
        expect(page.locator(FINDS)).to_have_count(0)


@BY_TURNS
def test_a_finger_or_a_mouse_opens_follows_and_closes(
    opened: Callable[..., Watched], place: str, width: int
) -> None:
    """A press opens the field, what is typed brings results into the window, a press on one leads there; another press closes."""
    page = opened(place, width).page
    press(page, OPENS)
    seen(page, SEARCH)
    page.locator(SEARCH).press_sequentially("orban")
    seen(page, FINDS)
    if ENGINE != "mkdocs":
        press(page, "dialog[open] button[aria-label='Close search']")
    elif width < 500:
        press(page, "label.md-search__icon[for=__search]")
    else:
        page.mouse.click(20, 500)
    expect(page.locator(FINDS).first).not_to_be_in_viewport()
    press(page, OPENS)
    seen(page, FINDS)
    press(page, FINDS)
    page.wait_for_url("**/names/**")
    expect(page.locator("h1")).to_have_text("Names of people and places")


@pytest.mark.parametrize(
    ("key", "place"),
    [
        *(("s", "http"), ("f", "file"))[: 2 if ENGINE == "mkdocs" else 0],
        ("/", "http"),
        *(
            pytest.param(*each, marks=pytest.mark.audit)
            for each in (("s", "file"), ("f", "http"))[: 2 if ENGINE == "mkdocs" else 0]
        ),
        pytest.param("/", "file", marks=() if ENGINE != "mkdocs" else pytest.mark.audit),
    ],
)
def test_the_keyboard_opens_follows_and_closes(
    opened: Callable[..., Watched], place: str, key: str
) -> None:
    """A key opens the field, Escape closes it, and Enter leads to the first result."""
    page = opened(place).page
    page.keyboard.press(key)
    seen(page, SEARCH)
    page.locator(SEARCH).press_sequentially("zurich")
    seen(page, FINDS)
    page.keyboard.press("Escape")
    expect(page.locator(FINDS).first).not_to_be_in_viewport()
    page.keyboard.press(key)
    seen(page, FINDS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/names/**")
    expect(page.locator("h1")).to_have_text("Names of people and places")


@pytest.mark.skipif(
    ENGINE != "mkdocs", reason="the other engine marks what was typed, letter by letter"
)
@pytest.mark.parametrize("place", PLACES)
def test_the_page_that_was_found_marks_the_words(
    opened: Callable[..., Watched], place: str
) -> None:
    """On the page that a result leads to the words are marked as they are written there, whatever was typed."""
    page = opened(place).page
    press(page, OPENS)
    page.locator(SEARCH).fill("orban zurich")
    seen(page, FINDS)
    page.locator(SEARCH).press("Enter")
    page.wait_for_url("**/names/**")
    expect(page.locator("article mark[data-md-highlight]").first).to_be_visible()
    assert page.locator("article mark[data-md-highlight]").all_inner_texts() == ["Orbán", "Zürich"]


@BY_TURNS
def test_nothing_found_leads_on(opened: Callable[..., Watched], place: str, width: int) -> None:
    """Where nothing is found the search says so and offers the first page, all facts, all sources; they go when something is found."""
    page = opened(place, width).page
    press(page, OPENS)
    page.locator(SEARCH).press_sequentially("zzyzxq")
    ways = page.locator(".search-ways a")
    expect(ways).to_have_text(["In brief", "All facts", "All sources"])
    seen(page, ".search-ways a")
    said = page.locator(".md-search-result__meta, dialog[open] [role=status]").first
    expect(said).to_contain_text("No ")
    before = page.url
    page.locator(SEARCH).press("Enter")
    assert page.url == before, "Enter opens no result, since there is none"
    page.locator(SEARCH).fill("orban")
    seen(page, FINDS)
    expect(ways).to_have_count(0)
    page.locator(SEARCH).fill("zzyzxq")
    press(page, ".search-ways a >> nth=1")
    page.wait_for_url("**/facts/**")


@pytest.mark.skipif(
    ENGINE != "mkdocs", reason="the other engine listens to what goes into its field"
)
def test_words_that_come_without_keys_are_searched_for(opened: Callable[..., Watched]) -> None:
    """What is pasted is found as what is typed is."""
    page = opened("http").page
    press(page, OPENS)
    page.keyboard.insert_text("Orbán")
    seen(page, FINDS)
