"""Fetches the assets of the last deployment, for ``build.py --carry DIR``.

``python -m explainer.assemble.last_site URL DIR`` runs before the build. It uses the network and
the clock; the build uses neither. The server is not trusted: there are limits of size and time,
redirects must stay on its host, and each file must have the digest that the manifest of the site
gives.
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
from explainer.common.problems import MachineFailed, UsageError

DAYS = 30
"""The most days that an asset is kept after the last site that had it."""
_AROUND: Final = 1_000_000
"""The most bytes around one file: headers, redirects, and lengths of chunks."""


@dataclass(frozen=True)
class Limits:
    """The limits of size and time for fetching a site."""

    file: int = MOST_OF_ONE
    """The most bytes of one file."""
    whole: int = MOST_OF_ALL
    """The most bytes of all files."""
    files: int = 20_000
    silence: float = 30.0
    """The most seconds without a byte."""
    request: float = 120.0
    """The most seconds for one file."""
    seconds: float = 900.0
    """The most seconds for all files."""
    tries: int = 3


class _Stays(urllib.request.HTTPRedirectHandler):
    """Follows redirects on the same host only; raises ``MachineFailed`` for others."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> urllib.request.Request | None:
        if _origin(newurl) != _origin(req.full_url):
            raise MachineFailed(
                f"{req.full_url} leads to {newurl[:200]!r}, which is another host; give the address"
                " that is meant"
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]  # as the library calls it

    def http_error_302(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message
    ) -> object:
        """Follow a redirect.

        The answer is closed first, because the library would read all of it.
        """
        fp.close()
        return super().http_error_302(req, fp, code, msg, headers)  # type: ignore[arg-type]  # as the library calls it

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


class _Meter:
    """The bytes and the time that are left for one file.

    Headers, redirects and what follows the file count too.
    """

    def __init__(self, address: str, most: int, end: float) -> None:
        self._address, self._left, self._end = address, most, end

    def take(self, length: int) -> None:
        """Count some bytes; 0 only checks the time.

        Raises ``MachineFailed`` if either limit is exceeded.
        """
        self._left -= length
        if self._left < 0:
            raise MachineFailed(f"{self._address} sends too much around what was asked for")
        if time.monotonic() > self._end:
            raise MachineFailed(f"{self._address} comes too slowly; try again later")


class _Metered(io.RawIOBase):
    """A connection's stream of bytes that is limited by a meter."""

    def __init__(self, raw: io.RawIOBase, meter: _Meter) -> None:
        super().__init__()
        self._raw, self._meter = raw, meter

    def readable(self) -> bool:
        """Return true."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read the next bytes into a buffer, and count them."""
        self._meter.take(0)
        length: int | None = self._raw.readinto(buffer)
        self._meter.take(length or 0)
        return length

    def close(self) -> None:
        """Close this stream and the connection's own."""
        self._raw.close()
        super().close()


class _Asker:
    """Sends HTTP requests; each answer is limited by the meter of the file that is fetched."""

    def __init__(self) -> None:
        self._meter = _Meter("", 0, 0)
        self._opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(),
            self._handler(urllib.request.HTTPHandler),
            self._handler(urllib.request.HTTPSHandler),
            _Stays(),
            urllib.request.HTTPErrorProcessor(),
            urllib.request.HTTPDefaultErrorHandler(),
        ):
            self._opener.add_handler(handler)

    def ask(self, address: str, silence: float, meter: _Meter) -> http.client.HTTPResponse:
        """Return the answer to a request, with its headers read and its body not yet read.

        ``silence`` is the timeout in seconds.
        """
        self._meter = meter
        request = urllib.request.Request(address, headers={"Accept-Encoding": "identity"})  # noqa: S310
        answer: http.client.HTTPResponse = self._opener.open(request, timeout=silence)
        return answer

    def _handler(self, kind: type[Any]) -> Any:
        """Return one of the library's handlers, changed so that its connections are metered."""

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
        """Return the bytes of a file, or ``None`` if the server has none.

        Raises ``MachineFailed`` if it cannot be fetched within the limits.
        """
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
        meter = _Meter(
            address, limits.file + _AROUND, min(time.monotonic() + limits.request, self._end)
        )
        pieces, length = [], 0
        with self._http.ask(address, limits.silence, meter) as answer:
            while piece := answer.read1(2**16):
                pieces.append(piece)
                length += len(piece)
                if length > limits.file:
                    raise MachineFailed(f"{address} is longer than {limits.file:,} bytes")
                if length > self._left:
                    raise MachineFailed(
                        f"the files of {self.base} are more than {limits.whole:,} bytes together"
                    )
            if answer.length:  # fewer bytes came than were announced
                raise http.client.IncompleteRead(b"", answer.length)
        self._left -= length
        return b"".join(pieces)


