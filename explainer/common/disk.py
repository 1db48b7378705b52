"""Read and write folders, and keep a cache folder for each project.

Only one build of a project runs at a time. System errors are reported in one line.
"""

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

MANIFEST = "manifest.json"
"""The file that marks an output folder as ours."""
CACHE_VARIABLE = "EXPLAINER_CACHE"
"""The environment variable for another cache folder."""
_OUR_NAME = re.compile(r"(?:[A-Za-z0-9-]{1,40}-)?[0-9a-f]{16}")
"""The pattern of the names of projects' folders in the cache."""
_LONGEST_PATH = 4096
_PROJECT = "project"
"""The file in a project's cache folder that contains the path of the project."""


@contextmanager
def machine_failures() -> Iterator[None]:
    """Turn an ``OSError`` into a ``MachineFailed`` with a message of one line.

    A full disk, for example, is not an author's mistake.
    """
    try:
        yield
    except OSError as error:
        raise MachineFailed(
            f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")
        ) from error


def project_cache_folder(project: Path, cache: Path | None = None) -> Path:
    """Return the project's folder in the user's cache, whose name is made from the project's path.

    Builds of the project keep there what the next build can use. ``cache`` is the user's cache, if
    it is not the usual one.

    The folder is not in the project, because a project may come from anyone. So everything that is
    read or removed in this folder was written by this user's own builds.
    """
    return (cache or cache_folder()) / _name_for(os.fsencode(project.resolve()))


def _name_for(project: bytes) -> str:
    """Return the name of a project's cache folder. All links in its path must be resolved."""
    words = "-".join(re.findall(r"[A-Za-z0-9]+", os.fsdecode(project).rpartition("/")[2]))[:40]
    return f"{words}-{hashlib.sha256(project).hexdigest()[:16]}".lstrip("-")


def cache_folder() -> Path:
    """Return the user's cache: ``EXPLAINER_CACHE``, or a folder where the system keeps caches."""
    named = os.environ.get(CACHE_VARIABLE)
    return Path(named).absolute() if named else user_cache_path("explainer")


@contextmanager
def working_folder(options: Options) -> Iterator[Path]:
    """Lock the project's folder in the user's cache for one build, and yield it.

    The folder is emptied first if ``options.afresh`` is set. If the cache is not writable, a
    temporary folder is used instead. Raises ``MachineFailed`` if another build of the project is
    running, or if the cache belongs to someone else.

    The engine inherits the lock. Otherwise an engine that outlives a killed build would write into
    the pages of the next one.
    """
    try:
        folder = _private(_private(cache_folder()) / project_cache_folder(options.project).name)
    except OSError:
        with TemporaryDirectory(prefix="explainer-") as temporary:
            yield Path(temporary)
        return
    with machine_failures():
        lock = os.fdopen(
            os.open(
                folder / ".lock", os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600
            ),
            "w",
        )
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise MachineFailed(
            f"another build of {options.project}, or the engine of one that was stopped, is under"
            " way; wait for it"
        ) from error
    os.set_inheritable(lock.fileno(), True)
    try:
        if options.afresh:
            _empty(folder)
        with machine_failures():
            _note_project(folder, options.project)
            _remove_those_of_gone_projects(folder.parent)
        yield folder
    finally:
        lock.close()


def _private(folder: Path) -> Path:
    """Create the folder if it is missing, and return it.

    Raises ``MachineFailed`` if it is a link, belongs to another user, or others may write to it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
        hint = f"make it your own ('chmod go-w'), or name another with {CACHE_VARIABLE}"
        raise MachineFailed(
            f"{folder} is a link, belongs to somebody else, or others may write to it; {hint}"
        )
    return folder


def _note_project(folder: Path, project: Path) -> None:
    """Record the project's path in one step, because builds of other projects read it meanwhile."""
    fresh = folder / f".{secrets.token_hex(16)}"
    with fresh.open("xb") as out:
        out.write(os.fsencode(project.resolve()))
    fresh.replace(folder / _PROJECT)


def _remove_those_of_gone_projects(cache: Path) -> None:
    """Remove the cache folders of projects that no longer exist at their path.

    Nothing that other programs keep in the cache is removed.
    """
    with os.scandir(cache) as entries:
        ours = [
            Path(each.path)
            for each in entries
            if _OUR_NAME.fullmatch(each.name) and each.is_dir(follow_symlinks=False)
        ]
    for folder in ours:
        project = _noted_project(folder)
        if (
            project is not None
            and _name_for(project) == folder.name
            and not os.path.lexists(project)
        ):
            shutil.rmtree(folder, ignore_errors=True)


def _noted_project(folder: Path) -> bytes | None:
    """Return the recorded path of a cache folder's project, or ``None`` if it cannot be read."""
    try:
        with os.fdopen(
            os.open(folder / _PROJECT, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb"
        ) as file:
            path = (
                file.read(_LONGEST_PATH + 1)
                if stat.S_ISREG(os.fstat(file.fileno()).st_mode)
                else b""
            )
    except OSError:
        return None
    return (
        path if path.startswith(b"/") and len(path) <= _LONGEST_PATH and b"\0" not in path else None
    )


def _empty(folder: Path) -> None:
    with machine_failures():
        for path in folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != ".lock":
                path.unlink()


def write_tree(folder: Path, files: Mapping[str, bytes]) -> None:
    """Replace a folder's contents with some files."""
    with machine_failures():
        shutil.rmtree(folder, ignore_errors=True)
        for path, data in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as out:
                out.write(data)
        folder.mkdir(parents=True, exist_ok=True)


def update_tree(
    folder: Path, files: Mapping[str, bytes], *, gone: Iterable[str] = (), aged: bool = False
) -> None:
    """Write some files of a folder and remove the files ``gone``.

    With ``aged``, the files get the earliest time, so that they are older than anything made from
    them.
    """
    with machine_failures():
        for path in gone:
            (folder / path).unlink(missing_ok=True)
        for path, data in files.items():
            target = folder / path
            try:
                target.write_bytes(data)
            except FileNotFoundError:  # few of many files are the first in their folder
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            if aged:
                os.utime(target, (0, 0))


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder but links, by path and in the order of the paths."""
    with machine_failures():
        paths = sorted(
            path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()
        )
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def add(folder: Path, files: Mapping[str, bytes]) -> None:
    """Add files to a folder of the author's. If one cannot be added, add none.

    Raises ``Misused`` if one already exists, or if a link is in the path.
    """
    with machine_failures():
        folders.add(folder, files)


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Replace the contents of a folder that a user named with some files.

    Raises ``Misused`` if a link is in the path.
    """
    with machine_failures():
        folders.refuse_links(folder)
        folders.remove(folder)
        folders.add(folder, files)
