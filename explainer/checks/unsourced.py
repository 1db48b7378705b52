"""``unsourced-in-record``: a record's own words hold no number and no comparison but those of its claims and what bears them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from explainer.ledger import Holder, Ledger
from explainer.lint.known import Known, accounts, known_of
from explainer.lint.scan import Finding, scan
from explainer.lint.tokens import CALL
from explainer.problems import Problem
from explainer.records import Definition, Fact, Record, Series, Term
from explainer.records.claim import Statement

_HOLDER = ("question", "title", "short", "label", "note", "assumes", "correlated")
_CLAIM = ("text", "label", "basis", "why", "inferred", "note", "correlated")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
Allowing = Fact | Series | Statement | Definition | Term


@dataclass(frozen=True)
class Held:
    """What a record's words are held to."""

    known: Known
    ids: set[str]
    language: str
    """The language of the words."""
    compares: bool = False
    """Whether the record is worked out as a comparison, which its words may name."""

    def bears(self, typed: str, found: Finding) -> bool:
        """Whether what is typed stands in it."""
        if found.kind == "number":
            return self.known.bears(typed, self.language)
        return self.compares or typed.casefold() in self.known.words


def check(ledger: Ledger) -> Iterator[Problem]:
    """Numbers, dates and comparisons in the words around claims; what an account of a source (``says``) holds is its evidence."""
    ids = {*ledger.holders, *ledger.sources, *ledger.charts}
    for holder in ledger.holders.values():
        known = known_of(holder, ledger) | accounts(holder, ledger)
        yield from _strangers(holder, _HOLDER, Held(known, ids, ledger.language, _compares(holder)))
        for entry in ledger.entries(holder):
            yield from _strangers(entry.claim, _CLAIM, Held(known, ids, ledger.language))
    records: tuple[Definition | Term, ...] = (*ledger.definitions.values(), *ledger.terms.values())
    for record in records:
        yield from _strangers(record, ("counts", "means"), Held(Known(), ids, ledger.language))


def _compares(holder: Holder) -> bool:
    """Whether the holder is worked out as a comparison, which its words may name."""
    return isinstance(holder, Fact) and holder.compares is not None


def _strangers(record: Allowing, keys: tuple[str, ...], held: Held) -> Iterator[Problem]:
    """What a record's words hold that is neither known nor allowed; and what is allowed and not there."""
    allowed = {each.words.casefold() for each in record.allow}
    met: set[str] = set()
    for key in keys:
        text = getattr(record, key, None)
        for typed, found in _typed(text, held) if isinstance(text, str) else ():
            if typed.casefold() in allowed:
                met.add(typed.casefold())
            elif not held.bears(typed, found):
                yield _problem(record, key, typed)
    for each in record.allow:
        if each.words.casefold() not in met:
            hint = "take the line out, or write the words as they stand in the record"
            yield Problem(each.place("words"), "unsourced-in-record", f"'{each.words}' is allowed, and needs no leave", hint)


def _typed(text: str, held: Held) -> Iterator[tuple[str, Finding]]:
    """What has to be borne out in a text; ids of the ledger are none of it."""
    plain = _ID.sub(lambda match: CALL * len(match.group()) if match.group() in held.ids else match.group(), text)
    for found in scan(plain, held.language):
        yield text[found.start : found.end], found


def _problem(record: Record, key: str, typed: str) -> Problem:
    shown = " ".join(typed.split())[:60]
    message = f"'{shown}' in '{key}' stands in no claim here and in nothing that bears one"
    hint = f"put it into the evidence's locator or says, where a source says it; else allow: [{{words: '{shown}', why: …}}]"
    return Problem(record.place(key), "unsourced-in-record", message, hint)
