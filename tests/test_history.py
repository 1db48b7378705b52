"""History: read from real git, told apart from its absence, and never part of what a site holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import copy_small, git, publish, replace, run

from explainer.common.problems import UsageError
from explainer.history.git import History

COURIER = "seeds/facts/loans.yaml"


def published_project(folder: Path) -> Path:
    """The small project, committed and tagged as published."""
    project = copy_small(folder)
    publish(project, "published/1")
    return project


def mend(project: Path) -> None:
    """Change one claim's value; no quote bears it."""
    replace(project / COURIER, "value: about 900", "value: about 910")
    replace(
        project / COURIER,
        "locator: some 900 books a month\n          says: Gives the number without",
        "locator: x\n          says: Says",
    )


def test_files_as_they_were(tmp_path: Path) -> None:
    """Every file below a folder comes back byte for byte, whatever was done to it since; names in any script too."""
    project = copy_small(tmp_path / "project")
    odd = project / "seeds/texts/письмо.txt"
    odd.write_bytes(b"\x00\xff\n\nlast")
    before = {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in (project / "seeds").rglob("*")
        if path.is_file()
    }
    publish(project, "published/1")
    odd.unlink()
    mend(project)
    history = History.of(project)
    assert isinstance(history, History)
    assert history.files("published/1", "seeds") == before


def test_the_newest_published_version_counts(tmp_path: Path) -> None:
    """A change is held against the last published version before it; one that was undone needs no entry."""
    project = published_project(tmp_path / "project")
    history = History.of(project)
    assert isinstance(history, History)
    assert history.published() == "published/1"
    mend(project)
    assert run("check", "--project", project).code == 1
    git(project, "checkout", "--quiet", ".")
    publish(project, "published/2")
    assert history.published() == "published/2"
    assert "those of published/2" in run("check", "--project", project).stdout


def test_without_history_that_is_said(tmp_path: Path) -> None:
    """A project that git does not keep passes, and the check says in words that its history was not looked at."""
    project = copy_small(tmp_path / "project")
    mend(project)
    done = run("check", "--project", project)
    assert done.code == 0, done.said
    assert "History not checked: git does not keep this project." in done.stdout


def test_a_shallow_history_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    """A clone without its past and its tags says that it was not checked, and not that nothing was published."""
    project = published_project(tmp_path / "project")
    mend(project)
    git(project, "commit", "--quiet", "--all", "--message", "Another number")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth", "1", "--no-tags", project.as_uri(), str(shallow))
    done = run("check", "--project", shallow)
    assert done.code == 0, done.said
    assert "History not checked: it is shallow" in done.stdout


def test_the_build_stops_too(tmp_path: Path) -> None:
    """An unrecorded change stops the build, and a site with history holds the same files as one without."""
    project = published_project(tmp_path / "project")
    mend(project)
    done = run("--project", project)
    assert done.code == 1
    assert "unrecorded-change" in done.said
    assert not (project / "site").exists()


def test_no_program_that_the_repository_names_is_run(tmp_path: Path) -> None:
    """Settings in the project's own git folder start nothing."""
    project = published_project(tmp_path / "project")
    git(project, "config", "core.fsmonitor", f"touch {tmp_path}/ran;")
    git(project, "config", "core.pager", f"touch {tmp_path}/ran;")
    mend(project)
    assert run("check", "--project", project, "--since", "published/1").code == 1
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("revision", ["no-such-commit", "--output=x", "HEAD:seeds", "-h", ""])
def test_a_revision_that_is_none(tmp_path: Path, revision: str) -> None:
    """Whatever names no commit is refused, and never taken for an option of git."""
    project = published_project(tmp_path / "project")
    history = History.of(project)
    assert isinstance(history, History)
    with pytest.raises(UsageError):
        history.commit(revision)
    assert sorted(path.name for path in project.iterdir()) == [
        ".git",
        "mkdocs.yml",
        "seeds",
        "site_src",
    ]
