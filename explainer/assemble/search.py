"""Makes the search index from the finished pages, and replaces the engines' search with ours."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from explainer.common.allowed import word_set
from explainer.incremental.cache import Cache
from explainer.incremental.files import Files

# Search entries of a page

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = word_set(
    """
    a abbr b bdi bdo big button cite code data del dfn em font i img ins kbd label mark output q
    rb rp rt ruby s samp small span strike strong sub sup time tt u var wbr
    """
)
"""Elements within a line of text. Around all other elements a space is added.

Without it, words of neighbouring elements would run together.
"""
_SILENT = frozenset({"object", "script", "style", "svg"})


@dataclass
class Entry:
    """A search result: a page, or a section of one."""

    location: str
    """The address relative to the site's root, with an anchor for a section."""
    title: str
    tags: tuple[str, ...] = ()
    """Further words that find it, escaped for HTML."""
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words with single spaces, escaped, because the dialog prints them as HTML."""
        return html.escape(" ".join("".join(self.words).split()), quote=False)


def entries_of(address: str, page: str) -> list[Entry]:
    """Return the search entries of a page, in order.

    They are one for the page and one for each heading with an id. ``address`` is relative to the
    site's root, ``page`` is HTML. Its first ``h1`` is the title. A page without an ``article`` has
    no entries. The text of a section ends with the element that contains its heading. Elements with
    the attribute ``data-unsearched`` are left out.
    """
    whole = LexborHTMLParser(page)
    article, keywords = whole.css_first("article"), whole.css("meta[name=keywords]")
    if article is None:
        return []
    first = Entry(
        address,
        "",
        tuple(html.escape(each.attributes.get("content") or "", quote=False) for each in keywords),
    )
    found = [first]
    _read(article, address, first, found)
    return found


def _read(parent: LexborNode, address: str, entry: Entry, found: list[Entry]) -> None:
    """Add the words of an element to an entry; after a heading, to a new entry for the heading."""
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
    """Return the words of a heading without its permalink."""
    return html.escape(" ".join("".join(_texts(node)).split()), quote=False)


def _texts(parent: LexborNode) -> Iterator[str]:
    for node in parent.iter(include_text=True):
        if node.tag == "-text":
            yield node.text_content or ""
        elif (node.tag or "-")[0] != "-" and node.tag not in _SILENT and not _is_silent(node):
            yield from _texts(node)


def _is_silent(node: LexborNode) -> bool:
    return "data-unsearched" in node.attributes or node.attributes.get("class") == "headerlink"


# The search index and script of the site

INDEX = re.compile(r"search(/search_index)?\.json$")
"""Matches the path of the search index of either engine."""
SEARCH_SCRIPT: Final = "assets/searching.js"
_REPLACED: Final = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""The folders of the themes' own search, which nothing loads any more.

``assets/search.js`` starts our search instead.
"""
_HANDED_ON: Final = frozenset(
    {"ar", "da", "de", "el", "es", "fi", "fr", "he", "hu", "it", "nl", "no", "pt", "ro", "sv", "tr"}
)
"""Languages whose stemmers come with the theme.

Those of English, Russian and Ukrainian are in our script.
"""
_SAME: Final = {"nb": "no", "nn": "no"}
_STAND_IN: Final = b"self.lunr={Pipeline:{registerFunction(){}},generateStopWordFilter(){}};\n"
"""A stub of Lunr, the library that the stemmers need."""
_HIDDEN: Final = '<meta name="robots" content="noindex">'
"""The tag in pages that can be opened by address but must not be found."""
_LOCATION: Final = re.compile(r'(?<=\{"location":")(?P<page>[^"#]*)')
"""The page's address in an entry.

Within a text it cannot match, because every quotation mark there has a backslash before it.
"""


def replace_search(
    others: Files,
    pages: Mapping[str, str],
    searched: Mapping[str, str],
    languages: Sequence[str],
    cache: Cache,
) -> None:
    """Replace the engine's search index and script with ours.

    ``pages`` are the finished pages by path. ``searched`` has a digest for each page that is
    indexed. ``languages`` are those of the site, the main one first. Both engines' dialogs use the
    same search, and pages of prose and of records are indexed alike. Without a server a page may
    load nothing but scripts, so the index is also written as a script.
    """
    for path in [path for path in others if path.startswith(_REPLACED)]:
        del others[path]
    if SEARCH_SCRIPT in others:
        others[SEARCH_SCRIPT] = _stemmers(languages) + others[SEARCH_SCRIPT]
    for path in [path for path in others if INDEX.match(path)]:
        found = json.loads(others[path])
        key = "docs" if "docs" in found else "items"
        listed = [
            cache.text(
                "search entries",
                (page, digest, languages, key),
                partial(_listed, page, pages, languages, key),
            )
            for page, digest in searched.items()
        ]
        config = _written({**found["config"], "lang": list(languages)})
        entries = ",".join(filter(None, listed))
        others[path] = f'{{"config":{config},"{key}":[{entries}]}}'.encode()
        files = _LOCATION.sub(lambda match: _file(match["page"]), entries)
        others[path.removesuffix("on")] = (
            f'var __index={{"config":{config},"{key}":[{files}]}}'.encode()
        )


def _listed(path: str, pages: Mapping[str, str], languages: Sequence[str], key: str) -> str:
    """Return the index entries of a page as JSON, separated by commas.

    A section with no words besides its heading is left out. ``key`` is the name of the list in the
    engine's index: ``docs`` in MkDocs, ``items`` in Zensical. Zensical's entries also have the
    title of the page, which its dialog shows.
    """
    address, first = path.removesuffix("index.html"), path.partition("/")[0]
    page = pages[path]
    entries = [] if _HIDDEN in page else entries_of(address, page)
    kept = [entry for entry in entries if entry.text or "#" not in entry.location]
    told = [
        {"location": each.location, "title": each.title, "text": each.text, **_tagged(each)}
        for each in kept
    ]
    shared = {
        **({"path": [entries[0].title]} if key == "items" and entries else {}),
        **({"lang": first} if first in languages[1:] else {}),
    }
    return ",".join(_written({**each, **shared}) for each in told)


def _tagged(entry: Entry) -> dict[str, list[str]]:
    return {"tags": list(entry.tags)} if entry.tags else {}


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _file(page: str) -> str:
    """Return the file of a page's address; only a server finds ``index.html`` by itself."""
    return f"{page}index.html" if not page or page.endswith("/") else page


def _stemmers(languages: Sequence[str]) -> bytes:
    """Return the theme's stemmers for those languages that have one, joined into one script."""
    plain = [each.partition("-")[0] for each in languages]
    names = sorted({_SAME.get(each, each) for each in plain} & _HANDED_ON)
    spec = find_spec("material")
    if not names or spec is None or spec.origin is None:
        return b""
    folder = Path(spec.origin).parent / "templates" / "assets" / "javascripts" / "lunr" / "min"
    files = [folder / f"lunr.{name}.min.js" for name in ("stemmer.support", *names)]
    return b"".join(
        [_STAND_IN, *(file.read_bytes().strip() + b"\n" for file in files if file.is_file())]
    )
