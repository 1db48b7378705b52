"""SVG to PNG on every core: resvg lets nothing run beside it in its own process, so many pictures are shared out among several.

A worker is this module run as a program; it reads its share from its input and writes each picture as soon as it is drawn, so
that it ends with the next picture when the build that waits for it is stopped. The fonts are those of two packages, so that
pictures are the same on every machine, whoever draws them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import resources
from typing import IO, Final

import resvg_py

from explainer import programs
from explainer.problems import MachineFailed

Job = tuple[str, float]
"""An SVG, and how many pixels each of its own becomes."""
_FONTS: Final = (
    ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    ("font_source_sans_pro", "SourceSansPro-Bold.ttf"),
    ("font_source_serif_pro", "SourceSerifPro-Bold.ttf"),
)
_SHARE: Final = 8
"""The fewest pictures for which it pays to start another process."""
_LENGTH: Final = 8
"""How many bytes say how long a picture is."""


def pngs(jobs: Sequence[Job], cores: int | None = None) -> list[bytes]:
    """The pictures in the order of the jobs. ``cores`` is how many to use, by default all; with one, all are drawn in this process.

    Raises ``MachineFailed`` where a worker could not do its share.
    """
    workers = min(cores or _cores(), len(jobs) // _SHARE)
    if workers < 2:
        return [_draw(*job) for job in jobs]
    with ThreadPoolExecutor(workers) as waiting:
        drawn = list(waiting.map(_elsewhere, [jobs[first::workers] for first in range(workers)]))
    return [drawn[index % workers][index // workers] for index in range(len(jobs))]


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _elsewhere(share: Sequence[Job]) -> list[bytes]:
    """A share, drawn by a process of its own."""
    try:
        with programs.empty_folder() as home:
            command = [sys.executable, "-P", "-m", __name__]
            done = programs.run(command, home, programs.python_environment(home), given=json.dumps(share).encode())
            done.check_returncode()
    except (OSError, subprocess.CalledProcessError) as error:
        raise MachineFailed(f"pictures could not be drawn: {error}; there may be too little memory") from error
    found, rest = [], memoryview(done.stdout)
    while rest:
        end = _LENGTH + int.from_bytes(rest[:_LENGTH], "big")
        found.append(bytes(rest[_LENGTH:end]))
        rest = rest[end:]
    return found


def _work(share: IO[bytes], out: IO[bytes]) -> None:
    """What a worker does."""
    for svg, zoom in json.load(share):
        data = _draw(svg, zoom)
        out.write(len(data).to_bytes(_LENGTH, "big") + data)
        out.flush()


@cache
def _font_files() -> tuple[str, ...]:
    return tuple(str(resources.files(package) / "files" / name) for package, name in _FONTS)


def _draw(svg: str, zoom: float) -> bytes:
    fonts = list(_font_files())
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom, skip_system_fonts=True, font_files=fonts, font_family="Source Sans Pro"))


if __name__ == "__main__":
    _work(sys.stdin.buffer, sys.stdout.buffer)
