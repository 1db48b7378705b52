"""The address that a site will stand at, as an author or the command line gives it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from explainer.misleading import of_host

_BLANK: Final = re.compile(r"[\s\x00-\x20\x7f\\]")
_HARMLESS: Final = "/%:@!$()*+,;=~-._"
"""What may stand in a path, and in HTML, as it is; the per cent sign begins what is encoded already."""
_STRAY: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_EXAMPLE: Final = "write https://example.org/ or https://example.org/folder/"


class BadAddress(ValueError):
    """An address at which no site can stand; its text says why, ``hint`` what to write."""

    def __init__(self, why: str, hint: str = _EXAMPLE) -> None:
        super().__init__(why)
        self.hint = hint


def site_address(text: str) -> str:
    """The address with a slash at its end, in ASCII: other letters are written as browsers send them. Raises ``BadAddress``."""
    shown = f"'{text[:100]}'"
    if _BLANK.search(text):
        raise BadAddress(f"{shown} holds white space or a backslash", f"{_EXAMPLE}; a space in a path is written %20")
    parts, host = _split(text, shown)
    for sign, name in (("?", "a query"), ("#", "a fragment")):
        if sign in text:
            raise BadAddress(f"{shown} has {name} (from '{sign}' on), and addresses of pages go on behind it", f"leave it out: {_EXAMPLE}")
    if {".", ".."} & set(parts.path.split("/")):
        raise BadAddress(f"{shown} has a '.' or '..' between its slashes", "write the folder that it leads to")
    path = quote(_STRAY.sub("%25", parts.path), safe=_HARMLESS)
    return urlunsplit((parts.scheme, host, path.rstrip("/") + "/", "", ""))


def _split(text: str, shown: str) -> tuple[SplitResult, str]:
    """An address in parts, and its host with its port in ASCII."""
    try:
        text.encode()
        parts = urlsplit(text)
        name, port = parts.hostname or "", parts.port
        host = name.encode("idna").decode() if not name.isascii() else name
    except ValueError as error:  # also what is no name of a host
        raise BadAddress(f"{shown} is no address: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise BadAddress(f"{shown} does not begin with https:// or http://", _EXAMPLE)
    if not re.fullmatch(r"[A-Za-z0-9._:-]+", host):
        raise BadAddress(f"{shown} names no host", _EXAMPLE)
    if why := "" if name.isascii() else of_host(name):
        raise BadAddress(f"{shown}: {why}", "write the host as it begins with xn--")
    if "@" in parts.netloc:
        raise BadAddress(f"{shown} names a user, who would be printed on every page", _EXAMPLE)
    bracketed = f"[{host}]" if ":" in host else host
    return parts, bracketed if port is None else f"{bracketed}:{port}"
