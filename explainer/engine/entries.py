"""What a search finds in the page of a record: an entry for the page, and one for each heading in it that can be linked to."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset({"a", "abbr", "b", "bdi", "cite", "code", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup", "time"})
"""Elements around which no space is meant. Around all others, words of two elements would run together."""
_SILENT = frozenset({"object", "script", "style", "svg"})


@dataclass
class Entry:
    """A place in the site that a search finds, in plain words."""

    location: str
    """Its address below the site's root, with an anchor for a part of a page."""
    title: str
    tags: tuple[str, ...] = ()
    """Other words that it is found by."""
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words with one space between them, ``&``, ``<`` and ``>`` as entities."""
        return html.escape(" ".join("".join(self.words).split()), quote=False)


def entries_of(address: str, heading: str, body: str, tags: Sequence[str] = ()) -> list[Entry]:
    """The entries of a page by its address below the site's root, in the order of the page.

    ``heading`` and ``body`` are HTML. The words of a part end with the element that its heading stands in.
    """
    first = Entry(address, _plain(heading), tuple(tags))
    found = [first]
    root = LexborHTMLParser(f"<body>{body}</body>").body
    if root is not None:
        _read(root, address, first, found)
    return found


def _read(parent: LexborNode, address: str, entry: Entry, found: list[Entry]) -> None:
    """Add the words of an element to an entry, or, behind a heading, to that of the heading."""
    for node in parent.iter(include_text=True):
        tag = node.tag or ""
        if tag == "-text":
            entry.words.append(node.text_content or "")
        elif tag in _SILENT or tag.startswith("-") or "data-search-exclude" in node.attributes:
            continue
        elif tag in _HEADINGS and node.attributes.get("id"):
            entry = Entry(f"{address}#{node.attributes['id']}", " ".join(_words(node).split()))
            found.append(entry)
        else:
            space = "" if tag in _INLINE else " "
            entry.words.append(space)
            _read(node, address, entry, found)
            entry.words.append(space)


def _words(node: LexborNode) -> str:
    return html.escape("".join(_texts(node)), quote=False)


def _texts(parent: LexborNode) -> Iterator[str]:
    for node in parent.iter(include_text=True):
        if node.tag == "-text":
            yield node.text_content or ""
        elif (node.tag or "") not in _SILENT and "data-search-exclude" not in node.attributes:
            yield from _texts(node)


def _plain(fragment: str) -> str:
    root = LexborHTMLParser(f"<body>{fragment}</body>").body
    return " ".join(_words(root).split()) if root is not None else ""
