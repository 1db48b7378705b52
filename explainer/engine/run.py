"""One run of an engine, as a process of its own with an environment of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from explainer.engine.environment import environment
from explainer.problems import MachineFailed, Place, Problem, Refused

_MACHINE = re.compile(r"(?:OSError|PermissionError): \[Errno \d+\] (.*)|([A-Z][^\n]*) \(os error \d+\)")
_DIRTY = "WARNING -  A 'dirty' build is being performed"
"""What MkDocs warns of whenever it is told to leave unchanged pages alone."""


def run(engine: str, config: Path, today: str, *, dirty: bool = False) -> None:
    """Build the tree; where ``dirty``, only pages whose output is missing, and MkDocs alone can.

    Raises ``Refused`` with the engine's own words where it finds fault: every warning counts, with or without ``--strict``,
    which a dirty run cannot have, since it begins with a warning.
    """
    arguments = ["build", *(["--dirty" if dirty else "--strict"] if engine == "mkdocs" else []), "--config-file", str(config)]
    command = [sys.executable, "-P", "-m", engine, *arguments]
    try:  # the process holds the lock of the working folder as long as it lives
        done = subprocess.run(
            command, env=environment(today), cwd=config.parent, stdin=subprocess.DEVNULL, capture_output=True,
            encoding="utf-8", errors="replace", close_fds=False, timeout=600, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MachineFailed(f"{engine} could not be run: {error}") from error
    _judge(engine, done.returncode, done.stderr, config.parent / "docs")


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
