"""Corrections: told on their own page, on the fact's, in the chart's figure, in both feeds and for machines; freshness beside them."""

from __future__ import annotations

import html
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import ValuesView
from dataclasses import replace as replaced
from pathlib import Path

import pytest
from support import copy_small, lend, pages_of, run

import build
from explainer.common.problems import Problems
from explainer.model.records import Correction
from explainer.options import Options
from explainer.render.dated import dates_of, dates_of_holder

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
"""RFC 3339, with the capital letters that Atom demands."""
ENTRIES = """\
- id: loans-mended
  class: correction
  fact: monthly-loans
  claim: report
  old: 1200..1400
  new: 1200..1500
  cause: A slip in <b>copying</b> & "pasting"
  found: A reader wrote in.
  wrong_since: '2024-02-01'
  reported: '2024-03-01'
  fixed: '2024-03-02'
  effect: The yearly figure rose with it.
  touched: [facts/monthly-loans/, about/]
  was_at: https://library.example.org/old
- id: y2020-revised
  class: revision
  fact: loans-year
  claim: y2020
  old: '9700'
  new: '9800'
  cause: The report was updated.
  found: At the yearly review.
  fixed: '2024-04'
  effect: None.
- id: gone
  class: withdrawal
  fact: floors
  old: 17 floors
  cause: Nobody bears it out.
  found: At the yearly review.
  fixed: '2024-02-02'
  effect: None.
"""


@pytest.fixture(
    scope="module", params=["", "https://library.example.org/site/"], ids=["no-address", "address"]
)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, str]]:
    """Every page and file of the small project with the entries, before the engine runs; with and without an address of the site."""
    project = copy_small(tmp_path_factory.mktemp("corrections") / "project")
    (project / "seeds/corrections.yaml").write_text(ENTRIES, encoding="utf-8")
    _, _, site = build.gather(
        Options(project, project / "site", site_url=request.param or None, today="2026-01-01"),
        Problems(),
    )
    texts = {**pages_of(site), **site.files}
    return request.param, {
        path: data.decode()
        for path, data in texts.items()
        if path.endswith((".md", ".xml", ".json", ".html"))
    }


def test_the_atom_feed_is_valid(made: tuple[str, dict[str, str]]) -> None:
    """What RFC 4287 demands of a feed and of its entries holds, and a text with marks comes back as it was entered."""
    address, files = made
    feed = ET.fromstring(files["feed.xml"])
    assert feed.tag == f"{ATOM}feed"
    every = [feed, *feed.findall(f"{ATOM}entry")]
    for element in every:
        for name in ("id", "title", "updated"):
            found = element.findall(ATOM + name)
            assert len(found) == 1
            assert (found[0].text or "").strip()
        assert MOMENT.fullmatch(element.findtext(f"{ATOM}updated") or "")
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext(f"{ATOM}id") or "")
        kinds = [
            (link.get("rel"), link.get("type"), link.get("hreflang"))
            for link in element.findall(f"{ATOM}link")
        ]
        assert len(kinds) == len(set(kinds))
    assert len({element.findtext(f"{ATOM}id") for element in every}) == 4
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "The Alder Bridge library"
    updated = [element.findtext(f"{ATOM}updated") or "" for element in every]
    assert updated[0] == max(updated[1:]) == "2024-04-30T00:00:00Z"
    assert any(
        'A slip in <b>copying</b> & "pasting".' in (content.text or "")
        for content in feed.iter(f"{ATOM}content")
    )
    links = [link.get("href") for link in feed.iter(f"{ATOM}link")]
    assert f"{address}corrections/#loans-mended" in links
    assert (f"{address}feed.xml" in links) == bool(address)


