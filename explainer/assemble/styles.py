"""The site's stylesheets: those of a page are joined, and rules that match nothing are removed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape
from itertools import chain
from sys import intern
from typing import Final, Self

from explainer.common.typed_json import register_dataclass
from explainer.incremental.cache import Cache

# Parsing and writing stylesheets

_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?(?:\*/|\Z))|(?P<kept>"(?:\\.|[^"\\])*+(?:"|\\?\Z)|'(?:\\.|[^'\\])*+(?:'|\\?\Z)|url\(\s*+[^"'\s)][^)]*+(?:\)|\Z)|\\.)|(?P<space>\s+)|[^\\{};"'/u\s]+|.""",
    re.DOTALL,
)
_KEPT = r"""("(?:\\.|[^"\\])*+(?:"|\\?\Z)|'(?:\\.|[^'\\])*+(?:'|\\?\Z)|url\(\s*+[^"'\s)][^)]*+(?:\)|\Z))"""  # noqa: E501
"""Strings and URLs, which stay as they are.

An unclosed one goes to the end of the stylesheet, as in browsers.
"""
_COMMA = re.compile(_KEPT + r"|\s*(,)\s*|\s+(?=!important)")
_JOIN = re.compile(_KEPT + r"|\s*([,>~])\s*|\s+(\+)\s+")
"""White space around the commas and combinators of selectors.

A plus sign is matched only between spaces, because it may be part of ``2n + 1``.
"""
_OPEN: Final = {"(": ")", "[": "]"}


@dataclass(frozen=True)
class Block:
    """A rule or an at-rule: what is before its braces, and what is between them."""

    prelude: str
    """Selectors, or an at-rule with its condition."""
    items: tuple[Item, ...]

    @property
    def selectors(self) -> tuple[str, ...]:
        """The selectors of a rule, one by one; an at-rule has none."""
        return () if self.prelude.startswith("@") else tuple(split(self.prelude))

    def with_selectors(self, selectors: tuple[str, ...]) -> Block:
        """Return the block with other selectors."""
        return Block(",".join(selectors), self.items)

    def with_items(self, items: tuple[Item, ...]) -> Block:
        """Return the block with other items."""
        return Block(self.prelude, items)


Item = str | Block
"""A declaration, a statement such as ``@charset``, or a block."""


def read(css: str) -> tuple[Item, ...]:
    """Parse a stylesheet; comments are dropped, and each run of white space becomes one space."""
    return tuple(_items(_TOKEN.finditer(css)))


def _items(tokens: Iterator[re.Match[str]]) -> Iterator[Item]:
    """Yield the items up to the closing brace."""
    text = ""
    for token in tokens:
        match token.group():
            case "{":
                yield Block(
                    _tight(text, _COMMA if text.lstrip().startswith("@") else _JOIN),
                    tuple(_items(tokens)),
                )
                text = ""
            case "}":
                break
            case ";":
                yield from _declared(text)
                text = ""
            case _:
                text += "" if token["comment"] else " " if token["space"] else token.group()
    yield from _declared(text)


def _declared(text: str) -> Iterator[str]:
    name, colon, value = _tight(text).partition(":")
    if name and not name.startswith("@"):
        yield f"{name.rstrip()}{colon}{value.lstrip()}"
    elif name:
        yield f"{name}{colon}{value}"


def _tight(text: str, loose: re.Pattern[str] = _COMMA) -> str:
    return loose.sub(lambda match: next(filter(None, match.groups()), ""), text).strip()


def written(items: tuple[Item, ...]) -> str:
    """Return the text of items, without unneeded characters."""
    parts = [
        (
            item
            if isinstance(item, str)
            else f"{item.prelude}{{{written(item.items).removesuffix(';')}}}"
        )
        for item in items
    ]
    return "".join(
        part if isinstance(item, Block) else f"{part};"
        for part, item in zip(parts, items, strict=True)
    )


def declarations(items: tuple[Item, ...]) -> Iterator[str]:
    """Yield all declarations, at any depth."""
    for item in items:
        yield from (item,) if isinstance(item, str) else declarations(item.items)


