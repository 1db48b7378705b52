"""Pages of records: one page of the engine's is filled for each of them.

The page of a fact, a source or a chart is HTML from our own templates, with the theme around it. So the engine makes one page, the
*shell*, for all pages whose heads say the same things, with a *slot* in the place of each text; every page of a record is that shell
with its own texts in the slots. A thousand facts then cost the engine no more than one.
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from dataclasses import dataclass
from typing import Any, Final, Self

from explainer import anchors
from explainer.digests import digest
from explainer.engine.signs import as_html
from explainer.files import Files
from explainer.problems import Place, Problem, Refused
from explainer.shelf import Shelf

RECORD: Final = "record:"
"""Begins a link to the page of a record on its way through the engine, which knows no such page; the rest is its path below the root."""
_PAGE: Final = re.compile(r"\A---\n(?P<head>.*?)\n---\n+# (?P<heading>[^\n]*)\n*(?P<body>.*)\Z", re.DOTALL)
"""A page of a record as our templates write it: a head, one heading, and HTML."""


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
        found, texts = _match(page), list[str]()
        _emptied(_head(page), "", texts)
        heading, body = found["heading"], found["body"].strip()
        anchor = anchors.free(html.unescape(heading), body)
        return cls(anchor, heading, body, tuple(texts))


class Shells:
    """The shells that some pages of records need, and what fills them."""

    def __init__(self, records: Files, shelf: Shelf) -> None:
        """``records`` are the pages' files by path in the engine's tree, each as ``Page.markdown`` writes it."""
        self._records = records
        known: dict[str, tuple[str, str, str]] = shelf.notes(shelf.room("shells"))
        found = {path: known.get(records.sum(path)) or _shell(path, records[path].decode()) for path in records}
        known.clear()
        known.update({records.sum(path): shell for path, shell in found.items()})
        self.docs = {f"{address}/index.md": text.encode() for _, address, text in sorted(found.values())}
        """The shells as the engine reads them, by path in its tree."""
        self.of = {f"{path.removesuffix('.md')}.html": f"{address}/index.html" for path, (_, address, _) in found.items()}
        """The shell of each page, both by their paths below the site's root."""

    def beside(self, docs: Files) -> Files:
        """The pages of prose, with the shells beside them."""
        for path, text in self.docs.items():
            docs[path] = text
        return docs

    def made_from(self, path: str) -> str:
        """A digest of all that fills a page, by its path in the finished site."""
        return self._records.sum(_file(path))

    def filled(self, path: str, shell: str) -> str:
        """A page by its path in the finished site. ``shell`` is the HTML of its shell.

        Raises ``Refused`` where a template of the theme does not print each text of a head as it is.
        """
        address, name = posixpath.dirname(self.of[path]), posixpath.basename(posixpath.dirname(self.of[path]))
        filling = Filling.read(self._records[_file(path)].decode())
        body, heading = _slot(name, "body"), _slot(name, "heading")
        shell = shell.replace(f"<p>{body}</p>", body)

        def put(match: re.Match[str]) -> str:
            if match[0] == address:
                return posixpath.dirname(path)
            if match[0] == body:
                return filling.body
            if match[0] == heading:
                before = match.string[: match.start()]
                return filling.anchor if before.endswith(('id="', "#")) else filling.heading
            return filling.head[int(match["number"])]

        page = re.sub(rf"{address}(?=/)|{name}x(?:heading|body|(?P<number>\d+))x", put, shell)
        if name in page.lower():
            message = "a template of the theme changes a text of 'page.meta' or 'page.title' before it prints it"
            hint = "print it as it is: one page is made for many, and their texts are put in afterwards"
            raise Refused((Problem(Place("templates/theme/main.html"), "engine-config", message, hint),))
        return page


def _file(path: str) -> str:
    return f"{path.removesuffix('.html')}.md"


def _slot(name: str, what: object) -> str:
    """A text that no page has, of small letters and digits alone, so that it passes an engine as it is, and as an anchor."""
    return f"{name}x{what}x"


def _shell(path: str, page: str) -> tuple[str, str, str]:
    """The name of a page's shell, its address below the site's root, beside the page's own, and its Markdown."""
    folder = posixpath.dirname(posixpath.dirname(path))
    name = f"shell{digest((folder, _emptied(_head(page), '', [])))[:16]}"
    head = _emptied(_head(page), name, [])
    lines = [f"{key}: {json.dumps(value)}" for key, value in head.items()]
    text = "\n".join(["---", *lines, "---", "", f"# {_slot(name, 'heading')}", "", _slot(name, "body"), ""])
    return name, posixpath.join(folder, name), text


def _head(page: str) -> dict[str, Any]:
    """The head of a page, whose lines are each a name and a value in JSON."""
    lines = (line.partition(": ") for line in _match(page)["head"].split("\n"))
    return {key: json.loads(value) for key, _, value in lines}


def _match(page: str) -> re.Match[str]:
    found = _PAGE.match(page)
    assert found is not None, page[:200]
    return found


def _emptied(value: Any, name: str, texts: list[str], key: str = "") -> Any:
    """A value of a head with a slot for each text and number in it, all of which are put into ``texts``.

    What is empty, true or false stays, and so does the layout: the theme asks for them.
    """
    if isinstance(value, dict):
        return {each: _emptied(inner, name, texts, each) for each, inner in value.items()}
    if isinstance(value, list):
        return [_emptied(inner, name, texts) for inner in value]
    if value is None or isinstance(value, bool) or value == "" or key == "layout":
        return value
    texts.append(as_html(str(value)))
    return _slot(name, len(texts) - 1)
