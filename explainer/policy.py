"""Content security policies: what a page may load and run, said in the page itself, since static hosts send no headers of ours."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Sequence
from typing import Final

ALONE: Final = "embed/"
"""Pages below it stand alone, and are made with their policies; a page that has none gets one when the site is finished."""


REFERRER: Final = '<meta name="referrer" content="no-referrer">'
"""Nobody whom a page links to learns which page a reader came from."""
_FIRST = re.compile(
    r'<head[^>]*>\s*(?P<charset><meta charset=[^>]*>\s*)?<meta http-equiv="Content-Security-Policy" content="(?P<policy>[^"]*)">'
)
_CHARSET = re.compile(rb"<meta charset=[\"']?utf-8", re.IGNORECASE)


def fault(path: str, data: bytes) -> str | None:
    """What is wrong with the beginning of a page: its policy comes first and allows nothing unsafe; its encoding is said early."""
    first = _FIRST.search(data.decode())
    if first is None or (first["charset"] and not is_pinned(path)):
        return "its head does not begin with its policy"
    allowed = html.unescape(first["policy"])
    if "unsafe-" in allowed or "*" in allowed or not allowed.startswith("default-src 'none'; "):
        return f"its policy allows too much: {allowed[:80]}"
    if not is_pinned(path) and not _CHARSET.search(data[:1024]):
        return "its encoding is not said in its first 1,024 bytes"
    return None


def brings_own(page: str) -> bool:
    """Whether a page was made with its policy; only a template of ours can begin a head."""
    return _FIRST.search(page) is not None


def is_pinned(path: str) -> bool:
    """Whether a file of the site is a pinned embed: ``embed/<chart>/<edition>/index.html``."""
    return path.startswith(ALONE) and path.count("/") == 3


def of(code: str) -> str:
    """The source expression that allows exactly this inline script or style."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() + "'"


def closed(*, styles: Sequence[str] = (), scripts: Sequence[str] = ()) -> str:
    """A policy for a page that stands alone: its own inline styles and scripts, and nothing else from anywhere."""
    own = (("style-src", styles), ("script-src", scripts))
    parts = [f"{name} {' '.join(of(code) for code in codes)}" for name, codes in own if codes]
    return "; ".join(["default-src 'none'", *parts, "base-uri 'none'", "form-action 'none'"])
