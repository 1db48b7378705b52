"""A finished site takes the place of the last one whole or not at all; the one before is kept for reuse."""

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
from explainer.common.disk import CACHE, MARKER, cache_folder, machine, write_tree
from explainer.common.problems import Misused
from explainer.common.trees import FILES, FOLDERS, Noted, Tree, notes
from explainer.options import Options

# The site before the last, kept to be turned into the next: of a site of thousands of files, a
# build changes a few.
#
# Whatever becomes of a spare site, of its notes, or of a build that is turning it into the next,
# the worst that follows is more work: a
# file of which nothing is known is written afresh.

_FOLDER, _NOTES = "spare", "published.json"
_looked: dict[Path, Future[tuple[Spare, Tree]]] = {}
"""What is being found out of a spare site and its files, by its working folder."""


def look_ahead(work: Path) -> None:
    """Find out how the files of a spare site stand while the build waits for its engine; from here on nobody else writes to them."""
    looks = ThreadPoolExecutor(1)
    _looked[work] = looks.submit(_look, work)
    looks.shutdown(wait=False)


def _look(work: Path) -> tuple[Spare, Tree]:
    spare = Spare.at(work)
    return spare, Tree(spare.folder, *spare.notes)


@dataclass
class Spare:
    """A folder in which the next site is put together, and what is known of the files in it."""

    work: Path
    notes: tuple[Mapping[str, Noted], ...] = field(default=())
    """Of the site that stands, and of the one before it, which lies here: the two change places at each build."""

    @classmethod
    def of(cls, work: Path, output: Path) -> Spare | None:
        """The spare site in a working folder; ``None`` where it is on another disk than the output, and so cannot take its place."""
        if work.stat().st_dev != output.parent.stat().st_dev:
            return None
        return _looked[work].result()[0] if work in _looked else cls.at(work)

    @classmethod
    def at(cls, work: Path) -> Self:
        """The spare site in a working folder, with what is known of it."""
        try:
            return cls(work, tuple(notes(each) for each in json.loads((work / _NOTES).read_bytes())))
        except (OSError, ValueError, TypeError, AttributeError):
            return cls(work)

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.work / _FOLDER

    def renew(self, files: Mapping[str, bytes], sums: Mapping[str, str]) -> None:
        """Make its files these ones, and note how they stand. ``sums`` has the SHA-256 of each but for some, which are always written."""
        there = _looked.pop(self.work).result()[1] if self.work in _looked else Tree(self.folder, *self.notes)
        same = {path for path, held in there.known.items() if sums.get(path) == held}
        gone, fresh = {*there, *there.others} - same, [path for path in files if path not in same]
        disk.update_tree(self.folder, {}, gone=gone)
        for folder in sorted(there.folders - _folders(files), reverse=True):
            (self.folder / folder).rmdir()
        for path in fresh:
            disk.update_tree(self.folder, {path: files[path]})  # one at a time: a whole site need not fit into the memory
        there.renew(fresh, gone - set(fresh))
        disk.update_tree(self.work, {_NOTES: to_json([there.noted(sums), *self.notes[:1]])})


def _folders(paths: Iterable[str]) -> set[str]:
    """The folders in which some files lie, and those in which these lie."""
    found: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in found:
            found.add(path)
    return found


# A finished site is swapped in whole or not at all; nothing of a build that failed or was killed
# stays beside it.

_OURS = ("explainer", "build", "tests", "docs", "bench", "examples", "schemas", "requirements", "Makefile")
"""What else lies in the generator's folder, or in a begun project, that no site may take the place of."""
_AT_FDCWD, _EXCHANGE = -100, 2
_BESIDE, _NEW, _OLD = ".publishing", "new", "old"
_NAMED = 8
"""How many files are named that would be lost."""
_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")
"""What systems leave in every folder, and nobody misses."""
_CANNOT = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP)
"""What a system or a file system answers that cannot exchange two folders in one step."""


def prepare(options: Options) -> None:
    """Refuse an output folder that holds something of somebody else's, and one to carry from that has no record; clear away what a
    killed build left beside the output.
    """
    assets.read_carried(options.carry)  # it is read again when its files are wanted; here, before anything is built
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
    below = resolved.relative_to(project.resolve()).parts if resolved.is_relative_to(project.resolve()) else ()
    if below and (
        allowed_files.folded_name(below[0]) in map(allowed_files.folded_name, (*FOLDERS, *FILES, *_OURS))
        or any(part.startswith(".") for part in below)
    ):
        raise Misused(f"--output {output} lies among what the site is made from; name a folder for the site alone")
    _check_cache(cache_folder(), output, project)
    folders.refuse_links(output.parent)
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise Misused(f"--output {output} is not a plain folder")
    if output.is_dir() and any(output.iterdir()):
        _manifest_of(output)


