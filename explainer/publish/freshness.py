"""How current something is: the day it was checked and the day it is to be looked at again.

Both days are true for ever, so every page prints them. Whether the review is overdue depends on the day that is taken for
today, which is an option of the build and never the machine's clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from explainer.model.dates import Edtf
from explainer.model.edtf import Day
from explainer.model.ledger import Holder, Ledger
from explainer.publish.wording import Wording


@dataclass(frozen=True)
class Freshness:
    """The day something is good for, and the day its review is due; of several things, the earliest of each, and the newest good day."""

    as_of: Edtf
    review_by: Edtf
    newest: Edtf | None = None

    @classmethod
    def of(cls, holders: Iterable[Holder]) -> Self | None:
        """What holds for several facts and series together: the earliest of each day. ``None`` for none."""
        each = list(holders)
        if not each:
            return None
        days = sorted((h.as_of for h in each), key=_last)
        return cls(days[0], min((h.review_by for h in each), key=_last), days[-1])

    def is_overdue(self, today: str) -> bool:
        """Whether the review was due before ``today``, an ISO date."""
        return self.review_by.last is not None and self.review_by.last < dt.date.fromisoformat(today)

    def sentence(self, wording: Wording) -> str:
        """True for ever: "Checked on 8 July 2025, next review due 31 December 2026."."""
        day = self.as_of.first is not None and self.as_of.first == self.as_of.last
        return wording.say("checked" if day else "checked_month", day=wording.date(self.as_of), due=wording.date(self.review_by))

    def of_page(self, wording: Wording) -> str:
        """The same for a page, whose answers are good for different days: the oldest of them and the newest."""
        newest, oldest, due = (wording.date(day) for day in (self.newest or self.as_of, self.as_of, self.review_by))
        if newest == oldest:
            return wording.say("page_fresh", day=oldest, due=due)
        return wording.say("page_fresh_spell", newest=newest, oldest=oldest, due=due)

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
    of_page: str


def in_words(fresh: Freshness, wording: Wording, today: str) -> FreshView:
    """Each sentence; that of the review is empty while it is not overdue."""
    return FreshView(fresh.sentence(wording), fresh.overdue_sentence(wording, today), fresh.of_page(wording))


def overdue(ledger: Ledger, today: str) -> list[str]:
    """A line for each fact and series whose review was due before ``today``, an ISO date."""
    late = [holder for holder in ledger.holders.values() if Freshness(holder.as_of, holder.review_by).is_overdue(today)]
    return [f"{each.place('review_by')}: the review of '{each.id}' was due on {each.review_by}, and today is {today}" for each in late]


def _last(date: Edtf) -> Day:
    """Where it stands among other days; one whose year is unknown comes last."""
    return date.last or dt.date.max
