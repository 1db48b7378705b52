"""Parts of a site, such as the page of one fact: each is made again only where something that it looked at has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from explainer.ledger.looking import Look, Looked, looking, note
from explainer.pickled import digest
from explainer.shelf import Shelf

Part = TypeVar("Part")


class Parts:
    """The parts that are made from some records; all else that they depend on is the ``ground``."""

    def __init__(self, shelf: Shelf, ground: object, records: Iterable[Looked[object]]) -> None:
        self._shelf, self._ground = shelf, digest(ground)
        self._records = {each.kind: each for each in records}
        self._sums: dict[Look, str] = {}

    def get(self, what: str, about: object, make: Callable[[], Part], *, keep: Callable[[Part], bool] = lambda _: True) -> Part:
        """A part by its kind and what it is about: as the last build made it, or else ``make()``.

        ``make`` is to look up all records by itself. It is kept only where ``keep`` agrees.
        """
        key, known = (what, about, self._ground), self._sums
        found: tuple[tuple[tuple[Look, str], ...], Part] | None = self._shelf.value(key)
        if found is not None and all((known.get(look) or self._sum(look)) == was for look, was in found[0]):
            note(*(look for look, _ in found[0]))
            return found[1]
        with looking() as looked:
            part = make()
        note(*looked)
        if keep(part):
            self._shelf.put(key, (tuple((look, self._sum(look)) for look in sorted(looked)), part))
        return part

    def _sum(self, look: Look) -> str:
        self._sums[look] = self._records[look[0]].sum(look[1])
        return self._sums[look]
