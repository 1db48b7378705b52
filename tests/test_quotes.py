"""Quotes: found in the kept text to the character, white space and Unicode form aside, and led back to their place."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from explainer.quotes import Normal, Span

words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="[]…"), min_size=1, max_size=8)
texts = st.lists(words, min_size=1, max_size=12)
gaps = st.sampled_from([" ", "\n", "  ", " \n\n ", "\t", "\u00a0", "\u2003"])
forms = st.sampled_from(["NFC", "NFD"])


def plain(text: str) -> str:
    """A text with its form composed and its white space single, as two readers would compare it."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@given(texts, gaps, st.data())
def test_a_place_found_holds_the_quote(parts: list[str], gap: str, data: st.DataObject) -> None:
    """Where a quote is found, the original text says just that, white space and form aside."""
    text = gap.join(parts)
    quote = data.draw(st.one_of(st.sampled_from(parts), words, st.just(" ".join(parts[:2]))))
    span = Normal.of(text).find(quote)
    if span is not None:
        assert 0 <= span.start < span.end <= len(text)
        assert plain(text[span.start : span.end]) == plain(quote)
    else:
        assert plain(quote) not in plain(text)


@given(st.text(max_size=60), st.text(min_size=1, max_size=10))
def test_what_a_text_does_not_say_is_not_found(text: str, quote: str) -> None:
    """A quote is never found where the text, its blanks and form aside, does not hold it."""
    assume("[" not in quote)
    if plain(quote) not in plain(text):
        assert Normal.of(text).find(quote) is None


@given(st.text(max_size=80))
def test_each_character_knows_its_origin(text: str) -> None:
    """The normal form has an offset for each of its characters and one for the end, in order, within the text."""
    normal = Normal.of(text)
    assert len(normal.offsets) == len(normal.text) + 1
    assert list(normal.offsets) == sorted(normal.offsets)
    assert normal.offsets[-1] == len(text)


TEXT = "The room opened in 1998.\n\nIt lends between 1,200 and 1,500 books each month; the café is shut. The café is shut."


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("lends between 1,200 and 1,500 books", "lends between 1,200 and 1,500 books"),
        ("1998. It lends", "1998.\n\nIt lends"),
        ("cafe\u0301", "café"),
        ("opened […] between 1,200", "opened in 1998.\n\nIt lends between 1,200"),
        ("opened [...] books", "opened in 1998.\n\nIt lends between 1,200 and 1,500 books"),
        ("lends […] 1,200 […] month", "lends between 1,200 and 1,500 books each month"),
    ],
)
def test_where_a_quote_stands(quote: str, passage: str) -> None:
    """A quote leads to the passage that it is of, with what an ellipsis in brackets leaves out."""
    span = Normal.of(TEXT).find(quote)
    assert span is not None
    assert TEXT[span.start : span.end] == passage


@pytest.mark.parametrize(
    "quote",
    [
        "",
        " ",
        "[…]",
        "opened […]",
        "[…] books",
        "books […] opened",
        "Lends between",
        "1,200 and 1,500 book s",
        "1,200 … books",
        "lends […] gone",
    ],
)
def test_what_is_no_quote(quote: str) -> None:
    """Nothing, an ellipsis without words, words in another order, case or spacing are not found."""
    assert Normal.of(TEXT).find(quote) is None


@pytest.mark.parametrize(
    ("composed", "apart"),
    [("é", "e\u0301"), ("ё", "е\u0308"), ("й", "и\u0306"), ("ো", "ে" + "া"), ("각", "\u1100\u1161\u11a8"), ("Å", "\u212b")],
)
def test_letters_in_parts_are_the_same_letters(composed: str, apart: str) -> None:
    """A letter in one code point and in several is the same letter, in every script that has both."""
    assert Normal.of(f"x {apart} y").find(f"x {composed} y") == Span(0, 4 + len(apart))
    assert Normal.of(f"x {composed} y").find(f"x {apart} y") == Span(0, 4 + len(composed))


def test_two_halves_lie_near() -> None:
    """An ellipsis leaves out a few sentences, not a chapter."""
    text = "It opened " + "and so on " * 200 + "in 1998."
    assert Normal.of(text).find("It opened […] in 1998.") is None


def test_the_likeliest_passage_is_shown() -> None:
    """For a quote with one word wrong, the text's own words are shown beside it."""
    assert "between 1,200 and 1,500 books each month" in Normal.of(TEXT).nearest("lends between 1,200 and 1,600 books each month")
    assert Normal.of(TEXT).nearest("nothing of this kind") == ""
