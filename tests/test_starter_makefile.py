"""The Makefile of a begun project: whatever the generator's folder is called, make and the shell run nothing of its name."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from explainer.commands import starting

NAMES = [
    "$(touch ran) `touch ran`", "$(shell touch ran)", "$$(touch ran)", "${HOME}", "a b", "a;touch ran", "a&&touch ran", "a|touch ran", "a' touch ran '", 'a" touch ran "', "a#b", "a\\#b",
    "a\\\\#b", "a\\", "-C", "a%b", "a:b", "a=b", "*?[x]", "~", "$", "$@", "$<", "a\\nb", "!x", "ü ж", "a > ran", "$(MAKE)", "$(eval x:=$(shell touch ran))", "#", "a,b)", " lead", "trail ",
]  # fmt: skip
_STUB = """#!/bin/sh
{ printf '%s\\n' "$0"; for each; do printf '%s\\n' "$each"; done; } >> "$TOLD"
"""


@pytest.mark.parametrize("name", NAMES)
def test_make_runs_nothing_of_a_folders_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``make`` and its targets call the generator in that folder, with the project and an address as they are, and nothing else."""
    generator, project, told = tmp_path / "in" / name, tmp_path / "mine", tmp_path / "told"
    python = generator / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(_STUB, encoding="utf-8")
    python.chmod(0o755)
    (generator / "build.py").touch()
    (generator / "Makefile").write_text('ready:\n\t@echo ready >> "$$TOLD"\n', encoding="utf-8")
    monkeypatch.setattr(starting, "ROOT", generator)
    starting.plant(project)
    address = "https://x.example/$(touch ran)`touch ran`"
    env = {key: value for key, value in os.environ.items() if key not in ("PYTHON", "MAKEFLAGS", "MAKELEVEL")} | {
        "TOLD": str(told),
        "SITE_URL": address,
    }
    for target, arguments in (("site", ["--site-url", address]), ("check", ["check"]), ("serve", ["serve"])):
        told.unlink(missing_ok=True)
        done = subprocess.run(["make", target], cwd=project, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        ready, program, script, *rest = told.read_text(encoding="utf-8").splitlines()
        assert ready == "ready"
        assert (project / program).samefile(python)
        assert (project / script).samefile(generator / "build.py")
        assert rest == ["--project", ".", *arguments]
    assert not list(tmp_path.rglob("ran"))
    settings = json.loads((project / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert all(name.rstrip("/") in key for key in settings["yaml.schemas"])
