"""What stands in a page's head comes from seeds too, and runs no more than the rest."""

from __future__ import annotations

from pathlib import Path

from support import lend, replace, run


def test_a_question_cannot_run_a_script(small_project: Path, good: Path) -> None:
    """A question that closes the title and opens a script is published as words, in the head as in the page."""
    hostile = '"When did </title><script>alert(1)</script> open?"'
    replace(small_project / "seeds" / "facts" / "library.yaml", "When did the reading room open?", hostile)
    done = run("--project", lend(good, small_project))
    assert done.code == 0, done.said
    page = (small_project / "site" / "facts" / "opened" / "index.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    assert "<title>When did &lt;/title&gt;&lt;script&gt;alert(1)" in page
