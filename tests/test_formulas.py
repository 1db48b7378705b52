"""Formulas: worked out in interval arithmetic, so that the result allows whatever its terms allow."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.values.formula_tokens import FormulaError, extrapolates, references
from explainer.values.formulas import Correlated, Leaf, Measure, work_out
from explainer.values.quantities import Interval, outward
from explainer.values.units import NONE, Unit

numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False, allow_infinity=False)
positive = st.integers(1, 10**6)


@st.composite
def measured(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    """An interval, and a point in it; either end may be open."""
    low, point, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    ends = draw(st.sampled_from(["closed", "closed", "closed", "no low", "no high"]))
    return Interval(None if ends == "no low" else low, None if ends == "no high" else high), point


def allows(interval: Interval, value: Fraction) -> bool:
    """Whether a value lies in an interval, in exact arithmetic."""
    return (interval.low is None or Fraction(interval.low) <= value) and (interval.high is None or value <= Fraction(interval.high))


FORMULAS = {
    "a + b": lambda a, b, _: a + b,
    "a - b": lambda a, b, _: a - b,
    "a * b": lambda a, b, _: a * b,
    "a - a": lambda a, _b, _: a - a,
    "( a + b ) * {n}": lambda a, b, n: (a + b) * n,
    "a / {n}": lambda a, _, n: a / n,
    "a / {n} - b / {n}": lambda a, b, n: a / n - b / n,
    "(a - b) * (a + b)": lambda a, b, _: (a - b) * (a + b),
    "a * {n} - (b - a)": lambda a, b, n: a * n - (b - a),
    "a / {n} / {n} / {n}": lambda a, _, n: a / n / n / n,
}


@given(st.sampled_from(sorted(FORMULAS)), measured(), measured(), positive)
def test_the_result_allows_what_the_terms_allow(formula: str, first: tuple, second: tuple, number: int) -> None:
    """For any values that the terms allow, the formula's value lies in its result, rounded outward or not."""
    terms = {"a": Measure(first[0], NONE), "b": Measure(second[0], NONE)}
    exact = FORMULAS[formula](Fraction(first[1]), Fraction(second[1]), Fraction(number))
    try:
        result = work_out(formula.format(n=number), terms.__getitem__, Unit.parse).interval
    except FormulaError as error:
        refusal = str(error)
    else:
        assert allows(result, exact)
        assert allows(outward(result), exact)
        return
    assert "without a bound" in refusal
    assert None in (first[0].low, first[0].high, second[0].low, second[0].high)


@given(numbers, positive)
def test_a_result_is_as_narrow_as_it_can_be(value: Decimal, number: int) -> None:
    """A sum and a product of plain numbers are plain numbers, with no width of their own."""
    term = Measure(Interval(value, value), NONE)
    for formula, exact in ((f"a * {number}", value * number), (f"a + {number}", value + number), (f"a - {number}", value - number)):
        assert work_out(formula, lambda _: term, Unit.parse).interval == Interval(exact, exact)


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_the_callers_precision_changes_nothing(value: int, number: int) -> None:
    """A result does not depend on the precision that the program around it happens to have set."""
    term = Measure(Interval(Decimal(value), Decimal(value)), NONE)
    expected = work_out(f"a * {number} / 7", lambda _: term, Unit.parse)
    with localcontext() as context:
        context.prec = 3
        assert work_out(f"a * {number} / 7", lambda _: term, Unit.parse) == expected


def terms(ref: str) -> Measure:
    """Terms for the examples below."""
    known = {
        "pace": Measure(Interval(Decimal(30), Decimal(40)), Unit.parse("people/month")),
        "total": Measure(Interval(Decimal(210), Decimal(210)), Unit.parse("people")),
        "lost:a-1": Measure(Interval(Decimal(5), None), Unit.parse("people")),
    }
    if ref not in known:
        raise FormulaError(f"there is no '{ref}'")
    return known[ref]


@pytest.mark.parametrize(
    ("formula", "low", "high", "unit"),
    [
        ("pace * 12 months/year", 360, 480, "people/year"),
        ("total / 6 months", 35, 35, "people/month"),
        ("pace * 6 months - total", -30, 30, "people"),
        ("total - lost:a-1", None, 205, "people"),
        ("lost:a-1 * 2", 10, None, "people"),
        ("2 * lost:a-1", 10, None, "people"),
        ("(total + total) * 2", 840, 840, "people"),
        ("( total )", 210, 210, "people"),
        ("total * 0.5", 105, 105, "people"),
        ("total - total - total", -210, -210, "people"),
        ("total - (total - total)", 210, 210, "people"),
        ("total + total * 2", 630, 630, "people"),
    ],
)
def test_what_a_formula_comes_to(formula: str, low: int | None, high: int | None, unit: str) -> None:
    """Products bind before sums, equal signs from the left, and units go along."""
    result = work_out(formula, terms, Unit.parse)
    assert result.interval == Interval(None if low is None else Decimal(low), None if high is None else Decimal(high))
    assert result.unit.same(Unit.parse(unit))


