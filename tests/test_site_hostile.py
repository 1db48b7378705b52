"""Hostile words in every field: refused with a problem, or shown as words and nothing else.

Each site is held beside one whose fields hold plain words in the same places. Nothing but the words may differ.
"""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser.browsing import SUB_PATH
from hostile import HOSTILE, PAYLOADS, SITES, Planted, build_hostile, free_fields, read_record
from support import copy_small, lend, once, run

from explainer.model.records import FORMS, PageHead, Record
from explainer.read.ledger import KINDS

NOT_PRINTED = {
    "Allowed.why",
    "Chart.alt", "Chart.subtitle", "PageHead.description", "Order.why", "Fact.label", "Fact.counts", "Series.counts", "Counted.words",
    "Unchecked.why", *(f"Translation.{form}" for form in FORMS if form != "many"),
    *(f"Source.{key}" for key in ("container", "volume", "issue", "pages", "number", "edition", "genre", "publisher_place")),
}  # fmt: skip
"""Words that no page prints, that stand in its head alone, or that belong to a chart withdrawn or to a number other than 40 and 80;
and what a citation style prints or leaves out as it sees fit."""
DRAWN = {"Claim.short", "Point.short", "Series.short", "Annotation.text"}
"""Words that a drawing cuts to the room it has."""


@dataclass
class Site:
    """A finished site, with what was planted in it."""

    folder: Path
    accepted: list[Planted]
    refused: list[Planted]


@pytest.fixture
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """The site of each payload, built once by whoever asks first."""
    return _Sites(tmp_path_factory)


class _Sites(dict[str, Site]):
    def __init__(self, factory: pytest.TempPathFactory) -> None:
        super().__init__()
        self.factory = factory

    def __missing__(self, name: str) -> Site:
        folder = once(
            self.factory, f"hostile-{name}", lambda to: build_hostile(SITES[name], to, SUB_PATH)
        )
        code, said, accepted, refused = read_record(folder)
        assert code == 0, said
        return Site(folder / "www" / SUB_PATH, accepted, refused)


_ENCODED = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~%,")


