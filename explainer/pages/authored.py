"""Pages written by hand: ``site_src/*.md``, each with a title and a description, and calls for every number."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from explainer.context import Context
from explainer.dated import Dates, dates_of, day_of
from explainer.digests import digest
from explainer.exports.linked import About, article_of, days_of
from explainer.ledger import Ledger
from explainer.pages import cited, sizes
from explainer.pages.languages import language_of
from explainer.pages.links import link, made_pages, slug_of
from explainer.pages.page import Page, card_of, root_of
from explainer.problems import Place, Problem, Problems
from explainer.prose.calls import find_calls, place_of
from explainer.prose.expand import Expanded, Expander
from explainer.prose.headline import headline
from explainer.prose.hostile import check_hostile
from explainer.prose.paragraphs import anchored
from explainer.prose.reading import check_reading, reading_of
from explainer.prose.terms import check_terms
from explainer.prose.unsourced import in_file, in_words, unsourced
from explainer.reading.files import Folder
from explainer.reading.records import record_of
from explainer.reading.yaml_tree import read_tree
from explainer.records import PageHead
from explainer.references.own import number_cited
from explainer.suggesting import did_you_mean
from explainer.wording.catalogue import ENGLISH
from explainer.wording.summary import summary

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*\.md")
"""A page's name is its address, for ever, on every system: nothing in it has to be escaped anywhere."""
_FRONT = re.compile(r"\A---\n(?P<yaml>.*?\n)---\n(?P<body>.*)\Z", re.DOTALL)
_MOST_TYPED = 500
"""Typed numbers and comparisons that are told of one page."""


def read_pages(folder: Folder, contexts: Mapping[str, Context], problems: Problems) -> list[Page]:
    """Every hand-written page, in the order of their paths."""
    paths = folder.list("site_src", ".md")
    known = made_pages(next(iter(contexts.values()))) | {path.removeprefix("site_src/"): slug_of(path) for path in paths}
    problems.extend(_lost_pages(next(iter(contexts.values())).ledger, known))
    assets = folder.list("site_src/assets") if folder.exists("site_src/assets") else []
    files = frozenset(path.removeprefix("site_src/") for path in assets)
    spoken = {language: _Pages(_known_in(language, known), files, context) for language, context in contexts.items()}
    found = [spoken[language_of(path.removeprefix("site_src/"), contexts)].read(folder, path, problems) for path in paths]
    return [page for page in found if page is not None]


def _lost_pages(ledger: Ledger, known: Mapping[str, str]) -> Iterator[Problem]:
    """The pages that a correction says it changed, and that are not there."""
    there = {*known.values(), *ledger.renamed, "corrections", ".", ""}
    for entry in ledger.corrections.values():
        for address in entry.touched:
            slug = address.strip("/")
            if slug in there:
                continue
            meant = known.get(slug)
            like = f"'{meant}/'" if meant else "'.' for the home page" if meant == "" else ""
            hint = (
                f"write the page's address: {like}"
                if like
                else did_you_mean(slug, known.values(), "write a page's address below the site's root: charts/loans/", "'{}/'")
            )
            yield Problem(entry.place("touched"), "broken-link", f"there is no page '{address}'", hint)


class _Pages:
    """The pages of one language, and the pages and files that they may link to."""

    def __init__(self, known: dict[str, str], files: frozenset[str], context: Context) -> None:
        self._known, self._files, self._context, self._sum = known, files, context, digest([known, sorted(files)])

    def read(self, folder: Folder, path: str, problems: Problems) -> Page | None:
        """One of them; ``None`` where it cannot be read."""
        text = folder.read_text(path, problems)
        if text is None:
            return None
        make = partial(_read, path, text, self._known, self._files, self._context, problems)
        return self._context.part("page", (path, text, self._sum), make, problems)


_MADE: Final = {
    "assets": "its pictures, styles and scripts", "cards": "the pictures that shared links show", "data": "what can be downloaded",
    "embed": "charts for other sites, which have a frame of their own", "explore": "charts to explore, which have a frame of their own",
    "oembed": "answers for programs that embed its charts",
}  # fmt: skip
"""Folders of the finished site in which there is nothing but what the build makes, and what that is."""


def _known_in(language: str, known: Mapping[str, str]) -> dict[str, str]:
    """The pages that a page in a language may link to, those of that language in front."""
    own = {each.removeprefix(f"{language}/"): slug for each, slug in known.items() if each.startswith(f"{language}/")}
    return {**known, **own}


