"""Draws SVG as PNG, on every core.

While resvg draws, nothing else runs in its process. So many pictures are shared among several
worker processes. A worker is this module, run as a program. It reads its share from standard input
and writes each picture as soon as it is drawn. So if the build that waits for it is stopped, the
worker ends with its next picture.

The fonts are those of two packages and the project's own, never the machine's, so pictures are the
same on every machine. A project's fonts are untrusted files, and only workers draw with them.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import IO, Final

import resvg_py

from explainer.common import disk, programs
from explainer.common.allowed import drawings
from explainer.common.problems import MachineFailed
from explainer.read.files import plain_bytes

Job = tuple[str, float]
"""An SVG, and the factor by which it is enlarged: output pixels for each of its own."""
FontFile = tuple[str, str]
"""A project's font: its path, and the SHA-256 that its file had when it was read."""
_FONTS: Final = (
    ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    ("font_source_sans_pro", "SourceSansPro-Bold.ttf"),
    ("font_source_serif_pro", "SourceSerifPro-Bold.ttf"),
)
MOST_FONT_BYTES: Final = 32_000_000
"""The most bytes of a project's font."""
_SHARE: Final = 8
"""The fewest pictures for which it pays to start another process."""
_TRIAL: Final = 60.0
"""The most seconds that a font may take to draw one character."""
_PROCESSOR_SECONDS: Final = 5
"""The most seconds of processor time for one picture that is drawn with a project's fonts.

Fonts contain programs that say how their characters are drawn.
"""
_MEMORY: Final = 512_000_000
"""The most bytes of memory of a process that draws with a project's fonts."""
_LENGTH: Final = 8
"""The number of bytes that hold a picture's length in a worker's output."""


_PIXELS: Final = 60_000_000
"""The most pixels of a picture, at four bytes of memory each. A larger one is drawn smaller."""
_PICTURE: Final = re.compile(r"<(?:\w+:)?(?:fe)?image\b", re.IGNORECASE)
"""A picture within a drawing.

Our own drawings contain none; a project's template could add one as a ``data:`` URL.
"""
_LENGTH_IN: Final = re.compile(r"\s*+([-+]?[\d.]++(?:[eE][-+]?\d++)?)\s*+([a-zA-Z]*+)\s*+")
_LARGEST_UNIT: Final = 96.0
"""Pixels in an inch, the largest unit of length in SVG."""


def zoom_for(svg: str, zoom: float) -> float:
    """Return the given zoom, or a smaller one if the picture would have too many pixels."""
    return zoom * min(1.0, math.sqrt(_PIXELS / _pixels_of(svg, zoom)))


def _pixels_of(svg: str, zoom: float) -> float:
    """Return the most pixels that a drawing can have, whatever unit its size has."""
    root = drawings.root_of(svg.encode())
    sides = [100.0, 100.0]  # resvg's default size
    for length in (root.get("width", ""), root.get("height", "")):
        if (match := _LENGTH_IN.fullmatch(length)) and _is_number(match[1]):
            sides.append(float(match[1]) * (1.0 if match[2] in ("", "px") else _LARGEST_UNIT))
    sides += [
        float(each)
        for each in re.split(r"[\s,]+", root.get("viewbox", "").strip())[2:]
        if _is_number(each)
    ]
    return math.prod(sorted(map(abs, sides))[-2:]) * zoom * zoom


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


class FontsFailed(Exception):
    """Drawing with a project's own fonts failed, or took more time or memory than is allowed."""


class BadDrawing(ValueError):
    """A drawing that names a file, has content that is not allowed, or cannot be drawn."""

    def __init__(self, at: int, faults: Sequence[str]) -> None:
        """``at`` is the index of its job; ``faults`` say what is wrong with it."""
        super().__init__(faults[0])
        self.at, self.faults = at, faults


