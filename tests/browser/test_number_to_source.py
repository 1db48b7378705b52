"""A reader follows a number to its words: by mouse, by keyboard, without popovers, without JavaScript."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from browser.browsing import ALL_PAGES, Watched, html_paths
from playwright.sync_api import Locator, Page, Route, expect

Visit = Callable[..., Watched]
_OPENS = re.compile(r'class="num-value"[^>]* data-opens="([^"]+)"')


@dataclass(frozen=True)
class Number:
    """A number in the text whose words are kept: the page it stands on, its popover, its fact and its claim."""

    page: str
    popover: str
    fact: str
    claim: dict[str, Any]

    @property
    def evidence(self) -> dict[str, Any]:
        """The first piece of evidence that bears it."""
        return next(item for item in self.claim["evidence"] if item["stance"] == "supports")


def plain(text: str) -> str:
    """Text with each run of white space as one space."""
    return " ".join(text.split())


@pytest.fixture(scope="session")
def number(site: Path) -> Number:
    """The first number on a page written by hand whose words were checked against a kept text."""
    for path in html_paths(site):
        if path.startswith(("facts/", "sources/", "charts/", "explore/", "embed/", "glossary/")):
            continue
        for popover in dict.fromkeys(
            unescape(name)
            for name in _OPENS.findall((site / path / "index.html").read_text(encoding="utf-8"))
        ):
            fact, dashes, anchor = popover.removeprefix("pop-").partition("--")
            record = json.loads((site / "facts" / f"{fact}.json").read_text(encoding="utf-8"))
            claim = (
                next((claim for claim in record["claims"] if claim["id"] == anchor), None)
                if dashes
                else None
            )
            if claim and any(
                item["verdict"] in ("verbatim", "normalised", "elided")
                and item["stance"] == "supports"
                for item in claim["evidence"][:1]
            ):
                return Number(path, popover, fact, claim)
    raise AssertionError("no page has a number whose words are kept")


def link_of(page: Page, number: Number) -> Locator:
    """The number in the text that opens the popover."""
    return page.locator(f'.num-value[data-opens="{number.popover}"]').first


def test_from_the_number_to_the_marked_passage(visit: Visit, number: Number) -> None:
    """Number, popover with value, speaker, words and verdict, the fact at its claim, the source, the passage marked in its text."""
    page = visit().goto(number.page)
    link, popover = link_of(page, number), page.locator(f"#{number.popover}")
    expect(popover).to_be_hidden()
    link.click()
    expect(popover).to_be_visible()
    said = plain(link.inner_text())
    assert said in plain(popover.locator(".pop-value").inner_text())
    assert number.claim["said_by"] in plain(popover.locator(".pop-voice").first.inner_text())
    assert number.evidence["quote"] in plain(popover.locator(".pop-words q").inner_text())
    expect(popover.locator(f".verdict.is-{number.evidence['verdict']}")).to_be_visible()

    popover.get_by_text("Open the fact").click()
    claim = page.locator(f"section#{number.claim['id']}")
    page.wait_for_url(f"**/facts/{number.fact}/#{number.claim['id']}")
    expect(claim).to_be_in_viewport()
    assert said in plain(claim.locator("h2").inner_text())

    item = claim.locator(".evidence-item.is-supports").first
    assert number.evidence["quote"] in plain(item.locator("q").first.inner_text())
    item.locator("a").first.click()
    page.wait_for_url(f"**/sources/{number.evidence['source']}/")
    marked = page.locator(".kept-text .passage")
    words = plain(" ".join(marked.all_inner_texts()))
    assert number.evidence["quote"] in words
    marked.first.click()
    page.wait_for_url(
        re.compile(r"/facts/[a-z0-9-]+/#[a-z0-9-]+$")
    )  # a marked passage leads to a claim


def test_by_keyboard(visit: Visit, number: Number) -> None:
    """Tab reaches the number, Enter opens it, Tab goes on into it, Escape closes it and gives the focus back."""
    page = visit().goto(number.page)
    number_focused = f"document.activeElement.matches('.num-value[data-opens={number.popover}]')"
    stops = page.locator("a:visible, button:visible, summary:visible, [tabindex]:visible").count()
    for _ in range(stops + 20):
        page.keyboard.press("Tab")
        if page.evaluate(number_focused):
            break
    assert page.evaluate(number_focused), "Tab never reached the number"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "the focus on a number cannot be seen"
    popover = page.locator(f"#{number.popover}")
    page.keyboard.press("Enter")
    expect(popover).to_be_visible()
    page.keyboard.press("Tab")
    inside = page.evaluate(
        f'document.getElementById("{number.popover}").contains(document.activeElement)'
    )
    assert inside, "Tab does not lead into the popover"
    page.keyboard.press("Escape")
    expect(popover).to_be_hidden()
    assert page.evaluate(number_focused), "the focus is lost when the popover closes"


def test_the_popover_closes_by_its_button(visit: Visit, number: Number) -> None:
    """A reader without a keyboard closes it, on a phone too, where it stays inside the window."""
    page = visit(width=320, height=600).goto(number.page)
    link_of(page, number).click()
    popover = page.locator(f"#{number.popover}")
    box = popover.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["y"] >= 0
    popover.get_by_role("button", name="Close").click()
    expect(popover).to_be_hidden()


def without_popovers(route: Route) -> None:
    """The answer as a browser without popovers takes it: the attribute unknown, and every rule that names it dropped."""
    response = route.fetch()
    kind = response.headers.get("content-type", "")
    if "html" in kind:
        route.fulfill(
            response=response, body=response.text().replace(" popover ", " data-popover-unknown ")
        )
    elif "css" in kind:
        rules = re.sub(r"[^{}]*:popover-open[^{}]*\{[^{}]*\}", "", response.text())
        route.fulfill(response=response, body=rules)
    else:
        route.fulfill(response=response)


def test_where_popovers_are_unknown(visit: Visit, number: Number) -> None:
    """An old browser covers nothing with popovers that it cannot close, and the number leads to the claim."""
    watched = visit(closed=True)  # a page keeps its scripts that are run first
    watched.page.add_init_script("delete HTMLElement.prototype.showPopover")
    watched.page.route(re.compile(r"(/|\.css)$"), without_popovers)
    page = watched.goto(number.page)
    link_of(page, number).click()
    page.wait_for_url(f"**/facts/{number.fact}/#{number.claim['id']}")
    expect(page.locator(f"section#{number.claim['id']}")).to_be_in_viewport()
    page.go_back()
    watched.settle()
    covering = page.evaluate(
        """() => [...document.querySelectorAll(".pop")].filter(one => {
          const style = getComputedStyle(one); return style.display !== "none" && style.position === "fixed"; }).length"""
    )
    page.unroute_all(behavior="wait")
    assert covering == 0, f"{covering} popovers lie over the page, and nothing closes them"


def test_without_javascript(visit: Visit, number: Number) -> None:
    """Without JavaScript the number leads to its claim, and from there to its source."""
    page = visit(java_script_enabled=False).goto(number.page)
    link_of(page, number).click()
    claim = page.locator(f"section#{number.claim['id']}")
    expect(claim).to_be_in_viewport()
    claim.locator(".evidence-item.is-supports a").first.click()
    assert page.url.endswith(f"/sources/{number.evidence['source']}/")


def test_a_number_in_a_new_tab(visit: Visit, number: Number) -> None:
    """A reader who holds Control opens the number's claim in another tab, and nothing on this page."""
    page = visit().goto(number.page)
    with page.context.expect_page() as opened:
        link_of(page, number).click(modifiers=["ControlOrMeta"])
    assert opened.value.url.endswith(f"/facts/{number.fact}/#{number.claim['id']}")
    opened.value.close()
    expect(page.locator(f"#{number.popover}")).to_be_hidden()


