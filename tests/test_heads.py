"""What stands in a page's head: it comes from seeds too and runs no more than the rest, and real programs read of it what they should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import extruct
import feedfinder2
import feedparser
import pytest
import trafilatura
from lxml import html as lxml_html
from node import ask
from serving import online
from support import copy_small, lend, replace, run
from trafilatura.feeds import FeedParameters, determine_feed

HARD = 'Cats & dogs < all "pets"'
"""A title with every mark that HTML takes for its own."""
FIRST = 8192
"""The bytes of a page that every program reads."""


def test_a_question_cannot_run_a_script(small_project: Path, good: Path) -> None:
    """A question that closes the title and opens a script is published as words, in the head as in the page."""
    hostile = '"When did </title><script>alert(1)</script> open?"'
    replace(
        small_project / "seeds" / "facts" / "library.yaml",
        "When did the reading room open?",
        hostile,
    )
    done = run("--project", lend(good, small_project))
    assert done.code == 0, done.said
    page = (small_project / "site" / "facts" / "opened" / "index.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    assert "<title>When did &lt;/title&gt;&lt;script&gt;alert(1)" in page


@dataclass(frozen=True)
class Served:
    """A finished site on the loopback address."""

    folder: Path
    base: str
    """Its address, with a stroke at its end."""
    addressed: bool
    """Whether the build was told the address."""

    @property
    def pages(self) -> dict[str, str]:
        """Every page that the engine made but that of a wrong address, by path below the root."""
        alone = ("embed/", "explore/", "404.html")
        paths = sorted(
            path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html")
        )
        return {
            path: (self.folder / path).read_text(encoding="utf-8")
            for path in paths
            if not path.startswith(alone)
        }

    def address(self, path: str) -> str:
        """Where a page stands."""
        return f"{self.base}{path.removesuffix('index.html')}"


def hard(project: Path) -> Path:
    """The small project, with a page, a fact, a chart and a source that have hard titles, and a first page of a day."""
    title = HARD.replace('"', '\\"')
    replace(project / "site_src/about.md", "title: About these numbers", f'title: "{title}"')
    replace(
        project / "site_src/about.md",
        "# About these numbers {#about}",
        '# Cats &amp; dogs < *all* "pets" {#about}',
    )
    replace(project / "site_src/index.md", "layout: home", "layout: home\npublished: '2023-11-05'")
    replace(project / "seeds/facts/library.yaml", "When did the reading room open?", f'"{title}"')
    replace(
        project / "seeds/charts/charts.yaml", "title: Two numbers for one year", f'title: "{title}"'
    )
    replace(
        project / "seeds/sources/library.yaml",
        "title: Report of the Alder Bridge library",
        f'title: "{title}"',
    )
    return project


@pytest.fixture(scope="module", params=["small", "bicycles"])
def site(
    request: pytest.FixtureRequest,
    good: Path,
    bicycles: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Served]:
    """The small project with hard titles and an address below a sub-path; another subject in another language without an address."""
    folder, addressed = tmp_path_factory.mktemp(str(request.param)), request.param == "small"
    with online(folder, missing="some/site/404.html") as root:
        base, output = f"{root}/some/site/", folder / "some" / "site"
        output.parent.mkdir()
        if addressed:
            done = run(
                "--project",
                lend(good, hard(copy_small(folder / "project"))),
                "--output",
                output,
                "--site-url",
                base,
            )
            assert done.code == 0, done.said
        else:
            output.symlink_to(bicycles / "site")
        yield Served(output, base, addressed)


@pytest.fixture(scope="module")
def asked(site: Served) -> dict[str, Any]:
    """What the programs from npm read of each page, by path."""
    found = ask("heads", *map(site.address, site.pages))
    return {path: found[site.address(path)] for path in site.pages}


def metas(page: str) -> dict[str, list[str]]:
    """The contents of a head's ``meta``, by name or property."""
    found: dict[str, list[str]] = {}
    for meta in lxml_html.fromstring(page.encode()).xpath("//head/meta[@content]"):
        found.setdefault(
            meta.get("name") or meta.get("property") or meta.get("http-equiv"), []
        ).append(meta.get("content"))
    return found


def record(page: str) -> dict[str, Any]:
    """The one JSON-LD record of a page, as extruct reads it."""
    found = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert len(found) == 1
    return found[0]


