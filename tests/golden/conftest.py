"""The option that writes the golden files afresh; see README.md beside this."""

from __future__ import annotations

import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--write-golden``: take what is built now for right."""
    parser.addoption(
        "--write-golden",
        action="store_true",
        default=False,
        help="write tests/golden/small afresh; read the difference",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Nothing is taken for right where nobody reads the difference."""
    if config.getoption("--write-golden", default=False) and os.environ.get("CI"):
        raise pytest.UsageError(
            "--write-golden is refused where CI is set: a person reads the difference before it is committed"
        )
