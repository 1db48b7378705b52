"""What the generator itself is: whatever is kept was made by this very code, with these very libraries."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path


@cache
def libraries() -> tuple[str, ...]:
    """Every installed library as ``name-version``, and this Python.

    They are read off the names of their folders, since to read what each says of itself takes a
    tenth of a second. All count, those of libraries that libraries use too: none can be forgotten.
    """
    folders = [Path(entry) for entry in sys.path if entry and Path(entry).is_dir()]
    found = {path.stem for folder in folders for path in folder.glob("*.dist-info")}
    return (sys.version, *sorted(found))


@cache
def code() -> str:
    """A sum over the generator's code, its templates, and all libraries."""
    root = Path(__file__).resolve().parent.parent
    paths = [
        *sorted(root.rglob("*.py")),
        *sorted(root.rglob("*.tsv")),
        *sorted(path for path in (root.parent / "templates").rglob("*") if path.is_file()),
    ]
    sums = hashlib.sha256(repr(libraries()).encode())
    for path in paths:
        sums.update(path.read_bytes())
    return sums.hexdigest()
