"""Charts: seen first, without JavaScript, with words, sources and a table; the same values in every form; played with after."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser.browsing import Watched, explored, html_paths
from playwright.sync_api import Page, expect

Visit = Callable[..., Watched]
_NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?(?: million)?")


def charts_of(site: Path) -> dict[str, dict[str, Any]]:
    """The published data of each chart, by the chart's id."""
    return {
        file.stem: json.loads(file.read_text(encoding="utf-8"))
        for file in sorted((site / "data" / "charts").glob("*.json"))
    }


def numbers(text: str) -> list[float]:
    """The numbers that a cell or a mark says: "1.5 million to 2,000,000" and "1500000..2000000" alike."""
    found = (match.replace("−", "-").replace(",", "") for match in _NUMBER.findall(text))
    return [
        float(part.removesuffix(" million")) * (1e6 if part.endswith(" million") else 1)
        for part in found
    ]


def marks(page: Page, width: str) -> list[dict[str, str]]:
    """The marks of one of the two drawings: the value each stands for, and where it leads."""
    return page.evaluate(
        """width => [...document.querySelectorAll(`figure.chart .drawing-${width} [data-value]`)].map(
          one => ({value: one.dataset.value, href: one.closest("a").getAttribute("href")}))""",
        width,
    )


def drawn_as(site: Path, kind: str) -> list[str]:
    """The charts that are drawn in a way, by their ids."""
    drawn = re.compile(f'class="svg-chart {kind}( tall)?"')
    found = [
        name
        for name in charts_of(site)
        if drawn.search((site / "charts" / name / "index.html").read_text(encoding="utf-8"))
    ]
    assert found, f"the site has no chart of the kind {kind}"
    return found


DRAWN = ("columns", "ranges", "steps", "dots", "timeline")
TWO_KINDS = pytest.mark.parametrize(
    "chart",
    [
        kind if kind in ("columns", "timeline") else pytest.param(kind, marks=pytest.mark.audit)
        for kind in DRAWN
    ],
    indirect=True,
)
"""For what hardly depends on the kind of a chart: one with amounts and one with dates; all of them in the audit."""


@pytest.fixture(params=DRAWN)
def chart(request: pytest.FixtureRequest, site: Path) -> str:
    """One chart of each kind that is drawn, by its id."""
    return drawn_as(site, request.param)[0]


def test_every_chart_has_its_page(site: Path) -> None:
    """The pages of charts, their explorers and their data are the same set."""
    for folder in ("charts", "explore"):
        assert {
            path.split("/")[1] for path in html_paths(site) if path.startswith(f"{folder}/")
        } == set(charts_of(site))


def test_words_sources_and_the_same_values_everywhere(visit: Visit, site: Path) -> None:
    """Each chart has a title, alt text, a source line and a table; table, both drawings and the published data say the same."""
    watched = visit()
    for name, data in charts_of(site).items():
        page = watched.goto(f"charts/{name}/")
        figure = page.locator(f"figure#chart-{name}")
        assert page.locator("h1").inner_text() == data["title"]
        assert figure.locator(".chart-subtitle").inner_text() == data["subtitle"]
        for svg in figure.locator(".drawing svg.svg-chart").all():
            assert len(svg.get_attribute("aria-label") or "") > 20
        assert figure.locator(".chart-source a").count() > 0
        rows = [(row["claim"], row["value"]) for row in data["rows"]]
        assert rows
        with (site / f"data/charts/{name}.csv").open(encoding="utf-8", newline="") as file:
            assert [
                (row["claim"], row["value"].removeprefix("'")) for row in csv.DictReader(file)
            ] == rows
        for width in ("wide", "narrow"):
            drawn = [
                (mark["href"].removeprefix("../../"), mark["value"]) for mark in marks(page, width)
            ]
            assert Counter(drawn) == Counter(rows), f"{name}: the {width} drawing"
        cells = figure.locator(".chart-data td.cell-value a")
        table = list(
            zip(
                cells.evaluate_all("all => all.map(one => one.getAttribute('href'))"),
                cells.all_text_contents(),
                strict=True,
            )
        )
        assert [href.removeprefix("../../") for href, _ in table] == [claim for claim, _ in rows]
        if not data["unit"]:
            continue  # dates: their words and their machine form differ
        assert [numbers(said) for _, said in table] == [numbers(value) for _, value in rows]
        for row in (row for row in data["rows"] if "±" not in row["value"]):
            low, high = (numbers(row["value"]) * 2)[:2]
            assert row["low"] in (None, low)
            assert row["high"] in (None, high)


