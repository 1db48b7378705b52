"""Reads from each finished page what the audit needs to know.

A page is parsed as browsers parse it, broken markup included, as the HTML standard describes.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from sys import intern
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from explainer.common import policy
from explainer.common.allowed import elements
from explainer.common.allowed import styles as allowed_styles
from explainer.common.allowed.addresses import is_within
from explainer.common.allowed.scripts import Scripts
from explainer.common.typed_json import register_dataclass
from explainer.incremental.cache import Cache
from explainer.incremental.files import Files
from explainer.model.digests import digest

_LOADS = {
    *((tag, "src") for tag in ("img", "script", "iframe", "source", "video", "audio", "embed")),
    *((tag, "href") for tag in ("link", "image", "use")),
    ("object", "data"),
}
_LOADING = {tag for tag, _ in _LOADS}
_QUIET_LINKS = {"canonical", "next", "prev", "alternate", "license"}
_DATA = ("application/json", "application/ld+json")
"""The types of scripts that browsers do not run."""


@dataclass(frozen=True)
class Rules:
    """What is known about a site's pages before they are read."""

    scripts: Scripts
    moved: frozenset[str] = field(default_factory=frozenset)
    """The paths of pages that redirect to the new place of their content."""

    @cached_property
    def sum(self) -> str:
        """The digest of the rules."""
        of = self.scripts
        return digest(
            (of.engine, of.address, sorted(of.own), of.of_page("index.html"), sorted(self.moved))
        )


@register_dataclass
@dataclass(frozen=True)
class PageIndex:
    """What the audit needs to know of one page."""

    ids: frozenset[str]
    links: Mapping[str, tuple[str, str]]
    """The target file and anchor of each link within the site, by its address as written."""
    loads: tuple[str, ...]
    faults: tuple[str, ...]
    listed: bool
    """Whether the page is meant to be found; else it is only for those who have its address."""

    def sum(self, path: str) -> str:
        """Return the digest of everything but the page's ids and its links to itself."""
        others = {address: found for address, found in self.links.items() if found[0] != path}
        return digest((others, self.loads, self.faults, self.listed))


def index_page(path: str, files: Files, cache: Cache, rules: Rules) -> PageIndex:
    """Return what the audit needs of a page, from the cache if the page has not changed."""
    kept: tuple[str, PageIndex] | None = cache.value_at(
        key := cache.room(("seen", path, rules.sum))
    )
    if kept is None or kept[0] != files.sum(path):
        kept = files.sum(path), read(path, files[path], rules)
        cache.put_at(key, kept)
    return kept[1]


def target(path: str, address: str) -> tuple[str, str]:
    """Return the file that a relative address on a page means, and its anchor."""
    parts = urlsplit(address)
    if not parts.path:
        return path, unquote(parts.fragment)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    joined = "" if joined == "." else joined
    if parts.path.endswith("/") or parts.path.endswith(".") or not joined:
        joined = f"{joined}/index.html".lstrip("/")
    return intern(joined), intern(unquote(parts.fragment))


