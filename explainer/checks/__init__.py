"""The rules, in the order they are run. Each is one file and one function from the ledger to problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from explainer.checks import (
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
    unchecked,
    units,
    unsourced,
    unused,
)
from explainer.ledger import Ledger
from explainer.problems import Problem, Problems

Rule = Callable[[Ledger], Iterable[Problem]]

RULES: Final[tuple[Rule, ...]] = (
    names.check,
    references.check,
    units.check,
    support.check,
    quotes.check,
    counts.check,
    bearing.check,
    unchecked.check,
    coverage.check,
    formulas.check,
    rivals.check,
    order.check,
    reviews.check,
    charts.check,
    corrections.check,
    errors.check,
    unsourced.check,
    unused.check,
)


def check_ledger(ledger: Ledger, problems: Problems) -> None:
    """Run every rule; a rule never stops another."""
    for rule in RULES:
        problems.extend(rule(ledger))
