"""``page-size``: what Python-Markdown would take the square of its size to read, or could not read at all, is refused before it is read.

Python-Markdown goes back over what it has read: over runs of one mark, over blanks, and over a whole paragraph for each mark in it. It
makes every row of a table as long as its first. The limits are such that a page at all of them is read in seconds; no page that people
write comes near them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from explainer.problems import Problems
from explainer.prose.calls import place_of
from explainer.prose.mask import mask_fences

MAX_PAGE: Final = 60_000
"""Characters of a page."""
_MOST_MARKS: Final = 1200
"""Marks of a kind in one paragraph, list or table."""
_MOST_OPENING: Final = 400
"""Brackets that open there."""
_MOST_OF_PAGE: Final = 500
"""Headings in a page, fences, and what looks like the beginning of HTML."""


class _Limit(NamedTuple):
    """What may not stand in a page more often than ``most`` times, or at all."""

    pattern: re.Pattern[str]
    most: int
    message: str
    hint: str


_RUNS: Final = tuple(
    _Limit(re.compile(pattern, re.MULTILINE), 0, f"{what}, which would take minutes to read", hint)
    for pattern, what, hint in (
        (r"[\[\]<>`*_~{}()&!\\#^@$%+]{200}", "a run of 200 brackets or marks", "take it out"),
        (r"[^\S\n]{200}", "a run of 200 blanks", "take them out"),
        (r"(?:\n[^\S\n]*+){100}", "a run of 100 empty lines", "take them out"),
        (r"[^\s|:-]{3000}", "a word of 3,000 characters", "shorten it, or put blanks into it"),
        (
            r"^[ \t]*+(?:(?:[-+*>]|\d{1,9}[.)])[ \t]*+){15}(?=[^\s*+>-])",
            "a line that opens 15 lists or quotations, one in the other",
            "flatten it",
        ),
        (r"^[ \t]*+(?:(?:[-+]|\d{1,9}[.)])[ \t]++){15}", "a line that opens 15 lists, one in the other", "flatten it"),
    )
)
_OF_PAGE: Final = tuple(
    _Limit(
        re.compile(pattern, re.MULTILINE),
        _MOST_OF_PAGE,
        f"more than {_MOST_OF_PAGE} {what} stand in one page, which would take minutes to read",
        hint,
    )
    for pattern, what, hint in (
        (r"^(?:#{1,6}|=+[ \t]*$|-+[ \t]*$)", "headings", "split it into pages"),
        (r"<(?=[a-zA-Z/!?])", "pieces of HTML or addresses in angle brackets", "split it into pages, and write Markdown"),
        (r"^ {0,3}(?:```|~~~)", "marks of code blocks", "split it into pages"),
        (r"^ {0,3}\[[^\]\n]{1,200}\]:", "addresses or notes on lines of their own", "split it into pages"),
    )
)
_OF_BLOCK: Final = tuple(
    _Limit(
        re.compile(pattern),
        most,
        f"more than {most} {what} in one paragraph or list, which would take minutes to read",
        "divide it by empty lines",
    )
    for pattern, most, what in (
        (r"[\[<]", _MOST_OPENING, "brackets open"),
        (r"`", _MOST_MARKS, "backticks stand"),
        (r"[*_]", _MOST_MARKS, "asterisks and underscores stand"),
        (r"[&\\!~{@^'\"]|\.\.\.|--", _MOST_MARKS, "marks stand"),
    )
)
_BETWEEN: Final = re.compile(r"\n[^\S\n]*+\n")

_MOST_CELLS: Final = 20_000
"""Cells in the tables of a page: Python-Markdown makes every row as long as the first one."""


def fits(path: str, text: str, problems: Problems) -> bool:
    """Whether a page can be read in time; a problem at the first place from which on it cannot."""
    fault = next(_faults(text), None)
    if fault is None:
        return True
    at, message, hint = fault
    problems.add(place_of(path, text, at), "page-size", message, hint)
    return False


def _faults(text: str) -> Iterator[tuple[int, str, str]]:
    if len(text) > MAX_PAGE:
        yield 0, f"the page has {len(text):,} characters; at most {MAX_PAGE:,}", "split it into pages"
    for limit in _RUNS:
        if found := limit.pattern.search(text):
            yield found.start(), limit.message, limit.hint
    text = mask_fences(text)  # code in fences is put aside before anything else is read
    body = max(text.find("\n---\n", 3) + 5, 0)
    for limit in _OF_PAGE:
        starts = [match.start() for match in limit.pattern.finditer(text, body)]
        if len(starts) > limit.most:
            yield starts[limit.most], limit.message, limit.hint
    if (at := _first_cell_too_many(text)) is not None:
        message = f"its tables have more than {_MOST_CELLS:,} cells, those that are left out counted too"
        yield at, message, "split the table, and write no row that is much longer than the others"
    start = 0
    for end in [*(match.end() for match in _BETWEEN.finditer(text)), len(text)]:
        for limit in _OF_BLOCK:
            starts = [match.start() for match in limit.pattern.finditer(text, start, end)]
            if len(starts) > limit.most:
                yield start, limit.message, limit.hint
        start = end


def _first_cell_too_many(text: str) -> int | None:
    """Where a paragraph begins with which the tables have too many cells, if every paragraph is one; ``None`` where they do not.

    Any of its lines may be the first row, so each counts as the longest. Every pipe counts, one in code or behind a backslash too.
    """
    cells, start = 0, 0
    for end in [*(match.end() for match in _BETWEEN.finditer(text)), len(text)]:
        rows = text[start:end].strip("\n").split("\n")
        columns = max(row.count("|") for row in rows)
        cells += columns * len(rows)
        if cells > _MOST_CELLS:
            return start
        start = end
    return None
