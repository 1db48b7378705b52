"""Benchmarks, one module for each topic: ``make bench``, or ``make bench TOPIC=charts``.

A topic is a module ``bench/<topic>.py``. The first line of its docstring is the title of the topic,
and it has one function::

    def figures(scratch: Path) -> Iterator[Figure]: ...

``scratch`` is an empty folder, which is removed afterwards. The module is found by its name and
need not be registered. Its figures are printed one by one. Its table goes into
``docs/benchmarks.md`` between ``<!-- bench:<topic> -->`` and ``<!-- /bench:<topic> -->``, with the
date, the machine and the command.

Modules whose names begin with an underscore, and modules without ``figures``, are helpers:
``measure`` (times, memory, two ways in turns), ``loading`` (a page in Chromium on a slow phone),
``serving`` (files as static hosts serve them).

How to measure: figures are medians of at least five runs, unless the topic says otherwise. What is
compared runs in the same run, in turns. Processes are measured from start to end. A missed goal is
recorded as missed. No test depends on a clock; all timings are here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A measured figure. A ratio is our figure divided by that of the peer."""

    name: str
    """What was measured, such as "chart painted, slow 4G, 4x slower CPU"."""
    value: float
    unit: str
    """The unit: "s", "ms", "KB", "MB", or what is counted."""
    peer: str = ""
    """What it is compared with, and its figure, such as "Material with Plotly: 17.5 s"."""
    ratio: float | None = None
    goal: str = ""
    """The goal in words; empty if the figure has none."""
    met: bool | None = None
    """Whether the goal was met; ``None`` if there is none."""


def beside(
    name: str, value: float, unit: str, peer: str, theirs: float, *, at_most: float | None = None
) -> Figure:
    """Return a figure that is compared with a peer's in the same unit.

    ``at_most`` is the goal: the highest ratio of ours to theirs.
    """
    ratio = value / theirs
    told = f"{peer}: {number(theirs)} {unit}"
    if at_most is None:
        return Figure(name, value, unit, told, ratio)
    return Figure(name, value, unit, told, ratio, f"at most {number(at_most)}x", ratio <= at_most)


def under(name: str, value: float, unit: str, limit: float) -> Figure:
    """Return a figure that has an upper limit in its own unit."""
    return Figure(name, value, unit, goal=f"at most {number(limit)} {unit}", met=value <= limit)


def number(value: float) -> str:
    """Return a number as text with three significant digits.

    All digits before the point are kept.
    """
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
