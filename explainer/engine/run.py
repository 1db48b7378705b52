"""One run of an engine, as a process of its own with an environment of its own."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path

from explainer.problems import MachineFailed, Place, Problem, Refused

_MACHINE = re.compile(r"(?:OSError|PermissionError): \[Errno \d+\] (.*)|([A-Z][^\n]*) \(os error \d+\)")
_DIRTY = "WARNING -  A 'dirty' build is being performed"
"""What MkDocs warns of whenever it is told to leave unchanged pages alone."""


def run(engine: str, config: Path, today: str, *, dirty: bool = False) -> None:
    """Build the tree; where ``dirty``, only pages whose output is missing, and MkDocs alone can.

    Raises ``Refused`` with the engine's own words where it finds fault: every warning counts, with or without ``--strict``,
    which a dirty run cannot have, since it begins with a warning.
    """
    commands = {
        "mkdocs": [sys.executable, "-m", "mkdocs", "build", "--dirty" if dirty else "--strict", "--config-file", str(config)],
        "zensical": [sys.executable, "-m", "zensical", "build", "--config-file", str(config)],
    }
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LD_LIBRARY_PATH", "VIRTUAL_ENV") if key in os.environ}
    env = {**kept, "SOURCE_DATE_EPOCH": _epoch(today), "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            commands[engine], env=env, cwd=config.parent, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace",
            timeout=600, check=False, close_fds=False,  # it holds the lock of the working folder as long as it lives
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MachineFailed(f"{engine} could not be run: {error}") from error
    if failed := _MACHINE.search(done.stderr):
        raise MachineFailed(f"{engine} could not write: {(failed.group(1) or failed.group(2)).strip()}")
    if done.returncode < 0:
        raise MachineFailed(f"{engine} was stopped by signal {-done.returncode}; there may be too little memory")
    if "No module named" in done.stderr:
        raise MachineFailed(f"{engine} is not installed here; install it beside the other requirements")
    faults = [line for line in done.stderr.splitlines() if line.startswith(("WARNING", "ERROR", "Aborted")) and not line.startswith(_DIRTY)]
    if done.returncode or faults:
        words = faults or done.stderr.strip().splitlines()[-3:]
        raise Refused(tuple(Problem(Place("build/docs"), "engine", line, "the tree is under build/docs") for line in words))


def _epoch(today: str) -> str:
    """Seconds since 1970 at the start of a day, as ``SOURCE_DATE_EPOCH`` takes them."""
    return str(int(dt.datetime.fromisoformat(f"{today}T00:00:00+00:00").timestamp()))
