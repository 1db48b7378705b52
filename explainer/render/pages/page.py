"""A page: its Markdown, what it carries at its end and in its head, and its files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import quote, urlencode

from babel.core import Locale, get_global
from markupsafe import Markup, escape

from explainer.common.typed_json import stored
from explainer.engine import stood_in
from explainer.incremental.cache import Held
from explainer.model.records import Term
from explainer.publish.answers import AnswerView
from explainer.publish.direction import as_elements, unmarked
from explainer.publish.templates import Templates, escape_markdown
from explainer.render.bibtex import bibtex
from explainer.render.citations import Work, cited, item_of_page
from explainer.render.context import Context
from explainer.render.dated import UNDATED, Dates
from explainer.render.exports.machine_values import json_text
from explainer.render.pictures import CARD
from explainer.render.prose.blocks import Figure
from explainer.render.prose.paragraphs import Reading
from explainer.render.ris import ris

# A page: its words in Markdown, what it carries at its end, and where it stands.


@stored
@dataclass(frozen=True)
class Sight:
    """A picture that stands for a page elsewhere: its path below the site's root, its size in pixels, and what is seen on it."""

    path: str
    width: int
    height: int
    alt: str


@stored
@dataclass(frozen=True)
class Written:
    """A page whose file is written, and what later steps need to know of it; its words lie in the cache."""

    path: str
    title: str
    description: str
    text: Held
    files: tuple[tuple[str, Held], ...] = ()
    """What stands beside it in the finished site, by path below its root."""
    source: str = ""
    """The author's file, for messages."""
    figures: tuple[Figure, ...] = ()
    """Its large figures."""
    reading: Reading | None = None
    """How long and how hard its prose is, where it was written by hand."""
    heading: str = ""
    """Its heading, where that is not its title."""

    @property
    def headline(self) -> str:
        """What it is called where it stands alone, as in a shared link."""
        return self.heading or self.title

    @property
    def file(self) -> str:
        """Its path in the engine's tree."""
        return file_of(self.path)

    @property
    def held(self) -> tuple[Held, ...]:
        """All that lies in the cache."""
        return (self.text, *(held for _, held in self.files))


_EXPLORE: Final = {
    "back": "back_to_picture", "frame": "explore_frame", "loading": "explore_loading", "shown": "explore_shown", "failed": "explore_failed",
}  # fmt: skip
"""What a page's script says when a chart is explored."""


_BESIDE: Final = re.compile(
    r'\s*<div class="figures">(?:(?!</div>\n</div>).)*</div>\n</div>(?P<doubts>\s*<details class="dispute")?', re.DOTALL
)
"""The large figures, and the disagreements that may follow, as the templates of those names print them."""


