"""Finds what a text may repeat without a call: values, dates and words of facts that it uses.

Also finds the fact that an author probably meant by a typed number or date (``Likely``).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from explainer.common.characters import to_visible
from explainer.lint.scan import NumbersAndMonths, date_parts, numbers_and_months, scan
from explainer.lint.vocabularies import pattern
from explainer.model.dates import Edtf
from explainer.model.edtf import said_year
from explainer.model.formulas import FormulaError
from explainer.model.ledger import Entry, Holder, Ledger, once
from explainer.model.number_words import months
from explainer.model.quantities import Quantity
from explainer.model.records import Evidence, Fact, Point, Source

# Numbers, dates and words of facts and series

_REF = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?::[a-z0-9-]+)?")
_NUMBER = re.compile(r"(?<![\w-])\d+(?:\.\d+)?(?![\w-])")

_QUARTERS = {(1, 3): {"first"}, (4, 6): {"second"}, (7, 9): {"third"}, (10, 12): {"fourth"}}
"""The word for a quarter of a year, by its first and last month."""

_NOTHING = NumbersAndMonths()


@dataclass(frozen=True)
class Supported:
    """Numbers, months and words that are in claims or in their evidence."""

    parts: NumbersAndMonths = _NOTHING
    words: frozenset[str] = frozenset()
    """All numbers and comparing words as they are written, in lower case."""

    def __or__(self, other: Supported) -> Supported:
        return Supported(self.parts | other.parts, self.words | other.words)

    def bears(self, typed: str, language: str = "en") -> bool:
        """Whether this contains a typed number, date or comparing word.

        It does if it has the same words, or all the numbers and months of the typed text.
        """
        said = _parts(typed, language)
        return to_visible(typed).text.casefold() in self.words or (
            bool(said) and said <= self.parts
        )


@lru_cache(maxsize=8192)
def _parts(text: str, language: str = "en") -> NumbersAndMonths:
    return numbers_and_months(text, language)


@lru_cache(maxsize=8192)
def in_words(text: str, language: str = "en") -> Supported:
    """Return the numbers, months and comparing words of a text."""
    text = to_visible(text).text
    found = scan(text, language)
    words = frozenset(text[each.start : each.end].casefold() for each in found)
    return Supported(_parts(text, language), words)


def supported_by(holder: Holder, ledger: Ledger, deep: bool = True) -> Supported:
    """Return what the claims of a fact or series and their evidence say.

    If the fact is computed and ``deep`` is true, the result also has what its inputs say, one level
    deep, and the numbers in its formula.
    """
    found = _said_in(ledger, holder)
    if isinstance(holder, Fact) and deep and holder.is_worked_out:
        found |= together(
            *(
                supported_by(ledger.holders[name], ledger, False)
                for name in rests_on(holder)
                if name in ledger.holders
            )
        )
        found |= Supported(
            NumbersAndMonths(
                frozenset(Decimal(number) for number in _NUMBER.findall(holder.derived or ""))
            )
        )
    return found


@once
def _said_in(ledger: Ledger, holder: Holder) -> Supported:
    """Return what the claims of a fact or series and their evidence say."""
    return together(*(_claimed(entry, ledger) for entry in ledger.entries(holder)))


def mentioned(ref: str, ledger: Ledger) -> Supported:
    """Return what a text may repeat if it mentions a fact, series or claim by its reference.

    This is all that the record says; for a fact or series also our own words for its sources. It is
    empty if there is no such record.
    """
    holder, _, claim = ref.partition(":")
    if claim:
        entry = ledger.entry(holder, claim)
        return _claimed(entry, ledger) if entry else Supported()
    found = ledger.holders.get(holder)
    return supported_by(found, ledger) | accounts(ledger, found) if found else Supported()


def rests_on(fact: Fact) -> Iterator[str]:
    """Yield the ids of the facts and series in a fact's formula or comparison.

    Other words of the formula, such as units, may be among them.
    """
    texts = (fact.derived, fact.compares.of, fact.compares.to) if fact.compares else (fact.derived,)
    for text in filter(None, texts):
        yield from (ref.partition(":")[0] for ref in _REF.findall(text))


def _claimed(entry: Entry, ledger: Ledger) -> Supported:
    """Return what the value, the dates and the evidence of a claim say."""
    claim = entry.claim
    value = _worked_out(entry, ledger)
    values = frozenset(abs(number) for number in value.numbers) if value else frozenset()
    until = claim.until if isinstance(claim, Point) else None
    own = Supported(
        NumbersAndMonths(values) | date_parts(claim.date, claim.period, claim.said_on, until),
        _quarter(claim.period),
    )
    return own | together(
        *(_borne(item, ledger.sources.get(item.source), ledger.language) for item in claim.evidence)
    )


def _worked_out(entry: Entry, ledger: Ledger) -> Quantity | None:
    """Return the value of a claim, or ``None``.

    It is also ``None`` if its formula fails, which another rule reports.
    """
    try:
        return ledger.value(entry)
    except FormulaError:
        return None


def _quarter(period: Edtf | None) -> frozenset[str]:
    """Return the English word for the quarter of a year, if a period is one whole quarter."""
    if (
        period is None
        or period.first is None
        or period.last is None
        or period.first.year != period.last.year
    ):
        return frozenset()
    months = (period.first.month, period.last.month)
    whole = (
        period.first.day == 1
        and period.last.day == monthrange(period.last.year, period.last.month)[1]
    )
    return frozenset(_QUARTERS[months]) if whole and months in _QUARTERS else frozenset()


def _borne(item: Evidence, source: Source | None, ours: str) -> Supported:
    """Return what the quote and locator of evidence, and the title and date of its source, say."""
    language = source.language if source else ours
    words = together(*(in_words(text, language) for text in (item.quote, item.locator) if text))
    return words | (
        in_words(source.title, language) | Supported(date_parts(source.issued))
        if source
        else Supported()
    )


@once
def accounts(ledger: Ledger, holder: Holder) -> Supported:
    """Return what our own words for the sources say: the ``says`` of each claim's evidence."""
    return together(
        *(
            in_words(item.says, ledger.language)
            for entry in ledger.entries(holder)
            for item in entry.claim.evidence
            if item.says
        )
    )


