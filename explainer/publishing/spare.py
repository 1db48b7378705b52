"""The site before the last, kept to be turned into the next: of a site of thousands of files, a build changes a few.

Whatever becomes of a spare site, of its notes, or of a build that is turning it into the next, the worst that follows is more work: a
file of which nothing is known is written afresh.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from pydantic_core import to_json

from explainer import disk
from explainer.trees import Noted, Tree, notes

_FOLDER, _NOTES = "spare", "published.json"
_looked: dict[Path, Future[tuple[Spare, Tree]]] = {}
"""What is being found out of a spare site and its files, by its working folder."""


def look_ahead(work: Path) -> None:
    """Find out how the files of a spare site stand while the build waits for its engine; from here on nobody else writes to them."""
    looks = ThreadPoolExecutor(1)
    _looked[work] = looks.submit(_look, work)
    looks.shutdown(wait=False)


def _look(work: Path) -> tuple[Spare, Tree]:
    spare = Spare.at(work)
    return spare, Tree(spare.folder, *spare.notes)


@dataclass
class Spare:
    """A folder in which the next site is put together, and what is known of the files in it."""

    work: Path
    notes: tuple[Mapping[str, Noted], ...] = field(default=())
    """Of the site that stands, and of the one before it, which lies here: the two change places at each build."""

    @classmethod
    def of(cls, work: Path, output: Path) -> Spare | None:
        """The spare site in a working folder; ``None`` where it is on another disk than the output, and so cannot take its place."""
        if work.stat().st_dev != output.parent.stat().st_dev:
            return None
        return _looked[work].result()[0] if work in _looked else cls.at(work)

    @classmethod
    def at(cls, work: Path) -> Self:
        """The spare site in a working folder, with what is known of it."""
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
        there = _looked.pop(self.work).result()[1] if self.work in _looked else Tree(self.folder, *self.notes)
        same = {path for path, held in there.known.items() if sums.get(path) == held}
        gone, fresh = {*there, *there.others} - same, [path for path in files if path not in same]
        disk.update_tree(self.folder, {}, gone=gone)
        for folder in sorted(there.folders - _folders(files), reverse=True):
            (self.folder / folder).rmdir()
        for path in fresh:
            disk.update_tree(self.folder, {path: files[path]})  # one at a time: a whole site need not fit into the memory
        there.renew(fresh, gone - set(fresh))
        disk.update_tree(self.work, {_NOTES: to_json([there.noted(sums), *self.notes[:1]])})


def _folders(paths: Iterable[str]) -> set[str]:
    """The folders in which some files lie, and those in which these lie."""
    found: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in found:
            found.add(path)
    return found
