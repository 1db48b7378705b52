"""Published values and addresses that have changed, and whether a correction tells of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from explainer.common.problems import Place, Problem
from explainer.model.comparisons import compare
from explainer.model.formulas import FormulaError
from explainer.model.ledger import Entry, Ledger, holder_now, resolved
from explainer.model.records import Correction, Fact

# What a ledger publishes, as plain words by reference, so that two states of it can be held
# against each other.


@dataclass(frozen=True)
class Said:
    """What stands published under a reference."""

    text: str
    """As the ledger writes it."""
    unit: str
    way: str
    """How it came about: empty for what a source says; the formula, the comparison or the preferred claim for an answer."""


def published(ledger: Ledger) -> dict[str, Said]:
    """Every claim (``fact:claim``) and every fact's answer (``fact``)."""
    return dict(_said(ledger))


def _said(ledger: Ledger) -> Iterator[tuple[str, Said]]:
    for entry in ledger.entries():
        yield entry.ref, Said(text_of(ledger, entry), entry.holder.unit or "", entry.claim.derived or "")
    for fact in ledger.facts.values():
        yield fact.id, answer_of(ledger, fact)


def text_of(ledger: Ledger, entry: Entry) -> str:
    """What a claim says, as the ledger writes it."""
    try:
        value = ledger.value(entry)
    except (FormulaError, ValueError):  # told by the rule on formulas
        return ""
    return str(value if value is not None else entry.claim.date or entry.claim.text or "")


def answer_of(ledger: Ledger, fact: Fact) -> Said:
    """What a fact comes to: the preferred claim's words, a derived value, or every answer that stands."""
    unit = fact.unit or ""
    if fact.compares:
        terms = {key: getattr(fact.compares, key) for key in ("how", "of", "to", "over", "at", "since", "above", "below")}
        return Said(_compared(ledger, fact), unit, ", ".join(f"{key}: {value}" for key, value in terms.items() if value is not None))
    if fact.derived:
        try:
            return Said(str(ledger.derived(fact.id)), unit, fact.derived)
        except (FormulaError, ValueError):
            return Said("", unit, fact.derived)
    entry = ledger.preferred(fact)
    if entry is not None:
        return Said(text_of(ledger, entry), unit, entry.claim.id)
    standing = [text_of(ledger, each) for each in ledger.entries(fact) if not each.deprecated]
    return Said("; ".join(dict.fromkeys(standing)), unit, "none preferred")


def _compared(ledger: Ledger, fact: Fact) -> str:
    try:
        found = compare(ledger, fact)
    except (FormulaError, ValueError):
        return ""
    return str(found.value) if found.value else found.found.ref if found.found else "none"


# Addresses that were published: each is there still, or was renamed, or was withdrawn with an
# entry that tells of it.

RENAMED = "seeds/renamed.yaml"


def slugs(paths: Iterable[str]) -> set[str]:
    """The addresses of hand-written pages, by their paths in the project; the first page's is left out, for it cannot go."""
    names = (path.removeprefix("site_src/").removesuffix(".md").removesuffix("/index") for path in paths if path.endswith(".md"))
    return {name for name in names if name != "index"}


def addresses(ledger: Ledger, pages: Iterable[str]) -> set[str]:
    """Every address that is somebody's own: of facts, series, charts, sources and pages, below the site's root."""
    rooms = {"facts": ledger.holders, "charts": ledger.charts, "sources": ledger.sources}
    return {f"{room}/{name}" for room, names in rooms.items() for name in names} | slugs(pages)


def gone(then: Ledger, now: Ledger, before: Collection[str], after: Collection[str], untold: Collection[str]) -> Iterator[Problem]:
    """A problem for each published address that leads to nothing, and for each published renaming that is altered or gone.

    ``untold`` are the facts and series of which a change is told already.
    """
    withdrawn = {f"facts/{each.fact}" for each in now.corrections.values() if each.class_ == "withdrawal" and not each.claim}
    told = {f"facts/{holder}" for holder in untold}
    for address in sorted(set(before) - set(after) - set(now.renamed) - withdrawn - told):
        hint = f"put it back, or say in {RENAMED} what stands in its place: {{was: {address}, now: …}}"
        yield Problem(Place(RENAMED), "address-gone", f"'{address}/' was published, and leads to nothing now", hint)
    for was, entry in then.renamed.items():
        new = now.renamed.get(was)
        if new is None or new.now != entry.now:
            place = new.place("now") if new else Place(RENAMED)
            message = f"that '{was}/' is now '{entry.now}/' was published, and is {'altered' if new else 'gone'}"
            yield Problem(place, "address-gone", message, "put the line back as it was; where it moved once more, add another line")


def moved(ref: str, now: Ledger) -> str:
    """A claim's or an answer's reference with the name that its fact or series has now."""
    name, colon, claim = ref.partition(":")
    return f"{holder_now(now.renamed, name)}{colon}{claim}"


# What was published and stands otherwise now, and whether an entry in corrections.yaml tells of
# it.

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
