"""The pages of a site as Markdown for the engine: hand-written pages and pages of the ledger."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import replace

from explainer.common import programs
from explainer.common.problems import Place, Problems
from explainer.common.suggestions import did_you_mean
from explainer.engine import extensions_of
from explainer.incremental.cache import Cache
from explainer.model.tracking import Looked
from explainer.project import Project
from explainer.publish.direction import Direction
from explainer.publish.licence import Licence
from explainer.publish.templates import Templates
from explainer.publish.wording import Wording
from explainer.render import citations, plotly
from explainer.render.context import Context
from explainer.render.exports import discovery, downloads, files
from explainer.render.pages import (
    authored,
    charts,
    corrections,
    coverage,
    embeds,
    facts,
    glyphs,
    languages,
    links,
    lists,
    redirects,
    sources,
)
from explainer.render.pages.glyphs import add_pictures
from explainer.render.pages.page import Page, WrittenPage, card_of, file_of
from explainer.render.site import Content, Site

__all__ = ["add_pictures", "context_of", "make_site"]


def context_of(
    project: Project, cache: Cache, problems: Problems, *, whole: bool = True
) -> Context:
    """Return the context that every page is made with, including the tables of all charts.

    ``whole`` says whether the files beside the pages are made; a check does not need them. The
    project's own templates are checked here. Raises ``Refused`` with all problems so far, if any
    of them is an error.
    """
    nouns = project.ledger.forms
    wording = Wording(project.catalogues[project.main], nouns, project.main)
    templates = Templates(project.templates, wording)
    templates.check(problems)
    problems.stop()
    name, licence = project.settings.site_name, Licence.of(project.settings)
    context = Context(
        project.ledger,
        wording,
        templates,
        name,
        project.today,
        project.address,
        licence,
        Looked("editions", project.editions),
        cache=cache,
        lettering=project.lettering,
        report=project.report,
        author=project.settings.site_author or "",
        description=project.settings.site_description or "",
        extensions=extensions_of(project.settings),
        whole=whole,
    )
    return replace(context, tables=charts.tables(context, problems))


_KINDS = (facts, sources, charts, embeds, lists, corrections, coverage)
_FAULTY = (charts, embeds, lists, corrections)
"""The kinds of page that can have an author's mistakes. A check makes only these.

