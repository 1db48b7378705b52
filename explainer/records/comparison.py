"""A comparison: what points of series, or two claims, say of each other, worked out from them and never typed in."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from explainer.records.base import UNENDED, Amount, BoundedDate, Date, Record

How = Literal[
    "largest-since", "smallest-since", "largest-rank", "smallest-rank", "earliest-rank", "count",
    "share", "change", "ratio", "years-between",
]  # fmt: skip
Over = Literal["region", "basis", "speaker", "definition", "group", "label"]
"""What tells the points of a series at one time apart: the region, what was averaged or summed, who says it, the counting rule, the
side, the label (such as a sector)."""
OVER_SERIES = ("largest-since", "smallest-since", "largest-rank", "smallest-rank", "earliest-rank", "count")
ROUNDED = ("share", "change", "ratio")
"""Those whose result may have digits after the point."""
UNITS = {"share": "percent", "change": "percent", "years-between": "years"}
"""The units of those whose result has one."""
Ref = Annotated[str, UNENDED, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(:[a-z0-9]+(-[a-z0-9]+)*)?$", max_length=161)]


class Comparison(Record):
    """What is compared with what."""

    how: How
    """largest-since: the last earlier point with a larger value (smallest-since: a smaller one); largest-rank: its place among all
    points of its region and basis, or, with ``over``, among those of its time, the largest first; count: how many points lie above or
    below a value; share: ``of`` in percent of ``to``; change: from ``to`` to ``of``, in percent; ratio: how many times ``to`` is
    ``of``; years-between: from ``of`` to ``to``."""
    of: Ref
    """``series:point``; a series for a count; a fact or ``fact:claim`` for share, change, ratio and years-between."""
    to: Ref | None = None
    """What a share, change, ratio or span of years is worked out against."""
    over: Over | None = None
    """For a rank or a count over categories instead of time: the field in which the points compared differ. They are of one time."""
    at: Date | None = None
    """For a count over categories: the period to count at, where the series has several."""
    since: BoundedDate | None = None
    """Leave out earlier points."""
    above: Amount | None = None
    below: Amount | None = None
    """A plain number that a count counts above, or below."""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        over = self.how in OVER_SERIES
        if over == (self.to is not None):
            raise ValueError(f"'{self.how}' takes {'no' if over else 'a'} 'to'")
        if (self.how == "count") != ((self.above is None) != (self.below is None)):
            raise ValueError("a count, and nothing else, takes one of above and below")
        if over and (":" in self.of) == (self.how == "count"):
            raise ValueError("'of' names a series for a count, and a point (series:point) for a rank or a 'since'")
        if self.since is not None and not over:
            raise ValueError(f"'{self.how}' is over no series, and takes no 'since'")
        self._check_over()
        if self.of == self.to:
            raise ValueError("'of' and 'to' are the same")
        return self

    def _check_over(self) -> None:
        if self.over is not None and not (self.how.endswith("-rank") or self.how == "count"):
            raise ValueError(f"'{self.how}' takes no 'over'; a rank or a count does")
        if self.over is not None and self.since is not None:
            raise ValueError("with 'over', points of one time are compared, and 'since' has no meaning; take one of them out")
        if self.at is not None and (self.over is None or self.how != "count"):
            raise ValueError("'at' is for a count with 'over'; a rank is at the time of its point")
