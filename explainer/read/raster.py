"""SVG to PNG on every core: resvg lets nothing run beside it in its own process, so many pictures are shared out among several.

A worker is this module run as a program; it reads its share from its input and writes each picture as soon as it is drawn, so
that it ends with the next picture when the build that waits for it is stopped. The fonts are those of two packages and a project's own,
never the machine's, so that pictures are the same on every machine, whoever draws them. A project's fonts are a stranger's files, and are
opened by workers alone.
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
"""An SVG, and how many pixels each of its own becomes."""
FontFile = tuple[str, str]
"""A font of a project's: where it lies, and the SHA-256 of what it held when it was read."""
_FONTS: Final = (
    ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    ("font_source_sans_pro", "SourceSansPro-Bold.ttf"),
    ("font_source_serif_pro", "SourceSerifPro-Bold.ttf"),
)
MOST_FONT_BYTES: Final = 32_000_000
"""How large a font of a project's may be."""
_SHARE: Final = 8
"""The fewest pictures for which it pays to start another process."""
_TRIAL: Final = 60.0
"""How many seconds a font may take to draw one letter."""
_PROCESSOR_SECONDS: Final = 5
"""For so long a processor may work on one picture that is drawn with fonts of a project's, which say in programs of their own how their
letters are drawn."""
_MEMORY: Final = 512_000_000
"""How many bytes a process may take that draws with them."""
_LENGTH: Final = 8
"""How many bytes say how long a picture is."""


_PIXELS: Final = 60_000_000
"""No picture has more, since each takes four bytes of memory: a larger one is drawn smaller."""
_PICTURE: Final = re.compile(r"<(?:\w+:)?(?:fe)?image\b", re.IGNORECASE)
"""Our own drawings hold none; a project's template could put one in, as a ``data:`` address."""
_LENGTH_IN: Final = re.compile(r"\s*+([-+]?[\d.]++(?:[eE][-+]?\d++)?)\s*+([a-zA-Z]*+)\s*+")
_LARGEST_UNIT: Final = 96.0
"""Pixels of an inch, the largest unit of length that SVG has."""


def zoom_for(svg: str, zoom: float) -> float:
    """How many pixels each of a drawing's own becomes, so that the picture has no more than any may have."""
    return zoom * min(1.0, math.sqrt(_PIXELS / _pixels_of(svg, zoom)))


def _pixels_of(svg: str, zoom: float) -> float:
    """How many pixels a drawing has at most, whatever it says its size in."""
    root = drawings.root_of(svg.encode())
    sides = [100.0, 100.0]  # resvg's own size, where none is said
    for length in (root.get("width", ""), root.get("height", "")):
        if (match := _LENGTH_IN.fullmatch(length)) and _is_number(match[1]):
            sides.append(float(match[1]) * (1.0 if match[2] in ("", "px") else _LARGEST_UNIT))
    sides += [float(each) for each in re.split(r"[\s,]+", root.get("viewbox", "").strip())[2:] if _is_number(each)]
    return math.prod(sorted(map(abs, sides))[-2:]) * zoom * zoom


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


class FontsFailed(Exception):
    """Pictures that could not be drawn with a project's own fonts, in bounds within which they are drawn without them."""


class BadDrawing(ValueError):
    """A drawing that names a file, or holds what no drawing of a site may hold."""

    def __init__(self, at: int, faults: Sequence[str]) -> None:
        """``at`` is its number among the jobs; ``faults`` say what it holds."""
        super().__init__(faults[0])
        self.at, self.faults = at, faults


