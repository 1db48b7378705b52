"""Amounts: what authors may write is read, written back and compared without claiming more than was said."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.model.intervals import Exact, to_decimals
from explainer.model.quantities import Interval, Quantity

WORDS = ["about", "over", "at least", "under", "up to", "almost"]
numbers = (
    st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False)
    .map(lambda d: d.normalize())
    .map(lambda d: d + 0)
)
plain = numbers.map(lambda d: f"{d:f}" if d else "0")


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Any amount that an author may write."""
    form = draw(st.sampled_from(["exact", "range", "width", *WORDS]))
    if form == "range":
        low, high = sorted(draw(st.lists(numbers, min_size=2, max_size=2, unique=True)))
        return f"{low:f}..{high:f}"
    if form == "width":
        return f"about {draw(plain)} ±{draw(st.integers(1, 10**6))}"
    return draw(plain) if form == "exact" else f"{form} {draw(plain)}"


amounts = texts().map(Quantity.parse)


@given(texts())
def test_an_amount_is_written_as_it_was_read(text: str) -> None:
    """Reading an amount and writing it again gives the same text, and the same amount."""
    quantity = Quantity.parse(text)
    assert str(quantity) == text
    assert Quantity.parse(str(quantity)) == quantity


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("160000", 160000, 160000),
        ("30000..40000", 30000, 40000),
        ("-13000..-12000", -13000, -12000),
        ("about 35000 ±500", 34500, 35500),
        ("over 300000", 300000, None),
        ("at least 5", 5, None),
        ("under 500", None, 500),
        ("up to 60000", None, 60000),
        ("  30000  ..  40000  ", 30000, 40000),
    ],
)
def test_what_a_form_allows(text: str, low: int | None, high: int | None) -> None:
    """Each form allows the interval that its words say."""
    assert Quantity.parse(text).interval == Interval(
        None if low is None else Decimal(low), None if high is None else Decimal(high)
    )


@pytest.mark.parametrize("text", ["about 35000", "almost 440000", "about 0"])
def test_unstated_width_has_no_interval(text: str) -> None:
    """An “about” or “almost” without a width enters no arithmetic."""
    assert Quantity.parse(text).interval is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("about 35000", "34500", "35500"),
        ("about 1.5", "1.45", "1.55"),
        ("almost 440000", "435000", "440000"),
        ("almost -10", "-10", "-5"),
        ("about 7", "6.5", "7.5"),
    ],
)
def test_unstated_width_is_rounding_when_compared(text: str, low: str, high: str) -> None:
    """For comparison an unstated width is half of the last digit kept; “almost” never exceeds its number."""
    assert Quantity.parse(text).spread == Interval(Decimal(low), Decimal(high))


@given(amounts)
def test_an_interval_is_in_order(quantity: Quantity) -> None:
    """No amount allows a lower end above its upper end."""
    for interval in (quantity.interval, quantity.spread):
        if interval and interval.low is not None and interval.high is not None:
            assert interval.low <= interval.high


@given(amounts)
def test_an_amount_agrees_with_itself(quantity: Quantity) -> None:
    """Two sources that say the same do not disagree."""
    assert quantity.allows_same(quantity)


@given(amounts, amounts)
def test_agreement_is_mutual(first: Quantity, second: Quantity) -> None:
    """If one claim can be squared with another, the other can with the first."""
    assert first.allows_same(second) == second.allows_same(first)


@given(amounts, amounts)
def test_amounts_that_include_one_value_agree(first: Quantity, second: Quantity) -> None:
    """Where some written number satisfies both, they do not disagree."""
    for value in (*first.numbers, *second.numbers):
        if first.includes(value) and second.includes(value):
            assert first.allows_same(second)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("over 300", "300", False),
        ("at least 300", "300", True),
        ("under 300", "300", False),
        ("up to 300", "300", True),
        ("over 300", "up to 300", False),
        ("over 300", "under 300", False),
        ("at least 300", "up to 300", True),
        ("30..40", "40..50", True),
        ("30..40", "over 40", False),
        ("30..39", "40..50", False),
        ("about 35000", "35400", True),
        ("about 35000", "36000", False),
        ("almost 440000", "441000", False),
        ("-5", "5", False),
        ("1200", "1200.0", True),
        ("over 5", "over 500", True),
    ],
)
def test_who_disagrees(first: str, second: str, same: bool) -> None:
    """Two amounts disagree exactly where no single number satisfies both."""
    assert Quantity.parse(first).allows_same(Quantity.parse(second)) is same


ends = st.one_of(st.none(), numbers)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Any interval, open ends among them."""
    low, high = draw(ends), draw(ends)
    return (
        Interval(high, low)
        if low is not None and high is not None and low > high
        else Interval(low, high)
    )


@given(intervals(), st.integers(0, 4))
def test_rounding_never_narrows(interval: Interval, decimals: int) -> None:
    """A range that is rounded outward allows everything that it allowed before, at most one unit of its last digit further out."""
    if interval.low is not None and interval.low == interval.high:
        return
    unit = Decimal(1).scaleb(-decimals)
    wide = to_decimals(Exact.of(interval), decimals)
    assert (wide.low is None) == (interval.low is None)
    assert (wide.high is None) == (interval.high is None)
    if interval.low is not None and wide.low is not None:
        assert interval.low - unit < wide.low <= interval.low
        assert wide.low % unit == 0
    if interval.high is not None and wide.high is not None:
        assert interval.high <= wide.high < interval.high + unit
        assert wide.high % unit == 0


@given(intervals())
def test_what_is_worked_out_can_be_written(interval: Interval) -> None:
    """A rounded result has the form of an amount that an author could have written, with the same bounds."""
    if interval.low is None and interval.high is None:
        with pytest.raises(ValueError, match="no bound"):
            Quantity.of(interval)
        return
    rounded = to_decimals(Exact.of(interval), 0)
    quantity = Quantity.of(rounded)
    assert Quantity.parse(str(quantity)) == quantity
    assert quantity.interval == rounded
    assert "-0" not in {f"{number:f}" for number in quantity.numbers}


def test_a_very_large_result_can_be_written() -> None:
    """A result of many digits is written in digits, not with an exponent."""
    quantity = Quantity.of(to_decimals(Exact.of(Interval(Decimal("1.5E+20"), Decimal("2E+22"))), 0))
    assert str(quantity) == "150000000000000000000..20000000000000000000000"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("-0", "0"),
        ("-0.0", "0.0"),
        ("-0.00..1", "0.00..1"),
        ("-0.10", "-0.10"),
        ("about -0", "about 0"),
    ],
)
def test_zero_has_no_sign(text: str, written: str) -> None:
    """Zero is written without a sign, and keeps its decimals."""
    assert str(Quantity.parse(text)) == written


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_a_reason(text: str) -> None:
    """Whatever stands there is read, or refused in words that name it."""
    try:
        said = str(Quantity.parse(text))
    except ValueError as error:
        said = str(error)
    assert said.startswith(f"'{text}'") or str(Quantity.parse(said)) == said
