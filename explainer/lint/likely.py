"""The fact that an author most likely meant by what is typed: one that holds it, and whose words are nearest."""

from __future__ import annotations

import re

from explainer.ledger import Entry, Ledger
from explainer.lint.parts import Parts, dated, named
from explainer.records import Fact

_WORD = re.compile(r"[^\W\d_]{4,}")


class Likely:
    """Looks typed numbers and dates up in a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.held = [(self._call(entry), _held(entry), _words_of(entry)) for entry in ledger.entries()]

    def call(self, typed: str, around: str, language: str = "en") -> str:
        """The call that prints what is typed; nothing where no claim holds it, or none is nearer than the others.

        A claim is near by the words of its question and speakers that stand around what is typed.
        """
        wanted = named(typed, language)
        near = set(_WORD.findall(around.casefold()))
        fitting = [
            (len(near & words), "claim=" not in call, -len(has), call)
            for call, has, words in self.held
            if wanted and wanted <= has and near & words
        ]
        if not fitting:
            return ""
        best = max(fitting, key=lambda each: each[:3])
        others = [each for each in fitting if each[0] == best[0] and each[3] != best[3]]
        return "" if any(_fact(each[3]) != _fact(best[3]) for each in others) else best[3]

    def _call(self, entry: Entry) -> str:
        alone = isinstance(entry.holder, Fact) and self.ledger.preferred(entry.holder) == entry
        return f'fact("{entry.holder.id}")' if alone else f'fact("{entry.holder.id}", claim="{entry.claim.id}")'


def _fact(call: str) -> str:
    """The fact that a call names."""
    return call.split('"')[1]


def _held(entry: Entry) -> Parts:
    """What a call of a claim can print: its value, its date, its period."""
    claim = entry.claim
    numbers = frozenset(abs(number) for number in claim.value.numbers) if claim.value else frozenset()
    return Parts(numbers) | dated(claim.date, claim.period)


def _words_of(entry: Entry) -> set[str]:
    holder = entry.holder
    said = (holder.id, holder.question if isinstance(holder, Fact) else holder.title, entry.claim.said_by, entry.claim.reported_by)
    return set(_WORD.findall(" ".join(filter(None, said)).casefold()))
