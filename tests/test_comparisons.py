"""Comparisons: whatever the true values are, what is worked out from the ranges holds for them; gaps are named, open cases refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_early_years import catalogues

from explainer.common.problems import Problems
from explainer.model.comparisons import Compared, compare, swaying
from explainer.model.dates import Edtf
from explainer.model.formulas import FormulaError, UnlikeTimes
from explainer.model.ledger import Ledger
from explainer.model.quantities import Quantity
from explainer.model.records import Fact, Series
from explainer.publish.derivations import derive
from explainer.publish.wording import Wording
from explainer.read.files import Folder
from explainer.read.ledger import parse_ledger

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = 20
"""So many true values are drawn for each generated series, the ends of every range among them."""


@st.composite
def ranges(draw: st.DrawFn) -> tuple[int, int]:
    """A point's lowest and highest value; small numbers, so that values meet and overlap often."""
    low = draw(st.integers(1, 30))
    return low, low + draw(st.sampled_from([0, 0, 0, 1, 5]))


@st.composite
def histories(draw: st.DrawFn) -> dict[int, tuple[int, int]]:
    """Yearly ranges with years left out, the last year always there."""
    years = sorted({*draw(st.lists(st.integers(2000, 2018), min_size=1, max_size=12)), 2019})
    return {year: draw(ranges()) for year in years}


def ledger_of(history: dict[int, tuple[int, int]], rivals: dict[int, int] | None = None) -> Ledger:
    """A ledger with one yearly series, and other values for some of its years."""
    points = [
        {
            "id": f"y{year}",
            "period": str(year),
            "show": "main",
            "value": f"{low}..{high}" if low < high else str(low),
        }
        for year, (low, high) in history.items()
    ]
    points += [
        {"id": f"r{year}", "period": str(year), "show": "rival", "value": str(value)}
        for year, value in (rivals or {}).items()
    ]
    series = {
        "id": "s",
        "title": "S",
        "x": "period",
        "as_of": "2020",
        "review_by": "2021",
        "unit": "people",
        "points": points,
    }
    return Ledger(series={"s": Series.model_validate(series)})


def fact_of(unit: str | None = None, *, assumes: str | None = None, **compares: str) -> Fact:
    """A fact that compares."""
    told = {"unit": unit, "assumes": assumes}
    head = {
        "id": "f",
        "question": "Q?",
        "as_of": "2020",
        "review_by": "2021",
        **{key: text for key, text in told.items() if text},
    }
    return Fact.model_validate({**head, "compares": compares})


def truths(data: st.DataObject, history: dict[int, tuple[int, int]]) -> list[dict[int, int]]:
    """True values that the ranges allow: every lowest, every highest, and others drawn."""
    drawn = [
        {year: data.draw(st.integers(*ends)) for year, ends in history.items()}
        for _ in range(SAMPLES)
    ]
    return [
        {y: a for y, (a, _) in history.items()},
        {y: b for y, (_, b) in history.items()},
        *drawn,
    ]


def last_beyond(values: dict[int, int], sign: int) -> str | None:
    """By brute force: the last year before 2019 whose value lies beyond that of 2019."""
    years = [year for year in values if year < 2019 and sign * values[year] > sign * values[2019]]
    return f"y{max(years)}" if years else None


def tried(ledger: Ledger, fact: Fact) -> Compared | None:
    """The result, or nothing where it is refused."""
    try:
        return compare(ledger, fact)
    except FormulaError:
        return None


@given(st.data(), histories(), st.sampled_from(["largest", "smallest"]))
def test_since_holds_for_every_true_value(
    data: st.DataObject, history: dict[int, tuple[int, int]], which: str
) -> None:
    """The point found is the right one for whatever the ranges allow; it is refused only where two truths differ or ranges meet."""
    found = tried(ledger_of(history), fact_of(how=f"{which}-since", of="s:y2019"))
    brute = {
        last_beyond(values, 1 if which == "largest" else -1) for values in truths(data, history)
    }
    if found is not None:
        assert brute == {found.found.claim.id if found.found else None}
    else:
        earlier = [ends for year, ends in history.items() if year < 2019]
        assert not earlier or any(
            a <= history[2019][1] and b >= history[2019][0] for a, b in earlier
        )


