"""What the generator adds to a folder stays in that folder: no planted link, pipe or file is written through or written over."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support import ROOT, Done, run, tree_hash

from explainer.assemble import last_site
from explainer.cli import schemas
from explainer.common import disk, folders
from explainer.common.problems import MachineFailed, UsageError
from explainer.render import plotly

STUBS = {
    "fact": "seeds/facts/abc.yaml",
    "source": "seeds/sources/abc.yaml",
    "page": "site_src/abc.md",
}


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder of the user's own, with something in it."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "victim").write_text("precious", encoding="utf-8")
    return folder


def _refused(done: Done, outside: Path, before: str) -> None:
    assert done.code == 2, done.said
    assert "Traceback" not in done.said
    assert done.stderr.startswith("build.py: ")
    assert tree_hash(outside) == before


def _in_the_place(path: Path, outside: Path) -> None:
    if path.is_dir():
        path.rename(path.with_name("away"))
    path.symlink_to(outside)


@pytest.mark.parametrize("what", STUBS)
@pytest.mark.parametrize("level", [1, 2])
@pytest.mark.parametrize("to", ["outside", "missing", "inside"])
def test_no_link_on_the_way_is_followed(
    what: str, level: int, to: str, small_project: Path, outside: Path
) -> None:
    """Where a folder of the project is a link, whatever it leads to, nothing is begun, and the message names the link."""
    parts = STUBS[what].split("/")[:-1]
    if len(parts) < level:
        pytest.skip("pages lie in one folder")
    link = small_project.joinpath(*parts[:level])
    inside = small_project / "elsewhere"
    inside.mkdir()
    target = {"outside": outside, "missing": outside / "not-there", "inside": inside}[to]
    _in_the_place(link, target)
    before = tree_hash(outside)
    done = run("new", "--project", small_project, what, "abc")
    _refused(done, outside, before)
    assert f"{link} is a symbolic link" in done.stderr
    assert not list(inside.iterdir())


@pytest.mark.parametrize("what", STUBS)
@pytest.mark.parametrize("kind", ["link", "lost link", "pipe", "folder", "file"])
def test_nothing_that_has_the_name_is_written_over(
    what: str, kind: str, small_project: Path, outside: Path
) -> None:
    """A link to a file, a link to nothing, a pipe, a folder and a file of the name stay as they are; nobody waits for a pipe."""
    target = small_project / STUBS[what]
    plant = {
        "link": lambda: target.symlink_to(outside / "victim"), "lost link": lambda: target.symlink_to(outside / "made"),
        "pipe": lambda: os.mkfifo(target), "folder": target.mkdir, "file": lambda: target.write_text("mine", encoding="utf-8"),
    }  # fmt: skip
    plant[kind]()
    before, stood = tree_hash(outside), target.lstat()
    done = run("new", "--project", small_project, what, "abc")
    _refused(done, outside, before)
    assert "exists already" in done.stderr
    assert (target.lstat().st_ino, target.lstat().st_size) == (stood.st_ino, stood.st_size)


@pytest.mark.parametrize("what", STUBS)
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_no_name_beside_it_can_be_taken_beforehand(
    what: str, kind: str, small_project: Path, outside: Path
) -> None:
    """What is planted under names that a writer might use on the way is not touched, and the stub is written whole."""
    target = small_project / STUBS[what]
    for name in (
        "abc.new",
        "abc.tmp",
        f"{target.name}.new",
        f"{target.name}.tmp",
        f".{target.name}",
        f"{target.name}~",
        ".new",
        "zz.new",
    ):
        path = target.parent / name
        {
            "link": lambda p=path: p.symlink_to(outside / "victim"),
            "pipe": lambda p=path: os.mkfifo(p),
            "folder": path.mkdir,
        }[kind]()
    before, there = tree_hash(outside), {path.name for path in target.parent.iterdir()}
    assert run("new", "--project", small_project, what, "abc").code == 0
    assert tree_hash(outside) == before
    assert {path.name for path in target.parent.iterdir()} == there | {target.name}
    assert target.stat().st_mode & 0o777 == (small_project / "mkdocs.yml").stat().st_mode & 0o666
    assert target.stat().st_nlink == 1


@pytest.mark.parametrize("level", ["seeds/editions", "chart"])
def test_a_release_stays_in_the_project(level: str, small_project: Path, outside: Path) -> None:
    """Editions are not released by way of a link."""
    before = tree_hash(outside)
    files = {"seeds/editions/one/a.json": b"1", "seeds/editions/two/b.json": b"2"}
    link = small_project / ("seeds/editions" if level == "seeds/editions" else "seeds/editions/two")
    link.parent.mkdir(exist_ok=True)
    _in_the_place(link, outside)
    with pytest.raises(UsageError, match="is a symbolic link"):
        disk.add(small_project, files)
    assert tree_hash(outside) == before
    assert not (small_project / "seeds/editions/one").exists()  # what was begun is taken back
    done = run("release", "--project", small_project, "--date", "2031-01-01")
    assert done.code in (1, 2), done.said
    assert tree_hash(outside) == before


@pytest.mark.parametrize("where", ["link/new", "link/deep/new", "real/link/new"])
def test_no_explainer_is_begun_by_way_of_a_link(
    where: str, tmp_path: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``new DIR`` below a link that lies in some folder writes nothing, whether the path is given in full or from that folder."""
    folder = tmp_path / "theirs"
    (folder / "real").mkdir(parents=True)
    (folder / "link").symlink_to(outside)
    (folder / "real" / "link").symlink_to("../link")
    before = tree_hash(outside)
    monkeypatch.chdir(folder)
    for path in (folder / where, where, f"./real/../{where}"):
        done = run("new", path)
        _refused(done, outside, before)
        assert "is a symbolic link" in done.stderr


