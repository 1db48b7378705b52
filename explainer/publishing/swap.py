"""A finished site is swapped in whole or not at all; nothing of a build that failed or was killed stays beside it."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from explainer.disk import MARKER, cache_folder, machine, write_tree
from explainer.options import Options
from explainer.problems import Misused
from explainer.publishing import carrying
from explainer.publishing.spare import Spare

_OURS = ("seeds", "site_src", "templates", "explainer", "build", "tests", "docs", ".git")
_AT_FDCWD, _EXCHANGE = -100, 2
_CANNOT = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP)
"""What a system or a file system answers that cannot exchange two folders in one step."""


def prepare(options: Options) -> None:
    """Refuse an output folder that holds something of somebody else's, and one to carry from that has no record; clear away what a
    killed build left beside the output.
    """
    carrying.read(options.carry)  # it is read again when its files are wanted; here, before anything is built
    output = options.output
    with machine():
        _check(output, options.project)
        if output.parent.is_dir():
            with suppress(BlockingIOError), _alone_in(output.parent, wait=False):  # whoever publishes there now clears up too
                _clear(output)


def _check(output: Path, project: Path) -> None:
    resolved = output.resolve()
    if resolved == project.resolve() or resolved in project.resolve().parents:
        raise Misused(f"--output {output} is the project itself, or holds it; name a folder for the site alone")
    if any(resolved.is_relative_to(project.resolve() / name) for name in _OURS):
        raise Misused(f"--output {output} lies among what the site is made from; name a folder for the site alone")
    if resolved.is_relative_to(cache_folder().resolve()):
        raise Misused(f"--output {output} lies in {cache_folder()}, where builds keep things; name a folder for the site alone")
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise Misused(f"--output {output} is not a plain folder")
    if output.is_dir() and any(output.iterdir()) and not (output / MARKER).is_file():
        raise Misused(
            f"--output {output} holds files that no build of ours put there (it has no {MARKER}); empty it or name another folder"
        )


def publish(output: Path, files: Mapping[str, bytes], work: Path) -> str:
    """Swap the finished site in: a reader meets the old site or the new one, never a mixture. Says where it stands.

    The old one stays in the working folder, where it is on the same disk, to be turned into the next.
    """
    with machine():
        output.parent.mkdir(parents=True, exist_ok=True)
        with _alone_in(output.parent) as parent:
            _clear(output)
            spare = Spare.of(work, output)
            fresh = spare.folder if spare else _fresh(output)
            try:
                spare.renew(files, json.loads(files[MARKER])["files"]) if spare else write_tree(fresh, files)
                _flush(parent, fresh)
                _swap(fresh, output, parent)
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
            if spare is None:
                shutil.rmtree(fresh, ignore_errors=True)
    return f"{len(files):,} files in {output}; open {output / 'index.html'}"


def _fresh(output: Path) -> Path:
    return output.with_name(f".{output.name}.new")


def _old(output: Path) -> Path:
    return output.with_name(f".{output.name}.old")


def _clear(output: Path) -> None:
    """Undo what a build left that was killed: where it had moved the old site aside, that is put back."""
    if _old(output).is_dir() and not output.exists():
        _old(output).rename(output)
    shutil.rmtree(_old(output), ignore_errors=True)
    shutil.rmtree(_fresh(output), ignore_errors=True)


@contextmanager
def _alone_in(parent: Path, *, wait: bool = True) -> Iterator[int]:
    """The folder, opened, once no other project's build publishes into it; the lock ends with the process."""
    descriptor = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield descriptor
    finally:
        os.close(descriptor)


def _flush(parent: int, folder: Path) -> None:
    """Wait until every file is on the disk: by one call for the file system, where there is one, else file by file."""
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "syncfs"):
        if libc.syncfs(parent) != 0:
            raise _failed(folder)
        return
    for path in (folder, *folder.rglob("*")):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _swap(fresh: Path, output: Path, parent: int) -> None:
    """Put the new site in the old one's place, and the old one in the new one's; put it back where that cannot be made to last."""
    first = not output.exists()
    fresh.rename(output) if first else _exchange(fresh, output)
    try:
        os.fsync(parent)
    except OSError:
        output.rename(fresh) if first else _exchange(fresh, output)
        raise


def _exchange(fresh: Path, output: Path) -> None:
    """Exchange two folders in one step, where the system can; else by three renames."""
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "renameat2"):
        if libc.renameat2(_AT_FDCWD, os.fsencode(fresh), _AT_FDCWD, os.fsencode(output), _EXCHANGE) == 0:
            return
        if ctypes.get_errno() not in _CANNOT:
            raise _failed(output)
    old = _old(output)
    output.rename(old)
    try:
        fresh.rename(output)
    except OSError:
        old.rename(output)
        raise
    old.rename(fresh)


def _failed(path: Path) -> OSError:
    """What the last call of the C library met."""
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number), str(path))
