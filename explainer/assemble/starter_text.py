"""Finds what a project still has of the starter and the stubs that ``build.py new`` writes.

These are example words, which nobody means to publish.
"""

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
from explainer.read.ledger import parse_ledger

_WORDS: Final = {"site_name": "name the site", "site_description": "say what the site is about"}
_SENTENCE: Final = 40
"""The fewest characters of a line of prose that is compared with the starter."""
_STUB_KEYS: Final = (
    "question",
    "title",
    "publisher",
    "url",
    "said_by",
    "source",
    "locator",
    "says",
)
"""Keys whose values in a stub nobody would write; other values could be correct as they are."""
_STUB_LINE: Final = re.compile(r"^[\s-]*(\w+): (\S.*?)(?:\s+#.*)?$", re.MULTILINE)
_PAGE_LINE: Final = re.compile(r"(?:#+|title:|description:)?\s*(['\"]?)(.*?)\1(?:`.*)?$")
"""A line of a page: its words, without heading marks, the keys of titles, and calls."""


def check_starter_left(project: Project, problems: Problems) -> None:
    """Add a problem for each part of the project that is still the starter's or a stub's.

    These are the site's name and description, addresses, records, kept texts and sentences.
    """
    for place, what, hint in (*_settings(project), *_records(project.ledger), *_prose(project)):
        problems.add(
            place,
            "starter-left",
            f"{what} is still the example's that a new project begins with",
            hint,
        )
    for place, what, hint in _stubs(project):
        problems.add(place, "starter-left", f"{what} is still what a stub begins with", hint)


@cache
def _starter() -> Folder:
    return Folder(OURS / "starter")


@cache
def _lines() -> tuple[str, ...]:
    """Return the lines of the starter's ``mkdocs.yml``."""
    return tuple((_starter().read_text("mkdocs.yml", Problems()) or "").split("\n"))


def _value(key: str) -> str:
    """Return the starter's value for a key of ``mkdocs.yml``; it may be in a comment."""
    found = re.search(rf"^\W*{key}: (\S.*?)(?:\s+#.*)?$", "\n".join(_lines()), re.MULTILINE)
    return found[1] if found else ""


def _settings(project: Project) -> Iterator[tuple[Place, str, str]]:
    for key, hint in _WORDS.items():
        if (getattr(project.settings, key) or "") == _value(key):
            yield _set_at(project, key), f"the {key} '{_value(key)}'", hint
    if project.address == _value("site_url"):
        yield (
            _set_at(project, "site_url"),
            f"the address '{project.address}'",
            "write where the site will stand, or take the line out",
        )
    if project.report == _value("report"):
        hint = "write where errors are to be reported, or take the line out"
        yield _set_at(project, "report"), f"the address for errors '{project.report}'", hint


def _set_at(project: Project, key: str) -> Place:
    """Return the place in ``mkdocs.yml`` where a key is set."""
    lines = (project.folder.read_text("mkdocs.yml", Problems()) or "").split("\n")
    found = (
        (at, line)
        for at, line in enumerate(lines, 1)
        if re.match(rf"\s*['\"]?{key}['\"]?\s*:", line)
    )
    at, line = next(found, (1, key))
    return Place("mkdocs.yml", at, line.index(key) + 1)


@cache
def _example() -> Ledger:
    return parse_ledger(_starter(), Problems())


def _records(ledger: Ledger) -> Iterator[tuple[Place, str, str]]:
    """Yield the records with the id and the words of an example, and the kept texts of examples."""
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
                yield (
                    own[name].place("id"),
                    f"the {kind} '{name}'",
                    "put your own in its place, or take it out",
                )
    texts = set(example.texts.values())
    for name, text in ledger.texts.items():
        if text in texts:
            yield (
                ledger.sources[name].place("text"),
                f"the text of '{name}'",
                "keep the words of a source of yours",
            )


def _prose(project: Project) -> Iterator[tuple[Place, str, str]]:
    """Yield the first line on each page that is from the starter."""
    known = {
        line
        for path in _starter().list("site_src", ".md")
        for line in _sentences(_starter(), path).values()
    }
    for path in project.folder.list("site_src", ".md"):
        found = next(
            (at for at, line in _sentences(project.folder, path).items() if line in known), None
        )
        if found is not None:
            yield Place(path, found), "this line", "write your own page"


def _sentences(folder: Folder, path: str) -> dict[int, str]:
    """Return the longer lines of a page by their numbers."""
    text = folder.read_text(path, Problems()) or ""
    return {
        at: line.strip()
        for at, line in enumerate(text.split("\n"), 1)
        if len(line.strip()) >= _SENTENCE
    }


@cache
def _stub_fields() -> frozenset[tuple[str, str]]:
    """Return the keys and values that identify an unchanged stub of a record."""
    texts = [
        Folder(OURS).read_text(f"stubs/{name}.yaml", Problems()) or ""
        for name in ("fact", "source")
    ]
    return frozenset(
        (key, value)
        for text in texts
        for key, value in _STUB_LINE.findall(text)
        if key in _STUB_KEYS
    )


@cache
def _stub_lines() -> frozenset[str]:
    """Return the words of each line of the page stub."""
    text = Folder(OURS).read_text("stubs/page.md", Problems()) or ""
    return frozenset(
        words for line in text.split("\n") if line not in ("", "---") and (words := _words(line))
    )


def _words(line: str) -> str:
    found = _PAGE_LINE.match(line.strip())
    return found[2].replace("''", "'").strip() if found else ""


def _stubs(project: Project) -> Iterator[tuple[Place, str, str]]:
    """Yield the first unchanged part of a stub in each record and on each page."""
    ledger = project.ledger
    for record in (*ledger.sources.values(), *ledger.holders.values()):
        left = next(
            (
                (key, value, place)
                for key, value, place in _fields(record)
                if (key, value) in _stub_fields()
            ),
            None,
        )
        if left is not None:
            key, value, place = left
            yield place, f"the {key} '{value}'", "fill it in, or take the record out"
    for path in project.folder.list("site_src", ".md"):
        lines = (project.folder.read_text(path, Problems()) or "").split("\n")
        found = next(
            (at for at, line in enumerate(lines, 1) if _words(line) in _stub_lines()), None
        )
        if found is not None:
            yield (
                Place(path, found),
                f"'{_words(lines[found - 1])}'",
                "write your own page, or take it out",
            )


def _fields(record: Record) -> Iterator[tuple[str, str, Place]]:
    """Yield the key, the value and the place of each text in a record, nested records included."""
    for key, value in record:
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Record):
                yield from _fields(each)
            elif isinstance(each, str):
                yield key, each, record.place(key)
