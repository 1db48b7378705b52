"""Whole or not at all: whatever goes wrong, wherever it goes wrong, a reader meets the last good site or the next one."""

from __future__ import annotations

import ctypes
import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from case_files import Case, cases
from support import ROOT, Done, lend, replace, run, tree_hash, work_of
from whole import copy, machine_failed, project, small_disk, start, start_to_the_engine

from explainer.common.problems import severity_of

__all__ = ["project"]
_PROBLEM = re.compile(
    r"^(?P<path>\S[^:\n]*):(?P<line>[1-9]\d*):(?P<column>[1-9]\d*): (?P<rule>[a-z0-9-]+): \S.*$",
    re.MULTILINE,
)
_HINT = re.compile(r"^    hint: \S", re.MULTILINE)


def refused(project: Path, *options: object) -> Done:
    """Build, and hold that the build was refused: exit code 1, every problem with a place and a hint, the last good site untouched."""
    before = tree_hash(project / "site")
    done = run("--project", project, *options)
    assert done.code == 1, done.said
    assert "Traceback" not in done.said, done.said
    found = _PROBLEM.findall(done.stderr)
    assert found, f"no problem has a place: {done.stderr}"
    assert len(_HINT.findall(done.stderr)) == len(found), done.stderr
    assert tree_hash(project / "site") == before, "the last good site was touched"
    return done


def one_of_each() -> list[Case]:
    """One case file for each class of bad input that ``cases/negative/`` knows."""
    first: dict[str, Case] = {}
    for case in cases("negative"):
        first.setdefault(case.path.parent.name, case)
    return list(first.values())


def sampled(found: list[Case], every: int) -> list[object]:
    """One in so many on every push, and all of them in the audit."""
    marks = [() if number % every == 0 else pytest.mark.audit for number in range(len(found))]
    return [
        pytest.param(case, id=case.name, marks=mark)
        for case, mark in zip(found, marks, strict=True)
    ]


@pytest.mark.parametrize("case", sampled(one_of_each(), 24))
def test_bad_input_leaves_the_last_good_site(case: Case, good: Path, tmp_path: Path) -> None:
    """For every class of bad input, each named by the rule that refuses it, the last good site stands."""
    project = lend(good, case.project(tmp_path / "project"))
    shutil.copytree(good / "site", project / "site")
    rule = case.path.parent.name
    done = refused(project, *(["--strict"] if severity_of(rule) == "warning" else []))
    assert f": {rule}: " in done.stderr


@dataclass(frozen=True)
class Stage:
    """One change that a later stage of a build meets, the file that an author must mend, and the rule that says so."""

    path: str
    change: Callable[[Path], None]
    rule: str


