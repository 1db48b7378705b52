"""Pages: what each weighs beside the theme alone with the same text

It compares the bytes that a browser loads for a page, with everything that the page needs. The
other site is made by Material for MkDocs from the same words: headings, paragraphs, lists, tables,
and texts of folded parts and popovers. Drawings are counted for our page only. Both sites load
their search index with the page. It is most of the bytes, so the goal is also checked without it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

from bench import Figure, beside
from bench.loading import browser, weighed
from bench.measure import ROOT
from bench.serving import served

_BLOCKS = {
    "p",
    "li",
    "td",
    "th",
    "dt",
    "dd",
    "summary",
    "figcaption",
    "div",
    "section",
    "caption",
    "tr",
    "blockquote",
}
_SILENT = {"svg", "script", "style", "template"}
_CONFIG = (
    "site_name: The same words\ntheme: {name: material, font: false}\nplugins: [search]\nnav:"
    " [index.md]\n"
)
_GOAL = 1.15


def figures(scratch: Path) -> Iterator[Figure]:
    """Yield the figures of each authored page in the site's main language."""
    site = scratch / "ours" / "site"
    subprocess.run(
        [sys.executable, ROOT / "build.py", "--output", site],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with (
        served(site) as ours,
        served(_bare(scratch / "bare", site)) as theirs,
        browser() as chromium,
    ):
        for stem in sorted(path.stem for path in (ROOT / "site_src").glob("*.md")):
            address = "" if stem == "index" else f"{stem}/"
            mine, other = (weighed(chromium, host + address) for host in (ours, theirs))
            yield beside(
                f"/{address}",
                sum(mine.values()),
                "KB",
                "the theme alone",
                sum(other.values()),
                at_most=_GOAL,
            )
            yield beside(
                "without the search's index",
                _indexless(mine),
                "KB",
                "the theme alone",
                _indexless(other),
                at_most=_GOAL,
            )


def _indexless(files: Mapping[str, float]) -> float:
    return sum(size for url, size in files.items() if "/search/" not in url)


def _bare(folder: Path, site: Path) -> Path:
    """Build and return the site that the theme makes of the same words."""
    docs = folder / "docs"
    for path in site.rglob("index.html"):
        name = path.relative_to(site)
        if name.parts[0] not in ("embed", "explore"):
            (docs / name.parent).mkdir(parents=True, exist_ok=True)
            (docs / name.with_suffix(".md")).write_text(
                _Words(path.read_text(encoding="utf-8")).markdown, encoding="utf-8"
            )
    (folder / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder / "site"


class _Words(HTMLParser):
    """The words of a page's article as Markdown: headings, and all else as paragraphs."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._silent = 0
        self._inside = False
        self.feed(html)

    @property
    def markdown(self) -> str:
        """The whole text; each block is a paragraph."""
        return "\n\n".join(line.strip() for line in self._lines if line.strip(" #"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._inside |= tag == "article"
        self._silent += tag in _SILENT
        if heading := re.fullmatch(r"h([1-6])", tag):
            self._lines.append("#" * int(heading.group(1)) + " ")
        elif tag in _BLOCKS:
            self._lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside &= tag != "article"
        self._silent -= tag in _SILENT
        if tag in _BLOCKS or re.fullmatch(r"h[1-6]", tag):
            self._lines.append("")

    def handle_data(self, data: str) -> None:
        if self._inside and not self._silent:
            self._lines[-1] += re.sub(r"([\\`*_{}\[\]<>#|&])", r"\\\1", re.sub(r"\s+", " ", data))
