"""What the audit needs to know of one finished page, read as browsers read it: by the HTML standard's own way with broken markup."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from sys import intern
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from explainer import policy
from explainer.digests import digest
from explainer.files import Files
from explainer.prose.hostile import safe_address
from explainer.shelf import Shelf
from explainer.stored import stored

_LOADS = {
    *((tag, "src") for tag in ("img", "script", "iframe", "source", "video", "audio", "embed")),
    *((tag, "href") for tag in ("link", "image", "use")),
    ("object", "data"),
}
_LOADING = {tag for tag, _ in _LOADS}
_ADDRESSES = ("href", "src", "action", "xlink:href", "data")
_THEME = ("__md_scope=", "var palette=", "var target=")
"""How the theme's own inline scripts begin, in both engines; any other is a fault, wherever it stands."""
_QUIET_LINKS = {"canonical", "next", "prev", "alternate"}


@stored
@dataclass(frozen=True)
class Seen:
    """What the audit needs to know of one page."""

    ids: frozenset[str]
    links: Mapping[str, tuple[str, str]]
    """Each address within the site as written, with the file that it means and its anchor."""
    loads: tuple[str, ...]
    faults: tuple[str, ...]
    listed: bool
    """Whether it is meant to be found, and not kept for whoever has its address alone."""

    def sum(self, path: str) -> str:
        """What tells it from others, but for what can be linked in it, and for the links from itself to that."""
        others = {address: found for address, found in self.links.items() if found[0] != path}
        return digest((others, self.loads, self.faults, self.listed))


def see(path: str, files: Files, shelf: Shelf) -> Seen:
    """One page; one that is as it was at the last build is not read again."""
    kept: tuple[str, Seen] | None = shelf.value_at(key := shelf.room(("seen", path)))
    if kept is None or kept[0] != files.sum(path):
        kept = files.sum(path), _read(path, files[path])
        shelf.put_at(key, kept)
    return kept[1]


def target(path: str, address: str) -> tuple[str, str]:
    """The file that a relative address means, and its anchor."""
    parts = urlsplit(address)
    if not parts.path:
        return path, unquote(parts.fragment)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    joined = "" if joined == "." else joined
    if parts.path.endswith("/") or parts.path.endswith(".") or not joined:
        joined = f"{joined}/index.html".lstrip("/")
    return intern(joined), intern(unquote(parts.fragment))


def _read(path: str, data: bytes) -> Seen:
    page = _Page()
    parsed = LexborHTMLParser(data.decode())
    for node in parsed.root.traverse(include_text=False) if parsed.root else ():
        page.take(node.tag or "", {name: value or "" for name, value in node.attributes.items()})
    page.faults += _scripts(parsed, page.policy if path.startswith(policy.ALONE) else "")
    page.faults += filter(None, [policy.fault(path, data)])
    inside = [address for address in dict.fromkeys(page.links) if not (urlsplit(address).scheme or urlsplit(address).netloc)]
    links = {intern(address): target(path, address) for address in inside}  # a site of many pages has few addresses
    loads = tuple(dict.fromkeys(page.loads))
    return Seen(frozenset(page.ids), links, loads, tuple(page.faults), page.listed)


@dataclass
class _Page:
    """The ids, links and loads of a page, and what may not stand in it."""

    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    policy: str = ""
    listed: bool = True

    def take(self, tag: str, values: Mapping[str, str]) -> None:
        """Note one element."""
        if tag == "meta":
            self._told(values)
        self.faults += _faults(tag, values)
        if "id" in values:
            self.faults += [f"the id '{values['id']}' stands twice"] if values["id"] in self.ids else []
            self.ids.add(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag in _LOADING and not (tag == "link" and set(values.get("rel", "").split()) & _QUIET_LINKS):
            self.loads += [values[name] for name in values if (tag, name) in _LOADS]
        if "srcset" in values:
            self.loads += [part.split()[0] for part in values["srcset"].split(",") if part.strip()]

    def _told(self, values: Mapping[str, str]) -> None:
        """Note what the page tells of itself."""
        content = values.get("content", "")
        self.policy += content if values.get("http-equiv") == "Content-Security-Policy" else ""
        self.listed &= (values.get("name"), content) != ("robots", "noindex") and values.get("http-equiv") != "refresh"


def _faults(tag: str, values: Mapping[str, str]) -> Iterator[str]:
    """What may not stand in an element, whatever its page."""
    if tag == "template":
        yield "a <template> stands in the page, and nobody has looked into it"
    for name, value in values.items():
        if name.startswith("on"):
            yield f"<{tag}> has a script in '{name}'"
        if name == "style":
            yield f"<{tag}> has a style attribute, which the policy refuses"
        if name in _ADDRESSES and not safe_address(value) and not value.startswith("data:image/"):
            yield f"<{tag}> leads to '{value[:60]}'"


def _scripts(page: LexborHTMLParser, own: str) -> Iterator[str]:
    """Scripts in the page's own content, and inline ones that neither the theme brings nor ``own``, an embed's policy, names."""
    inside = page.css("article script")
    yield from ("a script stands in the page's own content" for _ in inside)
    for node in page.css("script:not([src])"):
        code = node.text()
        known = not code.strip() or code.startswith(_THEME) or policy.of(code) in own or "json" in (node.attributes.get("type") or "")
        if not known and not _within(node, "article"):
            yield f"a script that the theme does not bring stands in the page: '{code[:40]}'"


def _within(node: LexborNode, tag: str) -> bool:
    parent = node.parent
    while parent is not None and parent.tag != tag:
        parent = parent.parent
    return parent is not None
