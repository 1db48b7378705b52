"""Saving: from a saved file to a page loaded again, at a thousand facts and a hundred pages.

The time runs from the write to the moment at which a page in Chromium, open since before, shows the new words; medians of five.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from bench import Figure, under
from bench.loading import browser
from bench.measure import ROOT, TIMES
from bench.projects import SIZES, write

_PATIENCE = 120_000
"""Milliseconds after which a page is given up."""


def figures(scratch: Path) -> Iterator[Figure]:
    """A sentence of a page, then the words of a claim."""
    project = write(scratch / "project", SIZES[1])
    command = [sys.executable, "-u", str(ROOT / "build.py"), "serve", "--project", str(project), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as child, browser() as chromium:
        assert child.stdout is not None
        try:
            address = next(found.group() for line in child.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+/", line)))
            tab = chromium.new_page()
            yield under("prose: saved to shown", _taken(tab, f"{address}page-5/", project / "site_src" / "page-5.md", _sentence), "s", 1)
            path = project / "seeds" / "facts" / "part-003.yaml"
            yield under("a fact: saved to shown", _taken(tab, f"{address}facts/town-300/", path, _claim), "s", 2)
        finally:
            child.kill()


def _taken(tab: Page, address: str, path: Path, change: Callable[[str, str], str]) -> float:
    """Median seconds from a saved change to the page that shows it."""
    tab.goto(address)
    found = []
    for number in range(TIMES + 1):
        word = f"Change{'abcdefgh'[number]}"  # without a digit: one would need a source
        text = change(path.read_text(encoding="utf-8"), word)
        begun = time.perf_counter()
        path.write_text(text, encoding="utf-8")
        tab.get_by_text(word).first.wait_for(state="attached", timeout=_PATIENCE)
        found.append(time.perf_counter() - begun)
        time.sleep(0.5)
    return median(found[1:])


def _sentence(text: str, word: str) -> str:
    return re.sub(r"\n\nChange[a-h]\n\Z|\Z", f"\n\n{word}\n", text, count=1)


def _claim(text: str, word: str) -> str:
    return re.sub(r"says: [^\n]*", f"says: Gives a higher number. {word}", text, count=1)
