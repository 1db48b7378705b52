"""Publishes a finished site: it replaces the last one as a whole or not at all.

The replaced site is kept as a spare, and the next build turns it into the next site.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import glob
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Self

from pydantic_core import to_json

from explainer.assemble import assets, manifests
from explainer.common import disk, folders
from explainer.common.allowed import files as allowed_files
from explainer.common.disk import (
    CACHE_VARIABLE,
    MANIFEST,
    cache_folder,
    machine_failures,
    write_tree,
)
from explainer.common.problems import UsageError
from explainer.common.trees import FILES, FOLDERS, FileState, Tree, notes
from explainer.options import Options

# The spare site

_FOLDER, _NOTES = "spare", "published.json"
_looked: dict[Path, Future[tuple[Spare, Tree]]] = {}
"""The state of spare sites that is being read in threads, by working folder."""


def read_spare_in_background(work: Path) -> None:
    """Start to read the state of the spare site's files while the build waits for its engine.

    From now on nothing else may write to these files.
    """
    looks = ThreadPoolExecutor(1)
    _looked[work] = looks.submit(_look, work)
    looks.shutdown(wait=False)


def _look(work: Path) -> tuple[Spare, Tree]:
    spare = Spare.at(work)
    return spare, Tree(spare.folder, *spare.notes)


@dataclass
class Spare:
    """A folder in which the next site is put together from the site before the last.

    A build changes few of a site's thousands of files, so the others are reused. If the folder or
    its notes are damaged, or a build is killed while it changes them, the only cost is more work: a
    file without a valid note is written again.
    """

    work: Path
    notes: tuple[Mapping[str, FileState], ...] = field(default=())
    """The noted state of the files of the published site, and of the site before it.

    The latter is in this folder; the two change places at each build.
    """

    @classmethod
    def of(cls, work: Path, output: Path) -> Spare | None:
        """Return the spare site of a working folder, or ``None``.

        ``None`` if it is on another disk than the output, because then it cannot be swapped in.
        """
        if work.stat().st_dev != output.parent.stat().st_dev:
            return None
        return _looked[work].result()[0] if work in _looked else cls.at(work)

    @classmethod
    def at(cls, work: Path) -> Self:
        """Return the spare site of a working folder with its notes, if they can be read."""
        try:
            return cls(
                work, tuple(notes(each) for each in json.loads((work / _NOTES).read_bytes()))
            )
        except (OSError, ValueError, TypeError, AttributeError):
            return cls(work)

    @property
    def folder(self) -> Path:
        """The path of the spare site."""
        return self.work / _FOLDER

    def renew(self, files: Mapping[str, bytes], sums: Mapping[str, str]) -> None:
        """Write and remove files until the folder holds exactly these, and note their state.

        ``sums`` has the SHA-256 digests of the files. A file without a digest is always written.
        """
        there = (
            _looked.pop(self.work).result()[1]
            if self.work in _looked
            else Tree(self.folder, *self.notes)
        )
        same = {path for path, held in there.known.items() if sums.get(path) == held}
        gone, fresh = {*there, *there.others} - same, [path for path in files if path not in same]
        disk.update_tree(self.folder, {}, gone=gone)
        for folder in sorted(there.folders - _folders(files), reverse=True):
            (self.folder / folder).rmdir()
        for path in fresh:
            disk.update_tree(self.folder, {path: files[path]})  # one by one, to save memory
        there.renew(fresh, gone - set(fresh))
        disk.update_tree(self.work, {_NOTES: to_json([there.noted(sums), *self.notes[:1]])})


def _folders(paths: Iterable[str]) -> set[str]:
    """Return all folders that contain some of the files, at any depth."""
    found: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in found:
            found.add(path)
    return found


# Swapping a site in

_OURS = (
    "explainer",
    "build",
    "tests",
    "docs",
    "bench",
    "examples",
    "schemas",
    "requirements",
    "Makefile",
)
"""More names in the generator's folder or in a new project that a site must not replace."""
_AT_FDCWD, _EXCHANGE = -100, 2
_BESIDE, _NEW, _OLD = ".publishing", "new", "old"
_NAMED = 8
"""The most files that a message names."""
_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")
"""Files that operating systems leave in every folder; they may be lost."""
_CANNOT = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP)
"""Errors of a system or file system that cannot exchange two folders in one step."""


