"""A page: its Markdown, its head, its references and popovers, and the files beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import quote, urlencode

from babel.core import Locale, get_global
from markupsafe import Markup, escape

from explainer.common.typed_json import register_dataclass
from explainer.engine import with_placeholders
from explainer.incremental.cache import CachedBytes
from explainer.model.records import Term
from explainer.publish.answers import AnswerView
from explainer.publish.direction import marks_to_bdi, without_isolates
from explainer.publish.templates import Templates, escape_markdown
from explainer.render.bibtex import bibtex
from explainer.render.citations import Work, item_of_page, references_of_page
from explainer.render.context import Context
from explainer.render.dated import UNDATED, Dates
from explainer.render.exports.machine_values import dump_json
from explainer.render.pictures import CARD
from explainer.render.prose.blocks import Figure
from explainer.render.prose.paragraphs import Reading
from explainer.render.ris import ris

# Pages, as made and as written


@register_dataclass
@dataclass(frozen=True)
class PreviewPicture:
    """A page's preview picture, shown where the page is shared.

    It has a path below the site's root, a size in pixels and an alternative text.
    """

    path: str
    width: int
    height: int
    alt: str


@register_dataclass
@dataclass(frozen=True)
class WrittenPage:
    """A page whose file is written to the cache, with what later steps need to know about it."""

    path: str
    title: str
    description: str
    text: CachedBytes
    files: tuple[tuple[str, CachedBytes], ...] = ()
    """The files beside it in the finished site, each with its path below the site's root."""
    source: str = ""
    """The author's file, for messages."""
    figures: tuple[Figure, ...] = ()
    """The large figures that it shows."""
    reading: Reading | None = None
    """How long and how hard its prose is, if it was written by hand."""
    heading: str = ""
    """Its heading, if that is not its title."""

    @property
    def headline(self) -> str:
        """The name of the page outside the site, as in a shared link."""
        return self.heading or self.title

    @property
    def file(self) -> str:
        """The path of the page in the engine's tree."""
        return file_of(self.path)

    @property
    def held(self) -> tuple[CachedBytes, ...]:
        """The cache entries of the page and of the files beside it."""
        return (self.text, *(held for _, held in self.files))


_EXPLORE: Final = {
    "back": "back_to_picture",
    "frame": "explore_frame",
    "loading": "explore_loading",
    "shown": "explore_shown",
    "failed": "explore_failed",
}
"""The texts of the script for interactive charts, as catalogue keys by the script's own names."""


_BESIDE: Final = re.compile(
    r'\s*<div class="figures">(?:(?!</div>\n</div>).)*</div>\n</div>(?P<doubts>\s*<details'
    r' class="dispute")?',
    re.DOTALL,
)
"""The large figures, and the disagreements that may follow, as their templates print them."""


@register_dataclass
@dataclass(frozen=True)
class Page:
    """A page at ``<path>/index.md``. The home page's path is empty."""

    path: str
    title: str
    description: str
    body: str
    """The Markdown, with its calls expanded."""
    layout: str = "text"
    answers: tuple[AnswerView, ...] = ()
    notes: dict[str, str] = field(default_factory=dict, hash=False)
    explores: bool = False
    """Whether it has an interactive chart, which needs a script and a frame."""
    source: str = ""
    """The author's file, for messages."""
    terms: tuple[Term, ...] = ()
    """The glossary terms that are explained on it."""
    reading: Reading | None = None
    """How long and how hard its prose is, if it was written by hand."""
    figures: tuple[Figure, ...] = ()
    """The large figures that it shows."""
    up: tuple[str, str] | None = None
    """The page that lists it: its address below the site's root, and its title."""
    holders: tuple[str, ...] = ()
    """The ids of the facts and series that it speaks of."""
    cites: bool = False
    """Whether it says how to cite it. That needs files beside it and a script for the clipboard."""
    citations: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The text with which others may quote each of its numbers, by the answer's id."""
    linked: str = ""
    """The JSON-LD in schema.org's terms for its head."""
    heading: str = ""
    """Its first heading in plain text, if that is not its title.

    Navigation has room for a short title only.
    """
    dates: Dates = UNDATED
    """The days on which it was published and modified."""
    picture: PreviewPicture | None = None
    """Its preview picture where it is shared. Without one, its social card is used."""
    tail: str | None = None
    """Its ``popovers``, if they are made already."""
    meta: Mapping[str, object] = field(default_factory=dict, hash=False)
    """Further metadata in its head for the theme:

    - its language, and its versions in other languages;
    - ``author`` and ``shared``, for programs that share and cite it;
    - ``oembed``, the path of a chart's oEmbed answer;
    - ``unlisted``, for a page that is kept for people who have its address but is not to be found;
    - ``keywords``, further words by which a search finds it.
    """

    @property
    def file(self) -> str:
        """The path of the page in the engine's tree."""
        return file_of(self.path)

    @property
    def root(self) -> str:
        """The relative path up to the site's root."""
        return root_of(self.path)

    @property
    def headline(self) -> str:
        """The name of the page outside the site, as in a shared link."""
        return self.heading or self.title

    @property
    def sight(self) -> PreviewPicture:
        """The preview picture of the page: its ``picture``, or else its social card."""
        return self.picture or PreviewPicture(card_of(self.path), *CARD, self.headline)

    def markdown(self, templates: Templates) -> str:
        """Return the whole Markdown file for the engine, with the page's head."""
        words = {
            "title": with_placeholders(without_isolates(self.title)),
            "description": _inert(self.description),
        }
        meta = {**words, "layout": self.layout, **_all_inert(self.meta)}
        meta |= (
            {"explore": {name: _inert(templates.say(key)) for name, key in _EXPLORE.items()}}
            if self.explores
            else {}
        )
        if self.reading:
            meta |= {
                "minutes": templates.say("minutes", count=self.reading.minutes),
                "on_page": templates.say("on_page"),
            }
        meta |= (
            {"up": f"{self.root}{self.up[0]}", "up_title": _inert(self.up[1])} if self.up else {}
        )
        meta |= {"linked": self.linked} if self.linked else {}
        meta |= _rows(self.body) if self.layout == "home" else {}
        head = "\n".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()
        )
        notes = "\n".join(f"[^{label}]: {text}" for label, text in self.notes.items())
        tail = self.tail if self.tail is not None else self.popovers(templates)
        below = (marks_to_bdi(part) for part in (self.body.strip(), notes, tail) if part)
        return "\n\n".join((f"---\n{head}\n---", *below)) + "\n"

    def settled(self, templates: Templates) -> Page:
        """Return the page with its popovers made, and without the data that they were made from."""
        return replace(self, tail=self.popovers(templates), answers=(), citations={}, terms=())

    def popovers(self, templates: Templates) -> str:
        """Return the HTML of the popovers for its numbers and terms, or "" if it has none."""
        render, said = templates.render, self.citations.get
        found = [
            render(
                "fragments/popover.html.j2", answer=each, root=self.root, cited=said(each.id, "")
            )
            for each in self.answers
        ]
        found += [
            templates.render("fragments/explained.html.j2", term=term, root=self.root)
            for term in self.terms
        ]
        label = escape(templates.say("where_numbers"))
        lines = "\n".join(found)
        return (
            f'<aside class="popovers" aria-label="{label}" data-unsearched>\n{lines}\n</aside>'
            if found
            else ""
        )