@pytest.mark.parametrize(
    "formula",
    ["", " ", "+", "total +", "total total", "total * * 2", "(total", "total)", "()", "total ^ 2", "total*2", "total, total", "total[0]",
     "total.a", "lambda: 1", "1e9 * total", "0x1 * total", "-total", "total / 0", "total / (pace - 30 people/month)", "total + pace",
     "unknown", "Total", "total:", ":a", "total--1", "total \u00d7 2", "lost:a-1 * pace", "9" * 500, "( " * 300, "(" * 5000],
)  # fmt: skip
def test_what_is_no_formula(formula: str) -> None:
    """Whatever cannot be worked out is refused with words for the author."""
    with pytest.raises(FormulaError):
        work_out(formula, terms, Unit.parse)


@given(st.text(st.sampled_from("ab12 +-*/():.\n"), max_size=40))
def test_any_text_is_a_formula_or_a_reason(text: str) -> None:
    """Whatever stands there is worked out or refused; nothing else happens."""
    try:
        result = work_out(text, lambda _: Measure(Interval(Decimal(1), Decimal(2)), NONE), lambda _: NONE)
    except FormulaError:
        return
    assert result.interval.low is not None
    assert result.interval.high is not None
    assert result.interval.low <= result.interval.high


def test_references_of_a_formula() -> None:
    """The ids that a formula uses are named in its order, units and numbers left out."""
    assert references("(pace + total) * 12 months/year - lost:a-1") == ("pace", "total", "lost:a-1")


QUOTIENTS = {
    "a / b": lambda a, b, _: a / b,
    "a * b / {n}": lambda a, b, n: a * b / n,
    "a / b / {n}": lambda a, b, n: a / b / n,
    "a / {n} + b * {n}": lambda a, b, n: a / n + b * n,
    "(a + {n}) / b": lambda a, b, n: (a + n) / b,
    "(a - b) / {n}": lambda a, b, n: (a - b) / n,
}


@given(st.sampled_from(sorted(QUOTIENTS)), measured(), st.tuples(positive, positive, positive), positive)
def test_the_digits_that_inputs_bear_allow_the_true_value(formula: str, first: tuple, second: tuple, number: int) -> None:
    """Rounded to the digits of the least exact input, at every step, a result still allows whatever its terms allow."""
    low, point, high = sorted(map(Decimal, second))
    terms = {
        "a": Measure(first[0], NONE, None, frozenset({Leaf("a", "a")})),
        "b": Measure(Interval(low, high), NONE, None, frozenset({Leaf("b", "b")})),
    }
    exact = QUOTIENTS[formula](Fraction(first[1]), Fraction(point), Fraction(number))
    if "*" in formula and None in (first[0].low, first[0].high) and low < high and "b *" not in formula:
        with pytest.raises(FormulaError, match="without a bound"):
            work_out(formula.format(n=number), terms.__getitem__, Unit.parse)
        return
    result = work_out(formula.format(n=number), terms.__getitem__, Unit.parse)
    assert allows(result.rounded, exact)
    assert allows(outward(result.rounded), exact)


@pytest.mark.parametrize(
    ("formula", "low", "high"),
    [
        ("a / 7", "5700", "5800"),
        ("a * 12", "480000", "480000"),
        ("a / 6", "6600", "6700"),
        ("b / 7", "5428", "5429"),
        ("a + b / 7", "45428", "45429"),
    ],
)
def test_digits_are_limited_by_the_inputs(formula: str, low: str, high: str) -> None:
    """Two digits in, two digits out; five digits in, no more than that; and a sum keeps the digits of its terms."""
    known = {"a": "40000", "b": "38000.5"}
    measures = {
        name: Measure(Interval(Decimal(value), Decimal(value)), NONE, None, frozenset({Leaf(name, name)})) for name, value in known.items()
    }
    result = outward(work_out(formula, measures.__getitem__, Unit.parse).rounded)
    assert result == Interval(Decimal(low), Decimal(high))


@pytest.mark.parametrize("formula", ["a - a", "a / (a + b)", "(a + b) * a", "c:x + c:y", "a + (c:x - c:y) + c:z"])
def test_terms_that_rest_on_each_other_are_refused(formula: str) -> None:
    """One claim on both sides of a sign, and a sum of answers to one question for one time, are refused unless declared."""

    def lookup(ref: str) -> Measure:
        one = Interval(Decimal(1), Decimal(2))
        return Measure(one, NONE, None, frozenset({Leaf(ref, ref.partition(":")[0])}))

    with pytest.raises(Correlated):
        work_out(formula, lookup, Unit.parse)
    assert work_out(formula, lookup, Unit.parse, correlated=True).leaves


@pytest.mark.parametrize(
    ("formula", "carries_on"),
    [("a * 12 months/year", True), ("12 months/year * a", True), ("(a + b) * 2 years", True), ("a / 6 months", False), ("a * 12", False)],
)
def test_what_carries_a_pace_on(formula: str, carries_on: bool) -> None:
    """A product with a span of time does; a quotient, which spreads a total over its own time, does not."""
    assert extrapolates(formula) == carries_on
