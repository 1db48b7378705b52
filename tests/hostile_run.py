"""Builds sites full of hostile text and uses them in a real Chromium; run in a sandbox: ``python hostile_run.py FOLDER FIRST LAST EACH``.

The strings of the corpus from FIRST to LAST go, EACH at a time, into every field, and one by one into Markdown. Prints what was found as JSON.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import corpus  # noqa: E402
from browser.browsing import SUB_PATH, Watched, html_paths, launched, served  # noqa: E402
from browser.test_hostile import ODD, PRESS  # noqa: E402
from hostile import PLAIN, build_hostile, read_record  # noqa: E402
from playwright.sync_api import Browser  # noqa: E402
from test_site_hostile import DRAWN, NOT_PRINTED, Page  # noqa: E402

MARKDOWN = {
    (tag,)
    for tag in (
        "code",
        "em",
        "strong",
        "p",
        "pre",
        "ul",
        "ol",
        "li",
        "blockquote",
        "hr",
        "br",
        "div",
        "span",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    )
}
MARKDOWN |= {(tag, "id") for tag in ("h1", "h2", "h3", "h4", "h5", "h6")} | {
    ("a", "href"),
    ("a", "href", "title"),
    ("img", "alt", "src"),
    ("div", "class"),
    ("pre", "class"),
    ("code", "class"),
}
"""What an author's Markdown may become."""


@dataclass
class Found:
    """What came of it."""

    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def pages(site: Path) -> dict[str, Page]:
    """Every page, read without running it."""
    return {
        path.relative_to(site).as_posix(): Page(path.read_text("utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


def places(page: Page) -> set[str]:
    """Where its links lead; after the "#" stand words to be looked for there, and a locator is such words.

    The stylesheet is named by what is in it, which depends on the shapes that the words ask for.
    """
    return {
        re.sub(r"site\.[0-9a-f]+\.css", "site.css", address.partition("#")[0])
        for address in page.addresses
    }


def hold(name: str, folder: Path, plain: dict[str, Page], found: Found) -> None:
    """Nothing but the words may differ from the plain site, and each text that was accepted is shown as it was written."""
    shown = []
    for path, page in pages(folder / "www" / SUB_PATH).items():
        shown.append(" ".join(" ".join(page.words).split()))
        marked = MARKDOWN if path == "hostile/index.html" else set()
        if path in plain and (more := page.shapes - plain[path].shapes - marked):
            found.faults.append(f"{name}: {path} has {sorted(more)[:3]}")
        if path in plain and (addresses := places(page) - places(plain[path])):
            found.faults.append(f"{name}: {path} leads to {sorted(addresses)[:3]}")
    _, _, accepted, refused = read_record(folder)
    everything = " ".join(shown)
    for one in accepted:
        if one.field not in NOT_PRINTED | DRAWN and " ".join(one.text.split()) not in everything:
            found.faults.append(f"{name}: lost from {one.field}: {one.text[:80]!r}")
    found.counts.update(
        {"fields that took the text": len(accepted), "fields that refused it by name": len(refused)}
    )


def use(name: str, www: Path, browser: Browser, found: Found, step: int) -> None:
    """Open every page, or every so manieth, press, focus and hover over everything on it."""
    with served(www) as address:
        context = browser.new_context()
        watched = Watched(context.new_page(), address)
        for path in html_paths(www / SUB_PATH)[::step]:
            page = watched.goto(path)
            page.evaluate(PRESS)
            watched.settle()
            odd = page.evaluate(ODD)
            if odd:
                found.faults.append(f"{name}: {path}: {odd[:2]}")
            found.counts["pages opened and clicked through"] += 1
        found.faults += [f"{name}: {fault}" for fault in watched.faults]
        context.close()


def main(to: str, first: int, last: int, each: int, step: int) -> int:
    """Every batch, one after the other."""
    found, folder = Found(), Path(to)
    strings = corpus.strings()[first:last]
    build_hostile([PLAIN], folder / "plain", SUB_PATH, prose=[PLAIN])
    plain = pages(folder / "plain" / "www" / SUB_PATH)
    with launched() as browser:
        for start in range(0, len(strings), each):
            batch = strings[start : start + each]
            name = f"strings {first + start} to {first + start + len(batch) - 1}"
            place = folder / f"batch-{start}"
            build_hostile([" ".join(batch)], place, SUB_PATH, prose=batch)
            code, said, *_ = read_record(place)
            if code != 0:
                found.faults.append(f"{name}: not built: {said[:300]}")
                continue
            hold(name, place, plain, found)
            use(name, place / "www", browser, found, step)
            found.counts["strings through every field and Markdown"] += len(batch)
    sys.stdout.write(json.dumps({"faults": found.faults, "counts": found.counts}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:6])))