def _rows(body: str) -> dict[str, bool]:
    """Return which blocks follow a home page's first chart: ``numbers``, and then ``doubts``.

    They are laid out beside the chart. The stylesheet could find out by itself, but only after the
    browser has parsed that far. Until then the browser would place them elsewhere.
    """
    found = _BESIDE.match(body.partition("</figure>")[2])
    return {
        "numbers": found is not None,
        "doubts": found is not None and found["doubts"] is not None,
    }


def _inert(text: str) -> str:
    """Return text from a page's head escaped for HTML, without direction marks.

    The theme prints metadata raw, and some of it is for programs.
    """
    text = without_isolates(text)
    return str(escape(text)) if set(text) & set('<>"&') else text


def _all_inert(value: Any) -> Any:
    """Return a tree of mappings and lists with ``_inert`` applied to every text."""
    if isinstance(value, str):
        return _inert(value)
    if isinstance(value, Mapping):
        return {key: _all_inert(each) for key, each in value.items()}
    return [_all_inert(each) for each in value] if isinstance(value, list | tuple) else value


def file_of(path: str) -> str:
    """Return a page's path in the engine's tree.

    Every page is an ``index.md``, because engines agree on addresses only then.
    """
    return f"{path}/index.md" if path else "index.md"


def card_of(path: str) -> str:
    """Return the path of a page's social card, below the site's root."""
    return f"cards/{path or 'index'}.png"


def root_of(path: str) -> str:
    """Return the relative path from a page up to the site's root: "../../" for "facts/x"."""
    return "../" * len([part for part in path.split("/") if part])


def heading(text: str) -> str:
    """Return a first-level heading in Markdown that shows text unchanged."""
    return f"# {escape_markdown(text)}"


# Citing: a page's sources, its own reference in each style, and files for reference managers


def work_of(context: Context, path: str, headline: str, dates: Dates) -> Work:
    """Return a page as a work to be cited, with its heading and the day that its head gives."""
    return Work(f"{path}/" if path else "", headline, dates.cited, context.wording.language)


def citation_panel(context: Context, path: str, headline: str, dates: Dates) -> Markup:
    """Return the panel that says how to cite a page, or "" if no references are formatted.

    It works without a script. A script only adds the buttons.
    """
    references = references_of_page(context, work_of(context, path, headline, dates))
    if not references:
        return Markup("")
    what = "cite_chart" if path.startswith("charts/") else "cite_page"
    return context.templates.markup(
        "fragments/cite.html.j2", cited=references, what=what, address=context.address
    )


