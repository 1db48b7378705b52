"""``mkdocs.yml`` is data: read as the seeds are, by a list of what may stand in it, and printed nowhere as anything but words."""

from __future__ import annotations

import copy
import csv
import io
import json
import re
import subprocess
import sys
import tempfile
import typing
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import fuzz
import pytest
import rispy
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string
from support import ROOT, copy_small, lend, replace, run

from explainer.cli import schemas
from explainer.common.problems import Problem, Problems
from explainer.model.records import Record
from explainer.model.settings import REFUSED, Colour, Entry, Extensions, Feature, Plugins, Settings
from explainer.read.settings import settings_of
from explainer.read.yaml_tree import read_tree

SMALL = (ROOT / "tests" / "cases" / "small" / "mkdocs.yml").read_text(encoding="utf-8")
SECONDS, ROOM = 10, 2**29


def problems_of(text: str) -> list[Problem]:
    """What is wrong with a ``mkdocs.yml``."""
    problems = Problems()
    settings_of(text, problems)
    return list(problems)


@pytest.mark.parametrize(
    "path",
    [
        "mkdocs.yml",
        "examples/bicycles/mkdocs.yml",
        "templates/starter/mkdocs.yml",
        "tests/cases/small/mkdocs.yml",
    ],
)
def test_our_own_are_read(path: str) -> None:
    """Every ``mkdocs.yml`` of this repository is as it should be."""
    assert problems_of((ROOT / path).read_text(encoding="utf-8")) == []


NOT_YAML = {
    "a lone surrogate": ('site_name: "\\ud800"', "1:15"),
    "a null": ('site_name: "\\0"', "1:12"),
    "a code point beyond Unicode": ('site_name: "\\U00110000"', "1:15"),
    "an escaped mark of direction": ('site_name: "a\\u202Eb"', "1:12"),
    "an escaped end of line": ('site_name: "a\\Lb"', "1:12"),
    "a noncharacter": ("site_name: a\n\n# \ufffe", "3:3"),
    "an integer's tag": ("site_name: !!int x", "1:12"),
    "a tag of Python": ("site_name: a\nhook: !!python/object/apply:os.system [id]", "2:7"),
    "a tag of MkDocs": ("site_name: !ENV HOME", "1:12"),
    "a private tag": ("site_name: !x a", "1:12"),
    "a tag of nothing": ("site_name: ! a", "1:12"),
    "a set": ("site_name: a\nnav: !!set {a, b}", "2:6"),
    "an ordered map": ("site_name: a\nnav: !!omap [a: b]", "2:6"),
    "a binary": ("site_name: !!binary aGk=", "1:12"),
    "a timestamp's tag": ("site_name: !!timestamp 2024-01-01", "1:12"),
    "an anchor": ("site_name: &a b", "1:12"),
    "an alias": ("site_name: *a", "1:12"),
    "a menu that holds itself": ("site_name: a\nnav: &n [*n]", "2:6"),
    "a merge": ("site_name: a\ntheme: {<<: {name: material}}", "2:9"),
    "a merge of an alias": ("site_name: a\n<<: *x", "2:1"),
    "a version": ("%YAML 1.1\n---\nsite_name: a", "1:1"),
    "another version": ("%YAML 9.9\n---\nsite_name: a", "1:1"),
    "a prefix of tags": ("%TAG !e! tag:example.org,2000:\n---\nsite_name: a", "1:1"),
    "a second document": ("site_name: a\n---\nsite_name: b", "2:1"),
    "a second empty document": ("site_name: a\n...\n---\n", "3:1"),
    "a list as a key": ("? [a]\n: b", "1:3"),
    "a mapping as a key": ("? {a: b}\n: b", "1:3"),
    "a key of nothing": ("{: b}", "1:2"),
    "an empty key": ("'': b", "1:1"),
    "the reader's own key": ("'@': b", "1:1"),
    "a key of two lines": ('"a\\nb": c', "1:1"),
    "a key twice": ("site_name: a\nsite_name: b", "2:1"),
    "a key twice further down": ("site_name: a\ntheme:\n  font: false\n  font: false", "4:3"),
    "a title twice in a mapping": ("site_name: a\nnav:\n  - {a: index.md, a: index.md}", "3:19"),
    "a tab for blanks": ("site_name: a\ntheme:\n\tname: material", "3:1"),
    "a bracket too many": ("site_name: a]\nnav: ]", "2:6"),
    "a quote that does not end": ('site_name: "a', "1:12"),
    "brackets in brackets": ("site_name: a\nnav: " + "[" * 30 + "]" * 30, "2:25"),
}
"""What no file of an author may hold, and where it stands."""


