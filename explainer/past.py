"""The project held against its own past: no published value changes without an entry that tells of it."""

from __future__ import annotations

from dataclasses import replace

from explainer.history.addresses import addresses, gone, slugs
from explainer.history.changes import unrecorded, untold
from explainer.history.git import PUBLISHED, History
from explainer.problems import Problems
from explainer.project import Project
from explainer.reading.past import PastFolder
from explainer.reading.project import read_ledger


def project_at(project: Project, history: History, revision: str) -> tuple[Project, Problems]:
    """The project with its seeds as they were and everything else as it is; and what of them today's rules cannot read."""
    lost = Problems()
    seeds = history.files(revision, "seeds")
    now = {path: data for path in project.folder.list("site_src") if (data := project.folder.read_bytes(path, Problems())) is not None}
    folder = PastFolder(project.folder.root, {**now, **seeds})
    return replace(project, folder=folder, ledger=read_ledger(folder, lost), seeds=seeds), lost


def check_history(project: Project, problems: Problems) -> str:
    """Compare with the last published version, and say in a sentence with what, or why nothing was compared."""
    history = History.of(project.folder.root)
    if isinstance(history, str):
        return f"History not checked: {history}."
    tag = history.published()
    if tag is None and history.is_shallow:
        return "History not checked: it is shallow; fetch it whole, with its tags."
    if tag is None:
        return f"History checked: nothing has been published yet (no tag {PUBLISHED})."
    pages, before = project.folder.list("site_src", ".md"), history.names(tag, "site_src")
    if history.files(tag, "seeds") == project.seeds and slugs(before) <= slugs(pages):
        return f"History checked: the seeds are those of {tag}."
    then, lost = project_at(project, history, tag)
    problems.extend(unrecorded(then.ledger, project.ledger))
    told = {change.ref.partition(":")[0] for change in untold(then.ledger, project.ledger)}
    there = (addresses(then.ledger, before), addresses(project.ledger, pages))
    problems.extend(gone(then.ledger, project.ledger, *there, told))
    gaps = f" Of it {len(lost)} record(s) cannot be read by today's rules, and were not compared." if len(lost) else ""
    return f"History checked against {tag}.{gaps}"
