"""The cache from one build to the next.

Each value is stored under a digest of everything that it was made from, usually including the
generator's own code. So a stored value can be old but never stale. Values that the last builds did
not use are dropped. A cache that cannot be read is deleted, and everything is made again.
"""

from __future__ import annotations

import functools
import hashlib
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final, Self

from explainer.common import programs
from explainer.common.problems import MachineFailed
from explainer.common.typed_json import from_json, register_dataclass, to_json
from explainer.model.digests import digest

# The version of the generator: its code, templates and libraries


@functools.cache
def libraries() -> tuple[str, ...]:
    """Return every installed library as ``name-version``, and the version of Python.

    Names and versions are taken from the names of the ``.dist-info`` folders, because reading the
    metadata takes a tenth of a second. All installed libraries count, also those that only other
    libraries use, so none can be forgotten.
    """
    folders = [Path(entry) for entry in sys.path if entry and Path(entry).is_dir()]
    found = {path.stem for folder in folders for path in folder.glob("*.dist-info")}
    return (sys.version, *sorted(found))


@functools.cache
def code() -> str:
    """Return a digest of the generator's code, its templates and all libraries."""
    root = Path(__file__).resolve().parent.parent
    paths = [
        *sorted(root.rglob("*.py")),
        *sorted(root.rglob("*.tsv")),
        *sorted(path for path in (root.parent / "templates").rglob("*") if path.is_file()),
    ]
    sums = hashlib.sha256(repr(libraries()).encode())
    for path in paths:
        sums.update(path.read_bytes())
    return sums.hexdigest()


# The database: bytes by key, each with its SHA-256 and the last build that used it

KEEP_BUILDS: Final = 10
"""An entry is dropped when that many builds, or half as many, did not use it.

It varies because a use is recorded only if none was recorded in the last ``KEPT // 2`` builds.
"""
_TABLE: Final = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, data BLOB NOT NULL)"
_PUT: Final = "INSERT OR REPLACE INTO kept (key, data) VALUES (?, ?)"
_LIST: Final = ""
"""The key of the list of all other entries: the last build that used each, and its SHA-256.

The list is read whole and written whole.
"""


@register_dataclass
@dataclass(frozen=True)
class CachedBytes:
    """A reference to bytes in the cache. They can be compared with others without reading them."""

    key: str
    """The key of the bytes."""
    sum: str
    """The SHA-256 of the bytes."""


