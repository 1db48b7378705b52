"""A project's git repository, found and read as plain files.

Only the folder ``.git`` of the project or of a folder above it is a repository here, or the one that a
linked worktree or a submodule names in a file ``.git``. Files that merely look like a repository (``HEAD``,
``objects/`` and ``refs/`` among the project's own) never are. A link is followed only to a git folder
that names this project back; no other is, and no program is run.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from explainer.history.settings import read_settings

_FEW: Final = 1_000_000
"""The most bytes of a file of settings."""
_MANY: Final = 16_000_000
"""The most bytes of a list of references."""
_REFERENCES: Final = 100_000
"""The most references, and folders of references."""
_NAME: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_PACKED: Final = re.compile(rb"^([0-9a-f]{40}(?:[0-9a-f]{24})?) (refs/[^\0-\x20\x7f]+)$", re.MULTILINE)
_NOT_IN_REFS: Final = re.compile(r"[\0-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|\.lock(?:/|$)|/$|\.$")
_EXTENSIONS: Final = {
    "noop", "noop-v1", "objectformat", "compatobjectformat", "partialclone", "preciousobjects", "worktreeconfig", "relativeworktrees",
}  # fmt: skip
"""Extensions of a repository's format that change nothing in how objects and references are stored, and the kind of its names."""
_ALSO: Final = ("ORIG_HEAD", "FETCH_HEAD", "MERGE_HEAD")
_STORES: Final = 100
_STEPS: Final = 5
"""How often a reference may lead to another, and a store of objects to another."""


class Unreadable(Exception):
    """There is a history, and it cannot be read: ``why`` in words, and ``hint`` on what to do."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.why, self.hint = why, hint


@dataclass(frozen=True)
class Repository:
    """Where a repository lies."""

    top: Path
    """The folder that it keeps."""
    own: Path
    """Its git folder, which of a linked worktree holds ``HEAD`` alone."""
    common: Path
    """The git folder that holds everything else; mostly the same."""
    settings: dict[str, str] = field(hash=False)

    @property
    def hash(self) -> str:
        """The kind of its objects' names."""
        return self.settings.get("extensions.objectformat", "sha1").lower()

    @property
    def brings_no_tags(self) -> bool:
        """Whether it was told to fetch no tags, as ``git clone --no-tags`` tells it."""
        return any(re.fullmatch(r"remote\..*\.tagopt", key) and value == "--no-tags" for key, value in self.settings.items())

    def references(self) -> dict[str, str]:
        """The object that each reference names; those that name none are left out. They are read once, until they are forgotten."""
        return self._references

    def forget_references(self) -> None:
        """Read them anew the next time."""
        self.__dict__.pop("_references", None)

    @cached_property
    def _references(self) -> dict[str, str]:
        packed = _bytes(self.common / "packed-refs", _MANY) or b""
        said: dict[str, str] = {}
        for match in _PACKED.finditer(packed):
            said[match.group(2).decode(errors="replace")] = match.group(1).decode()
            if len(said) > _REFERENCES:
                raise _too_many_references()
        for folder in dict.fromkeys((self.common, self.own)):
            said |= _loose(folder)
        names = {name: oid for name in said if _is_reference(name) and (oid := _followed(name, said))}
        for name in _ALSO:
            first = (_bytes(self.own / name, _MANY) or b"").split(maxsplit=1)[:1]
            if first and _NAME.fullmatch(first[0].decode(errors="replace")):
                names[name] = first[0].decode()
        return names

    def head(self, references: dict[str, str]) -> str | None:
        """The present commit; ``None`` where nothing was committed yet."""
        path = self.own / "HEAD"
        said = str(path.readlink()) if path.is_symlink() else (_bytes(path, _FEW) or b"").decode(errors="replace").strip()
        if _NAME.fullmatch(said):
            return said
        name = said.removeprefix("ref:").strip()
        if not name.startswith("refs/"):
            raise Unreadable("its HEAD names no branch and no commit", "git status says what is wrong with it")
        return references.get(name)

    def shallow(self) -> list[str]:
        """The commits before which nothing was fetched."""
        said = (_bytes(self.common / "shallow", _MANY) or b"").decode(errors="replace").split()
        return [name for name in said if _NAME.fullmatch(name)]

    def stores(self) -> list[Path]:
        """The folders of its objects: its own and those that it borrows from, which lie on this machine."""
        found: dict[Path, None] = {}
        level = [_folder(self.common / "objects")]
        for _ in range(_STEPS):
            found |= dict.fromkeys(level)
            level = [each for store in level for each in _borrowed(store) if each not in found]
            if len(found) + len(level) > _STORES:
                raise _too_many_stores()
        return list(found)


def find_repository(project: Path) -> Repository | None:
    """The repository in whose folder a project lies; ``None`` where there is none. Raises ``Unreadable``."""
    for top in (project, *project.parents):
        path = top / ".git"
        if path.is_symlink() or not path.is_dir():
            if os.path.lexists(path):
                return _linked(top, path)
        elif all(os.path.lexists(path / part) for part in ("HEAD", "objects", "refs")):
            return _repository(top, path, path)
    return None


