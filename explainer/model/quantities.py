"""Quantities as sources state them: a number, a range or a bound, never a bare midpoint.

A ``Quantity`` keeps the form of words ("over", "about", "up to"), because without it a site would
claim more than the source does. Arithmetic uses only the ends, as interval arithmetic (IEEE 1788)
does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Self

from explainer.common.problems import InvalidValue
from explainer.common.typed_json import register_dataclass
from explainer.model.habits import amount_hint

Form = Literal["exact", "range", "about", "over", "at least", "under", "up to", "almost"]

_NUMBER = r"-?\d{1,40}(?:\.\d{1,9})?"
_FORMS = re.compile(
    rf"(?P<word>about|over|at least|under|up to|almost)?\s*(?P<a>{_NUMBER})"
    rf"(?:\s*\.\.\s*(?P<b>{_NUMBER})|\s*±\s*(?P<w>{_NUMBER}))?"
)
EXAMPLES = (
    "160000, 30000..40000, 84 ±3, about 35000, over 300000, at least 5, under 500, almost 440000,"
    " up to 60000"
)


@dataclass(frozen=True)
class Interval:
    """A closed interval. An end is ``None`` if it is not stated."""

    low: Decimal | None
    high: Decimal | None


def mirrored(interval: Interval) -> Interval:
    """Return the interval of the same numbers with the opposite sign."""
    low, high = interval.high, interval.low
    return Interval(None if low is None else -low, None if high is None else -high)


@register_dataclass
@dataclass(frozen=True)
class Quantity:
    """A stated amount. ``a`` and ``b`` are numbers as written. Only a range has ``b``."""

    form: Form
    a: Decimal
    b: Decimal | None = None
    width: Decimal | None = None
    """The half-width of "a ±width" or "about a ±width".

    The source's words must say it for "a ±width". For "about a ±width" it may come from how the
    source rounds.
    """

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse one of the forms in ``EXAMPLES``.

        Raises ``InvalidValue`` (a ``ValueError``) with a message for the author.
        """
        match = _FORMS.fullmatch(" ".join(text.split()))
        if match is None:
            raise InvalidValue(
                f"'{text}' is not a quantity",
                amount_hint(text) or f"write digits, and a word before them, like {EXAMPLES}",
            )
        word, a, b, w = match.group("word"), match.group("a"), match.group("b"), match.group("w")
        if w is not None and word not in (None, "about"):
            raise InvalidValue(
                f"'{text}': ± goes with a plain number, or with 'about'",
                "write 84 ±3, or about 84 ±3",
            )
        if w is not None and Decimal(w) <= 0:
            raise InvalidValue(
                f"'{text}': the width after ± must be above zero",
                "leave ± out where the source gives no width",
            )
        a, b = _unsigned_zero(a), b and _unsigned_zero(b)
        if b is None:
            form: Form = word or "exact"  # type: ignore[assignment]  # the pattern allows no other word
            return cls(form, Decimal(a), None, None if w is None else Decimal(w))
        if word is not None:
            raise InvalidValue(f"'{text}': a range takes no '{word}' before it", f"write {a}..{b}")
        if Decimal(a) >= Decimal(b):
            raise InvalidValue(
                f"'{text}' is an inverted or empty range",
                "write the smaller number first, the larger one behind the dots",
            )
        return cls("range", Decimal(a), Decimal(b))

    def __str__(self) -> str:
        if self.b is not None:
            return f"{self.a:f}..{self.b:f}"
        head = "" if self.form == "exact" else f"{self.form} "
        return f"{head}{self.a:f}" + ("" if self.width is None else f" ±{self.width:f}")

    @classmethod
    def of(cls, interval: Interval) -> Self:
        """Return an interval as a quantity. Raises ``ValueError`` if it has no bound at all."""
        if interval.low is None or interval.high is None:
            known = interval.low if interval.low is not None else interval.high
            if known is None:
                raise ValueError("the result has no bound at all")
            return cls("at least" if interval.low is not None else "up to", known)
        if interval.low == interval.high:
            return cls("exact", interval.low)
        return cls("range", interval.low, interval.high)

    @classmethod
    def between(cls, low: int, high: int) -> Self:
        """Return the whole number if the two are equal, or the range from ``low`` to ``high``."""
        return (
            cls("exact", Decimal(low)) if low == high else cls("range", Decimal(low), Decimal(high))
        )

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """The numbers that the source's words must contain, in the order written."""
        return (self.a,) if self.b is None else (self.a, self.b)

    @property
    def interval(self) -> Interval | None:
        """The values that this allows, for arithmetic.

        ``None`` for "about" and "almost" without a stated width.
        """
        match self.form:
            case "exact" if self.width is None:
                return Interval(self.a, self.a)
            case "range":
                return Interval(self.a, self.b)
            case "over" | "at least":
                return Interval(self.a, None)
            case "under" | "up to":
                return Interval(None, self.a)
        if self.width is None:
            return None
        return Interval(self.a - self.width, self.a + self.width)

    @property
    def spread(self) -> Interval:
        """The values that this allows, for comparison.

        If "about" or "almost" has no stated width, the number counts as rounded at its last digit
        that is not a trailing zero.
        """
        if self.interval is not None:
            return self.interval
        half = _last_unit(self.a) / 2
        if self.form == "almost":  # closer to zero than the number
            return (
                Interval(self.a - half, self.a) if self.a > 0 else Interval(self.a, self.a + half)
            )
        return Interval(self.a - half, self.a + half)

    def allows_same(self, other: Quantity) -> bool:
        """Return whether one value can satisfy both."""
        mine, theirs = self.spread, other.spread
        low, high = _max(mine.low, theirs.low), _min(mine.high, theirs.high)
        if low is None or high is None or low < high:
            return True
        return low == high and all(q.includes(low) for q in (self, other))

    def includes(self, value: Decimal) -> bool:
        """Return whether ``value`` satisfies this. "over" and "under" exclude their number."""
        low, high = self.spread.low, self.spread.high
        if value == self.a and self.form in ("over", "under"):
            return False
        return (low is None or low <= value) and (high is None or value <= high)


def _unsigned_zero(number: str) -> str:
    """Return a number as written, without a sign if it is zero."""
    return number.removeprefix("-") if not number.strip("-0.") else number


def _last_unit(value: Decimal) -> Decimal:
    """Return the unit of the last digit that is not a trailing zero: 1000 for 35000."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _max(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return b if a is None else a if b is None else max(a, b)


def _min(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return b if a is None else a if b is None else min(a, b)
