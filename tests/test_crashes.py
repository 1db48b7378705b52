"""Killed, out of room, raced: at every moment a reader meets the whole old site or the whole new one, and nothing stays beside it.

A seeded sample runs on every push; ``make audit`` runs the full counts and prints them.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from faults import CALLS, NEVER, Disk
from support import Done, eventually, run, tree_hash, work_of
from whole import (
    changed,
    copy,
    machine_failed,
    other,
    project,
    small_disk,
    start,
    start_to_the_engine,
    toggle,
)

__all__ = ["changed", "project"]
Tally = Callable[[str, int], None]
PARTS = 4


@dataclass(frozen=True)
class Failing:
    """A disk whose calls fail, and what a build of either site finds kept: all that it draws, and no page of the engine's."""

    disk: Disk
    kept: Path
    calls: dict[str, int]
    """How often a build of the next site calls the disk, by the kind of call."""

    def build(
        self, project: Path, call: str, number: int, how: str, *options: object, **env: str
    ) -> Done:
        """Build where one call fails."""
        ready(project, self.kept)
        return self.disk.build(call, number, how, "--project", project, *options, **env)


def ready(project: Path, kept: Path | None = None) -> None:
    """Leave what is kept in the working folder, and a spare site of which something has to go: so every build makes the same calls."""
    shutil.rmtree(work_of(project), ignore_errors=True)
    (work_of(project) / "spare" / "gone").mkdir(parents=True)
    (work_of(project) / "spare" / "gone" / "index.html").write_text("Gone.", encoding="utf-8")
    if kept:
        shutil.copy(kept, work_of(project) / kept.name)


@pytest.fixture(scope="module")
def failing(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Failing]:
    """Such a disk; it has built both sites once."""
    folder = tmp_path_factory.mktemp("failing")
    project, kept, disk = copy(good, folder / "project"), folder / "kept.sqlite", Disk(folder)
    ready(project, work_of(good) / kept.name)
    for _ in range(3):
        done = disk.build("none", 0, "eio", "--project", toggle(project), "--quiet")
        assert done.code == 0, done.said
        shutil.copy(work_of(project) / kept.name, kept)
        ready(project, kept)
    files = sum(path.is_file() for path in (project / "site").rglob("*"))
    assert disk.counts["write"] >= files, "the layer does not see the site being written"
    assert {call for call in CALLS if disk.counts.get(call)} >= {
        "open",
        "write",
        "mkdir",
        "unlink",
        "rmdir",
    }
    yield Failing(disk, kept, disk.counts)
    disk.close()


def beside(project: Path) -> set[str]:
    """What stands beside the site, but for the project itself."""
    return {path.name for path in project.iterdir()} - {
        "seeds",
        "site_src",
        "mkdocs.yml",
        "build",
        "site",
    }


class Pair:
    """A project between two states: whichever site stands, the next build makes the other, in which every page differs."""

    def __init__(self, project: Path, good: Path, changed: Path) -> None:
        self.project, self.hashes = project, (tree_hash(good / "site"), tree_hash(changed / "site"))
        assert self.hashes[0] != self.hashes[1]

    @property
    def site(self) -> int:
        """Which of the two stands, whole; fails where neither does."""
        return self.hashes.index(tree_hash(self.project / "site"))

    def aim(self) -> int:
        """Have the author write what makes the other one; its number."""
        if other(self.project) == bool(self.site):
            toggle(self.project)
        return int(other(self.project))

    def mended(self) -> None:
        """After all that, a plain build works, and nothing is left."""
        wanted = self.aim()
        # the engine of a killed build may still be at work
        done = eventually(
            lambda: run("--project", self.project), lambda done: "is under way" not in done.stderr
        )
        assert done.code == 0, done.said
        assert self.site == wanted
        assert beside(self.project) == set(), "a build left something behind"
        assert not [path for path in work_of(self.project).rglob("*.new") if path.is_file()]


@pytest.fixture
def pair(project: Path, good: Path, changed: Path) -> Pair:
    """The small project between two states."""
    return Pair(project, good, changed)


