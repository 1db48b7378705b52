"""Checks the pages of a project although its seeds have errors.

The pages are checked against a smaller ledger. Records that cannot be read or that a rule refuses
are left out, and so is everything that needs them. A problem is reported only if the missing
records cannot be its cause: nothing is said of a paragraph that names one of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from explainer.check import rules
from explainer.check.rules.units import is_unit
from explainer.common.problems import MAX_REPORTED, Place, Problem, Problems, Refused, severity_of
from explainer.incremental.cache import Cache
from explainer.model.ledger import Ledger
from explainer.model.records import Record
from explainer.project import Project
from explainer.read.settings import SETTINGS
from explainer.render import pages

_KINDS: Final = (
    "sources",
    "facts",
    "series",
    "charts",
    "definitions",
    "groups",
    "terms",
    "corrections",
    "renamed",
    "errors",
)
"""The mappings of a ledger from which records with errors are left out."""
_UNREADABLE: Final = (
    "yaml-",
    "utf8",
    "hidden-character",
    "file-",
    "outside-project",
    "merge-conflict",
)
"""Prefixes of the rules about files that cannot be read at all."""
_WHOLE: Final = frozenset(["catalogue", "template", "untrusted"])
"""Rules about what all pages are made with."""
_ROUNDS: Final = 20
"""The most times that records are left out because others need them; then the check is given up."""
_OF_WORDS: Final = frozenset(
    ["prose-code", "page-head", "page-name", "page-size", "missing-key", "unknown-key", "bad-value"]
)
"""Rules about how a page is written, whatever it is about."""
_YEAR: Final = re.compile(r"'\d{4}'|'[^\d']*'")
_BAD_ID: Final = re.compile(r"^'id'|cannot be an id$")
_PARTED: Final = re.compile(r"\n[ \t]*\n")


def check_pages(
    project: Project, problems: Problems, found_by_rules: Collection[Problem], cache: Cache
) -> None:
    """Add the problems of the pages to those of the seeds, and note what was not checked.

    ``found_by_rules`` are the problems that the rules found in the ledger. All others in
    ``problems`` were found while the files were read.
    """
    if why := _prevents(problems):
        problems.not_checked.append(
            f"The pages were not checked: {why}. They are as soon as that is mended."
        )
        return
    ledger = _sound(project.ledger, found_by_rules, cache)
    if ledger is None:
        problems.not_checked.append(
            "The pages were not checked: too much needs what is named above. They are as soon as"
            " that is mended."
        )
        return
    lost = {name for each in problems for name in each.loses} | {
        name
        for kind in ("sources", "facts", "series", "charts", "terms")
        for name in getattr(project.ledger, kind)
        if name not in getattr(ledger, kind)
    }
    found = Problems(most=MAX_REPORTED)
    try:
        standing = replace(project, ledger=ledger)
        pages.make_site(
            standing, pages.context_of(standing, cache, found, whole=False), found, whole=False
        )
    except Refused as refused:
        found.extend(refused.problems)
    problems.extend([each for each in found if _stands(each, project, lost, problems)])
    if lost:
        problems.not_checked.append(_noted(lost))


def _prevents(problems: Iterable[Problem]) -> str:
    """Return why no page can be checked, or an empty text if they can be."""
    for each in problems:
        if each.place.path == SETTINGS and each.rule.startswith(_UNREADABLE):
            return f"{SETTINGS}, which says in which language they are, cannot be read"
        if each.rule in _WHOLE or each.place.path.startswith("templates/"):
            return f"{each.place.path}, which they are made with, has a mistake"
    return ""


def _noted(lost: Collection[str]) -> str:
    names = sorted(lost)
    shown = ", ".join(names[:4]) + (f" and {len(names) - 4:,} more" if len(names) > 4 else "")
    return (
        f"The pages were checked without {shown}: what names them is checked when that is mended."
    )


def _sound(ledger: Ledger, faults: Collection[Problem], cache: Cache) -> Ledger | None:
    """Return the ledger without the records that have errors and without those that need them.

    ``None`` if that cannot be reached: an error is in no record, or too many rounds are needed.
    """
    ledger = replace(ledger, coverage=None, unchecked=None)
    for _ in range(_ROUNDS):
        errors = [each for each in faults if severity_of(each.rule) == "error"]
        if not errors:
            return ledger
        fewer = _without(ledger, [each.place for each in errors])
        if fewer is None:
            return None
        ledger, again = fewer, Problems()
        rules.check_ledger(ledger, again, cache)
        faults = list(again)
    return None


def _without(ledger: Ledger, places: Iterable[Place]) -> Ledger | None:
    """Return the ledger without the records at some places, and without those of unknown units.

    ``None`` if there is no such record.
    """
    starts: dict[str, list[tuple[int, int, Record]]] = {}
    for number, record in enumerate(_records(ledger)):
        starts.setdefault(record.place().path, []).append((record.place().line, number, record))
    for each in starts.values():
        each.sort(key=lambda start: start[:2])
    # An unknown unit is reported once, but many records may use it.
    gone = {id(holder) for holder in ledger.holders.values() if not is_unit(ledger, holder.unit)}
    for place in places:
        found = starts.get(place.path, [])
        at = bisect_right([line for line, _, _ in found], place.line) - 1
        if at >= 0:
            gone.add(id(found[at][2]))
    if not gone:
        return None
    left: dict[str, Any] = {
        kind: {name: one for name, one in getattr(ledger, kind).items() if id(one) not in gone}
        for kind in _KINDS
    }
    texts = {name: text for name, text in ledger.texts.items() if name in left["sources"]}
    return replace(
        ledger,
        **left,
        order=tuple(each for each in ledger.order if id(each) not in gone),
        texts=texts,
    )


def _records(ledger: Ledger) -> Iterator[Record]:
    for kind in _KINDS:
        yield from getattr(ledger, kind).values()
    yield from ledger.order


def _stands(problem: Problem, project: Project, lost: Collection[str], problems: Problems) -> bool:
    """Return whether a problem is an error on a page, whatever the missing records hold."""
    path = problem.place.path
    if problem.severity != "error" or (path != SETTINGS and not path.startswith("site_src/")):
        return False
    text = project.folder.read_text(path, Problems()) or ""
    names = re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(lost))) or '(?!)'})(?![\w-])"
    )
    if names.search(problem.message) or (problem.rule == "prose-unknown" and _renames(problems)):
        return False
    return (
        problem.rule in _OF_WORDS
        or _is_figure(problem)
        or not names.search(_paragraph(text, problem.place.line))
    )


def _renames(problems: Problems) -> bool:
    """Return whether the real id of some record is unknown.

    An id was given twice, or it is not a valid id.
    """
    return any(
        each.rule == "duplicate-id" or (each.rule == "bad-value" and _BAD_ID.search(each.message))
        for each in problems
    )


def _is_figure(problem: Problem) -> bool:
    """Return whether a problem is a number in digits that is not a year.

    A year may be correct: the missing record beside it may be about that year.
    """
    return problem.rule == "unsourced-number" and not _YEAR.match(problem.message)


def _paragraph(text: str, line: int) -> str:
    """Return the paragraph that contains a line of a text, up to the blank lines around it."""
    before = text.split("\n", line)
    start = sum(len(each) + 1 for each in before[: line - 1])
    begin = max((match.end() for match in _PARTED.finditer(text, 0, start)), default=0)
    end = _PARTED.search(text, start)
    return text[begin : end.start() if end else len(text)]
