"""The site as it will be: paths to bytes, in memory, each written once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from explainer.problems import Place, Problems
from explainer.prose.blocks import Figure
from explainer.prose.reading import Reading


@dataclass
class Site:
    """``docs`` is what the engine reads; ``files`` stand in the finished site as they are."""

    docs: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
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

    def title_of(self, path: str) -> str:
        """A page's title; its path where it has none here."""
        return self.titles.get(path, path)

    def add_doc(self, path: str, text: str, problems: Problems, place: Place | None = None) -> None:
        """A Markdown page or an asset for the engine."""
        _add(self.docs, path, text.encode(), problems, place)

    def add_file(self, path: str, data: bytes | str, problems: Problems, place: Place | None = None) -> None:
        """A file of the finished site that the engine never sees."""
        _add(self.files, path, data.encode() if isinstance(data, str) else data, problems, place)


def _add(tree: dict[str, bytes], path: str, data: bytes, problems: Problems, place: Place | None) -> None:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts:
        raise ValueError(f"{path!r} is not a path below the site")
    if path in tree:
        problems.add(place or Place(path), "path-taken", f"two pages want the address '{path}'", "rename one of them")
        return
    tree[path] = data
