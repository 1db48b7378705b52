"""Embeds: the same chart on somebody else's page, ours beside what others paste.

Each is loaded alone, as in a frame of another site, and in turns: our embed; a file from Plotly's
`write_html`; vega-embed with Vega and Vega-Lite from npm; and a page of Observable Framework, if
npm can install it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

from plotly import graph_objects

from bench import Figure, beside, under
from bench.loading import Load, browser, loads
from bench.measure import ROOT
from bench.serving import served
from build import gather
from explainer.common.problems import Problems
from explainer.options import Options
from explainer.publish.tables import Table
from explainer.render.charts import KINDS

_CHART = "spring-call-up"
_VEGA = {"vega": "5.33.0", "vega-lite": "5.23.0", "vega-embed": "6.29.0"}
_FRAMEWORK = ("@observablehq/framework@1.13.3", "@observablehq/plot@0.6.17")
_PATIENCE = 240


def figures(scratch: Path) -> Iterator[Figure]:
    """Yield the size of the largest embed, then the comparison of one chart."""
    _, context, site = gather(Options(ROOT, scratch / "unused"), Problems())
    table = context.tables[_CHART]
    www = scratch / "www"
    for path, data in site.files.items():
        if path.startswith("embed/"):
            (www / path).parent.mkdir(parents=True, exist_ok=True)
            (www / path).write_bytes(data)
    figure = KINDS[table.kind].figure(table, context.wording)
    (www / "plotly").mkdir()
    graph_objects.Figure(figure["data"], {"title": table.title}, skip_invalid=True).write_html(
        www / "plotly" / "index.html"
    )
    pages = {
        "ours": (f"embed/{_CHART}/", ".small svg"),
        "Plotly's write_html": ("plotly/", ".barlayer path"),
    }
    if _made(_vega, www / "vega", table, scratch):
        pages["vega-embed"] = ("vega/", "#chart svg path")
    if _made(_framework, www / "framework", table, scratch):
        pages["Observable Framework"] = ("framework/", "svg rect")
    with served(www) as address, browser() as chromium:
        found = loads(
            chromium, {name: (address + path, selector) for name, (path, selector) in pages.items()}
        )
        embeds = [
            path for path in site.files if path.startswith("embed/") and path.endswith(".html")
        ]
        heaviest = max(embeds, key=lambda path: len(site.files[path]))
        largest = loads(
            chromium, {"it": (address + heaviest.removesuffix("index.html"), ".small svg")}
        )["it"]
    yield under("the largest embed, as moved", largest.kilobytes, "KB", 30)
    yield from _compared(found)


def _made(
    make: Callable[[Path, Table, Path], None], folder: Path, table: Table, scratch: Path
) -> bool:
    """Make a page with npm packages; if that fails, print why and return false."""
    try:
        make(folder, table, scratch)
    except (subprocess.SubprocessError, OSError) as error:
        said = getattr(error, "stderr", None) or str(error)
        sys.stderr.write(f"{folder.name} is left out: {str(said).strip().splitlines()[-1:]}\n")
        return False
    return True


def _run(*command: str, cwd: Path) -> None:
    subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True, timeout=_PATIENCE)


def _compared(found: dict[str, Load]) -> Iterator[Figure]:
    ours, others = found.pop("ours"), found
    lightest = min(others, key=lambda name: others[name].kilobytes)
    yield under("requests", ours.requests, "requests", 1)
    yield under("scripts loaded besides", ours.script_kilobytes, "KB", 0)
    for name, load in others.items():
        yield beside(
            "bytes moved",
            ours.kilobytes,
            "KB",
            name,
            load.kilobytes,
            at_most=0.1 if name == lightest else None,
        )
        yield beside("chart painted", ours.painted, "s", name, load.painted, at_most=1)
        yield beside(
            "script time, the processor slowed",
            ours.scripted * 1000,
            "ms",
            name,
            load.scripted * 1000,
        )
        yield Figure(
            f"script files of {name} (none where it stands in the page)",
            load.script_kilobytes,
            "KB",
        )


def _amounts(table: Table) -> list[dict[str, object]]:
    return [{"when": row.label, "value": float(row.amount.numbers[-1])} for row in table.amounts]


def _vega(folder: Path, table: Table, scratch: Path) -> None:
    """Write a page with vega-embed as in its own README."""
    folder.mkdir()
    for name, version in _VEGA.items():
        _run("npm", "pack", "--silent", f"{name}@{version}", cwd=scratch)
        with tarfile.open(scratch / f"{name}-{version}.tgz") as package:
            member = package.extractfile(f"package/build/{name}.min.js")
            assert member is not None
            (folder / f"{name}.js").write_bytes(member.read())
    spec = {
        "data": {"values": _amounts(table)},
        "mark": "bar",
        "width": "container",
        "height": 280,
        "title": table.title,
        "encoding": {
            "x": {"field": "when", "type": "ordinal", "sort": None},
            "y": {"field": "value", "type": "quantitative"},
        },
    }
    scripts = "".join(f'<script src="{name}.js"></script>' for name in _VEGA)
    draw = f'vegaEmbed("#chart", {json.dumps(spec)}, {{renderer: "svg"}})'
    page = (
        f'<!doctype html><meta charset="utf-8">{scripts}<div id="chart"'
        f' style="width:100%"></div><script>{draw}</script>'
    )
    (folder / "index.html").write_text(page, encoding="utf-8")


def _framework(folder: Path, table: Table, scratch: Path) -> None:
    """A page of Observable Framework with Observable Plot, both from npm."""
    project = scratch / "observable"
    (project / "src").mkdir(parents=True)
    (project / "package.json").write_text('{"type": "module", "private": true}', encoding="utf-8")
    settings = (
        'export default {title: "A chart", pages: [], toc: false, sidebar: false, header: "",'
        ' footer: "", globalStylesheets: []};'
    )
    (project / "observablehq.config.js").write_text(settings, encoding="utf-8")
    marks = f'[Plot.barY({json.dumps(_amounts(table))}, {{x: "when", y: "value"}})]'
    draw = (
        'import * as Plot from "@observablehq/plot";\ndisplay(Plot.plot({title:'
        f" {json.dumps(table.title)}, marks: {marks}}}));"
    )
    (project / "src" / "index.md").write_text(
        f"# {table.title}\n\n```js\n{draw}\n```\n", encoding="utf-8"
    )
    _run("npm", "install", "--silent", "--no-audit", "--no-fund", *_FRAMEWORK, cwd=project)
    _run("npx", "observable", "build", cwd=project)
    shutil.copytree(project / "dist", folder)
