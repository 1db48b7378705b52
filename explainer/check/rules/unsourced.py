"""``unsourced-in-record`` and ``leave-not-needed``: a record's own words say no number and compare nothing but as claims bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from explainer.common.problems import Problem
from explainer.lint.comparing import asks
from explainer.lint.known import Known, accounts, in_words, known_of, mentioned, together
from explainer.lint.scan import Finding, dated, named, scan
from explainer.lint.vocabularies import Kind
from explainer.lint.words import CALL
from explainer.model.ledger import Ledger
from explainer.model.records import Definition, Fact, Record, Series, Statement, Term, Translation

_HOLDER = ("question", "title", "short", "label", "note", "assumes", "correlated")
_CLAIM = ("text", "label", "basis", "why", "inferred", "note", "assumes", "correlated")
_NAMING = ("topic", "said_by", "reported_by", "short", "region")
"""Keys that name somebody or something, in which a comparing word is part of the name: only numbers are looked for."""
_LONGEST_NAME = 80
_PRINTED = re.compile(r"\{\{.{0,1000}?\}\}", re.DOTALL)
"""A call, which prints the same in both languages."""
_A = re.compile(r"(?:од(?:ин|н\w{1,3})|ein\w{0,2}|une?)$", re.IGNORECASE)
"""Words for "one" that are also the indefinite article."""
_ID = re.compile(r"(?<![a-z0-9])[a-z0-9]++(?:-[a-z0-9]++)+")
Allowing = Fact | Series | Statement | Definition | Term


def check(ledger: Ledger) -> Iterator[Problem]:
    """Numbers, dates and comparisons in definitions and terms."""
    records: tuple[Definition | Term, ...] = (*ledger.definitions.values(), *ledger.terms.values())
    for record in records:
        yield from _strangers(record, ("counts", "means", "term"), Known(), ledger)
    yield from _beside(ledger)
    for language, translations in ledger.translations.items():
        for translation in translations:
            yield from _translated(translation, language, ledger)


def _beside(ledger: Ledger) -> Iterator[Problem]:
    """Numbers in the words of records that stand beside the facts; those about a fact or chart may say what that says."""
    for group in ledger.groups.values():
        yield from _numbers(group, ("label",), Known(), ledger)
    for source in ledger.sources.values():
        yield from _numbers(source, ("publisher", "described", "copy_of", "weak"), in_words(source.title, source.language), ledger)
    for entry in ledger.corrections.values():
        said = together(*(in_words(text, ledger.language) for text in (entry.old, entry.new) if text), *_about(entry.fact, ledger))
        days = Known(dated(entry.wrong_since, entry.reported, entry.fixed))
        charted = ledger.charts[entry.chart].series if entry.chart and entry.chart in ledger.charts else ()
        of_chart = [known for name in charted for known in _about(name, ledger)]
        yield from _numbers(entry, ("cause", "found", "effect"), together(said, days, *of_chart), ledger)
    for error in ledger.errors.values():
        wrong = together(in_words(error.expect, ledger.language), *_about(error.fact, ledger))
        yield from _numbers(error, ("reason",), wrong, ledger)
    for order in ledger.order:
        both = [known for name in (order.before, order.after) for known in _about(name, ledger)]
        yield from _numbers(order, ("why",), together(*both), ledger)
    for chart in ledger.charts.values():
        if chart.withdrawn:
            known = together(Known(dated(chart.withdrawn.date)), *(each for name in chart.series for each in _about(name, ledger)))
            yield from _numbers(chart.withdrawn, ("reason",), known, ledger)


def _about(name: str | None, ledger: Ledger) -> list[Known]:
    """What a fact or series says, where there is one of that name."""
    holder = ledger.holders.get(name or "")
    return [known_of(holder, ledger) | accounts(ledger, holder)] if holder else []


def _numbers(record: Record, keys: tuple[str, ...], known: Known, ledger: Ledger) -> Iterator[Problem]:
    """The numbers in a record's words that nothing known bears; such a record has no ``allow``."""
    for key in keys:
        text = getattr(record, key, None)
        for words, found in _typed(text, ledger) if isinstance(text, str) else ():
            lent = together(known, *(mentioned(name, ledger) for name in _ID.findall(str(text))))
            if found.kind == "number" and not _glued(str(text), found) and not lent.bears(words, ledger.language):
                shown = " ".join(words.split())[:60]
                hint = "write the id of the fact that says it beside it, or leave it out; a name that it is part of is listed under names "
                hint += "in seeds/definitions.yaml"
                yield Problem(record.place(key), "unsourced-in-record", f"'{shown}' in '{key}' stands in nothing that bears it", hint)