def test_a_press_that_is_let_go_elsewhere_changes_nothing(visit: Visit, number: Number) -> None:
    """After a press on the open number that slips away, a key opens it the first time that it is pressed."""
    page = visit().goto(number.page)
    link, popover = link_of(page, number), page.locator(f"#{number.popover}")
    link.click()
    box = link.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(5, box["y"] + 200)
    page.mouse.up()
    page.keyboard.press("Escape")
    expect(popover).to_be_hidden()
    link.press("Enter")
    expect(popover).to_be_visible()


def test_pressed_again_a_number_closes(visit: Visit, number: Number) -> None:
    """The second click, or the second press of Enter, on a number closes what the first one opened."""
    page = visit().goto(number.page)
    link, popover = link_of(page, number), page.locator(f"#{number.popover}")
    for press in (link.click, lambda: link.press("Enter")):
        press()
        expect(popover).to_be_visible()
        expect(link).to_have_attribute("aria-expanded", "true")
        press()
        expect(popover).to_be_hidden()
        expect(link).to_have_attribute("aria-expanded", "false")


def test_footnotes_lead_there_and_back(visit: Visit, site: Path) -> None:
    """The mark leads to the note, the note to its evidence, and the arrow back to the mark."""
    path = next(
        path
        for path in html_paths(site)
        if 'class="footnote-ref"' in (site / path / "index.html").read_text(encoding="utf-8")
    )
    page = visit(height=500).goto(path)
    mark = page.locator("a.footnote-ref").first
    target = mark.get_attribute("href")
    assert target is not None
    mark.click()
    note = page.locator(f'[id="{target.removeprefix("#")}"]')
    expect(note).to_be_in_viewport()
    assert len(plain(note.inner_text())) > 20
    note.locator("a.footnote-backref").first.click()
    expect(mark).to_be_in_viewport()
    note.locator("a:not(.footnote-backref)").first.click()
    page.wait_for_url(re.compile(r"/(facts|sources)/[a-z0-9-]+/"))


