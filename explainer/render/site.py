"""The site as it will be: paths to bytes, each put there once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final, Self

from explainer.common.allowed import files as allowed_files
from explainer.common.problems import Place, Problems
from explainer.incremental.cache import Cache, Held
from explainer.incremental.files import Files
from explainer.publish.direction import Direction
from explainer.render.prose.blocks import Figure
from explainer.render.prose.paragraphs import Reading

Content = str | bytes | Held
"""What a file may be made of."""
_LARGE: Final = 2**20
"""How many bytes are too many to lie in the memory until the site is published: the whole ledger, of many facts."""


@dataclass
class Site:
    """``docs`` is what the engine reads; ``files`` stand in the finished site as they are; ``records`` are the pages of single records,
    written as ``docs`` are, for which the engine makes a shell.
    """

    docs: Files = field(default_factory=Files)
    records: Files = field(default_factory=Files)
    files: Files = field(default_factory=Files)
    authors: dict[str, str] = field(default_factory=dict)
    """The author's file behind each page that was written by hand, by the page's path in ``docs``."""
    cards: dict[str, tuple[str, str, Direction]] = field(default_factory=dict)
    """The social card of each page: its path, the title and the sentence that it shows, and their language's direction."""
    figures: tuple[Figure, ...] = ()
    """The large figures of the home page, which the page for a wrong address shows too."""
    readings: dict[str, Reading] = field(default_factory=dict)
    """How long and how hard each hand-written page is, by the author's file."""

    titles: dict[str, str] = field(default_factory=dict)
    """The title of each page, by its path below the site's root."""

    @classmethod
    def on(cls, cache: Cache) -> Self:
        """An empty site, some of whose files will lie on a cache."""
        return cls(Files(cache), Files(cache), Files(cache))

    def title_of(self, path: str) -> str:
        """A page's title; its path where it has none here."""
        return self.titles.get(path, path)

    _taken: dict[str, Place] = field(default_factory=dict, repr=False)
    """Who has each address of the finished site, by the address as some disks have it."""

    def has(self, address: str) -> bool:
        """Whether a file of the finished site is there already, by its path."""
        return allowed_files.folded_name(address) in self._taken

    def add_doc(self, path: str, text: Content, problems: Problems, place: Place | None = None) -> None:
        """A Markdown page or an asset for the engine."""
        self._add(self.docs, path, text, problems, place)

    def add_record(self, path: str, text: Content, problems: Problems, place: Place | None = None) -> None:
        """The page of a record, in Markdown."""
        self._add(self.records, path, text, problems, place)

    def add_file(self, path: str, data: Content, problems: Problems, place: Place | None = None) -> None:
        """A file of the finished site that the engine never sees."""
        self._add(self.files, path, data, problems, place)

    def _add(self, tree: Files, path: str, data: Content, problems: Problems, place: Place | None) -> None:
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts:
            raise ValueError(f"{path!r} is not a path below the site")
        address = f"{path.removesuffix('.md')}.html" if tree is not self.files and path.endswith(".md") else path
        here = place or Place(path)
        first = self._taken.setdefault(allowed_files.folded_name(address), here)
        if path in tree or first is not here:
            self._refuse(address, first, here, problems)
            return
        data = data.encode() if isinstance(data, str) else data
        if isinstance(data, bytes) and len(data) >= _LARGE:
            tree.put_away(path, data)
        else:
            tree.put(path, data)

    @staticmethod
    def _refuse(address: str, first: Place, second: Place, problems: Problems) -> None:
        """Tell that two files want one address, at the one that an author wrote."""
        at, other = (first, second) if first.path.startswith("site_src/") and not second.path.startswith("site_src/") else (second, first)
        message = f"'{at.path}' and '{other.path}' both want the address '{address.removesuffix('index.html')}'"
        problems.add(at, "path-taken", message, "rename one of them")
