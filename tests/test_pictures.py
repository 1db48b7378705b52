"""PNGs: drawn by as many processes as there are cores, the same to the byte, and by nobody any more when the build has gone."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from support import ROOT, eventually

from build import gather
from explainer.common.problems import MachineFailed, Problems
from explainer.incremental.cache import Cache
from explainer.options import Options
from explainer.read import raster
from explainer.render.charts import draw
from explainer.render.pictures import Pictures

JOBS = [
    (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30" width="60" height="30"><text x="2" y="20">№ {number}</text></svg>',
        zoom,
    )
    for number in range(10)
    for zoom in (1.0, 2.0)
]


def test_the_same_pictures_in_the_same_order_on_any_cores() -> None:
    """Two and three processes draw what one draws, byte for byte, each picture in its place."""
    alone = raster.pngs(JOBS, cores=1)
    assert len(set(alone)) == len(JOBS)
    assert raster.pngs(JOBS, cores=2) == alone
    assert raster.pngs(JOBS[:17], cores=3) == alone[:17], "a share may be smaller than the others"


def test_one_core_and_few_pictures_need_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one core, and where there is little to draw, everything is drawn in the build's own process."""
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("a process was started"))
    assert len(raster.pngs(JOBS, cores=1)) == len(JOBS)
    assert len(raster.pngs(JOBS[:3], cores=8)) == 3
    assert raster.pngs([]) == []


def test_what_cannot_be_drawn_is_one_line() -> None:
    """A worker that fails is the machine's failure, in one line, and no picture is lost without a word."""
    with pytest.raises(MachineFailed, match="pictures could not be drawn"):
        raster.pngs(
            [('<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>', 1.0)] * 20, cores=2
        )


def test_a_worker_ends_with_the_build_that_started_it() -> None:
    """When a build is killed outright, its worker is gone with the next picture that it would have handed over."""
    program = "import json, sys; from explainer.read import raster; raster.pngs([tuple(job) for job in json.load(sys.stdin)] * 400, cores=2)"
    build = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE)
    assert build.stdin is not None
    build.stdin.write(json.dumps(JOBS).encode())
    build.stdin.close()
    workers: list[int] = []

    def has_workers() -> bool:
        workers[:] = _children(build.pid)
        return len(workers) == 2 or build.poll() is not None

    assert eventually(has_workers, bool)
    build.kill()
    assert build.wait() == -signal.SIGKILL
    assert len(workers) == 2
    assert eventually(lambda: not any(map(_lives, workers)), bool)


def _children(pid: int) -> list[int]:
    told = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return [int(word) for word in told.split()]


def _lives(pid: int) -> bool:
    told = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return bool(told.strip()) and not told.strip().startswith("Z")


def test_what_is_kept_is_not_drawn_again() -> None:
    """Of many pictures only those that are not in the cache are asked for, and each comes back in its place."""
    cache, asked = Cache(), list[list[int]]()

    def make(missing: Sequence[int]) -> list[bytes]:
        asked.append(list(missing))
        return [bytes([index]) for index in missing]

    assert list(map(cache.read, cache.batch("png", ["a", "b"], make))) == [b"\0", b"\1"]
    assert list(map(cache.read, cache.batch("png", ["b", "c", "a"], make))) == [b"\1", b"\1", b"\0"]
    assert asked == [[0, 1], [1]]


def test_pictures_have_the_looks_of_the_page(small_project: Path) -> None:
    """What draws pictures knows no selector with a colon, so the rules that give them their looks use none; a lit column is in the accent."""
    css = (ROOT / "templates/charts/literal.css").read_text(encoding="utf-8")
    assert not [selector for selector in re.findall(r"([^{}]+)\{", css) if ":" in selector]
    context = gather(Options(project=small_project, output=small_project / "site"), Problems())[1]
    pictures = Pictures(context.templates, context.site_name, Cache())
    table = context.tables["loans-by-year"]
    svg = pictures.poster(table, draw(table, context.wording)["wide"])
    lit = re.findall(
        r'class="mark is-lit.*?<rect class="col" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"',
        svg,
        re.DOTALL,
    )[-1]
    away = re.search(r'transform="translate\(([\d.]+) ([\d.]+)\)"', svg)
    assert away
    left, top, wide, high = map(float, lit)
    x, y = float(away[1]) + left + wide / 2, float(away[2]) + top + high / 2
    one = re.sub(
        r'viewBox="[^"]*" width="[^"]*" height="[^"]*"',
        f'viewBox="{x:.0f} {y:.0f} 1 1" width="1" height="1"',
        svg,
        count=1,
    )
    accent = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" width="1" height="1"><rect width="1" height="1" fill="#a8324a"/></svg>'
    seen, wanted = raster.pngs([(one, 1.0), (accent, 1.0)])
    assert seen == wanted
