"""The site's stylesheets: what pages link is joined, and rules that can match nothing are left out."""

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

from explainer.common.typed_json import stored
from explainer.incremental.cache import Cache

# A stylesheet as blocks and declarations: read from text, and written without a byte that no
# browser needs.

_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?(?:\*/|\Z))|(?P<kept>"(?:\\.|[^"\\])*+(?:"|\\?\Z)|'(?:\\.|[^'\\])*+(?:'|\\?\Z)|url\(\s*+[^"'\s)][^)]*+(?:\)|\Z)|\\.)|(?P<space>\s+)|[^\\{};"'/u\s]+|.""",
    re.DOTALL,
)
_KEPT = r"""("(?:\\.|[^"\\])*+(?:"|\\?\Z)|'(?:\\.|[^'\\])*+(?:'|\\?\Z)|url\(\s*+[^"'\s)][^)]*+(?:\)|\Z))"""
"""What stays as it is: texts and addresses. One that has no end goes to the end of the stylesheet, as in a browser."""
_COMMA = re.compile(_KEPT + r"|\s*(,)\s*|\s+(?=!important)")
_JOIN = re.compile(_KEPT + r"|\s*([,>~])\s*|\s+(\+)\s+")
"""Between selectors; a plus sign may also stand in a number's place, as in ``2n + 1``."""
_OPEN: Final = {"(": ")", "[": "]"}


@dataclass(frozen=True)
class Block:
    """What stands between braces, and what stands before them."""

    prelude: str
    """Selectors, or an at-rule with its condition."""
    items: tuple[Item, ...]

    @property
    def selectors(self) -> tuple[str, ...]:
        """The selectors of a rule, one by one; none of an at-rule."""
        return () if self.prelude.startswith("@") else tuple(split(self.prelude))

    def with_selectors(self, selectors: tuple[str, ...]) -> Block:
        """The same declarations for other selectors."""
        return Block(",".join(selectors), self.items)

    def with_items(self, items: tuple[Item, ...]) -> Block:
        """Other items for the same selectors or condition."""
        return Block(self.prelude, items)


Item = str | Block
"""A declaration, a statement such as ``@charset``, or a block."""


def read(css: str) -> tuple[Item, ...]:
    """The items of a stylesheet; comments are left out, and every run of white space is one space."""
    return tuple(_items(_TOKEN.finditer(css)))


def _items(tokens: Iterator[re.Match[str]]) -> Iterator[Item]:
    """The items up to the brace that closes them."""
    text = ""
    for token in tokens:
        match token.group():
            case "{":
                yield Block(_tight(text, _COMMA if text.lstrip().startswith("@") else _JOIN), tuple(_items(tokens)))
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
    """The text of items, with nothing between them but what separates them."""
    parts = [item if isinstance(item, str) else f"{item.prelude}{{{written(item.items).removesuffix(';')}}}" for item in items]
    return "".join(part if isinstance(item, Block) else f"{part};" for part, item in zip(parts, items, strict=True))


def declarations(items: tuple[Item, ...]) -> Iterator[str]:
    """Every declaration, at any depth."""
    for item in items:
        yield from (item,) if isinstance(item, str) else declarations(item.items)


def split(selectors: str) -> Iterator[str]:
    """The selectors of a list; commas within brackets do not part them."""
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


# What pages and their scripts name, and so which selectors can meet anything.
#
# A name is written as in a selector: ``.class``, ``#id``, ``tag``, ``[attribute]`` and
# ``[attribute=value]``. What a script names may be
# set by it: ``[attribute=*]`` to any ``=value`` that it names.

Names = frozenset[str]

_TAG = re.compile(r"""<([a-zA-Z][\w-]*+)((?:[^'"<>]++|"[^"]*"|'[^']*')*+)>""")
"""A tag. Outside of quotes it holds no other, so that not each of many that are left open is read to the end."""
_VALUE = re.compile(r"""([^\s"'=<>/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_STYLE, _STYLE_END = re.compile(r"<style\b"), "</style>"
_WORD = re.compile(r"[a-zA-Z_][\w-]*")
_PROPERTY = re.compile(r"--[\w-]+")
_MADE = re.compile(r"""\w\(["']([a-z][a-z0-9]*)["'](?:,\{|,null\b)|createElement\(["']([a-z][a-z0-9]*)["']\)|<([a-z][a-z0-9]*)[ >]""")
"""Elements as scripts make them: by a call with attributes or none, or as HTML."""
_INNER = re.compile(r":([\w-]+)\(([^()]*)\)")
_ATTRIBUTE = re.compile(r"""\[\s*([\w-]+)\s*(?:([~|^$*]?=)\s*("[^"]*"|'[^']*'|[^\[\]\s]*))?[^\[\]]*\]""")
_SIMPLE = re.compile(r"::?[\w-]+|([.#]?)((?:[\w-]|\\.)+)")
_ESCAPE = re.compile(r"\\(.)")
_ONE_OF: Final = ("is", "where", "has")
"""Of what stands in their brackets one selector must meet something; what stands in others' is not asked about."""
_ROOT: Final = Names({"html", "head", "body"})
_ANYWHERE: Final = Names({".js", ".no-js", ".focus-visible", ".md-tag", ".md-tags"})
"""Blocks that the theme's scripts make on pages of any kind: the state of a page, and the tags that a search shows."""
_PAGES_ALONE: Final = {"dir"}
"""Attributes that no script sets, though scripts name them."""


@dataclass(frozen=True)
class _Needs:
    """What must be there for a selector to meet anything: every name, and of each group of selectors one."""

    names: Names
    one_of: tuple[tuple[_Needs, ...], ...]


def names_of_page(html: str) -> Names:
    """The names in a page's elements."""
    return _ROOT.union(*(_of_tag(tag, attributes) for tag, attributes in set(_TAG.findall(_without_styles(html)))))


def _without_styles(html: str) -> str:
    """A page without its styles; one that does not end is left in it."""
    kept, at = list[str](), 0
    while (found := _STYLE.search(html, at)) and (end := html.find(_STYLE_END, found.end())) >= 0:
        kept.append(html[at : found.start()])
        at = end + len(_STYLE_END)
    return "".join([*kept, html[at:]])


@lru_cache(maxsize=8192)
def _of_tag(tag: str, attributes: str) -> Names:
    """Those in one tag: many are the same on many pages."""
    found = {tag.lower()}
    for name, quoted in _VALUE.findall(attributes):
        value = unescape(quoted.strip("\"'"))
        found |= {f"[{name.lower()}]", f"[{name.lower()}={value}]"}
        found |= {f".{each}" for each in value.split()} if name == "class" else {f"#{value}"} if name == "id" else set()
    return Names(found)


def names_of_script(code: str) -> Names:
    """Whatever a script names might be set by it."""
    words = set(_WORD.findall(code))
    attributes = {f"[{word}{end}]" for word in words - _PAGES_ALONE for end in ("", "=*")}
    return Names(
        attributes
        | {f"{sign}{word}" for word in words for sign in ".#="}
        | {*_PROPERTY.findall(code), *(name for made in _MADE.findall(code) for name in made if name)}
    )


def names_within(blocks: Names, scripted: Names) -> Names:
    """Of what the theme's scripts name, without the classes of blocks that are not there: a ``.card__title`` is made in a ``.card``."""
    there = blocks | _ANYWHERE
    return Names(name for name in scripted if not name.startswith(".") or _block(name) in there)


def _block(name: str) -> str:
    return name.partition("__")[0].partition("--")[0]


def needed_names(selectors: Iterable[str]) -> Names:
    """All names that decide on whether the selectors can meet anything."""
    found = Names().union(*(each for selector in selectors for each in _all(_needs(selector))))
    classes = {_block(name) for name in found if name.startswith(".")}
    parts = {
        part for name in found if "=" in name for part in (f"{name.partition('=')[0]}=*]", f"={name.partition('=')[2].removesuffix(']')}")
    }
    return found | classes | parts


def _all(needs: _Needs) -> Iterator[Names]:
    yield needs.names
    for each in chain.from_iterable(needs.one_of):
        yield from _all(each)


def meets(selector: str, names: Names) -> bool:
    """Whether the selector can meet anything; where that cannot be told, it can."""
    return _has(_needs(selector), names)


def _has(needs: _Needs, names: Names) -> bool:
    lacking = needs.names - names
    return all(_set(name, names) for name in lacking) and all(any(_has(each, names) for each in some) for some in needs.one_of)


def _set(name: str, names: Names) -> bool:
    """Whether a script might set the attribute to the value."""
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


# A stylesheet without the rules that can meet nothing: a theme's is written for every site, and
# most of it is for others.

_CONDITIONS: Final = ("@media", "@supports", "@container", "@layer")
_READ = re.compile(r"--[\w-]+")
_SELECTOR_WORD = re.compile(r"[\w-]+")


def asked(items: tuple[Item, ...]) -> Names:
    """Every name that decides on what is left of the rules."""
    return needed_names(_selectors(items)) | {each.partition(":")[0] for each in declarations(items) if each.startswith("--")}


def _selectors(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Block):
            yield from item.selectors or _selectors(item.items)


def purged(items: tuple[Item, ...], names: Names) -> tuple[Item, ...]:
    """The rules that can meet what is named, the animations that they name, and the custom properties that something reads."""
    kept = tuple(_met(items, names))
    moving = {
        word for each in declarations(kept) if each.startswith(("animation", "-webkit-animation")) for word in _SELECTOR_WORD.findall(each)
    }
    kept = tuple(item for item in kept if not (isinstance(item, Block) and item.prelude.startswith("@keyframes ")) or _name(item) in moving)
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
        elif met := tuple(each for each in item.selectors if meets(each, names)):
            yield item.with_selectors(met)


def _reads(items: tuple[Item, ...], names: Names) -> frozenset[str]:
    """The custom properties that a declaration reads, or that a script might, since it names them."""
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


# Light or dark before any script has run, and where none may: the page stands in the scheme that
# the reader's system asks for.
#
# The theme writes the light scheme into every page, and its script puts the dark one there. So a
# page leaves the scheme open, and the
# stylesheet says of an open one what it says of the scheme that the script would choose.

_CHOICE = re.compile(
    r'<(?:input|button)\b[^<>]*\sdata-md-color-media="(\(prefers-color-scheme: (?:light|dark)\))" data-md-color-scheme="([\w-]+)"'
)
_BODY = re.compile(r'(<body\b[^<>]*?)\sdata-md-color-scheme="[^"]*"')
_SCHEME = re.compile(r"""\[data-md-color-scheme(?:=["']?(?P<scheme>[\w-]+)["']?)?\]""")
_SWITCH = re.compile(r'<form class="md-header__option" data-md-component="palette">(?P<choices>.*?)</form>', re.DOTALL)
_RADIO = re.compile(
    r'<input class="md-option"(?P<scheme>(?: data-md-color-[\w-]+="[^"]*")+)[^<>]*>\s*'
    r'<label class="md-header__button md-icon" title="(?P<name>[^"]*)"[^<>]*>(?P<icon>.*?)</label>',
    re.DOTALL,
)
"""A scheme as the theme offers it: a radio button that is not seen, and a label that is, which chooses the next one."""
_BUTTON: Final = (
    r'<button type="button" class="md-header__button md-icon"\g<scheme> title="\g<name>" aria-label="\g<name>" hidden>\g<icon></button>'
)
_SYSTEM: Final = 'data-md-color-media="(prefers-color-scheme)"'
OPEN_SCHEME: Final = ":where(body):not([data-md-color-scheme])"
"""Weighs as much as the attribute that it stands for."""


def scheme_choices(page: str) -> dict[str, str]:
    """The scheme that the theme's script sets by each media query; none where the reader has no choice."""
    return dict(reversed(_CHOICE.findall(page)))


def left_open_scheme(page: str) -> str:
    """The page with no scheme chosen yet."""
    return _BODY.sub(r"\1", page, count=1) if _CHOICE.search(page) else page


def switched_schemes(page: str) -> str:
    """The page with its switch worked by our script, which does nothing until somebody switches; not where one choice is "as the
    system has it", which the theme's script alone knows.

    For each scheme there is a button that leads to the next; one of them is shown at a time.
    """
    found = _SWITCH.search(page)
    if found is None or _SYSTEM in page or len(_RADIO.findall(found["choices"])) != found["choices"].count("<input"):
        return page
    buttons = _RADIO.sub(_BUTTON, found["choices"])
    return f'{page[: found.start()]}<div class="md-header__option" data-schemes>{buttons}</div>{page[found.end() :]}'


def with_open_scheme(items: tuple[Item, ...], schemes: Mapping[str, str]) -> tuple[Item, ...]:
    """The rules, each that asks for a scheme followed by one for a page whose scheme is open."""
    return tuple(_scheme_said(items, {scheme: media for media, scheme in schemes.items()})) if schemes else items


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
    """The rule for an open scheme: under the media query of the scheme that it asks for, or under none where it asks for any."""
    for scheme, media in ((None, None), *medias.items()):
        asking = tuple(each for each in rule.selectors if (found := _SCHEME.search(each)) and found["scheme"] == scheme)
        if asking:
            again = rule.with_selectors(tuple(_SCHEME.sub(OPEN_SCHEME, each) for each in asking))
            yield Block(f"@media {media}", (again,)) if media else again


# What a page tells of its styles: the stylesheets that it links, the scripts that may change it,
# and every name that a rule could meet.

DRAWN: Final = '<figure class="chart"'
"""Stands in every page that shows a chart."""
LINK = re.compile(r'<link rel="?stylesheet"? href="([^"]*)">')
_SCRIPT = re.compile(r'<script src="([^"]*)"')
_FEATURES = re.compile(r'"features": ?\[([^\]]*)\]')
_ALONE: Final = ("embed/", "explore/")
"""Pages with few styles, all their own."""
_QUIET: Final = {"navigation.tabs", "navigation.tabs.sticky", "navigation.footer", "search.highlight", "search.suggest"}
"""Features with which the theme's scripts put no blocks into a page that it does not have."""


@stored
@dataclass(frozen=True)
class Told:
    """What one page tells; all but ``schemes`` is empty where its stylesheets have to stay as they are."""

    sheets: tuple[str, ...] = ()
    """By path below the site's root, in the order of the page."""
    root: str = ""
    """The way up from the page."""
    scripts: tuple[str, ...] = ()
    """By path, those that the page loads."""
    quiet: bool = False
    """Whether the theme's scripts put no blocks into the page that it does not have."""
    drawn: bool = False
    """Whether it shows a chart."""
    names: Names = frozenset()
    """Those that some stylesheet asks for."""
    schemes: tuple[tuple[str, str], ...] = ()
    """The schemes that a reader may choose from, by media query."""

    @classmethod
    def read(cls, path: str, html: str, find: Callable[[str], str | None], wanted: Callable[[], Names]) -> Self:
        """From a page. ``find`` has the file at an address, ``None`` for one that has to stay; ``wanted`` is what stylesheets ask for."""
        schemes = tuple(scheme_choices(html).items())
        addresses = [] if path.startswith(_ALONE) else LINK.findall(html)
        sheets = [sheet for address in addresses if (sheet := find(address))]
        if not sheets or len(sheets) < len(addresses):
            return cls(schemes=schemes)
        root = addresses[0].removesuffix(sheets[0])
        scripts = tuple(script for address in _SCRIPT.findall(html) if (script := find(address)))
        quiet = set(re.findall(r'"([^"]*)"', "".join(_FEATURES.findall(html)))) <= _QUIET
        return cls(tuple(sheets), root, scripts, quiet, DRAWN in html, Names(map(intern, names_of_page(html) & wanted())), schemes)


# The site's stylesheet: what pages link is put together, what can meet nothing is left out, and a
# page with a drawing carries its own.
#
# A page asks once for its styles instead of once a file. Measured on slow 4G, the first paint
# waits for the page and then, as long again,
# for its stylesheet, so a page with a drawing holds the rules that it needs itself. Pages without
# one keep a link, whose file the browser
# has kept since the first of them.
#
# Stylesheets are read only where a page, a stylesheet or a script is not as it was at the last
# build; what came of it is in the cache.

FROM: Final = "data-from="
"""Stands in the tag of a style that would be linked otherwise."""
_ELSEWHERE = re.compile(r"url\((?!\s*[\"']?data:)|@import|</style", re.IGNORECASE)
"""What a stylesheet that has to stay a file of its own holds: addresses that are counted from where it lies."""
_CHARSET: Final = '@charset "UTF-8"'
_FOUND: Final = Names({"mark"})
"""The elements that stand in what a search finds, on any page."""
_THEMES: Final = "assets/javascripts/"


class Styles:
    """The styles of a site's pages; a page whose stylesheets have to stay as they are is left alone."""

    def __init__(self, pages: Mapping[str, str], files: Mapping[str, bytes], cache: Cache, sums: Mapping[str, str] | None = None) -> None:
        """``pages`` are all pages by path, ``files`` whatever else the site has, ``sums`` stand for the pages where they are known."""
        self._files, self._cache = files, cache
        self._paths = sorted((path for path in files if path.endswith((".css", ".js"))), key=len, reverse=True)
        self._css = {path: files[path].decode() for path in self._paths if path.endswith(".css")}
        self._fixed = {path for path, css in self._css.items() if _ELSEWHERE.search(css)}
        self._sum = _sum({path: hashlib.sha256(files[path]).hexdigest() for path in self._paths})
        self._told = self._tell(pages, sums or pages)
        self._schemes = dict(next((told.schemes for told in self._told.values() if told.schemes), ()))
        self._scripts: dict[str, Names] = {}
        self._read: dict[tuple[str, ...], tuple[Item, ...]] = {}
        self._alike: dict[tuple[object, ...], Names] = {}
        self._names = {path: self._all(told) for path, told in self._told.items() if told.sheets}
        self._sheets = {sheets: self._sheet(sheets) for sheets in dict.fromkeys(told.sheets for told in self._told.values() if told.sheets)}
        self._addresses = {sheets: _path(css) for sheets, css in self._sheets.items()}
        self._cuts: dict[tuple[tuple[str, ...], Names], tuple[str, str]] = {}

    @property
    def files(self) -> dict[str, bytes]:
        """The stylesheets that pages link now, by path."""
        return {self._addresses[sheets]: b'@charset "UTF-8";' + css.encode() for sheets, css in self._sheets.items()}

    @property
    def replaced(self) -> frozenset[str]:
        """The stylesheets that pages linked before, and what lies beside them for whoever looks into them."""
        return frozenset(f"{path}{end}" for sheets in self._sheets for path in sheets for end in ("", ".map"))

    def of(self, path: str) -> tuple[str, ...]:
        """What ``put`` puts into a page: the address of its styles, and, where it carries them, the styles."""
        told = self._told[path]
        address = [f"{told.root}{self._addresses[told.sheets]}"] if told.sheets else []
        return (*address, self._cut(told.sheets, self._names[path])[0]) if told.drawn else tuple(address)

    def sum(self, path: str) -> str:
        """What tells what is put into a page from what was."""
        told = self._told[path]
        drawn = told.drawn and bool(told.sheets)
        return f"{told.root} {self._addresses.get(told.sheets)} {self._cut(told.sheets, self._names[path])[1] if drawn else ''}"

    def put(self, path: str, html: str) -> str:
        """The page with its styles, in itself or by one link."""
        address, *own = self.of(path) or ("",)
        if not address:
            return html
        *before, after = LINK.split(html)[::2]
        first, *others = (part.rstrip() for part in before)
        styled = f'<style {FROM}"{address}">{own[0]}</style>' if own else f'<link rel="stylesheet" href="{address}">'
        return left_open_scheme("".join([first, styled, *others, after]))

    def _tell(self, pages: Mapping[str, str], made_from: Mapping[str, str]) -> dict[str, Told]:
        """What each page tells; one that is as it was is not read."""
        kept: dict[str, tuple[str, Told]] = self._cache.notes(self._cache.room(("told", self._sum)))
        told: dict[str, Told] = {}
        one: dict[Told, Told] = {}  # most pages tell the same as another
        for path in pages:
            as_before = path in kept and kept[path][0] == made_from[path]
            each = kept[path][1] if as_before else Told.read(path, pages[path], self._found, lambda: self._wanted)
            told[path] = one.setdefault(each, each)
        kept.clear()
        kept.update({path: (made_from[path], told[path]) for path in pages})
        return told

    def _found(self, address: str) -> str | None:
        """The file at an address, counted from the page or from the root of the host; none for a stylesheet that stays."""
        path = next((path for path in self._paths if address == path or address.endswith(f"/{path}")), None)
        return None if path in self._fixed else path

    @cached_property
    def _wanted(self) -> Names:
        """Every name that some stylesheet asks for."""
        listed = self._cache.text("wanted", self._sum, lambda: _list(asked(tuple(read("".join(self._css.values()))))))
        return Names(json.loads(listed)) | needed_names([OPEN_SCHEME])

    def _all(self, told: Told) -> Names:
        """What may stand in a page: its own names, what a search may show, and what its scripts may set."""
        if (key := (told.names, told.scripts, told.quiet)) not in self._alike:
            own = told.names | _FOUND
            scripts = (self._named(path, own if told.quiet and path.startswith(_THEMES) else None) for path in told.scripts)
            self._alike[key] = own.union(*scripts)
        return self._alike[key]

    def _named(self, path: str, blocks: Names | None) -> Names:
        """What a script may set; where it puts no blocks into a page, only what belongs to ``blocks``, which are there."""
        if path not in self._scripts:
            listed = self._cache.text(
                "script", (path, self._sum), lambda: _list(names_of_script(self._files[path].decode()) & self._wanted)
            )
            self._scripts[path] = Names(json.loads(listed))
        return self._scripts[path] if blocks is None else names_within(blocks, self._scripts[path])

    def _sheet(self, sheets: tuple[str, ...]) -> str:
        """The rules of some stylesheets that can meet anything on any of the pages that link them."""
        return self._cache.text("sheet", (*self._made_from(sheets), _list(self._met(sheets))), lambda: written(self._rules(sheets)))

    def _cut(self, sheets: tuple[str, ...], named: Names) -> tuple[str, str]:
        """The rules for a page, and their sum; most pages name the same as another."""
        if (sheets, named) not in self._cuts:
            made_from = (*self._made_from(sheets), self._addresses[sheets], _list(named))
            css = self._cache.text("cut", made_from, lambda: written(purged(self._rules(sheets), named)))
            self._cuts[sheets, named] = css, _sum(css)
        return self._cuts[sheets, named]

    def _made_from(self, sheets: tuple[str, ...]) -> tuple[object, ...]:
        return (self._sum, sheets, self._schemes)

    def _met(self, sheets: tuple[str, ...]) -> Names:
        """What may stand in any of the pages that link some stylesheets."""
        return Names().union(*(self._names[path] for path, told in self._told.items() if told.sheets == sheets))

    def _rules(self, sheets: tuple[str, ...]) -> tuple[Item, ...]:
        """The same as ``_sheet``, as it is read."""
        if sheets not in self._read:
            items = tuple(item for path in sheets for item in read(self._css[path]) if item != _CHARSET)
            self._read[sheets] = purged(with_open_scheme(items, self._schemes), self._met(sheets))
        return self._read[sheets]


def _list(found: Names) -> str:
    return json.dumps(sorted(found))


def _sum(*made_from: object) -> str:
    return hashlib.sha256(repr(made_from).encode()).hexdigest()


def _path(css: str) -> str:
    """Where a stylesheet lies: a page that a browser kept finds the one that it was made with, or none."""
    return f"assets/stylesheets/site.{hashlib.sha256(css.encode()).hexdigest()[:8]}.css"