def _read(
    path: str, text: str, known: dict[str, str], files: frozenset[str], context: Context, problems: Problems
) -> Page | None:  # fmt: skip
    if not _fits(path, text, problems):
        return None
    front = _FRONT.match(text)
    if front is None:
        hint = "begin it with three dashes, a title, a description and three dashes"
        problems.add(Place(path), "page-head", "the page has no head", hint)
        return None
    tree = read_tree(path, "\n" + front.group("yaml"), problems)
    head = None if tree is None else record_of(PageHead, path, tree, problems)
    if head is None:
        return None
    # the head is kept as blank lines, so that problems in the body have the author's own line numbers
    body = "\n" * (text[: front.start("body")].count("\n")) + front.group("body")
    _check(path, text, head, body, context, problems)
    return _page(path, head, link(path, body, known, files, problems), context, problems).settled(context.templates)


def _check(path: str, text: str, head: PageHead, body: str, context: Context, problems: Problems) -> None:
    check_hostile(path, body, context.shelf, problems, context.extensions, find_calls(path, body, Problems()))
    typed = unsourced(context, path, body, lambda at: place_of(path, body, at), context.wording.language)
    problems.extend(itertools.islice(typed, _MOST_TYPED))
    for key in ("title", "description"):
        problems.extend(
            in_words(context, path, getattr(head, key), in_file(path, text, head.place(key), getattr(head, key)), context.wording.language)
        )
    check_terms(path, body, context.ledger.terms.values(), problems)


def _page(path: str, head: PageHead, body: str, context: Context, problems: Problems) -> Page:
    slug = slug_of(path)
    expander = Expander(context, root_of(slug), problems)
    title = expander.words(path, head.title, head.place("title"))
    description = expander.words(path, head.description, head.place("description"))
    out = expander.expand(path, anchored(body, context.templates))
    named = headline(path, body, context) or title
    described = summary(description, named if named != title else "", context.description)
    dates = dates_of(context, slug, out.holders.values(), first=day_of(head.published))
    reading = reading_of(out.text, english=context.wording.language == ENGLISH)
    check_reading(head.place("title"), reading, head.words, problems)
    answers = tuple(out.answers.values())
    sources = cited.sources_of(answers, out.notes)
    ends = (cited.listed(context, slug, sources), cited.panel(context, slug, named, dates))
    return Page(
        slug, title, described, "\n\n".join(filter(None, [_checked(context, out), *ends])), head.layout, answers, out.notes, out.explores,
        path, cites=bool(ends[-1]), citations={answer.id: number_cited(context, answer) for answer in answers},
        terms=tuple(out.terms.values()), reading=reading, figures=tuple(expander.blocks.figures),
        holders=tuple(out.holders), linked=_linked(context, slug, (named, described), sources, out, dates),
        heading=named if named != title else "", dates=dates,
    )  # fmt: skip


def _linked(
    context: Context, slug: str, words: tuple[str, str], sources: list[str], out: Expanded, dates: Dates
) -> str:  # fmt: skip
    days = days_of(context, out.holders.values())
    path = f"{slug}/" if slug else ""
    return article_of(context, About(path, root_of(slug), *words, context.wording.language, dates, card_of(slug), sources, days))


def _checked(context: Context, out: Expanded) -> str:
    """The page's text, and below it how current the facts are that it speaks of."""
    fresh = context.fresh(out.holders.values())
    if fresh is None:
        return out.text.strip("\n")
    line = context.templates.render("fragments/checked.html.j2", said=fresh.of_page, overdue=fresh.overdue)
    return f"{out.text.strip(chr(10))}\n\n{line}"


def _fits(path: str, text: str, problems: Problems) -> bool:
    if not _NAME.fullmatch(path.removeprefix("site_src/")):
        hint = "name it with lower-case letters, digits and hyphens, as in a-year-of-loans.md"
        problems.add(Place(path), "page-name", f"'{path[:80]}' cannot be a page's address", hint)
        return False
    first = path.removeprefix("site_src/").removesuffix(".md").split("/", maxsplit=1)[0]
    if first in _MADE:
        message = f"'{path[:80]}' would stand in '{first}/', where the site keeps {_MADE[first]}"
        problems.add(Place(path), "path-taken", message, "give the page or its folder another name")
        return False
    return sizes.fits(path, text, problems)
