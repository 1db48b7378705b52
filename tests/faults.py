"""A disk that fails: runs the command line with one call of one kind failing, or with the process killed at that call.

The layer lies over every call by which the generator changes the disk: the NUMBER-th call of a kind meets ``enospc`` or ``eio``, or
SIGKILL where it is ``kill``; with number 0 nothing fails, and the calls are counted. ``NO_EXCHANGE`` in the environment takes the
exchange of two folders away. What the site engine does in its own process is not seen here, so its pages are taken from the last run
over the same tree; a real full disk meets it in another test.

``python tests/faults.py FOLDER`` takes one order a line, as JSON, and runs each in a process of its own: forked from this one, which
has read every module, so that a thousand builds take minutes. ``Disk`` is the other end.
"""

from __future__ import annotations

import builtins
import ctypes
import errno
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from support import ROOT, SMALL, Done

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


def _run(order: dict[str, Any], stash: Path) -> int:
    """Run the command line on the failing disk, in this process, which is not to be used any further; its exit code."""
    import build  # noqa: PLC0415
    from explainer import engine  # noqa: PLC0415

    os.environ.update(order["env"])
    faults = Faults(order["call"], order["number"], order["how"])
    engine.run = _Engine(stash, engine.run)  # type: ignore[attr-defined,assignment]
    builtins.open = io.open = faults.opening(io.open)  # type: ignore[assignment]
    for name in ("mkdir", "rename", "unlink", "rmdir", "fsync"):
        setattr(os, name, faults.over(name, getattr(os, name)))
    os.replace = faults.over("rename", os.replace)  # type: ignore[assignment]
    ctypes.CDLL = faults.linking(ctypes.CDLL)  # type: ignore[misc,assignment]
    code = build.cli.main(order["arguments"], build.gather, build.build)
    descriptor = os.open(stash / "counts", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.write(descriptor, json.dumps(faults.counts).encode())
    return NEVER if faults.counts[faults.call] < faults.number else code


class _Engine:
    """The site engine; what it made of a tree is not made again."""

    def __init__(self, stash: Path, real: Callable[..., None]) -> None:
        self.stash, self.real = stash, real

    def __call__(self, engine: str, config: Path, today: str, **rest: Any) -> None:
        found = hashlib.sha256(
            repr((engine, today, rest.get("dirty"), config.read_bytes())).encode()
        )
        for path in sorted((config.parent / "docs").rglob("*")):
            found.update(
                path.relative_to(config.parent).as_posix().encode()
                + (path.read_bytes() if path.is_file() else b"")
            )
        html, kept = config.parent / "html", self.stash / found.hexdigest()
        if not kept.exists():
            self.real(engine, config, today, **rest)
            self._copied(html, kept)
        self._copied(kept, html)

    @staticmethod
    def _copied(one: Path, other: Path) -> None:
        """In another process, as the engine's own files are written."""
        subprocess.run(["cp", "-r", "-T", str(one), str(other)], check=True)


def _forked(order: dict[str, Any], stash: Path) -> dict[str, Any]:
    """Carry out one order in a process of its own; how it ended."""
    said = {1: stash / "stdout", 2: stash / "stderr"}
    counts = stash / "counts"
    counts.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        for descriptor, path in said.items():
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
        code = 1
        try:
            code = _run(order, stash)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    out, err = (path.read_text(encoding="utf-8") for path in said.values())
    return {
        "code": code,
        "stdout": out,
        "stderr": err,
        "counts": json.loads(counts.read_bytes()) if counts.exists() else {},
    }


class Disk:
    """The process that runs builds on failing disks."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, str(Path(__file__).resolve()), str(folder)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.counts: dict[str, int] = {}
        """How often the last build made each call; empty where it was killed."""

    def build(self, call: str, number: int, how: str, *arguments: object, **env: str) -> Done:
        """Build where one call fails."""
        order = {
            "call": call,
            "number": number,
            "how": how,
            "arguments": list(map(str, arguments)),
            "env": env,
        }
        print(json.dumps(order), file=self._pipe(self._process.stdin), flush=True)
        answer = json.loads(self._pipe(self._process.stdout).readline())
        self.counts = answer["counts"]
        return Done(answer["code"], answer["stdout"], answer["stderr"])

    def close(self) -> None:
        """End the process."""
        self._pipe(self._process.stdin).close()
        self._process.wait()
        self._pipe(self._process.stdout).close()

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


def main(folder: str) -> int:
    """Carry out every order, one after the other; what any build reads and works out is read and worked out before the first."""
    sys.path.insert(0, str(ROOT))
    import build  # noqa: PLC0415
    from explainer.common.problems import Problems  # noqa: PLC0415
    from explainer.options import Options  # noqa: PLC0415

    build.gather(Options(SMALL, Path(folder)), Problems())
    for line in sys.stdin:
        print(json.dumps(_forked(json.loads(line), Path(folder))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
