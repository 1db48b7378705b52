"""What the generator itself is: whatever is kept was made by this very code, with these very libraries."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

_WITH: Final = ("babel", "jinja2", "markdown", "markupsafe", "selectolax")


@cache
def code() -> str:
    """A sum over the generator's code, its templates, and what it formats with."""
    root = Path(__file__).resolve().parent.parent
    paths = [*sorted(root.rglob("*.py")), *sorted(path for path in (root.parent / "templates").rglob("*") if path.is_file())]
    sums = hashlib.sha256(repr([sys.version, *(version(name) for name in _WITH)]).encode())
    for path in paths:
        sums.update(path.read_bytes())
    return sums.hexdigest()