def place_of(values: Mapping[object, int], own: object, sign: int) -> tuple[int, bool]:
    """By brute force: the place of one value among all, and whether others have the same."""
    others = [value for name, value in values.items() if name != own]
    return 1 + sum(sign * value > sign * values[own] for value in others), values[own] in others


@given(st.data(), histories(), st.sampled_from(["largest", "smallest"]))
def test_a_place_holds_for_every_true_value(
    data: st.DataObject, history: dict[int, tuple[int, int]], which: str
) -> None:
    """A place is the one counted by hand for any true values, ties included; it is refused where truths differ, or nothing is compared."""
    found = tried(ledger_of(history), fact_of(how=f"{which}-rank", of="s:y2019"))
    brute = {
        place_of(values, 2019, 1 if which == "largest" else -1) for values in truths(data, history)
    }
    if found is not None:
        assert found.value is not None
        assert brute == {(int(found.value.a), bool(found.tied))}
        assert found.value.form == "exact"
        assert len(found.inputs) > 1
    else:
        meet = [
            ends
            for year, ends in history.items()
            if year != 2019 and ends[0] <= history[2019][1] and ends[1] >= history[2019][0]
        ]
        assert len(history) == 1 or any(low < high for low, high in [*meet, history[2019]] if meet)


@given(st.data(), histories(), st.integers(1, 30), st.sampled_from(["above", "below"]))
def test_a_count_holds_for_every_true_value(
    data: st.DataObject, history: dict[int, tuple[int, int]], limit: int, side: str
) -> None:
    """As many points lie above or below a number, counted by hand for any true values, as is worked out."""
    found = compare(ledger_of(history), fact_of(how="count", of="s", **{side: str(limit)})).value
    assert found is not None
    for values in truths(data, history):
        count = sum(
            value > limit if side == "above" else value < limit for value in values.values()
        )
        assert found.includes(Decimal(count))


PAIRS = {
    "share": lambda of, to: of * 100 / to,
    "change": lambda of, to: (of - to) * 100 / to,
    "ratio": lambda of, to: of / to,
}


@given(st.data(), histories(), st.sampled_from(sorted(PAIRS)))
def test_a_pair_holds_for_every_true_value(
    data: st.DataObject, history: dict[int, tuple[int, int]], how: str
) -> None:
    """A share, a change and a ratio, reckoned exactly from any true values, lie in the result; of one value each, it is the nearest."""
    first = min(history)
    if first == 2019:
        return
    unit = None if how == "ratio" else "percent"
    assumes = "the first year stands for the whole" if how == "share" else None
    found = compare(
        ledger_of(history), fact_of(unit, assumes=assumes, how=how, of="s:y2019", to=f"s:y{first}")
    ).value
    assert found is not None
    interval = found.interval
    assert interval is not None
    for values in truths(data, history):
        exact = PAIRS[how](Fraction(values[2019]), Fraction(values[first]))
        assert interval.low is not None
        assert interval.high is not None
        if found.form == "exact":
            assert abs(Fraction(found.a) - exact) <= abs(exact) / 200
        else:
            assert Fraction(interval.low) <= exact <= Fraction(interval.high)


def test_a_share_of_one_series_is_held_to_one_time() -> None:
    """A point is no share of another year's point of its series, unless the author says what that takes for granted; a change is one."""
    ledger = ledger_of({2000: (40, 40), 2019: (10, 10)})
    ends = {"of": "s:y2019", "to": "s:y2000"}
    with pytest.raises(UnlikeTimes, match="of 2019 and the whole"):
        compare(ledger, fact_of("percent", how="share", **ends))
    assert compare(
        ledger, fact_of("percent", assumes="2000 stands for the whole", how="share", **ends)
    ).value == Quantity.parse("25")
    assert compare(ledger, fact_of("percent", how="change", **ends)).value == Quantity.parse("-75")


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2090, 12, 31)),
    st.dates(dt.date(1900, 1, 1), dt.date(2090, 12, 31)),
)
def test_years_between_hold_for_every_day(first: dt.date, second: dt.date) -> None:
    """The years between two days, reckoned from the calendar, lie in the result."""
    points = [
        {"id": name, "period": day.isoformat(), "show": "main", "value": "1"} for name, day in (("a", first), ("b", second))
    ]  # fmt: skip
    series = {
        "id": "s",
        "title": "S",
        "x": "period",
        "as_of": "2020",
        "review_by": "2021",
        "unit": "people",
        "points": points,
    }
    found = compare(
        Ledger(series={"s": Series.model_validate(series)}),
        fact_of("years", how="years-between", of="s:a", to="s:b"),
    )
    assert found.value is not None
    assert found.value.interval is not None
    early, late = sorted((first, second))
    completed = late.year - early.year - ((late.month, late.day) < (early.month, early.day))
    assert Decimal(completed) >= (found.value.interval.low or 0)
    whole = (late.month, late.day) == (early.month, early.day)
    assert (found.value.interval.high or 0) >= Decimal(completed if whole else completed + 1)


