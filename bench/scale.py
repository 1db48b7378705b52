"""Scale: a hundred facts and a thousand, cold, warm, and with one fact changed.

Each cold build is compared with two other times of the same run: that of bare MkDocs on the
Markdown that the build made, and that of drawing its pictures. The small project is built five
times, the larger one three times. "Work" is processor time, including the engine's.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench import Figure
from bench._sizes import growth, sized
from bench.projects import SIZES


def figures(scratch: Path) -> Iterator[Figure]:
    """Yield the figures of both sizes, then how they grow from one to the other."""
    hundred, thousand, _ = SIZES
    one = yield from sized(scratch, hundred, 5)
    other = yield from sized(scratch, thousand, 3)
    yield growth(hundred, one, thousand, other)
