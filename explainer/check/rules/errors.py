"""The rules ``source-mended`` and ``error-unlisted``, for ``seeds/errors.yaml``.

The words of each known error must still be in its source. If the file lists one error of a source,
it must list every wrong claim that this source supports.
"""

from __future__ import annotations

from collections.abc import Iterator

from explainer.check.rules.references import dangling_reference
from explainer.common.problems import Problem
from explainer.model.ledger import Entry, Ledger
from explainer.model.records import KnownError


def check(ledger: Ledger) -> Iterator[Problem]:
    """Yield a problem for each outdated, misplaced or missing entry.

    An entry is outdated if its source no longer has the words. It is misplaced if its source or its
    claim does not exist, or if its claim is not wrong. An entry is missing for a wrong claim of a
    source that has other entries.
    """
    for error in ledger.errors.values():
        yield from _one(ledger, error)
    listed = {(error.source, f"{error.fact}:{error.claim}") for error in ledger.errors.values()}
    sources = {source for source, _ in listed}
    for entry in ledger.entries():
        for source in dict.fromkeys(
            item.source for item in entry.claim.supports if entry.claim.standing == "wrong"
        ):
            if source in sources and (source, entry.ref) not in listed:
                hint = (
                    f"add it to seeds/errors.yaml: source: {source}, fact: {entry.holder.id},"
                    f" claim: {entry.claim.id}"
                )
                message = (
                    f"'{entry.ref}' is wrong and rests on '{source}', of which errors.yaml lists"
                    " others"
                )
                yield Problem(entry.claim.place("standing"), "error-unlisted", message, hint)


def _one(ledger: Ledger, error: KnownError) -> Iterator[Problem]:
    if error.source not in ledger.sources:
        yield dangling_reference(error, "source", error.source, ledger.sources, "source")
        return
    entry = ledger.entry(error.fact, error.claim)
    if entry is None:
        known = (
            ledger.holders
            if error.fact not in ledger.holders
            else [e.claim.id for e in ledger.entries(ledger.holders[error.fact])]
        )
        key, what = (
            ("fact", "fact or series")
            if error.fact not in ledger.holders
            else ("claim", f"claim of '{error.fact}'")
        )
        yield dangling_reference(error, key, getattr(error, key), known, what)
    elif entry.claim.standing != "wrong":
        hint = "set its standing to wrong, or take the entry out"
        yield Problem(
            error.place("claim"),
            "error-unlisted",
            f"'{entry.ref}' is listed as an error, and its standing is not wrong",
            hint,
        )
    elif not _stands(ledger, error, entry):
        message = (
            f"“{error.expect[:80]}” no longer stands in '{error.source}'; it may have been mended"
        )
        hint = "read it again: take the entry and its claim out, or enter the words as they are now"
        yield Problem(error.place("expect"), "source-mended", message, hint)


def _stands(ledger: Ledger, error: KnownError, entry: Entry) -> bool:
    kept = ledger.kept.get(error.source)
    if kept is not None:
        return kept.find(error.expect) is not None
    noted = [
        text
        for item in entry.claim.supports
        if item.source == error.source
        for text in (item.locator, item.quote, item.says)
        if text
    ]
    return any(error.expect in text for text in noted)
