"""Units: nouns, and products and quotients of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.model.units import BASE, NONE, RELATIVE, Unit

nouns = st.sampled_from(sorted(noun for noun, counted in BASE.items() if counted not in RELATIVE))
"""Nouns of amounts; shares of amounts cannot be multiplied with each other."""
units = st.lists(nouns, min_size=1, max_size=3).map("/".join).map(Unit.parse)


@given(units, units)
def test_a_product_does_not_ask_for_order(first: Unit, second: Unit) -> None:
    """A times B measures what B times A measures."""
    assert first.times(second).same(second.times(first))


@given(units, units)
def test_a_quotient_undoes_a_product(first: Unit, second: Unit) -> None:
    """A times B over B is A."""
    assert first.times(second).over(second).same(first)


@given(units)
def test_a_unit_over_itself_is_none(unit: Unit) -> None:
    """A over A is a bare number, and a bare number changes nothing."""
    assert unit.over(unit).same(NONE)
    assert unit.times(NONE).same(unit)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("people", "men", True),
        ("person", "people", True),
        ("month", "months", True),
        ("people/month", "people/months", True),
        (" people / month ", "men/month", True),
        ("people/month", "people/day", False),
        ("people", "roubles", False),
        ("people", "people/month", False),
    ],
)
def test_which_units_are_the_same(one: str, other: str, same: bool) -> None:
    """Singular and plural are one noun; different nouns and rates are different units."""
    assert Unit.parse(one).same(Unit.parse(other)) is same


@pytest.mark.parametrize(
    "text",
    [
        "",
        "moons",
        "people/",
        "/month",
        "people//month",
        "people per month",
        "People",
        "people*month",
        "people/moon",
    ],
)
def test_unknown_nouns_are_refused(text: str) -> None:
    """A unit with a noun that the table does not have is refused, and the known ones are named."""
    with pytest.raises(ValueError, match="is not a unit; known are"):
        Unit.parse(text)


def test_what_is_a_rate() -> None:
    """A unit is a rate where it is per something, and only there."""
    assert Unit.parse("people/month").is_rate
    assert not Unit.parse("people").is_rate
    assert not Unit.parse("people/month").times(Unit.parse("months")).is_rate


def test_a_projects_own_nouns() -> None:
    """A project's own nouns stand beside the common ones."""
    assert Unit.parse("book/month", {**BASE, "book": "books", "books": "books"}).factors == (
        ("books", 1),
        ("months", -1),
    )
