"""Derived values in words: the result, the formula, the inputs and notes for readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from explainer.common.typed_json import register_dataclass
from explainer.model.comparisons import Compared, category_of, compare, is_rounded, swaying
from explainer.model.formulas import references
from explainer.model.ledger import Entry, Holder, Ledger, Statement
from explainer.model.quantities import Quantity
from explainer.model.records import ROUNDED, Fact, Point
from explainer.publish.wording import Wording

_NAMED = 12
"""The maximum number of inputs that are listed. Of more, only the first and the last are."""


@register_dataclass
@dataclass(frozen=True)
class Input:
    """One input of a result: its name, its value in words, and its path."""

    name: str
    said: str
    path: str
    """Its URL, relative to the site's root."""


@register_dataclass
@dataclass(frozen=True)
class Derivation:
    """A result and how it was computed."""

    text: str
    value: Quantity | None
    """The result if it is an amount, else None."""
    machine: str
    """The result for programs: an amount as the ledger writes it, or a date. Empty if none."""
    formula: str
    """The formula as the author wrote it, or a comparison in words."""
    inputs: tuple[Input, ...]
    notes: tuple[str, ...]


def derive(ledger: Ledger, wording: Wording, fact: Fact) -> Derivation:
    """Return the result of a derived fact. Raises ``FormulaError`` if it cannot be computed."""
    if fact.compares:
        return _compared(ledger, wording, fact, compare(ledger, fact))
    value = ledger.derived(fact.id)
    notes = notes_of(ledger, wording, fact, fact.id)
    return Derivation(
        wording.amount(value),
        value,
        str(value),
        fact.derived or "",
        inputs_of(ledger, wording, fact),
        notes,
    )


def inputs_of(ledger: Ledger, wording: Wording, record: Fact | Statement) -> tuple[Input, ...]:
    """Return each reference in a formula, once, with its value in words."""
    return _told_apart(
        [_input(ledger, wording, ref) for ref in dict.fromkeys(references(record.derived or ""))],
        ledger,
    )


def notes_of(
    ledger: Ledger, wording: Wording, record: Fact | Statement, ref: str
) -> tuple[str, ...]:
    """Return the notes on a formula: how its result is rounded, and why related terms are combined.

    ``ref`` is the record's name in formulas. The result is empty if the record has no formula.
    """
    if not record.derived:
        return ()
    rounded = _rounding(wording, record.digits, is_rounded=ledger.is_rounded(ref))
    return (
        (rounded, wording.working("correlated", why=record.correlated))
        if record.correlated
        else (rounded,)
    )


def _rounding(wording: Wording, digits: int | None, *, is_rounded: bool) -> str:
    """Return a note that says to how many digits a result was rounded, if at all."""
    if not is_rounded:
        return wording.working("not_rounded")
    if digits is None:
        return wording.working("rounded")
    return (
        wording.working("rounded_to", count=digits)
        if digits
        else wording.working("rounded_to_whole")
    )


def _told_apart(inputs: Sequence[Input], ledger: Ledger) -> tuple[Input, ...]:
    """Return the inputs, with longer names for those with the same name.

    For example, two regions have a value for the same year. The region, basis or series is put
    before the name.
    """
    names = [each.name for each in inputs]
    return tuple(
        (
            each
            if names.count(each.name) == 1
            else replace(each, name=f"{_of(each, ledger)}, {each.name}")
        )
        for each in inputs
    )


def _of(given: Input, ledger: Ledger) -> str:
    """Return the region and basis of a point, or else the question or title of its record."""
    name, _, claim = given.path.removeprefix("facts/").partition("/#")
    entry = ledger.entry(name, claim)
    own = (
        [each for each in (entry.claim.region, entry.claim.basis) if each]
        if entry and isinstance(entry.claim, Point)
        else []
    )
    return ", ".join(own) or question_of(ledger.holders[name.rstrip("/")])


def _input(ledger: Ledger, wording: Wording, ref: str) -> Input:
    name, _, claim = ref.partition(":")
    holder = ledger.holders[name]
    entry = (
        ledger.entry(name, claim)
        if claim
        else ledger.preferred(holder)
        if isinstance(holder, Fact)
        else None
    )
    if entry is not None:
        return _of_entry(ledger, wording, entry)
    value = ledger.derived(name) if isinstance(holder, Fact) else None
    said = f"{wording.amount(value) if value else ''} {wording.unit(holder.unit, value)}".strip()
    return Input(question_of(holder), said, f"facts/{name}/")


def _of_entry(ledger: Ledger, wording: Wording, entry: Entry, name: str = "") -> Input:
    said = wording.said(ledger, entry, with_unit=True)
    return Input(name or _label(wording, entry), said, f"facts/{entry.holder.id}/#{entry.claim.id}")


