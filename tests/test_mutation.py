"""Mutation test: whatever is changed in a claim that words bear, in its value, its unit or its noun, the build stops.

Every claim of the first explainer's own ledger is tried, but for statements and for those that its list names as not checked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from explainer.check.rules.counts import wrong_counts
from explainer.check.rules.quote_support import unsupported_quotes
from explainer.check.rules.unchecked import unlisted
from explainer.check.support import best_verdict, words_of
from explainer.check.support.counting import read
from explainer.check.support.said_dates import lacking
from explainer.common.problems import Problems
from explainer.model.dates import Edtf
from explainer.model.ledger import Entry, Ledger
from explainer.model.quantities import Quantity
from explainer.read.files import Folder
from explainer.read.ledger import parse_ledger

ROOT = Path(__file__).resolve().parent.parent
TIMES = ("", "/day", "/month", "/year")
HEADS = ("people", "roubles", "regions", "percent", "years", "countries")


@cache
def ledger() -> Ledger:
    """The first explainer's ledger."""
    return parse_ledger(Folder(ROOT), Problems())


def stops(entry: Entry) -> bool:
    """Whether the build stops at a claim as it stands here."""
    found = (
        *unsupported_quotes(ledger(), entry),
        *unlisted(ledger(), entry),
        *wrong_counts(ledger(), entry.holder),
    )
    return bool(found)


def changed(entry: Entry, **claim: object) -> Entry:
    """The same claim with something else in it."""
    return Entry(entry.holder, entry.claim.model_copy(update=claim))


def held(entry: Entry, **holder: object) -> Entry:
    """The same claim in a fact or series with something else in it."""
    return Entry(entry.holder.model_copy(update=holder), entry.claim)


def values(entry: Entry) -> Iterator[Entry]:
    """Other amounts: one up, one down, a place up, a place down, the other sign, each end by itself."""
    value = entry.claim.value
    assert value is not None
    for index, number in enumerate(value.numbers):
        for other in (
            number + 1,
            number - 1,
            number * 10,
            number / 10,
            -number,
            number + Decimal(1).scaleb(number.adjusted()),
        ):
            ends = [*value.numbers]
            ends[index] = other
            if len(ends) > 1 and ends[0] >= ends[1]:
                continue  # no range: the reader refuses it
            yield changed(
                entry,
                value=Quantity(
                    value.form, ends[0], ends[1] if len(ends) > 1 else None, value.width
                ),
            )


def units(entry: Entry) -> Iterator[Entry]:
    """Other units: per another time, per none, and of another kind."""
    head, slash, time = (entry.holder.unit or "").partition("/")
    yield from (held(entry, unit=head + other) for other in TIMES if other != slash + time)
    yield from (held(entry, unit=other + slash + time) for other in HEADS if other != head)


def nouns(entry: Entry) -> Iterator[Entry]:
    """Another noun in place of those by which the words count it."""
    vocabulary, holder = ledger().vocabulary, entry.holder
    own = vocabulary.of(holder.unit, holder.counts)
    passages = [words for item in entry.claim.supports for words in words_of(ledger(), item)]
    counted = {
        clause.noun(own, vocabulary.known)
        for words in passages
        for _, clause in read(words.text, words.language)
    } - {None}
    said = " ".join(words.text.casefold() for words in passages)
    kept = tuple(
        noun
        for noun in holder.counts
        if noun.casefold() not in counted and noun.casefold() not in said
    )
    head = vocabulary.head(holder.unit)
    strange = next(noun for noun in ("widgets", "gadgets") if noun not in said)
    if counted & {
        "₽",
        *(one for one, many in ledger().nouns.items() if many == ledger().nouns[head]),
    }:
        yield held(entry, counts=kept, unit=(holder.unit or "").replace(head, "countries"))
    else:
        yield held(entry, counts=(*kept, strange))


def dates(entry: Entry) -> Iterator[Entry]:
    """Other dates: each part that the words say, one up or one down."""
    date = entry.claim.date
    assert date is not None
    passages = [words for item in entry.claim.supports for words in words_of(ledger(), item)]
    unsaid = min((lacking(date, words.text, words.language) for words in passages), key=len)
    if date.is_spell:
        return
    for place, digits in enumerate(re.finditer(r"\d+", date.text)):
        part = ("year", "month", "day")[
            place % 3 if not date.text.startswith("XXXX") else place + 1
        ]
        for step in (1, -1) if (part, int(digits.group())) not in unsaid else ():
            stepped = f"{int(digits.group()) + step:0{len(digits.group())}d}"
            try:
                other = Edtf.parse(
                    date.text[: digits.start()] + stepped + date.text[digits.end() :]
                )
            except ValueError:
                continue
            if len(set(other.written)) == len(other.written):  # [x,x] is one date, not two
                yield changed(entry, date=other)


KINDS = {"value": values, "unit": units, "noun": nouns, "date": dates}


def mutants(entry: Entry) -> Iterator[tuple[str, Entry]]:
    """Every mutant of a claim, with what is changed in it."""
    for kind, make in KINDS.items():
        if (entry.claim.date if kind == "date" else entry.claim.value) is not None:
            yield from ((kind, mutant) for mutant in make(entry))


def test_every_mutant_is_killed() -> None:
    """The build stops at 100% of mutants of every claim that words bear, and at none of the claims themselves."""
    unchecked = ledger().unchecked or {}
    tried, killed, survivors = Counter[str](), Counter[str](), []
    entries = [
        each
        for each in ledger().entries()
        if (each.claim.value or each.claim.date) and each.ref not in unchecked
    ]
    for entry in entries:
        assert best_verdict(ledger(), entry) != "not-checked", entry.ref
        assert not stops(entry), entry.ref
        for kind, mutant in mutants(entry):
            dead = stops(mutant)
            tried[kind] += 1
            killed[kind] += dead
            survivors += (
                []
                if dead
                else [
                    f"{entry.ref}: {kind} {mutant.claim.value or mutant.claim.date} {mutant.holder.unit}"
                ]
            )
    share = 100 * killed.total() / tried.total()
    print(
        f"\n{killed.total():,} of {tried.total():,} mutants of {len(entries)} claims killed ({share:.2f}%): {dict(killed)}"
    )
    assert not survivors, "\n".join(survivors)
    assert len(entries) > 250
    assert min(tried[kind] for kind in KINDS) > 50


def test_every_noun_that_counts_is_declared() -> None:
    """Each word of ``counts`` has its unit in definitions.yaml, so that a fact whose unit is changed contradicts its own words."""
    for holder in ledger().holders.values():
        for noun in holder.counts:
            assert ledger().vocabulary.counts(noun), f"{holder.id}: {noun}"
