"""Lighthouse: its scores for a page of each kind, on a simulated phone with a slow network

The scores are from 0 to 100, for the home page, the page of a chart and an embed. Performance is
the median of five runs, the other categories the lowest. Lighthouse does not slow the page down: it
loads the page once at full speed and computes how long a phone would take (simulated throttling).
So a busy machine makes our scores worse.

An embed can have at most 92 in SEO. Lighthouse requests robots.txt from within the page, and the
embed's policy allows no request. The audit fails without an answer, and it is one of twelve points.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final

import chromium

from bench import Figure
from bench.measure import ROOT, TIMES
from bench.serving import served

PACKAGE: Final = "lighthouse@12.8.2"
"""The newest version that runs on Node.js 20."""
_GOALS: Final = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}


def figures(scratch: Path) -> Iterator[Figure]:
    """Yield the scores of a page of each kind, built for the address where it is served."""
    site = scratch / "site"
    with served(site) as address:
        command: list[str | Path] = [
            sys.executable,
            ROOT / "build.py",
            "--output",
            site,
            "--site-url",
            address,
        ]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        chart = max(
            (site / "charts").iterdir(), key=lambda each: (each / "index.html").stat().st_size
        ).name
        for name, path in {
            "the home page": "",
            "a chart's page": f"charts/{chart}/",
            "an embed": f"embed/{chart}/",
        }.items():
            runs = [_scores(address + path, scratch) for _ in range(TIMES)]
            for category, goal in _GOALS.items():
                told = [run[category] for run in runs]
                score = median(told) if category == "performance" else min(told)
                yield Figure(
                    f"{name}: {category}",
                    score,
                    "of 100",
                    goal=f"at least {goal}",
                    met=score >= goal,
                )


def _scores(url: str, scratch: Path) -> dict[str, float]:
    """Return the score of each category."""
    report = scratch / "report.json"
    flags = f"--chrome-flags=--headless {' '.join(chromium.FLAGS)}"
    wanted = f"--only-categories={','.join(_GOALS)}"
    lighthouse = [
        "npm",
        "exec",
        "--yes",
        f"--package={PACKAGE}",
        "--",
        "lighthouse",
        url,
        "--quiet",
        flags,
        wanted,
    ]
    env = {**os.environ, "CHROME_PATH": chromium.find() or ""}
    done = subprocess.run(
        [*lighthouse, "--output=json", f"--output-path={report}"],
        env=env,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"lighthouse ended with {done.returncode}: {done.stderr[-2000:]}")
    said = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: 100 * (said[name]["score"] or 0) for name in _GOALS}
