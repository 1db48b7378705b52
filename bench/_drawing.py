"""A process that does nothing but draw: ``python -m bench._drawing PROJECT svg|png COUNT [KEPT]``.

It reads the project, and draws its charts in turn until there are COUNT: as SVG, both drawings of each, or as PNG posters at 2x.
Pictures are kept in the folder KEPT as a build keeps them; how many had to be drawn is printed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from explainer import charts, disk, pages
from explainer.context import Context
from explainer.options import Options
from explainer.pictures import Keep, Pictures
from explainer.problems import Problems
from explainer.project import Project


def main(folder: str, form: str, count: str, kept: str = "") -> int:
    """Draw; returns how many pictures were drawn rather than kept."""
    problems = Problems()
    project = Project.read(Options(project=Path(folder), output=Path(folder) / "site"), problems)
    context = pages.context_of(project, problems)
    problems.stop()
    return svgs(context, int(count)) if form == "svg" else pngs(context, int(count), disk.keeper(Path(kept)))


def svgs(context: Context, count: int) -> int:
    """Both drawings of so many charts, as they stand in a page."""
    for table in islice(cycle(context.tables.values()), count):
        context.drawings(table, "../../")
    return count


def pngs(context: Context, count: int, keep: Keep) -> int:
    """So many posters, no two alike; how many of them were drawn."""
    drawn: list[str] = []

    def counted(key: str, make: Callable[[], bytes]) -> bytes:
        def making() -> bytes:
            drawn.append(key)
            return make()

        return keep(key, making)

    pictures = Pictures(context.templates, context.site_name, counted)
    for index, table in enumerate(islice(cycle(context.tables.values()), count)):
        drawing = charts.draw(table, context.wording)["wide"]
        pictures.png(pictures.poster(replace(table, subtitle=f"{table.subtitle} ({index})"), drawing), 2.0)
    return len(drawn)


if __name__ == "__main__":
    sys.stdout.write(f"{main(*sys.argv[1:])}\n")
