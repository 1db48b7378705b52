"""``dispute("…")``: what everyone says of one question, folded to a line with the spread in words."""

from __future__ import annotations

from functools import reduce

from explainer.context import Context, unknown
from explainer.ledger import Entry, Holder, Ledger
from explainer.ledger.rivals import camps, conflicts
from explainer.problems import Problems
from explainer.prose.calls import Call
from explainer.prose.disputes import disputed
from explainer.records import Fact
from explainer.tables import Table, table_of_holder
from explainer.views import beside_one_another, question_of, spread

_NAMED = 3
"""So many values that are not followed are named in the one line."""


def dispute(context: Context, call: Call, root: str, problems: Problems) -> str:
    """The block for a fact, or for a point of a series and its rivals; nothing and a problem where there is none."""
    name, _, claim = call.args[0].partition(":")
    holder = context.ledger.holders.get(name)
    if holder is None or (isinstance(holder, Fact) == bool(claim)):
        unknown(problems, call.place, "fact", call.args[0], context.ledger.facts)
        return ""
    entries = list(context.ledger.entries(holder)) if isinstance(holder, Fact) else disputed(context.ledger, call.args[0])
    if not entries:
        problems.add(call.place, "prose-call", f"nobody disagrees on '{call.args[0]}'", "name a fact, or a point that has rivals")
        return ""
    charted = isinstance(holder, Fact) and len(_amounts(context.ledger, entries)) > 1
    drawn = _drawn(context, call, holder, problems)
    drawings = context.drawings(table_of_holder(context.views, holder), root) if charted and not drawn else None
    ids = {entry.claim.id for entry in entries}
    claims = [view for view in context.views.claims(holder) if view.anchor in ids]
    disagree = bool(disputed(context.ledger, call.args[0]))
    values = {"claims": claims, "summary": _summary(context, holder, entries), "drawings": drawings, "drawn": drawn, "root": root}
    return context.templates.render("fragments/dispute.html.j2", **values, disagree=disagree)


def _drawn(context: Context, call: Call, holder: Holder, problems: Problems) -> Table | None:
    """The chart on the same page that draws these claims already, where the author names one."""
    name = call.named.get("chart")
    if name is None:
        return None
    table = context.tables.get(name)
    if table is None:
        unknown(problems, call.place, "chart", name, context.ledger.charts)
    elif table.unit != context.wording.unit(holder.unit):
        hint = "name the chart that stands on this page and draws them, or leave 'chart' out"
        problems.add(call.place, "prose-call", f"'{name}' draws {table.unit or 'dates'}, and not what '{call.args[0]}' is counted in", hint)
    return table


def _summary(context: Context, holder: Holder, entries: list[Entry]) -> str:
    """The disagreement in one line: the spread, and by how many voices."""
    words, ledger = context.wording, context.ledger
    standing = [entry for entry in entries if not entry.deprecated]
    said = {entry.ref: str(words.said(ledger, entry, with_unit=True)) for entry in entries if not entry.claim.text}
    followed, left = (dict.fromkeys(said[e.ref] for e in entries if e.ref in said and e.deprecated is out) for out in (False, True))
    if len(followed) == 1 and 0 < len(left) <= _NAMED and len(said) == len(entries):
        return words.say("left_aside", followed=next(iter(followed)), others=", ".join(left))
    standing = standing if len(followed) > 1 else entries
    if isinstance(holder, Fact) and (told := _camps(context, holder)):
        return told
    count = len({entry.claim.said_by or entry.claim.reported_by for entry in standing})
    if len(_amounts(ledger, standing)) > 1:
        return words.say("spread_by", spread=spread(standing, ledger, words), unit=words.unit(holder.unit), count=count)
    if all(entry.claim.date for entry in standing):
        return words.say("either_by", spread=spread(standing, ledger, words), count=count)
    return words.say("answers", question=question_of(holder), count=len(entries))


def _camps(context: Context, fact: Fact) -> str:
    """Who stands against whom, where some of those who disagree agree with each other; empty where none do, or for long lists."""
    words, groups = context.wording, camps(context.ledger, fact)
    against = {entry.ref for pair in conflicts(context.ledger, fact) for entry in pair}
    groups = tuple(group for group in groups if group[0].ref in against)
    if not 2 <= len(groups) <= _NAMED or all(len(group) == 1 for group in groups) or any(e.claim.text for g in groups for e in g):
        return ""
    told = []
    for group in groups:
        said = beside_one_another(group, context.ledger, words)
        voices = dict.fromkeys(words.voice(entry) for entry in group)
        told.append(f"{said} {words.unit(fact.unit)}".strip() + f" ({', '.join(voices)})")
    return reduce(lambda first, other: words.say("one_against_another", first=first, other=other), told)


def _amounts(ledger: Ledger, entries: list[Entry]) -> list[Entry]:
    """The claims that are amounts; of two of them a drawing says something."""
    return [entry for entry in entries if ledger.value(entry) is not None]
