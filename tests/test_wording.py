"""Wording: what readers see says what the ledger holds, no more and no less."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_quantities import amounts

from explainer.values.dates import Edtf
from explainer.values.numerals import numerals
from explainer.values.quantities import Quantity
from explainer.wording import Wording

WORDING = Wording()


@given(amounts)
def test_an_amount_in_words_holds_its_numbers(quantity: Quantity) -> None:
    """Read back as a reader would, the words of an amount hold exactly its numbers, and the word that softens it."""
    words = WORDING.amount(quantity)
    assert set(quantity.numbers) <= {number.value for number in numerals(words)}
    assert quantity.form in ("exact", "range") or words.startswith(quantity.form)


@given(st.integers(-(10**12), 10**12))
def test_a_number_in_words_is_that_number(value: int) -> None:
    """A whole number is printed so that it is read as the same number, however large."""
    words = WORDING.number(Decimal(value))
    assert [number.value for number in numerals(words)] == [Decimal(value)]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0", "0"),
        ("160000", "160,000"),
        ("1500000", "1.5 million"),
        ("1500001", "1,500,001"),
        ("999999", "999,999"),
        ("1000000", "1 million"),
        ("-13000", "−13,000"),
        ("-1500000", "−1.5 million"),
        ("0.5", "0.5"),
        ("37.9", "37.9"),
        ("1200.50", "1,200.5"),
    ],
)
def test_numbers(number: str, words: str) -> None:
    """Digits in groups, a true minus, and millions where nothing is lost by them."""
    assert WORDING.number(Decimal(number)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("30000..40000", "30,000 to 40,000"),
        ("-13000..-12000", "−13,000 to −12,000"),
        ("about 35000", "about 35,000"),
        ("over 300000", "over 300,000"),
        ("at least 5", "at least 5"),
        ("up to 60000", "up to 60,000"),
        ("almost 440000", "almost 440,000"),
        ("under 500", "under 500"),
        ("about 35000 ±500", "about 35,000 ± 500"),
        ("84 ±3", "84 ± 3"),
    ],
)
def test_amounts(value: str, words: str) -> None:
    """A range has both its ends, and what softens a number is said."""
    assert WORDING.amount(Quantity.parse(value)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-07-07", "7 July 2025"),
        ("2025-07", "July 2025"),
        ("2025", "2025"),
        ("0987", "987"),
        ("0079", "79 AD"),
        ("0079-08-24", "24 August 79 AD"),
        ("0000", "1 BC"),
        ("-0043", "44 BC"),
        ("-0043-03-15", "15 March 44 BC"),
        ("-0004-02-29", "29 February 5 BC"),
        ("-0043-03~", "about March 44 BC"),
        ("-0043-03-15/-0043-04-20", "15 March to 20 April 44 BC"),
        ("-0099/-0043", "100 BC to 44 BC"),
        ("-0043/0079", "44 BC to 79 AD"),
        ("2025-07-07~", "about 7 July 2025"),
        ("2025-07~", "about July 2025"),
        ("2025~", "about 2025"),
        ("[2025-07-07,2025-07-08]", "7 July 2025 or 8 July 2025"),
        ("2025-04-01/2025-07-15", "1 April to 15 July 2025"),
        ("2024-12/2025-01", "December 2024 to January 2025"),
        ("2025-01/2025-03", "January to March 2025"),
        ("2024/2025", "2024 to 2025"),
        ("2025-04/2025-07-15", "April 2025 to 15 July 2025"),
        ("XXXX-06-07", "7 June (no year given)"),
        ("XXXX-06", "June (no year given)"),
    ],
)
def test_dates(text: str, words: str) -> None:
    """A date is printed to the precision that it was given with, and its doubts are said."""
    assert WORDING.date(Edtf.parse(text)) == words


@given(st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 31)))
def test_a_day_in_words_is_that_day(day: dt.date) -> None:
    """A day is printed with its own day, month and year."""
    words = WORDING.day(day)
    assert dt.datetime.strptime(words, "%d %B %Y").date() == day
    assert words == WORDING.date(Edtf.parse(day.isoformat()))


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_a_short_spell_names_its_years(start: dt.date, end: dt.date) -> None:
    """However short the label of a chart, the year in which a spell ends is in it; so is the other, where it is another."""
    start, end = sorted([start, end])
    words = WORDING.short_date(Edtf.parse(f"{start.isoformat()}/{end.isoformat()}"))
    assert str(end.year) in words
    assert str(start.year) in words


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("people", "people"),
        ("people/month", "people a month"),
        ("books/days", "books a day"),
        ("books/region", "books per region"),
        (None, ""),
        ("", ""),
    ],
)
def test_units(unit: str | None, words: str) -> None:
    """A rate is said as people say it."""
    assert WORDING.unit(unit) == words
