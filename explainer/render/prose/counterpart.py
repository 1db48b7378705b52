"""A translation beside its original: the same blocks in the same order, and in each the same facts."""

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
"""How many digits of the original's SHA-256 a translation carries."""
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
    """A heading, a paragraph, an item of a list, or a call that stands alone, with the calls in it."""

    kind: str
    place: Place
    calls: tuple[Call, ...]

    @property
    def said(self) -> Counter[str]:
        """What it takes from the ledger, however it is shown and in whatever order."""
        return Counter(_name(call) for call in self.calls if call.name != "word")


def mark_of(text: str) -> str:
    """What a translation carries to say which text it was made from."""
    return sha256(text.encode())[:_MARK]


def blocks_of(path: str, text: str) -> list[Block]:
    """The blocks of a page's body, in order."""
    masked, calls = mask_code(text), find_calls(path, text, Problems())
    starts = [call.start for call in calls]
    found = []
    for start, end in _spans(masked):
        kind = next((name for name, pattern in _KINDS if pattern.match(masked[start:end].lstrip())), "paragraph")
        inside = tuple(calls[bisect_left(starts, start) : bisect_left(starts, end)])
        found.append(Block(kind, place_of(path, text, start + len(text[start:end]) - len(text[start:end].lstrip())), inside))
    return found


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _BLOCK.finditer(text):
        starts = [match.start() + item.start() for item in _ITEM.finditer(match.group())]
        edges = sorted({match.start(), *starts, match.end()}) if starts else [match.start(), match.end()]
        yield from pairwise(edges)


def _name(call: Call) -> str:
    """A call as it is compared: what it shows of a fact is the language's own affair, and so are the words of a plain number."""
    if call.name == "number":
        return "number(…)"
    named = ", ".join(f'{key}="{value}"' for key, value in sorted(call.named.items()) if key in ("claim", "only"))
    args = ", ".join(f'"{arg}"' for arg in call.args)
    return f"{call.name}({args}{', ' if named else ''}{named})"


def differences(original: list[Block], translation: list[Block], path: str) -> Iterator[Problem]:
    """Blocks that are missing or of another kind, and facts that one has and the other has not."""
    for one, other in zip(original, translation, strict=False):
        if one.kind != other.kind:
            message = f"a {other.kind} stands here, and the original has a {one.kind} at {one.place}"
            yield Problem(other.place, "translation-blocks", message, "translate block by block: each heading, paragraph and item once")
            return
        if lost := list((one.said - other.said).elements()):
            message = f"{', '.join(lost)} stands in the original at {one.place}, and not here"
            yield Problem(other.place, "translation-facts", message, "call it in this block too")
        if more := list((other.said - one.said).elements()):
            message = f"{', '.join(more)} stands here, and not in the original at {one.place}"
            yield Problem(other.place, "translation-facts", message, "take it out, or put it into the original first")
    if len(original) != len(translation):
        place = translation[-1].place if len(original) > len(translation) and translation else Place(path)
        message = f"the original has {len(original)} headings, paragraphs and items, and this has {len(translation)}"
        yield Problem(place, "translation-blocks", message, "translate block by block: each heading, paragraph and item once")
