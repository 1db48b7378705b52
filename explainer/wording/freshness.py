"""How current something is: the day it was checked and the day it is to be looked at again.

Both days are true for ever, so every page prints them. Whether the review is overdue depends on the day that is taken for
today, which is an option of the build and never the machine's clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from explainer.ledger import Holder, Ledger
from explainer.values.dates import Edtf
from explainer.wording import Wording


@dataclass(frozen=True)
class Freshness:
    """The day something is good for, and the day its review is due."""

    as_of: Edtf
    review_by: Edtf

    @classmethod
    def of(cls, holders: Iterable[Holder]) -> Self | None:
        """What holds for several facts and series together: the earliest of each day. ``None`` for none."""
        each = list(holders)
        if not each:
            return None
        return cls(min((h.as_of for h in each), key=_last), min((h.review_by for h in each), key=_last))

    def is_overdue(self, today: str) -> bool:
        """Whether the review was due before ``today``, an ISO date."""
        return self.review_by.last is not None and self.review_by.last < dt.date.fromisoformat(today)

    def sentence(self, wording: Wording) -> str:
        """True for ever: "Checked on 8 July 2025, next review due 31 December 2026."."""
        day = self.as_of.first is not None and self.as_of.first == self.as_of.last
        return wording.say("checked" if day else "checked_month", day=wording.date(self.as_of), due=wording.date(self.review_by))

    def overdue_sentence(self, wording: Wording, today: str) -> str:
        """What is added once the review is overdue; empty before. It names the day it was judged by."""
        if not self.is_overdue(today):
            return ""
        return wording.say("overdue", day=wording.day(dt.date.fromisoformat(today)))


@dataclass(frozen=True)
class FreshView:
    """What is printed of how current something is."""

    said: str
    overdue: str


def in_words(fresh: Freshness, wording: Wording, today: str) -> FreshView:
    """Both sentences; the second is empty while the review is not overdue."""
    return FreshView(fresh.sentence(wording), fresh.overdue_sentence(wording, today))


def overdue(ledger: Ledger, today: str) -> list[str]:
    """A line for each fact and series whose review was due before ``today``, an ISO date."""
    late = [holder for holder in ledger.holders.values() if Freshness(holder.as_of, holder.review_by).is_overdue(today)]
    return [f"{each.place('review_by')}: the review of '{each.id}' was due on {each.review_by}, and today is {today}" for each in late]


def _last(date: Edtf) -> dt.date:
    """Where it stands among other days; one whose year is unknown comes last."""
    return date.last or dt.date.max
