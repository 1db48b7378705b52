"""``unsourced-in-record`` and ``leave-not-needed``: a record's own words say no number and compare nothing but as claims bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from explainer.ledger import Ledger
from explainer.lint.known import Known, accounts, known_of, mentioned, together
from explainer.lint.language import Kind
from explainer.lint.scan import Finding, scan
from explainer.lint.tokens import CALL
from explainer.problems import Problem
from explainer.records import Definition, Fact, Record, Series, Term
from explainer.records.claim import Statement

_HOLDER = ("question", "title", "short", "label", "note", "assumes", "correlated")
_CLAIM = ("text", "label", "basis", "why", "inferred", "note", "correlated")
_ID = re.compile(r"(?<![a-z0-9])[a-z0-9]++(?:-[a-z0-9]++)+")
Allowing = Fact | Series | Statement | Definition | Term


def check(ledger: Ledger) -> Iterator[Problem]:
    """Numbers, dates and comparisons in definitions and terms."""
    records: tuple[Definition | Term, ...] = (*ledger.definitions.values(), *ledger.terms.values())
    for record in records:
        yield from _strangers(record, ("counts", "means"), Known(), ledger)


def of_one(ledger: Ledger, name: str) -> Iterator[Problem]:
    """The same in the words around the claims of a fact or series; what an account of a source (``says``) holds is its evidence."""
    holder = ledger.holders[name]
    known = known_of(holder, ledger) | accounts(ledger, holder)
    yield from _strangers(holder, _HOLDER, known, ledger)
    for entry in ledger.entries(holder):
        yield from _strangers(entry.claim, _CLAIM, known, ledger)


def _strangers(record: Allowing, keys: tuple[str, ...], known: Known, ledger: Ledger) -> Iterator[Problem]:
    """What a record's words hold that is neither known, nor mentioned, nor allowed; and leave and mentions that are not needed."""
    texts = [(key, text) for key in keys if isinstance(text := getattr(record, key, None), str)]
    typed = [_Typed(key, words, found.kind) for key, text in texts for words, found in _typed(text, ledger)]
    named = [name for _, text in texts for name in _ID.findall(text)]
    known = together(known, *(mentioned(name, ledger) for name in named))
    compares = any(_compares(each, ledger) for each in (record.id, *named, *record.mentions))
    allowed = {each.words.casefold() for each in record.allow}
    left = [each for each in typed if each.words.casefold() not in allowed]
    lent = {ref: mentioned(ref, ledger) for ref in record.mentions}
    for each in left:
        if not each.borne(together(known, *lent.values()), compares, ledger.language):
            yield _problem(record, each)
    for leave in record.allow:
        if leave.words.casefold() not in {each.words.casefold() for each in typed}:
            hint = "take the line out, or write the words as they stand in the record"
            yield Problem(leave.place("words"), "leave-not-needed", f"'{leave.words}' is allowed, and needs no leave", hint)
    for ref in () if compares else lent:
        others = together(known, *(each for name, each in lent.items() if name != ref))
        if all(each.borne(others, compares, ledger.language) for each in left):
            message = f"'{ref}' is mentioned, and the words take nothing from it"
            yield Problem(record.place("mentions"), "leave-not-needed", message, "take it out, or say what it says")


class _Typed(NamedTuple):
    """What an author typed in a record that has to be borne out: in which key, and whether it is a number or a comparison."""

    key: str
    words: str
    kind: Kind

    def borne(self, known: Known, compares: bool, language: str) -> bool:
        """Whether what is known bears it out; ``compares``: whether a fact that is worked out as a comparison is spoken of."""
        return known.bears(self.words, language) if self.kind == "number" else compares or self.words.casefold() in known.words


def _compares(name: str, ledger: Ledger) -> bool:
    """Whether a fact is worked out as a comparison, which words about it may name."""
    fact = ledger.facts.get(name)
    return fact is not None and fact.compares is not None


def _typed(text: str, ledger: Ledger) -> Iterator[tuple[str, Finding]]:
    """What has to be borne out in a text; ids of the ledger are none of it."""
    plain = _ID.sub(lambda match: CALL * len(match.group()) if _is_id(match.group(), ledger) else match.group(), text)
    for found in scan(plain, ledger.language, ledger.names):
        yield text[found.start : found.end], found


def _is_id(name: str, ledger: Ledger) -> bool:
    return name in ledger.holders or name in ledger.sources or name in ledger.charts


def _problem(record: Record, typed: _Typed) -> Problem:
    shown = " ".join(typed.words.split())[:60]
    message = f"'{shown}' in '{typed.key}' stands in no claim here and in nothing that bears one"
    hint = "put it into the evidence's locator or says where a source says it, or name in mentions what of the ledger does; "
    hint += f"else allow: [{{words: '{shown}', why: …}}]"
    return Problem(record.place(typed.key), "unsourced-in-record", message, hint)
