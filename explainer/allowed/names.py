"""Names of files: which are content, which are what editors and systems leave behind, and which clash on some disks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

_LEFT_BEHIND = re.compile(
    r"""(?:
      \.(?!well-known\Z|nojekyll\Z)[^.]*            # .DS_Store, .gitkeep, .obsidian/, .vscode/; but not .picture.svg
    | \.[_#~].*                 # ._a.yaml of macOS, .#a.yaml of Emacs, .~lock.a.csv# of LibreOffice
    | .*~                       # Emacs, Vim, gedit, LibreOffice (with .~lock…#)
    | \#.*\#                    # Emacs
    | .*\.(?:swp|swo|swx|bak|orig|rej|tmp|temp|part|crdownload)
    | Thumbs\.db | ehthumbs\.db | desktop\.ini | Icon\r | __MACOSX | __pycache__ | \$RECYCLE\.BIN
    | 4913                      # Vim, while it tries whether it may write
    )\Z""",
    re.VERBOSE | re.IGNORECASE,
)
NOTES: Final = re.compile(r"(?:README|LICEN[SC]E|COPYING|NOTICE|AUTHORS|CONTRIBUTING|CHANGELOG)(?:\.(?:md|txt|rst))?\Z")
"""What people write for each other beside their files, in capital letters as is the custom; nothing reads it."""


def is_left_behind(path: str) -> bool:
    """Whether an editor or a system made a file, or a folder above it, for itself: nobody means it as content."""
    return any(_LEFT_BEHIND.match(part) for part in path.split("/"))


def is_note(path: str) -> bool:
    """Whether a file is a note of people's for each other."""
    return NOTES.match(path.rpartition("/")[2]) is not None


def folded(path: str) -> str:
    """What is the same for paths that some disk takes for one: letters small and capital, composed and decomposed, wide and narrow."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", path).casefold())


def clashes(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each path that some disk takes for another, or that lies below a file, with that other."""
    first: dict[str, str] = {}
    for path in sorted(paths):
        known = first.setdefault(folded(path), path)
        if known != path:
            yield path, known
    for same, path in first.items():
        above = same.rpartition("/")[0]
        while above:
            if above in first:
                yield path, first[above]
            above = above.rpartition("/")[0]


def is_text(path: str) -> bool:
    """Whether a name is UTF-8; systems hand on others with marks in the place of their bytes."""
    return not any("\ud800" <= letter <= "\udfff" for letter in path)
