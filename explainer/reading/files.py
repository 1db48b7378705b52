"""Reading an author's files: only plain files, only inside the project, only clean UTF-8, only so large."""

from __future__ import annotations

import hashlib
import re
import stat
import unicodedata
from pathlib import Path

from explainer.problems import Place, Problems

MAX_BYTES = 1_000_000
"""No page, text or YAML file is larger; a longer one is split."""
_TOLD = 1000
"""Characters that are told of one file."""
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
"""What no reader can see, though it changes what a line says: controls, marks of direction, tags; but not tabs and line feeds."""


class Folder:
    """The project's folder, and the only way to read from it."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def list(self, below: str, *suffixes: str) -> list[str]:
        """Paths of the files below a folder, sorted, relative to the project; links and devices included, to be refused."""
        start = self.root / below
        found = (path for path in start.rglob("*") if path.is_symlink() or not path.is_dir())
        wanted = (path for path in found if not suffixes or path.suffix in suffixes or path.is_symlink())
        return sorted(path.relative_to(self.root).as_posix() for path in wanted)

    def exists(self, path: str) -> bool:
        """Whether there is anything at the path."""
        return (self.root / path).exists()

    def read_bytes(self, path: str, problems: Problems, at: Place | None = None) -> bytes | None:
        """The file's bytes, or ``None`` with a problem at ``at`` (the file itself where nobody names it)."""
        place = at or Place(path)
        try:
            return self._read(path, place, problems)
        except (OSError, ValueError) as error:  # a name too long, a null byte, a permission
            reason = getattr(error, "strerror", None) or str(error)
            problems.add(place, "file-missing", f"'{path[:80]}' cannot be read: {reason}", "check the name")
            return None

    def _read(self, path: str, place: Place, problems: Problems) -> bytes | None:
        full = self.root / path
        if any(part.is_symlink() for part in (full, *full.parents) if part.is_relative_to(self.root) and part != self.root):
            problems.add(place, "outside-project", f"'{path}' is, or lies behind, a symbolic link", "copy the file into the project")
            return None
        if not full.resolve().is_relative_to(self.root):
            problems.add(place, "outside-project", f"'{path}' leaves the project", "name a file below the project's folder")
            return None
        if not full.exists():
            problems.add(place, "file-missing", f"there is no file '{path}'", "check the name, or add the file")
            return None
        status = full.stat()
        if not stat.S_ISREG(status.st_mode):
            problems.add(place, "outside-project", f"'{path}' is not a plain file", "only plain files can be read")
            return None
        if status.st_size > MAX_BYTES:
            problems.add(place, "file-size", f"'{path}' has {status.st_size:,} bytes; at most {MAX_BYTES:,}", "split the file")
            return None
        return full.read_bytes()

    def read_text(self, path: str, problems: Problems, at: Place | None = None) -> str | None:
        """The file's text, or ``None`` with a problem. Line ends become line feeds."""
        raw = self.read_bytes(path, problems, at)
        if raw is None:
            return None
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
            problems.add(Place(path, line, column), "utf8", f"byte 0x{raw[error.start]:02x} is not UTF-8", "save the file as UTF-8")
            return None
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        return text if _clean(path, text, problems) else None


def hidden(text: str) -> re.Match[str] | None:
    """The first character of a text that no reader can see; ``None`` where there is none."""
    return _HIDDEN.search(text)


def _clean(path: str, text: str, problems: Problems) -> bool:
    """Refuse characters that no reader can see: they hide what a line says."""
    if not hidden(text):
        return True
    told = 0
    for number, line in enumerate(text.split("\n"), 1):
        for match in _HIDDEN.finditer(line):
            if (told := told + 1) > _TOLD:  # a file in another encoding is full of them
                return False
            name = unicodedata.name(match.group(), f"U+{ord(match.group()):04X}").lower()
            place = Place(path, number, match.start() + 1)
            problems.add(place, "hidden-character", f"an invisible character ({name}) stands here", "delete it")
    return False


def sha256(data: bytes) -> str:
    """The hexadecimal SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()
