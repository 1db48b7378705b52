"""Quotes: found in the kept text, whole, with the way back to their place; only what changes no number is made one."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.model import quotations
from explainer.model.quotations import Kept, Normal, Span, is_whole

words = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Z", "M"], exclude_characters="[]…-\u2010\u00ad"),
    min_size=1,
    max_size=8,
)
texts = st.lists(words, min_size=1, max_size=12)
gaps = st.sampled_from([" ", "\n", "  ", " \n\n ", "\t", "\u00a0", "\u2003"])


def plain(text: str) -> str:
    """A text as two readers would compare it: composed in full, blanks single, marks of quotation of one kind. Slow and simple."""
    text = unicodedata.normalize("NFKC", re.sub("[“”„‟«»]", '"', re.sub("[‘’‚‛‹›]", "'", text)))
    return " ".join(text.split())


@given(texts, gaps, st.data())
def test_a_place_found_holds_the_quote(parts: list[str], gap: str, data: st.DataObject) -> None:
    """Where a quote is found, the original text says just that, form and white space aside."""
    text = gap.join(parts)
    quote = data.draw(st.one_of(st.sampled_from(parts), words, st.just(" ".join(parts[:2]))))
    match = Kept(text).find(quote)
    if match is not None:
        span = match.span
        assert 0 <= span.start < span.end <= len(text)
        assert plain(text[span.start : span.end]) == plain(quote)
        assert (match.how == "verbatim") == (quote in text)


@given(texts, gaps)
def test_a_run_of_whole_words_is_found(parts: list[str], gap: str) -> None:
    """A text's own beginning, as typed with single spaces, is found in it."""
    letters = [f"w{re.sub(r'[^a-z]', '', part.casefold())}" for part in parts]
    match = Kept(gap.join(letters)).find(" ".join(letters))
    assert match is not None
    assert match.how == ("verbatim" if gap == " " or len(parts) == 1 else "normalised")


@given(
    st.text(max_size=60),
    st.text(st.characters(exclude_characters="[]-\u2010"), min_size=1, max_size=10),
)
def test_what_a_text_does_not_say_is_not_found(text: str, quote: str) -> None:
    """A quote is never found where the text, compared with every difference of form ignored, does not hold it."""
    bare = [re.sub(r"[-\u2010\u00ad\s]", "", plain(each)) for each in (quote, text)]
    if bare[0] not in bare[1]:
        assert Kept(text).find(quote) is None


@given(st.text(max_size=80))
def test_each_character_knows_its_origin(text: str) -> None:
    """The places that a normal form leads back to are in order and within the text, its first and its last to the text's ends."""
    normal = Normal.of(text)
    starts = [normal.start(index) for index in range(len(normal.text))]
    ends = [normal.end(index) for index in range(len(normal.text) + 1)]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= start < len(text) for start in starts)
    assert all(start < end <= len(text) for start, end in zip(starts, ends[1:], strict=True))
    assert all(
        text[normal.start(i)] == ch
        for i, ch in enumerate(normal.text)
        if ch.isascii() and ch.isalnum() and text.isascii()
    )


TEXT = (
    "The room opened in 1998.\n\nIt lends between 1,200 and 1,500 books each month; the café is shut. The café is shut. “Fine” "
    "enlist-\ned and call-\nup of ﬁve and a two- and three-year plan. It fell by −1.5 points, then -2.5. Of 160 000 men 5% and 7 percent "
    "left, 30 thousand came, 3 × 10² m² at ½ or 40-50 a day; minus 7, $8.50, 9 млн. Rise ０．５ points, 6 ‰ and 1,5 too."
)


@pytest.mark.parametrize(
    ("quote", "passage", "how"),
    [
        ("lends between 1,200 and 1,500 books", "lends between 1,200 and 1,500 books", "verbatim"),
        ("1998. It lends", "1998.\n\nIt lends", "normalised"),
        ("the cafe\u0301 is", "the café is", "normalised"),
        ('"Fine"', "“Fine”", "normalised"),
        ("«Fine» enlisted", "“Fine” enlist-\ned", "normalised"),
        ("enlist- ed", "enlist-\ned", "normalised"),
        ("call-up of five", "call-\nup of ﬁve", "normalised"),
        ("two- and three-year", "two- and three-year", "verbatim"),
        ("０．５ points", "０．５ points", "verbatim"),
        ("0.5 points", "０．５ points", "normalised"),
        ("opened […] between 1,200", "opened in 1998.\n\nIt lends between 1,200", "elided"),
        (
            "opened [...] books",
            "opened in 1998.\n\nIt lends between 1,200 and 1,500 books",
            "elided",
        ),
        ("lends […] 1,200 […] month", "lends between 1,200 and 1,500 books each month", "elided"),
        ("−1.5 points", "−1.5 points", "verbatim"),
        ("30 thousand", "30 thousand", "verbatim"),
    ],
)
def test_where_a_quote_stands(quote: str, passage: str, how: str) -> None:
    """A quote leads to the passage that it is of, and its verdict says what was made one on the way."""
    match = Kept(TEXT).find(quote)
    assert match is not None
    assert (TEXT[match.span.start : match.span.end], match.how) == (passage, how)


