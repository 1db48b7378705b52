"""A project with its last good site, ways to build it, and ways to make a build fail: what the tests of "whole or not at all" share."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from support import ROOT, SHELF, Done, apart, eventually, lend, once, replace, work_of


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
    """A project and its site; of what builds leave behind, the cache alone, so that nothing is drawn again that was drawn for the first."""
    shutil.copytree(project, to, symlinks=True)
    return lend(project, to) if (work_of(project) / SHELF).exists() else to


def machine_failed(done: Done) -> None:
    """Hold that a build said in one line that the machine failed, exit 3."""
    assert done.code == 3, done.said
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.said
    assert lines[0].startswith("build.py: ")


def start(project: Path, *options: object) -> subprocess.Popen[str]:
    """Begin a build, in a group of processes of its own."""
    command = [
        sys.executable,
        str(ROOT / "build.py"),
        "--project",
        str(project),
        *map(str, options),
    ]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


_HALTING = """
import subprocess, sys
sys.path.insert(0, sys.argv.pop(1))

class Halting(subprocess.Popen):
    def __init__(self, command, **options):
        halted = ["sh", "-c", 'kill -STOP $$; exec "$@"', "sh"] if "mkdocs" in command else []
        super().__init__([*halted, *command], **options)

subprocess.Popen = Halting
import build
sys.exit(build.cli.main(sys.argv[1:], build.gather, build.build))
"""
"""A build whose engine stops itself before it does anything, and waits for SIGCONT."""


def start_to_the_engine(project: Path, *options: object) -> tuple[subprocess.Popen[str], int]:
    """Begin a build as ``start`` does, and wait until it has started its engine; the build, and the number of the engine's process.

    The engine is stopped, and so the build is under way until somebody continues or kills it.
    """
    command = [
        sys.executable,
        "-c",
        _HALTING,
        str(ROOT),
        "--project",
        str(project),
        *map(str, options),
    ]
    build = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    stopped: list[int] = []

    def has_engine() -> bool:
        listed = (
            Path(f"/proc/{build.pid}/task/{build.pid}/children").read_text(encoding="utf-8").split()
        )
        stopped[:] = [int(pid) for pid in listed if state(int(pid)) == "T"]
        return bool(stopped) or build.poll() is not None

    eventually(has_engine, bool)
    assert stopped, build.communicate()
    return build, stopped[0]


def state(pid: int) -> str:
    """The letter that Linux has for what a process does, such as T where it is stopped; empty where there is no such process."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return (
            Path(f"/proc/{pid}/stat")
            .read_text(encoding="utf-8", errors="replace")
            .rpartition(")")[2]
            .split()[0]
        )
    return ""


@contextmanager
def small_disk(folder: Path, megabytes: float) -> Iterator[Path]:
    """A file system of its own with room for so much; skips the test where none may be mounted."""
    folder.mkdir()
    size = f"size={int(megabytes * 1024)}k"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