class Rows:
    """A table of bytes by key, in an SQLite file.

    With ":memory:" as its path, it is kept for this run only.
    """

    def __init__(self, path: str) -> None:
        self._base, self._there = _open(path)
        self.build = 1 + int(self._base.execute("PRAGMA user_version").fetchone()[0])
        self._used: set[str] = set()
        self._listed = True  # whether the list in the file is up to date

    def find(self, key: str) -> CachedBytes | None:
        """Return a reference to the bytes under a key, or None if there are none."""
        found = self._there.get(key)
        if found is None:
            return None
        self._used.add(key)
        return CachedBytes(key, found[1])

    def read(self, key: str) -> bytes | None:
        """Return the bytes under a key, or None if there are none or they cannot be read."""
        if key not in self._there:
            return None
        self._used.add(key)
        try:
            (data,) = self._base.execute("SELECT data FROM kept WHERE key = ?", (key,)).fetchone()
        except (sqlite3.DatabaseError, TypeError):
            return None
        return bytes(data)

    def put(self, key: str, data: bytes) -> CachedBytes:
        """Store bytes under a key, replacing those that were there."""
        self._do(_PUT, [(key, data)])
        sum_of = hashlib.sha256(data).hexdigest()
        self._there[key] = self.build, key if sum_of == key else sum_of  # share one string object
        self._used.add(key)
        self._listed = False
        return CachedBytes(key, self._there[key][1])

    def tidy(self) -> None:
        """Record what this build used, and drop what the last builds did not use.

        A use is recorded only if none was recorded in the last ``KEPT // 2`` builds.
        """
        lately = self.build - KEEP_BUILDS // 2
        noted = {
            key: (self.build, self._there[key][1])
            for key in self._used
            if self._there[key][0] <= lately
        }
        self._there |= noted
        gone = sorted(
            key for key, (build, _) in self._there.items() if build <= self.build - KEEP_BUILDS
        )
        self._do("DELETE FROM kept WHERE key = ?", [(key,) for key in gone])
        self._do(f"PRAGMA user_version = {self.build:d}", [()])
        for key in gone:
            del self._there[key]
        self._listed = self._listed and not noted and not gone

    def commit(self) -> None:
        """Flush everything to the disk. Raises ``MachineFailed`` if the disk is full."""
        if not self._listed:
            programs.give_memory_back()  # writing the whole list takes much memory
            self._do(
                _PUT, [(_LIST, to_json({key: list(each) for key, each in self._there.items()}))]
            )
            self._listed = True
        with _machine():
            self._base.commit()

    def close(self) -> None:
        """Flush everything to the disk and close the file."""
        self.commit()
        with _machine():
            self._base.close()

    def _do(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        with _machine():
            self._base.executemany(statement, rows)


@contextmanager
def _machine() -> Iterator[None]:
    """Turn errors of the database, such as a full disk, into ``MachineFailed``."""
    try:
        yield
    except sqlite3.Error as error:
        raise MachineFailed(
            f"what is kept for the next build cannot be written: {error}"
        ) from error


def _open(path: str) -> tuple[sqlite3.Connection, dict[str, tuple[int, str]]]:
    """Return the database and its list of entries.

    A file that cannot be read, or that an older generator wrote, is deleted and made anew.
    """
    try:
        return _opened(path)
    except (sqlite3.DatabaseError, AttributeError, TypeError, ValueError):
        Path(path).unlink(missing_ok=True)
        with _machine():
            return _opened(path)


def _opened(path: str) -> tuple[sqlite3.Connection, dict[str, tuple[int, str]]]:
    base = sqlite3.connect(path)
    base.execute(_TABLE)
    found = base.execute("SELECT data FROM kept WHERE key = ?", (_LIST,)).fetchone()
    listed = from_json(found[0]) if found else {}
    return base, {key: (int(build), str(sum_of)) for key, (build, sum_of) in listed.items()}


__all__ = ["Cache", "CachedBytes"]


class Cache:
    """A cache in an SQLite file. With ":memory:" as its path, it is kept for this run only.

    Methods share these parameters: ``what`` is the kind of a value, ``made_from`` is everything
    that it is made from, and ``make`` makes it.
    """

    _remembers: ClassVar[bool] = False
    _remembered: ClassVar[dict[str, Any]] = {}

    def __init__(self, path: str = ":memory:") -> None:
        self._path, self._rows = path, Rows(path)
        self._notes: dict[str, dict[Any, Any]] = {}
        self._tidied = False

    @classmethod
    @contextmanager
    def at(cls, folder: Path) -> Iterator[Self]:
        """Open the cache of a working folder, and close it at the end.

        If a build fails, what it has made is stored too, and nothing is dropped.
        """
        cache = cls(str(folder / "kept.sqlite"))
        try:
            yield cache
        finally:
            cache.close()

    @classmethod
    def remember(cls) -> None:
        """From now on, also keep in memory the values that were read.

        This is for a process that builds repeatedly, and holds for every cache in it.
        """
        cls._remembers = True

    @property
    def build(self) -> int:
        """The number of this build."""
        return self._rows.build

    @property
    def lately(self) -> int:
        """The number of the newest build that is not recent.

        If an entry's last recorded use is this build or an older one, its next use is recorded.
        """
        return self._rows.build - KEEP_BUILDS // 2

    @property
    def long_ago(self) -> int:
        """The number of the newest build that is long ago.

        Entries that no later build has used are dropped.
        """
        return self._rows.build - KEEP_BUILDS

    def text(self, what: str, made_from: object, make: Callable[[], str]) -> str:
        """Return the text that was made from the same things before, or else ``make()``.

        The generator's code is part of the key.
        """
        return self.data(what, (code(), made_from), lambda: make().encode()).decode()

    def data(self, what: str, made_from: object, make: Callable[[], bytes]) -> bytes:
        """Return bytes like ``text``, but without the generator's code in the key.

        It is for bytes that our code has no part in making. ``made_from`` must have the versions of
        the programs that make them.
        """
        if found := self._rows.find(key := digest((what, made_from))):
            return self.read(found)
        self._rows.put(key, data := make())
        return data

    def held(self, what: str, made_from: object, make: Callable[[], bytes]) -> CachedBytes:
        """Return a reference to bytes. Like ``text``, but it does not read bytes in the cache."""
        return self._rows.find(key := digest((what, (code(), made_from)))) or self._rows.put(
            key, make()
        )

    def batch(
        self,
        what: str,
        made_from: Sequence[object],
        make: Callable[[Sequence[int]], Iterable[bytes]],
    ) -> list[CachedBytes]:
        """Return references to many values of a kind, in order. Keys are as in ``data``.

        Bytes in the cache are not read. ``make`` gets the indexes of those that are not in the
        cache, and is not called if all are.
        """
        keys = [digest((what, each)) for each in made_from]
        held = {key: self._rows.find(key) for key in keys}
        missing = [index for index, key in enumerate(keys) if held[key] is None]
        made = make(missing) if missing else ()
        held |= {
            keys[index]: self._rows.put(keys[index], data)
            for index, data in zip(missing, made, strict=True)
        }
        return [each for key in keys if (each := held[key])]

    def hold(self, data: bytes, name: str = "") -> CachedBytes:
        """Store bytes and return a reference to them.

        Their key is their SHA-256, or ``name``, which replaces what was under that name.
        """
        sum_of = hashlib.sha256(data).hexdigest()
        found = self._rows.find(name or sum_of)
        return found if found and found.sum == sum_of else self._rows.put(name or sum_of, data)

    def has(self, held: CachedBytes) -> bool:
        """Return whether the bytes are still in the cache."""
        return self._rows.find(held.key) == held

    def read(self, held: CachedBytes) -> bytes:
        """Return the bytes of a reference.

        Raises ``MachineFailed`` if they are no longer there, because something changed the file.
        """
        found = self._rows.read(held.key)
        if found is None:
            raise MachineFailed(
                f"what the last build kept cannot be read; delete {self._path}, and build again"
            )
        return found

    def value(self, made_from: object) -> Any:
        """Return a value of this project's own types that was stored with ``put``.

        Returns None if there is none that can be read.
        """
        return self.value_at(self.room(made_from))

    def put(self, made_from: object, value: object) -> None:
        """Store a value under the digest of everything that it is made from."""
        self.put_at(self.room(made_from), value)

    def room(self, made_from: object) -> str:
        """Return a prefix for keys: a digest of the generator's code and ``made_from``."""
        return digest((code(), made_from))

    def value_at(self, key: str) -> Any:
        """Return a value like ``value``, by its key."""
        held = self._rows.find(key)
        if held is not None and held.sum in self._remembered:
            return self._remembered[held.sum]
        value = self._value(self._rows.read(key))
        if held is not None and self._remembers:
            self._remembered[held.sum] = value
        return value

    @staticmethod
    def _value(data: bytes | None) -> Any:
        try:
            return None if data is None else from_json(data)
        except ValueError:
            return None

    def put_at(self, key: str, value: object) -> None:
        """Store a value like ``put``, by its key."""
        old, new = self._rows.find(key), self._rows.put(key, to_json(value))
        if old and old.sum != new.sum:
            self._remembered.pop(old.sum, None)

    def notes(
        self, key: str, ready: Callable[[dict[Any, Any]], dict[Any, Any]] = lambda notes: notes
    ) -> dict[Any, Any]:
        """Return a mapping that is stored whole, with all changes to it, from build to build.

        ``ready`` is applied to the stored mapping before it is first used.
        """
        if key not in self._notes:
            held = self._rows.find(key)
            found = (held and self._remembered.pop(held.sum, None)) or self._value(
                self._rows.read(key)
            )
            self._notes[key] = ready(found if isinstance(found, dict) else {})
        return self._notes[key]

    def tidy(self) -> None:
        """Record what this build used, drop what the last builds did not, and flush to the disk.

        This is called before a site is published, so that a full disk is noticed while the old site
        is still in place.
        """
        self._rows.tidy()
        self._write_notes()
        self._tidied = True
        self._rows.commit()

    def close(self) -> None:
        """Flush everything to the disk and close the file."""
        if not self._tidied:
            self._write_notes()
        self._rows.close()

    def _write_notes(self) -> None:
        for key, notes in self._notes.items():
            held = self.hold(to_json(notes), key)
            if self._remembers:
                self._remembered[held.sum] = notes
