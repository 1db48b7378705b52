"""The scales of charts: round numbers about the values, none of them half of a thing that is counted, exact at any size."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.publish.wording import Wording
from explainer.render.charts.scale import ticks, whole

amounts = st.decimals(min_value=-(10**24), max_value=10**24, places=9, allow_nan=False)
counts = st.integers(-(10**24), 10**24).map(Decimal)


@pytest.mark.parametrize(
    ("numbers", "about", "wanted"),
    [
        ("1 2 1", 4, "0 1 2"), ("1", 4, "0 1"), ("0", 5, "0"), ("3 5", 4, "0 2 4 6"), ("-1 2", 4, "-1 0 1 2"), ("-3", 5, "-3 -2 -1 0"),
        ("0.5 1", 4, "0.0 0.5 1.0"), ("0.2 0.9", 5, "0.0 0.2 0.4 0.6 0.8 1.0"), ("1 2.5", 5, "0.0 0.5 1.0 1.5 2.0 2.5"),
        ("0.000000002", 4, "0 5E-10 1E-9 1.5E-9 2E-9"), ("1000000000000", 4, "0 500000000000 1000000000000"),
        ("9800 12500", 4, "0 5000 10000 15000"), ("1.0 2.00", 4, "0 1 2"),
    ],
)  # fmt: skip
def test_ticks(numbers: str, about: int, wanted: str) -> None:
    """Whole numbers where all values are whole, as fine as needed where they are not."""
    assert ticks([Decimal(each) for each in numbers.split()], about) == [
        Decimal(each) for each in wanted.split()
    ]


@given(st.lists(counts, min_size=1, max_size=8), st.integers(3, 6))
def test_nothing_that_is_counted_is_halved(numbers: list[Decimal], about: int) -> None:
    """Of whole values every tick is whole, and their words say so: no tick has decimals that are rounded away."""
    found = ticks(numbers, about)
    assert whole(found)
    said = [Wording().number_short(each) for each in found]
    assert len(set(said)) == len(said)


@given(st.lists(amounts, min_size=1, max_size=8), st.integers(3, 6))
def test_ticks_hold_the_values(numbers: list[Decimal], about: int) -> None:
    """They go from zero or the lowest to zero or the highest, evenly, zero among them, and are few."""
    found = ticks(numbers, about)
    assert found[0] <= min(0, *numbers)
    assert found[-1] >= max(0, *numbers)
    assert Decimal(0) in found
    assert len({b - a for a, b in itertools.pairwise(found)}) <= 1
    assert (2 if any(numbers) else 1) <= len(found) <= about + 3
