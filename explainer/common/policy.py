"""Content security policies: what a page may load and run.

Each page contains its policy, because static hosts do not send our headers.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

STANDALONE: Final = "embed/"
"""The folder of pages that are complete in themselves. They are made with their policies. Any other
page without a policy gets one when the site is finished.
"""


REFERRER: Final = '<meta name="referrer" content="no-referrer">'
"""Sites that a page links to do not learn which page a reader came from."""
_FIRST = re.compile(
    r"\s*<!doctype html>\s*<html[^<>]*>\s*<head>\s*(?:<meta charset=[^<>]*>\s*)?<meta"
    r" http-equiv=\"Content-Security-Policy\"",
    re.IGNORECASE,
)
CHARSET: Final = re.compile(rb"<meta charset=[\"']?utf-8", re.IGNORECASE)
"""The declaration of a page's encoding. Its bytes are the same in every encoding."""
_ALONE: Final[Mapping[str, frozenset[str]]] = {
    "default-src": frozenset({"'none'"}),
    "base-uri": frozenset({"'none'"}),
    "form-action": frozenset({"'none'"}),
    "script-src": frozenset(),
    "style-src": frozenset(),
}
_PAGE: Final[Mapping[str, frozenset[str]]] = {
    **_ALONE,
    "script-src": frozenset({"'self'"}),
    "style-src": frozenset({"'self'"}),
    "img-src": frozenset({"'self'", "data:"}),
    "font-src": frozenset({"'self'"}),
    "connect-src": frozenset({"'self'"}),
    "worker-src": frozenset({"'self'"}),
    "frame-src": frozenset({"'self'"}),
}
"""Everything that a policy may allow, by directive, except for known scripts and styles. A pinned
embed is held to ``_ALONE`` and may load nothing.
"""
_PLOTLY_STYLES: Final = (
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'sha256-ji27qzEtxXZW+7dun6UwjHXJ18e6WAin1VvNtkzIE/o='",
)
"""Plotly adds an empty ``<style>`` and fills it through the CSSOM. Without the hash of the empty
style, titles appear in the wrong place. The second hash is the stylesheet of the map library in
Plotly's bundle, plotly.js 4.1.1. A browser test fails if a new version has another one.
"""
_ENGINE_STYLES: Final = {"zensical": ("'sha256-NwSx/R2V/U4jnW0Tq5pQ53Y/rzPVJ4dqE7D6UTA/J1k='",)}
"""Zensical 0.0.73 adds the stylesheet of its search dialog by script. The browser tests fail if a
new version has another one.
"""


def faults(
    path: str, policy: str, scripts: Collection[str], styles: Collection[str]
) -> Iterator[str]:
    """Yield what a page's policy allows too much.

    ``scripts`` and ``styles`` are the source expressions that it may contain.
    """
    most = _ALONE if is_pinned(path) else _PAGE
    found: dict[str, set[str]] = {}
    for part in policy.split(";"):
        name, *sources = part.split() or [""]
        if name in found or name not in most:
            yield f"its policy has '{name[:40]}', twice or where none is known"
        found.setdefault(name, set(sources))
    if missing := {"default-src", "base-uri", "form-action"} - found.keys():
        yield f"its policy says nothing of '{min(missing)}'"
    further = {"script-src": scripts, "style-src": styles}
    for name, named in found.items():
        odd = named - most.get(name, frozenset()) - {*further.get(name, ())}
        if odd or not named:
            yield f"its policy allows too much: {name} {min(odd, default='anything')[:80]}"


def added_styles(path: str, engine: str) -> tuple[str, ...]:
    """Return the source expressions of the styles that a library's script adds to a page."""
    return _PLOTLY_STYLES if path.startswith("explore/") else _ENGINE_STYLES.get(engine, ())


def has_policy(page: str) -> bool:
    """Return whether one of our templates made a page with its policy already in it."""
    return _FIRST.match(page) is not None


def is_pinned(path: str) -> bool:
    """Return whether a file is a pinned embed: ``embed/<chart>/<edition>/index.html``."""
    return path.startswith(STANDALONE) and path.count("/") == 3


def source_expression(code: str) -> str:
    """Return the source expression (a SHA-256 hash) that allows only this script or style."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() + "'"


def standalone_policy(*, styles: Sequence[str] = (), scripts: Sequence[str] = ()) -> str:
    """Return the policy of a page that is complete in itself.

    It allows the page's own inline styles and scripts, and nothing from anywhere else.
    """
    own = (("style-src", styles), ("script-src", scripts))
    parts = [
        f"{name} {' '.join(source_expression(code) for code in codes)}"
        for name, codes in own
        if codes
    ]
    return "; ".join(["default-src 'none'", *parts, "base-uri 'none'", "form-action 'none'"])
