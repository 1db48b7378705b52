"""How other programs are started, so that nothing in a project can take part in it."""

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

# How the generator starts other programs, so that nothing in a project can take part in it.
#
# A program is found by an absolute path outside of the project and of the current folder, starts
# in an
# empty folder of our own, and gets an environment that is written here and not inherited.

ROOT: Final = Path(__file__).resolve().parents[2]
"""The generator's folder, from which Python imports this package."""
_KEPT: Final = ("LD_LIBRARY_PATH",)
"""What programs may need to find their own libraries."""


def find(name: str, project: Path | None = None) -> str | None:
    """The absolute path of a program; ``None`` where there is none outside of the project."""
    return shutil.which(name, path=search_path(project))


@contextmanager
def empty_folder() -> Iterator[Path]:
    """A new, empty folder that nobody else may enter; it is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="explainer-") as folder:
        yield Path(folder)


def environment(home: Path, project: Path | None = None, **more: str) -> dict[str, str]:
    """The whole environment of a program: ``home`` is its home folder, ``more`` what it needs besides."""
    kept = {key: os.environ[key] for key in _KEPT if key in os.environ}
    return {
        **kept, "PATH": search_path(project), "HOME": str(home), "TMPDIR": str(home), "TZ": "UTC", "LC_ALL": "C.UTF-8", **more,
    }  # fmt: skip


def python_environment(home: Path) -> dict[str, str]:
    """The environment of a Python that imports this package; start it with ``-P``."""
    return environment(home, PYTHONPATH=str(ROOT), PYTHONHASHSEED="0")


def run(
    command: Sequence[str], folder: Path, env: Mapping[str, str], *, given: bytes = b"", timeout: float | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a program in a folder until it ends, and take what it prints.

    Raises ``OSError`` where it cannot be started and ``subprocess.TimeoutExpired`` after ``timeout`` seconds.
    """
    return subprocess.run(  # noqa: S603 - an absolute path and a list of arguments
        command, input=given, cwd=folder, env=dict(env), capture_output=True, timeout=timeout, check=False
    )


def search_path(project: Path | None = None) -> str:
    """The folders of PATH that are absolute and are neither the current folder nor in the project.

    The generator's own folder is the project of its own site and is trusted as the generator is.
    """
    refused = project.resolve() if project is not None else None
    found = []
    for each in os.environ.get("PATH", os.defpath).split(os.pathsep):
        folder = os.path.realpath(each)
        inside = refused is not None and refused != ROOT and Path(folder).is_relative_to(refused)
        if Path(each).is_absolute() and not inside and folder != _current_folder():
            found.append(each)
    return os.pathsep.join(found) or os.devnull  # an empty one would mean the current folder


def _current_folder() -> str:
    try:
        return os.path.realpath(Path.cwd())
    except OSError:  # it was removed
        return ""


# Memory that a process has let go of, given back to the system.
#
# Of ten thousand pages' texts, made one after the other and laid away, the C library keeps the
# room: a fifth of all that a build holds.


def give_memory_back() -> None:
    """Give back what is free. Only the C library of GNU keeps so much, and it alone can be asked."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "malloc_trim"):
        library.malloc_trim(0)
