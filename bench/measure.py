"""Times and memory, measured so that they can be believed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
TIMES: Final = 5
"""How often anything is measured, at least; the median counts."""

ENVIRONMENT: Final = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""In which commands are run. Python keeps what it compiled, ours as that of what is installed, unless a machine forbids it."""


@dataclass(frozen=True)
class Ran:
    """A whole process, from its start to its end."""

    seconds: float
    """By the clock on the wall."""
    worked: float
    """Seconds of a processor's work, its own and the system's for it: what a machine shared with others leaves true."""
    megabytes: float
    """Its highest resident memory."""
    said: str = ""
    """What it printed."""


def seconds(work: Callable[[], object], times: int = TIMES) -> float:
    """The median time of a call, in seconds, in this process; the first call, which warms up, is not counted."""
    work()
    return median(_timed(work) for _ in range(max(times, TIMES)))


def in_turns(ways: Mapping[str, Callable[[], object]], times: int = TIMES) -> dict[str, float]:
    """The median seconds of several ways to do one thing, taken in turns, so that a busy machine is unfair to none."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for work in ways.values():
        work()
    for _ in range(max(times, TIMES)):
        for name, work in ways.items():
            found[name].append(_timed(work))
    return {name: median(all_of) for name, all_of in found.items()}


def process(command: Sequence[str | Path], times: int = TIMES, *, code: int = 0, env: Mapping[str, str] | None = None) -> Ran:
    """A command run as whole processes, one after the other: median wall time, and the median of their peaks of memory.

    The peak is that of the process itself or of its largest child, whichever is higher. Raises where it ends with another code.
    """
    return middle([once(command, code=code, env=env) for _ in range(max(times, TIMES))])


def middle(runs: Sequence[Ran]) -> Ran:
    """The median time and the median memory of several runs, and what the last of them printed."""
    return Ran(
        median(run.seconds for run in runs), median(run.worked for run in runs), median(run.megabytes for run in runs), runs[-1].said
    )


def module(name: str, *args: str | Path) -> list[str | Path]:
    """The command that runs a module cold as a program, on one core where the machine lets us choose."""
    pin = "import os, runpy, sys\nif hasattr(os, 'sched_setaffinity'): os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
    run = f"runpy.run_module({name!r}, run_name='__main__', alter_sys=True)\n"
    return [sys.executable, "-c", pin + run, *args]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def once(command: Sequence[str | Path], *, code: int = 0, env: Mapping[str, str] | None = None) -> Ran:
    """One run of a command as a whole process. Raises where it ends with another code."""
    words = [str(part) for part in command]
    with tempfile.TemporaryFile() as out:
        begun = time.perf_counter()
        child = subprocess.Popen(words, cwd=ROOT, env={**ENVIRONMENT, **(env or {})}, stdout=out, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(child.pid, 0)
        took = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode(errors="replace")
    if child.returncode != code:
        message = f"{words} ended with {child.returncode}: {said[-2000:]}"
        raise RuntimeError(message)
    return Ran(took, used.ru_utime + used.ru_stime, used.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024), said)
