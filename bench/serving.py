"""Serves files of a folder as static hosts do: compressed, with their length."""

from __future__ import annotations

import gzip
import http.server
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial
from http import HTTPStatus
from pathlib import Path

_PACKED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".csv", ".txt")


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Compresses text files with gzip; ``extra`` has further pages by path."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, extra: Mapping[str, bytes], **values: object) -> None:
        self._extra = extra
        super().__init__(*args, **values)  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Log nothing."""

    def do_GET(self) -> None:
        """Answer a GET request."""
        path = self.path.partition("?")[0]
        name = path + "index.html" if path.endswith("/") else path
        file = Path(self.translate_path(name))
        data = self._extra.get(path, file.read_bytes() if file.is_file() else None)
        if data is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        packed = name.endswith(_PACKED)
        body = _pack(data) if packed else data
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(name))
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)


@lru_cache(maxsize=512)
def _pack(data: bytes) -> bytes:
    return gzip.compress(data, 6, mtime=0)


@contextmanager
def served(folder: Path, extra: Mapping[str, bytes] | None = None) -> Iterator[str]:
    """Serve a folder and some extra pages on the loopback address.

    Yields the address, which ends with a slash.
    """
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(_Handler, directory=str(folder), extra=extra or {})
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
