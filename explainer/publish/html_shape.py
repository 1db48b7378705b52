"""Whether the HTML of a template is such that an engine, a parser and a browser read it in time.

Python-Markdown takes the square of what stands open, of what never ends and of what stands outside of blocks. Parsers take the
square of how deep elements stand, and of the attributes of one. Length alone is no limit: a list of ten thousand facts is long.
"""

from __future__ import annotations

import re
from typing import Final

_TAG: Final = re.compile(r"""<(?P<end>/?)(?P<name>[a-zA-Z][^\s<>/"']*+)(?P<rest>(?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE: Final = re.compile(r"""[^\s=/"']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"']++))?+""")
_VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())
_RAW: Final = frozenset(["script", "style", "textarea", "title"])
"""Elements that hold text and no others."""
_END: Final = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _RAW}
_BLOCKS: Final = frozenset(
    """address article aside blockquote body details dialog dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header
    hgroup hr html li link main menu meta nav ol p pre script search section style summary svg table tbody td tfoot th thead title tr
    ul""".split()
)
"""Elements that Markdown leaves alone with all that is in them."""
MOST_DEEP: Final = 100
"""So many elements may be open at once; ours have at most twenty."""
MOST_OPEN: Final = 10
"""So many may be left open at the end. Other templates may print the text many times over."""
MOST_ATTRIBUTES: Final = 60
MOST_BLOCKS: Final = 3_000
"""So many blocks may stand side by side and in no other; a list is one block."""
MOST_OUTSIDE: Final = 20_000
"""So many letters may stand outside of blocks, tags among them."""


def shape_fault(html: str) -> str | None:
    """What about some HTML would take an engine too long, in words; ``None`` where nothing would. Reads it once from end to end."""
    at = depth = blocks = outside = pieces = 0
    in_block = False
    while (start := html.find("<", at)) >= 0:
        if not in_block and start > at:
            outside, pieces = outside + start - at, pieces + 1
        if html.startswith("<!--", start):
            at = html.find("-->", start) + 3
            if at < start:
                return "a comment (<!--) has no end"
            blocks += depth == 0
            continue
        if html.startswith(("<!", "<?"), start):
            at = html.find(">", start) + 1
            blocks += 1
            if at <= start or html[start : start + 9].lower() != "<!doctype":
                return f"'{html[start : start + 9].split()[0]}' is no HTML; a template writes elements and comments"
            continue
        tag = _TAG.match(html, start)
        if tag is None:
            if html[start + 1 : start + 2].isalpha() or html.startswith("</", start):
                return f"the tag '{html[start : start + 20].split()[0]}' has no end"
            at, outside = start + 1, outside + (not in_block)
            continue
        at, name = tag.end(), tag["name"].lower()
        if len(tag["rest"]) > MOST_ATTRIBUTES and sum(1 for _ in _ATTRIBUTE.finditer(tag["rest"])) > MOST_ATTRIBUTES:
            return f"<{name[:20]}> has more than {MOST_ATTRIBUTES} attributes"
        if tag["end"]:
            depth = max(0, depth - 1)
            in_block = in_block and depth > 0
            continue
        if depth == 0:
            in_block = name in _BLOCKS
        blocks += depth == 0
        if not in_block:
            outside += at - start
        if name in _RAW:
            end = _END[name].search(html, at)
            if end is None:
                return f"<{name}> has no end"
            at = end.start()
        if name in _VOID or tag["rest"].endswith("/"):
            in_block = in_block and depth > 0
            continue
        depth += 1
        if depth > MOST_DEEP:
            return f"more than {MOST_DEEP} elements are open at once; close them"
    outside += len(html) - at if not in_block else 0
    if depth > MOST_OPEN:
        return f"{depth} elements are left open at its end; close them"
    if blocks > MOST_BLOCKS or pieces > MOST_BLOCKS:
        return f"more than {MOST_BLOCKS:,} elements and pieces of text stand in no other; put them into one, such as a <div>"
    if outside > MOST_OUTSIDE:
        return f"more than {MOST_OUTSIDE:,} letters stand outside of every block; put them into one, such as a <div>"
    return None
