"""Finds the project's git repository and reads its history.

The repository is found, and its settings and references are read, as plain files. Objects are read
by git itself. No setting or hook of the repository, the machine or the user has an effect: see
``History``.
"""

from __future__ import annotations

import os
import re
import stat
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Final, NamedTuple

from explainer.common import programs
from explainer.common.problems import UsageError
from explainer.common.trees import MAX_DEPTH
from explainer.read.files import MAX_BYTES

# The ``config`` file of a git folder

_SECTION: Final = re.compile(r'\s*\[\s*([A-Za-z0-9.-]+)\s*(?:"((?:[^"\\]|\\.)*)")?\s*\]')
_KEY: Final = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]*)[ \t]*(=?)")
_ESCAPED: Final = re.compile(r"\\(.)")
_ESCAPES: Final = {"n": "\n", "t": "\t", "b": "\b"}


def read_settings(text: str) -> dict[str, str]:
    """Return the settings in a git ``config`` file by name, such as ``remote.origin.url``.

    If a setting is there several times, the last one counts. Section names and keys are in lower
    case, as git ignores their case. Lines that are no settings are skipped. Nothing is included,
    expanded or run.
    """
    found: dict[str, str] = {}
    section, lines = "", iter(text.split("\n"))
    for line in lines:
        at = 0
        while heading := _SECTION.match(line, at):
            name = heading.group(1).lower()
            part = heading.group(2)
            section = name if part is None else ".".join((name, _ESCAPED.sub(r"\1", part)))
            at = heading.end()
        key = _KEY.match(line, at)
        if key is None or not section:
            continue
        value, goes_on = _value(line[key.end() :])
        while goes_on:
            more, goes_on = _value(next(lines, ""))
            value += more
        found[f"{section}.{key.group(1).lower()}"] = value.strip() if key.group(2) else "true"
    return found


def _value(text: str) -> tuple[str, bool]:
    """Return the value in a line, and whether the value continues in the next line."""
    said: list[str] = []
    quoted = False
    letters = iter(text.rstrip("\r"))
    for letter in letters:
        if letter == '"':
            quoted = not quoted
        elif letter == "\\":
            after = next(letters, None)
            if after is None:
                return "".join(said), True
            said.append(_ESCAPES.get(after, after))
        elif letter in "#;" and not quoted:
            break
        else:
            said.append(letter)
    return "".join(said), False


# The repository, read as plain files: no program is run

_FEW: Final = 1_000_000
"""The most bytes that a small file, such as ``config`` or ``HEAD``, may have."""
_MANY: Final = 16_000_000
"""The most bytes that a list of references or of commits may have."""
_REFERENCES: Final = 100_000
"""The most references, and the most folders of references, that a repository may have."""
_REF_NAME: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_PACKED: Final = re.compile(
    rb"^([0-9a-f]{40}(?:[0-9a-f]{24})?) (refs/[^\0-\x20\x7f]+)$", re.MULTILINE
)
_NOT_IN_REFS: Final = re.compile(r"[\0-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|\.lock(?:/|$)|/$|\.$")
_EXTENSIONS: Final = {
    "noop",
    "noop-v1",
    "objectformat",
    "compatobjectformat",
    "partialclone",
    "preciousobjects",
    "worktreeconfig",
    "relativeworktrees",
}
"""The extensions of the repository format (``extensions.*``) that this module can read.

They do not change how objects and references are stored. ``objectformat`` sets the hash function.
"""
_ALSO: Final = ("ORIG_HEAD", "FETCH_HEAD", "MERGE_HEAD")
_STORES: Final = 100
_STEPS: Final = 5
"""How many references may point to one another in a row; the same for alternate object folders."""


class Unreadable(Exception):
    """The project has a git history, but it cannot be read.

    ``why`` is the reason in words, and ``hint`` says what to do.
    """

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.why, self.hint = why, hint


