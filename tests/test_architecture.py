"""The shape of the house: imports go one way, rooms stay small, and every public thing says what it is."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WRITERS = {
    "assemble.swap",
    "common.disk",
    "common.folders",
    "common.programs",
    "history.git",
    "incremental.cache",
    "render.plotly",
}
"""The modules that may write files."""
READERS = {
    "assemble.last_site": {"self._opener.open"},
    "cli.server": {"os.open"},
    "common.console": {"open", "os.open"},
    "read.files": {"os.open"},
}
"""Calls that look like writing, and write nothing: to the null device, with flags that follow no link, and of an address."""
DISK_READERS = {
    "assemble.last_site": "the folder that a site is fetched into",
    "assemble.manifests": "the output folder",
    "assemble.search": "files that come with libraries",
    "assemble.swap": "the output folder and the working folder",
    "check.support.said_periods": "word lists of ours",
    "check.support.said_spans": "word lists of ours",
    "check.support.units": "word lists of ours",
    "cli": "whether --project is a folder",
    "cli.schemas": "our own documents",
    "cli.server": "published files, by flags that follow no link, and scripts of ours",
    "cli.starting": "the generator's folder, our stubs, and whether a new file or folder is there already",
    "common.allowed.scripts": "the installed themes",
    "common.console": "the null device",
    "common.disk": "the cache, and folders that are written",
    "common.folders": "folders that are written, link by link",
    "common.trees": "folders that we made, and what lies in a project, without following links",
    "engine": "the installed themes and the working folder",
    "history.git": "a repository's folder, link by link",
    "incremental.cache": "our own code",
    "lint.comparing": "word lists of ours",
    "lint.names": "word lists of ours",
    "lint.vocabularies": "word lists of ours",
    "model.hedging_words": "word lists of ours",
    "model.number_words": "word lists of ours",
    "model.numerals": "word lists of ours",
    "model.units": "word lists of ours",
    "read.files": "a project's files: nothing else reads them",
    "read.lettering": "the fonts that come with the generator",
    "render.citations": "styles that come with a library",
    "render.pictures": "our own code",
    "render.plotly": "our own bundle, by its digest",
    "render.prose.classes": "our own stylesheets and the installed themes",
}
"""The modules that ask the disk for anything, and what for. A project's files are read by ``Folder`` alone: it follows no link,
reads plain files of a limited size, and each of them once."""


def modules() -> dict[str, Path]:
    """Every module of the package by its name."""
    found = {}
    for path in sorted((ROOT / "explainer").rglob("*.py")):
        found[".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")] = (
            path
        )
    return found


def imports(path: Path) -> Iterator[str]:
    """The modules of the package that a module imports."""
    known = modules()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("explainer"):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in known else node.module


def test_imports_go_one_way() -> None:
    """A package imports from those below it alone, in the order that ``pyproject.toml`` says."""
    linter = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    done = subprocess.run(linter, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_import_runs_in_a_circle() -> None:
    """No module reaches itself through its imports."""
    graph = {name: set(imports(path)) - {name} for name, path in modules().items()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail, name))
        if name not in done:
            for used in graph.get(name, ()):
                visit(used, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_every_public_thing_says_what_it_is() -> None:
    """Modules, classes and functions that others use have docstrings, and so has every test."""
    for name, path in modules().items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), name
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node) or _inside_private(tree, node), f"{name}.{node.name}"
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                assert ast.get_docstring(node), f"{path.name}: {node.name}"


def _inside_private(tree: ast.Module, wanted: ast.AST) -> bool:
    """Whether a definition stands in a private class or inside a function."""
    for node in ast.walk(tree):
        private = isinstance(node, ast.FunctionDef) or (
            isinstance(node, ast.ClassDef) and node.name.startswith("_")
        )
        if private and node is not wanted and any(child is wanted for child in ast.walk(node)):
            return True
    return False


_WRITE_METHODS = {
    "write_text", "write_bytes", "mkdir", "rmdir", "unlink", "rename", "touch", "symlink_to", "hardlink_to", "chmod",
}  # fmt: skip
"""Methods of a path that change the disk; ``replace`` is told from that of a string by its one argument."""
_WRITE_MODULES = {
    "os": {
        "remove", "removedirs", "makedirs", "renames", "replace", "link", "symlink", "truncate", "utime", "chown", "mkfifo", "write",
    },
    "shutil": {"copy", "copy2", "copyfile", "copytree", "copymode", "copystat", "move", "rmtree", "unpack_archive", "make_archive"},
    "tempfile": {"mkdtemp", "mkstemp", "TemporaryDirectory", "TemporaryFile", "NamedTemporaryFile"},
    "sqlite3": {"connect"},
}  # fmt: skip
"""Functions of the standard library that change the disk, by their modules."""


def writes(call: ast.Call) -> str:
    """What a call changes the disk by, or nothing where it does not."""
    name = ast.unparse(call.func)
    module, _, function = name.rpartition(".")
    if module == "self":  # a method of the caller's own
        return ""
    if function == "open":
        modes = [
            *call.args[(0 if module not in ("", "io", "os") else 1) :][:1],
            *(each.value for each in call.keywords if each.arg == "mode"),
        ]
        read = all(
            isinstance(mode, ast.Constant) and not set(str(mode.value)) & set("wax+")
            for mode in modes
        )
        return "" if read else name
    moved = bool(module) and function == "replace" and len(call.args) == 1 and not call.keywords
    return (
        name
        if moved
        or (module and function in _WRITE_METHODS)
        or function in _WRITE_MODULES.get(module, ())
        else ""
    )


@pytest.mark.parametrize(
    ("call", "is_write"),
    [
        ("open('x', 'w')", True),
        ("open('x', mode='ab')", True),
        ("open('x', how)", True),
        ("open('x')", False),
        ("path.open('r+b')", True),
        ("path.open('rb')", False),
        ("path.open()", False),
        ("os.open(path, os.O_RDONLY)", True),
        ("path.rename(other)", True),
        ("os.rename(one, other)", True),
        ("path.replace(other)", True),
        ("text.replace('a', 'b')", False),
        ("dataclasses.replace(record, name='x')", False),
        ("replace(record)", False),
        ("shutil.copytree(one, other)", True),
        ("records.copy()", False),
        ("self.open(node)", False),
        ("self.path.open('w')", True),
        ("path.write_text('x')", True),
        ("sqlite3.connect(path)", True),
    ],
)
def test_a_write_is_seen(call: str, is_write: bool) -> None:
    """Whether a call changes the disk is told by its name and its arguments; what may do either counts."""
    (statement,) = ast.parse(call).body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    assert bool(writes(statement.value)) == is_write


def test_few_modules_write() -> None:
    """Nothing but the modules named here writes to the disk, and each of them does."""
    found: dict[str, set[str]] = {}
    for name, path in modules().items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (by := writes(node)):
                found.setdefault(name.removeprefix("explainer."), set()).add(by)
    assert {name: by for name, by in found.items() if name not in WRITERS} == READERS
    assert set(found) >= WRITERS


_READ_METHODS = {
    "rglob", "glob", "iterdir", "is_dir", "is_file", "is_symlink", "stat", "lstat", "exists", "lexists", "read_bytes", "read_text", "readlink",
    "scandir", "listdir", "walk", "copyfile", "copytree", "FileSystemLoader",
}  # fmt: skip
"""Methods of a path, and functions, that look at the disk."""
_OF_FOLDERS = {"read_bytes": 2, "read_text": 2, "exists": 1}
"""Methods of ``Folder`` with the names of some of those, and the fewest arguments that they have, which those of a path do not."""


def reads(call: ast.Call) -> str:
    """What a call asks the disk by, or nothing where it does not."""
    name = ast.unparse(call.func)
    module, _, function = name.rpartition(".")
    if (
        module == "self"
        or name in ("ast.walk", "objects.walk")
        or len(call.args) >= _OF_FOLDERS.get(function, 99)
    ):
        return ""
    return (
        name
        if function in _READ_METHODS
        or name in ("open", "io.open", "os.open")
        or name.endswith(".open")
        else ""
    )


@pytest.mark.parametrize(
    ("call", "is_read"),
    [
        ("folder.rglob('*')", True),
        ("path.read_bytes()", True),
        ("path.read_text(encoding='utf-8')", True),
        ("(folder.root / path).exists()", True),
        ("os.scandir(path)", True),
        ("os.open(path, 0)", True),
        ("path.open()", True),
        ("FileSystemLoader(folder)", True),
        ("folder.read_bytes(path, problems)", False),
        ("folder.read_text(path, Problems())", False),
        ("folder.exists(path)", False),
        ("folder.list(below)", False),
    ],
)
def test_a_read_is_seen(call: str, is_read: bool) -> None:
    """Whether a call asks the disk is told by its name and its arguments; those of ``Folder`` do not count."""
    (statement,) = ast.parse(call).body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    assert bool(reads(statement.value)) == is_read


def test_few_modules_read() -> None:
    """Nothing but the modules named here asks the disk for anything, and each of them does."""
    found: dict[str, set[str]] = {}
    for name, path in modules().items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (by := reads(node)):
                found.setdefault(name.removeprefix("explainer."), set()).add(by)
    assert {name: by for name, by in found.items() if name not in DISK_READERS} == {}
    assert set(found) == DISK_READERS.keys()


_SLEEPS = {
    "support.eventually": "between two looks",
    "test_last_site.dripping": "as a slow server does; whoever reads gives up first",
    "test_last_site._for_long": "as a slow server does; whoever reads gives up first",
    "test_last_site.send": "as a slow server does; whoever reads gives up first",
    "test_last_site.silent": "as a server that does not answer; whoever asks gives up first",
    "test_crashes.test_killed_at_any_moment": "until a moment at which a build is killed; it passes whichever that is",
}
"""The functions of the tests that may sleep, and why."""


def waits(path: Path) -> Iterator[str]:
    """Each place in a file of tests that waits for a time, or has a limit of its own, with the function that it stands in."""
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            limits = (
                [each.value for each in node.keywords if each.arg == "timeout"]
                if isinstance(node, ast.Call)
                else []
            )
            if name.endswith(("wait_for_timeout", "setTimeout")) or any(
                isinstance(limit, ast.Constant) for limit in limits
            ):
                yield f"{path.stem}.{function.name}: {name}"
            if name == "time.sleep" and f"{path.stem}.{function.name}" not in _SLEEPS:
                yield f"{path.stem}.{function.name}: {name}"


_TIMERS = re.compile(r"\b(?:setTimeout|setInterval|waitForTimeout)\b")
"""What scripts wait for a time by."""


def script_waits(path: Path) -> Iterator[str]:
    """The same of a page or a script."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        yield from (f"{path.name}:{number}: {name}" for name in _TIMERS.findall(line))