@pytest.mark.parametrize("name", NOT_YAML)
def test_what_yaml_has_and_data_does_not(name: str) -> None:
    """What is more than plain values is a problem at its own place, and the same in a file of the seeds."""
    text, place = NOT_YAML[name]
    found = problems_of(text)
    rules = {
        "yaml-syntax",
        "yaml-tag",
        "yaml-alias",
        "yaml-key",
        "yaml-depth",
        "duplicate-key",
        "hidden-character",
    }
    assert {problem.rule for problem in found} <= rules
    seeds = Problems()
    assert read_tree("seeds/order.yaml", text, seeds) is None
    assert [problem.rule for problem in found] == [problem.rule for problem in seeds]
    line, column = map(int, place.split(":"))
    assert (found[0].place.line, abs(found[0].place.column - column) <= 1) == (line, True), found


WRONG = {
    "a theme that is a word": ("site_name: a\ntheme: material", ["2:8"]),
    "a number": ("5", ["1:1"]),
    "a list": ("[a]", ["1:1"]),
    "nothing": ("", ["1:1"]),
    "a remark": ("# site_name: a", ["1:1"]),
    "no name": ("theme: {font: false}", ["1:1"]),
    "an empty name": ("site_name:", ["1:11"]),
    "a name of blanks": ("site_name: '  '", ["1:12"]),
    "a name that is a list": ("site_name: [a]", ["1:12"]),
    "a name of two lines": ("site_name: |\n  a\n  b", ["1:12"]),
    "a name with a tab": ('site_name: "a\\tb"', ["1:12"]),
    "a name with an end of line": ('site_name: "a\\nb"', ["1:12"]),
    "a private character": ("site_name: a\ue000", ["1:12"]),
    "our own sign": ("site_name: a\ufdd5", ["1:12"]),
    "a long name": (f"site_name: {'x' * 201}", ["1:12"]),
    "a plugin in a list": ("site_name: a\nplugins: [[search]]", ["2:11"]),
    "a plugin twice": ("site_name: a\nplugins: [search, search]", ["2:19"]),
    "a plugin's option": ("site_name: a\nplugins: [search: {prebuild_index: true}]", ["2:20"]),
    "a plugin without a name": ("site_name: a\nplugins:\n  -", ["3:4"]),
    "two plugins in one": ("site_name: a\nmarkdown_extensions: [{toc: , tables: }]", ["2:23"]),
    "an extension by its path": ("site_name: a\nmarkdown_extensions: [markdown.extensions.toc]", ["2:23"]),
    "a mapping of extensions": ("site_name: a\nmarkdown_extensions: {toc: {permalink: true}}", ["2:22"]),
    "a boolean of YAML 1.1": ("site_name: a\nextra: {generator: off}", ["2:20"]),
    "an octal": ("site_name: a\nmarkdown_extensions: [toc: {baselevel: 010}]", ["2:40"]),
    "a number of base 60": ("site_name: a\nmarkdown_extensions: [toc: {baselevel: 1:30}]", ["2:40"]),
    "infinity": ("site_name: a\nmarkdown_extensions: [toc: {baselevel: .inf}]", ["2:40"]),
    "not a number": ("site_name: a\nmarkdown_extensions: [toc: {baselevel: .nan}]", ["2:40"]),
    "five thousand digits": (f"site_name: a\nmarkdown_extensions: [toc: {{baselevel: {'9' * 5000}}}]", ["2:40"]),
    "a script's address": ("site_name: a\nnav:\n  - a: javascript:alert(1)", ["3:8"]),
    "a file's address": ("site_name: a\nnav: [a: file:///etc/passwd]", ["2:10"]),
    "a page outside": ("site_name: a\nnav: [a: ../index.md]", ["2:10"]),
    "a menu that is a word": ("site_name: a\nnav: index.md", ["2:6"]),
    "an empty menu": ("site_name: a\nnav: []", ["2:6"]),
    "a section of nothing": ("site_name: a\nnav: [a: []]", ["2:10"]),
    "an entry of nothing": ("site_name: a\nnav: [a: ]", ["2:10"]),
    "two entries in one": ("site_name: a\nnav: [{a: index.md, b: index.md}]", ["2:7"]),
    "a list in the menu": ("site_name: a\nnav: [[index.md]]", ["2:7"]),
    "an address with a quote": ('site_name: a\nnav: [a: "https://e.org/\\""]', ["2:10"]),
    "an icon outside": ("site_name: a\ntheme: {icon: {logo: ../../etc/passwd}}", ["2:22"]),
    "a logo elsewhere": ("site_name: a\ntheme: {logo: https://example.org/x.png}", ["2:15"]),
    "a logo outside": ("site_name: a\ntheme: {logo: assets/../../x.png}", ["2:15"]),
    "a colour that is a script": ("site_name: a\ntheme: {palette: {primary: '\"><script>'}}", ["2:28"]),
    "a second palette's icon": ("site_name: a\ntheme: {palette: [{}, {toggle: {icon: x, name: y}}]}", ["2:39"]),
    "a third feature": ("site_name: a\ntheme: {features: [navigation.tabs, navigation.top, x]}", ["2:53"]),
    "two mistakes": ("sitename: a\nsite_name: b\nstrict: no", ["1:1", "3:9"]),
}  # fmt: skip
"""What YAML may hold and this file may not, and the place of each problem."""


