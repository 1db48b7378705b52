"""Pages that list or explain, such as all facts or all sources; and the glossary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from explainer.model.ledger import Holder
from explainer.publish.wording import summary
from explainer.render.context import Context
from explainer.render.dated import dates_of
from explainer.render.exports.json_ld import PageMetadata, page_of
from explainer.render.pages.page import Page, WrittenPage, card_of, heading, root_of, write_page


def listing(
    context: Context,
    path: str,
    words: tuple[str, str],
    body: str,
    *,
    layout: Literal["text", "wide"] = "text",
    holders: Iterable[Holder] = (),
    days: Iterable[str] = (),
) -> Page:
    """Return a page that lists or explains, and is not about a single thing.

    Args:
        context: The context that the page is made with.
        path: The path of the page below the site's root.
        words: The title and the description.
        body: The Markdown below the heading.
        layout: The layout that the theme uses.
        holders: The facts and series that the page lists. It is dated by them and by ``days``.
        days: Other days that it is dated by, in ISO 8601.
    """
    title, description = words[0], summary(words[1], context.description)
    dates = dates_of(context, path, holders, days)
    about = PageMetadata(
        f"{path}/",
        root_of(path),
        title,
        description,
        context.wording.language,
        dates,
        card_of(path),
    )
    return Page(
        path,
        title,
        description,
        f"{heading(title)}\n\n{body}",
        layout,
        linked=page_of(context, about),
        dates=dates,
    )


# ``/glossary/``: words that readers may not know


def pages(context: Context) -> Iterator[WrittenPage]:
    """Yield the glossary, if there are terms."""
    terms = sorted(context.ledger.terms.values(), key=lambda term: term.term.casefold())
    if terms:
        body = context.page("pages/glossary.html.j2", terms=terms, root=root_of("glossary"))
        title = context.wording.page("glossary")
        yield write_page(
            context,
            listing(context, "glossary", (title, context.wording.page("glossary_about")), body),
        )