def test_every_number_opens(visit: Visit, site: Path) -> None:
    """Each number on each hand-written page has a popover with a value, and a way to a fact that is there."""
    watched = visit()
    pages = [
        path
        for path in html_paths(site)
        if not path.startswith(("facts/", "sources/", "charts/", "explore/", "embed/", "glossary/"))
    ]
    for path in pages if ALL_PAGES else pages[::3]:
        page = watched.goto(path)
        lame = page.evaluate(
            """async () => { const lame = [];
              for (const button of document.querySelectorAll(".num-value")) {
                button.click();
                const open = document.querySelectorAll(":popover-open"), pop = open[0];
                const value = pop && pop.querySelector(".pop-value").innerText.trim();
                const link = pop && pop.querySelector(".pop-links a[href*='facts/']");
                const word = button.innerText.split(" ")[0];
                if (open.length !== 1 || !value || !pop.innerText.includes(word) || !link) lame.push(button.outerHTML);
                if (pop) pop.hidePopover();
              } return lame; }"""
        )
        assert not lame, f"{path}: {lame[:3]}"


def test_every_checked_quote_is_marked_in_its_source(site: Path) -> None:
    """Wherever a claim says that its words were checked, the page of the source shows the text with those words marked."""
    seen = 0
    for file in sorted((site / "facts").glob("*.json")):
        for claim in json.loads(file.read_text(encoding="utf-8"))["claims"]:
            for item in claim.get("evidence", ()):
                page = (site / "sources" / item["source"] / "index.html").read_text(
                    encoding="utf-8"
                )
                if (
                    item["verdict"] in ("verbatim", "normalised", "elided")
                    and 'class="kept-text"' in page
                ):
                    text = page.split('class="kept-text"')[1].split("</blockquote>")[0]
                    text = re.sub(r"<sup.*?</sup>", "", text, flags=re.DOTALL)
                    marked = re.sub(
                        r'<a class="passage"[^>]*>(.*?)</a>', "\x02\\1\x03", text, flags=re.DOTALL
                    )
                    bare = plain(unescape(re.sub(r"<[^>]*>", " ", marked)).replace("\x03\x02", ""))
                    inside = "".join(re.findall("\x02([^\x03]*)\x03", bare))
                    assert plain(item["quote"]).replace(" ", "") in inside.replace(" ", ""), (
                        f"{file.stem}: {item['quote']}"
                    )
                    seen += 1
    assert seen > 0
