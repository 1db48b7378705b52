"""Publishing writes what differs, and nothing else; and whatever became of the files that it uses again, the site is the new one."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from explainer.assemble.swap import publish
from explainer.common.disk import MANIFEST, read_tree
from explainer.common.problems import UsageError

OLD = {
    "index.html": b"old",
    "same.html": b"same",
    "folder/page.html": b"a page",
    "name": b"a file here, a folder later",
}
NEW = {
    "index.html": b"new",
    "same.html": b"same",
    "folder": b"a file now",
    "name/page.html": b"a page",
}


def whole(files: dict[str, bytes]) -> dict[str, bytes]:
    """A finished site of some files."""
    sums = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    return {**files, MANIFEST: json.dumps({"generator": "explainer", "files": sums}).encode()}


@pytest.fixture
def put(tmp_path: Path) -> Callable[[dict[str, bytes]], Path]:
    """Publishes some files; gives the site's folder."""
    (tmp_path / "build").mkdir()

    def put(files: dict[str, bytes]) -> Path:
        publish(tmp_path / "site", whole(files), tmp_path / "build")
        assert read_tree(tmp_path / "site") == whole(files)
        return tmp_path / "site"

    return put


def test_what_is_the_same_is_not_written_again(put: Callable[[dict[str, bytes]], Path]) -> None:
    """From the third site on a file that did not change is the one that was written for the site before the last."""
    first = (put(OLD) / "same.html").stat()
    put(OLD)
    third = (put(NEW) / "same.html").stat()
    assert (third.st_ino, third.st_mtime_ns) == (first.st_ino, first.st_mtime_ns)


def _rewrite(path: Path) -> None:
    """Other words of the same length, and the time of the last change put back."""
    times = path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    while (
        path.stat().st_ctime_ns == times.st_ctime_ns
    ):  # a clock that has not moved on since the file was written
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def _link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


HARM: dict[str, Callable[[Path], object]] = {
    "a file is written to": lambda site: _rewrite(site / "same.html"),
    "a file is gone": lambda site: (site / "same.html").unlink(),
    "a file is a link": lambda site: _link(site / "same.html"),
    "a file is another": lambda site: shutil.copy2(site / "index.html", site / "same.html"),
    "a file is a folder": lambda site: (
        (site / "same.html").unlink(),
        (site / "same.html").mkdir(),
        _put(site / "same.html" / "deep"),
    ),
    "files are added": lambda site: (
        _put(site / "stranger"),
        (site / "empty" / "folders").mkdir(parents=True),
    ),
    "it is gone": shutil.rmtree,
}


def _put(path: Path) -> None:
    path.write_bytes(b"a stranger's")


def contents(folder: Path) -> dict[Path, object]:
    """What a folder holds, and where its links lead."""
    return {
        path: path.readlink() if path.is_symlink() else path.is_file() and path.read_bytes()
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("where", ["site", "build/spare"])
def test_nothing_that_was_touched_is_used_again(
    put: Callable[[dict[str, bytes]], Path], tmp_path: Path, where: str, harm: str
) -> None:
    """Whatever was done to the site that stood or to the spare one, the next two are whole and hold nothing else."""
    put(OLD)
    put(OLD)
    HARM[harm](tmp_path / where)
    if where == "site" and harm not in ("a file is gone", "it is gone"):
        held = contents(tmp_path / "site")
        with pytest.raises(
            UsageError, match="It would be lost"
        ) as refused:  # it is somebody's work: not without a word
            put(NEW)
        named = {"files are added": "stranger", "a file is a folder": "same.html/deep"}.get(
            harm, "same.html"
        )
        assert named in str(refused.value)
        assert contents(tmp_path / "site") == held
        shutil.rmtree(tmp_path / "site")
    put(NEW)
    put(OLD)


@pytest.mark.parametrize("notes", [b"", b"[]", b"null", b'[{"1": [1]}]', b'{"a": 1}', b"\xff"])
def test_notes_that_say_nothing_cost_work_only(
    put: Callable[[dict[str, bytes]], Path], tmp_path: Path, notes: bytes
) -> None:
    """A spare site of which nothing is known is written whole."""
    put(OLD)
    put(OLD)
    (tmp_path / "build" / "published.json").write_bytes(notes)
    put(NEW)