HIDDEN = ("a private character", "our own sign")
"""Those that hold what no reader can see, which is refused in any file."""


@pytest.mark.parametrize("name", WRONG)
def test_each_wrong_value_is_named_where_it_stands(name: str) -> None:
    """Each is a problem at the very value, or at the key that is wrong, with something to do."""
    text, places = WRONG[name]
    found = problems_of(text)
    assert [f"{problem.place.line}:{problem.place.column}" for problem in found] == places, found
    assert {problem.rule for problem in found} == {
        "hidden-character" if name in HIDDEN else "engine-config"
    }
    assert all(problem.hint for problem in found)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_says_why(name: str) -> None:
    """Settings that are known and refused are told with the reason, at their keys; and so are those of them that have no value."""
    for value in ("x", "[x]", "{x: y}", ""):
        above, _, key = name.rpartition(".")
        text = (
            f"site_name: a\n{above}:\n  {key}: {value}\n"
            if above
            else f"site_name: a\n{key}: {value}\n"
        )
        found = problems_of(text)
        assert [(problem.place.line, problem.hint) for problem in found] == [
            (3 if above else 2, REFUSED[name])
        ], text


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("sitename", "site_name"),
        ("markdown_extension", "markdown_extensions"),
        ("plugin", "plugins"),
    ],
)
def test_a_mistyped_key_is_told_the_right_one(wrong: str, meant: str) -> None:
    """A key that is nearly one says which."""
    assert any(
        f"Did you mean '{meant}'?" in problem.hint
        for problem in problems_of(f"site_name: a\n{wrong}: [x]")
    )


def test_a_mistake_does_not_change_the_language() -> None:
    """A project in another language with one mistake in ``mkdocs.yml`` has that one problem: its seeds are read in their language."""
    folder = ROOT / "examples" / "bicycles"
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8") + "strict: no\n"
    problems = Problems()
    assert settings_of(text, problems).theme.language == "uk"
    assert len(problems) == 1


