"""Gets programs that the tests need from the machine's package manager, where we may."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

_LOCK = Path(tempfile.gettempdir()) / "explainer-apt.lock"


def can_install() -> bool:
    """Whether packages of Debian's can be installed here, which takes root."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages: str) -> bool:
    """Install packages by apt, after any other run of the tests that does; whether it went well. apt itself says what is wrong."""
    get = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=600"]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with _LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # apt-get update fails where another one is at work
        for command in ([*get, "update"], [*get, "install", "-y", "--no-install-recommends", *packages]):
            if subprocess.run(command, env=env, check=False, stdout=subprocess.DEVNULL).returncode:
                return False
    return True
