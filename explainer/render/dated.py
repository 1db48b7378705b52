"""The days that a page gives for itself to machines: all of them written in the seeds, none taken from a clock.

- It was published on the day that its author wrote into its head (``published``), or on which its chart was first released. Where
  neither is written, it is dated by what it shows: by the newest day for which one of its facts and series was checked (``as_of``).
- It was modified on the newest of those days and of the corrections that are about it.
- A page that shows nothing dated has no day of publication; it was modified when the seeds were last, by the newest day in them.

A month or a year stands for its last day, as in the feeds. References to a page are dated by the same days: see ``Dates.cited``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from explainer.common.typed_json import stored
from explainer.model.dates import Edtf
from explainer.model.ledger import About, Holder
from explainer.render.context import Context


@stored
@dataclass(frozen=True)
class Dates:
    """The days on which a page was first published and last modified, ISO 8601; empty where nothing says."""

    published: str = ""
    modified: str = ""

    @property
    def cited(self) -> str:
        """The day by which the page is cited: that of its publication; where it has none, of its last change."""
        return self.published or self.modified


UNDATED: Final = Dates()
"""Of a page that says none."""


def dates_of(context: Context, path: str, holders: Iterable[Holder], days: Iterable[str] = (), first: str = "") -> Dates:
    """The days of a page.

    Args:
        context: What the page is made with.
        path: Of the page, below the site's root, without a stroke at its end.
        holders: The facts and series that it shows.
        days: Other days that are written for what it shows, ISO 8601.
        first: The day of its publication, ISO 8601, where that is written.
    """
    shown = {holder.id: holder for holder in holders}
    newest = max([*(day_of(holder.as_of) for holder in shown.values()), *days], default="")
    modified = max(first, newest, *_corrected(context, path, shown))
    return Dates(first or newest, modified or day_of(context.ledger.newest_date))


def dates_of_holder(context: Context, holder: Holder) -> Dates:
    """The days of the page of a fact or series."""
    return dates_of(context, f"facts/{holder.id}", [holder])


def dates_of_chart(context: Context, name: str) -> Dates:
    """The days of a chart's page; it was published when the chart was first released, if that was done."""
    series = [context.ledger.holders[each] for each in context.ledger.charts[name].series]
    released = [edition.date for edition in context.editions.get(name, ())]
    return dates_of(context, f"charts/{name}", series, released, min(released, default=""))


def day_of(date: Edtf | None) -> str:
    """The last day of a date, ISO 8601; empty where it has no year."""
    return date.last.isoformat() if date and date.last else ""


def _corrected(context: Context, path: str, shown: Collection[str]) -> set[str]:
    """The days of the corrections of a page, of its chart, or of what it shows."""
    about: list[About] = [*(("fact", name) for name in shown), ("page", path)]
    about += [("chart", path.removeprefix("charts/"))] if path.startswith("charts/") else []
    return {day_of(each.fixed) for each in context.ledger.corrections_about(about)}
