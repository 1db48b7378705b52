"""An engine's process that is started before there is anything for it to do: it loads itself while the pages are made.

It is started only where the author's files are not as they were at the last build; where nothing comes of it, it is stopped. It does not
hold the lock of the working folder, which a killed build would leave locked, and so has to end with the build that it works for: on Linux
alone there is such a process, since no other system sees to that.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from explainer import disk
from explainer.engine.run import Waiting, started
from explainer.options import Options
from explainer.problems import MachineFailed
from explainer.shelf import Shelf
from explainer.watching import stamps

_PROGRAM: Final = "explainer.waiting"
_ROOT: Final = Path(__file__).resolve().parent.parent.parent
_NOTES: Final = "stamps"
_ready: list[tuple[Path, Waiting]] = []
"""A process that was started between two builds, and the configuration that it read; at most one."""


@contextmanager
def ahead(options: Options, work: Path, shelf: Shelf) -> Iterator[Waiting | None]:
    """A process that waits to be told; ``None`` where none is likely to be needed."""
    notes, now = shelf.notes(_NOTES), stamps(options.project)
    process = _taken(work) if _can(options) and notes != now else None
    notes.clear()
    notes.update(now)
    try:
        yield process
    finally:
        if process is not None:
            _stop(process)


def ready(options: Options) -> None:
    """Start a process for the next build of a project."""
    config = disk.folder_of(options.project) / "mkdocs.yml"
    if _can(options) and not _ready and config.is_file():
        _ready.append((config, _started(config)))


def dismiss() -> None:
    """Stop the process that waits for the next build, if there is one."""
    while _ready:
        _stop(_ready.pop()[1])


def _can(options: Options) -> bool:
    return sys.platform == "linux" and options.engine == "mkdocs"


def _taken(work: Path) -> Waiting | None:
    """The process that waits, or one that is started now."""
    config = work / "mkdocs.yml"
    if _ready and _ready[0][0] == config and _ready[0][1].poll() is None:
        return _ready.pop()[1]
    dismiss()
    try:
        return _started(config)
    except MachineFailed:  # the build itself starts one, and says what is wrong
        return None


def _started(config: Path) -> Waiting:
    return started([sys.executable, "-P", "-m", _PROGRAM, str(config), str(os.getpid())], _ROOT, "2000-01-01", holds=False)


def _stop(process: Waiting) -> None:
    process.kill()
    process.communicate()
