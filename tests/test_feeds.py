"""Both feeds read by atoma, whose readers refuse what the specifications refuse, and equal to the corrections, value by value."""

from __future__ import annotations

import datetime as dt

import atoma
import pytest
from support import copy_small

from build import gather
from explainer.common.allowed.drawings import feed_faults
from explainer.common.problems import Problems
from explainer.model.records import Correction
from explainer.options import Options

HARD = """\
- id: marks
  class: revision
  fact: monthly-loans
  claim: courier
  old: about 950
  new: about 900
  cause: 'Газета «Курьер» & "партнёры" wrote: a < b > c, ]]> and </content>'
  found: По письму читателя.
  fixed: '2024-04'
  effect: Нічого & "nothing".
- id: long
  class: withdrawal
  fact: floors
  old: 17 floors
  cause: LONG
  found: At the yearly review.
  fixed: '2024-02-02'
  effect: None.
""".replace("LONG", "a very long cause " * 150)


@pytest.fixture(
    scope="module", params=["", "https://library.example.org/site/"], ids=["no-address", "address"]
)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, list[Correction], dict[str, bytes]]:
    """The entries, the newest first, and the files of a site that tells of them."""
    project = copy_small(tmp_path_factory.mktemp("feeds") / "project")
    (project / "seeds/corrections.yaml").write_text(HARD, encoding="utf-8")
    read, _, site = gather(
        Options(project, project / "site", site_url=request.param or None), Problems()
    )
    return request.param, list(read.ledger.corrections.values()), site.files


def test_atom(made: tuple[str, list[Correction], dict[str, bytes]]) -> None:
    """Each entry has its id, its day, its cause and its effect to the letter, and the address where it is told."""
    address, wanted, files = made
    feed = atoma.parse_atom_bytes(files["feed.xml"])
    assert len({entry.id_ for entry in feed.entries} | {feed.id_}) == len(wanted) + 1
    for entry, correction in zip(feed.entries, wanted, strict=True):
        assert (
            entry.updated.date() == entry.published.date() == (correction.fixed.last or dt.date.min)
        )
        assert correction.cause in entry.content.value
        assert correction.effect.strip(".") in entry.content.value
        assert [link.href for link in entry.links] == [f"{address}corrections/#{correction.id}"]
    assert feed.updated == max(entry.updated for entry in feed.entries)


def test_json_feed(made: tuple[str, list[Correction], dict[str, bytes]]) -> None:
    """The same, item by item, under the same ids."""
    address, wanted, files = made
    feed = atoma.parse_json_feed_bytes(files["feed.json"])
    assert [item.id_ for item in feed.items] == [
        entry.id_ for entry in atoma.parse_atom_bytes(files["feed.xml"]).entries
    ]
    for item, correction in zip(feed.items, wanted, strict=True):
        assert item.date_published.date() == correction.fixed.last
        assert correction.cause in item.content_text
        assert item.url == (f"{address}corrections/#{correction.id}" if address else None)
    assert feed.feed_url == (f"{address}feed.json" if address else None)


def test_a_feed_without_what_it_needs_is_refused(
    made: tuple[str, list[Correction], dict[str, bytes]],
) -> None:
    """The readers are strict enough for the tests above to fail: an entry without an id, a feed without its title."""
    with pytest.raises(atoma.exceptions.FeedParseError):
        atoma.parse_atom_bytes(
            made[2]["feed.xml"].replace(b"<id>", b"<x>").replace(b"</id>", b"</x>")
        )
    with pytest.raises(atoma.exceptions.FeedParseError):
        atoma.parse_json_feed_bytes(made[2]["feed.json"].replace(b'"title"', b'"x"', 1))


FEED = '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><id>x</id>{}</feed>'
LOADED = [
    "<icon>https://evil.example/x.png</icon>", "<logo>x.png</logo>", '<link rel="enclosure" href="https://evil.example/x.mp3"/>', '<link rel="icon" href="x"/>',
    '<link rel="hub" href="https://evil.example/"/>', '<link rel="stylesheet" href="x.css"/>', '<link rel="alternate" href="javascript:alert(1)"/>', '<link href="data:text/html,x"/>',
    '<link rel="self enclosure" href="x"/>', '<entry><content type="html">&lt;script>alert(1)&lt;/script></content></entry>', '<entry><content type="HTML">x</content></entry>',
    '<entry><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">x</div></content></entry>', '<entry><content src="https://evil.example/"/></entry>',
    '<entry><content type="text/html">x</content></entry>', '<entry><content type="image/svg+xml">x</content></entry>', '<title type="html">&lt;img src=x></title>',
    '<entry><summary type="html">x</summary></entry>', '<rights type="xhtml">x</rights>', '<subtitle type="html">x</subtitle>', '<entry xml:base="https://evil.example/"/>',
    "<author><name>x</name><uri>javascript:alert(1)</uri></author>", '<generator uri="data:text/html,x">x</generator>', '<x:group xmlns:x="http://search.yahoo.com/mrss/"/>',
    '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>', "<script>alert(1)</script>", '<title onload="alert(1)">x</title>', '<title style="x">x</title>',
    '<enclosure url="https://evil.example/"/>', '<x:link xmlns:x="http://www.w3.org/2005/Atom" rel="enclosure" href="x"/>',
    '<url xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><loc>javascript:alert(1)</loc></url>', '<image xmlns="http://www.google.com/schemas/sitemap-image/1.1"/>',
    '<link xmlns="http://www.w3.org/1999/xhtml" href="x"/>', '<loc xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" src="x">x</loc>',
]  # fmt: skip


@pytest.mark.parametrize("part", LOADED)
def test_a_feed_holds_nothing_that_its_readers_run_or_load(part: str) -> None:
    """Elements and attributes of feeds and sitemaps are listed: words, days and links, and neither HTML nor pictures nor files."""
    assert feed_faults(FEED.format(part).encode())


def test_plain_feeds_and_sitemaps_are_taken() -> None:
    """What templates of feeds write, authors and categories included, and what an engine writes of a site's pages."""
    entry = (
        '<entry><title type="text">x</title><id>x</id><updated>2026-01-01T00:00:00Z</updated><category term="x"/><content type="text">&lt;b></content>'
        '<link rel="alternate" type="text/html" hreflang="uk" href="corrections/#x"/><summary xml:lang="en">x</summary></entry>'
        '<author><name>x</name><uri>https://example.org/</uri></author><generator uri="https://example.org/" version="1">x</generator>'
    )
    assert feed_faults(FEED.format(entry).encode()) == []
    sitemap = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/</loc><lastmod>2026-01-01</lastmod></url></urlset>'
    assert feed_faults(sitemap.encode()) == []
