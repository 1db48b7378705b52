"""What is costly to make, kept from one build to the next by a sum over everything that it was made from.

A kept thing can be old but never stale: whatever changes, the generator's own code included, changes the sum. What the last builds did
not use is dropped. A shelf that cannot be read is put away, and everything is made anew.
"""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from explainer.pickled import digest, pickled, unpickled
from explainer.problems import MachineFailed

_NAME = "kept.sqlite"
_BUILDS = 10
"""A thing that none of so many builds used, or half as many, is dropped: that it was used is noted only now and then."""
_WITH = ("babel", "jinja2", "markdown", "markupsafe", "selectolax")
_PUT = "INSERT OR REPLACE INTO kept (sum, build, data) VALUES (?, ?, ?)"
_TABLE = "CREATE TABLE IF NOT EXISTS kept (sum TEXT PRIMARY KEY, build INTEGER NOT NULL, data BLOB NOT NULL)"


class Shelf:
    """A shelf at a path; in memory, nothing is kept beyond this run."""

    def __init__(self, path: str = ":memory:") -> None:
        self._base = _open(path)
        self._build = 1 + int(self._base.execute("PRAGMA user_version").fetchone()[0])
        self._used: dict[str, int] = {}

    @classmethod
    @contextmanager
    def at(cls, folder: Path) -> Iterator[Self]:
        """The shelf of a working folder. What a build that fails has made is kept too, and it drops nothing."""
        shelf = cls(str(folder / _NAME))
        try:
            yield shelf
        finally:
            shelf.close()

    def text(self, what: str, made_from: object, make: Callable[[], str]) -> str:
        """A text by its kind and all that it is made from; the same words where that is the same, else ``make()``, which is kept."""
        return self.data(what, (_code(), made_from), lambda: make().encode()).decode()

    def data(self, what: str, made_from: object, make: Callable[[], bytes]) -> bytes:
        """The same for bytes that no code of ours has a hand in: ``made_from`` names the versions of what makes them."""
        key = digest((what, made_from))
        found = self._kept(key)
        if found is not None:
            return found
        made = make()
        self._do(_PUT, [(key, self._build, made)])
        return made

    def batch(self, what: str, made_from: Sequence[object], make: Callable[[Sequence[int]], Iterable[bytes]]) -> list[bytes]:
        """The same for many of a kind at once: ``make`` is given the places of those that are not kept, and makes them together."""
        missing = [index for index, each in enumerate(made_from) if self._kept(digest((what, each))) is None]
        made = dict(zip(missing, make(missing), strict=True))
        return [self.data(what, each, partial(made.__getitem__, index)) for index, each in enumerate(made_from)]

    def value(self, made_from: object) -> Any:
        """A value of this project's own types that was ``put`` there; ``None`` where there is none that can be read."""
        found = self._kept(digest((_code(), made_from)))
        try:
            return None if found is None else unpickled(found)
        except (pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError, TypeError, ValueError):
            return None

    def put(self, made_from: object, value: object) -> None:
        """Keep a value under all that it is made from."""
        self._do(_PUT, [(digest((_code(), made_from)), self._build, pickled(value))])

    def tidy(self) -> None:
        """Note what this build used, where that was not noted lately, drop what the last ones did not, and flush it all to the disk.

        It is done before a site is published: a disk that is full is met while the old one stands.
        """
        noted = [key for key, build in sorted(self._used.items()) if build <= self._build - _BUILDS // 2]
        self._do("UPDATE kept SET build = ? WHERE sum = ?", [(self._build, key) for key in noted])
        self._do("DELETE FROM kept WHERE build <= ?", [(self._build - _BUILDS,)])
        self._do(f"PRAGMA user_version = {self._build:d}")
        with _machine():
            self._base.commit()

    def close(self) -> None:
        """Flush it all to the disk."""
        with _machine():
            self._base.commit()
            self._base.close()

    def _kept(self, key: str) -> bytes | None:
        found = self._base.execute("SELECT data, build FROM kept WHERE sum = ?", (key,)).fetchone()
        if found is None:
            return None
        self._used[key] = found[1]
        return bytes(found[0])

    def _do(self, statement: str, rows: Iterable[tuple[object, ...]] = ((),)) -> None:
        with _machine():
            self._base.executemany(statement, rows)


@contextmanager
def _machine() -> Iterator[None]:
    """Turns the database's failures, a full disk among them, into the machine's."""
    try:
        yield
    except sqlite3.Error as error:
        raise MachineFailed(f"what is kept for the next build cannot be written: {error}") from error


def _open(path: str) -> sqlite3.Connection:
    try:
        base = sqlite3.connect(path)
        base.execute(_TABLE)
    except sqlite3.DatabaseError:
        Path(path).unlink(missing_ok=True)
        with _machine():
            base = sqlite3.connect(path)
            base.execute(_TABLE)
    return base


@cache
def _code() -> str:
    """A sum over the generator's code, its templates, and what it formats with."""
    root = Path(__file__).resolve().parent
    paths = [*sorted(root.rglob("*.py")), *sorted(path for path in (root.parent / "templates").rglob("*") if path.is_file())]
    sums = hashlib.sha256(repr([sys.version, *(version(name) for name in _WITH)]).encode())
    for path in paths:
        sums.update(path.read_bytes())
    return sums.hexdigest()
