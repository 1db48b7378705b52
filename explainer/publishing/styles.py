"""The site's stylesheet: what pages link is put together, what can meet nothing is left out, and a page with a drawing carries its own.

A page asks once for its styles instead of once a file. Measured on slow 4G, the first paint waits for the page and then, as long again,
for its stylesheet, so a page with a drawing holds the rules that it needs itself. Pages without one keep a link, whose file the browser
has kept since the first of them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from explainer.publishing import names, scheme
from explainer.publishing.names import Names
from explainer.publishing.purging import asked, purged
from explainer.publishing.stylesheet import Item, read, written
from explainer.shelf import Shelf

DRAWN: Final = '<figure class="chart"'
"""Stands in every page that shows a chart."""
FROM: Final = "data-from="
"""Stands in the tag of a style that would be linked otherwise."""
_LINK = re.compile(r'<link rel="?stylesheet"? href="([^"]*)">')
_SCRIPT = re.compile(r'<script src="([^"]*)"')
_FEATURES = re.compile(r'"features": ?\[([^\]]*)\]')
_ELSEWHERE = re.compile(r"url\((?!\s*[\"']?data:)|@import|</style", re.IGNORECASE)
"""What a stylesheet that has to stay a file of its own holds: addresses that are counted from where it lies."""
_CHARSET: Final = '@charset "UTF-8"'
_INDEX = re.compile(r"search(/search_index)?\.json$")
_ALONE: Final = ("embed/", "explore/")
"""Pages with few styles, all their own."""
_THEMES: Final = "assets/javascripts/"
_QUIET: Final = {"navigation.tabs", "navigation.tabs.sticky", "navigation.footer", "search.highlight", "search.suggest"}
"""Features with which the theme's scripts put no blocks into a page that it does not have."""


@dataclass(frozen=True)
class _Page:
    """A page, the stylesheets that it links, and the way up from it to the site's root."""

    html: str
    sheets: tuple[str, ...]
    root: str


class Styles:
    """The styles of a site's pages; a page whose stylesheets have to stay as they are is left alone."""

    def __init__(self, pages: Mapping[str, str], files: Mapping[str, bytes], shelf: Shelf) -> None:
        """``pages`` are all pages by path, ``files`` whatever else the site has; the shelf keeps what pages name."""
        self._files, self._shelf = files, shelf
        self._paths = sorted((path for path in files if path.endswith((".css", ".js"))), key=len, reverse=True)
        self._fixed = {path for path in self._paths if path.endswith(".css") and _ELSEWHERE.search(files[path].decode())}
        self._pages = {path: page for path, html in pages.items() if (page := self._page(path, html))}
        self._schemes = next((found for page in self._pages.values() if (found := scheme.choices(page.html))), {})
        self._index = Names().union(*(names.of_index(data.decode()) for path, data in files.items() if _INDEX.match(path)))
        self._named: dict[str, Names] = {}
        self._sheets = {sheets: self._sheet(sheets) for sheets in dict.fromkeys(page.sheets for page in self._pages.values())}
        self._addresses = {sheets: _path(items) for sheets, items in self._sheets.items()}
        self._cuts: dict[tuple[tuple[str, ...], Names], str] = {}

    @property
    def files(self) -> dict[str, bytes]:
        """The stylesheets that pages link now, by path."""
        texts = (b'@charset "UTF-8";' + written(items).encode() for items in self._sheets.values())
        return {_path(items): text for items, text in zip(self._sheets.values(), texts, strict=True)}

    @property
    def replaced(self) -> frozenset[str]:
        """The stylesheets that pages linked before, and what lies beside them for whoever looks into them."""
        return frozenset(f"{path}{end}" for sheets in self._sheets for path in sheets for end in ("", ".map"))

    def put(self, path: str, html: str) -> str:
        """The page with its styles, in itself or by one link."""
        page = self._pages.get(path)
        if page is None:
            return html
        address = f"{page.root}{self._addresses[page.sheets]}"
        *before, after = _LINK.split(html)[::2]
        first, *others = (part.rstrip() for part in before)
        styled = f'<link rel="stylesheet" href="{address}">'
        if DRAWN in html:
            styled = f'<style {FROM}"{address}">{self._cut(page.sheets, self._named[path])}</style>'
        return scheme.left_open("".join([first, styled, *others, after]))

    def _cut(self, sheets: tuple[str, ...], named: Names) -> str:
        """The rules for a page; most pages name the same as another."""
        if (sheets, named) not in self._cuts:
            self._cuts[sheets, named] = written(purged(self._sheets[sheets], named))
        return self._cuts[sheets, named]

    def _page(self, path: str, html: str) -> _Page | None:
        addresses = [] if path.startswith(_ALONE) else _LINK.findall(html)
        sheets = [self._path(address) for address in addresses]
        if not sheets or not all(sheet and sheet not in self._fixed for sheet in sheets):
            return None
        return _Page(html, tuple(sheets), addresses[0].removesuffix(sheets[0]))

    def _path(self, address: str) -> str:
        """The file at an address, counted from the page or from the root of the host."""
        return next((path for path in self._paths if address == path or address.endswith(f"/{path}")), "")

    def _sheet(self, sheets: tuple[str, ...]) -> tuple[Item, ...]:
        """The rules of some stylesheets that can meet anything on any of the pages that link them."""
        css = "".join(self._files[path].decode() for path in sheets)
        items = scheme.with_open(tuple(item for item in read(css) if item != _CHARSET), self._schemes)
        wanted = asked(items)
        pages = {path: page.html for path, page in self._pages.items() if page.sheets == sheets}
        scripts = cache(lambda path: names.of_script(self._files[path].decode()) & wanted)
        within, digest = cache(names.within), hashlib.sha256(css.encode()).hexdigest()
        for path, html in pages.items():
            made = partial(_listed, html, wanted)
            own = Names(json.loads(self._shelf.text("names", (digest, html), made))) | self._index
            self._named[path] = own.union(
                *(
                    within(own, scripts(script)) if _quiet(script, html) else scripts(script)
                    for script in map(self._path, _SCRIPT.findall(html))
                    if script
                )
            )
        return purged(items, Names().union(*(self._named[path] for path in pages)))


def _listed(html: str, wanted: Names) -> str:
    return json.dumps(sorted(names.of_page(html) & wanted))


def _quiet(path: str, html: str) -> bool:
    """Whether a script of the theme's puts no blocks into a page that it does not have."""
    return path.startswith(_THEMES) and set(re.findall(r'"([^"]*)"', "".join(_FEATURES.findall(html)))) <= _QUIET


def _path(items: tuple[Item, ...]) -> str:
    """Where a stylesheet lies: a page that a browser kept finds the one that it was made with, or none."""
    return f"assets/stylesheets/site.{hashlib.sha256(written(items).encode()).hexdigest()[:8]}.css"
