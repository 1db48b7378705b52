"""What is kept from one build to the next, each under a digest of all that it was made from."""

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
from explainer.common.typed_json import from_json, stored, to_json
from explainer.model.digests import digest

# What the generator itself is: whatever is kept was made by this very code, with these very
# libraries.


@functools.cache
def libraries() -> tuple[str, ...]:
    """Every installed library as ``name-version``, and this Python.

    They are read off the names of their folders, since to read what each says of itself takes a
    tenth of a second. All count, those of libraries that libraries use too: none can be forgotten.
    """
    folders = [Path(entry) for entry in sys.path if entry and Path(entry).is_dir()]
    found = {path.stem for folder in folders for path in folder.glob("*.dist-info")}
    return (sys.version, *sorted(found))


@functools.cache
def code() -> str:
    """A sum over the generator's code, its templates, and all libraries."""
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


# Bytes by key in a file, each with the build that used it last: what lies there is known without
# a look at the bytes.

KEPT: Final = 10
"""A thing that none of so many builds used, or half as many, is dropped: that it was used is noted only now and then."""
_TABLE: Final = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, data BLOB NOT NULL)"
_PUT: Final = "INSERT OR REPLACE INTO kept (key, data) VALUES (?, ?)"
_LIST: Final = ""
"""The key of what tells of all others, the build that used each last and its sum: that is read whole, and written whole."""


@stored
@dataclass(frozen=True)
class Held:
    """Bytes that lie on a cache, and need not be read to be told from others."""

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
            programs.give_memory_back()  # the list is written whole
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


# What is costly to make, kept from one build to the next by a sum over everything that it was
# made from.
#
# A kept thing can be old but never stale: whatever changes, the generator's own code included,
# changes the sum. What the last builds did
# not use is dropped. A cache that cannot be read is put away, and everything is made anew.

__all__ = ["Cache", "Held"]


class Cache:
    """A cache at a path; in memory, nothing is kept beyond this run."""

    _remembers: ClassVar[bool] = False
    _remembered: ClassVar[dict[str, Any]] = {}

    def __init__(self, path: str = ":memory:") -> None:
        self._path, self._rows = path, Rows(path)
        self._notes: dict[str, dict[Any, Any]] = {}
        self._tidied = False

    @classmethod
    @contextmanager
    def at(cls, folder: Path) -> Iterator[Self]:
        """The cache of a working folder. What a build that fails has made is kept too, and it drops nothing."""
        cache = cls(str(folder / "kept.sqlite"))
        try:
            yield cache
        finally:
            cache.close()

    @classmethod
    def remember(cls) -> None:
        """From here on, keep values that were read in the memory too: for a process that builds again and again."""
        cls._remembers = True

    @property
    def build(self) -> int:
        """The number of this build."""
        return self._rows.build

    @property
    def lately(self) -> int:
        """The last build of those that are not lately: what was used then is to be noted when it is used again."""
        return self._rows.build - KEPT // 2

    @property
    def long_ago(self) -> int:
        """The last build of those that are long ago: what none used since is dropped."""
        return self._rows.build - KEPT

    def text(self, what: str, made_from: object, make: Callable[[], str]) -> str:
        """A text by its kind and all that it is made from; the same words where that is the same, else ``make()``, which is kept."""
        return self.data(what, (code(), made_from), lambda: make().encode()).decode()

    def data(self, what: str, made_from: object, make: Callable[[], bytes]) -> bytes:
        """The same for bytes that no code of ours has a hand in: ``made_from`` names the versions of what makes them."""
        if found := self._rows.find(key := digest((what, made_from))):
            return self.read(found)
        self._rows.put(key, data := make())
        return data

    def held(self, what: str, made_from: object, make: Callable[[], bytes]) -> Held:
        """The same as ``text`` for bytes, which are not read where they are kept."""
        return self._rows.find(key := digest((what, (code(), made_from)))) or self._rows.put(key, make())

    def batch(self, what: str, made_from: Sequence[object], make: Callable[[Sequence[int]], Iterable[bytes]]) -> list[Held]:
        """The same as ``data`` for many of a kind, unread: ``make`` is given the places of those that are not kept, if there are any."""
        keys = [digest((what, each)) for each in made_from]
        held = {key: self._rows.find(key) for key in keys}
        missing = [index for index, key in enumerate(keys) if held[key] is None]
        made = make(missing) if missing else ()
        held |= {keys[index]: self._rows.put(keys[index], data) for index, data in zip(missing, made, strict=True)}
        return [each for key in keys if (each := held[key])]

    def hold(self, data: bytes, name: str = "") -> Held:
        """Lay some bytes there under their own sum, or under a name in the place of what lay there."""
        sum_of = hashlib.sha256(data).hexdigest()
        found = self._rows.find(name or sum_of)
        return found if found and found.sum == sum_of else self._rows.put(name or sum_of, data)

    def has(self, held: Held) -> bool:
        """Whether they lie there still."""
        return self._rows.find(held.key) == held

    def read(self, held: Held) -> bytes:
        """The bytes. Raises ``MachineFailed`` where they lie there no longer, since somebody wrote to the file."""
        found = self._rows.read(held.key)
        if found is None:
            raise MachineFailed(f"what the last build kept cannot be read; delete {self._path}, and build again")
        return found

    def value(self, made_from: object) -> Any:
        """A value of this project's own types that was ``put`` there; ``None`` where there is none that can be read."""
        return self.value_at(self.room(made_from))

    def put(self, made_from: object, value: object) -> None:
        """Keep a value under all that it is made from."""
        self.put_at(self.room(made_from), value)

    def room(self, made_from: object) -> str:
        """The beginning of the keys of what is made from something, by this very generator."""
        return digest((code(), made_from))

    def value_at(self, key: str) -> Any:
        """The same as ``value``, by a key."""
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
        """The same as ``put``, by a key."""
        old, new = self._rows.find(key), self._rows.put(key, to_json(value))
        if old and old.sum != new.sum:
            self._remembered.pop(old.sum, None)

    def notes(self, key: str, ready: Callable[[dict[Any, Any]], dict[Any, Any]] = lambda notes: notes) -> dict[Any, Any]:
        """A mapping that is kept whole from build to build, with all that is put into it; ``ready`` is what is done to it first."""
        if key not in self._notes:
            held = self._rows.find(key)
            found = (held and self._remembered.pop(held.sum, None)) or self._value(self._rows.read(key))
            self._notes[key] = ready(found if isinstance(found, dict) else {})
        return self._notes[key]

    def tidy(self) -> None:
        """Note what this build used, drop what the last ones did not, and flush it all to the disk.

        It is done before a site is published: a disk that is full is met while the old one stands.
        """
        self._rows.tidy()
        self._write_notes()
        self._tidied = True
        self._rows.commit()

    def close(self) -> None:
        """Flush it all to the disk."""
        if not self._tidied:
            self._write_notes()
        self._rows.close()

    def _write_notes(self) -> None:
        for key, notes in self._notes.items():
            held = self.hold(to_json(notes), key)
            if self._remembers:
                self._remembered[held.sum] = notes
