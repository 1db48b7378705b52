"""Compare a translation with its original: the same blocks in order, each with the same facts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from explainer.common.problems import Place, Problem, Problems
from explainer.read.files import sha256
from explainer.render.prose.calls import BLOCKS, Call, find_calls, place_of
from explainer.render.prose.mask import mask_code

_MARK = 12
"""The number of digits of the original's SHA-256 in a translation."""
_BLOCK = re.compile(r"(?:^[ \t]*\S[^\n]*(?:\n|\Z))+", re.MULTILINE)
_ITEM = re.compile(r"^(?:[-*+]|\d+\.) ", re.MULTILINE)
_KINDS = (
    ("heading", re.compile(r"#+ ")),
    ("list item", _ITEM),
    ("table", re.compile(r"\|")),
    ("call", re.compile(rf"\{{\{{\s*(?:{'|'.join(sorted(BLOCKS))})\b")),
)


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, a list item or a block call, with the calls in it."""

    kind: str
    place: Place
    calls: tuple[Call, ...]

    @property
    def said(self) -> Counter[str]:
        """The records that it takes from the ledger, regardless of their form and order."""
        return Counter(_name(call) for call in self.calls if call.name != "word")


def mark_of(text: str) -> str:
    """Return the mark by which a translation names the version of its original."""
    return sha256(text.encode())[:_MARK]


def blocks_of(path: str, text: str) -> list[Block]:
    """Return the blocks of a page's body, in order."""
    masked, calls = mask_code(text), find_calls(path, text, Problems())
    starts = [call.start for call in calls]
    found = []
    for start, end in _spans(masked):
        kind = next(
            (name for name, pattern in _KINDS if pattern.match(masked[start:end].lstrip())),
            "paragraph",
        )
        inside = tuple(calls[bisect_left(starts, start) : bisect_left(starts, end)])
        found.append(
            Block(
                kind,
                place_of(path, text, start + len(text[start:end]) - len(text[start:end].lstrip())),
                inside,
            )
        )
    return found


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _BLOCK.finditer(text):
        starts = [match.start() + item.start() for item in _ITEM.finditer(match.group())]
        edges = (
            sorted({match.start(), *starts, match.end()})
            if starts
            else [match.start(), match.end()]
        )
        yield from pairwise(edges)


def _name(call: Call) -> str:
    """Return a call in the form in which calls are compared.

    Each language may show a fact in its own form, and write plain numbers in its own words.
    """
    if call.name == "number":
        return "number(…)"
    named = ", ".join(
        f'{key}="{value}"' for key, value in sorted(call.named.items()) if key in ("claim", "only")
    )
    args = ", ".join(f'"{arg}"' for arg in call.args)
    return f"{call.name}({args}{', ' if named else ''}{named})"


def differences(original: list[Block], translation: list[Block], path: str) -> Iterator[Problem]:
    """Yield a problem for each block or fact that is missing, added or of another kind."""
    for one, other in zip(original, translation, strict=False):
        if one.kind != other.kind:
            message = (
                f"a {other.kind} stands here, and the original has a {one.kind} at {one.place}"
            )
            yield Problem(
                other.place,
                "translation-blocks",
                message,
                "translate block by block: each heading, paragraph and item once",
            )
            return
        if lost := list((one.said - other.said).elements()):
            message = f"{', '.join(lost)} stands in the original at {one.place}, and not here"
            yield Problem(other.place, "translation-facts", message, "call it in this block too")
        if more := list((other.said - one.said).elements()):
            message = f"{', '.join(more)} stands here, and not in the original at {one.place}"
            yield Problem(
                other.place,
                "translation-facts",
                message,
                "take it out, or put it into the original first",
            )
    if len(original) != len(translation):
        place = (
            translation[-1].place
            if len(original) > len(translation) and translation
            else Place(path)
        )
        message = (
            f"the original has {len(original)} headings, paragraphs and items, and this has"
            f" {len(translation)}"
        )
        yield Problem(
            place,
            "translation-blocks",
            message,
            "translate block by block: each heading, paragraph and item once",
        )
