"""Find claims that were entered twice: one statement in one source, used by two facts or series.

Two claims of different facts or series are the same if their source, speaker, value, day and words
of the source are the same. A claim without a day matches any day here. If one of the claims has no
words of the source, the same day is enough, but both must have one.

The words tell two tables of one source apart: "35,000 people left in 2023" is not "35,000 people
left in 2024". If the words hold a number more than once, as in "35,000 left and 35,000 came", they
are not compared, because the claim may mean either number.
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
"""Minimum number of words in a row, one of them with a digit, by which two passages can be the
same. Shorter passages must be equal.
"""
_COMPARED = 50
"""Maximum number of claims, or of passages with the same run of words, compared pair by pair."""

Words = tuple[str, ...]


def entered_twice(ledger: Ledger) -> Iterator[tuple[Entry, Entry]]:
    """Yield each pair of claims of different facts or series that are the same claim.

    The claim that comes first in the ledger is the first of the pair.
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
    """Return who says it, in small letters, without an office after the name."""
    who = entry.claim.said_by or entry.claim.reported_by or ""
    return who.partition(",")[0].strip().casefold()


Group = list[tuple[Entry, Evidence]]


def _alike(ledger: Ledger) -> dict[object, Group]:
    """Group claims and their evidence by source, speaker and number or date.

    Groups from a single fact or series are left out.
    """
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
    """Yield the pairs of a group whose words are the same passage of the source.

    If more than 50 claims have equal words, each is paired only with the first.
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
    """Yield the pairs of a group said on the same day, if at least one has no words of the
    source.
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
    """Yield the words of a piece of evidence that hold each number of the claim exactly once.

    Words with omissions ("[…]") are split into their pieces.
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
    """Yield the runs of words that contain a digit. They serve to find passages that overlap."""
    for start in range(len(words) - _SHARED + 1):
        run = words[start : start + _SHARED]
        if any(character.isdecimal() for word in run for character in word):
            yield run


def _aligned(one: Words, other: Words, run: Words) -> bool:
    """Return whether two passages agree wherever they overlap, if aligned at a run of words."""
    shift = _at(one, run) - _at(other, run)
    return all(
        one[place] == other[place - shift]
        for place in range(max(0, shift), min(len(one), len(other) + shift))
    )


def _at(words: Words, run: Words) -> int:
    return next(start for start in range(len(words)) if words[start : start + len(run)] == run)
