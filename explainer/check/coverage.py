"""The coverage of kept texts.

Each sentence and each number of a text is used by a claim, set aside with a reason, or neither.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from explainer.check.support import missing
from explainer.check.support.scaled import clauses_in
from explainer.model.ledger import Entry, Ledger
from explainer.model.number_words import vocabulary
from explainer.model.numerals import numerals
from explainer.model.quotations import Span
from explainer.model.records import Coverage, Evidence, SetAside

# Sentence boundaries in Latin and Cyrillic script. Full stops after abbreviations and initials do
# not end a sentence.

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s|$)|\n[^\S\n]*\n")
_NEXT = re.compile(r"[\s\"'“‘«„(\[—–-]*")
_LAST = re.compile(r"(?:^|[\s(\[\"'“‘«„/])((?:[^\W\d_]{1,12}\.)*[^\W\d_]{1,12}|\d{1,3})$")
_NEVER: Final = (
    "mr mrs ms dr prof st gen col lt sgt sen rep gov no nos art vol pp p fig cf vs e.g i.e jan feb"
    " mar apr jun jul aug sep sept oct nov dec approx ca bzw z.b d.h nr abs str ul ст п пп ч гл рис"
    " табл им ул пл просп акад проф доц тов т.е т.н т.к напр см ср св зам ген пер янв февр мар апр"
    " авг сент окт нояб дек вул див ін"
)
"""Abbreviations. A full stop after one of them never ends a sentence."""
_MAY: Final = (
    "etc inc ltd co corp u.s u.k e.u u.n a.m p.m г гг тыс млн млрд руб коп чел т.д т.п др пр р рр"
    " тис грн п.п м км usw al jr sr"
)
"""Abbreviations. A full stop after one ends a sentence if the next word has a capital letter."""
_STARTS: Final = (
    "the a an in on at it its he she they this that these those but and or if when while as for"
    " from with by of after before since although"
)
"""Words that start a new sentence after an acronym with a full stop, such as "U.S. The"."""
_NEVER_ENDS, _MAY_END, _BEGINS = (frozenset(words.split()) for words in (_NEVER, _MAY, _STARTS))
_ORDINAL = re.compile(r"[.!?]\s+$|\b(?:am|vom|zum|der|den|des|bis|im)\s$", re.IGNORECASE)
"""Text before a number and its full stop that makes the number an ordinal or a list number."""
_REACH: Final = 40
"""The number of characters to look at before and after a full stop."""


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each sentence, without the white space around it.

    An empty line also ends a sentence, so headings and paragraphs are separate.
    """
    start = 0
    for match in _END.finditer(text):
        if text[match.start()] != "\n" and not _ends(text, match.start(), match.end()):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _ends(text: str, at: int, stop: int) -> bool:
    """Return whether the punctuation from ``at`` to ``stop`` ends a sentence."""
    gap = _NEXT.match(text, stop, stop + _REACH)
    following = gap.end() if gap else stop
    if following >= len(text) or (gap and "\n\n" in gap.group()):
        return True
    if text[following].islower():
        return False
    word = _LAST.search(text[max(0, at - _REACH) : at])
    return text[at] in "!?…" or word is None or _word_ends(text, at, word.group(1), following)


def _word_ends(text: str, at: int, word: str, following: int) -> bool:
    """Return whether the full stop after a word ends a sentence.

    The text after it does not begin with a lower-case letter.
    """
    plain, capital = word.casefold(), text[following].isupper()
    if word.isdigit():
        return not _numbered(text, at, word)
    if plain in _MAY_END or _and_so_on(text, at, plain):
        return capital and (not _is_acronym(word) or _word_at(text, following) in _BEGINS)
    return plain not in _NEVER_ENDS and len(word) > 1 and not (_is_acronym(word) and not capital)


def _numbered(text: str, at: int, digits: str) -> bool:
    """Return whether a number with a full stop is a list number or an ordinal.

    For example: "1. First", "am 31. März".
    """
    before = text[max(0, at - len(digits) - 6) : at - len(digits)]
    return not before.strip(" ") or before.endswith("\n") or bool(_ORDINAL.search(before))


def _and_so_on(text: str, at: int, word: str) -> bool:
    """Return whether a word is the last letter of "и т. д." or "и т. п.", with a space between."""
    return word in ("д", "п") and text[max(0, at - 4) : at - 1] == "т. "


def _is_acronym(word: str) -> bool:
    return "." in word and word[0].isupper()


def _word_at(text: str, at: int) -> str:
    found = re.compile(r"[^\W\d_]+").match(text, at)
    return found.group().casefold() if found else ""


# Coverage of sentences and numbers.

_MAY_HOLD = re.compile(
    rf"\d|\b(?:{'|'.join(word for word in sorted(vocabulary('en').numbers) if word != 'one')})\b",
    re.IGNORECASE,
)
"""A quick test for sentences that may have a number. "One" alone is taken as a pronoun."""


