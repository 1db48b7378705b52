"""Reads a project's files: only plain files inside the project, of clean UTF-8 and limited size."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate, islice
from pathlib import Path

from explainer.common.allowed import files as allowed_files
from explainer.common.characters import Stray, invisible_characters, strays_in_source
from explainer.common.problems import Place, Problems
from explainer.common.suggestions import did_you_mean
from explainer.common.trees import MAX_DEPTH, Found, scan_author_folder

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
MAX_BYTES = 1_000_000
"""The most bytes of a page, text or YAML file; a longer one must be split."""
_MOST_HIDDEN = 1000
"""The most invisible characters that are reported for one file."""


class Folder:
    """The project's folder. All reading of a project's files goes through it.

    It is a snapshot: each folder is listed once, and each file is read once. So the same bytes are
    hashed, checked and used, even if the disk changes meanwhile. No symbolic link is followed.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._found: dict[str, Found] = {}
        self._paths: dict[str, tuple[str, ...]] = {}
        self._held: dict[str, bytes] = {}

    def list(self, below: str, *suffixes: str) -> list[str]:
        """Return the paths of the files below a folder, sorted, relative to the project.

        Links and devices are included, so that they can be refused. Files that editors leave
        behind and names that are not UTF-8 are left out; ``all`` includes them.
        """
        found = (
            path
            for path in self.all(below)
            if allowed_files.is_text(path) and not allowed_files.is_editor_file(path)
        )
        return [
            path
            for path in found
            if not suffixes or Path(path).suffix in suffixes or self.is_link(path)
        ]

    def all(self, below: str) -> tuple[str, ...]:
        """Return the paths of everything below a folder that is not a folder itself.

        They are sorted, and relative to the project.
        """
        top, _, inner = below.strip("/").partition("/")
        if top not in self._paths:
            self._paths[top] = tuple(sorted(f"{top}/{path}" for path in self._look(top).files))
        return (
            tuple(path for path in self._paths[top] if path.startswith(f"{top}/{inner}/"))
            if inner
            else self._paths[top]
        )

    def exists(self, path: str) -> bool:
        """Return whether a path exists. It is one of the project's folders, or is below one."""
        top, _, inner = path.strip("/").partition("/")
        found = self._look(top)
        return (
            inner in found.files or inner in found.folders
            if inner
            else bool(found.files or found.folders)
        )

    def is_link(self, path: str) -> bool:
        """Return whether a path from ``all`` is a symbolic link."""
        top, _, inner = path.partition("/")
        entry = self._look(top).files.get(inner)
        return entry is not None and entry.is_symlink()

    def check(self, tops: Iterable[str], problems: Problems) -> None:
        """Add a problem for each of the given folders that cannot be listed, wholly or in part."""
        for top in tops:
            if (self.root / top).is_symlink():
                problems.add(
                    Place(top),
                    "outside-project",
                    f"'{top}' is a symbolic link",
                    "copy the folder into the project",
                )
            elif (self.root / top).exists() and not (self.root / top).is_dir():
                problems.add(
                    Place(top),
                    "outside-project",
                    f"'{top}' is no folder",
                    "give the file another name",
                )
            found = self._look(top)
            for path in found.deep:
                message = f"'{top}/{path[:80]}' lies in more than {MAX_DEPTH} folders"
                problems.add(
                    Place(f"{top}/{path}"),
                    "file-size",
                    message,
                    "move it to where fewer lie around it, or take it out",
                )
            for path, why in found.unread.items():
                full = f"{top}/{path}".rstrip("/")
                problems.add(
                    Place(full),
                    "file-missing",
                    f"'{full[:80]}' cannot be looked into: {why}",
                    "check its name and its permissions",
                )

    def _look(self, top: str) -> Found:
        """Return what is below one of the project's folders, by paths relative to that."""
        if top not in self._found:
            self._found[top] = scan_author_folder(self.root / top)
        return self._found[top]

    def read_bytes(
        self, path: str, problems: Problems, at: Place | None = None, *, most: int = MAX_BYTES
    ) -> bytes | None:
        """Return a file's bytes, or None after adding a problem.

        The problem is at ``at``, or at the file itself if that is None. ``most`` is the most bytes
        that the file may have.
        """
        held = self._held.get(path)
        if held is not None and len(held) <= most:
            return held
        place = at or Place(path)
        try:
            data = self._read(path, place, problems, most)
        except (OSError, ValueError) as error:  # a name too long, a null byte, a permission
            reason = getattr(error, "strerror", None) or str(error)
            problems.add(
                place, "file-missing", f"'{path[:80]}' cannot be read: {reason}", "check the name"
            )
            return None
        if data is not None and len(data) <= MAX_BYTES:  # fonts are larger, and used only once
            self._held[path] = data
        return data

    def _read(self, path: str, place: Place, problems: Problems, most: int) -> bytes | None:
        full = self.root / path
        if self._is_behind_a_link(path):
            problems.add(
                place,
                "outside-project",
                f"'{path}' is, or lies behind, a symbolic link",
                "copy the file into the project",
            )
            return None
        if not full.resolve().is_relative_to(self.root) or ".." in full.parts:
            problems.add(
                place,
                "outside-project",
                f"'{path}' leaves the project",
                "name a file below the project's folder",
            )
            return None
        if not full.exists():
            beside = self.all(path.partition("/")[0]) if "/" in path else ()
            hint = did_you_mean(path, beside, "check the name, or add the file")
            problems.add(place, "file-missing", f"there is no file '{path}'", hint)
            return None
        if not full.is_file():
            problems.add(
                place,
                "outside-project",
                f"'{path}' is not a plain file",
                "only plain files can be read",
            )
            return None
        data = _bytes_below(self.root, path, most)
        if len(data) > most:
            size = max(full.stat().st_size, len(data))
            problems.add(
                place,
                "file-size",
                f"'{path}' has {size:,} bytes; at most {most:,}",
                "split the file",
            )
            return None
        return data

    def _is_behind_a_link(self, path: str) -> bool:
        steps = accumulate(path.split("/"), lambda above, name: f"{above}/{name}")
        return any((self.root / step).is_symlink() for step in steps)

    def read_text(
        self, path: str, problems: Problems, at: Place | None = None, *, ours: bool = True
    ) -> str | None:
        """Return a file's text, or None after adding a problem. Line ends become line feeds.

        ``ours`` says whether an author wrote the file. The text of a source may contain more, such
        as soft hyphens; the matching of quotes handles these.
        """
        raw = self.read_bytes(path, problems, at)
        if raw is None:
            return None
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
            problems.add(Place(path, line, column), "utf8", *_not_utf8(raw, error.start))
            return None
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        if ours and _is_torn(path, text, problems):
            return None
        return (
            text
            if _clean(
                path,
                text,
                invisible_characters(text, entities=False) if ours else strays_in_source(text),
                problems,
            )
            else None
        )


