"""Hand-written pages: ``site_src/*.md``, with a title, a description, and calls for the numbers."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple

from explainer.common.problems import Place, Problem, Problems
from explainer.common.suggestions import did_you_mean
from explainer.model.digests import digest
from explainer.model.ledger import Ledger
from explainer.model.records import PageHead
from explainer.publish.catalogue import ENGLISH
from explainer.publish.wording import summary
from explainer.read.files import Folder
from explainer.read.records import record_of
from explainer.read.yaml_tree import read_tree
from explainer.render.citations import number_cited
from explainer.render.context import Context
from explainer.render.dated import Dates, dates_of, day_of
from explainer.render.exports.json_ld import PageMetadata, article_of, days_of
from explainer.render.pages import page
from explainer.render.pages.languages import language_of
from explainer.render.pages.links import ledger_pages, resolve_links, slug_of
from explainer.render.pages.page import Page, card_of, root_of
from explainer.render.prose.calls import find_calls, place_of
from explainer.render.prose.expand import Expanded, Expander
from explainer.render.prose.markup import check_markup
from explainer.render.prose.mask import mask_fences
from explainer.render.prose.paragraphs import anchored, check_reading, plain_heading, reading_of
from explainer.render.prose.terms import check_terms
from explainer.render.prose.unsourced import in_file, in_words, unsourced

# ``page-size``: limits that keep the time to parse a page short
#
# Python-Markdown takes quadratic time for some text, and cannot parse some at all. It backtracks
# over runs of one mark, over blanks, and over a whole paragraph for each mark in it. It makes
# every row of a table as long as its first. A page that reaches all of these limits is parsed in
# seconds. No page that people write comes near them.

MAX_PAGE: Final = 60_000
"""The maximum number of characters in a page."""
_MOST_MARKS: Final = 1200
"""The maximum number of marks of one kind in a paragraph, list or table."""
_MOST_OPENING: Final = 400
"""The maximum number of opening brackets in a paragraph, list or table."""
_MOST_OF_PAGE: Final = 500
"""The maximum number per page of headings, HTML tags, code fences or link definitions, each."""


class _Limit(NamedTuple):
    """A pattern that may match at most ``most`` times. A pattern in ``_RUNS`` may never match."""

    pattern: re.Pattern[str]
    most: int
    message: str
    hint: str


_RUNS: Final = tuple(
    _Limit(re.compile(pattern, re.MULTILINE), 0, f"{what}, which would take minutes to read", hint)
    for pattern, what, hint in (
        (r"[\[\]<>`*_~{}()&!\\#^@$%+]{200}", "a run of 200 brackets or marks", "take it out"),
        (r"[^\S\n]{200}", "a run of 200 blanks", "take them out"),
        (r"(?:\n[^\S\n]*+){100}", "a run of 100 empty lines", "take them out"),
        (r"[^\s|:-]{3000}", "a word of 3,000 characters", "shorten it, or put blanks into it"),
        (
            r"^[ \t]*+(?:(?:[-+*>]|\d{1,9}[.)])[ \t]*+){15}(?=[^\s*+>-])",
            "a line that opens 15 lists or quotations, one in the other",
            "flatten it",
        ),
        (
            r"^[ \t]*+(?:(?:[-+]|\d{1,9}[.)])[ \t]++){15}",
            "a line that opens 15 lists, one in the other",
            "flatten it",
        ),
    )
)
_OF_PAGE: Final = tuple(
    _Limit(
        re.compile(pattern, re.MULTILINE),
        _MOST_OF_PAGE,
        f"more than {_MOST_OF_PAGE} {what} stand in one page, which would take minutes to read",
        hint,
    )
    for pattern, what, hint in (
        (r"^(?:#{1,6}|=+[ \t]*$|-+[ \t]*$)", "headings", "split it into pages"),
        (
            r"<(?=[a-zA-Z/!?])",
            "pieces of HTML or addresses in angle brackets",
            "split it into pages, and write Markdown",
        ),
        (r"^ {0,3}(?:```|~~~)", "marks of code blocks", "split it into pages"),
        (
            r"^ {0,3}\[[^\]\n]{1,200}\]:",
            "addresses or notes on lines of their own",
            "split it into pages",
        ),
    )
)
_OF_BLOCK: Final = tuple(
    _Limit(
        re.compile(pattern),
        most,
        f"more than {most} {what} in one paragraph or list, which would take minutes to read",
        "divide it by empty lines",
    )
    for pattern, most, what in (
        (r"[\[<]", _MOST_OPENING, "brackets open"),
        (r"`", _MOST_MARKS, "backticks stand"),
        (r"[*_]", _MOST_MARKS, "asterisks and underscores stand"),
        (r"[&\\!~{@^'\"]|\.\.\.|--", _MOST_MARKS, "marks stand"),
    )
)
_BETWEEN: Final = re.compile(r"\n[^\S\n]*+\n")

_NOTE: Final = re.compile(r"\[\^([^\]]{0,300}+)\]|\{\{[-+]?\s*+cite\b")
"""A reference to a footnote, with its label, or a call of ``cite()``, which prints one.

