"""What ``make test`` runs and says: each step, what failed and how to run it alone, and one line at the end."""

from __future__ import annotations

import os
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import machine
import node
import pytest
import run as runner
from support import ROOT, apart

FAILED = "ran = []\ndef test_good(): pass\ndef test_bad(): assert ran\n"
CLOSING = "2 failed, 3298 passed, 4 skipped, 1 error in 480.12s (0:08:00)"


@pytest.mark.parametrize(
    ("closing", "failed", "seconds", "line"),
    [
        ("3300 passed in 480.12s (0:08:00)", [], 481.0, "3,300 tests: all passed in 8 min"),
        ("== 3300 passed, 2 warnings in 4.12s ==", [], 5.2, "3,300 tests: all passed in 5 s"),
        (
            "1 passed, 2 skipped, 9 deselected in 0.12s",
            [],
            1.0,
            "1 test: all passed, 2 skipped in 1 s",
        ),
        (CLOSING, [], 481.0, "3,298 passed, 2 failed, 1 error, 4 skipped in 8 min"),
        ("1 failed in 0.12s", ["mypy"], 1.0, "0 passed, 1 failed in 1 s; failed: mypy"),
        (
            "3300 passed in 480.12s",
            ["mypy", "typos"],
            481.0,
            "3,300 tests: all passed in 8 min; failed: mypy; failed: typos",
        ),
        ("", ["python tests/node.py"], 2.0, "no test was run in 2 s; failed: python tests/node.py"),
        ("no tests ran in 0.12s", [], 2.0, "no test was run in 2 s"),
    ],
)
def test_the_last_line(closing: str, failed: list[str], seconds: float, line: str) -> None:
    """It counts what passed and what did not, names the linters that failed, and says how long it took."""
    assert runner.summary(closing, failed, seconds) == line


