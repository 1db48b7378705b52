"""The Nu HTML checker, which holds pages to the HTML standard: got by npm where it is not here yet, run by Java."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from support import ROOT

_PACKAGE = "vnu-jar@26.9.27"
_SHA256 = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"
"""Of the archive in that package: no other is run."""
_KEPT = ROOT / ".cache" / "vnu.jar"


@dataclass(frozen=True)
class Objection:
    """What the checker says of one place of a page."""

    page: Path
    line: int
    message: str


def _ours(path: Path) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == _SHA256


def checker() -> Path:
    """The checker, as it was pinned; raises where npm cannot bring it."""
    if _ours(_KEPT):
        return _KEPT
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", _PACKAGE], cwd=folder, check=True, capture_output=True
        )
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
            package.extract("package/build/dist/vnu.jar", folder, filter="data")
        made = Path(folder) / "package" / "build" / "dist" / "vnu.jar"
        assert _ours(made), f"{_PACKAGE} is not the one that is pinned"
        _KEPT.parent.mkdir(exist_ok=True)
        shutil.copy(made, _KEPT)
    return _KEPT


def objections(pages: Sequence[Path]) -> Iterator[Objection]:
    """Every error in the pages."""
    assert shutil.which("java"), "the Nu HTML checker needs a Java runtime, 11 or newer"
    command = [
        "java",
        "-Xss4m",
        "-jar",
        str(checker()),
        "--errors-only",
        "--exit-zero-always",
        "--format",
        "json",
        "--stdout",
    ]
    done = subprocess.run(
        [*command, *map(str, pages)], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    for each in json.loads(done.stdout)["messages"]:
        assert "url" in each, each
        yield Objection(
            Path(each["url"].removeprefix("file:")), each.get("lastLine", 0), each["message"]
        )
