"""An anchor for every paragraph and list item, so that each can be cited by itself."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

from explainer.prose.calls import BLOCKS
from explainer.prose.mask import BLANK, mask_code
from explainer.wording.rendering import Templates

_SKIPPED = re.compile(rf"^ {{0,3}}(?:#|\{{:|\||<|!\[|\[\^|{BLANK}{BLANK}{BLANK}|\{{\{{\s*(?:{'|'.join(sorted(BLOCKS))})\b)")
_UNDERLINED = re.compile(r"[^\n]+\n(?:=+|-+)[ \t]*\Z")
"""A heading with a line of strokes below it."""
_ITEM = re.compile(r"^(?=\s*(?:[-+*]|\d+\.)\s)", re.MULTILINE)
_CHUNK = re.compile(r"^[^\S\n]*+\S[^\n]*(?:\n[^\S\n]*+\S[^\n]*)*", re.MULTILINE)
_TOLD_APART = 8
"""Paragraphs with the same words whose anchors are told apart by "again"; those behind them are numbered."""


def anchored(text: str, templates: Templates) -> str:
    """The Markdown with a link to itself at the end of each paragraph and list item.

    An anchor is named after the author's own words, calls not worked out: it stays while a number changes, and goes when the paragraph is
    rewritten, so that a citation never lands on other words.
    """
    masked, taken = mask_code(text), Counter[str]()
    pieces, position = [], 0
    for chunk in _CHUNK.finditer(masked):
        if _SKIPPED.match(chunk.group()) or _UNDERLINED.match(chunk.group()) or ".kicker" in chunk.group():
            continue
        starts = [chunk.start() + item.start() for item in _ITEM.finditer(chunk.group())] or [chunk.start()]
        starts = starts if starts[0] == chunk.start() else [chunk.start(), *starts]
        for start, end in zip(starts, [*starts[1:], chunk.end()], strict=True):
            words = text[start:end].rstrip()
            stop = start + _before_attributes(words)
            pieces += [text[position:stop], _anchor(text[start:stop], taken, templates)]
            position = stop
    return "".join([*pieces, text[position:]])


def _before_attributes(words: str) -> int:
    """Where the words of a paragraph end whose last line may be its attributes."""
    above, line = words.rpartition("\n")[::2]
    return len(above.rstrip()) if "\n" in words and line.startswith("{:") and line.endswith("}") else len(words)


def _anchor(words: str, taken: Counter[str], templates: Templates) -> str:
    name = f"p-{hashlib.sha256(' '.join(words.split()).encode()).hexdigest()[:6]}"
    times = taken[name]
    taken[name] += 1
    again = "-again" * times if times <= _TOLD_APART else f"-again-{times}"
    return templates.inline("fragments/paragraph.html.j2", name=name + again)