def citation_files(context: Context, page: Page) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of a page's reference in each format for reference managers.

    There are none if the page does not say how to cite it.
    """
    if page.cites:
        items = [item_of_page(context, work_of(context, page.path, page.headline, page.dates))]
        below = f"{page.path}/" if page.path else ""
        yield f"{below}cite.json", dump_json(items) + "\n"
        yield f"{below}cite.bib", bibtex(items)
        yield f"{below}cite.ris", ris(items)


def sources_of(answers: Iterable[AnswerView], notes: Iterable[str]) -> list[str]:
    """Return the ids of the sources of a page's numbers and notes, without duplicates."""
    used = [
        item.source_id
        for answer in answers
        for claim in answer.claims
        for item in claim.evidence
        if item.stance == "supports"
    ]
    used += [label.removeprefix("source-") for label in notes if label.startswith("source-")]
    return list(dict.fromkeys(used))


def listed_citations(context: Context, path: str, sources: Iterable[str]) -> str:
    """Return the list of references to some sources for a page, or "" if there are none.

    They are sorted by their text.
    """
    items = [
        (source, context.references[source]) for source in sources if source in context.references
    ]
    if not items:
        return ""
    items.sort(key=lambda item: item[1].striptags().casefold())
    return context.templates.render("fragments/references.html.j2", items=items, root=root_of(path))


# Metadata for programs that share, cite and list a page


def with_metadata(context: Context, page: Page) -> Page:
    """Return the page with this metadata added to its ``meta``."""
    return replace(page, meta=shared(context, page) | dict(page.meta))


def shared(context: Context, page: Page) -> dict[str, object]:
    """Return the metadata that the theme prints into a page's head.

    ``author`` is a key that the theme itself uses.
    """
    words = {
        "title": page.headline,
        "published": page.dates.published,
        "modified": page.dates.modified,
        "cited_published": (page.dates.published or "").replace("-", "/"),
        "cited_modified": (page.dates.modified or "").replace("-", "/"),
        "locale": open_graph_locale(context.wording.catalogue.locale),
        "picture": vars(page.sight),
    }
    return {"author": context.publisher, "shared": words}


def open_graph_locale(locale: str) -> str:
    """Return a locale with language and territory, as Open Graph needs it: "en_GB".

    If the locale has no territory, the most likely one is taken.
    """
    parsed = Locale.parse(locale)
    known = get_global("likely_subtags")
    likely = known.get(locale) or known.get(parsed.language)
    territory = parsed.territory or (Locale.parse(likely).territory if likely else None)
    return f"{parsed.language}_{territory}" if territory else parsed.language


# Reporting errors: an address with the claim's id, made from ``extra.report``

_REPOSITORY = re.compile(r"https://(?P<host>[^/]+)/[^/?#]+/[^/?#]+?(?:\.git)?/?\Z")
"""The address of a repository: a host, an owner and a name, with nothing after them."""
_FIELDS = {"gitlab": ("-/issues/new", "issue[title]", "issue[description]")}
_OTHERS = ("issues/new", "title", "body")
"""The path for a new issue, and the query fields of its title and text.

``_FIELDS`` is for GitLab, ``_OTHERS`` for GitHub, Forgejo and Gitea.
"""


def report_address(context: Context, path: str, claim: str) -> str:
    """Return the address to report an error in a claim, or "" if the project sets none.

    In an address with ``{claim}``, the id replaces it. Otherwise a repository leads to a new issue,
    and a ``mailto:`` address to a new mail, both with a title and a text. Any other address is
    used as it is.

    Args:
        context: The context of the page.
        path: The page's path below the site's root.
        claim: The id of a fact, or ``fact:claim``.
    """
    where, title = context.report, context.templates.say("report_title", claim=claim)
    if not where or "{claim}" in where:
        return where.replace("{claim}", quote(claim))
    text = context.templates.say("report_text", claim=claim, page=f"{context.address}{path}/")
    if (named := _REPOSITORY.match(where)) is not None:
        new, *fields = next(
            (each for host, each in _FIELDS.items() if host in named["host"]), _OTHERS
        )
        return f"{where.rstrip('/').removesuffix('.git')}/{new}?{urlencode(dict(zip(fields, (title, text), strict=True)))}"  # noqa: E501
    if where.startswith("mailto:") and "?" not in where:
        return f"{where}?{urlencode({'subject': title, 'body': text}, quote_via=quote)}"
    return where


# Writing pages to the cache


def write_page(context: Context, page: Page, text: str | None = None) -> WrittenPage:
    """Write a page's file and the files beside it to the cache, and return the written page.

    ``text`` is the content of the page's file, if it differs from the page's own Markdown.
    """
    hold = context.cache.hold
    files = tuple((path, hold(data.encode())) for path, data in citation_files(context, page))
    held = hold((text or with_metadata(context, page).markdown(context.templates)).encode())
    return WrittenPage(
        page.path,
        page.title,
        page.description,
        held,
        files,
        page.source,
        page.figures,
        page.reading,
        page.heading,
    )


def kept(context: Context, what: str, about: str, make: Callable[[], Page]) -> WrittenPage:
    """Return a page as the last build wrote it, if nothing that it depends on has changed.

    Otherwise call ``make`` and write the page. ``what`` and ``about`` identify the page: its kind
    and the id of its record.
    """
    there = context.cache.has
    return context.parts.get(
        what,
        about,
        lambda: write_page(context, make()),
        keep=lambda page: all(map(there, page.held)),
    )
