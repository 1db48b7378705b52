"""When claims disagree: same question, counting rule and unit, the same time, and no value that satisfies both.

"The same time" depends on what is claimed. A rate or a date may be compared where periods overlap; an amount of
people over a period only with one over the same period, since a part says nothing against the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from explainer.ledger import Entry, Holder, Ledger
from explainer.ledger.once import once
from explainer.records import Point, Series
from explainer.values.formula_tokens import FormulaError
from explainer.values.quantities import Quantity


@once
def disagreements(ledger: Ledger, holder: Holder) -> tuple[tuple[Entry, Entry], ...]:
    """Pairs of claims of one fact or series that cannot both be right."""
    pairs = combinations(ledger.entries(holder), 2)
    return tuple(pair for pair in pairs if _comparable(ledger, *pair) and not _compatible(ledger, *pair))


def rivals_of(ledger: Ledger, entry: Entry) -> Iterator[Entry]:
    """The claims of its fact or series with which one claim cannot both be right; not those that are kept only to be refuted."""
    for other in ledger.entries(entry.holder):
        if other.ref != entry.ref and not other.deprecated and _comparable(ledger, entry, other) and not _compatible(ledger, entry, other):
            yield other


def _comparable(ledger: Ledger, first: Entry, second: Entry) -> bool:
    a, b = first.claim, second.claim
    if first.definition != second.definition or a.text or b.text:
        return False
    if isinstance(a, Point) and isinstance(b, Point) and not _same_row(first.holder, a, b):
        return False
    if a.period is None or b.period is None:
        return True
    if not a.period.overlaps(b.period):
        return False
    rate = ledger.unit(first.holder).is_rate or a.date is not None
    return rate or a.period.same_spell(b.period)


def _same_row(holder: Holder, a: Point, b: Point) -> bool:
    """Whether two points of a series answer the same question."""
    if (a.region, a.basis) != (b.region, b.basis):
        return False
    if isinstance(holder, Series) and holder.x == "date":
        return a.label == b.label
    if a.period is None and b.period is None and isinstance(holder, Series) and holder.x == "said_on":
        return a.said_on == b.said_on
    return True


def _compatible(ledger: Ledger, first: Entry, second: Entry) -> bool:
    a, b = first.claim, second.claim
    if a.date is not None and b.date is not None:
        return a.date.allows_same(b.date)
    mine, theirs = _value(ledger, first), _value(ledger, second)
    return mine is None or theirs is None or mine.allows_same(theirs)


def _value(ledger: Ledger, entry: Entry) -> Quantity | None:
    try:
        return ledger.value(entry)
    except (FormulaError, ValueError):  # told by the rule on formulas
        return None
