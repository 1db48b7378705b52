"""The freshness of facts and series: the day they were checked and the day of the next review.

Both days never change, so every page prints them. Whether a review is overdue depends on today's
date. That is an option of the build and never the machine's clock.
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
    """The day an answer was checked and the day its review is due.

    For several answers, these are the earliest days, and ``newest`` is the latest day of checking.
    """

    as_of: Edtf
    review_by: Edtf
    newest: Edtf | None = None

    @classmethod
    def of(cls, holders: Iterable[Holder]) -> Self | None:
        """Return the freshness of several facts and series together, or None if there are none."""
        each = list(holders)
        if not each:
            return None
        days = sorted((h.as_of for h in each), key=_last)
        return cls(days[0], min((h.review_by for h in each), key=_last), days[-1])

    def is_overdue(self, today: str) -> bool:
        """Return whether the review was due before ``today``, an ISO date."""
        return self.review_by.last is not None and self.review_by.last < dt.date.fromisoformat(
            today
        )

    def sentence(self, wording: Wording) -> str:
        """Return the sentence "Checked on 8 July 2025, next review due 31 December 2026."."""
        day = self.as_of.first is not None and self.as_of.first == self.as_of.last
        return wording.say(
            "checked" if day else "checked_month",
            day=wording.date(self.as_of),
            due=wording.date(self.review_by),
        )

    def of_page(self, wording: Wording) -> str:
        """Return the sentence of a page: the oldest and newest day, and the next review."""
        newest, oldest, due = (
            wording.date(day) for day in (self.newest or self.as_of, self.as_of, self.review_by)
        )
        if newest == oldest:
            return wording.say("page_fresh", day=oldest, due=due)
        return wording.say("page_fresh_spell", newest=newest, oldest=oldest, due=due)

    def overdue_sentence(self, wording: Wording, today: str) -> str:
        """Return a sentence that the review is overdue, or an empty string if it is not.

        The sentence names ``today``, the day of the judgement.
        """
        if not self.is_overdue(today):
            return ""
        return wording.say("overdue", day=wording.day(dt.date.fromisoformat(today)))


@dataclass(frozen=True)
class FreshView:
    """The sentences about freshness, for templates."""

    said: str
    overdue: str
    of_page: str


def in_words(fresh: Freshness, wording: Wording, today: str) -> FreshView:
    """Return the sentences. The sentence about an overdue review is empty if it is not overdue."""
    return FreshView(
        fresh.sentence(wording), fresh.overdue_sentence(wording, today), fresh.of_page(wording)
    )


def overdue(ledger: Ledger, today: str) -> list[str]:
    """Return a line for each fact and series that is overdue on ``today``, an ISO date."""
    late = [
        holder
        for holder in ledger.holders.values()
        if Freshness(holder.as_of, holder.review_by).is_overdue(today)
    ]
    return [
        f"{each.place('review_by')}: the review of '{each.id}' was due on {each.review_by}, and"
        f" today is {today}"
        for each in late
    ]


def _last(date: Edtf) -> Day:
    """Return the last day of a date, for sorting. A date without a known year comes last."""
    return date.last or dt.date.max
