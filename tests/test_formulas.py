"""Formulas: worked out in interval arithmetic, so that the result allows whatever its terms allow."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.model.formulas import (
    Correlated,
    FormulaError,
    Leaf,
    Measure,
    extrapolates,
    references,
    work_out,
)
from explainer.model.intervals import Exact
from explainer.model.quantities import Interval, Quantity
from explainer.model.units import NONE, Unit

numbers = st.decimals(
    min_value=-(10**9), max_value=10**9, places=3, allow_nan=False, allow_infinity=False
)
positive = st.integers(1, 10**6)


@st.composite
def measured(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    """An interval, and a point in it; either end may be open."""
    low, point, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    ends = draw(st.sampled_from(["closed", "closed", "closed", "no low", "no high"]))
    return Interval(None if ends == "no low" else low, None if ends == "no high" else high), point


def allows(interval: Interval | Exact, value: Fraction) -> bool:
    """Whether a value lies in an interval, in exact arithmetic."""
    return (interval.low is None or Fraction(interval.low) <= value) and (
        interval.high is None or value <= Fraction(interval.high)
    )


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
def test_the_result_allows_what_the_terms_allow(
    formula: str, first: tuple, second: tuple, number: int
) -> None:
    """For any values that the terms allow, the formula's value lies in its result."""
    terms = {"a": Measure.of(first[0], NONE), "b": Measure.of(second[0], NONE)}
    exact = FORMULAS[formula](Fraction(first[1]), Fraction(second[1]), Fraction(number))
    try:
        result = work_out(formula.format(n=number), terms.__getitem__, Unit.parse).interval
    except FormulaError as error:
        refusal = str(error)
    else:
        assert allows(result, exact)
        return
    assert "without a bound" in refusal
    assert None in (first[0].low, first[0].high, second[0].low, second[0].high)


@given(numbers, positive)
def test_a_result_is_as_narrow_as_it_can_be(value: Decimal, number: int) -> None:
    """A sum and a product of plain numbers are plain numbers, with no width of their own."""
    term = Measure.of(Interval(value, value), NONE)
    for formula, exact in (
        (f"a * {number}", Fraction(value) * number),
        (f"a + {number}", Fraction(value) + number),
        (f"a - {number}", Fraction(value) - number),
    ):
        assert work_out(formula, lambda _: term, Unit.parse).interval == Exact.number(exact)


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_the_callers_precision_changes_nothing(value: int, number: int) -> None:
    """A result does not depend on the precision that the program around it happens to have set."""
    term = Measure.of(Interval(Decimal(value), Decimal(value)), NONE)
    expected = work_out(f"a * {number} / 7", lambda _: term, Unit.parse)
    with localcontext() as context:
        context.prec = 3
        found = work_out(f"a * {number} / 7", lambda _: term, Unit.parse)
        assert found == expected
        assert found.rounded == expected.rounded


