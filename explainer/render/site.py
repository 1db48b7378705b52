"""The files of the finished site, by path. Each path is used once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final, Self

from explainer.common.allowed import files as allowed_files
from explainer.common.problems import Place, Problems
from explainer.incremental.cache import Cache, CachedBytes
from explainer.incremental.files import Files
from explainer.publish.direction import Direction
from explainer.render.prose.blocks import Figure
from explainer.render.prose.paragraphs import Reading

Content = str | bytes | CachedBytes
"""The possible contents of a file."""
_LARGE: Final = 2**20
"""The size in bytes from which a file is stored on disk until the site is published.

The data of a ledger with many facts are as large as this.
"""


@dataclass
class Site:
    """The files of a site before they are published.

    ``docs`` are the input of the engine. ``files`` are put into the finished site as they are.
    ``records`` are pages of single records in the form of ``docs``. The engine makes a shell for
    them.
    """

    docs: Files = field(default_factory=Files)
    records: Files = field(default_factory=Files)
    files: Files = field(default_factory=Files)
    authors: dict[str, str] = field(default_factory=dict)
    """The author's file of each hand-written page, by the page's path in ``docs``."""
    cards: dict[str, tuple[str, str, Direction]] = field(default_factory=dict)
    """The social card of each page, by the card's path: title, sentence, and text direction."""
    figures: tuple[Figure, ...] = ()
    """The large figures of the home page. The page for a wrong address shows them too."""
    readings: dict[str, Reading] = field(default_factory=dict)
    """The length and readability of each hand-written page, by the author's file."""

    titles: dict[str, str] = field(default_factory=dict)
    """The title of each page, by its path below the site's root."""

    @classmethod
    def on(cls, cache: Cache) -> Self:
        """Return an empty site whose large files are stored in a cache."""
        return cls(Files(cache), Files(cache), Files(cache))

    def title_of(self, path: str) -> str:
        """Return the title of a page, or its path if it has none here."""
        return self.titles.get(path, path)

    _taken: dict[str, Place] = field(default_factory=dict, repr=False)
    """The place of the file at each address of the finished site.

    The key is the folded address, which is the same for all paths that some file system treats as
    one.
    """

    def has(self, address: str) -> bool:
        """Whether the finished site has a file at a path already."""
        return allowed_files.folded_name(address) in self._taken

    def add_doc(
        self, path: str, text: Content, problems: Problems, place: Place | None = None
    ) -> None:
        """Add a Markdown page or an asset for the engine."""
        self._add(self.docs, path, text, problems, place)

    def add_record(
        self, path: str, text: Content, problems: Problems, place: Place | None = None
    ) -> None:
        """Add the page of a record, in Markdown."""
        self._add(self.records, path, text, problems, place)

    def add_file(
        self, path: str, data: Content, problems: Problems, place: Place | None = None
    ) -> None:
        """Add a file of the finished site that the engine does not see."""
        self._add(self.files, path, data, problems, place)

    def _add(
        self, tree: Files, path: str, data: Content, problems: Problems, place: Place | None
    ) -> None:
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts:
            raise ValueError(f"{path!r} is not a path below the site")
        address = (
            f"{path.removesuffix('.md')}.html"
            if tree is not self.files and path.endswith(".md")
            else path
        )
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
        """Add the problem that two files have the same address, at the author's file."""
        at, other = (
            (first, second)
            if first.path.startswith("site_src/") and not second.path.startswith("site_src/")
            else (second, first)
        )
        message = (
            f"'{at.path}' and '{other.path}' both want the address"
            f" '{address.removesuffix('index.html')}'"
        )
        problems.add(at, "path-taken", message, "rename one of them")