class Page(HTMLParser):
    """What a page is made of: its tags with their attributes' names, its scripts, its addresses, its words."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.shapes: set[tuple[str, ...]] = set()
        self.scripts: list[str] = []
        self.addresses: set[str] = set()
        self.words: list[str] = []
        self.script = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shapes.add((tag, *sorted(name for name, _ in attrs)))
        self.script = tag == "script"
        for name, value in attrs:
            self.words.append(value or "")
            if name in ("href", "src", "action", "data", "srcset") and not (value or "").startswith(
                "#"
            ):  # those are made of headings
                # a text fragment names the words themselves, each of them percent-encoded
                address, fragment, words = (value or "").partition("#:~:text=")
                assert set(words) <= _ENCODED, value
                self.addresses.add(address + fragment)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self.script = False

    def handle_data(self, data: str) -> None:
        (self.scripts if self.script else self.words).append(data)


def pages(site: Site) -> dict[str, Page]:
    """Every page of a site, by its path."""
    return {
        path.relative_to(site.folder).as_posix(): Page(path.read_text("utf-8"))
        for path in sorted(site.folder.rglob("*.html"))
    }


@pytest.mark.parametrize("payload", HOSTILE)
def test_nothing_but_the_words_differs(sites: dict[str, Site], payload: str) -> None:
    """No payload adds an element, an attribute, a script or an address to any page, and every accepted text is shown as it was written."""
    site, plain = sites[payload], sites["plain"]
    found, wanted = pages(site), pages(plain)
    assert found.keys() == wanted.keys()
    for path, page in found.items():
        assert page.shapes <= wanted[path].shapes, f"{path}: {page.shapes - wanted[path].shapes}"
        assert len(page.scripts) == len(wanted[path].scripts), path
        assert page.addresses == wanted[path].addresses, (
            f"{path}: {page.addresses ^ wanted[path].addresses}"
        )
    shown = " ".join(" ".join(" ".join(page.words).split()) for page in found.values())
    lost = (
        {one.field for one in site.accepted if " ".join(one.text.split()) not in shown}
        - NOT_PRINTED
        - DRAWN
    )
    assert not lost, f"not shown as written: {sorted(lost)}"


def test_every_free_field_is_tried(sites: dict[str, Site]) -> None:
    """Each field that holds words takes some payload; a new record or field that the small project lacks fails here.

    A claim's text is left out: the small project has one, which stands at the fact itself, and goes the same way.
    So are names with numbers, which no page prints.
    """
    models = {model for kind in [*KINDS.values(), PageHead] for model in _below(kind)}
    free = {f"{model.__name__}.{name}" for model in models for name in free_fields(model)} - {
        "Claim.text",
        "Point.text",
        "Definitions.names",
    }
    taken = {one.field for name in ("plain", "mixed") for one in sites[name].accepted}
    assert free - taken == set(), f"no payload was taken by {sorted(free - taken)}"


def _below(model: type[Record]) -> set[type[Record]]:
    from hostile import _models  # noqa: PLC0415

    inner = {each for field_ in model.model_fields.values() for each in _models(field_.annotation)}
    return {model, *(other for each in inner for other in _below(each))}


@pytest.mark.parametrize("payload", ["plain", *HOSTILE])
def test_files_for_programs(sites: dict[str, Site], payload: str) -> None:
    """JSON parses; pictures hold no script and lead nowhere; tables have as many cells as columns."""
    for path in sorted(sites[payload].folder.rglob("*")):
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix == ".svg":
            for element in ET.fromstring(path.read_text(encoding="utf-8")).iter():
                assert element.tag.rpartition("}")[2] not in (
                    "script",
                    "foreignObject",
                    "iframe",
                    "image",
                    "animate",
                    "set",
                ), path
                assert not [
                    key for key in element.attrib if key.startswith("on") or key.endswith("href")
                ], path
        elif path.suffix == ".csv":
            rows = list(csv.reader(io.StringIO(path.read_bytes().decode())))
            assert {len(row) for row in rows} == {len(rows[0])}, path


FORMULAS = (
    "=cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "+1+cmd|x",
    "-a+b+cmd|x",
    '=HYPERLINK("https://evil.example")',
)


def test_spreadsheets_find_no_formula(good: Path, tmp_path: Path) -> None:
    """A speaker whose name begins as a formula does is text in every table that can be downloaded."""
    project = copy_small(tmp_path / "project")
    path = project / "seeds" / "series" / "loans-year.yaml"
    speakers = iter(FORMULAS)
    text, found = re.subn(
        r"(?<=said_by: ).*",
        lambda _: "'" + next(speakers).replace("'", "''") + "'",
        path.read_text(encoding="utf-8"),
    )
    assert found == len(FORMULAS)
    path.write_text(text, encoding="utf-8")
    assert run("--project", lend(good, project)).code == 0
    tables = sorted((project / "site" / "data").rglob("*.csv"))
    cells = [
        cell
        for each in tables
        for row in csv.reader(io.StringIO(each.read_text("utf-8")))
        for cell in row
    ]
    assert all(any(formula in cell for cell in cells) for formula in FORMULAS)
    assert not [
        cell
        for cell in cells
        if re.match(r"\s*[=+@\t\r-]", cell) and not re.fullmatch(r"-?[\d.]+(\.\.-?[\d.]+)?", cell)
    ]


NAMES = (
    "a <script>",
    'a" onfocus="alert',
    "a'b",
    "a&lt;b",
    "{{ x }}",
    "a b",
    "javascript:alert",
    "[a](b)",
    "..",
    ".hidden",
    "con\nx",
    "ü",
)


def test_names_of_files_are_text_too(good: Path, tmp_path: Path) -> None:
    """Pages and pictures with odd names are each refused by name, or stand in the site and do no harm."""
    project = copy_small(tmp_path / "project")
    (project / "site_src" / "assets").mkdir()
    for name in NAMES:
        (project / "site_src" / f"{name}.md").write_text(
            "---\ntitle: A\ndescription: A.\n---\n\n# A\n\nWords.\n", encoding="utf-8"
        )
        (project / "site_src" / "assets" / f"{name}.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8"
        )
    done = run("--project", lend(good, project), "--format", "json")
    assert done.code == 1, done.said
    refused = {problem["place"]["path"] for problem in json.loads(done.stdout)["problems"]}
    for path in refused:
        assert path.startswith("site_src/"), done.stdout
        (project / path).unlink()
    done = run("--project", project)
    assert done.code == 0, done.said
    shapes = {
        shape
        for path in (project / "site").rglob("*.html")
        for shape in Page(path.read_text("utf-8")).shapes
    }
    assert not {shape for shape in shapes if any(part.startswith("on") for part in shape[1:])}


def test_the_payloads_are_hostile() -> None:
    """These tests can fail: a page that printed the payloads as they are would have scripts, odd elements and odd addresses."""
    page = Page(f"<body>{''.join(PAYLOADS.values())}</body>")
    assert any("onerror" in shape for shape in page.shapes)
    assert page.scripts
    assert not any(
        urlsplit(each).scheme == "javascript" for each in Page(PAYLOADS["address"]).addresses
    )  # that one needs Markdown
