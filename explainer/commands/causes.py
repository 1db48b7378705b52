"""Problems as an editor reads them: causes without what follows from them, and one mistake told once.

A record that could not be read is not in the ledger, so whatever names it seems to be wrong as well. Such problems go
away by themselves once the record is mended. They are counted at their cause instead of being told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from explainer.problems import DEFINITIONS, Problem

_QUOTED: Final = re.compile(r"'(?:[a-z]+/)?(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)(?:[:/][^']*|\.md)?'")
"""A name in a message: an id, alone or with a claim's behind it, or the address of its page."""
_WHAT_IS_WRITTEN: Final = frozenset(
    ["bad-value", "missing-key", "unknown-key", "duplicate-id", "duplicate-key", "not-a-list", "not-a-record", "page-head"]
)
"""Rules about the words of a record itself; they never follow from another record."""
_OF_DEFINITIONS: Final = frozenset(["unit", "counts-noun", "formula"])
"""Rules about words that are declared in definitions.yaml."""
_ALL_OF_IT: Final = frozenset(["source-unused", "translation-unused", "uncovered-sentence", "uncovered-number"])
"""Rules that look for what uses something. While any record is missing, what they miss may be used by it."""
_ALIKE: Final = 3
"""So many problems of the same words are each told at their place; more are told once."""


def told(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems in the order of their places, without those that follow from another."""
    return tuple(_causes(sorted(set(problems))))


def _causes(problems: list[Problem]) -> list[Problem]:
    """The problems that do not follow from another; each cause says how many do."""
    lost = {name: problem for problem in reversed(problems) for name in problem.loses}
    if not lost:
        return problems
    first = min(lost.values())
    kept, following = list[Problem](), Counter[Problem]()
    for problem in problems:
        cause = first if problem.rule in _ALL_OF_IT else _cause(problem, lost)
        if cause is None or problem.loses:
            kept.append(problem)
        else:
            following[cause] += 1
    return [_with(each, _follow(following[each])) if each in following else each for each in kept]


def _cause(problem: Problem, lost: Mapping[str, Problem]) -> Problem | None:
    if problem.rule in _WHAT_IS_WRITTEN or problem.rule.startswith("yaml-"):
        return None
    if DEFINITIONS in lost and (problem.rule in _OF_DEFINITIONS or DEFINITIONS in problem.message):
        return lost[DEFINITIONS]
    named = (match["id"] for match in _QUOTED.finditer(problem.message))
    return next((lost[name] for name in named if name in lost), None)


def once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems of the same words at many places as one, at the first of them, for people who read them in a row."""
    groups: dict[tuple[str, str, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.rule, problem.message, problem.hint, problem.severity), []).append(problem)
    return tuple(sorted(each for group in groups.values() for each in _one_of(group)))


def _one_of(group: list[Problem]) -> list[Problem]:
    if len(group) <= _ALIKE:
        return group
    others = ", ".join(str(each.place) for each in group[1:_ALIKE])
    return [_with(group[0], f" (the same at {len(group) - 1:,} more places, among them {others})")]


def _with(problem: Problem, words: str) -> Problem:
    return replace(problem, message=problem.message + words)


def _follow(count: int) -> str:
    return f" ({count:,} more problem{'s' if count > 1 else ''} may follow from it; mend it first)"
