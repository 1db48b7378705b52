"""From a fault in a finished page back to the line that an author can mend.

The engine and the audit see pages, not the files that they were made from. Both put what they found fault with
in quotes, so that it can be looked for in the author's own file, or in ``mkdocs.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from explainer.problems import Place, Problem, Problems, Refused
from explainer.reading.files import Folder
from explainer.site import Site

_QUOTED = re.compile(r"'([^'\n]+)'")


@contextmanager
def to_authors(site: Site, folder: Folder) -> Iterator[None]:
    """Problems raised inside are placed in the files that authors wrote, wherever that can be told."""
    try:
        yield
    except Refused as refused:
        raise Refused(tuple(_traced(problem, site, folder) for problem in refused.problems)) from refused


def _traced(problem: Problem, site: Site, folder: Folder) -> Problem:
    """The same problem at the author's words; where they cannot be found, the author's file for the engine, else as it was."""
    quoted = _QUOTED.findall(problem.message)
    of_page = problem.place.path.removeprefix("site/").replace(".html", ".md")
    pages = [name for name in (of_page, *quoted) if name in site.authors]
    path = site.authors[pages[0]] if pages else "mkdocs.yml"
    if not pages and problem.rule != "engine":
        return problem
    text = folder.read_text(path, Problems()) or ""
    at = next((text.index(words) for words in quoted if words not in pages and words in text), None)
    if at is None and problem.rule != "engine":
        return problem
    return replace(problem, place=_place(path, text, at or 0))


def _place(path: str, text: str, at: int) -> Place:
    """An offset into a file's text as a line and a column, both from one."""
    return Place(path, text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1)
