"""Scale: a hundred facts and a thousand, cold, warm, and with one fact changed.

Beside each cold build stands bare MkDocs on the very Markdown that the build made, in the same run, and the drawing of its pictures
alone. The small project is built five times, the larger three times. "Work" is a processor's time, the engine's included.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench import Figure
from bench._sizes import growth, sized
from bench.projects import SIZES


def figures(scratch: Path) -> Iterator[Figure]:
    """Both sizes in turn, then how the figures grow from one to the next."""
    hundred, thousand, _ = SIZES
    one = yield from sized(scratch, hundred, 5)
    other = yield from sized(scratch, thousand, 3)
    yield growth(hundred, one, thousand, other)
