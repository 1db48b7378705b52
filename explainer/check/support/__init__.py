"""Check whether the words of a source support a claim: its value, its unit and its noun.

A quote can be checked against a kept text. A locator holds a few words of a page that is not kept.
It supports a claim if it says the claim's value, unit and noun. An account in the author's own
words (``says``) supports nothing: an author who mistypes a number there mistypes it in the value
too. A claim with no other words gets the verdict "not-checked", which is never shown as a pass.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, get_args

from explainer.check.support.counting import (
    clauses_of,
    cut_off,
    doubts,
    said_numbers,
    widths,
    wrong_rate,
)
from explainer.check.support.hedged import MOST_PLACES, Allowed, speaks_of_plans, wrong_form
from explainer.check.support.nouns import Clause
from explainer.check.support.percent_of import of_another
from explainer.check.support.places import other_place
from explainer.check.support.said_dates import lacking, names
from explainer.check.support.scaled import clauses_in, scaled_numbers
from explainer.check.support.times import is_told_as, other_bound, other_time, plain_periods
from explainer.model.dates import Edtf
from explainer.model.edtf import SEASONS, iso_year, said_year
from explainer.model.ledger import Entry, Ledger, once
from explainer.model.number_reader import WORD
from explainer.model.number_words import folded, lowered, signs, vocabulary
from explainer.model.numerals import numerals, plain
from explainer.model.quantities import Quantity
from explainer.model.records import Evidence, Point, Series

Verdict = Literal["verbatim", "normalised", "elided", "read-in-excerpt", "not-checked"]
Elsewhere = Literal["period", "own period", "asked period", "region"]
"""How the words of a piece of evidence place a number differently from its claim.

