"""Runs a workflow of GitHub's on this machine: its very ``run:`` steps in a shell, with stand-ins for the actions that only GitHub has.

The stand-ins do what a step needs of them: check out a repository, keep an artifact and hand it over, say an address, note a deployment. The
jobs run in folders of their own, as they do on machines of their own, and one that a failed job is needed for is not run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from support import SHELF, git, lend, work_of

Steps = Mapping[str, Any]


@dataclass
class Run:
    """What became of one run of a workflow."""

    said: str = ""
    """All that its steps printed."""
    failed: str = ""
    """The job and the step that stopped it; empty where it went through."""
    jobs: list[str] = field(default_factory=list)
    """The jobs that were run to their end."""
    deployed: bytes = b""
    """The archive that was published; empty where none was."""
    attested: list[str] = field(default_factory=list)
    """What its provenance was signed for."""


@dataclass
class Runner:
    """GitHub, as far as a workflow needs it."""

    origin: Path
    """The repository that was pushed to."""
    generator: Path
    """The generator's folder, in place of a checkout of it."""
    folder: Path
    """Where jobs work."""
    env: Mapping[str, str]
    """What the machine has in its environment."""
    number: int = 0
    depth: int | None = None
    """How many commits a checkout fetches, where it is not what the workflow says."""
    lender: Path | None = None
    """A checkout of a former job, for builds that prove the same with what its build kept; ``None`` where each begins with nothing."""

    def run(self, workflow: str, event: str = "push") -> Run:
        """Run a workflow of the commit at main's end, for an event."""
        self.number += 1
        told = yaml.load(git(self.origin, "show", f"main:{workflow}"), yaml.BaseLoader)
        done = Run()
        sha = git(self.origin, "rev-parse", "main")
        github = {
            "event_name": event, "server_url": "https://github.example", "repository": "somebody/swifts", "ref": "refs/heads/main",
            "token": "none", "event": {"pull_request": {"base": {"sha": git(self.origin, "rev-list", "--max-parents=0", "main")}}},
        }  # fmt: skip
        context: dict[str, Any] = {"github": github, "env": told.get("env", {}), "needs": {}}
        for name, job in told["jobs"].items():
            needed = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
            if not set(needed) <= set(done.jobs) or not worked_out(job.get("if", "true"), context):
                continue
            if not self._job(name, job, context, done, sha):
                break
        return done

    def _job(self, name: str, job: Steps, context: dict[str, Any], done: Run, sha: str) -> bool:
        place = self.folder / f"{self.number}-{name}"
        (place / "temp").mkdir(parents=True)
        here = {**context, "steps": {}}
        for step in job["steps"]:
            if not worked_out(step.get("if", "true"), here):
                continue
            outputs = place / "temp" / "outputs"
            outputs.write_text("", encoding="utf-8")
            title = step.get("name") or step.get("uses") or step["run"]
            if "uses" in step:
                code = self._use(step, here, place, done, outputs)
            else:
                env = {
                    **self.env, "RUNNER_TEMP": str(place / "temp"), "GITHUB_OUTPUT": str(outputs), "GITHUB_SHA": sha,
                    "GITHUB_STEP_SUMMARY": str(place / "temp" / "summary"), "GITHUB_REPOSITORY": "somebody/swifts",
                    "GITHUB_RUN_NUMBER": str(self.number), "ORIGIN": str(self.origin),
                    **{key: filled(value, here) for key, value in {**context["env"], **step.get("env", {})}.items()},
                }  # fmt: skip
                ran = subprocess.run(
                    ["bash", "-e", "-o", "pipefail", "-c", filled(step["run"], here)], cwd=place, env=env,
                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                )  # fmt: skip
                code = ran.returncode
                done.said += ran.stdout
            if code:
                done.failed = f"{name}: {title}"
                return False
            if "id" in step:
                lines = outputs.read_text(encoding="utf-8").splitlines()
                here["steps"][step["id"]] = {"outputs": dict(line.split("=", 1) for line in lines)}
        context["needs"][name] = {
            "outputs": {key: filled(value, here) for key, value in job.get("outputs", {}).items()}
        }
        done.jobs.append(name)
        return True

    def _use(
        self, step: Steps, context: Mapping[str, Any], place: Path, done: Run, outputs: Path
    ) -> int:
        """What an action does, by its name."""
        given = {key: filled(value, context) for key, value in step.get("with", {}).items()}
        actions: dict[str, Callable[[], object]] = {
            "actions/checkout": lambda: self._checkout(given, place),
            "actions/setup-python": lambda: None,
            "actions/configure-pages": lambda: outputs.write_text(
                "base_url=https://somebody.example/swifts\n", encoding="utf-8"
            ),
            "actions/upload-pages-artifact": lambda: _packed(
                place / given["path"], self.folder / f"{self.number}.tar"
            ),
            "actions/download-artifact": lambda: shutil.copy(
                self.folder / f"{self.number}.tar", place / "artifact.tar"
            ),
            "actions/attest-build-provenance": lambda: done.attested.extend(
                given["subject-path"].split()
            ),
            "actions/deploy-pages": lambda: setattr(
                done, "deployed", (place / "artifact.tar").read_bytes()
            ),
        }
        name, _, commit = step["uses"].partition("@")
        assert re.fullmatch("[0-9a-f]{40}", commit), (
            f"{step['uses']} is not pinned by a full commit"
        )
        actions[name]()
        return 0

    def _checkout(self, given: Mapping[str, str], place: Path) -> None:
        if "repository" in given:
            assert re.fullmatch("[0-9a-f]{40}", given["ref"]), (
                "the generator is checked out by a full commit"
            )
            (place / given["path"]).symlink_to(self.generator)
            return
        depth = self.depth if self.depth is not None else int(given.get("fetch-depth", "1"))
        few = ["--depth", str(depth)] if depth else []
        git(
            place,
            "clone",
            "--quiet",
            "--branch",
            "main",
            *few,
            f"file://{self.origin}",
            given["path"],
        )
        assert given["persist-credentials"] == "false"
        if self.lender is not None and (work_of(self.lender) / SHELF).exists():
            lend(self.lender, place / given["path"])

    def checkout(self, number: int, job: str) -> Path:
        """Where a job of a run had the project."""
        return self.folder / f"{number}-{job}" / "explainer"


