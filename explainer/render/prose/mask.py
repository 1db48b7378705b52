"""Tell prose from code in Markdown. Calls and HTML are found in prose only.

A text is scanned once, whatever it contains. If it is unclear whether Markdown sees code, it is
treated as prose.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator

_OPENS = re.compile(
    r"(?P<fence>`{3,}+|~{3,}+)[ ]*(?:\{[^\n]*\}|\.?[\w#.+-]*+)["
    r" ]*(?:hl_lines=(?:\"[^\"\n]*\"|'[^'\n]*'))?[ ]*\Z"
)
"""The first line of a fenced block in Python-Markdown: at most one word follows the fence."""
_CLOSES = re.compile(r"(?:`{3,}+|~{3,}+)[ \t]*\Z")
_BEGINS = re.compile(
    r"[ \t]*(?:[-+*][ \t]|\d{1,9}[.)][ \t]|#{1,6}|:[ \t]|\[\^|!!!|[-=]+[ \t]*\Z|\Z)"
)
"""A line that starts or ends a block, so that no code span continues from the line before."""
_ALONE = re.compile(r"[ \t]*(?:#{1,6}|[-=]+[ \t]*\Z)")
"""A line that is a block of its own, so that no code span continues in the next line."""
_TICKS = re.compile(r"`+")
_NOT_A_BREAK = re.compile(r"[^\n]")
_HEADING = re.compile(r"^ {0,3}#{1,6} [^\n]*$", re.MULTILINE)
_LINK_TEXT = re.compile(r"\[(?P<text>[^\[\]\n]*)\](?=\(|\[)")
BLANK = "\u2003"
"""The character that replaces masked ones: a space that prose does not use.

So offsets and line numbers stay the same.
"""


def mask_code(text: str) -> str:
    """Return the text with fenced blocks and code spans masked, character by character."""
    masked = mask_fences(text)
    return _blanked(masked, _spans(masked)) if "`" in masked else masked


def code(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of fenced blocks and code spans, with their marks."""
    yield from _fences(text)
    masked = mask_fences(text)
    if "`" in masked:
        yield from _spans(masked)


def mask_fences(text: str) -> str:
    """Return the text with fenced blocks masked, but not code spans."""
    return _blanked(text, _fences(text)) if "```" in text or "~~~" in text else text


def plain_zones(text: str) -> list[tuple[int, int]]:
    """Return where HTML is not possible: headings, and the text of links and images."""
    masked = mask_code(text)
    return [
        match.span() for pattern in (_HEADING, _LINK_TEXT) for match in pattern.finditer(masked)
    ]


class Ranges:
    """Ranges of a text. ``offset in zones`` says whether an offset is in one of them."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(stretches):
            self._starts.append(start)
            self._ends.append(max(end, self._ends[-1] if self._ends else 0))

    def __contains__(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset)
        return at > 0 and offset < self._ends[at - 1]


def _blanked(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    pieces, position = [], 0
    for start, end in stretches:
        pieces += [text[position:start], _NOT_A_BREAK.sub(BLANK, text[start:end])]
        position = end
    return "".join([*pieces, text[position:]])


def _lines(text: str) -> list[tuple[int, str]]:
    """Return each line with the offset of its start."""
    found, start = [], 0
    for line in text.split("\n"):
        found.append((start, line))
        start += len(line) + 1
    return found


def _fences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the fenced blocks that are closed.

    A fence is closed by the next line that has the same fence and nothing else.
    """
    lines = _lines(text)
    closing: defaultdict[str, list[int]] = defaultdict(list)
    for number, (_, line) in enumerate(lines):
        if line[:3] in ("```", "~~~") and _CLOSES.match(line):
            closing[line.rstrip(" \t")].append(number)
    last = -1
    for number, (start, line) in enumerate(lines):
        if number <= last or line[:3] not in ("```", "~~~") or not (opens := _OPENS.match(line)):
            continue
        ends = closing[opens["fence"]]
        at = bisect_right(ends, number)
        if at < len(ends):
            last = ends[at]
            yield start, lines[last][0] + len(lines[last][1])


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the code spans, each within one block.

    A span is closed by the next run of the same number of backticks.
    """
    for start, end in _blocks(text):
        runs = [match.span() for match in _TICKS.finditer(text, start, end)]
        later: defaultdict[int, deque[tuple[int, int]]] = defaultdict(deque)
        for run in runs:
            later[run[1] - run[0]].append(run)
        position = start
        for run in runs:
            same = later[run[1] - run[0]]
            same.popleft()
            if run[0] >= position and same and not _is_escaped(text, run[0]):
                position = same[0][1]
                yield run[0], position


def _is_escaped(text: str, at: int) -> bool:
    """Whether a character is escaped: an odd number of backslashes is before it."""
    before = text[max(at - 50, 0) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges that may contain a code span.

    These are paragraphs, list items, headings and table rows.
    """
    begun, row = 0, False
    for start, line in _lines(text):
        is_row = "|" in line
        if row or is_row or _BEGINS.match(line):
            yield begun, start
            begun = start
        row = is_row or _ALONE.match(line) is not None
    yield begun, len(text)
