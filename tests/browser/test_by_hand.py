"""The site in use: every control is found on the screen, pressed by finger, mouse and key, and does what it promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
import yaml
from browser.browsing import ALL_PAGES, FINDS, OPENS, SEARCH, Watched, explored
from playwright.sync_api import Locator, Page, expect
from support import ROOT, eventually

Visit = Callable[..., Watched]
Press = Callable[[Locator], None]
WIDTHS = (360, 768, 1024, 1280)
WAYS = ("tap", "mouse", "key")
GRID = [
    (row, column, width, way) for row, width in enumerate(WIDTHS) for column, way in enumerate(WAYS)
]


ON_A_PUSH = {(360, "tap"), (1024, "key"), (1280, "mouse")}
"""Each way once, on a phone and on desks; all twelve in the audit."""


def _marks(width: int, way: str) -> tuple[pytest.MarkDecorator, ...]:
    return () if (width, way) in ON_A_PUSH else (pytest.mark.audit,)


EVERY_WIDTH_AND_WAY = [
    pytest.param(width, way, marks=_marks(width, way)) for _, _, width, way in GRID
]
HALF_WITHOUT_SCRIPTS = [
    pytest.param(width, way, (row + column) % 2 == 0, marks=_marks(width, way))
    for row, column, width, way in GRID
]
"""The same, every other one without scripts: in the audit each width and each way is tried with scripts and without."""
FOLDS = ("details.dispute", ".chart-data")
IN_THE_MIDDLE = "one => one.scrollIntoView({block: 'center'})"
CLIPBOARD = ["clipboard-read", "clipboard-write"]


def pages_of_the_navigation() -> Iterator[str]:
    """Where each entry of the navigation leads, below the site."""

    def leaves(entries: list[Any]) -> Iterator[str]:
        for entry in entries:
            for value in entry.values() if isinstance(entry, dict) else [entry]:
                yield from leaves(value) if isinstance(value, list) else [str(value)]

    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    for path in leaves(config["nav"]):
        yield path.removesuffix("index.md")


def press_by(way: str) -> Press:
    """Presses what can be seen: by a finger, by the mouse, or by Enter after moving to it by Tab."""

    def press(target: Locator) -> None:
        page = target.page
        expect(target).to_be_visible()
        if way == "tap":
            target.tap()
        elif way == "mouse":
            target.click()
        else:
            tab_to(page, target)
            page.keyboard.press("Enter")

    return press


def tab_to(page: Page, target: Locator) -> None:
    """Move to it by Tab: from here if it is near, else from the stop before it."""
    reached = "one => one === document.activeElement || one.contains(document.activeElement)"
    before = """one => {
      const stops = [...document.querySelectorAll("a[href], button, input, summary, textarea")]
        .filter(each => each.checkVisibility() && each.getClientRects().length);
      stops[stops.indexOf(one) - 1]?.focus(); }"""
    for tries in (0, 1):
        if tries:
            target.evaluate(before)
        for _ in range(24):
            if target.evaluate(reached):
                expect(target).to_be_in_viewport()
                return
            page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {target}")


def opened(visit: Visit, width: int, way: str, path: str = "", **options: Any) -> Page:
    """A page in a window of this width, on a machine with a touch screen where fingers are to press."""
    return visit(width, 740, **({"has_touch": True} if way == "tap" else {}), **options).goto(path)


@pytest.mark.parametrize(("width", "way", "scripts"), HALF_WITHOUT_SCRIPTS)
def test_the_menu_opens_and_closes(visit: Visit, width: int, way: str, scripts: bool) -> None:
    """The menu's button shows every page of the navigation; Close, Escape and a press beside it put it away."""
    page, press = opened(visit, width, way, java_script_enabled=scripts), press_by(way)
    menu, button = page.locator("#menu"), page.get_by_role("button", name="Menu")
    pages = list(pages_of_the_navigation())
    for close in ("button", "Escape", "beside"):
        expect(menu).to_be_hidden()
        press(button)
        expect(menu).to_be_in_viewport()
        expect(menu.get_by_role("link").first).to_be_in_viewport()
        assert menu.get_by_role("link").count() >= len(pages) > 10
        if close == "button":
            press(menu.get_by_role("button", name="Close"))
        elif close == "Escape" or way == "key":
            page.keyboard.press("Escape")
        elif way == "tap":
            page.touchscreen.tap(width - 10, 600)
        else:
            page.mouse.click(width - 10, 600)
    expect(menu).to_be_hidden()


