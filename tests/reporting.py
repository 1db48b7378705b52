"""What pytest prints at its end: what was counted, and the command that runs each failed test alone."""

from __future__ import annotations

import os
import shlex
import sys
from collections import Counter
from pathlib import Path

import pytest

_CACHE = "EXPLAINER_CACHE"
"""Names a folder that is gone when the tests have ended."""
_USUAL = "not audit"
"""The marks that pyproject.toml asks for."""
_MOST = 30
"""How many commands are printed; where more failed, a list of them helps nobody."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the counts of the tests that passed, and how to run each test that failed."""
    counted: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed"):
        for counts in (counts for name, counts in report.user_properties if name == "tally"):
            counted.update(counts)
    if counted:
        terminalreporter.section("counted, and every one held")
    for what, count in sorted(counted.items()):
        terminalreporter.write_line(f"{count:7,} of {count:,}  {what}")
    _write_commands(terminalreporter)


def _write_commands(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [*terminalreporter.getreports("failed"), *terminalreporter.getreports("error")]
    names = list(dict.fromkeys(report.nodeid for report in reports))
    if names:
        terminalreporter.section("to run alone what failed")
    for name in names[:_MOST]:
        terminalreporter.write_line(command(name, terminalreporter.config.option.markexpr))
    if len(names) > _MOST:
        terminalreporter.write_line(f"and {len(names) - _MOST:,} more")


def command(name: str, marks: str = _USUAL) -> str:
    """The command that runs one test as it was run here: with its marks, and with the settings in the environment."""
    python = Path(sys.executable)
    python = python.relative_to(Path.cwd()) if python.is_relative_to(Path.cwd()) else python
    settings = [
        f"{key}={value}"
        for key, value in sorted(os.environ.items())
        if key.startswith("EXPLAINER_") and key != _CACHE
    ]
    asked = [] if marks == _USUAL else ["-m", marks]
    return shlex.join(
        [*(["env", *settings] if settings else []), python.as_posix(), "-m", "pytest", *asked, name]
    )