A page has no room for many references with a longer label.
"""
_MOST_OF_NOTE: Final = 500
"""The maximum number of references to one footnote in a page, and of calls of ``cite()``.

For each further reference to the same footnote, Python-Markdown counts through all before it.
"""
_MOST_NOTES: Final = 2_000
"""The maximum number of references to footnotes in a page."""

_MOST_CELLS: Final = 20_000
"""The maximum number of cells in a page's tables.

Python-Markdown makes every row as long as the first one.
"""


def fits_page_size(path: str, text: str, problems: Problems) -> bool:
    """Return whether a page can be parsed in time. If not, add a problem at the first fault."""
    fault = next(_faults(text), None)
    if fault is None:
        return True
    at, message, hint = fault
    problems.add(place_of(path, text, at), "page-size", message, hint)
    return False


def _faults(text: str) -> Iterator[tuple[int, str, str]]:
    if len(text) > MAX_PAGE:
        yield (
            0,
            f"the page has {len(text):,} characters; at most {MAX_PAGE:,}",
            "split it into pages",
        )
    for limit in _RUNS:
        if found := limit.pattern.search(text):
            yield found.start(), limit.message, limit.hint
    text = mask_fences(text)  # Python-Markdown sets fenced code aside before it parses the rest
    body = max(text.find("\n---\n", 3) + 5, 0)
    for limit in _OF_PAGE:
        starts = [match.start() for match in limit.pattern.finditer(text, body)]
        if len(starts) > limit.most:
            yield starts[limit.most], limit.message, limit.hint
    if (at := _first_note_too_many(text)) is not None:
        message = (
            f"the page refers more than {_MOST_OF_NOTE} times to one note, or cites sources more"
            f" often, or refers to notes more than {_MOST_NOTES:,} times"
        )
        yield at, message, "split it into pages, or refer to a note once for each paragraph"
    if (at := _first_cell_too_many(text)) is not None:
        message = (
            f"its tables have more than {_MOST_CELLS:,} cells, those that are left out counted too"
        )
        yield at, message, "split the table, and write no row that is much longer than the others"
    yield from _block_faults(text)


def _block_faults(text: str) -> Iterator[tuple[int, str, str]]:
    start = 0
    for end in [*(match.end() for match in _BETWEEN.finditer(text)), len(text)]:
        for limit in _OF_BLOCK:
            starts = [match.start() for match in limit.pattern.finditer(text, start, end)]
            if len(starts) > limit.most:
                yield start, limit.message, limit.hint
        start = end


def _first_note_too_many(text: str) -> int | None:
    """Return the start of the reference with which a limit of footnotes is passed, or ``None``."""
    seen = Counter[str | None]()
    for number, found in enumerate(_NOTE.finditer(text), 1):
        seen[found[1]] += 1
        if number > _MOST_NOTES or seen[found[1]] > _MOST_OF_NOTE:
            return found.start()
    return None


def _first_cell_too_many(text: str) -> int | None:
    """Return the start of the paragraph in which the limit of cells is passed, or ``None``.

    Every paragraph is counted as a table. Any of its lines may be the first row, so each line
    counts as much as the longest. Every pipe counts, also in code and after a backslash.
    """
    cells, start = 0, 0
    for end in [*(match.end() for match in _BETWEEN.finditer(text)), len(text)]:
        rows = text[start:end].strip("\n").split("\n")
        columns = max(row.count("|") for row in rows)
        cells += columns * len(rows)
        if cells > _MOST_CELLS:
            return start
        start = end
    return None


# Reading pages

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*\.md")
"""The name of a page's file.

It is the page's address for ever and on every system, so nothing in it needs an escape anywhere.
"""
_FRONT = re.compile(r"\A---\n(?P<yaml>.*?\n)---\n(?P<body>.*)\Z", re.DOTALL)
_MOST_TYPED = 500
"""The maximum number of problems about typed numbers and comparisons in one page."""


def read_pages(folder: Folder, contexts: Mapping[str, Context], problems: Problems) -> list[Page]:
    """Return the hand-written pages in the order of their paths, without those that cannot be read.

    ``contexts`` has the context of each language, with the site's own language first.
    """
    paths = folder.list("site_src", ".md")
    known = ledger_pages(next(iter(contexts.values()))) | {
        path.removeprefix("site_src/"): slug_of(path) for path in paths
    }
    problems.extend(_lost_pages(next(iter(contexts.values())).ledger, known))
    assets = folder.list("site_src/assets") if folder.exists("site_src/assets") else []
    files = frozenset(path.removeprefix("site_src/") for path in assets)
    spoken = {
        language: _Pages(_known_in(language, known), files, context)
        for language, context in contexts.items()
    }
    found = [
        spoken[language_of(path.removeprefix("site_src/"), contexts)].read(folder, path, problems)
        for path in paths
    ]
    return [page for page in found if page is not None]


def _lost_pages(ledger: Ledger, known: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for each page that a correction says it changed and that does not exist."""
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
                else did_you_mean(
                    slug,
                    known.values(),
                    "write a page's address below the site's root: charts/loans/",
                    "'{}/'",
                )
            )
            yield Problem(
                entry.place("touched"), "broken-link", f"there is no page '{address}'", hint
            )


