"""A page: its words in Markdown, what it carries at its end, and where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from markupsafe import escape

from explainer.dated import UNDATED, Dates
from explainer.engine import stood_in
from explainer.pictures import CARD
from explainer.prose.blocks import Figure
from explainer.prose.reading import Reading
from explainer.records import Term
from explainer.shelf import Held
from explainer.stored import stored
from explainer.views import AnswerView
from explainer.wording.direction import as_elements, unmarked
from explainer.wording.rendering import Templates, escape_markdown


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
    """A page whose file is written, and what later steps need to know of it; its words lie on the shelf."""

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
        """All that lies on the shelf."""
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