def test_a_linter_that_fails_stops_no_other(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each command is run, what a good one says is not shown, and the failed ones come back as they can be typed."""
    bad, good = tmp_path / "bad.py", tmp_path / "good.py"
    bad.write_text("import os\n", encoding="utf-8")
    good.write_text("X = 1\n", encoding="utf-8")
    commands = [["ruff", "check", "--isolated", str(path)] for path in (bad, good, bad)]
    failed = runner.failed_checks(commands)
    said = capfd.readouterr().out
    assert failed == [runner.typed(commands[0])] * 2
    assert said.count("F401") == 2
    assert "All checks passed" not in said
    again = subprocess.run(
        shlex.split(failed[0]), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "F401" in again.stdout


def test_temporary_files_lie_in_memory_where_there_is_room(tmp_path: Path) -> None:
    """The folder can be passed through by others, and is gone afterwards; where there is no room or no such place, none is named."""
    with runner.temporary_folder(tmp_path, 1) as variables:
        folder = Path(variables["TMPDIR"])
        assert folder.parent == tmp_path
        assert stat.S_IMODE(folder.stat().st_mode) == 0o711
        (folder / "x").touch()
    assert list(tmp_path.iterdir()) == []
    for memory, room in ((tmp_path, 1 << 60), (tmp_path / "nowhere", 1)):
        with runner.temporary_folder(memory, room) as variables:
            assert variables == {}


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with the scripts that run tests, in which everything that they need is there, and two tests, of which one fails."""
    (tmp_path / "tests").mkdir()
    for name in ("run.py", "reporting.py"):
        shutil.copy(ROOT / "tests" / name, tmp_path / "tests")
    for name in ("chromium.py", "node.py"):
        (tmp_path / "tests" / name).write_text("", encoding="utf-8")
    (tmp_path / "tests" / "conftest.py").write_text(
        "from reporting import pytest_terminal_summary\n", encoding="utf-8"
    )
    (tmp_path / "tests" / "test_two.py").write_text(FAILED, encoding="utf-8")
    options = """[tool.pytest.ini_options]\naddopts = "-q -m 'not audit'"\nmarkers = ["audit"]\npythonpath = ["tests"]\n"""
    (tmp_path / "pyproject.toml").write_text(options, encoding="utf-8")
    return tmp_path


def started(clone: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """How ``tests/run.py`` ends there."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST_", "EXPLAINER_"))
    }
    command = [sys.executable, "tests/run.py", *arguments]
    return subprocess.run(command, cwd=clone, env=own, capture_output=True, text=True, check=False)


def test_what_failed_can_be_run_alone(clone: Path) -> None:
    """Pytest's last line comes right before ours, and the command above them runs the failed test and no other."""
    done = started(clone, "tests")
    *_, before, last = done.stdout.splitlines()
    assert done.returncode == 1
    assert before.startswith("1 failed, 1 passed in ")
    assert last.startswith("1 passed, 1 failed in ")
    (command,) = [
        line
        for line in done.stdout.splitlines()
        if line.endswith("-m pytest tests/test_two.py::test_bad")
    ]
    again = subprocess.run(
        shlex.split(command), cwd=clone, capture_output=True, text=True, check=False
    )
    assert "1 failed in " in again.stdout


def test_what_python_compiles_is_kept(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A caller who keeps no bytecode has it kept for the tests, since they start hundreds of processes."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert started(clone, "tests/test_two.py", "-k", "good").returncode == 0
    assert list((clone / "tests" / "__pycache__").glob("reporting.*.pyc"))


def test_some_tests_alone(clone: Path) -> None:
    """Arguments are handed to pytest, and no linter is run; where nothing fails the code is 0."""
    done = started(clone, "tests/test_two.py", "-k", "good")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("1 test: all passed in ")
    assert "ruff" not in done.stdout + done.stderr


def test_a_failed_linter_fails_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit code is 1 where a linter failed and every test passed, and 0 where none failed."""
    monkeypatch.setattr(runner, "_fails", lambda _: False)
    monkeypatch.setattr(runner, "run_tests", lambda _: (0, "1 passed in 0.1s"))
    monkeypatch.setattr(runner, "failed_checks", lambda _: ["mypy"])
    assert runner.main([]) == 1
    monkeypatch.setattr(runner, "failed_checks", lambda _: [])
    assert runner.main([]) == 0


@pytest.mark.parametrize("script", ["chromium.py", "node.py"])
def test_no_test_is_run_without_what_it_needs(clone: Path, script: str) -> None:
    """Where a browser or Node cannot be had, the last line names the script that says why."""
    (clone / "tests" / script).write_text(
        "import sys\nsys.exit('The tests need what is not here.')\n", encoding="utf-8"
    )
    done = started(clone, "tests")
    assert done.returncode == 1
    assert "The tests need what is not here." in done.stderr
    last = done.stdout.splitlines()[-1]
    assert last.startswith("no test was run in ")
    assert last.endswith(f"tests/{script}")


@pytest.mark.parametrize("programs", [[], ["node"], ["npm"]])
def test_without_node_it_is_said_what_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, programs: list[str]
) -> None:
    """Where Node or npm is missing and cannot be installed, one sentence says which version is needed, and what is missing."""
    for name in programs:
        (tmp_path / name).symlink_to(shutil.which(name) or "/nowhere")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(machine, "can_install", lambda: False)
    said = node.lacking()
    assert said.startswith("The tests need Node 20 or newer with npm")
    assert [name for name in ("node", "npm") if f"no {name}" in said] == [
        name for name in ("node", "npm") if name not in programs
    ]
    assert node.main() == 1


def test_an_old_node_will_not_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A version that is too old is named."""
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v18.20.4\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert node.lacking().endswith("This machine has v18.20.4.")


APT = """#!/bin/sh
echo "$*" >> "$0.runs"
[ "$(wc -l < "$0.runs")" -gt 2 ] && exit 0
echo "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 1 (apt-get)" >&2
exit 100
"""


def test_an_apt_that_is_at_work_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another apt holds the lock on the lists they are asked for again; then the packages are installed, once."""
    apt = tmp_path / "apt-get"
    apt.write_text(APT, encoding="utf-8")
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert machine.install("chromium", "nodejs")
    *updates, install = Path(f"{apt}.runs").read_text(encoding="utf-8").splitlines()
    assert [run.split()[-1] for run in updates] == ["update"] * 3
    assert install.endswith("install -y --no-install-recommends chromium nodejs")


@pytest.mark.parametrize("fails", ["update", "install"])
def test_what_apt_says_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], fails: str
) -> None:
    """Where apt fails for another reason, its words are told, and nothing is tried again."""
    apt = tmp_path / "apt-get"
    script = f'#!/bin/sh\necho "$*" >> "$0.runs"\ncase "$*" in *{fails}*) echo "E: no network" >&2; exit 100;; esac\n'
    apt.write_text(script, encoding="utf-8")
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert not machine.install("chromium")
    assert capfd.readouterr().err == "E: no network\n"
    assert len(Path(f"{apt}.runs").read_text(encoding="utf-8").splitlines()) == (
        1 if fails == "update" else 2
    )


NPM = """#!/bin/sh
echo run >> "$(dirname "$0")/runs"
rm -rf node_modules
mkdir node_modules
touch node_modules/package
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a lock, and an npm that notes each of its runs in ``bin/runs``."""
    programs, folder = tmp_path / "bin", tmp_path / "clients"
    programs.mkdir()
    folder.mkdir()
    (folder / "package-lock.json").write_text("{}", encoding="utf-8")
    (programs / "npm").write_text(NPM, encoding="utf-8")
    (programs / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return folder


def runs(folder: Path) -> int:
    """How often npm was run."""
    noted = folder.parent / "bin" / "runs"
    return len(noted.read_text(encoding="utf-8").split()) if noted.exists() else 0


def test_packages_are_installed_once_however_many_ask(folder: Path) -> None:
    """Four runs at once install once; another lock, or a folder that a stopped run left half made, is installed anew."""
    code = "import sys, node, pathlib; sys.exit(node.install_packages(pathlib.Path(sys.argv[1])) or None)"
    command = [sys.executable, "-c", code, str(folder)]
    began = [
        subprocess.Popen(command, cwd=ROOT / "tests", env={**os.environ, "PYTHONPATH": "."})
        for _ in range(4)
    ]
    assert [each.wait() for each in began] == [0] * 4
    assert runs(folder) == 1
    (folder / "package-lock.json").write_text('{"packages": {}}', encoding="utf-8")
    assert node.install_packages(folder) == ""
    assert runs(folder) == 2
    (folder / "node_modules" / ".installed").unlink()
    assert node.install_packages(folder) == ""
    assert runs(folder) == 3
    assert (folder / "node_modules" / "package").exists()


def test_what_npm_says_is_told(folder: Path) -> None:
    """Where npm fails, its words are told, and the next run tries again."""
    npm = folder.parent / "bin" / "npm"
    npm.write_text("#!/bin/sh\nmkdir -p node_modules\necho no network\nexit 1\n", encoding="utf-8")
    assert node.install_packages(folder).endswith("npm says:\nno network")
    npm.write_text(NPM, encoding="utf-8")
    assert node.install_packages(folder) == ""


def test_what_a_process_leaves_open_is_a_fault(tmp_path: Path) -> None:
    """A build as a process of its own fails its test where it leaves a file open."""
    (tmp_path / "sitecustomize.py").write_text("open(__file__)\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="unclosed file"):
        apart("--help", env={"PYTHONPATH": str(tmp_path)})
