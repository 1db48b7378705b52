"""What a stranger found who used the site by finger and by key: where a press leads, where the focus goes, and what stays in sight."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from browser.browsing import (
    ALL_PAGES,
    ENGINE,
    FINDS,
    SEARCH,
    SUB_PATH,
    Watched,
    explored,
    finish_transitions,
    search,
    served,
)
from playwright.sync_api import Browser, Locator, Page, expect
from serving import online
from support import eventually

Visit = Callable[..., Watched]
MATERIALS = pytest.mark.skipif(
    ENGINE != "mkdocs", reason="the other engine has a dialog of its own"
)
SEEN = """() => { const one = document.activeElement, box = one.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0 && one !== document.body
    && getComputedStyle(one).visibility === "visible"; }"""
"""Whether what has the focus is shown, and in the window."""
RINGED = "one => getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 2"
CROWDED = """() => {
  const box = one => Object.assign(one.getBoundingClientRect(), { of: one });
  const words = [...document.querySelectorAll("#explore text")].filter(one => one.textContent && one.textContent !== "≠").map(box)
    .filter(one => one.width);
  const marks = [...document.querySelectorAll("#explore .plot :is(.points path, .point path)")]
    .filter(one => getComputedStyle(one).opacity !== "0").map(box).filter(one => one.width);
  const tools = [...document.querySelectorAll("#explore .modebar-btn")].map(box);
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 5 && b.top < a.bottom - 5;
  const turned = one => /rotate\\((?!0[,)])/.test(one.of.getAttribute("transform") || "");
  const out = [];
  words.forEach((one, at) => {
    const text = one.of.textContent;
    if (one.left < 0 || one.right > innerWidth) out.push(`cut: ${text}`);
    words.slice(at + 1).filter(other => !turned(one) && !turned(other) && meet(one, other)).forEach(other => out.push(`${text} on ${other.of.textContent}`));
    if (tools.some(tool => meet(one, tool))) out.push(`under the tools: ${text}`);
    if (!one.of.closest(".xtick, .ytick, .legend") && marks.some(mark => meet(one, mark))) out.push(`on a mark: ${text}`);
  });
  marks.filter(one => one.left < 0 || one.right > innerWidth).forEach(() => out.push("a mark is cut"));
  return out; }"""
"""What cannot be read in an interactive drawing: words that are cut, on other words, on a mark, or under the tools; marks that are cut."""


def focused(target: Locator) -> bool:
    """Whether it has the focus, or something in it has."""
    return bool(target.evaluate("one => one.contains(document.activeElement)"))


def swipe_up(page: Page, target: Locator) -> None:
    """Move a finger up over the middle of something."""
    box = target.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 300)
    finger = page.context.new_cdp_session(page)
    for kind, up in (
        ("touchStart", 0),
        *(("touchMove", 20 * step) for step in range(1, 11)),
        ("touchEnd", None),
    ):
        points = [] if up is None else [{"x": x, "y": max(1, y - up)}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    finger.detach()


def test_a_mark_in_a_frame_opens_beside_the_host(
    browser: Browser, base: str, site: Path, tmp_path: Path
) -> None:
    """A mark of an embed opens a window of its own, live and pinned, and in a sandbox that lets windows open; the frame stays."""
    live = "embed/spring-2025-claims/"
    pinned = next((site / live).glob("*/index.html")).relative_to(site).parent.as_posix() + "/"
    sandbox = 'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"'
    frames = "".join(
        f'<iframe width="600" height="700" {more} src="{base}{path}"></iframe>'
        for path, more in ((live, ""), (pinned, ""), (live, sandbox))
    )
    (tmp_path / SUB_PATH).mkdir(parents=True, exist_ok=True)
    (tmp_path / SUB_PATH / "host.html").write_text(
        f"<!doctype html><title>A host</title>{frames}", encoding="utf-8"
    )
    with served(tmp_path) as elsewhere:
        page = browser.new_page()
        page.goto(f"{elsewhere}host.html")
        for number in range(3):
            frame = page.frame_locator("iframe").nth(number)
            with page.context.expect_page() as fresh:
                frame.locator(".stage .mark circle").filter(visible=True).first.click()
            assert fresh.value.url.startswith(f"{base}facts/"), number
            fresh.value.close()
            expect(frame.locator("main h1")).to_be_visible()
        page.close()


def test_every_link_of_an_embed_says_where_it_opens(site: Path) -> None:
    """No link of any embed, live or pinned, would replace the chart: those of drawings name a window, since ``<base>`` is not theirs."""
    bodies = {
        path: path.read_text(encoding="utf-8") for path in (site / "embed").rglob("index.html")
    }
    assert bodies
    for path, body in bodies.items():
        assert "<base target=_blank>" in body.replace('"', ""), path
        drawn = re.findall(r"<a\b[^>]*>", "".join(re.findall(r"<svg.*?</svg>", body, re.DOTALL)))
        assert drawn
        assert all('target="_blank"' in each for each in drawn), path


@pytest.mark.parametrize("path", ["charts/spring-2025-claims/", "explore/spring-2025-claims/"])
def test_a_swipe_over_an_explored_chart_scrolls_the_page(visit: Visit, path: str) -> None:
    """A finger that moves over the interactive drawing scrolls the page and leaves the drawing as it is; a tap still asks for a value."""
    page = visit(360, 640, has_touch=True).goto(path)
    if path.startswith("charts/"):
        page.locator(".chart-explore").tap()
        explored(page)
    frame = page.frames[-1] if path.startswith("charts/") else page.main_frame
    drawing = frame.locator("#explore")
    expect(drawing.locator("svg.main-svg").first).to_be_visible()
    point = frame.locator("#explore .scatterlayer .points path").first
    point.evaluate("one => one.scrollIntoView({block: 'center'})")
    point.tap(force=True)
    expect(frame.locator("#explore .hovertext").first).to_be_visible()
    (page.locator(".chart-stage") if path.startswith("charts/") else page.locator("h1")).evaluate(
        "one => one.scrollIntoView()"
    )
    before, ranges = (
        page.evaluate("scrollY"),
        "[...document.querySelectorAll('#explore .xtick text')].map(one => one.textContent)",
    )
    ticks = frame.evaluate(ranges)
    swipe_up(page, page.locator(".chart-stage") if path.startswith("charts/") else drawing)
    assert (
        eventually(lambda: page.evaluate("scrollY"), lambda now: now > before + 100) > before + 100
    )
    assert frame.evaluate(ranges) == ticks


@pytest.mark.parametrize("width", [320, 524])
def test_an_interactive_drawing_can_be_read(visit: Visit, site: Path, width: int) -> None:
    """In the room of a phone, and of the first page on a desk, nothing of any chart's drawing is cut, crowded or under the tools, and an
    axis of amounts has three numbers or more. On a push each chart is seen in one of the two, by turns.
    """
    watched = visit(width, 740)
    charts = sorted(path.name for path in (site / "explore").iterdir())
    for chart in charts if ALL_PAGES else charts[width == 320 :: 2]:
        page = watched.goto(f"explore/{chart}/")
        expect(page.locator("#explore svg.main-svg").first).to_be_visible()
        assert page.evaluate(CROWDED) == [], chart
        assert page.locator("#explore :is(.xtick, .ytick) text").count() >= 3, chart


def test_a_wrong_address_of_a_site_without_one(browser: Browser, good: Path) -> None:
    """Where the site does not know its address, the page for a wrong one is whole at any depth: it asks for nothing and leads nowhere."""
    with online(good / "site", missing="404.html") as address:
        page = browser.new_page(viewport={"width": 360, "height": 740})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/some/project/no/such/page/")
        expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
        assert page.locator("[href], [src], svg").count() == 0
        assert [url for url in asked if not url.endswith("/favicon.ico")] == [page.url]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert (
            float(
                page.locator("p").last.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
            )
            >= 16
        )
        page.close()


@MATERIALS
def test_the_search_by_keys(visit: Visit) -> None:
    """Tab goes from the field to what clears it and on to the results, Space clears as Backspace does, and past the end the search closes."""
    page = visit(searched=True).goto()
    found = search(page, "mobilisation")
    expect(found.first).to_be_in_viewport()
    clear = page.locator(".md-search__options button[type=reset]")
    page.keyboard.press("Tab")
    assert focused(clear)
    expect(clear).to_be_in_viewport()
    assert clear.evaluate(RINGED)
    page.keyboard.press("Tab")
    assert focused(found.first)
    assert found.first.evaluate(RINGED)
    page.keyboard.press("Shift+Tab")
    assert focused(clear)
    page.keyboard.press("Space")
    expect(page.locator(FINDS)).to_have_count(0)
    expect(page.locator(SEARCH)).to_have_value("")
    expect(page.locator(SEARCH)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#__search")).not_to_be_checked()
    for _ in range(8):
        assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        page.keyboard.press("Tab")


@MATERIALS
def test_the_cross_clears_what_was_found(visit: Visit) -> None:
    """A tap on the cross empties the field and the list."""
    page = visit(360, 740, searched=True, has_touch=True).goto()
    expect(search(page, "mobilisation").first).to_be_in_viewport()
    page.locator(".md-search__options button[type=reset]").tap()
    expect(page.locator(FINDS)).to_have_count(0)
    expect(page.locator(".md-search-result__meta")).not_to_contain_text("matching")


@MATERIALS
def test_what_was_found_is_told_apart_in_forced_colours(visit: Visit) -> None:
    """In forced colours the word that was searched for is legible in the list and on the page, and the chosen result has a ring."""
    page = visit(searched=True, forced_colors="active", color_scheme="dark").goto()
    expect(search(page, "mobilisation").first).to_be_in_viewport()
    page.keyboard.press("ArrowDown")
    assert page.locator(FINDS).first.evaluate(RINGED)
    for mark in (page.locator(f":is({FINDS}) mark").first, page.locator("article mark").first):
        expect(mark).to_be_visible()
        ink, ground = (sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in mark.evaluate(
            "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
        ))  # fmt: skip
        assert abs(ink - ground) > 300
        if page.url.endswith("/"):
            page.keyboard.press("Enter")
            page.wait_for_url("**h=*")


def test_the_theme_switch_is_one_button(visit: Visit) -> None:
    """On a page that is dark the switch is called what it does; Enter and Space press it, and it shows that it has the focus."""
    page = visit(color_scheme="dark").goto()
    switch = page.get_by_role("button", name="Switch to the")
    for name, key, scheme in (
        ("light", "Space", "default"),
        ("dark", "Enter", "slate"),
        ("light", "Space", "default"),
    ):
        expect(switch).to_have_count(1)
        expect(switch).to_have_accessible_name(f"Switch to the {name} theme")
        switch.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert focused(switch)
        assert switch.evaluate(RINGED)
        page.keyboard.press(key)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
        assert page.evaluate(SEEN)
    assert (
        page.get_by_role("radio", include_hidden=True).count()
        == page.locator(".md-content input[type=radio]").count()
    )


def test_a_thumb_meets_what_stands_in_the_header(visit: Visit) -> None:
    """On a phone each control of the header is 40 pixels wide and high."""
    page = visit(360, 740).goto()
    controls = page.locator(
        ".menu-open, header label[for=__search].md-header__button, .md-header__option button"
    ).locator("visible=true")
    assert controls.count() == 3
    for control in controls.all():
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 40, control.get_attribute("class")


def test_the_keyboard_does_not_slip_under_the_menu(visit: Visit) -> None:
    """Past its last entry the menu closes, and what has the focus then is seen; while it is open the page behind stays where it is."""
    page = visit(1280, 740).goto("call-up/")
    menu = page.locator("#menu")
    page.get_by_role("button", name="Menu").press("Enter")
    expect(menu).to_be_in_viewport()
    page.mouse.move(900, 500)
    page.mouse.wheel(0, 600)
    page.mouse.move(100, 500)
    page.mouse.wheel(0, 3000)
    menu.locator("a").last.focus()
    expect(menu.locator("a").last).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0
    page.keyboard.press("Tab")
    expect(menu).to_be_hidden()
    assert page.evaluate(SEEN)


def test_a_card_keeps_its_close_in_sight(visit: Visit) -> None:
    """The card of a number is scrolled to its end and beyond: Close stays in view and the page does not move. That of a term has one too;
    and a card that the keyboard leaves is closed.
    """
    page = visit(360, 420, has_touch=True).goto("call-up/")
    link = page.locator(".page p .num-value").first
    link.tap()
    card = page.locator(f"[id='{link.get_attribute('data-opens')}']")
    expect(card).to_be_in_viewport()
    before = page.evaluate("scrollY")
    swipe_up(page, card)
    swipe_up(page, card)
    swipe_up(page, card)
    assert card.evaluate(
        "one => one.scrollTop > 0 && one.scrollTop + one.clientHeight >= one.scrollHeight - 2"
    )
    assert page.evaluate("scrollY") == before
    expect(card.get_by_role("button", name="Close")).to_be_in_viewport(ratio=0.9)
    card.get_by_role("button", name="Close").tap()
    expect(card).to_be_hidden()
    term = page.locator(".page p .term").first
    term.tap()
    explained = page.locator(f"[id='{term.get_attribute('data-opens')}']")
    explained.get_by_role("button", name="Close").tap()
    expect(explained).to_be_hidden()
    link.press("Enter")
    card.locator("a, button, summary").filter(visible=True).last.focus()
    page.keyboard.press("Tab")
    expect(card).to_be_hidden()
    assert page.evaluate(SEEN)


def test_an_explored_chart_is_shown_in_the_colours_of_the_page(visit: Visit) -> None:
    """The press shows the drawing from its beginning, though its button stands below it; the drawing changes its colours with the page."""
    page = visit(1280, 500).goto("call-up/")
    chart = page.locator("figure.chart").first
    button = chart.locator(".chart-explore")
    button.evaluate("one => one.scrollIntoView({block: 'center'})")
    button.click()
    frame = explored(page)
    top = "one => one.getBoundingClientRect().top"
    assert 0 < chart.locator(".chart-stage").evaluate(top) < 250
    assert (
        chart.locator(".chart-stage").evaluate(top)
        >= page.locator(".md-header").evaluate("one => one.getBoundingClientRect().bottom") - 1
    )
    ink = "getComputedStyle(document.querySelector('#explore .xtick text')).fill"
    before, address = frame.evaluate(ink), page.evaluate("history.length")
    page.locator("[title='Switch to the dark theme']").click()
    assert eventually(lambda: frame.evaluate(ink), lambda now: now != before) != before
    assert page.evaluate("history.length") == address


def test_copy_says_so_beside_its_button(visit: Visit) -> None:
    """After the last of the embed codes was copied the word stands beside its button, in view, and the focus stays on the button."""
    page = visit(360, 500, permissions=["clipboard-read", "clipboard-write"]).goto(
        "charts/spring-call-up/"
    )
    code = page.locator(".embed-code").last
    button, said = code.get_by_role("button"), code.get_by_role("status")
    button.scroll_into_view_if_needed()
    button.click()
    expect(said).to_have_text("Copied")
    expect(said).to_be_in_viewport(ratio=1)
    assert focused(button)
    assert page.evaluate("navigator.clipboard.readText()") == code.locator("textarea").input_value()
    page.locator(".embed-code").first.get_by_role("button").click()
    expect(said).to_be_empty()


def test_key_figures_on_paper_have_no_lines_through_their_words(visit: Visit) -> None:
    """On paper the dots below the key figures, which would run through the words below, are gone."""
    page = visit(794).goto()
    page.emulate_media(media="print")
    finish_transitions(page)
    lines = page.locator(".figure-value a").evaluate_all(
        "all => all.map(one => getComputedStyle(one).textDecorationLine)"
    )
    assert set(lines) == {"none"}


def test_what_the_header_says_to_a_listener(visit: Visit) -> None:
    """The header says the site's name and not the page's beside it, and a page in one language leads to the others' first pages."""
    watched = visit(360, 740, has_touch=True)
    page = watched.goto("method/")
    said: Any = page.locator(".md-header").aria_snapshot()
    assert "How Russia recruits" in said
    assert str(page.locator("h1").inner_text()) not in said
    page.locator(".menu-open").tap()
    page.locator("#menu").get_by_role("link", name="Українська").tap()
    page.wait_for_url(urljoin(watched.base, "uk/"))
