"""Seeds that are the same to the byte are not read again by the same process: a ledger never changes, so it is the same one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from explainer.ledger import Ledger
from explainer.problems import Problems
from explainer.reading.files import Folder
from explainer.reading.project import read_ledger
from explainer.shelf import Shelf

_last: list[tuple[tuple[Path, str, dict[str, bytes]], Ledger]] = []
"""The ledger that was read last without a problem, and what it was read from: a folder, a language, the sum of each seed; at most one."""


def ledger_of(folder: Folder, seeds: Mapping[str, bytes], problems: Problems, language: str, shelf: Shelf | None) -> Ledger:
    """The ledger of a project's ``seeds/``, as ``read_ledger`` has it. ``seeds`` are the files there, as ``folder`` read them."""
    now = (folder.root, language, {path: hashlib.sha256(data).digest() for path, data in seeds.items()})
    before = problems.told
    if _last and _last[-1][0] == now:
        return _last[-1][1]
    _last.clear()
    ledger = read_ledger(folder, problems, language, shelf)
    named = {f"seeds/{source.text}" for source in ledger.sources.values() if source.text}
    if problems.told == before and named <= seeds.keys():  # a text may have a name that editors leave behind, and has no sum then
        _last.append((now, ledger))
    return ledger
