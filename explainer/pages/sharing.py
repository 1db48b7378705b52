"""What a page's head says to programs that share, cite and list it: its heading, its days, its author, its picture, its language."""

from __future__ import annotations

from dataclasses import replace

from babel.core import Locale, get_global

from explainer.context import Context
from explainer.pages.page import Page


def shown(context: Context, page: Page) -> Page:
    """The page with what its head says to such programs."""
    return replace(page, meta=shared(context, page) | dict(page.meta))


def shared(context: Context, page: Page) -> dict[str, object]:
    """What the theme prints into the head of a page. ``author`` is a key that the theme knows by itself."""
    words = {
        "title": page.headline,
        "published": page.dates.published,
        "modified": page.dates.modified,
        "cited_published": (page.dates.published or "").replace("-", "/"),
        "cited_modified": (page.dates.modified or "").replace("-", "/"),
        "locale": territorial(context.wording.catalogue.locale),
        "picture": vars(page.sight),
    }
    return {"author": context.publisher, "shared": words}


def territorial(locale: str) -> str:
    """A locale as the Open Graph protocol writes it, language and territory: "en_GB"; the likeliest territory where none is named."""
    parsed = Locale.parse(locale)
    known = get_global("likely_subtags")
    likely = known.get(locale) or known.get(parsed.language)
    territory = parsed.territory or (Locale.parse(likely).territory if likely else None)
    return f"{parsed.language}_{territory}" if territory else parsed.language
