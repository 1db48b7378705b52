"""What each part of a site looks at is noted, and it is made again where that has changed, and nowhere else."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest
from support import copy_small

from explainer.common.problems import Problems
from explainer.common.typed_json import from_json, to_json
from explainer.incremental import parts
from explainer.incremental.cache import Cache
from explainer.incremental.parts import Parts, _trimmed
from explainer.model.digests import digest
from explainer.model.ledger import Ledger
from explainer.model.tracking import Looked, Memory, looking, note
from explainer.options import Options
from explainer.project import Project

from build import gather  # isort: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project."""
    return copy_small(tmp_path_factory.mktemp("parts") / "project")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, object]]:
    """The parts that are made while a test runs, by their kinds and what they are about."""
    found: list[tuple[str, object]] = []
    get = Parts.get

    def told(self: Parts, what: str, about: object, make, **options):  # type: ignore[no-untyped-def]
        return get(self, what, about, lambda: (found.append((what, about)), make())[1], **options)

    monkeypatch.setattr(parts.Parts, "get", told)
    return found


def pages_of(project: Path, cache: Cache) -> None:
    """Make every page of a project."""
    gather(Options(project, project / "site"), Problems(), cache)


def edited(project: Path, path: str, old: str, new: str) -> None:
    """Change one text of a project's file."""
    text = (project / path).read_text(encoding="utf-8")
    assert text.count(old) >= 1
    (project / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_nothing_is_made_twice(small: Path, made: list[tuple[str, object]]) -> None:
    """A second build makes no part; the first makes a page for each fact, each source and each chart."""
    cache = Cache()
    pages_of(small, cache)
    assert {"fact page", "source page", "chart page", "page", "table", "checks", "question"} <= {
        what for what, _ in made
    }
    made.clear()
    pages_of(small, cache)
    assert made == []


def test_a_changed_source_is_told_wherever_it_is_looked_at(
    tmp_path: Path, made: list[tuple[str, object]]
) -> None:
    """Another title of a source makes its own page again, and those of the facts that it bears on, and not of every fact."""
    project, cache = copy_small(tmp_path / "project"), Cache()
    pages_of(project, cache)
    ledger = Project.read(Options(project, project / "site"), Problems()).ledger
    name, entries = next(
        (name, entries) for name, entries in sorted(ledger.uses.items()) if entries
    )
    path = ledger.sources[name].place("title").path
    made.clear()
    edited(project, path, ledger.sources[name].title, f"{ledger.sources[name].title} anew")
    pages_of(project, cache)
    beside = {item.source for entry in entries for item in entry.claim.evidence}
    assert name in {about for what, about in made if what == "source page"} <= beside
    assert (
        {entry.holder.id for entry in entries}
        <= {about for what, about in made if what == "fact page"}
        < set(ledger.holders)
    )


def test_what_is_not_there_is_looked_at_too() -> None:
    """Who asked for a record that there was none of is asked again when there is one."""
    cache, found = Cache(), Looked[str]("sources", {})
    assert Parts(cache, "ground", [found]).get("name", "x", lambda: "x" in found) is False
    assert Parts(cache, "ground", [found]).get("name", "x", lambda: "x" in found) is False
    more = Looked("sources", {"x": "there"})
    assert Parts(cache, "ground", [more]).get("name", "x", lambda: "x" in more) is True


def test_whoever_looks_at_all_depends_on_all() -> None:
    """A list of all records is made again when one comes, goes or changes, and when their order does."""
    cache = Cache()
    for records in ({"a": 1}, {"a": 2}, {"a": 2, "b": 1}, {"b": 1, "a": 2}, {}):
        found = Looked("facts", records)
        parts_of = Parts(cache, "ground", [found])
        assert parts_of.get("list", "", lambda found=found: list(found.items())) == list(
            records.items()
        )  # type: ignore[misc]


def test_an_answer_given_again_brings_what_it_was_made_from() -> None:
    """A part that was given an answer of another's depends on what that answer was worked out from."""
    records, memory = Looked("facts", {"a": 1}), Memory[str, int]()
    for _ in range(2):
        with looking() as looked:
            assert memory.get("sum", lambda: records["a"] + 1) == 2
        assert looked == {("facts", "a")}


def test_old_answers_are_worked_out_again() -> None:
    """However many answers are asked for, few thousand are held; one that was let go of is the same when it is asked for again."""
    memory: Memory[int, str] = Memory()
    asked = [memory.get(number, lambda number=number: f"{number}!") for number in range(100_000)]
    assert len(memory._kept) <= 16_384
    with looking() as looked:
        assert memory.get(0, lambda: _answer("0!")) == asked[0]
    assert looked == {("kind", "name")}


def _answer(text: str) -> str:
    note(("kind", "name"))
    return text


def test_a_part_within_a_part_brings_what_it_looked_at() -> None:
    """Where a part is kept within another, the outer one depends on what the inner one looked at, whether that was made or not."""
    cache = Cache()
    for value in (1, 2, 2, 3):
        found = Looked("facts", {"a": value})
        both = Parts(cache, "ground", [found])

        def inner(both: Parts = both, found: Looked[int] = found) -> int:
            return both.get("inner", "a", lambda: found["a"])

        assert both.get("inner", "a", lambda found=found: found["a"]) == value  # type: ignore[misc]
        assert both.get("outer", "a", inner) == value


def test_a_part_with_a_problem_is_not_kept() -> None:
    """What has problems is made again at each build, so that they are told each time."""
    cache, times = Cache(), []

    def make() -> str:
        times.append(1)
        return "made"

    for _ in range(2):
        Parts(cache, "ground", []).get("page", "x", make, keep=lambda _: False)
    assert len(times) == 2


def test_parts_come_back_whole(tmp_path: Path) -> None:
    """Small ones and large ones, and files, are the same in the next build, and none is made again."""
    made = {"small": ("x",), "large": "y" * 10_000}
    with Cache.at(tmp_path) as cache:
        parts_of = Parts(cache, "ground", [])
        assert {
            name: parts_of.get("part", name, lambda value=value: value)
            for name, value in made.items()
        } == made  # type: ignore[misc]
        assert cache.read(parts_of.file("file", "f", lambda: "words")) == b"words"
        cache.tidy()
    with Cache.at(tmp_path) as cache:
        parts_of = Parts(cache, "ground", [])
        assert {
            name: parts_of.get("part", name, lambda: pytest.fail("made again")) for name in made
        } == made
        assert cache.read(parts_of.file("file", "f", lambda: pytest.fail("made again"))) == b"words"


def test_what_lies_there_no_longer_is_made_again(tmp_path: Path) -> None:
    """A file, or a large part, whose bytes are gone from the cache is made anew, whatever the notes say."""
    with Cache.at(tmp_path) as cache:
        parts_of = Parts(cache, "ground", [])
        parts_of.file("file", "f", lambda: "words")
        parts_of.get("part", "p", lambda: "y" * 10_000)
        cache.tidy()
    with sqlite3.connect(tmp_path / "kept.sqlite") as base:
        listed = from_json(base.execute("SELECT data FROM kept WHERE key = ''").fetchone()[0])
        gone = [
            key
            for key in listed
            if key == hashlib.sha256(b"words").hexdigest() or key.endswith(" part p")
        ]
        assert len(gone) == 2
        left = {key: value for key, value in listed.items() if key not in gone}
        base.execute("UPDATE kept SET data = ? WHERE key = ''", (to_json(left),))
    base.close()
    with Cache.at(tmp_path) as cache:
        parts_of = Parts(cache, "ground", [])
        assert cache.read(parts_of.file("file", "f", lambda: "words")) == b"words"
        assert parts_of.get("part", "p", lambda: "other words") == "other words"


def test_notes_do_not_grow_for_ever() -> None:
    """A record that changes at each build leaves no more behind than a few; what is no longer asked for goes too."""
    cache, sizes = Cache(), []
    for number in range(2_500):
        parts_of = Parts(cache, "ground", [found := Looked("facts", {"a": number, "b": 0})])
        assert parts_of.get("a", "", lambda found=found: found["a"]) == number  # type: ignore[misc]
        assert parts_of.get("b", "", lambda found=found: found["b"]) == 0  # type: ignore[misc]
        sizes.append(len(parts_of._seen))
    assert max(sizes) > 1_000
    notes = _trimmed({"made": parts_of._made, "seen": parts_of._seen}, long_ago=0)
    assert len(notes["seen"]) == 2
    assert sorted(each[1] for each in notes["made"].values()) == [(0,), (1,)]
    assert _trimmed(notes, long_ago=1)["made"] == {}


def test_nothing_is_noted_where_nobody_makes_anything() -> None:
    """Looking at records outside of a part leaves nothing behind."""
    Ledger(sources={}).sources.get("x")
    note(("sources", "x"))
    with looking() as looked:
        pass
    assert looked == set()


def test_equal_values_have_one_sum(small: Path) -> None:
    """Whether values share their parts does not change their sum; where a record stands in its file does not either; a word does."""
    text = "a longer text"
    assert digest([text, text]) == digest([text, "a longer " + "".join(["te", "xt"])])
    ledger = Project.read(Options(small, small / "site"), Problems()).ledger
    source = next(iter(ledger.sources.values()))
    assert digest(source.model_copy(update={"places": {}})) == digest(source)
    assert digest(source.model_copy(update={"title": "Another"})) != digest(source)
    assert digest(from_json(to_json(source))) == digest(source)
