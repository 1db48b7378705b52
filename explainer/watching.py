"""How an author's files stand: what would be other if one of them were written, or came, or went."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from explainer.trees import Stamp, find, stamp_of

FOLDERS: Final = ("seeds", "site_src", "templates", "fonts")
"""The folders of a project from which its site is made."""
FILES: Final = ("mkdocs.yml",)
"""The files beside them."""


def stamps(project: Path) -> dict[str, Stamp]:
    """Each file of a project's by path, as it stands; no link is followed. One that is gone while it is looked at is left out."""
    found: dict[str, Stamp] = {}
    for name in FILES:
        with suppress(OSError):
            found[name] = stamp_of((project / name).lstat())
    for below in FOLDERS:
        for path, entry in find(project / below).files.items():
            with suppress(OSError):  # as an editor that saves by renaming leaves it
                found[f"{below}/{path}"] = stamp_of(entry.stat(follow_symlinks=False))
    return found
