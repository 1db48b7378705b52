"""How this site's own pages are cited: by the same styles and the same pandoc as its sources, from one pattern for all pages.

A pattern is a reference in which marks stand for the author, the title, the site and the address. So pandoc is asked once,
and no letter is put to a year because a site publishes more than one page in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from explainer.context import Context
from explainer.references.csl import Item
from explainer.references.dates import CslDate, csl_date
from explainer.views import AnswerView

_TITLE, _SITE, _AUTHOR = "\ue010", "\ue011", "\ue012"
_URL: Final = "https://page.invalid/"
_NAME: Final = re.compile(rf"{_AUTHOR}\d+{_AUTHOR}")
_LINK: Final = re.compile(rf'<a href="{re.escape(_URL)}">(.*?)</a>')
_STROKES: Final = re.compile(r"(\S) // (?=\d)")
"""What a style puts before the site's name even where there is none."""
_INNER: Final = str.maketrans("“”", "‘’")


@dataclass(frozen=True)
class Work:
    """A page of this site, as something to be cited."""

    path: str
    """Below the site's root, with a stroke at its end; empty for the first page, which stands for the whole site."""
    title: str
    language: str = "en"
    anchor: str = ""

    @property
    def key(self) -> str:
        """Its id in other people's libraries."""
        return self.path.strip("/").replace("/", "-") or "site"


def item_of(context: Context, work: Work) -> Item:
    """The page after CSL-JSON. Its date is the newest one of the ledger: a build knows no clock.

    Its author is whom ``site_author`` names; the site's name stands for one that is not named.
    """
    site = work.path and context.author
    own = {
        "id": work.key,
        "type": "webpage",
        "title": work.title,
        "container-title": context.site_name if site else "",
        "author": [{"literal": context.author or context.site_name}],
        "URL": context.address and f"{context.address}{work.path}{work.anchor}",
        "issued": _issued(context),
        "language": work.language,
    }
    return {key: value for key, value in own.items() if value}


def cited(context: Context, work: Work) -> dict[str, Markup]:
    """The page's reference in each style, by the style's name, with its address wherever the site's is known."""
    return dict(_references(context, work))


def _references(context: Context, work: Work) -> Iterator[tuple[str, Markup]]:
    """The page's reference in one style after another."""
    item = _printed(item_of(context, work))
    shape = _shape(item)
    for style, pattern in context.patterns.items():
        yield style, _filled(pattern[shape], item, work)


def _filled(pattern: str, item: Item, work: Work) -> Markup:
    title = work.title.rstrip("?").removesuffix(".")
    text = pattern.replace(_TITLE, str(escape(title.translate(_INNER) if f"“{_TITLE}" in pattern else title)))
    text = text.replace(_SITE, str(escape(item.get("container-title", ""))))
    text = _NAME.sub(lambda _: str(escape(item["author"][0]["literal"])), text)
    return Markup(text.replace(_URL, str(escape(item.get("URL", "")))))  # noqa: S704 - pandoc's own, and words that are escaped


def _printed(item: Item) -> Item:
    """An item as styles are given it: an author of the same name as the title would be printed twice."""
    same = "container-title" not in item and item["author"] == [{"literal": item["title"]}]
    return _without_author(item) if same else item


def _without_author(item: Item) -> Item:
    return {key: value for key, value in item.items() if key != "author"}


def patterns(context: Context) -> Iterator[Item]:
    """The items that pandoc is to format, one for each shape that a page of this site can have."""
    named = (Work("a/", "a"), Work("a/", "a?"), Work("", "a"), Work("", "a?"))
    items = [item_of(context, work) for work in named]
    items += map(_without_author, items[2:])
    for number, item in enumerate({_shape(item): item for item in items}.values()):
        marked = {"title": _TITLE + item["title"][1:], "container-title": _SITE, "URL": _URL}
        # an author of its own for each, since styles put letters to the years of one author's works
        author = [{"literal": f"{_AUTHOR}{number}{_AUTHOR}"}]
        same = {key: value for key, value in item.items() if key != "language"}
        yield {**same, **{key: value for key, value in marked.items() if key in item}, **({"author": author} if "author" in item else {}),
               "id": _shape(item)}  # fmt: skip


def pattern_of(reference: Markup, item: Item) -> str:
    """What pandoc made of an item, with its address in sight: a style that hides it behind the title has it at the end."""
    text = str(reference)
    if "URL" in item and not any(inner == _URL for inner in _LINK.findall(text)):
        text = f'{_LINK.sub(lambda link: link.group(1), text)} URL: <a href="{_URL}">{_URL}</a>'
    if "container-title" not in item:
        text = _STROKES.sub(lambda strokes: f"{strokes.group(1)}{'' if strokes.group(1) == '?' else '.'} ", text)
    return text


def _shape(item: Item) -> str:
    """Which pattern an item follows: whether it has an author and a site, and whether its title asks. No source has an id with a dot."""
    return f"own.{'author' in item:d}{'container-title' in item:d}{item['title'].endswith('?'):d}"


def _issued(context: Context) -> CslDate | None:
    newest = context.ledger.newest_date
    return csl_date(newest.text) if newest else None


def number_cited(context: Context, answer: AnswerView) -> str:
    """A number with who says it and the reference of its page, in plain words for the clipboard; empty where nothing is cited."""
    path, _, anchor = answer.path.partition("#")
    _, reference = next(_references(context, Work(path, answer.question, anchor=anchor and f"#{anchor}")), ("", None))
    if reference is None:
        return ""
    about = [answer.label, answer.voice, context.wording.say("for_when", when=answer.when) if answer.when else ""]
    said = f"{answer.text} {answer.unit}".strip()
    return f"{said} ({'; '.join(dict.fromkeys(filter(None, about)))}). {reference.striptags()}"
