"""Wording: what readers see says what the ledger holds, no more and no less."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT
from test_quantities import amounts

from explainer.common.problems import Problems
from explainer.model.dates import Edtf
from explainer.model.numerals import numerals
from explainer.model.quantities import Quantity
from explainer.publish.catalogue import read_catalogues
from explainer.publish.wording import Wording
from explainer.read.files import Folder

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
        ("1200.50", "1,200.50"),
        ("1.0", "1.0"),
        ("1500000.0", "1,500,000.0"),
        ("-0", "0"),
        ("-0.0", "0.0"),
        ("1000000000000", "1 trillion"),
        ("2340000000000", "2.34 trillion"),
        ("1234500000000", "1,234,500,000,000"),
        ("999990000000", "999.99 billion"),
        ("123456789012345678901234.123456789", "123,456,789,012,345,678,901,234.123456789"),
    ],
)
def test_numbers(number: str, words: str) -> None:
    """Digits in groups, all decimals that were written, a true minus, and millions where nothing is lost by them."""
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


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
)
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


@pytest.mark.parametrize(
    ("language", "words"), [("en", "1 trillion"), ("ru", "1 трлн"), ("uk", "1 трлн")]
)
def test_a_trillion_has_its_own_word(language: str, words: str) -> None:
    """No thousand billions, in any language."""
    assert in_language(language).number(Decimal(10**12)).replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("language", "unit", "value", "words"),
    [
        ("en", "people", "1", "person"), ("en", "people", "1.0", "people"), ("en", "people", "0", "people"), ("en", "people", "0..1", "people"),
        ("en", "men", "5", "men"), ("en", "percent", "1", "percent"), ("en", "percentage points", "1", "percentage point"),
        ("en", "percentage points", "1.0", "percentage points"), ("en", "people/month", "1", "person a month"),
        ("en", "injuries per 10,000 workers", "1", "injury per 10,000 workers"),
        ("en", "injuries per 10,000 workers", "1.0", "injuries per 10,000 workers"),
        ("en", "injuries per 10,000 workers", "0.1", "injuries per 10,000 workers"),
        ("ru", "percentage points", "1", "процентный пункт"), ("ru", "percentage points", "2", "процентных пункта"),
        ("ru", "percentage points", "5", "процентных пунктов"), ("ru", "percentage points", "1.5", "процентного пункта"),
        ("uk", "percentage points", "1", "відсотковий пункт"), ("uk", "percentage points", "5", "відсоткових пунктів"),
    ],
)  # fmt: skip
def test_a_unit_agrees_with_its_number(language: str, unit: str, value: str, words: str) -> None:
    """The singular stands by a bare 1 alone, where the language says so; 1.0 takes the form of a fraction."""
    nouns = {
        "injuries per 10,000 workers": {
            "one": "injury per 10,000 workers",
            "other": "injuries per 10,000 workers",
        }
    }
    assert (
        in_language(language, nouns if language == "en" else {}).unit(unit, Quantity.parse(value))
        == words
    )


def in_language(language: str, nouns: dict[str, dict[str, str]] | None = None) -> Wording:
    """How one of the languages that come with the generator writes values."""
    found = read_catalogues(Folder(ROOT / "templates"), "languages", Problems())[language]
    return Wording(found, nouns=nouns or {})


_MONTHS = """
import json, sys
from explainer.model.number_words import months, vocabulary
read = {language: [dict(months(language)), sorted(map(str, vocabulary(language).magnitudes))] for language in sys.argv[1:]}
print(json.dumps(read, sort_keys=True))
"""


def test_a_language_is_the_same_whichever_was_read_before() -> None:
    """Names of months come from CLDR's shared data, in which one language's were once found under another's."""
    languages = (
        "az",
        "tr",
        "de",
        "en",
        "ru",
        "uk",
        "ja",
        "zh",
        "ar",
        "fa",
        "he",
        "hi",
        "ka",
        "hy",
        "fi",
        "cs",
        "sq",
        "kk",
        "bg",
        "ko",
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", _MONTHS, *order],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for order in (languages, languages[::-1])
    }
    assert len(told) == 1
