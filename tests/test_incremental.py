"""What is kept from one build to the next is never stale: an incremental site equals a clean one, byte for byte."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from edits import EDITS, mend
from support import copy_whole, work_of
from whole import copy

from build import build
from explainer import engine
from explainer.common.problems import Refused
from explainer.incremental.cache import Cache
from explainer.options import Options

SEQUENCES, PARTS = 500, 20
"""How many sequences of edits ``make audit`` makes, and into how many tests they are split; one of them is made on every push."""
EDITS_EACH = 3
SEEDS = [
    pytest.param(range(1), id="sample"),
    *(
        pytest.param(range(part, SEQUENCES, PARTS), marks=pytest.mark.audit, id=f"full-{part}")
        for part in range(PARTS)
    ),
]


def build_here(project: Path) -> bool:
    """Build in this process; whether it was published."""
    try:
        build(Options(project=project, output=project / "site"))
    except Refused:
        return False
    return True


def site(project: Path) -> dict[str, bytes]:
    """Every file of the published site."""
    return {
        path.relative_to(project / "site").as_posix(): path.read_bytes()
        for path in sorted((project / "site").rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def built(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with all that its build kept, which names the way from there to the templates: copies lie as deep."""
    project = copy(good, tmp_path_factory.mktemp("built") / "project")
    assert build_here(project)
    return project


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return copy_whole(built, tmp_path / "project")


@pytest.mark.parametrize("seeds", SEEDS)
def test_incremental_equals_clean(
    seeds: range, built: Path, tmp_path: Path, tally: Callable[[str, int], None]
) -> None:
    """After any sequence of edits, builds and failed builds, no file differs from a build that starts from nothing, and none is left over."""
    for seed in seeds:
        project, clean = tmp_path / "project", tmp_path / "clean"
        copy_whole(built, project)
        told = edited(project, random.Random(seed))
        shutil.copytree(project, clean, ignore=shutil.ignore_patterns("site"))
        shutil.rmtree(work_of(clean), ignore_errors=True)
        assert build_here(clean), told
        ours, theirs = site(project), site(clean)
        assert ours.keys() == theirs.keys(), told
        assert [path for path in ours if ours[path] != theirs[path]] == [], told
        shutil.rmtree(project)
        shutil.rmtree(clean)
        tally("random sequences of edits: the incremental site is the clean one, byte for byte", 1)


def edited(project: Path, chance: random.Random) -> list[str]:
    """Edit and build a few times; what was done."""
    told = []
    for _ in range(EDITS_EACH):
        edit = chance.choice(EDITS)
        told.append(edit.__name__)
        edit(project, chance)
        if not build_here(project):
            mend(project)
            assert build_here(project), told
    return told


def test_a_changed_claim_makes_a_few_pages(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is told to make the pages of prose that changed, and no others; where none changed it is not run."""
    runs: list[tuple[str, ...]] = []
    some = engine._some

    def noted(
        work: Path, docs: object, today: str, changed: tuple[str, ...], *rest: object
    ) -> object:
        runs.append(changed)
        return some(work, docs, today, changed, *rest)

    monkeypatch.setattr(engine, "_some", noted)
    monkeypatch.setattr(engine, "_all", lambda *_: pytest.fail("a whole run"))
    assert build_here(project)
    assert runs == []
    path = project / "seeds" / "facts" / "library.yaml"
    good = path.read_text(encoding="utf-8")
    path.write_text(
        good.replace("Gives a higher number.", "Gives a much higher number."), encoding="utf-8"
    )
    assert build_here(project)
    assert "Gives a much higher number." in (
        project / "site" / "facts" / "members" / "index.html"
    ).read_text(encoding="utf-8")
    assert runs == []
    index = project / "site_src" / "index.md"
    index.write_text(f"{index.read_text(encoding='utf-8')}\nAnd more.\n", encoding="utf-8")
    assert build_here(project)
    assert runs == [("index.md",)]


def test_what_was_changed_on_the_disk_is_made_anew(project: Path) -> None:
    """A page that somebody changed or removed in the working folder is not published."""
    before = site(project)
    page = work_of(project) / "html" / "about" / "index.html"
    page.write_text(
        page.read_text(encoding="utf-8").replace("</body>", "<p>Not ours</p></body>"),
        encoding="utf-8",
    )
    (work_of(project) / "html" / "facts" / "index.html").unlink()
    assert build_here(project)
    assert site(project) == before


def test_what_a_page_that_is_kept_links_to_is_missed(project: Path) -> None:
    """A place that goes fails the build where another page, which did not change, links to it; and where it comes back, none does."""
    about, index = project / "site_src" / "about.md", project / "site_src" / "index.md"
    about.write_text(
        about.read_text(encoding="utf-8") + "\n\nIt stands.\n{: #a-house }\n", encoding="utf-8"
    )
    index.write_text(
        index.read_text(encoding="utf-8") + "\n\n[To the house](about.md#a-house)\n",
        encoding="utf-8",
    )
    assert build_here(project)
    good = about.read_text(encoding="utf-8")
    about.write_text(good.replace("#a-house", "#a-hut"), encoding="utf-8")
    assert not build_here(project)
    about.write_text(good.replace("It stands.", "It stands still."), encoding="utf-8")
    assert build_here(project)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(b"", marks=pytest.mark.audit),
        b"not a database",
        b"SQLite format 3\x00" + b"\xff" * 4000,
    ],
)
def test_a_broken_cache_is_put_away(damage: bytes, project: Path) -> None:
    """A cache that cannot be read costs time, and nothing else."""
    before = site(project)
    (work_of(project) / "kept.sqlite").write_bytes(damage)
    (work_of(project) / "engine.json").write_bytes(damage)
    assert build_here(project)
    assert site(project) == before


def test_a_cache_drops_what_is_no_longer_used(tmp_path: Path) -> None:
    """What the last builds did not use is dropped; what each of them used stays, and is not made again."""
    made = []
    for number in range(12):
        with Cache.at(tmp_path) as each:
            each.text("kept", "a", lambda: made.append("a") or "a")
            if number == 0:
                each.text("once", "b", lambda: made.append("b") or "b")
            each.tidy()
    with Cache.at(tmp_path) as each:
        each.text("once", "b", lambda: made.append("b") or "b")
    assert made == ["a", "b", "b"]
