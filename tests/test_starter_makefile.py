"""The Makefile of a begun project: whatever the generator's folder is called, make and the shell run nothing of its name."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from support import ROOT

from explainer.cli import starting

NAMES = [
    "$(touch ran) `touch ran`", "$(shell touch ran)", "$$(touch ran)", "${HOME}", "a b", "a;touch ran", "a&&touch ran", "a|touch ran", "a' touch ran '", 'a" touch ran "', "a#b", "a\\#b",
    "a\\\\#b", "a\\", "-C", "a%b", "a:b", "a=b", "*?[x]", "~", "$", "$@", "$<", "a\\nb", "!x", "ü ж", "a > ran", "$(MAKE)", "$(eval x:=$(shell touch ran))", "#", "a,b)", " lead", "trail ",
]  # fmt: skip
_STUB = """#!/bin/sh
{ printf '%s\\n' "$0"; for each; do printf '%s\\n' "$each"; done; } >> "$TOLD"
"""


@pytest.mark.parametrize("name", NAMES)
def test_make_runs_nothing_of_a_folders_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``make`` and its targets call the generator in that folder, with the project and an address as they are, and nothing else."""
    generator, project, told = tmp_path / "in" / name, tmp_path / "mine", tmp_path / "told"
    python = generator / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(_STUB, encoding="utf-8")
    python.chmod(0o755)
    (generator / "build.py").touch()
    (generator / "Makefile").write_text('ready:\n\t@echo ready >> "$$TOLD"\n', encoding="utf-8")
    monkeypatch.setattr(starting, "ROOT", generator)
    starting.create_project(project)
    address = "https://x.example/$(touch ran)`touch ran`"
    env = {
        key: value
        for key, value in os.environ.items()
        if key not in ("PYTHON", "MAKEFLAGS", "MAKELEVEL")
    } | {
        "TOLD": str(told),
        "SITE_URL": address,
    }
    for target, arguments in (
        ("site", ["--site-url", address]),
        ("check", ["check"]),
        ("serve", ["serve"]),
    ):
        told.unlink(missing_ok=True)
        done = subprocess.run(
            ["make", target], cwd=project, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        ready, program, script, *rest = told.read_text(encoding="utf-8").splitlines()
        assert ready == "ready"
        assert (project / program).samefile(python)
        assert (project / script).samefile(generator / "build.py")
        assert rest == ["--project", ".", *arguments]
    assert not list(tmp_path.rglob("ran"))
    settings = json.loads((project / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert all(name.rstrip("/") in key for key in settings["yaml.schemas"])


def test_a_generator_that_is_not_there_is_told_in_one_sentence(tmp_path: Path) -> None:
    """In a folder that was moved, each target that needs the generator says where to name it, and at which commit to get it."""
    starting.create_project(tmp_path / "begun")
    moved = tmp_path / "elsewhere" / "deeper" / "moved"
    moved.parent.mkdir(parents=True)
    (tmp_path / "begun").rename(moved)
    env = {
        key: value
        for key, value in os.environ.items()
        if key not in ("PYTHON", "MAKEFLAGS", "MAKELEVEL", "GENERATOR")
    }
    for target in ("site", "check", "serve", "verify", "fact", "release", "pin", "pinned"):
        done = subprocess.run(
            ["make", target, "GENERATOR=../no$such"],
            cwd=moved,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode
        first = done.stderr.splitlines()[0]
        assert first.startswith("the generator is not at ../no$such: get it at commit "), target
        assert "make GENERATOR=" in first
        assert not done.stdout


def test_make_passes_what_it_is_given_to_the_letter(tmp_path: Path) -> None:
    """A dollar sign in a value on the command line is neither dropped nor taken for a variable or a program, in either Makefile."""
    starting.create_project(tmp_path / "begun")
    value = f"/x/a$xb$(shell touch {tmp_path}/ran)`touch {tmp_path}/ran`$$c"
    show = tmp_path / "show"
    show.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$TOLD"\n', encoding="utf-8")
    show.chmod(0o755)
    env = {
        key: each for key, each in os.environ.items() if key not in ("MAKEFLAGS", "MAKELEVEL")
    } | {"TOLD": str(tmp_path / "told")}
    (tmp_path / "generator").mkdir()
    (tmp_path / "generator" / "build.py").touch()
    own = ["make", "source", f"ID={value}", f"PYTHON={show}", "GENERATOR=../generator"]
    theirs = ["make", "new", f"DIR={value}", f"PY={show}", "-o", ".venv/site.stamp"]
    for command, cwd in ((own, tmp_path / "begun"), (theirs, ROOT)):
        done = subprocess.run(
            command, cwd=cwd, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "told").read_text(encoding="utf-8").splitlines()[-1] == value
    assert not (tmp_path / "ran").exists()
