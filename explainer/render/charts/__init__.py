"""Charts. Each module in ``kinds`` draws one kind, both as a static and an interactive chart."""

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


@dataclass(frozen=True)
class Unsuitable:
    """The reason why a kind of chart cannot show a table, and what the author can do."""

    message: str
    hint: str


def ambiguous_season(rows: Iterable[Row]) -> Unsuitable | None:
    """Return why a time axis cannot show a season, or ``None`` if it can show all seasons.

    A season is loose if no claim says in which months of its year it lies. Such a season may lie
    before or after another row whose dates overlap its own, so a time axis cannot order the two.
    """
    for one, other in permutations(rows, 2):
        if (
            not one.is_loose
            or one.on_axis == other.on_axis
            or not (one.start and one.end and other.start and other.end)
        ):
            continue
        same = other.is_loose and one.on_axis[0] == other.on_axis[0]  # the same season of two years
        if not same and one.start <= other.end and other.start <= one.end:
            message = (
                f"'{one.claim.anchor}' ({one.label}) may lie before or after '{other.claim.anchor}'"
                f" ({other.label})"
            )
            return Unsuitable(
                message,
                "write the months ('2024-06/2024-08'), or draw 'dots' or 'ranges', which say the"
                " season of each",
            )
    return None


class Kind(Protocol):
    """The functions that the module of a kind of chart must have."""

    def draw(self, table: Table, wording: Wording, width: int) -> Drawing:
        """Return the static drawing at a width in pixels."""

    def misfit(self, table: Table) -> Unsuitable | None:
        """Return why this kind cannot show a table, or ``None`` if it can."""

    def figure(self, table: Table, wording: Wording) -> dict[str, Any]:
        """Return the interactive drawing as a dict for Plotly, with ``data`` and ``layout``.

        Two more keys are optional: ``whole`` names the axis that has only whole ticks, and
        ``narrow`` has the axis for a phone, where the names are above their lines. A line feed in a
        label starts a new line. The ``ids`` of a trace hold the names of the claims that it draws.
        """


def _found() -> dict[str, Any]:
    names = sorted(module.name for module in pkgutil.iter_modules(kinds.__path__))
    return {name: importlib.import_module(f"{kinds.__name__}.{name}") for name in names}


KINDS: Final[dict[str, Any]] = _found()
"""The modules of all kinds of chart, by the id that authors write. A new file adds a kind."""

WIDTHS: Final = {"narrow": 340, "wide": 720}
"""The widths in pixels of a chart's two drawings, for a phone and for a desktop.

The stylesheet shows one of them.
"""


def draw(table: Table, wording: Wording) -> dict[str, Drawing]:
    """Return both static drawings of a table, by the name of their width (see ``WIDTHS``)."""
    return {name: KINDS[table.kind].draw(table, wording, width) for name, width in WIDTHS.items()}


def svg(
    templates: Templates, table: Table, drawing: Drawing, root: str, *, beside_host: bool = False
) -> Markup:
    """Return a drawing as SVG.

    ``root`` is the relative path to the site's root, which the links of the marks need. With
    ``beside_host`` these links open in a new window: links in SVG ignore the target of ``<base>``.
    """
    return templates.markup(
        "charts/drawing.svg.j2",
        drawing=drawing,
        table=table,
        root=root,
        pen=PEN,
        beside_host=beside_host,
    )


def faults(table: Table, wording: Wording) -> Iterator[str]:
    """Yield a message for each fault of a chart's drawings, at both widths."""
    for name, drawing in draw(table, wording).items():
        for fault in drawing.faults():
            yield f"{fault} in the {name} drawing"
