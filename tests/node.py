"""Programs from npm that the tests ask about our pages: got by the lock in ``tests/clients``, run by Node."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "clients"
_LOCK = FOLDER / "package-lock.json"
_INSTALLED = FOLDER / "node_modules" / ".installed"
"""Holds the digest of the lock that was installed last."""


def ask(script: str, *args: object) -> Any:
    """What ``tests/clients/<script>.mjs`` prints for these arguments, read as JSON. Raises with what it said where it fails."""
    command = ["node", str(FOLDER / f"{script}.mjs"), *map(str, args)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def main() -> int:
    """Make sure that Node is there, and the packages of the lock."""
    if not shutil.which("npm"):
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            print("The tests need Node 20 or newer, with npm. Install it, and run this again.", file=sys.stderr)
            return 1
        print("No Node was found; getting one.", flush=True)
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "nodejs", "npm"]):
            subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    digest = hashlib.sha256(_LOCK.read_bytes()).hexdigest()
    if not _INSTALLED.exists() or _INSTALLED.read_text(encoding="utf-8") != digest:
        npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(npm, cwd=FOLDER, check=True)
        _INSTALLED.write_text(digest, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
