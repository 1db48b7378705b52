"""The files below a folder: their names, sizes and times, and the content of those that are asked for."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from explainer.common.disk import machine

# The files below a folder, each read only when somebody looks into it, and summed only where
# something has written to it.
#
# A file is taken to hold what was noted of it where its inode, its length and the time of its
# last change are the same: whatever writes to
# a file moves that time, and nothing can set it back.

Stamp = tuple[int, int, int]
"""A file's inode, when it was last changed in nanoseconds, and how long it is in bytes."""
Noted = tuple[int, int, int, str]
"""A file's inode, when it was last changed in nanoseconds, how long it is in bytes, and the SHA-256 of what it held then."""

DEEPEST: Final = 50
"""How many folders of an author's may lie in one another."""


@dataclass
class Found:
    """What lies below a folder, by paths relative to it."""

    files: dict[str, os.DirEntry[str]] = field(default_factory=dict)
    """Everything that is no folder, links, pipes and devices among it."""
    folders: set[str] = field(default_factory=set)
    deep: list[str] = field(default_factory=list)
    """The folders that were not looked into since they lie too deep."""
    unread: dict[str, str] = field(default_factory=dict)
    """The folders that could not be looked into, and why."""


LARGEST = 100_000_000
"""The most bytes of a file in a site; what we publish is far smaller."""
LARGEST_WHOLE = 2_000_000_000
"""The most bytes of all files of a site that are summed; hosts of static sites take half of it."""
_PIECE = 1 << 20


class Tree(Mapping[str, bytes]):
    """The plain files of a folder by path, in the order of the paths; ``others`` are links and the like, ``folders`` those below it."""

    def __init__(self, folder: Path, *noted: Mapping[str, Noted]) -> None:
        """``noted`` is what was noted of the files at one time or another."""
        self._folder = folder
        with machine():
            files, self.folders = walk(folder)
            self.others = {path for path, entry in files.items() if not entry.is_file(follow_symlinks=False)}
            self._stamps = {path: stamp_of(files[path].stat(follow_symlinks=False)) for path in sorted(files.keys() - self.others)}
        self._sums: dict[str, str] = {}
        self._left = LARGEST_WHOLE
        for notes in noted:
            same = ((path, notes[path]) for path in notes.keys() & self._stamps.keys())
            self._sums |= {path: held for path, (*stamp, held) in same if tuple(stamp) == self._stamps[path]}

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

    def size(self, path: str) -> int:
        """How many bytes a file has."""
        return self._stamps[path][2]

    def sum(self, path: str) -> str:
        """The SHA-256 of a file, which is read in pieces; empty for one that is larger than any file of ours, or
        where more was summed already than a site of ours has.
        """
        if path not in self._sums:
            self._left -= self.size(path)
            if self.size(path) > LARGEST or self._left < 0:
                return ""
            with machine(), (self._folder / path).open("rb") as file:
                self._sums[path] = _sum_of(file)
        return self._sums[path]

    def renew(self, written: Iterable[str], gone: Iterable[str]) -> None:
        """Take note that some files were written and some removed."""
        for path in gone:
            self._stamps.pop(path, None)
        for path in written:
            with machine():
                self._stamps[path] = stamp_of((self._folder / path).stat(follow_symlinks=False))
            self._sums.pop(path, None)

    def noted(self, sums: Mapping[str, str] | None = None) -> dict[str, Noted]:
        """What is known of each file, to be told the next time; of those in ``sums`` alone, where somebody knows what they hold."""
        of = self.sum if sums is None else sums.__getitem__
        return {path: (*stamp, of(path)) for path, stamp in self._stamps.items() if sums is None or path in sums}


def _sum_of(file: IO[bytes]) -> str:
    """The SHA-256 of an open file, of which no more is read than a file of ours may have."""
    found, left = hashlib.sha256(), LARGEST
    while left > 0 and (piece := file.read(min(_PIECE, left))):
        found.update(piece)
        left -= len(piece)
    return found.hexdigest()


def notes(told: Mapping[str, tuple[int, int, int, str]]) -> dict[str, Noted]:
    """What was noted, read from JSON. Raises ``TypeError``, ``ValueError`` or ``AttributeError`` where it is something else."""
    return {path: (inode, at, length, held) for path, (inode, at, length, held) in told.items()}


def walk(folder: Path) -> tuple[dict[str, os.DirEntry[str]], set[str]]:
    """Everything below a folder that is no folder, by path, links and the like among it; and the folders."""
    files: dict[str, os.DirEntry[str]] = {}
    folders: set[str] = set()
    ahead = [""] if folder.is_dir() else []
    while ahead:
        below = ahead.pop()
        with os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:
                path = below + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.add(path)
                    ahead.append(f"{path}/")
                else:
                    files[path] = entry
    return files, folders


def find(folder: Path) -> Found:
    """What lies below an author's folder. No link is followed, the folder itself included; a folder that cannot be
    read, or that more than ``DEEPEST`` others lie around, is named and not looked into.
    """
    found = Found()
    ahead = [("", 0)] if folder.is_dir() and not folder.is_symlink() else []
    while ahead:
        below, depth = ahead.pop()
        if depth > DEEPEST:
            found.deep.append(below)
            continue
        try:
            with os.scandir(folder / below) as entries:
                for entry in entries:
                    path = f"{below}/{entry.name}" if below else entry.name
                    if entry.is_dir(follow_symlinks=False):
                        found.folders.add(path)
                        ahead.append((path, depth + 1))
                    else:
                        found.files[path] = entry
        except OSError as error:  # no permission, a path that is too long, a folder that is gone by now
            found.unread[below] = error.strerror or str(error)
    return found


def stamp_of(status: os.stat_result) -> Stamp:
    """How a file stands."""
    return status.st_ino, status.st_ctime_ns, status.st_size


# How an author's files stand: what would be other if one of them were written, or came, or went.

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
