"""Writing and reading folders, one build at a time; what the machine refuses is said in one line."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from platformdirs import user_cache_path

from explainer.common import folders
from explainer.common.problems import MachineFailed
from explainer.options import Options

MARKER = "manifest.json"
"""The file that shows an output folder to be ours."""
CACHE = "EXPLAINER_CACHE"
"""The environment variable that names another folder for what builds keep."""
_OUR_NAME = re.compile(r"(?:[A-Za-z0-9-]{1,40}-)?[0-9a-f]{16}")
"""How the names of projects' folders in the cache look."""
_LONGEST_PATH = 4096
_PROJECT = "project"
"""In each project's folder in the cache: the path of the project."""


@contextmanager
def machine() -> Iterator[None]:
    """Turns the machine's failures into one line: a full disk is nobody's mistake in the seeds."""
    try:
        yield
    except OSError as error:
        raise MachineFailed(f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")) from error


def folder_of(project: Path, cache: Path | None = None) -> Path:
    """Where builds of a project keep what the next one can use: a folder in the user's cache, whose
    name is made from the project's path. ``cache`` is that cache, where it is not the usual one.

    It does not lie in the project, since a project may come from anybody: what is read here, or
    cleared away, has been written here by this user's builds.
    """
    return (cache or cache_folder()) / _name_for(os.fsencode(project.resolve()))


def _name_for(project: bytes) -> str:
    """The name of the folder in the cache for a project at a path, of which every link is followed already."""
    words = "-".join(re.findall(r"[A-Za-z0-9]+", os.fsdecode(project).rpartition("/")[2]))[:40]
    return f"{words}-{hashlib.sha256(project).hexdigest()[:16]}".lstrip("-")


def cache_folder() -> Path:
    """The cache of this user: ``EXPLAINER_CACHE``, or a folder where the system keeps caches."""
    named = os.environ.get(CACHE)
    return Path(named).absolute() if named else user_cache_path("explainer")


@contextmanager
def working_folder(options: Options) -> Iterator[Path]:
    """The project's folder in the user's cache, for one build at a time, emptied where that is
    wanted; a temporary folder where that cache cannot be written.

    Raises ``MachineFailed`` where another build of the project runs, or the cache belongs to somebody
    else. The engine inherits the lock: one that outlives a killed build would otherwise write into
    the next one's pages.
    """
    try:
        folder = _private(_private(cache_folder()) / folder_of(options.project).name)
    except OSError:
        with TemporaryDirectory(prefix="explainer-") as temporary:
            yield Path(temporary)
        return
    with machine():
        lock = os.fdopen(os.open(folder / ".lock", os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600), "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise MachineFailed(
            f"another build of {options.project}, or the engine of one that was stopped, is under way; wait for it"
        ) from error
    os.set_inheritable(lock.fileno(), True)
    try:
        if options.afresh:
            _empty(folder)
        with machine():
            _note_project(folder, options.project)
            _remove_those_of_gone_projects(folder.parent)
        yield folder
    finally:
        lock.close()


def _private(folder: Path) -> Path:
    """The folder, made where it is not there. Raises ``MachineFailed`` where others could write to it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
        hint = f"make it your own ('chmod go-w'), or name another with {CACHE}"
        raise MachineFailed(f"{folder} is a link, belongs to somebody else, or others may write to it; {hint}")
    return folder


def _note_project(folder: Path, project: Path) -> None:
    """Say whose folder it is; in one step, since builds of other projects read it meanwhile."""
    fresh = folder / f".{secrets.token_hex(16)}"
    with fresh.open("xb") as out:
        out.write(os.fsencode(project.resolve()))
    fresh.replace(folder / _PROJECT)


def _remove_those_of_gone_projects(cache: Path) -> None:
    """Clear away what was kept for projects that are no longer where they were, and nothing that others keep there."""
    with os.scandir(cache) as entries:
        ours = [Path(each.path) for each in entries if _OUR_NAME.fullmatch(each.name) and each.is_dir(follow_symlinks=False)]
    for folder in ours:
        project = _noted_project(folder)
        if project is not None and _name_for(project) == folder.name and not os.path.lexists(project):
            shutil.rmtree(folder, ignore_errors=True)


def _noted_project(folder: Path) -> bytes | None:
    """The path of the project that a folder in the cache was made for; ``None`` where that cannot be read."""
    try:
        with os.fdopen(os.open(folder / _PROJECT, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            path = file.read(_LONGEST_PATH + 1) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else b""
    except OSError:
        return None
    return path if path.startswith(b"/") and len(path) <= _LONGEST_PATH and b"\0" not in path else None


def _empty(folder: Path) -> None:
    with machine():
        for path in folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != ".lock":
                path.unlink()


def write_tree(folder: Path, files: Mapping[str, bytes]) -> None:
    """Replace a folder's content by some files."""
    with machine():
        shutil.rmtree(folder, ignore_errors=True)
        for path, data in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as out:
                out.write(data)
        folder.mkdir(parents=True, exist_ok=True)


def update_tree(folder: Path, files: Mapping[str, bytes], *, gone: Iterable[str] = (), aged: bool = False) -> None:
    """Write some files of a folder and remove some; ``aged`` ones are older than anything that is made from them."""
    with machine():
        for path in gone:
            (folder / path).unlink(missing_ok=True)
        for path, data in files.items():
            target = folder / path
            try:
                target.write_bytes(data)
            except FileNotFoundError:  # of many files few are the first in their folder
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            if aged:
                os.utime(target, (0, 0))


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by path, in the order of the paths."""
    with machine():
        paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def add(folder: Path, files: Mapping[str, bytes]) -> None:
    """Add files to a folder of the author's, or none of them.

    Raises ``Misused`` where one is there already, or a link is on the way to it.
    """
    with machine():
        folders.add(folder, files)


def refill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Replace a folder that somebody named by some files. Raises ``Misused`` where a link is on the way to it."""
    with machine():
        folders.refuse_links(folder)
        folders.remove(folder)
        folders.add(folder, files)
