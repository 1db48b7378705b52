"""The rules ``unsourced-number`` and ``unsourced-comparison`` for ``mkdocs.yml``.

They apply to the settings that are printed on every page, such as the site's name.
"""

from __future__ import annotations

from collections.abc import Iterator

from explainer.common.problems import Place, Problem
from explainer.lint.scan import scan
from explainer.model.ledger import Ledger
from explainer.model.numerals import numerals
from explainer.model.records import Record
from explainer.model.settings import Entry, Settings


def check(settings: Settings, ledger: Ledger) -> Iterator[Problem]:
    """Yield a problem for each number and each comparison in the printed settings.

    Settings cannot call a claim. So only the listed names with numbers are allowed.
    """
    for record, key in _printed(settings):
        text = getattr(record, key) or ""
        for found in scan(text, ledger.language, ledger.names):
            typed = text[found.start : found.end]
            if not _is_one(typed, ledger.language):
                yield _problem(typed, found.kind, record.place(key))


def _is_one(typed: str, language: str) -> bool:
    """Return whether this is the word for one, as in "one street".

    The word is allowed: a figure from a source would be written with digits.
    """
    return not any(ch.isdecimal() for ch in typed) and [
        number.value for number in numerals(typed, language)
    ] == [1]


def _printed(settings: Settings) -> Iterator[tuple[Record, str]]:
    """Yield each record with printed text, and the key of the text."""
    yield from (
        (settings, key) for key in ("site_name", "site_description", "site_author", "copyright")
    )
    yield from ((entry, "title") for entry in _entries(settings.nav or ()))
    yield from ((each, "name") for each in settings.extra.social)
    yield from ((palette.toggle, "name") for palette in settings.theme.palette if palette.toggle)
    if settings.extra.licence:
        yield settings.extra.licence, "name"


def _entries(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _entries(entry.inside)


def _problem(typed: str, kind: str, place: Place) -> Problem:
    shown = " ".join(typed.split())[:60]
    hint = (
        "say it on a page, where the fact that bears it can be called; a name with a number is"
        " listed under names in seeds/definitions.yaml"
    )
    if kind == "number":
        return Problem(
            place, "unsourced-number", f"'{shown}' is typed, and comes from no source", hint
        )
    return Problem(
        place, "unsourced-comparison", f"'{shown}' compares, and nothing bears that out", hint
    )
