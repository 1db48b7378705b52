"""Only draws charts: ``python -m bench._drawing PROJECT svg|png COUNT [KEPT]``.

It reads the project and draws its charts again and again until there are COUNT: as SVG in both
widths, or as PNG posters at double resolution. Pictures are cached in the folder KEPT as in a
build. It prints how many had to be drawn.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from explainer.common.problems import Problems
from explainer.incremental.cache import Cache, CachedBytes
from explainer.options import Options
from explainer.project import Project
from explainer.render import charts, pages
from explainer.render.context import Context
from explainer.render.pictures import Picture, Pictures


class _Counting(Cache):
    """A cache that counts what had to be made."""

    made = 0

    def batch(
        self,
        what: str,
        made_from: Sequence[object],
        make: Callable[[Sequence[int]], Iterable[bytes]],
    ) -> list[CachedBytes]:
        """Return the cached files, and make and count the missing ones."""

        def making(missing: Sequence[int]) -> Iterable[bytes]:
            self.made += len(missing)
            return make(missing)

        return super().batch(what, made_from, making)


def main(folder: str, form: str, count: str, kept: str = "") -> int:
    """Draw the charts, and return how many pictures were drawn and not taken from the cache."""
    problems = Problems()
    project = Project.read(Options(project=Path(folder), output=Path(folder) / "site"), problems)
    context = pages.context_of(project, Cache(), problems)
    problems.stop()
    return svgs(context, int(count)) if form == "svg" else pngs(context, int(count), Path(kept))


def svgs(context: Context, count: int) -> int:
    """Draw charts in both widths as on a page, without a cache, and return their number."""
    for table in islice(cycle(context.tables.values()), count):
        for drawing in charts.draw(table, context.wording).values():
            charts.svg(context.templates, table, drawing, "../../")
    return count


def pngs(context: Context, count: int, kept: Path) -> int:
    """Make posters that all differ, and return how many had to be drawn."""
    kept.mkdir(exist_ok=True)
    with _Counting.at(kept) as cache:
        pictures = Pictures(context.templates, context.site_name, cache)
        wanted = {}
        for index, table in enumerate(islice(cycle(context.tables.values()), count)):
            drawing = charts.draw(table, context.wording)["wide"]
            wanted[str(index)] = Picture.of(
                pictures.poster(replace(table, subtitle=f"{table.subtitle} ({index})"), drawing),
                2.0,
            )
        pictures.pngs(wanted)
        return cache.made


if __name__ == "__main__":
    sys.stdout.write(f"{main(*sys.argv[1:])}\n")