def terms(ref: str) -> Measure:
    """Terms for the examples below."""
    known = {
        "pace": Measure.of(Interval(Decimal(30), Decimal(40)), Unit.parse("people/month")),
        "total": Measure.of(Interval(Decimal(210), Decimal(210)), Unit.parse("people")),
        "lost:a-1": Measure.of(Interval(Decimal(5), None), Unit.parse("people")),
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
def test_what_a_formula_comes_to(
    formula: str, low: int | None, high: int | None, unit: str
) -> None:
    """Products bind before sums, equal signs from the left, and units go along."""
    result = work_out(formula, terms, Unit.parse)
    assert result.interval == Exact(
        None if low is None else Fraction(low), None if high is None else Fraction(high)
    )
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
        result = work_out(
            text, lambda _: Measure.of(Interval(Decimal(1), Decimal(2)), NONE), lambda _: NONE
        )
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


@given(
    st.sampled_from(sorted(QUOTIENTS)),
    measured(),
    st.tuples(positive, positive, positive),
    positive,
)
def test_the_digits_that_inputs_bear_allow_the_true_value(
    formula: str, first: tuple, second: tuple, number: int
) -> None:
    """Rounded to the digits that the inputs bear, a range still allows whatever its terms allow; one number is the nearest to it."""
    low, point, high = sorted(map(Decimal, second))
    known = {
        "a": Measure.of(first[0], NONE, Leaf("a", "a")),
        "b": Measure.of(Interval(low, high), NONE, Leaf("b", "b")),
    }
    exact = QUOTIENTS[formula](Fraction(first[1]), Fraction(point), Fraction(number))
    if (
        "*" in formula
        and None in (first[0].low, first[0].high)
        and low < high
        and "b *" not in formula
    ):
        with pytest.raises(FormulaError, match="without a bound"):
            work_out(formula.format(n=number), known.__getitem__, Unit.parse)
        return
    result = work_out(formula.format(n=number), known.__getitem__, Unit.parse)
    assert is_nearest(result.rounded, result.interval, exact)


def is_nearest(rounded: Interval, interval: Exact, exact: Fraction) -> bool:
    """Whether a rounded range has a value in it, or a rounded number is at most half of its last digit away from it."""
    if not interval.is_number:
        return allows(rounded, exact)
    assert rounded.low is not None
    assert rounded.low == rounded.high
    last = rounded.low.as_tuple().exponent
    digits = rounded.low.as_tuple().digits
    trailing = (
        len(digits) - len(str(int("".join(map(str, digits)))).rstrip("0")) if any(digits) else 0
    )
    assert isinstance(last, int)
    return abs(Fraction(rounded.low) - exact) <= Fraction(10) ** (last + trailing) / 2


written = st.tuples(st.integers(-(10**12), 10**12), st.integers(0, 6))


@given(written, written, st.sampled_from("+-"))
def test_a_sum_keeps_the_decimals_of_its_coarsest_term(
    first: tuple[int, int], second: tuple[int, int], sign: str
) -> None:
    """A sum has the decimals of the term with the fewest, zeros too; whole numbers set no limit, and terms alike lose nothing."""
    a, b = (Decimal(count).scaleb(-places) for count, places in (first, second))
    known = {"a": of(a, "a"), "b": of(b, "b")}
    rounded = work_out(f"a {sign} b", known.__getitem__, Unit.parse).rounded.low
    exact = Fraction(a) + Fraction(b) * (1 if sign == "+" else -1)
    decimals = min((places for _, places in (first, second) if places), default=0)
    assert rounded is not None
    assert -rounded.as_tuple().exponent == decimals  # type: ignore[operator]
    assert abs(Fraction(rounded) - exact) <= Fraction(10) ** -decimals / 2
    if first[1] == second[1] or 0 in (first[1], second[1]):
        assert Fraction(rounded) == exact
    assert not (rounded.is_zero() and rounded.is_signed())


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(1, 10**6))
def test_whole_numbers_give_exact_results(a: int, b: int, n: int) -> None:
    """Sums and products of whole numbers, and quotients that come out even, are exact, however many digits they have."""
    known = {"a": of(a, "a"), "b": of(b, "b"), "c": of(a * n, "c")}
    for formula, exact in (
        ("a + b", a + b),
        ("a - b", a - b),
        ("a * b", a * b),
        ("c / a", n),
        (f"c / {n}", a),
        ("a * b * c", a * b * a * n),
    ):
        assert work_out(
            formula, known.__getitem__, Unit.parse, correlated=True
        ).rounded == Interval(Decimal(exact), Decimal(exact))


