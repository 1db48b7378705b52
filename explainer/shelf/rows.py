"""Bytes by key in a file, each with the build that used it last: what lies there is known without a look at the bytes."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from explainer import memory
from explainer.problems import MachineFailed
from explainer.stored import from_json, stored, to_json

KEPT: Final = 10
"""A thing that none of so many builds used, or half as many, is dropped: that it was used is noted only now and then."""
_TABLE: Final = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, data BLOB NOT NULL)"
_PUT: Final = "INSERT OR REPLACE INTO kept (key, data) VALUES (?, ?)"
_LIST: Final = ""
"""The key of what tells of all others, the build that used each last and its sum: that is read whole, and written whole."""


@stored
@dataclass(frozen=True)
class Held:
    """Bytes that lie on a shelf, and need not be read to be told from others."""

    key: str
    """Under which they lie."""
    sum: str
    """Their SHA-256."""


class Rows:
    """The file at a path; in memory, nothing is kept beyond this run."""

    def __init__(self, path: str) -> None:
        self._base, self._there = _open(path)
        self.build = 1 + int(self._base.execute("PRAGMA user_version").fetchone()[0])
        self._used: set[str] = set()
        self._listed = True  # whether what is there is in the list as it is

    def find(self, key: str) -> Held | None:
        """What lies under a key; ``None`` where nothing does."""
        found = self._there.get(key)
        if found is None:
            return None
        self._used.add(key)
        return Held(key, found[1])

    def read(self, key: str) -> bytes | None:
        """The bytes under a key; ``None`` where there are none, or none that can be read."""
        if key not in self._there:
            return None
        self._used.add(key)
        try:
            (data,) = self._base.execute("SELECT data FROM kept WHERE key = ?", (key,)).fetchone()
        except (sqlite3.DatabaseError, TypeError):
            return None
        return bytes(data)

    def put(self, key: str, data: bytes) -> Held:
        """Lay some bytes there, in the place of what lay there."""
        self._do(_PUT, [(key, data)])
        sum_of = hashlib.sha256(data).hexdigest()
        self._there[key] = self.build, key if sum_of == key else sum_of  # one text, not two, in whatever is written of them
        self._used.add(key)
        self._listed = False
        return Held(key, self._there[key][1])

    def tidy(self) -> None:
        """Note what this build used, where that was not noted lately, and drop what the last ones did not use."""
        lately = self.build - KEPT // 2
        noted = {key: (self.build, self._there[key][1]) for key in self._used if self._there[key][0] <= lately}
        self._there |= noted
        gone = sorted(key for key, (build, _) in self._there.items() if build <= self.build - KEPT)
        self._do("DELETE FROM kept WHERE key = ?", [(key,) for key in gone])
        self._do(f"PRAGMA user_version = {self.build:d}", [()])
        for key in gone:
            del self._there[key]
        self._listed = self._listed and not noted and not gone

    def commit(self) -> None:
        """Flush it all to the disk. Raises ``MachineFailed`` where that is full."""
        if not self._listed:
            memory.give_back()  # the list is written whole
            self._do(_PUT, [(_LIST, to_json({key: list(each) for key, each in self._there.items()}))])
            self._listed = True
        with _machine():
            self._base.commit()

    def close(self) -> None:
        """Flush it, and be done."""
        self.commit()
        with _machine():
            self._base.close()

    def _do(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        with _machine():
            self._base.executemany(statement, rows)


@contextmanager
def _machine() -> Iterator[None]:
    """Turns the database's failures, a full disk among them, into the machine's."""
    try:
        yield
    except sqlite3.Error as error:
        raise MachineFailed(f"what is kept for the next build cannot be written: {error}") from error


def _open(path: str) -> tuple[sqlite3.Connection, dict[str, tuple[int, str]]]:
    """The file and what it tells of all that lies there; one that cannot be read, or is an older generator's, is put away."""
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