_TORN = re.compile(r"^<{7} .*$|^>{7} .*$", re.MULTILINE)
_TORN_AT = re.compile(r"^={7}$|^>{7} |^\|{7} ", re.MULTILINE)


def _is_torn(path: str, text: str, problems: Problems) -> bool:
    """Return whether a file has git's conflict markers, and add a problem if so."""
    first = _TORN.search(text)
    if first is None or not (first.group().startswith(">") or _TORN_AT.search(text, first.end())):
        return False
    place = Place(path, text.count("\n", 0, first.start()) + 1)
    message = (
        f"git's mark '{first.group()[:40]}' stands here: two people changed these lines, and both"
        " versions follow"
    )
    problems.add(
        place,
        "merge-conflict",
        message,
        "keep the version that is right, and delete the lines with <<<<<<<, ======= and >>>>>>>",
    )
    return True


def encoding_of(raw: bytes) -> str:
    """Return the encoding in which a text file seems to be saved."""
    return "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"


def _not_utf8(raw: bytes, at: int) -> tuple[str, str]:
    """Return the message and the hint for a file that is not UTF-8."""
    hint = "save the file as UTF-8: in most editors under Save as, Encoding"
    if encoding_of(raw) == "utf-16":
        return f"the file is saved as UTF-16, and not as UTF-8 (byte 0x{raw[at]:02x})", hint
    meant = raw[at : at + 1].decode("cp1252", errors="replace")
    said = f"byte 0x{raw[at]:02x} is not UTF-8"
    return (
        f"{said}; in the encoding of Western Windows it is '{meant}'"
        if meant.isprintable() and meant != "\ufffd"
        else said
    ), hint


