"""From a tree of Markdown to the engine's pages: all of them, or, beside what is kept from the last run, those that changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from explainer import disk
from explainer.engine import kept
from explainer.engine.config import THEME, titled
from explainer.engine.kept import State
from explainer.engine.run import run
from explainer.files import Files
from explainer.problems import Refused
from explainer.shelf.code import code
from explainer.trees import Tree

_TITLE = re.compile(rb"^title: .*$", re.MULTILINE)


def make(engine: str, work: Path, config: str, theme: Mapping[str, bytes], docs: Files, today: str) -> Tree:
    """The HTML of a tree, by path, beside the theme's files. ``theme`` are the templates that take the place of the theme's own, by path.

    The search index beside it holds the pages that were made last, perhaps not all; nobody reads more of it than its settings.

    Raises ``Refused`` where the engine finds fault, and leaves what it needs for the next run in the working folder.
    """
    new = _state(engine, config, theme, docs, today)
    old = kept.read(work) if engine == "mkdocs" else None
    before = Tree(work / "html", old.html if old else {})
    some = kept.changed(old, new, before)
    if some == ():
        return before
    kept.forget(work)
    if disk.read_tree(work / THEME) != theme:
        disk.write_tree(work / THEME, theme)
    made = None if some is None or old is None else _some(work, docs, today, some, old, before)
    if made is None:
        made = _all(engine, work, config, docs, today)
    kept.write(work, replace(new, html=made.noted()))
    return made


def _state(engine: str, config: str, theme: Mapping[str, bytes], docs: Files, today: str) -> State:
    """What a run is made from."""
    pages = sorted(path for path in docs if path.endswith(".md"))
    names = titled(config)
    titles = {path: _TITLE.findall(docs[path])[:1] for path in pages if names is None or path in names}
    others = {path: docs[path] for path in docs if not path.endswith(".md")}
    parts = [engine, config, today, code(), titles, kept.sums(theme), kept.sums(others)]
    return State(hashlib.sha256(repr(parts).encode()).hexdigest(), {path: docs.sum(path) for path in pages}, {})


def _all(engine: str, work: Path, config: str, docs: Files, today: str) -> Tree:
    disk.write_tree(work / "docs", docs)
    disk.write_tree(work / "html", {})
    disk.update_tree(work, {"mkdocs.yml": config.encode()})
    run(engine, work / "mkdocs.yml", today)
    return Tree(work / "html")


def _some(work: Path, docs: Files, today: str, changed: tuple[str, ...], old: State, before: Tree) -> Tree | None:
    """The last run's pages with some made anew; ``None`` where that cannot be told to be what a whole run would make."""
    outputs = tuple(str(PurePosixPath(path).with_suffix(".html")) for path in changed)
    last, known = {path: before[path] for path in outputs}, before.noted()
    disk.update_tree(work / "docs", {path: docs[path] for path in changed}, aged=True)
    disk.update_tree(work / "html", {}, gone=outputs)
    try:
        run("mkdocs", work / "mkdocs.yml", today, dirty=True)
    except Refused:  # the others are still good: only these are to be made when the author has mended them
        disk.update_tree(work / "html", last)
        docs_then = {**old.docs, **dict.fromkeys(changed, "")}
        kept.write(work, replace(old, docs=docs_then, html=Tree(work / "html", known).noted()))
        raise
    made = Tree(work / "html", known)
    return made if made.keys() == before.keys() else None
