"""A page with a drawing carries its styles in itself: on a slow network the drawing is seen a round trip sooner.

Measured on slow 4G, the first paint waits for the page and then, as long again, for its stylesheets. Pages without a drawing keep
the links, whose files the browser has kept since the first page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Final

from explainer.publishing.seen import target

DRAWN: Final = '<figure class="chart"'
"""Stands in every page that shows a chart."""
FROM: Final = "data-from="
"""Stands in the tag of each style that was linked before."""
_LINK = re.compile(r'<link rel="?stylesheet"? href="([^"]*)">')
_ELSEWHERE = re.compile(r"url\((?!\s*[\"']?data:)|@import|</style", re.IGNORECASE)
"""What a stylesheet that has to stay a file of its own holds: addresses that are counted from where it lies."""


def inlined(path: str, page: str, files: Mapping[str, bytes]) -> str:
    """The page, its linked stylesheets put in where it shows a chart. ``path`` is its own, below the site's root."""
    return _LINK.sub(partial(_style, path, files), page) if DRAWN in page else page


def _style(path: str, files: Mapping[str, bytes], link: re.Match[str]) -> str:
    css = _movable(files.get(target(path, link.group(1))[0], b""))
    return f'<style {FROM}"{link.group(1)}">{css}</style>' if css else link.group()


@lru_cache(maxsize=16)
def _movable(data: bytes) -> str:
    """A stylesheet that means the same wherever it stands; empty for one that does not."""
    css = data.decode().removeprefix('@charset "UTF-8";')
    return "" if _ELSEWHERE.search(css) else css
