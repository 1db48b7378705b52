"""Citations are copied whole by a button, and stand there to be selected where no script runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browser.browsing import SITE_URL, Watched
from playwright.sync_api import expect

Visit = Callable[..., Watched]
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


@pytest.mark.parametrize(
    "path", ["", "call-up/", "uk/call-up/", "facts/monthly-recruitment/", "charts/spring-call-up/"]
)
def test_a_citation_is_copied_whole(visit: Visit, path: str) -> None:
    """Each style has a button that names it; what it copies is the reference on the page, with the address, and it says that it did."""
    page = visit(360, **CLIPBOARD).goto(path)
    page.locator(".cite > summary").click()
    lines = page.locator(".cite dd").all()
    assert len(lines) == 3
    for line, style in zip(lines, ("Chicago", "APA", "ГОСТ"), strict=True):
        shown = " ".join(
            line.evaluate(
                "one => [...one.childNodes].filter(n => !n.matches?.('button, [role]')).map(n => n.textContent).join('')"
            ).split()
        )
        line.get_by_role("button", name=style).click()
        expect(line.get_by_role("status")).not_to_be_empty()
        assert page.evaluate("navigator.clipboard.readText()") == shown
        assert f"{SITE_URL}{path}" in shown


def test_a_number_is_copied_from_its_popover(visit: Visit) -> None:
    """A reader who opened a number copies it with who says it and the address of its claim, by the keyboard alone."""
    page = visit(360, **CLIPBOARD).goto("call-up/")
    page.locator(".num-value").first.click()
    opened = page.locator(".pop:popover-open")
    opened.locator(".pop-cite > summary").press("Enter")
    opened.get_by_role("button", name="Copy").press("Enter")
    expect(opened.get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        " ".join(opened.locator(".pop-value").inner_text().split()).split(" ")[0]
    )
    assert f"{SITE_URL}facts/" in copied


def test_without_a_script_the_text_is_there(visit: Visit) -> None:
    """Without scripts the panel unfolds, the references can be selected, no button promises what cannot be done."""
    page = visit(360, java_script_enabled=False).goto("call-up/")
    page.locator(".cite > summary").click()
    expect(page.locator(".cite dd").first).to_contain_text("How Russia recruits")
    expect(page.locator(".copy")).to_have_count(0)


def test_paper_has_the_sources(visit: Visit) -> None:
    """On paper the list of a page's sources is open, and what is for copying is left out."""
    page = visit(1280).goto("call-up/")
    page.emulate_media(media="print")
    expect(page.locator(".references li").first).to_be_visible()
    expect(page.locator(".cite")).to_be_hidden()
