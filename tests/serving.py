"""A folder served on the loopback address as static hosts serve one: files, and a page for what is not there."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files; ``missing`` is the page that answers for what is not there, below the folder, and ``instead`` is sent in their place."""

    def __init__(self, *args: Any, missing: str, instead: Mapping[str, bytes], **values: Any) -> None:
        self._missing, self._instead = missing, instead
        super().__init__(*args, **values)

    def do_GET(self) -> None:
        """Send a file, or what is sent in its place."""
        body = self._instead.get(self.path)
        if body is None:
            super().do_GET()
        else:
            self._send(200, "application/json", body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
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


@contextmanager
def online(folder: Path, missing: str = "404.html", instead: Mapping[str, bytes] = MappingProxyType({})) -> Iterator[str]:
    """Serve a folder, with JSON in place of some files, by address; yields its address, without a stroke at its end."""
    handler = functools.partial(_Handler, directory=str(folder), missing=missing, instead=instead)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