@stored
@dataclass(frozen=True)
class Page:
    """One page at ``<path>/index.md``; the home page's path is empty."""

    path: str
    title: str
    description: str
    body: str
    """Markdown, calls worked out."""
    layout: str = "text"
    answers: tuple[AnswerView, ...] = ()
    notes: dict[str, str] = field(default_factory=dict, hash=False)
    explores: bool = False
    """Whether a chart on it can be explored, which takes a script and a frame."""
    source: str = ""
    """The author's file, for messages."""
    terms: tuple[Term, ...] = ()
    """The words of the glossary that are explained on it."""
    reading: Reading | None = None
    """How long and how hard its prose is, where it was written by hand."""
    figures: tuple[Figure, ...] = ()
    """Its large figures."""
    up: tuple[str, str] | None = None
    """The page that lists it: its address below the root, and its title."""
    holders: tuple[str, ...] = ()
    """The facts and series that it speaks of, by id."""
    cites: bool = False
    """Whether it tells how to cite it, which takes files beside it and a script for the clipboard."""
    citations: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Each of its numbers as others may quote it, by the answer's id."""
    linked: str = ""
    """What it says in schema.org's terms, as JSON, for the page's head."""
    heading: str = ""
    """Its first heading in plain words, where that is not its title: navigation has room for a short title only."""
    dates: Dates = UNDATED
    """The days that it gives for itself."""
    picture: Sight | None = None
    """What is shown of it where it is shared; its card, where it has nothing better."""
    tail: str | None = None
    """Its ``popovers``, where they are made already."""
    meta: Mapping[str, object] = field(default_factory=dict, hash=False)
    """What its head tells the theme besides: its language, its versions in others; a chart's ``oembed``, by path; what programs that
    share and cite it are told (``author``, ``shared``); whether it is ``unlisted``, kept for whoever has its address, and not meant to
    be found; ``keywords``, other words that a search finds it by."""

    @property
    def file(self) -> str:
        """Its path in the engine's tree."""
        return file_of(self.path)

    @property
    def root(self) -> str:
        """The way up to the site's root."""
        return root_of(self.path)

    @property
    def headline(self) -> str:
        """What it is called where it stands alone, as in a shared link."""
        return self.heading or self.title

    @property
    def sight(self) -> Sight:
        """The picture that stands for it where it is shared."""
        return self.picture or Sight(card_of(self.path), *CARD, self.headline)

    def markdown(self, templates: Templates) -> str:
        """The whole file for the engine."""
        words = {"title": stood_in(unmarked(self.title)), "description": _inert(self.description)}
        meta = {**words, "layout": self.layout, **_all_inert(self.meta)}
        meta |= {"explore": {name: _inert(templates.say(key)) for name, key in _EXPLORE.items()}} if self.explores else {}
        if self.reading:
            meta |= {"minutes": templates.say("minutes", count=self.reading.minutes), "on_page": templates.say("on_page")}
        meta |= {"up": f"{self.root}{self.up[0]}", "up_title": _inert(self.up[1])} if self.up else {}
        meta |= {"linked": self.linked} if self.linked else {}
        meta |= _rows(self.body) if self.layout == "home" else {}
        head = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items())
        notes = "\n".join(f"[^{label}]: {text}" for label, text in self.notes.items())
        tail = self.tail if self.tail is not None else self.popovers(templates)
        below = (as_elements(part) for part in (self.body.strip(), notes, tail) if part)
        return "\n\n".join((f"---\n{head}\n---", *below)) + "\n"

    def settled(self, templates: Templates) -> Page:
        """The page with its popovers made, and without what they were made from."""
        return replace(self, tail=self.popovers(templates), answers=(), citations={}, terms=())

    def popovers(self, templates: Templates) -> str:
        """What opens where a number or a term is tapped; empty where there is none."""
        render, said = templates.render, self.citations.get
        found = [render("fragments/popover.html.j2", answer=each, root=self.root, cited=said(each.id, "")) for each in self.answers]
        found += [templates.render("fragments/explained.html.j2", term=term, root=self.root) for term in self.terms]
        label = escape(templates.say("where_numbers"))
        lines = "\n".join(found)
        return f'<aside class="popovers" aria-label="{label}" data-unsearched>\n{lines}\n</aside>' if found else ""


def _rows(body: str) -> dict[str, bool]:
    """Which rows stand beside a home page's first chart: its ``numbers``, and after them their ``doubts``.

    The style sheet could find out, but only once the browser has read as far; until then it would place them elsewhere.
    """
    found = _BESIDE.match(body.partition("</figure>")[2])
    return {"numbers": found is not None, "doubts": found is not None and found["doubts"] is not None}


def _inert(text: str) -> str:
    """A title as the theme may print it, for programs too: it prints what stands in a page's head raw. It has no marks of direction."""
    text = unmarked(text)
    return str(escape(text)) if set(text) & set('<>"&') else text


def _all_inert(value: Any) -> Any:
    """The same for every text in a tree."""
    if isinstance(value, str):
        return _inert(value)
    if isinstance(value, Mapping):
        return {key: _all_inert(each) for key, each in value.items()}
    return [_all_inert(each) for each in value] if isinstance(value, list | tuple) else value


def file_of(path: str) -> str:
    """A page's path in the engine's tree. Engines agree on addresses only where every page is an ``index.md``."""
    return f"{path}/index.md" if path else "index.md"


def card_of(path: str) -> str:
    """Where a page's social card stands, below the site's root."""
    return f"cards/{path or 'index'}.png"


def root_of(path: str) -> str:
    """The way up from a page to the site's root: "../../" for "facts/x"."""
    return "../" * len([part for part in path.split("/") if part])


def heading(text: str) -> str:
    """A first-level heading that shows exactly the text."""
    return f"# {escape_markdown(text)}"


# What stands at a page's end for those who cite it: its sources, its own reference in three
# styles, and the files for their libraries.


def work_of(context: Context, path: str, headline: str, dates: Dates) -> Work:
    """A page as something to be cited: by its heading, and by the day that its head says."""
    return Work(f"{path}/" if path else "", headline, dates.cited, context.wording.language)


