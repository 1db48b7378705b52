"""Runs what ``make test`` runs: the linters, then the tests; ends with one line that says how it went.

``python tests/run.py`` runs everything, and goes on after a step that failed. ``python tests/run.py tests/test_x.py -k word``
hands its arguments to pytest and runs no linter; ``TESTS`` in the environment holds the same arguments. The exit code is 0 where everything passed, else 1.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_CLOSING = re.compile(r"=* ?((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s\b.*")
"""Pytest's last line, such as ``2 failed, 310 passed in 12.30s``."""
_HARMLESS = ("deselected", "warning", "warnings", "xfailed")
"""Words of that line which tell of no failure."""
_MEMORY = Path("/dev/shm")
"""Where Linux has a file system in memory."""
_ROOM = 4 * 2**30
"""Bytes that must be free there: several times what the folders of a whole run take at once."""


def checks() -> list[list[str]]:
    """The command of each linter, the quickest first; paths are seen from the repository's folder."""
    workflows, starter = ".github/workflows/*.yml", "templates/starter/.github/workflows/*.yml"
    listed = [
        path.relative_to(ROOT).as_posix()
        for glob in (workflows, starter)
        for path in sorted(ROOT.glob(glob))
    ]
    return [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["typos"],
        ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", *listed],
        ["check-jsonschema", "--builtin-schema", "vendor.citation-file-format", "CITATION.cff"],
        ["zizmor", "--offline", "--quiet", "--no-progress", ".github", "templates/starter/.github"],
        ["mypy"],
    ]


def typed(command: Sequence[str]) -> str:
    """A command as it can be typed in the repository's folder: programs of the environment by their paths there."""
    programs = Path(sysconfig.get_path("scripts"))
    programs = programs.relative_to(ROOT) if programs.is_relative_to(ROOT) else programs
    return shlex.join([(programs / command[0]).as_posix(), *command[1:]])


def failed_checks(commands: Sequence[Sequence[str]]) -> list[str]:
    """Run all commands at once, and print what those that fail have said, in their order; the failed ones, as they can be typed."""
    failed = []
    with ThreadPoolExecutor(len(commands)) as pool:
        for command, done in zip(commands, pool.map(_checked, commands), strict=True):
            if done.returncode:
                failed.append(typed(command))
                print(f"{done.stdout.rstrip()}\n{failed[-1]} failed\n", flush=True)
    return failed


def _checked(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    program = Path(sysconfig.get_path("scripts")) / command[0]
    return subprocess.run(
        [program, *command[1:]], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@contextmanager
def temporary_folder(memory: Path = _MEMORY, room: int = _ROOM) -> Iterator[dict[str, str]]:
    """The variable that names a folder in memory for temporary files, which is gone afterwards; nothing where there is no room for one.

    Tests write some hundred thousand small files, and some disks take milliseconds to remove each folder.
    """
    try:
        found = os.statvfs(memory)
        fits = (
            found.f_bavail * found.f_frsize >= room
            and not found.f_flag & os.ST_NOEXEC
            and os.access(memory, os.W_OK)
        )
    except OSError:
        fits = False
    if not fits:
        yield {}
        return
    folder = Path(tempfile.mkdtemp(prefix="explainer-tests-", dir=memory))
    folder.chmod(0o711)  # a test works as another user in a folder below it
    try:
        yield {"TMPDIR": str(folder)}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def surroundings() -> dict[str, str]:
    """The caller's environment, in which Python keeps what it has compiled.

    Tests start hundreds of processes. Where each compiles the generator anew, that is most of what it does.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run_tests(arguments: Sequence[str]) -> tuple[int, str]:
    """Run pytest, printing its lines as they come; its exit code, and its last line, empty where it did not come so far."""
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", *arguments]
    closing = ""
    with (
        temporary_folder() as variables,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env={**surroundings(), **variables},
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as pytest,
    ):
        assert pytest.stdout is not None
        for line in pytest.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            closing = line.strip() if _CLOSING.fullmatch(line.strip()) else closing
    return pytest.returncode, closing


def summary(closing: str, failed: Sequence[str], seconds: float) -> str:
    """The line at the end: how many tests passed, which linters failed, and how long it took.

    ``closing`` is pytest's last line, or empty where no test was run; ``failed`` are commands.
    """
    found = _CLOSING.fullmatch(closing)
    counts = {
        word: int(count) for count, word in re.findall(r"(\d+) (\w+)", found[1] if found else "")
    }
    good, skipped = counts.pop("passed", 0), counts.pop("skipped", 0)
    bad = {word: count for word, count in counts.items() if word not in _HARMLESS}
    if bad:
        tests = ", ".join(f"{count:,} {word}" for word, count in {"passed": good, **bad}.items())
    else:
        tests = (
            f"{good:,} {'test' if good == 1 else 'tests'}: all passed"
            if good
            else "no test was run"
        )
    took = f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"
    told = [tests, *([f"{skipped:,} skipped"] if skipped else [])]
    return f"{', '.join(told)} in {took}" + "".join(f"; failed: {command}" for command in failed)


def main(arguments: Sequence[str]) -> int:
    """Run everything, or the tests alone that the arguments name; the exit code."""
    began = time.monotonic()
    failed = [] if arguments else failed_checks(checks())
    code, closing = 1, ""
    if not_ready := next(filter(_fails, ("tests/chromium.py", "tests/node.py")), None):
        failed.append(typed(["python", not_ready]))
    else:
        code, closing = run_tests(arguments)
    print(summary(closing, failed, time.monotonic() - began), flush=True)
    return 1 if failed or code else 0


def _fails(script: str) -> bool:
    """Whether a script that gets what the tests need was not able to; it says itself what is missing."""
    return subprocess.run([sys.executable, script], cwd=ROOT, check=False).returncode != 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:] or shlex.split(os.environ.pop("TESTS", ""))))
    except KeyboardInterrupt:
        sys.exit("stopped")
