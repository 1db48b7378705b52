"""The rules ``unsourced-in-record``, ``leave-not-needed`` and ``translation-numbers``.

Numbers, dates and comparisons in the text fields of a record must be supported by a claim, a
mention or an entry in ``allow``. A translation must have the same numbers as its original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from explainer.common.problems import Problem
from explainer.lint.comparing import asks
from explainer.lint.known import Supported, accounts, in_words, mentioned, supported_by, together
from explainer.lint.markdown_text import CALL
from explainer.lint.scan import Finding, date_parts, numbers_and_months, scan
from explainer.lint.vocabularies import Kind
from explainer.model.ledger import Ledger
from explainer.model.records import Definition, Fact, Record, Series, Statement, Term, Translation

_HOLDER = ("question", "title", "short", "label", "note", "assumes", "correlated")
_CLAIM = ("text", "label", "basis", "why", "inferred", "note", "assumes", "correlated")
_NAMING = ("topic", "said_by", "reported_by", "short", "region")
"""Keys with names. A comparing word there is part of the name, so only numbers are checked."""
_LONGEST_NAME = 80
_PRINTED = re.compile(r"\{\{.{0,1000}?\}\}", re.DOTALL)
"""A call in double braces, which prints the same in both languages."""
_A = re.compile(r"(?:од(?:ин|н\w{1,3})|ein\w{0,2}|une?)$", re.IGNORECASE)
"""The words for "one" that are also the indefinite article, in several languages."""
_ID = re.compile(r"(?<![a-z0-9])[a-z0-9]++(?:-[a-z0-9]++)+")
RecordWithAllow = Fact | Series | Statement | Definition | Term


def check(ledger: Ledger) -> Iterator[Problem]:
    """Yield the problems in records other than facts and series, and in translations.

    Definitions and terms are checked for numbers, dates and comparisons. Groups, sources,
    corrections, errors, orders and withdrawn charts are checked for numbers only.
    """
    records: tuple[Definition | Term, ...] = (*ledger.definitions.values(), *ledger.terms.values())
    for record in records:
        yield from _strangers(record, ("counts", "means", "term"), Supported(), ledger)
    yield from _beside(ledger)
    for language, translations in ledger.translations.items():
        for translation in translations:
            yield from _translated(translation, language, ledger)


def _beside(ledger: Ledger) -> Iterator[Problem]:
    """Yield a problem for each unsupported number in groups, sources, corrections and the like.

    A record about a fact or chart may repeat the numbers of that fact or chart.
    """
    for group in ledger.groups.values():
        yield from _numbers(group, ("label",), Supported(), ledger)
    for source in ledger.sources.values():
        yield from _numbers(
            source,
            ("publisher", "described", "copy_of", "weak"),
            in_words(source.title, source.language),
            ledger,
        )
    for entry in ledger.corrections.values():
        said = together(
            *(in_words(text, ledger.language) for text in (entry.old, entry.new) if text),
            *_about(entry.fact, ledger),
        )
        days = Supported(date_parts(entry.wrong_since, entry.reported, entry.fixed))
        charted = (
            ledger.charts[entry.chart].series
            if entry.chart and entry.chart in ledger.charts
            else ()
        )
        of_chart = [known for name in charted for known in _about(name, ledger)]
        yield from _numbers(
            entry, ("cause", "found", "effect"), together(said, days, *of_chart), ledger
        )
    for error in ledger.errors.values():
        wrong = together(in_words(error.expect, ledger.language), *_about(error.fact, ledger))
        yield from _numbers(error, ("reason",), wrong, ledger)
    for order in ledger.order:
        both = [known for name in (order.before, order.after) for known in _about(name, ledger)]
        yield from _numbers(order, ("why",), together(*both), ledger)
    for chart in ledger.charts.values():
        if chart.withdrawn:
            known = together(
                Supported(date_parts(chart.withdrawn.date)),
                *(each for name in chart.series for each in _about(name, ledger)),
            )
            yield from _numbers(chart.withdrawn, ("reason",), known, ledger)


def _about(name: str | None, ledger: Ledger) -> list[Supported]:
    """Return what a fact or series says, in a list that is empty if there is none with this id."""
    holder = ledger.holders.get(name or "")
    return [supported_by(holder, ledger) | accounts(ledger, holder)] if holder else []


def _numbers(
    record: Record, keys: tuple[str, ...], known: Supported, ledger: Ledger
) -> Iterator[Problem]:
    """Yield a problem for each number without support.

    Support is ``known``, or a record whose id is in the text. ``allow`` does not apply here.
    """
    for key in keys:
        text = getattr(record, key, None)
        for words, found in _typed(text, ledger) if isinstance(text, str) else ():
            lent = together(known, *(mentioned(name, ledger) for name in _ID.findall(str(text))))
            if (
                found.kind == "number"
                and not _glued(str(text), found)
                and not lent.bears(words, ledger.language)
            ):
                shown = " ".join(words.split())[:60]
                hint = (
                    "write the id of the fact that says it beside it, or leave it out; a name that"
                    " it is part of is listed under names "
                )
                hint += "in seeds/definitions.yaml"
                yield Problem(
                    record.place(key),
                    "unsourced-in-record",
                    f"'{shown}' in '{key}' stands in nothing that bears it",
                    hint,
                )


def _glued(text: str, found: Finding) -> bool:
    """Return whether digits are part of a name, as in "47news", "66.ru" and "Charter97"."""
    start = max(text.rfind(sign, 0, found.start) for sign in " \u00a0(«“") + 1
    word = re.split(r"[\s)»”,;:]", text[start : start + _LONGEST_NAME], maxsplit=1)[0]
    return (
        re.search(r"[^\W\d_]{3,}|\.[a-zA-Z]{2}$", word) is not None
        and re.search(r"\d[^\W\d_]|[^\W\d_]\d|\d\.[a-zA-Z]{2}$", word) is not None
    )


def _translated(translation: Translation, language: str, ledger: Ledger) -> Iterator[Problem]:
    """Yield a problem for each number or comparison that is not in the original."""
    text = translation.translation
    if not text:
        return
    text, original = _PRINTED.sub(CALL, text), _PRINTED.sub(CALL, translation.original)
    said, kinds = (
        numbers_and_months(original, ledger.language),
        {each.kind for each in scan(original, ledger.language, ledger.names)},
    )
    digits = set(re.findall(r"\d+", original))
    for found in scan(text, language, ledger.names):
        words = text[found.start : found.end]
        parts = numbers_and_months(words, language)
        borne = bool(parts) and parts <= said
        in_digits = re.findall(r"\d+", words)
        borne = borne or (
            set(in_digits) <= digits if in_digits else not parts and found.kind in kinds
        )
        if not borne and not _A.match(words):
            hint = "a translation says what its original says"
            message = f"'{words[:60]}' is not in the original, '{translation.original[:60]}'"
            yield Problem(translation.place("translation"), "translation-numbers", message, hint)


def of_one(ledger: Ledger, name: str) -> Iterator[Problem]:
    """Yield the problems in the text fields of a fact or series and of its claims.

    The field ``says`` of evidence is not checked. It reports what a source says, so the other
    fields may repeat its numbers.
    """
    holder = ledger.holders[name]
    known = supported_by(holder, ledger) | accounts(ledger, holder)
    yield from _strangers(holder, (*_HOLDER, *_NAMING), known, ledger)
    for entry in ledger.entries(holder):
        yield from _strangers(entry.claim, (*_CLAIM, *_NAMING), known, ledger)


def _strangers(
    record: RecordWithAllow, keys: tuple[str, ...], known: Supported, ledger: Ledger
) -> Iterator[Problem]:
    """Yield a problem for each number or comparison that has no support.

    Support is ``known``, ``allow``, a record in ``mentions``, or a record whose id is in the text.
    Also yields a problem for each entry in ``allow`` or ``mentions`` that is not needed.
    """
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
    compares = [
        ledger.facts[each]
        for each in (record.id, *ids, *record.mentions)
        if _compares(each, ledger)
    ]
    allowed = {each.words.casefold() for each in record.allow}
    left = [each for each in typed if each.words.casefold() not in allowed]
    lent = {ref: mentioned(ref, ledger) for ref in record.mentions}
    for each in left:
        if not each.borne(together(known, *lent.values()), compares, ledger.language):
            yield _problem(record, each)
    for leave in record.allow:
        if leave.words.casefold() not in {each.words.casefold() for each in typed}:
            hint = "take the line out, or write the words as they stand in the record"
            yield Problem(
                leave.place("words"),
                "leave-not-needed",
                f"'{leave.words}' is allowed, and needs no leave",
                hint,
            )
    for ref in () if compares else lent:
        others = together(known, *(each for name, each in lent.items() if name != ref))
        if all(each.borne(others, compares, ledger.language) for each in left):
            message = f"'{ref}' is mentioned, and the words take nothing from it"
            yield Problem(
                record.place("mentions"),
                "leave-not-needed",
                message,
                "take it out, or say what it says",
            )


class _Typed(NamedTuple):
    """A number or comparison that an author typed in a record, with the key of the field."""

    key: str
    words: str
    kind: Kind

    def borne(self, known: Supported, compares: Sequence[Fact], language: str) -> bool:
        """Return whether it is supported.

        ``known`` can support numbers and comparisons. A fact in ``compares`` supports a comparing
        word that has the direction of its comparison.
        """
        if self.kind == "number":
            return known.bears(self.words, language)
        return self.words.casefold() in known.words or any(
            asks(self.words, fact, language) for fact in compares
        )


def _compares(name: str, ledger: Ledger) -> bool:
    """Return whether there is a fact with this id that is computed as a comparison."""
    fact = ledger.facts.get(name)
    return fact is not None and fact.compares is not None


def _typed(text: str, ledger: Ledger) -> Iterator[tuple[str, Finding]]:
    """Yield each number and comparison in a text, except in ids of the ledger."""
    plain = _ID.sub(
        lambda match: CALL * len(match.group()) if _is_id(match.group(), ledger) else match.group(),
        text,
    )
    for found in scan(plain, ledger.language, ledger.names):
        yield text[found.start : found.end], found


def _is_id(name: str, ledger: Ledger) -> bool:
    return name in ledger.holders or name in ledger.sources or name in ledger.charts


def _problem(record: Record, typed: _Typed) -> Problem:
    shown = " ".join(typed.words.split())[:60]
    message = f"'{shown}' in '{typed.key}' stands in no claim here and in nothing that bears one"
    hint = (
        "put it into the evidence's locator or says where a source says it, or name in mentions"
        " what of the ledger does; "
    )
    hint += f"else allow: [{{words: '{shown}', why: …}}]"
    return Problem(record.place(typed.key), "unsourced-in-record", message, hint)
