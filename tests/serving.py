"""A folder served on the loopback address as static hosts serve one: files, and a page for what is not there."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files; ``missing`` is the page that answers for what is not there, below the folder."""

    def __init__(self, *args: Any, missing: str, **values: Any) -> None:
        self._missing = missing
        super().__init__(*args, **values)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing for each request."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page, if it is not found and there is one."""
        page = Path(self.directory) / self._missing
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def online(folder: Path, missing: str = "404.html") -> Iterator[str]:
    """Serve a folder; yields its address, without a stroke at its end."""
    handler = functools.partial(_Handler, directory=str(folder), missing=missing)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
