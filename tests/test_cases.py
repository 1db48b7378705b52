"""Every case file: an author's change, and exactly the problems it brings."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from enum import Enum, auto
from pathlib import Path
from unittest.mock import patch

import pytest
from case_files import Case, cases, made
from rule_examples import DOC, documented, examples
from support import CASES, ROOT, SHELF, SMALL, copy_small, lend, run, tree_hash, work_of

import build
from explainer.check import rules
from explainer.common.problems import WARNINGS, Problem, Problems, Refused
from explainer.incremental.cache import Cache
from explainer.options import Options
from explainer.project import Project

POSITIVE, NEGATIVE = cases("positive"), cases("negative")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@pytest.fixture(scope="module")
def cache(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cache]:
    """What the build of the small project kept: a case makes anew only what its change touches."""
    folder = tmp_path_factory.mktemp("cache")
    shutil.copy(work_of(good) / SHELF, folder / SHELF)
    with Cache.at(folder) as found:
        yield found


class Depth(Enum):
    """How much of a project is looked through."""

    WHOLE = auto()
    """All that a build makes before its engine runs, the pages and files too in which an author can do nothing wrong."""
    CHECK = auto()
    """What ``check`` looks through."""
    NOT_DESPITE = auto()
    """The same without the pages of a project whose seeds are wrong."""
    LEDGER = auto()
    """The seeds alone."""


def found_in(
    case: Case, project: Path, good: Path, cache: Cache | None, depth: Depth = Depth.CHECK
) -> Sequence[Problem]:
    """Every problem of a project that a case has changed; without a cache, everything is made anew."""
    options = Options(project, project / "site")
    problems = Problems()
    try:
        if case.built:
            _built(options, good)
        elif depth is Depth.LEDGER:
            rules.check_ledger(
                Project.read(options, problems, cache).ledger, problems, cache or Cache()
            )
            problems.stop()
        else:
            with (
                patch.object(build.partial_check, "check_pages")
                if depth is Depth.NOT_DESPITE
                else nullcontext()
            ):
                build.gather(options, problems, cache, whole=depth is Depth.WHOLE)
    except Refused as refused:
        return refused.problems
    return problems.warnings


def problems_of(case: Case, project: Path, good: Path, cache: Cache | None) -> tuple[Problem, ...]:
    """What the generator says of that project, as far as the case is about it."""
    return _told(case, found_in(case, project, good, cache))


def _built(options: Options, good: Path) -> None:
    lend(good, options.project)
    build.build(options)


def _told(case: Case, found: Sequence[Problem]) -> tuple[Problem, ...]:
    """The errors, and the warnings of the rules that a case is about: an error elsewhere may leave warnings of no interest."""
    about = {want.rule for want in case.expected} | {case.path.parent.name}
    return tuple(
        problem for problem in found if problem.severity == "error" or problem.rule in about
    )


def hold(case: Case, found: Sequence[Problem]) -> None:
    """The problems that the file names, at their places, in their words, and no others."""
    assert sorted((str(problem.place), problem.rule) for problem in found) == sorted(
        (want.place, want.rule) for want in case.expected
    ), case.claim + "\n" + "\n".join(map(str, found))
    assert all(problem.message and problem.hint for problem in found), (
        "every problem says what to do about it"
    )
    for want in case.expected:
        said = [
            f"{each.message} {each.hint}"
            for each in found
            if (str(each.place), each.rule) == (want.place, want.rule)
        ]
        assert any(all(word in text for word in want.words) for text in said), (
            f"{want.words} not in {said}"
        )


def depth_of(case: Case, number: int) -> Depth:
    """How much is looked through for a case on a push: all that a check does for one in ten, and for the others what they are about."""
    if number % 10 == 0:
        return Depth.CHECK
    if case in POSITIVE:
        return Depth.LEDGER if case.path.stem.startswith("bears-") else Depth.CHECK
    is_of_pages = any(want.place.startswith(("site_src/", "mkdocs.yml")) for want in case.expected)
    return Depth.CHECK if is_of_pages else Depth.NOT_DESPITE


def on_a_push() -> Iterator[object]:
    """Every case and how much is looked through; those for which a whole site is built, and whose rule another such case is about, are left to the audit."""
    met: set[str] = set()
    for number, case in enumerate((*POSITIVE, *NEGATIVE)):
        rule = case.path.parent.name
        is_like_another = case.built and case in NEGATIVE and case.example is None and rule in met
        met |= {rule} if case.built else set()
        yield pytest.param(
            case,
            depth_of(case, number),
            id=case.name,
            marks=pytest.mark.audit if is_like_another else (),
        )


@pytest.mark.parametrize(("case", "depth"), list(on_a_push()))
def test_case(case: Case, depth: Depth, good: Path, cache: Cache, tmp_path: Path) -> None:
    """The change brings the problems that the file names, at their places, in their words, and no others."""
    hold(case, _told(case, found_in(case, case.project(tmp_path / "project"), good, cache, depth)))


@pytest.mark.audit
@pytest.mark.parametrize(
    "case", [case for case in (*POSITIVE, *NEGATIVE) if not case.built], ids=lambda case: case.name
)
def test_case_with_nothing_kept(case: Case, good: Path, tmp_path: Path) -> None:
    """It brings the same where no build has kept anything, and every page and file is made."""
    hold(
        case,
        _told(case, found_in(case, case.project(tmp_path / "project"), good, None, Depth.WHOLE)),
    )


@pytest.mark.parametrize("case", NEGATIVE, ids=lambda case: case.name)
def test_negative_case_stands_in_the_folder_of_its_rule(case: Case) -> None:
    """A case below negative/ says in a sentence what it shows, and expects a problem of the rule its folder names."""
    assert case.claim
    assert case.path.parent.name in {want.rule for want in case.expected}


def rules_in_source() -> set[str]:
    """Every rule id that the code can put into a problem, found by reading it."""
    found: set[str] = set()
    for path in (ROOT / "explainer").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found |= {text for text in _possible_rules(node) if _ID.fullmatch(text)}
    return found


def _possible_rules(node: ast.AST) -> list[str]:
    """The rule of ``Problem(place, rule, …)``, of ``problems.add(place, rule, …)`` and of ``return rule, message, hint``."""
    match node:
        case ast.Call(func=ast.Name(id="Problem"), args=[_, ast.Constant(value=str(rule)), *_]):
            return [rule]
        case ast.Call(
            func=ast.Attribute(attr="add"), args=[_, ast.Constant(value=str(rule)), _, *_]
        ):
            return [rule]
        case ast.Return(value=ast.Tuple(elts=[ast.Constant(value=str(rule)), _, _])):
            return [rule]
    return []


def test_every_rule_has_a_case() -> None:
    """Each rule id in the code has a folder of cases below negative/, and each folder there is a rule's."""
    assert rules_in_source() == {path.name for path in (CASES / "negative").iterdir()}


