"""Print text safely to the console.

All output goes through ``lines``, ``write`` or ``commands``. So no text can add a line of its own,
hide part of a line, or be a command to a workflow runner (CI) that reads the output.

``ended`` runs a command and turns its failures, including failures to print, into messages and exit
codes.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Final, TextIO

from explainer.common.disk import machine_failures
from explainer.common.problems import MachineFailed, UsageError, escape_invisible

_NOBODY_READS: Final = 141
"""The exit code if nobody reads the output any more, as shells give it: 128 plus SIGPIPE."""
_INTERRUPTED: Final = 130


class CannotPrint(Exception):
    """Output could not be written. ``error`` is the system's error."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


def print_lines(texts: Iterable[str], out: TextIO | None = None) -> None:
    """Print each text on its own line, whatever characters it contains.

    The output goes to ``out``, or to standard output. Raises ``CannotPrint``.
    """
    write("".join(f"{escape_invisible(text)}\n" for text in texts), out)


def write(text: str, out: TextIO | None = None) -> None:
    """Write a text of several lines at once, with workflow commands made harmless.

    Raises ``CannotPrint``.
    """
    _write(escape_workflow_commands(text), out)


def print_workflow_commands(lines: Iterable[str], out: TextIO | None = None) -> None:
    """Write workflow commands, one per line.

    The caller must pass every text inside a command through ``inert`` first.
    """
    _write("".join(f"{line}\n" for line in lines), out)


_COMMAND: Final = re.compile(r":(?=:)|#(?=#\w{0,40}\[)")
"""The beginning of a workflow command: two colons, or two number signs, an optional name and a
bracket. Some runners obey a command in the middle of a line.
"""


def escape_workflow_commands(text: str) -> str:
    """Return a text that no workflow runner takes for a command. A space separates the signs."""
    return _COMMAND.sub(r"\g<0> ", text)


def _write(text: str, out: TextIO | None) -> None:
    stream = out or sys.stdout
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        raise CannotPrint(error) from error


def run_main(name: str, command: Callable[[], int | None]) -> int:
    """Run a command and return its exit code, or 0 if it returns none.

    An error is printed to standard error, on a line that begins with ``name``. The exit codes of
    errors are:

    - 2: wrong usage.
    - 3: the machine failed, or output could not be written.
    - 130: interrupted.
    - 141: nobody reads the output any more. Nothing is printed about it.
    """
    _open_missing_streams()
    try:
        return _told(name, command)
    except CannotPrint as fault:
        _let_go(sys.stdout)
        if fault.error.errno != errno.EPIPE:
            with suppress(CannotPrint):
                print_lines([f"{name}: it cannot be printed: {fault.error.strerror}"], sys.stderr)
        _let_go(sys.stderr)
        return _NOBODY_READS if fault.error.errno == errno.EPIPE else 3


def _told(name: str, command: Callable[[], int | None]) -> int:
    try:
        with machine_failures():
            return command() or 0
    except UsageError as misused:
        print_lines([f"{name}: {misused}", *misused.usage], sys.stderr)
        return 2
    except MachineFailed as failed:
        print_lines([f"{name}: {failed}"], sys.stderr)
        return 3
    except KeyboardInterrupt:
        return _INTERRUPTED


def _open_missing_streams() -> None:
    """Discard output to closed standard streams, and escape characters that a terminal lacks."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _let_go(stream: TextIO) -> None:
    """Discard what a stream still buffers, so that the interpreter does not write it at exit."""
    with suppress(OSError, ValueError):  # a stream of a test has no descriptor
        number = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
