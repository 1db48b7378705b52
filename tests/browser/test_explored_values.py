"""What "Explore" draws, for every chart of the gallery, is what picture and table say: the values are read out of Plotly itself."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import gallery
import pytest
from browser.browsing import ALL_PAGES, ENGINE
from playwright.sync_api import Browser, Page
from plotted import Points, add, point
from serving import online
from support import apart, once, replace

RIVALS = [
    point("120", "2019"), point("100", "2020"), point("130", "2020", show="rival", said_by="The club", standing="disputed"),
    point("over 80", "2021", group="press", said_by="Ida Holm"),
]  # fmt: skip
SPRINGS = [
    point("120", "2019-03", label="Spring 2019"),
    point("100", "2020-03", label="Spring"),
    point("80", "2021-03", label="Spring"),
]
THOUSANDS = [
    point(
        f"{value}000000",
        str(2019 + value),
        said_by=f"The Joint Committee of the Friends of the Libraries of Alder {'ABCD'[value]}",
    )
    for value in range(3)
]
CHARTS: dict[str, tuple[str, Points]] = {
    **{f"rivals-{kind}": (kind, RIVALS) for kind in ("columns", "ranges", "steps", "dots")},
    **{f"springs-{kind}": (kind, SPRINGS) for kind in ("columns", "steps")},
    **{f"big-{kind}": (kind, THOUSANDS) for kind in ("columns", "ranges", "dots")},
}
PAIRS = gallery.pairs(gallery.shapes())
LONG = {(kind, "long-labels") for kind in ("ranges", "dots", "timeline")} | {
    (kind, "magnitudes") for kind in ("columns", "ranges")
}
"""Charts with long words, which a phone could cut."""
GALLERY = PAIRS if ALL_PAGES else [pair for pair in PAIRS if pair in {*PAIRS[::3], *LONG}]
"""Every chart of the gallery in the audit; on a push a third of them, in which each shape of data and each kind is."""
EVERY = [*(f"{kind}-{name}" for kind, name in GALLERY), *CHARTS]
DRAWN = """() => [...document.getElementById("explore").calcdata].flatMap(marks => marks.map(mark => ({
  id: mark.id, type: marks[0].trace.type, flat: marks[0].trace.orientation === "h", x: mark.x, y: mark.y,
  at: mark.p, base: mark.b, size: mark.s, wide: mark.w, colour: mark.mc || (marks[0].trace.marker || {}).color, symbol: mark.mx || (marks[0].trace.marker || {}).symbol,
  said: marks[0].trace.texttemplate || ""})))"""
CUT = """() => [...document.querySelectorAll("#explore text")].filter(one => {
  const box = one.getBoundingClientRect();
  return one.textContent && box.width && (box.left < -1 || box.right > innerWidth + 1);
}).map(one => one.textContent)"""


def _build(folder: Path) -> None:
    project = gallery.project(folder / "project", only=GALLERY)
    add(project, CHARTS, highlight=["q1"])
    page = project / "site_src" / "gallery.md"
    page.write_text(
        page.read_text(encoding="utf-8")
        + "\n\n".join(f'{{{{ chart("{name}") }}}}' for name in CHARTS)
        + "\n",
        encoding="utf-8",
    )
    replace(project / "mkdocs.yml", "\nnav:\n", "\nnav:\n  - Gallery: gallery/index.md\n")
    done = apart("--project", project, "--output", folder / "www", "--engine", ENGINE)
    assert done.code == 0, done.said


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with the charts of the gallery, and charts of rivals and of labels that repeat."""
    return once(tmp_path_factory, "explored", _build) / "www"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where it is served."""
    with online(site, missing="404.html") as found:
        yield found


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page as wide as a tablet, which opens one chart after the other: so Plotly is compiled once."""
    made = browser.new_context(viewport={"width": 800, "height": 900}).new_page()
    yield made
    made.context.close()


def drawn(page: Page, address: str, chart: str) -> list[dict[str, Any]]:
    """Every mark that Plotly has drawn, once it has."""
    page.goto(f"{address}/explore/{chart}/")
    page.wait_for_function(
        "() => (document.getElementById('explore') || {}).calcdata && document.querySelector('#explore svg.main-svg')"
    )
    return page.evaluate(DRAWN)


