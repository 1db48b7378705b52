"""The small project's whole site, compared with what it was; the same input gives the same bytes."""

from __future__ import annotations

import difflib
import os
import shutil
from pathlib import Path

import pytest
from golden.articles import article
from support import apart, run, tree_hash, work_of

GOLDEN = Path(__file__).resolve().parent / "small"
_SHOWN = 3
"""How many differing files a failure prints."""


def engine_tree(project: Path) -> dict[str, str]:
    """Every Markdown page as the engine reads it."""
    docs = work_of(project) / "docs"
    return {
        path.relative_to(docs).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(docs.rglob("*.md"))
    }


def pages(project: Path) -> dict[str, str]:
    """The own content of every finished page; the 404 page has none."""
    site = project / "site"
    found = {
        path.relative_to(site).with_suffix(".txt").as_posix(): path
        for path in sorted(site.rglob("*.html"))
        if path.name != "404.html"
    }
    return {name: article(path.read_text(encoding="utf-8")) for name, path in found.items()}


def data(project: Path) -> dict[str, str]:
    """The JSON files of the site, but for the search index and the manifest, which hold the bytes of the theme."""
    site = project / "site"
    found = (
        path
        for path in sorted(site.rglob("*.json"))
        if path.parent.name != "search" and path.name != "manifest.json"
    )
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in found}


KINDS = {"docs": engine_tree, "pages": pages, "data": data}


@pytest.mark.parametrize("kind", KINDS)
def test_the_small_site_is_what_it_was(
    good: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    """No page, and no word of a page, changes unseen; ``pytest tests/golden --write-golden`` takes a change for right."""
    new, folder = KINDS[kind](good), GOLDEN / kind
    assert new
    if request.config.getoption("--write-golden", default=False):
        shutil.rmtree(folder, ignore_errors=True)
        for name, text in new.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    old = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    changed = [name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
    shown = [
        "\n".join(
            difflib.unified_diff(
                old.get(name, "").splitlines(),
                new.get(name, "").splitlines(),
                f"golden/{name}",
                name,
                lineterm="",
                n=1,
            )
        )
        for name in changed[:_SHOWN]
    ]
    assert not changed, (
        f"{len(changed)} of {len(new)} files differ: {', '.join(changed)}\n" + "\n".join(shown)
    )


def test_every_page_is_an_index(good: Path) -> None:
    """Engines agree on addresses only where every page is an ``index.md``."""
    assert {Path(name).name for name in engine_tree(good)} == {"index.md"}


SURROUNDINGS = {
    "again": {},
    "another zone, locale, hash seed": {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "4711",
    },
    "no locale, no home": {
        "TZ": "America/St_Johns",
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONHASHSEED": "1",
        "HOME": "/nonexistent",
        "PYTHONUTF8": "0",
    },
}


@pytest.mark.parametrize(
    "surroundings",
    [
        name if name == "no locale, no home" else pytest.param(name, marks=pytest.mark.audit)
        for name in SURROUNDINGS
    ],
)
def test_the_same_input_gives_the_same_bytes(good: Path, tmp_path: Path, surroundings: str) -> None:
    """Every file of the site is the same, to the byte, wherever and whenever it is built; none is left out."""
    project = tmp_path / "elsewhere, and äöü" / "a" / "project"
    project.parent.mkdir(parents=True)
    _copy_backwards(good, project)
    old = os.umask(0o077)
    try:
        done = apart(
            "--project",
            project,
            "--output",
            tmp_path / "out",
            env=SURROUNDINGS[surroundings],
            cwd=tmp_path,
        )
    finally:
        os.umask(old)
    assert done.code == 0, done.said
    assert differing(good / "site", tmp_path / "out") == []
    assert tree_hash(good / "site") == tree_hash(tmp_path / "out")


def test_a_second_build_over_the_first_gives_the_same_bytes(good: Path, tmp_path: Path) -> None:
    """Building again into the same folder, over what the last build left, changes nothing."""
    project = shutil.copytree(good, tmp_path / "project", symlinks=True)
    assert run("--project", project, "--quiet").code == 0
    assert tree_hash(project / "site") == tree_hash(good / "site")


def _copy_backwards(project: Path, to: Path) -> None:
    """A copy whose files are made in the other order, with other times."""
    paths = [
        path
        for name in ("seeds", "site_src", "mkdocs.yml")
        for path in [project / name, *(project / name).rglob("*")]
    ]
    for path in sorted((path for path in paths if path.is_file()), reverse=True):
        target = to / path.relative_to(project)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
        os.utime(target, (0, 0))


def differing(one: Path, other: Path) -> list[str]:
    """The paths of files that are not the same in both."""
    paths = {
        path.relative_to(root).as_posix()
        for root in (one, other)
        for path in root.rglob("*")
        if path.is_file()
    }
    both = lambda path: (  # noqa: E731
        (one / path).is_file()
        and (other / path).is_file()
        and (one / path).read_bytes() == (other / path).read_bytes()
    )
    return sorted(path for path in paths if not both(path))
