"""Editions held against the git history: whatever was ever committed there must be there still, unchanged."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Mapping
from pathlib import Path

from explainer.history.editions import FOLDER
from explainer.history.git import Absent, History
from explainer.history.repository import Unreadable
from explainer.problems import Place, Problem, Problems, limited
from explainer.reading.files import line_ends_hint, with_line_feeds


def check(project: Path, seeds: Mapping[str, bytes], problems: Problems) -> None:
    """Name what was changed or taken out since it was first committed; where that cannot be told, remark on it."""
    why = ""
    try:
        history = History.of(project)
        if isinstance(history, Absent):
            why = history.why
        elif history.is_shallow:  # which past.check_history tells of
            why = "it is shallow; fetch it whole"
        else:
            told = {problem.place.path for problem in problems}
            problems.extend(limited(_changed(history, seeds, told)))
    except Unreadable as unreadable:
        problems.extend([unchecked(unreadable)])
        why = unreadable.why
    if why and any(path.startswith(f"{FOLDER}/") for path in seeds):
        problems.remarks.append(f"The editions have the names of their content; history not checked: {why}.")


def unchecked(unreadable: Unreadable) -> Problem:
    """The problem of a history that could not be checked, or not wholly."""
    return Problem(Place("mkdocs.yml"), "history-unchecked", f"the history was not checked: {unreadable.why}", unreadable.hint)


def _changed(history: History, seeds: Mapping[str, bytes], told: Container[str]) -> Iterator[Problem]:
    """A problem for each edition that is not as it was first committed; not for those of which something is ``told`` already."""
    for path, blob in sorted((path, blob) for path, blob in history.added(FOLDER).items() if path not in told):
        hint = f"put it back: git log --diff-filter=A -- {path} names the commit that has it"
        if path not in seeds:
            yield Problem(Place(path), "edition-missing", f"'{path}' was released and is gone", hint)
        elif _blob(seeds[path], blob) != blob:
            ends = _blob(with_line_feeds(seeds[path]), blob) == blob
            how = line_ends_hint(path) if ends else hint
            yield Problem(Place(path), "edition-changed", f"'{path}' is not what was first committed", how)


def _blob(data: bytes, like: str) -> str:
    """The name that git gives some bytes, in the repository's own kind of hash."""
    kind = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return kind(b"blob %d\0" % len(data) + data).hexdigest()