@dataclass(frozen=True)
class Repository:
    """A git repository: its folders and its settings."""

    top: Path
    """The working tree."""
    own: Path
    """The git folder that holds ``HEAD``. A linked worktree has one of its own."""
    common: Path
    """The git folder that holds everything else. It is ``own``, except for a linked worktree."""
    settings: dict[str, str] = field(hash=False)
    """The settings of the repository's own ``config`` file, as ``read_settings`` returns them."""

    @property
    def hash(self) -> str:
        """The hash function of its object names: ``sha1`` or ``sha256``."""
        return self.settings.get("extensions.objectformat", "sha1").lower()

    @property
    def brings_no_tags(self) -> bool:
        """Whether it is set to fetch no tags, as after ``git clone --no-tags``."""
        return any(
            re.fullmatch(r"remote\..*\.tagopt", key) and value == "--no-tags"
            for key, value in self.settings.items()
        )

    def references(self) -> dict[str, str]:
        """Return the object name of each reference, by the reference's full name.

        References that lead to no object are left out. The result is cached until
        ``forget_references`` is called.
        """
        return self._references

    def forget_references(self) -> None:
        """Clear the cache of ``references``."""
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
        names = {
            name: oid for name in said if _is_reference(name) and (oid := _followed(name, said))
        }
        for name in _ALSO:
            first = (_bytes(self.own / name, _MANY) or b"").split(maxsplit=1)[:1]
            if first and _REF_NAME.fullmatch(first[0].decode(errors="replace")):
                names[name] = first[0].decode()
        return names

    def head(self, references: dict[str, str]) -> str | None:
        """Return the name of the present commit, or ``None`` if there is no commit yet.

        Raises ``Unreadable`` if ``HEAD`` names no branch and no commit.
        """
        path = self.own / "HEAD"
        said = (
            str(path.readlink())
            if path.is_symlink()
            else (_bytes(path, _FEW) or b"").decode(errors="replace").strip()
        )
        if _REF_NAME.fullmatch(said):
            return said
        name = said.removeprefix("ref:").strip()
        if not name.startswith("refs/"):
            raise Unreadable(
                "its HEAD names no branch and no commit", "git status says what is wrong with it"
            )
        return references.get(name)

    def shallow(self) -> list[str]:
        """Return the commits whose parents were not fetched, if it is a shallow clone."""
        said = (_bytes(self.common / "shallow", _MANY) or b"").decode(errors="replace").split()
        return [name for name in said if _REF_NAME.fullmatch(name)]

    def stores(self) -> list[Path]:
        """Return its folders of objects: its own and its alternates, which are on this machine.

        Raises ``Unreadable`` if there are too many.
        """
        found: dict[Path, None] = {}
        level = [_folder(self.common / "objects")]
        for _ in range(_STEPS):
            found |= dict.fromkeys(level)
            level = [each for store in level for each in _borrowed(store) if each not in found]
            if len(found) + len(level) > _STORES:
                raise _too_many_stores()
        return list(found)


def find_repository(project: Path) -> Repository | None:
    """Return the repository that a project is in, or ``None`` if there is none.

    It is the folder ``.git`` of the project or of a folder above it. A file or a link ``.git``, as
    linked worktrees and submodules have, is followed only to a git folder that names this folder
    in turn. Files of the project that look like a git folder (``HEAD``, ``objects/``, ``refs/``)
    are never taken for one. No program is run.

    Raises ``Unreadable`` if there is a repository that cannot be read.
    """
    for top in (project, *project.parents):
        path = top / ".git"
        if path.is_symlink() or not path.is_dir():
            if os.path.lexists(path):
                return _linked(top, path)
        elif all(os.path.lexists(path / part) for part in ("HEAD", "objects", "refs")):
            return _repository(top, path, path)
    return None


def _linked(top: Path, path: Path) -> Repository:
    """Return the repository that a file or a link ``.git`` names.

    Its git folder must name this folder too, so that no folder can show the history of another.
    Raises ``Unreadable`` otherwise.
    """
    astray = Unreadable(
        "its .git leads to no repository of this folder",
        "git worktree repair, or git submodule update, mends it",
    )
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
            "its .git leads to a repository that does not name this folder",
            "git config core.worktree with this folder's path names it",
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
    extensions = {
        key.removeprefix("extensions.") for key in settings if key.startswith("extensions.")
    }
    strange = sorted(
        extensions
        - _EXTENSIONS
        - ({"refstorage"} if settings.get("extensions.refstorage") == "files" else set())
    )
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
        raise Unreadable(
            "the names of its objects are of an unknown kind", "clone it with git's own defaults"
        )
    return found