def _glued(text: str, found: Finding) -> bool:
    """Whether digits are written together with the letters of a name, as in "47news", "66.ru" and "Charter97"."""
    start = max(text.rfind(sign, 0, found.start) for sign in " \u00a0(«“") + 1
    word = re.split(r"[\s)»”,;:]", text[start : start + _LONGEST_NAME], maxsplit=1)[0]
    return (
        re.search(r"[^\W\d_]{3,}|\.[a-zA-Z]{2}$", word) is not None
        and re.search(r"\d[^\W\d_]|[^\W\d_]\d|\d\.[a-zA-Z]{2}$", word) is not None
    )


def _translated(translation: Translation, language: str, ledger: Ledger) -> Iterator[Problem]:
    """Numbers of a translation that its original has not, and a comparison where the original makes none."""
    text = translation.translation
    if not text:
        return
    text, original = _PRINTED.sub(CALL, text), _PRINTED.sub(CALL, translation.original)
    said, kinds = named(original, ledger.language), {each.kind for each in scan(original, ledger.language, ledger.names)}
    digits = set(re.findall(r"\d+", original))
    for found in scan(text, language, ledger.names):
        words = text[found.start : found.end]
        parts = named(words, language)
        borne = bool(parts) and parts <= said
        in_digits = re.findall(r"\d+", words)
        borne = borne or (set(in_digits) <= digits if in_digits else not parts and found.kind in kinds)
        if not borne and not _A.match(words):
            hint = "a translation says what its original says"
            message = f"'{words[:60]}' is not in the original, '{translation.original[:60]}'"
            yield Problem(translation.place("translation"), "translation-numbers", message, hint)


def of_one(ledger: Ledger, name: str) -> Iterator[Problem]:
    """The same in the words around the claims of a fact or series; what an account of a source (``says``) holds is its evidence."""
    holder = ledger.holders[name]
    known = known_of(holder, ledger) | accounts(ledger, holder)
    yield from _strangers(holder, (*_HOLDER, *_NAMING), known, ledger)
    for entry in ledger.entries(holder):
        yield from _strangers(entry.claim, (*_CLAIM, *_NAMING), known, ledger)


def _strangers(record: Allowing, keys: tuple[str, ...], known: Known, ledger: Ledger) -> Iterator[Problem]:
    """What a record's words hold that is neither known, nor mentioned, nor allowed; and leave and mentions that are not needed."""
    texts = [(key, text) for key in keys if isinstance(text := getattr(record, key, None), str)]
    texts += [("also", text) for text in getattr(record, "also", ())]
    typed = [
        _Typed(key, words, found.kind)
        for key, text in texts
        for words, found in _typed(text, ledger)
        if key not in (*_NAMING, "also") or (found.kind == "number" and not _glued(text, found))
    ]
    ids = [name for _, text in texts for name in _ID.findall(text)]
    known = together(known, *(mentioned(name, ledger) for name in ids))
    compares = [ledger.facts[each] for each in (record.id, *ids, *record.mentions) if _compares(each, ledger)]
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

    def borne(self, known: Known, compares: Sequence[Fact], language: str) -> bool:
        """Whether what is known bears it out, or one of the facts that compare and are spoken of, where the word goes its way."""
        if self.kind == "number":
            return known.bears(self.words, language)
        return self.words.casefold() in known.words or any(asks(self.words, fact, language) for fact in compares)


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
