"""The rules ``prose-html`` and ``prose-address``: prose has no HTML, no scripts and no odd URLs.

Python-Markdown parses the page with the extensions of the build. The elements that it makes are
checked against an allow-list. Patterns are used only to find their place in the author's file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from importlib.metadata import version
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import markdown
from markdown.treeprocessors import Treeprocessor
from selectolax.lexbor import LexborHTMLParser

from explainer.common import anchors
from explainer.common.addresses import misleading
from explainer.common.allowed.addresses import may_link
from explainer.common.characters import Stray, invisible_characters, stray, unescaped
from explainer.common.problems import Place, Problems
from explainer.incremental.cache import Cache
from explainer.render.prose import classes
from explainer.render.prose.calls import Call, place_of
from explainer.render.prose.mask import mask_code

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Extensions = Sequence[str | dict[str, Any]]
"""Extensions in the form of ``markdown_extensions`` in ``mkdocs.yml``."""

_HTML = re.compile(r"<(?=[a-zA-Z/!?])(?!https?://|mailto:|[\w.+-]{1,60}@[\w.-]{1,60}>)[^\n>]{0,60}")
_ADDRESS = re.compile(
    r"\]\([ \t]*(?P<inline><[^<>\n]*>?|(?:[^)\n\"'<]|\n(?![ \t]*\n))*)"
    r"|^ {0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]*+(?:\n[ \t]*+)?+<?(?P<reference>[^\s>]+)"
    r"|<(?P<auto>[a-zA-Z][\w+.-]{0,40}:[^<>\n]*)>",
    re.MULTILINE,
)
_LINK_TO: Final = "link to a page of this site (page.md), or to http, https or mailto"
_TAG = re.compile(r"<(?=[a-zA-Z/!?])")
_SCHEME = re.compile(r"([a-zA-Z][\w+.-]*):")
_SPACE = re.compile(r"\s")
_ENTITY_CONTROL = re.compile(r"[\x00-\x20\x7f]")

_ELEMENTS: Final = frozenset(
    (
        *(
            "div",
            "section",
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "blockquote",
            "hr",
            "br",
            "pre",
        ),
        *("code", "em", "strong", "a", "img", "sup", "sub", "abbr", "span", "del", "ins", "mark"),
        *("table", "thead", "tbody", "tfoot", "tr", "th", "td"),
    )
)
"""The elements that Markdown makes of prose."""
_ATTRIBUTES: Final = {
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "th": {"align"},
    "td": {"align"},
}
"""The attributes that these elements may have besides ids and classes.

Others can do harm: ``name``, for example, would hide properties of the document from scripts.
"""
_ADDRESSES: Final = frozenset(["href", "src"])
_ID: Final = re.compile(r"[^\W_][\w:.-]*")
"""An id that starts with a letter or a digit.

