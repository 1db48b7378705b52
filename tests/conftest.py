"""Shared by all tests: one profile of generated examples, and a fresh small project for each test that wants one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # build.py stands there
sys.path.insert(0, str(ROOT / "tests"))

from support import copy_small  # noqa: E402 - found only once the path is set

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