See ``set_elsewhere`` for the meaning of each value.
"""
_SHORT: Final = 3
"""Words of a question with at most this many letters are not tried as the noun of a percentage."""
IN_TEXT: tuple[Verdict, ...] = ("verbatim", "normalised", "elided")
"""The verdicts on words that were found in a kept text."""


@dataclass(frozen=True)
class Words:
    """Words that may support a claim, and the language in which their numbers are read."""

    text: str
    language: str


def words_of(ledger: Ledger, item: Evidence) -> tuple[Words, ...]:
    """Return the source's own words in a piece of evidence: its quote, or else its locator.

    The result is empty if the evidence holds only the author's words (``says``).
    """
    source = ledger.sources.get(item.source)
    text = item.quote if item.quote is not None else item.locator
    return (Words(text, source.language if source else ledger.language),) if text else ()


def told_of(ledger: Ledger, item: Evidence) -> tuple[Words, ...]:
    """Return the source's words and the author's words (``says``) in a piece of evidence.

    The author's words cannot support a claim, but if they contradict it, it is not supported.
    """
    ours = (Words(item.says, ledger.language),) if item.says and item.quote is None else ()
    return (*words_of(ledger, item), *ours)


def times_said(words: Words, number: Decimal) -> int:
    """Return how often a text holds a number."""
    return said_numbers(words.text, words.language).count(number)


def verdict(ledger: Ledger, entry: Entry, item: Evidence) -> Verdict:
    """Return how far the words of one piece of a claim's evidence were checked.

    It assumes that the checks have passed.
    """
    return next(found for each, found in _verdicts(ledger, entry) if each is item)


@once
def _verdicts(ledger: Ledger, entry: Entry) -> tuple[tuple[Evidence, Verdict], ...]:
    return tuple((item, _verdict(ledger, entry, item)) for item in entry.claim.evidence)


def _verdict(ledger: Ledger, entry: Entry, item: Evidence) -> Verdict:
    if item.quote is not None:
        match = ledger.match(item)
        return match.how if match else "not-checked"
    says_it = (
        entry.claim.text is None
        and not any(missing(ledger, entry, item))
        and not any(set_elsewhere(ledger, entry, item))
    )
    return "read-in-excerpt" if says_it else "not-checked"


@once
def best_verdict(ledger: Ledger, entry: Entry) -> Verdict:
    """Return the best verdict among the evidence that supports a claim."""
    order: tuple[Verdict, ...] = get_args(Verdict)
    return min(
        (found for item, found in _verdicts(ledger, entry) if item.stance == "supports"),
        key=order.index,
        default="not-checked",
    )


def missing(ledger: Ledger, entry: Entry, item: Evidence) -> Iterator[str]:
    """Yield what the words of a piece of evidence do not say of a claim.

    Each part is a phrase for the author. Nothing is yielded if the words support the claim.
    """
    claim, words = entry.claim, words_of(ledger, item)
    if not words:
        yield "no words of the source are noted; a locator holds up to eight"
    elif claim.value is not None:
        lacks = list(_amount_missing(ledger, entry, item, claim.value, words))
        yield from lacks or _cut_off(ledger, entry, item, claim.value)
    elif claim.date is not None:
        told = _told_in_all(ledger, entry) if claim.inferred else None
        yield from min((list(_date_missing(claim.date, each, told)) for each in words), key=len)


def _amount_missing(
    ledger: Ledger, entry: Entry, item: Evidence, value: Quantity, words: Sequence[Words]
) -> Iterator[str]:
    vocabulary = ledger.vocabulary
    nouns = vocabulary.of(entry.holder.unit, entry.holder.counts)
    found = [
        (each, clause) for each in words for clause in clauses_in(each.text, each.language, value)
    ]
    searched = [clause.search(nouns, vocabulary.known) for _, clause in found]
    if all(clause.is_bare for _, clause in found) and not any(noun for noun, _ in searched):
        yield _not_in(value, words)
    elif not any(noun for noun, _ in searched):
        yield _uncounted(value, nouns, [suspect for _, suspect in searched if suspect])
    elif lack := _rate_missing(ledger, entry, [clause for _, clause in found]):
        yield lack
    else:
        bearing = [
            (each, clause)
            for (each, clause), (noun, _) in zip(found, searched, strict=True)
            if noun
        ]
        bearing = bearing[:MOST_PLACES]
        told = [_other_share(ledger, entry, clause) for _, clause in bearing]
        if all(told):
            yield f"they tell another percentage of '{told[0]}'"
            return
        bearing = [pair for pair, other in zip(bearing, told, strict=True) if not other]
        yield from _meant_otherwise(value, words, bearing, _allowed(ledger, entry, item))


def _other_share(ledger: Ledger, entry: Entry, clause: Clause) -> str:
    """Return the claim's noun if the words give another percentage of it; otherwise "".

    ``clause`` holds the claim's percentage. If ``counts`` names no such noun, the words of the
    question are tried, provided that the text is in the language of the ledger.
    """
    holder = entry.holder
    known = frozenset[str]().union(*signs().values(), signs().keys())
    counted = [noun for noun in holder.counts if folded(noun) not in known]
    if counted and (other := of_another(clause, counted)):
        return other
    if (
        clause.language.partition("-")[0] != ledger.language.partition("-")[0]
        or not holder.question
    ):
        return ""
    words = vocabulary(clause.language)
    asked = [
        word
        for word in re.findall(WORD, lowered(holder.question))
        if len(word) > _SHORT and word not in known
    ]
    return of_another(
        clause,
        [
            word
            for word in asked
            if not any(words.has(key, word) for key in ("stop", "light", "of", "countof"))
        ],
    )


def set_elsewhere(ledger: Ledger, entry: Entry, item: Evidence) -> Iterator[tuple[Elsewhere, str]]:
    """Yield the period or region that the words give the number instead of the claim's own.

    Each item is a kind and the words of the evidence that name the period or region:

    - "period": the words name another period than the claim's.
    - "own period": the words name the claim's period, but for another number.
    - "asked period": the claim has no period, and the words name another one than its question.
    - "region": the words name another region than the claim's.

    Nothing is yielded for words that name no period and no region.
    """
    claim = entry.claim
    if claim.value is None:
        return
    nouns, known = (
        ledger.vocabulary.of(entry.holder.unit, entry.holder.counts),
        ledger.vocabulary.known,
    )
    for words in words_of(ledger, item):
        found = [
            clause
            for clause in clauses_in(words.text, words.language, claim.value)
            if clause.noun(nouns, known)
        ]
        if not found:
            continue
        source = ledger.sources.get(item.source)
        told = [
            day for day in (claim.said_on, source.issued if source else None) if day is not None
        ]
        inferred = claim.inferred or ""
        if claim.period is not None and (
            other := other_time(words.text, words.language, claim.period, found, told, inferred)
        ):
            yield (
                ("own period" if is_told_as(other, words.language, claim.period) else "period"),
                other,
            )
        asked = _asked(ledger, entry) if claim.period is None else ()
        others = [
            other_time(words.text, words.language, period, found, told, inferred)
            for period in asked
        ]
        if others and all(others):
            yield "asked period", others[0]
        region = claim.region if isinstance(claim, Point) else None
        if region and (
            other := other_place(
                words.text, words.language, ledger.language, region, ledger.regions, found
            )
        ):
            yield "region", other


def _asked(ledger: Ledger, entry: Entry) -> tuple[Edtf, ...]:
    """Return the periods that the question and the label or title of an entry name.

    A claim without a period is about one of them.
    """
    holder = entry.holder
    shown = (holder.question, holder.title if isinstance(holder, Series) else holder.label)
    return tuple(
        dict.fromkeys(
            period for words in shown if words for period in plain_periods(words, ledger.language)
        )
    )


def _allowed(ledger: Ledger, entry: Entry, item: Evidence) -> Allowed:
    """Return which meanings besides a plain fact a claim declares.

    They come from its kind, its period and the texts shown with it.
    """
    claim, holder, source = entry.claim, entry.holder, ledger.sources.get(item.source)
    title = holder.title if isinstance(holder, Series) else holder.label
    rule = ledger.definitions.get(entry.definition or "")
    shown = (
        title,
        holder.question,
        holder.unit,
        *holder.counts,
        claim.said_by,
        claim.note,
        claim.why,
        rule.counts if rule else None,
    )
    told = claim.said_on or (source.issued if source else None)
    day, end = told.last if told else None, claim.period.last if claim.period else None
    is_ahead = day is not None and end is not None and end > day
    return Allowed(
        estimate=claim.kind in ("expert-estimate", "intelligence-estimate"),
        bound=_tells_of(ledger, claim.inferred, claim.value),
        plan=is_ahead
        or claim.kind == "official-act"
        or any(speaks_of_plans(words, ledger.language) for words in shown if words),
    )


def _tells_of(ledger: Ledger, inferred: str | None, value: Quantity | None) -> bool:
    """Return whether the ``inferred`` text of a claim holds all numbers of its value."""
    return (
        bool(inferred)
        and value is not None
        and set(value.numbers) <= set(said_numbers(inferred or "", ledger.language))
    )


def _meant_otherwise(
    value: Quantity,
    words: Sequence[Words],
    bearing: Sequence[tuple[Words, Clause]],
    allowed: Allowed,
) -> Iterator[str]:
    """Yield how words that hold a claim's number mean it differently: "under 300" for "over 300".

    Nothing is yielded if any of the words have the right form.
    """
    faults = [
        wrong_form(
            plain(each.text),
            each.language,
            value,
            [clause for one, clause in bearing if one is each],
            allowed,
        )
        for each in words
        if any(one is each for one, _ in bearing)
    ]
    if faults and all(faults):
        yield faults[0]


def _cut_off(ledger: Ledger, entry: Entry, item: Evidence, value: Quantity) -> Iterator[str]:
    """Yield what the kept text says right beside a quote, if it changes the quote's number."""
    match, source = ledger.match(item), ledger.sources.get(item.source)
    if match is None or item.quote is None or source is None:
        return
    nouns = ledger.vocabulary.of(entry.holder.unit, entry.holder.counts)
    if said := cut_off(ledger.texts[item.source], match, item.quote, source.language, value, nouns):
        yield f"the quote cuts the kept text at its number, which says: '{said}'"


