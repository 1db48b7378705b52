"""What is measured, one module a topic: ``make bench``, or ``make bench TOPIC=charts``.

A topic is a module ``bench/<topic>.py`` whose docstring's first line is the topic's title and which offers one function::

    def figures(scratch: Path) -> Iterator[Figure]:
        \"\"\"Measure; ``scratch`` is an empty folder that is taken away afterwards.\"\"\"

It is found by its name; nothing has to be registered. Its figures are printed as they come, and its table is written to
``docs/benchmarks.md`` between ``<!-- bench:<topic> -->`` and ``<!-- /bench:<topic> -->``, with the date, the machine and the
command. A module whose name begins with an underscore, or that offers no ``figures``, is a helper: ``measure`` (times, memory,
two ways in turns), ``loading`` (a page in Chromium on a slow phone), ``serving`` (files as static hosts serve them).

Honest figures: medians of at least five; what is compared runs in the same run, in turns; whole processes are measured whole.
A figure that misses its goal is written down as missed. No test reads a clock: timings stand here alone.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure. A ratio says how ours stands to the peer's: ours divided by theirs."""

    name: str
    """What was measured: "chart painted, slow 4G, 4x slower CPU"."""
    value: float
    unit: str
    """"s", "ms", "KB", "MB", or what is counted."""
    peer: str = ""
    """What it is held beside, with its own figure: "Material with Plotly: 17.5 s"."""
    ratio: float | None = None
    goal: str = ""
    """The goal in words; empty where the figure has none."""
    met: bool | None = None
    """Whether the goal was met; ``None`` where there is none."""


def beside(name: str, value: float, unit: str, peer: str, theirs: float, *, at_most: float | None = None) -> Figure:
    """A figure held beside a peer's in the same unit; ``at_most`` is the goal for ours divided by theirs."""
    ratio = value / theirs
    told = f"{peer}: {number(theirs)} {unit}"
    if at_most is None:
        return Figure(name, value, unit, told, ratio)
    return Figure(name, value, unit, told, ratio, f"at most {number(at_most)}x", ratio <= at_most)


def under(name: str, value: float, unit: str, limit: float) -> Figure:
    """A figure that has an upper limit in its own unit."""
    return Figure(name, value, unit, goal=f"at most {number(limit)} {unit}", met=value <= limit)


def number(value: float) -> str:
    """A number with as many digits as a reader can use: three, and no fewer than stand before the point."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