@given(st.integers(1, 10**8), st.integers(1, 10**8))
def test_a_quotient_of_counts_has_the_digits_of_the_less_exact(a: int, b: int) -> None:
    """At least three, and the nearest number with as many; never more digits than it has itself."""
    rounded = work_out(
        "a / b", {"a": of(a, "a"), "b": of(b, "b")}.__getitem__, Unit.parse
    ).rounded.low
    assert rounded is not None
    if a % b == 0:
        assert rounded == a // b
        return
    digits = max(3, min(len(str(each).rstrip("0")) for each in (a, b)))
    assert abs(Fraction(rounded) / Fraction(a, b) - 1) <= Fraction(10) ** (1 - digits) / 2
    assert len("".join(map(str, rounded.as_tuple().digits)).strip("0")) <= digits


def of(value: Decimal | int | str, ref: str = "a", unit: str = "") -> Measure:
    """A claim's value."""
    interval = Quantity.parse(
        str(value) if not isinstance(value, Decimal) else f"{value:f}"
    ).interval
    assert interval is not None
    return Measure.of(interval, Unit.parse(unit) if unit else NONE, Leaf(ref, ref))


@pytest.mark.parametrize(
    ("formula", "known", "digits", "result"),
    [
        ("a - b", {"a": "1.1692", "b": "-0.1992"}, None, "1.3684"), ("a - b", {"a": "1.1692", "b": "-0.1992"}, 2, "1.37"),
        ("a - b", {"a": "1.1692", "b": "-0.1992"}, 0, "1"), ("a - b", {"a": 2023, "b": 1996}, None, "27"),
        ("a / b", {"a": "1.3", "b": "0.1"}, None, "13"), ("a / b", {"a": "1.3", "b": "0.7"}, None, "1.9"),
        ("a / b * 100 percent", {"a": 18010, "b": 61672}, None, "29.2"), ("a / b * 100 percent", {"a": 18010, "b": 61672}, 3, "29.203"),
        ("a / b * 100 percent", {"a": 1, "b": 3}, None, "33.3"), ("a / b * 100 percent", {"a": 1, "b": 8}, None, "12.5"),
        ("a + b", {"a": "1.10", "b": "1.20"}, None, "2.30"), ("a + b", {"a": "1.5", "b": "2.25"}, None, "3.8"),
        ("a + b", {"a": 120, "b": "1.5"}, None, "121.5"), ("a * 12", {"a": "1.5"}, None, "18"), ("a * 2", {"a": "1.50"}, None, "3.00"),
        ("a * b", {"a": "1.5", "b": "1.25"}, None, "1.9"), ("a / 7", {"a": 40000}, None, "5710"), ("a / 7", {"a": 40000}, 0, "5714"),
        ("a / 6", {"a": 210000}, None, "35000"), ("a * 13", {"a": 35}, None, "455"), ("a * 0.5", {"a": 211}, None, "105.5"),
        ("a / 7", {"a": "30000..40000"}, None, "4280..5720"), ("a - b", {"a": "1.2..1.4", "b": "0.15"}, None, "1.0..1.3"),
        ("a / 7", {"a": "over 100"}, None, "at least 14.2"), ("a - b", {"a": "0.04", "b": "0.05"}, 1, "0.0"),
        ("a - b", {"a": 0, "b": 0}, None, "0"), ("a / 3 + b / 3", {"a": 1, "b": 2}, None, "1"),
        ("a + b", {"a": "123456789012345678901234", "b": "0.123456789"}, None, "123456789012345678901234.123456789"),
    ],
)  # fmt: skip
def test_digits_are_those_that_the_inputs_bear(
    formula: str, known: dict[str, object], digits: int | None, result: str
) -> None:
    """No digit is lost that the inputs bear, and none is printed that they do not."""
    measures = {name: of(str(value), name) for name, value in known.items()}
    assert (
        str(Quantity.of(work_out(formula, measures.__getitem__, Unit.parse).rounded_to(digits)))
        == result
    )