@pytest.mark.parametrize(
    ("width", "way", "scripts"),
    [
        (360, "tap", True),
        (1280, "key", False),
        *(
            pytest.param(*each, marks=pytest.mark.audit)
            for each in [
                (1024, "mouse", True),
                (768, "key", True),
                (1280, "mouse", True),
                (360, "tap", False),
            ]
        ),
    ],
)
def test_the_menu_leads_to_every_page(visit: Visit, width: int, way: str, scripts: bool) -> None:
    """Each page of the navigation is reached through the menu of the page before it; on a push each second one at either width."""
    watched = visit(
        width, 740, java_script_enabled=scripts, **({"has_touch": True} if way == "tap" else {})
    )
    page, press = watched.goto(), press_by(way)
    pages = list(pages_of_the_navigation())
    for path in pages if ALL_PAGES else pages[width == 360 :: 2]:
        press(page.get_by_role("button", name="Menu"))
        href = urljoin(watched.base, path)
        leads = page.locator("#menu a").evaluate_all("all => all.map(one => one.href)")
        press(page.locator("#menu a").nth(leads.index(href)))
        page.wait_for_url(href)
        expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        "facts/monthly-recruitment/",
        "charts/spring-call-up/",
        "sources/",
        "ru/call-up/",
        "no/such/page/",
    ],
)
def test_every_kind_of_page_has_the_menu(visit: Visit, path: str) -> None:
    """On pages that the generator makes, in other languages and at a wrong address, the menu opens and leads home."""
    watched = visit(360, 740, has_touch=True)
    watched.expected_missing = urljoin(watched.base, "no/such/page/")
    page = watched.goto(path)
    page.locator(".menu-open").tap()
    first = page.locator("#menu a").first
    expect(first).to_be_in_viewport()
    first.tap()
    home = urljoin(watched.base, "ru/" if path.startswith("ru/") else "")
    page.wait_for_url(home)


def test_a_translated_page_offers_its_languages_in_the_menu(visit: Visit) -> None:
    """The menu holds the page's other languages and leads to them."""
    watched = visit(360, 740, has_touch=True)
    page = watched.goto("call-up/")
    page.locator(".menu-open").tap()
    page.locator("#menu").get_by_role("link", name="Українська").tap()
    page.wait_for_url(urljoin(watched.base, "uk/call-up/"))


@pytest.mark.parametrize(("width", "way"), EVERY_WIDTH_AND_WAY)
def test_the_search_opens_finds_leads_and_closes(visit: Visit, width: int, way: str) -> None:
    """A reader opens the search, closes it, opens it again, types, and follows what it found."""
    page = opened(visit, width, way, searched=True)
    field, found = page.locator(SEARCH), page.locator(FINDS)
    for again in (False, True):
        if way == "key":
            page.keyboard.press("/")
        else:
            press_by(way)(page.locator(OPENS).first)
        expect(field).to_be_in_viewport()
        if not again:
            page.keyboard.press("Escape")
            expect(field).not_to_be_focused()
    field.fill(
        "mobilisation"
    )  # at once: what is found for the first letters would be exchanged while it is used
    expect(found.first).to_be_in_viewport()
    before = page.url
    if way == "key":
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    else:
        press_by(way)(found.first)
    page.wait_for_url(lambda url: url.split("?")[0].split("#")[0] != before)
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize(("width", "way"), EVERY_WIDTH_AND_WAY)
def test_the_theme_switches_there_and_back(visit: Visit, width: int, way: str) -> None:
    """The switch makes the page dark, the next one light again."""
    page, press = opened(visit, width, way), press_by(way)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    for name, dark in (("dark", True), ("light", False)):
        switch = page.get_by_role("button", name=f"Switch to the {name} theme")
        expect(switch).to_be_in_viewport()
        press(switch)
        assert (
            eventually(lambda: page.evaluate(ground), lambda now: (now != light) == dark) != light
        ) == dark


def first_on_screen(found: Locator) -> Locator:
    """The first that is shown at this width."""
    return found.and_(found.page.locator(":visible")).first


