"""Writing and reading folders, one build at a time; what the machine refuses is said in one line."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from explainer.options import Options
from explainer.problems import MachineFailed, Misused

MARKER = "manifest.json"
"""The file that shows an output folder to be ours."""


@contextmanager
def machine() -> Iterator[None]:
    """Turns the machine's failures into one line: a full disk is nobody's mistake in the seeds."""
    try:
        yield
    except OSError as error:
        raise MachineFailed(f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")) from error


@contextmanager
def working_folder(options: Options) -> Iterator[Path]:
    """``build/`` in the project, for one build at a time, emptied where that is wanted; raises ``MachineFailed`` where another runs.

    The engine inherits the lock: one that outlives a killed build would otherwise write into the next one's pages.
    """
    build = options.project / "build"
    with machine():
        build.mkdir(exist_ok=True)
        lock = (build / ".lock").open("w")
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
            _empty(build)
        yield build
    finally:
        lock.close()


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
    """Add files to a folder of the author's; raises ``Misused`` before anything is written where one is there already."""
    taken = next((path for path in files if (folder / path).exists()), None)
    if taken is not None:
        raise Misused(f"{folder / taken} exists already, and nothing that was released is written over")
    with machine():
        for path, data in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(".new")
            try:
                fresh.write_bytes(data)
                fresh.replace(target)
            finally:
                fresh.unlink(missing_ok=True)


def fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Fill a folder that is empty or not there; what was begun is taken back where the machine fails."""
    with machine():
        fresh = not folder.exists()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            add(folder, files)
        except MachineFailed:
            for path in folder.iterdir() if folder.is_dir() else ():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            if fresh and folder.is_dir():
                folder.rmdir()
            raise
