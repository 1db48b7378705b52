"""Writing into folders that may come from anybody: no link is followed and nothing that is there is written over.

Each folder on the way is opened by its name within the one before it, so what a path leads to cannot change
between a look and a write. A file is written under a name that nobody can know beforehand, and gets its own
name in one step once it is whole.
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

from explainer.common.problems import Misused

_FOLDER: Final = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC
"""Opens a folder to pass through it, which one may where one may not list it."""
_NEW_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_NO_HARD_LINKS: Final = (errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK)
"""What file systems answer that have no second names for a file, such as FAT."""


@contextmanager
def opened(path: Path, *, make: bool = False) -> Iterator[int]:
    """A folder's descriptor. With ``make``, folders that are missing on the way are made.

    Raises ``Misused`` where a link or a file is on the way, but for links that only the system's
    administrator can have made (such as ``/tmp`` of macOS), and ``OSError`` where the machine refuses.
    """
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve follows links
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
    """Raise ``Misused`` where a link or a file is on the way to a folder, or in its place; it need not be there."""
    with suppress(FileNotFoundError), opened(path):
        return


def add(folder: Path, files: Mapping[str, bytes]) -> None:
    """Add files by their paths below a folder, which are plain: no part is empty, ``.`` or ``..``.

    Raises ``Misused`` before anything is written where something is there already, and where a link is on
    the way. Where it fails, what was added is taken away again.
    """
    if any({"", ".", ".."} & set(path.split("/")) for path in files):
        raise ValueError("a path that may lead out of the folder")
    taken = next((path for path in files if _is_there(folder / path)), None)
    if taken is not None:
        raise Misused(f"{folder / taken} exists already, and is not written over")
    missing = _missing_folders([folder, *((folder / path).parent for path in files)])
    added: list[Path] = []
    try:
        with opened(folder, make=True):
            pass
        for path, data in files.items():
            _put_new(folder / path, data)
            added.append(folder / path)
    except BaseException:
        for each in reversed(added):
            with suppress(OSError, Misused), opened(each.parent) as parent:
                os.unlink(each.name, dir_fd=parent)
        for each in missing:
            with suppress(OSError, Misused), opened(each.parent) as parent:
                os.rmdir(each.name, dir_fd=parent)  # it stays where somebody else has put something into it
        raise


def put(target: Path, data: bytes) -> None:
    """Write a file, in one step in the place of a plain file of its name. Raises ``Misused`` where that is a link or no file."""
    with opened(target.parent, make=True) as parent:
        with suppress(FileNotFoundError):
            if not stat.S_ISREG(os.stat(target.name, dir_fd=parent, follow_symlinks=False).st_mode):
                raise Misused(f"{target} is no plain file, and is not written over")
        fresh = _written(parent, data)
        try:
            os.replace(fresh, target.name, src_dir_fd=parent, dst_dir_fd=parent)
        except BaseException:
            os.unlink(fresh, dir_fd=parent)
            raise


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it; links in it are not followed. Nothing happens where it is not there."""
    with suppress(FileNotFoundError), opened(folder.parent) as parent:
        shutil.rmtree(folder.name, dir_fd=parent)


def _step(here: int, name: str, at: Path, *, make: bool) -> int:
    """The descriptor of the folder ``name`` in the folder ``here``, which is closed. ``at`` is its path, for messages."""
    try:
        inner = _opened_or_made(here, name, make=make)
    except OSError as error:
        if error.errno not in (errno.ELOOP, errno.ENOTDIR):
            raise OSError(error.errno, error.strerror, str(at)) from error
        if not stat.S_ISLNK(os.stat(name, dir_fd=here, follow_symlinks=False).st_mode):
            raise Misused(f"{at} is not a plain folder; nothing is written below it") from error
        if not _is_of_the_system(here, at):
            raise Misused(f"{at} is a symbolic link; nothing is written by way of it. Name the folder itself") from error
        inner = os.open(name, _FOLDER, dir_fd=here)
    os.close(here)
    return inner


def _opened_or_made(here: int, name: str, *, make: bool) -> int:
    try:
        return os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=here)
    except FileNotFoundError:
        if not make:
            raise
    with suppress(FileExistsError):  # another process made it meanwhile
        os.mkdir(name, dir_fd=here)
    return os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=here)


def _is_of_the_system(here: int, link: Path) -> bool:
    """Whether a link in the folder ``here`` can have been made by the system's administrator alone."""
    if link.parent == Path(link.anchor):
        return True
    status = os.fstat(here)
    return status.st_uid == 0 != os.getuid() and not status.st_mode & 0o022


def _is_there(path: Path) -> bool:
    """Whether anything has this path, be it a link that leads nowhere."""
    try:
        with opened(path.parent) as parent:
            os.stat(path.name, dir_fd=parent, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _missing_folders(folders: list[Path]) -> list[Path]:
    """Those of some folders, and of the folders above them, that are not there; each before the one that it lies in."""
    missing = {each for folder in folders for each in (folder, *folder.parents) if not os.path.lexists(each)}
    return sorted(missing, key=lambda each: len(each.parts), reverse=True)


def _put_new(target: Path, data: bytes) -> None:
    """Write a file that is not there. Raises ``Misused`` where something of its name has come meanwhile."""
    with opened(target.parent, make=True) as parent:
        try:
            _name(parent, _written(parent, data), target.name, data)
        except FileExistsError as error:
            raise Misused(f"{target} exists already, and is not written over") from error


def _name(parent: int, fresh: str, name: str, data: bytes) -> None:
    """Give a file that was written the name that it is to have. Raises ``FileExistsError`` where that is taken."""
    try:
        os.link(fresh, name, src_dir_fd=parent, dst_dir_fd=parent, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        _write(parent, name, data)
    finally:
        os.unlink(fresh, dir_fd=parent)


def _written(parent: int, data: bytes) -> str:
    """The name of a new file in a folder that holds the data; nobody can have known it."""
    name = f".{secrets.token_hex(16)}"  # a name that is passed over among an author's files, should a kill leave it
    _write(parent, name, data)
    return name


def _write(parent: int, name: str, data: bytes) -> None:
    """Write a new file in a folder; nothing of it is left where that fails."""
    file = os.open(name, _NEW_FILE, 0o666, dir_fd=parent)
    try:
        with os.fdopen(file, "wb") as out:
            out.write(data)
    except BaseException:
        os.unlink(name, dir_fd=parent)
        raise