def test_what_programs_need_stands_before_the_styles(site: Served) -> None:
    """On every page, those that stand alone too, all metas and links that programs look for are within the first bytes, before any style
    or script, and the policy precedes all that it governs.
    """
    wanted = re.compile(r"<meta\b|<title\b|<link\b[^>]*rel=\"(?:alternate|canonical)\"")
    for path in sorted(site.folder.rglob("*.html")):
        head = path.read_bytes().split(b"</head>", 1)[0].decode()
        governed = re.search(r"<style\b|<script\b|<link\b[^>]*rel=\"(?:stylesheet|icon)\"", head)
        ends = [match.start() for match in wanted.finditer(head)]
        heavy = re.search(r"<style\b|<script\b", head)
        assert max(ends) < (heavy.start() if heavy else len(head)), path
        assert len(head[: max(ends)].encode()) < FIRST, path
        assert head.index("Content-Security-Policy") < (
            governed.start() if governed else len(head)
        ), path
        for each in ('name="viewport"', 'name="description"', "<title>", "charset"):
            assert each in head or "embed/" in path.as_posix(), (path, each)


def test_a_page_has_one_of_each(site: Served) -> None:
    """No meta stands twice, and each page has one picture, whose size and kind are those of the file that is there."""
    for path, page in site.pages.items():
        found = metas(page)
        assert {name for name, values in found.items() if len(values) > 1} <= {
            "og:locale:alternate"
        }, path
        assert {
            "author",
            "date",
            "og:image:alt",
            "twitter:image:alt",
            "citation_title",
            "citation_author",
        } <= found.keys(), path
        picture = urljoin(site.address(path), found["og:image"][0])
        data = (site.folder / picture.removeprefix(site.base)).read_bytes()
        size = [int.from_bytes(data[start : start + 4]) for start in (16, 20)]
        assert data.startswith(b"\x89PNG"), path
        assert [int(found[f"og:image:{side}"][0]) for side in ("width", "height")] == size, path
        assert found["og:image"][0].startswith(site.base) == site.addressed, path


def test_descriptions_fit(site: Served) -> None:
    """A description has 50 to 160 characters, and is the same wherever the page says it."""
    for path, page in site.pages.items():
        found = metas(page)
        said = {
            found[name][0] for name in ("description", "og:description", "twitter:description")
        } | {record(page)["description"]}
        assert len(said) == 1, path
        assert 50 <= len(said.pop()) <= 160, path


def test_a_page_is_shared_by_its_heading(site: Served, asked: dict[str, Any]) -> None:
    """Programs that make cards, and those that cite, call a page by its first heading, marks of HTML and all, and find its site."""
    hard_ones = set()
    for path, page in site.pages.items():
        heading = " ".join(
            lxml_html.fromstring(page.encode()).xpath("string(//h1[1])").split()
        ).removesuffix("¶")
        graph, card = asked[path]["graph"], asked[path]["card"]
        assert metas(page)["citation_title"] == [heading], path
        assert record(page)["headline"] == record(page)["name"] == heading, path
        assert (
            graph["ogTitle"],
            graph["twitterTitle"],
            card["open_graph"]["title"],
            card["twitter_card"]["title"],
        ) == (heading,) * 4, path
        assert graph["ogSiteName"] == trafilatura.extract_metadata(page).sitename, path
        hard_ones |= {path.partition("/")[0]} if heading == HARD else set()
    assert hard_ones == ({"about", "facts", "charts"} if site.addressed else set())


def test_programs_date_and_credit_a_page(site: Served, asked: dict[str, Any]) -> None:
    """trafilatura, the graph, the citation and the record give one day, one author; nobody takes a day out of the text."""
    for path, page in site.pages.items():
        graph, own, found = asked[path]["graph"], record(page), metas(page)
        read = trafilatura.extract_metadata(page)
        first = own.get("datePublished", "")
        assert own["dateModified"] >= first, path
        assert read.date == (first or own["dateModified"]), path
        assert graph.get("articlePublishedTime", "") == first, path
        assert graph["articleModifiedTime"] == own["dateModified"], path
        assert found.get("citation_publication_date", [""])[0] == first.replace("-", "/"), path
        assert (
            own["author"]["name"]
            == found["citation_author"][0]
            == own["publisher"]["name"]
            == graph["articleAuthor"]
        ), path
        assert own["author"]["name"].startswith(read.author), (
            f"{path}: trafilatura leaves out what follows 'of'"
        )
    assert not site.addressed or record(site.pages["index.html"])["datePublished"] == "2023-11-05"


