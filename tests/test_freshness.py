"""Freshness: what a page says of the day it was checked stays true for ever, and overdue is judged by a day that is given."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.model.dates import Edtf
from explainer.publish.freshness import Freshness
from explainer.publish.wording import Wording

WORDING = Wording()
days = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))


@pytest.mark.parametrize(
    ("as_of", "review_by", "said"),
    [
        ("2025-07-08", "2026-12-31", "Checked on 8 July 2025, next review due 31 December 2026."),
        ("2024-02", "2025-02", "Checked in February 2024, next review due February 2025."),
        ("2024", "2026-01-01", "Checked in 2024, next review due 1 January 2026."),
    ],
)
def test_the_sentence_is_true_for_ever(as_of: str, review_by: str, said: str) -> None:
    """It names both days as far as they are known, and no day that is taken for today."""
    assert Freshness(Edtf.parse(as_of), Edtf.parse(review_by)).sentence(WORDING) == said


def test_a_page_names_its_oldest_and_its_newest_answer() -> None:
    """Answers that are good for different days are not said to be of one; the review is the first that is due."""
    oldest, newest, due = (Edtf.parse(day) for day in ("2022-10-20", "2026-03-11", "2026-12-31"))
    said = "The newest answer on this page is as of 11 March 2026, the oldest as of 20 October 2022; next review due 31 December 2026."
    assert Freshness(oldest, due, newest).of_page(WORDING) == said
    assert (
        Freshness(newest, due, newest).of_page(WORDING)
        == "The answers on this page are as of 11 March 2026; next review due 31 December 2026."
    )


@given(days, days)
def test_overdue_from_the_day_after(due: dt.date, today: dt.date) -> None:
    """A review is overdue on every day after the one it is due, and on no other; only then is anything said, with the day."""
    fresh = Freshness(Edtf.parse("1990"), Edtf.parse(due.isoformat()))
    assert fresh.is_overdue(today.isoformat()) == (today > due)
    said = fresh.overdue_sentence(WORDING, today.isoformat())
    assert (WORDING.day(today) in said) == (today > due) == bool(said)


def test_a_month_is_due_on_its_last_day() -> None:
    """A review that is due in a month may be done on any day of it."""
    fresh = Freshness(Edtf.parse("2024"), Edtf.parse("2025-02"))
    assert not fresh.is_overdue("2025-02-28")
    assert fresh.is_overdue("2025-03-01")
