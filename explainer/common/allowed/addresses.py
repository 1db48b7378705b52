"""Check the URLs in a finished page."""

from __future__ import annotations

import base64
import binascii
import re
from html import unescape
from typing import Final
from urllib.parse import unquote_to_bytes

_IGNORED = re.compile(r"[\x00-\x20\x7f]")
"""Browsers ignore some of these characters in a URL, so ``java&Tab;script:`` is a scheme."""
_SCHEME = re.compile(r"([a-zA-Z][\w+.-]*):")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]", re.IGNORECASE)
_DRAWING = re.compile(r"data:image/svg\+xml[;,]", re.IGNORECASE)
_PARAMETERS: Final = frozenset({"", "utf8", "charset=utf8", "charset=utf-8", "charset=us-ascii"})
"""The allowed parameters of a ``data:`` URL. No encoding is allowed but the one used to read it
here.
"""
_LEFT_OUT: Final = str.maketrans("", "", "\t\n\r")
"""Characters that browsers ignore anywhere in a URL."""
LINKED: Final = frozenset({"http", "https", "mailto"})
"""The schemes a link may have. A reader would not expect any other."""


def scheme_of(address: str) -> str:
    """Return the scheme of a URL in lower case, as the most lenient browser would read it.

    Returns an empty string if there is none, and ``//`` for a URL that begins with it.
    """
    plain = _IGNORED.sub("", unescape(unescape(address)).replace("\\", "/"))
    found = _SCHEME.match(plain)
    return found.group(1).lower() if found else "//" if plain.startswith("//") else ""


def may_link(address: str) -> bool:
    """Return whether a link may lead to this URL: within the site, to http, https or mailto.

    ``//host`` is not allowed.
    """
    return scheme_of(address) in ("", *LINKED)


def is_within(address: str) -> bool:
    """Return whether a URL is relative, so that it leads to a place in the site."""
    return scheme_of(address) == ""


def is_picture(address: str) -> bool:
    """Return whether a URL contains a picture.

    Browsers run no script in a picture that an ``<img>`` shows.
    """
    return _PICTURE.match(address) is not None


def is_drawing(address: str) -> bool:
    """Return whether a URL contains an SVG drawing."""
    return _DRAWING.match(address) is not None


def data_of(address: str) -> bytes | None:
    """Return the bytes in a ``data:`` URL as a browser reads them, or ``None`` if that is not
    certain.
    """
    head, comma, body = address.translate(_LEFT_OUT).rstrip("\0 ").partition(",")
    parameters = head.partition(";")[2].replace(" ", "").lower()
    plain = parameters.removesuffix("base64").rstrip(";")
    if not comma or not _PARAMETERS.issuperset(plain.split(";")):
        return None
    data = unquote_to_bytes(body.partition("#")[0].encode("utf-8", errors="replace"))
    if plain == parameters.rstrip(";"):
        return data
    try:
        packed = b"".join(data.split()).rstrip(b"=")
        return base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
    except (ValueError, binascii.Error):
        return None
