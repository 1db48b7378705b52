"""Files of a site, by path. Some are in memory; others are on disk and are read only when needed.

So a build that changes one page of a thousand reads that page, and has few others in memory at any
time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, MutableMapping
from typing import NamedTuple

from explainer.common.trees import Tree
from explainer.incremental.cache import Cache, CachedBytes


class Lying(NamedTuple):
    """A file in a folder that nothing writes to during the build."""

    tree: Tree
    path: str

    @property
    def sum(self) -> str:
        """The SHA-256 of the file's bytes."""
        return self.tree.sum(self.path)


class Files(MutableMapping[str, bytes]):
    """The bytes and the SHA-256 of each file, by path."""

    def __init__(self, cache: Cache | None = None) -> None:
        self._cache = cache or Cache()
        self._all: dict[str, bytes | CachedBytes | Lying] = {}
        self._sums: dict[str, str] = {}

    def __getitem__(self, path: str) -> bytes:
        found = self._all[path]
        if isinstance(found, Lying):
            return found.tree[found.path]
        return self._cache.read(found) if isinstance(found, CachedBytes) else found

    def __setitem__(self, path: str, data: bytes) -> None:
        self.put(path, data)

    def __delitem__(self, path: str) -> None:
        del self._all[path]
        self._sums.pop(path, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def __contains__(self, path: object) -> bool:
        return path in self._all

    def put(self, path: str, data: bytes | CachedBytes | Lying, sum_of: str | None = None) -> None:
        """Set a file. ``sum_of`` is the SHA-256 of its bytes, if it is known."""
        self._all[path] = data
        self._sums.pop(path, None)
        if sum_of is not None:
            self._sums[path] = sum_of

    def put_away(self, path: str, data: bytes) -> None:
        """Set a file whose bytes are stored in the cache, because they are too large for memory.

        It replaces the bytes that the cache has for this path.
        """
        self.put(path, self._cache.hold(data, f"file {path}"))

    def take(self, path: str) -> bytes | CachedBytes | Lying:
        """Return a file in the form in which it was put here, without reading it."""
        return self._all[path]

    def sum(self, path: str) -> str:
        """Return the SHA-256 of a file."""
        found = self._all[path]
        if not isinstance(found, bytes):
            return found.sum
        if path not in self._sums:
            self._sums[path] = hashlib.sha256(found).hexdigest()
        return self._sums[path]
