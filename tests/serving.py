"""A folder served on the loopback address as static hosts serve one: files, and a page for what is not there."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files; ``missing`` is the page that answers for what is not there, below the folder, and ``instead`` is sent in their place."""

    def __init__(
        self, *args: Any, missing: str, instead: Mapping[str, bytes], **values: Any
    ) -> None:
        self._missing, self._instead = missing, instead
        super().__init__(*args, **values)

    def do_GET(self) -> None:
        """Send a file, or what is sent in its place."""
        body = self._instead.get(self.path)
        if body is None:
            super().do_GET()
        else:
            self._send(200, "application/json", body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing for each request."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page, if it is not found and there is one."""
        page = Path(self.directory) / self._missing
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        self._send(404, "text/html; charset=utf-8", page.read_bytes())

    def _send(self, code: int, kind: str, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Arriving(_Handler):
    """Sends each page in pieces, and the next of them only when it is told to."""

    def __init__(self, *args: Any, pieces: Pieces, **values: Any) -> None:
        self._pieces = pieces
        super().__init__(*args, missing="404.html", instead={}, **values)

    def do_GET(self) -> None:
        """Send a file; a page in pieces."""
        path = Path(self.translate_path(self.path)) / "index.html"
        if not path.is_file():
            super().do_GET()
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        for piece in cut(body, self._pieces.most):
            self.wfile.write(piece)
            self.wfile.flush()
            self._pieces.wanted.acquire()
        self._pieces.sent.set()


@dataclass(frozen=True)
class Pieces:
    """How a page arrives: ``wanted`` is released for each next piece, and ``sent`` is set after the last of at most ``most``."""

    most: int
    wanted: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    sent: threading.Event = field(default_factory=threading.Event)


def cut(page: bytes, most: int) -> list[bytes]:
    """A page in pieces, each but the last ending where a block or a part of a drawing does.

    There are at most ``most`` of them, and more where one would be so long that a browser takes it in parts, and may paint
    between them in the middle of a word.
    """
    ends = [
        found.end()
        for found in _END.finditer(page, page.find(b"<article"), page.find(b"</article>"))
    ]
    kept = [*ends[:: max(1, -(-len(ends) // (most - 1)))], len(page)]
    body = page.find(b"</head>")  # before its end nothing is painted
    inner = [found.end() for found in _INNER_END.finditer(page, body)]
    pieces, start = [], 0
    while start < len(page):
        end = next(each for each in kept if each > start)
        if end - start > _AT_ONCE:
            end = max((each for each in inner if start < each <= start + _AT_ONCE), default=end)
        pieces.append(page[start:end])
        start = end
    return pieces


_AT_ONCE = 30_000
"""How many bytes Chromium takes from a connection at once, and a little less."""
_END = re.compile(rb"</(?:h[1-6]|p|figure|details|table|ul|nav)>")
_INNER_END = re.compile(
    rb"</(?:h[1-6]|p|figure|details|table|tr|ul|li|nav|script|style|text|g)>|/>"
)


@contextmanager
def arriving(folder: Path, pieces: Pieces) -> Iterator[str]:
    """Serve a folder whose pages come piece by piece; yields its address, without a stroke at its end."""
    with _serving(functools.partial(_Arriving, directory=str(folder), pieces=pieces)) as address:
        yield address


@contextmanager
def online(
    folder: Path, missing: str = "404.html", instead: Mapping[str, bytes] = MappingProxyType({})
) -> Iterator[str]:
    """Serve a folder, with JSON in place of some files, by address; yields its address, without a stroke at its end."""
    with _serving(
        functools.partial(_Handler, directory=str(folder), missing=missing, instead=instead)
    ) as address:
        yield address


@contextmanager
def _serving(handler: Callable[..., _Handler]) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
