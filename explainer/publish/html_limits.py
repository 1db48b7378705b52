"""Limits on the HTML of templates, so that an engine, a parser and a browser can read it in time.

The time of Python-Markdown is quadratic in the number of open elements, of elements that never end,
and of elements and letters outside blocks. The time of parsers is quadratic in the depth of
elements and in the attributes of one element. There is no limit on length: a list of ten thousand
facts is long and valid.
"""

from __future__ import annotations

import re
from typing import Final

from explainer.common.allowed import word_set

_TAG: Final = re.compile(
    r"""<(?P<end>/?)(?P<name>[a-zA-Z][^\s<>/"']*+)(?P<rest>(?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>"""
)
_ATTRIBUTE: Final = re.compile(r"""[^\s=/"']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"']++))?+""")
_VOID: Final = word_set("area base br col embed hr img input link meta source track wbr")
_RAW: Final = frozenset(["script", "style", "textarea", "title"])
"""Elements that contain only text and no other elements."""
_END: Final = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _RAW}
_BLOCKS: Final = word_set(
    """
    address article aside blockquote body details dialog dd div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html li link main menu meta nav ol p pre
    script search section style summary svg table tbody td tfoot th thead title tr ul
    """
)
"""Block elements. Markdown does not process them or their content."""
MAX_DEPTH: Final = 100
"""The maximum number of open elements. The generator's templates have at most twenty."""
MAX_UNCLOSED: Final = 10
"""The maximum number of elements still open at the end.

It is low because other templates may print the text many times.
"""
MAX_ATTRIBUTES: Final = 60
"""The maximum number of attributes of one element."""
MAX_BLOCKS: Final = 3_000
"""The maximum number of blocks at the top level. A list is one block."""
MAX_OUTSIDE_BLOCKS: Final = 20_000
"""The maximum number of characters outside blocks, including tags."""
MAX_INLINE: Final = 2_000
"""The same for HTML that stands in a paragraph, which may have many such pieces."""
MAX_INLINE_TAGS: Final = 30
"""The maximum number of tags outside blocks for such HTML. The generator's templates have ten."""
_MARKDOWN: Final = re.compile(r"[\\\[\]`*_~{}|!^#]|&(?![#\w]+;)|--|\.\.\.|[^\S\n]{20}")
"""What Python-Markdown may take for its own, in the text outside blocks."""
_ENTITY_MARK: Final = "&"


def shape_fault(html: str, *, in_paragraph: bool = False) -> str | None:
    """Return why an engine would take too long for some HTML, or None. Reads the HTML once.

    ``in_paragraph`` says that it becomes a part of a paragraph. Its text is then escaped later, and
    a page may have it many times. Otherwise no Markdown may stand outside blocks.
    """
    reading = _Reading(html, in_paragraph)
    try:
        reading.read()
    except _Fault as fault:
        return str(fault)
    return reading.fault_of_all


class _Fault(ValueError):
    """A fault of some HTML, in words."""


class _Reading:
    """A scan of HTML, tag by tag, that counts open elements and what is outside blocks."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._open: list[str] = []
        self._blocks = self._outside = 0
        self._in_block = False

    @property
    def fault_of_all(self) -> str | None:
        """The fault of the HTML as a whole, or None. Use it after ``read``."""
        if len(self._open) > MAX_UNCLOSED:
            return f"{len(self._open)} elements are left open at its end; close them"
        if self._blocks > MAX_BLOCKS:
            return (
                f"more than {MAX_BLOCKS:,} elements and pieces of text stand in no other; put them"
                " into one, such as a <div>"
            )
        if self._outside > MAX_OUTSIDE_BLOCKS:
            return (
                f"more than {MAX_OUTSIDE_BLOCKS:,} letters stand outside of every block; put them"
                " into one, such as a <div>"
            )
        return None

    def read(self) -> None:
        """Scan the HTML and count. Raises ``_Fault`` at a tag that is wrong by itself."""
        at = 0
        while (start := self._html.find("<", at)) >= 0:
            self._count_text(start - at)
            at = self._past(start)
        self._count_text(len(self._html) - at)

    def _count_text(self, length: int) -> None:
        if length and not self._in_block:
            self._outside += length
            self._blocks += 1

    def _past(self, start: int) -> int:
        """Return the position after what begins with "<" at ``start``.

        That is a comment, a doctype, a tag (with the text of a script or the like), or a plain "<".
        """
        html = self._html
        if html.startswith("<!--", start):
            self._blocks += not self._open
            return self._found("-->", start, "a comment (<!--)")
        if html.startswith(("<!", "<?"), start):
            self._blocks += 1
            if html[start : start + 9].lower() != "<!doctype":
                raise _Fault(
                    f"'{html[start : start + 9].split()[0]}' is no HTML; a template writes elements"
                    " and comments"
                )
            return self._found(">", start, "<!doctype")
        if tag := _TAG.match(html, start):
            return self._past_tag(tag)
        if html[start + 1 : start + 2].isalpha() or html.startswith("</", start):
            raise _Fault(f"the tag '{html[start : start + 20].split()[0]}' has no end")
        self._outside += not self._in_block
        return start + 1

    def _found(self, end: str, start: int, what: str) -> int:
        at = self._html.find(end, start)
        if at < 0:
            raise _Fault(f"{what} has no end")
        return at + len(end)

    def _past_tag(self, tag: re.Match[str]) -> int:
        name, rest = tag["name"].lower(), tag["rest"]
        if (
            len(rest) > MAX_ATTRIBUTES
            and sum(1 for _ in _ATTRIBUTE.finditer(rest)) > MAX_ATTRIBUTES
        ):
            raise _Fault(f"<{name[:20]}> has more than {MAX_ATTRIBUTES} attributes")
        if tag["end"]:
            self._close(name)
        else:
            self._begin(name, tag)
        end = tag.end()
        if not tag["end"] and name in _RAW:
            if (closed := _END[name].search(self._html, end)) is None:
                raise _Fault(f"<{name}> has no end")
            end = closed.start()
        self._in_block = self._in_block and bool(self._open)
        return end

    def _close(self, name: str) -> None:
        """End an element and all that is open in it; an end without a beginning ends nothing."""
        if name in self._open:
            while self._open.pop() != name:
                pass

    def _begin(self, name: str, tag: re.Match[str]) -> None:
        if not self._open:
            self._in_block = name in _BLOCKS
            self._blocks += 1
        if not self._in_block:
            self._outside += tag.end() - tag.start()
        if name not in _VOID and (name in _BLOCKS or not tag["rest"].endswith("/")):
            self._open.append(
                name
            )  # browsers ignore the stroke of <div/>; <path/> in a drawing is closed
        if len(self._open) > MAX_DEPTH:
            raise _Fault(f"more than {MAX_DEPTH} elements are open at once; close them")
