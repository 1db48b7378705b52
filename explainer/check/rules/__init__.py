"""The rules of the ledger, and the function that runs them all.

Each module has one rule, or a few that belong together. ``check`` takes the ledger and yields
problems. ``of_one`` does the same for one fact or series. A module has one of the two or both.
``settings`` is the exception: it checks ``mkdocs.yml`` and is not in the lists below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final
from weakref import WeakValueDictionary

from explainer.check.rules import (
    charts,
    corrections,
    counts,
    coverage,
    duplicate_claims,
    duplicate_ids,
    errors,
    formulas,
    order,
    quote_support,
    quotes,
    references,
    reviews,
    rivals,
    support,
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

LEDGER_RULES: Final[tuple[Rule, ...]] = (
    duplicate_ids.check,
    references.check,
    units.check,
    unchecked.check,
    coverage.check,
    formulas.check,
    order.check,
    charts.check,
    corrections.check,
    errors.check,
    duplicate_claims.check,
    unused.check,
)
"""The rules about the whole ledger, and fast rules. They run in this order, without the cache."""
RECORD_RULES: Final[tuple[Callable[[Ledger, str], Iterable[Problem]], ...]] = (
    duplicate_ids.of_one,
    units.of_one,
    support.of_one,
    quotes.of_one,
    counts.of_one,
    rivals.of_one,
    reviews.of_one,
    quote_support.of_one,
    unsourced.of_one,
)
"""The rules about one fact or series, which take its id.

They do not run again if no record that they used has changed.
"""


_sound: WeakValueDictionary[int, Ledger] = WeakValueDictionary()
"""The ledgers without problems, by ``id()``. They are not checked again in the same process.

A ledger that is read again and has not changed is the same object.
"""


def check_ledger(ledger: Ledger, problems: Problems, cache: Cache) -> None:
    """Run every rule and add what they find to ``problems``. A problem in one rule stops no other.

    The cache stores which facts and series passed their checks. Failed checks run again.
    """
    if id(ledger) in _sound:
        return
    before = problems.told
    for rule in LEDGER_RULES:
        problems.extend(rule(ledger))
    parts = Parts(cache, ledger.ground, ledger.looked)
    problems.extend(
        parts.get(
            "checks of words",
            "",
            lambda: tuple(unsourced.check(ledger)),
            keep=lambda found: not found,
        )
    )
    for name in ledger.holders:
        problems.extend(
            parts.get("checks", name, partial(_of_one, ledger, name), keep=lambda found: not found)
        )
    if problems.told == before:
        _sound[id(ledger)] = ledger


def _of_one(ledger: Ledger, name: str) -> tuple[Problem, ...]:
    return tuple(problem for rule in RECORD_RULES for problem in rule(ledger, name))
