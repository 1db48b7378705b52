"""What systems that make a link into an embed find: a whole answer where the site's address is known, and its title alone where it is not."""

from __future__ import annotations

import json
from pathlib import Path

import nh3
import pyoembed
import pytest
from node import ask
from serving import online
from support import lend, run
from test_embed_lines import ADDRESS, lines

CHART = "loans-by-year"


def test_consumers_get_the_whole_chart(small_project: Path, good: Path, tmp_path: Path) -> None:
    """Consumers from npm and PyPI, given the address of a chart's page, come to the same rich answer with its frame and its picture."""
    (tmp_path / "www").mkdir()
    with online(tmp_path / "www") as address:
        done = run(
            "--project",
            lend(good, small_project),
            "--output",
            tmp_path / "www" / "site",
            "--site-url",
            f"{address}/site/",
        )
        assert done.code == 0, done.said
        page = f"{address}/site/charts/{CHART}/"
        found = ask("oembed", page)
        answers = [found["extractor"], pyoembed.oEmbed(page)]
    written = json.loads(
        (tmp_path / "www" / "site" / "oembed" / f"{CHART}.json").read_text(encoding="utf-8")
    )
    for answer in answers:
        assert {key: answer.get(key) for key in written} == written
    assert found["unfurl"]["html"] == written["html"]
    assert (written["version"], written["type"]) == ("1.0", "rich")
    assert {
        "title",
        "width",
        "height",
        "author_name",
        "provider_name",
        "provider_url",
        "cache_age",
    } <= written.keys()
    assert {"thumbnail_url", "thumbnail_width", "thumbnail_height"} <= written.keys()
    for key in ("provider_url", "author_url", "thumbnail_url"):
        assert written[key].startswith(f"{address}/site/")
    assert f'<iframe src="{address}/site/embed/{CHART}/"' in written["html"]
    assert f'height="{written["height"]}" frameborder="0"' in written["html"]


def test_without_an_address_the_answer_has_none(good: Path) -> None:
    """A site that does not know its address answers with the chart's title alone, and no page names the answer; the lines to paste are
    there all the same.
    """
    site = good / "site"
    answer = json.loads((site / "oembed" / f"{CHART}.json").read_text(encoding="utf-8"))
    assert answer.keys() == {"version", "type", "title", "provider_name"}
    assert (answer["version"], answer["type"]) == ("1.0", "link")
    page = (site / "charts" / CHART / "index.html").read_text(encoding="utf-8")
    assert "oembed" not in page
    assert "embed-panel.js" in page


@pytest.mark.parametrize("allowed", ["the default", "frames too"])
def test_what_is_pasted_survives_a_sanitiser(small_project: Path, allowed: str) -> None:
    """Cleaned by nh3, the picture keeps its link, its words and its credit; a frame that is let through keeps source, title and height."""
    _, found, _ = lines(small_project, ADDRESS)
    script, frame, picture, _ = found
    if allowed == "the default":
        kept = nh3.clean(picture)
        assert kept.startswith("<figure><a ")
        assert kept.count(f'href="{ADDRESS}charts/{CHART}/"') == 2
        assert f'<img src="{ADDRESS}data/charts/{CHART}.png" alt="Columns rise from' in kept
        assert "<figcaption>Chart: <a " in kept
        assert kept.endswith("</figcaption></figure>")
        return
    attributes = {"iframe": {"src", "title", "width", "height", "frameborder"}}
    for line in (script, frame):
        kept = nh3.clean(line, tags=nh3.ALLOWED_TAGS | {"iframe"}, attributes=attributes).strip()
        assert kept.startswith(f'<div><iframe src="{ADDRESS}embed/{CHART}/" title="')
        assert 'width="100%"' in kept
        assert 'frameborder="0"' in kept
        assert kept.endswith("</iframe></div>")
