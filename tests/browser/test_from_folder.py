"""The site opened from a folder, where no server answers with the page of a folder: links, frames and the language switch lead to pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser.browsing import Watched, close_faultless, explored, kinds
from playwright.sync_api import Browser, expect

TO_FOLDERS = """() => [...document.querySelectorAll("a, area, iframe")]
  .map(one => one.href?.baseVal ?? one.href ?? one.src)
  .filter(address => new URL(address, location.href).protocol === "file:" && new URL(address, location.href).pathname.endsWith("/"))"""

LISTING = {
    f"script error: {name} is not defined" for name in ("start", "onHasParentDirectory", "addRow")
}
"""What Chromium's headless shell says where it lists a folder, which a frame shows until its address is turned into that of a page."""


@pytest.fixture
def folder(browser: Browser, site: Path) -> Iterator[Callable[..., Watched]]:
    """Opens a page of the real site from its folder: ``folder("facts/", width=360)``; any fault in it fails the test."""
    made: list[Watched] = []

    def open_one(path: str = "", width: int = 1280) -> Watched:
        page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
        made.append(Watched(page, site.as_uri() + "/"))
        made[-1].goto(path if path.endswith(".html") else f"{path}index.html")
        return made[-1]

    yield open_one
    for watched in made:
        watched.settle()
        watched.faults = [fault for fault in watched.faults if fault not in LISTING]
    close_faultless(made)


def test_no_link_leads_to_a_folder(folder: Callable[..., Watched], site: Path) -> None:
    """On a page of each kind every link and frame, in drawings too, names a file that is there."""
    for kind, path in kinds(site, middling=True).items():
        if (
            kind in ("404", "embed/x")
        ):  # the first has addresses from the root of its host; the second is a frame on other people's pages
            continue
        page = folder(path).page
        assert page.evaluate(TO_FOLDERS) == [], kind


@pytest.mark.parametrize("way", ["click", "Enter", "middle"])
def test_links_open_pages(folder: Callable[..., Watched], way: str) -> None:
    """A link of the menu opens its page by a click, by the keyboard and in a new tab."""
    page = folder().page
    link = page.locator(".md-tabs a").nth(1)
    if way == "middle":
        with page.context.expect_page() as tab:
            link.click(button="middle")
        opened = tab.value
    else:
        opened = page
        if way == "click":
            link.click()
        else:
            link.press("Enter")
    opened.wait_for_url("**/recruits-a-month/index.html")
    expect(opened.locator("h1")).to_be_visible()


def test_links_that_a_script_adds_lead_to_pages(folder: Callable[..., Watched]) -> None:
    """A link that comes later, and one whose address is changed, are turned too; others stay as they are."""
    page = folder().page
    page.evaluate("""() => document.querySelector("article").insertAdjacentHTML("beforeend",
        '<a id="new" href="facts/?a=b#c">new</a><a id="far" href="https://example.org/x/">far</a><a id="here" href="#top">here</a>')""")
    assert page.locator("#new").get_attribute("href") == "facts/index.html?a=b#c"
    page.evaluate("document.querySelector('#new').href = 'sources/'")
    expect(page.locator("#new")).to_have_attribute("href", "sources/index.html")
    assert page.locator("#far").get_attribute("href") == "https://example.org/x/"
    assert page.locator("#here").get_attribute("href") == "#top"


def test_links_in_what_a_script_adds_lead_to_pages(folder: Callable[..., Watched]) -> None:
    """Links and frames within an element that comes later, as in a search's results, name files."""
    page = folder().page
    page.evaluate("""() => document.querySelector("article").insertAdjacentHTML("beforeend",
        '<ul id="later"><li><a href="facts/?h=b#c">deep</a></li>' +
        '<li><iframe src="method/"></iframe></li></ul>')""")
    assert page.locator("#later a").get_attribute("href") == "facts/index.html?h=b#c"
    assert page.locator("#later iframe").get_attribute("src") == "method/index.html"


def test_a_mark_of_a_drawing_leads_to_its_claim(folder: Callable[..., Watched]) -> None:
    """A link in a drawing opens the page of its fact."""
    page = folder().page
    link = page.locator("figure.chart svg a").filter(visible=True).first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/facts/*/index.html*")


def test_the_language_switch_leads_there_and_back(folder: Callable[..., Watched]) -> None:
    """The page in another language opens, and leads back."""
    page = folder().page
    page.locator(".versions a[hreflang=uk]").click()
    page.wait_for_url("**/uk/index.html")
    page.locator(".versions a[hreflang=en]").click()
    page.wait_for_url("**/index.html")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_explore_and_the_preview_of_an_embed_open(
    folder: Callable[..., Watched], site: Path
) -> None:
    """The interactive drawing draws itself in its frame, and the preview shows the chart."""
    page = folder(kinds(site, middling=True)["charts/x"]).page
    page.locator(".chart-explore").first.click()
    assert "/index.html" in explored(page).url
    page.evaluate("document.querySelectorAll('.embed-more').forEach(one => one.open = true)")
    frame = page.locator(".embed-preview iframe")
    frame.scroll_into_view_if_needed()
    expect(page.frame_locator(".embed-preview iframe").locator("h1")).to_be_visible()


def test_on_a_server_addresses_stay(visit: Callable[..., Watched]) -> None:
    """Where a server answers, no link is changed."""
    page = visit().goto()
    assert page.locator("a[href$='index.html']").count() == 0
