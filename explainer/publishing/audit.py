"""Checks on the finished HTML: what no reader may meet, whatever made it."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urlsplit

from explainer import policy
from explainer.problems import Place, Problem
from explainer.prose.hostile import safe_address
from explainer.publishing.reach import far
from explainer.shelf import Shelf

_LOADS = {
    *((tag, "src") for tag in ("img", "script", "iframe", "source", "video", "audio", "embed")),
    *((tag, "href") for tag in ("link", "image", "use")),
    ("object", "data"),
}
_THEME = ("__md_scope=", "var palette=", "var target=")
"""How the theme's own inline scripts begin, in both engines; any other is a fault, wherever it stands."""
_QUIET_LINKS = {"canonical", "next", "prev", "alternate"}


class _Page(HTMLParser):
    """The ids, links and loads of a page, and what may not stand in it."""

    def __init__(self, *, alone: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.alone = alone
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.faults: list[str] = []
        self.inline = False
        self.code = ""
        """The inline script that is being read."""
        self.policy = ""
        self.listed = True
        """Whether it is meant to be found, and not kept for whoever has its address alone."""
        self.articles = 0
        """How many articles are open: the theme's own scripts stand outside."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.inline = tag == "script" and "src" not in values and "json" not in values.get("type", "")
        self.articles += tag == "article"
        self.policy += values.get("content", "") if values.get("http-equiv") == "Content-Security-Policy" else ""
        self.listed &= (values.get("name"), values.get("content")) != ("robots", "noindex")
        self.listed &= values.get("http-equiv") != "refresh"
        if tag == "script" and self.articles:
            self.faults.append("a script stands in the page's own content")
        if "id" in values:
            if values["id"] in self.ids:
                self.faults.append(f"the id '{values['id']}' stands twice")
            self.ids.add(values["id"])
        for name, value in values.items():
            if name.startswith("on"):
                self.faults.append(f"<{tag}> has a script in '{name}'")
            if name == "style":
                self.faults.append(f"<{tag}> has a style attribute, which the policy refuses")
            if name in ("href", "src", "action", "xlink:href", "data") and not safe_address(value) and not value.startswith("data:image/"):
                self.faults.append(f"<{tag}> leads to '{value[:60]}'")
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        rel = set(values.get("rel", "").split())
        if not (tag == "link" and rel & _QUIET_LINKS):
            self.loads += [values[name] for name in values if (tag, name) in _LOADS]
            self.loads += [part.split()[0] for part in values.get("srcset", "").split(",") if part.strip()]

    handle_startendtag = handle_starttag

    def handle_data(self, data: str) -> None:
        self.code += data if self.inline else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            if self.code.strip() and not self.articles and not self._known(self.code):
                self.faults.append(f"a script that the theme does not bring stands in the page: '{self.code[:40]}'")
            self.inline, self.code = False, ""
        self.articles -= tag == "article"

    def _known(self, code: str) -> bool:
        """Whether it is the theme's, or the one that the page of an embed names in the policy that it was made with."""
        return code.startswith(_THEME) or (self.alone and policy.of(code) in self.policy)


@dataclass(frozen=True)
class Seen:
    """What the audit needs to know of one page."""

    ids: frozenset[str]
    links: Mapping[str, tuple[str, str]]
    """Each address within the site as written, with the file that it means and its anchor."""
    loads: tuple[str, ...]
    faults: tuple[str, ...]
    listed: bool


def audit(files: Mapping[str, bytes], shelf: Shelf) -> Iterator[Problem]:
    """Broken links and anchors, far pages, foreign requests and hostile remains; a page of the last build is not read again."""
    pages = {path: _seen(path, data, shelf) for path, data in sorted(files.items()) if path.endswith(".html")}
    for path, page in pages.items():
        place = Place(f"site/{path}")
        for fault in page.faults:
            yield Problem(place, "hostile-output", fault, "take it out; where no author wrote it, a template is at fault")
        for address in page.loads:
            if urlsplit(address).netloc:
                yield Problem(
                    place, "foreign-request", f"the page loads '{address[:80]}' from another host", "keep the file in site_src/assets"
                )
            elif path != "404.html" and not address.startswith("data:") and target(path, address)[0] not in files:
                yield Problem(place, "broken-link", f"the page loads '{address}', which is not there", "check the path")
        if path != "404.html" and not policy.is_pinned(path):  # the first has addresses from the root; the second cannot be mended
            yield from _links(path, page, pages, files)
    yield from far({path: {target for target, _ in page.links.values()} for path, page in pages.items() if page.listed})


def _seen(path: str, data: bytes, shelf: Shelf) -> Seen:
    found = json.loads(shelf.text("audit", (path, data), lambda: json.dumps(_read(path, data))))
    links = {address: (target, anchor) for address, target, anchor in found["links"]}
    return Seen(frozenset(found["ids"]), links, tuple(found["loads"]), tuple(found["faults"]), found["listed"])


def _read(path: str, data: bytes) -> dict[str, Any]:
    page = _Page(alone=path.startswith(policy.ALONE))
    page.feed(data.decode())
    page.faults += filter(None, [policy.fault(path, data)])
    inside = [address for address in dict.fromkeys(page.links) if not (urlsplit(address).scheme or urlsplit(address).netloc)]
    links = [(address, *target(path, address)) for address in inside]
    loads = list(dict.fromkeys(page.loads))
    return {"ids": sorted(page.ids), "links": links, "loads": loads, "faults": page.faults, "listed": page.listed}


def _links(path: str, page: Seen, pages: Mapping[str, Seen], files: Mapping[str, bytes]) -> Iterator[Problem]:
    for address, (target, anchor) in page.links.items():
        if target not in files:
            yield Problem(Place(f"site/{path}"), "broken-link", f"'{address}' leads to nothing", "mend the link, or add the page")
        elif anchor and target in pages and anchor not in pages[target].ids:
            yield Problem(Place(f"site/{path}"), "broken-link", f"'{address}' names an anchor that is not there", "mend the anchor")


def target(path: str, address: str) -> tuple[str, str]:
    """The file that a relative address means, and its anchor."""
    parts = urlsplit(address)
    if not parts.path:
        return path, unquote(parts.fragment)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    joined = "" if joined == "." else joined
    if parts.path.endswith("/") or parts.path.endswith(".") or not joined:
        joined = f"{joined}/index.html".lstrip("/")
    return joined, unquote(parts.fragment)