def together(*parts: Supported) -> Supported:
    """Return the union of several ``Known``."""
    found = Supported()
    for each in parts:
        found |= each
    return found


# Typed dates that are the dates of a claim called in the same sentence

_PIECE = re.compile(r"\d+|[^\W\d_]+")
_SURELY = re.compile(
    r"\b(?:since|until|till|during|before|after|years?|early|late|mid|spring|summer|autumn|fall|winter|im"
    r" Jahre?|Jahr|seit|ab|vor|nach"
    r"|Sommer|Winter|Frühjahr|Herbst|году|год|рік|році|року|desde|año|depuis|année|od|roku|rok)["
    r" \u00a0-]$",
    re.IGNORECASE,
)
"""Words after which four digits are a year."""
_PERHAPS = re.compile(r"\b(?:in|by|of|for|from|bis|von|um|en|w)[ \u00a0]$", re.IGNORECASE)
"""Words after which four digits are a year, unless a word for an amount or a change is before."""
_SPAN = re.compile(
    r"(?P<first>\d{4})[ \u00a0](?:to|and|through|bis|und|a|à|y|et)[ \u00a0]$", re.IGNORECASE
)
"""A year before another year: "from 2024 to 2025"."""
_SLAVIC = re.compile(r"\b(?:в|во|к|с|до|после|за|у|від|з|із|на|по|к)[ \u00a0]$", re.IGNORECASE)
_YEAR_BEHIND = re.compile(r"[ \u00a0](?:год\w{0,2}|рок\w{1,2}|рік|р\.|г\.)(?!\w)")
_GOES_ON = re.compile(
    r"[ \u00a0](?:on|onwards?|until|till|(?:to|until|till|bis)[ \u00a0](?P<last>\d{4}))\b"
)
_NO_NOUN_FOLLOWS = re.compile(
    r"\s*(?:$|[.,;:!?)\]’”»—–|\ufffc]|(?:is|was|were|are|the|a|an|it|they|he|she|and|to|or|in|on|at|as|there|that|this|these|more|some|than|had|has|will|would"
    r"|год\w{0,2}|рок\w{1,2}|рік|р\.|г\.|waren?|wurden?|ist|sind|die|der|das|und|bis|es|gab|и|та|і|по|до)\b)"
)


