"""``python -m explainer.publishing.last_site URL DIR``: fetch what the last deployment's pages were made with, for ``--carry DIR``.

It runs before the build, and is no part of it: it uses the network and the clock, and the build uses neither. What answers may be
anybody: it is held to limits of size and time, to its own host, and to the sums of its own manifest.
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
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlsplit

from explainer import disk, folders, saying
from explainer.problems import MachineFailed, Misused
from explainer.publishing import manifests
from explainer.publishing.carrying import MOST_OF_ALL, MOST_OF_ONE, RECORD, is_asset

DAYS = 30
"""So long is an asset kept after the last site that had it."""


@dataclass(frozen=True)
class Limits:
    """How much of a site is fetched at most, and for how long."""

    file: int = MOST_OF_ONE
    """The bytes of one file."""
    whole: int = MOST_OF_ALL
    """The bytes of all."""
    files: int = 20_000
    silence: float = 30.0
    """Seconds without a byte."""
    request: float = 120.0
    """Seconds for one file."""
    seconds: float = 900.0
    """Seconds for all."""
    tries: int = 3


class _Stays(urllib.request.HTTPRedirectHandler):
    """Follows no redirect to another host: what is there was not meant."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        if _origin(newurl) != _origin(req.full_url):
            raise MachineFailed(f"{req.full_url} leads to {newurl[:200]!r}, which is another host; give the address that is meant")
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]  # as the library calls it

    def http_error_302(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message) -> object:
        """Go where the answer leads; it is closed where that is nowhere."""
        try:
            return super().http_error_302(req, fp, code, msg, headers)  # type: ignore[arg-type]  # as the library calls it
        except (MachineFailed, ValueError):
            fp.close()
            raise

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


class _Site:
    """The files of a site at an address."""

    def __init__(self, base: str, limits: Limits) -> None:
        self.base, self._limits = base, limits
        self._end, self._left = time.monotonic() + limits.seconds, limits.whole
        opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(), urllib.request.HTTPHandler(), urllib.request.HTTPSHandler(), _Stays(),
            urllib.request.HTTPErrorProcessor(), urllib.request.HTTPDefaultErrorHandler(),
        ):  # fmt: skip
            opener.add_handler(handler)
        self._opener = opener

    def get(self, path: str) -> bytes | None:
        """A file's bytes, or ``None`` where there is none; raises ``MachineFailed`` where it cannot be had within the limits."""
        address = self.base + quote(path)
        for attempt in range(1, self._limits.tries + 1):
            try:
                return self._read(address)
            except urllib.error.HTTPError as error:
                error.close()
                if error.code == 404:
                    return None
                fault: Exception = error
            except (OSError, http.client.HTTPException, ValueError) as error:
                fault = error
            if attempt < self._limits.tries:
                time.sleep(attempt)
        raise MachineFailed(f"{address} cannot be reached: {str(fault)[:200]!r}")

    def _read(self, address: str) -> bytes:
        limits, began = self._limits, time.monotonic()
        request = urllib.request.Request(address, headers={"Accept-Encoding": "identity"})  # noqa: S310 - the scheme is checked
        pieces, length = [], 0
        with self._opener.open(request, timeout=limits.silence) as answer:
            while piece := answer.read1(2**16):
                pieces.append(piece)
                length += len(piece)
                now = time.monotonic()
                if length > limits.file:
                    raise MachineFailed(f"{address} is longer than {limits.file:,} bytes")
                if length > self._left:
                    raise MachineFailed(f"the files of {self.base} are more than {limits.whole:,} bytes together")
                if now - began > limits.request or now > self._end:
                    raise MachineFailed(f"{address} comes too slowly; try again later")
            if answer.length:  # of what was announced, some has not come
                raise http.client.IncompleteRead(b"", answer.length)
        self._left -= length
        return b"".join(pieces)


def fetch(address: str, folder: Path, today: dt.date, limits: Limits | None = None) -> str:
    """Write the assets of the site at an address, and those that it carried itself and are not too old. Says what came of it."""
    if not address.startswith(("https://", "http://127.0.0.1:", "http://localhost:")) or not address.isprintable() or "@" in address:
        raise Misused(f"{address} is not an https address")
    _check(folder)
    limits = limits or Limits()
    site = _Site(address.rstrip("/") + "/", limits)
    data = site.get(disk.MARKER)
    if data is None:
        disk.refill(folder, {RECORD: b"{}\n"})
        return f"There is no site of ours at {site.base} yet; nothing is carried."
    record = _manifest(data, site.base)
    days = {path: record.carried.get(path, today.isoformat()) for path in sorted(record.files) if is_asset(path)}
    young = {path: day for path, day in days.items() if (today - dt.date.fromisoformat(day)).days <= DAYS}
    if len(young) > limits.files:
        raise MachineFailed(f"{site.base}{disk.MARKER} names {len(young):,} assets; at most {limits.files:,} are fetched")
    folders = {"/".join(parts[:at]) for path in young for parts in [path.split("/")] for at in range(1, len(parts))}
    if both := sorted(folders & young.keys()):
        raise MachineFailed(f"{site.base}{disk.MARKER} names {both[0]} as a file and as a folder")
    files = {path: _asset(site, path, record.files[path]) for path in young}
    disk.refill(folder, {**files, RECORD: (json.dumps(young, indent=1) + "\n").encode()})
    return f"{len(files):,} assets of {site.base} can be carried; {len(days) - len(young):,} are older than {DAYS} days."


def _check(folder: Path) -> None:
    """Refuse a folder that holds something else than an earlier fetch: it is to be emptied."""
    with disk.machine():
        folders.refuse_links(folder)
        there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if there and (RECORD not in there or there - {RECORD, "assets"}):
        raise Misused(f"{folder} holds files that were not fetched; name a folder that is empty or not there yet")


def _manifest(data: bytes, base: str) -> manifests.Manifest:
    try:
        return manifests.manifest(data)
    except manifests.NotOurs as fault:
        raise MachineFailed(f"{base}{disk.MARKER} is not a manifest of ours ({fault})") from fault


def _asset(site: _Site, path: str, digest: str) -> bytes:
    data = site.get(path)
    if data is None or hashlib.sha256(data).hexdigest() != digest:
        raise MachineFailed(f"{site.base}{path} is not what the manifest there says; try again once the deployment is over")
    return data


def main(address: str, folder: str) -> int:
    """Fetch, and say what came of it; 3 where the site cannot be reached."""

    def command() -> int:
        saying.lines([fetch(address, Path(folder), dt.datetime.now(dt.UTC).date())])
        return 0

    return saying.ended("last_site", command)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