def _check_cache(cache: Path, output: Path, project: Path) -> None:
    """Refuse a cache that lies in the output or in the project, or the other way round: one would be written into the other."""
    kept, site, made_from = cache.resolve(), output.resolve(), project.resolve()
    if site.is_relative_to(kept):
        raise Misused(f"--output {output} lies in {cache}, where builds keep things; name a folder for the site alone")
    if kept.is_relative_to(site):
        raise Misused(f"{cache}, where builds keep things, lies in --output {output}; name another folder with {CACHE}")
    if kept.is_relative_to(made_from):
        raise Misused(f"{cache}, where builds keep things, lies in the project; name a folder outside of it with {CACHE}")
    if made_from.is_relative_to(kept):
        raise Misused(f"the project lies in {cache}, where builds keep things; name another folder with {CACHE}")


def _manifest_of(output: Path) -> manifests.Manifest:
    """The manifest of the site in a folder. Raises ``Misused`` where there is none of ours: many programs have a file of that name."""
    try:
        return manifests.manifest(manifests.read(output))
    except manifests.NotOurs as fault:
        raise Misused(
            f"--output {output} holds files that no build of ours put there (it has no {MARKER} of ours: {fault}); "
            "empty it or name another folder"
        ) from fault


def _refuse_to_lose(output: Path, work: Path) -> None:
    """Raise ``Misused`` where the output holds what somebody put there, or changed, since the build that made it: it would be gone."""
    if not output.is_dir() or not any(output.iterdir()):
        return
    sums, there = _manifest_of(output).files, Tree(output, *Spare.at(work).notes)
    foreign = [path for path in sorted({*there, *there.others} - sums.keys() - {MARKER}) if PurePosixPath(path).name not in _LITTER]
    changed = [path for path in sorted(sums) if path in there.others or (path in there and there.sum(path) != sums[path])]
    if found := [*foreign, *changed]:
        shown = ", ".join(path if path.isprintable() else repr(path) for path in found[:_NAMED])
        more = f" and {len(found) - _NAMED:,} more" if len(found) > _NAMED else ""
        raise Misused(
            f"--output {output} holds what no build of ours put there, or what was changed since: {shown}{more}. "
            "It would be lost: move it elsewhere, or empty the folder, and build again"
        )


def publish(output: Path, files: Mapping[str, bytes], work: Path) -> str:
    """Swap the finished site in: a reader meets the old site or the new one, never a mixture. Says where it stands.

    The old one stays in the working folder, where it is on the same disk, to be turned into the next.
    """
    with machine():
        with folders.opened(output.parent, make=True):
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
                    spare.renew(files, json.loads(files[MARKER])["files"])
                    _flush(parent, spare.folder)
                    _swap(spare.folder, output, parent)
                except BaseException:
                    shutil.rmtree(spare.folder, ignore_errors=True)
                    raise
    return f"{len(files):,} files in {output}; open {output / 'index.html'}"


@contextmanager
def _room(output: Path) -> Iterator[Path]:
    """A folder beside the output for as long as it is needed, which nobody else can have made.

    It lies in one whose name nobody can know beforehand, and is named by the number that the file system gave that one: what came from
    elsewhere, in an archive or a repository, does not bear the number that it gets here.
    """
    outer = Path(tempfile.mkdtemp(prefix=f".{output.name}.", suffix=_BESIDE, dir=output.parent))
    try:
        inner = outer / _number(outer)
        inner.mkdir()
        yield inner
    finally:
        shutil.rmtree(outer, ignore_errors=True)


def _number(folder: Path) -> str:
    """What a file system calls a folder."""
    status = folder.stat(follow_symlinks=False)
    return f"{status.st_dev}-{status.st_ino}"


def _clear(output: Path) -> None:
    """Undo what a build left that was killed: where it had moved the old site aside, that is put back."""
    for outer in sorted(output.parent.glob(f".{glob.escape(output.name)}.*{_BESIDE}")):
        if outer.is_symlink() or not outer.is_dir():
            continue
        names = [each.name for each in outer.iterdir()]
        if names not in ([], [_number(outer)]):  # somebody else's
            continue
        old = outer / _number(outer) / _OLD
        if not output.exists() and not output.is_symlink() and _is_whole(old):
            old.rename(output)
        shutil.rmtree(outer, ignore_errors=True)


def _is_whole(site: Path) -> bool:
    """Whether a folder holds a site of ours, as it was built."""
    if site.is_symlink() or not site.is_dir():
        return False
    try:
        sums = manifests.manifest(manifests.read(site)).files
    except manifests.NotOurs:
        return False
    there = Tree(site)
    return not there.others and there.keys() == {*sums, MARKER} and all(there.sum(path) == sums[path] for path in sums)


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
    """What the last call of the C library met."""
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number), str(path))