The other kinds show the ledger, which has its own checks. Their addresses are reserved all the
same; see ``_hold``.
"""


def make_site(
    project: Project, context: Context, problems: Problems, *, whole: bool = True
) -> Site:
    """Return all pages and files that are made before the engine runs, except the pictures."""
    site = Site.on(context.cache)
    if whole:
        citations.fill_references(context)
    outdated = languages.check_originals(project, problems)
    spoken = languages.contexts(project, context, problems)
    problems.extend(languages.missing_originals(project, spoken))
    authors_pages = list(
        languages.with_language_metadata(
            authored.read_pages(project.folder, spoken, problems), project, spoken, outdated
        )
    )
    facts.fill_uses(context, authors_pages)
    made = list(_made(context, whole=whole))
    _hold(
        site,
        [] if whole else links.ledger_pages(context).values(),
        {page.file for page in made},
        problems,
    )
    in_menu = {entry.path for entry in project.entries}
    records = {
        path for path in links.pages_of_records(context.ledger) if file_of(path) not in in_menu
    }
    for page in (
        *(languages.written(each, spoken, project, records, problems) for each in authors_pages),
        *made,
    ):
        add = site.add_record if page.path in records and not page.source else site.add_doc
        add(page.file, page.text, problems, Place(page.source or page.file))
        _note(site, page, spoken[languages.language_of(page.path + "/", spoken)].wording.direction)
        for path, held in page.files:
            site.files.put(path, held)  # two pages with one address are reported above
    _check_menu(site, project, problems)
    _add_assets(
        site,
        project.assets(problems),
        frozenset().union(*(links.files_linked(page.body) for page in authors_pages)),
    )
    for path, data in project.beside_pages(problems).items():
        site.add_file(path, data, problems, Place(f"site_src/{path}"))
    glyphs.check(site, spoken.values(), project, problems)
    problems.extend(embeds.oversized(context))
    problems.remarks += embeds.missing_address_remark(context) if whole else []
    for path, content in _files(
        project, context, list(spoken.values()), authors_pages, whole=whole
    ):
        site.add_file(path, content, problems)
    programs.give_memory_back()
    redirects.check(project, context, problems)
    for path, text in redirects.files(context, site) if whole else ():
        if not site.has(path):  # moved.check reports an address that is in use again
            site.add_file(path, text, problems)
    redirects.copy_to_old_names(site, context)
    return site


def _made(context: Context, *, whole: bool) -> Iterator[WrittenPage]:
    """Yield the pages that are made from the ledger, kind by kind."""
    for kind in _KINDS if whole else _FAULTY:
        programs.give_memory_back()
        yield from kind.pages(context)


def _files(
    project: Project,
    context: Context,
    spoken: Iterable[Context],
    pages: Iterable[Page],
    *,
    whole: bool,
) -> Iterator[tuple[str, Content]]:
    """Yield the path and the content of each file beside the pages."""
    script = plotly.plotly()
    yield script.path, script.data
    yield from (each for one in spoken for each in charts.explore(one, script.path))
    yield from downloads.tables(context)
    yield from facts.records(context) if whole else ()
    yield from embeds.files(context)
    yield from embeds.pictures(context)
    yield from redirects.missing_page_files(context) if whole else ()
    yield from corrections.files(context)
    yield from files.files(context)
    yield from discovery.files(context, context.description, _listed(project, pages))


def _note(site: Site, page: WrittenPage, direction: Direction) -> None:
    """Record in the site what later steps need to know about a page."""
    site.authors |= {page.file: page.source} if page.source else {}
    site.figures = page.figures if not page.path else site.figures
    site.readings |= {page.source: page.reading} if page.reading else {}
    site.cards[card_of(page.path)] = (page.headline, page.description, direction)
    site.titles[page.path] = page.title


def _listed(project: Project, pages: Iterable[Page]) -> list[discovery.Listed]:
    """Return the hand-written pages in the order of the navigation, followed by those not in it."""
    order = {file: number for number, (_, file) in enumerate(project.menu)}
    ordered = sorted(pages, key=lambda page: order.get(page.file, len(order)))
    return [
        (f"{page.path}/" if page.path else "", page.title, page.description) for page in ordered
    ]


def _add_assets(site: Site, assets: Mapping[str, bytes], linked: Collection[str]) -> None:
    """Add pictures, stylesheets and scripts to the site.

    The engine gets only the stylesheet that its pages name and the files that pages link to.
    """
    for path, data in assets.items():
        tree = site.docs if path == "assets/explainer.css" or path in linked else site.files
        tree[embeds.SCRIPT if path == f"assets/{embeds.SCRIPT}" else path] = data


def _check_menu(site: Site, project: Project, problems: Problems) -> None:
    """Report the menu entries that lead to no page. A page that could not be read still counts."""
    written = {file_of(links.slug_of(path)) for path in project.folder.list("site_src", ".md")}
    for entry in project.entries:
        if entry.path and entry.path not in site.docs and entry.path not in written:
            pages = sorted(
                path for path in {*site.docs, *site.records, *written} if path.endswith("index.md")
            )
            hint = did_you_mean(
                entry.path, pages, "add the page to site_src/, or take the entry out"
            )
            problems.add(
                entry.place("path"),
                "broken-link",
                f"the menu names '{entry.path}', and there is no such page",
                hint,
            )


def _hold(site: Site, paths: Iterable[str], made: Container[str], problems: Problems) -> None:
    """Reserve the addresses of pages that are not made, so that no author's page takes them."""
    for path in paths:
        if file_of(path) not in made:
            site.add_doc(file_of(path), "", problems)
