"""Numbers in texts: what a page of any language says is found again with the value that its reader understands."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st
from support import CASES, table

from explainer.check.support.counting import read
from explainer.model.numerals import numerals
from explainer.model.quantities import Quantity
from explainer.model.records import LONGEST_WORDS, Evidence

PHRASES = table(CASES / "numerals" / "phrases.tsv")
LOCALES = ["en", "ru", "uk", "de", "pl", "fr", "it", "es", "pt", "hu", "bg", "et", "id"]


def values(text: str, language: str) -> set[Decimal]:
    """The values of the plain numbers in a text."""
    return {number.value for number in numerals(text, language) if not number.mark}


@pytest.mark.parametrize(("language", "phrase", "held", "strange"), PHRASES)
def test_phrase(language: str, phrase: str, held: str, strange: str) -> None:
    """The phrase holds the numbers that its readers find in it, and none of those that a careless reading would find."""
    found = {number.value for number in numerals(phrase, language)}
    assert {Decimal(number) for number in held.split()} <= found
    assert not {Decimal(number) for number in strange.split()} & found


amounts = st.one_of(
    st.integers(0, 10**12).map(Decimal),
    st.decimals(min_value=0, max_value=10**7, places=2, allow_nan=False, allow_infinity=False),
)


@given(
    st.sampled_from(LOCALES),
    amounts,
    st.sampled_from(["{}", "Some {} of them", "({})", "{}.", "{}, they say", "«{}»", "about {};"]),
)
def test_a_number_written_for_a_language_is_read_in_it(
    locale: str, value: Decimal, frame: str
) -> None:
    """What Babel writes for a language's readers is found again, with the same value, wherever it stands in a sentence."""
    written = format_decimal(value, locale=locale, decimal_quantization=False)
    assert value in values(frame.format(written), locale)


@given(st.sampled_from(LOCALES), st.integers(10_000, 10**12), st.sampled_from([1, 10, 100, 1000]))
def test_a_digit_more_or_less_is_not_read(locale: str, value: int, factor: int) -> None:
    """A number is not also read as one with another number of digits."""
    found = values(format_decimal(value, locale=locale), locale)
    assert found == {Decimal(value)}
    assert factor == 1 or Decimal(value * factor) not in found


@given(st.integers(1, 10**9))
def test_a_minus_is_kept(value: int) -> None:
    """A minus before digits makes a number negative, whichever of the two signs it is."""
    for sign in "-−":
        assert values(f"it was {sign}{value}", "en") == {Decimal(-value)}


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_the_hyphen_of_a_range_is_no_minus(low: int, high: int) -> None:
    """A hyphen or dash between digits joins two numbers, neither of them negative."""
    for mark in "-–—":
        assert {Decimal(low), Decimal(high)} <= values(f"{low}{mark}{high}", "en")
        assert all(value >= 0 for value in values(f"{low}{mark}{high}", "en"))


@given(st.integers(0, 10**6), st.sampled_from(["%", " %", "‰", " %", " ‰"]))
def test_percent_is_no_plain_number(value: int, mark: str) -> None:
    """A number followed by a percent or per mille sign is marked, so that it counts nothing else."""
    assert values(f"it was {value}{mark} of them", "en") == set()
    assert {number.value for number in numerals(f"{value}{mark}")} == {Decimal(value)}


@given(st.integers(1, 10**6), st.sampled_from("$€£₴¥"))
def test_a_currency_sign_marks_its_number(value: int, sign: str) -> None:
    """A number with a currency sign, before it or after it, is marked as money."""
    for text in (f"{sign}{value}", f"{sign} {value}", f"{value}{sign}", f"{value} {sign}"):
        assert values(text, "en") == set(), text


@given(
    st.integers(1, 999),
    st.sampled_from(
        [("thousand", 1000), ("million", 10**6), ("billion", 10**9), ("тыс.", 1000), ("млн", 10**6)]
    ),
)
def test_a_magnitude_multiplies_and_nothing_else_is_read(
    value: int, magnitude: tuple[str, int]
) -> None:
    """A magnitude word multiplies the number before it, and the bare number is not read beside it."""
    word, factor = magnitude
    assert values(f"it was {value} {word} people", "en" if word.isascii() else "ru") == {
        Decimal(value * factor)
    }


@given(st.text(max_size=60), st.sampled_from(LOCALES))
def test_places_are_places_in_the_text(text: str, language: str) -> None:
    """Whatever the text, each number stands where it says, on at least one digit or letter."""
    for number in numerals(text, language):
        assert 0 <= number.start < number.end <= len(text)
        assert any(ch.isalnum() for ch in text[number.start : number.end])


ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def in_words(number: int) -> str:
    """A number in English words."""
    if number < 20:
        return ONES.split()[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return TENS.split()[tens - 2] + (f"-{in_words(ones)}" if ones else "")
    for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            many, rest = divmod(number, size)
            joint = " and " if rest and rest < 100 else " "
            return f"{in_words(many)} {name}" + (f"{joint}{in_words(rest)}" if rest else "")
    raise AssertionError(number)


@given(st.integers(0, 10**9 - 1))
def test_a_number_in_words_is_read_whole(number: int) -> None:
    """An English number in words has one value, which is its own."""
    assert values(f"there were {in_words(number)} of them", "en") == {Decimal(number)}


def test_the_longest_run_of_digits_is_read_at_once() -> None:
    """A text of nothing but digits and marks is read without going back and forth over it."""
    assert len(numerals("1," * 20_000)) <= 20_000
    assert len(numerals("1 000 " * 10_000)) >= 1
    assert len(numerals("one " * 20_000)) >= 1


def test_a_quote_of_a_megabyte_is_no_evidence() -> None:
    """A quote or a locator that is longer than any passage is refused before a number of it is read; one just as long is not."""
    for words in ("1 " * 500_000, "1" * LONGEST_WORDS + "1"):
        for name in ("quote", "locator"):
            with pytest.raises(ValueError, match=rf"{name} has [\d,]+ (characters|words); at most"):
                Evidence.model_validate(
                    {"source": "a", "stance": "supports", "says": "It is so.", name: words}
                )
    assert Evidence.model_validate(
        {"source": "a", "stance": "supports", "quote": "1" * LONGEST_WORDS}
    ).quote


def test_a_megabyte_of_digits_is_one_number() -> None:
    """Digits without an end are read at once, in a language with a list and in one without."""
    for language in ("en", "is"):
        assert len(numerals("1" * 10**6, language)) == 1


def test_an_amount_of_money_and_a_count_are_no_range() -> None:
    """Money that goes "to" people is no range up to their number; "$50 to 60" is one."""
    for words in ("$1.45bn to 312 plaintiffs", "$50 to 312 plaintiffs", "$2 to 3 million people"):
        assert [clause.within for _, clause in read(words, "en") if not clause.is_bare] == [
            None,
            None,
        ]
    for words in ("$50 to 60 per barrel", "€50 to €60", "$2 to 3 million"):
        assert all(clause.within for _, clause in read(words, "en") if not clause.is_bare)


def test_a_number_of_31_digits_is_read_and_written() -> None:
    """The mass of the Sun in kilograms can be claimed, and every digit of so long a number counts."""
    sun = Quantity.parse("1989000000000000000000000000000")
    assert sun.a in values("a mass of 1.989 × 10^30 kilograms", "en")
    long = Quantity.parse("-1234567890123456789012345678901").a
    assert values("a sum of -1234567890123456789012345678901 units", "en") == {long}
