"""The site's stylesheet: what pages link is put together, what can meet nothing is left out, and a page with a drawing carries its own.

A page asks once for its styles instead of once a file. Measured on slow 4G, the first paint waits for the page and then, as long again,
for its stylesheet, so a page with a drawing holds the rules that it needs itself. Pages without one keep a link, whose file the browser
has kept since the first of them.

Stylesheets are read only where a page, a stylesheet or a script is not as it was at the last build; what came of it is on the shelf.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from explainer.publishing import names, scheme
from explainer.publishing.names import Names
from explainer.publishing.purging import asked, purged
from explainer.publishing.stylesheet import Item, read, written
from explainer.publishing.told import LINK, Told
from explainer.shelf import Shelf

FROM: Final = "data-from="
"""Stands in the tag of a style that would be linked otherwise."""
_ELSEWHERE = re.compile(r"url\((?!\s*[\"']?data:)|@import|</style", re.IGNORECASE)
"""What a stylesheet that has to stay a file of its own holds: addresses that are counted from where it lies."""
_CHARSET: Final = '@charset "UTF-8"'
_FOUND: Final = Names({"mark"})
"""The elements that stand in what a search finds, on any page."""
_THEMES: Final = "assets/javascripts/"


class Styles:
    """The styles of a site's pages; a page whose stylesheets have to stay as they are is left alone."""

    def __init__(self, pages: Mapping[str, str], files: Mapping[str, bytes], shelf: Shelf, sums: Mapping[str, str] | None = None) -> None:
        """``pages`` are all pages by path, ``files`` whatever else the site has, ``sums`` stand for the pages where they are known."""
        self._files, self._shelf = files, shelf
        self._paths = sorted((path for path in files if path.endswith((".css", ".js"))), key=len, reverse=True)
        self._css = {path: files[path].decode() for path in self._paths if path.endswith(".css")}
        self._fixed = {path for path, css in self._css.items() if _ELSEWHERE.search(css)}
        self._sum = _sum({path: hashlib.sha256(files[path]).hexdigest() for path in self._paths})
        self._told = self._tell(pages, sums or pages)
        self._schemes = dict(next((told.schemes for told in self._told.values() if told.schemes), ()))
        self._scripts: dict[str, Names] = {}
        self._read: dict[tuple[str, ...], tuple[Item, ...]] = {}
        self._alike: dict[tuple[object, ...], Names] = {}
        self._names = {path: self._all(told) for path, told in self._told.items() if told.sheets}
        self._sheets = {sheets: self._sheet(sheets) for sheets in dict.fromkeys(told.sheets for told in self._told.values() if told.sheets)}
        self._addresses = {sheets: _path(css) for sheets, css in self._sheets.items()}
        self._cuts: dict[tuple[tuple[str, ...], Names], tuple[str, str]] = {}

    @property
    def files(self) -> dict[str, bytes]:
        """The stylesheets that pages link now, by path."""
        return {self._addresses[sheets]: b'@charset "UTF-8";' + css.encode() for sheets, css in self._sheets.items()}

    @property
    def replaced(self) -> frozenset[str]:
        """The stylesheets that pages linked before, and what lies beside them for whoever looks into them."""
        return frozenset(f"{path}{end}" for sheets in self._sheets for path in sheets for end in ("", ".map"))

    def of(self, path: str) -> tuple[str, ...]:
        """What ``put`` puts into a page: the address of its styles, and, where it carries them, the styles."""
        told = self._told[path]
        address = [f"{told.root}{self._addresses[told.sheets]}"] if told.sheets else []
        return (*address, self._cut(told.sheets, self._names[path])[0]) if told.drawn else tuple(address)

    def sum(self, path: str) -> str:
        """What tells what is put into a page from what was."""
        told = self._told[path]
        drawn = told.drawn and bool(told.sheets)
        return f"{told.root} {self._addresses.get(told.sheets)} {self._cut(told.sheets, self._names[path])[1] if drawn else ''}"

    def put(self, path: str, html: str) -> str:
        """The page with its styles, in itself or by one link."""
        address, *own = self.of(path) or ("",)
        if not address:
            return html
        *before, after = LINK.split(html)[::2]
        first, *others = (part.rstrip() for part in before)
        styled = f'<style {FROM}"{address}">{own[0]}</style>' if own else f'<link rel="stylesheet" href="{address}">'
        return scheme.left_open("".join([first, styled, *others, after]))

    def _tell(self, pages: Mapping[str, str], made_from: Mapping[str, str]) -> dict[str, Told]:
        """What each page tells; one that is as it was is not read."""
        kept: dict[str, tuple[str, Told]] = self._shelf.notes(self._shelf.room(("told", self._sum)))
        told: dict[str, Told] = {}
        one: dict[Told, Told] = {}  # most pages tell the same as another
        for path in pages:
            as_before = path in kept and kept[path][0] == made_from[path]
            each = kept[path][1] if as_before else Told.read(path, pages[path], self._found, lambda: self._wanted)
            told[path] = one.setdefault(each, each)
        kept.clear()
        kept.update({path: (made_from[path], told[path]) for path in pages})
        return told

    def _found(self, address: str) -> str | None:
        """The file at an address, counted from the page or from the root of the host; none for a stylesheet that stays."""
        path = next((path for path in self._paths if address == path or address.endswith(f"/{path}")), None)
        return None if path in self._fixed else path

    @cached_property
    def _wanted(self) -> Names:
        """Every name that some stylesheet asks for."""
        listed = self._shelf.text("wanted", self._sum, lambda: _list(asked(tuple(read("".join(self._css.values()))))))
        return Names(json.loads(listed)) | names.needed([scheme.OPEN])

    def _all(self, told: Told) -> Names:
        """What may stand in a page: its own names, what a search may show, and what its scripts may set."""
        if (key := (told.names, told.scripts, told.quiet)) not in self._alike:
            own = told.names | _FOUND
            scripts = (self._named(path, own if told.quiet and path.startswith(_THEMES) else None) for path in told.scripts)
            self._alike[key] = own.union(*scripts)
        return self._alike[key]

    def _named(self, path: str, blocks: Names | None) -> Names:
        """What a script may set; where it puts no blocks into a page, only what belongs to ``blocks``, which are there."""
        if path not in self._scripts:
            listed = self._shelf.text(
                "script", (path, self._sum), lambda: _list(names.of_script(self._files[path].decode()) & self._wanted)
            )
            self._scripts[path] = Names(json.loads(listed))
        return self._scripts[path] if blocks is None else names.within(blocks, self._scripts[path])

    def _sheet(self, sheets: tuple[str, ...]) -> str:
        """The rules of some stylesheets that can meet anything on any of the pages that link them."""
        return self._shelf.text("sheet", (*self._made_from(sheets), _list(self._met(sheets))), lambda: written(self._rules(sheets)))

    def _cut(self, sheets: tuple[str, ...], named: Names) -> tuple[str, str]:
        """The rules for a page, and their sum; most pages name the same as another."""
        if (sheets, named) not in self._cuts:
            made_from = (*self._made_from(sheets), self._addresses[sheets], _list(named))
            css = self._shelf.text("cut", made_from, lambda: written(purged(self._rules(sheets), named)))
            self._cuts[sheets, named] = css, _sum(css)
        return self._cuts[sheets, named]

    def _made_from(self, sheets: tuple[str, ...]) -> tuple[object, ...]:
        return (self._sum, sheets, self._schemes)

    def _met(self, sheets: tuple[str, ...]) -> Names:
        """What may stand in any of the pages that link some stylesheets."""
        return Names().union(*(self._names[path] for path, told in self._told.items() if told.sheets == sheets))

    def _rules(self, sheets: tuple[str, ...]) -> tuple[Item, ...]:
        """The same as ``_sheet``, as it is read."""
        if sheets not in self._read:
            items = tuple(item for path in sheets for item in read(self._css[path]) if item != _CHARSET)
            self._read[sheets] = purged(scheme.with_open(items, self._schemes), self._met(sheets))
        return self._read[sheets]


def _list(found: Names) -> str:
    return json.dumps(sorted(found))


def _sum(*made_from: object) -> str:
    return hashlib.sha256(repr(made_from).encode()).hexdigest()


def _path(css: str) -> str:
    """Where a stylesheet lies: a page that a browser kept finds the one that it was made with, or none."""
    return f"assets/stylesheets/site.{hashlib.sha256(css.encode()).hexdigest()[:8]}.css"
