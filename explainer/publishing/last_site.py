"""``python -m explainer.publishing.last_site URL DIR``: fetch what the last deployment's pages were made with, for ``--carry DIR``.

It runs before the build, and is no part of it: it uses the network and the clock, and the build uses neither.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import http.client
import json
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from explainer import disk
from explainer.problems import MachineFailed, Misused
from explainer.publishing.carrying import RECORD, is_asset

DAYS = 30
"""So long is an asset kept after the last site that had it."""
_MOST = 50_000_000
"""No file of a site is larger."""
_ALL = 500_000_000
"""All of a site's assets together have fewer bytes."""
_FILES = 20_000
"""And there are no more of them."""
_TRIES = 3


def fetch(address: str, folder: Path, today: dt.date) -> str:
    """Write the assets of the site at an address, and those that it carried itself and are not too old. Says what came of it."""
    if not address.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise Misused(f"{address} is not an https address")
    base = address.rstrip("/") + "/"
    manifest = _get(base + disk.MARKER)
    if manifest is None:
        disk.write_tree(folder, {RECORD: b"{}\n"})
        return f"There is no site of ours at {base} yet; nothing is carried."
    record = _read(manifest, base)
    carried = record.get("carried", {})
    days = {path: carried.get(path, today.isoformat()) for path in sorted(record["files"]) if is_asset(path)}
    young = {path: day for path, day in days.items() if (today - dt.date.fromisoformat(day)).days <= DAYS}
    if len(young) > _FILES:
        raise MachineFailed(f"the manifest at {base} names more than {_FILES:,} assets; no site of ours has as many")
    files, size = {}, 0
    for path in young:
        files[path] = _asset(base, path, record["files"][path])
        size += len(files[path])
        if size > _ALL:
            raise MachineFailed(f"the assets at {base} have more than {_ALL:,} bytes together; no site of ours has as many")
    disk.write_tree(folder, {**files, RECORD: (json.dumps(young, indent=1) + "\n").encode()})
    return f"{len(files):,} assets of {base} can be carried; {len(days) - len(young):,} are older than {DAYS} days."


def _read(manifest: bytes, base: str) -> dict[str, Any]:
    try:
        record = json.loads(manifest)
        files, carried = record["files"], record.get("carried", {})
        if record["generator"] != "explainer" or not all(isinstance(each, str) for each in files.values()):
            raise ValueError("not ours")
        for day in carried.values():
            dt.date.fromisoformat(day)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise MachineFailed(f"{base}{disk.MARKER} is not a manifest of ours") from error
    return dict(record)


def _asset(base: str, path: str, digest: str) -> bytes:
    data = _get(base + path)
    if data is None or hashlib.sha256(data).hexdigest() != digest:
        raise MachineFailed(f"{base}{path} is not what the manifest there says; try again once the deployment is over")
    return data


def _get(address: str) -> bytes | None:
    """The bytes at an address, or ``None`` where there is nothing; raises ``MachineFailed`` where it cannot be reached."""
    for attempt in range(1, _TRIES + 1):
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - the scheme is checked
                return bytes(answer.read(_MOST))
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            fault: Exception = error
        except (OSError, http.client.HTTPException, ValueError) as error:  # what is no HTTP, or a redirection to no address
            fault = error
        if attempt < _TRIES:
            time.sleep(attempt)
    raise MachineFailed(f"{address} cannot be reached: {fault}")


def main(address: str, folder: str) -> int:
    """Fetch, and say what came of it; 3 where the site cannot be reached."""
    try:
        sys.stdout.write(fetch(address, Path(folder), dt.datetime.now(dt.UTC).date()) + "\n")
    except (MachineFailed, Misused) as error:
        sys.stderr.write(f"last_site: {error}\n")
        return 2 if isinstance(error, Misused) else 3
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
