"""``/glossary/``: the words that readers may not know."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.context import Context
from explainer.pages.listing import listing
from explainer.pages.page import Written, root_of
from explainer.pages.writing import written


def pages(context: Context) -> Iterator[Written]:
    """One page, where there are terms."""
    terms = sorted(context.ledger.terms.values(), key=lambda term: term.term.casefold())
    if terms:
        body = context.page("pages/glossary.html.j2", terms=terms, root=root_of("glossary"))
        title = context.wording.page("glossary")
        yield written(context, listing(context, "glossary", (title, context.wording.page("glossary_about")), body))
