"""The rule ``dangling-reference``: every id that a record names must exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from explainer.common.problems import Problem
from explainer.common.suggestions import did_you_mean
from explainer.model.ledger import Ledger
from explainer.model.records import Record


def check(ledger: Ledger) -> Iterator[Problem]:
    """Yield a problem for each missing id that a claim, series, definition, order or term names.

    The modules ``charts``, ``corrections``, ``coverage``, ``errors`` and ``unchecked`` check
    their own records.
    """
    refs = {*ledger.holders, *(entry.ref for entry in ledger.entries())}
    for record in (*ledger.holders.values(), *ledger.definitions.values(), *ledger.terms.values()):
        yield from _mentioned(record, record.mentions, refs)
    for entry in ledger.entries():
        claim = entry.claim
        yield from _named(
            claim, "group", claim.group, ledger.groups, "group in seeds/definitions.yaml"
        )
        yield from _named(
            claim,
            "definition",
            claim.definition,
            ledger.definitions,
            "definition in seeds/definitions.yaml",
        )
        yield from _mentioned(claim, claim.mentions, refs)
        for item in claim.evidence:
            yield from _named(item, "source", item.source, ledger.sources, "source")
    for series in ledger.series.values():
        yield from _named(
            series,
            "definition",
            series.definition,
            ledger.definitions,
            "definition in seeds/definitions.yaml",
        )
    for order in ledger.order:
        for key, value in (("before", order.before), ("after", order.after)):
            yield from _named(order, key, value, ledger.facts, "fact")
    for term in ledger.terms.values():
        yield from _named(term, "source", term.source, ledger.sources, "source")


def _named(
    record: Record, key: str, value: str | None, known: Collection[str], what: str
) -> Iterator[Problem]:
    if value is not None and value not in known:
        yield dangling_reference(record, key, value, known, what)


def _mentioned(
    record: Record, mentions: tuple[str, ...], known: Collection[str]
) -> Iterator[Problem]:
    for ref in mentions:
        yield from _named(record, "mentions", ref, known, "fact, series or claim")


def dangling_reference(
    record: Record, key: str, value: str, known: Collection[str], what: str
) -> Problem:
    """Return the problem for an id that does not exist. The hint suggests the most similar id.

    ``key`` is the field with the id ``value``. ``known`` are the ids that exist. ``what`` is the
    kind of record in words, such as "group in seeds/definitions.yaml".
    """
    hint = did_you_mean(value, known, "add it, or name one that exists")
    return Problem(record.place(key), "dangling-reference", _missing(what, value), hint)


def _missing(what: str, value: str) -> str:
    """Return the message, with the id after the noun.

    For example: "there is no group 'west' in seeds/definitions.yaml".
    """
    noun, within, where = what.partition(" in ")
    return f"there is no {noun} '{value}'{within}{where}"
