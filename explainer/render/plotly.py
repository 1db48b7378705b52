"""Plotly's script: the small bundle where it was fetched, the Python package's own otherwise.

``python -m explainer.render.plotly`` asks npm for the small one; ``make site`` runs it before the build, which itself never
uses the network. Both are the same version of plotly.js; the small one has bars and points, which is all we draw.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import plotly as plotly_package

from explainer.common import console, folders, programs
from explainer.common.problems import Misused, Problems, shown
from explainer.read.files import Folder

_ROOT = Path(__file__).resolve().parents[2]
_KEPT: Final = ".cache/plotly-basic.min.js"
PACKAGE: Final = "plotly.js-basic-dist-min@4.1.1"
"""The version of plotly.js that the locked plotly.py brings; a test holds the two together."""
_MOST: Final = 5_000_000
"""The script has fewer bytes."""
_NETWORK: Final = re.compile(
    r"(?i:https?_proxy|no_proxy|all_proxy|npm_config_(?:registry|proxy|https_proxy|noproxy|cafile|ca)|node_extra_ca_certs|ssl_cert_file)"
)
"""The variables that say how the network is reached."""
SHA256: Final = "99784e3abfb07b142a15e521a439e6d9addceadb3f79553fd24c72774f0649ba"
"""Of the script in that package: no other is used."""


@dataclass(frozen=True)
class Script:
    """A script by an address that changes with its content, so that no cache serves an old one."""

    path: str
    data: bytes


def plotly() -> Script:
    """The script that draws on request."""
    if (data := _kept()) is not None:
        return _script("plotly-basic", data)
    return _script("plotly", (Path(plotly_package.__file__).parent / "package_data" / "plotly.min.js").read_bytes())


def _kept() -> bytes | None:
    """The pinned script, where it was fetched; ``None`` where there is no such file, or it holds anything else."""
    data = Folder(_ROOT).read_bytes(_KEPT, Problems(), most=_MOST) or b""
    return data if hashlib.sha256(data).hexdigest() == SHA256 else None


def _script(name: str, data: bytes) -> Script:
    return Script(f"assets/{name}-{hashlib.sha256(data).hexdigest()[:12]}.min.js", data)


def fetch() -> str:
    """Get the small bundle by npm, where it is at hand; says what came of it, and never fails a build."""
    if _kept() is not None:
        return "The small Plotly bundle is here."
    npm = programs.find("npm")
    if npm is None:
        return "npm is not at hand; the interactive charts will use the bundle of the Python package."
    with programs.empty_folder() as folder:
        try:
            (folder / "package.json").write_text("{}\n", encoding="utf-8")  # or npm looks for one in the folders above
            done = programs.run([npm, "pack", "--silent", "--ignore-scripts", PACKAGE], folder, _npm_environment(folder), timeout=120)
            done.check_returncode()
            data = _script_in(next(folder.glob("*.tgz")))
        except (subprocess.SubprocessError, OSError, StopIteration, KeyError) as error:
            return f"npm could not bring {PACKAGE} ({type(error).__name__}); the bundle of the Python package will do."
    if hashlib.sha256(data).hexdigest() != SHA256:
        return f"{PACKAGE} is not the one that is pinned; the bundle of the Python package will do."
    return keep(data)


def keep(data: bytes) -> str:
    """Keep the script for all builds of this generator; says what came of it."""
    try:
        folders.put(_ROOT / _KEPT, data)
    except (OSError, Misused) as error:
        return f"{PACKAGE} cannot be kept ({shown(str(error))}); the bundle of the Python package will do."
    return f"Fetched {PACKAGE}."


def _npm_environment(home: Path) -> dict[str, str]:
    """The environment of npm, with the user's settings of where the network and the registry are, in files and variables."""
    network = {key: value for key, value in os.environ.items() if _NETWORK.fullmatch(key)}
    user = os.environ.get("HOME", str(home))
    ours = {"npm_config_cache": str(home / "cache"), "npm_config_userconfig": str(Path(user) / ".npmrc")}
    return programs.environment(home) | network | ours


def _script_in(archive: Path) -> bytes:
    with tarfile.open(archive) as package:
        member = package.extractfile("package/plotly-basic.min.js")
        return member.read() if member else b""


def main() -> None:
    """Fetch, and say what came of it."""
    console.lines([fetch()])


if __name__ == "__main__":
    sys.exit(console.ended("bundles", main))
