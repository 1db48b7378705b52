"""The site before the last, kept to be turned into the next: of a site of thousands of files, a build changes a few.

A file of it is used again where its inode, its length and the time of its last change are those that were noted when it was written:
whatever writes to a file moves that time, and nothing can set it back. All others are written afresh, so whatever becomes of a spare
site, of its notes, or of a build that is turning it into the next, the worst that follows is more work.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from explainer import disk

_FOLDER, _NOTES = "spare", "published.json"
Written = tuple[int, int, str]
"""When a file was last changed, in nanoseconds; how long it is, in bytes; the SHA-256 of what was written."""
Notes = Mapping[str, Written]
"""By inode."""


@dataclass
class Spare:
    """A folder in which the next site is put together, and what is known of the files in it."""

    work: Path
    notes: tuple[Notes, ...] = field(default=())
    """Of the site that stands, and of the one before it, which lies here: the two change places at each build."""

    @classmethod
    def of(cls, work: Path, output: Path) -> Self | None:
        """The spare site in a working folder; ``None`` where it is on another disk than the output, and so cannot take its place."""
        if work.stat().st_dev != output.parent.stat().st_dev:
            return None
        try:
            generations = json.loads((work / _NOTES).read_bytes())
            return cls(work, tuple({inode: (at, length, digest) for inode, (at, length, digest) in each.items()} for each in generations))
        except (OSError, ValueError, TypeError, AttributeError):
            return cls(work)

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.work / _FOLDER

    def renew(self, files: Mapping[str, bytes], sums: Mapping[str, str]) -> None:
        """Make its files these ones, and note how they stand. ``sums`` has the SHA-256 of each but for some, which are always written."""
        found = dict(_walk(self.folder))
        known = {inode: each for notes in self.notes for inode, each in notes.items()}
        same = {path for path, entry in found.items() if path in sums and _holds(entry, known) == sums[path]}
        disk.update_tree(self.folder, {}, gone=found.keys() - same)
        _prune(self.folder, {path[:end] for path in files for end, letter in enumerate(path) if letter == "/"} | {"."})
        disk.update_tree(self.folder, {path: data for path, data in files.items() if path not in same})
        now = {str(status.st_ino): (status.st_ctime_ns, status.st_size, sums[path]) for path, status in _states(self.folder, sums)}
        disk.update_tree(self.work, {_NOTES: json.dumps([now, *self.notes[:1]]).encode()})


def _walk(folder: Path, below: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below a folder that is no folder, by path."""
    if not (folder / below).is_dir():
        return
    with os.scandir(folder / below) as entries:
        for entry in entries:
            path = f"{below}/{entry.name}" if below else entry.name
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(folder, path)
            else:
                yield path, entry


def _holds(entry: os.DirEntry[str], known: Notes) -> str | None:
    """The SHA-256 of what was written to a file; ``None`` where that is not known, or something has changed it since."""
    status = entry.stat(follow_symlinks=False)
    noted = known.get(str(status.st_ino))
    plain = entry.is_file(follow_symlinks=False)
    return noted[2] if noted and plain and noted[:2] == (status.st_ctime_ns, status.st_size) else None


def _states(folder: Path, paths: Mapping[str, str]) -> Iterator[tuple[str, os.stat_result]]:
    return ((path, os.stat(f"{folder}/{path}", follow_symlinks=False)) for path in paths)  # noqa: PTH116 - a path object takes as long


def _prune(folder: Path, wanted: set[str]) -> None:
    """Remove the folders in which nothing will lie."""
    for path, _, _ in os.walk(folder, topdown=False):
        if os.path.relpath(path, folder) not in wanted:
            Path(path).rmdir()
