"""The site before the last, kept to be turned into the next: of a site of thousands of files, a build changes a few.

Whatever becomes of a spare site, of its notes, or of a build that is turning it into the next, the worst that follows is more work: a
file of which nothing is known is written afresh.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from explainer import disk
from explainer.trees import Noted, Tree, notes, walk

_FOLDER, _NOTES = "spare", "published.json"


@dataclass
class Spare:
    """A folder in which the next site is put together, and what is known of the files in it."""

    work: Path
    notes: tuple[Mapping[str, Noted], ...] = field(default=())
    """Of the site that stands, and of the one before it, which lies here: the two change places at each build."""

    @classmethod
    def of(cls, work: Path, output: Path) -> Self | None:
        """The spare site in a working folder; ``None`` where it is on another disk than the output, and so cannot take its place."""
        if work.stat().st_dev != output.parent.stat().st_dev:
            return None
        try:
            return cls(work, tuple(notes(each) for each in json.loads((work / _NOTES).read_bytes())))
        except (OSError, ValueError, TypeError, AttributeError):
            return cls(work)

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.work / _FOLDER

    def renew(self, files: Mapping[str, bytes], sums: Mapping[str, str]) -> None:
        """Make its files these ones, and note how they stand. ``sums`` has the SHA-256 of each but for some, which are always written."""
        same = {path for path, held in Tree(self.folder, *self.notes).known.items() if sums.get(path) == held}
        disk.update_tree(self.folder, {}, gone={path for path, _ in walk(self.folder)} - same)
        _prune(self.folder, {path[:end] for path in files for end, letter in enumerate(path) if letter == "/"} | {"."})
        disk.update_tree(self.folder, {path: data for path, data in files.items() if path not in same})
        now = Tree(self.folder).noted(sums)
        disk.update_tree(self.work, {_NOTES: json.dumps([now, *self.notes[:1]]).encode()})


def _prune(folder: Path, wanted: set[str]) -> None:
    """Remove the folders in which nothing will lie."""
    for path, _, _ in os.walk(folder, topdown=False):
        if os.path.relpath(path, folder) not in wanted:
            Path(path).rmdir()
