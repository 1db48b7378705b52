"""Saving: from a saved file to a page loaded again, at a thousand facts and a hundred pages.

The time is measured from the writing of the file until an open page in Chromium has painted the new
words. Figures are medians of five.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from bench import Figure, under
from bench.loading import browser
from bench.measure import ENVIRONMENT, ROOT, TIMES
from bench.projects import SIZES, write

_PATIENCE = 120
"""Seconds to wait for a page before giving up."""
_WATCH = """
new MutationObserver((_, observer) => {
  const found = document.body?.textContent.match(/Change[a-h]/);
  if (!found) return;
  observer.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => window.shown(found[0], Date.now())));
}).observe(document, { childList: true, subtree: true });
"""
"""Reports when a page has painted the words.

It runs in the page, because polling from outside would see the change up to half a second late.
"""


def figures(scratch: Path) -> Iterator[Figure]:
    """Yield the times for a changed sentence of a page and for the changed words of a claim."""
    project = write(scratch / "project", SIZES[1])
    command = [
        sys.executable,
        "-u",
        str(ROOT / "build.py"),
        "serve",
        "--project",
        str(project),
        "--port",
        "0",
    ]
    with (
        subprocess.Popen(
            command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as child,
        browser() as chromium,
    ):
        assert child.stdout is not None
        try:
            address = next(
                found.group()
                for line in child.stdout
                if (found := re.search(r"http://127\.0\.0\.1:\d+/", line))
            )
            prose, facts = (
                project / "site_src" / "page-5.md",
                project / "seeds" / "facts" / "part-003.yaml",
            )
            yield under(
                "prose: saved to shown",
                _taken(chromium.new_page(), f"{address}page-5/", prose, _sentence),
                "s",
                1,
            )
            yield under(
                "a fact: saved to shown",
                _taken(chromium.new_page(), f"{address}facts/town-300/", facts, _claim),
                "s",
                2,
            )
        finally:
            child.kill()


def _taken(tab: Page, address: str, path: Path, change: Callable[[str, str], str]) -> float:
    """Return the median seconds from a saved change to the page that shows it."""
    shown: dict[str, float] = {}
    tab.expose_function("shown", partial(shown.setdefault))
    tab.add_init_script(_WATCH)
    tab.goto(address)
    found = []
    for number in range(TIMES + 1):
        word = f"Change{'abcdefgh'[number]}"  # without a digit: one would need a source
        text = change(path.read_text(encoding="utf-8"), word)
        begun = time.time()
        path.write_text(text, encoding="utf-8")
        while word not in shown and time.time() < begun + _PATIENCE:
            tab.wait_for_timeout(20)
        found.append(shown[word] / 1000 - begun)
        tab.wait_for_timeout(500)
    tab.close()
    return median(found[1:])


def _sentence(text: str, word: str) -> str:
    return re.sub(r"\n\nChange[a-h]\n\Z|\Z", f"\n\n{word}\n", text, count=1)


def _claim(text: str, word: str) -> str:
    return re.sub(r"says: [^\n]*", f"says: Gives a higher number. {word}", text, count=1)
