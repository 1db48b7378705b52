"""What stands at a page's end for those who cite it: its sources, its own reference in three styles, and the files for their libraries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from explainer.context import Context
from explainer.dated import Dates
from explainer.exports.written import json_text
from explainer.pages.page import Page, root_of
from explainer.references.bibtex import bibtex
from explainer.references.own import Work, cited, item_of
from explainer.references.ris import ris
from explainer.views import AnswerView


def work_of(context: Context, path: str, headline: str, dates: Dates) -> Work:
    """A page as something to be cited: by its heading, and by the day that its head says."""
    return Work(f"{path}/" if path else "", headline, dates.cited, context.wording.language)


def panel(context: Context, path: str, headline: str, dates: Dates) -> Markup:
    """How to cite the page: the same words without a script, which adds the buttons. Empty where nothing is formatted."""
    references = cited(context, work_of(context, path, headline, dates))
    if not references:
        return Markup("")
    what = "cite_chart" if path.startswith("charts/") else "cite_page"
    return context.templates.markup("fragments/cite.html.j2", cited=references, what=what, address=context.address)


def files(context: Context, page: Page) -> Iterator[tuple[str, str]]:
    """The reference of a page for other people's libraries, by path; none where it does not tell how to cite it."""
    if page.cites:
        items = [item_of(context, work_of(context, page.path, page.headline, page.dates))]
        below = f"{page.path}/" if page.path else ""
        yield f"{below}cite.json", json_text(items) + "\n"
        yield f"{below}cite.bib", bibtex(items)
        yield f"{below}cite.ris", ris(items)


def sources_of(answers: Iterable[AnswerView], notes: Iterable[str]) -> list[str]:
    """The sources of a page's numbers and notes, by id, each once."""
    used = [item.source_id for answer in answers for claim in answer.claims for item in claim.evidence if item.stance == "supports"]
    used += [label.removeprefix("source-") for label in notes if label.startswith("source-")]
    return list(dict.fromkeys(used))


def listed(context: Context, path: str, sources: Iterable[str]) -> str:
    """The references of some sources, in the order of the style, for a page; empty where there is none."""
    items = [(source, context.references[source]) for source in sources if source in context.references]
    if not items:
        return ""
    items.sort(key=lambda item: item[1].striptags().casefold())
    return context.templates.render("fragments/references.html.j2", items=items, root=root_of(path))
