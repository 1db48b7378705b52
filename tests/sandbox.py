"""Runs a command as nobody, in a namespace without network and within limits: where hostile text is built and opened.

``python tests/sandbox.py FOLDER COMMAND…`` is the inner half, run inside the namespaces; ``command`` makes the whole. As root it becomes
the user nobody, to whom FOLDER is given; other users get a user namespace, in which they own nothing beyond what was theirs.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NOBODY = 65534
_SIOCSIFFLAGS, _IFF_UP, _NO_NEW_PRIVS = 0x8914, 1, 38
_HOURS = 3


def command(folder: Path, inner: Sequence[str]) -> list[str]:
    """The whole command line."""
    unshare = shutil.which("unshare") or "unshare"
    ways = (
        ["--net", "--mount"]
        if os.geteuid() == 0
        else ["--net", "--mount", "--user", "--map-root-user"]
    )
    return [
        unshare,
        *ways,
        "--",
        sys.executable,
        str(Path(__file__).resolve()),
        str(folder),
        *inner,
    ]


def possible(folder: Path) -> bool:
    """Whether such a namespace can be made here."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return (
            subprocess.run(command(folder, ["true"]), capture_output=True, check=False).returncode
            == 0
        )
    except OSError:
        return False


def _loopback() -> None:
    """Bring up the one interface that there is, so that a site can be served within."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        fcntl.ioctl(link, _SIOCSIFFLAGS, struct.pack("16sh", b"lo", _IFF_UP))


def _reachable(path: Path) -> None:
    """Let nobody reach a folder below one that is closed to others, such as root's home: in this namespace alone."""
    closed = next(
        (parent for parent in reversed(path.parents) if not parent.stat().st_mode & 0o001), None
    )
    if closed is None:
        return
    aside = Path("/mnt")
    subprocess.run(["mount", "--bind", str(path), str(aside)], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", str(closed)], check=True)
    path.mkdir(parents=True)
    subprocess.run(["mount", "--move", str(aside), str(path)], check=True)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**30, 2**30))
    resource.setrlimit(resource.RLIMIT_CPU, (_HOURS * 3600, _HOURS * 3600))
    if ctypes.CDLL(None).prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise OSError("privileges cannot be given up for good")


def main(folder: str, *inner: str) -> None:
    """Give up everything, and become the command."""
    _loopback()
    home = Path(folder)
    if (
        os.geteuid() == 0
        and Path("/proc/self/uid_map").read_text(encoding="utf-8").split()[1] == "0"
    ):  # the real root
        _reachable(Path(sys.base_prefix))
        os.chown(home, NOBODY, NOBODY)
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    _limit()
    os.chdir(home)
    kept = {key: os.environ[key] for key in ("PATH", "EXPLAINER_CHROMIUM") if key in os.environ}
    os.execvpe(
        inner[0],
        list(inner),
        {
            **kept,
            "HOME": folder,
            "TMPDIR": folder,
            "LC_ALL": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
