"""Assets of the last deployment that the new site no longer has: a page that a reader still holds finds what it was made with.

A folder to carry from holds the assets, and ``carried.json`` with the day on which each was last part of a site; a finished site is
such a folder too. The days come from whoever fetched them: the build knows no clock.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from explainer import disk
from explainer.problems import Misused

RECORD = "carried.json"
_ASSET = re.compile(r"assets/[\w.-]+(/[\w.-]+)*", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True)
class Carried:
    """Assets by path, and the day on which each was last part of a site."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)

    def beside(self, made: Container[str]) -> Carried:
        """What of it a new site lacks."""
        lacking = {path: data for path, data in self.files.items() if path not in made}
        return Carried(lacking, {path: self.days[path] for path in lacking})


def read(folder: Path | None) -> Carried:
    """What a folder holds to be carried. Raises ``Misused`` where it has no record that can be read."""
    if folder is None:
        return Carried()
    there = disk.read_tree(folder)
    try:
        days, sums = _record(there)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise Misused(f"--carry {folder} holds no {RECORD} that can be read; python -m explainer.publishing.last_site makes one") from error
    kept = {path: day for path, day in sorted(days.items()) if path in there and sums.get(path, _sum(there[path])) == _sum(there[path])}
    return Carried({path: there[path] for path in kept}, kept)


def _record(there: Mapping[str, bytes]) -> tuple[dict[str, str], dict[str, str]]:
    """The days, and, where it is a site, the sums that its manifest has."""
    record: dict[str, Any] = json.loads(there[RECORD]) if RECORD in there else json.loads(there[disk.MARKER])
    days = record if RECORD in there else record.get("carried", {})
    sums = {} if RECORD in there else record["files"]
    if not all(is_asset(path) and _DAY.fullmatch(day) for path, day in days.items()):
        raise ValueError("not assets and days")
    return days, sums


def is_asset(path: str) -> bool:
    """Whether a path may be carried: below ``assets/``, and a plain name."""
    return _ASSET.fullmatch(path) is not None and ".." not in path.split("/")


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
