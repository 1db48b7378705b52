"""Pages of records: one page of the engine's is filled for each of them.

The page of a fact, a source or a chart is HTML from our own templates, with the theme around it. So the engine makes one page, the
*shell*, for all pages whose heads have the same keys with a text in the same places. A *slot* stands there for each text, and every page
of a record is that shell with its own texts in the slots. A thousand facts then cost the engine no more than one.
"""

from __future__ import annotations

import html
import itertools
import json
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Self
from urllib.parse import quote

from explainer import anchors
from explainer.digests import digest
from explainer.engine.signs import as_html
from explainer.files import Files
from explainer.problems import Place, Problem, Refused
from explainer.shelf import Shelf

RECORD: Final = "record:"
"""Begins a link to the page of a record on its way through the engine, which knows no such page; the rest is its path below the root."""
_PAGE: Final = re.compile(r"\A---\n(?P<head>.*?)\n---\n+# (?P<heading>[^\n]*)\n*(?P<body>.*)\Z", re.DOTALL)
"""A page of a record as ``Page.markdown`` writes it: a head, one heading, and HTML."""
_TAG: Final = re.compile(r"<[^>]*>")
_OPEN, _CLOSE = "\ufdd9", "\ufdda"
"""Stand around the name of a slot: code points that no text of an author's may have, so nobody can write a slot."""
_LEFT: Final = re.compile(f"[{_OPEN}{_CLOSE}]")
_ANCHOR: Final = "anchorofshell"
"""Stands before the slot of the heading: an engine makes anchors of letters alone, so that of the heading is this and the slot's name."""


@dataclass(frozen=True)
class Filling:
    """What fills the slots of a shell, as HTML."""

    anchor: str
    heading: str
    body: str
    head: tuple[str, ...]
    """The texts of the page's head, in their order."""

    @classmethod
    def read(cls, page: str) -> Self:
        """From the file of a page."""
        found = _match(page)
        heading, body = found["heading"], found["body"].strip()
        return cls(anchors.free(html.unescape(_TAG.sub("", heading)), body), heading, body, _texts_of(_head(page)))


class Shells:
    """The shells that some pages of records need, and what fills them."""

    def __init__(self, records: Files, shelf: Shelf) -> None:
        """``records`` are the pages' files by path in the engine's tree, each as ``Page.markdown`` writes it."""
        self._records = records
        known: dict[str, tuple[str, str]] = shelf.notes(shelf.room("shells"))
        found = {path: known.get(_key(path, records)) or _shell(path, records[path].decode()) for path in records}
        known.clear()
        known.update({_key(path, records): shell for path, shell in found.items()})
        self._docs = {f"{address}/index.md": text.encode() for address, text in sorted(found.values())}
        self.shell_of = {_finished(path): f"{address}/index.html" for path, (address, _) in found.items()}
        """The shell of each page, both by their paths below the site's root."""

    def add_to(self, docs: Files) -> Files:
        """Put the shells beside the pages of prose, for the engine to read; the same files."""
        docs.update(self._docs)
        return docs

    def made_from(self, path: str) -> str:
        """A digest of all that fills a page, by its path in the finished site."""
        return self._records.sum(_file(path))

    def filled(self, path: str, shell: str) -> str:
        """A page by its path in the finished site. ``shell`` is the HTML of its shell.

        Raises ``Refused`` where a template of the theme does not print each text of a head as it is.
        """
        address = posixpath.dirname(self.shell_of[path])
        filling = Filling.read(self._records[_file(path)].decode())
        texts = {
            f"{address}/": f"{posixpath.dirname(path)}/",
            f"<p>{_slot('body')}</p>": filling.body,
            f"{_ANCHOR}heading": filling.anchor,
            **{slot: text for number, text in enumerate(filling.head) for slot in (_slot(number), quote(_slot(number)))},
        }  # as an address a slot is encoded
        slots = re.compile("|".join(map(re.escape, (*texts, _HEADING))))
        if _LEFT.search(slots.sub("", shell)):
            message = "a template of the theme changes a text of 'page.meta' or 'page.title' before it prints it"
            hint = "print it as it is, without a filter: one page is made for many, and their texts are put in afterwards"
            raise Refused((Problem(Place("templates/theme"), "engine-config", message, hint),))
        return slots.sub(lambda match: texts[match[0]] if match[0] in texts else _heading(match, filling), shell)


def _heading(match: re.Match[str], filling: Filling) -> str:
    """What stands in a slot for the heading: the heading within its element, elsewhere its words."""
    before = match.string[: match.start()]
    return filling.heading if before.rfind("<h1") > before.rfind("</h1>") else _TAG.sub("", filling.heading)


def _file(path: str) -> str:
    return f"{path.removesuffix('.html')}.md"


def _finished(path: str) -> str:
    return f"{path.removesuffix('.md')}.html"


def _key(path: str, records: Files) -> str:
    return f"{posixpath.dirname(posixpath.dirname(path))} {records.sum(path)}"


def _slot(what: object) -> str:
    """A slot by its name. It has a letter, so that a template that prints it in capitals is found out."""
    return f"{_OPEN}slot{what}{_CLOSE}" if isinstance(what, int) else f"{_OPEN}{what}{_CLOSE}"


_HEADING: Final = f"{_ANCHOR}{_slot('heading')}"


def _shell(path: str, page: str) -> tuple[str, str]:
    """The address below the site's root of a page's shell, beside the page's own, and the shell's Markdown."""
    head, folder = _with_slots(_head(page)), posixpath.dirname(posixpath.dirname(path))
    lines = [f"{key}: {json.dumps(value)}" for key, value in head.items()]
    text = "\n".join(["---", *lines, "---", "", f"# {_HEADING}", "", _slot("body"), ""])
    return f"{folder}/shell-{digest(text)[:16]}", text


def _head(page: str) -> dict[str, Any]:
    """The head of a page, whose lines are each a name and a value in JSON."""
    lines = (line.partition(": ") for line in _match(page)["head"].split("\n"))
    return {key: json.loads(value) for key, _, value in lines}


def _match(page: str) -> re.Match[str]:
    found = _PAGE.match(page)
    assert found is not None, page[:200]
    return found


def _with_slots(head: dict[str, Any]) -> dict[str, Any]:
    """A head with a slot in the place of each text."""
    numbers = itertools.count()
    slotted: dict[str, Any] = _mapped(head, lambda _: _slot(next(numbers)))
    return slotted


def _texts_of(head: dict[str, Any]) -> tuple[str, ...]:
    """The texts of a head, in the order of its slots, as HTML."""
    texts: list[str] = []
    _mapped(head, texts.append)
    return tuple(map(as_html, texts))


def _mapped(value: Any, put: Callable[[str], object], key: str = "") -> Any:
    """A value of a head with ``put`` of each text and number in its place.

    What is empty, nought, true or false stays as it is, and so does the layout: the theme asks for them.
    """
    if isinstance(value, dict):
        return {each: _mapped(inner, put, each) for each, inner in value.items()}
    if isinstance(value, list):
        return [_mapped(inner, put) for inner in value]
    return value if not value or value is True or key == "layout" else put(str(value))
