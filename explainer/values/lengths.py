"""How long amounts cover: which can be set against each other because they cover time of one length."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

from explainer.values.dates import Edtf

_LONGER: Final = Decimal("1.15")
"""So many times as long as the shorter the longer may be: February and March are alike, a month and a quarter are not."""
DAYS: Final = {"days": Fraction(1), "months": Fraction(36525, 1200), "years": Fraction(36525, 100)}
"""The days in the units of time, on the average."""


def unlike(a: int | Fraction, b: int | Fraction) -> bool:
    """Whether two lengths, in days, are too unlike for amounts over them to be compared."""
    return max(a, b) > Fraction(_LONGER) * min(a, b)


def days_covered(periods: Iterable[Edtf]) -> int | None:
    """How many days some periods cover, each day counted once; ``None`` where the beginning or the end of one is not known."""
    spans = list(dict.fromkeys(periods))
    ends = sorted((date.first.toordinal(), date.last.toordinal()) for date in spans if date.first is not None and date.last is not None)
    if len(ends) < len(spans) or not ends:
        return None
    seasons = [date.days or 0 for date in spans if date.is_season]
    if len(seasons) == len(spans):
        return sum(seasons)
    covered, reached = 0, ends[0][0] - 1
    for first, last in ends:
        covered += max(0, last - max(first - 1, reached))
        reached = max(reached, last)
    return covered
