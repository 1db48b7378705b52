"""Which records a part of the site looked at, so that only what depends on a change is made
again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from typing import Any, Final, Generic, TypeVar

from explainer.model.digests import digest

Look = tuple[str, str]
"""A kind of record and an id; an empty one for all of the kind, and how many and which there
are."""
Key = TypeVar("Key")
Item_co = TypeVar("Item_co", covariant=True)
Answer = TypeVar("Answer")

_MOST: Final = 16_384
"""How many answers are kept."""
_open: list[set[Look]] = []
"""What has been looked at by each thing that is being made, the innermost last."""


class Looked(Mapping[str, Item_co]):
    """Records of a kind by id, in their order, that note who looks at them."""

    def __init__(
        self,
        kind: str,
        records: Mapping[str, Item_co],
        made_from: Mapping[str, frozenset[Look]] | None = None,
        sum_of: Callable[[Any], str] = digest,
    ) -> None:
        """``made_from`` says what each was made from, where they were made: whoever looks at one
        has looked at that. ``sum_of`` is what tells a record from another.
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
        """Put all of them there, once, before anybody looks."""
        if self._sums:
            raise RuntimeError(f"'{self.kind}' were looked at before they were there")
        self._records = {**records}

    def know(self, sums: Mapping[str, str]) -> None:
        """Take the sums of some of them, which were worked out when they were read."""
        self._sums |= {name: sums[name] for name in sums if name in self._records}

    def sum(self, name: str) -> str:
        """A sum over one of them, or with no name over all and their order; nobody has looked at
        them for that.
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
    """Answers that were worked out before. Whoever is given one has looked at what it was worked
    out from.

    It holds the newest few thousand, since what is made of one fact is mostly made together; an
    older one is worked out again.
    """

    def __init__(self) -> None:
        self._kept: dict[Key, tuple[Answer, frozenset[Look]]] = {}

    def get(self, key: Key, make: Callable[[], Answer]) -> Answer:
        """The answer; what raises is asked again."""
        if key not in self._kept:
            with looking() as looked:
                answer = make()
            self._forget()
            self._kept[key] = answer, frozenset(looked)
        answer, seen = self._kept[key]
        note(*seen)
        return answer

    def _forget(self) -> None:
        """Make room for another answer."""
        if len(self._kept) >= _MOST:
            for key in list(islice(self._kept, _MOST // 4)):
                del self._kept[key]


class from_all(cached_property[Answer]):  # noqa: N801
    """What is worked out once from all records, whose parts are noted by themselves when they are
    looked at.
    """

    def __get__(self, instance: Any, owner: type[Any] | None = None) -> Any:
        with looking():
            return super().__get__(instance, owner)


@contextmanager
def looking() -> Iterator[set[Look]]:
    """What is looked at meanwhile; whoever makes something around it has to be told by ``note``."""
    looked: set[Look] = set()
    _open.append(looked)
    try:
        yield looked
    finally:
        _open.pop()


def is_noted() -> bool:
    """Whether somebody is told who looks at what."""
    return bool(_open)


def note(*looks: Look) -> None:
    """Note that something is looked at."""
    if _open:
        _open[-1].update(looks)
