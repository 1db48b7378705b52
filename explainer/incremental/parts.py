"""Parts of a site, such as the page of one fact: each is made again only where something that it looked at has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeVar, cast

from explainer.common.typed_json import to_json
from explainer.incremental.cache import Cache, Held
from explainer.model.digests import digest
from explainer.model.tracking import Look, Looked, is_noted, looking, note

Part = TypeVar("Part")
Seen = tuple[Look, str]
"""A record that was looked at, and its sum as it was then."""
Made = tuple[int, tuple[int, ...], *tuple[Any, ...]]
"""The build that used a part last, the numbers of what it looked at, and the part, where that is small; else it lies in the cache."""
_SMALL: Final = 2_000
"""How many bytes are small."""
_FEW: Final = 1000


class Parts:
    """The parts that are made from some records; all else that they depend on is the ``ground``."""

    def __init__(self, cache: Cache, ground: object, records: Iterable[Looked[object]]) -> None:
        self._cache, self._room = cache, cache.room(("parts", ground))
        notes = cache.notes(self._room, partial(_trimmed, long_ago=cache.long_ago))
        self._seen: dict[Seen, int] = notes["seen"]
        self._made: dict[str, Made] = notes["made"]
        self._holds = _Holds(list(self._seen), {each.kind: each for each in records})

    def get(self, what: str, about: object, make: Callable[[], Part], *, keep: Callable[[Part], bool] = lambda _: True) -> Part:
        """A part by its kind and what it is about: as the last build made it, or else ``make()``.

        ``make`` is to look up all records by itself. It is kept only where ``keep`` agrees, and found again only where it does.
        """
        key = f"{what} {about if isinstance(about, str) else digest(about)}"
        if (found := self._found(key)) and keep(found[0]):
            return cast("Part", found[0])
        with looking() as looked:
            part = make()
        note(*looked)
        if keep(part):
            numbers, small = tuple(self._number(look) for look in sorted(looked)), len(to_json(part)) <= _SMALL
            self._made[key] = (self._cache.build, numbers, part) if small else (self._cache.build, numbers)
            if not small:
                self._cache.put_at(f"{self._room} {key}", (part,))
        return part

    def _found(self, key: str) -> Sequence[Any]:
        """The part in a list, if it was made from records as they are now; nobody has looked at them otherwise."""
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

    def file(self, what: str, about: object, make: Callable[[], str | bytes]) -> Held:
        """A part that is a file: it lies in the cache, and is not read."""

        def held() -> Held:
            made = make()
            return self._cache.hold(made.encode() if isinstance(made, str) else made)

        return self.get(what, about, held, keep=self._cache.has)

    def _number(self, look: Look) -> int:
        """What stands for a record as it is now."""
        seen = look, self._holds.sum(look)
        if seen not in self._seen:
            self._seen[seen] = len(self._seen)
            self._holds.seen.append(seen)
        return self._seen[seen]


def _trimmed(notes: dict[str, Any], long_ago: int) -> dict[str, Any]:
    """Notes of parts: without those that no build used for long, and with no more of what was seen than twice what the others need."""
    made: dict[str, Made] = {key: each for key, each in notes.get("made", {}).items() if each[0] > long_ago}
    seen: dict[Seen, int] = notes.get("seen", {})
    if len(seen) > notes.get("most", _FEW):
        used, old = sorted(set[int]().union(*(each[1] for each in made.values()))), list(seen)
        new = {number: at for at, number in enumerate(used)}
        made = {key: (build, tuple(map(new.__getitem__, numbers)), *small) for key, (build, numbers, *small) in made.items()}
        seen = {old[number]: at for number, at in new.items()}
        notes["most"] = 2 * len(used) + _FEW
    return {**notes, "made": made, "seen": seen}


class _Holds(dict[int, bool]):
    """Whether a record is as it was when it was seen, by the number of that; found out when it is asked for the first time."""

    def __init__(self, seen: list[Seen], records: Mapping[str, Looked[object]]) -> None:
        super().__init__()
        self.seen, self._records = seen, records

    def __missing__(self, number: int) -> bool:
        look, was = self.seen[number]
        self[number] = self.sum(look) == was
        return self[number]

    def sum(self, look: Look) -> str:
        """The sum of a record as it is now."""
        return self._records[look[0]].sum(look[1])