def test_a_card_says_what_the_page_says(site: Served, asked: dict[str, Any]) -> None:
    """metascraper, which looks in one place after another, finds heading, day, author, language, picture and address of each page."""
    for path, page in site.pages.items():
        scraped, own, found = asked[path]["scraped"], record(page), metas(page)
        bent = str.maketrans(
            {"“": '"', "”": '"', "’": "'", "‘": "'"}
        )  # as it bends quotation marks
        assert (
            scraped["title"].translate(bent).split() == own["headline"].translate(bent).split()
        ), path
        assert scraped["description"].removesuffix("…").rstrip().translate(bent) in own[
            "description"
        ].translate(bent), path
        assert scraped["date"][:10] in {own["dateModified"], own.get("datePublished")}, path
        assert scraped["author"] == own["author"]["name"], path
        assert scraped["publisher"] == asked[path]["graph"]["ogSiteName"], path
        assert scraped["lang"] == lxml_html.fromstring(page.encode()).get("lang"), path
        assert scraped["image"] == urljoin(site.address(path), found["og:image"][0]), path
        if (
            site.addressed
        ):  # without a canonical address it takes that of the page for readers of no known language
            assert scraped["url"] == site.address(path), path


def test_locales_are_whole(site: Served, asked: dict[str, Any]) -> None:
    """A page names its language with a territory, and those of its translations."""
    for path, page in site.pages.items():
        others = metas(page).get("og:locale:alternate", [])
        assert asked[path]["graph"]["ogLocale"] == (
            "en_GB" if site.addressed or path.startswith("en/") else "uk_UA"
        ), path
        assert not others or others == (["uk_UA"] if path.startswith("en/") else ["en_GB"]), path


@pytest.mark.filterwarnings(
    "ignore:No parser was explicitly specified"
)  # by feedfinder2, which names none
def test_feeds_are_found(site: Served) -> None:
    """Finders of feeds, each by its own way, find both from any page, and what they find can be read."""
    feed = f"{site.base}feed.xml"
    chart = next(path for path in site.pages if path.startswith("charts/"))
    for path in ("index.html", chart):
        page, address = site.pages[path], site.address(path)
        assert feedfinder2.find_feeds(address) == [feed]
        assert ask("finders", address, site.address(chart))["feeds"] == [feed]
        links = lxml_html.fromstring(page.encode()).xpath(
            '//link[@rel="alternate"][contains(@type, "feed") or contains(@type, "atom")]/@href'
        )
        assert [urljoin(address, link) for link in links] == [feed, f"{site.base}feed.json"]
        if site.addressed:
            params = FeedParameters(site.base, "127.0.0.1", address, False, None)
            assert determine_feed(page, params) == [feed, f"{site.base}feed.json"]
    read = feedparser.parse(feed)
    assert not read.bozo
    assert read.feed.title


def test_an_embed_is_found(site: Served) -> None:
    """An oEmbed consumer finds the answer for a chart's page, and the frame that it is to show."""
    chart = next(path for path in site.pages if path.startswith("charts/"))
    if site.addressed:
        answer = ask("finders", site.base, site.address(chart))["oembed"]
        assert answer["type"] == "rich"
        assert f"{site.base}embed/" in answer["html"]
        assert answer["title"] == record(site.pages[chart])["name"]


def test_translations_are_found(site: Served, asked: dict[str, Any]) -> None:
    """Each page that stands in more languages names all of them, itself too, and one for whoever reads none; each names the others."""
    spoken = {}
    for path in site.pages:
        by_language = {
            each["language"]: each["address"]
            for each in asked[path]["alternates"]
            if each["language"]
        }
        if by_language:
            assert site.address(path) in by_language.values(), path
            assert by_language["x-default"] == by_language["en" if site.addressed else "uk"], path
            spoken[site.address(path)] = by_language
    for languages in spoken.values():
        assert all(spoken[address] == languages for address in languages.values())
    assert spoken or site.addressed


def test_a_sitemap_has_addresses_or_is_not_there(site: Served) -> None:
    """Where the address is known, the sitemap names the canonical address of every page; where it is not, there is none, nor a word of it."""
    sitemaps = sorted(path.name for path in site.folder.glob("sitemap*"))
    robots = (site.folder / "robots.txt").read_text(encoding="utf-8")
    if not site.addressed:
        assert sitemaps == []
        assert "itemap" not in robots
        return
    listed = set(
        re.findall("<loc>([^<]*)</loc>", (site.folder / "sitemap.xml").read_text(encoding="utf-8"))
    )
    assert listed == {site.address(path) for path in site.pages}
    assert f"Sitemap: {site.base}sitemap.xml" in robots