class _Pages:
    """The pages of one language, and the pages and files that they may link to."""

    def __init__(self, known: dict[str, str], files: frozenset[str], context: Context) -> None:
        self._known, self._files, self._context, self._sum = (
            known,
            files,
            context,
            digest([known, sorted(files)]),
        )

    def read(self, folder: Folder, path: str, problems: Problems) -> Page | None:
        """Return one page, or ``None`` if it cannot be read."""
        text = folder.read_text(path, problems)
        if text is None:
            return None
        make = partial(_read, path, text, self._known, self._files, self._context, problems)
        return self._context.part("page", (path, text, self._sum), make, problems)


_MADE: Final = {
    "assets": "its pictures, styles and scripts",
    "cards": "the pictures that shared links show",
    "data": "what can be downloaded",
    "embed": "charts for other sites, which have a frame of their own",
    "explore": "charts to explore, which have a frame of their own",
    "oembed": "answers for programs that embed its charts",
}
"""Folders of the finished site that hold only what the build makes, with a description of it."""


def _known_in(language: str, known: Mapping[str, str]) -> dict[str, str]:
    """Return the addresses of the pages that a page in a language may link to, by name.

    A name means the page in that language if there is one, and otherwise the original.
    """
    own = {
        each.removeprefix(f"{language}/"): slug
        for each, slug in known.items()
        if each.startswith(f"{language}/")
    }
    return {**known, **own}


def _read(
    path: str,
    text: str,
    known: dict[str, str],
    files: frozenset[str],
    context: Context,
    problems: Problems,
) -> Page | None:
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
    # blank lines replace the head, so problems in the body have the line numbers of the file
    body = "\n" * (text[: front.start("body")].count("\n")) + front.group("body")
    _check(path, text, head, body, context, problems)
    return _page(
        path, head, resolve_links(path, body, known, files, problems), context, problems
    ).settled(context.templates)


def _check(
    path: str, text: str, head: PageHead, body: str, context: Context, problems: Problems
) -> None:
    check_markup(
        path, body, context.cache, problems, context.extensions, find_calls(path, body, Problems())
    )
    typed = unsourced(
        context, path, body, lambda at: place_of(path, body, at), context.wording.language
    )
    problems.extend(itertools.islice(typed, _MOST_TYPED))
    for key in ("title", "description"):
        problems.extend(
            in_words(
                context,
                path,
                getattr(head, key),
                in_file(path, text, head.place(key), getattr(head, key)),
                context.wording.language,
            )
        )
    check_terms(path, body, context.ledger.terms.values(), problems)


def _page(path: str, head: PageHead, body: str, context: Context, problems: Problems) -> Page:
    slug = slug_of(path)
    expander = Expander(context, root_of(slug), problems)
    title = expander.words(path, head.title, head.place("title"))
    description = expander.words(path, head.description, head.place("description"))
    out = expander.expand(path, anchored(body, context.templates))
    named = plain_heading(path, body, context) or title
    described = summary(description, named if named != title else "", context.description)
    dates = dates_of(context, slug, out.holders.values(), first=day_of(head.published))
    reading = reading_of(out.text, english=context.wording.language == ENGLISH)
    check_reading(head.place("title"), reading, head.words, problems)
    answers = tuple(out.answers.values())
    sources = page.sources_of(answers, out.notes)
    ends = (
        page.listed_citations(context, slug, sources),
        page.citation_panel(context, slug, named, dates),
    )
    return Page(
        slug,
        title,
        described,
        "\n\n".join(filter(None, [_checked(context, out), *ends])),
        head.layout,
        answers,
        out.notes,
        out.explores,
        path,
        cites=bool(ends[-1]),
        citations={answer.id: number_cited(context, answer) for answer in answers},
        terms=tuple(out.terms.values()),
        reading=reading,
        figures=tuple(expander.blocks.figures),
        holders=tuple(out.holders),
        linked=_linked(context, slug, (named, described), sources, out, dates),
        heading=named if named != title else "",
        dates=dates,
    )


def _linked(
    context: Context,
    slug: str,
    words: tuple[str, str],
    sources: list[str],
    out: Expanded,
    dates: Dates,
) -> str:
    days = days_of(context, out.holders.values())
    path = f"{slug}/" if slug else ""
    return article_of(
        context,
        PageMetadata(
            path,
            root_of(slug),
            *words,
            context.wording.language,
            dates,
            card_of(slug),
            sources,
            days,
        ),
    )


def _checked(context: Context, out: Expanded) -> str:
    """Return the page's text, followed by a line on how current its facts are."""
    fresh = context.fresh(out.holders.values())
    if fresh is None:
        return out.text.strip("\n")
    line = context.templates.render(
        "fragments/checked.html.j2", said=fresh.of_page, overdue=fresh.overdue
    )
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
    return fits_page_size(path, text, problems)