FULL = """\
site_name: {0}
site_description: {1}
site_author: {2}
copyright: {3}
site_url: https://example.org/a/
theme:
  name: material
  language: en
  direction: ltr
  font: false
  favicon: assets/favicon.svg
  icon: {{logo: material/text-search-variant, menu: material/menu, close: material/close, search: material/magnify,
         previous: material/arrow-left, next: material/arrow-right, top: material/arrow-up}}
  features: [FEATURES]
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
      primary: custom
      accent: custom
      toggle: {{icon: material/weather-night, name: {4}}}
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      primary: indigo
      accent: red
      toggle: {{icon: material/weather-sunny, name: {5}}}
extra:
  generator: yes
  licence: {{name: {6}, url: https://creativecommons.org/licenses/by/4.0/}}
  report: "https://example.org/report?x={{claim}}"
  social:
    - {{icon: fontawesome/brands/mastodon, link: "https://example.org/?a=1&b=2", name: {7}}}
plugins:
  - search
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - fenced_code
  - footnotes
  - md_in_html
  - sane_lists
  - smarty: {{smart_dashes: yes, smart_quotes: no, smart_angled_quotes: yes, smart_ellipses: yes}}
  - tables: {{use_align_attribute: true}}
  - toc: {{permalink: yes, toc_depth: 3, baselevel: 1}}
nav:
  - {8}: index.md
  - {9}:
      - {10}: about/index.md
      - {11}: facts/index.md
  - {12}: sources/index.md
  - {13}: https://example.org/x?a=1&b=2
validation:
  omitted_files: info
  not_found: warn
  anchors: warn
  absolute_links: warn
  unrecognized_links: warn
  nav: {{omitted_files: info, not_found: warn, absolute_links: warn}}
  links: {{not_found: warn, anchors: warn, absolute_links: warn, unrecognized_links: warn}}
strict: true
use_directory_urls: true
""".replace("FEATURES", ", ".join(typing.get_args(Feature)))
"""Every setting that there is; the numbers stand for texts of one's own choice."""
FREE = 14
"""How many of them there are."""
NOT_SET = {"Theme.logo"}
"""What stands in another's place."""


def quoted(text: str) -> str:
    """A text as a scalar of YAML."""
    return "'" + text.replace("'", "''") + "'"


def test_the_whole_sets_everything() -> None:
    """The settings that these tests try are all that the records know, so a new one is tried too."""
    problems = Problems()
    whole = settings_of(FULL.format(*(f"Word {number}" for number in range(FREE))), problems)
    assert not list(problems)
    known: set[str] = set()
    written: set[str] = set()
    for record in records(whole):
        known |= {
            f"{type(record).__name__}.{name}"
            for name in type(record).model_fields
            if name != "places"
        }
        written |= {
            f"{type(record).__name__}.{name}"
            for name in record.model_fields_set
            if name != "places"
        }
    assert known - written == NOT_SET
    assert {f"Extensions.{name}" for name in Extensions.model_fields} <= known | {
        "Extensions.places"
    }


