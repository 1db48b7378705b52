"""Comparisons: whatever the true values are, what is worked out from the ranges holds for them; gaps are named, open cases refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.ledger import Ledger
from explainer.ledger.comparisons import Compared, compare
from explainer.ledger.swaying import swaying
from explainer.problems import Problems
from explainer.reading.files import Folder
from explainer.reading.project import read_ledger
from explainer.records import Fact, Series
from explainer.values.formula_tokens import FormulaError

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
        {"id": f"y{year}", "period": str(year), "show": "main", "value": f"{low}..{high}" if low < high else str(low)}
        for year, (low, high) in history.items()
    ]
    points += [{"id": f"r{year}", "period": str(year), "show": "rival", "value": str(value)} for year, value in (rivals or {}).items()]
    series = {"id": "s", "title": "S", "x": "period", "as_of": "2020", "review_by": "2021", "unit": "people", "points": points}
    return Ledger(series={"s": Series.model_validate(series)})


def fact_of(unit: str | None = None, **compares: str) -> Fact:
    """A fact that compares."""
    head = {"id": "f", "question": "Q?", "as_of": "2020", "review_by": "2021", **({"unit": unit} if unit else {})}
    return Fact.model_validate({**head, "compares": compares})


def truths(data: st.DataObject, history: dict[int, tuple[int, int]]) -> list[dict[int, int]]:
    """True values that the ranges allow: every lowest, every highest, and others drawn."""
    drawn = [{year: data.draw(st.integers(*ends)) for year, ends in history.items()} for _ in range(SAMPLES)]
    return [{y: a for y, (a, _) in history.items()}, {y: b for y, (_, b) in history.items()}, *drawn]


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
def test_since_holds_for_every_true_value(data: st.DataObject, history: dict[int, tuple[int, int]], which: str) -> None:
    """The point found is the right one for whatever the ranges allow; it is refused only where two truths differ or ranges meet."""
    found = tried(ledger_of(history), fact_of(how=f"{which}-since", of="s:y2019"))
    brute = {last_beyond(values, 1 if which == "largest" else -1) for values in truths(data, history)}
    if found is not None:
        assert brute == {found.found.claim.id if found.found else None}
    else:
        assert any(a <= history[2019][1] and b >= history[2019][0] for year, (a, b) in history.items() if year < 2019)


@given(st.data(), histories(), st.sampled_from(["largest", "smallest"]))
def test_a_place_holds_for_every_true_value(data: st.DataObject, history: dict[int, tuple[int, int]], which: str) -> None:
    """The place of a point, counted by hand for any true values, lies in what is worked out."""
    sign = 1 if which == "largest" else -1
    found = compare(ledger_of(history), fact_of(how=f"{which}-rank", of="s:y2019")).value
    assert found is not None
    for values in truths(data, history):
        place = 1 + sum(sign * values[year] > sign * values[2019] for year in values)
        assert found.includes(Decimal(place))
    if all(a == b for a, b in history.values()):
        assert found.form == "exact"


@given(st.data(), histories(), st.integers(1, 30), st.sampled_from(["above", "below"]))
def test_a_count_holds_for_every_true_value(data: st.DataObject, history: dict[int, tuple[int, int]], limit: int, side: str) -> None:
    """As many points lie above or below a number, counted by hand for any true values, as is worked out."""
    found = compare(ledger_of(history), fact_of(how="count", of="s", **{side: str(limit)})).value
    assert found is not None
    for values in truths(data, history):
        count = sum(value > limit if side == "above" else value < limit for value in values.values())
        assert found.includes(Decimal(count))


PAIRS = {
    "share": lambda of, to: of * 100 / to,
    "change": lambda of, to: (of - to) * 100 / to,
    "ratio": lambda of, to: of / to,
}


@given(st.data(), histories(), st.sampled_from(sorted(PAIRS)))
def test_a_pair_holds_for_every_true_value(data: st.DataObject, history: dict[int, tuple[int, int]], how: str) -> None:
    """A share, a change and a ratio, reckoned exactly from any true values, lie in the result; of one value each, it is the nearest."""
    first = min(history)
    if first == 2019:
        return
    unit = None if how == "ratio" else "percent"
    found = compare(ledger_of(history), fact_of(unit, how=how, of="s:y2019", to=f"s:y{first}")).value
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


@given(st.dates(dt.date(1900, 1, 1), dt.date(2090, 12, 31)), st.dates(dt.date(1900, 1, 1), dt.date(2090, 12, 31)))
def test_years_between_hold_for_every_day(first: dt.date, second: dt.date) -> None:
    """The years between two days, reckoned from the calendar, lie in the result."""
    points = [
        {"id": name, "period": day.isoformat(), "show": "main", "value": "1"} for name, day in (("a", first), ("b", second))
    ]  # fmt: skip
    series = {"id": "s", "title": "S", "x": "period", "as_of": "2020", "review_by": "2021", "unit": "people", "points": points}
    found = compare(Ledger(series={"s": Series.model_validate(series)}), fact_of("years", how="years-between", of="s:a", to="s:b"))
    assert found.value is not None
    assert found.value.interval is not None
    early, late = sorted((first, second))
    completed = late.year - early.year - ((late.month, late.day) < (early.month, early.day))
    assert Decimal(completed) >= (found.value.interval.low or 0)
    whole = (late.month, late.day) == (early.month, early.day)
    assert (found.value.interval.high or 0) >= Decimal(completed if whole else completed + 1)


@given(histories())
def test_every_missing_year_is_named(history: dict[int, tuple[int, int]]) -> None:
    """The years that a yearly series leaves out between its first and its last point are the gaps named."""
    found = compare(ledger_of({**history, 2018: (1, 1)}), fact_of(how="largest-rank", of="s:y2019"))
    present = {*history, 2018}
    assert [gap.text for gap in found.gaps.missing] == [str(y) for y in range(min(present), 2019) if y not in present]


@given(st.data(), histories(), st.sampled_from(["largest-since", "largest-rank", "smallest-since", "smallest-rank"]))
def test_it_holds_for_every_rival_or_names_one(data: st.DataObject, history: dict[int, tuple[int, int]], how: str) -> None:
    """Whichever rivals are followed in place of the main points: the comparison comes out as it did, or one of them was named."""
    rivals = {year: data.draw(st.integers(1, 40)) for year in sorted(history)[-5:] if data.draw(st.booleans())}
    ledger, fact = ledger_of(history, rivals), fact_of(how=how, of="s:y2019")
    found = tried(ledger, fact)
    if found is None:
        return
    named = {entry.claim.id for entry in swaying(ledger, fact, found)}
    real = {year for year in rivals if f"r{year}" not in named and not history[year][0] <= rivals[year] <= history[year][1]}
    for size in range(len(real) + 1):
        for followed in combinations(sorted(real), size):
            other = tried(ledger_of({**history, **{year: (rivals[year],) * 2 for year in followed}}), fact)
            assert other is not None
            assert (other.value, other.found and other.found.claim.id) == (found.value, found.found and found.found.claim.id)


def test_a_rival_that_changes_a_comparison_is_named() -> None:
    """A rival for an earlier year that lies beyond the last one is named, by whoever asks for the comparison; one that does not is not."""
    ledger, fact = ledger_of({2017: (9, 9), 2018: (3, 3), 2019: (5, 5)}, {2018: 7, 2017: 8}), fact_of(how="largest-since", of="s:y2019")
    found = compare(ledger, fact)
    assert found.found is not None
    assert (found.found.claim.id, [each.claim.id for each in swaying(ledger, fact, found)]) == ("y2017", ["r2018"])


def test_the_record_of_spring_2025() -> None:
    """From the points of this site's own series: none of the springs after 2011 was larger, and spring 2011 was, 14 years before."""
    ledger = read_ledger(Folder(ROOT), Problems())
    found = compare(ledger, ledger.facts["spring-2025-largest-since"])
    assert found.found is not None
    series = ledger.series["callup-spring"]
    sizes = {point.id: point.value.a for point in series.points if point.show == "main" and point.value and point.period}
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
    series = {"id": "s", "title": "S", "x": "period", "as_of": "2020", "review_by": "2021", "unit": "people", "points": points}
    with pytest.raises(FormulaError, match="'s:a' and 's:b'"):
        compare(Ledger(series={"s": Series.model_validate(series)}), fact_of(how="largest-since", of="s:b"))
