"""A project's files as they once were: the same way to read them, from memory instead of from the disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from explainer.problems import Place, Problems
from explainer.reading.files import MAX_BYTES, Folder


class PastFolder(Folder):
    """Some files by path below the project; whatever else is asked for is not there."""

    def __init__(self, root: Path, files: Mapping[str, bytes]) -> None:
        super().__init__(root)
        self.files = files

    def list(self, below: str, *suffixes: str) -> list[str]:
        """Paths of the files below a folder, sorted."""
        found = (path for path in self.files if path.startswith(f"{below.rstrip('/')}/"))
        return sorted(path for path in found if not suffixes or path.endswith(suffixes))

    def exists(self, path: str) -> bool:
        """Whether there was anything at the path."""
        return path in self.files or any(each.startswith(f"{path.rstrip('/')}/") for each in self.files)

    def read_bytes(self, path: str, problems: Problems, at: Place | None = None, *, most: int = MAX_BYTES) -> bytes | None:  # noqa: ARG002 - what git keeps was small enough once
        """The file's bytes, or ``None`` with a problem."""
        if path not in self.files:
            problems.add(at or Place(path), "file-missing", f"there was no file '{path}'", "check the name")
        return self.files.get(path)

    def is_link(self, path: str) -> bool:  # noqa: ARG002 - git's links were told of when they were files of the project
        """Whether a symbolic link was at a path: what is held here is bytes."""
        return False

    def all(self, below: str) -> tuple[str, ...]:
        """Paths of the files below a folder, sorted."""
        return tuple(self.list(below))
