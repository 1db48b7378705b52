"""Comparisons over series: since when was none larger, which place, how many, what share, how many years between.

They are worked out on the values that points allow. Where a range leaves open which of two is larger there is no answer, and the
author hears which point is in the way. Periods for which a series has no point are named with the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from explainer.ledger import Entry, Holder, Ledger
from explainer.ledger.pairs import compare_pair, measure_pair
from explainer.ledger.spacing import Gaps, gaps_between
from explainer.records import Comparison, Fact, Point, Series
from explainer.values.days import EARLIEST, Day
from explainer.values.formula_tokens import FormulaError
from explainer.values.quantities import Interval, Quantity


@dataclass(frozen=True)
class Compared:
    """What a comparison comes to, an amount or a point of the series, and what that rests on."""

    inputs: tuple[Entry, ...]
    """The claims it was worked out from; of a series those compared, the one in question last."""
    value: Quantity | None = None
    found: Entry | None = None
    """For "since": the point that lies beyond; ``None`` where no earlier point does."""
    gaps: Gaps = field(default_factory=Gaps)

    @property
    def otherwise(self) -> tuple[Entry, ...]:
        """Points that count by another rule than the last one does."""
        return tuple(each for each in self.inputs if each.definition != self.inputs[-1].definition)


_NONE: Mapping[str, Entry] = {}


def compare(ledger: Ledger, fact: Fact, seen: tuple[str, ...] = (), swap: Mapping[str, Entry] = _NONE) -> Compared:
    """Work out a fact's comparison. Raises ``FormulaError`` with words for the author.

    ``swap`` holds claims that stand in for others, by the name of the one replaced: what would it be by a rival?
    """
    comparison = fact.compares
    assert comparison is not None
    if fact.id in seen:
        raise FormulaError(f"'{fact.id}' is worked out from itself ({' → '.join((*seen, fact.id))})")
    if comparison.to is not None:
        of, to = (_single(ledger, ref, (*seen, fact.id), swap) for ref in (comparison.of, comparison.to))
        return Compared((of, to), compare_pair(ledger, comparison.how, (of, to), fact.digits))
    if comparison.how == "count":
        return _count(ledger, comparison, swap)
    entry = _single(ledger, comparison.of, (), swap)
    points = [each for each in _points(ledger, entry.holder, comparison, swap) if _alike(each, entry)]
    if entry.ref not in {each.ref for each in points}:
        raise FormulaError(f"'{comparison.of}' is not among the main points that are compared")
    return _since(ledger, comparison, points, entry) if comparison.how.endswith("-since") else _rank(ledger, comparison, points, entry)


def is_rounded(ledger: Ledger, fact: Fact) -> bool:
    """Whether a share, change or ratio is printed with fewer digits than it has. Raises ``FormulaError``."""
    assert fact.compares is not None
    of, to = compare(ledger, fact).inputs
    return measure_pair(ledger, fact.compares.how, of, to).is_rounded(fact.digits)


def _since(ledger: Ledger, comparison: Comparison, points: list[Entry], entry: Entry) -> Compared:
    """Walk back in time to the first point that certainly lies beyond; one that only may is in the way."""
    passed: list[Entry] = []
    earlier = points[: [each.ref for each in points].index(entry.ref)]
    for each in reversed(earlier):
        verdict = _beyond(ledger, comparison.how, each, entry)
        if verdict is None:
            raise FormulaError(f"which of '{each.ref}' and '{entry.ref}' is larger is not known, since what they allow overlaps")
        passed.insert(0, each)
        if verdict:
            return _made([*passed, entry], None, each)
    return _made([*passed, entry], None, None)


def _rank(ledger: Ledger, comparison: Comparison, points: list[Entry], entry: Entry) -> Compared:
    """From one more than the points that certainly are ahead to one more than those that may be."""
    others = [each for each in points if each.ref != entry.ref]
    verdicts = [_beyond(ledger, comparison.how, each, entry) for each in others]
    place = Quantity.between(1 + verdicts.count(True), 1 + len(verdicts) - verdicts.count(False))
    return _made([*others, entry], place, None)


def _count(ledger: Ledger, comparison: Comparison, swap: Mapping[str, Entry]) -> Compared:
    holder = ledger.holders.get(comparison.of)
    limit = comparison.above or comparison.below
    if not isinstance(holder, Series):
        raise FormulaError(f"there is no series '{comparison.of}'")
    if limit is None or limit.form != "exact":
        raise FormulaError("a count is above or below a plain number")
    points = _points(ledger, holder, comparison, swap)
    if not points:
        raise FormulaError(f"'{holder.id}' has no main point to count")
    end = Interval(limit.a, limit.a)
    verdicts = [_larger(_allowed(ledger, each), end, comparison.above is not None) for each in points]
    return _made(points, Quantity.between(verdicts.count(True), len(verdicts) - verdicts.count(False)), None)


def _made(inputs: list[Entry], value: Quantity | None, found: Entry | None) -> Compared:
    holder = inputs[-1].holder
    gaps = gaps_between(holder, inputs) if isinstance(holder, Series) else Gaps()
    return Compared(tuple(inputs), value, found, gaps)


def _single(ledger: Ledger, ref: str, seen: tuple[str, ...], swap: Mapping[str, Entry]) -> Entry:
    """The claim that a reference names, or the point that a comparison found."""
    name, _, claim = ref.partition(":")
    holder = ledger.holders.get(name)
    if isinstance(holder, Fact) and holder.compares and not claim:
        found = compare(ledger, holder, seen, swap).found
        if found is None:
            raise FormulaError(f"'{ref}' comes to no single point")
        return found
    entry = ledger.entry(name, claim) if claim else ledger.preferred(holder) if isinstance(holder, Fact) else None
    if entry is None:
        known = ", ".join(e.claim.id for e in ledger.entries(holder)) if holder else "no such fact or series"
        raise FormulaError(f"'{ref}' names no single claim; write one of {name}: {known}")
    return swap.get(entry.ref, entry)


def _points(ledger: Ledger, holder: Holder, comparison: Comparison, swap: Mapping[str, Entry]) -> list[Entry]:
    """The main points that have a value (a date, for the earliest), in the order of time."""
    start = comparison.since.first if comparison.since else None
    shown = [each for each in ledger.entries(holder) if isinstance(each.claim, Point) and each.claim.show == "main"]
    main = [swap.get(each.ref, each) for each in shown]
    dated = comparison.how == "earliest-rank"
    known = [each for each in main if (each.claim.date if dated else ledger.value(each)) is not None]
    wanted = [each for each in known if start is None or _start(each) >= start]
    return sorted(wanted, key=_start)


def _alike(a: Entry, b: Entry) -> bool:
    """Whether two points are of one region and one basis."""
    x, y = a.claim, b.claim
    return isinstance(x, Point) and isinstance(y, Point) and (x.region, x.basis) == (y.region, y.basis)


def _start(entry: Entry) -> Day:
    date = entry.claim.date or entry.claim.period or entry.claim.said_on
    return date.first if date and date.first else EARLIEST


def _beyond(ledger: Ledger, how: str, a: Entry, b: Entry) -> bool | None:
    """Whether ``a`` is ahead of ``b``; ``None`` where that is open."""
    if how == "earliest-rank":
        x, y = a.claim.date, b.claim.date
        if x is None or y is None or x.last is None or y.first is None or x.first is None or y.last is None:
            return None
        return True if x.last < y.first else False if x.first >= y.last else None
    return _larger(_allowed(ledger, a), _allowed(ledger, b), how.startswith("largest"))


def _larger(a: Interval, b: Interval, up: bool) -> bool | None:
    """Whether every value of ``a`` is above every one of ``b`` (below, where not ``up``); ``None`` where that is open."""
    a, b = (a, b) if up else (b, a)
    if a.low is not None and b.high is not None and a.low > b.high:
        return True
    return False if a.high is not None and b.low is not None and a.high <= b.low else None


def _allowed(ledger: Ledger, entry: Entry) -> Interval:
    value = ledger.value(entry)
    assert value is not None
    return value.spread
