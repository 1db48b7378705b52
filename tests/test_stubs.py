"""What ``new`` begins is whole: it is read as it stands, and only what an editor has to fill in is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import run

STUBS = {"source": "seeds/sources/spring-2025.yaml", "fact": "seeds/facts/spring-2025.yaml", "page": "site_src/spring-2025.md"}


@pytest.mark.parametrize("what", STUBS)
def test_a_stub_is_written_once(small_project: Path, what: str) -> None:
    """It says where it is, bears the id that was given, and is never written over."""
    path = small_project / STUBS[what]
    assert str(path) in run("new", "--project", small_project, what, "spring-2025").stdout
    text = path.read_text(encoding="utf-8")
    assert "spring-2025" in text
    assert "@" not in text
    path.write_text("mine", encoding="utf-8")
    done = run("new", "--project", small_project, what, "spring-2025")
    assert done.code == 2
    assert "exists already" in done.stderr
    assert path.read_text(encoding="utf-8") == "mine"


def test_what_is_to_be_filled_in_is_asked_for(small_project: Path) -> None:
    """With all three begun, a check names the source that the fact has yet to name, and what hangs on it: no key, no value, no call is wrong."""
    for what in STUBS:
        assert run("new", "--project", small_project, what, "spring-2025").code == 0
    done = run("check", "--project", small_project)
    assert done.code == 1
    rules = {line.split(": ")[1] for line in done.stderr.splitlines() if line.startswith(("seeds/", "site_src/"))}
    assert rules == {"dangling-reference", "warning"}, done.said
