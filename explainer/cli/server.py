"""``build.py serve``: the site on this machine, built again at each change."""

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
from explainer.common.disk import MARKER
from explainer.common.problems import MachineFailed, Problem, Refused, shown
from explainer.common.trees import LARGEST, Stamp, stamps
from explainer.incremental.cache import Cache
from explainer.options import Options

# A site as an editor sees it while writing: the published pages, told of each build and of what
# stops one.
#
# The server listens on this machine alone, and answers only who asks it by this machine's name: a
# page of somebody else's site, whose
# name was made to lead here, learns nothing. It serves what a build of this run published, and
# nothing else that lies in the folder.

_OWN = Path(__file__).resolve().parent.parent.parent / "templates" / "live"
_EVENTS, _SCRIPT, _STYLE = "/_live/events", "/_live/live.js", "/_live/live.css"
_INTO = f'<link rel="stylesheet" href="{_STYLE}"><script src="{_SCRIPT}"></script></body>'.encode()
_POLICY = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(")')
_NOTHING = (
    b'<!doctype html><html lang=en><meta charset="utf-8"><title>Nothing here yet</title>'
    b"<body><p>There is no such page, or no build has been good yet.</body>"
)
_BREATH = 15.0
"""Seconds after which a listener is told that nothing has happened, so that one who has left is noticed."""
_PATIENCE: Final = 30.0
"""Seconds that a request may take to arrive."""
_LONGEST: Final = 2_000
"""No address of a site is longer."""
_ALONE: Final = "embed/"
"""Pages below it may stand in frames on other pages, and have nothing of ours put into them."""
_FOR_OTHERS: Final = frozenset({"embed.js"})
"""What pages of other sites load, and what holds nothing of the draft."""


class Published:
    """The files that a build of this run put into a folder, by what it wrote; what somebody else writes there is not among them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sums: Mapping[str, str] = {}
        self._lock = threading.Lock()

    def __contains__(self, path: object) -> bool:
        return path in self._sums

    @contextmanager
    def renewed(self, files: Mapping[str, bytes]) -> Iterator[None]:
        """While these files are put into the folder nobody reads it; afterwards they are what it holds."""
        with self._lock:
            yield
            sums = json.loads(files[MARKER])["files"]
            self._sums = {**sums, MARKER: hashlib.sha256(files[MARKER]).hexdigest()}

    def read(self, path: str) -> bytes | None:
        """A file's bytes; ``None`` where no build of this run wrote it, or where it is not as it was written."""
        if path not in self._sums:
            return None
        with self._lock:
            data = _plain_file(self._folder, path)
            return data if data is not None and hashlib.sha256(data).hexdigest() == self._sums.get(path) else None


def _plain_file(folder: Path, path: str) -> bytes | None:
    """The bytes of a file below a folder; ``None`` where it cannot be read, is none, or lies behind a link."""
    here = None
    try:
        here = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        for part in PurePosixPath(path).parts:
            inner = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=here)
            os.close(here)
            here = inner
        status = os.fstat(here)
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            return None
        with os.fdopen(here, "rb") as file:
            here = None
            return file.read()
    except (OSError, ValueError):
        return None
    finally:
        if here is not None:
            os.close(here)


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


