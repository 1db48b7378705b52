"""Lighthouse: what it says of a page of each kind, on the phone and the slow network that it makes up

Scores of 0 to 100 for the home page, the page of a chart and an embed; the median of five runs each for performance, the lowest of
them for the rest. Lighthouse slows nothing down: it reckons from one quick load how long the page would take a phone (its simulated
throttling), so that a busy machine counts against us.

An embed has 92 in SEO, and no more is to be had: Lighthouse asks for robots.txt from within the page, and an embed's policy lets it ask
for nothing. One of twelve points is lost by that audit, which fails unless it gets an answer.
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
"""The newest that runs on Node.js 20."""
_GOALS: Final = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}


def figures(scratch: Path) -> Iterator[Figure]:
    """A page of each kind, built for the address that it is served at."""
    site = scratch / "site"
    with served(site) as address:
        command: list[str | Path] = [sys.executable, ROOT / "build.py", "--output", site, "--site-url", address]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        chart = max((site / "charts").iterdir(), key=lambda each: (each / "index.html").stat().st_size).name
        for name, path in {"the home page": "", "a chart's page": f"charts/{chart}/", "an embed": f"embed/{chart}/"}.items():
            runs = [_scores(address + path, scratch) for _ in range(TIMES)]
            for category, goal in _GOALS.items():
                told = [run[category] for run in runs]
                score = median(told) if category == "performance" else min(told)
                yield Figure(f"{name}: {category}", score, "of 100", goal=f"at least {goal}", met=score >= goal)


def _scores(url: str, scratch: Path) -> dict[str, float]:
    """The score of each category."""
    report = scratch / "report.json"
    flags = f"--chrome-flags=--headless {' '.join(chromium.FLAGS)}"
    wanted = f"--only-categories={','.join(_GOALS)}"
    lighthouse = ["npm", "exec", "--yes", f"--package={PACKAGE}", "--", "lighthouse", url, "--quiet", flags, wanted]
    env = {**os.environ, "CHROME_PATH": chromium.find() or ""}
    done = subprocess.run(
        [*lighthouse, "--output=json", f"--output-path={report}"], env=env, capture_output=True, text=True, timeout=600, check=False
    )
    if done.returncode:
        raise RuntimeError(f"lighthouse ended with {done.returncode}: {done.stderr[-2000:]}")
    said = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: 100 * (said[name]["score"] or 0) for name in _GOALS}
