"""What is left of a page where only its article is kept: in a browser's reader view, in an archive, in a text for machines."""

from __future__ import annotations

import re
from pathlib import Path

import node
import pytest
import trafilatura
from browser.browsing import ALL_PAGES, html_paths
from selectolax.lexbor import LexborHTMLParser, LexborNode

_MADE = ("facts/", "sources/", "charts/", "coverage/", "glossary/", "corrections/")
_ALONE = ("explore/", "embed/")
_DRAWN = ("", "charts/spring-call-up/", "recruits-a-month/")
"""Pages with charts."""
_BLOCKS = {"p", "li", "td", "th", "dd", "dt", "summary", "blockquote", "h1", "h2", "h3"}


def squeezed(text: str) -> str:
    """Text without white space, which every program sets anew."""
    return re.sub(r"\s+", "", text)


def sentences(html: str) -> set[str]:
    """The words around each number and term of the article: its whole block, or what lies between the marks of notes."""
    found = set()
    tree = LexborHTMLParser(html)
    for link in tree.css(".md-content :is(.num-value, .num-when, .term)"):
        block: LexborNode = link
        while block.tag not in _BLOCKS:
            assert block.parent is not None
            block = block.parent
        copy = LexborHTMLParser(str(block.html))
        for mark in copy.css("sup"):
            mark.replace_with("\x00")
        word = squeezed(link.text())
        found |= {part for part in squeezed(copy.text()).split("\x00") if word in part}
    return found


@pytest.fixture(scope="session")
def pages(site: Path) -> list[Path]:
    """Every page that is written by hand, and of those that are made one in ten; in an audit all."""
    paths = [path for path in html_paths(site) if not path.startswith(_ALONE)]
    made = [path for path in paths if path.startswith(_MADE)]
    chosen = [path for path in paths if path not in made] + (made if ALL_PAGES else made[::10])
    return [site / path / "index.html" for path in chosen]


@pytest.fixture(scope="session")
def reader_view(pages: list[Path], site: Path) -> dict[Path, str]:
    """What a browser's reader view shows of these pages and of those with drawings, without its spaces."""
    asked = list(dict.fromkeys([*pages, *(site / path / "index.html" for path in _DRAWN)]))
    kept = node.ask("readability", *asked)
    return {page: squeezed(kept[str(page)]) for page in asked}


def test_readability_keeps_every_number_in_its_sentence(
    pages: list[Path], site: Path, reader_view: dict[Path, str]
) -> None:
    """In a browser's reader view each number and term of the article stands in its sentence."""
    seen = 0
    for page in pages:
        expected, text = sentences(page.read_text(encoding="utf-8")), reader_view[page]
        lost = sorted(each for each in expected if each not in text)
        seen += len(expected)
        assert not lost, f"{page.relative_to(site)}: {lost[:3]}"
    assert seen > 100


def test_trafilatura_keeps_every_number_in_its_sentence(pages: list[Path], site: Path) -> None:
    """A program that gathers articles for archives and search keeps each number and term in its sentence."""
    seen = 0
    for page in pages:
        html = page.read_text(encoding="utf-8")
        expected, text = sentences(html), squeezed(trafilatura.extract(html) or "")
        lost = sorted(each for each in expected if each not in text)
        seen += len(expected)
        assert not lost, f"{page.relative_to(site)}: {lost[:3]}"
    assert seen > 100


def test_the_article_begins_with_its_own_words(site: Path) -> None:
    """Neither the row of languages, nor the section, nor the reading time is taken for the beginning of the text."""
    pages = [
        site / path / "index.html" for path in ("", "call-up/", "ru/", "timeline/", "glossary/")
    ]
    kept = node.ask("readability", *pages)
    for page in pages:
        html = page.read_text(encoding="utf-8")
        for text in (kept[str(page)], trafilatura.extract(html) or ""):
            assert not {"Русский", "On this page", "minutes to read"} & set(
                text[:400].splitlines()
            ), text[:200]
            assert "Українська" not in text


def test_each_drawing_stands_once(site: Path, reader_view: dict[Path, str]) -> None:
    """In a reader view a chart is drawn once, for one width, and its axis is not read out before its data."""
    for page in (site / path / "index.html" for path in _DRAWN):
        drawn = [
            squeezed(mark.text())
            for mark in LexborHTMLParser(page.read_text("utf-8")).css(".drawing-wide .mark title")
        ]
        assert drawn
        whole = reader_view[page]
        for said in drawn:
            assert whole.count(said) == sum(said in other for other in drawn), said
