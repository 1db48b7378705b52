"""A site as an editor sees it while writing: the published pages, told of each build and of what stops one."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path

from explainer.problems import Problem, shown

_OWN = Path(__file__).resolve().parent.parent.parent / "templates" / "live"
_TYPES = {"live.js": "text/javascript; charset=utf-8", "live.css": "text/css; charset=utf-8"}
_INTO = b'<link rel="stylesheet" href="/_live/live.css"><script src="/_live/live.js"></script></body>'
_NOTHING = b"<!doctype html><html lang=en><title>Nothing here yet</title><body><p>There is no such page, or no build has been good yet."
_BREATH = 15.0
"""Seconds after which a listener is told that nothing has happened, so that one who has left is noticed."""


class Live:
    """How the last build ended, and who waits for the next."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._build, self._turn = 0, 0
        self._problems: tuple[Problem, ...] = ()

    def built(self) -> None:
        """A build was published."""
        self._tell(self._build + 1, ())

    def failed(self, problems: Sequence[Problem]) -> None:
        """A build was stopped; the last good one stands."""
        self._tell(self._build, tuple(problems))

    def _tell(self, build: int, problems: tuple[Problem, ...]) -> None:
        with self._changed:
            self._build, self._problems, self._turn = build, problems, self._turn + 1
            self._changed.notify_all()

    def wait(self, turn: int) -> tuple[int, str]:
        """The state after ``turn``, as soon as there is one, or as it is after a while; with its own turn."""
        with self._changed:
            self._changed.wait_for(lambda: self._turn != turn, _BREATH)
            told = [
                {"place": str(each.place), "rule": each.rule, "message": shown(each.message), "hint": shown(each.hint)}
                for each in self._problems
            ]
            return self._turn, json.dumps({"build": self._build, "problems": told}, ensure_ascii=False)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Files of the site, its pages with the listening script, and the events that it listens to."""

    protocol_version = "HTTP/1.0"

    def __init__(self, *args: object, live: Live, directory: str) -> None:
        self._live = live
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]  # the server hands over what the base class takes

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/_live/events":
            self._events()
        elif path.startswith("/_live/") and path.removeprefix("/_live/") in _TYPES:
            name = path.removeprefix("/_live/")
            self._send((_OWN / name).read_bytes(), _TYPES[name])
        elif path.endswith(("/", ".html")):
            self._page(Path(self.translate_path(path)))
        else:
            super().do_GET()

    def _page(self, path: Path) -> None:
        path = path / "index.html" if path.suffix != ".html" else path
        found = path.is_file()
        data = path.read_bytes() if found else _NOTHING + b"</body>"
        self._send(data.replace(b"</body>", _INTO), "text/html; charset=utf-8", HTTPStatus.OK if found else HTTPStatus.NOT_FOUND)

    def _send(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def _events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        turn = -1
        try:
            while True:
                turn, state = self._live.wait(turn)
                self.wfile.write(f"data: {state}\n\n".encode())
                self.wfile.flush()
        except OSError:  # the page was left
            return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing for each request."""


def server_of(folder: Path, live: Live, port: int) -> http.server.ThreadingHTTPServer:
    """A server of a folder on the loopback address alone; port 0 takes any that is free."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), functools.partial(_Handler, live=live, directory=str(folder)))
    server.daemon_threads = True
    return server
