"""The rules, in the order they are run. Each is one file and one function from the ledger to problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final
from weakref import WeakValueDictionary

from explainer.check.rules import (
    bearing,
    charts,
    corrections,
    counts,
    coverage,
    errors,
    formulas,
    names,
    order,
    quotes,
    references,
    reviews,
    rivals,
    support,
    twice,
    unchecked,
    units,
    unsourced,
    unused,
)
from explainer.common.problems import Problem, Problems
from explainer.incremental.cache import Cache
from explainer.incremental.parts import Parts
from explainer.model.ledger import Ledger

Rule = Callable[[Ledger], Iterable[Problem]]

RULES: Final[tuple[Rule, ...]] = (
    names.check,
    references.check,
    units.check,
    unchecked.check,
    coverage.check,
    formulas.check,
    order.check,
    charts.check,
    corrections.check,
    errors.check,
    twice.check,
    unused.check,
)
"""Those about the ledger as a whole, and those that take no time."""
OF_ONE: Final[tuple[Callable[[Ledger, str], Iterable[Problem]], ...]] = (
    names.of_one,
    units.of_one,
    support.of_one,
    quotes.of_one,
    counts.of_one,
    rivals.of_one,
    reviews.of_one,
    bearing.of_one,
    unsourced.of_one,
)
"""Those about one fact or series, by its id; not asked again where nothing that they looked at has changed."""


_sound: WeakValueDictionary[int, Ledger] = WeakValueDictionary()
"""The ledgers in which nothing was found; one that is read again in the same process, unchanged, is the same."""


def check_ledger(ledger: Ledger, problems: Problems, cache: Cache) -> None:
    """Run every rule; a rule never stops another. The cache keeps that a fact or series was found to be in order."""
    if id(ledger) in _sound:
        return
    before = problems.told
    for rule in RULES:
        problems.extend(rule(ledger))
    parts = Parts(cache, ledger.ground, ledger.looked)
    problems.extend(parts.get("checks of words", "", lambda: tuple(unsourced.check(ledger)), keep=lambda found: not found))
    for name in ledger.holders:
        problems.extend(parts.get("checks", name, partial(_of_one, ledger, name), keep=lambda found: not found))
    if problems.told == before:
        _sound[id(ledger)] = ledger


def _of_one(ledger: Ledger, name: str) -> tuple[Problem, ...]:
    return tuple(problem for rule in OF_ONE for problem in rule(ledger, name))