def _settings(path: Path) -> dict[str, str]:
    return read_settings((_bytes(path, _FEW) or b"").decode(errors="surrogateescape"))


def _line(path: Path) -> str:
    """Return the content of a file that holds one path; empty if there is no such file."""
    said = (_bytes(path, _FEW) or b"").decode(errors="surrogateescape").strip("\r\n ")
    return "" if "\0" in said else said


def _too_many_references() -> Unreadable:
    return Unreadable(
        f"it has more than {_REFERENCES:,} references",
        "clone the project's own branch: git clone --single-branch",
    )


def _too_many_stores() -> Unreadable:
    return Unreadable(
        "it borrows objects from too many folders", "git repack -a -d gives it objects of its own"
    )


def _borrowed(store: Path) -> Iterator[Path]:
    """Yield the folders that a folder of objects names in ``info/alternates``."""
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
    """Return the content of each file below ``refs/``, by its path below the git folder."""
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
                elif entry.is_symlink():  # old versions of git wrote symbolic references as links
                    found[name] = f"ref: {Path(entry.path).readlink()}"
                else:
                    found[name] = (
                        (_bytes(Path(entry.path), _FEW) or b"")[:1000]
                        .decode(errors="replace")
                        .strip()
                    )
    return found


def _followed(name: str, said: dict[str, str]) -> str | None:
    """Return the object that a reference leads to, through other references; ``None`` if none."""
    for _ in range(_STEPS):
        what = said.get(name, "")
        if _REF_NAME.fullmatch(what):
            return what
        name = what.removeprefix("ref:").strip()
    return None


def _is_reference(name: str) -> bool:
    return (
        name.startswith("refs/")
        and len(name) < 1000
        and not _NOT_IN_REFS.search(name)
        and "\ufffd" not in name
        and name.isprintable()
    )


def _real(path: Path) -> Path:
    """Return a path with all links resolved. Links that form a circle are kept as they are."""
    return Path(os.path.realpath(path))


def _folder(path: Path) -> Path:
    """Return the path itself. Raises ``Unreadable`` if it is a link or is not a folder."""
    if path.is_symlink() or not path.is_dir():
        raise Unreadable(
            f"'{path.name[:40]}' in its git folder is no plain folder",
            "clone the repository afresh",
        )
    return path


def _bytes(path: Path, most: int) -> bytes | None:
    """Return the bytes of a plain file, or ``None`` if there is no file.

    Raises ``Unreadable`` for links, pipes, devices and files of more than ``most`` bytes.
    """
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Unreadable(
            f"'{path.name[:40]}' in its git folder cannot be read: {error.strerror}",
            "clone the repository afresh",
        ) from error
    with os.fdopen(file, "rb") as opened:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode) or status.st_size > most:
            raise Unreadable(
                f"'{path.name[:40]}' in its git folder is no plain file, or too large",
                "clone the repository afresh",
            )
        return opened.read(most)


# The history, read by git

PUBLISHED: Final = "published/*"
"""The pattern of the tags that the deployment sets on published versions."""
_TAGS: Final = "refs/tags/published/"
_SECONDS: Final = 10.0
"""The most seconds that all calls for one history may take together.

A history of 200,000 commits takes three.
"""
_ALL_BYTES: Final = 64_000_000
"""The most bytes of the files that are read from one version."""
_OBJECT_BYTES: Final = 8_000_000
"""The most bytes that a commit, folder or file may have. A folder of 200,000 files has as many."""
_ENTRIES: Final = 200_000
"""The most files and folders that one call looks at, in all versions together."""
_PATH_BYTES: Final = 20_000_000
"""The most characters of the paths that one call looks at."""
_READ_BYTES: Final = 100_000_000
"""The most bytes of objects that one call reads."""
_COMMITS: Final = 200_000
"""The most commits that a history may have."""
_PACK_FILES: Final = 10_000
"""The most files that the folder of packs may hold."""
_AT_ONCE: Final = 200
"""How many object names are written to git before its answers are read.

All of them must fit into the buffer of a pipe.
"""
_NAME: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_UNSEEN: Final = re.compile("[\0-\x1f\x7f-\x9f/\ud800-\udfff]")
_CLONE: Final = "clone it afresh and whole: git clone, without --depth, --filter and --no-tags"
_OWN: Final = (
    "begin the project afresh in a repository of its own; its history is larger than any that is"
    " read"
)
_ENVIRONMENT: Final = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_ALLOC_LIMIT": "20m",
}
"""The environment variables that git is started with.

``GIT_ALLOC_LIMIT`` stops git if it allocates more memory for one object. This module reads no
object of that size. Git reads a commit as a whole, however long its message is, and a small pack
can hold thousands of large commits, each as the difference from another.
"""


