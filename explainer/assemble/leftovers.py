"""What of the example and of the stubs that ``build.py new`` writes is still in a project: nobody's words, or somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from explainer.common.problems import Place, Problems
from explainer.model.ledger import Ledger
from explainer.model.records import Record
from explainer.project import Project
from explainer.publish.catalogue import OURS
from explainer.read.files import Folder
from explainer.read.ledger import read_ledger

_WORDS: Final = {"site_name": "name the site", "site_description": "say what the site is about"}
_SENTENCE: Final = 40
"""The fewest characters of a line of prose by which it is known again."""
_STUB_KEYS: Final = ("question", "title", "publisher", "url", "said_by", "source", "locator", "says")
"""The keys of a stub's record whose values nobody would write: the others could be right as they are."""
_STUB_LINE: Final = re.compile(r"^[\s-]*(\w+): (\S.*?)(?:\s+#.*)?$", re.MULTILINE)
_PAGE_LINE: Final = re.compile(r"(?:#+|title:|description:)?\s*(['\"]?)(.*?)\1(?:`.*)?$")
"""A line of a page: its words, without what makes them a heading or a title, and without a call."""


def check(project: Project, problems: Problems) -> None:
    """Tell what is still the starter's: the site's name and description, addresses, records, kept texts and sentences."""
    for place, what, hint in (*_settings(project), *_records(project.ledger), *_prose(project)):
        problems.add(place, "starter-left", f"{what} is still the example's that a new project begins with", hint)
    for place, what, hint in _stubs(project):
        problems.add(place, "starter-left", f"{what} is still what a stub begins with", hint)


@cache
def _starter() -> Folder:
    return Folder(OURS / "starter")


@cache
def _lines() -> tuple[str, ...]:
    """The lines of the starter's ``mkdocs.yml``."""
    return tuple((_starter().read_text("mkdocs.yml", Problems()) or "").split("\n"))


def _value(key: str) -> str:
    """What the starter's ``mkdocs.yml`` has for a key, if only in a remark."""
    found = re.search(rf"^\W*{key}: (\S.*?)(?:\s+#.*)?$", "\n".join(_lines()), re.MULTILINE)
    return found[1] if found else ""


def _settings(project: Project) -> Iterator[tuple[Place, str, str]]:
    for key, hint in _WORDS.items():
        if (getattr(project.settings, key) or "") == _value(key):
            yield _set_at(project, key), f"the {key} '{_value(key)}'", hint
    if project.address == _value("site_url"):
        yield _set_at(project, "site_url"), f"the address '{project.address}'", "write where the site will stand, or take the line out"
    if project.report == _value("report"):
        hint = "write where errors are to be reported, or take the line out"
        yield _set_at(project, "report"), f"the address for errors '{project.report}'", hint


def _set_at(project: Project, key: str) -> Place:
    """The line of ``mkdocs.yml`` that sets a key."""
    lines = (project.folder.read_text("mkdocs.yml", Problems()) or "").split("\n")
    found = ((at, line) for at, line in enumerate(lines, 1) if re.match(rf"\s*['\"]?{key}['\"]?\s*:", line))
    at, line = next(found, (1, key))
    return Place("mkdocs.yml", at, line.index(key) + 1)


@cache
def _example() -> Ledger:
    return read_ledger(_starter(), Problems())


def _records(ledger: Ledger) -> Iterator[tuple[Place, str, str]]:
    """The records that are the example's by their ids and their words, and the texts that are."""
    example = _example()
    kinds: tuple[tuple[dict[str, Record], dict[str, Record], str, str], ...] = (
        (dict(ledger.sources), dict(example.sources), "source", "title"),
        (dict(ledger.facts), dict(example.facts), "fact", "question"),
        (dict(ledger.series), dict(example.series), "series", "title"),
        (dict(ledger.charts), dict(example.charts), "chart", "title"),
    )
    for own, theirs, kind, key in kinds:
        for name, record in theirs.items():
            if name in own and getattr(own[name], key) == getattr(record, key):
                yield own[name].place("id"), f"the {kind} '{name}'", "put your own in its place, or take it out"
    texts = set(example.texts.values())
    for name, text in ledger.texts.items():
        if text in texts:
            yield ledger.sources[name].place("text"), f"the text of '{name}'", "keep the words of a source of yours"


def _prose(project: Project) -> Iterator[tuple[Place, str, str]]:
    """The first sentence on each page that is the example's."""
    known = {line for path in _starter().list("site_src", ".md") for line in _sentences(_starter(), path).values()}
    for path in project.folder.list("site_src", ".md"):
        found = next((at for at, line in _sentences(project.folder, path).items() if line in known), None)
        if found is not None:
            yield Place(path, found), "this line", "write your own page"


def _sentences(folder: Folder, path: str) -> dict[int, str]:
    """The longer lines of a page, by their numbers."""
    text = folder.read_text(path, Problems()) or ""
    return {at: line.strip() for at, line in enumerate(text.split("\n"), 1) if len(line.strip()) >= _SENTENCE}


@cache
def _stub_fields() -> frozenset[tuple[str, str]]:
    """The keys and values of the stubs' records by which these are known again."""
    texts = [Folder(OURS).read_text(f"stubs/{name}.yaml", Problems()) or "" for name in ("fact", "source")]
    return frozenset((key, value) for text in texts for key, value in _STUB_LINE.findall(text) if key in _STUB_KEYS)


@cache
def _stub_lines() -> frozenset[str]:
    """The words of the lines of a page's stub."""
    text = Folder(OURS).read_text("stubs/page.md", Problems()) or ""
    return frozenset(words for line in text.split("\n") if line not in ("", "---") and (words := _words(line)))


def _words(line: str) -> str:
    found = _PAGE_LINE.match(line.strip())
    return found[2].replace("''", "'").strip() if found else ""


def _stubs(project: Project) -> Iterator[tuple[Place, str, str]]:
    """What of the stubs that ``build.py new fact|source|page`` writes nobody has filled in: the first of each record and page."""
    ledger = project.ledger
    for record in (*ledger.sources.values(), *ledger.holders.values()):
        left = next(((key, value, place) for key, value, place in _fields(record) if (key, value) in _stub_fields()), None)
        if left is not None:
            key, value, place = left
            yield place, f"the {key} '{value}'", "fill it in, or take the record out"
    for path in project.folder.list("site_src", ".md"):
        lines = (project.folder.read_text(path, Problems()) or "").split("\n")
        found = next((at for at, line in enumerate(lines, 1) if _words(line) in _stub_lines()), None)
        if found is not None:
            yield Place(path, found), f"'{_words(lines[found - 1])}'", "write your own page, or take it out"


def _fields(record: Record) -> Iterator[tuple[str, str, Place]]:
    """Each text of a record and of those within it, with its key and its place."""
    for key, value in record:
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Record):
                yield from _fields(each)
            elif isinstance(each, str):
                yield key, each, record.place(key)
