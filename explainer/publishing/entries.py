"""What a search finds in a page: an entry for the page, and one for each heading in it that can be linked to.

What stands in an element with the attribute ``data-unsearched`` is not found.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from explainer.allowed import words

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = words(
    """a abbr b bdi bdo big button cite code data del dfn em font i img ins kbd label mark output q rb rp rt ruby s samp small span
    strike strong sub sup time tt u var wbr"""
)
"""Elements that stand in a line of text. Around all others a space is meant: words of two of them would run together."""
_SILENT = frozenset({"object", "script", "style", "svg"})


@dataclass
class Entry:
    """A place in the site that a search finds, in plain words; the search's dialog prints them as HTML."""

    location: str
    """Its address below the site's root, with an anchor for a part of a page."""
    title: str
    tags: tuple[str, ...] = ()
    """Other words that it is found by, ``&``, ``<`` and ``>`` as entities."""
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words with one space between them, ``&``, ``<`` and ``>`` as entities."""
        return html.escape(" ".join("".join(self.words).split()), quote=False)


def entries_of(address: str, page: str) -> list[Entry]:
    """The entries of a page by its address below the site's root, in the order of the page; none for a page without an article.

    ``page`` is its HTML, and its first heading is its title. The words of a part end with the element that its heading stands in.
    """
    whole = LexborHTMLParser(page)
    article, keywords = whole.css_first("article"), whole.css("meta[name=keywords]")
    if article is None:
        return []
    first = Entry(address, "", tuple(html.escape(each.attributes.get("content") or "", quote=False) for each in keywords))
    found = [first]
    _read(article, address, first, found)
    return found


def _read(parent: LexborNode, address: str, entry: Entry, found: list[Entry]) -> None:
    """Add the words of an element to an entry, or, behind a heading, to that of the heading."""
    for node in parent.iter(include_text=True):
        tag = node.tag or ""
        if tag == "-text":
            entry.words.append(node.text_content or "")
        elif tag.startswith("-") or tag in _SILENT or _is_silent(node):
            continue
        elif tag == "h1" and not found[0].title:
            found[0].title = _words(node)
        elif tag in _HEADINGS and node.attributes.get("id"):
            entry = Entry(f"{address}#{node.attributes['id']}", _words(node))
            found.append(entry)
        else:
            space = "" if tag in _INLINE else " "
            entry.words.append(space)
            _read(node, address, entry, found)
            entry.words.append(space)


def _words(node: LexborNode) -> str:
    """The words of a heading; a sign that links to it is none."""
    return html.escape(" ".join("".join(_texts(node)).split()), quote=False)


def _texts(parent: LexborNode) -> Iterator[str]:
    for node in parent.iter(include_text=True):
        if node.tag == "-text":
            yield node.text_content or ""
        elif (node.tag or "-")[0] != "-" and node.tag not in _SILENT and not _is_silent(node):
            yield from _texts(node)


def _is_silent(node: LexborNode) -> bool:
    return "data-unsearched" in node.attributes or node.attributes.get("class") == "headerlink"
