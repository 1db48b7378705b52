"""What is printed. All of it goes through ``lines``, ``write`` or ``commands``, so no text can add a line of its own, hide part of
one, or be a command to the program that runs a workflow and reads what is printed.

``ended`` runs a command and turns its failures, those of printing among them, into messages and exit codes.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Final, TextIO

from explainer.common.disk import machine
from explainer.common.problems import MachineFailed, Misused, shown

_NOBODY_READS: Final = 141
"""The exit code of a program whose reader has gone, as shells give it: 128 and the number of SIGPIPE."""
_INTERRUPTED: Final = 130


class CannotPrint(Exception):
    """What was to be printed could not be written; ``error`` is what the machine said."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


def lines(texts: Iterable[str], out: TextIO | None = None) -> None:
    """Print each text in a line of its own, whatever characters it has; on standard output unless another is given."""
    write("".join(f"{shown(text)}\n" for text in texts), out)


def write(text: str, out: TextIO | None = None) -> None:
    """Write a text of lines, all of it at once, without a command to a workflow. Raises ``CannotPrint``."""
    _write(inert(text), out)


def commands(lines: Iterable[str], out: TextIO | None = None) -> None:
    """Write commands to a workflow, each in a line. Whoever makes them has made ``inert`` each text in them."""
    _write("".join(f"{line}\n" for line in lines), out)


_COMMAND: Final = re.compile(r":(?=:)|#(?=#\w{0,40}\[)")
"""What begins a command: two colons, or two number signs, perhaps a name, and a bracket. Some runners obey it within a line."""


def inert(text: str) -> str:
    """A text that no runner of workflows takes for a command: a blank parts the signs that would begin one."""
    return _COMMAND.sub(r"\g<0> ", text)


def _write(text: str, out: TextIO | None) -> None:
    stream = out or sys.stdout
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        raise CannotPrint(error) from error


def ended(name: str, command: Callable[[], int | None]) -> int:
    """The exit code of a command, 0 where it gives none; what stops it is told in a line on standard error that begins with ``name``.

    2: wrong usage. 3: the machine failed, or nothing more could be printed. 141: nobody reads what is
    printed any more, which is told to nobody. 130: interrupted.
    """
    _open_missing_streams()
    try:
        return _told(name, command)
    except CannotPrint as fault:
        _let_go(sys.stdout)
        if fault.error.errno != errno.EPIPE:
            with suppress(CannotPrint):
                lines([f"{name}: it cannot be printed: {fault.error.strerror}"], sys.stderr)
        _let_go(sys.stderr)
        return _NOBODY_READS if fault.error.errno == errno.EPIPE else 3


def _told(name: str, command: Callable[[], int | None]) -> int:
    try:
        with machine():
            return command() or 0
    except Misused as misused:
        lines([f"{name}: {misused}", *misused.usage], sys.stderr)
        return 2
    except MachineFailed as failed:
        lines([f"{name}: {failed}"], sys.stderr)
        return 3
    except KeyboardInterrupt:
        return _INTERRUPTED


def _open_missing_streams() -> None:
    """Print to nowhere where standard output or standard error is closed, and letters that a terminal lacks as escapes."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - until the process ends
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _let_go(stream: TextIO) -> None:
    """Send what a stream still holds to nowhere, so that the interpreter does not try to write it at its end."""
    with suppress(OSError, ValueError):  # a stream of a test has no number
        number = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