def _swap(path: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda project: replace(project / path, old, new)


def _add(path: str, text: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        with (project / path).open("a", encoding="utf-8") as out:
            out.write(text)

    return change


STAGES = {
    "reading": Stage(
        "seeds/facts/library.yaml", _add("seeds/facts/library.yaml", "- id: [\n"), "yaml-syntax"
    ),
    "checks": Stage(
        "seeds/facts/loans.yaml",
        _swap("seeds/facts/loans.yaml", "value: 1200..1500", "value: 1200..1600"),
        "value-not-in-quote",
    ),
    "prose": Stage(
        "site_src/about.md", _add("site_src/about.md", "\n\n{{ config.items() }}\n"), "prose-code"
    ),
    "checks: navigation": Stage(
        "mkdocs.yml",
        _swap("mkdocs.yml", "About: about/index.md", "About: elsewhere/index.md"),
        "broken-link",
    ),
    "engine: link": Stage(
        "site_src/about.md", _add("site_src/about.md", "\n\n[To a file](nothing.pdf)\n"), "engine"
    ),
    "engine: anchor": Stage(
        "site_src/about.md", _add("site_src/about.md", "\n\n[To an anchor](#nothing)\n"), "engine"
    ),
    "audit: foreign picture": Stage(
        "site_src/about.md",
        _add("site_src/about.md", "\n\n![A dot](https://example.org/dot.png)\n"),
        "foreign-request",
    ),
}


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_leaves_the_last_good_site(stage: str, project: Path) -> None:
    """A mistake found while reading, checking, writing pages, running the engine or auditing its pages publishes nothing."""
    STAGES[stage].change(project)
    done = refused(project)
    assert re.search(
        rf"^{re.escape(STAGES[stage].path)}:\d+:\d+: {STAGES[stage].rule}: ",
        done.stderr,
        re.MULTILINE,
    ), done.stderr


@pytest.mark.parametrize(
    ("link", "options"),
    [
        pytest.param("nothing.pdf", (), marks=pytest.mark.audit),  # STAGES holds the same
        ("../about/nothing/", ("--quiet",)),
        pytest.param("#nothing", ("--quiet",), marks=pytest.mark.audit),
        ("index.md#nothing", ()),
    ],
)
def test_a_broken_link_fails_in_every_mode(
    project: Path, link: str, options: tuple[str, ...]
) -> None:
    """A link that leads to nothing, a file, a page or an anchor, fails the build, said loudly or quietly."""
    _add("site_src/about.md", f"\n\n[A link]({link})\n")(project)
    refused(project, *options)


def test_a_broken_anchor_fails_where_the_engine_is_told_not_to_look(project: Path) -> None:
    """The finished pages are checked by ourselves too: an author's mkdocs.yml cannot switch that off."""
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text[: text.index("validation:")]
        + "validation:\n  links:\n    not_found: ignore\n    anchors: ignore\n    unrecognized_links: ignore\n",
        encoding="utf-8",
    )
    _add("site_src/about.md", "\n\n[To an anchor](#nothing) [To a file](nothing.pdf)\n")(project)
    assert ": broken-link: " in refused(project).stderr


OUTPUTS = {
    "a folder of somebody else's": lambda project: (
        _file(project.parent / "foreign" / "letter.txt").parent
    ),
    "a file": lambda project: _file(project.parent / "file"),
    "a link to a folder": lambda project: _link(project.parent / "link", project / "site"),
    "the project": lambda project: project,
    "a folder above the project": lambda project: project.parent,
    "the seeds": lambda project: project / "seeds",
    "a new folder among the seeds": lambda project: project / "seeds" / "site",
    "the pages": lambda project: project / "site_src",
    "the working folder": work_of,
}


def _file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("Dear Sir", encoding="utf-8")
    return path


def _link(path: Path, to: Path) -> Path:
    path.symlink_to(to)
    return path


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_folder_of_somebody_elses_is_never_taken(output: str, project: Path) -> None:
    """An output that holds, is, or lies among what is not ours is refused as a misuse, and nothing in it is touched."""
    path = OUTPUTS[output](project)
    before = tree_hash(project.parent)
    done = run("--project", project, "--output", path)
    assert done.code == 2, done.said
    assert "--output" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree_hash(project.parent) == before


@pytest.mark.parametrize("times", [1, pytest.param(10, marks=pytest.mark.audit)])
def test_two_projects_into_one_folder(
    project: Path, good: Path, tmp_path: Path, times: int
) -> None:
    """Two projects that publish into one folder at the same moment leave the whole site of one of them."""
    other = copy(good, tmp_path / "other")
    replace(other / "mkdocs.yml", "site_name: ", "site_name: The other ")
    output = tmp_path / "shared" / "site"
    command = [
        sys.executable,
        str(ROOT / "build.py"),
        "--quiet",
        "--output",
        str(output),
        "--project",
    ]
    for _ in range(times):
        builds = [subprocess.Popen([*command, str(one)]) for one in (project, other)]
        assert [build.wait() for build in builds] == [0, 0]
        whole = []
        for one in (project, other):
            assert run("--project", one, "--output", tmp_path / one.name / "site").code == 0
            whole.append(tree_hash(tmp_path / one.name / "site"))
        assert tree_hash(output) in whole


def test_an_empty_output_is_taken(project: Path, tmp_path: Path) -> None:
    """An empty folder, and one that does not exist yet, several levels deep, are nobody's."""
    (tmp_path / "empty").mkdir()
    for output in (tmp_path / "empty", tmp_path / "not" / "there" / "yet"):
        done = run("--project", project, "--output", output)
        assert done.code == 0, done.said
        assert tree_hash(output) == tree_hash(project / "site")


def test_a_parent_that_may_not_be_written(project: Path, tmp_path: Path) -> None:
    """Where nothing may be written beside the site, one line says so, and the old site stays."""
    with _read_only(tmp_path / "locked", project / "site") as output:
        before = tree_hash(output)
        machine_failed(run("--project", project, "--output", output))
        assert tree_hash(output) == before


@contextmanager
def _read_only(folder: Path, site: Path) -> Iterator[Path]:
    """A folder that holds a site, and in which nothing can be made, even by root."""
    if os.geteuid() == 0:
        with small_disk(folder, 64) as disk:
            shutil.copytree(site, disk / "site")
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            yield disk / "site"
    else:
        folder.mkdir()
        shutil.copytree(site, folder / "site")
        folder.chmod(0o555)
        try:
            yield folder / "site"
        finally:
            folder.chmod(0o755)


def test_looked_at_while_the_site_is_swapped_in(project: Path, good: Path) -> None:
    """A reader who looks at every moment of a build meets one whole site: what the home page names is always there."""
    replace(project / "site_src" / "about.md", "They come from", "They came from")
    pages = {tree_hash(good / "site" / "about")}
    build = start(project)
    seen: set[str] = set()
    while build.poll() is None:
        try:
            seen.add(tree_hash(project / "site" / "about"))
            assert (project / "site" / "manifest.json").is_file()
        except (
            FileNotFoundError
        ):  # looked while the two were exchanged: the listing was the old one's
            continue
    out, err = build.communicate()
    assert build.returncode == 0, out + err
    assert seen <= pages | {tree_hash(project / "site" / "about")}


def test_two_builds_at_once(project: Path, good: Path) -> None:
    """While one build is under way, another of the same project says so and stops, exit 3; the first goes on to the end."""
    first, engine = start_to_the_engine(project)
    try:
        second = run("--project", project)
    finally:
        os.kill(engine, signal.SIGCONT)
    machine_failed(second)
    assert "another build" in second.stderr
    out, err = first.communicate()
    assert first.returncode == 0, out + err
    assert tree_hash(project / "site") == tree_hash(good / "site")


def test_a_lock_that_a_dead_build_left(project: Path) -> None:
    """The lock is held by a living process only: a file that a dead build left stops nobody."""
    work_of(project).mkdir(exist_ok=True)
    (work_of(project) / ".lock").write_text("4711", encoding="utf-8")
    assert run("--project", project, "--quiet").code == 0
    with (work_of(project) / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        machine_failed(run("--project", project))


def test_the_exchange_is_one_step_here() -> None:
    """These tests stand on ``renameat2``, which exchanges two folders in one step; without it two renames are made."""
    assert hasattr(ctypes.CDLL(None), "renameat2")
