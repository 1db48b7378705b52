"""``prose-html`` and ``prose-address``: prose holds no HTML, no scripts and no addresses but ordinary ones."""

from __future__ import annotations

import html
import re

import markdown

from explainer.problems import Problems
from explainer.prose.calls import place_of
from explainer.prose.mask import mask_code
from explainer.shelf import Shelf

_HTML = re.compile(r"<(?=[a-zA-Z/!?])(?!https?://|mailto:)[^\n>]{0,60}")
_ATTRIBUTES = re.compile(r"\{:?[ ]*(?P<inside>[^{}\n]*)\}")
_SAFE_ATTRIBUTES = re.compile(r"(?:\s*[#.][A-Za-z][\w-]*)*\s*")
_ADDRESS = re.compile(
    r"\]\(\s*(?P<inline><[^>\n]*>?|(?:[^)\n\"'<]|\n(?!\s*\n))*)"
    r"|^ {0,3}\[(?!\^)[^\]\n]+\]:\s*<?(?P<reference>[^\s>]+)"
    r"|<(?P<auto>[a-zA-Z][\w+.-]*:[^>\n]*)>",
    re.MULTILINE,
)
_TAG = re.compile(r"\s*<[a-zA-Z/!?]")
_SCHEME = re.compile(r"([a-zA-Z][\w+.-]*):")
_SPACE = re.compile(r"\s")
_ENTITY_CONTROL = re.compile(r"[\x00-\x20\x7f]")


def check_hostile(path: str, text: str, shelf: Shelf, problems: Problems) -> None:
    """Name every piece of raw HTML, every attribute but ids and classes, and every odd address."""
    masked = mask_code(text)
    for match in _HTML.finditer(masked):
        hint = "write Markdown; for a literal '<' write &lt;"
        problems.add(place_of(path, text, match.start()), "prose-html", f"'{match.group()[:40]}' is HTML", hint)
    if not _HTML.search(masked) and (slipped := shelf.text("passed on", text, lambda: _passed_on(text))):
        hint = "close the code that it stands in, or write Markdown; for a literal '<' write &lt;"
        at = max(text.find(slipped), 0)
        problems.add(place_of(path, text, at), "prose-html", f"'{slipped[:40]}' would be passed on as HTML", hint)
    for match in _ATTRIBUTES.finditer(re.sub(r"\{\{.*?\}\}", lambda m: " " * len(m.group()), masked, flags=re.DOTALL)):
        if not _SAFE_ATTRIBUTES.fullmatch(match.group("inside")):
            hint = "only {#an-id} and {.a-class} may stand in braces"
            problems.add(place_of(path, text, match.start()), "prose-html", f"'{match.group()[:40]}' sets an attribute", hint)
    for match in _ADDRESS.finditer(masked):
        start, end = next(match.span(part) for part in match.groupdict() if match[part] is not None)
        address = text[start:end].removeprefix("<").removesuffix(">").strip()
        coded = masked[start : end + 1] != text[start : end + 1]
        if coded or _SPACE.search(address) or not safe_address(address):
            hint = "link to a page of this site (page.md), or to http, https or mailto"
            message = f"'{' '.join(address.split())[:60]}' is not an ordinary address"
            problems.add(place_of(path, text, match.start()), "prose-address", message, hint)


def _passed_on(text: str) -> str:
    """The first raw HTML that Markdown itself would pass on: the mask is a guess at what is code, and this is not."""
    reader = markdown.Markdown(extensions=["attr_list", "footnotes", "tables", "toc", "fenced_code"])
    reader.convert(text)
    stashed = (str(each) for each in reader.htmlStash.rawHtmlBlocks)
    return next((each for each in stashed if _TAG.match(each) and not each.startswith("<pre><code")), "")


def safe_address(address: str) -> bool:
    """Whether an address has no scheme, or one of the three that readers may be sent to."""
    plain = _ENTITY_CONTROL.sub("", html.unescape(html.unescape(address)).replace("\\", ""))
    scheme = _SCHEME.match(plain)
    return not plain.startswith("//") and (scheme is None or scheme.group(1).casefold() in ("http", "https", "mailto"))