def test_enough_rules_are_found_in_the_source() -> None:
    """The search through the code finds rules of every kind of call, so that the tests beside it cannot pass on nothing."""
    assert {
        "value-not-in-quote",
        "yaml-alias",
        "path-taken",
        "dangling-reference",
        "prose-unknown",
        "engine",
    } <= rules_in_source()


@pytest.mark.parametrize("rule", sorted(rules_in_source()))
def test_every_rule_is_explained(rule: str) -> None:
    """Each rule has a line of its own in the tables of docs/rules.md."""
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| `{re.escape(rule)}` \| .+ \| .+ \|$", text, re.MULTILINE)


def test_every_documented_rule_is_used() -> None:
    """The tables of docs/rules.md name no rule that the code does not have, and each once."""
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([a-z0-9-]+)` \|", text, re.MULTILINE)
    assert sorted(named) == sorted(rules_in_source())


def test_every_rule_has_one_example() -> None:
    """Each rule has exactly one case that is shown, and docs/rules.md shows it as it is; tests/rule_examples.py writes it anew."""
    assert {rule: len(shown) for rule, shown in examples().items()} == dict.fromkeys(
        rules_in_source(), 1
    )
    assert DOC.read_text(encoding="utf-8") == documented(DOC.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def passed(
    good: Path, cache: Cache, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Case], tuple[Problem, ...]]:
    """What is said of the passing example of a case. Most are the small project as it is, which is asked once."""
    known: dict[object, Sequence[Problem]] = {}

    def ask(case: Case) -> tuple[Problem, ...]:
        key = (case.accepted, case.built)
        if key not in known:
            known[key] = found_in(
                case,
                made(tmp_path_factory.mktemp("passing") / "project", case.accepted),
                good,
                cache,
            )
        return _told(case, known[key])

    return ask


@pytest.mark.parametrize(
    "case",
    [case for case in NEGATIVE if case.example is not None],
    ids=lambda case: case.path.parent.name,
)
def test_passing_example(case: Case, passed: Callable[[Case], tuple[Problem, ...]]) -> None:
    """What docs/rules.md gives as the passing example passes, where what it gives as the failing one does not."""
    assert passed(case) == ()


def test_severities_are_of_rules() -> None:
    """Each rule that only warns is a rule, and docs/rules.md says that it warns."""
    assert rules_in_source() >= WARNINGS
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8").partition("## Reading")[0]
    assert set(re.findall(r"`([a-z-]+)` warns", text)) == WARNINGS


def test_small_project_itself_is_as_it_was() -> None:
    """No test writes into the small project: nothing that a build leaves stands in it."""
    assert {path.name for path in SMALL.iterdir()} == {"mkdocs.yml", "seeds", "site_src"}


def test_problems_come_in_the_order_of_their_places(small_project: Path) -> None:
    """However the rules run, an editor reads problems file by file and line by line."""
    for path in ("seeds/facts/loans.yaml", "seeds/facts/library.yaml"):
        file = small_project / path
        file.write_text(
            file.read_text(encoding="utf-8").replace("stance: supports", "stance: support"),
            encoding="utf-8",
        )
    with pytest.raises(Refused) as refused:
        build.gather(Options(small_project, small_project / "site"), Problems())
    found = refused.value.problems
    assert len(found) > 5
    assert list(found) == sorted(found)
    assert len(set(found)) == len(found)


BROKEN_AT = {
    "reading": ("seeds/facts/loans.yaml", b"\xff"),
    "records": ("seeds/facts/extra.yaml", b"- id: extra\n"),
    "rules": ("seeds/order.yaml", b"- {before: opened, after: voted}\n"),
    "pages": ("site_src/extra.md", b"---\ntitle: x\ndescription: x\n---\n{{ fact('nothing') }}\n"),
    "engine": ("site_src/extra.md", b"---\ntitle: x\ndescription: x\n---\n[x](#nowhere)\n"),
    "finished pages": (
        "site_src/extra.md",
        b"---\ntitle: x\ndescription: x\n---\n![x](https://pictures.example.org/x.png)\n",
    ),
}


@pytest.mark.parametrize("stage", BROKEN_AT)
def test_a_refused_build_leaves_the_last_good_site(stage: str, good: Path, tmp_path: Path) -> None:
    """At whatever stage an author's mistake is met, the build ends with 1 and the site that stands is not touched."""
    project = lend(good, copy_small(tmp_path / "project"))
    output = tmp_path / "site"
    output.mkdir()
    page = b"the last good site"
    record = {"generator": "explainer", "files": {"index.html": hashlib.sha256(page).hexdigest()}}
    (output / "manifest.json").write_text(json.dumps(record), encoding="utf-8")
    (output / "index.html").write_bytes(page)
    before = tree_hash(output)
    path, data = BROKEN_AT[stage]
    (project / path).write_bytes(data)
    done = run("--project", project, "--output", output)
    assert done.code == 1, done.said
    assert "problem" in done.stderr
    assert tree_hash(output) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project", "site"]
