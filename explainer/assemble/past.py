"""Compares a project with its last published version.

A published value may change only if an entry in the corrections says so.
"""

from __future__ import annotations

from dataclasses import replace

from explainer.common.problems import Problems, limited
from explainer.history.changes import (
    address_problems,
    addresses,
    correction_problems,
    page_addresses,
    unrecorded_changes,
)
from explainer.history.editions import unchecked
from explainer.history.git import PUBLISHED, History, NoHistory, Unreadable
from explainer.project import Project
from explainer.read.files import PastFolder
from explainer.read.ledger import parse_ledger


def project_at(project: Project, history: History, revision: str) -> tuple[Project, Problems]:
    """Return the project with its seeds from a revision, and the problems in reading them.

    Everything else, such as the pages, is as it is now.
    """
    lost = Problems()
    seeds = history.files(revision, "seeds")
    now = {
        path: data
        for path in project.folder.list("site_src")
        if (data := project.folder.read_bytes(path, Problems())) is not None
    }
    folder = PastFolder(project.folder.root, {**now, **seeds})
    return replace(project, folder=folder, ledger=parse_ledger(folder, lost), seeds=seeds), lost


def check_history(project: Project, problems: Problems) -> str:
    """Compare the project with its last published version, and return a sentence about it.

    The sentence names the version, or says why nothing was compared. An incomplete or unreadable
    history is also added to ``problems``, because a published value could have changed unnoticed.
    """
    try:
        history = History.of(project.folder.root)
        if isinstance(history, NoHistory):
            return f"History not checked: {history.why}."
        tag = history.published()
        missing = _missing(history, tag)
        if missing:
            problems.extend([unchecked(missing)])
        if tag is None:
            nothing = f"History checked: nothing has been published yet (no tag {PUBLISHED})."
            return f"History not checked: {missing.why}; {missing.hint}." if missing else nothing
        return f"{_compare(project, history, tag, problems)}{f' It is not whole: {missing.why}.' if missing else ''}"  # noqa: E501
    except Unreadable as unreadable:
        problems.extend([unchecked(unreadable)])
        return f"History not checked: {unreadable.why}; {unreadable.hint}."


def _missing(history: History, tag: str | None) -> Unreadable | None:
    """Return what is missing from a history, or ``None``.

    It may not be fetched completely, or a published version is not an ancestor of the current
    commit. ``tag`` is the version that was found among the ancestors.
    """
    if history.is_shallow:
        hint = (
            "fetch it whole, with its tags: git fetch --unshallow --tags (in GitHub Actions,"
            " fetch-depth: 0)"
        )
        return Unreadable("it is shallow", hint)
    if tag is None and history.tags:
        hint = "merge that version into this one, or begin again from it"
        return Unreadable(
            f"{history.tags[0]} was published, and is not in the past of this commit", hint
        )
    if tag is None and history.repository.brings_no_tags:
        hint = "fetch them: git config --unset remote.origin.tagOpt, then git fetch --tags"
        return Unreadable(
            f"it was cloned without tags, and {PUBLISHED} say what was published", hint
        )
    return None


def _compare(project: Project, history: History, tag: str, problems: Problems) -> str:
    """Add the problems of all changes since a tag, and return what was compared, in a sentence."""
    revision = f"refs/tags/{tag}"  # in full, because a branch may have the same name
    seeds = history.files(revision, "seeds")
    if not seeds:
        return (
            f"History checked: {tag} holds no seeds of this project, so nothing of it has been"
            " published at this place."
        )
    pages, before = project.folder.list("site_src", ".md"), history.names(revision, "site_src")
    if seeds == project.seeds and page_addresses(before) <= page_addresses(pages):
        return f"History checked: the seeds are those of {tag}."
    then, lost = project_at(project, history, revision)
    problems.extend(limited(unrecorded_changes(then.ledger, project.ledger)))
    told = {
        change.ref.partition(":")[0] for change in correction_problems(then.ledger, project.ledger)
    }
    there = (addresses(then.ledger, before), addresses(project.ledger, pages))
    problems.extend(limited(address_problems(then.ledger, project.ledger, *there, told)))
    gaps = (
        f" Of it {len(lost)} record(s) cannot be read by today's rules, and were not compared."
        if len(lost)
        else ""
    )
    return f"History checked against {tag}.{gaps}"