def test_columns_are_as_high_as_their_values(visit: Visit, site: Path) -> None:
    """In the columns of both drawings height is proportional to the value, from a base of zero, within a pixel."""
    watched = visit()
    for name in drawn_as(site, "columns"):
        page = watched.goto(f"charts/{name}/")
        for width in ("wide", "narrow"):
            drawn = page.evaluate(
                """width => [...document.querySelectorAll(`.drawing-${width} rect.col`)].map(
                  one => { const top = +one.getAttribute("y"), height = +one.getAttribute("height");
                    return [one.closest("[data-value]").dataset.value, height, top + height]; })""",
                width,
            )
            assert drawn, f"{name}: the {width} drawing"
            scale = max(height for _, height, _ in drawn) / max(
                numbers(value)[-1] for value, _, _ in drawn
            )
            assert all(abs(numbers(value)[-1] * scale - height) <= 1 for value, height, _ in drawn)
            assert max(foot for *_, foot in drawn) - min(foot for *_, foot in drawn) <= 1


def test_ranges_stand_where_their_values_are(visit: Visit, site: Path) -> None:
    """In the ranges of both drawings one linear scale maps every value to its place, within a pixel."""
    watched = visit()
    for name in drawn_as(site, "ranges"):
        page = watched.goto(f"charts/{name}/")
        for width in ("wide", "narrow"):
            drawn = page.evaluate(
                """width => [...document.querySelectorAll(`.drawing-${width} .svg-chart.ranges [data-value]`)].map(one => {
                  const span = one.querySelector(".span:not(.open)"), dot = one.querySelector(".point");
                  const at = span ? [span.getAttribute("x1"), span.getAttribute("x2")] : [dot.getAttribute("cx")];
                  return [one.dataset.value, at.map(Number)]; })""",
                width,
            )
            points = sorted(
                pair
                for value, places in drawn
                for pair in zip(numbers(value.split("±")[0]), places, strict=True)
            )
            assert len(points) == len({place for _, place in points}) or len(points) > len(
                {value for value, _ in points}
            )
            if len(points) > 1:
                (low, left), (high, right) = points[0], points[-1]
                assert all(
                    abs(left + (value - low) / (high - low) * (right - left) - place) <= 1
                    for value, place in points
                ), name


def test_marks_lead_to_their_claims(visit: Visit, chart: str) -> None:
    """A mark can be clicked, and leads to the claim that it draws."""
    page = visit().goto(f"charts/{chart}/")
    mark = page.locator(".drawing-wide svg a").last
    href = mark.get_attribute("href")
    assert href is not None
    mark.locator("rect, circle").first.click()
    page.wait_for_url(f"**/{href.removeprefix('../../')}")
    expect(page.locator(f"section#{href.split('#')[1]}")).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 1280])
def test_without_javascript(visit: Visit, site: Path, width: int) -> None:
    """Without JavaScript the drawing, the table, the numbers and the footnotes are there; one of the two drawings shows."""
    pages = [
        path
        for path in html_paths(site)
        if not path.startswith(("charts/", "explore/", "embed/", "facts/", "sources/"))
    ]
    with_charts = [
        path
        for path in pages
        if 'class="chart"' in (site / path / "index.html").read_text(encoding="utf-8")
    ]
    path = max(with_charts, key=lambda path: (site / path / "index.html").stat().st_size)
    page = visit(width=width, java_script_enabled=False).goto(path)
    figure = page.locator("figure.chart").first
    expect(figure.locator(".drawing-wide svg")).to_be_visible(visible=width > 736)
    expect(figure.locator(".drawing-narrow svg")).to_be_visible(visible=width <= 736)
    figure.locator(".chart-data summary").click()
    expect(figure.locator(".chart-data table")).to_be_visible()
    assert (
        figure.locator(".chart-data tbody tr").count()
        == figure.locator(".drawing-wide [data-value]").count()
    )
    assert page.locator(".num-value").count() > 0
    for one in page.locator(".num-value").all()[:5]:
        expect(one).to_be_visible()
    expect(page.locator(".footnote li").first).to_be_visible()