def _uncounted(value: Quantity, nouns: Collection[str], suspects: Sequence[str]) -> str:
    """Return a message that a number does not count its noun, with the word that may be why."""
    numbers = " to ".join(f"{number:,f}" for number in value.numbers)
    lack = f"{numbers} does not count {' or '.join(sorted(nouns))} in them"
    if not suspects:
        return lack
    return f"{lack}: '{suspects[0]}' stands beside it, and may change what it says"


def _not_in(value: Quantity, words: Sequence[Words]) -> str:
    """Return a message that a number is not in the words.

    It says which numbers the words hold instead, and which ones could not be read.
    """
    numbers = " to ".join(f"{number.normalize():,f}" for number in value.numbers)
    said = {number for each in words for number in said_numbers(each.text, each.language)}
    shown = [
        f"{number.normalize():,f}"
        for number in dict.fromkeys(
            n for each in words for n in said_numbers(each.text, each.language)
        )
    ]
    unread = [
        f"'{written}' cannot be read with certainty because of '{mark}'"
        for each in words
        for written, mark in doubts(each.text, each.language)
    ]
    lack = f"{numbers} is not in them"
    factors = {
        figure: factor
        for each in words
        for figure, factor in scaled_numbers(each.text, each.language).items()
    }
    if scaled := [number for number in value.numbers if number in factors]:
        whole = f"{(scaled[0] * factors[scaled[0]]).normalize():,f}"
        return f"{scaled[0]:,f} stands below a head that makes it {whole}"
    if (
        value.width is not None
        and value.form == "exact"
        and value.a in said
        and not any(value.width in widths(e.text, e.language, value.a) for e in words)
    ):
        lack = f"the width ±{value.width:f} is not in them"
    elif set(value.numbers) <= said:
        lack = (
            f"{numbers} is not in them as a range"
            if value.b is not None
            else f"{numbers} is in them as an end of a range only"
        )
    counts_nothing = (
        set(value.numbers)
        <= {number.value for each in words for number in numerals(each.text, each.language)} - said
    )
    if counts_nothing and not unread:
        return (
            f"{numbers} stands in them as a part of a name, a date, an ordinal or a rate, and"
            " counts nothing"
        )
    told = [f"they say {', '.join(shown)}"] if shown else [] if unread else ["they hold no number"]
    return f"{lack} ({'; '.join([*told, *dict.fromkeys(unread)])})"


