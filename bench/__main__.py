"""Measures the given topics, or all, and writes their tables: ``python -m bench [TOPIC …]``."""

from __future__ import annotations

import datetime as dt
import importlib
import os
import pkgutil
import platform
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import bench
from bench import Figure, number
from bench.measure import ROOT

_TABLE = ROOT / "docs" / "benchmarks.md"
_MET = {True: "met", False: "**missed**", None: ""}


def topics() -> dict[str, ModuleType]:
    """Return all modules that have figures, by name."""
    names = sorted(
        module.name
        for module in pkgutil.iter_modules(bench.__path__)
        if not module.name.startswith("_")
    )
    found = {name: importlib.import_module(f"bench.{name}") for name in names}
    return {name: module for name, module in found.items() if hasattr(module, "figures")}


def main(wanted: Sequence[str]) -> int:
    """Measure the topics and write their tables. Returns the exit code.

    1 means that a goal was missed, 2 that a topic is unknown.
    """
    known = topics()
    if unknown := [name for name in wanted if name not in known]:
        sys.stderr.write(f"There is no topic {', '.join(unknown)}; there are: {', '.join(known)}\n")
        return 2
    missed = False
    for name in wanted or known:
        sys.stdout.write(f"{name}\n")
        found: list[Figure] = []
        with tempfile.TemporaryDirectory(prefix=f"bench-{name}-") as scratch:
            for figure in known[name].figures(Path(scratch)):
                sys.stdout.write(f"  {' · '.join(filter(None, _cells(figure)))}\n")
                sys.stdout.flush()
                found.append(figure)
        missed = missed or any(figure.met is False for figure in found)
        title = (known[name].__doc__ or name).splitlines()[0]
        _TABLE.write_text(
            _replaced(_TABLE.read_text(encoding="utf-8"), name, title, _table(name, found)),
            encoding="utf-8",
        )
    return int(missed)


def _cells(figure: Figure) -> list[str]:
    ratio = "" if figure.ratio is None else f"{number(figure.ratio)}x"
    return [
        figure.name,
        f"{number(figure.value)} {figure.unit}",
        figure.peer,
        ratio,
        figure.goal,
        _MET[figure.met],
    ]


def _table(topic: str, figures: list[Figure]) -> str:
    heads = ["measured", "ours", "held beside", "ours ÷ theirs", "goal", ""]
    rows = [heads, ["---"] * len(heads), *map(_cells, figures)]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return (
        f"{dt.datetime.now(dt.UTC).date().isoformat()}, {_machine()}. `make bench"
        f" TOPIC={topic}`\n\n{lines}"
    )


def _machine() -> str:
    """Return the processor, the number of usable cores, the system and the Python version."""
    info = Path("/proc/cpuinfo")
    named = (
        re.search(r"model name\s*: (.+)", info.read_text(encoding="utf-8"))
        if info.is_file()
        else None
    )
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    processor = named.group(1) if named else platform.machine()
    return f"{processor}, {cores} cores, {platform.system()}, Python {platform.python_version()}"


def _replaced(text: str, topic: str, title: str, table: str) -> str:
    """Return the page with a topic's table replaced.

    If the page has no table of the topic, it is added at the end, with a heading.
    """
    begin, end = f"<!-- bench:{topic} -->", f"<!-- /bench:{topic} -->"
    block = f"{begin}\n{table}\n{end}"
    if begin in text and end in text:
        return text[: text.index(begin)] + block + text[text.index(end) + len(end) :]
    return f"{text.rstrip()}\n\n## {title.rstrip('.')}\n\n{block}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
