"""Mistakes of somebody who begins: each made in a begun project on another subject, and all that a check then says of it."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from case_files import Case, cases, changed
from support import CASES, once, replace, run, tree_hash

import build
from explainer.cli.reporting import deduplicated as told_once
from explainer.cli.reporting import without_consequences
from explainer.common.problems import Place, Problem, Problems, Refused
from explainer.incremental.cache import Cache
from explainer.options import Options
from explainer.render.pages.links import resolve_links
from explainer.render.prose.calls import find_calls

NEWCOMER = cases("newcomer")
_TECHNICAL = re.compile(
    r"Input should|str type|model_type|discriminator|\bUnion\b|pydantic|valid (?:string|dictionary|list|integer)|ctx|Traceback|NoneType"
    r"|unexpected (?:char|token)|expected key|block mapping|indicator|\\n|\bdict\b|\btuple\b|\bparse[rd]?\b|\bregex\b|\btoken\b",
)
"""Words of programs, which no message for an editor may hold."""


@pytest.fixture(scope="module")
def beds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project begun by ``new``, in which somebody has written an explainer on hospital beds. Nobody changes it."""

    def make(folder: Path) -> None:
        project = folder / "beds"
        assert run("new", project).code == 0
        for below in ("seeds", "site_src"):
            shutil.rmtree(project / below)
        shutil.copytree(CASES / "newcomer" / "project", project, dirs_exist_ok=True)
        settings = project / "mkdocs.yml"
        replace(settings, "site_name: The swifts of Mill Lane", "site_name: Beds of Harrow")
        replace(
            settings,
            "How many swifts nest in one street, and who has counted them.",
            "How many beds the hospitals of a county have.",
        )
        replace(
            settings,
            "  - In brief: index.md\n",
            "  - In brief: index.md\n  - How we count: about/index.md\n",
        )

    return once(tmp_path_factory, "newcomer", make) / "beds"


@pytest.fixture(scope="module")
def cache(beds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cache]:
    """What a check of that project has made: a mistake makes anew only what it touches."""
    with Cache.at(tmp_path_factory.mktemp("cache")) as found:
        build.gather(Options(beds, beds / "site"), Problems(), found, whole=False)
        yield found


def told_of(project: Path, cache: Cache) -> list[Problem]:
    """The errors of a project as an editor reads them in a check, each cause once."""
    problems = Problems()
    try:
        build.gather(Options(project, project / "site"), problems, cache, whole=False)
        found: Sequence[Problem] = problems.warnings
    except Refused as refused:
        found = refused.problems
    return [each for each in told_once(without_consequences(found)) if each.severity == "error"]


def checked(project: Path) -> tuple[int, list[Problem], list[str]]:
    """How a check of a project ends: its exit code, its errors as an editor reads them, and what else it says."""
    done = run("check", "--project", project, "--format", "json")
    said = json.loads(done.stdout)
    found = [
        Problem(**{**each, "place": Place(**each["place"]), "loses": ()})
        for each in said["problems"]
    ]
    return (
        done.code,
        [each for each in told_once(without_consequences(found)) if each.severity == "error"],
        said["remarks"],
    )


@pytest.mark.parametrize("case", NEWCOMER, ids=lambda case: case.path.stem)
def test_mistake(case: Case, beds: Path, cache: Cache, tmp_path: Path) -> None:
    """The mistake brings the messages that its file names, in that order, and no others."""
    project = tmp_path / "project"
    shutil.copytree(beds, project)
    found = told_of(changed(project, case.changes), cache)
    assert [(str(each.place), each.rule) for each in found] == [
        (want.place, want.rule) for want in case.expected
    ], "\n".join(map(str, found))
    for each, want in zip(found, case.expected, strict=True):
        said = f"{each.message}\n{each.hint}"
        assert all(words in said for words in want.words), said
        assert each.hint, "every message says what to do"
        assert not _TECHNICAL.search(said), said


SAMPLED = [
    pytest.param(case, id=case.path.stem, marks=() if at % 20 == 0 else pytest.mark.audit)
    for at, case in enumerate(NEWCOMER)
]
"""One in twenty is tried through the command line on every push, all of them in the audit."""