@once
def _told_rates(ledger: Ledger, entry: Entry) -> frozenset[str]:
    """Return what the number is per, in any words that support a claim."""
    value, words = entry.claim.value, _told_in_all(ledger, entry)
    if value is None:
        return frozenset()
    return frozenset[str]().union(
        *(clause.rates for each in words for clause in clauses_in(each.text, each.language, value))
    )


@once
def _told_in_all(ledger: Ledger, entry: Entry) -> tuple[Words, ...]:
    """Return all words that support a claim, the sources' and the author's."""
    return tuple(each for item in entry.claim.supports for each in told_of(ledger, item))


def _rate_missing(ledger: Ledger, entry: Entry, found: Sequence[Clause]) -> str:
    """Return what is wrong between what a claim's unit is per and what the words say, or ""."""
    unit = entry.holder.unit or ""
    nouns = ledger.vocabulary.of(unit, entry.holder.counts)
    languages = {ledger.language, *(clause.language for clause in found)}
    return wrong_rate(unit, nouns, languages, found, _told_rates(ledger, entry))


def _date_missing(date: Edtf, words: Words, told: Sequence[Words] | None) -> Iterator[str]:
    """Yield what the words lack of a date.

    ``told`` holds all words that support the claim if a part of its date is inferred, or else None.
    A part may be inferred if ``told`` names no other year.
    """
    parts = lacking(date, words.text, words.language)
    may_infer = told is not None and len(parts) < len(date.parts)
    wrong = [
        (name, value)
        for name, value in parts
        if not may_infer or _told_otherwise(name, value, words, told or ())
    ]
    if not wrong and (bound := other_bound(words.text, words.language, date)):
        yield f"they say '{bound}', which is the other end of '{date}'"
    if wrong:
        yield (
            "the "
            + " and the ".join(f"{name} {_as_said(name, value)}" for name, value in wrong)
            + " is not in them"
        )


