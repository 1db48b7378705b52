"""Line ends: those of files whose bytes count stay as they were in every clone, and elsewhere they make no difference."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from case_files import Case, cases
from support import ROOT, copy_small, git, publish, run
from test_cases import problems_of

STARTER = ROOT / "templates" / "starter"
SETTINGS = [
    ["core.autocrlf=true"],
    ["core.eol=crlf"],
    ["core.autocrlf=input"],
    ["core.autocrlf=true", "core.safecrlf=true"],
]
"""What a machine's git may be set to."""


def released(folder: Path, *, attributes: bool) -> Path:
    """The small project with editions, committed, with or without the attributes that a new project has."""
    project = copy_small(folder)
    if attributes:
        shutil.copy(STARTER / ".gitattributes", project)
    done = run("release", "--project", project, "--date", "2026-03-02")
    assert done.code == 0, done.said
    publish(project, "published/1")
    return project


def clone(project: Path, to: Path, *settings: str) -> Path:
    """A clone on a machine whose git has some settings, and attributes of its own that change bytes."""
    own = to.parent / "attributes"
    own.write_text("* text=auto eol=crlf ident working-tree-encoding=UTF-16\n", encoding="utf-8")
    values = [
        each for setting in (*settings, f"core.attributesFile={own}") for each in ("-c", setting)
    ]
    git(project.parent, *values, "clone", "--quiet", str(project), str(to))
    return to


def bytes_of(project: Path) -> dict[str, bytes]:
    """Every file of a project but those of git."""
    files = (
        path
        for path in project.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(project).parts
    )
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("settings", SETTINGS, ids=" ".join)
def test_a_clone_has_the_same_bytes(settings: list[str], tmp_path: Path) -> None:
    """With the starter's attributes every file is as it was committed, whatever the machine's git does elsewhere."""
    project = released(tmp_path / "project", attributes=True)
    odd = {
        "a.csv": b"a,b\r\n1,2\r\n",
        "b.svg": b"<svg>\n</svg>",
        "c.bin": bytes(range(256)),
        "d.txt": b"$Id$\r\n$Id: x $\n",
        "e.yaml": b"a: 1\r\n",
    }
    (project / "kept").mkdir()
    for name, data in odd.items():
        (project / "kept" / name).write_bytes(data)
    git(project, *(each for setting in settings for each in ("-c", setting)), "add", "--all")
    git(project, "commit", "--quiet", "--message", "Odd files")
    made = clone(project, tmp_path / "clone", *settings)
    assert bytes_of(made) == bytes_of(project)
    shutil.rmtree(made / "kept")
    done = run("check", "--strict", "--project", made)
    assert done.code == 0, done.said


def test_a_project_begun_has_the_attributes(tmp_path: Path) -> None:
    """``new`` writes them; the generator itself has the same, for its fixtures and golden files."""
    done = run("new", tmp_path / "begun")
    assert done.code == 0, done.said
    for path in (tmp_path / "begun" / ".gitattributes", ROOT / ".gitattributes"):
        assert "\n* -text -ident -filter !working-tree-encoding\n" in path.read_text(
            encoding="utf-8"
        )


def test_no_file_of_the_generator_is_changed_by_a_clone() -> None:
    """Git holds every file that it keeps here to have no line ends to convert."""
    listed = git(ROOT, "ls-files", "--eol").splitlines()
    assert len(listed) > 300
    assert [line for line in listed if "attr/-text" not in line] == []


def test_where_git_changed_line_ends_that_is_said(tmp_path: Path) -> None:
    """Without the attributes, the problem names line ends, and what it says to do mends it."""
    project = released(tmp_path / "project", attributes=False)
    to = tmp_path / "clone"
    git(tmp_path, "-c", "core.autocrlf=true", "clone", "--quiet", str(project), str(to))
    git(to, "config", "core.autocrlf", "true")
    done = run("check", "--project", to)
    assert done.code == 1
    texts = [
        line
        for line in done.said.splitlines()
        if "text-changed" in line or "edition-changed" in line
    ]
    assert texts
    assert all("line ends" in line for line in texts if "text-changed" in line)
    hints = re.findall(
        r"write '(.*?)' into \.gitattributes, delete the file, and get it back: (git checkout -- (\S+?))(?=[;\s]|$)",
        done.said,
    )
    assert len(hints) >= 2
    for line, _, path in hints:
        (to / ".gitattributes").write_text(f"{line}\n", encoding="utf-8")
        found = to / path
        shutil.rmtree(found) if found.is_dir() else found.unlink(missing_ok=True)
        git(to, "checkout", "--", path)
    after = run("check", "--project", to)
    assert after.code == 0, after.said


def test_a_text_entered_with_windows_line_ends(tmp_path: Path) -> None:
    """The other way round: the sum is of the bytes with CR LF, and git took the CR out."""
    project = copy_small(tmp_path / "project")
    text = project / "seeds/texts/report.txt"
    sources = project / "seeds/sources/library.yaml"
    windows = text.read_bytes().replace(b"\n", b"\r\n")
    sums = [
        subprocess.run(["sha256sum"], input=each, capture_output=True, check=True)
        .stdout.split()[0]
        .decode()
        for each in (text.read_bytes(), windows)
    ]
    sources.write_text(sources.read_text(encoding="utf-8").replace(*sums), encoding="utf-8")
    done = run("check", "--project", project)
    assert done.code == 1
    assert "was entered with those of Windows (CR LF)" in done.said
    text.write_bytes(windows)
    done = run("check", "--project", project)
    assert done.code == 0, done.said


def to_windows(folder: Path) -> None:
    """Give every file that an author writes the line ends of Windows; kept texts, whose bytes count, stay."""
    for path in [*folder.rglob("*.yaml"), *folder.rglob("*.yml"), *folder.rglob("*.md")]:
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


PLACED = [
    case
    for case in cases("negative")
    if case.expected
    and not case.built
    and all(verb in ("replace", "append", "write", "remove") for verb, _, _ in case.changes)
]


_EVERY = len(PLACED) // 15
"""One in so many is tried on every push, all of them in the audit."""
SAMPLED = [
    pytest.param(case, id=case.name, marks=() if number % _EVERY == 0 else pytest.mark.audit)
    for number, case in enumerate(PLACED)
]


@pytest.mark.parametrize("case", SAMPLED)
def test_places_are_the_same_with_windows_line_ends(case: Case, tmp_path: Path) -> None:
    """A problem stands at the same line and column, and is told in the same words."""
    project = case.project(tmp_path / "project")
    unix = problems_of(case, project, tmp_path, None)
    to_windows(project)
    assert problems_of(case, project, tmp_path, None) == unix
    assert unix


def test_a_site_is_the_same_with_windows_line_ends(good: Path, tmp_path: Path) -> None:
    """Seeds, pages and the configuration with CR LF make the very pages that they make without."""
    project = copy_small(tmp_path / "windows")
    to_windows(project)
    done = run("--project", project)
    assert done.code == 0, done.said
    kinds = (".html", ".json", ".csv", ".svg")
    sites = [
        {path: data for path, data in bytes_of(each / "site").items() if path.endswith(kinds)}
        for each in (good, project)
    ]
    different = {
        path
        for path in sites[0].keys() | sites[1].keys()
        if sites[0].get(path) != sites[1].get(path)
    }
    assert different <= {"manifest.json"}
