"""Where Markdown is prose and where it is code: calls and HTML are looked for in prose only."""

from __future__ import annotations

import re

_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n`]*\n.*?^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<![`\\])(?P<ticks>`+)(?!`)(?P<body>(?:(?!\n\n).)+?)(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_HEADING = re.compile(r"^ {0,3}#{1,6} [^\n]*$", re.MULTILINE)
_LINK_TEXT = re.compile(r"\[(?P<text>[^\]\n]*)\](?=\(|\[)")
BLANK = "\u2003"
"""What masked characters become: a space that prose does not use, so that lengths and lines stay."""


def mask_code(text: str) -> str:
    """The text with fenced blocks and code spans blanked out, character for character."""
    return _SPAN.sub(_blank, _FENCE.sub(_blank, text))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", BLANK, match.group())


def plain_zones(text: str) -> list[tuple[int, int]]:
    """Where HTML cannot stand: headings, and the words of links and images."""
    masked = mask_code(text)
    return [match.span() for pattern in (_HEADING, _LINK_TEXT) for match in pattern.finditer(masked)]
