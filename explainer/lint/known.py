"""What a fact or series says in its values, dates and evidence: what its other words may repeat."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from explainer.characters import as_seen
from explainer.ledger import Entry, Holder, Ledger
from explainer.ledger.once import once
from explainer.lint.parts import Parts, dated, named
from explainer.lint.scan import scan
from explainer.records import Evidence, Fact, Point, Source
from explainer.values.dates import Edtf
from explainer.values.formula_tokens import FormulaError
from explainer.values.quantities import Quantity

_REF = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?::[a-z0-9-]+)?")
_NUMBER = re.compile(r"(?<![\w-])\d+(?:\.\d+)?(?![\w-])")

_QUARTERS = {(1, 3): {"first"}, (4, 6): {"second"}, (7, 9): {"third"}, (10, 12): {"fourth"}}
"""What a quarter is called, by its first and last month."""

_NOTHING = Parts()


@dataclass(frozen=True)
class Known:
    """Numbers, months and words that stand in claims or in what bears them."""

    parts: Parts = _NOTHING
    words: frozenset[str] = frozenset()
    """Every number word and comparing word, without case."""

    def __or__(self, other: Known) -> Known:
        return Known(self.parts | other.parts, self.words | other.words)

    def bears(self, typed: str, language: str = "en") -> bool:
        """Whether what is typed, in a language, stands in it: by its value, or where it has none, by its words."""
        said = _parts(typed, language)
        return as_seen(typed).text.casefold() in self.words or (bool(said) and said <= self.parts)


@lru_cache(maxsize=8192)
def _parts(text: str, language: str = "en") -> Parts:
    return named(text, language)


@lru_cache(maxsize=8192)
def in_words(text: str, language: str = "en") -> Known:
    """What a text says."""
    text = as_seen(text).text
    found = scan(text, language)
    words = frozenset(text[each.start : each.end].casefold() for each in found)
    return Known(_parts(text, language), words)


def known_of(holder: Holder, ledger: Ledger, deep: bool = True) -> Known:
    """What the claims of a fact or series say, and what bears them; for what is worked out, what it rests on."""
    found = _said_in(ledger, holder)
    if isinstance(holder, Fact) and deep and holder.is_worked_out:
        found |= together(*(known_of(ledger.holders[name], ledger, False) for name in rests_on(holder) if name in ledger.holders))
        found |= Known(Parts(frozenset(Decimal(number) for number in _NUMBER.findall(holder.derived or ""))))
    return found


@once
def _said_in(ledger: Ledger, holder: Holder) -> Known:
    """What the claims of a fact or series say, and what bears them."""
    return together(*(_claimed(entry, ledger) for entry in ledger.entries(holder)))


def mentioned(ref: str, ledger: Ledger) -> Known:
    """What a mention of a fact, series or claim lends to the words that make it: all that it says; nothing where it names none."""
    holder, _, claim = ref.partition(":")
    if claim:
        entry = ledger.entry(holder, claim)
        return _claimed(entry, ledger) if entry else Known()
    found = ledger.holders.get(holder)
    return known_of(found, ledger) | accounts(ledger, found) if found else Known()


def rests_on(fact: Fact) -> Iterator[str]:
    """The ids of the facts and series that a worked-out fact names."""
    texts = (fact.derived, fact.compares.of, fact.compares.to) if fact.compares else (fact.derived,)
    for text in filter(None, texts):
        yield from (ref.partition(":")[0] for ref in _REF.findall(text))


def _claimed(entry: Entry, ledger: Ledger) -> Known:
    """The value and the dates of a claim, and its evidence."""
    claim = entry.claim
    value = _worked_out(entry, ledger)
    values = frozenset(abs(number) for number in value.numbers) if value else frozenset()
    until = claim.until if isinstance(claim, Point) else None
    own = Known(Parts(values) | dated(claim.date, claim.period, claim.said_on, until), _quarter(claim.period))
    return own | together(*(_borne(item, ledger.sources.get(item.source), ledger.language) for item in claim.evidence))


def _worked_out(entry: Entry, ledger: Ledger) -> Quantity | None:
    """The claim's amount; ``None`` too where its formula cannot be worked out, which another rule tells."""
    try:
        return ledger.value(entry)
    except FormulaError:
        return None


def _quarter(period: Edtf | None) -> frozenset[str]:
    """The English word for the quarter of a year that a period is, if it is one."""
    if period is None or period.first is None or period.last is None or period.first.year != period.last.year:
        return frozenset()
    months = (period.first.month, period.last.month)
    whole = period.first.day == 1 and period.last.day == monthrange(period.last.year, period.last.month)[1]
    return frozenset(_QUARTERS[months]) if whole and months in _QUARTERS else frozenset()


def _borne(item: Evidence, source: Source | None, ours: str) -> Known:
    """The words of a piece of evidence, and the title and the date of its source."""
    language = source.language if source else ours
    words = together(*(in_words(text, language) for text in (item.quote, item.locator) if text))
    return words | (in_words(source.title, language) | Known(dated(source.issued)) if source else Known())


@once
def accounts(ledger: Ledger, holder: Holder) -> Known:
    """What our accounts of the sources say: the ``says`` of every claim's evidence."""
    return together(
        *(in_words(item.says, ledger.language) for entry in ledger.entries(holder) for item in entry.claim.evidence if item.says)
    )


def together(*parts: Known) -> Known:
    """All that is known by any of them."""
    found = Known()
    for each in parts:
        found |= each
    return found
