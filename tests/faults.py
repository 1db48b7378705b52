"""A disk that fails: runs ``build.py`` with one call of one kind failing, or with the process killed at that call.

``python tests/faults.py REPORT CALL NUMBER HOW ARGUMENTS…``. The layer lies over every call by which the generator changes the
disk: the NUMBER-th ``CALL`` meets ``enospc`` or ``eio``, or SIGKILL where HOW is ``kill``. With number 0 nothing fails, and REPORT
gets how often each call was made. ``NO_EXCHANGE`` in the environment takes the exchange of two folders away. What the site engine does in its own process is not seen here; a real full disk meets that.
"""

from __future__ import annotations

import builtins
import ctypes
import errno
import io
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

CALLS = ("open", "write", "mkdir", "rename", "unlink", "rmdir", "fsync", "syncfs", "renameat2")
NEVER = 99
"""The exit code where the call that was to fail was never made."""
_NUMBERS = {"enospc": errno.ENOSPC, "eio": errno.EIO}


class Faults:
    """Counts the calls of each kind, and makes one of them fail."""

    def __init__(self, call: str, number: int, how: str) -> None:
        self.call, self.number, self.how = call, number, how
        self.counts: Counter[str] = Counter()

    def due(self, call: str) -> bool:
        """Whether this call is to fail; where it is to be the last one, it is."""
        self.counts[call] += 1
        due = call == self.call and self.counts[call] == self.number
        if due and self.how == "kill":  # not a moment later
            os.kill(os.getpid(), signal.SIGKILL)
        return due

    def error(self, path: object = "") -> OSError:
        """What the call meets."""
        number = _NUMBERS[self.how]
        return OSError(number, os.strerror(number), str(path))

    def over(self, call: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """The real call, but for the one that fails."""

        def made(*args: Any, **named: Any) -> Any:
            if self.due(call):
                raise self.error(args[0])
            return real(*args, **named)

        return made

    def opening(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """``open``, with files whose writing may fail half-way."""

        def made(file: Any, mode: str = "r", *args: Any, **named: Any) -> Any:
            if isinstance(file, int) or not set(mode) & set("wax+"):
                return real(file, mode, *args, **named)
            if self.due("open"):
                raise self.error(file)
            return _File(real(file, mode, *args, **named), self)

        return made

    def linking(self, real: type[ctypes.CDLL]) -> Callable[..., Any]:
        """The C library, whose calls fail as it says: by -1 and a number."""

        def made(*args: Any, **named: Any) -> Any:
            return _Linked(real(*args, **named), self)

        return made


class _File:
    def __init__(self, file: Any, faults: Faults) -> None:
        self.file, self.faults = file, faults

    def write(self, data: Any) -> int:
        if self.faults.due("write"):
            self.file.write(data[: len(data) // 2])  # a disk fills up in the middle of a file
            self.file.flush()
            raise self.faults.error(self.file.name)
        return int(self.file.write(data))

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


class _Linked:
    def __init__(self, linked: ctypes.CDLL, faults: Faults) -> None:
        self.linked, self.faults = linked, faults

    def __getattr__(self, name: str) -> Any:
        real = getattr(self.linked, name)

        def called(*args: Any) -> Any:
            if name == "renameat2" and "NO_EXCHANGE" in os.environ:
                ctypes.set_errno(errno.ENOSYS)
                return -1
            if not self.faults.due(name):
                return real(*args)
            ctypes.set_errno(_NUMBERS[self.faults.how])
            return -1

        return called if name in CALLS else real


def main(report: str, call: str, number: str, how: str, *arguments: str) -> int:
    """Run the command line on the failing disk; its exit code."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import build  # noqa: PLC0415 - what is imported is not to be counted

    faults = Faults(call, int(number), how)
    builtins.open = io.open = faults.opening(io.open)  # type: ignore[assignment]
    for name in ("mkdir", "rename", "unlink", "rmdir", "fsync"):
        setattr(os, name, faults.over(name, getattr(os, name)))
    os.replace = faults.over("rename", os.replace)  # type: ignore[assignment]
    ctypes.CDLL = faults.linking(ctypes.CDLL)  # type: ignore[misc,assignment]
    code = build.cli.main(arguments, build.gather, build.build)
    counts = json.dumps(faults.counts)
    if faults.number == 0:
        descriptor = os.open(report, os.O_WRONLY | os.O_CREAT)
        os.write(descriptor, counts.encode())
        os.close(descriptor)
    elif faults.counts[call] < faults.number:
        return NEVER
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