def _as_said(name: str, value: int) -> str:
    """Return a part of a date in the form in which its author would look for it.

    Years before the year 1 are numbered differently from their names: year 0 is 1 BC.
    """
    if name == "year" and value < 1:
        return f"{said_year(value)} BC (which is written '{iso_year(value)}')"
    return f"'{SEASONS[value + 20]}'" if name == "season" else str(value)


def _told_otherwise(name: str, value: int, words: Words, told: Sequence[Words]) -> bool:
    if names(name, words.text, words.language):
        return True
    said = (
        frozenset[int]().union(*(names(name, each.text, each.language) for each in told))
        if name == "year"
        else frozenset()
    )
    return bool(said) and value not in said


# Hints for the author: what to do when words do not support a claim

ANY: Final = "mend the value, quote the words that say it, or (for a noun) add it to counts"
"""The general hint, for anything that is missing."""
_OF_WORDS: Final = (
    ("denies ", "quote words that say the number, and do not deny it"),
    (
        "makes it a plan",
        (
            "quote words that tell it as a fact, or say in the title, the question or the note that"
            " it is planned or expected"
        ),
    ),
    (
        "cuts the kept text",
        "quote the words beside the number too, and claim what they say together",
    ),
    ("they have the number without", "write the number as the words give it, without that form"),
    (
        "that is listed for",
        (
            "write the number without it or with 'about', or say in inferred, with the number, that"
            " the words tell it"
        ),
    ),
    (
        "they tell another percentage of",
        (
            "mend the value, or the noun in counts; where it is of that noun too, quote less, or"
            " leave the noun out of counts"
        ),
    ),
    (
        "they make it a rate",
        "name the rate in the unit, or in counts as the words do, such as 'deaths per 100,000'",
    ),
    ("they give it a width", "write the width too, or 'about'"),
    (
        "they say '",
        (
            "write the value in the form of these words, such as 'over 300', 'under 300', 'at least"
            " 300' or 'about 300'"
        ),
    ),
    (" per ", "quote the words that say so too, or mend the unit"),
    ("stands below a head", "write the whole number, or quote a figure that no head multiplies"),
)
"""Pairs of a part of a message from ``missing`` and the hint for it. The first match is used."""
_SIZES: Final = {3: "thousand", 6: "million", 9: "billion"}


def hint_for(ledger: Ledger, entry: Entry, item: Evidence, lack: str) -> str:
    """Return what to do if a piece of evidence lacks ``lack``, a phrase from ``missing``."""
    claim, words = entry.claim, words_of(ledger, item)
    if claim.date is not None:
        return (
            "mend the date, quote the words that name it, or say in 'inferred' how a part that they"
            " leave out was worked out"
        )
    if claim.value is None or not words:
        return ANY
    if hint := next((hint for words_of_it, hint in _OF_WORDS if words_of_it in lack), ""):
        return hint
    if "width" in lack:
        return "quote the words that give the width, or write the value without ±"
    said = [number for each in words for number in said_numbers(each.text, each.language)]
    if set(claim.value.numbers) <= set(said):
        return _of_a_number_that_is_said(ledger, entry, claim.value, words)
    return _of_another_number(claim.value, said, words)


