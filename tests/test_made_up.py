"""Nothing printed stands in code: a site in a made-up language, which no theme knows, says no word that its catalogue does not have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import made_up
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode
from support import once, run

_LATIN = re.compile(r"[A-Za-z]{3,}")
_NAMES = re.compile(
    r"\b(?:BibTeX|RIS|CSL-JSON|CSV|JSON Feed|JSON|SVG|PNG|ZIP|XLSX|Atom|Chicago|APA|CC BY|UTF|Markdown|Data Package)\b|"
    r"#(?:light|dark)\b|https?://\S+|\S*\b[a-z0-9]+(?:[-:./_][a-z0-9]+)+\S*"
)
"""Names of formats, licences and citation styles, which are the same in every language; addresses, files and ids."""
_ATTRIBUTES = {
    "aria-label",
    "title",
    "alt",
    "placeholder",
    "content",
    "label",
    "aria-description",
    "aria-roledescription",
} | {
    f"data-{name}"
    for name in (
        "done",
        "title",
        "back",
        "frame",
        "loading",
        "shown",
        "failed",
        "copy",
        "copied",
        "label",
        "alt",
    )
}
_QUIET = {"script", "style", "code", "textarea"}
_MACHINE = (
    "viewport",
    "generator",
    "robots",
    "referrer",
    "color-scheme",
    "twitter:card",
    "og:type",
    "og:url",
    "og:image",
    "theme-color",
)


@pytest.fixture(scope="module", params=["mkdocs", "zensical"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in the made-up language, by one engine."""

    def make(folder: Path) -> None:
        done = run(
            "--project", made_up.KAZAKH.project(folder / "project"), "--engine", request.param
        )
        assert done.code == 0, done.said

    return once(tmp_path_factory, f"made-up-{request.param}", make) / "project" / "site"


def foreign(text: str) -> str:
    """What a text says in Latin letters, names aside; empty where it says nothing."""
    return text.strip()[:80] if _LATIN.search(_NAMES.sub("", text)) else ""


def printed(page: str) -> Iterator[str]:
    """Every text and every label of a page or a drawing."""
    root = LexborHTMLParser(page).root
    assert root is not None
    for node in root.traverse(include_text=True):
        if node.tag == "-text":
            parent = node.parent
            quiet = (
                parent is None
                or parent.tag in _QUIET
                or "formula" in (parent.attributes.get("class") or "")
            )
            yield "" if quiet else node.text_content or ""
        elif not (
            node.tag == "meta"
            and {node.attributes.get("name"), node.attributes.get("property")} & set(_MACHINE)
        ):
            yield from (
                value
                for name, value in node.attributes.items()
                if name in _ATTRIBUTES and value and not _is_told(node)
            )


def _is_told(node: LexborNode) -> bool:
    """Whether an element tells browsers alone."""
    return "http-equiv" in node.attributes


def test_no_page_says_a_word_of_its_own(site: Path) -> None:
    """Text, labels and descriptions of every page, of embeds and of drawings are in the site's language."""
    found = {}
    for path in sorted([*site.rglob("*.html"), *site.rglob("*.svg")]):
        if "assets" not in path.parts:
            said = [
                said
                for text in printed(path.read_text(encoding="utf-8"))
                if (said := foreign(text))
            ]
            found |= {path.relative_to(site).as_posix(): said} if said else {}
    assert found == {}


def test_no_file_for_readers_says_a_word_of_its_own(site: Path) -> None:
    """Neither do the feeds, llms.txt, the answers to oEmbed, and what an interactive drawing prints."""
    feed = json.loads((site / "feed.json").read_bytes())
    told = [
        feed["title"],
        feed["description"],
        *(text for item in feed["items"] for text in (item["title"], item["content_text"])),
    ]
    atom = LexborHTMLParser((site / "feed.xml").read_text(encoding="utf-8"))
    told += [node.text() for node in atom.css("title, subtitle, name, content")]
    llms = (site / "llms.txt").read_text(encoding="utf-8")
    told += re.sub(
        r"\]\([^)]*\)|^- \[(?:data/|feed)\S*|cite", "", llms, flags=re.MULTILINE
    ).splitlines()
    answers = [json.loads(path.read_bytes()) for path in (site / "oembed").glob("*.json")]
    told += [text for answer in answers for text in (answer["title"], answer["provider_name"])]
    explored = sorted(
        each
        for each in (site / "explore").glob("*/index.html")
        if "withdrawn" not in each.parent.name
    )
    assert len(explored) > 10
    for path in explored:
        figure = LexborHTMLParser(path.read_text(encoding="utf-8")).css_first("#figure")
        assert figure is not None
        words = json.loads(figure.text())["locale"]
        told += [
            *words["dictionary"].values(),
            *words["format"]["months"],
            *words["format"]["days"],
        ]
    assert len(told) > 100
    assert [said for text in told if (said := foreign(text))] == []
