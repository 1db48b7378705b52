"""The shape of the house: imports go one way, rooms stay small, and every public thing says what it is."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = tuple(
    f"explainer.{room}"
    for room in [
        "severity",
        "anchors",
        "problems",
        "archives",
        "memory",
        "options",
        "disk",
        "trees",
        "watching",
        "values",
        "quotation",
        "records",
        "pickled",
        "shelf",
        "files",
        "compiled",
        "waiting",
        "reading.files",
        "reading.yaml_tree",
        "reading.records",
        "ledger",
        "parts",
        "lint",
        "reading",
        "translating",
        "bearing",
        "coverage",
        "history",
        "checks",
        "wording",
        "views",
        "tables",
        "charts",
        "licence",
        "context",
        "prose",
        "site",
        "policy",
        "references",
        "exports",
        "embeds",
        "raster",
        "pictures",
        "editions",
        "bundles",
        "engine",
        "project",
        "past",
        "pages",
        "publishing",
        "commands",
    ]
)
"""The rooms from the ground up: a module may import from its own room and from those before it."""
WRITERS = {"disk", "publishing.spare", "publishing.swap", "shelf.rows", "engine", "commands.schemas", "bundles"}
"""The modules that may write files."""


def modules() -> dict[str, Path]:
    """Every module of the package by its name."""
    found = {}
    for path in sorted((ROOT / "explainer").rglob("*.py")):
        found[".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")] = path
    return found


def layer(name: str) -> int:
    """The room of a module: the longest prefix that is one."""
    rooms = [index for index, room in enumerate(LAYERS) if name == room or name.startswith(f"{room}.")]
    assert rooms, f"{name} stands in no room"
    return max(rooms, key=lambda index: len(LAYERS[index]))


def imports(path: Path) -> Iterator[str]:
    """The modules of the package that a module imports."""
    known = modules()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("explainer"):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in known else node.module


@pytest.mark.parametrize("name", [name for name in modules() if name != "explainer"])
def test_imports_go_one_way(name: str) -> None:
    """A module imports from its own room and from those below it, never from one above."""
    for used in imports(modules()[name]):
        if used != "explainer":
            assert layer(used) <= layer(name), f"{name} imports {used}"


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
                public_method = not (
                    isinstance(node, ast.FunctionDef) and name == "explainer.publishing.audit" and node.name.startswith("handle_")
                )
                assert ast.get_docstring(node) or not public_method or _inside_private(tree, node), f"{name}.{node.name}"
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                assert ast.get_docstring(node), f"{path.name}: {node.name}"


def _inside_private(tree: ast.Module, wanted: ast.AST) -> bool:
    """Whether a definition stands in a private class or inside a function."""
    for node in ast.walk(tree):
        private = isinstance(node, ast.FunctionDef) or (isinstance(node, ast.ClassDef) and node.name.startswith("_"))
        if private and node is not wanted and any(child is wanted for child in ast.walk(node)):
            return True
    return False


def test_few_modules_write() -> None:
    """Nothing but the modules named here writes to the disk."""
    for name, path in modules().items():
        calls = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        writes = {call.attr for call in calls if isinstance(call, ast.Attribute)} & {
            "write_text",
            "write_bytes",
            "mkdir",
            "rmtree",
            "unlink",
        }
        assert not writes or name.removeprefix("explainer.") in WRITERS, f"{name}: {writes}"


def test_the_repository_speaks_of_the_project_alone() -> None:
    """No tracked text names a folder of a machine that it was written on."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\0")
    for path in filter(None, listed):
        data = (ROOT / path).read_bytes() if (ROOT / path).is_file() else b""
        assert b"/work" + b"/" not in data, path
