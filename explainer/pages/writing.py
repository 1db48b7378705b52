"""From a page to its file for the engine, and to the files that stand beside it; neither is made again where nothing has changed."""

from __future__ import annotations

from collections.abc import Callable

from explainer.context import Context
from explainer.pages import cited
from explainer.pages.page import Page, Written
from explainer.pages.sharing import shown


def written(context: Context, page: Page, text: str | None = None) -> Written:
    """A page's file and those beside it; ``text`` is the file's, where it is not as the page itself has it."""
    hold = context.shelf.hold
    files = tuple((path, hold(data.encode())) for path, data in cited.files(context, page))
    held = hold((text or shown(context, page).markdown(context.templates)).encode())
    return Written(page.path, page.title, page.description, held, files, page.source, page.figures, page.reading, page.heading)


def kept(context: Context, what: str, about: str, make: Callable[[], Page]) -> Written:
    """The same for a page that is a part of the site."""
    there = context.shelf.has
    return context.parts.get(what, about, lambda: written(context, make()), keep=lambda page: all(map(there, page.held)))
