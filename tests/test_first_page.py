"""A newcomer's way: what ``new DIR`` writes, and the steps of docs/authoring.md, each typed and run as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import ROOT, apart, git, run, tree_hash

from explainer.cli import starting
from explainer.common.problems import UsageError

_STEP = re.compile(r"^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.\w+|mkdocs\.yml)`")
_COMMENTED = (
    "seeds/facts/facts.yaml",
    "seeds/series/series.yaml",
    "seeds/charts/charts.yaml",
    "seeds/sources/sources.yaml",
)


@dataclass(frozen=True)
class Step:
    """A fenced block of the document: what kind it is, what stands in it, and the file that the words above it name."""

    kind: str
    body: str
    file: str


def steps() -> Iterator[Step]:
    """The blocks of the newcomer's section, in order."""
    text = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
    start = text.index("## From nothing to a published page")
    section = text[start : text.index("\n## Begin something\n", start)]
    for block in _STEP.finditer(section):
        files = _FILE.findall(section, 0, block.start())
        yield Step(block.group("kind"), block.group("body"), files[-1] if files else "")


def typed(command: str, home: Path, folder: Path) -> str:
    """What a command of the document says, typed in a folder. ``make`` takes the interpreter of the tests, and installs nothing."""
    own = f'make() {{ command make PYTHON="{sys.executable}" PY="{sys.executable}" "$@"; }}\n'
    env = {**os.environ, "HOME": str(home)}
    done = subprocess.run(
        ["bash", "-c", own + command],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    return f"{done.stdout}{done.stderr}\nexit {done.returncode}"


def mend(path: Path, change: str) -> None:
    """Replace the lines that begin with a minus by those with a plus, hunk by hunk; each stands in the file exactly once."""
    text = path.read_text(encoding="utf-8")
    for hunk in re.finditer(r"(?P<old>(?:^-.*\n)+)(?P<new>(?:^\+.*\n)+)", change, re.MULTILINE):
        old, new = (
            re.sub(r"^[-+]", "", hunk.group(part), flags=re.MULTILINE) for part in ("old", "new")
        )
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_the_document_leads_to_a_published_page(tmp_path: Path) -> None:
    """Every command and every file of the newcomer's section, in order: what it promises is said, and a page comes of it."""
    folder, said, kinds = ROOT, "", []
    for step in steps():
        kinds.append(step.kind)
        match step.kind:
            case "sh":
                # the generator's Makefile would install; what it then runs is run here
                command = step.body.replace(
                    'make new DIR="$HOME/ferry"', f'"{sys.executable}" build.py new "$HOME/ferry"'
                )
                said = typed(command, tmp_path, folder)
                folder = tmp_path / "ferry"
            case "console":
                assert all(line in said for line in step.body.splitlines()), said
                assert "\nexit 2" in said, "make says that it failed"
                assert f"{len(step.body.splitlines())} problems." in said, said
            case "diff":
                mend(folder / step.file, step.body)
            case _:
                (folder / step.file).write_text(step.body, encoding="utf-8")
        assert step.kind != "sh" or "exit 0" in said or "2 problems" in said, said
    assert kinds.count("sh") >= 4
    assert kinds.count("console") == 1
    page = (folder / "site" / "index.html").read_text(encoding="utf-8")
    assert "The ferry at Otter Bend" in page
    assert "5,200" in page
    assert "Sources disagree" in page
    assert "https://example.org/ferry/" in page, "its own address stands in its head"
    assert "swift" not in page.lower(), "nothing of the starter is left on it"


def test_make_new_runs_what_the_test_runs() -> None:
    """``make new DIR=…`` is ``build.py new`` once what it needs is installed."""
    told = subprocess.run(
        ["make", "--dry-run", "new", "DIR=/some/where"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert 'python build.py new "$DIR"' in told


def test_new_writes_an_explainer_that_teaches(tmp_path: Path) -> None:
    """The starter is one source with its text, one fact, one chart and one page; every file of records explains its lines."""
    folder = tmp_path / "a b" / "my explainer"
    done = run("new", folder)
    assert done.code == 0, done.said
    assert "make serve" in done.stdout
    checked = run("check", "--project", folder)
    assert "no errors: 2 facts and series, 4 claims, 1 sources." in checked.stdout, checked.said
    warned = {line.split(": ")[2] for line in checked.stdout.splitlines() if ": warning: " in line}
    assert warned == {"starter-left"}, "nothing is wrong with it but that it is the example"
    for path in _COMMENTED:
        assert (folder / path).read_text(encoding="utf-8").count("# ") >= 2, path
    assert [path.name for path in (folder / "site_src").iterdir()] == ["index.md"]
    assert not [
        path for path in folder.rglob("*") if path.is_file() and b"@GENERATOR@" in path.read_bytes()
    ]
    makefile = (folder / "Makefile").read_text(encoding="utf-8")
    found = re.search(r"^GENERATOR \?= (.*)$", makefile, re.MULTILINE)
    assert found is not None
    assert (folder / found.group(1)).resolve() == ROOT
    for schema in re.findall(
        r'"([^"]*\.schema\.json)"',
        (folder / ".vscode" / "settings.json").read_text(encoding="utf-8"),
    ):
        assert (folder / schema).is_file(), schema


def test_new_leaves_what_is_there(tmp_path: Path) -> None:
    """A folder that holds anything, a file, a link, and the generator's own folders are refused with exit 2, and stay as they are."""
    full = tmp_path / "full"
    full.mkdir()
    (full / ".hidden").touch()
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    before = tree_hash(tmp_path)
    wrong = [
        full,
        tmp_path / "file",
        tmp_path / "link",
        tmp_path / "file" / "below",
        tmp_path / "a\nb",
        "",
        ROOT / "site",
        ROOT / "seeds" / "x",
    ]
    for folder in wrong:
        with pytest.raises(
            UsageError, match=r"not there yet|cannot be seen|symbolic link|beside the generator"
        ):
            starting.create_project(Path(folder))
    assert tree_hash(tmp_path) == before
    done = run("new", full)
    assert (done.code, done.stdout) == (2, ""), done.said
    assert run("new", tmp_path / "empty").code == 0, "an empty folder is filled"


def test_new_needs_an_id_for_a_stub(tmp_path: Path) -> None:
    """``new fact`` alone is no folder named fact, and a kind that nobody knows is named; both are wrong usage."""
    for words, part in ((("fact",), "needs an id"), (("facts", "x"), "known are")):
        done = apart("new", *words, cwd=tmp_path)
        assert (done.code, list(tmp_path.iterdir())) == (2, [])
        assert part in done.stderr


def test_new_is_whole_or_not_at_all(tmp_path: Path) -> None:
    """On a disk with no room, exit 3, and nothing of the explainer is left."""
    command = f'ulimit -f 0; "{sys.executable}" build.py new "{tmp_path}/explainer"'
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_the_starter_is_kept_by_git() -> None:
    """Whatever ``new`` writes is kept with the generator: nothing of it is ignored."""
    kept = set(git(ROOT, "ls-files", "templates/starter").splitlines())
    there = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "templates" / "starter").rglob("*")
        if path.is_file()
    }
    assert {path for path in there if "/build/" not in path} == kept
