"""Programs from npm that the tests ask about our pages: got by the lock in ``tests/clients``, run by Node."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import machine

FOLDER = Path(__file__).resolve().parent / "clients"
OLDEST = 20
"""The oldest version of Node that runs the packages of the lock."""
NEEDED = f"The tests need Node {OLDEST} or newer with npm (https://nodejs.org/)."


def ask(script: str, *args: object) -> Any:
    """What ``tests/clients/<script>.mjs`` prints for these arguments, read as JSON. Raises with what it said where it fails."""
    command = ["node", str(FOLDER / f"{script}.mjs"), *map(str, args)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def lacking() -> str:
    """What is wrong with the Node of this machine, as a sentence; empty where it will do."""
    if missing := [name for name in ("node", "npm") if not shutil.which(name)]:
        return f"{NEEDED} There is no {' and no '.join(missing)} on the PATH."
    version = subprocess.run(
        ["node", "--version"], capture_output=True, text=True, check=False
    ).stdout.strip()
    major = version.removeprefix("v").partition(".")[0]
    return (
        ""
        if major.isdecimal() and int(major) >= OLDEST
        else f"{NEEDED} This machine has {version or 'one that does not start'}."
    )


def install_packages(folder: Path) -> str:
    """Install what the folder's ``package-lock.json`` lists, unless it was installed whole; what went wrong, or nothing.

    Of several runs at once the first installs, and the others wait. What a stopped run left is removed first.
    """
    lock, packages = folder / "package-lock.json", folder / "node_modules"
    with lock.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        digest, installed = (
            hashlib.sha256(held.read()).hexdigest(),
            packages / ".installed",
        )  # written last
        if installed.is_file() and installed.read_text(encoding="utf-8") == digest:
            return ""
        installed.unlink(missing_ok=True)
        npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(
            npm,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            return (
                f"The packages of {lock} could not be installed; npm says:\n{done.stdout.rstrip()}"
            )
        packages.mkdir(exist_ok=True)
        installed.write_text(digest, encoding="utf-8")
    return ""


def main() -> int:
    """Make sure that Node is there, and the packages of the lock."""
    if lacking() and machine.can_install():
        print("No Node that will do was found; getting one.", flush=True)
        machine.install("nodejs", "npm")
    wrong = lacking() or install_packages(FOLDER)
    if wrong:
        print(wrong, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
