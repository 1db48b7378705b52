"""Traces a fault in a finished page back to the line that an author can mend.

The engine and the audit see pages, not the files from which they were made. Both quote what is
wrong. The quoted words are searched for in the author's file, in the project's templates, and in
``mkdocs.yml``. If they are in none of these, the problem gets the place where the page begins: the
top of its file, or the record that it shows.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Final

from explainer.common.problems import Place, Problem, Problems, Refused
from explainer.model.ledger import Ledger
from explainer.project import Project
from explainer.render.site import Site

_QUOTED = re.compile(r"'([^'\n]+)'")
_MARK: Final = re.compile(r"[\s`*_\\]")
_LETTER: Final = re.compile(r"[^\s`*_\\]")
"""A character that a page shows. ``_MARK`` matches what Markdown may have between two of them."""
_SHORTEST = 3
"""The fewest characters to search for; shorter words occur everywhere."""


_SAID: Final = (
    (
        re.compile(r"contains a link '(?P<link>[^']+)', but the target '[^']*' is not found"),
        "the link '{}' leads to no page and to no file",
        (
            "name a page by its file in site_src/, as in about.md, a fact as in facts/….md, or a"
            " file of assets/"
        ),
    ),
    (
        re.compile(
            r"contains a link '(?P<link>[^']+)', but (?:there is no such anchor|the doc '[^']*'"
            r" does not contain an anchor)"
        ),
        "the link '{}' leads to no heading of that page",
        (
            "write the words of the heading behind #, in small letters and with hyphens between"
            " them, or leave that part out"
        ),
    ),
    (
        re.compile(r"contains an absolute link '(?P<link>[^']+)'"),
        (
            "the link '{}' begins with a stroke, and leads astray where the site has a folder of"
            " its own on its host"
        ),
        "name the page by its file in site_src/, as in {}.md",
    ),
    (
        re.compile(r"contains an unrecognized relative link '(?P<link>[^']+)'"),
        "the link '{}' names no file of site_src/",
        "name the page by its file, as in {}.md",
    ),
)
"""MkDocs' messages about links, each with a message and a hint for authors."""


@contextmanager
def to_authors(site: Site, project: Project) -> Iterator[None]:
    """Give the problems that are raised inside the place in the author's files, if it is found.

    Raises ``Refused`` again with the new places.
    """
    try:
        yield
    except Refused as refused:
        traced = (_traced(problem, site, project) for problem in refused.problems)
        raise Refused(tuple(dict.fromkeys(map(_in_plain_words, traced)))) from refused


def _in_plain_words(problem: Problem) -> Problem:
    """Return a problem with a message for authors if it is the engine's and about a link."""
    for pattern, message, hint in _SAID if problem.rule == "engine" else ():
        if match := pattern.search(problem.message):
            return replace(
                problem,
                message=message.format(match["link"]),
                hint=hint.format(match["link"].strip("/")),
            )
    return problem


def _traced(problem: Problem, site: Site, project: Project) -> Problem:
    """Return a problem with the place of the quoted words in the author's files.

    If they are not found, the place is where the page begins. If that is unknown too, the problem
    is returned as it was.
    """
    quoted = _QUOTED.findall(problem.message)
    of_page = problem.place.path.removeprefix("site/").replace(".html", ".md")
    pages = [name for name in (of_page, *quoted) if name in site.authors]
    words = [each for each in quoted if each not in pages]
    files = [site.authors[pages[0]]] if pages else []
    if problem.rule == "engine" and not files:
        files = ["mkdocs.yml"]
    if (found := _found(words, [*files, *_templates(project)], project)) is not None:
        return replace(problem, place=found)
    menu = (
        project.settings.places.get("nav", Place("mkdocs.yml"))
        if problem.rule == "page-far"
        else None
    )
    start = Place(files[0]) if files else _record(of_page, project.ledger) or menu
    if start is None:
        return problem
    where = "" if problem.rule == "engine" else f" (in {problem.place.path})"
    return replace(problem, place=start, message=problem.message + where)


def _templates(project: Project) -> list[str]:
    """Return the project's own templates, because one of them may be wrong in any page."""
    return (
        project.folder.list("templates", ".j2", ".html")
        if project.folder.exists("templates")
        else []
    )


def _found(words: list[str], files: list[str], project: Project) -> Place | None:
    """Return the first place in the files that has any of the words, or ``None``."""
    for path in files:
        text = project.folder.read_text(path, Problems()) or ""
        if found := next(filter(None, (_place_in(path, text, each) for each in words)), None):
            return found
    return None


def _place_in(path: str, text: str, words: str) -> Place | None:
    """Return where an author's text has some words of a page, or ``None``.

    They are searched for as the address of a link, then as they are, then with the marks of
    Markdown left out, because a page does not show those.
    """
    at = _as_address(text, words)
    if at < 0 and len(words) >= _SHORTEST:
        at = text.find(words)
    if at < 0 and len(words) >= _SHORTEST:
        at = _among_marks(text, words)
    return (
        None
        if at < 0
        else Place(path, text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1)
    )


_BEFORE_ADDRESS: Final = re.compile(r"\](?:\(|:)\s{0,100}<?\s{0,100}\Z")
_BEHIND_ADDRESS: Final = re.compile(r"[\s)>#\"']")
_MOST_BEFORE: Final = 203


def _as_address(text: str, words: str) -> int:
    """Return the position of some words as the address of a link, or -1."""
    at = text.find(words)
    while at >= 0:
        before = text[max(0, at - _MOST_BEFORE) : at]
        if _BEHIND_ADDRESS.match(text, at + len(words)) and _BEFORE_ADDRESS.search(before):
            return at
        at = text.find(words, at + 1)
    return -1


def _among_marks(text: str, words: str) -> int:
    """Return the position of some words, ignoring Markdown's marks in both texts, or -1."""
    sought = _MARK.sub("", words)
    if not sought:
        return -1
    letters, places = _without_marks(text)
    found = letters.find(sought)
    return -1 if found < 0 else places[found]


@lru_cache(maxsize=16)
def _without_marks(text: str) -> tuple[str, array[int]]:
    """Return a text without Markdown's marks, and the position of each letter that is left."""
    places = array("I", (match.start() for match in _LETTER.finditer(text)))
    return "".join(_LETTER.findall(text)), places


def _record(page: str, ledger: Ledger) -> Place | None:
    """Return the place of the fact, source or chart that a page shows, or ``None``."""
    kind, _, name = page.removesuffix("/index.md").partition("/")
    records = {"facts": ledger.holders, "sources": ledger.sources, "charts": ledger.charts}.get(
        kind, {}
    )
    return records[name].place("id") if name in records else None