@pytest.mark.parametrize(("width", "way"), EVERY_WIDTH_AND_WAY)
def test_numbers_terms_and_folds_open(visit: Visit, width: int, way: str) -> None:
    """A number, a term, a disagreement and a chart's table open in the window and close again."""
    page, press = opened(visit, width, way, "call-up/"), press_by(way)
    for name in (".page p .num-value", ".page p .term"):
        link = page.locator(name).first
        explained = page.locator(f"[id='{link.get_attribute('data-opens')}']")
        press(link)
        expect(explained).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(explained).to_be_hidden()
        page.mouse.move(0, 0)
    for name in FOLDS:
        fold = first_on_screen(page.locator(name))
        summary, inside = fold.locator("summary"), fold.locator("summary ~ *")
        summary.evaluate(IN_THE_MIDDLE)
        press(summary)
        expect(first_on_screen(inside)).to_be_in_viewport()
        press(summary)
        expect(first_on_screen(inside)).to_have_count(0)


@pytest.mark.parametrize(
    "width",
    [
        pytest.param(width, marks=pytest.mark.audit) if width in (768, 1024) else width
        for width in WIDTHS
    ],
)
def test_without_scripts_the_same_leads_on(visit: Visit, width: int) -> None:
    """Without JavaScript a number and a term lead to the pages that explain them, and folds open."""
    watched = visit(width, 740, java_script_enabled=False)
    page = watched.goto("call-up/")
    for name in FOLDS:
        fold = first_on_screen(page.locator(name))
        fold.locator("summary").evaluate(IN_THE_MIDDLE)
        fold.locator("summary").click()
        expect(first_on_screen(fold.locator("summary ~ *"))).to_be_in_viewport()
    for name, to in ((".page p .num-value", "facts/"), (".page p .term", "glossary/")):
        page = watched.goto("call-up/")
        link = page.locator(name).first
        there = urljoin(page.url, str(link.get_attribute("href")))
        assert there.startswith(urljoin(watched.base, to))
        link.click()
        page.wait_for_url(there)
        expect(page.locator(":target").first).to_be_in_viewport()


@pytest.mark.parametrize(("width", "way"), EVERY_WIDTH_AND_WAY)
def test_a_chart_is_explored_and_left(visit: Visit, width: int, way: str) -> None:
    """Explore puts the interactive drawing where the picture was; the same button brings the picture back."""
    page, press = opened(visit, width, way, "call-up/"), press_by(way)
    chart = page.locator("figure.chart").first
    button, picture = (
        chart.locator(".chart-explore"),
        first_on_screen(chart.locator(".drawing svg")),
    )
    press(button)
    explored(page)
    expect(chart.locator("iframe")).to_be_visible()
    expect(picture).to_be_hidden()
    press(button)
    expect(chart.locator("iframe")).to_have_count(0)
    expect(first_on_screen(chart.locator(".drawing svg"))).to_be_visible()


@pytest.mark.parametrize(("width", "way", "scripts"), HALF_WITHOUT_SCRIPTS)
def test_the_language_switches(visit: Visit, width: int, way: str, scripts: bool) -> None:
    """The row of languages leads to the same page in another one, and back."""
    watched = visit(
        width, 740, java_script_enabled=scripts, **({"has_touch": True} if way == "tap" else {})
    )
    page, press = watched.goto("call-up/"), press_by(way)
    for name, path in (("Русский", "ru/call-up/"), ("English", "call-up/")):
        link = page.locator(".versions").get_by_role("link", name=name)
        expect(link).to_be_in_viewport()
        press(link)
        page.wait_for_url(urljoin(watched.base, path))


@pytest.mark.parametrize(("width", "way"), EVERY_WIDTH_AND_WAY)
def test_copy_copies(visit: Visit, width: int, way: str) -> None:
    """Each kind of Copy, of a citation and of an embed's lines, says that it did, and the clipboard holds what stands there."""
    page, press = (
        opened(visit, width, way, "charts/spring-call-up/", permissions=CLIPBOARD),
        press_by(way),
    )
    press(page.locator(".cite > summary"))
    line = page.locator(".cite dd").first
    press(line.get_by_role("button"))
    expect(line.get_by_role("status")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") in " ".join(line.inner_text().split())
    code = page.locator(".embed-code").first
    press(code.get_by_role("button"))
    expect(code.get_by_role("status")).to_be_in_viewport()
    expect(code.get_by_role("status")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") == code.locator("textarea").input_value()