def prepare(options: Options) -> None:
    """Check the output folder and the folder of carried assets, and clean up after a killed build.

    Raises ``Misused`` if the output holds files that are not ours, or if the assets have no record.
    """
    assets.read_carried(options.carry)  # only to fail early; it is read again when it is needed
    output = options.output
    with machine_failures():
        _check(output, options.project)
        if output.parent.is_dir():
            # If it is locked, another build is publishing there, and cleans up itself.
            with suppress(BlockingIOError), _alone_in(output.parent, wait=False):
                _clear(output)


def _check(output: Path, project: Path) -> None:
    resolved = output.resolve()
    if resolved == project.resolve() or resolved in project.resolve().parents:
        raise UsageError(
            f"--output {output} is the project itself, or holds it; name a folder for the site"
            " alone"
        )
    below = (
        resolved.relative_to(project.resolve()).parts
        if resolved.is_relative_to(project.resolve())
        else ()
    )
    if below and (
        allowed_files.folded_name(below[0])
        in map(allowed_files.folded_name, (*FOLDERS, *FILES, *_OURS))
        or any(part.startswith(".") for part in below)
    ):
        raise UsageError(
            f"--output {output} lies among what the site is made from; name a folder for the site"
            " alone"
        )
    _check_cache(cache_folder(), output, project)
    folders.refuse_links(output.parent)
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise UsageError(f"--output {output} is not a plain folder")
    if output.is_dir() and any(output.iterdir()):
        _manifest_of(output)


def _check_cache(cache: Path, output: Path, project: Path) -> None:
    """Raise ``Misused`` if the cache is in the output or the project, or contains one of them.

    Files of one would be written into the other.
    """
    kept, site, made_from = cache.resolve(), output.resolve(), project.resolve()
    if site.is_relative_to(kept):
        raise UsageError(
            f"--output {output} lies in {cache}, where builds keep things; name a folder for the"
            " site alone"
        )
    if kept.is_relative_to(site):
        raise UsageError(
            f"{cache}, where builds keep things, lies in --output {output}; name another folder"
            f" with {CACHE_VARIABLE}"
        )
    if kept.is_relative_to(made_from):
        raise UsageError(
            f"{cache}, where builds keep things, lies in the project; name a folder outside of it"
            f" with {CACHE_VARIABLE}"
        )
    if made_from.is_relative_to(kept):
        raise UsageError(
            f"the project lies in {cache}, where builds keep things; name another folder with"
            f" {CACHE_VARIABLE}"
        )


def _manifest_of(output: Path) -> manifests.Manifest:
    """Return the manifest of the site in a folder.

    Raises ``Misused`` if it is not one of ours. Many programs write a ``manifest.json``.
    """
    try:
        return manifests.parse_manifest(manifests.read(output))
    except manifests.InvalidManifest as fault:
        raise UsageError(
            f"--output {output} holds files that no build of ours put there (it has no {MANIFEST}"
            f" of ours: {fault}); empty it or name another folder"
        ) from fault


def _refuse_to_lose(output: Path, work: Path) -> None:
    """Raise ``Misused`` if files in the output were added or changed since the last build.

    They would be lost.
    """
    if not output.is_dir() or not any(output.iterdir()):
        return
    sums, there = _manifest_of(output).files, Tree(output, *Spare.at(work).notes)
    foreign = [
        path
        for path in sorted({*there, *there.others} - sums.keys() - {MANIFEST})
        if PurePosixPath(path).name not in _LITTER
    ]
    changed = [
        path
        for path in sorted(sums)
        if path in there.others or (path in there and there.sum(path) != sums[path])
    ]
    if found := [*foreign, *changed]:
        shown = ", ".join(path if path.isprintable() else repr(path) for path in found[:_NAMED])
        more = f" and {len(found) - _NAMED:,} more" if len(found) > _NAMED else ""
        raise UsageError(
            f"--output {output} holds what no build of ours put there, or what was changed since:"
            f" {shown}{more}. It would be lost: move it elsewhere, or empty the folder, and build"
            " again"
        )


