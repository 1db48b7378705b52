"""Write into folders that may come from anyone, without following links or overwriting files.

Each folder in a path is opened by its name inside the folder before it. So the path cannot be
redirected between a check and a write. A file is written under a random name first, and gets its
own name in one step when it is complete.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from explainer.common.problems import UsageError

_FOLDER: Final = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC
"""Flags to open a folder only to pass through it. This works even for folders one may not list."""
_NEW_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_NO_HARD_LINKS: Final = (errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK)
"""The errors of file systems that do not support hard links, such as FAT."""


@contextmanager
def open_folder(path: Path, *, make: bool = False) -> Iterator[int]:
    """Open a folder and yield its descriptor. With ``make``, create missing folders in the path.

    Raises ``Misused`` if a link or a file is in the path. Links that only the system's
    administrator can have made (such as ``/tmp`` on macOS) are accepted. Raises ``OSError`` if the
    system refuses.
    """
    absolute = Path(os.path.abspath(path))  # noqa: PTH100
    here = os.open(absolute.anchor, _FOLDER)
    try:
        at = Path(absolute.anchor)
        for name in absolute.parts[1:]:
            at /= name
            here = _step(here, name, at, make=make)
        yield here
    finally:
        os.close(here)


def refuse_links(path: Path) -> None:
    """Raise ``Misused`` if a folder's path contains a link or a file. The folder need not exist."""
    with suppress(FileNotFoundError), open_folder(path):
        return


def add(folder: Path, files: Mapping[str, bytes]) -> None:
    """Add files to a folder, by their paths below it.

    The paths must be plain: no part may be empty, ``.`` or ``..``. Raises ``ValueError`` if one is
    not.

    Raises ``Misused`` if something already exists at one of the paths (before anything is written),
    or if a link is in the path. If adding fails, the files and folders that were added are removed
    again.
    """
    if any({"", ".", ".."} & set(path.split("/")) for path in files):
        raise ValueError("a path that may lead out of the folder")
    taken = next((path for path in files if _is_there(folder / path)), None)
    if taken is not None:
        raise UsageError(f"{folder / taken} exists already, and is not written over")
    missing = _missing_folders([folder, *((folder / path).parent for path in files)])
    added: list[Path] = []
    try:
        with open_folder(folder, make=True):
            pass
        for path, data in files.items():
            _put_new(folder / path, data)
            added.append(folder / path)
    except BaseException:
        for each in reversed(added):
            with suppress(OSError, UsageError), open_folder(each.parent) as parent:
                os.unlink(each.name, dir_fd=parent)
        for each in missing:
            with suppress(OSError, UsageError), open_folder(each.parent) as parent:
                os.rmdir(
                    each.name, dir_fd=parent
                )  # it is kept if someone else has put something into it
        raise


def replace_file(target: Path, data: bytes) -> None:
    """Write a file, replacing a plain file of the same name in one step.

    Raises ``Misused`` if that name is a link, a folder or anything else that is not a plain file.
    """
    with open_folder(target.parent, make=True) as parent:
        with suppress(FileNotFoundError):
            if not stat.S_ISREG(os.stat(target.name, dir_fd=parent, follow_symlinks=False).st_mode):
                raise UsageError(f"{target} is no plain file, and is not written over")
        fresh = _written(parent, data)
        try:
            os.replace(fresh, target.name, src_dir_fd=parent, dst_dir_fd=parent)
        except BaseException:
            os.unlink(fresh, dir_fd=parent)
            raise


def remove(folder: Path) -> None:
    """Remove a folder and its contents, without following links. It need not exist."""
    with suppress(FileNotFoundError), open_folder(folder.parent) as parent:
        shutil.rmtree(folder.name, dir_fd=parent)


def _step(here: int, name: str, at: Path, *, make: bool) -> int:
    """Return the descriptor of the folder ``name`` in the folder ``here``, and close ``here``.

    ``at`` is the path of that folder, for messages.
    """
    try:
        inner = _opened_or_made(here, name, make=make)
    except OSError as error:
        if error.errno not in (errno.ELOOP, errno.ENOTDIR):
            raise OSError(error.errno, error.strerror, str(at)) from error
        if not stat.S_ISLNK(os.stat(name, dir_fd=here, follow_symlinks=False).st_mode):
            raise UsageError(f"{at} is not a plain folder; nothing is written below it") from error
        if not _is_of_the_system(here, at):
            raise UsageError(
                f"{at} is a symbolic link; nothing is written by way of it. Name the folder itself"
            ) from error
        inner = os.open(name, _FOLDER, dir_fd=here)
    os.close(here)
    return inner


def _opened_or_made(here: int, name: str, *, make: bool) -> int:
    try:
        return os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=here)
    except FileNotFoundError:
        if not make:
            raise
    with suppress(FileExistsError):  # another process created it meanwhile
        os.mkdir(name, dir_fd=here)
    return os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=here)


def _is_of_the_system(here: int, link: Path) -> bool:
    """Return whether only the system's administrator can have made a link in a folder."""
    if link.parent == Path(link.anchor):
        return True
    status = os.fstat(here)
    return status.st_uid == 0 != os.getuid() and not status.st_mode & 0o022


def _is_there(path: Path) -> bool:
    """Return whether anything exists at this path, including a broken link."""
    try:
        with open_folder(path.parent) as parent:
            os.stat(path.name, dir_fd=parent, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _missing_folders(folders: list[Path]) -> list[Path]:
    """Return the folders that do not exist, parents included. Each comes before its own parent."""
    missing = {
        each
        for folder in folders
        for each in (folder, *folder.parents)
        if not os.path.lexists(each)
    }
    return sorted(missing, key=lambda each: len(each.parts), reverse=True)


def _put_new(target: Path, data: bytes) -> None:
    """Write a new file. Raises ``Misused`` if something of that name has appeared meanwhile."""
    with open_folder(target.parent, make=True) as parent:
        try:
            _name(parent, _written(parent, data), target.name, data)
        except FileExistsError as error:
            raise UsageError(f"{target} exists already, and is not written over") from error


def _name(parent: int, fresh: str, name: str, data: bytes) -> None:
    """Rename a temporary file to its final name. Raises ``FileExistsError`` if it is taken."""
    try:
        os.link(fresh, name, src_dir_fd=parent, dst_dir_fd=parent, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        _write(parent, name, data)
    finally:
        os.unlink(fresh, dir_fd=parent)


def _written(parent: int, data: bytes) -> str:
    """Write a new file with a random name in a folder, and return that name."""
    name = (  # if a kill leaves the file behind, this name is ignored among an author's files
        f".{secrets.token_hex(16)}"
    )
    _write(parent, name, data)
    return name


def _write(parent: int, name: str, data: bytes) -> None:
    """Write a new file in a folder. If that fails, remove it again."""
    file = os.open(name, _NEW_FILE, 0o666, dir_fd=parent)
    try:
        with os.fdopen(file, "wb") as out:
            out.write(data)
    except BaseException:
        os.unlink(name, dir_fd=parent)
        raise
