"""What an engine's run leaves for the next: which pages it was made from, and what came of each.

MkDocs takes about 10 ms a page, and a changed fact changes a few. So MkDocs is told to make those alone, beside the
others. A page is kept only where everything that it was made from is the same to the byte, and what stands on the disk
is what was made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from explainer import disk
from explainer.trees import Noted, Tree, notes

_STATE = "engine.json"


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
