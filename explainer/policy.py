"""Content security policies: what a page may load and run, said in the page itself, since static hosts send no headers of ours."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from typing import Final

ALONE: Final = "embed/"
"""Pages below it stand alone, and are made with their policies; every other page gets one when the site is finished."""


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
