"""How an author's files stand: what would be other if one of them were written, or came, or went."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from explainer.trees import Stamp, stamp_of, walk

FOLDERS: Final = ("seeds", "site_src", "templates", "fonts")
"""The folders of a project from which its site is made."""
FILES: Final = ("mkdocs.yml",)
"""The files beside them."""


def stamps(project: Path, folders: tuple[str, ...] = FOLDERS) -> dict[str, Stamp]:
    """Each file of a project's by path, or of some of its folders; one that is gone while it is looked at is left out."""
    found: dict[str, Stamp] = {}
    for name in FILES:
        if (project / name).is_file():
            found[name] = stamp_of((project / name).stat())
    for below in folders:
        for path, entry in walk(project / below)[0].items():
            try:
                found[f"{below}/{path}"] = stamp_of(entry.stat(follow_symlinks=False))
            except FileNotFoundError:  # as an editor that saves by renaming leaves it
                continue
    return found