The ids of the theme's scripts start with an underscore. A script finds the first of two elements
with the same id, so an author's element could take the place of the theme's.
"""
_CLASS: Final = re.compile(r"(?!md-)[A-Za-z][\w+#.-]*")
_LANGUAGE: Final = re.compile(r"language-[\w+#.-]+")
"""The class that Markdown itself adds to code."""
_ALIGNED: Final = re.compile(r"text-align: (?:left|right|center);?")
_LIKE_ZENSICAL: Final = "pymdownx.superfences"
"""The extension with which Zensical parses fences, whatever ``mkdocs.yml`` lists."""
_VERSIONS: Final = tuple(version(name) for name in ("Markdown", "pymdown-extensions"))
_MOST: Final = 200
"""The largest number of pieces of HTML, attributes, URLs or characters reported for a page."""
_DEEPEST: Final = 60
"""The largest number of nested elements."""
_CITED: Final = "cited-here"


@dataclass(frozen=True)
class Found:
    """Something that a page must not contain, such as raw HTML, an attribute or a URL."""

    kind: str
    """``html``, ``attribute``, ``address``, ``hidden``, ``deep`` or ``fence``.

    ``hidden`` is an entity of an invisible character. ``deep`` is a page with too many nested
    elements. ``fence`` is a code block with options that cannot be parsed.
    """
    name: str
    """The raw HTML, the entity, the attribute, or the attribute that has the URL."""
    value: str = ""


_UNREADABLE: Final = {
    "deep": (
        "page-size",
        "lists, quotations or emphases stand one in the other too deep to be read",
        "flatten them",
    ),
    "fence": (
        "prose-html",
        "a code block has an option behind its language that Markdown cannot read",
        "write the language alone, as in ```python",
    ),
}
"""The problem of a page from which Markdown makes no elements: its rule, message and hint."""
_FENCE_OPTIONS: Final = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*\{[^}\n]*=", re.MULTILINE)
"""The first line of a code block with options, such as ``{ .python linenums=1 }``."""


@dataclass
class _Read:
    """The result of parsing a page: its elements, and the code and raw HTML that were set aside."""

    roots: list[Element] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    """The classes in braces, and those of notes and code. An author wrote them, not Markdown."""


def check_markup(
    path: str,
    text: str,
    cache: Cache,
    problems: Problems,
    extensions: Extensions = (),
    calls: Iterable[Call] = (),
) -> None:
    """Add a problem for each piece of raw HTML, each forbidden attribute and each odd URL.

    ``extensions`` are those of the build. ``calls`` are the calls of the page. They print nothing
    that could become an element or an attribute.
    """
    masked = mask_code(text)
    read = without_calls(text, calls)
    made_from = (read, repr(extensions), sorted(classes.reserved()), *_VERSIONS)
    kept = cache.text(
        "in the tree", made_from, lambda: json.dumps([*map(astuple, _in_trees(read, extensions))])
    )
    found = [Found(*each) for each in json.loads(kept)]
    places = _Places(path, text, masked, problems)
    for match in islice(_HTML.finditer(masked), _MOST):
        places.tell_html(
            match.start(),
            f"'{match.group()[:40]}' is HTML",
            "write Markdown; for a literal '<' write &lt;",
        )
    for seen in islice(invisible_characters(masked), _MOST):
        places.tell_hidden(seen)
    for match in islice(places.in_angles(), _MOST):
        places.tell_address(match.start(), _written(match), None, _LINK_TO)
    for match in islice(places.with_code_inside(), _MOST):
        places.tell_address(
            match.start(),
            _written(match),
            "code stands in it",
            "write %60 for each backtick, or leave them out",
        )
    for each in found[:_MOST]:
        match each.kind:
            case "html":
                places.raw(each.name)
            case "attribute":
                places.attribute(each)
            case "fence" | "deep":
                at = _first_fence(text) if each.kind == "fence" else len(text) - len(text.lstrip())
                problems.add(place_of(path, text, at), *_UNREADABLE[each.kind])
            case "hidden":
                places.hidden(each.name)
            case _:
                places.address(each.value)


def without_calls(text: str, calls: Iterable[Call]) -> str:
    """Replace each call by a letter, or by a footnote reference if it prints one.

    The output of calls is escaped and contains no markup.
    """
    pieces, position, cites = [], 0, False
    for call in calls:
        pieces += [text[position : call.start], f"[^{_CITED}]" if call.name == "cite" else "x"]
        position, cites = call.end, cites or call.name == "cite"
    return "".join([*pieces, text[position:], f"\n\n[^{_CITED}]: x\n" if cites else ""])


def _first_fence(text: str) -> int:
    """Return the offset of the first code block with options, or else of the first character."""
    found = _FENCE_OPTIONS.search(text)
    return found.start() if found else len(text) - len(text.lstrip())


def _in_trees(text: str, extensions: Extensions) -> Iterable[Found]:
    """Return what must not be in a page, as each of the engines parses it, without duplicates."""
    return dict.fromkeys(each for engine in _engines(extensions) for each in in_tree(text, engine))


def in_tree(text: str, extensions: Extensions) -> Iterator[Found]:
    """Yield what must not be in the elements that Markdown makes of a text."""
    try:
        read = _read(text, extensions)
    except RecursionError:
        yield Found("deep", "")
        return
    except TypeError:  # Python-Markdown accepts some options of code blocks that it cannot print
        yield Found("fence", "")
        return
    if any(_is_deep(root) for root in read.roots):
        yield Found("deep", "")
    yield from _of_pieces(read)
    yield from (
        Found("attribute", "class", name)
        for name in dict.fromkeys(read.classes)
        if not classes.is_free(name)
    )
    for root in read.roots:
        for element in root.iter():
            if isinstance(element.tag, str):
                yield from _faults(
                    element.tag, {name: value or "" for name, value in element.attrib.items()}
                )


def _of_pieces(read: _Read) -> Iterator[Found]:
    """Yield what must not be in the pieces that were set aside.

    These are raw HTML, entities of invisible characters, and attributes of code.
    """
    for piece in read.raw:
        if _TAG.search(piece):
            yield Found("html", piece)
        elif stray(piece):
            yield Found("hidden", piece)
    for piece in read.code:
        for node in LexborHTMLParser(piece).css("body *"):
            named = (
                (node.attributes.get("class") or "").split()
                if node.tag in ("pre", "code", "div")
                else ()
            )
            read.classes += [
                name
                for name in named
                if name != "highlight" and not (_LANGUAGE.fullmatch(name) and classes.is_free(name))
            ]
            yield from _faults(
                node.tag or "", {name: value or "" for name, value in node.attributes.items()}
            )


def _is_deep(root: Element) -> bool:
    """Whether elements are nested so deep that a parser may fail."""
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
    return bool(level)


def _engines(extensions: Extensions) -> tuple[Extensions, ...]:
    """Return the extensions with which each engine parses a page.

    ``md_in_html`` is left out, so that all HTML of an author is raw.
    """
    own = [
        each
        for each in extensions
        if each != "md_in_html" and not (isinstance(each, dict) and "md_in_html" in each)
    ]
    return own, [*own, _LIKE_ZENSICAL]


def _reader(extensions: Extensions) -> markdown.Markdown:
    """Return a Markdown parser with some extensions."""
    names, settings = ["toc", "tables", "fenced_code"], dict[str, dict[str, Any]]()
    for each in extensions:
        for name, given in each.items() if isinstance(each, dict) else [(each, None)]:
            names.append(name)
            settings[name] = given or {}
    names.append(anchors.__name__)
    return markdown.Markdown(extensions=list(dict.fromkeys(names)), extension_configs=settings)


def _read(text: str, extensions: Extensions) -> _Read:
    """Return the elements of a text before they are serialized, and what was set aside."""
    reader = _reader(extensions)
    read, coded = _Read(), set[int]()

    class Last(Treeprocessor):  # type: ignore[misc]
        def run(self, root: Element) -> None:
            read.roots.append(root)
            for element in root.iter("div"):
                named = (element.get("class") or "").split()
                if named[:1] == ["admonition"]:
                    read.classes.extend(name for name in named[1:] if name not in classes.NOTES)

    _note_classes(reader, read)

    def noting(run: Any) -> Any:
        """Return the preprocessor so that it records the escaped code that it sets aside."""

        def noted(lines: list[str]) -> list[str]:
            before = len(reader.htmlStash.rawHtmlBlocks)
            made: list[str] = run(lines)
            coded.update(range(before, len(reader.htmlStash.rawHtmlBlocks)))
            return made

        return noted

    for name in ("fenced_code_block", "fenced_raw_block"):
        if name in reader.preprocessors:
            reader.preprocessors[name].run = noting(reader.preprocessors[name].run)
    reader.treeprocessors.register(Last(reader), "last", -100)
    reader.convert(text)
    for at, piece in enumerate(reader.htmlStash.rawHtmlBlocks):
        (read.code if at in coded else read.raw).append(str(piece))
    return read


def _note_classes(reader: markdown.Markdown, read: _Read) -> None:
    """Make a parser record the classes in braces."""
    if "attr_list" not in reader.treeprocessors:
        return
    braces = reader.treeprocessors["attr_list"]
    assign = braces.assign_attrs

    def assigned(element: Element, *given: Any, **how: Any) -> Any:
        before = set((element.get("class") or "").split())
        rest = assign(element, *given, **how)
        read.classes.extend(
            name for name in (element.get("class") or "").split() if name not in before
        )
        return rest

    braces.assign_attrs = assigned


def _faults(tag: str, attributes: dict[str, str]) -> Iterator[Found]:
    """Yield what must not be in an element."""
    if tag not in _ELEMENTS:
        yield Found("html", f"<{tag}")
    for name, value in attributes.items():
        if name == "id":
            fits = _ID.fullmatch(value) is not None
        elif name == "class":
            fits = all(map(_CLASS.fullmatch, value.split()))
        elif name == "style":
            fits = tag in ("th", "td") and _ALIGNED.fullmatch(value) is not None
        else:
            fits = name in _ATTRIBUTES.get(tag, ())
        if not fits:
            yield Found("attribute", name, value)
        elif name in _ADDRESSES and not _is_ordinary(value):
            yield Found("address", name, value)


def _is_ordinary(value: str) -> bool:
    """Whether a URL in the tree is one to which readers may be sent.

    Markdown's own marks stand for escaped characters and for code.
    """
    address = _as_written(value)
    return (
        "\x02" not in address
        and not _SPACE.search(address.strip())
        and may_link(address)
        and not misleading(address)
    )


def _as_written(value: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match.group(1))), value.replace("\x02amp\x03", "&"))


_OPENED: Final = re.compile(r"^[ \t]*(?:!!!|\?\?\?\+?|```+|~~~+)[^\n]*", re.MULTILINE)
"""The line that opens a note or a code block."""
_ESCAPED: Final = re.compile("\x02(\\d{1,6})\x03")


class _Places:
    """Locates findings in the author's text, and adds a problem for each place once."""

    def __init__(self, path: str, text: str, masked: str, problems: Problems) -> None:
        self.path, self.text, self.masked, self.problems = path, text, masked, problems
        self.told: set[int] = set()
        self.tags = 0
        """The offset up to which raw HTML was found."""
        self.addresses = (
            list(_ADDRESS.finditer(text)) if "](" in text or "]:" in text or "<" in text else []
        )

    def tell_html(self, at: int, message: str, hint: str) -> None:
        if at not in self.told:
            self.told.add(at)
            place = place_of(self.path, self.text, at) if at >= 0 else Place(self.path)
            self.problems.add(place, "prose-html", message, hint)

    def raw(self, piece: str) -> None:
        """Report raw HTML once for each tag, unless it was reported at its place already."""
        first = _TAG.search(piece)
        tag = piece[first.start() :].split("\n", maxsplit=1)[0][:40] if first else piece[:40]
        at = self.text.find(tag, self.tags)
        at = at if at >= 0 else self.text.find(tag)
        if at >= 0:
            self.tags = at + 1
        if not (at < 0 and self.told):
            hint = (
                "close the code that it stands in, or write Markdown; for a literal '<' write &lt;"
            )
            self.tell_html(at, f"'{tag}' would be passed on as HTML", hint)

    def hidden(self, entity: str) -> None:
        """Report an entity of an invisible character in text that only looks like code.

        Entities in other text are found by ``strays``, which takes their neighbours into account.
        """
        found = next(invisible_characters(entity), None)
        written = entity.removesuffix(";")  # Markdown's HTML parser adds a missing semicolon
        if found and written not in self.masked:
            self.tell_hidden(Stray(max(self.text.find(written), 0), found.character))

    def tell_hidden(self, found: Stray) -> None:
        message = f"{found} stands here, by an HTML entity"
        self.problems.add(
            place_of(self.path, self.text, found.at),
            "hidden-character",
            message,
            "write the words without it",
        )

    def attribute(self, found: Found) -> None:
        at = self._braces(found)
        if at < 0 and found.name == "class":
            written = found.value.removeprefix("language-")
            at = next(
                (
                    match.start()
                    for match in _OPENED.finditer(self.text)
                    if written in match.group()
                ),
                -1,
            )
        shown = (
            self.text[at : at + 40].split("\n")[0]
            if at >= 0
            else f"{found.name}={found.value}"[:40]
        )
        if found.name == "class" and _CLASS.fullmatch(found.value):
            known = " and ".join(f".{name}" for name in sorted(classes.AUTHORS, reverse=True))
            hint = f"use {known}, or a name of your own, such as .our-{found.value.lower()}"
            self.tell_html(
                at, f"'{shown}' takes the class '{found.value[:40]}', which is the site's own", hint
            )
            return
        self.tell_html(
            at,
            f"'{shown}' sets an attribute",
            f"only {{#an-id}} and {{.a-class}} may stand in braces; this is '{found.name}'",
        )

    def _braces(self, found: Found) -> int:
        """Return the offset of the brace before an attribute, or -1.

        A brace that was reported already is returned only if there is no other.
        """
        sought = found.value if found.name in ("id", "class") and found.value else found.name
        told = -1
        for word in dict.fromkeys((sought, found.value, found.name)):
            for at in _occurrences(self.text, word):
                brace = self.text.rfind("{", self.text.rfind("\n", 0, at) + 1, at)
                if brace >= 0 and brace not in self.told:
                    return brace
                told = max(told, brace)
        return told

    def in_angles(self) -> Iterator[re.Match[str]]:
        """Yield the odd URLs in angle brackets.

        Markdown treats these as HTML if it does not know the scheme.
        """
        for match in self.addresses:
            if (
                match["auto"]
                and self.masked[match.start()] == "<"
                and not _is_ordinary(_written(match))
            ):
                yield match

    def with_code_inside(self) -> Iterator[re.Match[str]]:
        """Yield the URLs of links in which code begins. Markdown would link to another URL."""
        for match in self.addresses:
            start, end = match.span()
            opens = self.masked[start : start + 2] == "]("
            if (
                opens
                and self.masked[start:end] != self.text[start:end]
                and self.text[end : end + 1] in (")", '"', "'")
            ):
                yield match

    def address(self, value: str) -> None:
        wanted = _plain(value)
        near = [match for match in self.addresses if _plain(_written(match)) == wanted]
        odd = near or [
            match
            for match in self.addresses
            if not _is_ordinary(_written(match)) or "`" in match.group()
        ]
        at = next((match.start() for match in odd if match.start() not in self.told), -1)
        if at < 0 and any(match.start() in self.told for match in odd):
            return
        shown = _written(odd[0]) if odd and at >= 0 else value
        hint, why = _LINK_TO, misleading(_as_written(value))
        if may_link(_as_written(value)) and why:
            hint = (
                "write the address as the browser shows it once the page is open, and no more of a"
                " mail than its receiver and subject"
            )
        self.tell_address(at, shown, why, hint)

    def tell_address(self, at: int, shown: str, why: str | None, hint: str) -> None:
        self.told.add(at)
        place = place_of(self.path, self.text, at) if at >= 0 else Place(self.path)
        message = (
            f"'{' '.join(shown.split())[:60]}' is not an ordinary"
            f" address{f': {why}' if why else ''}"
        )
        self.problems.add(place, "prose-address", message, hint)


def _occurrences(text: str, word: str) -> Iterator[int]:
    """Yield the offsets of a word in a text, at most a thousand."""
    at = text.find(word) if word else -1
    for _ in range(1000):
        if at < 0:
            return
        yield at
        at = text.find(word, at + 1)


def _written(match: re.Match[str]) -> str:
    """Return a URL as the author wrote it."""
    return (
        next(part for part in match.groupdict().values() if part is not None)
        .removeprefix("<")
        .removesuffix(">")
        .strip()
    )


def _plain(address: str) -> str:
    return _ENTITY_CONTROL.sub("", unescaped(address).replace("\\", ""))
