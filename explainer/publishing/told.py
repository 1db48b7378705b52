"""What a page tells of its styles: the stylesheets that it links, the scripts that may change it, and every name that a rule could meet."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from sys import intern
from typing import Final, Self

from explainer.publishing import names, scheme
from explainer.publishing.names import Names
from explainer.stored import stored

DRAWN: Final = '<figure class="chart"'
"""Stands in every page that shows a chart."""
LINK = re.compile(r'<link rel="?stylesheet"? href="([^"]*)">')
_SCRIPT = re.compile(r'<script src="([^"]*)"')
_FEATURES = re.compile(r'"features": ?\[([^\]]*)\]')
_ALONE: Final = ("embed/", "explore/")
"""Pages with few styles, all their own."""
_QUIET: Final = {"navigation.tabs", "navigation.tabs.sticky", "navigation.footer", "search.highlight", "search.suggest"}
"""Features with which the theme's scripts put no blocks into a page that it does not have."""


@stored
@dataclass(frozen=True)
class Told:
    """What one page tells; all but ``schemes`` is empty where its stylesheets have to stay as they are."""

    sheets: tuple[str, ...] = ()
    """By path below the site's root, in the order of the page."""
    root: str = ""
    """The way up from the page."""
    scripts: tuple[str, ...] = ()
    """By path, those that the page loads."""
    quiet: bool = False
    """Whether the theme's scripts put no blocks into the page that it does not have."""
    drawn: bool = False
    """Whether it shows a chart."""
    names: Names = frozenset()
    """Those that some stylesheet asks for."""
    schemes: tuple[tuple[str, str], ...] = ()
    """The schemes that a reader may choose from, by media query."""

    @classmethod
    def read(cls, path: str, html: str, find: Callable[[str], str | None], wanted: Callable[[], Names]) -> Self:
        """From a page. ``find`` has the file at an address, ``None`` for one that has to stay; ``wanted`` is what stylesheets ask for."""
        schemes = tuple(scheme.choices(html).items())
        addresses = [] if path.startswith(_ALONE) else LINK.findall(html)
        sheets = [sheet for address in addresses if (sheet := find(address))]
        if not sheets or len(sheets) < len(addresses):
            return cls(schemes=schemes)
        root = addresses[0].removesuffix(sheets[0])
        scripts = tuple(script for address in _SCRIPT.findall(html) if (script := find(address)))
        quiet = set(re.findall(r'"([^"]*)"', "".join(_FEATURES.findall(html)))) <= _QUIET
        return cls(tuple(sheets), root, scripts, quiet, DRAWN in html, Names(map(intern, names.of_page(html) & wanted())), schemes)