def pngs(
    jobs: Sequence[Job], cores: int | None = None, fonts: Sequence[FontFile] = ()
) -> list[bytes]:
    """Return the pictures as PNG, in the order of the jobs.

    ``cores`` is how many cores to use, by default all. ``fonts`` are the project's own. With one
    core or few pictures, and no such fonts, all are drawn in this process.

    Raises:
        BadDrawing: A drawing may not be drawn. All are checked before any is drawn, because resvg
            would read any file of this machine that a drawing names. It is also raised if a
            drawing cannot be drawn in this process.
        FontsFailed: Drawing with a project's own fonts failed, or took too much time or memory.
        MachineFailed: A worker could not do its share, or a font has changed since it was read.
    """
    for at, (svg, _) in enumerate(jobs):
        faults = drawings.svg_faults(svg.encode())
        if not faults and _PICTURE.search(svg):
            faults = ["it holds a picture, and a small file of one can take all memory to be drawn"]
        if faults:
            raise BadDrawing(at, faults)
    jobs = [(svg, zoom_for(svg, zoom)) for svg, zoom in jobs]
    workers = min(cores or _cores(), len(jobs) // _SHARE)
    if workers < 2 and not fonts:
        return [_draw_here(at, *job) for at, job in enumerate(jobs)]
    workers = max(workers, 1)
    with ThreadPoolExecutor(workers) as waiting:
        drawn = list(
            waiting.map(
                partial(_elsewhere, fonts=fonts), [jobs[first::workers] for first in range(workers)]
            )
        )
    return [drawn[index % workers][index // workers] for index in range(len(jobs))]


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _draw_here(at: int, svg: str, zoom: float) -> bytes:
    try:
        return _draw(svg, zoom)
    except ValueError as error:  # for example, a size that is not valid
        raise BadDrawing(at, [f"it cannot be drawn: {error}"]) from error


def can_draw(svg: str, font: FontFile) -> bool:
    """Return whether a project's font can draw a drawing, and makes it differ from one without."""
    try:
        return _elsewhere([(svg, 1.0)], [font], _TRIAL) != [_draw(svg, 1.0)]
    except (MachineFailed, FontsFailed):
        return False


def _elsewhere(
    share: Sequence[Job], fonts: Sequence[FontFile], seconds: float | None = None
) -> list[bytes]:
    """Return the pictures of a share, drawn by a worker in at most ``seconds``."""
    try:
        with programs.empty_folder() as home:
            told = json.dumps(
                [share, [_copied(font, home / str(index)) for index, font in enumerate(fonts)]]
            ).encode()
            command = [sys.executable, "-P", "-m", __name__]
            env = programs.python_environment(home)
            done = programs.run(command, home, env, given=told, timeout=seconds)
            if fonts and done.returncode:
                raise FontsFailed(f"the process that draws them ended with {done.returncode}")
            done.check_returncode()
    except subprocess.TimeoutExpired as error:
        raise FontsFailed(f"they were not drawn in {error.timeout:.0f} seconds") from error
    except (OSError, subprocess.SubprocessError) as error:
        why = "there may be too little memory" + (
            ", or a font in fonts/ may be broken" if fonts else ""
        )
        raise MachineFailed(f"pictures could not be drawn: {error}; {why}") from error
    found, rest = [], memoryview(done.stdout)
    while rest:
        end = _LENGTH + int.from_bytes(rest[:_LENGTH], "big")
        found.append(bytes(rest[_LENGTH:end]))
        rest = rest[end:]
    return found


def _copied(font: FontFile, to: Path) -> str:
    """Copy a font to ``to``, where nobody else can change it, and return the copy's path.

    The font is checked, and then read again from the copy.
    """
    path, held = font
    data = plain_bytes(Path(path), MOST_FONT_BYTES)
    if hashlib.sha256(data).hexdigest() != held:
        raise MachineFailed(f"'{path}' was changed while it was used; build again")
    copy = to.with_suffix(Path(path).suffix)
    disk.update_tree(copy.parent, {copy.name: data})
    return str(copy)


def _work(share: IO[bytes], out: IO[bytes]) -> None:
    """Run a worker: draw a share of the pictures."""
    jobs, fonts = json.load(share)
    for svg, zoom in jobs:
        if fonts:
            _bound()
        data = _draw(svg, zoom, fonts)
        out.write(len(data).to_bytes(_LENGTH, "big") + data)
        out.flush()


def _bound() -> None:
    """Limit processor time and memory of this process for the next picture, if the system can."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    until = math.ceil(used.ru_utime + used.ru_stime) + _PROCESSOR_SECONDS
    resource.setrlimit(
        resource.RLIMIT_CPU, (until if most == resource.RLIM_INFINITY else min(until, most), most)
    )
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(
        resource.RLIMIT_DATA,
        (_MEMORY if most == resource.RLIM_INFINITY else min(_MEMORY, most), most),
    )


@cache
def font_files() -> tuple[str, ...]:
    """Return the paths of the generator's fonts; the first is the one for plain text."""
    return tuple(str(resources.files(package) / "files" / name) for package, name in _FONTS)


def _draw(svg: str, zoom: float, fonts: Sequence[str] = ()) -> bytes:
    files = [*font_files(), *fonts]
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=zoom,
        skip_system_fonts=True,
        font_files=files,
        font_family="Source Sans Pro",
        resources_dir=os.devnull,  # this is not a folder, so no relative path leads to a file
    )
    return bytes(drawn)


if __name__ == "__main__":
    _work(sys.stdin.buffer, sys.stdout.buffer)