def test_the_json_feed_is_valid(made: tuple[str, dict[str, str]]) -> None:
    """What JSON Feed 1.1 demands holds: the version's address, a title, items with ids of their own and content."""
    address, files = made
    feed = json.loads(files["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert [author["name"] for author in feed["authors"]] == ["The Alder Bridge library"]
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"]) == 3
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["content_text"] or item["content_html"]
        assert MOMENT.fullmatch(item["date_published"])
        assert all(isinstance(tag, str) for tag in item["tags"])
        assert ("url" in item) == bool(address)
    for key in ("home_page_url", "feed_url"):
        assert feed.get(key, "").startswith("https://") == bool(address)
    known = {
        "version",
        "title",
        "description",
        "authors",
        "language",
        "items",
        "home_page_url",
        "feed_url",
    }
    assert set(feed) <= known


def test_ids_stay_wherever_the_site_moves(made: tuple[str, dict[str, str]]) -> None:
    """Both feeds know an entry by the same id, which does not hold the site's address."""
    _, files = made
    atom = [
        entry.findtext(f"{ATOM}id")
        for entry in ET.fromstring(files["feed.xml"]).iter(f"{ATOM}entry")
    ]
    assert [item["id"] for item in json.loads(files["feed.json"])["items"]] == atom
    assert atom[-2] == "urn:uuid:f13596c3-c51e-5c90-a761-3ae55e05dde4"


def test_every_copy_tells_of_it(made: tuple[str, dict[str, str]]) -> None:
    """The old value stands beside the new on the corrections' page, the fact's page, the chart's page and in the fact's JSON."""
    _, files = made
    page = html.unescape(files["corrections/index.md"])
    assert "<del>1,200 to 1,400 books a month</del>" in page
    assert "<ins>1,200 to 1,500 books a month</ins>" in page
    for words in (
        "reported 1 March 2024",
        "wrong since 1 February 2024",
        "A reader wrote in.",
        "The yearly figure rose",
        'href="../about/"',
    ):
        assert words in page
    fact = html.unescape(files["facts/monthly-loans/index.md"])
    section = fact[fact.index('id="report"') : fact.index('id="courier"')]
    assert (
        "<del>1,200 to 1,400 books a month</del> is now <ins>1,200 to 1,500 books a month</ins>"
        in section
    )
    for path in ("charts/loans-by-year/index.md", "index.md"):
        assert "<del>9,700 books</del> is now <ins>9,800 books</ins>" in files[path]
    assert (
        json.loads(files["facts/monthly-loans.json"])["history"][0]["old"]
        == "1,200 to 1,400 books a month"
    )


def test_the_page_says_that_nothing_was_corrected(tmp_path: Path) -> None:
    """Without an entry the page and the feeds are there, the page says so plainly, and the feeds are valid and empty."""
    project = copy_small(tmp_path / "project")
    _, _, site = build.gather(Options(project, project / "site"), Problems())
    assert (
        "has been corrected, revised or withdrawn yet"
        in pages_of(site)["corrections/index.md"].decode()
    )
    assert json.loads(site.files["feed.json"])["items"] == []
    assert "updated" in site.files["feed.xml"].decode()


def test_pages_and_charts_say_when_they_were_checked(made: tuple[str, dict[str, str]]) -> None:
    """Fact, chart and hand-written page print both days, and that the review is overdue on the day they were built for."""
    _, files = made
    for path in ("facts/members/index.md", "charts/loans-by-year/index.md", "index.md"):
        assert (
            "hecked on 1 February 2024, next review due 1 February 2025." in files[path]
            or "hecked in February 2024" in files[path]
        )
        assert "That review is overdue, judged on 1 January 2026." in files[path]


def test_what_is_overdue_is_listed_and_the_day_is_recorded(good: Path, tmp_path: Path) -> None:
    """A build for a later day lists each fact at its place and goes on; the manifest says which day was used and who said so."""
    project = copy_small(tmp_path / "project")
    (project / "seeds/corrections.yaml").write_text(ENTRIES, encoding="utf-8")
    done = run("--project", lend(good, project), "--today", "2025-02-02")
    assert done.code == 0, done.said
    assert (
        "seeds/facts/library.yaml:4:3: the review of 'opened' was due on 2025-02-01, and today is 2025-02-02"
        in done.stdout
    )
    manifest = json.loads((project / "site/manifest.json").read_text(encoding="utf-8"))
    assert (manifest["today"], manifest["today_from"]) == ("2025-02-02", "--today")
    page = (project / "site/facts/monthly-loans/index.html").read_text(encoding="utf-8")
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    comment = json.loads(found[0])["correction"][0]
    assert (comment["@type"], comment["datePublished"]) == ("CorrectionComment", "2024-03-02")
    assert 'A slip in <b>copying</b> & "pasting".' in comment["text"]
    assert "is overdue" in page


def test_nothing_is_overdue_on_the_default_day(small_project: Path, good: Path) -> None:
    """Without a day the newest date of the seeds is used, which the manifest says, and nothing is overdue on it."""
    done = run("--project", lend(good, small_project))
    assert "was due" not in done.said
    manifest = json.loads((small_project / "site/manifest.json").read_text(encoding="utf-8"))
    assert (manifest["today"], manifest["today_from"]) == (
        "2024-06-01",
        "the newest date in the seeds",
    )


def test_corrections_are_gone_through_once(small_project: Path) -> None:
    """However many pages ask for theirs, the list of all corrections is gone through once; each gets its own, in the order of the seeds."""
    (small_project / "seeds" / "corrections.yaml").write_text(MANY, encoding="utf-8")
    project, context, _ = build.gather(Options(small_project, small_project / "site"), Problems())
    counted = Counted(project.ledger.corrections)
    ledger = replaced(project.ledger, corrections=counted)
    asked, newest = replaced(context, ledger=ledger), str(ledger.newest_date)
    counted.times = 0
    for _ in range(3):
        days = [
            dates_of(asked, path, []).modified
            for path in ("about", "charts/loans-by-year", "charts/loans-by-claimant")
        ]
        assert days == ["2030-03-03", "2030-02-02", newest]
        assert dates_of_holder(asked, ledger.holders["monthly-loans"]).modified == "2030-01-01"
    assert [
        each.id for each in ledger.corrections_about([("page", "about"), ("fact", "monthly-loans")])
    ] == ["one", "three", "four"]
    assert [
        each.id for each in ledger.corrections_of_chart("loans-by-year", {"monthly-loans:courier"})
    ] == ["two"]
    assert [
        each.id for each in ledger.corrections_of_chart("loans-by-year", {"monthly-loans"})
    ] == ["one", "two"]
    assert counted.times == 1


class Counted(dict[str, Correction]):
    """Records that count how often all of them were gone through."""

    times = 0

    def values(self) -> ValuesView[Correction]:
        """All of them."""
        self.times += 1
        return super().values()


_REST = "class: revision, old: Words, cause: A cause, found: By a reader, effect: Changes nothing"
MANY = f"""
- {{id: one, fact: monthly-loans, fixed: '2030-01-01', new: 1200..1500, {_REST}}}
- {{id: two, chart: loans-by-year, fixed: '2030-02-02', new: Others, {_REST}}}
- {{id: three, page: about/, fixed: '2030-03-03', new: Others, {_REST}}}
- {{id: four, page: about/, fixed: '2020-03-03', new: Others, {_REST}}}
"""
"""Corrections of a fact, of a chart and of a page."""
