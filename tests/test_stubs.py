"""What ``new`` begins is whole: it is read as it stands, and only what an editor has to fill in is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import run

STUBS = {
    "source": "seeds/sources/spring-2025.yaml",
    "fact": "seeds/facts/spring-2025.yaml",
    "page": "site_src/spring-2025.md",
}


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
    rules = {
        line.split(": ")[1]
        for line in done.stderr.splitlines()
        if line.startswith(("seeds/", "site_src/"))
    }
    assert rules == {"dangling-reference", "warning"}, done.said


LEFT = {
    "source": ("title 'Its title as printed'", "seeds/sources/spring-2025.yaml:4:3"),
    "fact": ("question 'What does the reader want to know?'", "seeds/facts/spring-2025.yaml:3:3"),
    "page": ("'The page's title'", "site_src/spring-2025.md:2:1"),
}


@pytest.mark.parametrize("what", LEFT)
def test_what_a_stub_begins_with_is_told(small_project: Path, what: str) -> None:
    """A stub that nobody has filled in is told at its first line, and each next line once the one before is filled in."""
    assert run("new", "--project", small_project, what, "spring-2025").code == 0
    path = small_project / STUBS[what]
    if what == "fact":
        path.write_text(
            path.read_text(encoding="utf-8").replace("an-id-from-seeds-sources", "courier"),
            encoding="utf-8",
        )
    told = run("check", "--project", small_project).said
    words, place = LEFT[what]
    assert (
        f"{place}: warning: starter-left: the {words}" in told
        or f"{place}: warning: starter-left: {words}" in told
    ), told
    begun = path.read_text(encoding="utf-8")
    filled = begun
    mine = {
        "Its title as printed": "A title", "Who published it": "A publisher", "https://example.org/": "https://press.example.org/a",
        "What does the reader want to know?": "How many?", "who says it": "Ida Holm", "at most eight words of the page": "some words",
        "our own words for what the page says": "It says so.", "The page's title": "Title", "What the page says, for search engines and shared links.": "More.",
        "Every number comes": "Some numbers come",
    }  # fmt: skip
    count = 0
    for old, new in mine.items():
        if old in filled:
            assert "starter-left" in run("check", "--project", small_project).said, old
            filled, count = filled.replace(old, new), count + 1
            path.write_text(filled, encoding="utf-8")
    assert count >= 3
    assert "starter-left" not in run("check", "--project", small_project).said


def test_a_stub_is_not_published_strictly(small_project: Path) -> None:
    """Where warnings stop the build, so does a stub, however its words are quoted."""
    assert run("new", "--project", small_project, "page", "spring-2025").code == 0
    path = small_project / STUBS["page"]
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "title: The page's title", "title: 'The page''s title'", 1
        ),
        encoding="utf-8",
    )
    done = run("check", "--project", small_project, "--strict")
    assert done.code == 1
    assert "site_src/spring-2025.md:2:1: starter-left" in done.stderr