def pngs(jobs: Sequence[Job], cores: int | None = None, fonts: Sequence[FontFile] = ()) -> list[bytes]:
    """The pictures in the order of the jobs. ``cores`` is how many to use, by default all; ``fonts`` are a project's own.

    With one core and no such fonts, all are drawn in this process. Raises ``MachineFailed`` where a worker could not do its share
    or a font is not what it was when it was read,
    ``FontsFailed`` where it took too much with a project's own fonts,
    and ``BadDrawing`` before anything is drawn: resvg would read any file of this machine that a drawing names.
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
        drawn = list(waiting.map(partial(_elsewhere, fonts=fonts), [jobs[first::workers] for first in range(workers)]))
    return [drawn[index % workers][index // workers] for index in range(len(jobs))]


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _draw_here(at: int, svg: str, zoom: float) -> bytes:
    try:
        return _draw(svg, zoom)
    except ValueError as error:  # such as a size that is no size
        raise BadDrawing(at, [f"it cannot be drawn: {error}"]) from error


def can_draw(svg: str, font: FontFile) -> bool:
    """Whether a drawing comes out, and otherwise with a project's font than without it."""
    try:
        return _elsewhere([(svg, 1.0)], [font], _TRIAL) != [_draw(svg, 1.0)]
    except (MachineFailed, FontsFailed):
        return False


def _elsewhere(share: Sequence[Job], fonts: Sequence[FontFile], seconds: float | None = None) -> list[bytes]:
    """A share, drawn by a process of its own, in so many seconds at most."""
    try:
        with programs.empty_folder() as home:
            told = json.dumps([share, [_copied(font, home / str(index)) for index, font in enumerate(fonts)]]).encode()
            command = [sys.executable, "-P", "-m", __name__]
            env = programs.python_environment(home)
            done = programs.run(command, home, env, given=told, timeout=seconds)
            if fonts and done.returncode:
                raise FontsFailed(f"the process that draws them ended with {done.returncode}")
            done.check_returncode()
    except subprocess.TimeoutExpired as error:
        raise FontsFailed(f"they were not drawn in {error.timeout:.0f} seconds") from error
    except (OSError, subprocess.SubprocessError) as error:
        why = "there may be too little memory" + (", or a font in fonts/ may be broken" if fonts else "")
        raise MachineFailed(f"pictures could not be drawn: {error}; {why}") from error
    found, rest = [], memoryview(done.stdout)
    while rest:
        end = _LENGTH + int.from_bytes(rest[:_LENGTH], "big")
        found.append(bytes(rest[_LENGTH:end]))
        rest = rest[end:]
    return found


def _copied(font: FontFile, to: Path) -> str:
    """A copy of a font in a folder that nobody else can write to, for it is read there again; where it is."""
    path, held = font
    data = plain_bytes(Path(path), MOST_FONT_BYTES)
    if hashlib.sha256(data).hexdigest() != held:
        raise MachineFailed(f"'{path}' was changed while it was used; build again")
    copy = to.with_suffix(Path(path).suffix)
    disk.update_tree(copy.parent, {copy.name: data})
    return str(copy)


def _work(share: IO[bytes], out: IO[bytes]) -> None:
    """What a worker does."""
    jobs, fonts = json.load(share)
    for svg, zoom in jobs:
        if fonts:
            _bound()
        data = _draw(svg, zoom, fonts)
        out.write(len(data).to_bytes(_LENGTH, "big") + data)
        out.flush()


def _bound() -> None:
    """Bound what this process may take for the next picture, on systems that know how."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - other systems have none

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    until = math.ceil(used.ru_utime + used.ru_stime) + _PROCESSOR_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (until if most == resource.RLIM_INFINITY else min(until, most), most))
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY if most == resource.RLIM_INFINITY else min(_MEMORY, most), most))


@cache
def font_files() -> tuple[str, ...]:
    """Where the fonts lie that come with the generator; the first is the one for plain words."""
    return tuple(str(resources.files(package) / "files" / name) for package, name in _FONTS)


def _draw(svg: str, zoom: float, fonts: Sequence[str] = ()) -> bytes:
    files = [*font_files(), *fonts]
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg, zoom=zoom, skip_system_fonts=True, font_files=files, font_family="Source Sans Pro",
        resources_dir=os.devnull,  # no file can lie there, so no relative name leads to one
    )  # fmt: skip
    return bytes(drawn)


if __name__ == "__main__":
    _work(sys.stdin.buffer, sys.stdout.buffer)