@dataclass(frozen=True)
class Use:
    """A passage of the text that a claim quotes, with the piece of evidence that quotes it."""

    span: Span
    entry: Entry
    item: Evidence


@dataclass(frozen=True)
class Number:
    """A number of the text, with the claims that use it and the line that sets it aside."""

    span: Span
    values: tuple[Decimal, ...]
    """Its possible values: "30" in "30 to 40 thousand" is 30 or 30,000."""
    used_by: tuple[Entry, ...]
    aside: SetAside | None


@dataclass(frozen=True)
class Sentence:
    """A sentence of the text, with the quotes from it and the line that sets it aside."""

    span: Span
    uses: tuple[Use, ...]
    aside: SetAside | None
    numbers: tuple[Number, ...] = field(default=())

    @property
    def accounted(self) -> bool:
        """Whether it is used or set aside. Its numbers may still be unaccounted for."""
        return bool(self.uses) or self.aside is not None


def uses_of(ledger: Ledger, source: str) -> list[Use]:
    """Return every passage that claims quote from a source's text, in the order of the text."""
    found = []
    for entry in ledger.uses.get(source, ()):
        for item in entry.claim.evidence:
            match = ledger.match(item) if item.source == source else None
            found += [Use(span, entry, item) for span in match.parts] if match else []
    return sorted(found, key=lambda use: (use.span.start, -use.span.end))


def sentence_coverage(ledger: Ledger, source: str) -> tuple[Sentence, ...]:
    """Return every sentence of a source's text with its coverage, in the order of the text."""
    text, coverage = (
        ledger.texts[source],
        (ledger.coverage or {}).get(source) or Coverage(source=source),
    )
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
        Sentence(
            span,
            tuple(uses),
            whole,
            tuple(_numbers(ledger, text, span, language, uses, whole, coverage)),
        )
        for span, uses, whole in zip(spans, within, asides, strict=True)
    )


def set_aside(text: str, spans: Sequence[Span], coverage: Coverage) -> list[SetAside | None]:
    """Return, for each sentence, the line that sets it aside, or None.

    A line sets aside one sentence or a run of sentences. Lines about a single number do not count.
    """
    found: list[SetAside | None] = [None] * len(spans)
    for line in coverage.set_aside:
        first, last = (
            find_sentence(text, spans, line.begins),
            find_sentence(text, spans, line.through or line.begins),
        )
        for index in range(first, last + 1) if line.number is None and first >= 0 else ():
            found[index] = line
    return found


def find_sentence(text: str, spans: Sequence[Span], begins: str) -> int:
    """Return the index of the sentence that begins with some words.

    Returns −1 if there is no such sentence, and −2 if there are several.
    """
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
    ledger: Ledger,
    text: str,
    span: Span,
    language: str,
    uses: Sequence[Use],
    whole: SetAside | None,
    coverage: Coverage,
) -> Iterator[Number]:
    sentence = text[span.start : span.end]
    if whole is not None and coverage.numbers and not uses:
        return  # set aside with the sentence
    if not _MAY_HOLD.search(sentence):
        return
    values: dict[Span, list[Decimal]] = {}
    for number in numerals(sentence, language):
        if sentence[number.start : number.end].casefold() != "one":
            values.setdefault(Span(span.start + number.start, span.start + number.end), []).append(
                number.value
            )
    lines = [
        line
        for line in coverage.set_aside
        if line.number is not None and sentence.startswith(line.begins)
    ]
    for at, said in values.items():
        inside = [
            use
            for use in uses
            if use.span.start <= at.start and at.end <= use.span.end and _takes(ledger, use, said)
        ]
        alone = next(
            (line for line in lines if line.number == text[at.start : at.end].strip()), None
        )
        yield Number(at, tuple(said), tuple(use.entry for use in inside), alone or whole)


def _takes(ledger: Ledger, use: Use, said: Sequence[Decimal]) -> bool:
    """Return whether a claim uses a number of the passage that it quotes.

    It does if it says the number in its value, its dates or its words, or if the evidence does not
    support the claim. It also does if the quote does not say the claim, which other rules report.
    """
    claim = use.entry.claim
    if use.item.stance != "supports" or any(
        abs(number) in map(abs, claim.value.numbers if claim.value else ()) for number in said
    ):
        return True
    if claim.value is not None and use.item.quote:
        language = ledger.sources[use.item.source].language
        if {
            clause.number.value for clause in clauses_in(use.item.quote, language, claim.value)
        } & set(said):
            return True  # "512" in a table headed "in thousands" is the 512,000 of the claim
    dates = [date for date in (claim.date, claim.period, claim.said_on) if date]
    if any(
        number == value
        for date in dates
        for name, value in date.parts
        if name != "season"
        for number in said
    ):
        return True
    stated = {
        number.value
        for words in (claim.text, claim.inferred)
        if words
        for number in numerals(words, ledger.language)
    }
    return bool(stated & set(said)) or any(missing(ledger, use.entry, use.item))
