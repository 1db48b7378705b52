"""The files below a folder, each read only when somebody looks into it, and summed only where something has written to it.

A file is taken to hold what was noted of it where its inode, its length and the time of its last change are the same: whatever writes to
a file moves that time, and nothing can set it back.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from explainer.disk import machine

Noted = tuple[int, int, int, str]
"""A file's inode, when it was last changed in nanoseconds, how long it is in bytes, and the SHA-256 of what it held then."""


class Tree(Mapping[str, bytes]):
    """The plain files of a folder by path, in the order of the paths."""

    def __init__(self, folder: Path, *noted: Mapping[str, Noted]) -> None:
        """``noted`` is what was noted of the files at one time or another."""
        self._folder = folder
        with machine():
            found = ((path, entry.stat(follow_symlinks=False)) for path, entry in walk(folder) if entry.is_file(follow_symlinks=False))
            self._stamps = {path: (status.st_ino, status.st_ctime_ns, status.st_size) for path, status in sorted(found)}
        known = ((path, notes[path]) for notes in noted for path in notes.keys() & self._stamps.keys())
        self._sums = {path: each[3] for path, each in known if each[:3] == self._stamps[path]}

    def __getitem__(self, path: str) -> bytes:
        if path not in self._stamps:
            raise KeyError(path)
        with machine():
            return (self._folder / path).read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._stamps)

    def __len__(self) -> int:
        return len(self._stamps)

    def __contains__(self, path: object) -> bool:
        return path in self._stamps

    @property
    def known(self) -> Mapping[str, str]:
        """The SHA-256 of each file of which it is known without reading it."""
        return self._sums

    def sum(self, path: str) -> str:
        """The SHA-256 of a file."""
        if path not in self._sums:
            self._sums[path] = hashlib.sha256(self[path]).hexdigest()
        return self._sums[path]

    def noted(self, sums: Mapping[str, str] | None = None) -> dict[str, Noted]:
        """What is known of each file, to be told the next time; of those in ``sums`` alone, where somebody knows what they hold."""
        of = self.sum if sums is None else sums.__getitem__
        return {path: (*stamp, of(path)) for path, stamp in self._stamps.items() if sums is None or path in sums}


def notes(told: Mapping[str, tuple[int, int, int, str]]) -> dict[str, Noted]:
    """What was noted, read from JSON. Raises ``TypeError``, ``ValueError`` or ``AttributeError`` where it is something else."""
    return {path: (inode, at, length, held) for path, (inode, at, length, held) in told.items()}


def walk(folder: Path, below: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below a folder that is no folder, by path, links and the like among it."""
    if not (folder / below).is_dir():
        return
    with os.scandir(folder / below) as entries:
        for entry in entries:
            path = f"{below}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from walk(folder, f"{path}/")
            else:
                yield path, entry
