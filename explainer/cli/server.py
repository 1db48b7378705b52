"""``build.py serve``: serves the site on this machine and builds it again after each change.

Each open page reloads after a build. What stops a build is shown in the terminal and below the last
good version of the page. The pages on the disk are the published ones; the script that reloads them
is added while they are sent. Until a build of this run succeeds, only its problems are served,
because a site that is already in the folder may be from anybody.

The server listens on the loopback address only, and answers only requests for a name of this
machine. So a page of another site whose name resolves to this address (DNS rebinding) learns
nothing. It serves only files that a build of this run published.
"""

from __future__ import annotations

import functools
import gc
import hashlib
import html
import http.server
import json
import os
import re
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import quote, unquote

from explainer.assemble import swap
from explainer.cli.reporting import report
from explainer.common import console
from explainer.common.allowed.files import MEDIA_TYPES, kind_of
from explainer.common.disk import MANIFEST
from explainer.common.problems import MachineFailed, Problem, Refused, escape_invisible
from explainer.common.trees import MAX_FILE_BYTES, Stamp, stamps
from explainer.incremental.cache import Cache
from explainer.options import Options

# The server

_OWN = Path(__file__).resolve().parent.parent.parent / "templates" / "live"
_EVENTS, _SCRIPT, _STYLE = "/_live/events", "/_live/live.js", "/_live/live.css"
_INTO = f'<link rel="stylesheet" href="{_STYLE}"><script src="{_SCRIPT}"></script></body>'.encode()
_POLICY = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(")')
_NOTHING = (
    b'<!doctype html><html lang=en><meta charset="utf-8"><title>Nothing here yet</title>'
    b"<body><p>There is no such page, or no build has been good yet.</body>"
)
_BREATH = 15.0
"""Seconds after which the state is sent again, so that a closed connection is noticed."""
_PATIENCE: Final = 30.0
"""Seconds that a request may take to arrive."""
_LONGEST: Final = 2_000
"""The most characters of a request's path; no address on a site is longer."""
_ALONE: Final = "embed/"
"""Pages below it may be in frames on other sites, so nothing is added to them."""
_FOR_OTHERS: Final = frozenset({"embed.js"})
"""Files that pages of other sites load. They hold nothing of a draft."""


class Published:
    """The files that a build of this run put into a folder.

    What others write into the folder is not among them: each file is compared with its digest.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sums: Mapping[str, str] = {}
        self._lock = threading.Lock()

    def __contains__(self, path: object) -> bool:
        return path in self._sums

    @contextmanager
    def renewed(self, files: Mapping[str, bytes]) -> Iterator[None]:
        """Block all reading while a build replaces the files; afterwards serve the new ones."""
        with self._lock:
            yield
            sums = json.loads(files[MANIFEST])["files"]
            self._sums = {**sums, MANIFEST: hashlib.sha256(files[MANIFEST]).hexdigest()}

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file, or ``None``.

        ``None`` if no build of this run wrote the file, or if it has been changed since.
        """
        if path not in self._sums:
            return None
        with self._lock:
            data = _plain_file(self._folder, path)
            return (
                data
                if data is not None and hashlib.sha256(data).hexdigest() == self._sums.get(path)
                else None
            )


def _plain_file(folder: Path, path: str) -> bytes | None:
    """Return the bytes of a file below a folder, or ``None``.

    ``None`` if it is not a plain file, cannot be read, is too large, or has a symbolic link on its
    path.
    """
    here = None
    try:
        here = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        for part in PurePosixPath(path).parts:
            inner = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=here)
            os.close(here)
            here = inner
        status = os.fstat(here)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_FILE_BYTES:
            return None
        with os.fdopen(here, "rb") as file:
            here = None
            return file.read()
    except (OSError, ValueError):
        return None
    finally:
        if here is not None:
            os.close(here)


class BuildStatus:
    """The result of the last build, for the pages that wait for the next one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._build, self._turn = 0, 0
        self._problems: tuple[Problem, ...] = ()

    def built(self) -> None:
        """Record that a build was published."""
        self._tell(self._build + 1, ())

    def failed(self, problems: Sequence[Problem]) -> None:
        """Record that a build failed; the last good site stays."""
        self._tell(self._build, tuple(problems))

    def _tell(self, build: int, problems: tuple[Problem, ...]) -> None:
        with self._changed:
            self._build, self._problems, self._turn = build, problems, self._turn + 1
            self._changed.notify_all()

    def wait(self, turn: int) -> tuple[int, str]:
        """Return the number of the current state, and the state as JSON.

        Waits until the number is no longer ``turn``, but at most ``_BREATH`` seconds.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._turn != turn, _BREATH)
            told = [
                {
                    "place": str(each.place),
                    "rule": each.rule,
                    "message": escape_invisible(each.message),
                    "hint": escape_invisible(each.hint),
                }
                for each in self._problems
            ]
            return self._turn, json.dumps(
                {"build": self._build, "problems": told}, ensure_ascii=False
            )