@pytest.mark.parametrize("case", SAMPLED)
def test_a_check_says_the_same_of_a_mistake(
    case: Case, beds: Path, cache: Cache, tmp_path: Path
) -> None:
    """The command says so too, where nothing is kept; its exit code tells whether something is wrong; the last good site stays."""
    project = tmp_path / "project"
    shutil.copytree(beds, project)
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the last good site", encoding="utf-8")
    before = tree_hash(project / "site")
    code, found, _ = checked(changed(project, case.changes))
    assert list(map(str, found)) == list(map(str, told_of(project, cache)))
    assert code == (1 if case.expected else 0)
    assert tree_hash(project / "site") == before


def test_there_are_enough_mistakes(tally: Callable[[str, int], None]) -> None:
    """At least sixty mistakes are made, and the project without one passes."""
    tally("mistakes of newcomers", len(NEWCOMER))
    assert len(NEWCOMER) >= 60


def test_the_project_without_a_mistake_passes(beds: Path) -> None:
    """What the mistakes are made in is in order, so that each of them brings what its case says."""
    code, found, remarks = checked(beds)
    assert (code, found) == (0, [])
    assert not [each for each in remarks if "pages were" in each]


def test_a_picture_is_built_from_every_page(beds: Path, tmp_path: Path) -> None:
    """A picture in site_src/assets/ is shown by a page in a folder, whose address the engine is told."""
    output = tmp_path / "site"
    assert run("--project", beds, "--output", output, "--quiet").code == 0
    assert 'src="../assets/wing.png"' in (output / "about/index.html").read_text(encoding="utf-8")
    assert (output / "assets/wing.png").read_bytes() == (
        beds / "site_src/assets/wing.png"
    ).read_bytes()


def test_what_was_not_checked_is_said(beds: Path, tmp_path: Path) -> None:
    """A check that a broken file cuts short says which pages it left out, and why."""
    project = tmp_path / "project"
    shutil.copytree(beds, project)
    replace(project / "seeds/facts/facts.yaml", "value: 88", "value: 88%")
    assert any("checked without occupied" in each for each in checked(project)[2])
    replace(project / "mkdocs.yml", "site_name: Beds of Harrow", "site_name: Beds: of Harrow")
    assert any("were not checked: mkdocs.yml" in each for each in checked(project)[2])


@pytest.mark.parametrize("page", ["site_src/about/index.md", "site_src/index.md"])
def test_pages_are_checked_whichever_record_is_broken(
    beds: Path, tmp_path: Path, page: str
) -> None:
    """A number that is typed on a page is told though a record is broken, whichever of them it is, and nothing else of the page is."""
    for old in ("value: 88", "issued: '2024-02-10'", "kind: columns", "many: beds", "x: period"):
        project = tmp_path / re.sub(r"\W", "", old)
        shutil.copytree(beds, project)
        path = next(
            each
            for each in sorted((project / "seeds").rglob("*.yaml"))
            if old in each.read_text(encoding="utf-8")
        )
        path.write_text(
            path.read_text(encoding="utf-8").replace(old, f"{old.split(':')[0]}: '%'", 1),
            encoding="utf-8",
        )
        text = (project / page).read_text(encoding="utf-8")
        (project / page).write_text(
            f"{text}\nA hospital in the north had 512 beds.\n", encoding="utf-8"
        )
        found = [each for each in checked(project)[1] if each.place.path.startswith("site_src/")]
        assert [each.rule for each in found] == ["unsourced-number"], (old, found)


def test_a_trap_in_a_link_or_a_call_is_read_in_good_time() -> None:
    """A page of nothing but what may begin a link to a file, or a call, is looked through once: the limit is far above what that takes."""
    for trap in (
        "](" + "assets/" * 140_000,
        "](" * 400_000,
        '{ fact("' * 100_000,
        "<<<<<<< x\n" * 90_000,
        "{{" * 400_000,
    ):
        began = time.process_time()
        resolve_links("site_src/a.md", trap, {}, frozenset(), Problems())
        find_calls("site_src/a.md", trap, Problems())
        assert time.process_time() - began < 60, trap[:20]
