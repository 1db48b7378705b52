"""Gets programs that the tests need from the machine's package manager, where we may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from support import eventually


def can_install() -> bool:
    """Whether packages of Debian's can be installed here, which takes root."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def offers(package: str) -> bool:
    """Whether the lists of packages that lie on this machine have one by this name; nothing is fetched."""
    asked = subprocess.run(
        ["apt-cache", "show", "--quiet=2", package], capture_output=True, check=False
    )
    return asked.returncode == 0


def install(*packages: str) -> bool:
    """Install packages by apt, waiting while another apt is at work; whether it went well. apt itself says what is wrong."""
    updated = eventually(
        lambda: _apt("update"), lambda done: "Could not get lock" not in done.stderr
    )
    done = (
        updated
        if updated.returncode
        else _apt("install", "-y", "--no-install-recommends", *packages)
    )
    sys.stderr.write(done.stderr)
    return done.returncode == 0


def _apt(*arguments: str) -> subprocess.CompletedProcess[str]:
    """How apt ends. It waits by itself for the lock on packages, but not for the one on their lists, which ``update`` needs."""
    command = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=600", *arguments]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    return subprocess.run(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