class _Handler(http.server.BaseHTTPRequestHandler):
    """Serves the files of the site, adds the reload script to its pages, and sends build events."""

    protocol_version = "HTTP/1.0"
    server_version, sys_version = "explainer", ""
    timeout = _PATIENCE

    def __init__(self, *args: Any, live: BuildStatus, published: Published) -> None:
        self._live, self._published = live, published
        super().__init__(*args)

    def do_GET(self) -> None:
        """Answer a GET or HEAD request."""
        host = self._host()
        if host is None:
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, "This server answers for localhost alone.")
            return
        path = _path(self.path)
        if path is None:
            self._refuse(HTTPStatus.BAD_REQUEST, "This is no address of a page.")
        elif path.startswith("_live/"):
            self._own(f"/{path}", host)
        else:
            self._file(path, host)

    do_HEAD = do_GET  # noqa: N815

    def _host(self) -> str | None:
        """Return the ``Host`` of a request, or ``None`` if it is not a name of this server."""
        port = self.connection.getsockname()[1]
        named = [each.strip().lower() for each in self.headers.get_all("Host", [])]
        ends = [f":{port}", ""] if port == 80 else [f":{port}"]
        known = {f"{name}{end}" for name in ("127.0.0.1", "localhost", "[::1]") for end in ends}
        return named[0] if len(named) == 1 and named[0] in known else None

    def _own(self, path: str, host: str) -> None:
        """Send the reload script, its stylesheet or its events, to pages of this server only."""
        if self._is_foreign(host):
            self._refuse(HTTPStatus.FORBIDDEN, "This is for pages of this server alone.")
        elif path == _EVENTS:
            self._events()
        elif path in (_SCRIPT, _STYLE):
            own = _OWN / PurePosixPath(path).name
            self._send(
                own.read_bytes(),
                MEDIA_TYPES[kind_of(own.name)],
                {"Cross-Origin-Resource-Policy": "same-origin"},
            )
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "There is nothing here.")

    def _may_have(self, name: str, host: str) -> bool:
        """Return whether the client may have a file. Pages of other sites must not read a draft.

        Such a page could run a file as a script and read what it sets, or show it as an image and
        measure it. A link from another site may be followed, and an embed may be in a frame there.
        """
        if name in _FOR_OTHERS or not self._is_foreign(host):
            return True
        mode, dest = (self.headers.get(f"Sec-Fetch-{each}", "") for each in ("Mode", "Dest"))
        if kind_of(name) != "html":
            return False
        if name.startswith(_ALONE):  # old browsers do not send these headers
            return mode in ("", "navigate") and dest in ("", "document", "iframe", "frame")
        return (mode, dest) == ("navigate", "document")

    def _is_foreign(self, host: str) -> bool:
        """Return whether the browser says that a page of another site makes the request."""
        origins, site = (
            self.headers.get_all("Origin", []),
            self.headers.get_all("Sec-Fetch-Site", []),
        )
        return any(each != f"http://{host}" for each in origins) or any(
            each not in ("same-origin", "none") for each in site
        )

    def _file(self, path: str, host: str) -> None:
        if f"{path}/index.html" in self._published:
            if not self._may_have(f"{path}/index.html", host):
                self._refuse(HTTPStatus.FORBIDDEN, "This is for pages of this server alone.")
                return
            _, mark, query = self.path.partition("?")
            there = f"/{quote(path)}/{mark}{quote(query, safe='=&?/:;,+%')}"
            self._send(
                b"", "text/plain; charset=utf-8", {"Location": there}, HTTPStatus.MOVED_PERMANENTLY
            )
            return
        name = f"{path}index.html" if not path or path.endswith("/") else path
        if not self._may_have(name, host):
            self._refuse(HTTPStatus.FORBIDDEN, "This is for pages of this server alone.")
            return
        data, kind = self._published.read(name), kind_of(name)
        framed = (
            {} if name.startswith(_ALONE) else {"Content-Security-Policy": "frame-ancestors 'self'"}
        )
        if name not in _FOR_OTHERS and not (kind == "html" and name.startswith(_ALONE)):
            framed["Cross-Origin-Resource-Policy"] = (
                "same-origin"  # for browsers that send no Sec-Fetch-Site
            )
        if kind == "html":
            status = HTTPStatus.OK if data is not None else HTTPStatus.NOT_FOUND
            page = data or self._published.read("404.html") or _NOTHING
            self._send(
                page if name.startswith(_ALONE) else _listening(page, host),
                MEDIA_TYPES[kind],
                framed,
                status,
            )
        elif data is None:
            self._refuse(HTTPStatus.NOT_FOUND, "There is nothing here.")
        else:
            self._send(data, MEDIA_TYPES.get(kind, "application/octet-stream"), framed)

    def _refuse(self, status: HTTPStatus, words: str) -> None:
        self._send(f"{words}\n".encode(), "text/plain; charset=utf-8", {}, status)

    def _send(
        self, data: bytes, kind: str, more: Mapping[str, str], status: HTTPStatus = HTTPStatus.OK
    ) -> None:
        self.send_response(status)
        fixed = {
            "Content-Type": kind,
            "Content-Length": str(len(data)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        for name, value in {**fixed, **more}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()
        turn = -1
        try:
            while self.command != "HEAD":
                turn, state = self._live.wait(turn)
                self.wfile.write(f"data: {state}\n\n".encode())
                self.wfile.flush()
        except OSError:  # the page was closed
            return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Log nothing."""


def _path(target: str) -> str | None:
    """Return the path of a request below the site's root, or ``None`` if it is not a plain path."""
    if not target.startswith("/") or len(target) > _LONGEST:
        return None
    try:
        path = unquote(target.partition("?")[0].partition("#")[0], errors="strict")[1:]
    except UnicodeDecodeError:
        return None
    plain = path.isprintable() and "\\" not in path and not path.startswith("/")
    return path if plain and not any(part in (".", "..") for part in path.split("/")) else None


def _listening(page: bytes, host: str) -> bytes:
    """Return a page with the reload script, and a policy that allows the script by its address."""
    site = f"http://{host}"
    allowed = {
        "script-src": site + _SCRIPT,
        "style-src": site + _STYLE,
        "connect-src": site + _EVENTS,
    }

    def widened(match: re.Match[bytes]) -> bytes:
        told = [
            part.split() for part in html.unescape(match[2].decode()).split(";") if part.strip()
        ]
        parts = {words[0]: words[1:] for words in told}
        for name, address in allowed.items():
            parts[name] = [*(each for each in parts.get(name, []) if each != "'none'"), address]
        policy = "; ".join(" ".join([name, *words]) for name, words in parts.items())
        return match[1] + html.escape(policy).encode() + match[3]

    return _POLICY.sub(widened, page, count=1).replace(b"</body>", _INTO)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Print one line about an error; none if a client closed its connection."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            console.print_lines(
                [f"serve: a request could not be answered: {type(error).__name__}"], sys.stderr
            )


def server_of(
    published: Published, live: BuildStatus, port: int
) -> http.server.ThreadingHTTPServer:
    """Return a server for published files on the loopback address only.

    With port 0 the system picks a free one.
    """
    handler: Callable[..., Any] = functools.partial(_Handler, live=live, published=published)
    return _Server(("127.0.0.1", port), handler)


# Building again after each change

_PAUSE = 0.03
"""Seconds between two checks of the files; one check takes a hundredth of that time."""
_MOMENT = 0.01
"""Seconds between two checks of files that are being written."""
_QUIET = 10
"""The number of checks without a change after which garbage is collected."""


def serve(options: Options, build: Callable[..., list[str]], port: int) -> None:
    """Build and serve the site, and build again after each change, until the user interrupts it.

    Raises ``MachineFailed`` if the port cannot be used.
    """
    live, published = BuildStatus(), Published(options.output)

    def built(options: Options) -> list[str]:
        return build(options, publish)

    def publish(output: Path, files: Mapping[str, bytes], work: Path) -> str:
        with published.renewed(files):
            return swap.publish(output, files, work)

    Cache.remember()
    seen = stamps(options.project)
    _try(options, built, live)
    gc.collect()
    gc.freeze()  # most of these objects stay, so later collections skip them
    try:
        server = server_of(published, live, port)
    except OSError as error:
        raise MachineFailed(f"port {port}: {error.strerror}; try --port {port + 1}") from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    console.print_lines([f"Serving http://127.0.0.1:{server.server_port}/ (stop with Ctrl+C)"])
    try:
        quiet = 0
        while True:
            time.sleep(_PAUSE)
            now, quiet = stamps(options.project), quiet + 1
            if now != seen:
                seen, quiet = _settled(options.project, now), 0
                _try(options, built, live)
            elif quiet == _QUIET:  # the page has reloaded by now
                gc.collect()  # other commands end before it is needed
    except KeyboardInterrupt:
        server.shutdown()


def _settled(project: Path, now: dict[str, Stamp]) -> dict[str, Stamp]:
    """Return the state of the files once two checks in a row find the same.

    An editor may empty a file before it writes it.
    """
    before: dict[str, Stamp] = {}
    while now != before:
        time.sleep(_MOMENT)
        before, now = now, stamps(project)
    return now


def _try(options: Options, build: Callable[[Options], list[str]], live: BuildStatus) -> None:
    begun = time.monotonic()
    try:
        said = build(options)
    except Refused as refused:
        report(refused.problems, "text", sys.stderr)
        live.failed(refused.problems)
    except MachineFailed as failed:  # such as a full disk; the next change is another try
        console.print_lines([f"build.py: {failed}"], sys.stderr)
    else:
        live.built()
        console.print_lines([*said[:-1], f"{said[-1]} ({time.monotonic() - begun:.1f} s)"])