def test_no_test_waits_for_a_time() -> None:
    """Tests wait for states, and for as long as the limit of the suite and that of browsers allow, which stand in one place each."""
    paths = [
        path for path in sorted((ROOT / "tests").rglob("*")) if "node_modules" not in path.parts
    ]
    modules = [path for path in paths if path.suffix == ".py"]
    scripts = [path for path in paths if path.suffix in (".html", ".js", ".mjs")]
    assert len(modules) > 100
    assert {path.suffix for path in scripts} >= {".html", ".mjs"}
    assert [found for path in modules for found in waits(path)] == []
    assert [found for path in scripts for found in script_waits(path)] == []


def test_a_wait_is_seen(tmp_path: Path) -> None:
    """What the test above looks for is found in a file that has it."""
    path = tmp_path / "test_x.py"
    path.write_text(
        "def test_x():\n    page.wait_for_timeout(5)\n    expect(one).to_be_visible(timeout=30)\n    time.sleep(1)\n    goto(timeout=PATIENCE)\n",
        encoding="utf-8",
    )
    assert [found.partition(": ")[2] for found in waits(path)] == [
        "page.wait_for_timeout",
        "expect(one).to_be_visible",
        "time.sleep",
    ]
    page = tmp_path / "page.html"
    page.write_text(
        "<script>\nsetTimeout(go, 50);\nwindow.setInterval(go, 5);\nawait page.waitForTimeout(9);\n</script>",
        encoding="utf-8",
    )
    assert list(script_waits(page)) == [
        "page.html:2: setTimeout",
        "page.html:3: setInterval",
        "page.html:4: waitForTimeout",
    ]


def test_the_repository_speaks_of_the_project_alone() -> None:
    """No tracked text names a folder of a machine that it was written on."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\0")
    for path in filter(None, listed):
        data = (ROOT / path).read_bytes() if (ROOT / path).is_file() else b""
        assert b"/work" + b"/" not in data, path
