"""A page that lists or explains, and speaks of no one thing: all facts, all sources, the glossary."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from explainer.context import Context
from explainer.dated import dates_of
from explainer.exports.linked import About, page_of
from explainer.ledger import Holder
from explainer.pages.page import Page, card_of, heading, root_of
from explainer.wording.summary import summary


def listing(
    context: Context, path: str, words: tuple[str, str], body: str, *, layout: Literal["text", "wide"] = "text",
    holders: Iterable[Holder] = (), days: Iterable[str] = (),
) -> Page:  # fmt: skip
    """Such a page: its title and description are ``words``; it is dated by what it lists, facts and series or other days (ISO 8601)."""
    title, description = words[0], summary(words[1], context.description)
    dates = dates_of(context, path, holders, days)
    about = About(f"{path}/", root_of(path), title, description, context.wording.language, dates, card_of(path))
    return Page(path, title, description, f"{heading(title)}\n\n{body}", layout, linked=page_of(context, about), dates=dates)