def publish(output: Path, files: Mapping[str, bytes], work: Path) -> str:
    """Put the finished site in place of the old one, and return a line that says where it is.

    A reader gets files of the old site or of the new one, never a mixture. If the working folder is
    on the same disk, the old site is kept there as the spare for the next build.
    """
    with machine_failures():
        with folders.open_folder(output.parent, make=True):
            pass
        with _alone_in(output.parent) as parent:
            _clear(output)
            _refuse_to_lose(output, work)
            spare = Spare.of(work, output)
            if spare is None:
                with _room(output) as room:
                    write_tree(room / _NEW, files)
                    _flush(parent, room / _NEW)
                    _swap(room / _NEW, output, parent)
            else:
                try:
                    spare.renew(files, json.loads(files[MANIFEST])["files"])
                    _flush(parent, spare.folder)
                    _swap(spare.folder, output, parent)
                except BaseException:
                    shutil.rmtree(spare.folder, ignore_errors=True)
                    raise
    return f"{len(files):,} files in {output}; open {output / 'index.html'}"


@contextmanager
def _room(output: Path) -> Iterator[Path]:
    """Create a temporary folder beside the output that a later build can recognise as ours.

    Its parent has a random name. The folder is named after the device and inode number of its
    parent. What was unpacked from an archive or a repository has another number here, so ``_clear``
    leaves it.
    """
    outer = Path(tempfile.mkdtemp(prefix=f".{output.name}.", suffix=_BESIDE, dir=output.parent))
    try:
        inner = outer / _number(outer)
        inner.mkdir()
        yield inner
    finally:
        shutil.rmtree(outer, ignore_errors=True)


def _number(folder: Path) -> str:
    """Return the device and the inode number of a folder, as a name."""
    status = folder.stat(follow_symlinks=False)
    return f"{status.st_dev}-{status.st_ino}"


def _clear(output: Path) -> None:
    """Remove what a killed build left, and restore the old site if the build had moved it away."""
    for outer in sorted(output.parent.glob(f".{glob.escape(output.name)}.*{_BESIDE}")):
        if outer.is_symlink() or not outer.is_dir():
            continue
        names = [each.name for each in outer.iterdir()]
        if names not in ([], [_number(outer)]):  # not made by us
            continue
        old = outer / _number(outer) / _OLD
        if not output.exists() and not output.is_symlink() and _is_whole(old):
            old.rename(output)
        shutil.rmtree(outer, ignore_errors=True)


def _is_whole(site: Path) -> bool:
    """Return whether a folder holds one of our sites exactly as it was built."""
    if site.is_symlink() or not site.is_dir():
        return False
    try:
        sums = manifests.parse_manifest(manifests.read(site)).files
    except manifests.InvalidManifest:
        return False
    there = Tree(site)
    return (
        not there.others
        and there.keys() == {*sums, MANIFEST}
        and all(there.sum(path) == sums[path] for path in sums)
    )


@contextmanager
def _alone_in(parent: Path, *, wait: bool = True) -> Iterator[int]:
    """Open a folder and lock it, so that no other project's build publishes into it.

    The lock ends with the process. Without ``wait``, raises ``BlockingIOError`` if it is locked.
    """
    descriptor = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield descriptor
    finally:
        os.close(descriptor)


def _flush(parent: int, folder: Path) -> None:
    """Wait until all files are on the disk: by ``syncfs`` if there is one, else file by file."""
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
    """Exchange the new site and the old one; undo it if the change cannot be flushed to disk."""
    first = not output.exists()
    fresh.rename(output) if first else _exchange(fresh, output)
    try:
        os.fsync(parent)
    except OSError:
        output.rename(fresh) if first else _exchange(fresh, output)
        raise


def _exchange(fresh: Path, output: Path) -> None:
    """Exchange two folders in one step if the system can, else by three renames."""
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "renameat2"):
        if (
            libc.renameat2(_AT_FDCWD, os.fsencode(fresh), _AT_FDCWD, os.fsencode(output), _EXCHANGE)
            == 0
        ):
            return
        if ctypes.get_errno() not in _CANNOT:
            raise _failed(output)
    with _room(output) as room:
        old = room / _OLD
        output.rename(old)
        try:
            fresh.rename(output)
        except OSError:
            old.rename(output)
            raise
        old.rename(fresh)


def _failed(path: Path) -> OSError:
    """Return an ``OSError`` for the last failed call of the C library."""
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number), str(path))
