"""The files below a folder, each read only when somebody looks into it, and summed only where something has written to it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from explainer.disk import machine

Noted = tuple[int, int, int, str]
"""A file's inode, when it was last changed in nanoseconds, how long it is in bytes, and the SHA-256 of what it held then."""


class Tree(Mapping[str, bytes]):
    """The plain files of a folder by path, in the order of the paths.

    A file is taken to hold what was noted of it where its inode, its length and the time of its last change are the same: whatever
    writes to a file moves that time, and nothing can set it back.
    """

    def __init__(self, folder: Path, noted: Mapping[str, Noted] | None = None) -> None:
        self._folder = folder
        with machine():
            stamps = {path: (status.st_ino, status.st_ctime_ns, status.st_size) for path, status in sorted(_walk(folder))}
        known = noted or {}
        self._stamps: Mapping[str, tuple[int, int, int]] = stamps
        self._sums = {path: known[path][3] for path, stamp in stamps.items() if path in known and tuple(known[path][:3]) == stamp}

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

    def sum(self, path: str) -> str:
        """The SHA-256 of a file."""
        if path not in self._sums:
            self._sums[path] = hashlib.sha256(self[path]).hexdigest()
        return self._sums[path]

    def noted(self) -> dict[str, Noted]:
        """What is known of each file, to be told the next time."""
        return {path: (*stamp, self.sum(path)) for path, stamp in self._stamps.items()}


def _walk(folder: Path, below: str = "") -> Iterator[tuple[str, os.stat_result]]:
    if not (folder / below).is_dir():
        return
    with os.scandir(folder / below) as entries:
        for entry in entries:
            path = f"{below}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(folder, f"{path}/")
            elif entry.is_file(follow_symlinks=False):
                yield path, entry.stat(follow_symlinks=False)