def records(value: Any) -> Iterator[Record]:
    """A record and all that it holds."""
    if isinstance(value, Record):
        yield value
        for name in type(value).model_fields:
            yield from records(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from records(each)


HOSTILE = (
    '"><script>alert(1)</script>', "<iframe srcdoc='<script>alert(1)</script>'>", '" onload="alert(1)', "' onload='alert(1)",
    '0;url=https://evil.example/" http-equiv="refresh', "javascript:alert(1)", "{{ 7 * 7 }}{% raw %}", "]]>", "--></title></head><body>",
    "R&D <3 'Q&A'", "&lt;b&gt;&#x3c;b&#x3e;", "\\ ` *a* _b_ [x](javascript:y) ![z](y) # {: onload=x }", "%0d%0aSet-Cookie: x", "=cmd|' /C calc'!A0",
    "${alert(1)}`", "</script><script>alert(1)</script>", "<!--#exec cmd='ls'-->", "TY  - BOOK", "@article{x, title = {y}}", "%}{{", "#{7*7}",
)  # fmt: skip
"""Texts that mean something to some format. Each is a name that somebody may give all the same."""


def strings(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each scalar of a tree stands."""
    items = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    if isinstance(tree, str):
        yield path
    for key, value in items:
        yield from strings(value, (*path, key))


DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
TREE: Any = yaml.load(FULL.format(*(f"Word {number}" for number in range(FREE))), yaml.BaseLoader)


@pytest.mark.parametrize(
    "path", list(strings(TREE)), ids=lambda path: "-".join(map(str, path)).replace(" ", "_")
)
def test_a_setting_is_free_text_or_its_kind(path: tuple[Any, ...]) -> None:
    """In each place of the whole a hostile text is refused at that place, or it is one of the texts that may be anything of one line."""
    free = str(_at(TREE, path)).startswith("Word ")
    for text in [*HOSTILE, "x" * 600, "a\nb", "a\0b", "a\u202eb", "a\u2028b", "\ufdd5", "\ue000"]:
        tree = copy.deepcopy(TREE)
        _at(tree, path[:-1])[path[-1]] = text
        found = problems_of(
            yaml.dump(tree, Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=10**6)
        )
        assert bool(found) != (free and text in HOSTILE), (text, found)
        assert len(found) <= 1 or path[-1] in ("anchors",), found


def _at(tree: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        tree = tree[key]
    return tree


class Seen(HTMLParser):
    """The shape of a page: its elements, their attributes, where addresses lead, and the words that are seen or heard."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.shape: set[tuple[str, ...]] = set()
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape.add((tag,))
        for name, value in attrs:
            self.shape.add((tag, name))
            if name in ("href", "src", "action", "http-equiv", "srcdoc", "dir", "rel"):
                self.shape.add(
                    (tag, name, (value or "").partition(":")[0] if ":" in (value or "") else "")
                )
            if name in ("content", "title", "aria-label", "alt"):
                self.words.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(" ".join(data.split()))


@pytest.fixture
def untold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts with numbers pass: what they show is the question here, and not what bears them."""
    monkeypatch.setattr("explainer.check.rules.settings.check", lambda *_: ())


def build_with(good: Path, to: Path, engine: str, texts: tuple[str, ...]) -> dict[str, bytes]:
    """The files of the small project's site with all settings set."""
    project = copy_small(to)
    (project / "mkdocs.yml").write_text(FULL.format(*map(quoted, texts)), encoding="utf-8")
    done = run("--project", lend(good, project), "--engine", engine)
    assert done.code == 0, done.said
    site = project / "site"
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def chosen(first: int) -> tuple[str, ...]:
    """A text for each place, beginning with another one."""
    return tuple(HOSTILE[(first + number) % len(HOSTILE)] for number in range(FREE))


ROUNDS = [
    pytest.param(first, marks=() if first == 0 else pytest.mark.audit)
    for first in range(len(HOSTILE))
]
"""In the audit every text has stood in every place."""


@pytest.fixture(scope="module")
def harmless(
    good: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], dict[str, set[tuple[str, ...]]]]:
    """The shape of each page of a harmless build, by engine."""
    kept: dict[str, dict[str, set[tuple[str, ...]]]] = {}

    def shape(engine: str) -> dict[str, set[tuple[str, ...]]]:
        if engine not in kept:
            files = build_with(
                good,
                tmp_path_factory.mktemp(engine) / "project",
                engine,
                tuple(f"Word {n}" for n in range(FREE)),
            )
            kept[engine] = {
                path: Seen(data.decode()).shape
                for path, data in files.items()
                if path.endswith(".html")
            }
        return kept[engine]

    return shape


@pytest.mark.usefixtures("untold")
@pytest.mark.parametrize("first", ROUNDS)
@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_text_is_nothing_but_text(
    engine: str,
    first: int,
    good: Path,
    tmp_path: Path,
    harmless: Callable[[str], dict[str, set[tuple[str, ...]]]],
) -> None:
    """With hostile texts in every setting, pages have the elements, attributes and kinds of address that they have without, and show
    the texts as they were written; and so does every other file, in its own format.
    """
    texts = chosen(first)
    files = build_with(good, tmp_path / "project", engine, texts)
    pages = {path: Seen(data.decode()) for path, data in files.items() if path.endswith(".html")}
    assert pages.keys() == harmless(engine).keys()
    for path, page in pages.items():
        assert page.shape - harmless(engine)[path] == set(), path
    home = pages["index.html"].words
    for number in (0, 3, 7, 8, 9, 10, 11, 12, 13):
        assert any(" ".join(texts[number].split()) in " ".join(words.split()) for words in home), (
            number,
            texts[number],
        )
    assert not [
        path
        for path, data in files.items()
        if re.search(rb"\xef\xb7[\x94-\x98]|\\ufdd[4-8]", data) and not path.endswith(".png")
    ]
    check_others(files, texts)


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_pages_own_title_is_text_too(engine: str, good: Path, tmp_path: Path) -> None:
    """A page that the menu lists without a title is called by its own, in links and in what is read out, and is escaped once."""
    project, title = copy_small(tmp_path / "project"), "R&D <b> &amp; 'Q&A' \"x\""
    replace(
        project / "site_src" / "about.md", "title: About these numbers", f"title: {quoted(title)}"
    )
    replace(project / "mkdocs.yml", "  - About: about/index.md", "  - about/index.md")
    done = run("--project", lend(good, project), "--engine", engine)
    assert done.code == 0, done.said
    page = (project / "site" / "index.html").read_text(encoding="utf-8")
    assert sum(title in words for words in Seen(page).words) >= 3
    assert "&amp;amp;amp;" not in page


def check_others(files: dict[str, bytes], texts: tuple[str, ...]) -> None:
    """The texts in the files that are no pages, read as their readers read them."""
    name, description, author = texts[:3]
    for path, data in files.items():
        if path.endswith((".json", ".webmanifest")):
            json.loads(data)
        if path.endswith((".xml", ".svg")):
            ET.fromstring(data)
    atom = {"a": "http://www.w3.org/2005/Atom"}
    feed = ET.fromstring(files["feed.xml"])
    assert name in (feed.findtext("a:title", "", atom))
    assert feed.findtext("a:author/a:name", "", atom) == name
    assert name in json.loads(files["feed.json"])["title"]
    citation = yaml.safe_load(files["CITATION.cff"])
    assert (citation["title"], citation["abstract"], citation["authors"]) == (
        name,
        description,
        [{"name": author}],
    )
    assert files["robots.txt"].decode().splitlines() == [
        "User-agent: *",
        "Allow: /",
        "",
        "Sitemap: https://example.org/a/sitemap.xml",
    ]
    lines = files["llms.txt"].decode().splitlines()
    assert [line[0] for line in lines if line][:2] == ["#", ">"]
    assert not [line for line in lines[1:] if line.startswith("# ")]
    assert all("title" in record for record in json.loads(files["cite.json"]))
    assert len(rispy.loads(files["cite.ris"].decode())) == 1
    assert len(parse_string(files["cite.bib"].decode(), "bibtex").entries) == 1
    for path in (path for path in files if path.endswith(".csv")):
        assert len({len(row) for row in csv.reader(io.StringIO(files[path].decode()))}) == 1, path
    for path, data in files.items():
        if path.endswith(".html"):
            for found in re.findall(
                r'<script type="application/ld\+json">(.*?)</script>', data.decode(), re.DOTALL
            ):
                json.loads(found)


BIG = {
    "one name": "site_name: " + "x" * 900_000,
    "a name in many lines": "site_name: >\n" + "  x\n" * 240_000,
    "aliases of aliases": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(
        f"{new}: &{new} [{','.join(['*' + old] * 9)}]\n"
        for old, new in zip("abcdefghi", "bcdefghij", strict=True)
    ),
    "many aliases": "site_name: &a x\nnav: [" + "*a, " * 240_000 + "]",
    "anchors": "site_name: a\nnav:\n" + "".join(f"  - &a{n} a: index.md\n" for n in range(40_000)),
    "brackets": "site_name: a\nnav: " + "[" * 100_000,
    "a megabyte of brackets": "[" * 999_000,
    "braces": "site_name: a\nnav: " + "{a: " * 240_000,
    "lists in lists": "site_name: a\nnav:\n" + "".join("  " * n + "- \n" for n in range(900)),
    "dashes": "site_name: a\nnav: " + "- " * 490_000,
    "question marks": "? " * 490_000,
    "pages": "site_name: a\nnav:\n" + "  - a: index.md\n" * 60_000,
    "sections": "site_name: a\nnav:\n" + "  - a:\n      - b: index.md\n" * 35_000,
    "keys": "site_name: a\n" + "".join(f"k{n}: x\n" for n in range(80_000)),
    "one key": "site_name: a\n" + "x: y\n" * 190_000,
    "a long key": f"? {'x' * 900_000}\n: y\n",
    "plugins": "site_name: a\nplugins:\n" + "".join(f"  - p{n}\n" for n in range(70_000)),
    "the same plugin": "site_name: a\nplugins:\n" + "  - search\n" * 80_000,
    "features": "site_name: a\ntheme:\n  features:\n" + "    - navigation.tab\n" * 45_000,
    "palettes": "site_name: a\ntheme:\n  palette:\n" + "    - {scheme: x}\n" * 45_000,
    "digits": "site_name: " + "9" * 900_000,
    "quotes": '"' * 999_000,
    "escapes": 'site_name: "' + "\\u0041" * 160_000 + '"',
    "tags": "site_name: a\nnav: [" + "!!str a, " * 110_000 + "]",
    "a long tag": f"site_name: !{'x' * 900_000} a",
    "a long anchor": f"site_name: &{'x' * 900_000} a",
    "documents": "---\n" * 240_000,
    "directives": "%TAG !a! b\n" * 90_000,
    "remarks": "# x\n" * 240_000,
    "blanks": " " * 999_000,
    "tabs": "\t" * 999_000,
    "colons": ": " * 490_000,
    "a question and brackets": "site_name: {?b: 1}\nnav: " + "[" * 900_000,
    "a question and mappings": "site_name: {?b: 1}\nnav: " + "{a: " * 240_000,
    "a question and brackets that seem closed": "site_name: {?b: 1}\nnav: " + '["]", ' * 160_000,
    "a question and brackets in remarks": "site_name: {?b: 1}\nnav: " + "[ #]\n" * 190_000,
    "questions in brackets": "nav: " + "[?a, " * 190_000,
    "block marks": "site_name: a\n" + "x: |\n" * 190_000,
}
"""Up to a megabyte of what takes some reader its time."""
READ = """
import os, resource, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from explainer.common.problems import Problems
from explainer.read.files import Folder
from explainer.read.settings import read_settings

def read(folder):
    resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
    resource.setrlimit(resource.RLIMIT_DATA, ({room}, {room}))
    problems = Problems()
    read_settings(Folder(folder), problems)
    (folder / "problems").write_text("\\n".join(map(str, problems)), encoding="utf-8", errors="backslashreplace")

for line in sys.stdin:
    child = os.fork()
    if not child:
        read(Path(line.rstrip("\\n")))
        sys.exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Reads in a process of its own for each folder that a line names, and says how that ended. The modules are imported once for all."""


@pytest.fixture(scope="module")
def read_apart() -> Iterator[Callable[[Path, bytes], str]]:
    """The problems of a ``mkdocs.yml`` that a process of its own reads, within ten seconds of the processor and 512 MB."""
    code = READ.format(seconds=SECONDS, room=ROOM, root=str(ROOT))
    command = [sys.executable, "-c", code]
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as reader,
    ):
        assert reader.stdin is not None
        assert reader.stdout is not None
        told, answers = reader.stdin, reader.stdout

        def read(folder: Path, data: bytes) -> str:
            folder.mkdir(exist_ok=True)
            (folder / "mkdocs.yml").write_bytes(data)
            print(folder, file=told, flush=True)
            ended = answers.readline().strip()
            errors.seek(0)
            said = errors.read().decode()
            assert (ended, said) == ("0", ""), said[-2000:]
            return (folder / "problems").read_text(encoding="utf-8")

        yield read