@pytest.mark.parametrize(
    "quote",
    [
        "", " ", "[…]", "opened […]", "[…] books", "books […] opened", "Lends between", "1,200 and 1,500 book s", "1,200 … books",
        "lends […] gone", "ends between", "lends betw", "200 and 1,500 books", "1,200 and 1", "1.5 points", "-1.5 points", "+1.5 points",
        "2.5", "−2.5", "000 men", "160000 men", "Of 160", "men 5", "and 7", "30", "10", "102", "10²", "3 × 10", "m2", "1⁄2", "1/2", "or 40",
        "50 a day", "7, $8.50", "8.50", "9", "rise 0.5", "05 points", "0,5 points", "6", "6 %", "1.5 too", "15 too", "−1,5 too", "5 too",
    ],
)  # fmt: skip
def test_what_is_no_quote(quote: str) -> None:
    """Nothing, other words, other order, case or spacing, and every cut through a number or a change of its sign, mark, unit or power."""
    assert Kept(TEXT).find(quote) is None


@pytest.mark.parametrize(
    ("composed", "apart"),
    [
        ("é", "e\u0301"),
        ("ё", "е\u0308"),
        ("й", "и\u0306"),
        ("ো", "ে" + "া"),
        ("각", "\u1100\u1161\u11a8"),
        ("Å", "\u212b"),
    ],
)
def test_letters_in_parts_are_the_same_letters(composed: str, apart: str) -> None:
    """A letter in one code point and in several is the same letter, in every script that has both."""
    for text, quote in ((apart, composed), (composed, apart)):
        match = Kept(f"x {text} y").find(f"x {quote} y")
        assert match is not None
        assert match.span == Span(0, 4 + len(text))


def test_a_later_place_is_tried() -> None:
    """Where the first place of a quote cuts a number, or lacks its second half, a later one that does neither is found."""
    match = Kept("Of 130 men, 30 men came and went. Of these 30 men left.").find("30 men […] left")
    assert match is not None
    assert match.span.start == 12


def test_two_halves_lie_near() -> None:
    """An ellipsis leaves out a few sentences, not a chapter."""
    text = "It opened " + "and so on " * 200 + "in 1998."
    assert Kept(text).find("It opened […] in 1998.") is None


def test_the_likeliest_passage_is_shown() -> None:
    """For a quote with one word wrong, the text's own words are shown beside it."""
    assert "between 1,200 and 1,500 books each month" in Kept(TEXT).nearest(
        "lends between 1,200 and 1,600 books each month"
    )
    assert Kept(TEXT).nearest("nothing of this kind") == ""


DEAR = {
    "many passages": (" […] ".join(["ab"] * 19 + ["zz"]), "ab " * 300_000, True),
    "more passages than any quote has": (
        " […] ".join(["ab"] * 1_500 + ["zz"]),
        "ab " * 300_000,
        False,
    ),
    "two": ("ab ab […] zz", "ab " * 300_000, True),
    "cut out of words": ("ab", "ab" * 450_000, True),
    "in other forms": ("a\u0301b […] zz", "\u00e1b " * 200_000, True),
    "once": ("zz […] ab", "ab " * 300_000, False),
}
"""Quotes that a long text does not hold, and whether the search for each is given up."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.audit) if name == "two" else name for name in DEAR],
)
def test_a_search_comes_to_an_end(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often the passages of a quote stand in a text, only so many places are looked at; and for all quotes of it together."""
    looked = 0

    def whole(text: str, start: int, end: int) -> bool:
        nonlocal looked
        looked += 1
        return is_whole(text, start, end)

    monkeypatch.setattr(quotations, "is_whole", whole)
    quote, text, given_up = DEAR[name]
    kept = Kept(text)
    assert kept.find(quote) is None
    assert kept.is_given_up(quote) == given_up
    assert looked <= 400_000
    for number in range(60):
        kept.find(f"{quote} {number}")
        kept.find(f"{quote} […] {number}")
    assert looked <= 2_000_000


def test_an_ordinary_quote_is_never_given_up() -> None:
    """In a text as long as any, short passages that stand in it thousands of times are found, far behind too."""
    text = (
        "the reading room opened and it lends books. " * 20_000
        + "and so on " * 99
        + "It closed in May, and the librarians left in June."
    )
    kept = Kept(text)
    for quote in (
        "the reading room […] lends books",
        "It closed in May […] the librarians left […] June",
        "the librarians left in June",
    ):
        for _ in range(100):
            assert kept.find(quote) is not None
    assert kept.find("the reading room […] left in June") is None
    assert not kept.is_given_up("the reading room […] left in June")


def test_the_likeliest_passage_is_looked_for_so_often() -> None:
    """Behind some dozens of quotes that are not found no more is looked for."""
    kept = Kept(TEXT)
    shown = [kept.nearest("lends between 1,200 and 1,600 books each month") for _ in range(200)]
    assert shown[0]
    assert not shown[-1]
