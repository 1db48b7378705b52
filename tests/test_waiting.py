"""MkDocs, started before there is anything for it to do: it makes the same, waits for nothing that is gone, and is left to nobody."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from support import ROOT, copy_small, eventually, run, work_of

from explainer import engine
from explainer.engine import early
from explainer.options import Options
from explainer.shelf import Shelf

from build import build  # isort: skip

WAITING = [sys.executable, "-m", "explainer.waiting"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small project, built."""
    made = copy_small(tmp_path / "project")
    assert run("--project", made, "--quiet").code == 0
    return made


def waiting(project: Path) -> list[str]:
    """The processes of MkDocs that wait to work for a project."""
    told = subprocess.run(["ps", "-ewwo", "args="], capture_output=True, text=True, check=True).stdout
    return [line for line in told.splitlines() if "-m explainer.waiting" in line and str(work_of(project)) in line]


def wait_until_it_reads(pipe: int) -> None:
    """Wait until a process reads its input, by a space that it takes out of the pipe; before what it is to be told it means nothing."""
    os.write(pipe, b" ")
    assert eventually(lambda: fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4) == b"\0" * 4, bool)


def test_it_starts_only_where_something_changed(project: Path) -> None:
    """The files are as they were: nothing is started; a page is written: something is."""
    options, work = Options(project, project / "site"), work_of(project)
    with Shelf.at(work) as shelf, engine.ahead(options, work, shelf) as process:
        assert process is None
    (project / "site_src" / "about.md").touch()
    with Shelf.at(work) as shelf, engine.ahead(options, work, shelf) as process:
        assert process is not None
        assert process.poll() is None
    assert process.poll() is not None


def test_nothing_waits_after_a_build(project: Path) -> None:
    """Whether the build was good or was refused, the process is gone when it ends."""
    page = project / "site_src" / "about.md"
    good = page.read_text(encoding="utf-8")
    for text, code in ((good + "\nMore words.\n", 0), (good + "\nThere were 4711 of them.\n", 1), (good, 0)):
        page.write_text(text, encoding="utf-8")
        assert run("--project", project, "--quiet").code == code
        assert waiting(project) == []


def test_it_ends_where_nobody_tells_it_anything(project: Path) -> None:
    """Its input is closed: it makes nothing and ends well."""
    before = (work_of(project) / "html" / "index.html").stat().st_mtime_ns
    command = [*WAITING, work_of(project) / "mkdocs.yml", str(os.getpid())]
    done = subprocess.run(command, input="", cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (work_of(project) / "html" / "index.html").stat().st_mtime_ns == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with the one that started it")
@pytest.mark.parametrize("loaded", [False, True], ids=["while it loads", "while it waits"])
def test_it_ends_with_the_build_that_is_killed(project: Path, loaded: bool) -> None:
    """A build that is killed leaves no process that holds the lock of the working folder, though its input stays open."""
    command = [*WAITING, str(work_of(project) / "mkdocs.yml")]
    code = f"import os, subprocess, signal; subprocess.Popen([*{command!r}, str(os.getpid())], stdin=0); signal.pause()"
    read, write = os.pipe()
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdin=read) as parent:
        try:
            assert eventually(lambda: len(waiting(project)) == 1, bool)
            if loaded:
                wait_until_it_reads(write)
        finally:
            parent.kill()
    assert eventually(lambda: waiting(project) == [], bool)
    os.close(read)
    os.close(write)


def test_one_that_stands_ready_is_taken(project: Path) -> None:
    """Between two builds of one process, the next engine gets ready; the next build takes it, and dismissing leaves none."""
    options, work = Options(project, project / "site"), work_of(project)
    engine.ready(options)
    assert len(waiting(project)) == (sys.platform == "linux")
    there = [process for _, process in early._ready] or [None]
    (project / "site_src" / "about.md").touch()
    with Shelf.at(work) as shelf, engine.ahead(options, work, shelf) as process:
        assert [process] == there
    engine.ready(options)
    engine.dismiss()
    assert waiting(project) == []


def test_what_came_since_it_got_ready_is_seen(project: Path) -> None:
    """A file and a template that an author puts into the theme after the process got ready stand in the next site."""
    theme = project / "templates" / "theme"
    shutil.copytree(ROOT / "templates" / "theme", theme, dirs_exist_ok=True)
    assert run("--project", project, "--quiet", "--trust").code == 0
    options = Options(project, project / "site", trust=True)
    engine.ready(options)
    for _, process in early._ready:
        assert process.stdin is not None
        wait_until_it_reads(process.stdin.fileno())  # it has looked through all by then
    (theme / "late.txt").write_text("late\n", encoding="utf-8")
    main = theme / "main.html"
    main.write_text(main.read_text(encoding="utf-8").replace("{% block site_nav %}", "{% block site_nav %}<!-- late -->"), encoding="utf-8")
    assert main.read_text(encoding="utf-8").count("<!-- late -->") == 1
    build(options)
    engine.dismiss()
    assert (project / "site" / "late.txt").read_text(encoding="utf-8") == "late\n"
    assert "<!-- late -->" in (work_of(project) / "html" / "about" / "index.html").read_text(encoding="utf-8")
