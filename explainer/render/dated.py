"""The dates of pages: when each was published and last modified.

All dates are written in the seeds; none is taken from a clock.

- A page was published on the day in its front matter (``published``), or when its chart was first
  released. If there is neither, it is the newest ``as_of`` of the facts and series on the page.
- It was modified on the newest of those days and of the corrections that are about it.
- A page that shows nothing with a date has no day of publication. It was modified on the newest
  day in the seeds.

A month or a year counts as its last day, as in the feeds. References to a page use the same dates:
see ``Dates.cited``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from explainer.common.typed_json import register_dataclass
from explainer.model.dates import Edtf
from explainer.model.ledger import About, Holder
from explainer.render.context import Context


@register_dataclass
@dataclass(frozen=True)
class Dates:
    """The days on which a page was published and modified, as ISO 8601; empty if unknown."""

    published: str = ""
    modified: str = ""

    @property
    def cited(self) -> str:
        """The day used in citations: the day of publication, or else of the last change."""
        return self.published or self.modified


UNDATED: Final = Dates()
"""The dates of a page that has none."""


def dates_of(
    context: Context,
    path: str,
    holders: Iterable[Holder],
    days: Iterable[str] = (),
    first: str = "",
) -> Dates:
    """Return the dates of a page.

    Args:
        context: The context of the site's pages.
        path: The path of the page below the site's root, without a slash at its end.
        holders: The facts and series that it shows.
        days: Other days that belong to what it shows, as ISO 8601.
        first: The day of its publication as ISO 8601; empty if there is none.
    """
    shown = {holder.id: holder for holder in holders}
    newest = max([*(day_of(holder.as_of) for holder in shown.values()), *days], default="")
    modified = max(first, newest, *_corrected(context, path, shown))
    return Dates(first or newest, modified or day_of(context.ledger.newest_date))


def dates_of_holder(context: Context, holder: Holder) -> Dates:
    """Return the dates of the page of a fact or series."""
    return dates_of(context, f"facts/{holder.id}", [holder])


def dates_of_chart(context: Context, name: str) -> Dates:
    """Return the dates of a chart's page. It was published when the chart was first released."""
    series = [context.ledger.holders[each] for each in context.ledger.charts[name].series]
    released = [edition.date for edition in context.editions.get(name, ())]
    return dates_of(context, f"charts/{name}", series, released, min(released, default=""))


def day_of(date: Edtf | None) -> str:
    """Return the last day of a date as ISO 8601, or an empty string if the date has no year."""
    return date.last.isoformat() if date and date.last else ""


def _corrected(context: Context, path: str, shown: Collection[str]) -> set[str]:
    """Return the days of the corrections of a page, its chart, or the facts and series on it."""
    about: list[About] = [*(("fact", name) for name in shown), ("page", path)]
    about += [("chart", path.removeprefix("charts/"))] if path.startswith("charts/") else []
    return {day_of(each.fixed) for each in context.ledger.corrections_about(about)}
