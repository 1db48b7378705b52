"""Which addresses a finished page may hold."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

_IGNORED = re.compile(r"[\x00-\x20\x7f]")
"""Browsers leave out some of these inside an address, so that ``java&Tab;script:`` is a scheme."""
_SCHEME = re.compile(r"([a-zA-Z][\w+.-]*):")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]", re.IGNORECASE)
LINKED: Final = frozenset({"http", "https", "mailto"})
"""Where a link may lead; no other scheme is one that a reader would expect."""


def scheme_of(address: str) -> str:
    """The scheme of an address in lower case, as the most lenient of browsers would read it; empty where it has none."""
    plain = _IGNORED.sub("", unescape(unescape(address)).replace("\\", "/"))
    found = _SCHEME.match(plain)
    return found.group(1).lower() if found else "//" if plain.startswith("//") else ""


def may_link(address: str) -> bool:
    """Whether a link may lead there: within the site, to http, https or mailto; ``//host`` is none of ours."""
    return scheme_of(address) in ("", *LINKED)


def is_within(address: str) -> bool:
    """Whether an address is one of the site's own, counted from the page."""
    return scheme_of(address) == ""


def is_picture(address: str) -> bool:
    """Whether an address holds a picture itself. Browsers run no script in a picture that an ``<img>`` shows."""
    return _PICTURE.match(address) is not None