@pytest.mark.parametrize("name", BIG)
def test_a_megabyte_of_settings_is_bounded(
    name: str, tmp_path: Path, read_apart: Callable[[Path, bytes], str]
) -> None:
    """Whatever the megabyte, it is refused with a place, in ten seconds of the processor and 512 MB."""
    assert len(BIG[name]) <= 1_000_000
    assert re.search(
        r"^mkdocs\.yml:\d+:\d+: [a-z-]+: ",
        read_apart(tmp_path / "project", BIG[name].encode()),
        re.MULTILINE,
    )


ENCODED = {
    "UTF-16": SMALL.encode("utf-16"),
    "UTF-16 without a mark": SMALL.encode("utf-16-le"),
    "UTF-32": SMALL.encode("utf-32"),
    "a megabyte of UTF-16": ("site_name: a\n# " + "x" * 499_000).encode("utf-16-be"),
    "Latin-1": "site_name: café\n".encode("latin-1"),
    "UTF-7": b"site_name: +AHg-\n" + b"\xff",
    "half a letter": b"site_name: na\xc3",
    "an overlong letter": b"site_name: \xc0\xaf",
    "a surrogate": b"site_name: \xed\xa0\x80",
    "a mark in the middle": SMALL.replace("theme", "\ufefftheme", 1).encode(),
    "two marks": ("\ufeff\ufeff" + SMALL).encode(),
    "zeros": b"\0" * 999_000,
    "a megabyte and one": b"#" * 1_000_001,
}


