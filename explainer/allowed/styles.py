"""Stylesheets that ask nobody for anything: no import, no address but those of the site's own files and of data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainer.allowed.addresses import is_picture, is_within

_TOKEN = re.compile(
    r"""(?P<kept>url\(\s*[^"'()\s]+\s*\)|"(?:\\.|[^"\\\n])*(?:"|(?=\n)|\Z)|'(?:\\.|[^'\\\n])*(?:'|(?=\n)|\Z))|/\*.*?(?:\*/|\Z)""",
    re.DOTALL | re.IGNORECASE,
)
"""What may hold the beginning of a comment that is none, and a comment."""
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\r\n\f]?|([^\r\n\f]))")
_URL = re.compile(r"url\(\s*(\"[^\"]*\"|'[^']*'|[^)\"']*)\s*\)", re.IGNORECASE)
_FONT = re.compile(r"data:(?:font/|application/(?:x-)?font-)", re.IGNORECASE)
_NAMESPACE = re.compile(r"@namespace[^;{}]*;", re.IGNORECASE)
_BAD = (
    (re.compile(r"@import", re.IGNORECASE), "an @import"),
    (re.compile(r"(?<![\w-])(?:expression\s*\(|-moz-binding|behavior\s*:)|javascript:", re.IGNORECASE), "a script"),
    (re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//[^\s/*]", re.IGNORECASE), "the address of another host"),
    (re.compile(r"</style|<!--", re.IGNORECASE), "an end of the stylesheet"),
)


def faults(css: str, *, addresses: bool = True) -> Iterator[str]:
    """What may not stand in a stylesheet, or in the value of an attribute that is read as one.

    Without ``addresses`` it may name parts of its own document (``url(#arrow)``) and nothing else.
    """
    plain = _NAMESPACE.sub("", _ESCAPE.sub(_letter, _TOKEN.sub(lambda token: token["kept"] or " ", css)))
    for match in _URL.finditer(plain):
        address = match.group(1).strip("\"'").strip()
        inner = address.startswith("#") or is_picture(address)
        if not inner and not (addresses and (is_within(address) or _FONT.match(address))):
            yield f"the style asks for '{address[:60]}'"
    rest = _URL.sub("", plain)
    yield from (f"the style holds {what}" for pattern, what in _BAD if pattern.search(rest))
    if re.search(r"url\(", rest, re.IGNORECASE):
        yield "the style has an address that does not end"


def _letter(match: re.Match[str]) -> str:
    code = int(match.group(1), 16) if match.group(1) else ord(match.group(2))
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
