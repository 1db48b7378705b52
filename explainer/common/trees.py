"""The files below a folder: names, sizes, times, and the content if it is asked for.

A file is read only when its content is needed. Its digest is computed only if the file has changed.
A file counts as unchanged if its inode, its length and the time of its last change (ctime) are the
same. Every write to a file moves that time, and no program can set it back.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from explainer.common.disk import machine_failures

Stamp = tuple[int, int, int]
"""A file's inode, the time of its last change (ctime, in nanoseconds) and its length in bytes."""
FileState = tuple[int, int, int, str]
"""A file's inode, ctime (nanoseconds), length in bytes, and the SHA-256 of its content then."""

MAX_DEPTH: Final = 50
"""The most folders of an author's that may be nested in each other."""


@dataclass
class Found:
    """The contents of a folder, by paths relative to it."""

    files: dict[str, os.DirEntry[str]] = field(default_factory=dict)
    """Everything that is not a folder, including links, pipes and devices."""
    folders: set[str] = field(default_factory=set)
    deep: list[str] = field(default_factory=list)
    """The folders that were not searched because they are nested too deep."""
    unread: dict[str, str] = field(default_factory=dict)
    """The folders that could not be searched, each with the reason."""


MAX_FILE_BYTES = 100_000_000
"""The largest file of a site, in bytes. The files we publish are far smaller."""
MAX_TOTAL_BYTES = 2_000_000_000
"""The most bytes of a site's files for which digests are computed. Hosts of static sites accept
half of it.
"""
_PIECE = 1 << 20


class Tree(Mapping[str, bytes]):
    """The plain files of a folder, by path and in the order of the paths.

    ``others`` are the paths of links and other special files. ``folders`` are the paths of the
    folders below this one.
    """

    def __init__(self, folder: Path, *noted: Mapping[str, FileState]) -> None:
        """``noted`` holds stamps and digests from earlier runs, as ``noted()`` returned them."""
        self._folder = folder
        with machine_failures():
            files, self.folders = list_tree(folder)
            self.others = {
                path for path, entry in files.items() if not entry.is_file(follow_symlinks=False)
            }
            self._stamps = {
                path: stamp_of(files[path].stat(follow_symlinks=False))
                for path in sorted(files.keys() - self.others)
            }
        self._sums: dict[str, str] = {}
        self._left = MAX_TOTAL_BYTES
        for notes in noted:
            same = ((path, notes[path]) for path in notes.keys() & self._stamps.keys())
            self._sums |= {
                path: held for path, (*stamp, held) in same if tuple(stamp) == self._stamps[path]
            }

    def __getitem__(self, path: str) -> bytes:
        if path not in self._stamps:
            raise KeyError(path)
        with machine_failures():
            return (self._folder / path).read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._stamps)

    def __len__(self) -> int:
        return len(self._stamps)

    def __contains__(self, path: object) -> bool:
        return path in self._stamps

    @property
    def known(self) -> Mapping[str, str]:
        """The SHA-256 of each file for which it is known without reading the file."""
        return self._sums

    def size(self, path: str) -> int:
        """Return the length of a file in bytes."""
        return self._stamps[path][2]

    def sum(self, path: str) -> str:
        """Return the SHA-256 of a file, which is read in pieces.

        Returns an empty string if the file is larger than ``LARGEST``, or if more than
        ``LARGEST_WHOLE`` bytes were digested already.
        """
        if path not in self._sums:
            self._left -= self.size(path)
            if self.size(path) > MAX_FILE_BYTES or self._left < 0:
                return ""
            with machine_failures(), (self._folder / path).open("rb") as file:
                self._sums[path] = _sum_of(file)
        return self._sums[path]

    def renew(self, written: Iterable[str], gone: Iterable[str]) -> None:
        """Update the stamps after some files were written and some were removed."""
        for path in gone:
            self._stamps.pop(path, None)
        for path in written:
            with machine_failures():
                self._stamps[path] = stamp_of((self._folder / path).stat(follow_symlinks=False))
            self._sums.pop(path, None)

    def noted(self, sums: Mapping[str, str] | None = None) -> dict[str, FileState]:
        """Return the stamp and digest of each file, to be passed to a later ``Tree``.

        If the caller knows the digests, it passes them as ``sums``. Then only the files in ``sums``
        are returned, and none is read.
        """
        of = self.sum if sums is None else sums.__getitem__
        return {
            path: (*stamp, of(path))
            for path, stamp in self._stamps.items()
            if sums is None or path in sums
        }


def _sum_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of an open file. At most ``LARGEST`` bytes are read."""
    found, left = hashlib.sha256(), MAX_FILE_BYTES
    while left > 0 and (piece := file.read(min(_PIECE, left))):
        found.update(piece)
        left -= len(piece)
    return found.hexdigest()


def notes(told: Mapping[str, tuple[int, int, int, str]]) -> dict[str, FileState]:
    """Restore what ``Tree.noted()`` returned, after it was stored as JSON.

    Raises ``TypeError``, ``ValueError`` or ``AttributeError`` if it is anything else.
    """
    return {path: (inode, at, length, held) for path, (inode, at, length, held) in told.items()}


def list_tree(folder: Path) -> tuple[dict[str, os.DirEntry[str]], set[str]]:
    """Return everything below a folder that is not a folder, by path, and the paths of the folders.

    The first part includes links and other special files.
    """
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


def scan_author_folder(folder: Path) -> Found:
    """Return the contents of an author's folder.

    No link is followed, not even if the folder itself is one. A folder that cannot be read, or that
    is nested in more than ``DEEPEST`` others, is listed but not searched.
    """
    found = Found()
    ahead = [("", 0)] if folder.is_dir() and not folder.is_symlink() else []
    while ahead:
        below, depth = ahead.pop()
        if depth > MAX_DEPTH:
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
        except OSError as error:
            # no permission, a path that is too long, or a folder that was removed meanwhile
            found.unread[below] = error.strerror or str(error)
    return found


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp of a file from its status."""
    return status.st_ino, status.st_ctime_ns, status.st_size


# The state of an author's files

FOLDERS: Final = ("seeds", "site_src", "templates", "fonts")
"""The folders of a project that a site is made from."""
FILES: Final = ("mkdocs.yml",)
"""The files beside those folders that a site is made from."""


def stamps(project: Path) -> dict[str, Stamp]:
    """Return the stamp of each of a project's files, by path.

    No link is followed. A file that is removed meanwhile is left out. The result differs if a file
    was written, added or removed.
    """
    found: dict[str, Stamp] = {}
    for name in FILES:
        with suppress(OSError):
            found[name] = stamp_of((project / name).lstat())
    for below in FOLDERS:
        for path, entry in scan_author_folder(project / below).files.items():
            with suppress(OSError):  # an editor may save by renaming, which leaves this gap
                found[f"{below}/{path}"] = stamp_of(entry.stat(follow_symlinks=False))
    return found
