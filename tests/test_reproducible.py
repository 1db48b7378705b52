"""The same input gives the same bytes, on whatever machine, and ``verify`` says file by file where a site is not those bytes."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from support import ROOT, copy_small, run, tree_hash, work_of
from whole import project

__all__ = ["project"]
Tally = Callable[[str, int], None]


@dataclass(frozen=True)
class Elsewhere:
    """One other machine."""

    env: dict[str, str] = field(default_factory=dict)
    folder: str = "project"
    umask: int = 0o022


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
MACHINES = {
    "as here": Elsewhere(),
    "again": Elsewhere(),
    "another folder": Elsewhere(folder="a b/Übung/ｅｘｐ/" + "deep/" * 12 + "project"),
    "Kiritimati": Elsewhere({"TZ": "Pacific/Kiritimati"}),
    "Niue": Elsewhere({"TZ": "Pacific/Niue", "LANGUAGE": "ar", "LANG": "ar_EG.UTF-8"}),
    "a Turkish locale": Elsewhere({"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}),
    "an ASCII locale": Elsewhere(ASCII),
    "another hash seed": Elsewhere({"PYTHONHASHSEED": "4711"}),
    "files in another order": Elsewhere({"ELSEWHERE_SEED": "1", "PYTHONHASHSEED": "1"}),
    "a strict umask": Elsewhere({"ELSEWHERE_SEED": "2"}, umask=0o077),
    "one processor": Elsewhere({"ELSEWHERE_ONE": "1"}, umask=0o000),
    "400 days on": Elsewhere({"ELSEWHERE_DAYS": "400"}),
    "400 days ago, all at once": Elsewhere(
        {
            "ELSEWHERE_DAYS": "-400",
            "ELSEWHERE_SEED": "3",
            "TZ": "America/St_Johns",
            "PYTHONHASHSEED": "99",
            **ASCII,
        },
        "x/y",
        0o027,
    ),
}


def environment(machine: Elsewhere, folder: Path) -> dict[str, str]:
    """The machine's environment; the engine is started through a script that hands it on."""
    env = {**machine.env, "PYTHONPATH": f"{ROOT / 'tests' / 'elsewhere'}:{ROOT}"}
    script = folder / "python"
    lines = "".join(
        f'export {name}="{value}"\n'
        for name, value in env.items()
        if name.startswith(("ELSEWHERE", "PYTHONPATH"))
    )
    script.write_text(f'#!/bin/sh\n{lines}exec "{sys.executable}" "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return {**os.environ, **env, "ELSEWHERE_ENGINE": str(script)}


def build_elsewhere(machine: Elsewhere, folder: Path) -> Path:
    """The small project built on that machine; the site."""
    project = copy_small(folder / machine.folder)
    command = [sys.executable, str(ROOT / "build.py"), "--project", str(project), "--quiet"]
    done = subprocess.run(
        command,
        env=environment(machine, folder),
        capture_output=True,
        check=False,
        umask=machine.umask,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return project / "site"


SAMPLE = ("400 days ago, all at once",)
"""On a push; another folder and other locales are tried beside the golden files too."""


@pytest.mark.parametrize(
    "name",
    [
        *SAMPLE,
        *(pytest.param(name, marks=pytest.mark.audit, id=f"audit: {name}") for name in MACHINES),
    ],
)
def test_the_same_bytes_everywhere(name: str, good: Path, tmp_path: Path, tally: Tally) -> None:
    """Zone, locale, hash seed, umask, folder, processors, the order of files and the clock leave no byte in the site."""
    assert tree_hash(build_elsewhere(MACHINES[name], tmp_path)) == tree_hash(good / "site")
    tally("builds elsewhere: the same bytes", 1)


def test_elsewhere_is_elsewhere(tmp_path: Path) -> None:
    """The other machine is real: its clock, its order of files and its script for the engine are others."""
    machine = Elsewhere({"ELSEWHERE_DAYS": "400", "ELSEWHERE_SEED": "1"})
    env = environment(machine, tmp_path)
    for number in range(20):
        (tmp_path / f"{number:02}").touch()
    said = "import os, sys, time, datetime; print(datetime.date.today(), time.time(), [e.name for e in os.scandir()], sys.executable)"
    here, there, engine = (
        subprocess.run(
            [python, "-c", said], env=one, cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout
        for python, one in (
            (sys.executable, dict(os.environ)),
            (sys.executable, env),
            (env["ELSEWHERE_ENGINE"], {"PATH": os.environ["PATH"]}),
        )
    )
    assert here.split()[0] < there.split()[0] == engine.split()[0]
    assert float(there.split()[1]) - float(here.split()[1]) > 399 * 86400
    assert (
        here[here.index("[") : here.index("]")]
        != there[there.index("[") : there.index("]")]
        == engine[engine.index("[") : engine.index("]")]
    )
    assert there.split()[-1] == env["ELSEWHERE_ENGINE"]


def test_verify_finds_nothing_in_a_site_as_it_was_built(project: Path) -> None:
    """A site that nobody touched is what a fresh build makes, whatever address, day and engine it was built with; the site itself stays."""
    assert (
        run(
            "--project",
            project,
            "--site-url",
            "https://library.example/a/",
            "--today",
            "2024-08-01",
        ).code
        == 0
    )
    before = tree_hash(project / "site")
    done = run("verify", "--project", project)
    assert (done.code, done.stderr) == (0, "")
    assert "0 of " in done.stdout
    assert tree_hash(project / "site") == before


def test_verify_names_every_file_that_differs(project: Path) -> None:
    """A changed byte, a lost file and a foreign one are each named, with what is different; the exit code is 1."""
    site = project / "site"
    page = site / "about" / "index.html"
    page.write_text(
        page.read_text(encoding="utf-8").replace("They come from", "They came from"),
        encoding="utf-8",
    )
    picture = site / "cards" / "index.png"
    picture.write_bytes(picture.read_bytes()[:-1] + b"!")
    (site / "data" / "charts" / "loans-by-year.csv").unlink()
    (site / "more.txt").touch()
    done = run("verify", "--project", project)
    assert done.code == 1, done.said
    lines = done.stdout.splitlines()
    assert [line.split(":")[0] for line in lines[:-1]] == [
        "about/index.html",
        "cards/index.png",
        "data/charts/loans-by-year.csv",
        "more.txt",
    ]
    assert "They come from" in lines[0]
    assert "byte" in lines[1]
    assert lines[-1].startswith("4 of ")


def test_verify_sees_what_changed_in_the_seeds(project: Path) -> None:
    """Where an author has changed a page since, it is named, and the manifest; for programs too."""
    page = project / "site_src" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n\nMore words.\n", encoding="utf-8")
    done = run("verify", "--project", project, "--format", "json")
    assert done.code == 1
    assert {"about/index.html", "manifest.json"} <= {
        each["path"] for each in json.loads(done.stdout)["differences"]
    }


def test_verify_takes_nothing_from_the_last_build(project: Path) -> None:
    """What a build keeps for the next one is not believed: a picture that was changed in the working folder is drawn again."""
    assert run("--project", project, "--quiet").code == 0
    with sqlite3.connect(work_of(project) / "kept.sqlite") as kept:
        assert kept.execute("UPDATE kept SET data = ?", (b"stale",)).rowcount > 10
    kept.close()
    assert run("verify", "--project", project).code == 0


@pytest.mark.parametrize("text", [None, "", "[]", "{}", '{"engine": "mkdocs"}'])
def test_verify_needs_a_site(project: Path, text: str | None) -> None:
    """Without a site, or with a manifest that says nothing, there is nothing to verify: a misuse."""
    manifest = project / "site" / "manifest.json"
    manifest.unlink() if text is None else manifest.write_text(text, encoding="utf-8")
    done = run("verify", "--project", project)
    assert done.code == 2, done.said
    assert "Traceback" not in done.stderr
