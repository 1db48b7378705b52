"""Everything on the site that a change to the seeds affects, as text.

These are sentences, claims, derived facts, charts and pinned editions.
"""

from __future__ import annotations

from collections.abc import Iterator

from explainer.assemble import past
from explainer.cli.sentences import moved, sentences
from explainer.common.problems import Problems, UsageError
from explainer.history.changes import statements_of
from explainer.history.git import History, NoHistory, Unreadable
from explainer.incremental.cache import Cache
from explainer.project import Project
from explainer.publish.tables import Table
from explainer.render import pages
from explainer.render.context import Context
from explainer.render.pages.authored import read_pages
from explainer.render.pages.languages import contexts


def since(project: Project, revision: str) -> list[str]:
    """Return what changes to the seeds since a revision affect, as lines of text.

    Raises ``Misused`` if there is no git history that can be read, or no such revision.
    """
    try:
        history = History.of(project.folder.root)
        if isinstance(history, NoHistory):
            raise UsageError(f"--since {revision}: {history.why}")
        commit = history.commit(revision)
        then, lost = past.project_at(project, history, commit)
    except Unreadable as unreadable:
        raise UsageError(f"--since {revision}: {unreadable.why}; {unreadable.hint}") from unreadable
    old, new = (pages.context_of(each, Cache(), Problems()) for each in (then, project))
    charts = list(_charts(old, new))
    parts = {
        "Sentences": list(_sentences(then, old, project, new)),
        "Claims": list(_claims(then, project, worked_out=False)),
        "Derived facts": list(_claims(then, project, worked_out=True)),
        "Charts": [line for _, line in charts],
        "Editions": list(editions(project, {chart for chart, _ in charts})),
    }
    head = (
        f"What the changes to the seeds since {revision} ({commit[:10]}) move, in the present"
        " prose:"
    )
    unread = (
        [f"{len(lost)} record(s) of then cannot be read by today's rules, and are left out."]
        if len(lost)
        else []
    )
    body = [
        line
        for name, lines in parts.items()
        for line in ("", f"{name}: {len(lines) or 'none'}", *(f"- {line}" for line in lines))
    ]
    return [head, *unread, *body]


def _sentences(then: Project, old: Context, project: Project, new: Context) -> Iterator[str]:
    before = {
        page.path: page
        for page in read_pages(then.folder, contexts(then, old, Problems()), Problems())
    }
    for page in read_pages(project.folder, contexts(project, new, Problems()), Problems()):
        past_page = before.get(page.path)
        was = (
            [past_page.title, past_page.description, *sentences(past_page.body)]
            if past_page
            else []
        )
        for a, b in moved(was, [page.title, page.description, *sentences(page.body)]):
            yield f"{page.source}: {_step(a, b)}"


def _claims(then: Project, project: Project, *, worked_out: bool) -> Iterator[str]:
    """Yield a line for each claim or derived answer that changed.

    With ``worked_out``, these are the results of formulas and comparisons; without, the claims as
    sources make them.
    """
    before, after = statements_of(then.ledger), statements_of(project.ledger)
    for ref in dict.fromkeys([*before, *after]):
        old, new = before.get(ref), after.get(ref)
        way = (new or old or next(iter(before.values()))).way
        derived = bool(way) and (
            ":" in ref or project.ledger.facts[ref].is_worked_out if ref in after else True
        )
        if (
            derived == worked_out
            and (worked_out or ":" in ref)
            and (old is None or new is None or old.text != new.text)
        ):
            yield f"{ref}: {_step(old.text if old else '', new.text if new else '')}"


def _charts(old: Context, new: Context) -> Iterator[tuple[str, str]]:
    """Yield each chart whose words or values changed, with a line that says what changed."""
    for name in dict.fromkeys([*old.tables, *new.tables]):
        before, after = old.tables.get(name), new.tables.get(name)
        if before is None or after is None:
            yield name, f"{name}: {'new' if before is None else 'gone'}"
            continue
        steps = [f"{key} {_step(a, b)}" for key, (a, b) in _differences(before, after).items()]
        if steps:
            yield name, f"{name}: {'; '.join(steps)}"


def _differences(before: Table, after: Table) -> dict[str, tuple[str, str]]:
    old, new = _contents(before), _contents(after)
    return {
        key: (old.get(key, ""), new.get(key, ""))
        for key in dict.fromkeys([*old, *new])
        if old.get(key) != new.get(key)
    }


def _contents(table: Table) -> dict[str, str]:
    words = {key: getattr(table, key) for key in ("title", "subtitle", "alt", "caption")}
    return words | {row.claim.ref: row.claim.machine for row in table.rows}


def editions(project: Project, charts: set[str]) -> Iterator[str]:
    """Yield a line for each pinned edition of a chart that changed.

    The edition stays as it is, and the site says that it is no longer current.
    """
    for path in (
        project.folder.list("seeds/editions", ".html")
        if project.folder.exists("seeds/editions")
        else ()
    ):
        chart = path.split("/")[2]
        if chart in charts:
            yield f"{path.removeprefix('seeds/editions/').removesuffix('.html')}: no longer current"


def _step(old: str, new: str) -> str:
    return f"{_quoted(old)} → {_quoted(new)}"


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "(nothing)"
