"""Gaps in a series: the periods for which it ought to have a point and has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from explainer.ledger import Entry
from explainer.records import Series
from explainer.values.dates import Edtf
from explainer.values.days import iso_year

_STEPS = {1, 2, 3, 6, 12}
"""Months between points that are spread evenly."""


@dataclass(frozen=True)
class Gaps:
    """What a series leaves out between its first point compared and its last."""

    missing: tuple[Edtf, ...] = ()
    """The starts of the missing periods: years for a yearly series, months otherwise."""
    even: bool = True
    """Whether points follow each other evenly; where they do not, nobody can say what is missing."""


def gaps_between(series: Series, points: Sequence[Entry]) -> Gaps:
    """What is missing between the first and the last of some points, given in the order of time."""
    starts = sorted({_month(entry) for entry in points})
    if len(starts) < 2:
        return Gaps()
    every = sorted({_month(Entry(series, point)) for point in series.points if point.period and point.period.first})
    step = min((b - a for a, b in pairwise(every)), default=0)
    steps = {b - a for a, b in pairwise(starts)}
    if series.x != "period" or step not in _STEPS or any(each % step for each in steps):
        return Gaps(even=False)
    missing = [month for a, b in pairwise(starts) for month in range(a + step, b, step)]
    return Gaps(tuple(_period(month, step) for month in missing))


def _month(entry: Entry) -> int:
    date = entry.claim.period or entry.claim.date or entry.claim.said_on
    return date.first.year * 12 + date.first.month - 1 if date and date.first else 0


def _period(month: int, step: int) -> Edtf:
    year, rest = divmod(month, 12)
    return Edtf.parse(iso_year(year) if step == 12 else f"{iso_year(year)}-{rest + 1:02d}")
