"""Numbers in real sentences: of every line in ``cases/numbers`` the right value bears, and no wrong one does, nor any figure changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words
from support import CASES

from explainer.check.support.counting import clauses_of
from explainer.model.numerals import numerals
from explainer.model.quantities import Quantity

FILES = sorted((CASES / "numbers").glob("*.tsv"))
LANGUAGES = [path.stem for path in FILES]
UNLISTED = sorted(path.stem for path in (CASES / "numbers-unlisted").glob("*.tsv"))
"""Languages most of which have no list of their own, or one that is not complete."""
ENOUGH = Decimal("0.97")
"""The share of right values that must bear."""
NONE = "-"
"""What stands for the value of a sentence that says none which a claim could be."""


@dataclass(frozen=True)
class Line:
    """A sentence, the value that it says, the words that the value counts, and values that it does not say."""

    language: str
    sentence: str
    value: str
    nouns: frozenset[str]
    wrong: tuple[str, ...]


@cache
def corpus(language: str, folder: str = "numbers") -> tuple[Line, ...]:
    """The lines of one language."""
    text = (CASES / folder / f"{language}.tsv").read_text(encoding="utf-8")
    rows = (row.split("\t") for row in text.splitlines() if row.strip() and not row.startswith("#"))
    return tuple(
        Line(
            language,
            sentence,
            value,
            frozenset(word.casefold() for word in nouns.split("|")),
            tuple(re.findall(r"\S+", wrong)),
        )
        for sentence, value, nouns, wrong in rows
    )


def bears(line: Line, value: str) -> bool:
    """Whether the sentence bears a value, as an author would write it; one that no author may write bears nothing."""
    try:
        quantity = Quantity.parse(value)
    except ValueError:
        return False
    return _borne(line, quantity)


def _borne(line: Line, quantity: Quantity) -> bool:
    return any(
        clause.noun(line.nouns, line.nouns)
        for clause in clauses_of(line.sentence, line.language, quantity)
    )


def test_the_corpus_is_large_and_of_many_languages() -> None:
    """At least 600 sentences in at least twelve languages."""
    assert len(LANGUAGES) >= 12
    assert sum(len({line.sentence for line in corpus(language)}) for language in LANGUAGES) >= 600


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_wrong_value_passes(language: str, tally: Callable[[str, int], None]) -> None:
    """No value passes that a careless reader would take from the sentence."""
    lines = corpus(language)
    tried = [(line, wrong) for line in lines for wrong in line.wrong]
    passed = [
        f"{wrong} for {line.value}: {line.sentence}" for line, wrong in tried if bears(line, wrong)
    ]
    assert tried
    assert passed == []
    tally("wrong values of the corpus of numbers that were refused", len(tried))


@pytest.mark.parametrize("language", LANGUAGES)
def test_right_values_pass(language: str, tally: Callable[[str, int], None]) -> None:
    """At least 97 of 100 right values pass; how many, by language, is printed."""
    lines = [line for line in corpus(language) if line.value != NONE]
    refused = [f"{line.value}: {line.sentence}" for line in lines if not bears(line, line.value)]
    tally(
        f"right values of the corpus of numbers that pass: {language}, of {len(lines)}",
        len(lines) - len(refused),
    )
    assert len(refused) <= max(1, (1 - ENOUGH) * len(lines)), refused


def test_right_values_pass_in_all() -> None:
    """At least 97 of 100 right values pass over all languages together."""
    lines = [line for language in LANGUAGES for line in corpus(language) if line.value != NONE]
    passed = sum(1 for line in lines if bears(line, line.value))
    print(f"\n{passed} of {len(lines)} right values pass ({100 * passed / len(lines):.1f}%)")
    assert passed >= ENOUGH * len(lines)


@pytest.mark.parametrize("language", UNLISTED)
def test_no_wrong_value_passes_in_a_language_that_is_not_listed(
    language: str, tally: Callable[[str, int], None]
) -> None:
    """Nor does one in a language whose numbers nobody listed; what right values pass there is counted, and none has to."""
    lines = corpus(language, "numbers-unlisted")
    tried = [(line, wrong) for line in lines for wrong in line.wrong]
    assert tried
    assert [
        f"{wrong} for {line.value}: {line.sentence}" for line, wrong in tried if bears(line, wrong)
    ] == []
    tally("wrong values in languages that are not listed, which were refused", len(tried))
    tally(
        f"right values in languages that are not listed, of {len(lines)}: {language}",
        sum(bears(each, each.value) for each in lines),
    )


SIMPLE = [
    ("az", "Şəhərdə 1,2 milyon sakin var.", "1200000", "sakin"),
    ("is", "Íbúar eru 395.280 manns.", "395280", "manns"),
    ("kk", "Қорда 3,4 млрд теңге бар.", "3400000000", "теңге"),
    ("lv", "Tur dzīvo 1 883 008 iedzīvotāji.", "1883008", "iedzīvotāji"),
    ("sl", "Škoda znaša 3,4 milijona evrov.", "3400000", "evrov"),
    ("mk", "Градот има 526.502 жители.", "526502", "жители"),
    ("cy", "Mae 3,107,500 preswylwyr yno.", "3107500", "preswylwyr"),
    ("mr", "येथे 3.5 लाख मतदार आहेत.", "350000", "मतदार"),
    ("gu", "અહીં 1,240 ખાટલા છે.", "1240", "ખાટલા"),
    ("sq", "Çmimi u rrit 5,4 %.", "5.4", "%"),
]


@pytest.mark.parametrize(("language", "sentence", "value", "noun"), SIMPLE)
def test_a_simple_number_passes_in_a_language_that_is_not_listed(
    language: str, sentence: str, value: str, noun: str
) -> None:
    """Digits with separators, and with CLDR's short magnitudes, count the noun right beside them."""
    assert bears(Line(language, sentence, value, frozenset([noun.casefold()]), ()), value)


