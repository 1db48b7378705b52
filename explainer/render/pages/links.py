"""Links in prose: from the names that authors write to the paths that the engine follows.

Authors name a hand-written page by its file, and a page of the ledger by what it shows, such as
``facts/books-lent.md``.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import unquote

from explainer.common.problems import Problems
from explainer.common.suggestions import did_you_mean
from explainer.engine import RECORD
from explainer.model.ledger import Ledger
from explainer.render.context import Context
from explainer.render.pages.page import file_of, root_of
from explainer.render.prose.calls import place_of
from explainer.render.prose.mask import mask_code

_MD_LINK = re.compile(r"(?<=\]\()(?P<target>[^()\[\]\s:#]+\.md)(?P<anchor>#[^)\s]*)?(?=[)\s])")

_RELATIVE = re.compile(r"(?<=\]\()(?P<target>[^()\[\]\s:#?]++)(?=[)\s])")
"""The target of a relative link that has neither an anchor nor a query."""
_LINKED = re.compile(r"(?<=\]\()(?:\.\./)*+(?P<file>assets/[^()\[\]\s:#?]++)(?=[)\s])")
_FILES = "assets/"
"""The folder of ``site_src/`` for pictures and other files."""

_ANCHOR = re.compile(r"(?<=\]\()(?P<target>[^()\[\]\s:#]*)#(?P<anchor>[^)\s]+)")
_MADE_LINK = re.compile(
    r"(?:(?<=\]\()|(?P<named>^"
    r" {0,3}\[[^\]\n]+\]:\s*))(?:\.\./)*(?P<page>[^()\s#]+)/index\.md(?P<anchor>#[^)\s]*)?(?=[)\s])",  # noqa: E501
    re.MULTILINE,
)
"""A link to a page as the engine follows it, either inline or in a reference definition."""
_ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
"""Percent-encoded non-ASCII letters, as in an address that was copied from a browser."""


def slug_of(path: str) -> str:
    """Return the address of a hand-written page below the site's root. The home page's is empty."""
    name = path.removeprefix("site_src/").removesuffix(".md")
    return "" if name == "index" else name.removesuffix("/index")


def ledger_pages(context: Context) -> dict[str, str]:
    """Return the addresses of the pages of the ledger, by the name that prose links to.

    A name is ``facts/books-lent.md``, for example.
    """
    ledger = context.ledger
    lists = [
        "facts",
        "sources",
        *(["glossary"] if ledger.terms else []),
        *(["coverage"] if ledger.texts else []),
    ]
    return {f"{path}.md": path for path in (*lists, *pages_of_records(ledger))}


def pages_of_records(ledger: Ledger) -> list[str]:
    """Return the paths of the pages of single facts, charts and sources, below the site's root."""
    of_one = {"facts": ledger.holders, "charts": ledger.charts, "sources": ledger.sources}
    return [f"{room}/{name}" for room, names in of_one.items() for name in names]


def rewrite_record_links(text: str, records: Collection[str]) -> str:
    """Return a page's text with its links to record pages rewritten for the engine.

    The engine does not see these pages, so the links get addresses of a form of their own, which
    it leaves alone. ``records`` are the paths of those pages below the site's root.
    """
    pieces, position = [], 0
    for match in _MADE_LINK.finditer(mask_code(text)):
        if match["page"] in records:
            pieces += [
                text[position : match.start()],
                f"{match['named'] or ''}{RECORD}{match['page']}/{match['anchor'] or ''}",
            ]
            position = match.end()
    return "".join([*pieces, text[position:]])


def resolve_links(
    path: str, text: str, pages: dict[str, str], files: Collection[str], problems: Problems
) -> str:
    """Return text with its links to pages and files rewritten as the engine follows them.

    Args:
        path: The path of the author's file.
        text: Its text.
        pages: Addresses of pages, by the names that authors write.
        files: Paths of pictures and other files, below the site's root.
        problems: Gets a problem for each link that leads nowhere.
    """
    text = _to_files(path, text, files, problems)
    pieces, position = [], 0
    for match in _MD_LINK.finditer(mask_code(text)):
        target = match.group("target")
        if target not in pages:
            hint = did_you_mean(target, pages, "link to a file in site_src/, or to facts/….md")
            problems.add(
                place_of(path, text, match.start()),
                "broken-link",
                f"there is no page '{target}'",
                hint,
            )
            continue
        pieces += [
            text[position : match.start()],
            root_of(slug_of(path)) + file_of(pages[target]) + (match.group("anchor") or ""),
        ]
        position = match.end()
    return _decoded("".join([*pieces, text[position:]]))


def _to_files(path: str, text: str, files: Collection[str], problems: Problems) -> str:
    """Return text with its links to files in ``assets/`` rewritten as the engine follows them.

    An author may write the link relative to the page's file, to the page's address or to the root.
    """
    pieces, position, masked = [], 0, mask_code(text)
    for match in _RELATIVE.finditer(masked):
        target = match.group("target")
        at = target.lower().find(_FILES)
        if at < 0 or (at and target[at - 1] != "/"):
            continue
        file = target[at:]
        if file not in files:
            hint = did_you_mean(
                file,
                files,
                "put the file into site_src/assets/, or mend its name; small and capital letters"
                " differ",
            )
            problems.add(
                place_of(path, text, match.start()),
                "broken-link",
                f"there is no file '{file}' in site_src/",
                hint,
            )
            continue
        pieces += [text[position : match.start()], root_of(slug_of(path)) + file]
        position = match.end()
    return "".join([*pieces, text[position:]])


def files_linked(text: str) -> frozenset[str]:
    """Return the files in ``assets/`` that a page links to, by path below the site's root.

    ``text`` is the page's text as the engine gets it.
    """
    return frozenset(match["file"] for match in _LINKED.finditer(mask_code(text)))


def _decoded(text: str) -> str:
    """Return text with the anchors of its links percent-decoded.

    The engine finds an anchor only if it is spelled as on its page.
    """
    pieces, position = [], 0
    for match in _ANCHOR.finditer(mask_code(text)):
        start, end = match.span("anchor")
        pieces += [
            text[position:start],
            _ENCODED.sub(lambda letters: unquote(letters.group()), text[start:end]),
        ]
        position = end
    return "".join([*pieces, text[position:]])
