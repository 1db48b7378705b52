"""Ten thousand facts: a thousand charts, five hundred pages, cold, warm, with one fact changed.

Everything is run once, because a cold build takes a quarter of an hour. It is compared with bare
MkDocs on the Markdown that the build made, and with the drawing of its pictures, in the same run.
"Work" is processor time, including the engine's.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench import Figure
from bench._sizes import cold_alone, growth, sized
from bench.projects import SIZES


def figures(scratch: Path) -> Iterator[Figure]:
    """Yield the figures of the largest size, then its growth from a tenth of the facts."""
    _, thousand, most = SIZES
    one = cold_alone(scratch, thousand)
    other = yield from sized(scratch, most, 1)
    yield growth(thousand, one, most, other)