def split(selectors: str) -> Iterator[str]:
    """Yield the selectors of a list; commas within brackets do not separate them."""
    if not _OPEN.keys() & set(selectors):
        yield from map(str.strip, selectors.split(","))
        return
    found, closing = "", list[str]()
    for letter in selectors:
        if letter == "," and not closing:
            yield found.strip()
            found = ""
            continue
        if letter in _OPEN:
            closing.append(_OPEN[letter])
        elif closing and letter == closing[-1]:
            closing.pop()
        found += letter
    yield found.strip()


# Names in pages and scripts, and the selectors that can match them

Names = frozenset[str]
"""Names as in selectors: ``.class``, ``#id``, ``tag``, ``[attribute]`` and ``[attribute=value]``.

A script may set what it names: ``[attribute=*]`` to any ``=value`` that it contains.
"""

_TAG = re.compile(r"""<([a-zA-Z][\w-]*+)((?:[^'"<>]++|"[^"]*"|'[^']*')*+)>""")
"""A tag. Outside of quotes it contains no ``<``.

So a page with many unclosed tags is not read to its end for each of them.
"""
_VALUE = re.compile(r"""([^\s"'=<>/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_STYLE, _STYLE_END = re.compile(r"<style\b"), "</style>"
_WORD = re.compile(r"[a-zA-Z_][\w-]*")
_PROPERTY = re.compile(r"--[\w-]+")
_MADE = re.compile(
    r"""\w\(["']([a-z][a-z0-9]*)["'](?:,\{|,null\b)|createElement\(["']([a-z][a-z0-9]*)["']\)|<([a-z][a-z0-9]*)[ >]"""  # noqa: E501
)
"""Elements as scripts make them: by a call, or as HTML."""
_INNER = re.compile(r":([\w-]+)\(([^()]*)\)")
_ATTRIBUTE = re.compile(
    r"""\[\s*([\w-]+)\s*(?:([~|^$*]?=)\s*("[^"]*"|'[^']*'|[^\[\]\s]*))?[^\[\]]*\]"""
)
_SIMPLE = re.compile(r"::?[\w-]+|([.#]?)((?:[\w-]|\\.)+)")
_ESCAPE = re.compile(r"\\(.)")
_ONE_OF: Final = ("is", "where", "has")
"""Pseudo-classes with selectors in brackets of which at least one must match.

The brackets of other pseudo-classes, such as ``:not()``, are ignored.
"""
_ROOT: Final = Names({"html", "head", "body"})
_ANYWHERE: Final = Names({".js", ".no-js", ".focus-visible", ".md-tag", ".md-tags"})
"""Classes that the theme's scripts may set on pages of any kind.

They are for the state of a page, and for the tags in search results.
"""
_PAGES_ALONE: Final = {"dir"}
"""Attributes that no script sets, although scripts have these words."""


@dataclass(frozen=True)
class _Needs:
    """What a page must have for a selector to match: all names, and one selector of each group."""

    names: Names
    one_of: tuple[tuple[_Needs, ...], ...]


def names_of_page(html: str) -> Names:
    """Return the names in a page's elements."""
    return _ROOT.union(
        *(_of_tag(tag, attributes) for tag, attributes in set(_TAG.findall(_without_styles(html))))
    )


def _without_styles(html: str) -> str:
    """Return a page without its ``style`` elements; an unclosed one stays."""
    kept, at = list[str](), 0
    while (found := _STYLE.search(html, at)) and (end := html.find(_STYLE_END, found.end())) >= 0:
        kept.append(html[at : found.start()])
        at = end + len(_STYLE_END)
    return "".join([*kept, html[at:]])


@lru_cache(maxsize=8192)
def _of_tag(tag: str, attributes: str) -> Names:
    """Return the names in one tag; cached because many pages have the same tags."""
    found = {tag.lower()}
    for name, quoted in _VALUE.findall(attributes):
        value = unescape(quoted.strip("\"'"))
        found |= {f"[{name.lower()}]", f"[{name.lower()}={value}]"}
        found |= (
            {f".{each}" for each in value.split()}
            if name == "class"
            else {f"#{value}"}
            if name == "id"
            else set()
        )
    return Names(found)


def names_of_script(code: str) -> Names:
    """Return all names that a script contains, because it might set them."""
    words = set(_WORD.findall(code))
    attributes = {f"[{word}{end}]" for word in words - _PAGES_ALONE for end in ("", "=*")}
    return Names(
        attributes
        | {f"{sign}{word}" for word in words for sign in ".#="}
        | {
            *_PROPERTY.findall(code),
            *(name for made in _MADE.findall(code) for name in made if name),
        }
    )


def names_within(blocks: Names, scripted: Names) -> Names:
    """Return the names in a theme's script without the classes of blocks that are not on the page.

    A script makes a ``.card__title`` only in a ``.card``.
    """
    there = blocks | _ANYWHERE
    return Names(name for name in scripted if not name.startswith(".") or _block(name) in there)


def _block(name: str) -> str:
    return name.partition("__")[0].partition("--")[0]


def needed_names(selectors: Iterable[str]) -> Names:
    """Return all names that decide whether the selectors can match."""
    found = Names().union(*(each for selector in selectors for each in _all(_needs(selector))))
    classes = {_block(name) for name in found if name.startswith(".")}
    parts = {
        part
        for name in found
        if "=" in name
        for part in (f"{name.partition('=')[0]}=*]", f"={name.partition('=')[2].removesuffix(']')}")
    }
    return found | classes | parts


def _all(needs: _Needs) -> Iterator[Names]:
    yield needs.names
    for each in chain.from_iterable(needs.one_of):
        yield from _all(each)


def can_match(selector: str, names: Names) -> bool:
    """Return whether a selector can match anything. If that is unknown, the answer is yes."""
    return _has(_needs(selector), names)


def _has(needs: _Needs, names: Names) -> bool:
    lacking = needs.names - names
    return all(_set(name, names) for name in lacking) and all(
        any(_has(each, names) for each in some) for some in needs.one_of
    )


def _set(name: str, names: Names) -> bool:
    """Return whether a script might set what ``name``, an ``[attribute=value]``, asks for."""
    attribute, is_value, value = name.removesuffix("]").partition("=")
    return bool(is_value) and f"{attribute}=*]" in names and f"={value}" in names


@lru_cache(maxsize=8192)
def _needs(selector: str) -> _Needs:
    one_of = []
    while inner := _INNER.search(selector):
        if inner.group(1) in _ONE_OF:
            one_of.append(tuple(_needs(each) for each in split(inner.group(2))))
        selector = selector[: inner.start()] + selector[inner.end() :]
    return _Needs(Names(_named(selector)), tuple(one_of))


def _named(selector: str) -> Iterator[str]:
    for name, sign, value in _ATTRIBUTE.findall(selector):
        plain = value.strip("\"'")
        yield f"[{name.lower()}={plain}]" if sign == "=" else f"[{name.lower()}]"
    for kind, name in _SIMPLE.findall(_ATTRIBUTE.sub(" ", selector)):
        if name and not name[0].isdigit():
            yield kind + _ESCAPE.sub(r"\1", name) if kind else name.lower()


# Removing rules that match nothing: most rules of a theme are for other sites

_CONDITIONS: Final = ("@media", "@supports", "@container", "@layer")
_READ = re.compile(r"--[\w-]+")
_SELECTOR_WORD = re.compile(r"[\w-]+")


def asked(items: tuple[Item, ...]) -> Names:
    """Return all names that decide which of the rules are kept."""
    return needed_names(_selectors(items)) | {
        each.partition(":")[0] for each in declarations(items) if each.startswith("--")
    }


def _selectors(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Block):
            yield from item.selectors or _selectors(item.items)


def without_unused(items: tuple[Item, ...], names: Names) -> tuple[Item, ...]:
    """Return only the rules that can match, with the animations and custom properties they use.

    ``names`` are those of a page and its scripts. Custom properties that are in ``names`` are kept
    too.
    """
    kept = tuple(_met(items, names))
    moving = {
        word
        for each in declarations(kept)
        if each.startswith(("animation", "-webkit-animation"))
        for word in _SELECTOR_WORD.findall(each)
    }
    kept = tuple(
        item
        for item in kept
        if not (isinstance(item, Block) and item.prelude.startswith("@keyframes "))
        or _name(item) in moving
    )
    while (smaller := tuple(_said(kept, _reads(kept, names)))) != kept:
        kept = smaller
    return kept


def _name(block: Block) -> str:
    return block.prelude.removeprefix("@keyframes ")


def _met(items: tuple[Item, ...], names: Names) -> Iterator[Item]:
    for item in items:
        if isinstance(item, str):
            yield item
        elif item.prelude.startswith(_CONDITIONS):
            yield from _filled(item.with_items(tuple(_met(item.items, names))))
        elif item.prelude.startswith("@"):
            yield item
        elif met := tuple(each for each in item.selectors if can_match(each, names)):
            yield item.with_selectors(met)


def _reads(items: tuple[Item, ...], names: Names) -> frozenset[str]:
    """Return the custom properties that declarations read, or that a script might read."""
    read = {name for each in declarations(items) for name in _READ.findall(each.partition(":")[2])}
    return frozenset(read) | {name for name in names if name.startswith("--")}


def _said(items: tuple[Item, ...], read: frozenset[str]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Block):
            yield from _filled(item.with_items(tuple(_said(item.items, read))))
        elif not item.startswith("--") or item.partition(":")[0] in read:
            yield item


def _filled(block: Block) -> Iterator[Block]:
    if block.items:
        yield block


# Light and dark colour schemes without a script

_CHOICE = re.compile(
    r'<(?:input|button)\b[^<>]*\sdata-md-color-media="(\(prefers-color-scheme: (?:light|dark)\))"'
    r' data-md-color-scheme="([\w-]+)"'
)
_BODY = re.compile(r'(<body\b[^<>]*?)\sdata-md-color-scheme="[^"]*"')
_SCHEME = re.compile(r"""\[data-md-color-scheme(?:=["']?(?P<scheme>[\w-]+)["']?)?\]""")
_SWITCH = re.compile(
    r'<form class="md-header__option" data-md-component="palette">(?P<choices>.*?)'
    r"(?P<end></form>|\Z)",
    re.DOTALL,
)
_RADIO = re.compile(
    r'<input class="md-option"(?P<scheme>(?: data-md-color-[\w-]+="[^"]*")+)[^<>]*>\s*'
    r'<label class="md-header__button md-icon" title="(?P<name>[^"]*)"[^<>]*>'
    r"(?P<icon>.*?)(?:</label>|\Z)",
    re.DOTALL,
)
"""A colour scheme as the theme offers it: a hidden radio button and a visible label.

The label chooses the next scheme.
"""
_BUTTON: Final = (
    r'<button type="button" class="md-header__button md-icon"\g<scheme> title="\g<name>"'
    r' aria-label="\g<name>" hidden>\g<icon></button>'
)
_SYSTEM: Final = 'data-md-color-media="(prefers-color-scheme)"'
OPEN_SCHEME: Final = ":where(body):not([data-md-color-scheme])"
"""A selector with the specificity of the attribute that it replaces."""


def scheme_choices(page: str) -> dict[str, str]:
    """Return the colour scheme that the theme's script sets for each media query.

    Empty if the reader has no choice.
    """
    return dict(reversed(_CHOICE.findall(page)))


def left_open_scheme(page: str) -> str:
    """Return the page without a chosen colour scheme, if the reader may choose one."""
    return _BODY.sub(r"\1", page, count=1) if _CHOICE.search(page) else page


def switched_schemes(page: str) -> str:
    """Return the page with a switch for colour schemes that our script works.

    Each scheme has a button that leads to the next scheme, and one button is shown at a time. The
    script does nothing until a reader switches. The theme's switch stays if one of its choices is
    "as the system has it", because only the theme's script knows that one.
    """
    found = _SWITCH.search(page)
    if (
        found is None
        or not found["end"]
        or _SYSTEM in page
        or len(_RADIO.findall(found["choices"])) != found["choices"].count("<input")
    ):
        return page
    buttons = _RADIO.sub(_BUTTON, found["choices"])
    return (
        f'{page[: found.start()]}<div class="md-header__option"'
        f" data-schemes>{buttons}</div>{page[found.end() :]}"
    )


def with_open_scheme(items: tuple[Item, ...], schemes: Mapping[str, str]) -> tuple[Item, ...]:
    """Return the rules, and after each rule for a scheme one for pages without a chosen scheme.

    The theme writes the light scheme into every page, and its script changes it to the dark one.
    Our pages have no scheme at first, so they need no script: the added rules apply the scheme that
    the reader's system asks for, which the script would choose too.
    """
    return (
        tuple(_scheme_said(items, {scheme: media for media, scheme in schemes.items()}))
        if schemes
        else items
    )


def _scheme_said(items: tuple[Item, ...], medias: Mapping[str, str]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, str):
            yield item
        elif item.prelude.startswith("@"):
            yield item.with_items(tuple(_scheme_said(item.items, medias)))
        else:
            yield item
            yield from _open(item, medias)


def _open(rule: Block, medias: Mapping[str, str]) -> Iterator[Block]:
    """Yield copies of a rule for pages without a chosen scheme.

    A copy is in the media query of the scheme that its selectors name; for selectors that accept
    any scheme there is no media query.
    """
    for scheme, media in ((None, None), *medias.items()):
        asking = tuple(
            each
            for each in rule.selectors
            if (found := _SCHEME.search(each)) and found["scheme"] == scheme
        )
        if asking:
            again = rule.with_selectors(tuple(_SCHEME.sub(OPEN_SCHEME, each) for each in asking))
            yield Block(f"@media {media}", (again,)) if media else again


# What the styles of a page depend on

DRAWN: Final = '<figure class="chart"'
"""The beginning of a chart's element; every page with a chart has it."""
LINK = re.compile(r'<link rel="?stylesheet"? href="([^"]*)">')
_SCRIPT = re.compile(r'<script src="([^"]*)"')
_FEATURES = re.compile(r'"features": ?\[([^\]]*)\]')
_ALONE: Final = ("embed/", "explore/")
"""Pages with few styles, which are all their own."""
_QUIET: Final = {
    "navigation.tabs",
    "navigation.tabs.sticky",
    "navigation.footer",
    "search.highlight",
    "search.suggest",
}
"""Features with which the theme's scripts add no new kinds of blocks to a page."""


@register_dataclass
@dataclass(frozen=True)
class PageStyles:
    """What the styles of one page depend on.

    All fields but ``schemes`` are empty if its stylesheets must stay as they are.
    """

    sheets: tuple[str, ...] = ()
    """The paths of its stylesheets from the site's root, in the order of the page."""
    root: str = ""
    """The relative address of the site's root."""
    scripts: tuple[str, ...] = ()
    """The paths of the scripts that the page loads."""
    quiet: bool = False
    """Whether the theme's scripts add no new kinds of blocks to the page."""
    drawn: bool = False
    """Whether the page shows a chart."""
    names: Names = frozenset()
    """The names on the page that some stylesheet uses."""
    schemes: tuple[tuple[str, str], ...] = ()
    """The colour schemes that a reader may choose, by media query."""

    @classmethod
    def read(
        cls, path: str, html: str, find: Callable[[str], str | None], wanted: Callable[[], Names]
    ) -> Self:
        """Read a page.

        ``find`` returns the path of the file at an address, or ``None`` if the file must stay as it
        is. ``wanted`` returns the names that stylesheets use.
        """
        schemes = tuple(scheme_choices(html).items())
        addresses = [] if path.startswith(_ALONE) else LINK.findall(html)
        sheets = [sheet for address in addresses if (sheet := find(address))]
        if not sheets or len(sheets) < len(addresses):
            return cls(schemes=schemes)
        root = addresses[0].removesuffix(sheets[0])
        scripts = tuple(script for address in _SCRIPT.findall(html) if (script := find(address)))
        quiet = set(re.findall(r'"([^"]*)"', "".join(_FEATURES.findall(html)))) <= _QUIET
        return cls(
            tuple(sheets),
            root,
            scripts,
            quiet,
            DRAWN in html,
            Names(map(intern, names_of_page(html) & wanted())),
            schemes,
        )


# The stylesheets of the site

FROM: Final = "data-from="
"""The attribute of an inlined style.

Its value is the address of the stylesheet that the page would link to otherwise.
"""
_ELSEWHERE = re.compile(r"url\((?!\s*[\"']?data:)|@import|</style", re.IGNORECASE)
"""What is in a stylesheet that must stay a file of its own.

These are mainly addresses that are relative to the file.
"""
_CHARSET: Final = '@charset "UTF-8"'
_FOUND: Final = Names({"mark"})
"""The elements that the search adds to its results, on any page."""
_THEMES: Final = "assets/javascripts/"


class Styles:
    """The styles of all pages of a site. A page whose stylesheets must stay is left alone.

    The stylesheets of a page are joined, so that it needs one request for all. On slow 4G the first
    paint waits for the page, and then as long again for its stylesheet. So a page with a chart has
    the rules that it needs inlined. Other pages link to a file, which the browser has cached since
    the first of them. Stylesheets are parsed only if a page, a stylesheet or a script has changed
    since the last build; the results are in the cache.
    """

    def __init__(
        self,
        pages: Mapping[str, str],
        files: Mapping[str, bytes],
        cache: Cache,
        sums: Mapping[str, str] | None = None,
    ) -> None:
        """Read what all pages need.

        ``pages`` are all pages by path, ``files`` all other files. ``sums`` are digests of the
        pages, if they are known.
        """
        self._files, self._cache = files, cache
        self._paths = sorted(
            (path for path in files if path.endswith((".css", ".js"))), key=len, reverse=True
        )
        self._css = {path: files[path].decode() for path in self._paths if path.endswith(".css")}
        self._fixed = {path for path, css in self._css.items() if _ELSEWHERE.search(css)}
        self._sum = _sum({path: hashlib.sha256(files[path]).hexdigest() for path in self._paths})
        self._told = self._tell(pages, sums or pages)
        self._schemes = dict(
            next((told.schemes for told in self._told.values() if told.schemes), ())
        )
        self._scripts: dict[str, Names] = {}
        self._read: dict[tuple[str, ...], tuple[Item, ...]] = {}
        self._alike: dict[tuple[object, ...], Names] = {}
        self._names = {path: self._all(told) for path, told in self._told.items() if told.sheets}
        self._sheets = {
            sheets: self._sheet(sheets)
            for sheets in dict.fromkeys(told.sheets for told in self._told.values() if told.sheets)
        }
        self._addresses = {sheets: _path(css) for sheets, css in self._sheets.items()}
        self._cuts: dict[tuple[tuple[str, ...], Names], tuple[str, str]] = {}

    @property
    def files(self) -> dict[str, bytes]:
        """The stylesheets that pages link to now, by path."""
        return {
            self._addresses[sheets]: b'@charset "UTF-8";' + css.encode()
            for sheets, css in self._sheets.items()
        }

    @property
    def replaced(self) -> frozenset[str]:
        """The paths of the stylesheets that pages linked to before, and of their source maps."""
        return frozenset(
            f"{path}{end}" for sheets in self._sheets for path in sheets for end in ("", ".map")
        )

    def of(self, path: str) -> tuple[str, ...]:
        """Return the address of a page's stylesheet, and its inlined styles if it has any.

        Empty if the page is left alone.
        """
        told = self._told[path]
        address = [f"{told.root}{self._addresses[told.sheets]}"] if told.sheets else []
        return (
            (*address, self._cut(told.sheets, self._names[path])[0])
            if told.drawn
            else tuple(address)
        )

    def sum(self, path: str) -> str:
        """Return the digest of what ``put`` adds to a page."""
        told = self._told[path]
        drawn = told.drawn and bool(told.sheets)
        return (
            f"{told.root} {self._addresses.get(told.sheets)}"
            f" {self._cut(told.sheets, self._names[path])[1] if drawn else ''}"
        )

    def put(self, path: str, html: str) -> str:
        """Return the page with its styles, inlined or as one link."""
        address, *own = self.of(path) or ("",)
        if not address:
            return html
        *before, after = LINK.split(html)[::2]
        first, *others = (part.rstrip() for part in before)
        styled = (
            f'<style {FROM}"{address}">{own[0]}</style>'
            if own
            else f'<link rel="stylesheet" href="{address}">'
        )
        return left_open_scheme("".join([first, styled, *others, after]))

    def _tell(
        self, pages: Mapping[str, str], made_from: Mapping[str, str]
    ) -> dict[str, PageStyles]:
        """Return what the styles of each page depend on; unchanged pages are not read again."""
        kept: dict[str, tuple[str, PageStyles]] = self._cache.notes(
            self._cache.room(("told", self._sum))
        )
        told: dict[str, PageStyles] = {}
        one: dict[PageStyles, PageStyles] = {}  # one object for equal ones, to save memory
        for path in pages:
            as_before = path in kept and kept[path][0] == made_from[path]
            each = (
                kept[path][1]
                if as_before
                else PageStyles.read(path, pages[path], self._found, lambda: self._wanted)
            )
            told[path] = one.setdefault(each, each)
        kept.clear()
        kept.update({path: (made_from[path], told[path]) for path in pages})
        return told

    def _found(self, address: str) -> str | None:
        """Return the path of the file at an address.

        The address is relative to the page, or begins at the root of the host. ``None`` if there is
        no such file, or if it is a stylesheet that must stay.
        """
        path = next(
            (path for path in self._paths if address == path or address.endswith(f"/{path}")), None
        )
        return None if path in self._fixed else path

    @cached_property
    def _wanted(self) -> Names:
        """All names that some stylesheet uses."""
        listed = self._cache.text(
            "wanted", self._sum, lambda: _list(asked(tuple(read("".join(self._css.values())))))
        )
        return Names(json.loads(listed)) | needed_names([OPEN_SCHEME])

    def _all(self, told: PageStyles) -> Names:
        """Return all names that may be on a page.

        These are its own, those that the search adds, and those that its scripts may set.
        """
        if (key := (told.names, told.scripts, told.quiet)) not in self._alike:
            own = told.names | _FOUND
            scripts = (
                self._named(path, own if told.quiet and path.startswith(_THEMES) else None)
                for path in told.scripts
            )
            self._alike[key] = own.union(*scripts)
        return self._alike[key]

    def _named(self, path: str, blocks: Names | None) -> Names:
        """Return the names that a script may set.

        ``blocks`` is ``None`` if the script may add any block to the page. Otherwise it has the
        names that are on the page, and classes of other blocks are left out.
        """
        if path not in self._scripts:
            listed = self._cache.text(
                "script",
                (path, self._sum),
                lambda: _list(names_of_script(self._files[path].decode()) & self._wanted),
            )
            self._scripts[path] = Names(json.loads(listed))
        return self._scripts[path] if blocks is None else names_within(blocks, self._scripts[path])

    def _sheet(self, sheets: tuple[str, ...]) -> str:
        """Return the rules of some stylesheets that can match on any page that links to them."""
        return self._cache.text(
            "sheet",
            (*self._made_from(sheets), _list(self._met(sheets))),
            lambda: written(self._rules(sheets)),
        )

    def _cut(self, sheets: tuple[str, ...], named: Names) -> tuple[str, str]:
        """Return the rules for a page and their digest; cached because many pages need the same."""
        if (sheets, named) not in self._cuts:
            made_from = (*self._made_from(sheets), self._addresses[sheets], _list(named))
            css = self._cache.text(
                "cut", made_from, lambda: written(without_unused(self._rules(sheets), named))
            )
            self._cuts[sheets, named] = css, _sum(css)
        return self._cuts[sheets, named]

    def _made_from(self, sheets: tuple[str, ...]) -> tuple[object, ...]:
        return (self._sum, sheets, self._schemes)

    def _met(self, sheets: tuple[str, ...]) -> Names:
        """Return the names that may be on any page that links to some stylesheets."""
        return Names().union(
            *(self._names[path] for path, told in self._told.items() if told.sheets == sheets)
        )

    def _rules(self, sheets: tuple[str, ...]) -> tuple[Item, ...]:
        """Return the same rules as ``_sheet``, parsed."""
        if sheets not in self._read:
            items = tuple(
                item for path in sheets for item in read(self._css[path]) if item != _CHARSET
            )
            self._read[sheets] = without_unused(
                with_open_scheme(items, self._schemes), self._met(sheets)
            )
        return self._read[sheets]


def _list(found: Names) -> str:
    return json.dumps(sorted(found))


def _sum(*made_from: object) -> str:
    return hashlib.sha256(repr(made_from).encode()).hexdigest()


def _path(css: str) -> str:
    """Return the path of a stylesheet, which contains its digest.

    So a page that a browser has cached gets the stylesheet it was made with, or none.
    """
    return f"assets/stylesheets/site.{hashlib.sha256(css.encode()).hexdigest()[:8]}.css"
