"""Show on pages that sources disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce

from explainer.common.problems import Problems
from explainer.model.ledger import Entry, Holder, Ledger
from explainer.model.records import Fact
from explainer.model.rivals import camps, conflicts
from explainer.publish.answers import beside_one_another, spread
from explainer.publish.derivations import question_of
from explainer.publish.tables import Table, table_of_holder
from explainer.render.context import Context, unknown
from explainer.render.prose.calls import Call

# Where a page must show a disagreement: after the paragraph that prints a disputed number

_GOES_ON = re.compile(r"[ \t]|[-*+] |\d+[.)] ")
"""The start of a paragraph that belongs to the list before it."""


def disputed(ledger: Ledger, ref: str) -> list[Entry]:
    """Return the claims to show side by side; an empty list if none disagree.

    For a fact, these are all of its claims. For a point of a series, these are the point and its
    rivals.
    """
    name, _, claim = ref.partition(":")
    holder = ledger.holders.get(name)
    if holder is None:
        return []
    pairs = [
        pair
        for pair in conflicts(ledger, holder)
        if not (pair[0].deprecated and pair[1].deprecated)
    ]
    if isinstance(holder, Fact):
        return list(ledger.entries(holder)) if pairs else []
    against = {
        entry.ref
        for pair in pairs
        if f"{name}:{claim}" in (pair[0].ref, pair[1].ref)
        for entry in pair
    }
    return [entry for entry in ledger.entries(holder) if entry.ref in against]


def with_disputes(ledger: Ledger, text: str, calls: Sequence[Call]) -> list[Call]:
    """Return the calls of a page, with a ``dispute`` call added for each disagreement not shown."""
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
    """Return the names of the claims that a fold shows.

    Two points of a series may have the same rivals. Then one fold is enough for both.
    """
    return frozenset(entry.ref for entry in disputed(ledger, ref))


def _printed(ledger: Ledger, call: Call) -> Iterator[str]:
    """Yield the numbers that a call prints: a fact as its id, a point as ``series:point``."""
    if call.name not in ("fact", "figures"):
        return
    for arg in call.args:
        name, _, claim = arg.partition(":")
        claim = claim or call.named.get("claim", "")
        yield name if name in ledger.facts or not claim else f"{name}:{claim}"


def end_of_block(text: str, position: int) -> int:
    """Return the end of the paragraph or list at a position.

    A heading belongs to the paragraph below it.
    """
    end = _blank(text, position)
    start = text.rfind("\n\n", 0, position) + 2 if "\n\n" in text[:position] else 0
    if text[start:].lstrip("\n").startswith("#"):
        end = _blank(text, _next(text, end))
    while (following := _next(text, end)) < len(text) and _GOES_ON.match(text, following):
        end = _blank(text, following)
    return end


def _blank(text: str, position: int) -> int:
    """Return the start of the next empty line, or the end of the text."""
    match = re.compile(r"\n[ \t]*\n").search(text, position)
    return match.start() if match else len(text.rstrip("\n"))


def _next(text: str, end: int) -> int:
    """Return the start of the next line that is not empty."""
    match = re.compile(r"(?:[ \t]*\n)+").match(text, end)
    return match.end() if match else end


# The call ``dispute("…")``: all claims about a question, folded to one line

_NAMED = 3
"""The largest number of deprecated values, or of groups of claims, that the line names."""


def dispute(context: Context, call: Call, root: str, problems: Problems) -> str:
    """Return the block for a fact, or for a point of a series with its rivals.

    Adds a problem and returns an empty string if there is none.
    """
    name, _, claim = call.args[0].partition(":")
    holder = context.ledger.holders.get(name)
    if holder is None or (isinstance(holder, Fact) == bool(claim)):
        unknown(problems, call.place, "fact", call.args[0], context.ledger.facts)
        return ""
    entries = (
        list(context.ledger.entries(holder))
        if isinstance(holder, Fact)
        else disputed(context.ledger, call.args[0])
    )
    if not entries:
        problems.add(
            call.place,
            "prose-call",
            f"nobody disagrees on '{call.args[0]}'",
            "name a fact, or a point that has rivals",
        )
        return ""
    charted = isinstance(holder, Fact) and len(_amounts(context.ledger, entries)) > 1
    drawn = _drawn(context, call, holder, problems)
    drawings = (
        context.drawings(table_of_holder(context.views, holder), root)
        if charted and not drawn
        else None
    )
    ids = {entry.claim.id for entry in entries}
    claims = [view for view in context.views.claims(holder) if view.anchor in ids]
    disagree = bool(disputed(context.ledger, call.args[0]))
    values = {
        "claims": claims,
        "summary": _summary(context, holder, entries),
        "drawings": drawings,
        "drawn": drawn,
        "root": root,
    }
    return context.templates.render("fragments/dispute.html.j2", **values, disagree=disagree)


def _drawn(context: Context, call: Call, holder: Holder, problems: Problems) -> Table | None:
    """Return the chart on the page that draws these claims already, if the author names one."""
    name = call.named.get("chart")
    if name is None:
        return None
    table = context.tables.get(name)
    if table is None:
        unknown(problems, call.place, "chart", name, context.ledger.charts)
    elif table.unit != context.wording.unit(holder.unit):
        hint = "name the chart that stands on this page and draws them, or leave 'chart' out"
        problems.add(
            call.place,
            "prose-call",
            f"'{name}' draws {table.unit or 'dates'}, and not what '{call.args[0]}' is counted in",
            hint,
        )
    return table


def _summary(context: Context, holder: Holder, entries: list[Entry]) -> str:
    """Return the disagreement in one line: the spread, and the number of voices."""
    words, ledger = context.wording, context.ledger
    standing = [entry for entry in entries if not entry.deprecated]
    said = {
        entry.ref: str(words.said(ledger, entry, with_unit=True))
        for entry in entries
        if not entry.claim.text
    }
    followed, left = (
        dict.fromkeys(said[e.ref] for e in entries if e.ref in said and e.deprecated is out)
        for out in (False, True)
    )
    if len(followed) == 1 and 0 < len(left) <= _NAMED and len(said) == len(entries):
        return words.say("left_aside", followed=next(iter(followed)), others=", ".join(left))
    standing = standing if len(followed) > 1 else entries
    if isinstance(holder, Fact) and (told := _camps(context, holder)):
        return told
    count = len({entry.claim.said_by or entry.claim.reported_by for entry in standing})
    if len(_amounts(ledger, standing)) > 1:
        return words.say(
            "spread_by",
            spread=spread(standing, ledger, words),
            unit=words.unit(holder.unit),
            count=count,
        )
    if all(entry.claim.date for entry in standing):
        return words.say("either_by", spread=spread(standing, ledger, words), count=count)
    return words.say("answers", question=question_of(holder), count=len(entries))


def _camps(context: Context, fact: Fact) -> str:
    """Return who disagrees with whom, if some of those who disagree agree with each other.

    It is empty if none do, if there are not two or three groups, or if a claim is a text.
    """
    words, groups = context.wording, camps(context.ledger, fact)
    against = {entry.ref for pair in conflicts(context.ledger, fact) for entry in pair}
    groups = tuple(group for group in groups if group[0].ref in against)
    if (
        not 2 <= len(groups) <= _NAMED
        or all(len(group) == 1 for group in groups)
        or any(e.claim.text for g in groups for e in g)
    ):
        return ""
    told = []
    for group in groups:
        said = beside_one_another(group, context.ledger, words)
        voices = dict.fromkeys(words.voice(entry) for entry in group)
        told.append(f"{said} {words.unit(fact.unit)}".strip() + f" ({', '.join(voices)})")
    return reduce(
        lambda first, other: words.say("one_against_another", first=first, other=other), told
    )


def _amounts(ledger: Ledger, entries: list[Entry]) -> list[Entry]:
    """Return the claims that are amounts. A drawing needs at least two of them."""
    return [entry for entry in entries if ledger.value(entry) is not None]
