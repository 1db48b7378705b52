"""The search: its index, made from the finished pages, and its script."""

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

# What a search finds in a page: an entry for the page, and one for each heading in it that can be
# linked to.
#
# What stands in an element with the attribute ``data-unsearched`` is not found.

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = word_set(
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


# The search's index and script: one search for both engines' dialogs, also where no server is.
#
# The index is made from the finished pages, the same way for pages of prose and pages of records,
# in place of the engine's.
# A page that was opened from a folder may ask for nothing but scripts, so the index lies beside
# itself as one.

INDEX = re.compile(r"search(/search_index)?\.json$")
"""The index of either engine."""
SEARCH_SCRIPT: Final = "assets/searching.js"
_REPLACED: Final = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""The search of the themes, which nobody asks for: ``assets/search.js`` starts ours in its place."""
_HANDED_ON: Final = frozenset({"ar", "da", "de", "el", "es", "fi", "fr", "he", "hu", "it", "nl", "no", "pt", "ro", "sv", "tr"})
"""Languages whose stemmers come with the theme; those of English, Russian and Ukrainian stand in our script."""
_SAME: Final = {"nb": "no", "nn": "no"}
_STAND_IN: Final = b"self.lunr={Pipeline:{registerFunction(){}},generateStopWordFilter(){}};\n"
"""What the stemmers take for the library that they were written for."""
_HIDDEN: Final = '<meta name="robots" content="noindex">'
"""Stands in a page that is kept for whoever has its address, and is not to be found."""
_LOCATION: Final = re.compile(r'(?<=\{"location":")(?P<page>[^"#]*)')
"""The page's address in an entry: within a text, every quotation mark has a backslash before it."""


def replace_search(others: Files, pages: Mapping[str, str], searched: Mapping[str, str], languages: Sequence[str], cache: Cache) -> None:
    """Put our search in place of the engine's.

    ``pages`` are the finished pages by path, ``searched`` has a digest for each in which a search looks. ``languages`` are those of the
    site, its own first.
    """
    for path in [path for path in others if path.startswith(_REPLACED)]:
        del others[path]
    if SEARCH_SCRIPT in others:
        others[SEARCH_SCRIPT] = _stemmers(languages) + others[SEARCH_SCRIPT]
    for path in [path for path in others if INDEX.match(path)]:
        found = json.loads(others[path])
        key = "docs" if "docs" in found else "items"
        listed = [
            cache.text("search entries", (page, digest, languages, key), partial(_listed, page, pages, languages, key))
            for page, digest in searched.items()
        ]
        config = _written({**found["config"], "lang": list(languages)})
        entries = ",".join(filter(None, listed))
        others[path] = f'{{"config":{config},"{key}":[{entries}]}}'.encode()
        files = _LOCATION.sub(lambda match: _file(match["page"]), entries)
        others[path.removesuffix("on")] = f'var __index={{"config":{config},"{key}":[{files}]}}'.encode()


def _listed(path: str, pages: Mapping[str, str], languages: Sequence[str], key: str) -> str:
    """The entries of a page in the index, with a comma between them. A section that has no words but its heading is left out.

    ``key`` is where the engine's index has its entries. Those of Zensical name the page too, as its dialog shows it.
    """
    address, first = path.removesuffix("index.html"), path.partition("/")[0]
    page = pages[path]
    entries = [] if _HIDDEN in page else entries_of(address, page)
    kept = [entry for entry in entries if entry.text or "#" not in entry.location]
    told = [{"location": each.location, "title": each.title, "text": each.text, **_tagged(each)} for each in kept]
    shared = {**({"path": [entries[0].title]} if key == "items" and entries else {}), **({"lang": first} if first in languages[1:] else {})}
    return ",".join(_written({**each, **shared}) for each in told)


def _tagged(entry: Entry) -> dict[str, list[str]]:
    return {"tags": list(entry.tags)} if entry.tags else {}


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _file(page: str) -> str:
    """The file of a page by its address: nothing but a server looks for the page of a folder."""
    return f"{page}index.html" if not page or page.endswith("/") else page


def _stemmers(languages: Sequence[str]) -> bytes:
    """The theme's stemmers for those of the languages that have one, as scripts that run one after the other."""
    plain = [each.partition("-")[0] for each in languages]
    names = sorted({_SAME.get(each, each) for each in plain} & _HANDED_ON)
    spec = find_spec("material")
    if not names or spec is None or spec.origin is None:
        return b""
    folder = Path(spec.origin).parent / "templates" / "assets" / "javascripts" / "lunr" / "min"
    files = [folder / f"lunr.{name}.min.js" for name in ("stemmer.support", *names)]
    return b"".join([_STAND_IN, *(file.read_bytes().strip() + b"\n" for file in files if file.is_file())])
