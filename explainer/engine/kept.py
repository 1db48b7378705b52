"""What an engine's run leaves for the next: which pages it was made from, and what came of each.

MkDocs takes about 10 ms a page, and a changed fact changes a few. So MkDocs is told to make those alone, beside the
others, and its search index, which then holds only them, is put together with the last one. A page is kept only where
everything that it was made from is the same to the byte, and what stands on the disk is what was made.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from explainer import disk
from explainer.trees import Noted, Tree, notes

INDEX = "search/search_index.json"
_STATE = "engine.json"
_FIRST, _END = b'{"location":"', b"]}"
_ENTRY = re.compile(_FIRST + rb'((?:[^"\\#]|\\.)*)')
"""Where an entry of the index begins, and the page's address in it; within a text, every quotation mark has a stroke before it."""


@dataclass(frozen=True)
class State:
    """One run of the engine."""

    shared: str
    """A sum over all that every page is made from: configuration, theme, versions, the day, the titles in the navigation."""
    docs: Mapping[str, str]
    """The sum of each page's Markdown, by path."""
    html: Mapping[str, Noted]
    """What is known of each file that came of it, by path."""


def sums(files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each file."""
    return {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())}


def read(work: Path) -> State | None:
    """The last run's state; ``None`` where there is none that can be read."""
    try:
        state = State(**json.loads((work / _STATE).read_bytes()))
        return replace(state, html=notes(state.html))
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def write(work: Path, state: State) -> None:
    """Keep a run's state. Until then, a run that is broken off leaves none, and the next one starts afresh."""
    disk.update_tree(work, {_STATE: json.dumps(vars(state)).encode()})


def forget(work: Path) -> None:
    """From here on nothing is kept."""
    disk.update_tree(work, {}, gone=(_STATE,))


def changed(old: State | None, new: State, made: Tree) -> tuple[str, ...] | None:
    """The pages to make anew; ``None`` where all must be: something shared changed, a page came or went, or the disk holds other bytes."""
    if old is None or old.shared != new.shared or old.docs.keys() != new.docs.keys() or made.keys() != old.html.keys():
        return None
    if any(made.sum(path) != noted[3] for path, noted in old.html.items()):
        return None
    return tuple(path for path, digest in new.docs.items() if digest != old.docs[path])


def merged(old: bytes, new: bytes, pages: Iterable[str]) -> bytes | None:
    """The search index with the entries of some pages exchanged in place; ``None`` where a page had none before, or has none now.

    It is cut at its entries without being read: that would take ten times its room.
    """
    before, after = _entries(old), _entries(new)
    if before is None or after is None or after.keys() != {json.dumps(page)[1:-1].encode() for page in pages}:
        return None
    if not after.keys() <= before.keys():
        return None
    docs = b",".join(after.get(page, entries) for page, entries in before.items())
    return b"".join((new[: new.index(_FIRST)], docs, _END))


def _entries(index: bytes) -> dict[bytes, memoryview] | None:
    """The entries of each page, as they are written; ``None`` where they do not stand together, or there are none."""
    starts = [(found.start(), found.group(1)) for found in _ENTRY.finditer(index)]
    firsts = [at for number, at in enumerate(starts) if not number or at[1] != starts[number - 1][1]]
    if not starts or not index.endswith(_END) or len({page for _, page in firsts}) < len(firsts):
        return None
    ends = [*(start - 1 for start, _ in firsts[1:]), len(index) - len(_END)]
    return {page: memoryview(index)[start:end] for (start, page), end in zip(firsts, ends, strict=True)}
