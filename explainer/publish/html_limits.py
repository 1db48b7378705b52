"""Limits on the HTML of templates, so that an engine, a parser and a browser can read it in time.

The time of Python-Markdown is quadratic in the number of open elements, of elements that never end,
and of elements and letters outside blocks. The time of parsers is quadratic in the depth of
elements and in the attributes of one element. There is no limit on length: a list of ten thousand
facts is long and valid.
"""

from __future__ import annotations

import re
from typing import Final

from explainer.common.allowed import drawings, word_set

_SPACE: Final = r"[ \t\n\r\f]"
_ATTRIBUTE: Final = re.compile(
    r"""[^ \t\n\r\f\v"'=<>/`]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^ \t\n\r\f\v"'=<>`]++))?+"""
)
_TAG: Final = re.compile(
    rf"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*+)"
    rf"(?P<rest>(?:{_SPACE}++|/(?!>)|(?<![a-zA-Z0-9:-]){_ATTRIBUTE.pattern})*+/?)>"
)
"""A tag that every parser reads alike. Quotes are around values only."""
_MARKDOWN_ATTRIBUTE: Final = re.compile(r"markdown\s*+(?:=|\Z)", re.IGNORECASE)
_VOID: Final = word_set("area base br col embed hr img input link meta source track wbr")
_RAW: Final = frozenset(["script", "style"])
"""Elements that contain only text and no other elements.

So do <textarea> and <title>, but Python-Markdown reads tags in them.
"""
_FOREIGN: Final = frozenset(["svg", "math"])
_SELF_CLOSING: Final = drawings.ELEMENTS | word_set("math mprescripts mspace none")
"""The elements of drawings and formulas, which may close themselves there, as in <path/>.

Browsers leave any other element open.
"""
_END: Final = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _RAW}
_BLOCKS: Final = word_set(
    """
    address article aside blockquote body details dd div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre script section style
    summary table tbody td tfoot th thead tr ul
    """
)
"""Block elements. Python-Markdown does not process them or their content.

They must begin a line or follow another. It does not know <dialog>, <search> and <svg> as blocks.
"""
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
_MOST_INDENT: Final = 3
"""The maximum number of blanks before a block; Python-Markdown reads more as code."""
_MARKDOWN: Final = re.compile(r"[\\\[\]`*_~{}|!^#]|&(?![#\w]+;)|--|\.\.\.|[^\S\n]{20}")
"""What Python-Markdown may take for its own, in the text outside blocks."""


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

    def __init__(self, html: str, in_paragraph: bool) -> None:
        self._html, self._in_paragraph = html, in_paragraph
        self._open: list[str] = []
        self._blocks = self._outside = self._inline_tags = 0
        self._in_block = False
        self._may_begin = True
        """Whether a block may begin: at the start of a line, or behind another block."""

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
        most = MAX_INLINE if self._in_paragraph else MAX_OUTSIDE_BLOCKS
        if self._outside > most:
            return (
                f"more than {most:,} letters stand outside of every block; put them"
                " into one, such as a <div>"
            )
        if self._in_paragraph and self._inline_tags > MAX_INLINE_TAGS:
            return f"more than {MAX_INLINE_TAGS} tags stand in a piece of a paragraph"
        return None

    def read(self) -> None:
        """Scan the HTML and count. Raises ``_Fault`` at a tag that is wrong by itself."""
        at = 0
        while (start := self._html.find("<", at)) >= 0:
            self._count_text(at, start)
            at = self._past(start)
        self._count_text(at, len(self._html))

    def _count_text(self, start: int, end: int) -> None:
        if start == end or self._in_block:
            return
        self._outside += end - start
        self._blocks += 1
        text = self._html[start:end]
        if not self._in_paragraph and (mark := _MARKDOWN.search(text)):
            raise _Fault(
                f"'{mark[0].strip() or 'a run of blanks'}' stands outside of every block, where it"
                " may be Markdown; write HTML, and put it into an element such as a <div> on a line"
                " of its own"
            )
        line = text.rpartition("\n")[2]
        self._may_begin = (
            (self._may_begin or line != text) and not line.strip() and len(line) <= _MOST_INDENT
        )

    def _past(self, start: int) -> int:
        """Return the position after what begins with "<" at ``start``.

        That is a comment, a doctype, a tag (with the text of a script or the like), or a plain "<".
        """
        html = self._html
        if html.startswith("<!--", start):
            self._blocks += not self._in_block
            end = self._found("--", start + 4, "a comment (<!--)")
            if not html.startswith(">", end):
                raise _Fault("a comment contains '--', where some parsers end it; write '-'")
            self._count_text(start + 4, end - 2)
            return end + 1
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
            raise _Fault(
                f"the tag '{html[start : start + 20].split()[0]}' has no end, or something in it"
                ' that is no attribute such as title="words"'
            )
        if not self._in_block:
            self._outside += 1
            self._may_begin = False
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
        if "markdown" in rest.lower() and any(
            _MARKDOWN_ATTRIBUTE.match(each[0]) for each in _ATTRIBUTE.finditer(rest)
        ):
            raise _Fault(f"<{name[:20]}> has the attribute 'markdown'; templates write HTML")
        if tag["end"]:
            if rest.strip():
                raise _Fault(f"</{name[:20]}> has something behind its name")
            self._close(name)
        else:
            self._begin(name, tag)
        end = tag.end()
        if not tag["end"] and name in _RAW and self._in_block:
            if (closed := _END[name].search(self._html, end)) is None:
                raise _Fault(f"<{name}> has no end")
            end = closed.start()
        if not self._in_block:
            self._inline_tags += 1
            self._may_begin = False
        elif not self._open:
            self._in_block, self._may_begin = False, True
        return end

    def _close(self, name: str) -> None:
        """End an element and all that is open in it; an end without a beginning ends nothing."""
        if name in self._open:
            while self._open.pop() != name:
                pass

    def _begin(self, name: str, tag: re.Match[str]) -> None:
        if not self._open:
            self._in_block = name in _BLOCKS and self._may_begin
            self._blocks += 1
        if not self._in_block:
            self._outside += tag.end() - tag.start()
        if name in _VOID:
            return
        if not tag["rest"].endswith("/"):
            self._open.append(name)
        elif name not in _FOREIGN and not (
            name in _SELF_CLOSING and _FOREIGN.intersection(self._open)
        ):
            raise _Fault(f"<{name[:20]}/> does not close itself; write <{name[:20]}></{name[:20]}>")
        if len(self._open) > MAX_DEPTH:
            raise _Fault(f"more than {MAX_DEPTH} elements are open at once; close them")