@TWO_KINDS
def test_explore_draws_the_same_table(visit: Visit, site: Path, chart: str) -> None:
    """Plotly, from our own files, draws the chart's published values, and offers to send them to nobody."""
    page = visit().goto(f"explore/{chart}/")
    expect(page.locator("#explore svg.main-svg").first).to_be_visible()
    expect(page.locator("#explore-message")).to_be_hidden()
    data = charts_of(site)[chart]
    traces = page.evaluate(
        """() => document.getElementById("explore").data.map(one => ({
          x: [...one.x], y: [...one.y], base: one.base ? [...one.base] : null }))"""
    )
    drawn: set[float] = set()
    for trace in traces:
        drawn |= set(trace["base"] or ())
        for values in (trace["x"], trace["y"]):
            from_base = zip(values, trace["base"] or [0] * len(values), strict=True)
            drawn |= {value + base for value, base in from_base if isinstance(value, int | float)}
    rows = data["rows"]
    if data["unit"]:
        assert {number for row in rows for number in numbers(row["value"].split("±")[0])} <= drawn
    else:
        assert sum(len(trace["x"]) for trace in traces) >= len(rows)
    words = " ".join(
        page.locator(".modebar-btn").evaluate_all("all => all.map(one => one.dataset.title || '')")
    )
    assert words
    assert not re.search("share|cloud|studio|edit|upload|logo", words, re.IGNORECASE)
    assert page.locator(".plotlyjsicon, a[href*='plot.ly'], a[href*='plotly.com']").count() == 0


@TWO_KINDS
def test_explore_opens_in_place(visit: Visit, chart: str) -> None:
    """The button opens the drawing where the picture was: nothing loads before, nothing above it moves, the focus stays, and there is a way back."""
    watched = visit(width=360, color_scheme="dark")
    page = watched.goto(f"charts/{chart}/")
    assert not [url for url in watched.requests if "plotly" in url or "/explore/" in url]
    button = page.locator(".chart-explore")
    button.focus()
    above = "document.querySelector('.chart-stage').getBoundingClientRect().top + scrollY"
    before = page.evaluate(above)
    page.keyboard.press("Enter")
    expect(page.locator(".chart-stage.is-exploring iframe")).to_be_visible()
    assert page.evaluate(above) == before
    assert "chart-explore" in page.evaluate("document.activeElement.className")
    assert explored(page).evaluate("document.documentElement.classList.contains('dark')"), (
        "the frame has the page's theme"
    )
    expect(button).to_have_text("Back to the picture")
    expect(page.frame_locator(".chart-stage iframe").locator("svg.main-svg").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".chart-stage iframe")).to_have_count(0)
    expect(page.locator(".drawing-narrow svg")).to_be_visible()
    expect(button).to_have_text("Explore the data")


@TWO_KINDS
def test_a_failed_load_leaves_the_picture(visit: Visit, chart: str) -> None:
    """Where Plotly's script does not arrive, the picture stays and the page says so."""
    watched = visit()
    watched.page.route(
        re.compile("plotly"),
        lambda route: route.fulfill(status=200, content_type="text/javascript", body=""),
    )
    page = watched.goto(f"charts/{chart}/")
    page.locator(".chart-explore").click()
    expect(page.locator(".chart-status")).to_contain_text("could not be loaded")
    expect(page.locator(".drawing-wide svg")).to_be_visible()
    expect(page.locator(".chart-stage iframe")).to_have_count(0)


@TWO_KINDS
def test_downloads_are_there(visit: Visit, site: Path, chart: str) -> None:
    """Each chart can be taken as CSV, XLSX, JSON, SVG and PNG, and each file has the chart's values or is a picture."""
    page = visit(java_script_enabled=False).goto(f"charts/{chart}/")
    links = page.locator(".chart-downloads a").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    assert [link.rsplit(".", 1)[1] for link in links] == ["csv", "xlsx", "json", "svg", "png"]
    for link in links:
        assert (site / link.removeprefix("../../")).stat().st_size > 500
    assert (site / f"data/charts/{chart}.png").read_bytes().startswith(b"\x89PNG")


@TWO_KINDS
def test_explore_says_what_is_missing_without_javascript(visit: Visit, chart: str) -> None:
    """Without JavaScript the explorer says so, and leads back to the chart, its table and its sources."""
    page = visit(java_script_enabled=False).goto(f"explore/{chart}/")
    expect(page.locator("#explore-message")).to_be_visible()
    page.get_by_role("link", name="Back to the chart").click()
    expect(page.locator("figure.chart .drawing-wide svg")).to_be_visible()
