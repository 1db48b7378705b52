"""What several tests need: the small project, a way to run the command line, and a way to compare folders."""

from __future__ import annotations

import fcntl
import gc
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import pytest

    from explainer.render.context import Context
    from explainer.render.site import Site

Value = TypeVar("Value")
ROOT = Path(__file__).resolve().parent.parent
"""The generator's own folder, which is also the first explainer's project."""
CASES = ROOT / "tests" / "cases"
SMALL = CASES / "small"
"""A whole valid project in a few short files. Tests change a copy of it."""
PATIENCE = 120_000
"""Milliseconds that something may take to come about, in a browser or a process, however busy the machine is. A process that a test
waits for to end has no limit of its own, but the one for whole tests in pyproject.toml."""
_USERS = "USERS_EXPLAINER_CACHE"
"""The environment variable in which tests note where this user's builds keep things."""
SHELF = "kept.sqlite"
"""What a build keeps for the next one, in its working folder."""


@dataclass(frozen=True)
class Done:
    """How a run of the command line ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def said(self) -> str:
        """Everything it printed."""
        return self.stdout + self.stderr


def run(*args: object) -> Done:
    """Run the command line in this process, which has read every module already; ``apart`` is for what another process could change."""
    import build  # noqa: PLC0415
    from explainer import cli  # noqa: PLC0415

    out, err = io.StringIO(), io.StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = cli.main(list(map(str, args)), build.gather, build.build)
    finally:
        gc.enable()  # the command line turns it off, since its process is to end
    return Done(code, out.getvalue(), err.getvalue())


def apart(*args: object, env: dict[str, str] | None = None, cwd: Path = ROOT) -> Done:
    """Run ``build.py`` as a process of its own, with the interpreter that runs the tests, and wait for it.

    Fails where it leaves a file, a socket or a process of its own open.
    """
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *map(str, args)],
        env={**os.environ, **(env or {}), "PYTHONWARNINGS": "error::ResourceWarning"},
        cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert "ResourceWarning" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


def once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker to ask for it makes, and all others wait for; nobody changes it."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    folder, made = shared / name, shared / f"{name}.made"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            made.touch()
    return folder


@cache
def gathered(project: Path, address: str = "") -> tuple[Context, Site]:
    """What a build works out for a project that no test changes, such as the generator's own, in this process once for all tests."""
    from build import gather  # noqa: PLC0415
    from explainer.common.problems import Problems  # noqa: PLC0415
    from explainer.options import Options  # noqa: PLC0415

    _, context, site = gather(
        Options(project, project / "site", site_url=address or None), Problems()
    )
    return context, site


def eventually(get: Callable[[], Value], wanted: Callable[[Value], bool]) -> Value:
    """Call ``get`` until it returns what is wanted, at most for ``PATIENCE``; what it returned last."""
    end = time.monotonic() + PATIENCE / 1000
    while not wanted(value := get()) and time.monotonic() < end:
        time.sleep(0.01)
    return value


def serve_command(project: Path) -> list[str]:
    """The command that serves a project at a free port and prints each line at once."""
    build = str(ROOT / "build.py")
    return [sys.executable, "-u", build, "serve", "--project", str(project), "--port", "0"]


def copy_small(to: Path) -> Path:
    """A copy of the small project at ``to``, to be changed."""
    shutil.copytree(SMALL, to, symlinks=True)
    return to


def own_cache() -> Callable[[], None] | None:
    """From here on, builds in this process and in those that it starts keep what they keep in a new
    folder; what removes it again. ``None`` where the process that started this one has done so.
    """
    from explainer.common import disk  # noqa: PLC0415

    if _USERS in os.environ:
        return None
    os.environ[_USERS] = str(disk.cache_folder())
    os.environ[disk.CACHE_VARIABLE] = tempfile.mkdtemp(prefix="explainer-tests-")
    return lambda: shutil.rmtree(os.environ[disk.CACHE_VARIABLE], ignore_errors=True)


def work_of(project: Path) -> Path:
    """Where builds of a project keep what the next one can use."""
    from explainer.common import disk  # noqa: PLC0415

    return disk.project_cache_folder(project)


def pages_of(site: Site) -> dict[str, bytes]:
    """Every page of a site in Markdown, those of prose and those of records."""
    return {**site.docs, **site.records}


def copy_whole(project: Path, to: Path) -> Path:
    """A copy of a project with all that its builds kept, in the place of what stood there; the copy."""
    for each, copied in ((project, to), (work_of(project), work_of(to))):
        shutil.rmtree(copied, ignore_errors=True)
        shutil.copytree(each, copied, symlinks=True)
    return to


def lend_real(project: Path) -> Path:
    """Let a project have what the last build of this repository's own site drew, if there is any; the project."""
    from explainer.common import disk  # noqa: PLC0415

    kept = disk.project_cache_folder(ROOT, Path(os.environ[_USERS])) / SHELF
    if kept.exists():
        _fresh(work_of(project), kept)
    return project


def lend(good: Path, project: Path) -> Path:
    """Lay what the build of the good site kept into another project's working folder, so that nothing is drawn again; the project."""
    _fresh(work_of(project), work_of(good) / SHELF)
    return project


def _fresh(work: Path, kept: Path) -> None:
    work.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copy(kept, work / SHELF)


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder as somebody of its own, whatever the machine's settings are; what it printed."""
    who = [
        "-c",
        "user.name=Editor",
        "-c",
        "user.email=editor@example.org",
        "-c",
        "commit.gpgsign=false",
    ]
    done = subprocess.run(
        ["git", *who, "-C", str(folder), *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def publish(folder: Path, tag: str) -> None:
    """Commit everything in a project and tag it as the deployment does."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", f"As published: {tag}")
    git(folder, "tag", tag)


def replace(path: Path, old: str, new: str) -> None:
    """Change one passage of a file; it must stand there exactly once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def tree_hash(folder: Path) -> str:
    """One hash over the paths, kinds and bytes of everything below a folder."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        found.update(path.relative_to(folder).as_posix().encode() + b"\0")
        if path.is_symlink():
            found.update(b"link\0" + str(path.readlink()).encode())
        elif path.is_file():
            found.update(b"file\0" + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def table(path: Path) -> list[tuple[str, ...]]:
    """The rows of a tab-separated case file; lines that begin with # are for editors, and missing cells are empty."""
    lines = path.read_text(encoding="utf-8").splitlines()
    width = len(lines[0].split("\t"))
    rows = [line.split("\t") for line in lines[1:] if line and not line.startswith("#")]
    return [(*row, *[""] * (width - len(row))) for row in rows]