WRITTEN = (
    "1999", "199X", "19XX", "2004-02", "2004-06", "2003-02", "2004-06-05", "2004-06-0X", "2004-1X", "2014-06", "[1999,2001]",
    "[1998-05..2001]", "1999/2003", "1999-05/2003", "2004-22", "2004-35", "2004-02-29", "2003-02-28", "2014-0X", "2004-0X",
)  # fmt: skip
"""Dates of every precision, in the words of EDTF; some enclose others."""


def years_between(first: str, second: str) -> Quantity:
    """The years between two dates."""
    claims = [{"id": "c", "date": each} for each in (first, second)]
    head = {"question": "?", "as_of": "2020", "review_by": "2021"}
    facts = {
        name: Fact.model_validate({**head, "id": name, "claims": [claim]})
        for name, claim in zip("ab", claims, strict=True)
    }
    found = compare(
        Ledger(facts=facts), fact_of("years", how="years-between", of="a", to="b")
    ).value
    assert found is not None
    return found


def completed(first: dt.date, second: dt.date) -> int:
    """By the calendar: the whole years from the earlier of two days to the later."""
    early, late = sorted((first, second))
    return late.year - early.year - ((late.month, late.day) < (early.month, early.day))


@pytest.mark.parametrize(("first", "second"), list(combinations(WRITTEN, 2)))
def test_years_between_uncertain_dates_hold_for_every_day_that_they_allow(
    first: str, second: str
) -> None:
    """For the ends of both and days between: the completed years lie in the result, and at most one beside them; order is no matter."""
    found = years_between(first, second)
    assert found == years_between(second, first)
    ends = [Edtf.parse(each) for each in (first, second)]
    days = [
        sorted({date.first, date.last, date.first + (date.last - date.first) / 2}) for date in ends
    ]
    counts = {completed(a, b) for a in days[0] for b in days[1]}
    overlap = days[0][0] <= days[1][-1] and days[1][0] <= days[0][-1]
    interval = found.interval
    assert interval is not None
    if (
        found.form == "exact" and len(counts) > 1
    ):  # the same month or year of two years is told as people tell it
        assert {date.is_one for date in ends} == {True}
        assert max(counts) - 1 <= found.a <= max(counts)
    else:
        assert interval.low == (0 if overlap else min(counts))
        assert max(counts) <= (interval.high or 0) <= max(counts) + 1


@pytest.mark.parametrize(("date", "why"), [
    ("1999~", "about then or uncertain"), ("1999?", "about then or uncertain"), ("2004-06~/2005", "about then or uncertain"),
    ("[1999~,2001]", "about then or uncertain"), ("1999/..", "has no end"), ("../1999", "no beginning"), ("XXXX-06-07", "has no year"),
    ("1999/", "has no end"),
])  # fmt: skip
def test_years_from_a_date_without_stated_bounds_are_refused_by_name(date: str, why: str) -> None:
    """What is about, uncertain, open or without a year gives no number of years, whichever of the two it is."""
    for pair in ((date, "2010"), ("2010", date)):
        with pytest.raises(FormulaError, match=re.escape(date) + ".*" + why):
            years_between(*pair)


@given(histories())
def test_every_missing_year_is_named(history: dict[int, tuple[int, int]]) -> None:
    """The years that a yearly series leaves out between its first and its last point are the gaps named."""
    exact = {year: (low, low) for year, (low, _) in history.items()}
    found = compare(ledger_of({**exact, 2018: (1, 1)}), fact_of(how="largest-rank", of="s:y2019"))
    present = {*history, 2018}
    assert [gap.text for gap in found.gaps.missing] == [
        str(y) for y in range(min(present), 2019) if y not in present
    ]