@pytest.mark.parametrize("name", ENCODED)
def test_other_encodings_are_refused(
    name: str, tmp_path: Path, read_apart: Callable[[Path, bytes], str]
) -> None:
    """Bytes that are not clean UTF-8 are named where they stand."""
    assert re.match(
        r"mkdocs\.yml:\d+:\d+: (utf8|hidden-character|file-size): ",
        read_apart(tmp_path / "project", ENCODED[name]),
    )


def test_the_mark_of_some_editors_is_no_problem() -> None:
    """One byte order mark at the beginning is what some editors write, in the seeds as here; ends of lines may be theirs, too."""
    folder = ROOT / "tests" / "cases" / "small"
    assert problems_of((folder / "mkdocs.yml").read_bytes().decode()) == []


pieces = st.sampled_from(
    ["site_name", "theme", "nav", "plugins", "extra", ": ", "- ", "\n", "  ", "[", "]", "{", "}", "&a ", "*a", "!!int ", "<<", "---\n", "...\n",
     "%YAML 1.1\n", "? ", "|\n", ">\n", "'", '"', "\\ud800", "\\0", "#", "\t", "\r", "~", "null", "2024-99-99", ".inf", "0x1", "\ufeff", "\u2028",
     "\x85", "\ufffe", "😀", "index.md", "https://x.org", "@"]
) | st.text(max_size=4)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A good ``mkdocs.yml`` with a few places changed, taken out, doubled or exchanged."""
    text = draw(
        st.sampled_from([SMALL, FULL.format(*(f"Word {number}" for number in range(FREE)))])
    )
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        put = draw(pieces | st.just(text[start:end] * 2) | st.just(text[end:start:-1]))
        text = text[:start] + put + text[end:]
    return text


@given(mutated())
def test_any_mutation_is_read(text: str) -> None:
    """However a good file is spoilt, it is read, or each problem has a place in it and something to do."""
    fuzz.read(
        "settings",
        text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", errors="surrogatepass"),
    )


@pytest.mark.audit
@settings(max_examples=20_000)
@given(mutated())
def test_many_mutations_are_read(text: str) -> None:
    """So it is for thousands more."""
    fuzz.read(
        "settings",
        text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", errors="surrogatepass"),
    )


def test_others_name_the_place_too(small_project: Path) -> None:
    """A language without a catalogue, a menu entry without a page and a title without a translation are named where they stand."""
    replace(small_project / "mkdocs.yml", "  language: en", "  language: xx")
    assert "mkdocs.yml:7:13: catalogue: " in run("check", "--project", small_project).said


def test_schemas_and_table_are_as_the_records() -> None:
    """The schemas for editors, and the table in docs/authoring.md, are what the records make now; ``make schemas`` writes them."""
    for path, text in schemas.files().items():
        assert (ROOT / path).read_text(encoding="utf-8") == text, path
    table = schemas.settings_table()
    assert {name for name in Settings.model_fields if name != "places"} <= set(
        re.findall(r"^\| `(\w+)` ", table, re.MULTILINE)
    )
    assert all(
        f"`{each}`" in table for each in (*typing.get_args(Feature), *typing.get_args(Colour))
    )
    assert {"Plugins", "Entry"} == {Plugins.__name__, Entry.__name__}