def _bytes_below(root: Path, path: str, most: int) -> bytes:
    """Return the same as ``plain_bytes`` for a path below a folder.

    Each folder on the way is opened within the one before it, and must not be a link. So it is
    safe if something replaced a folder after it was checked.
    """
    *above, name = path.split("/")
    here = os.open(root, _FOLDER)
    try:
        for part in above:
            inner = os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here = inner
        return plain_bytes(Path(name), most, within=here)
    finally:
        os.close(here)


def plain_bytes(path: Path, most: int, *, within: int | None = None) -> bytes:
    """Return the first ``most`` bytes of a plain file, and one more if it has more.

    ``path`` is relative to ``within``, the descriptor of an open folder, if that is given.

    Raises ``OSError``, also if something else replaced the file after it was checked.
    """
    file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=within)
    with os.fdopen(file, "rb") as opened:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise OSError(errno.EINVAL, "it is not a plain file")
        return opened.read(most + 1)


def _clean(path: str, text: str, found: Iterable[Stray], problems: Problems) -> bool:
    """Add a problem for each invisible character, and return whether there are none.

    Such characters hide what a line says.
    """
    told = list(islice(found, _MOST_HIDDEN))
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))] if told else []
    for each in told:
        line = bisect_right(starts, each.at)
        problems.add(
            Place(path, line, each.at - starts[line - 1] + 1),
            "hidden-character",
            f"{each} stands here",
            "delete it",
        )
    return not told


def with_line_feeds(data: bytes) -> bytes:
    """Return the bytes with the line ends of Unix in place of those of Windows."""
    return data.replace(b"\r\n", b"\n")


def line_ends_hint(path: str) -> str:
    """Return the hint for a file whose bytes matter, after git changed its line ends."""
    return (
        "write '* -text' into .gitattributes, delete the file, and get it back: git checkout --"
        f" {path}"
    )


def sha256(data: bytes) -> str:
    """Return the hexadecimal SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


# Files of an earlier version of a project


class PastFolder(Folder):
    """A project's files as they were, held in memory by path. Any other path does not exist."""

    def __init__(self, root: Path, files: Mapping[str, bytes]) -> None:
        super().__init__(root)
        self.files = files

    def list(self, below: str, *suffixes: str) -> list[str]:
        """Return the paths of the files below a folder, sorted."""
        found = (path for path in self.files if path.startswith(f"{below.rstrip('/')}/"))
        return sorted(path for path in found if not suffixes or path.endswith(suffixes))

    def exists(self, path: str) -> bool:
        """Return whether there was a file or a folder at the path."""
        return path in self.files or any(
            each.startswith(f"{path.rstrip('/')}/") for each in self.files
        )

    def read_bytes(
        self,
        path: str,
        problems: Problems,
        at: Place | None = None,
        *,
        most: int = MAX_BYTES,  # noqa: ARG002
    ) -> bytes | None:
        """Return the file's bytes, or None after adding a problem."""
        if path not in self.files:
            problems.add(
                at or Place(path), "file-missing", f"there was no file '{path}'", "check the name"
            )
        return self.files.get(path)

    def is_link(self, path: str) -> bool:  # noqa: ARG002
        """Return False: only the bytes of plain files are held here."""
        return False

    def all(self, below: str) -> tuple[str, ...]:
        """Return the paths of the files below a folder, sorted."""
        return tuple(self.list(below))
