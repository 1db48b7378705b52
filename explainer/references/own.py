"""How this site's own pages are cited: by the same styles and the same pandoc as its sources, from one pattern for all pages.

A pattern is a reference in which marks stand for the author, the title, the site and the address, and a year and a day that no page
has for the page's own; a month is a word in most styles, so there is a pattern for each. So pandoc is asked once, and no letter is put
to a year because a site publishes more than one page in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from explainer.context import Context
from explainer.dated import dates_of_holder
from explainer.references.csl import Item
from explainer.references.dates import csl_date
from explainer.views import AnswerView
from explainer.wording.direction import as_elements, unmarked

_TITLE, _SITE, _AUTHOR = "\ue010", "\ue011", "\ue012"
"""Marks. Behind those of the title and the author stands a sign of the pattern's own, since styles put letters to the years of one
author's works, and of works of one title without an author."""
_OWN_SIGN: Final = 0xE100
"""The sign of the first pattern; the others follow it."""
_TITLE_MARK: Final = re.compile(f"{_TITLE}[\ue100-\ue1ff]")
_AUTHOR_MARK: Final = re.compile(f"{_AUTHOR}[\ue100-\ue1ff]")
_YEAR, _DAY = 8765, 23
_YEAR_MARK, _DAY_MARK = re.compile(rf"\b{_YEAR}\b"), re.compile(rf"\b{_DAY}\b")
_URL: Final = "https://page.invalid/"
_LINK: Final = re.compile(rf'<a href="{re.escape(_URL)}">(.*?)</a>')
_STROKES: Final = re.compile(r"(\S) // (?=\d)")
"""What a style puts before the site's name even where there is none."""
_INNER: Final = str.maketrans("“”", "‘’")


@dataclass(frozen=True)
class Work:
    """A page of this site, as something to be cited."""

    path: str
    """Below the site's root, with a stroke at its end; empty for the first page."""
    title: str
    """Its heading."""
    issued: str = ""
    """The day by which it is cited, ISO 8601; empty where no day is written."""
    language: str = "en"
    anchor: str = ""

    @property
    def key(self) -> str:
        """Its id in other people's libraries."""
        return self.path.strip("/").replace("/", "-") or "site"


def item_of(context: Context, work: Work) -> Item:
    """The page after CSL-JSON.

    Its author is whom ``site_author`` names; the site's name stands for one that is not named. A page that is called as the site is
    names the site once.
    """
    title = unmarked(work.title)
    own = {
        "id": work.key,
        "type": "webpage",
        "title": title,
        "container-title": context.site_name if context.author and title != context.site_name else "",
        "author": [{"literal": context.author or context.site_name}],
        "URL": context.address and f"{context.address}{work.path}{work.anchor}",
        "issued": csl_date(work.issued) if work.issued else None,
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
    text = pattern
    if date := _date(item):
        year, _, day = date
        text = _DAY_MARK.sub(str(day), _YEAR_MARK.sub(str(year), text))
    title = work.title.rstrip("?").removesuffix(".")
    title = str(escape(title.translate(_INNER) if f"“{_TITLE}" in pattern else title))
    text = _TITLE_MARK.sub(lambda _: title, text)
    text = text.replace(_SITE, str(escape(item.get("container-title", ""))))
    text = _AUTHOR_MARK.sub(lambda _: str(escape(item["author"][0]["literal"])), text)
    return Markup(as_elements(text.replace(_URL, str(escape(item.get("URL", ""))))))  # noqa: S704 - pandoc's own, and words that are escaped


def _date(item: Item) -> tuple[int, int, int] | None:
    """Year, month and day of an item; ``None`` where it has none that a pattern can hold: patterns have no years before the year 1."""
    if "issued" not in item:
        return None
    year, month, day = item["issued"]["date-parts"][0]
    return (year, month, day) if year > 0 else None


def _printed(item: Item) -> Item:
    """An item as styles are given it: an author of the same name as the title would be printed twice."""
    same = "container-title" not in item and item["author"] == [{"literal": item["title"]}]
    return _without_author(item) if same else item


def _without_author(item: Item) -> Item:
    return {key: value for key, value in item.items() if key != "author"}


def patterns(context: Context) -> Iterator[Item]:
    """The items that pandoc is to format, one for each shape that a page of this site can have."""
    items = [
        item_of(context, Work("a/", title, issued))
        for issued in ("", *(f"{_YEAR}-{month:02}-{_DAY}" for month in range(1, 13)))
        for title in ("a", "a?")
    ]
    items += [each for item in items for each in _named_as_the_site(item)]
    for number, item in enumerate({_shape(item): item for item in items}.values()):
        sign = chr(_OWN_SIGN + number)
        marked = {
            "title": _TITLE + sign + item["title"][1:], "container-title": _SITE, "URL": _URL,
            "author": [{"literal": _AUTHOR + sign}], "id": _shape(item),
        }  # fmt: skip
        yield {key: marked.get(key, value) for key, value in item.items() if key != "language"}


def _named_as_the_site(item: Item) -> Iterator[Item]:
    """What an item would be if the page were called as the site is: it has no site, or else no author."""
    if "container-title" in item:
        yield {key: value for key, value in item.items() if key != "container-title"}
    else:
        yield _without_author(item)


def pattern_of(reference: Markup, item: Item) -> str:
    """What pandoc made of an item, with its address in sight: a style that hides it behind the title has it at the end."""
    text = str(reference)
    if "URL" in item and not any(inner == _URL for inner in _LINK.findall(text)):
        text = f'{_LINK.sub(lambda link: link.group(1), text)} URL: <a href="{_URL}">{_URL}</a>'
    if "container-title" not in item:
        text = _STROKES.sub(lambda strokes: f"{strokes.group(1)}{'' if strokes.group(1) == '?' else '.'} ", text)
    return text


def _shape(item: Item) -> str:
    """Which pattern an item follows: whether it has an author and a site, whether its title asks, and its month, 00 where it has no date.

    No source has an id with a dot.
    """
    _, month, _ = _date(item) or (0, 0, 0)
    return f"own.{'author' in item:d}{'container-title' in item:d}{item['title'].endswith('?'):d}.{month:02}"


def number_cited(context: Context, answer: AnswerView) -> str:
    """A number with who says it and the reference of its page, in plain words for the clipboard; empty where nothing is cited."""
    path, _, anchor = answer.path.partition("#")
    issued = dates_of_holder(context, context.ledger.holders[path.removeprefix("facts/").rstrip("/")]).cited
    work = Work(path, answer.question, issued, anchor=anchor and f"#{anchor}")
    _, reference = next(_references(context, work), ("", None))
    if reference is None:
        return ""
    about = [answer.label, answer.voice, context.wording.say("for_when", when=answer.when) if answer.when else ""]
    said = f"{answer.text} {answer.unit}".strip()
    return f"{said} ({'; '.join(dict.fromkeys(filter(None, about)))}). {reference.striptags()}"
