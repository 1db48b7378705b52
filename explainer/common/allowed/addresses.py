"""Which addresses a finished page may hold."""

from __future__ import annotations

import base64
import binascii
import re
from html import unescape
from typing import Final
from urllib.parse import unquote_to_bytes

_IGNORED = re.compile(r"[\x00-\x20\x7f]")
"""Browsers leave out some of these inside an address, so that ``java&Tab;script:`` is a scheme."""
_SCHEME = re.compile(r"([a-zA-Z][\w+.-]*):")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]", re.IGNORECASE)
_DRAWING = re.compile(r"data:image/svg\+xml[;,]", re.IGNORECASE)
_PARAMETERS: Final = frozenset({"", "utf8", "charset=utf8", "charset=utf-8", "charset=us-ascii"})
"""What may stand between an address's kind of data and the data: no encoding but the one in which it
is read here."""
_LEFT_OUT: Final = str.maketrans("", "", "\t\n\r")
"""Browsers leave these out of an address wherever they stand."""
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


def is_drawing(address: str) -> bool:
    """Whether an address holds an SVG drawing itself."""
    return _DRAWING.match(address) is not None


def data_of(address: str) -> bytes | None:
    """The bytes that a ``data:`` address holds, as a browser reads them; ``None`` where that cannot be told for sure."""
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
