"""Keeps assets of the last deployment that the new site no longer has.

A page that a reader opened before the deployment can then still load its styles and scripts. The
folder given with ``--carry`` holds the assets and ``carried.json``, which has the day on which each
was last part of a site. A finished site can be used as such a folder too. The days come from the
program that fetched the assets, because the build uses no clock.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter

from explainer.assemble import manifests
from explainer.common import disk
from explainer.common.problems import UsageError
from explainer.common.trees import Tree

RECORD = "carried.json"
MOST_OF_ONE = 50_000_000
"""The most bytes of one carried asset."""
MOST_OF_ALL = 500_000_000
"""The most bytes of all carried assets together."""
_ASSET = re.compile(r"assets/[\w.-]+(/[\w.-]+)*", re.ASCII)
_LONGEST = 200
_DAYS: TypeAdapter[dict[str, manifests.Day]] = TypeAdapter(
    dict[str, manifests.Day], config=ConfigDict(strict=True)
)


@dataclass(frozen=True)
class Carried:
    """Carried assets by path, and the day on which each was last part of a site."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)

    def beside(self, made: Container[str]) -> Carried:
        """Return only the assets whose paths a new site does not have."""
        lacking = {path: data for path, data in self.files.items() if path not in made}
        return Carried(lacking, {path: self.days[path] for path in lacking})


def read_carried(folder: Path | None) -> Carried:
    """Read the carried assets from a folder; none if there is no folder.

    A file that is not what the site's manifest records is left out. Raises ``Misused`` if there is
    no record that can be read, or if the files are too large.
    """
    if folder is None:
        return Carried()
    there = Tree(folder)
    try:
        days, sums = _record(there)
    except (KeyError, ValueError) as error:
        raise UsageError(
            f"--carry {folder} holds no {RECORD} that can be read; python -m"
            " explainer.assemble.last_site makes one"
        ) from error
    kept = {
        path: day
        for path, day in sorted(days.items())
        if path in there and (path not in sums or sums[path] == there.sum(path))
    }
    sizes = [there.size(path) for path in kept]
    if max(sizes, default=0) > MOST_OF_ONE or sum(sizes) > MOST_OF_ALL:
        raise UsageError(
            f"--carry {folder} holds files of more than {MOST_OF_ONE:,} bytes, or of more than"
            f" {MOST_OF_ALL:,} together"
        )
    files = {path: there[path] for path in kept}
    # A file may have changed between its digest and its reading.
    for path in [path for path in files if sums.get(path, _sum(files[path])) != _sum(files[path])]:
        del files[path], kept[path]
    return Carried(files, kept)


def _record(there: Tree) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the day of each asset, and for a site also the digests of its manifest.

    Raises ``KeyError`` or ``ValueError`` if there is no valid record.
    """
    if there.size(RECORD if RECORD in there else disk.MANIFEST) > manifests.MOST:
        raise ValueError("too large")
    if RECORD in there:
        days, sums = _DAYS.validate_json(there[RECORD]), dict[str, str]()
    else:
        record = manifests.parse_manifest(there[disk.MANIFEST])
        days, sums = record.carried, record.files
    if not all(is_asset(path) for path in days):
        raise ValueError("not assets")
    return days, sums


def is_asset(path: str) -> bool:
    """Return whether a path may be carried: a plain name below ``assets/``."""
    return (
        len(path) <= _LONGEST
        and _ASSET.fullmatch(path) is not None
        and not {".", ".."} & set(path.split("/"))
    )


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
