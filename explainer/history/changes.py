"""What was published and stands otherwise now, and whether an entry in corrections.yaml tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from explainer.history.addresses import moved
from explainer.history.published import Said, published
from explainer.ledger import Ledger
from explainer.ledger.renames import resolved
from explainer.problems import Place, Problem
from explainer.records import Correction

CORRECTIONS = "seeds/corrections.yaml"


@dataclass(frozen=True)
class Change:
    """One published statement that is another now, or gone."""

    ref: str
    old: Said
    new: Said | None


def changes(then: Ledger, now: Ledger) -> list[Change]:
    """Every change that needs an entry of its own. What follows from another change (a formula's result) needs none."""
    before, after = {moved(ref, now): said for ref, said in published(then).items()}, published(now)
    found = [Change(ref, said, after.get(ref)) for ref, said in before.items() if _differs(said, after.get(ref))]
    refs = {change.ref for change in found if ":" in change.ref}
    return [change for change in found if not _follows(change, refs, now)]


def untold(then: Ledger, now: Ledger) -> list[Change]:
    """Every change that no entry tells of."""
    return [change for change in changes(then, now) if not _told(change, _about(now, change))]


def unrecorded(then: Ledger, now: Ledger) -> Iterator[Problem]:
    """A problem for each change that no entry tells of, and for each published entry that was altered or taken away."""
    for change in untold(then, now):
        yield Problem(_place(now, change.ref), "unrecorded-change", _message(change), _hint(change, _about(now, change)))
    for name, entry in then.corrections.items():
        if name not in now.corrections or _content(now.corrections[name]) != _content(resolved(entry, now.renamed)):
            place = now.corrections[name].place("id") if name in now.corrections else Place(CORRECTIONS)
            message = f"the entry '{name}' was published, and is {'altered' if name in now.corrections else 'gone'}"
            yield Problem(place, "correction-altered", message, "put it back as it was; a further change is a new entry")


def _differs(old: Said, new: Said | None) -> bool:
    return new is None or (old.text, old.unit) != (new.text, new.unit)


def _follows(change: Change, refs: set[str], now: Ledger) -> bool:
    """Whether the change is no decision of its own but comes of changes to claims, which have entries of theirs."""
    if change.new is None:
        holder = change.ref.partition(":")[0]
        return ":" in change.ref and holder not in now.holders and any(e.ref == holder for e in now.corrections.values())
    same_way = change.old.way == change.new.way and change.old.unit == change.new.unit
    if ":" in change.ref:
        return bool(change.old.way) and same_way
    if change.old.way == "none preferred":
        return any(ref.startswith(f"{change.ref}:") for ref in refs)
    return same_way


def _about(now: Ledger, change: Change) -> list[Correction]:
    return [entry for entry in now.corrections.values() if entry.ref == change.ref]


def _told(change: Change, entries: list[Correction]) -> bool:
    """Whether the entries lead from the old words to the new, over however many steps."""
    whole = change.new is not None and change.new.unit != change.old.unit
    if not any(entry.old in _forms(change.old, whole) for entry in entries):
        return False
    last = entries[-1].new
    return last is None if change.new is None else last in _forms(change.new, whole)


def _forms(said: Said, whole: bool) -> set[str]:
    """How an entry may write it: with its unit, which it must be where the unit is what changed."""
    return {f"{said.text} {said.unit}"} if whole else {said.text, f"{said.text} {said.unit}"}


def _message(change: Change) -> str:
    if change.new is None:
        return f"'{change.ref}' was published as '{change.old.text[:80]}', and is gone"
    if change.old.text == change.new.text:
        return f"'{change.ref}' was published in {change.old.unit or 'no unit'}, and is in {change.new.unit or 'none'} now"
    return f"'{change.ref}' was published as '{change.old.text[:80]}', and says '{change.new.text[:80]}' now"


def _hint(change: Change, entries: list[Correction]) -> str:
    fact, _, claim = change.ref.partition(":")
    about = f"fact: {fact}" + (f", claim: {claim}" if claim else "")
    kind = "withdrawal" if change.new is None else "correction or revision"
    found = f"; '{entries[-1].id}' tells of another change" if entries else ""
    unit = f" {change.old.unit}" if change.new is not None and change.new.unit != change.old.unit else ""
    return f"add a {kind} to {CORRECTIONS} ({about}, old: '{change.old.text[:80]}{unit}'){found}"


def _content(entry: Correction) -> list[str]:
    return [str(getattr(entry, name)) for name in sorted(Correction.model_fields) if name != "places"]


def _place(now: Ledger, ref: str) -> Place:
    """Where what changed stands, or the list of corrections where it is gone."""
    name, _, claim = ref.partition(":")
    holder = now.holders.get(name)
    entry = now.entry(name, claim) if claim else None
    if entry is not None:
        key = next((k for k in ("value", "date", "text", "derived") if getattr(entry.claim, k) is not None), "")
        return entry.claim.place(key)
    return holder.place("id") if holder and not claim else Place(CORRECTIONS)