def is_own_date(typed: str, before: str, after: str, dates: Iterable[Edtf], language: str) -> bool:
    """Whether a typed text is one of the dates or a part of it.

    A year without a month must also read as a date. "In 2025", "by 2025" and "the spring of 2025"
    do. "Grew to 2025" and "a total of 2025" are values, even if the fact is of 2025.

    ``before`` and ``after`` are the texts around ``typed``.
    """
    pieces = _PIECE.findall(typed)
    if not pieces or len(pieces) > 8:
        return False
    named = [_month(piece, language) for piece in pieces]
    bare = all(month is None for month in named)
    if bare and not (
        all(len(piece) == 4 for piece in pieces)
        and _reads_as_a_year(typed, before[-60:], after[:40], language)
    ):
        return False
    return any(_is_part(pieces, named, date) for date in dates)


def _reads_as_a_year(typed: str, before: str, after: str, language: str) -> bool:
    """Whether the words around four digits make them a year."""
    if not _NO_NOUN_FOLLOWS.match(after):
        return False
    span = _SPAN.search(before)
    if span or _SURELY.search(before):
        return span is None or span["first"] < typed
    if _SLAVIC.search(before):
        return _YEAR_BEHIND.match(after) is not None
    goes_on = _GOES_ON.match(after)
    if goes_on and _PERHAPS.search(before):
        return goes_on["last"] is None or typed < goes_on["last"]
    return _PERHAPS.search(before) is not None and _of_an_amount(language).search(before) is None


@cache
def _of_an_amount(language: str) -> re.Pattern[str]:
    """Return the pattern of words before a number that make it an amount and not a year."""
    changing, amount = pattern("changing", language), pattern("amount", language)
    return re.compile(
        rf"\b{changing}(?:[ \u00a0][\w’'-]+){{0,2}}["
        r" \u00a0](?:to|by|from|of|in|for|at|um|von|bis|en|w)[ \u00a0]$"
        rf"|\b{amount}[ \u00a0](?:of|in|von|en)[ \u00a0]$",
        re.IGNORECASE,
    )


def _is_part(pieces: list[str], named: list[int | None], date: Edtf) -> bool:
    parts = {
        name: {value for other, value in date.parts if other == name} for name, _ in date.parts
    }
    years = {str(said_year(year)) for year in parts.get("year", set())}
    days = {str(day) for day in parts.get("day", set())}
    for piece, month in zip(pieces, named, strict=True):
        if month is not None:
            if month not in parts.get("month", set()):
                return False
        elif len(piece) == 4:
            if piece not in years:
                return False
        elif piece.lstrip("0") not in days and piece not in ("st", "nd", "rd", "th"):
            return False
    return True


def _month(word: str, language: str) -> int | None:
    known = months(language)
    return known.get(word.casefold()) or known.get(f"{word.casefold()}.")


# The fact that an author probably meant

_WORD = re.compile(r"[^\W\d_]{4,}")


class CallSuggester:
    """Finds the claims of a ledger that an author probably meant by typed numbers and dates."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.held = [
            (self._call(entry), _held(entry), _words_of(entry)) for entry in ledger.entries()
        ]

    def call(self, typed: str, around: str, language: str = "en") -> str:
        """Return a call that prints what is typed, such as ``fact("books-lent")``.

        The claim must contain the typed number or date. Its id, question and speakers must share
        words with the text ``around`` it. The claim with the most shared words is taken. The result
        is empty if there is none, or if claims of several facts have equally many.
        """
        wanted = numbers_and_months(typed, language)
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
        return (
            f'fact("{entry.holder.id}")'
            if alone
            else f'fact("{entry.holder.id}", claim="{entry.claim.id}")'
        )


def _fact(call: str) -> str:
    """Return the id of the fact in a call."""
    return call.split('"')[1]


def _held(entry: Entry) -> NumbersAndMonths:
    """Return the numbers and months that a call of a claim can print."""
    claim = entry.claim
    numbers = (
        frozenset(abs(number) for number in claim.value.numbers) if claim.value else frozenset()
    )
    return NumbersAndMonths(numbers) | date_parts(claim.date, claim.period)


def _words_of(entry: Entry) -> set[str]:
    holder = entry.holder
    said = (
        holder.id,
        holder.question if isinstance(holder, Fact) else holder.title,
        entry.claim.said_by,
        entry.claim.reported_by,
    )
    return set(_WORD.findall(" ".join(filter(None, said)).casefold()))
