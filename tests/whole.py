"""A project with its last good site, ways to build it, and ways to make a build fail: what the tests of "whole or not at all" share."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support import ROOT, SHELF, Done, apart, lend, once, replace


@pytest.fixture
def project(good: Path, tmp_path: Path) -> Path:
    """A copy of the small project with the last good site, which a test may break."""
    return copy(good, tmp_path / "project")


@pytest.fixture(scope="session")
def changed(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The next state of the small project, with its site; nobody changes it."""

    def make(folder: Path) -> None:
        done = apart("--project", toggle(copy(good, folder / "project")))
        assert done.code == 0, done.said

    return once(tmp_path_factory, "changed", make) / "project"


_NAMES = ("site_name: The Alder Bridge library\n", "site_name: The library of Alder Bridge\n")


def other(project: Path) -> bool:
    """Whether the author has given the site its other name, which stands on every page."""
    return _NAMES[1] in (project / "mkdocs.yml").read_text(encoding="utf-8")


def toggle(project: Path) -> Path:
    """The author's next change: the other name. The project again."""
    replace(project / "mkdocs.yml", *(reversed(_NAMES) if other(project) else _NAMES))
    return project


def copy(project: Path, to: Path) -> Path:
    """A project and its site; of what builds leave behind, the shelf alone, so that nothing is drawn again that was drawn for the first."""
    shutil.copytree(project, to, symlinks=True, ignore=lambda folder, names: {"build"} & set(names) if Path(folder) == project else set())
    return lend(project, to) if (project / "build" / SHELF).exists() else to


def machine_failed(done: Done) -> None:
    """Hold that a build said in one line that the machine failed, exit 3."""
    assert done.code == 3, done.said
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.said
    assert lines[0].startswith("build.py: ")


def start(project: Path, *options: object) -> subprocess.Popen[str]:
    """Begin a build, in a group of processes of its own."""
    command = [sys.executable, str(ROOT / "build.py"), "--project", str(project), *map(str, options)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


@contextmanager
def small_disk(folder: Path, megabytes: float) -> Iterator[Path]:
    """A file system of its own with room for so much; skips the test where none may be mounted."""
    folder.mkdir()
    size = f"size={int(megabytes * 1024)}k"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
