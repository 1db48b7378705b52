"""Track which records each part of a site reads, so that a build remakes only what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from typing import Any, Final, Generic, TypeVar

from explainer.model.digests import digest

Look = tuple[str, str]
"""A kind of record and an id. An empty id means all records of the kind: how many and which."""
Key = TypeVar("Key")
Item_co = TypeVar("Item_co", covariant=True)
Answer = TypeVar("Answer")

_MOST: Final = 16_384
"""The largest number of answers that a ``Memory`` keeps."""
_open: list[set[Look]] = []
"""The reads noted for each thing that is being made, the innermost last."""


class Looked(Mapping[str, Item_co]):
    """A read-only mapping of records of one kind by id, in their order, that notes every read."""

    def __init__(
        self,
        kind: str,
        records: Mapping[str, Item_co],
        made_from: Mapping[str, frozenset[Look]] | None = None,
        sum_of: Callable[[Any], str] = digest,
    ) -> None:
        """Wrap ``records``, which are of the kind ``kind``.

        ``made_from`` maps an id to the reads that the record was made from. Reading that record
        notes those reads instead. ``sum_of`` returns the digest of a record.
        """
        self.kind, self._records, self._made_from, self._sum_of = (
            kind,
            records,
            made_from or {},
            sum_of,
        )
        self._sums: dict[str, str] = {}

    def __getitem__(self, name: str) -> Item_co:
        self._note(name)
        return self._records[name]

    def __contains__(self, name: object) -> bool:
        self._note(str(name))
        return name in self._records

    def __iter__(self) -> Iterator[str]:
        note((self.kind, ""))
        return iter(self._records)

    def __len__(self) -> int:
        note((self.kind, ""))
        return len(self._records)

    def fill(self, records: Mapping[str, Any]) -> None:
        """Set all records, once. Raises ``RuntimeError`` if a digest was asked for before."""
        if self._sums:
            raise RuntimeError(f"'{self.kind}' were looked at before they were there")
        self._records = {**records}

    def know(self, sums: Mapping[str, str]) -> None:
        """Take digests that were computed when the records were read, by id."""
        self._sums |= {name: sums[name] for name in sums if name in self._records}

    def sum(self, name: str) -> str:
        """Return the digest of one record, or with an empty name that of all and their order.

        This notes no read.
        """
        if name not in self._sums:
            every = [(each, self.sum(each)) for each in self._records] if not name else []
            self._sums[name] = (
                self._sum_of(self._records[name])
                if name in self._records
                else digest(every or None)
            )
        return self._sums[name]

    def _note(self, name: str) -> None:
        note(*self._made_from.get(name, ((self.kind, name),)))


class Memory(Generic[Key, Answer]):
    """A cache of answers that also keeps the reads behind each answer.

    Getting a cached answer notes those reads again. When the cache is full (``_MOST`` answers),
    the oldest quarter is dropped, because what is made of one fact is mostly made together. A
    dropped answer is made again when it is asked for.
    """

    def __init__(self) -> None:
        self._kept: dict[Key, tuple[Answer, frozenset[Look]]] = {}

    def get(self, key: Key, make: Callable[[], Answer]) -> Answer:
        """Return the answer for a key, and make it if it is not cached.

        An exception is not cached: the next call makes the answer again. The reads of a call that
        raises are not noted.
        """
        if key not in self._kept:
            with looking() as looked:
                answer = make()
            self._forget()
            self._kept[key] = answer, frozenset(looked)
        answer, seen = self._kept[key]
        note(*seen)
        return answer

    def _forget(self) -> None:
        """Drop the oldest quarter of the answers if the cache is full."""
        if len(self._kept) >= _MOST:
            for key in list(islice(self._kept, _MOST // 4)):
                del self._kept[key]


class from_all(cached_property[Answer]):  # noqa: N801
    """A cached property that is computed once from all records.

    The reads of the computation are not noted. The result notes reads of its own parts.
    """

    def __get__(self, instance: Any, owner: type[Any] | None = None) -> Any:
        with looking():
            return super().__get__(instance, owner)


@contextmanager
def looking() -> Iterator[set[Look]]:
    """Collect the reads noted inside the ``with`` block.

    They are not passed on to what is being made around the block: use ``note`` for that.
    """
    looked: set[Look] = set()
    _open.append(looked)
    try:
        yield looked
    finally:
        _open.pop()


def is_noted() -> bool:
    """Return whether reads are being collected at the moment."""
    return bool(_open)


def note(*looks: Look) -> None:
    """Note reads for the innermost thing that is being made, if there is one."""
    if _open:
        _open[-1].update(looks)
