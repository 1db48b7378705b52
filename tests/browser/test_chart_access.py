"""Charts for everybody: seen in any colours, at any size, on paper, without a mouse, and by those who hear them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser.axe import COLOURS, findings, turned
from browser.browsing import ALL_PAGES, Watched, explored, finish_transitions
from playwright.sync_api import Page, expect
from test_charts import DRAWN, TWO_KINDS, chart, charts_of
from test_pages import sideways

from explainer.render.charts.scale import text_width

__all__ = ["chart"]
Visit = Callable[..., Watched]

_CONTRASTS = """() => {
  const pen = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const rgba = (colour, opacity) => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255 * opacity]; };
  const light = ([r, g, b]) => { const of = v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * of(r / 255) + 0.7152 * of(g / 255) + 0.0722 * of(b / 255); };
  const ground = rgba(getComputedStyle(document.body).backgroundColor, 1);
  const contrast = colour => { const on = [0, 1, 2].map(i => colour[i] * colour[3] + ground[i] * (1 - colour[3]));
    const [a, b] = [light(on), light(ground)].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); };
  const look = one => { const style = getComputedStyle(one), found = [];
    if (style.fill !== "none" && one.tagName !== "line") found.push(contrast(rgba(style.fill, +style.fillOpacity)));
    if (style.stroke !== "none" && one.tagName !== "text") found.push(contrast(rgba(style.stroke, +style.strokeOpacity)));
    return [`${one.tagName}.${one.getAttribute("class")}`, Math.max(...found)]; };
  const seen = [...document.querySelectorAll(".svg-chart *")].filter(one => one.getBoundingClientRect().width + one.getBoundingClientRect().height);
  return {marks: seen.filter(one => one.matches(".mark :not(text, title), .step")).map(look), words: seen.filter(one => one.matches("text")).map(look)};
}"""
"""The contrast with the page's ground of each shape of a mark (the better of fill and stroke) and of each line of words."""
_WORDS = """() => [...document.querySelectorAll(".svg-chart text")].filter(one => one.getBoundingClientRect().width).map(one => {
  const box = one.getBoundingClientRect();
  return {text: one.textContent, size: parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a,
    box: [box.left, box.top, box.right, box.bottom], long: one.getComputedTextLength(), bold: getComputedStyle(one).fontWeight > 600}; })"""
SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active", "color_scheme": "dark"},
}


def one_of_each_kind(site: Path) -> list[str]:
    """A chart of each kind, by its id, chosen by lot with a seed; every chart in an audit."""
    found: dict[str, str] = {}
    names = list(charts_of(site))
    for name in random.Random(20250707).sample(names, len(names)):
        text = (site / "charts" / name / "index.html").read_text(encoding="utf-8")
        found.setdefault(
            name if ALL_PAGES else text.split('class="svg-chart ')[1].split('"')[0], name
        )
    return list(found.values())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_marks_and_words_stand_out(visit: Visit, site: Path, scheme: str) -> None:
    """In both themes and in forced colours every mark has a contrast of 3:1 with its ground, and every word of 4.5:1."""
    watched = visit(**SCHEMES[scheme])
    for name in one_of_each_kind(site):
        found = watched.goto(f"charts/{name}/").evaluate(_CONTRASTS)
        assert found["marks"]
        assert not [(name, what, value) for what, value in found["marks"] if value < 3]
        assert not [(name, what, value) for what, value in found["words"] if value < 4.5]


@pytest.mark.parametrize("width", [320, 740, 1280])
def test_words_can_be_read(visit: Visit, site: Path, width: int) -> None:
    """No word of a drawing is smaller than 11 px on the screen, none lies over another or leaves the window; none is longer than was reckoned."""
    watched = visit(width=width)
    for name in one_of_each_kind(site):
        words = watched.goto(f"charts/{name}/").evaluate(_WORDS)
        assert words
        assert not [(name, one["text"], one["size"]) for one in words if one["size"] < 11]
        assert not [
            (name, one["text"])
            for one in words
            if one["long"] > text_width(one["text"], bold=one["bold"]) + 0.5
        ]
        assert not [
            (name, one["text"]) for one in words if one["box"][0] < -1 or one["box"][2] > width + 1
        ]
        over = [
            (a["text"], b["text"])
            for index, a in enumerate(words)
            for b in words[:index]
            if _overlap(a, b)
        ]
        assert not over, name


