"""Kept texts held to account: sentences are split where they end, and each of the brief's, with every number, is used by claims."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.check.coverage import sentence_coverage, sentences
from explainer.common.problems import Problems
from explainer.model.quotations import at_words
from explainer.read.files import Folder
from explainer.read.ledger import parse_ledger

ROOT = Path(__file__).resolve().parent.parent


def test_the_brief_is_used_whole() -> None:
    """Every sentence of the brief, and every number in it, is used by a claim, and none is set aside."""
    ledger = parse_ledger(Folder(ROOT), Problems())
    found = sentence_coverage(ledger, "brief")
    numbers = [number for sentence in found for number in sentence.numbers]
    assert found
    assert numbers
    assert [sentence for sentence in found if not sentence.uses] == []
    assert [number for number in numbers if not number.used_by] == []
    assert not (ledger.coverage or {})["brief"].numbers


@pytest.mark.parametrize(
    "text",
    [
        "In the U.S. | The law passed. | A. S. Pushkin wrote it.",
        "Dr. A. Holm of St. Ives came at 5 p.m. | Then she left, i.e. went home. | It cost approx. 3 crowns.",
        "He lives in the U.S. Senate’s shadow. | It is No. 5 of 9. | See p. 3.",
        "Он жил в 2025 г. | Потом уехал. | Стоит 5 тыс. руб. за шт. | А. С. Пушкин писал, т. е. сочинял. | И т. д. и т. п. | Всё.",
        "У 2025 р. | Потім поїхав на вул. Садову.",
        "“Why?” he asked. | “No!” | She left… | And came back.",
        "Report of the house\n\n| It opened in\n1998. | It lends 1.5 books. | Yes",
        "1. First point. | 2. Second point.",
        "Am 31. März 2025 kam er. | Dann ging er, z. B. nach Hause.",
        "Он сказал: «Да.» | Потом ушёл.",
    ],
)
def test_where_sentences_end(text: str) -> None:
    """Full stops after abbreviations, initials and numbers of lines end no sentence, in Latin script and in Cyrillic."""
    plain = text.replace("| ", "")
    assert [plain[start:end] for start, end in sentences(plain)] == [
        each.strip() for each in text.split("|")
    ]


@given(st.text(st.sampled_from('aБ.!?… \n"”»1(AU'), max_size=120))
def test_no_text_is_lost(text: str) -> None:
    """Sentences follow one another without overlap, and what lies between them is white space."""
    last = 0
    for start, end in sentences(text):
        assert last <= start < end
        assert not text[last:start].strip()
        assert text[start:end] == text[start:end].strip()
        last = end
    assert not text[last:].strip()


@pytest.mark.parametrize(
    ("url", "words", "address"),
    [
        ("https://x.org/a", "30,000 to 40,000", "https://x.org/a#:~:text=30%2C000%20to%2040%2C000"),
        ("https://x.org/a#b", "call-up & more", "https://x.org/a#b:~:text=call%2Dup%20%26%20more"),
        (
            "https://x.org/a",
            "от 31 июля",
            "https://x.org/a#:~:text=%D0%BE%D1%82%2031%20%D0%B8%D1%8E%D0%BB%D1%8F",
        ),
        ("https://x.org/a", "one two […] nine ten", "https://x.org/a#:~:text=one%20two,nine%20ten"),
        (
            "https://x.org/a",
            "a b c d e f g h i j k",
            "https://x.org/a#:~:text=a%20b%20c%20d,h%20i%20j%20k",
        ),
        ("https://x.org/a", "", "https://x.org/a"),
        ("", "words", ""),
    ],
)
def test_links_go_to_the_words(url: str, words: str, address: str) -> None:
    """A link to a live page elsewhere names the words to go to, each mark that has a meaning there percent-encoded."""
    assert at_words(url, words) == address
