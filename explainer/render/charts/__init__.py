"""Charts: one kind a module in ``kinds``, each with a static and an interactive drawing of one table."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any, Final, Protocol

from markupsafe import Markup

from explainer.publish.tables import Row, Table
from explainer.publish.templates import Templates
from explainer.publish.wording import Wording
from explainer.render.charts import kinds
from explainer.render.charts.shapes import PEN, Drawing

# That a kind of chart cannot show some data.


@dataclass(frozen=True)
class Misfit:
    """Why a kind of chart cannot show a table, and what to do about it."""

    message: str
    hint: str


def loose_season(rows: Iterable[Row]) -> Misfit | None:
    """Why an axis of time cannot show a season whose months nobody says beside others of those days; ``None`` where there is none."""
    for one, other in permutations(rows, 2):
        if not one.is_loose or one.on_axis == other.on_axis or not (one.start and one.end and other.start and other.end):
            continue
        same = other.is_loose and one.on_axis[0] == other.on_axis[0]  # the same season of two years
        if not same and one.start <= other.end and other.start <= one.end:
            message = f"'{one.claim.anchor}' ({one.label}) may lie before or after '{other.claim.anchor}' ({other.label})"
            return Misfit(message, "write the months ('2024-06/2024-08'), or draw 'dots' or 'ranges', which say the season of each")
    return None


# Charts: one kind a module below ``kinds``, each with a static and an interactive drawing of one
# table.


class Kind(Protocol):
    """What a kind's module offers."""

    def draw(self, table: Table, wording: Wording, width: int) -> Drawing:
        """The static drawing at a width, in pixels."""

    def misfit(self, table: Table) -> Misfit | None:
        """Why this kind cannot show a table; ``None`` where it can."""

    def figure(self, table: Table, wording: Wording) -> dict[str, Any]:
        """The interactive drawing: ``data`` and ``layout`` as Plotly reads them; ``whole`` names an axis that has whole ticks alone.

        ``narrow`` has, for a phone, the axis of names that stand above their lines. A line feed in a label begins another line.
        Each mark has the claim's name among its trace's ``ids``.
        """


def _found() -> dict[str, Any]:
    names = sorted(module.name for module in pkgutil.iter_modules(kinds.__path__))
    return {name: importlib.import_module(f"{kinds.__name__}.{name}") for name in names}


KINDS: Final[dict[str, Any]] = _found()
"""Every kind of chart by the id that authors write. A new kind is one new file."""

WIDTHS: Final = {"narrow": 340, "wide": 720}
"""Each chart is drawn twice, for a phone and for a desk; the stylesheet shows one."""


def draw(table: Table, wording: Wording) -> dict[str, Drawing]:
    """Both static drawings by width's name."""
    return {name: KINDS[table.kind].draw(table, wording, width) for name, width in WIDTHS.items()}


def svg(templates: Templates, table: Table, drawing: Drawing, root: str, *, beside_host: bool = False) -> Markup:
    """A drawing as SVG. ``root`` is the way up to the site's root, for the links on marks.

    With ``beside_host`` these open in a window of their own: a link of a drawing does not ask ``<base>`` where to open.
    """
    return templates.markup("charts/drawing.svg.j2", drawing=drawing, table=table, root=root, pen=PEN, beside_host=beside_host)


def faults(table: Table, wording: Wording) -> Iterator[str]:
    """What is wrong with a chart's drawings, at either width."""
    for name, drawing in draw(table, wording).items():
        for fault in drawing.faults():
            yield f"{fault} in the {name} drawing"