def _compared(ledger: Ledger, wording: Wording, fact: Fact, found: Compared) -> Derivation:
    comparison = fact.compares
    assert comparison is not None
    limit, named = (
        comparison.above or comparison.below,
        partial(_named, ledger, wording, comparison.over),
    )
    ends = found.inputs if comparison.to else (found.inputs[-1],) * 2
    # Ratios name inputs by value: the names of points are often years, and often the same year.
    name = partial(wording.said, ledger, with_unit=True) if comparison.how in ROUNDED else named
    words = {
        "of": name(ends[0]),
        "to": name(ends[1]),
        "n": len(found.inputs),
        "limit": (
            wording.working("above" if comparison.above else "below", limit=wording.amount(limit))
            if limit
            else ""
        ),
    }
    listed = found.inputs if len(found.inputs) <= _NAMED else (found.inputs[0], found.inputs[-1])
    inputs = _told_apart(
        [_of_entry(ledger, wording, entry, named(entry)) for entry in listed], ledger
    )
    text, machine = _result(wording, comparison.how, found)
    rounding = (
        [_rounding(wording, fact.digits, is_rounded=is_rounded(ledger, fact))]
        if comparison.how in ROUNDED
        else []
    )
    notes = (
        *rounding,
        *_notes(wording, found, named),
        *_swayed(ledger, wording, swaying(ledger, fact, found)),
    )
    return Derivation(
        text, found.value, machine, wording.working(comparison.how, **words), inputs, notes
    )


def _result(wording: Wording, how: str, found: Compared) -> tuple[str, str]:
    if found.value is None:
        if found.found is None:
            return wording.working("since_the_start", start=_label(wording, found.inputs[0])), ""
        date = found.found.claim.period or found.found.claim.date or found.found.claim.said_on
        return _label(wording, found.found), str(date or "")
    if not how.endswith("-rank"):
        return wording.amount(found.value), str(found.value)
    place = wording.ordinal(int(found.value.a))
    return wording.catalogue.say("amounts", "joint", place=place) if found.tied else place, str(
        found.value
    )


def _label(wording: Wording, entry: Entry) -> str:
    if isinstance(entry.holder, Fact):
        return entry.holder.question
    return (
        wording.when(entry)
        or (wording.date(entry.claim.date) if entry.claim.date else "")
        or wording.voice(entry)
    )


def _named(ledger: Ledger, wording: Wording, over: str | None, entry: Entry) -> str:
    """Return the name of a compared claim.

    This is its time, or its category and time if ``over`` says that categories are compared.
    """
    if over is None:
        return _label(wording, entry)
    match over:
        case "definition":
            name = (
                getattr(ledger.definitions.get(entry.definition or ""), "counts", "")
                or entry.definition
                or ""
            )
        case "group":
            name = (
                getattr(ledger.groups.get(entry.claim.group or ""), "label", "")
                or entry.claim.group
                or ""
            )
        case "speaker":
            name = wording.voice(entry)
        case _:
            name = category_of(over, entry) or ""
    when = (
        wording.when(entry)
        if over != "label"
        else wording.date(entry.claim.period)
        if entry.claim.period
        else ""
    )
    return wording.apart(name) + (f" ({when})" if when else "")


def _notes(wording: Wording, found: Compared, named: Callable[[Entry], str]) -> Iterator[str]:
    """Yield a sentence for each thing to know about a comparison.

    These are ties, missing categories, unlisted inputs, gaps, uneven intervals and points with
    another counting rule.
    """
    if found.tied:
        yield wording.working("tied", names=", ".join(named(each) for each in found.tied))
    if found.absent:
        yield wording.working("absent", names=", ".join(named(each) for each in found.absent))
    if len(found.inputs) > _NAMED:
        yield wording.working("named", count=len(found.inputs))
    if found.gaps.missing:
        yield wording.working(
            "gaps", dates=", ".join(wording.date(each) for each in found.gaps.missing)
        )
    elif not found.gaps.even:
        yield wording.working("uneven")
    if found.otherwise:
        names = ", ".join(named(each) for each in found.otherwise)
        yield wording.working("otherwise", names=names, count=len(found.otherwise))


def _swayed(ledger: Ledger, wording: Wording, rivals: tuple[Entry, ...]) -> Iterator[str]:
    """Yield a sentence with the rival claims that would change the result, if there are any."""
    if rivals:
        each = (
            f"{_label(wording, rival)}: {wording.said(ledger, rival)} ({wording.voice(rival)})"
            for rival in rivals
        )
        yield wording.working("swayed", claims="; ".join(each), count=len(rivals))


def question_of(holder: Holder) -> str:
    """Return the question of a fact or series, or the title of a series without one."""
    return holder.question if isinstance(holder, Fact) else holder.question or holder.title
