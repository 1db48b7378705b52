"""The pages in other languages, as readers meet them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.browsing import Watched, search
from playwright.sync_api import Page, expect

from explainer.common.problems import Problems
from explainer.publish.catalogue import OURS, read_catalogues
from explainer.read.files import Folder

Visit = Callable[..., Watched]
CATALOGUES = read_catalogues(Folder(OURS), "languages", Problems())
LATIN = re.compile(r"[A-Za-z]{3,} [a-z]{3,}")
ENGLISH_LEFT = """() => {
  const found = [], english = node => node.closest("[lang]:not(html)");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    const parent = node.parentElement;
    if (!parent.closest("script, style, code, .formula") && !english(parent)) found.push(node.data.trim());
  }
  for (const one of document.body.querySelectorAll("*")) {
    if (one.closest("script") || english(one)) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt", "data-title", "data-back", "data-failed", "data-label"])
      if (one.hasAttribute(name)) found.push(one.getAttribute(name));
  }
  return found.filter(Boolean);
}"""


def versions(site: Path) -> list[str]:
    """The pages in other languages, by path."""
    return [
        f"{path.parent.relative_to(site).as_posix()}/"
        for language in sorted(CATALOGUES.keys() - {"en"})
        for path in sorted((site / language).rglob("index.html"))
    ]


def names_of(page: Page) -> list[str]:
    """Names that stay in Latin letters: publishers, and speakers whose translation is their name."""
    return [
        *page.locator("a[href*='sources/']").all_inner_texts(),
        "Conflict Intelligence Team",
        "Daily Post Nigeria",
        "The Moscow Times",
    ]


def test_each_page_is_in_its_language(visit: Visit, site: Path) -> None:
    """The page says its language; no English is left in it but what says so, names, and quotes in their own language."""
    paths = versions(site)
    assert paths
    for path in paths:
        page = visit().goto(path)
        assert page.evaluate("document.documentElement.lang") == path.split("/")[0]
        names = "|".join(re.escape(name) for name in names_of(page) if name)
        left = [
            text for text in page.evaluate(ENGLISH_LEFT) if LATIN.search(re.sub(names, "", text))
        ]
        left = [text for text in left if not re.search("[а-яіїєґ]", text)]
        assert left == [], path


def test_the_switch_leads_there_and_back(visit: Visit, site: Path) -> None:
    """Without JavaScript a reader goes from the English page to each other version of it, and back."""
    for path in versions(site):
        language, below = path.split("/", 1)
        page = visit(java_script_enabled=False).goto(below)
        page.locator(f".versions a[hreflang={language}]").click()
        page.wait_for_url(f"**/{path}")
        assert page.locator(".versions [aria-current]").inner_text() == CATALOGUES[language].name
        page.locator(".versions a[hreflang=en]").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        assert page.url.endswith(f"/{below}")


def test_the_numbers_are_the_originals(visit: Visit, site: Path) -> None:
    """Block by block in whatever order, a translation has the numbers of its original by their machine values."""
    values = "[...document.querySelectorAll('article data')].map(one => one.value)"
    for path in versions(site):
        assert sorted(visit().goto(path).evaluate(values)) == sorted(
            visit().goto(path.split("/", 1)[1]).evaluate(values)
        )


def test_a_number_opens_in_the_language(visit: Visit, site: Path) -> None:
    """The popover of a number says who says it in the language of the page."""
    for path in versions(site):
        page = visit().goto(path)
        page.locator(".num-value").first.click()
        popover = page.locator(":popover-open")
        expect(popover).to_be_visible()
        close = CATALOGUES[path.split("/", maxsplit=1)[0]].say("words", "close")
        popover.get_by_role("button", name=str(close)).click()
        expect(popover).to_be_hidden()


@pytest.mark.parametrize(("language", "word"), [("uk", "строковиків"), ("ru", "срочников")])
def test_search_finds_cyrillic_words(visit: Visit, language: str, word: str) -> None:
    """A word of a translation, typed into the search box, finds the page that holds it."""
    page = visit(searched=True).goto(f"{language}/")
    found = search(page, word)
    result = found.and_(page.locator(f"[href*='/{language}/']")).first
    expect(result).to_be_visible()
