"""What becomes of each sentence and each number of a kept text: used by which claims, set aside for what reason, or neither."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from explainer.bearing import missing
from explainer.bearing.scaled import clauses_in
from explainer.coverage.splitting import sentences
from explainer.ledger import Entry, Ledger
from explainer.quotation.quotes import Span
from explainer.records import Coverage, Evidence, SetAside
from explainer.values.numerals import numerals
from explainer.values.vocabulary import vocabulary

_MAY_HOLD = re.compile(rf"\d|\b(?:{'|'.join(word for word in sorted(vocabulary('en').numbers) if word != 'one')})\b", re.IGNORECASE)
"""What a sentence with a number has in it. "One" by itself is taken for the pronoun."""


@dataclass(frozen=True)
class Use:
    """A passage that a claim takes from the text, as one of its pieces of evidence."""

    span: Span
    entry: Entry
    item: Evidence


@dataclass(frozen=True)
class Number:
    """A number of the text, and what becomes of it."""

    span: Span
    values: tuple[Decimal, ...]
    """What it may be: "30" of "30 to 40 thousand" is 30 or 30,000."""
    used_by: tuple[Entry, ...]
    aside: SetAside | None


@dataclass(frozen=True)
class Sentence:
    """A sentence of the text, and what becomes of it."""

    span: Span
    uses: tuple[Use, ...]
    aside: SetAside | None
    numbers: tuple[Number, ...] = field(default=())

    @property
    def accounted(self) -> bool:
        """Whether it is used or set aside."""
        return bool(self.uses) or self.aside is not None


def uses_of(ledger: Ledger, source: str) -> list[Use]:
    """Every passage that claims take from a source's text, in the order of the text."""
    found = []
    for entry in ledger.uses.get(source, ()):
        for item in entry.claim.evidence:
            match = ledger.match(item) if item.source == source else None
            found += [Use(span, entry, item) for span in match.parts] if match else []
    return sorted(found, key=lambda use: (use.span.start, -use.span.end))


def covered(ledger: Ledger, source: str) -> tuple[Sentence, ...]:
    """Every sentence of a source's text."""
    text, coverage = ledger.texts[source], (ledger.coverage or {}).get(source) or Coverage(source=source)
    spans = [Span(*ends) for ends in sentences(text)]
    asides = set_aside(text, spans, coverage)
    starts = [span.start for span in spans]
    within: list[list[Use]] = [[] for _ in spans]
    for use in uses_of(ledger, source):
        first = max(0, bisect_right(starts, use.span.start) - 1)
        for index in range(first, bisect_right(starts, use.span.end - 1)):
            within[index].append(use)
    language = ledger.sources[source].language
    return tuple(
        Sentence(span, tuple(uses), whole, tuple(_numbers(ledger, text, span, language, uses, whole, coverage)))
        for span, uses, whole in zip(spans, within, asides, strict=True)
    )


def set_aside(text: str, spans: Sequence[Span], coverage: Coverage) -> list[SetAside | None]:
    """For each sentence the line that sets it aside, alone or in a run of them."""
    found: list[SetAside | None] = [None] * len(spans)
    for line in coverage.set_aside:
        first, last = place(text, spans, line.begins), place(text, spans, line.through or line.begins)
        for index in range(first, last + 1) if line.number is None and first >= 0 else ():
            found[index] = line
    return found


def place(text: str, spans: Sequence[Span], begins: str) -> int:
    """The index of the one sentence that begins with some words; −1 where there is none, and −2 where there are several."""
    found, at = -1, text.find(begins)
    while at >= 0:
        index = bisect_left(spans, at, key=lambda span: span.start)
        if index < len(spans) and spans[index].start == at:
            if found >= 0:
                return -2
            found = index
        at = text.find(begins, at + 1)
    return found


def _numbers(
    ledger: Ledger, text: str, span: Span, language: str, uses: Sequence[Use], whole: SetAside | None, coverage: Coverage
) -> Iterator[Number]:
    sentence = text[span.start : span.end]
    if whole is not None and coverage.numbers and not uses:
        return  # they are set aside with the sentence
    if not _MAY_HOLD.search(sentence):
        return
    values: dict[Span, list[Decimal]] = {}
    for number in numerals(sentence, language):
        if sentence[number.start : number.end].casefold() != "one":
            values.setdefault(Span(span.start + number.start, span.start + number.end), []).append(number.value)
    lines = [line for line in coverage.set_aside if line.number is not None and sentence.startswith(line.begins)]
    for at, said in values.items():
        inside = [use for use in uses if use.span.start <= at.start and at.end <= use.span.end and _takes(ledger, use, said)]
        alone = next((line for line in lines if line.number == text[at.start : at.end].strip()), None)
        yield Number(at, tuple(said), tuple(use.entry for use in inside), alone or whole)


def _takes(ledger: Ledger, use: Use, said: Sequence[Decimal]) -> bool:
    """Whether a claim takes a number from its passage: says it, or cites it against itself. What a quote lacks is told elsewhere."""
    claim = use.entry.claim
    if use.item.stance != "supports" or any(abs(number) in map(abs, claim.value.numbers if claim.value else ()) for number in said):
        return True
    if claim.value is not None and use.item.quote:
        language = ledger.sources[use.item.source].language
        if {clause.number.value for clause in clauses_in(use.item.quote, language, claim.value)} & set(said):
            return True  # a figure below "in thousands" is what the claim says as a whole
    dates = [date for date in (claim.date, claim.period, claim.said_on) if date]
    if any(number == value for date in dates for name, value in date.parts if name != "season" for number in said):
        return True
    stated = {number.value for words in (claim.text, claim.inferred) if words for number in numerals(words, ledger.language)}
    return bool(stated & set(said)) or any(missing(ledger, use.entry, use.item))
