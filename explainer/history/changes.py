"""Compares the ledger with the published one, and finds changes that no entry records.

Changed values and answers need an entry in ``seeds/corrections.yaml``, changed addresses one in
``seeds/renamed.yaml``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from explainer.common.problems import Place, Problem
from explainer.model.comparisons import compare
from explainer.model.formulas import FormulaError
from explainer.model.ledger import Entry, Ledger, holder_now, resolved
from explainer.model.records import Correction, Fact

# Published statements as plain text, so that two ledgers can be compared


@dataclass(frozen=True)
class Statement:
    """One published statement: the text of a claim or of an answer."""

    text: str
    """The value, date or words, as the ledger writes them."""
    unit: str
    way: str
    """What the statement was derived from.

    For a claim this is its formula; empty if a source says it. For an answer it is the formula, the
    terms of the comparison, the id of the preferred claim, or "none preferred".
    """


def statements_of(ledger: Ledger) -> dict[str, Statement]:
    """Return all claims (by ``fact:claim``) and the answers of all facts (by ``fact``)."""
    return dict(_said(ledger))


def _said(ledger: Ledger) -> Iterator[tuple[str, Statement]]:
    for entry in ledger.entries():
        yield (
            entry.ref,
            Statement(text_of(ledger, entry), entry.holder.unit or "", entry.claim.derived or ""),
        )
    for fact in ledger.facts.values():
        yield fact.id, answer_of(ledger, fact)


def text_of(ledger: Ledger, entry: Entry) -> str:
    """Return the text of a claim, as the ledger writes it; empty if its formula fails."""
    try:
        value = ledger.value(entry)
    except (FormulaError, ValueError):  # the rule on formulas reports it
        return ""
    return str(value if value is not None else entry.claim.date or entry.claim.text or "")


def answer_of(ledger: Ledger, fact: Fact) -> Statement:
    """Return the answer of a fact.

    This is the result of its comparison or formula, or the text of its preferred claim. If it has
    none of these, it is the texts of all claims that are not deprecated, joined by semicolons.
    """
    unit = fact.unit or ""
    if fact.compares:
        terms = {
            key: getattr(fact.compares, key)
            for key in ("how", "of", "to", "over", "at", "since", "above", "below")
        }
        return Statement(
            _compared(ledger, fact),
            unit,
            ", ".join(f"{key}: {value}" for key, value in terms.items() if value is not None),
        )
    if fact.derived:
        try:
            return Statement(str(ledger.derived(fact.id)), unit, fact.derived)
        except (FormulaError, ValueError):
            return Statement("", unit, fact.derived)
    entry = ledger.preferred(fact)
    if entry is not None:
        return Statement(text_of(ledger, entry), unit, entry.claim.id)
    standing = [text_of(ledger, each) for each in ledger.entries(fact) if not each.deprecated]
    return Statement("; ".join(dict.fromkeys(standing)), unit, "none preferred")


def _compared(ledger: Ledger, fact: Fact) -> str:
    try:
        found = compare(ledger, fact)
    except (FormulaError, ValueError):
        return ""
    return str(found.value) if found.value else found.found.ref if found.found else "none"


# Published addresses

RENAMED = "seeds/renamed.yaml"


def page_addresses(paths: Iterable[str]) -> set[str]:
    """Return the addresses of hand-written pages from their paths in the project.

    The home page is left out, because it cannot be removed.
    """
    names = (
        path.removeprefix("site_src/").removesuffix(".md").removesuffix("/index")
        for path in paths
        if path.endswith(".md")
    )
    return {name for name in names if name != "index"}


def addresses(ledger: Ledger, pages: Iterable[str]) -> set[str]:
    """Return the addresses of all facts, series, charts, sources and hand-written pages.

    They are relative to the root of the site, without slashes at their ends.
    """
    rooms = {"facts": ledger.holders, "charts": ledger.charts, "sources": ledger.sources}
    return {f"{room}/{name}" for room, names in rooms.items() for name in names} | page_addresses(
        pages
    )


def address_problems(
    then: Ledger,
    now: Ledger,
    before: Collection[str],
    after: Collection[str],
    untold: Collection[str],
) -> Iterator[Problem]:
    """Yield a problem for each published address that leads to nothing now.

    An address needs no problem if it was renamed in ``seeds/renamed.yaml``, or if its fact was
    withdrawn in ``seeds/corrections.yaml``. Also yields a problem for each published line of
    ``seeds/renamed.yaml`` that was changed or removed.

    ``before`` and ``after`` are the published and the present addresses. ``untold`` are the ids of
    facts and series for which another problem is reported already.
    """
    withdrawn = {
        f"facts/{each.fact}"
        for each in now.corrections.values()
        if each.class_ == "withdrawal" and not each.claim
    }
    told = {f"facts/{holder}" for holder in untold}
    for address in sorted(set(before) - set(after) - set(now.renamed) - withdrawn - told):
        hint = (
            f"put it back, or say in {RENAMED} what stands in its place: {{was: {address}, now: …}}"
        )
        yield Problem(
            Place(RENAMED),
            "address-gone",
            f"'{address}/' was published, and leads to nothing now",
            hint,
        )
    for was, entry in then.renamed.items():
        new = now.renamed.get(was)
        if new is None or new.now != entry.now:
            place = new.place("now") if new else Place(RENAMED)
            message = (
                f"that '{was}/' is now '{entry.now}/' was published, and is"
                f" {'altered' if new else 'gone'}"
            )
            yield Problem(
                place,
                "address-gone",
                message,
                "put the line back as it was; where it moved once more, add another line",
            )


def moved(ref: str, now: Ledger) -> str:
    """Return a reference (``fact`` or ``fact:claim``) with the present id of its fact or series."""
    name, colon, claim = ref.partition(":")
    return f"{holder_now(now.renamed, name)}{colon}{claim}"


# Published values and answers

CORRECTIONS = "seeds/corrections.yaml"


@dataclass(frozen=True)
class Change:
    """A published statement that has changed or is gone."""

    ref: str
    """The present reference of the claim (``fact:claim``) or the answer (``fact``)."""
    old: Statement
    new: Statement | None
    """The present statement; ``None`` if it is gone."""


def changes(then: Ledger, now: Ledger) -> list[Change]:
    """Return the changes that need a correction entry.

    A change that only results from other changes, such as that of a formula's result, needs none.
    """
    before, after = (
        {moved(ref, now): said for ref, said in statements_of(then).items()},
        statements_of(now),
    )
    found = [
        Change(ref, said, after.get(ref))
        for ref, said in before.items()
        if _differs(said, after.get(ref))
    ]
    refs = {change.ref for change in found if ":" in change.ref}
    return [change for change in found if not _follows(change, refs, now)]


def correction_problems(then: Ledger, now: Ledger) -> list[Change]:
    """Return the changes that need a correction entry and have none."""
    return [change for change in changes(then, now) if not _told(change, _about(now, change))]


def unrecorded_changes(then: Ledger, now: Ledger) -> Iterator[Problem]:
    """Yield a problem for each change without a correction entry.

    Also yields one for each published correction entry that was altered or removed.
    """
    for change in correction_problems(then, now):
        yield Problem(
            _place(now, change.ref),
            "unrecorded-change",
            _message(change),
            _hint(change, _about(now, change)),
        )
    for name, entry in then.corrections.items():
        if name not in now.corrections or _content(now.corrections[name]) != _content(
            resolved(entry, now.renamed)
        ):
            place = (
                now.corrections[name].place("id") if name in now.corrections else Place(CORRECTIONS)
            )
            message = (
                f"the entry '{name}' was published, and is"
                f" {'altered' if name in now.corrections else 'gone'}"
            )
            yield Problem(
                place,
                "correction-altered",
                message,
                "put it back as it was; a further change is a new entry",
            )


def _differs(old: Statement, new: Statement | None) -> bool:
    return new is None or (old.text, old.unit) != (new.text, new.unit)


def _follows(change: Change, refs: set[str], now: Ledger) -> bool:
    """Whether a change only results from other changes, which have entries of their own.

    This is so for a claim that is gone together with its fact or series, if an entry is about that.
    It is so for a result whose formula, comparison or preferred claim, and whose unit, are the same
    as before. For an answer without a preferred claim it is so if one of the fact's claims changed.
    ``refs`` are the references of the changed claims.
    """
    if change.new is None:
        holder = change.ref.partition(":")[0]
        return (
            ":" in change.ref
            and holder not in now.holders
            and any(e.ref == holder for e in now.corrections.values())
        )
    same_way = change.old.way == change.new.way and change.old.unit == change.new.unit
    if ":" in change.ref:
        return bool(change.old.way) and same_way
    if change.old.way == "none preferred":
        return any(ref.startswith(f"{change.ref}:") for ref in refs)
    return same_way


def _about(now: Ledger, change: Change) -> list[Correction]:
    return [entry for entry in now.corrections.values() if entry.ref == change.ref]


def _told(change: Change, entries: list[Correction]) -> bool:
    """Whether one of the entries has the old text as its ``old``, and the last has the new text.

    There may be any number of entries between them.
    """
    whole = change.new is not None and change.new.unit != change.old.unit
    if not any(entry.old in _forms(change.old, whole) for entry in entries):
        return False
    last = entries[-1].new
    return last is None if change.new is None else last in _forms(change.new, whole)


def _forms(said: Statement, whole: bool) -> set[str]:
    """Return the forms in which an entry may write a statement: with or without its unit.

    If the unit changed (``whole``), an entry must write it.
    """
    return {f"{said.text} {said.unit}"} if whole else {said.text, f"{said.text} {said.unit}"}


def _message(change: Change) -> str:
    if change.new is None:
        return f"'{change.ref}' was published as '{change.old.text[:80]}', and is gone"
    if change.old.text == change.new.text:
        return (
            f"'{change.ref}' was published in {change.old.unit or 'no unit'}, and is in"
            f" {change.new.unit or 'none'} now"
        )
    return (
        f"'{change.ref}' was published as '{change.old.text[:80]}', and says"
        f" '{change.new.text[:80]}' now"
    )


def _hint(change: Change, entries: list[Correction]) -> str:
    fact, _, claim = change.ref.partition(":")
    about = f"fact: {fact}" + (f", claim: {claim}" if claim else "")
    kind = "withdrawal" if change.new is None else "correction or revision"
    found = f"; '{entries[-1].id}' tells of another change" if entries else ""
    unit = (
        f" {change.old.unit}"
        if change.new is not None and change.new.unit != change.old.unit
        else ""
    )
    return f"add a {kind} to {CORRECTIONS} ({about}, old: '{change.old.text[:80]}{unit}'){found}"


def _content(entry: Correction) -> list[str]:
    return [
        str(getattr(entry, name)) for name in sorted(Correction.model_fields) if name != "places"
    ]


def _place(now: Ledger, ref: str) -> Place:
    """Return the place of a changed statement; that of ``seeds/corrections.yaml`` if it is gone."""
    name, _, claim = ref.partition(":")
    holder = now.holders.get(name)
    entry = now.entry(name, claim) if claim else None
    if entry is not None:
        key = next(
            (
                k
                for k in ("value", "date", "text", "derived")
                if getattr(entry.claim, k) is not None
            ),
            "",
        )
        return entry.claim.place(key)
    return holder.place("id") if holder and not claim else Place(CORRECTIONS)
