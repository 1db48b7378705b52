"""``python -m explainer.assemble.last_site URL DIR``: fetch what the last deployment's pages were made with, for ``--carry DIR``.

It runs before the build, and is no part of it: it uses the network and the clock, and the build uses neither. What answers may be
anybody: it is held to limits of size and time, to its own host, and to the sums of its own manifest.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import http.client
import io
import json
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from socket import socket
from typing import IO, Any, Final
from urllib.parse import quote, urlsplit

from explainer.assemble import manifests
from explainer.assemble.assets import MOST_OF_ALL, MOST_OF_ONE, RECORD, is_asset
from explainer.common import console, disk, folders
from explainer.common.problems import MachineFailed, Misused

DAYS = 30
"""So long is an asset kept after the last site that had it."""
_AROUND: Final = 1_000_000
"""Bytes that may come for one file besides its own: heads, redirects, the lengths of chunks."""


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
        """Go where the answer leads. It is closed before, since the library would read all that it holds."""
        fp.close()
        return super().http_error_302(req, fp, code, msg, headers)  # type: ignore[arg-type]  # as the library calls it

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


class _Meter:
    """How many bytes may still come for one file, and until when: heads, redirects and what follows a file among them."""

    def __init__(self, address: str, most: int, end: float) -> None:
        self._address, self._left, self._end = address, most, end

    def take(self, length: int) -> None:
        """Note that some bytes came, or that some are waited for. Raises ``MachineFailed`` beyond either limit."""
        self._left -= length
        if self._left < 0:
            raise MachineFailed(f"{self._address} sends too much around what was asked for")
        if time.monotonic() > self._end:
            raise MachineFailed(f"{self._address} comes too slowly; try again later")


class _Metered(io.RawIOBase):
    """The bytes of a connection, through a meter."""

    def __init__(self, raw: io.RawIOBase, meter: _Meter) -> None:
        super().__init__()
        self._raw, self._meter = raw, meter

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read what comes next."""
        self._meter.take(0)
        length: int | None = self._raw.readinto(buffer)
        self._meter.take(length or 0)
        return length

    def close(self) -> None:
        """Close the connection's own stream too."""
        self._raw.close()
        super().close()


class _Asker:
    """Asks for addresses; each answer comes through the meter of the file that is asked for."""

    def __init__(self) -> None:
        self._meter = _Meter("", 0, 0)
        self._opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(), self._handler(urllib.request.HTTPHandler), self._handler(urllib.request.HTTPSHandler), _Stays(),
            urllib.request.HTTPErrorProcessor(), urllib.request.HTTPDefaultErrorHandler(),
        ):  # fmt: skip
            self._opener.add_handler(handler)

    def ask(self, address: str, silence: float, meter: _Meter) -> http.client.HTTPResponse:
        """The answer, whose head has come and whose body has not; ``silence`` is in seconds."""
        self._meter = meter
        request = urllib.request.Request(address, headers={"Accept-Encoding": "identity"})  # noqa: S310 - the scheme is checked
        answer: http.client.HTTPResponse = self._opener.open(request, timeout=silence)
        return answer

    def _handler(self, kind: type[Any]) -> Any:
        """One of the library's handlers, whose connections read through the meter."""

        def answer(sock: socket, *given: Any, **how: Any) -> http.client.HTTPResponse:
            made = http.client.HTTPResponse(sock, *given, **how)
            made.fp = io.BufferedReader(_Metered(made.fp.detach(), self._meter))
            return made

        class Handler(kind):  # type: ignore[misc]
            def do_open(self, http_class: Any, req: urllib.request.Request, **how: Any) -> Any:
                def connection(*given: Any, **more: Any) -> Any:
                    made = http_class(*given, **more)
                    made.response_class = answer
                    return made

                return super().do_open(connection, req, **how)

        return Handler()


class _Site:
    """The files of a site at an address."""

    def __init__(self, base: str, limits: Limits) -> None:
        self.base, self._limits = base, limits
        self._end, self._left = time.monotonic() + limits.seconds, limits.whole
        self._http = _Asker()

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
        limits = self._limits
        meter = _Meter(address, limits.file + _AROUND, min(time.monotonic() + limits.request, self._end))
        pieces, length = [], 0
        with self._http.ask(address, limits.silence, meter) as answer:
            while piece := answer.read1(2**16):
                pieces.append(piece)
                length += len(piece)
                if length > limits.file:
                    raise MachineFailed(f"{address} is longer than {limits.file:,} bytes")
                if length > self._left:
                    raise MachineFailed(f"the files of {self.base} are more than {limits.whole:,} bytes together")
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
    above = {"/".join(parts[:at]) for path in young for parts in [path.split("/")] for at in range(1, len(parts))}
    if both := sorted(above & young.keys()):
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
        console.lines([fetch(address, Path(folder), dt.datetime.now(dt.UTC).date())])
        return 0

    return console.ended("last_site", command)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m explainer.assemble.last_site URL DIR")
    sys.exit(main(*sys.argv[1:]))
