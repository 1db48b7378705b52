"""The rule ``counts-noun``: each word in ``counts`` is a noun that counts the unit of its record.

A noun counts one unit only, in the whole project.
"""

from __future__ import annotations

from collections.abc import Iterator

from explainer.common.problems import Problem
from explainer.model.ledger import Holder, Ledger
from explainer.model.number_words import folded, is_any_magnitude, vocabulary


def of_one(ledger: Ledger, name: str) -> Iterator[Problem]:
    """Yield a problem for each wrong word in ``counts`` of the fact or series with this id."""
    yield from wrong_counts(ledger, ledger.holders[name])


def wrong_counts(ledger: Ledger, holder: Holder) -> Iterator[Problem]:
    """Yield a problem for each wrong word in ``counts`` of one fact or series.

    A word is wrong if it is a number, or if it counts another unit.
    """
    unit = ledger.vocabulary.head(holder.unit)
    own = ledger.nouns.get(unit)
    for noun in holder.counts:
        counted = ledger.vocabulary.counts(noun)
        if _is_number(noun):
            hint = "write the noun that follows it, such as people"
            yield Problem(
                holder.place("counts"), "counts-noun", f"'{noun}' is a number, not a noun", hint
            )
        elif counted is not None and own is not None and ledger.nouns.get(counted) != own:
            hint = (
                "take it out, or mend the unit; 'nouns' in definitions.yaml says what each word"
                " counts"
            )
            yield Problem(
                holder.place("counts"),
                "counts-noun",
                f"'{noun}' counts {counted}, not {unit}",
                hint,
            )


def _is_number(noun: str) -> bool:
    word = folded(noun)
    return (len(word) > 1 and is_any_magnitude(word)) or word in vocabulary("en").numbers
