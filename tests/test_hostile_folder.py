"""A folder from a stranger is data: nothing that lies in it is run, and nothing outside of it is read or written by way of it."""

from __future__ import annotations

import json
import os
import pickle
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support import apart, copy_small, lend, tree_hash

from explainer.common import disk
from explainer.common.problems import MachineFailed
from explainer.options import Options

CODE = "import os; os.close(os.open({marker!r}, os.O_CREAT))\n"
"""Python code that imports nothing which is planted too: that would fail before it did any harm."""
HOOK = "def on_startup(**_):\n    import pathlib; pathlib.Path({marker!r}).touch()\n"
TAG = "!!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path [{marker!r}]]"
MODULES = (
    "json.py", "re.py", "yaml.py", "jinja2.py", "markdown.py", "mkdocs.py", "mkdocs/__init__.py", "mkdocs/__main__.py", "zensical.py",
    "zensical/__init__.py", "zensical/__main__.py", "explainer/__init__.py", "explainer/read/raster.py", "explainer/common/anchors.py",
    "sitecustomize.py", "usercustomize.py", "material/__init__.py", "pymdownx/__init__.py", "platformdirs.py", "build.py", "conftest.py",
)  # fmt: skip
"""Modules that a process of a build would import, if it looked into the folder that it is started in or works on."""


class _Touches:
    """Makes a file when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os.system, (f"touch {self.marker}",)


def _modules(project: Path, marker: Path, *folders: str) -> None:
    for below in ("", *folders):
        for name in MODULES:
            path = project / below / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(CODE.format(marker=str(marker)), encoding="utf-8")


def _kept(project: Path, marker: Path) -> None:
    """What a build of old, or somebody who knows how it works, would have left."""
    work = project / "build"
    (work / "html").mkdir(parents=True)
    (work / "docs").mkdir()
    (work / "spare").mkdir()
    (work / "hook.py").write_text(HOOK.format(marker=str(marker)), encoding="utf-8")
    settings = f"site_name: x\nhooks: [hook.py]\nextra: {{a: {TAG.format(marker=str(marker))}}}\n"
    for path in (work / "mkdocs.yml", work / "engine.yml"):
        path.write_text(settings, encoding="utf-8")
    with sqlite3.connect(work / "kept.sqlite") as base:
        base.execute("CREATE TABLE kept (key TEXT PRIMARY KEY, data BLOB NOT NULL)")
        for key in ("", "stamps"):
            base.execute("INSERT INTO kept VALUES (?, ?)", (key, pickle.dumps(_Touches(marker))))
    base.close()
    (work / "html" / "index.html").write_text("<script>hostile()</script>", encoding="utf-8")
    (work / "spare" / "index.html").write_text("<script>hostile()</script>", encoding="utf-8")
    (work / "engine.json").write_text(
        json.dumps({"shared": "", "docs": {}, "html": {}}), encoding="utf-8"
    )
    (work / "published.json").write_text("[" * 100_000, encoding="utf-8")


LINKS = (
    "spare",
    "docs",
    "html",
    ".lock",
    "mkdocs.yml",
    "engine.json",
    "published.json",
    "kept.sqlite",
    "project",
    "kept.sqlite-journal",
)


def _links(project: Path, victim: Path) -> None:
    (project / "build").mkdir()
    for name in LINKS:
        (project / "build" / name).symlink_to(
            victim if name in ("spare", "docs", "html") else victim / "precious"
        )


def _link(project: Path, victim: Path) -> None:
    (victim / "docs").mkdir()
    (victim / "html").mkdir()
    (victim / "docs" / "precious").touch()
    (project / "build").symlink_to(victim)


def _pipes(project: Path, _: Path) -> None:
    (project / "build").mkdir()
    for name in (*LINKS, "x"):
        os.mkfifo(project / "build" / name)


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A folder of somebody's, beside the project."""
    folder = tmp_path / "victim"
    folder.mkdir()
    (folder / "precious").write_text("precious", encoding="utf-8")
    return folder


PLANTS = (_kept, _links, _link, _pipes)
VERBS = ("check", "build", "verify")
PLANTED = [
    pytest.param(_kept, VERBS, id="kept"),
    pytest.param(_links, ("build",), id="links"),
    *(
        pytest.param(plant, VERBS, id=f"full-{plant.__name__.strip('_')}", marks=pytest.mark.audit)
        for plant in PLANTS[1:]
    ),
]
"""On every push each verb meets what a build would have left, and a build meets links; in the audit each verb meets everything."""


@pytest.mark.parametrize(("plant", "verbs"), PLANTED)
def test_what_lies_in_the_folder_of_a_project_is_not_used(
    good: Path,
    tmp_path: Path,
    victim: Path,
    plant: Callable[[Path, Path], None],
    verbs: tuple[str, ...],
) -> None:
    """Whatever stands at ``build/``, or could be imported: nothing of it runs, the site is the one that it would be without, and no file
    beside the project has changed.
    """
    project, marker = lend(good, copy_small(tmp_path / "project")), tmp_path / "ran"
    plant(project, victim if plant in (_links, _link, _pipes) else marker)
    _modules(project, marker, *(["build"] if plant is not _link else []))
    before = tree_hash(victim)
    for verb in verbs:
        done = apart(verb, "--project", project, cwd=project)
        assert done.code == 0, done.said
    assert not marker.exists()
    assert tree_hash(victim) == before
    assert tree_hash(project / "site") == tree_hash(good / "site")