@given(
    st.data(),
    histories(),
    st.sampled_from(["largest-since", "largest-rank", "smallest-since", "smallest-rank"]),
)
def test_it_holds_for_every_rival_or_names_one(
    data: st.DataObject, history: dict[int, tuple[int, int]], how: str
) -> None:
    """Whichever rivals are followed in place of the main points: the comparison comes out as it did, or one of them was named."""
    rivals = {
        year: data.draw(st.integers(1, 40))
        for year in sorted(history)[-5:]
        if data.draw(st.booleans())
    }
    ledger, fact = ledger_of(history, rivals), fact_of(how=how, of="s:y2019")
    found = tried(ledger, fact)
    if found is None:
        return
    named = {entry.claim.id for entry in swaying(ledger, fact, found)}
    real = {
        year
        for year in rivals
        if f"r{year}" not in named and not history[year][0] <= rivals[year] <= history[year][1]
    }
    for size in range(len(real) + 1):
        for followed in combinations(sorted(real), size):
            other = tried(
                ledger_of({**history, **{year: (rivals[year],) * 2 for year in followed}}), fact
            )
            assert other is not None
            assert (other.value, other.found and other.found.claim.id) == (
                found.value,
                found.found and found.found.claim.id,
            )


def test_a_rival_that_changes_a_comparison_is_named() -> None:
    """A rival for an earlier year that lies beyond the last one is named, by whoever asks for the comparison; one that does not is not."""
    ledger, fact = (
        ledger_of({2017: (9, 9), 2018: (3, 3), 2019: (5, 5)}, {2018: 7, 2017: 8}),
        fact_of(how="largest-since", of="s:y2019"),
    )
    found = compare(ledger, fact)
    assert found.found is not None
    assert (found.found.claim.id, [each.claim.id for each in swaying(ledger, fact, found)]) == (
        "y2017",
        ["r2018"],
    )


def test_the_record_of_spring_2025() -> None:
    """From the points of this site's own series: none of the springs after 2011 was larger, and spring 2011 was, 14 years before."""
    ledger = parse_ledger(Folder(ROOT), Problems())
    found = compare(ledger, ledger.facts["spring-2025-largest-since"])
    assert found.found is not None
    series = ledger.series["callup-spring"]
    sizes = {
        point.id: point.value.a
        for point in series.points
        if point.show == "main" and point.value and point.period
    }
    larger = [name for name, size in sizes.items() if size > sizes["spring-2025"]]
    assert found.found.claim.id == max(larger)
    years = compare(ledger, ledger.facts["spring-2025-record-years"]).value
    assert str(years) == str(2025 - int(max(larger).removeprefix("spring-")))


@pytest.mark.parametrize("end", ["over 5", "at least 6", "about 10"])
def test_what_overlaps_is_refused(end: str) -> None:
    """A point that only may be larger is in the way, whatever form leaves it open."""
    points = [
        {"id": "a", "period": "2018", "show": "main", "value": end},
        {"id": "b", "period": "2019", "show": "main", "value": "10"},
    ]
    series = {
        "id": "s",
        "title": "S",
        "x": "period",
        "as_of": "2020",
        "review_by": "2021",
        "unit": "people",
        "points": points,
    }
    with pytest.raises(FormulaError, match="'s:a' and 's:b'"):
        compare(
            Ledger(series={"s": Series.model_validate(series)}),
            fact_of(how="largest-since", of="s:b"),
        )


STATES = ("Ohio", "Iowa", "Utah", "Texas", "Maine", "Idaho", "Nevada")
FORMS = ("{}", "{}", "{}", "over {}", "at least {}", "under {}", "up to {}", "about {}", "{}..{}")


def point(name: str, value: str, **more: Any) -> dict[str, Any]:
    """A main point for 2015."""
    return {"id": name, "period": "2015", "show": "main", "value": value, **more}


def series_of(*points: dict[str, Any], **more: Any) -> Ledger:
    """A ledger with one series of these points."""
    head = {
        "id": "s",
        "title": "S",
        "x": "period",
        "as_of": "2020",
        "review_by": "2021",
        "unit": "people",
    }
    return Ledger(series={"s": Series.model_validate({**head, **more, "points": points})})


@st.composite
def stated(draw: st.DrawFn) -> str:
    """An amount in any form, small, so that values meet often."""
    low = draw(st.integers(10, 18))
    return draw(st.sampled_from(FORMS)).format(low, low + draw(st.integers(1, 4)))


