"""Charts: seen at once, and drawn cheaply.

The same page is loaded in three versions, in turns, on slow 4G with a four times slower processor,
360 pixels wide. They are: ours; the page with the chart as Material and Plotly usually have it,
with Plotly's own script before it; and the page with only the drawing.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import gallery
import plotly

from bench import Figure, beside, under
from bench.loading import Load, browser, loads
from bench.measure import ROOT, TIMES, middle, module, once, process
from bench.serving import served

_CHART = "spring-call-up"
_FIGURE = re.compile(r'<figure class="chart".*?</figure>', re.DOTALL)
_NARROW = re.compile(r'<div class="drawing drawing-narrow">(.*?)</div>', re.DOTALL)
_POLICY = re.compile(r'<meta http-equiv="?Content-Security-Policy.*?>', re.IGNORECASE)
_INLINED = re.compile(r'<style data-from="([^"]*)">.*?</style>', re.DOTALL)
_OWN_SCRIPT = re.compile(r"/assets/[^/]+\.js$")
"""The address of our scripts; those of the theme are in folders below."""
_OURS = re.compile(r'<script[^>]*src="[^"]*assets/explainer\.js"[^>]*></script>')
_COLOURS = {
    "accent": "#a8324a",
    "quiet": "#8d949c",
    "first": "#12436d",
    "second": "#1e7a72",
    "third": "#801650",
    "fourth": "#c04a10",
}


def figures(scratch: Path) -> Iterator[Figure]:
    """Yield the loading of a chart's page, then the drawing of many charts."""
    site = scratch / "site"
    subprocess.run(
        [sys.executable, ROOT / "build.py", "--output", site],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    yield from _loading(site)
    project = gallery.project(scratch / "gallery")
    drawn = process(module("bench._drawing", project, "svg", "1000"))
    yield under(
        "1,000 charts drawn cold as SVG, both widths, one core: its work", drawn.worked, "s", 5
    )
    yield Figure("the same by the clock on the wall", drawn.seconds, "s")
    yield from _pictures(project, scratch)


def _loading(site: Path) -> Iterator[Figure]:
    ours = (site / "charts" / _CHART / "index.html").read_text(encoding="utf-8")
    extra = {
        f"/charts/{name}/": text.encode()
        for name, text in (("plotly-usual", _usual(site, ours)), ("bare-svg", _bare(ours)))
    }
    extra["/assets/plotly.min.js"] = (
        Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    ).read_bytes()
    with served(site, extra) as address, browser() as chromium:
        pages = {
            "ours": (f"{address}charts/{_CHART}/", ".drawing-narrow .svg-chart"),
            "Plotly": (f"{address}charts/plotly-usual/", ".js-plotly-plot .barlayer path"),
            "bare SVG": (f"{address}charts/bare-svg/", ".svg-chart"),
        }
        found = loads(chromium, pages)
    return _compared(found["ours"], found["Plotly"], found["bare SVG"])


def _compared(ours: Load, usual: Load, bare: Load) -> Iterator[Figure]:
    yield beside("chart painted", ours.painted, "s", "the bare SVG", bare.painted, at_most=1.15)
    yield beside(
        "chart painted", ours.painted, "s", "Material with Plotly", usual.painted, at_most=0.1
    )
    yield beside("largest contentful paint", ours.largest, "s", "the bare SVG", bare.largest)
    yield beside(
        "bytes moved, the search's index left out",
        _bytes(ours),
        "KB",
        "the bare SVG",
        _bytes(bare),
        at_most=1.15,
    )
    yield beside(
        "bytes moved, all", ours.kilobytes, "KB", "the bare SVG", bare.kilobytes, at_most=1.15
    )
    yield beside("bytes moved, all", ours.kilobytes, "KB", "Material with Plotly", usual.kilobytes)
    yield beside("requests", ours.requests, "requests", "the bare SVG", bare.requests)
    yield under("layout shift", ours.shift, "CLS", 0)
    own = sum(size for url, size in ours.files.items() if _OWN_SCRIPT.search(url))
    yield under("scripts of ours before Explore", own, "KB", 5)


def _bytes(load: Load) -> float:
    """Return the kilobytes without the theme's search index, which would hide any difference."""
    return sum(size for url, size in load.files.items() if "/search/" not in url)


def _usual(site: Path, ours: str) -> str:
    """Return the page with a chart as Plotly's ``to_html`` writes it.

    This is Plotly's script, an empty element, and a call that draws. The stylesheets are linked.
    """
    explore = (site / "explore" / _CHART / "index.html").read_text(encoding="utf-8")
    match = re.search(
        r'<script type="application/json" id="figure">(.*?)</script>', explore, re.DOTALL
    )
    assert match, "the explorer has no figure"
    figure = json.dumps(_painted(json.loads(match.group(1))))
    html = (
        '<div><script src="../../assets/plotly.min.js"></script><div id="chart"'
        ' class="plotly-graph-div"></div>'
        f"<script>const figure = {figure}; Plotly.newPlot('chart', figure.data, figure.layout,"
        " {responsive: true})</script></div>"
    )
    return _INLINED.sub(r'<link rel="stylesheet" href="\1">', _swapped(ours, html))


def _bare(ours: str) -> str:
    """Return the page with only the drawing for phones."""
    match = _NARROW.search(ours)
    assert match, "the page has no narrow drawing"
    return _swapped(ours, match.group(1))


def _swapped(page: str, html: str) -> str:
    """Return the page with its figure replaced, and without our script and our policy."""
    text, times = _FIGURE.subn(lambda _: html, _POLICY.sub("", page))
    assert times == 1, f"{times} figures in the page"
    return _OURS.sub("", text)


def _painted(value: object) -> object:
    """Return the figure with colours in place of their names, as the explorer's script does it."""
    if isinstance(value, dict):
        return {key: _painted(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_painted(item) for item in value]
    return _COLOURS.get(value, value) if isinstance(value, str) else value


def _pictures(project: Path, scratch: Path) -> Iterator[Figure]:
    """Yield the drawing of a hundred posters on all cores as in a build, then again unchanged."""
    command: list[str | Path] = [sys.executable, "-m", "bench._drawing", project, "png", "100"]
    cold = middle([once([*command, scratch / f"kept-{turn}"]) for turn in range(TIMES)])
    again = process([*command, scratch / "kept-0"])
    yield under("100 PNGs at 2x, cold, every core: by the clock on the wall", cold.seconds, "s", 10)
    yield Figure("the same: its work", cold.worked, "s")
    yield Figure("the same 100 asked for again: its work", again.worked, "s")
    yield under("PNGs drawn again when nothing changed", float(again.said), "pictures", 0)
