"""Other people's pages, from an origin of their own, with charts of the small project in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from browser.browsing import SUB_PATH, build, served
from playwright.sync_api import Frame, Page
from support import ROOT, copy_small, lend, replace, run

HOSTS = sorted(path.stem for path in (ROOT / "tests" / "hosts").glob("*.html"))
CHART = "loans-by-year"
_HEAD = re.compile(
    r"<!-- frames: (?P<frames>fixed|fitted|none); scheme: (?P<scheme>light|dark|reader) -->"
)
FITS = """() => { const root = document.documentElement, out = [];
  if (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth) out.push(`scrolls: ${root.scrollWidth} x ${root.scrollHeight} in ${innerWidth} x ${innerHeight}`);
  for (const one of document.querySelectorAll("h1, p, a, text")) {
    const box = one.getBoundingClientRect();
    if (box.width && (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)) out.push("outside: " + one.textContent.slice(0, 40));
    if (one.scrollWidth > one.clientWidth + 1 && one.clientWidth && getComputedStyle(one).overflow !== "visible") out.push("clipped: " + one.textContent.slice(0, 40));
  }
  const shown = [...document.querySelectorAll(".stage > div")].filter(one => getComputedStyle(one).display !== "none");
  if (shown.length !== 1) out.push(`${shown.length} drawings are shown`);
  return out; }"""
"""What does not fit in a frame: scrollbars, words outside or cut, no drawing or two."""
NATURAL = """() => { const root = document.documentElement; root.classList.add("measured");
  const height = Math.ceil(document.querySelector("main").getBoundingClientRect().height); root.classList.remove("measured"); return height; }"""
"""The height that the chart would have of its own."""


def build_embedded(folder: Path, good: Path) -> None:
    """Build the small project after a release and a change, so that one chart has an edition that is out of date.

    Of the ``good`` one is taken what its build kept.
    """
    project = lend(good, copy_small(folder / "project"))
    done = run("release", "--project", project, "--date", "2024-03-03")
    assert done.code == 0, done.said
    series = project / "seeds/series/loans-year.yaml"
    replace(series, "value: 9800\n", "value: 9900\n")
    replace(series, "9,800 loans", "9,900 loans")
    build(project, folder)


@dataclass(frozen=True)
class Host:
    """A host page as it is served, and how its frames are to end up."""

    address: str
    frames: str
    scheme: str


@contextmanager
def hosted(folder: Path, base: str, to: Path) -> Iterator[dict[str, Host]]:
    """Serve every host page from another origin than the site at ``base``."""
    site = folder / "www" / SUB_PATH
    words = json.loads((site / "data" / "charts" / f"{CHART}.json").read_text(encoding="utf-8"))
    page = (site / "charts" / CHART / "index.html").read_text(encoding="utf-8")
    height = re.search(r'name="embed-edition" value="" data-height="(\d+)"', page)
    kept = next((folder / "project" / "seeds" / "editions" / CHART).glob("*.json"))
    edition, record = kept.stem, json.loads(kept.read_text(encoding="utf-8"))
    assert height is not None
    values = {
        "base": base, "origin": base.removesuffix(SUB_PATH).rstrip("/"), "chart": CHART, "title": words["title"], "alt": words["alt"],
        "height": height[1], "edition": edition, "edition_height": record["height"],
    }  # fmt: skip
    (to / SUB_PATH).mkdir(parents=True)
    heads: dict[str, re.Match[str]] = {}
    for name in HOSTS:
        text = (ROOT / "tests" / "hosts" / f"{name}.html").read_text(encoding="utf-8")
        head = _HEAD.match(text)
        assert head is not None, f"{name}.html does not begin with what is expected of it"
        heads[name] = head
        filled = re.sub(
            r"\{\{ (\w+) \}\}",
            lambda slot: str(values[slot[1]]),
            text.removeprefix(head.group()).lstrip(),
        )
        (to / SUB_PATH / f"{name}.html").write_text(filled, encoding="utf-8")
    with served(to) as other:
        yield {
            name: Host(f"{other}{name}.html", head["frames"], head["scheme"])
            for name, head in heads.items()
        }


def frames_of(page: Page, base: str) -> list[Frame]:
    """The frames with charts in a page, each scrolled to and loaded; where scripts run, its host may be about to give it another height."""
    for handle in page.locator("iframe").element_handles():
        handle.scroll_into_view_if_needed()
        frame = handle.content_frame()
        assert frame is not None
        frame.locator("main h1").first.wait_for(state="attached")
    return [frame for frame in page.frames if frame.url.startswith(f"{base}embed/")]


def pasted_height(frame: Frame) -> int:
    """The height that stands in the line that was pasted."""
    return int(frame.frame_element().get_attribute("height") or 0)


def height_of(frame: Frame) -> int:
    """How high a frame is in its host, its border left out."""
    return int(frame.frame_element().evaluate("one => one.clientHeight"))
