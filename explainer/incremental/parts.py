"""A cache of parts of a site, such as the page of one fact.

A part is made again only if a record that it looked at has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeVar, cast

from explainer.common.typed_json import to_json
from explainer.incremental.cache import Cache, CachedBytes
from explainer.model.digests import digest
from explainer.model.tracking import Look, Looked, is_noted, looking, note

Part = TypeVar("Part")
Seen = tuple[Look, str]
"""A record that was looked at, and its digest at that time."""
Made = tuple[int, tuple[int, ...], *tuple[Any, ...]]
"""A part's entry: the last build that used it, and the numbers of the records that it looked at.

A small part follows as a third item; a larger one has an entry of its own in the cache.
"""
_SMALL: Final = 2_000
"""The most bytes of JSON of a small part."""
_FEW: Final = 1000


class Parts:
    """The parts that are made from some records.

    ``ground`` is everything else that they depend on.
    """

    def __init__(self, cache: Cache, ground: object, records: Iterable[Looked[object]]) -> None:
        self._cache, self._room = cache, cache.room(("parts", ground))
        notes = cache.notes(self._room, partial(_trimmed, long_ago=cache.long_ago))
        self._seen: dict[Seen, int] = notes["seen"]
        self._made: dict[str, Made] = notes["made"]
        self._holds = _Holds(list(self._seen), {each.kind: each for each in records})

    def get(
        self,
        what: str,
        about: object,
        make: Callable[[], Part],
        *,
        keep: Callable[[Part], bool] = lambda _: True,
    ) -> Part:
        """Return a part, from the cache if it is there and still valid, otherwise from ``make()``.

        ``what`` is the kind of the part, and ``about`` is what it is about. ``make`` must look up
        all records itself, so that they are tracked. A part is stored in the cache, and taken from
        it, only if ``keep(part)`` is true.
        """
        key = f"{what} {about if isinstance(about, str) else digest(about)}"
        if (found := self._found(key)) and keep(found[0]):
            return cast("Part", found[0])
        with looking() as looked:
            part = make()
        note(*looked)
        if keep(part):
            numbers, small = (
                tuple(self._number(look) for look in sorted(looked)),
                len(to_json(part)) <= _SMALL,
            )
            self._made[key] = (
                (self._cache.build, numbers, part) if small else (self._cache.build, numbers)
            )
            if not small:
                self._cache.put_at(f"{self._room} {key}", (part,))
        return part

    def _found(self, key: str) -> Sequence[Any]:
        """Return the part in a sequence, or an empty one if a record that it looked at has changed.

        If it is returned, its records are tracked as looked at; comparing digests tracks nothing.
        """
        if (made := self._made.get(key)) is None:
            return ()
        used, numbers, *small = made
        if not all(map(self._holds.__getitem__, numbers)):
            return ()
        if used <= self._cache.lately:
            self._made[key] = (self._cache.build, *made[1:])
        if is_noted():
            note(*(self._holds.seen[number][0] for number in numbers))
        return small or self._cache.value_at(f"{self._room} {key}") or ()

    def file(self, what: str, about: object, make: Callable[[], str | bytes]) -> CachedBytes:
        """Return a part that is a file. Its bytes are in the cache, and are not read here."""

        def held() -> CachedBytes:
            made = make()
            return self._cache.hold(made.encode() if isinstance(made, str) else made)

        return self.get(what, about, held, keep=self._cache.has)

    def _number(self, look: Look) -> int:
        """Return the number of a record with its present digest in what was seen."""
        seen = look, self._holds.sum(look)
        if seen not in self._seen:
            self._seen[seen] = len(self._seen)
            self._holds.seen.append(seen)
        return self._seen[seen]


def _trimmed(notes: dict[str, Any], long_ago: int) -> dict[str, Any]:
    """Return the notes without the parts that no build has used for long.

    If too many records were seen, also drop those that no remaining part needs. This is done again
    when there are more than twice as many as are needed now, and ``_FEW`` besides.
    """
    made: dict[str, Made] = {
        key: each for key, each in notes.get("made", {}).items() if each[0] > long_ago
    }
    seen: dict[Seen, int] = notes.get("seen", {})
    if len(seen) > notes.get("most", _FEW):
        used, old = sorted(set[int]().union(*(each[1] for each in made.values()))), list(seen)
        new = {number: at for at, number in enumerate(used)}
        made = {
            key: (build, tuple(map(new.__getitem__, numbers)), *small)
            for key, (build, numbers, *small) in made.items()
        }
        seen = {old[number]: at for number, at in new.items()}
        notes["most"] = 2 * len(used) + _FEW
    return {**notes, "made": made, "seen": seen}


class _Holds(dict[int, bool]):
    """Whether a record still has the digest with which it was seen, by its number in ``seen``.

    Each is worked out when it is first needed.
    """

    def __init__(self, seen: list[Seen], records: Mapping[str, Looked[object]]) -> None:
        super().__init__()
        self.seen, self._records = seen, records

    def __missing__(self, number: int) -> bool:
        look, was = self.seen[number]
        self[number] = self.sum(look) == was
        return self[number]

    def sum(self, look: Look) -> str:
        """Return the present digest of a record."""
        return self._records[look[0]].sum(look[1])
