"""One run of an engine, as a process of its own with an environment of its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from explainer.engine.environment import environment
from explainer.problems import MachineFailed, Place, Problem, Refused

Waiting = subprocess.Popen[str]
"""A process that does nothing until it is told."""
_MACHINE = re.compile(r"(?:OSError|PermissionError): \[Errno \d+\] (.*)|([A-Z][^\n]*) \(os error \d+\)")
_DIRTY = "WARNING -  A 'dirty' build is being performed"
"""What MkDocs warns of whenever it is told to leave unchanged pages alone."""


def run(engine: str, config: Path, today: str, *, dirty: bool = False, waiting: Waiting | None = None) -> None:
    """Build the tree; where ``dirty``, only pages whose output is missing, and MkDocs alone can. One that waits is told to.

    Raises ``Refused`` with the engine's own words where it finds fault: every warning counts, with or without ``--strict``,
    which a dirty run cannot have, since it begins with a warning.
    """
    arguments = ["build", *(["--dirty" if dirty else "--strict"] if engine == "mkdocs" else []), "--config-file", str(config)]
    process = waiting or started([sys.executable, "-P", "-m", engine, *arguments], config.parent, today)
    told = json.dumps({"environment": environment(today), "arguments": arguments}) + "\n" if waiting else None
    try:
        _, said = process.communicate(told, timeout=600)
    except subprocess.TimeoutExpired as error:
        process.kill()
        raise MachineFailed(f"{engine} could not be run: {error}") from error
    _judge(engine, process.returncode, said, config.parent / "docs")


def started(command: Sequence[str], folder: Path, today: str, *, holds: bool = True) -> Waiting:
    """A process of an engine's; where it ``holds``, it holds the lock of the working folder as long as it lives.

    Raises ``MachineFailed`` where there can be none.
    """
    try:
        return subprocess.Popen(
            command, env=environment(today), cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            encoding="utf-8", errors="replace", close_fds=not holds,
        )  # fmt: skip
    except OSError as error:
        raise MachineFailed(f"the engine could not be run: {error}") from error


def _judge(engine: str, code: int, said: str, docs: Path) -> None:
    """Raise what the end of a run comes to."""
    if failed := _MACHINE.search(said):
        raise MachineFailed(f"{engine} could not write: {(failed.group(1) or failed.group(2)).strip()}")
    if code < 0:
        raise MachineFailed(f"{engine} was stopped by signal {-code}; there may be too little memory")
    if "No module named" in said:
        raise MachineFailed(f"{engine} is not installed here; install it beside the other requirements")
    faults = [line for line in said.splitlines() if line.startswith(("WARNING", "ERROR", "Aborted")) and not line.startswith(_DIRTY)]
    if code or faults:
        words = faults or said.strip().splitlines()[-3:]
        raise Refused(tuple(Problem(Place("mkdocs.yml"), "engine", line, f"what the engine read is in {docs}") for line in words))
