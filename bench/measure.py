"""Measures times and memory in a way that gives reliable figures."""

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
"""The fewest runs of each measurement; the median counts."""

ENVIRONMENT: Final = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}
"""The environment of the commands, without ``PYTHONDONTWRITEBYTECODE``.

So Python caches compiled code, ours and that of libraries, as it usually does.
"""


@dataclass(frozen=True)
class Ran:
    """The figures of a whole process, from its start to its end."""

    seconds: float
    """Wall-clock time in seconds."""
    worked: float
    """Processor time in seconds, of the process and of the system for it.

    Other programs on the machine hardly change it.
    """
    megabytes: float
    """The highest resident memory, in megabytes."""
    said: str = ""
    """What it printed."""


def seconds(work: Callable[[], object], times: int = TIMES) -> float:
    """Return the median time of a call in this process, in seconds.

    The first call warms up and is not counted.
    """
    work()
    return median(_timed(work) for _ in range(max(times, TIMES)))


def in_turns(ways: Mapping[str, Callable[[], object]], times: int = TIMES) -> dict[str, float]:
    """Return the median seconds of several ways to do the same thing.

    They run in turns, so that a busy machine affects all of them equally.
    """
    found: dict[str, list[float]] = {name: [] for name in ways}
    for work in ways.values():
        work()
    for _ in range(max(times, TIMES)):
        for name, work in ways.items():
            found[name].append(_timed(work))
    return {name: median(all_of) for name, all_of in found.items()}


def process(
    command: Sequence[str | Path],
    times: int = TIMES,
    *,
    code: int = 0,
    env: Mapping[str, str] | None = None,
) -> Ran:
    """Run a command several times as a whole process, and return the medians.

    The memory is that of the process or of its largest child, whichever is higher. Raises
    ``RuntimeError`` if it ends with another exit code than ``code``.
    """
    return middle([once(command, code=code, env=env) for _ in range(max(times, TIMES))])


def middle(runs: Sequence[Ran]) -> Ran:
    """Return the medians of several runs, and the output of the last one."""
    return Ran(
        median(run.seconds for run in runs),
        median(run.worked for run in runs),
        median(run.megabytes for run in runs),
        runs[-1].said,
    )


def module(name: str, *args: str | Path) -> list[str | Path]:
    """Return the command that runs a module in a new process, on one core if possible."""
    pin = (
        "import os, runpy, sys\nif hasattr(os, 'sched_setaffinity'): os.sched_setaffinity(0,"
        " {min(os.sched_getaffinity(0))})\n"
    )
    run = f"runpy.run_module({name!r}, run_name='__main__', alter_sys=True)\n"
    return [sys.executable, "-c", pin + run, *args]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def once(
    command: Sequence[str | Path], *, code: int = 0, env: Mapping[str, str] | None = None
) -> Ran:
    """Run a command once as a whole process.

    Raises ``RuntimeError`` if it ends with another exit code than ``code``.
    """
    words = [str(part) for part in command]
    with tempfile.TemporaryFile() as out:
        begun = time.perf_counter()
        child = subprocess.Popen(
            words,
            cwd=ROOT,
            env={**ENVIRONMENT, **(env or {})},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(child.pid, 0)
        took = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode(errors="replace")
    if child.returncode != code:
        message = f"{words} ended with {child.returncode}: {said[-2000:]}"
        raise RuntimeError(message)
    return Ran(
        took,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024),
        said,
    )
