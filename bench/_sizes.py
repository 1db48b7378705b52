"""Builds of one project, cold, warm and with one fact changed, compared with bare MkDocs.

MkDocs gets the Markdown that the build of the project made.
"""

from __future__ import annotations

import math
import shutil
import sys
from collections.abc import Generator
from pathlib import Path
from statistics import median

import yaml

from bench import Figure, beside, under
from bench.measure import ROOT, Ran, middle, once
from bench.projects import Size, change_one_fact, write
from explainer.common.disk import project_cache_folder
from explainer.common.problems import Problems
from explainer.options import Options

from build import gather  # isort: skip

_BUILD = (sys.executable, ROOT / "build.py", "--quiet", "--project")


def sized(scratch: Path, size: Size, times: int) -> Generator[Figure, None, Ran]:
    """Yield all figures of a size, each the median of ``times`` runs, and return its cold build."""
    project = write(scratch / f"facts-{size.facts}", size)
    cold = yield from _one(project, size, times)
    shutil.rmtree(project)
    shutil.rmtree(project.with_name(f"{project.name}-gone"), ignore_errors=True)
    return cold


def cold_alone(scratch: Path, size: Size) -> Ran:
    """Return one cold build."""
    project = write(scratch / f"facts-{size.facts}", size)
    ran = once([*_BUILD, project])
    shutil.rmtree(project)
    return ran


def growth(small: Size, one: Ran, large: Size, other: Ran) -> Figure:
    """Return how many times the work of a cold build grows for twice the facts."""
    doubled = (other.worked / one.worked) ** math.log(2, large.facts / small.facts)
    return under(
        f"growth of a cold build for twice the facts, from {small.facts:,} to {large.facts:,}",
        doubled,
        "times",
        2.2,
    )


def _one(project: Path, size: Size, times: int) -> Generator[Figure, None, Ran]:
    of = f"{size.facts:,} facts, {size.charts:,} charts, {size.pages:,} pages"
    runs, bares, drawings = list[Ran](), list[Ran](), list[float]()
    for _ in range(times):
        _forget(project)
        runs.append(once([*_BUILD, project]))
        bares.append(_bare(project))
        drawings.append(float(_pictures(project).said))
    cold, bare, drawn = middle(runs), middle(bares), median(drawings)
    yield beside(
        f"{of}: cold build, work",
        cold.worked,
        "s",
        "bare MkDocs and the drawing of pictures",
        bare.worked + drawn,
        at_most=1.3,
    )
    yield Figure(
        f"{of}: cold build by the clock",
        cold.seconds,
        "s",
        f"bare MkDocs: {bare.seconds:.3g} s, {bare.megabytes:,.0f} MB",
    )
    yield under(f"{of}: highest memory, of its largest process", cold.megabytes, "MB", 1_000)
    warm = middle([once([*_BUILD, project]) for _ in range(times)])
    yield Figure(
        f"{of}: warm build, nothing changed", warm.seconds, "s", f"work: {warm.worked:.3g} s"
    )
    changed = []
    for _ in range(times):
        change_one_fact(project)
        changed.append(once([*_BUILD, project]))
    one = middle(changed)
    name = f"{of}: one fact changed, to a finished site"
    yield (
        under(name, one.seconds, "s", 2)
        if size.facts == 1_000
        else Figure(name, one.seconds, "s", f"work: {one.worked:.3g} s")
    )
    return cold


def _forget(project: Path) -> None:
    """Move everything that a build made out of the project.

    It is moved and not deleted, because new files are created more slowly next to thousands of
    deleted ones.
    """
    gone = project.with_name(f"{project.name}-gone")
    for path in (project_cache_folder(project), project / "site", project / "bare"):
        if path.exists():
            gone.mkdir(exist_ok=True)
            shutil.move(path, gone / f"{path.name}-{len(list(gone.iterdir()))}")


def _bare(project: Path) -> Ran:
    """Run MkDocs alone on all pages, with the configuration of the last build.

    Record pages are included; the build itself has shells in their place.
    """
    told = yaml.safe_load(
        (project_cache_folder(project) / "mkdocs.yml").read_text(encoding="utf-8")
    )
    config, docs = (
        project_cache_folder(project) / "bare.yml",
        project_cache_folder(project) / "bare",
    )
    _, _, site = gather(Options(project, project / "site"), Problems())
    for path, data in {**site.docs, **site.records}.items():
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_bytes(data)
    config.write_text(
        yaml.safe_dump({**told, "docs_dir": "bare"}, allow_unicode=True), encoding="utf-8"
    )
    return once(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--quiet",
            "--config-file",
            config,
            "--site-dir",
            project / "bare",
        ]
    )


def _pictures(project: Path) -> Ran:
    """Draw the project's pictures again, in a process that prints how long the drawing took."""
    return once([sys.executable, "-m", "bench._pictures", project])