def _linked(top: Path, path: Path) -> Repository:
    """The repository that a file or a link ``.git`` leads to.

    It must name this folder too, so that no folder can show another's history.
    """
    astray = Unreadable("its .git leads to no repository of this folder", "git worktree repair, or git submodule update, mends it")
    if path.is_symlink():
        own = _real(path)
    else:
        said = (_bytes(path, _FEW) or b"").decode(errors="surrogateescape")
        if not said.startswith("gitdir:") or "\0" in said:
            raise astray
        own = _real(top / said.removeprefix("gitdir:").strip("\r\n "))
    if not own.is_dir():
        raise astray
    back, shared = _line(own / "gitdir"), _line(own / "commondir")
    if shared:
        common = _real(own / shared)
        if own.parent == common / "worktrees" and back and _real(own / back) == _real(path):
            return _repository(top, own, common)
        raise astray
    found = _repository(top, own, own)
    back = found.settings.get("core.worktree", "")
    if not back or "\0" in back or _real(own / back) != _real(top):
        raise Unreadable(
            "its .git leads to a repository that does not name this folder", "git config core.worktree with this folder's path names it"
        )
    return found


def _repository(top: Path, own: Path, common: Path) -> Repository:
    if own == common and os.path.lexists(own / "commondir"):
        raise Unreadable("its git folder leads to another's", "take the file commondir out of it")
    settings = _settings(common / "config")
    if settings.get("extensions.worktreeconfig", "").lower() == "true":
        more = _settings(own / "config.worktree")
        settings |= {key: more[key] for key in ("core.worktree",) if key in more}
    version = settings.get("core.repositoryformatversion", "0")
    extensions = {key.removeprefix("extensions.") for key in settings if key.startswith("extensions.")}
    strange = sorted(extensions - _EXTENSIONS - ({"refstorage"} if settings.get("extensions.refstorage") == "files" else set()))
    if version not in ("0", "1") or (version == "1" and strange):
        what = f"extensions {', '.join(strange)}"[:80] if strange else f"version {version[:20]}"
        hint = (
            "git refs migrate --ref-format=files writes references as files"
            if "refstorage" in strange
            else "clone it with git's own defaults"
        )
        raise Unreadable(f"its git folder is kept in a way that is not known here ({what})", hint)
    found = Repository(top, own, common, settings)
    if found.hash not in ("sha1", "sha256"):
        raise Unreadable("the names of its objects are of an unknown kind", "clone it with git's own defaults")
    return found


def _settings(path: Path) -> dict[str, str]:
    return read_settings((_bytes(path, _FEW) or b"").decode(errors="surrogateescape"))


def _line(path: Path) -> str:
    """The one line of a file that names a folder; empty where there is no such file."""
    said = (_bytes(path, _FEW) or b"").decode(errors="surrogateescape").strip("\r\n ")
    return "" if "\0" in said else said


def _too_many_references() -> Unreadable:
    return Unreadable(f"it has more than {_REFERENCES:,} references", "clone the project's own branch: git clone --single-branch")


def _too_many_stores() -> Unreadable:
    return Unreadable("it borrows objects from too many folders", "git repack -a -d gives it objects of its own")


def _borrowed(store: Path) -> Iterator[Path]:
    """The other stores that one of objects names."""
    lines = (_bytes(store / "info" / "alternates", _FEW) or b"").split(b"\n")
    if len(lines) > _STORES:
        raise _too_many_stores()
    for line in lines:
        named = line.decode(errors="surrogateescape").rstrip("\r")
        if named and not named.startswith(("#", '"')) and "\0" not in named:
            folder = _real(store / named)
            if folder.is_dir():
                yield folder


def _loose(folder: Path) -> dict[str, str]:
    """What each file below ``refs`` says, by its path below the git folder."""
    found: dict[str, str] = {}
    waiting = [folder / "refs"] if os.path.lexists(folder / "refs") else []
    folders = 0
    while waiting:
        folders += 1
        if folders + len(waiting) > _REFERENCES:
            raise _too_many_references()
        at = _folder(waiting.pop())
        with os.scandir(at) as entries:
            for entry in entries:
                if len(found) > _REFERENCES:
                    raise _too_many_references()
                name = Path(entry.path).relative_to(folder).as_posix()
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                elif entry.is_symlink():  # git once wrote references to references so
                    found[name] = f"ref: {Path(entry.path).readlink()}"
                else:
                    found[name] = (_bytes(Path(entry.path), _FEW) or b"")[:1000].decode(errors="replace").strip()
    return found


def _followed(name: str, said: dict[str, str]) -> str | None:
    """The object that a reference names in the end."""
    for _ in range(_STEPS):
        what = said.get(name, "")
        if _NAME.fullmatch(what):
            return what
        name = what.removeprefix("ref:").strip()
    return None


def _is_reference(name: str) -> bool:
    return name.startswith("refs/") and len(name) < 1000 and not _NOT_IN_REFS.search(name) and "\ufffd" not in name and name.isprintable()


def _real(path: Path) -> Path:
    """Where a path leads to, over whatever links; links that lead in a circle lead to themselves."""
    return Path(os.path.realpath(path))


def _folder(path: Path) -> Path:
    """The path itself, where it is a folder and no link."""
    if path.is_symlink() or not path.is_dir():
        raise Unreadable(f"'{path.name[:40]}' in its git folder is no plain folder", "clone the repository afresh")
    return path


def _bytes(path: Path, most: int) -> bytes | None:
    """A plain file's bytes; ``None`` where there is none. Links, pipes and devices are not opened."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Unreadable(f"'{path.name[:40]}' in its git folder cannot be read: {error.strerror}", "clone the repository afresh") from error
    with os.fdopen(file, "rb") as opened:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode) or status.st_size > most:
            raise Unreadable(f"'{path.name[:40]}' in its git folder is no plain file, or too large", "clone the repository afresh")
        return opened.read(most)
