"""Ten thousand facts: a thousand charts and five hundred pages, cold, warm, and with one fact changed.

Everything is run once: a cold build alone takes a quarter of an hour. Beside it stands bare MkDocs on the very Markdown that the build
made, in the same run, and the drawing of its pictures alone. "Work" is a processor's time, the engine's included.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench import Figure
from bench._sizes import cold_alone, growth, sized
from bench.projects import SIZES


def figures(scratch: Path) -> Iterator[Figure]:
    """The largest size, and how its cold build has grown from that of a tenth."""
    _, thousand, most = SIZES
    one = cold_alone(scratch, thousand)
    other = yield from sized(scratch, most, 1)
    yield growth(thousand, one, most, other)
