"""Claims that were entered twice: what one speaker says in one source, taken up by two facts or
series.

Two claims of different facts or series are one claim where source, speaker, value and day are the
same and so are the source's words. Where no words of the source were noted for one of them, the day
alone decides, if both have one. Words tell two tables of one source apart: "35,000 people left in
2023" is not "35,000 people left in 2024". Where the words of a page hold a number more than once,
as in "35,000 left and 35,000 came", nobody can say which of the two a claim took, so it is not
judged.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, combinations

from explainer.check.support import times_said, words_of
from explainer.model.ledger import Entry, Ledger
from explainer.model.records import Evidence

_SHARED = 3
"""So many words in a row, the number among them, two passages share that are the same passage;
shorter ones must be equal."""
_COMPARED = 50
"""So many claims with equal words, or different passages with the same words around one number, are
compared with each other."""

Words = tuple[str, ...]


def entered_twice(ledger: Ledger) -> Iterator[tuple[Entry, Entry]]:
    """Each two claims of different facts or series that are one claim, the one that was entered
    first before the other.
    """
    order = {entry.ref: place for place, entry in enumerate(ledger.entries())}
    seen: set[tuple[str, str]] = set()
    for group in _alike(ledger).values():
        for first, second in chain(_same_words(ledger, group), _without_words(ledger, group)):
            a, b = sorted((first, second), key=lambda entry: order[entry.ref])
            if a.holder.id != b.holder.id and _same_day(a, b) and (a.ref, b.ref) not in seen:
                seen.add((a.ref, b.ref))
                yield a, b


def speaker(entry: Entry) -> str:
    """Who says it, without the office that may follow the name."""
    who = entry.claim.said_by or entry.claim.reported_by or ""
    return who.partition(",")[0].strip().casefold()


Group = list[tuple[Entry, Evidence]]


def _alike(ledger: Ledger) -> dict[object, Group]:
    """Claims and their evidence by source, speaker and number or date."""
    found: dict[object, Group] = defaultdict(list)
    for entry in ledger.entries():
        claim = entry.claim
        if claim.value is None and claim.date is None:
            continue
        said = (
            claim.value.numbers
            if claim.value is not None
            else claim.date.written
            if claim.date is not None
            else ()
        )
        for item in claim.supports:
            found[item.source, speaker(entry), said].append((entry, item))
    return {
        key: group
        for key, group in found.items()
        if len({entry.holder.id for entry, _ in group}) > 1
    }


def _same_day(a: Entry, b: Entry) -> bool:
    return a.claim.said_on is None or b.claim.said_on is None or a.claim.said_on == b.claim.said_on


def _same_words(ledger: Ledger, group: Group) -> Iterator[tuple[Entry, Entry]]:
    """The pairs of a group whose words are one passage of the source; of very many with equal
    words, each beside the first.
    """
    by_words: dict[Words, list[Entry]] = defaultdict(list)
    for entry, item in group:
        for words in _passages(ledger, entry, item):
            by_words[words].append(entry)
    for entries in by_words.values():
        yield from (
            combinations(entries, 2)
            if len(entries) <= _COMPARED
            else ((entries[0], other) for other in entries[1:])
        )
    near: dict[Words, list[Words]] = defaultdict(list)
    for words in by_words:
        for run in _runs(words):
            if len(near[run]) < _COMPARED:
                near[run].append(words)
    for run, passages in near.items():
        for one, other in combinations(passages, 2):
            if _aligned(one, other, run):
                yield by_words[one][0], by_words[other][0]


def _without_words(ledger: Ledger, group: Group) -> Iterator[tuple[Entry, Entry]]:
    """The pairs of a group that were said on one day, and of which one has no words of the source
    beside it.
    """
    by_day: dict[str, tuple[list[Entry], list[Entry]]] = defaultdict(lambda: ([], []))
    for entry, item in group:
        if entry.claim.said_on is not None:
            by_day[entry.claim.said_on.text][bool(words_of(ledger, item))].append(entry)
    for bare, worded in by_day.values():
        for at, first in enumerate(bare[:_COMPARED]):
            yield from (
                (first, other) for other in (*bare[at + 1 : _COMPARED], *worded[:_COMPARED])
            )


def _passages(ledger: Ledger, entry: Entry, item: Evidence) -> Iterator[Words]:
    """The words of a piece of evidence in which the claim's number stands once, in pieces where
    some were left out.
    """
    numbers = entry.claim.value.numbers if entry.claim.value is not None else ()
    for words in words_of(ledger, item):
        if all(times_said(words, number) == 1 for number in numbers):
            yield from filter(None, map(_plain, re.split(r"\[(?:…|\.\.\.)\]", words.text)))


def _plain(text: str) -> Words:
    return tuple(
        filter(None, (word.strip(".,;:!?\"'()[]«»“”„‘’–—") for word in text.casefold().split()))
    )


def _runs(words: Words) -> Iterator[Words]:
    """The runs of words, each with a digit, by which passages that overlap are found."""
    for start in range(len(words) - _SHARED + 1):
        run = words[start : start + _SHARED]
        if any(character.isdecimal() for word in run for character in word):
            yield run


def _aligned(one: Words, other: Words, run: Words) -> bool:
    """Whether two passages agree in all that they share, laid upon each other by a run of words."""
    shift = _at(one, run) - _at(other, run)
    return all(
        one[place] == other[place - shift]
        for place in range(max(0, shift), min(len(one), len(other) + shift))
    )


def _at(words: Words, run: Words) -> int:
    return next(start for start in range(len(words)) if words[start : start + len(run)] == run)