def shares(sample: int, full: int) -> list[object]:
    """The cases of a test that is split into parts: a sample on every push, the full count in the audit."""
    return [
        pytest.param(PARTS, sample, id="sample"),
        *(
            pytest.param(part, full // PARTS, marks=pytest.mark.audit, id=f"full-{part}")
            for part in range(PARTS)
        ),
    ]


@pytest.mark.parametrize(("part", "kills"), shares(2, 200))
def test_killed_at_any_moment(pair: Pair, part: int, kills: int, tally: Tally) -> None:
    """SIGKILL at a random moment leaves the old site whole or the new one whole, and the next build works."""
    moments = random.Random(part)
    began = time.monotonic()
    assert run("--project", pair.project).code == 0
    took = time.monotonic() - began
    for kill in range(kills):
        pair.aim()
        build = start(pair.project)
        time.sleep(moments.uniform(0.2, 1.1) * took)
        # the front alone, or its engine with it: whoever kills may not know that there are two
        os.kill(build.pid, signal.SIGKILL) if kill % 2 else os.killpg(build.pid, signal.SIGKILL)
        build.communicate()
        assert pair.site in (0, 1), f"kill {kill} left a mixture"
        tally("SIGKILL at a random moment: old or new site whole", 1)
    pair.mended()


@pytest.mark.parametrize(("part", "kills"), shares(2, 400))
def test_killed_at_any_call(
    pair: Pair, failing: Failing, part: int, kills: int, tally: Tally
) -> None:
    """The same, where the kill comes at a random call to the disk, so that the moments of the swap are met as often as others."""
    chosen = random.Random(100 + part)
    for _ in range(kills):
        pair.aim()
        call = chosen.choice(sorted(failing.calls))
        done = failing.build(pair.project, call, chosen.randint(1, failing.calls[call]), "kill")
        assert done.code == -signal.SIGKILL, done.said
        assert pair.site in (0, 1)
        tally("SIGKILL at a random call to the disk: old or new site whole", 1)
    pair.mended()


@pytest.mark.parametrize(
    "number",
    [pytest.param(1, marks=pytest.mark.audit), 2, pytest.param(3, marks=pytest.mark.audit)],
)
def test_killed_where_folders_cannot_be_exchanged(
    pair: Pair, number: int, failing: Failing
) -> None:
    """Where a system has no exchange, a kill between the renames is put right by the next build, even by one that fails."""
    pair.aim()
    before = pair.site
    at = failing.calls.get("rename", 0) + number
    done = failing.build(pair.project, "rename", at, "kill", NO_EXCHANGE="1")
    assert done.code == -signal.SIGKILL, done.said
    page = pair.project / "site_src" / "about.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text + "\n\n<b>", encoding="utf-8")
    assert run("--project", pair.project).code == 1
    assert pair.site == (before if number < 3 else 1 - before)
    assert beside(pair.project) == set()
    page.write_text(text, encoding="utf-8")
    pair.mended()


def test_the_engine_of_a_killed_build_is_waited_for(pair: Pair) -> None:
    """An engine that outlives its build would write into the next one's pages: until it ends, the next build says so."""
    pair.mended()
    build, engine = start_to_the_engine(pair.project, "--today", "2031-01-01")
    build.kill()
    build.communicate()
    done = run("--project", pair.project)
    os.kill(engine, signal.SIGKILL)
    machine_failed(done)
    assert "under way" in done.stderr
    pair.mended()


def hold_fault(pair: Pair, failing: Failing, call: str, number: int) -> bool:
    """One failing call: either the old site stands and one line says why, or it cost nothing. Whether the former."""
    before, wanted = pair.site, pair.aim()
    done = failing.build(pair.project, call, number, "eio" if number % 2 else "enospc", "--quiet")
    while (
        done.code == NEVER
    ):  # this build made fewer calls than the one whose calls were counted, so none failed
        assert number > 1, f"no call of {call} was made"
        assert pair.site == wanted
        number //= 2
        before, wanted = pair.site, pair.aim()
        done = failing.build(
            pair.project, call, number, "eio" if number % 2 else "enospc", "--quiet"
        )
    if done.code == 0:
        # a folder that is cleared away to be made anew may be there, and one that is to be made
        assert call in ("unlink", "rmdir", "mkdir"), (
            f"{call} {number} failed, and nobody said so: {done.said}"
        )
        assert pair.site == wanted
        return False
    machine_failed(done)
    assert pair.site == before
    assert beside(pair.project) == set(), f"after {call} {number}"
    return True


def test_some_calls_to_the_disk_fail(pair: Pair, failing: Failing, tally: Tally) -> None:
    """One failing call of each kind, chosen by a seed: the old site stays, and one line says why."""
    chosen = random.Random(7)
    for call, count in sorted(failing.calls.items()):
        hold_fault(pair, failing, call, chosen.randint(1, count))
        tally("a failing call to the disk: old site intact", 1)
    pair.mended()


@pytest.mark.audit
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("call", CALLS)
def test_every_call_to_the_disk_fails(
    pair: Pair, failing: Failing, call: str, part: int, tally: Tally
) -> None:
    """Every call of every kind, one after the other."""
    for number in range(1 + part, failing.calls.get(call, 0) + 1, PARTS):
        told = hold_fault(pair, failing, call, number)
        tally(
            f"the Nth {call} fails, for every N: old site intact, one line"
            if told
            else f"the Nth {call} fails and costs nothing: new site whole",
            1,
        )
    pair.mended()


@contextmanager
def on_a_disk(pair: Pair, folder: Path) -> Iterator[Callable[[int], None]]:
    """The project on a disk of its own; yields a way to leave so many kilobytes of room on it."""
    with small_disk(folder, 256) as disk:
        shutil.rmtree(work_of(pair.project), ignore_errors=True)
        pair.project = copy(pair.project, disk / "project")

        def room(kilobytes: int) -> None:
            used = shutil.disk_usage(disk).used // 1024
            subprocess.run(
                ["mount", "-o", f"remount,size={used + kilobytes}k", str(disk)], check=True
            )

        yield room


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
@pytest.mark.parametrize("disks", [2, pytest.param(40, marks=pytest.mark.audit)])
def test_a_disk_fills_up(pair: Pair, disks: int, tmp_path: Path, tally: Tally) -> None:
    """On a real disk with too little room, wherever it runs out, in the engine too: the old site stays, one line says why, room mends it."""
    size = sum(path.stat().st_size for path in (pair.project / "site").rglob("*")) // 1024
    outcomes = set()
    with on_a_disk(pair, tmp_path / "disk") as room:
        for step in range(disks):
            shutil.rmtree(work_of(pair.project), ignore_errors=True)
            before = pair.site
            pair.aim()
            room(8 + int(step / disks * 3.2 * size))
            done = run("--project", pair.project)
            if done.code:
                machine_failed(done)
                assert pair.site == before
            assert beside(pair.project) == set()
            outcomes.add(done.code)
            tally("a real disk is full: old site intact, one line", 1)
            room(256 * 1024)
        assert 3 in outcomes
        pair.mended()


@pytest.mark.parametrize("races", [1, pytest.param(50, marks=pytest.mark.audit)])
def test_two_builds_race(pair: Pair, races: int, tally: Tally) -> None:
    """Of two builds that fall together one wins, the other says so, and the site is whole."""
    raced = 0
    while raced < races:
        wanted = pair.aim()
        builds = [start(pair.project, "--quiet") for _ in range(2)]
        ended = [build.communicate() for build in builds]
        codes = sorted(build.returncode for build in builds)
        if codes == [
            0,
            0,
        ]:  # one had ended before the other came so far: they did not fall together
            assert pair.site == wanted
            continue
        assert codes == [0, 3], ended
        assert all(
            "another build" in err
            for build, (_, err) in zip(builds, ended, strict=True)
            if build.returncode == 3
        )
        assert pair.site == wanted
        raced += 1
        tally("races: one wins, one says so", 1)
