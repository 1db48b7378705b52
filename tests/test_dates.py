"""Dates: EDTF as the field's own library reads it, with the bounds that comparisons need."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from explainer.values.dates import Edtf
from explainer.values.days import said_year
from explainer.wording import Wording

days = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
precisions = st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"])


def written(day: dt.date, precision: str) -> str:
    """A day as EDTF, to the year, the month or the day."""
    text = day.isoformat()
    return {"%Y": text[:4], "%Y-%m": text[:7], "%Y-%m-%d": text}[precision]


simple = st.builds(written, days, precisions)


@given(simple)
def test_bounds_are_those_of_the_library(text: str) -> None:
    """A year, a month and a day have the bounds that the edtf library gives them."""
    found, theirs = Edtf.parse(text), parse_edtf(text)
    assert found.first == dt.date(*theirs.lower_strict()[:3])
    assert found.last == dt.date(*theirs.upper_strict()[:3])


@given(simple)
def test_a_date_is_written_as_it_was_read(text: str) -> None:
    """A date prints as the author wrote it."""
    assert str(Edtf.parse(text)) == text


@given(simple, simple)
def test_a_spell_lies_between_its_ends(start: str, end: str) -> None:
    """A spell begins where its start begins and ends where its end ends; one that ends before it begins is refused."""
    first, last = Edtf.parse(start), Edtf.parse(end)
    assert first.first is not None
    assert last.last is not None
    if first.first > last.last:
        with pytest.raises(ValueError, match=r"before it begins|not a date"):
            Edtf.parse(f"{start}/{end}")
    elif first.last is not None and last.first is not None and first.last <= last.first:
        spell = Edtf.parse(f"{start}/{end}")
        assert (spell.first, spell.last) == (first.first, last.last)
        assert spell.is_spell


@given(simple, simple)
def test_overlap_is_mutual(a: str, b: str) -> None:
    """If one date can be the other's, the other can be the first's."""
    first, second = Edtf.parse(a), Edtf.parse(b)
    assert first.overlaps(second) == second.overlaps(first)
    assert first.allows_same(second) == second.allows_same(first)
    assert first.overlaps(first)
    assert first.allows_same(first)
    assert first.same_spell(first)


@given(simple, simple)
def test_one_of_two_dates_can_come_first(a: str, b: str) -> None:
    """Of two dates at least one can precede the other, and a date can precede itself."""
    first, second = Edtf.parse(a), Edtf.parse(b)
    assert first.can_precede(first)
    assert first.can_precede(second) or second.can_precede(first)


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ("2025", "2025-07", True),
        ("2025-07", "2025-08", False),
        ("2025-07-01/2025-07-10", "2025-07-10/2025-07-20", True),
        ("2025-07-01/2025-07-10", "2025-07-11/2025-07-20", False),
        ("[2025-07-07,2025-07-08]", "2025-07-08", True),
        ("[2025-07-07,2025-07-08]", "2025-07-09", False),
        ("XXXX-06-07", "1999", True),
    ],
)
def test_which_dates_can_be_the_same(first: str, second: str, overlap: bool) -> None:
    """Dates overlap where some day belongs to both; an unknown year overlaps everything."""
    assert Edtf.parse(first).overlaps(Edtf.parse(second)) is overlap


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("XXXX-06-07", "2024-06-07", True),
        ("XXXX-06-07", "2024-06-08", False),
        ("XXXX-06-07", "XXXX-06-07", True),
        ("XXXX-06", "2024-07", False),
    ],
)
def test_a_date_without_a_year_is_compared_by_its_day(first: str, second: str, same: bool) -> None:
    """Where a year is missing, month and day are compared."""
    assert Edtf.parse(first).allows_same(Edtf.parse(second)) is same


def test_a_date_without_a_year_has_no_bounds() -> None:
    """An unknown year has neither a first day nor a last."""
    date = Edtf.parse("XXXX-06-07")
    assert (date.first, date.last) == (None, None)
    assert date.parts == (("month", 6), ("day", 7))


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-30", "2025-02-29", "2025-13", "2025-00", "2025-04-31", "2025-07-07/2025-07-06", "25-07-07", "2025/2024", "2025-7-7",
        "20250707", "7 July 2025", "July 2025", "", " ", "2025-07-07x", "٢٠٢٥", "2025-21", "2025-22", "2025-24", "2025-07-07T10:00:00Z",
        "Y17E8", "today", "now", "2025-W05", "2025-07-07/2025-02-30", "[2025-07-07", "2025-07-07]", "[]", "//", "2025//2026", "----",
        "9999-99-99", "-0000", "-9999", "-10000", "10000", "Y-17000", "-0043-02-29", "-0044-XX", "1e3",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    """What cannot be printed and compared as a day, a month, a year or a spell of them is refused in words that name it."""
    with pytest.raises(ValueError, match=r"not a date|before it begins|outside the years"):
        Edtf.parse(text)


@pytest.mark.parametrize("year", [1900, 2023, 2025, 2100])
def test_a_leap_day_of_a_common_year_does_not_exist(year: int) -> None:
    """29 February of a common year is told to be no date, not to lie outside the calendar."""
    assert not calendar.isleap(year)
    with pytest.raises(ValueError, match="not a date that exists"):
        Edtf.parse(f"{year}-02-29")


@given(st.text("0123456789X-/[],~?%.{}TZ:Y", min_size=1, max_size=24))
def test_any_text_is_a_date_that_can_be_printed_or_a_reason(text: str) -> None:
    """Whatever looks like EDTF is refused with a reason, or printed in words that name every part written, and no other month."""
    try:
        date = Edtf.parse(text)
    except ValueError as error:
        refusal = str(error)
        date = None
    if date is None:
        assert text.strip() in refusal
        return
    words = Wording().date(date)
    months = {value for name, value in date.parts if name == "month"}
    named = {number for number in range(1, 13) if calendar.month_name[number] in words}
    assert named <= months
    for name, value in date.parts:
        assert name == "month" or str(said_year(value) if name == "year" else value) in words


KINDS = st.sampled_from(["{}", "{}~", "{}?", "{}/{}", "[{},{}]", "{{{},{}}}", "{}/..", "../{}", "{}%"])


@given(KINDS, simple, simple)
def test_a_date_that_is_accepted_is_printed_whole(kind: str, a: str, b: str) -> None:
    """No form of EDTF that is accepted loses a part in print, or gains a month that nobody wrote."""
    text = kind.format(*sorted([a, b]))
    try:
        date = Edtf.parse(text)
    except ValueError:
        return
    words = Wording().date(date)
    months = {value for name, value in date.parts if name == "month"}
    assert {number for number in range(1, 13) if calendar.month_name[number] in words} == months
    for name, value in date.parts:
        assert name != "year" or f"{value:04d}" in words or str(value) in words
