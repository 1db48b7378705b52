"""Pages that are checked though something is wrong with the seeds: with the records that are in order, and nothing that others would say.

A record that cannot be read, or that a rule refuses, is left out, and so is all that needs it. What is left is a ledger like any other.
Only what the pages get wrong whatever the missing records hold is told: nothing about a paragraph that names one of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from explainer.check import rules
from explainer.check.rules.units import is_unit
from explainer.common.problems import MOST_TOLD, Place, Problem, Problems, Refused, severity_of
from explainer.incremental.cache import Cache
from explainer.model.ledger import Ledger
from explainer.model.records import Record
from explainer.project import Project
from explainer.read.settings import SETTINGS
from explainer.render import pages

_KINDS: Final = ("sources", "facts", "series", "charts", "definitions", "groups", "terms", "corrections", "renamed", "errors")
"""The records of a ledger that are left out where something is wrong with them, each by its id."""
_UNREADABLE: Final = ("yaml-", "utf8", "hidden-character", "file-", "outside-project", "merge-conflict")
"""How the rules begin by which a file cannot be read at all."""
_WHOLE: Final = frozenset(["catalogue", "template", "untrusted"])
"""Rules about what every page is made with."""
_ROUNDS: Final = 20
"""How often records are left out, since others need those that were, before it is given up."""
_OF_WORDS: Final = frozenset(["prose-code", "page-head", "page-name", "page-size", "missing-key", "unknown-key", "bad-value"])
"""Rules about how a page is written, whatever it speaks of."""
_YEAR: Final = re.compile(r"'\d{4}'|'[^\d']*'")
_BAD_ID: Final = re.compile(r"^'id'|cannot be an id$")
_PARTED: Final = re.compile(r"\n[ \t]*\n")


def check_pages(project: Project, problems: Problems, found_by_rules: Collection[Problem], cache: Cache) -> None:
    """Add to the problems of a project's seeds what is wrong with its pages all the same, and note what was not checked.

    ``found_by_rules`` are those of the problems that the rules about the ledger found; the others were found in reading.
    """
    if why := _prevents(problems):
        problems.not_checked.append(f"The pages were not checked: {why}. They are as soon as that is mended.")
        return
    ledger = _sound(project.ledger, found_by_rules, cache)
    if ledger is None:
        problems.not_checked.append("The pages were not checked: too much needs what is named above. They are as soon as that is mended.")
        return
    lost = {name for each in problems for name in each.loses} | {name for kind in ("sources", "facts", "series", "charts", "terms")
            for name in getattr(project.ledger, kind) if name not in getattr(ledger, kind)}  # fmt: skip
    found = Problems(most=MOST_TOLD)
    try:
        standing = replace(project, ledger=ledger)
        pages.make_site(standing, pages.context_of(standing, cache, found, whole=False), found, whole=False)
    except Refused as refused:
        found.extend(refused.problems)
    problems.extend([each for each in found if _stands(each, project, lost, problems)])
    if lost:
        problems.not_checked.append(_noted(lost))


def _prevents(problems: Iterable[Problem]) -> str:
    """Why no page can be checked; empty where they can."""
    for each in problems:
        if each.place.path == SETTINGS and each.rule.startswith(_UNREADABLE):
            return f"{SETTINGS}, which says in which language they are, cannot be read"
        if each.rule in _WHOLE or each.place.path.startswith("templates/"):
            return f"{each.place.path}, which they are made with, has a mistake"
    return ""


def _noted(lost: Collection[str]) -> str:
    names = sorted(lost)
    shown = ", ".join(names[:4]) + (f" and {len(names) - 4:,} more" if len(names) > 4 else "")
    return f"The pages were checked without {shown}: what names them is checked when that is mended."


def _sound(ledger: Ledger, faults: Collection[Problem], cache: Cache) -> Ledger | None:
    """The ledger without the records in which something is wrong, and without those that need them."""
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
    """The ledger without the records in which some places lie, and those whose units are not known; ``None`` where no record is."""
    starts: dict[str, list[tuple[int, int, Record]]] = {}
    for number, record in enumerate(_records(ledger)):
        starts.setdefault(record.place().path, []).append((record.place().line, number, record))
    for each in starts.values():
        each.sort(key=lambda start: start[:2])
    # one noun that is not known is told once, and may be the unit of many
    gone = {id(holder) for holder in ledger.holders.values() if not is_unit(ledger, holder.unit)}
    for place in places:
        found = starts.get(place.path, [])
        at = bisect_right([line for line, _, _ in found], place.line) - 1
        if at >= 0:
            gone.add(id(found[at][2]))
    if not gone:
        return None
    left: dict[str, Any] = {kind: {name: one for name, one in getattr(ledger, kind).items() if id(one) not in gone} for kind in _KINDS}
    texts = {name: text for name, text in ledger.texts.items() if name in left["sources"]}
    return replace(ledger, **left, order=tuple(each for each in ledger.order if id(each) not in gone), texts=texts)


def _records(ledger: Ledger) -> Iterator[Record]:
    for kind in _KINDS:
        yield from getattr(ledger, kind).values()
    yield from ledger.order


def _stands(problem: Problem, project: Project, lost: Collection[str], problems: Problems) -> bool:
    """Whether a problem is one of the pages', whatever the records that are missing hold."""
    path = problem.place.path
    if problem.severity != "error" or (path != SETTINGS and not path.startswith("site_src/")):
        return False
    text = project.folder.read_text(path, Problems()) or ""
    names = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(lost))) or '(?!)'})(?![\w-])")
    if names.search(problem.message) or (problem.rule == "prose-unknown" and _renames(problems)):
        return False
    return problem.rule in _OF_WORDS or _is_figure(problem) or not names.search(_paragraph(text, problem.place.line))


def _renames(problems: Problems) -> bool:
    """Whether the id that some record should have is not known: it was given twice, or cannot be one."""
    return any(each.rule == "duplicate-id" or (each.rule == "bad-value" and _BAD_ID.search(each.message)) for each in problems)


def _is_figure(problem: Problem) -> bool:
    """Whether a number was typed that is no year: a year may stand where the fact beside it is about it."""
    return problem.rule == "unsourced-number" and not _YEAR.match(problem.message)


def _paragraph(text: str, line: int) -> str:
    """The paragraph of a text in which a line stands; its head, where it has one, with the line."""
    before = text.split("\n", line)
    start = sum(len(each) + 1 for each in before[: line - 1])
    begin = max((match.end() for match in _PARTED.finditer(text, 0, start)), default=0)
    end = _PARTED.search(text, start)
    return text[begin : end.start() if end else len(text)]