def _overlap(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether the letters of two lines meet; a line's box has room above and below its letters, a fifth of their size each."""
    slack = 0.25 * max(a["size"], b["size"])
    left, top, right, bottom = a["box"]
    return (
        left < b["box"][2] - 1
        and b["box"][0] < right - 1
        and top + slack < b["box"][3] - slack
        and b["box"][1] + slack < bottom - slack
    )


def test_the_keyboard_reaches_everything(visit: Visit, chart: str) -> None:
    """Tab reaches every mark of the drawing that shows, each with an outline, then every control of the figure; Enter opens a mark's claim."""
    page = visit().goto(f"charts/{chart}/")
    wanted = page.evaluate(
        """() => { const all = [...document.querySelectorAll("figure.chart :is(a, button, summary)")].filter(one => one.checkVisibility());
          all.forEach((one, index) => one.dataset.turn = index); return all.length; }"""
    )
    page.evaluate(
        "document.querySelector('figure.chart').tabIndex = -1; document.querySelector('figure.chart').focus()"
    )
    for turn in range(wanted):
        page.keyboard.press("Tab")
        now = page.evaluate(
            "(one => [one.dataset.turn, one.matches('.mark'), getComputedStyle(one).outlineStyle])(document.activeElement)"
        )
        assert now[0] == str(turn), f"the {turn}th stop is {now}"
        assert not now[1] or now[2] != "none", "a mark in focus has an outline"
    mark = page.locator(".drawing-wide .mark").first
    expect(mark).to_have_accessible_name(re.compile(r"\w+: \S|\w.*, \w"))
    href = mark.get_attribute("href") or ""
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{href.removeprefix('../../')}")


@pytest.mark.parametrize(
    ("chart", "zoom"),
    [
        pytest.param(kind, zoom, marks=() if (row + column) % 2 == 0 else pytest.mark.audit)
        for row, kind in enumerate(DRAWN)
        for column, zoom in enumerate(("400%", "200% text"))
    ],
    indirect=["chart"],
)
def test_enlarged_nothing_is_lost(visit: Visit, chart: str, zoom: str) -> None:
    """At 400% (1,280 pixels become 320) and with text at 200% nothing is cut or scrolled sideways, and every control is there."""
    page = visit(width=320 if zoom == "400%" else 1280, height=256 if zoom == "400%" else 900).goto(
        f"charts/{chart}/"
    )
    if zoom == "200% text":
        page.evaluate(
            "document.documentElement.style.fontSize = 2 * parseFloat(getComputedStyle(document.documentElement).fontSize) + 'px'"
        )
    assert sideways(page) == ""
    figure = page.locator("figure.chart")
    for part in (
        ".chart-subtitle",
        ".chart-source",
        ".chart-explore",
        ".chart-data summary",
        ".chart-downloads",
    ):
        expect(figure.locator(part)).to_be_visible()
    figure.locator(".chart-data summary").click()
    cut = figure.evaluate(
        """figure => [...figure.querySelectorAll("p, a, button, summary, td, th")].filter(one => one.checkVisibility() && !one.closest("svg, thead")
          && getComputedStyle(one).overflow !== "visible" && one.scrollWidth > one.clientWidth + 1).map(one => one.textContent.slice(0, 60))"""
    )
    assert cut == []


@TWO_KINDS
def test_nothing_moves_where_motion_is_reduced(visit: Visit, chart: str) -> None:
    """Under reduced motion nothing is animated, before and after Explore is opened, in the page and in the frame."""
    page = visit(reduced_motion="reduce").goto(f"charts/{chart}/")
    assert page.evaluate(_MOVING) == []
    page.locator(".chart-explore").click()
    frame = explored(page)
    assert page.evaluate(_MOVING) == []
    assert frame.evaluate("document.getAnimations().length") == 0


_MOVING = """() => [...document.querySelectorAll("figure.chart, figure.chart *")].filter(one => { const style = getComputedStyle(one);
  return parseFloat(style.transitionDuration) > 0 || style.animationName !== "none"; }).map(one => one.outerHTML.slice(0, 80))"""


def test_printed(visit: Visit, site: Path) -> None:
    """On paper stand the drawing, its words and its sources with their addresses; no table and no button does, and the ink is dark."""
    watched = visit(color_scheme="dark")
    for name in one_of_each_kind(site):
        page = watched.goto(f"charts/{name}/")
        page.emulate_media(media="print")
        for part in ("h1", ".chart-subtitle", ".drawing-wide svg", ".chart-source", ".chart-known"):
            expect(page.locator(part).first).to_be_visible()
        for part in (
            ".chart-explore",
            ".chart-data",
            ".chart-downloads",
            ".drawing-narrow svg",
            ".md-header",
        ):
            expect(page.locator(part).first).to_be_hidden()
        finish_transitions(page)
        assert _whitest(page) < 128, "words are printed dark"
        page.emulate_media(media="screen")


def _whitest(page: Page) -> int:
    return page.evaluate(
        """() => Math.max(...[...document.querySelectorAll(".svg-chart text, .chart-source, .chart-subtitle")].map(one => {
          const style = getComputedStyle(one); return Math.min(...(one.closest("svg") ? style.fill : style.color).match(/\\d+/g).slice(0, 3)); }))"""
    )


def test_axe_finds_nothing(visit: Visit, site: Path) -> None:
    """On a chart page of each kind, with its table open, axe has nothing to say, grave or slight, in either theme.

    On a push the figure is looked at; a whole page of a chart is among those that test_accessible looks at.
    """
    watched = visit(color_scheme="light")
    within = None if ALL_PAGES else "figure.chart"
    for name in one_of_each_kind(site):
        page = watched.goto(f"charts/{name}/")
        page.evaluate(
            "document.querySelector('.chart-data').open = true"
        )  # a click scrolls, and the theme's tabs fade while it does
        assert not findings(page, within), name
        turned(page, "dark")
        assert not findings(page, within, **({} if ALL_PAGES else {"runOnly": COLOURS})), name
        turned(page, "light")