@pytest.mark.parametrize(
    ("formula", "known", "digits"),
    [
        ("a - b", {"a": "1.1", "b": "0.12"}, 2),
        ("a * 3", {"a": "1.5"}, 3),
        ("a / b", {"a": "150.5", "b": 3}, 3),
    ],
)
def test_no_more_digits_than_are_borne_can_be_asked_for(
    formula: str, known: dict[str, object], digits: int
) -> None:
    """Digits that the inputs do not bear are refused by name."""
    measures = {name: of(str(value), name) for name, value in known.items()}
    with pytest.raises(FormulaError, match=f"digits: {digits}"):
        work_out(formula, measures.__getitem__, Unit.parse).rounded_to(digits)


@pytest.mark.parametrize(
    ("formula", "unit", "result"),
    [
        ("p - q", "percentage points", "1"), ("p + q", "percent", "9"), ("p - q + r", "percent", "31"), ("100 percent - p", "percent", "95"),
        ("100 percent - p - q", "percent", "91"), ("100 percent - p - q - r", "percent", "61"), ("100 percent - (p + q)", "percent", "91"),
        ("p + d", "percent", "7"), ("p - d", "percent", "3"), ("d - d2", "percentage points", "1"), ("p * n", "people", "60"),
        ("n * p", "people", "60"), ("p * pace", "people/month", "2"), ("p / q", "", "1.25"), ("n / m * 100 percent", "percent", "400"),
        ("p * 2", "percent", "10"), ("p / 2 years", "percent/year", "2.5"), ("(p - q) / 2 years", "percentage points/year", "0.5"),
        ("n - 5 percent * n", "people", "1140"), ("d + 2 percentage points", "percentage points", "4"),
    ],
)  # fmt: skip
def test_percent_and_percentage_points(formula: str, unit: str, result: str) -> None:
    """Percent less percent is percentage points; percent of an amount is an amount; and the rest of 100 percent is percent."""
    found = work_out(formula, shares, Unit.parse, correlated=True)
    assert found.unit.same(Unit.parse(unit) if unit else NONE), found.unit
    assert str(Quantity.of(found.rounded)) == result


@pytest.mark.parametrize(
    "formula",
    ["p * q", "p * d", "d * n", "n / p", "p / d", "2 / p", "p + n", "d - p", "p + 1", "n + d"],
)
def test_percent_of_percent_is_refused_by_name(formula: str) -> None:
    """What has no meaning in percent is refused with its units named."""
    with pytest.raises(FormulaError, match=r"'percent|percentage points'|percent'"):
        work_out(formula, shares, Unit.parse)


def shares(ref: str) -> Measure:
    """Shares, differences of shares, and amounts."""
    known = {"p": (5, "percent"), "q": (4, "percent"), "r": (30, "percent"), "d": (2, "percentage points"), "d2": (1, "percentage point"),
             "n": (1200, "people"), "m": (300, "people"), "pace": (40, "people/month")}  # fmt: skip
    value, unit = known[ref]
    return of(value, ref, unit)


@pytest.mark.parametrize(
    "formula", ["a - a", "a / (a + b)", "(a + b) * a", "c:x + c:y", "a + (c:x - c:y) + c:z"]
)
def test_terms_that_rest_on_each_other_are_refused(formula: str) -> None:
    """One claim on both sides of a sign, and a sum of answers to one question for one time, are refused unless declared."""

    def lookup(ref: str) -> Measure:
        one = Interval(Decimal(1), Decimal(2))
        return Measure.of(one, NONE, Leaf(ref, ref.partition(":")[0]))

    with pytest.raises(Correlated):
        work_out(formula, lookup, Unit.parse)
    assert work_out(formula, lookup, Unit.parse, correlated=True).leaves


@pytest.mark.parametrize(
    ("formula", "carries_on"),
    [
        ("a * 12 months/year", True),
        ("12 months/year * a", True),
        ("(a + b) * 2 years", True),
        ("a / 6 months", False),
        ("a * 12", False),
    ],
)
def test_what_carries_a_pace_on(formula: str, carries_on: bool) -> None:
    """A product with a span of time does; a quotient, which spreads a total over its own time, does not."""
    assert extrapolates(formula) == carries_on