def read(path: str, data: bytes, rules: Rules) -> PageIndex:
    """Return what the audit needs of a page; the bytes may be anything."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return PageIndex(frozenset(), {}, (), ("it is not UTF-8",), listed=False)
    page = _Page(alone=path.startswith(("embed/", "explore/")), moved=path in rules.moved)
    parsed = LexborHTMLParser(text)
    for node in parsed.root.traverse(include_text=False) if parsed.root else ():
        if (node.tag or "-").startswith("-"):  # comments
            continue
        page.take(node.tag or "", {name: value or "" for name, value in node.attributes.items()})
    page.faults += _scripts(parsed, rules.scripts.known(path))
    page.faults += _head(path, data, parsed, rules)
    page.faults += _known_as(path, parsed, rules)
    if text.startswith("\ufeff") or "\0" in text:
        page.faults.append("it begins with a mark of its encoding, or holds a null")
    inside = [
        address
        for address in dict.fromkeys(page.links)
        if not (urlsplit(address).scheme or urlsplit(address).netloc)
    ]
    # Many pages share few addresses, so each is kept in memory once.
    links = {intern(address): target(path, address) for address in inside}
    loads = tuple(dict.fromkeys(page.loads))
    return PageIndex(
        frozenset(page.ids), links, loads, tuple(dict.fromkeys(page.faults)), page.listed
    )


@dataclass
class _Page:
    """The ids, links and loads of a page that is being read, and its faults."""

    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    alone: bool = False
    """Whether other sites may show the page in a frame."""
    moved: bool = False
    """Whether the page redirects to the new place of its content."""
    listed: bool = True

    def take(self, tag: str, values: Mapping[str, str]) -> None:
        """Record one element."""
        if tag == "meta":
            self._told(values)
        self.faults += elements.faults(tag, values, alone=self.alone, moved=self.moved)
        if "id" in values:
            self.faults += (
                [f"the id '{values['id']}' stands twice"] if values["id"] in self.ids else []
            )
            self.ids.add(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag in _LOADING and not (
            tag == "link" and values.get("rel", "").lower() in _QUIET_LINKS
        ):
            self.loads += [values[name] for name in values if (tag, name) in _LOADS]
        if "srcset" in values:
            self.loads += [part.split()[0] for part in values["srcset"].split(",") if part.strip()]

    def _told(self, values: Mapping[str, str]) -> None:
        """Record what a ``meta`` element says about the page."""
        to = elements.redirect_target(values)
        self.links += [to] if to is not None else []
        self.listed &= (values.get("name"), values.get("content", "")) != (
            "robots",
            "noindex",
        ) and to is None


def _scripts(page: LexborHTMLParser, known: Collection[str]) -> Iterator[str]:
    """Yield faults of scripts: those in the page's content, and unknown inline scripts.

    ``known`` are source expressions of the content security policy.
    """
    yield from ("a script stands in the page's own content" for _ in page.css("article script"))
    for node in page.css("script"):
        code = node.text()
        if "src" in node.attributes:
            if code.strip():
                yield f"a script that is loaded holds words: '{code[:40]}'"
        elif (
            (node.attributes.get("type") or "") not in _DATA
            and policy.source_expression(code) not in known
            and not _within(node, "article")
        ):
            yield f"a script that the theme does not bring stands in the page: '{code[:40]}'"


def _head(path: str, data: bytes, page: LexborHTMLParser, rules: Rules) -> Iterator[str]:
    """Yield what is wrong with the beginning of a page.

    Its content security policy must come first and allow only what is known. Its encoding must be
    named in the first 1,024 bytes.
    """
    own = [
        node
        for node in page.css("style")
        if path.startswith(("embed/", "explore/", "404.html")) or "data-from" in node.attributes
    ]
    styles = [
        *policy.added_styles(path, rules.scripts.engine),
        *(policy.source_expression(node.text()) for node in own),
    ]
    for node in page.css("style"):
        yield from allowed_styles.faults_in(node)
    first = list(page.head.iter())[:2] if page.head else []
    told = [node.attributes for node in first]
    if told and "charset" in told[0] and policy.is_pinned(path):  # editions older than this rule
        told = told[1:]
    policies = page.css("meta[http-equiv='Content-Security-Policy' i]")
    if not told or told[0].get("http-equiv") != "Content-Security-Policy" or len(policies) != 1:
        yield "its head does not begin with its policy"
    else:
        yield from policy.faults(
            path, told[0].get("content") or "", rules.scripts.known(path), styles
        )
    if not policy.is_pinned(path) and not policy.CHARSET.search(data[:1024]):
        yield "its encoding is not said in its first 1,024 bytes"


def _known_as(path: str, page: LexborHTMLParser, rules: Rules) -> Iterator[str]:
    """Yield faults in what a page says to search engines about its address and its listing.

    Only what our templates write there is allowed.
    """
    for node in page.css("link[rel='canonical' i]"):
        address = node.attributes.get("href") or ""
        if not _is_own(path, address, page, rules) or not _within(node, "head"):
            yield f"the page says that its address is '{address[:80]}'"
    for node in page.css("meta[property='og:url'], meta[name='citation_public_url']"):
        address = node.attributes.get("content") or ""
        if not _is_own(path, address, page, rules):
            yield f"the page says that its address is '{address[:80]}'"
    for node in page.css("meta[name='robots' i]"):
        content = node.attributes.get("content") or ""
        if (
            content != "noindex"
            or path.startswith("embed/")
            or path in rules.moved
            or not _within(node, "head")
        ):
            yield f"the page says '{content[:40]}' to search engines"


def _is_own(path: str, address: str, page: LexborHTMLParser, rules: Rules) -> bool:
    """Return whether an address, absolute or relative, is the canonical address of the page.

    For an embed this is the address of its chart, and for a moved page the new address.
    """
    site = rules.scripts.address
    whole = address.startswith(site) if site else False
    if not whole and not is_within(address):
        return False
    file = (
        target("index.html", address.removeprefix(site))[0] if whole else target(path, address)[0]
    )
    if path in rules.moved:
        refresh = page.css_first("meta[http-equiv='refresh' i]")
        to = (
            elements.redirect_target(
                {name: value or "" for name, value in refresh.attributes.items()}
            )
            if refresh
            else None
        )
        return to is not None and file == target(path, to)[0]
    room, _, below = path.partition("/")
    if room not in ("embed", "explore"):
        return file == path
    chart = f"charts/{below.partition('/')[0]}/index.html"
    return file == chart or (
        chart in rules.moved and re.fullmatch(r"charts/[^/]+/index\.html", file) is not None
    )


def _within(node: LexborNode, tag: str) -> bool:
    parent = node.parent
    while parent is not None and parent.tag != tag:
        parent = parent.parent
    return parent is not None
