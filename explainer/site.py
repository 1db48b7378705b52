"""The site as it will be: paths to bytes, each put there once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final, Self

from explainer.files import Files
from explainer.problems import Place, Problems
from explainer.prose.blocks import Figure
from explainer.prose.reading import Reading
from explainer.shelf import Held, Shelf

Content = str | bytes | Held
"""What a file may be made of."""
_LARGE: Final = 2**20
"""How many bytes are too many to lie in the memory until the site is published: the whole ledger, of many facts."""


@dataclass
class Site:
    """``docs`` is what the engine reads; ``files`` stand in the finished site as they are."""

    docs: Files = field(default_factory=Files)
    files: Files = field(default_factory=Files)
    authors: dict[str, str] = field(default_factory=dict)
    """The author's file behind each page that was written by hand, by the page's path in ``docs``."""
    cards: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The social card of each page: its path, and the title and the sentence that it shows."""
    figures: tuple[Figure, ...] = ()
    """The large figures of the home page, which the page for a wrong address shows too."""
    readings: dict[str, Reading] = field(default_factory=dict)
    """How long and how hard each hand-written page is, by the author's file."""

    titles: dict[str, str] = field(default_factory=dict)
    """The title of each page, by its path below the site's root."""

    @classmethod
    def on(cls, shelf: Shelf) -> Self:
        """An empty site, some of whose files will lie on a shelf."""
        return cls(Files(shelf), Files(shelf))

    def title_of(self, path: str) -> str:
        """A page's title; its path where it has none here."""
        return self.titles.get(path, path)

    def add_doc(self, path: str, text: Content, problems: Problems, place: Place | None = None) -> None:
        """A Markdown page or an asset for the engine."""
        _add(self.docs, path, text, problems, place)

    def add_file(self, path: str, data: Content, problems: Problems, place: Place | None = None) -> None:
        """A file of the finished site that the engine never sees."""
        _add(self.files, path, data, problems, place)


def _add(tree: Files, path: str, data: Content, problems: Problems, place: Place | None) -> None:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts:
        raise ValueError(f"{path!r} is not a path below the site")
    if path in tree:
        problems.add(place or Place(path), "path-taken", f"two pages want the address '{path}'", "rename one of them")
        return
    data = data.encode() if isinstance(data, str) else data
    if isinstance(data, bytes) and len(data) >= _LARGE:
        tree.put_away(path, data)
    else:
        tree.put(path, data)
