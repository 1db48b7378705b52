"""Rates and units in real sentences: of every line in ``cases/rates`` the number bears the units given, and none of the wrong ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest
from support import CASES

from explainer.check.support.counting import read, wrong_rate
from explainer.check.support.scaled import clauses_in
from explainer.check.support.units import rates_in
from explainer.model.quantities import Quantity

LANGUAGES = sorted(path.stem for path in (CASES / "rates").glob("*.tsv"))
ENOUGH = 0.97
"""The share of right units that must pass."""


@dataclass(frozen=True)
class Line:
    """A sentence, its number, the words that the number counts, and units that it has and has not."""

    language: str
    sentence: str
    number: str
    nouns: frozenset[str]
    right: tuple[str, ...]
    wrong: tuple[str, ...]


@cache
def corpus(language: str) -> tuple[Line, ...]:
    """The lines of one language."""
    text = (CASES / "rates" / f"{language}.tsv").read_text(encoding="utf-8")
    rows = (row.split("\t") for row in text.splitlines() if row and not row.startswith("#"))
    return tuple(
        Line(
            language,
            sentence,
            number,
            frozenset(nouns.casefold().split("|")),
            _units(right),
            _units(wrong),
        )
        for sentence, number, nouns, right, wrong in rows
    )


def _units(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split("|"))


def bears(line: Line, unit: str) -> bool:
    """Whether a sentence bears its number in a unit, which ``@`` begins: what the words count."""
    nouns = line.nouns | {unit.split("/", maxsplit=1)[0].replace("@", "things")}
    clauses = clauses_in(line.sentence, line.language, Quantity.parse(line.number))
    said = frozenset[str]().union(*(clause.rates for clause in clauses))
    counted = any(clause.noun(nouns, nouns) for clause in clauses)
    return counted and not wrong_rate(unit, nouns, [line.language, "en"], clauses, said)


def test_the_corpus_is_of_many_languages() -> None:
    """At least 180 sentences in at least 25 languages."""
    assert len(LANGUAGES) >= 25
    assert sum(len(corpus(language)) for language in LANGUAGES) >= 180


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_wrong_unit_passes(language: str) -> None:
    """A count does not pass for a rate, nor a rate for a count, nor a length for an area."""
    tried = [(line, unit) for line in corpus(language) for unit in line.wrong]
    assert tried
    assert [f"{unit}: {line.sentence}" for line, unit in tried if bears(line, unit)] == []


def test_right_units_pass() -> None:
    """At least 97 of 100 right units pass."""
    tried = [
        (line, unit) for language in LANGUAGES for line in corpus(language) for unit in line.right
    ]
    refused = [f"{unit}: {line.sentence}" for line, unit in tried if not bears(line, unit)]
    assert len(refused) <= (1 - ENOUGH) * len(tried), refused


@pytest.mark.parametrize("language", ["en", "de", "fr", "ru", "zh", "ja", "ko", "ar", "hi"])
def test_rates_of_a_long_text_are_found_once(language: str) -> None:
    """Each of many rates in a text without an end of a sentence is found once."""
    found = rates_in("3 km/h " * 20_000, language)
    assert len(found) == 20_000
    assert {rate.per for rate in found} == {"hours"}


@pytest.mark.parametrize("text", ["2025- 7-.072025~", "7-.07", "12 - . 15 -.", "3 -. 4. -. 5"])
def test_a_point_alone_is_no_unit(text: str) -> None:
    """Between and behind figures it once ended the reading of a text with an error."""
    assert all(not number.doubt for number, _ in read(text, "en"))
