"""What the real site's pages tell to programs: every page by parsers that such programs are made with, and the theme's script kept still."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import trafilatura
from browser.browsing import ALL_PAGES, SITE_URL, Watched, kinds
from lxml import html as lxml_html
from node import ask
from test_heads import FIRST, metas, record

ALTERNATES = '//head/link[@rel="alternate"]/@href'
LANGUAGES = ["en", "x-default", "ru", "uk"]


def made(site: Path) -> dict[str, str]:
    """Every page that an engine made, by its address below the site; one in eight of sources and facts on a push."""
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    paths = [path for path in paths if not path.startswith(("embed/", "explore/", "404.html"))]
    many = [path for path in paths if path.startswith(("sources/", "facts/"))]
    left_out = set() if ALL_PAGES else set(many) - set(many[::8])
    return {
        path.removesuffix("index.html"): (site / path).read_text(encoding="utf-8")
        for path in paths
        if path not in left_out
    }


def test_every_page_says_who_made_it_and_of_which_day_it_is(site: Path) -> None:
    """Read by trafilatura and extruct, a page has one author and one day, its own; no day comes out of its text.

    Before all that a page says, trafilatura believes a whole day in its address, as some sources' have.
    """
    for path, page in made(site).items():
        own, read = record(page), trafilatura.extract_metadata(page)
        first = own.get("datePublished", own["dateModified"])
        in_address = re.search(r"\d{4}-\d\d-\d\d", path)
        assert read.date == (in_address.group() if in_address else first), path
        assert first <= own["dateModified"], path
        assert read.author == own["author"]["name"], path
        assert read.title == own["headline"], path
        assert own["@id"] == read.url == f"{SITE_URL}{path}", path


def test_every_page_has_a_description_and_one_picture(site: Path) -> None:
    """A description of 50 to 160 characters and exactly one picture, which is there, with its size, kind and words."""
    for path, page in made(site).items():
        found = metas(page)
        assert 50 <= len(found["description"][0]) <= 160, path
        assert {
            len(found[name]) for name in found if name.startswith(("og:image", "twitter:"))
        } == {1}, path
        picture = (site / found["og:image"][0].removeprefix(SITE_URL)).read_bytes()
        size = [str(int.from_bytes(picture[start : start + 4])) for start in (16, 20)]
        assert [found["og:image:width"][0], found["og:image:height"][0]] == size, path
        assert found["og:image:type"] == ["image/png"], path
        assert found["og:image:alt"][0], path


def test_heads_begin_with_what_programs_look_for(site: Path) -> None:
    """Whatever styles a page carries, its metas, its title and its links to other forms of it stand in its first bytes, before them."""
    for path in sorted(site.rglob("*.html")):
        head = path.read_bytes().split(b"</head>", 1)[0]
        last = max(
            match.end()
            for match in re.finditer(rb"<meta\b|<title\b|rel=\"(?:alternate|canonical)\"", head)
        )
        heavy = re.search(rb"<style\b|<script\b", head)
        assert last < min(FIRST, heavy.start() if heavy else FIRST), path


def test_translations_name_each_other(site: Path) -> None:
    """A page in three languages names each, and the original for whoever reads none of them; a selector finds them by the exact word."""
    translated = [path for path in made(site) if path.startswith(("ru/", "uk/"))]
    assert translated
    for path in translated:
        for each in (path, re.sub(r"^\w\w/", "", path)):
            tree = lxml_html.fromstring((site / each / "index.html").read_bytes())
            links = tree.xpath('//link[@rel="alternate"][@hreflang]')
            assert [link.get("hreflang") for link in links] == LANGUAGES, each
            addresses = {link.get("hreflang"): link.get("href") for link in links}
            assert addresses["x-default"] == addresses["en"]
            assert all(
                (site / address.removeprefix(SITE_URL) / "index.html").exists()
                for address in addresses.values()
            )
            assert f"{SITE_URL}{each}" in addresses.values()


def test_programs_make_cards_of_pages(site: Path, base: str) -> None:
    """open-graph-scraper and unfurl find title, site, picture and day on a page of each kind."""
    paths = [
        path
        for kind, path in kinds(site).items()
        if not kind.startswith(("explore", "embed", "404"))
    ]
    asked = ask("heads", *(f"{base}{path}" for path in paths))
    for path in paths:
        own, found = (
            record((site / path / "index.html").read_text(encoding="utf-8")),
            asked[f"{base}{path}"],
        )
        graph, card = found["graph"], found["card"]
        assert graph["ogTitle"] == card["open_graph"]["title"] == own["headline"], path
        assert (
            [each["url"] for each in graph["ogImage"]]
            == [own["image"]]
            == [each["url"] for each in card["open_graph"]["images"]]
        ), path
        assert graph["articleModifiedTime"] == own["dateModified"], path
        assert graph["ogSiteName"] == own["isPartOf"]["name"], path


@pytest.mark.parametrize("path", ["", "uk/call-up/", "charts/autumn-call-up/", "facts/"])
def test_the_theme_asks_for_no_sitemap(
    visit: Callable[..., Watched], site: Path, path: str
) -> None:
    """The theme's script finds no alternate to ask for a sitemap below; a reader's extension, which looks later, finds all of the file's."""
    watched = visit()
    page = watched.goto(path)
    page.wait_for_load_state("networkidle")
    assert not [url for url in watched.requests if "sitemap" in url]
    there = page.eval_on_selector_all(
        'head > link[rel="alternate"]', "all => all.map(one => one.getAttribute('href'))"
    )
    assert there == lxml_html.fromstring((site / path / "index.html").read_bytes()).xpath(
        ALTERNATES
    )
    assert len(there) >= 2
