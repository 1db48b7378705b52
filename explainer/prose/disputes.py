"""Where a page must say that sources disagree: after the paragraph that prints a number on which they do, unless it says so itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from explainer.ledger import Ledger
from explainer.ledger.entries import Entry
from explainer.ledger.rivals import conflicts
from explainer.prose.calls import Call
from explainer.records import Fact

_GOES_ON = re.compile(r"[ \t]|[-*+] |\d+[.)] ")
"""How a paragraph begins that belongs to the list before it."""


def disputed(ledger: Ledger, ref: str) -> list[Entry]:
    """The claims to set side by side: all of a fact on which two disagree; of a series the point and its rivals."""
    name, _, claim = ref.partition(":")
    holder = ledger.holders.get(name)
    if holder is None:
        return []
    pairs = [pair for pair in conflicts(ledger, holder) if not (pair[0].deprecated and pair[1].deprecated)]
    if isinstance(holder, Fact):
        return list(ledger.entries(holder)) if pairs else []
    against = {entry.ref for pair in pairs if f"{name}:{claim}" in (pair[0].ref, pair[1].ref) for entry in pair}
    return [entry for entry in ledger.entries(holder) if entry.ref in against]


def with_disputes(ledger: Ledger, text: str, calls: Sequence[Call]) -> list[Call]:
    """The calls of a page, and for each disagreement that it does not show one more call that does."""
    shown = [_names(ledger, call.args[0]) for call in calls if call.name == "dispute"]
    found = list(calls)
    for call in calls:
        for ref in _printed(ledger, call):
            names = _names(ledger, ref)
            if names and not any(names <= each for each in shown):
                shown.append(names)
                at = end_of_block(text, call.end)
                found.append(Call("dispute", (ref,), {}, call.place, at, at, made=True))
    return sorted(found, key=lambda call: call.start)


def _names(ledger: Ledger, ref: str) -> frozenset[str]:
    """The claims that a fold shows, by name: two points of a series may have the same rivals, and one fold tells of both."""
    return frozenset(entry.ref for entry in disputed(ledger, ref))


def _printed(ledger: Ledger, call: Call) -> Iterator[str]:
    """What a call prints numbers of: a fact by its id, a point by ``series:point``."""
    if call.name not in ("fact", "figures"):
        return
    for arg in call.args:
        name, _, claim = arg.partition(":")
        claim = claim or call.named.get("claim", "")
        yield name if name in ledger.facts or not claim else f"{name}:{claim}"


def end_of_block(text: str, position: int) -> int:
    """Where the paragraph, or the list, ends in which a position stands; for a heading, the paragraph below it."""
    end = _blank(text, position)
    start = text.rfind("\n\n", 0, position) + 2 if "\n\n" in text[:position] else 0
    if text[start:].lstrip("\n").startswith("#"):
        end = _blank(text, _next(text, end))
    while (following := _next(text, end)) < len(text) and _GOES_ON.match(text, following):
        end = _blank(text, following)
    return end


def _blank(text: str, position: int) -> int:
    """The next empty line, or the end of the text."""
    match = re.compile(r"\n[ \t]*\n").search(text, position)
    return match.start() if match else len(text.rstrip("\n"))


def _next(text: str, end: int) -> int:
    """The start of the first line after an empty one that holds anything."""
    match = re.compile(r"(?:[ \t]*\n)+").match(text, end)
    return match.end() if match else end