def _of_a_number_that_is_said(
    ledger: Ledger, entry: Entry, value: Quantity, words: tuple[Words, ...]
) -> str:
    """Return the hint for a number that is in the words, but in a range or beside another noun."""
    found = [clause for each in words for clause in clauses_of(each.text, each.language, value)]
    if not found and value.b is not None:
        return "claim one number alone, or quote the words that join the two as the ends of a range"
    if not found:
        return (
            "claim the whole range, as in 30..40, or say in the value that it is an end: 'at least"
            " 30', 'up to 40'"
        )
    vocabulary_of, counts = ledger.vocabulary, entry.holder.unit
    known = frozenset(vocabulary_of.known)
    other = next((noun for clause in found if (noun := clause.search(known, ())[0])), None)
    if other and other not in vocabulary_of.of(entry.holder.unit, entry.holder.counts):
        return (
            f"the words count '{other}': mend the unit or the quote; if '{other}' counts {counts}"
            " here, add it to counts"
        )
    if foreign := _incomplete(words):
        return _of_language(foreign)
    return (
        "quote the number together with what it counts; if the source has another word for"
        f" {counts}, add that to counts"
    )


def _of_another_number(value: Quantity, said: list[Decimal], words: tuple[Words, ...]) -> str:  # noqa: PLR0911
    """Return the hint for a number that is not in the words, or counts nothing there."""
    raw = {number.value for each in words for number in numerals(each.text, each.language)}
    if set(value.numbers) <= raw - set(said):
        return "quote words in which the number counts what the claim is about"
    for number in said:
        for power, name in _SIZES.items():
            if value.b is None and number and value.a in (number * 10**power, number / 10**power):
                size = f"a {name} times more" if value.a > number else f"a {name}th of that"
                return (
                    f"the words say {number.normalize():,f}, and the value is {size}: write all"
                    " digits of the number that is meant"
                )
    if any(doubts(each.text, each.language) for each in words):
        return (
            "quote the number as a figure, or more of the words around it, so that it can be read"
            " with certainty"
        )
    if (foreign := _incomplete(words)) and not said:
        return _of_language(foreign)
    if not said:
        return "quote the words that hold the number"
    if len(set(said)) == 1 and value.b is None:
        return (
            f"if a digit is mistyped, write {said[0].normalize():f}; else quote the words that say"
            f" {value.a.normalize():,f}"
        )
    return "mend the value, or quote the words that say it"


def _incomplete(words: tuple[Words, ...]) -> str:
    """Return the first language of the words whose number words are not all listed, or ""."""
    return next((each.language for each in words if not vocabulary(each.language).complete), "")


def _of_language(language: str) -> str:
    return (
        f"of '{language}' only figures are read, and nouns right beside them: quote such words, and"
        " add the noun to counts as it stands"
    )


# Sizes of a ledger and counts of its verdicts


def sizes(ledger: Ledger) -> dict[str, int]:
    """Return the sizes of a ledger, by the names under which pages show them.

    They count the records of each kind and the claims of each verdict. Derived claims have no
    verdict.
    """
    entries = [entry for entry in ledger.entries() if not entry.claim.derived]
    verdicts = [best_verdict(ledger, entry) for entry in entries]
    return {
        "sources": len(ledger.sources),
        "facts": len(ledger.facts),
        "series": len(ledger.series),
        "points": sum(len(series.points) for series in ledger.series.values()),
        "claims": sum(1 for _ in ledger.entries()),
        **{verdict: verdicts.count(verdict) for verdict in get_args(Verdict)},
        "in-kept-texts": sum(verdicts.count(verdict) for verdict in IN_TEXT),
        "kept-texts": len(ledger.texts),
        "weak-sources": sum(1 for source in ledger.sources.values() if source.weak),
        "copies": sum(
            1 for source in ledger.sources.values() if source.copy_of or source.mirror_of
        ),
    }
