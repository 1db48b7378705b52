"""Pages at addresses that have moved or were withdrawn, and the page for wrong addresses."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.common import policy
from explainer.common.problems import Problem, Problems
from explainer.history.changes import page_addresses
from explainer.model.ledger import Ledger, current
from explainer.project import Project
from explainer.render.context import Context
from explainer.render.exports.downloads import downloads_of
from explainer.render.pages.links import ledger_pages
from explainer.render.pages.page import root_of
from explainer.render.site import Site

# Published addresses that are renamed or withdrawn
#
# Each has a page that redirects to the present address without a script. Files are published under
# both names.

_COPIED = {
    "facts": ("facts/{}.json",),
    "charts": (
        "embed/{}/index.html",
        "oembed/{}.json",
        *downloads_of("{}").values(),
        "data/charts/{}.zip",
    ),
}
"""Files that are published under the old name too.

Programs and other people's pages load them, so a page that redirects would not help.
"""


def check(project: Project, context: Context, problems: Problems) -> None:
    """Report renamings that lead to nothing, and old addresses that are in use again."""
    known = {
        *ledger_pages(context).values(),
        *page_addresses(project.folder.list("site_src", ".md")),
        "corrections",
    }
    for entry in context.ledger.renamed.values():
        if current(context.ledger.renamed, entry.was) not in known:
            hint = (
                "name the address that stands for it now, as facts/…, charts/…, sources/… or a"
                " page's path"
            )
            problems.extend(
                [
                    Problem(
                        entry.place("now"),
                        "dangling-reference",
                        f"'{entry.now}/' leads to nothing",
                        hint,
                    )
                ]
            )
        if entry.was in known:
            message = (
                f"'{entry.was}/' was published as something else, which is '{entry.now}/' now, and"
                " is in use again"
            )
            hint = "give what is new an id of its own: whoever cited the address means what it was"
            problems.extend([Problem(entry.place("was"), "address-reused", message, hint)])


def redirect_paths(ledger: Ledger) -> frozenset[str]:
    """Return the paths of the pages that ``files`` makes."""
    renamed = {f"{was}/index.html" for was in ledger.renamed}
    explored = {
        f"explore/{was.partition('/')[2]}/index.html"
        for was in ledger.renamed
        if was.startswith("charts/")
    }
    return frozenset(
        renamed | explored | {f"facts/{fact}/index.html" for fact, _ in _withdrawn(ledger)}
    )


def _withdrawn(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Yield the id of each withdrawn fact or series, and of the correction that withdrew it."""
    for entry in ledger.corrections.values():
        if (
            entry.class_ == "withdrawal"
            and entry.fact
            and not entry.claim
            and entry.fact not in ledger.holders
        ):
            yield entry.fact, entry.id


def files(context: Context, site: Site) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of the page at each old address."""
    for was in context.ledger.renamed:
        now = current(context.ledger.renamed, was)
        yield f"{was}/index.html", _page(context, was, f"{now}/", site.title_of(now))
        room, _, name = was.partition("/")
        if room == "charts":
            yield (
                f"explore/{name}/index.html",
                _page(
                    context,
                    f"explore/{name}",
                    f"explore/{now.partition('/')[2]}/",
                    site.title_of(now),
                ),
            )
    for fact, entry in _withdrawn(context.ledger):
        title = context.wording.page("corrections")
        yield (
            f"facts/{fact}/index.html",
            _page(context, f"facts/{fact}", f"corrections/#{entry}", title),
        )


def copy_to_old_names(site: Site, context: Context) -> None:
    """Copy the files of each renamed record to its old name, as far as they are made."""
    for was in context.ledger.renamed:
        room, _, old = was.partition("/")
        new = current(context.ledger.renamed, was).partition("/")[2]
        for pattern in _COPIED.get(room, ()):
            if pattern.format(new) in site.files:
                site.files.put(pattern.format(old), site.files.take(pattern.format(new)))


def _page(context: Context, was: str, to: str, title: str) -> str:
    root = root_of(was)
    canonical = f"{context.address or root}{to}"
    return (
        context.templates.render(
            "pages/moved.html.j2",
            to=f"{root}{to}",
            canonical=canonical,
            title=title,
            site=context.site_name,
        )
        + "\n"
    )


# The page for a wrong address


def missing_page_files(context: Context) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of ``404.html``, if the site's address is not known.

    A server shows this page at addresses of any depth. Without the site's address it cannot link
    to the site's stylesheets, scripts and pages, so it is self-contained. If the address is known,
    the engine makes the page, with the theme around it.
    """
    if context.address:
        return
    say, css = context.wording.catalogue.say, context.templates.source("pages/missing.css").strip()
    told = {name: say("theme", f"missing_{name}") for name in ("kicker", "title")} | {
        "lede": say("theme", "missing_alone")
    }
    page = context.templates.render(
        "pages/missing.html.j2",
        **told,
        site=context.site_name,
        style=css,
        policy=policy.standalone_policy(styles=[css]),
    )
    yield "404.html", page + "\n"