def test_no_site_is_published_by_way_of_a_link(small_project: Path, outside: Path) -> None:
    """``--output`` below a link is refused before anything is built."""
    (small_project / "public").symlink_to(outside)
    before = tree_hash(outside)
    for output in ("public/site", "public/a/b/site", "public"):
        for verb in ("build", "verify"):
            done = run(verb, "--project", small_project, "--output", small_project / output)
            _refused(done, outside, before)


def test_the_last_site_is_fetched_into_no_link(tmp_path: Path, outside: Path) -> None:
    """A folder to carry from that lies behind a link is refused before anything is asked for, and so are folders with no record."""
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "link").symlink_to(outside)
    before = tree_hash(outside)
    for folder in ("theirs/link", "theirs/link/carry", "theirs/link/a/b"):
        with pytest.raises(UsageError, match="is a symbolic link"):
            last_site.fetch("https://nobody.invalid/", tmp_path / folder, dt.date(2031, 1, 1))
    assets = tmp_path / "pages" / "assets"
    assets.mkdir(parents=True)
    (assets / "mine.png").write_bytes(b"x")
    with pytest.raises(UsageError, match="were not fetched"):
        last_site.fetch("https://nobody.invalid/", tmp_path / "pages", dt.date(2031, 1, 1))
    assert (assets / "mine.png").exists()
    assert tree_hash(outside) == before


def test_what_is_replaced_is_a_plain_file(
    tmp_path: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Schemas and the fetched script take the place of plain files, never of a link's target, a pipe or a folder."""
    before = tree_hash(outside)
    root = tmp_path / "root"
    (root / "schemas").mkdir(parents=True)
    (root / "schemas" / "fact.schema.json").symlink_to(outside / "victim")
    monkeypatch.setattr(schemas, "_ROOT", root)
    monkeypatch.setattr(
        schemas, "files", lambda: {"schemas/fact.schema.json": "{}", ".vscode/settings.json": "{}"}
    )
    with pytest.raises(UsageError):
        schemas.write()
    (root / "schemas" / "fact.schema.json").unlink()
    (root / ".vscode").symlink_to(outside)
    with pytest.raises(UsageError):
        schemas.write()
    (root / ".vscode").unlink()
    schemas.write()
    schemas.write()
    assert (root / ".vscode" / "settings.json").read_text(encoding="utf-8") == "{}"
    os.mkfifo(root / "pipe")
    for name in ("pipe", "schemas"):
        with pytest.raises(UsageError):
            folders.replace_file(root / name, b"x")
    assert tree_hash(outside) == before


def test_the_fetched_script_is_kept_behind_no_link(
    tmp_path: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the generator's cache is a link, the script is not kept, and a sentence says so."""
    monkeypatch.setattr(plotly, "_ROOT", tmp_path)
    (tmp_path / ".cache").symlink_to(outside)
    before = tree_hash(outside)
    data = b"the script"
    monkeypatch.setattr(plotly, "SHA256", hashlib.sha256(data).hexdigest())
    assert "is a symbolic link" in plotly.keep(data)
    assert tree_hash(outside) == before
    (tmp_path / ".cache").unlink()
    assert "Fetched" in plotly.keep(data)
    assert (tmp_path / ".cache" / "plotly-basic.min.js").read_bytes() == data


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS])
def test_disks_without_second_names_get_the_file_too(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a file can have one name only, the file is written under it, and still over nothing."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "link", refuse)
    disk.add(tmp_path, {"a/b.txt": b"x"})
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"x"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.txt"]
    with pytest.raises(UsageError):
        disk.add(tmp_path, {"a/b.txt": b"y"})


def test_what_comes_meanwhile_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that another program makes between the look and the write stays, and what was added before is taken away again."""
    real: Callable[..., None] = os.link

    def late(fresh: str, name: str, **named: int | bool) -> None:
        if name == "b":
            (tmp_path / "new" / "b").write_bytes(b"theirs")
        real(fresh, name, **named)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(UsageError):
        disk.add(tmp_path / "new", {"a": b"1", "b": b"2"})
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["b"]
    assert (tmp_path / "new" / "b").read_bytes() == b"theirs"


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was begun is gone again, folders too, where the machine fails at the second file."""
    real = folders._write

    def write(parent: int, name: str, data: bytes) -> None:
        if data == b"2":
            raise OSError(errno.ENOSPC, "No space left on device")
        real(parent, name, data)

    monkeypatch.setattr(folders, "_write", write)
    with pytest.raises(MachineFailed):
        disk.add(tmp_path / "x" / "new", {"a/b": b"1", "c/d": b"2"})
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "", "a//b", "./a"])
def test_no_path_leads_out(path: str, tmp_path: Path) -> None:
    """A path with parts that lead up, or with none, is a mistake of ours and writes nothing."""
    (tmp_path / "in").mkdir()
    with pytest.raises(ValueError, match="lead out"):
        disk.add(tmp_path / "in", {path: b"x"})
    assert [each.name for each in tmp_path.rglob("*")] == ["in"]


def test_folders_that_may_not_be_listed_are_passed_through(tmp_path: Path) -> None:
    """A folder above the project that the user may enter and not list, as homes often lie in one, is no obstacle."""
    inner = tmp_path / "homes" / "mine"
    inner.mkdir(parents=True)
    (tmp_path / "homes").chmod(0o311)
    command = f"from pathlib import Path\nfrom explainer.common import disk\ndisk.add(Path({str(inner)!r}), {{'a/b': b'x'}})\n"
    try:
        done = subprocess.run(
            [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
        )
    finally:
        (tmp_path / "homes").chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert (inner / "a" / "b").read_bytes() == b"x"