def numbers(value: str) -> set[float]:
    """The numbers of a value as the ledger writes it."""
    return {
        float(Decimal(each)) for each in re.findall(r"-?\d+(?:\.\d+)?", value.replace("..", " "))
    }


def values_of(mark: dict[str, Any], kind: str) -> set[float]:
    """Where a mark begins and ends, on the axis of amounts."""
    if mark["type"] == "bar":
        return {mark["base"], mark["base"] + mark["size"]}
    return {mark["y"] if kind in ("columns", "steps") else mark["x"]}


def test_the_sample_has_every_kind_and_shape() -> None:
    """Whatever is left to the audit, each kind of chart and each shape of data is drawn on a push."""
    for part in (0, 1):
        assert {pair[part] for pair in GALLERY} == {pair[part] for pair in PAIRS}


@pytest.mark.parametrize("chart", EVERY)
def test_each_mark_has_the_value_of_the_table(
    page: Page, address: str, site: Path, chart: str
) -> None:
    """For each claim, what Plotly drew begins and ends at the claim's numbers; claims of one time are never one column."""
    marks = drawn(page, address, chart)
    record = json.loads((site / f"data/charts/{chart}.json").read_text(encoding="utf-8"))
    picture = (site / f"data/charts/{chart}.svg").read_text(encoding="utf-8")
    kind = next(
        kind for kind in ("columns", "ranges", "steps", "dots", "timeline") if kind in chart
    )
    found: dict[str, set[float]] = defaultdict(set)
    for mark in marks:
        found[mark["id"]] |= values_of(mark, kind) if kind != "timeline" else set()
    wanted = {row["claim"].removeprefix("facts/").replace("/#", ":"): row for row in record["rows"]}
    assert set(found) == set(wanted)
    for name, row in wanted.items():
        if kind != "timeline":
            zero = {0.0} if kind == "columns" else set()  # columns stand on it
            assert {round(each, 9) for each in found[name] | zero} == numbers(
                row["value"]
            ) | zero, name
    html = (site / f"charts/{chart}/index.html").read_text(encoding="utf-8")
    assert sorted(set(re.findall(r'data-value="([^"]*)"', html))) == sorted(
        {row["value"] for row in record["rows"]}
    )
    assert picture
    disputed = [name for name, row in wanted.items() if row["standing"] == "disputed"]
    said = page.locator("#explore").inner_text()
    assert ("≠" in said) == bool(disputed)
    if kind == "columns":
        assert (
            page.evaluate("() => document.getElementById('explore')._fullLayout.barmode")
            == "overlay"
        )
        places = sorted(
            {
                (mark["at"] - mark["wide"] / 2, mark["at"] + mark["wide"] / 2, mark["id"])
                for mark in marks
                if mark["type"] == "bar"
            }
        )
        assert len(places) == len(wanted)
        assert all(one[1] <= other[0] + 1e-6 for one, other in pairwise(places))


@pytest.mark.parametrize("kind", ["columns", "ranges", "steps", "dots"])
def test_what_the_picture_says_beside_values_is_kept(page: Page, address: str, kind: str) -> None:
    """The accent, the open end, the disagreement and the groups of the picture are in the interactive drawing."""
    marks = drawn(page, address, f"rivals-{kind}")
    accent = page.evaluate(
        "() => getComputedStyle(document.querySelector('.explore-about a')).color"
    ) and {"#a8324a", "#f28ea0"}
    coloured = {
        mark["id"]
        for mark in marks
        if (mark["colour"] if isinstance(mark["colour"], str) else "") in accent
    }
    assert coloured == {f"rivals-{kind}-points:q1"}
    tips = {mark["id"] for mark in marks if str(mark["symbol"]).startswith("triangle")}
    assert tips == {f"rivals-{kind}-points:q4"}
    if kind == "ranges":
        assert "Ida Holm" in page.locator("#explore").inner_text()


@pytest.mark.parametrize(
    "chart",
    ["big-columns", "big-ranges", "big-dots", *(f"{kind}-{name}" for kind, name in sorted(LONG))],
)
def test_nothing_is_cut_on_a_phone(page: Page, address: str, chart: str) -> None:
    """At 360 pixels no word of the drawing leaves the screen."""
    page.set_viewport_size({"width": 360, "height": 800})
    drawn(page, address, chart)
    cut = page.evaluate(CUT)
    page.set_viewport_size({"width": 800, "height": 900})
    assert cut == []
