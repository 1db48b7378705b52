"""What a build keeps is stale where any library that could have made it has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.incremental.cache import code, libraries


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of libraries with one in it, in which this Python looks too."""
    (tmp_path / "some_library-1.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def _sums() -> tuple[tuple[str, ...], str]:
    libraries.cache_clear()
    code.cache_clear()
    return libraries(), code()


def test_another_version_of_any_library_changes_the_sum(library: Path) -> None:
    """A library that nobody named, of another version, taken away, or put there, changes what everything is kept under."""
    try:
        first = _sums()
        assert "some_library-1.0" in first[0]
        assert _sums() == first
        (library / "some_library-1.0.dist-info").rename(library / "some_library-1.1.dist-info")
        second = _sums()
        (library / "some_library-1.1.dist-info").rmdir()
        third = _sums()
    finally:
        libraries.cache_clear()
        code.cache_clear()
    assert len({first[1], second[1], third[1]}) == 3


@pytest.mark.parametrize(
    "name",
    [
        "pydantic",
        "pyyaml",
        "edtf",
        "babel",
        "jinja2",
        "markupsafe",
        "selectolax",
        "mkdocs",
        "mkdocs_material",
        "zensical",
        "resvg_py",
        "pypandoc_binary",
        "xlsxwriter",
        "plotly",
    ],
)
def test_the_libraries_of_a_build_are_found(name: str) -> None:
    """What builds are known to be made with is among them."""
    assert any(each.lower().replace("-", "_").startswith(f"{name}_") for each in libraries())