class _Handler(http.server.BaseHTTPRequestHandler):
    """Files of the site, its pages with the listening script, and the events that it listens to."""

    protocol_version = "HTTP/1.0"
    server_version, sys_version = "explainer", ""
    timeout = _PATIENCE

    def __init__(self, *args: Any, live: Live, published: Published) -> None:
        self._live, self._published = live, published
        super().__init__(*args)

    def do_GET(self) -> None:
        """Answer with what stands at the address."""
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

    do_HEAD = do_GET  # noqa: N815 - the library's way to name it

    def _host(self) -> str | None:
        """The name and port by which this server is asked; ``None`` where it is asked by another name than this machine's own."""
        port = self.connection.getsockname()[1]
        named = [each.strip().lower() for each in self.headers.get_all("Host", [])]
        ends = [f":{port}", ""] if port == 80 else [f":{port}"]
        known = {f"{name}{end}" for name in ("127.0.0.1", "localhost", "[::1]") for end in ends}
        return named[0] if len(named) == 1 and named[0] in known else None

    def _own(self, path: str, host: str) -> None:
        """What the listening script is made of, and what it listens to: for pages of this server alone."""
        if self._is_foreign(host):
            self._refuse(HTTPStatus.FORBIDDEN, "This is for pages of this server alone.")
        elif path == _EVENTS:
            self._events()
        elif path in (_SCRIPT, _STYLE):
            own = _OWN / PurePosixPath(path).name
            self._send(own.read_bytes(), MEDIA_TYPES[kind_of(own.name)], {"Cross-Origin-Resource-Policy": "same-origin"})
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "There is nothing here.")

    def _may_have(self, name: str, host: str) -> bool:
        """Whether whoever asks may have a file: a page of another site learns nothing of a draft.

        Such a page could run a file as a script, and read what it sets, or show it as a picture and
        measure it. Readers may follow a link from there, and an embed may stand in a frame there.
        """
        if name in _FOR_OTHERS or not self._is_foreign(host):
            return True
        mode, dest = (self.headers.get(f"Sec-Fetch-{each}", "") for each in ("Mode", "Dest"))
        if kind_of(name) != "html":
            return False
        if name.startswith(_ALONE):  # old browsers do not say for what they ask
            return mode in ("", "navigate") and dest in ("", "document", "iframe", "frame")
        return (mode, dest) == ("navigate", "document")

    def _is_foreign(self, host: str) -> bool:
        """Whether a browser says that a page of another site asks."""
        origins, site = self.headers.get_all("Origin", []), self.headers.get_all("Sec-Fetch-Site", [])
        return any(each != f"http://{host}" for each in origins) or any(each not in ("same-origin", "none") for each in site)

    def _file(self, path: str, host: str) -> None:
        if f"{path}/index.html" in self._published:
            if not self._may_have(f"{path}/index.html", host):
                self._refuse(HTTPStatus.FORBIDDEN, "This is for pages of this server alone.")
                return
            _, mark, query = self.path.partition("?")
            there = f"/{quote(path)}/{mark}{quote(query, safe='=&?/:;,+%')}"
            self._send(b"", "text/plain; charset=utf-8", {"Location": there}, HTTPStatus.MOVED_PERMANENTLY)
            return
        name = f"{path}index.html" if not path or path.endswith("/") else path
        if not self._may_have(name, host):
            self._refuse(HTTPStatus.FORBIDDEN, "This is for pages of this server alone.")
            return
        data, kind = self._published.read(name), kind_of(name)
        framed = {} if name.startswith(_ALONE) else {"Content-Security-Policy": "frame-ancestors 'self'"}
        if name not in _FOR_OTHERS and not (kind == "html" and name.startswith(_ALONE)):
            framed["Cross-Origin-Resource-Policy"] = "same-origin"  # for browsers that do not say who asks
        if kind == "html":
            status = HTTPStatus.OK if data is not None else HTTPStatus.NOT_FOUND
            page = data or self._published.read("404.html") or _NOTHING
            self._send(page if name.startswith(_ALONE) else _listening(page, host), MEDIA_TYPES[kind], framed, status)
        elif data is None:
            self._refuse(HTTPStatus.NOT_FOUND, "There is nothing here.")
        else:
            self._send(data, MEDIA_TYPES.get(kind, "application/octet-stream"), framed)

    def _refuse(self, status: HTTPStatus, words: str) -> None:
        self._send(f"{words}\n".encode(), "text/plain; charset=utf-8", {}, status)

    def _send(self, data: bytes, kind: str, more: Mapping[str, str], status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        fixed = {"Content-Type": kind, "Content-Length": str(len(data)), "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
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
        except OSError:  # the page was left
            return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing for each request."""


def _path(target: str) -> str | None:
    """The path that a request asks for, below the site's root; ``None`` where it is no plain path."""
    if not target.startswith("/") or len(target) > _LONGEST:
        return None
    try:
        path = unquote(target.partition("?")[0].partition("#")[0], errors="strict")[1:]
    except UnicodeDecodeError:
        return None
    plain = path.isprintable() and "\\" not in path and not path.startswith("/")
    return path if plain and not any(part in (".", "..") for part in path.split("/")) else None


def _listening(page: bytes, host: str) -> bytes:
    """A page with the script that listens to builds, which its policy allows by address."""
    site = f"http://{host}"
    allowed = {"script-src": site + _SCRIPT, "style-src": site + _STYLE, "connect-src": site + _EVENTS}

    def widened(match: re.Match[bytes]) -> bytes:
        told = [part.split() for part in html.unescape(match[2].decode()).split(";") if part.strip()]
        parts = {words[0]: words[1:] for words in told}
        for name, address in allowed.items():
            parts[name] = [*(each for each in parts.get(name, []) if each != "'none'"), address]
        policy = "; ".join(" ".join([name, *words]) for name, words in parts.items())
        return match[1] + html.escape(policy).encode() + match[3]

    return _POLICY.sub(widened, page, count=1).replace(b"</body>", _INTO)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing of a client that went away, and in a line what else is wrong."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            console.lines([f"serve: a request could not be answered: {type(error).__name__}"], sys.stderr)


def server_of(published: Published, live: Live, port: int) -> http.server.ThreadingHTTPServer:
    """A server of what was published on the loopback address alone; port 0 takes any that is free."""
    handler: Callable[..., Any] = functools.partial(_Handler, live=live, published=published)
    return _Server(("127.0.0.1", port), handler)


# ``build.py serve``: the site on this machine, built again at each change, and each open page
# loaded again after each build.
#
# What stops a build is shown in the terminal and in the page, below the last good one. The pages
# on the disk are the published ones;
# the script that listens is put into them on their way out. Until a build of this run was good,
# nothing is served but what stops it: a
# site that lies in the folder already may be anybody's.

_PAUSE = 0.03
"""Seconds between two looks at the files; one takes a hundredth of that."""
_MOMENT = 0.01
"""Seconds between two looks at files that are being written."""
_QUIET = 10
"""So many looks after a change, there is time for what can wait."""


def serve(options: Options, build: Callable[..., list[str]], port: int) -> None:
    """Build, serve on the loopback address, and build again whenever a watched file changes, until interrupted."""
    live, published = Live(), Published(options.output)

    def built(options: Options) -> list[str]:
        return build(options, publish)

    def publish(output: Path, files: Mapping[str, bytes], work: Path) -> str:
        with published.renewed(files):
            return swap.publish(output, files, work)

    Cache.remember()
    seen = stamps(options.project)
    _try(options, built, live)
    gc.collect()
    gc.freeze()  # most of what lives now lives on, and need not be looked through after each build
    try:
        server = server_of(published, live, port)
    except OSError as error:
        raise MachineFailed(f"port {port}: {error.strerror}; try --port {port + 1}") from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    console.lines([f"Serving http://127.0.0.1:{server.server_port}/ (stop with Ctrl+C)"])
    try:
        quiet = 0
        while True:
            time.sleep(_PAUSE)
            now, quiet = stamps(options.project), quiet + 1
            if now != seen:
                seen, quiet = _settled(options.project, now), 0
                _try(options, built, live)
            elif quiet == _QUIET:  # the page has been loaded again
                gc.collect()  # a command's end does it for the other verbs
    except KeyboardInterrupt:
        server.shutdown()


def _settled(project: Path, now: dict[str, Stamp]) -> dict[str, Stamp]:
    """How the files stand as soon as two looks find the same: an editor may empty a file before it fills it."""
    before: dict[str, Stamp] = {}
    while now != before:
        time.sleep(_MOMENT)
        before, now = now, stamps(project)
    return now


def _try(options: Options, build: Callable[[Options], list[str]], live: Live) -> None:
    begun = time.monotonic()
    try:
        said = build(options)
    except Refused as refused:
        report(refused.problems, "text", sys.stderr)
        live.failed(refused.problems)
    except MachineFailed as failed:  # another build is under way, the disk is full: the next change is another try
        console.lines([f"build.py: {failed}"], sys.stderr)
    else:
        live.built()
        console.lines([*said[:-1], f"{said[-1]} ({time.monotonic() - begun:.1f} s)"])
