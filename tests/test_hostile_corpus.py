"""Thousands of hostile strings, in a sandbox: none runs, none calls out, none breaks out, none is lost without a word."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import corpus
import pytest
import sandbox
from support import ROOT, copy_small, run

from explainer.common.problems import Problems
from explainer.read.yaml_tree import read_tree

Tally = Callable[[str, int], None]
TOGETHER = 20
"""So many strings stand in a field at once: the fields of the small project take them all, by turns."""
PARTS = 16


@pytest.fixture
def box() -> Iterator[Path]:
    """A folder that nobody can reach and own; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="explainer-box-"))
    yield folder
    shutil.rmtree(folder)


def used(folder: Path, first: int, last: int, step: int = 1) -> dict[str, object]:
    """What came of some of the strings: sites built and used by nobody, without a network; of the pages every so manieth is opened."""
    inner = [
        sys.executable,
        str(ROOT / "tests" / "hostile_run.py"),
        *map(str, (folder, first, last, TOGETHER, step)),
    ]
    done = subprocess.run(
        sandbox.command(folder, inner), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


@pytest.mark.audit
@pytest.mark.parametrize("part", range(PARTS))
def test_hostile_strings(part: int, box: Path, tally: Tally) -> None:
    """Through every field and through Markdown, in every page: pressed, focused and hovered over in a real Chromium."""
    count = len(corpus.strings())
    assert count >= 2000
    assert sandbox.possible(box), (
        "no namespace without network can be made here: be root, or allow user namespaces"
    )
    found = used(box, count * part // PARTS, count * (part + 1) // PARTS)
    assert found["faults"] == []
    for what, number in dict(found["counts"]).items():  # type: ignore[call-overload]
        tally(f"hostile text: {what}", number)


def test_some_hostile_strings(box: Path, tally: Tally) -> None:
    """A few of them on every push, where a sandbox can be made: all pages are read, and every ninth is used."""
    if not sandbox.possible(box):
        pytest.skip("no namespace without network can be made here")
    found = used(box, 600, 600 + TOGETHER, 9)
    assert found["faults"] == []
    tally("hostile text: strings through every field and Markdown", TOGETHER)


def test_what_cannot_be_seen_is_named(tmp_path: Path, tally: Tally) -> None:
    """Each string with an invisible character is refused: at its line where it stands in a file, and where an escape stands for it."""
    strings = corpus.hidden()
    assert len(strings) >= 200
    project = copy_small(tmp_path / "project")
    lines = [
        f'- {{id: t{number}, term: t{number}, means: "{text}"}}'
        for number, text in enumerate(strings)
    ]
    (project / "seeds" / "glossary.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run("check", "--project", project, "--format", "json")
    assert done.code == 1, done.said
    named = {
        each["place"]["line"]
        for each in json.loads(done.stdout)["problems"]
        if each["rule"] == "hidden-character"
    }
    assert named == set(range(1, len(strings) + 1))
    for text in strings:
        problems = Problems()
        assert read_tree("x.yaml", f"- means: {json.dumps(text)}\n", problems) is None
        assert problems.found
    tally("hostile text: strings with what cannot be seen, refused by name", len(strings))