def _packed(site: Path, archive: Path) -> None:
    with tarfile.open(archive, "w") as packed:
        packed.add(site, ".")


def filled(text: str, context: Mapping[str, Any]) -> str:
    """A text with its ``${{ … }}`` worked out."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda each: str(worked_out(each[1], context)), text)


def worked_out(expression: str, context: Mapping[str, Any]) -> Any:
    """What an expression comes to: names with dots, texts, ``==``, ``!=``, ``&&`` and ``||``, which are all that our workflows use."""
    value: Any = ""
    for either in expression.split("||"):
        value = True
        for each in either.split("&&"):
            value = _compared(each.strip(), context)
            if not value:
                break
        if value:
            return value
    return value


def _compared(text: str, context: Mapping[str, Any]) -> Any:
    for sign, equal in (("!=", False), ("==", True)):
        if sign in text:
            one, other = (_named(part.strip(), context) for part in text.split(sign))
            return (one == other) is equal
    return _named(text, context)


def _named(text: str, context: Mapping[str, Any]) -> Any:
    if text in ("true", "always()"):
        return True
    if text.startswith("'"):
        return text[1:-1]
    value: Any = context
    for part in text.split("."):
        value = value.get(part, "") if isinstance(value, Mapping) else ""
    return value


def machine(folder: Path) -> dict[str, str]:
    """An environment in which ``gh`` sets a tag in the repository that ``ORIGIN`` names, as GitHub's would."""
    folder.mkdir()
    gh = folder / "gh"
    gh.write_text(
        '#!/bin/sh\nfor word in "$@"; do case "$word" in ref=*) ref="${word#ref=}";; sha=*) sha="${word#sha=}";; esac; done\n'
        'git -C "$ORIGIN" update-ref "$ref" "$sha"\n',
        encoding="utf-8",
    )
    gh.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}