def citation_panel(context: Context, path: str, headline: str, dates: Dates) -> Markup:
    """How to cite the page: the same words without a script, which adds the buttons. Empty where nothing is formatted."""
    references = cited(context, work_of(context, path, headline, dates))
    if not references:
        return Markup("")
    what = "cite_chart" if path.startswith("charts/") else "cite_page"
    return context.templates.markup("fragments/cite.html.j2", cited=references, what=what, address=context.address)


def citation_files(context: Context, page: Page) -> Iterator[tuple[str, str]]:
    """The reference of a page for other people's libraries, by path; none where it does not tell how to cite it."""
    if page.cites:
        items = [item_of_page(context, work_of(context, page.path, page.headline, page.dates))]
        below = f"{page.path}/" if page.path else ""
        yield f"{below}cite.json", json_text(items) + "\n"
        yield f"{below}cite.bib", bibtex(items)
        yield f"{below}cite.ris", ris(items)


def sources_of(answers: Iterable[AnswerView], notes: Iterable[str]) -> list[str]:
    """The sources of a page's numbers and notes, by id, each once."""
    used = [item.source_id for answer in answers for claim in answer.claims for item in claim.evidence if item.stance == "supports"]
    used += [label.removeprefix("source-") for label in notes if label.startswith("source-")]
    return list(dict.fromkeys(used))


def listed_citations(context: Context, path: str, sources: Iterable[str]) -> str:
    """The references of some sources, in the order of the style, for a page; empty where there is none."""
    items = [(source, context.references[source]) for source in sources if source in context.references]
    if not items:
        return ""
    items.sort(key=lambda item: item[1].striptags().casefold())
    return context.templates.render("fragments/references.html.j2", items=items, root=root_of(path))


# What a page's head says to programs that share, cite and list it: its heading, its days, its
# author, its picture, its language.


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


# Where a reader reports an error: an address that carries the claim's id, made from what
# ``extra.report`` names.

_REPOSITORY = re.compile(r"https://(?P<host>[^/]+)/[^/?#]+/[^/?#]+?(?:\.git)?/?\Z")
"""The address of a repository: a host, an owner and a name, and nothing after them."""
_FIELDS = {"gitlab": ("-/issues/new", "issue[title]", "issue[description]")}
_OTHERS = ("issues/new", "title", "body")
"""Where a new issue is written, and the fields of its title and text: on GitLab, and elsewhere (GitHub, Forgejo, Gitea)."""


def report_address(context: Context, path: str, claim: str) -> str:
    """Where an error in a claim (a fact's id, or ``fact:claim``) on a page below the root is reported; empty where no address is set.

    A repository's address leads to a new issue, and a mail address to a new letter, with title and text begun. Any other is taken
    as it is, ``{claim}`` in it standing for the id.
    """
    where, title = context.report, context.templates.say("report_title", claim=claim)
    if not where or "{claim}" in where:
        return where.replace("{claim}", quote(claim))
    text = context.templates.say("report_text", claim=claim, page=f"{context.address}{path}/")
    if (named := _REPOSITORY.match(where)) is not None:
        new, *fields = next((each for host, each in _FIELDS.items() if host in named["host"]), _OTHERS)
        return f"{where.rstrip('/').removesuffix('.git')}/{new}?{urlencode(dict(zip(fields, (title, text), strict=True)))}"
    if where.startswith("mailto:") and "?" not in where:
        return f"{where}?{urlencode({'subject': title, 'body': text}, quote_via=quote)}"
    return where


# From a page to its file for the engine, and to the files that stand beside it; neither is made
# again where nothing has changed.


def write_page(context: Context, page: Page, text: str | None = None) -> Written:
    """A page's file and those beside it; ``text`` is the file's, where it is not as the page itself has it."""
    hold = context.cache.hold
    files = tuple((path, hold(data.encode())) for path, data in citation_files(context, page))
    held = hold((text or shown(context, page).markdown(context.templates)).encode())
    return Written(page.path, page.title, page.description, held, files, page.source, page.figures, page.reading, page.heading)


def kept(context: Context, what: str, about: str, make: Callable[[], Page]) -> Written:
    """The same for a page that is a part of the site."""
    there = context.cache.has
    return context.parts.get(what, about, lambda: write_page(context, make()), keep=lambda page: all(map(there, page.held)))