@cache
def allowed(written: str) -> list[Decimal]:
    """The values of a fine grid that a quantity allows, the smallest first."""
    quantity = Quantity.parse(written)
    return [
        value
        for value in (Decimal(step) / 4 for step in range(-40, 160))
        if quantity.includes(value)
    ]


def certainly_ahead(a: str, b: str, sign: int) -> bool:
    """By brute force: whether on a fine grid every value that ``a`` allows is ahead of every one that ``b`` does."""
    return allowed(a)[0] > allowed(b)[-1] if sign > 0 else allowed(a)[-1] < allowed(b)[0]


@given(
    st.dictionaries(st.sampled_from(STATES), stated(), min_size=1), st.sets(st.sampled_from(STATES)), st.sampled_from(["largest", "smallest"]),
    st.sampled_from(["region", "basis", "speaker", "definition", "group", "label"]),
)  # fmt: skip
def test_a_place_over_categories_is_that_of_a_ranking_by_hand(
    values: dict[str, str], elsewhere: set[str], which: str, over: str
) -> None:
    """Whatever is said of each category: the place is the one counted by hand, ties are told, and an open order is refused by name."""
    key = {"speaker": "said_by"}.get(over, over)
    named = {name: name.casefold() if over in ("definition", "group") else name for name in STATES}
    points = [
        point(f"p{name.casefold()}", value, **{key: named[name]}) for name, value in values.items()
    ]
    # figures for another year say nothing of this one
    points += [
        point(f"q{name.casefold()}", "99", **{key: named[name]}) | {"period": "2014"}
        for name in sorted(elsewhere)
    ]
    amounts, sign = (
        {name: Quantity.parse(value) for name, value in values.items()},
        1 if which == "largest" else -1,
    )
    ledger = series_of(*points)
    for name, own in amounts.items():
        fact = fact_of(how=f"{which}-rank", of=f"s:p{name.casefold()}", over=over)
        others = [other for other in amounts if other != name]
        ahead = [certainly_ahead(values[each], values[name], sign) for each in others]
        tied = [
            amounts[each].form == own.form == "exact" and amounts[each].a == own.a
            for each in others
        ]
        known = all(
            a or t or certainly_ahead(values[name], values[each], sign)
            for a, t, each in zip(ahead, tied, others, strict=True)
        )
        found = tried(ledger, fact)
        if not others or not known:
            assert found is None
            with pytest.raises(FormulaError, match=f"'s:p{name.casefold()}'"):
                compare(ledger, fact)
            continue
        assert found is not None
        assert str(found.value) == str(1 + sum(ahead))
        assert len(found.tied) == sum(tied)
        assert {each.claim.id[1:] for each in found.absent} == {
            other.casefold() for other in elsewhere if other not in values
        }


def test_the_last_of_twelve_is_not_printed_as_the_first() -> None:
    """A rank over time of a point that has no other time is refused, and the way to compare it with the others is named."""
    ledger = series_of(*(point(f"s{n}", str(n), region=f"State {n}") for n in range(1, 13)))
    for n in (1, 12):
        for which in ("largest", "smallest"):
            with pytest.raises(
                FormulaError,
                match=f"'s:s{n}' is the only main point of its region and basis.*write over: region",
            ):
                compare(ledger, fact_of(how=f"{which}-rank", of=f"s:s{n}"))
            place = n if which == "smallest" else 13 - n
            assert str(
                compare(ledger, fact_of(how=f"{which}-rank", of=f"s:s{n}", over="region")).value
            ) == str(place)


def year(value: str, name: str, period: str, **more: Any) -> dict[str, Any]:
    """A main point for some period."""
    return point(name, value, **more) | {"period": period}