@dataclass(frozen=True)
class NoHistory:
    """The project has no git history. ``why`` is the reason in words."""

    why: str = "git does not keep this project"


class _Entry(NamedTuple):
    """An entry of a git tree: a file, a link or a folder."""

    mode: str
    """``40000`` for a folder, ``100644`` or ``100755`` for a plain file."""
    object: str
    """The name of its object."""


class _Clock:
    """The time that is left for the calls of one history."""

    def __init__(self) -> None:
        self._left, self._since, self._within = _SECONDS, 0.0, 0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the time while the context is active. Nested contexts count once.

        Raises ``subprocess.TimeoutExpired`` if no time is left.
        """
        if not self.left():
            raise subprocess.TimeoutExpired("git", _SECONDS)
        if not self._within:
            self._since = time.monotonic()
        self._within += 1
        try:
            yield
        finally:
            left = self.left()
            self._within -= 1
            if not self._within:
                self._left = left

    def left(self) -> float:
        """Return the seconds that are left, at least 0."""
        return max(0.0, self._left - (time.monotonic() - self._since if self._within else 0.0))


@dataclass(frozen=True)
class History:
    """The history of a project that is in a git repository.

    A version counts as published if the deployment has tagged its commit ``published/<number>``.
    Changes are compared with the newest of these tags in the past of the present commit. The
    content of a site never depends on the history.

    Paths are relative to the project. Every method raises ``Unreadable`` if the history cannot be
    read.

    Only this class runs git. No setting of a repository, a machine or a user has an effect. Git is
    started on a git folder that is made for the call and removed afterwards. The ``config`` of that
    folder is written here, and it has no hooks and no attributes. The references are copied into
    it, and its objects are links to the repository's loose objects and packs. Git is asked for
    three things only: the full name of a revision, the list of commits, and single objects.
    """

    project: Path
    repository: Repository
    git: str
    """The absolute path of the program."""
    _clock: _Clock = field(default_factory=_Clock, repr=False, compare=False)

    @classmethod
    def of(cls, project: Path) -> History | NoHistory:
        """Return the history of the project in a folder, or ``Absent`` if it has none.

        A project has none if it is in no repository, if nothing is committed yet, or if the present
        commit has no ``mkdocs.yml`` in its folder. Raises ``Unreadable`` if there is a history that
        cannot be read, or if git is not installed.
        """
        project = project.resolve()
        with _reading():
            repository = find_repository(project)
            if repository is None:
                return NoHistory()
            git = programs.find("git", project)
            if git is None:
                raise Unreadable(
                    "git is not at hand", "install git, in a folder that PATH names in full"
                )
            head = repository.head(repository.references())
            if head is None:
                return NoHistory()
            history = cls(project, repository, git)
            with history._question(), history._objects() as objects:
                kept = objects.inside([objects.tree_of(head)], history._below(""))[0]
                return history if kept and b"mkdocs.yml" in objects.folder(kept) else NoHistory()

    @property
    def is_shallow(self) -> bool:
        """Whether the clone is shallow: its oldest commits were not fetched."""
        with self._question():
            return bool(self.repository.shallow())

    @property
    def tags(self) -> list[str]:
        """All tags of published versions, on any branch, the highest number first."""
        with self._question():
            return list(self._tagged())

    def commit(self, revision: str) -> str:
        """Return the full name of the commit that a revision names.

        Raises ``Misused`` if there is no such commit. Reflogs and ``@{…}`` are not supported.
        """
        with self._question(), self._git_folder() as (folder, env):
            arguments = (
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                f"{revision}^{{commit}}",
            )
            try:
                found = self._answer(folder, env, *arguments).decode(errors="replace").strip()
            except ValueError:  # a null byte
                found = ""
            if _NAME.fullmatch(found):
                return found
            why = "; the history is shallow" if self.is_shallow else ""
            more = (
                "; what reflogs and branches of remotes say (@{…}) is not read here"
                if "@{" in revision
                else ""
            )
            raise UsageError(f"'{revision}' names no commit here{why}{more}")

    def published(self) -> str | None:
        """Return the tag of the last published version in the history of the present commit.

        The present commit itself counts. Returns ``None`` if there is none.
        """
        with self._question():
            tagged = self._tagged()
            if not tagged:
                return None
            commits = self._commits()
            known = frozenset(commits)
            told = {tag: name for tag, name in tagged.items() if name not in known}
            if told:  # annotated tags name a tag object, or the commits are not in this history
                with self._objects("--batch-check") as objects:
                    tagged |= dict(zip(told, objects.commits(told.values()), strict=True))
            by_commit: dict[str, str] = {}
            for tag, commit in tagged.items():
                by_commit.setdefault(commit, tag)
            return next((by_commit[commit] for commit in commits if commit in by_commit), None)

    def files(self, revision: str, below: str) -> dict[str, bytes]:
        """Return the content of the plain files below a folder in a revision, by path.

        Files are left out if they are larger than the build reads today (``MAX_BYTES``).
        """
        with (
            self._question(),
            self._objects() as objects,
            self._objects("--batch-check") as headers,
        ):
            found = {
                path: entry.object
                for path, entry in self._listed(objects, self.commit(revision), below)
                if _is_plain(entry)
            }
            sizes = headers.sizes(dict.fromkeys(found.values()))
            small = {path: name for path, name in found.items() if sizes[name] <= MAX_BYTES}
            if sum(sizes[name] for name in small.values()) > _ALL_BYTES:
                raise Unreadable(
                    f"'{below}' of {revision[:60]} holds more than {_ALL_BYTES:,} bytes", _CLONE
                )
            data = dict(objects.read(dict.fromkeys(small.values()), "blob"))
            return {path: data[name] for path, name in small.items()}

    def names(self, revision: str, below: str) -> list[str]:
        """Return the sorted paths of the files and links below a folder in a revision."""
        with self._question(), self._objects() as objects:
            return sorted(path for path, _ in self._listed(objects, self.commit(revision), below))

    def added(self, below: str) -> dict[str, str]:
        """Return the blob of the first version of each file below a folder, by path.

        The file may have been changed or removed since. Blobs are given by object name.
        """
        found: dict[str, str] = {}
        with self._question():
            commits = self._commits()
            with self._objects() as objects:
                trees = list(dict.fromkeys(objects.trees_of(reversed(commits))))
                seen: set[tuple[str, str]] = set()
                for folder in dict.fromkeys(objects.inside(trees, self._below(below))):
                    if folder:
                        for path, entry in objects.walk(folder, below, seen):
                            found.setdefault(path, entry.object)
        return found

    @contextmanager
    def _question(self) -> Iterator[None]:
        """Read the references afresh, and count the time while the context is active."""
        self.repository.forget_references()
        with _reading(), self._clock.running():
            yield

    def _tagged(self) -> dict[str, str]:
        """Return the object name of each tag of a published version, the highest number first."""
        found = {
            name.removeprefix("refs/tags/"): what
            for name, what in self.repository.references().items()
            if name.startswith(_TAGS)
        }
        return {tag: found[tag] for tag in sorted(found, key=_numbered, reverse=True)}

    def _below(self, below: str) -> list[bytes]:
        """Return the path from the top of the repository to a folder of the project, in parts."""
        return [
            os.fsencode(part)
            for part in (*self.project.relative_to(self.repository.top).parts, *Path(below).parts)
        ]

    def _listed(self, objects: _Objects, commit: str, below: str) -> Iterator[tuple[str, _Entry]]:
        folder = objects.inside([objects.tree_of(commit)], self._below(below))[0]
        return objects.walk(folder, below, set()) if folder else iter(())

    def _commits(self) -> list[str]:
        """Return the present commit and its ancestors. No commit comes before its descendants."""
        with self._git_folder(named=False) as (folder, env):
            said = self._answer(
                folder, env, "rev-list", "--date-order", f"--max-count={_COMMITS + 1}", "HEAD"
            )
        found = said.decode(errors="replace").split()
        if not found or not all(map(_NAME.fullmatch, found)):
            raise Unreadable("commits are missing", _CLONE)
        if len(found) > _COMMITS:
            raise Unreadable(
                f"it has more than {_COMMITS:,} commits",
                "keep the project in a repository of its own",
            )
        return found

    def _answer(self, folder: Path, env: Mapping[str, str], *arguments: str) -> bytes:
        """Run git and return what it prints; empty if it fails."""
        done = programs.run(
            [self.git, "--no-pager", *arguments], folder, env, timeout=self._clock.left()
        )
        return done.stdout if done.returncode == 0 else b""

    @contextmanager
    def _objects(self, how: str = "--batch") -> Iterator[_Objects]:
        """Start ``git cat-file`` and yield the reader of its answers.

        With ``--batch-check`` as ``how``, it gives only the kinds and sizes of objects.
        """
        with self._git_folder(named=False) as (folder, env):
            command = [self.git, "--no-pager", "cat-file", how]
            process = subprocess.Popen(  # noqa: S603
                command,
                cwd=folder,
                env=env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            timer = threading.Timer(self._clock.left(), process.kill)
            timer.start()
            try:
                assert process.stdin is not None
                assert process.stdout is not None
                yield _Objects(process.stdin, process.stdout)
            except (Unreadable, BrokenPipeError) as error:
                if not self._clock.left():  # the timer has killed git; its output is cut off
                    raise subprocess.TimeoutExpired(command, _SECONDS) from error
                raise
            finally:
                timer.cancel()
                process.kill()
                process.communicate()

    @contextmanager
    def _git_folder(self, *, named: bool = True) -> Iterator[tuple[Path, dict[str, str]]]:
        """Make a git folder for one call; yield an empty folder to start git in and an environment.

        The environment names the git folder that was made. Its ``HEAD`` is the present commit. It
        has the other references only if ``named`` is true.
        """
        with programs.empty_folder() as home:
            made, start = home / "git", home / "start"
            start.mkdir()
            (made / "refs").mkdir(parents=True)
            kind = self.repository.hash
            version = f"[core]\n\trepositoryformatversion = {int(kind != 'sha1')}\n\tbare = true\n"
            extension = f"[extensions]\n\tobjectformat = {kind}\n" if kind != "sha1" else ""
            more = "\tcommitGraph = false\n\tmultiPackIndex = false\n[protocol]\n\tallow = never\n"
            (made / "config").write_text(f"{version}{more}{extension}", encoding="utf-8")
            references = self.repository.references()
            (made / "HEAD").write_text(
                f"{self.repository.head(references) or 'ref: refs/heads/none'}\n", encoding="utf-8"
            )
            if named:
                packed = sorted(name for name in references if name.startswith("refs/"))
                (made / "packed-refs").write_text(
                    "".join(f"{references[name]} {name}\n" for name in packed), encoding="utf-8"
                )
                for name in references.keys() - set(packed):
                    (made / name).write_text(f"{references[name]}\n", encoding="utf-8")
            if shallow := self.repository.shallow():
                (made / "shallow").write_text(
                    "".join(f"{name}\n" for name in shallow), encoding="utf-8"
                )
            stores = self.repository.stores()
            for number, store in enumerate(stores):
                _link_objects(store, made / ("objects" if number == 0 else f"objects{number}"))
            others = "".join(f"{made / f'objects{number}'}\n" for number in range(1, len(stores)))
            (made / "objects" / "info").mkdir()
            (made / "objects" / "info" / "alternates").write_text(others, encoding="utf-8")
            yield start, programs.environment(home, self.project, GIT_DIR=str(made), **_ENVIRONMENT)


@contextmanager
def _reading() -> Iterator[None]:
    """Raise timeouts of git and errors of the operating system as ``Unreadable``."""
    try:
        yield
    except subprocess.TimeoutExpired as error:
        raise Unreadable(
            f"git did not answer in {_SECONDS:.0f} seconds",
            "git fsck says what is wrong with the repository",
        ) from error
    except OSError as error:
        raise Unreadable(
            f"it cannot be read: {error.strerror}",
            "git fsck says what is wrong with the repository",
        ) from error


def _link_objects(store: Path, made: Path) -> None:
    """Make a folder of objects with links to the loose objects and packs of another.

    Nothing else is linked. Raises ``Unreadable`` if there is anything but plain files among them.
    """
    made.mkdir()
    with os.scandir(store) as entries:
        folders = [each.name for each in entries if re.fullmatch("[0-9a-f]{2}|pack", each.name)]
    for name in sorted(folders):
        with os.scandir(store / name) as entries:
            files = {each.name: each.is_file(follow_symlinks=False) for each in entries}
        if (store / name).is_symlink() or not all(files.values()):
            raise Unreadable(
                f"'objects/{name}' in its git folder holds what is no plain file", _CLONE
            )
        if name != "pack":
            (made / name).symlink_to(store / name)
            continue
        if len(files) > _PACK_FILES:
            raise Unreadable(
                f"its objects lie in more than {_PACK_FILES:,} packs",
                "git repack -a -d puts them into one",
            )
        (made / name).mkdir()
        for each in files:
            if each.endswith((".pack", ".idx")):
                (made / name / each).symlink_to(store / name / each)


class _Objects:
    """Reads objects from a running ``git cat-file``, within the limits of one call.

    The limits are needed because a small repository can describe a huge tree: each object may be
    named any number of times. Methods raise ``Unreadable`` if an object is missing, damaged or of
    the wrong kind, or if a limit is exceeded.
    """

    def __init__(self, ask: IO[bytes], answers: IO[bytes]) -> None:
        self._ask, self._answers = ask, answers
        self._bytes_left, self._entries_left, self._path_left = _READ_BYTES, _ENTRIES, _PATH_BYTES

    def read(self, names: Iterable[str], kind: str) -> Iterator[tuple[str, bytes]]:
        """Yield the name and the content of each object, in order. All must be of one kind."""
        for name, (_, found, size) in self._headers(names):
            if found != kind or size > _OBJECT_BYTES:
                raise Unreadable("it holds objects that are not what their names say", _CLONE)
            self._bytes_left -= size
            if self._bytes_left < 0:
                raise Unreadable(
                    f"its folders and commits have more than {_READ_BYTES:,} bytes together", _OWN
                )
            data = self._answers.read(size + 1)[:-1]
            if len(data) != size:
                raise Unreadable("objects are missing or damaged", _CLONE)
            yield name, data

    def sizes(self, names: Iterable[str]) -> dict[str, int]:
        """Return the size of each object in bytes, by its name."""
        return {name: size for name, (_, _, size) in self._headers(names)}

    def commits(self, names: Iterable[str]) -> list[str]:
        """Return the commit that each tag leads to, in order; empty if it leads to none."""
        return [
            found if kind == "commit" else ""
            for _, (found, kind, _) in self._headers([f"{name}^{{}}" for name in names], lost=True)
        ]

    def tree_of(self, commit: str) -> str:
        """Return the name of the top tree of a commit."""
        return next(self.trees_of([commit]))

    def trees_of(self, commits: Iterable[str]) -> Iterator[str]:
        """Yield the name of the top tree of each commit, in order."""
        for _, data in self.read(commits, "commit"):
            name = data[5 : max(data.find(b"\n"), 0)].decode(errors="replace")
            if not data.startswith(b"tree ") or not _NAME.fullmatch(name):
                raise Unreadable("it holds objects that are not what their names say", _CLONE)
            yield name

    def folder(self, name: str) -> dict[bytes, _Entry]:
        """Return the entries of a tree, by file name."""
        return _entries(next(self.read([name], "tree"))[1], len(name) // 2)

    def inside(self, folders: Sequence[str], path: Sequence[bytes]) -> list[str | None]:
        """Return the tree at a path below each of some trees; ``None`` if there is none."""
        found: list[str | None] = list(folders)
        for part in path:
            asked = dict.fromkeys(name for name in found if name)
            inner: dict[str, str] = {}
            for name, data in self.read(asked, "tree"):
                entry = _entries(data, len(name) // 2).get(part)
                if entry and entry.mode == "40000":
                    inner[name] = entry.object
            found = [inner.get(name) if name else None for name in found]
        return found

    def walk(
        self, folder: str, path: str, seen: set[tuple[str, str]]
    ) -> Iterator[tuple[str, _Entry]]:
        """Yield the path and the entry of each file and link below a tree.

        ``path`` is the path of the tree itself. Trees that are in ``seen``, by path and name, are
        skipped; those that are walked are added to it.
        """
        level = [(path, folder)]
        for _ in range(MAX_DEPTH):
            level = [each for each in level if each not in seen]
            seen.update(level)
            inner: list[tuple[str, str]] = []
            for at, (_, data) in zip(
                level, self.read([name for _, name in level], "tree"), strict=True
            ):
                for name, entry in _entries(data, len(folder) // 2).items():
                    said = name.decode(errors="surrogateescape")
                    self._entries_left -= 1
                    self._path_left -= len(at[0]) + len(said)
                    if self._entries_left < 0 or self._path_left < 0:
                        raise Unreadable(
                            f"'{path}' has held more than {_ENTRIES:,} files, or names of too many"
                            " letters",
                            _OWN,
                        )
                    if said in (".", "..") or _UNSEEN.search(
                        said
                    ):  # no project can have such a file
                        continue
                    if entry.mode == "40000":
                        inner.append((f"{at[0]}/{said}", entry.object))
                    elif entry.mode != "160000":  # 160000 is a submodule
                        yield f"{at[0]}/{said}", entry
            level = inner
        if level:
            raise Unreadable(f"'{path}' has folders deeper than {MAX_DEPTH} in a version", _CLONE)

    def _headers(
        self, names: Iterable[str], *, lost: bool = False
    ) -> Iterator[tuple[str, tuple[str, str, int]]]:
        """Yield each requested name, with the object's full name, kind and size in bytes.

        With ``lost``, missing objects get empty values; otherwise they raise ``Unreadable``.
        """
        asked = list(names)
        for first in range(0, len(asked), _AT_ONCE):
            some = asked[first : first + _AT_ONCE]
            self._ask.write("".join(f"{name}\n" for name in some).encode())
            self._ask.flush()
            for name in some:
                parts = self._answers.readline(1000).decode(errors="replace").split()
                if len(parts) == 3 and parts[2].isascii() and parts[2].isdigit():
                    yield name, (parts[0], parts[1], int(parts[2]))
                elif lost and parts:
                    yield name, ("", "", 0)
                else:
                    raise Unreadable("objects are missing or damaged", _CLONE)


def _entries(data: bytes, width: int) -> dict[bytes, _Entry]:
    """Parse a tree object and return its entries by file name.

    ``width`` is the number of bytes of an object name: 20 or 32.
    """
    found: dict[bytes, _Entry] = {}
    at = 0
    while at < len(data):
        blank, end = data.find(b" ", at), data.find(b"\0", at)
        if not at < blank < end or end + width >= len(data):
            raise Unreadable("objects are missing or damaged", _CLONE)
        mode = data[at:blank].decode(errors="replace").lstrip("0")
        found[data[blank + 1 : end]] = _Entry(mode, data[end + 1 : end + 1 + width].hex())
        at = end + 1 + width
    return found


def _is_plain(entry: _Entry) -> bool:
    return entry.mode.startswith("100")


def _numbered(tag: str) -> tuple[list[tuple[int, str]], str]:
    """Return a sort key that orders tags by the numbers in them."""
    return [
        (int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", tag)
    ], tag
