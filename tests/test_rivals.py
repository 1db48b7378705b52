"""Disagreement: same question, same counting rule, same time, and no value that satisfies both."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_quantities import amounts

from explainer.model.ledger import Ledger
from explainer.model.records import Fact, Series
from explainer.model.rivals import disagreements

HEAD = {"id": "x", "question": "?", "as_of": "2024", "review_by": "2025"}


def fact(*claims: dict[str, Any], unit: str | None = "people") -> Fact:
    """A fact with some claims."""
    return Fact.model_validate(
        {
            **HEAD,
            **({"unit": unit} if unit else {}),
            "claims": [{"id": f"c{i}", **c} for i, c in enumerate(claims)],
        }
    )


def series(*points: dict[str, Any], x: str = "period", **more: Any) -> Series:
    """A series with some points."""
    records = [{"id": f"p{i}", "show": "main", **point} for i, point in enumerate(points)]
    return Series.model_validate(
        {
            "id": "x",
            "title": "?",
            "as_of": "2024",
            "review_by": "2025",
            "x": x,
            "points": records,
            **more,
        }
    )


def count(holder: Fact | Series) -> int:
    """How many pairs disagree."""
    ledger = (
        Ledger(facts={"x": holder}) if isinstance(holder, Fact) else Ledger(series={"x": holder})
    )
    return len(list(disagreements(ledger, holder)))


def dated(*dates: str) -> Fact:
    """A fact with claims that are dates."""
    return fact(*({"date": each} for each in dates), unit=None)


CASES = {
    "other amounts": (fact({"value": "5"}, {"value": "6"}), 1),
    "the same amount": (fact({"value": "5"}, {"value": "5"}), 0),
    "a range that holds it": (fact({"value": "5"}, {"value": "1..9"}), 0),
    "three that all differ": (fact({"value": "5"}, {"value": "6"}, {"value": "7"}), 3),
    "other counting rules": (fact({"value": "5", "definition": "a"}, {"value": "6", "definition": "b"}), 0),
    "one counting rule only": (fact({"value": "5", "definition": "a"}, {"value": "6"}), 0),
    "other years": (fact({"value": "5", "period": "2023"}, {"value": "6", "period": "2024"}), 0),
    "the same year": (fact({"value": "5", "period": "2023"}, {"value": "6", "period": "2023"}), 1),
    "a part and the whole": (fact({"value": "5", "period": "2023"}, {"value": "6", "period": "2023-05"}), 0),
    "a rate in a part": (fact({"value": "5", "period": "2023"}, {"value": "6", "period": "2023-05"}, unit="people/month"), 1),
    "rates at other times": (fact({"value": "5", "period": "2022"}, {"value": "6", "period": "2023"}, unit="people/month"), 0),
    "no time given": (fact({"value": "5"}, {"value": "6", "period": "2023"}), 1),
    "dates": (fact({"date": "2023-05-04"}, {"date": "2023-05-05"}, unit=None), 1),
    "a day of that month": (fact({"date": "2023-05-04"}, {"date": "2023-05"}, unit=None), 0),
    "days without a year": (fact({"date": "XXXX-05-04"}, {"date": "2023-05-04"}, unit=None), 0),
    "other days without a year": (fact({"date": "XXXX-05-04"}, {"date": "2023-05-05"}, unit=None), 1),
    "spells that began in other years": (dated("1999/..", "2000/.."), 1),
    "spells that ended in other years": (dated("1990/1999", "1990/2000"), 1),
    "one spell": (dated("1990/1999", "1990/1999"), 0),
    "a spell, told to the day and to the year": (dated("1990-03-01/1999", "1990/1999-05"), 0),
    "spells whose ends nobody knows": (dated("1990/", "1990/1999"), 0),
    "spells that ended, whose beginnings differ": (dated("1990/1999", "1991/1999"), 1),
    "a spell that goes on and one that ended": (dated("1990/..", "1990/1999"), 1),
    "a spell that ended after the first was said": (
        fact({"date": "1990/..", "said_on": "1995"}, {"date": "1990/1999"}, unit=None), 0,
    ),
    "a spell that had ended when the first was said": (
        fact({"date": "1990/..", "said_on": "2001-05"}, {"date": "1990/1999"}, unit=None), 1,
    ),
    "spells until one year": (dated("../1999", "1990/1999"), 0),
    "spells until other years": (dated("../1999", "../2000"), 1),
    "a spell and its beginning": (dated("1990/..", "1990-05"), 0),
    "a spell and a day in it": (dated("1990/1999", "1995-05-01"), 1),
    "a spell and the decade it lay in": (dated("1993/1995", "199X"), 0),
    "a spell and the year that it only began in": (dated("1993/1995", "1993"), 1),
    "spells without a year": (dated("XXXX-06-01/XXXX-08-31", "XXXX-06-01/XXXX-09-30"), 1),
    "spells of uncertain beginnings": (dated("199X/2005", "1995/2005"), 0),
    "years of which one is right": (dated("[1999,2001]", "[2000,2002]"), 1),
    "years of which one is right, one of them shared": (dated("[1999,2001]", "[2001,2002]"), 0),
    "some day in a run": (dated("[1999..2003]", "2001"), 0),
    "some day after a run": (dated("[1999..2003]", "2004"), 1),
    "some days in runs that meet": (dated("[1999..2003]", "[2003..2005]"), 0),
    "a day and a spell": (dated("[1999..2003]", "1999/2003"), 1),
    "all of some years": (dated("{1999,2001}", "{1999,2002}"), 1),
    "all of some years and one of them": (dated("{1999,2001}", "1999"), 1),
    "some years of a decade": (dated("{1991,1995}", "199X"), 0),
    "seasons of one year": (dated("2004-21", "2004-22"), 1),
    "spells of a timeline that ended on other days": (
        series(
            {"date": "2023-01-01", "until": "2023-05", "label": "a"}, {"date": "2023-01-01", "until": "2023-06", "label": "a"}, x="date",
        ), 1,
    ),
    "spells of a timeline, one of which has no end": (
        series({"date": "2023-01-01", "until": "2023-05", "label": "a"}, {"date": "2023-01-01", "label": "a"}, x="date"), 0,
    ),
    "statements": (fact({"text": "a"}, {"text": "b"}, unit=None), 0),
    "a formula": (fact({"value": "5"}, {"derived": "x:c0 + 1 people"}), 1),
    "a formula that comes to the same": (fact({"value": "5"}, {"derived": "x:c0 * 1"}), 0),
    "a formula that cannot be worked out": (fact({"value": "5"}, {"derived": "y:z * 1"}), 0),
    "points of a year": (series({"value": "5", "period": "2023"}, {"value": "6", "period": "2023"}, unit="people"), 1),
    "points of two regions": (
        series({"value": "5", "period": "2023", "region": "a"}, {"value": "6", "period": "2023", "region": "b"}, unit="people"), 0,
    ),
    "points of two bases": (
        series({"value": "5", "period": "2023", "basis": "a"}, {"value": "6", "period": "2023", "basis": "b"}, unit="people"), 0,
    ),
    "totals said on two days": (
        series({"value": "5", "said_on": "2023-01-01"}, {"value": "6", "said_on": "2023-02-01"}, x="said_on", unit="people"), 0,
    ),
    "totals said on one day": (
        series({"value": "5", "said_on": "2023-01-01"}, {"value": "6", "said_on": "2023-01-01"}, x="said_on", unit="people"), 1,
    ),
    "two events of a timeline": (series({"date": "2023-01-01", "label": "a"}, {"date": "2023-02-01", "label": "b"}, x="date"), 0),
    "one event of a timeline": (series({"date": "2023-01-01", "label": "a"}, {"date": "2023-02-01", "label": "a"}, x="date"), 1),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_who_disagrees(name: str) -> None:
    """Claims disagree exactly where they answer one question for one time and no value satisfies both."""
    holder, pairs = CASES[name]
    assert count(holder) == pairs


@given(amounts, amounts)
def test_order_does_not_matter(first: Any, second: Any) -> None:
    """Whoever is entered first, the same claims disagree."""
    a, b = {"value": str(first)}, {"value": str(second)}
    assert count(fact(a, b)) == count(fact(b, a)) == int(not first.allows_same(second))


@given(st.lists(st.dates(dt.date(2000, 1, 1), dt.date(2000, 12, 31)), min_size=2, max_size=5))
def test_every_pair_of_days_is_compared(days: list[dt.date]) -> None:
    """Of several days, each pair that differs is named once."""
    pairs = sum(one != other for i, one in enumerate(days) for other in days[i + 1 :])
    assert count(fact(*({"date": day.isoformat()} for day in days), unit=None)) == pairs
