"""A small project with charts of given points, for tests of what kinds of charts draw and refuse."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml
from support import copy_small

from explainer.common.problems import Problem, Problems, Refused
from explainer.options import Options
from explainer.render.context import Context

Points = Sequence[dict[str, Any]]


def point(value: str, period: str | None, **more: Any) -> dict[str, Any]:
    """A point of a series; its id is given when it is written."""
    said = more.pop("says", "Stands for any source.")
    words = " ".join(str(more[key]) for key in ("region", "basis", "label") if key in more)
    own = {"value": value, **({"period": period} if period else {"said_by": "The office"})}
    disputed = {"why": "They count otherwise."} if more.get("show", "main") == "rival" else {}
    return {
        "show": "main", "said_by": "The office", "kind": "expert-estimate", **own, **disputed, **more,
        "evidence": [{"source": "courier", "stance": "supports", "locator": "a case of a chart", "says": f"{said} {words}".strip()}],
    }  # fmt: skip


def add(project: Path, charts: dict[str, tuple[str, Points]], **more: Any) -> None:
    """Write a series for each chart and the chart; a chart is a kind and its points. ``more`` goes into each chart's record."""
    series, drawn = [], []
    for name, (kind, points) in charts.items():
        numbered = [{"id": f"q{index}", **each} for index, each in enumerate(deepcopy(points), 1)]
        series.append({
            "id": f"{name}-points", "unit": "books", "title": f"Points of {name}", "counts": ["loans"], "definition": "lent", "x": "period",
            "as_of": "2034-02-01", "review_by": "2044-02-01", "topic": "Loans", "points": numbered,
        })  # fmt: skip
        drawn.append({
            "id": name, "kind": kind, "series": [f"{name}-points"], "show": ["main", "rival", "disputed"], "title": f"Drawn as {kind}",
            "subtitle": "Books", "alt": "A case of a chart.", **deepcopy(more),
        })  # fmt: skip
    for room, records in (("series", series), ("charts", drawn)):
        text = yaml.dump(records, allow_unicode=True, sort_keys=False, width=10**6)
        (project / "seeds" / room / "plotted.yaml").write_text(text, encoding="utf-8")


def gathered(
    folder: Path, charts: dict[str, tuple[str, Points]], **more: Any
) -> tuple[Context | None, list[Problem]]:
    """What a build works out for a project with these charts, and its problems."""
    import build  # noqa: PLC0415

    project = copy_small(folder / "project")
    add(project, charts, **more)
    problems = Problems()
    try:
        made = build.gather(Options(project=project, output=project / "site"), problems)[1]
    except Refused as refused:
        return None, list(refused.problems)
    return made, list(problems)