def fetch(address: str, folder: Path, today: dt.date, limits: Limits | None = None) -> str:
    """Write a site's assets into a folder, and return a sentence about it.

    Assets that the site carried itself are included for ``DAYS`` days. Raises ``Misused`` if the
    address is not HTTPS or the folder holds other files, and ``MachineFailed`` if the site cannot
    be fetched or is not ours.
    """
    if (
        not address.startswith(("https://", "http://127.0.0.1:", "http://localhost:"))
        or not address.isprintable()
        or "@" in address
    ):
        raise UsageError(f"{address} is not an https address")
    _check(folder)
    limits = limits or Limits()
    site = _Site(address.rstrip("/") + "/", limits)
    data = site.get(disk.MANIFEST)
    if data is None:
        disk.replace_folder(folder, {RECORD: b"{}\n"})
        return f"There is no site of ours at {site.base} yet; nothing is carried."
    record = _manifest(data, site.base)
    days = {
        path: record.carried.get(path, today.isoformat())
        for path in sorted(record.files)
        if is_asset(path)
    }
    young = {
        path: day for path, day in days.items() if (today - dt.date.fromisoformat(day)).days <= DAYS
    }
    if len(young) > limits.files:
        raise MachineFailed(
            f"{site.base}{disk.MANIFEST} names {len(young):,} assets; at most {limits.files:,} are"
            " fetched"
        )
    above = {
        "/".join(parts[:at])
        for path in young
        for parts in [path.split("/")]
        for at in range(1, len(parts))
    }
    if both := sorted(above & young.keys()):
        raise MachineFailed(f"{site.base}{disk.MANIFEST} names {both[0]} as a file and as a folder")
    files = {path: _asset(site, path, record.files[path]) for path in young}
    disk.replace_folder(folder, {**files, RECORD: (json.dumps(young, indent=1) + "\n").encode()})
    return (
        f"{len(files):,} assets of {site.base} can be carried; {len(days) - len(young):,} are older"
        f" than {DAYS} days."
    )


def _check(folder: Path) -> None:
    """Raise ``Misused`` if a folder holds anything but an earlier fetch: it will be emptied."""
    with disk.machine_failures():
        folders.refuse_links(folder)
        there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if there and (RECORD not in there or there - {RECORD, "assets"}):
        raise UsageError(
            f"{folder} holds files that were not fetched; name a folder that is empty or not"
            " there yet"
        )


def _manifest(data: bytes, base: str) -> manifests.Manifest:
    try:
        return manifests.parse_manifest(data)
    except manifests.InvalidManifest as fault:
        raise MachineFailed(f"{base}{disk.MANIFEST} is not a manifest of ours ({fault})") from fault


def _asset(site: _Site, path: str, digest: str) -> bytes:
    data = site.get(path)
    if data is None or hashlib.sha256(data).hexdigest() != digest:
        raise MachineFailed(
            f"{site.base}{path} is not what the manifest there says; try again once the deployment"
            " is over"
        )
    return data


def main(address: str, folder: str) -> int:
    """Fetch the assets, print what was done, and return the exit code.

    3 means that the site cannot be reached.
    """

    def command() -> int:
        console.print_lines([fetch(address, Path(folder), dt.datetime.now(dt.UTC).date())])
        return 0

    return console.run_main("last_site", command)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m explainer.assemble.last_site URL DIR")
    sys.exit(main(*sys.argv[1:]))
