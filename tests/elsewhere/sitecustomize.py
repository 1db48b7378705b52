"""Another machine: a clock 400 days off, files found in another order, fewer processors. Python reads this before any program.

The site engine gets an environment of its own, so it is started through a small shell script that says the same to it.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
from collections.abc import Iterator
from typing import Any

import time_machine

_days, _seed, _engine = (
    os.environ.get(f"ELSEWHERE_{name}", "") for name in ("DAYS", "SEED", "ENGINE")
)

if _days:
    time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=int(_days)), tick=True).start()
if _engine:
    sys.executable = _engine
if "ELSEWHERE_ONE" in os.environ and hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


class _Shuffled:
    """What ``os.scandir`` gives, in another order."""

    def __init__(self, path: Any = ".") -> None:
        with _scandir(path) as found:
            self.entries = list(found)
        random.Random(_seed).shuffle(self.entries)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.entries)

    def __next__(self) -> Any:
        if not self.entries:
            raise StopIteration
        return self.entries.pop(0)

    def __enter__(self) -> _Shuffled:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def close(self) -> None:
        """There is nothing open."""


def _listed(path: Any = ".") -> list[Any]:
    found = _listdir(path)
    random.Random(_seed).shuffle(found)
    return found


if _seed:
    _scandir, _listdir = os.scandir, os.listdir
    os.scandir, os.listdir = _Shuffled, _listed  # type: ignore[assignment]
