"""The one module that writes: a working folder, and a finished site that is swapped in whole or not at all."""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from explainer.problems import MachineFailed, Misused

MARKER = "manifest.json"
"""The file that shows an output folder to be ours."""
_OURS = ("seeds", "site_src", "templates", "explainer", "build", "tests", "docs", ".git")
_AT_FDCWD, _EXCHANGE = -100, 2


@contextmanager
def machine() -> Iterator[None]:
    """Turns the machine's failures into one line: a full disk is nobody's mistake in the seeds."""
    try:
        yield
    except OSError as error:
        raise MachineFailed(f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")) from error


@contextmanager
def working_folder(project: Path) -> Iterator[Path]:
    """``build/`` in the project, for one build at a time; raises ``MachineFailed`` where another is under way."""
    build = project / "build"
    with machine():
        build.mkdir(exist_ok=True)
        lock = (build / ".lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise MachineFailed(f"another build of {project} is under way; wait for it") from error
    try:
        yield build
    finally:
        lock.close()


def write_tree(folder: Path, files: Mapping[str, bytes]) -> None:
    """Replace a folder's content by some files, each flushed to the disk."""
    with machine():
        shutil.rmtree(folder, ignore_errors=True)
        for path, data in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as out:
                out.write(data)
                out.flush()
        folder.mkdir(parents=True, exist_ok=True)


def update_tree(folder: Path, files: Mapping[str, bytes], *, gone: Iterable[str] = (), aged: bool = False) -> None:
    """Write some files of a folder and remove some; ``aged`` ones are older than anything that is made from them."""
    with machine():
        for path in gone:
            (folder / path).unlink(missing_ok=True)
        for path, data in files.items():
            target = folder / path
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
    """Add files to a folder of the author's; raises ``Misused`` before anything is written where one is there already."""
    taken = next((path for path in files if (folder / path).exists()), None)
    if taken is not None:
        raise Misused(f"{folder / taken} exists already, and nothing that was released is written over")
    with machine():
        for path, data in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(".new")
            fresh.write_bytes(data)
            fresh.replace(target)


def check_output(output: Path, project: Path) -> None:
    """Refuse an output folder that holds something of somebody else's."""
    resolved = output.resolve()
    if resolved == project.resolve() or resolved in project.resolve().parents:
        raise Misused(f"--output {output} is the project itself, or holds it; name a folder for the site alone")
    if any(resolved.is_relative_to(project.resolve() / name) for name in _OURS):
        raise Misused(f"--output {output} lies among what the site is made from; name a folder for the site alone")
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise Misused(f"--output {output} is not a plain folder")
    if output.is_dir() and any(output.iterdir()) and not (output / MARKER).is_file():
        raise Misused(
            f"--output {output} holds files that no build of ours put there (it has no {MARKER}); empty it or name another folder"
        )


def publish(output: Path, files: Mapping[str, bytes]) -> None:
    """Swap the finished site in: a reader meets the old site or the new one, never a mixture."""
    fresh = output.with_name(f".{output.name}.new")
    with machine():
        output.parent.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(output.parent):
        write_tree(fresh, files)
        with machine():
            _sync(fresh)
            if output.exists():
                _exchange(fresh, output)
            else:
                fresh.rename(output)
            _sync(output.parent)
            shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def _one_at_a_time(parent: Path) -> Iterator[None]:
    """Waits until no other project's build publishes into the same folder; the lock ends with the process."""
    with machine():
        descriptor = os.open(parent, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def _sync(folder: Path) -> None:
    os.sync()
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _exchange(fresh: Path, output: Path) -> None:
    """Exchange two folders in one step, where the system can; else by two renames."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        done = libc.renameat2(_AT_FDCWD, os.fsencode(fresh), _AT_FDCWD, os.fsencode(output), _EXCHANGE)
    except AttributeError:
        done = -1
    if done != 0:
        old = output.with_name(f".{output.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        output.rename(old)
        fresh.rename(output)
        shutil.rmtree(old, ignore_errors=True)