REFUSED: dict[str, tuple[Ledger, dict[str, str], str]] = {
    "a single point": (series_of(point("a", "1")), {"how": "largest-rank", "of": "s:a"}, "'s:a' is the only main point with a value"),
    "the first of a series": (
        series_of(year("1", "a", "2014"), year("2", "b", "2015")), {"how": "largest-since", "of": "s:a"}, "none lies before it",
    ),
    "a rival beside it": (
        series_of(point("a", "1"), point("b", "2") | {"show": "rival"}), {"how": "largest-rank", "of": "s:a"}, "only main point",
    ),
    "no region at all": (
        series_of(point("a", "1"), point("b", "2")), {"how": "largest-rank", "of": "s:a", "over": "region"}, "'s:a' has no region",
    ),
    "the only region of its time": (
        series_of(point("a", "1", region="A"), year("2", "b", "2014", region="B")),
        {"how": "largest-rank", "of": "s:a", "over": "region"}, "no other region has a figure for its time",
    ),
    "the others are averaged otherwise": (
        series_of(point("a", "1", region="A", basis="mean"), point("b", "2", region="B", basis="median")),
        {"how": "largest-rank", "of": "s:a", "over": "region"}, "'s:b' differs in more than the region",
    ),
    "two for one region": (
        series_of(point("a", "1", region="A"), point("b", "2", region="B"), point("c", "3", region="B")),
        {"how": "largest-rank", "of": "s:a", "over": "region"}, "'s:b' and 's:c' are main points of one region",
    ),
    "a half beside its year": (
        series_of(year("9", "a", "2014"), year("5", "b", "2014-01/2014-06")), {"how": "largest-rank", "of": "s:b"}, "overlap",
    ),
    "a month beside years": (
        series_of(year("9", "a", "2014"), year("5", "b", "2015-01")), {"how": "largest-since", "of": "s:b"}, "covers 365 days and 's:b' 31",
    ),
    "a count of states and years": (
        series_of(point("a", "1", region="A"), point("b", "2", region="B")), {"how": "count", "of": "s", "above": "1"}, "write over: region",
    ),
    "a count at several times": (
        series_of(point("a", "1", region="A"), year("2", "b", "2014", region="B")),
        {"how": "count", "of": "s", "above": "1", "over": "region"}, "name one of them: at: '2014'",
    ),
    "a count at a time without points": (
        series_of(point("a", "1", region="A"), point("b", "2", region="B")),
        {"how": "count", "of": "s", "above": "1", "over": "region", "at": "2013"}, "no main point with a region for 2013",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_compared_is_refused_by_name(name: str) -> None:
    """Each way in which points cannot be ranked or counted together is a message that names them."""
    ledger, compares, said = REFUSED[name]
    with pytest.raises(FormulaError, match=re.escape(said)):
        compare(ledger, fact_of(**compares))


@pytest.mark.parametrize(
    "compares",
    [
        {"how": "largest-since", "of": "s:a", "over": "region"}, {"how": "largest-rank", "of": "s:a", "over": "region", "since": "2014"},
        {"how": "largest-rank", "of": "s:a", "over": "region", "at": "2014"}, {"how": "ratio", "of": "s:a", "to": "s:b", "over": "region"},
        {"how": "largest-rank", "of": "s:a", "over": "planet"}, {"how": "count", "of": "s", "above": "1", "at": "2014"},
    ],
)  # fmt: skip
def test_what_has_no_meaning_cannot_be_written(compares: dict[str, str]) -> None:
    """``over`` goes with ranks and counts, ``at`` with a count over categories, ``since`` with time."""
    with pytest.raises(ValueError, match=r"over|at"):
        fact_of(None, **compares)


def test_a_count_over_regions_is_of_one_year() -> None:
    """How many regions lie above a number in a year, and which have no figure for it."""
    ledger = series_of(
        point("a", "3", region="A"),
        point("b", "5", region="B"),
        year("9", "c", "2014", region="C"),
        year("9", "d", "2014", region="A"),
    )
    found = compare(ledger, fact_of(how="count", of="s", above="4", over="region", at="2015"))
    assert (str(found.value), [each.claim.id for each in found.absent]) == ("1", ["c"])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "joint 2nd"),
        ("ru", "2-е место (наравне с другими)"),
        ("uk", "місце №\u00a02 (нарівні з іншими)"),
    ],
)
def test_a_tie_is_told_as_a_tie(language: str, words: str) -> None:
    """Two regions with the same figure share a place, and the other is named; in each language."""
    points = [
        point(name, value, region=name.upper())
        for name, value in (("a", "9"), ("b", "5"), ("c", "5.0"), ("d", "1"))
    ]
    ledger = replace(
        series_of(*points),
        facts={"f": fact_of(how="largest-rank", of="s:b", over="region")},
        language=language,
    )
    made = derive(ledger, Wording(catalogues()[language]), ledger.facts["f"])
    assert (made.text, made.machine) == (words, "2")
    assert any("C (2015" in note for note in made.notes)
    assert all("(2015" in each.name for each in made.inputs)
