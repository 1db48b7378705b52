"""A page with a drawing carries its styles in itself: on a slow network the drawing is seen a round trip sooner.

Measured on slow 4G, the first paint waits for the page and then, as long again, for its stylesheets. Pages without a drawing keep
the links, whose files the browser has kept since the first page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Final

from explainer.publishing.audit import target

DRAWN: Final = '<figure class="chart"'
"""Stands in every page that shows a chart."""
STYLES: Final = re.compile(r'<style data-from="[^"]*">(.*?)</style>', re.DOTALL)
"""The styles of a page that were linked before."""
_LINK = re.compile(r'<link rel="?stylesheet"? href="([^"]*)">')
_ELSEWHERE = re.compile(r"url\((?!\s*[\"']?data:)|@import|</style", re.IGNORECASE)
"""What a stylesheet that has to stay a file of its own holds: addresses that are counted from where it lies."""


def inlined(path: str, page: str, files: Mapping[str, bytes]) -> str:
    """The page, its linked stylesheets put in where it shows a chart. ``path`` is its own, below the site's root."""
    return _LINK.sub(partial(_style, path, files), page) if DRAWN in page else page


def _style(path: str, files: Mapping[str, bytes], link: re.Match[str]) -> str:
    css = files.get(target(path, link.group(1))[0], b"").decode().removeprefix('@charset "UTF-8";')
    return f'<style data-from="{link.group(1)}">{css}</style>' if css and not _ELSEWHERE.search(css) else link.group()
