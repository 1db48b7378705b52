"""Shared by all tests: one profile of generated examples, and a fresh small project for each test that wants one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # build.py stands there
sys.path.insert(0, str(ROOT / "tests"))

from reporting import pytest_terminal_summary  # noqa: E402
from support import apart, copy_small, once, own_cache  # noqa: E402

__all__ = ["pytest_terminal_summary"]


def pytest_configure(config: pytest.Config) -> None:
    """Builds of the tests keep nothing in the user's own cache."""
    if (remove := own_cache()) is not None:
        config.add_cleanup(remove)


settings.register_profile(
    "explainer",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("explainer")


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """A copy of the small project, which a test may change."""
    return copy_small(tmp_path / "project")


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with its site and all that its build left, built once for all workers; nobody changes it."""

    def make(folder: Path) -> None:
        done = apart("--project", copy_small(folder / "project"))
        assert done.code == 0, done.said

    return once(tmp_path_factory, "good", make) / "project"


@pytest.fixture(scope="session")
def bicycles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the second explainer with its site, built strictly once for all workers; nobody changes it."""

    def make(folder: Path) -> None:
        shutil.copytree(
            ROOT / "examples" / "bicycles",
            folder / "project",
            ignore=shutil.ignore_patterns("build", "site"),
        )
        done = apart("--project", folder / "project", "--strict")
        assert done.code == 0, done.said

    return once(tmp_path_factory, "bicycles", make) / "project"


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Callable[[str, int], None]:
    """Counts what held: ``tally("races", 1)``. The counts are printed at the end, over all tests and workers."""
    held: dict[str, int] = {}
    request.node.user_properties.append(("tally", held))
    return lambda what, count: held.update({what: held.get(what, 0) + count})