@pytest.mark.parametrize(
    "verb", [pytest.param("check", marks=pytest.mark.audit), "build"]
)  # a build does all that a check does
def test_a_module_in_the_current_folder_is_not_imported(
    good: Path, tmp_path: Path, verb: str
) -> None:
    """The other engine, started while the project's folder is the current one, runs none of its files."""
    project, marker = lend(good, copy_small(tmp_path / "project")), tmp_path / "ran"
    _modules(project, marker, "build")
    done = apart(
        verb, "--project", project, "--engine", "zensical", cwd=project, env={"PYTHONPATH": ""}
    )
    assert done.code == 0, done.said
    assert not marker.exists()


def test_planted_modules_are_understood(tmp_path: Path) -> None:
    """What the tests above have planted does its harm where Python looks into the folder."""
    (tmp_path / "project").mkdir()
    _modules(tmp_path / "project", tmp_path / "ran")
    subprocess.run([sys.executable, "-c", "import json"], cwd=tmp_path / "project", check=False)
    assert (tmp_path / "ran").exists()


# the cache


def _written_by_all(folder: Path) -> None:
    folder.chmod(0o777)


def _written_by_the_group(folder: Path) -> None:
    folder.chmod(0o770)


def _of_another(folder: Path) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can give a folder away")
    os.chown(folder, 12345, 12345)


def _a_link(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    folder.symlink_to(folder.with_name("elsewhere"))


@pytest.mark.parametrize(
    "spoil",
    [_written_by_all, _written_by_the_group, _of_another, _a_link],
    ids=lambda each: each.__name__.strip("_"),
)
@pytest.mark.parametrize("which", ["the cache", "the project's folder in it"])
def test_a_cache_that_others_may_write_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], None], which: str
) -> None:
    """A folder that is not this user's alone is not used, and one line says so."""
    monkeypatch.setenv(disk.CACHE_VARIABLE, str(tmp_path / "cache"))
    (tmp_path / "project").mkdir()
    options = Options(tmp_path / "project", tmp_path / "site")
    with disk.working_folder(options) as work:
        assert (
            stat.S_IMODE(work.stat().st_mode) == stat.S_IMODE(work.parent.stat().st_mode) == 0o700
        )
    spoil(work.parent if which == "the cache" else work)
    with pytest.raises(MachineFailed, match=disk.CACHE_VARIABLE), disk.working_folder(options):
        pytest.fail("it was used")


def test_without_a_cache_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no cache can be made, a build works in a folder that is gone when it ends."""
    (tmp_path / "file").touch()
    monkeypatch.setenv(disk.CACHE_VARIABLE, str(tmp_path / "file" / "cache"))
    with disk.working_folder(Options(tmp_path, tmp_path / "site")) as work:
        (work / "x").touch()
        assert stat.S_IMODE(work.stat().st_mode) == 0o700
    assert not work.exists()


def test_what_was_kept_for_a_project_goes_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next build of any project clears away what was kept for one whose folder is gone, and for no other."""
    monkeypatch.setenv(disk.CACHE_VARIABLE, str(tmp_path / "cache"))
    work = {}
    for name in ("gone", "stays", "other"):
        (tmp_path / name).mkdir()
        with disk.working_folder(Options(tmp_path / name, tmp_path / "site")) as work[name]:
            (work[name] / "kept").touch()
    (tmp_path / "gone").rmdir()
    with disk.working_folder(Options(tmp_path / "other", tmp_path / "site")):
        assert not work["gone"].exists()
        assert (work["stays"] / "kept").exists()


def test_projects_have_folders_of_their_own(tmp_path: Path) -> None:
    """Two projects of one name, and names in any script or of any length, lie apart; one project by two ways to it does not."""
    names = [
        "a/project",
        "b/project",
        "a/проект",
        "a/项目",
        "a/" + "x" * 200,
        "a/" + "x" * 201,
        "a/$(touch x)`;",
        "a/..x",
        "a/\n",
    ]
    folders = []
    for name in names:
        (tmp_path / name).mkdir(parents=True)
        folders.append(disk.project_cache_folder(tmp_path / name))
    assert len(set(folders)) == len(names)
    assert all(
        each.parent == disk.cache_folder() and each.name.replace("-", "").isalnum()
        for each in folders
    )
    (tmp_path / "link").symlink_to(tmp_path / "a" / "project")
    assert (
        disk.project_cache_folder(tmp_path / "link")
        == disk.project_cache_folder(tmp_path / "b" / ".." / "a" / "project")
        == folders[0]
    )


def test_nothing_is_left_in_the_project(good: Path, tmp_path: Path) -> None:
    """A build writes its site, and nothing else below the project."""
    project = lend(good, copy_small(tmp_path / "project"))
    there = {path.name for path in project.iterdir()}
    assert apart("--project", project).code == 0
    assert {path.name for path in project.iterdir()} == there | {"site"}