def changes(number: Decimal) -> Iterator[Decimal]:
    """The number times and divided by 10 and 1,000, with a digit cut off at either end or another one, and with the other sign."""
    yield from (number * 10, number * 1000, number / 10, number / 1000, -number)
    digits = f"{abs(number):f}"
    if "." not in digits:
        yield from (
            Decimal(cut) for cut in (digits[1:], digits[:-1], digits[:-3], digits[-3:]) if cut
        )
    for place, digit in enumerate(digits):
        if digit.isdigit():
            yield Decimal(f"{digits[:place]}{(int(digit) + 1) % 10}{digits[place + 1 :]}")


def mutants(line: Line) -> Iterator[Quantity]:
    """The line's value with one of its figures changed, where no right value of the same sentence is that."""
    right = Quantity.parse(line.value)
    for index, number in enumerate(right.numbers):
        for other in changes(number):
            ends = [*right.numbers]
            ends[index] = other
            if ends != [*right.numbers] and (len(ends) < 2 or ends[0] < ends[1]):
                yield Quantity(right.form, ends[0], ends[1] if len(ends) > 1 else None, right.width)
    if right.width is not None:
        yield from (
            Quantity(right.form, right.a, None, width)
            for width in changes(right.width)
            if width > 0 and width != right.width
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_changed_figure_passes(language: str, tally: Callable[[str, int], None]) -> None:
    """Whatever is changed in a figure of the corpus, the figure in the sentence does not bear it; another figure may."""
    tried, survivors = 0, []
    for line in (each for each in corpus(language) if _may_be_written(each.value)):
        places = _places(line, Quantity.parse(line.value))
        for mutant in mutants(line):
            tried += 1
            found = _places(line, mutant)
            if found & places or (found and not places):
                survivors.append(f"{mutant} for {line.value}: {line.sentence}")
    assert tried
    assert survivors == []
    tally("changed figures of the corpus of numbers that were refused", tried)


def _places(line: Line, quantity: Quantity) -> set[int]:
    """The places in the sentence of the figures that bear a value."""
    found = clauses_of(line.sentence, line.language, quantity)
    return {
        place
        for each in found
        if each.noun(line.nouns, line.nouns)
        for place in range(each.number.start, each.number.end)
    }


def _may_be_written(value: str) -> bool:
    try:
        Quantity.parse(value)
    except ValueError:
        return False
    return True


SPELLED = ["cs", "de", "fa", "fi", "hu", "id", "nl", "pl", "pt", "ru", "uk"]
"""Languages in which every number that num2words spells is read; it knows no inflected forms, and so does not make our lists."""


@pytest.mark.parametrize("language", SPELLED)
@given(
    number=st.one_of(st.integers(2, 999), st.integers(1000, 10**6), st.integers(10**6, 10**9 - 1))
)
def test_a_number_in_words_is_read(language: str, number: int) -> None:
    """What num2words spells is never read, without a doubt, as another number; in at least these languages nothing is doubted."""
    found = [
        (each.value, each.doubt) for each in numerals(num2words(number, lang=language), language)
    ]
    assert found == [(Decimal(number), "")]


@given(number=st.integers(2, 10**9 - 1))
def test_an_english_number_with_commas_is_read_or_doubted(number: int) -> None:
    """In English, where num2words puts commas, the number is read, or each part of it is doubted."""
    assert all(
        each.doubt or each.value == number for each in numerals(num2words(number, lang="en"), "en")
    )
