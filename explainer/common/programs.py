"""Start other programs in such a way that no file of a project can affect them.

A program is found by an absolute path outside the project and the current folder. It starts in an
empty folder of our own. Its environment is built here, not inherited.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
"""The generator's folder, from which Python imports this package."""
_KEPT: Final = ("LD_LIBRARY_PATH",)
"""Environment variables that programs may need to find their own libraries."""


def find(name: str, project: Path | None = None) -> str | None:
    """Return the absolute path of a program, or ``None`` if there is none outside the project."""
    return shutil.which(name, path=search_path(project))


@contextmanager
def empty_folder() -> Iterator[Path]:
    """Yield a new, empty folder that no other user may enter. It is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="explainer-") as folder:
        yield Path(folder)


def environment(home: Path, project: Path | None = None, **more: str) -> dict[str, str]:
    """Return the complete environment for a program.

    ``home`` is its home folder. ``more`` are further variables that it needs.
    """
    kept = {key: os.environ[key] for key in _KEPT if key in os.environ}
    return {
        **kept,
        "PATH": search_path(project),
        "HOME": str(home),
        "TMPDIR": str(home),
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        **more,
    }


def python_environment(home: Path) -> dict[str, str]:
    """Return the environment for a Python that imports this package. Start it with ``-P``."""
    return environment(home, PYTHONPATH=str(ROOT), PYTHONHASHSEED="0")


def run(
    command: Sequence[str],
    folder: Path,
    env: Mapping[str, str],
    *,
    given: bytes = b"",
    timeout: float | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run a program in a folder until it ends, and return its output.

    Raises ``OSError`` if it cannot be started, and ``subprocess.TimeoutExpired`` after ``timeout``
    seconds.
    """
    return subprocess.run(  # noqa: S603
        command,
        input=given,
        cwd=folder,
        env=dict(env),
        capture_output=True,
        timeout=timeout,
        check=False,
    )


def search_path(project: Path | None = None) -> str:
    """Return the PATH without relative folders, the current folder and folders in the project.

    The generator's own folder is also the project of its own site. It stays in the path, because it
    is trusted like the generator.
    """
    refused = project.resolve() if project is not None else None
    found = []
    for each in os.environ.get("PATH", os.defpath).split(os.pathsep):
        folder = os.path.realpath(each)
        inside = refused is not None and refused != ROOT and Path(folder).is_relative_to(refused)
        if Path(each).is_absolute() and not inside and folder != _current_folder():
            found.append(each)
    return os.pathsep.join(found) or os.devnull  # an empty PATH would mean the current folder


def _current_folder() -> str:
    try:
        return os.path.realpath(Path.cwd())
    except OSError:  # it was removed
        return ""


# Memory


def give_memory_back() -> None:
    """Return free memory to the operating system.

    After ten thousand pages have been made one after the other, the C library still holds a fifth
    of a build's memory. Only glibc keeps so much, and only glibc can be asked to return it.
    """
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "malloc_trim"):
        library.malloc_trim(0)
