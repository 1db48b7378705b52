"""The script of Plotly: the small bundle if it was fetched, otherwise that of the Python package.

``python -m explainer.render.plotly`` fetches the small bundle from npm. ``make site`` runs it
before the build, which never uses the network itself. Both bundles are the same version of
plotly.js. The small one has bars and points, which are all that the charts need.
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
from explainer.common.problems import Problems, UsageError, escape_invisible
from explainer.read.files import Folder

_ROOT = Path(__file__).resolve().parents[2]
_KEPT: Final = ".cache/plotly-basic.min.js"
PACKAGE: Final = "plotly.js-basic-dist-min@4.1.1"
"""The npm package with the version of plotly.js that is in the locked plotly.py.

A test checks that the two are the same version.
"""
_MOST: Final = 5_000_000
"""The limit for the size of the script, in bytes."""
_NETWORK: Final = re.compile(
    r"(?i:https?_proxy|no_proxy|all_proxy|npm_config_(?:registry|proxy|https_proxy|noproxy|cafile|ca)|node_extra_ca_certs|ssl_cert_file)"
)
"""The environment variables that configure the network."""
SHA256: Final = "99784e3abfb07b142a15e521a439e6d9addceadb3f79553fd24c72774f0649ba"
"""The SHA-256 of the script in that package. No other script is used."""


@dataclass(frozen=True)
class Script:
    """A script with a path that contains its digest, so that no cache serves an old version."""

    path: str
    data: bytes


def plotly() -> Script:
    """Return the script that draws interactive charts."""
    if (data := _kept()) is not None:
        return _script("plotly-basic", data)
    return _script(
        "plotly",
        (Path(plotly_package.__file__).parent / "package_data" / "plotly.min.js").read_bytes(),
    )


def _kept() -> bytes | None:
    """Return the fetched script, or ``None`` if the file is missing or has another digest."""
    data = Folder(_ROOT).read_bytes(_KEPT, Problems(), most=_MOST) or b""
    return data if hashlib.sha256(data).hexdigest() == SHA256 else None


def _script(name: str, data: bytes) -> Script:
    return Script(f"assets/{name}-{hashlib.sha256(data).hexdigest()[:12]}.min.js", data)


def fetch() -> str:
    """Fetch the small bundle with npm, if there is npm, and return a message about the result.

    It never raises an error that would fail a build.
    """
    if _kept() is not None:
        return "The small Plotly bundle is here."
    npm = programs.find("npm")
    if npm is None:
        return (
            "npm is not at hand; the interactive charts will use the bundle of the Python package."
        )
    with programs.empty_folder() as folder:
        try:
            (folder / "package.json").write_text(
                "{}\n", encoding="utf-8"
            )  # otherwise npm looks for one in the parent folders
            done = programs.run(
                [npm, "pack", "--silent", "--ignore-scripts", PACKAGE],
                folder,
                _npm_environment(folder),
                timeout=120,
            )
            done.check_returncode()
            data = _script_in(next(folder.glob("*.tgz")))
        except (subprocess.SubprocessError, OSError, StopIteration, KeyError) as error:
            return (
                f"npm could not bring {PACKAGE} ({type(error).__name__}); the bundle of the Python"
                " package will do."
            )
    if hashlib.sha256(data).hexdigest() != SHA256:
        return f"{PACKAGE} is not the one that is pinned; the bundle of the Python package will do."
    return keep(data)


def keep(data: bytes) -> str:
    """Store the script for all builds of this generator, and return a message about the result."""
    try:
        folders.replace_file(_ROOT / _KEPT, data)
    except (OSError, UsageError) as error:
        return (
            f"{PACKAGE} cannot be kept ({escape_invisible(str(error))}); the bundle of the Python"
            " package will do."
        )
    return f"Fetched {PACKAGE}."


def _npm_environment(home: Path) -> dict[str, str]:
    """Return npm's environment, with the user's variables and files for network and registry."""
    network = {key: value for key, value in os.environ.items() if _NETWORK.fullmatch(key)}
    user = os.environ.get("HOME", str(home))
    ours = {
        "npm_config_cache": str(home / "cache"),
        "npm_config_userconfig": str(Path(user) / ".npmrc"),
    }
    return programs.environment(home) | network | ours


def _script_in(archive: Path) -> bytes:
    with tarfile.open(archive) as package:
        member = package.extractfile("package/plotly-basic.min.js")
        return member.read() if member else b""


def main() -> None:
    """Fetch the bundle and print the result."""
    console.print_lines([fetch()])


if __name__ == "__main__":
    sys.exit(console.run_main("bundles", main))
