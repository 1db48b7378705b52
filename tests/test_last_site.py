"""``last_site`` asks a server that may be anybody's: whatever that answers, it ends in words, within limits, and nothing is written."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from explainer.assemble.last_site import Limits, fetch
from explainer.common.problems import MachineFailed, UsageError

TODAY = dt.date(2026, 3, 2)
GOOD = b"body{}"
BOMB = gzip.compress(b"x" * 10**8, 1)
SUM = hashlib.sha256(GOOD).hexdigest()
LIMITS = Limits(
    file=200_000, whole=300_000, files=50, silence=1.0, request=1.5, seconds=6.0, tries=1
)
PATIENT = Limits(tries=1)
Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


def plain(data: bytes, **headers: str) -> Answer:
    """An answer with some bytes."""

    def send(to: http.server.BaseHTTPRequestHandler) -> None:
        to.send_response(200)
        for name, value in ({"Content-Length": str(len(data))} | headers).items():
            to.send_header(name.replace("_", "-"), value)
        to.end_headers()
        to.wfile.write(data)

    return send


def manifest(files: Any, **more: Any) -> Answer:
    """A manifest of ours with some files."""
    return plain(json.dumps({"generator": "explainer", "files": files, **more}).encode())


def moved(to_address: str, code: int = 302) -> Answer:
    """A redirect."""

    def send(to: http.server.BaseHTTPRequestHandler) -> None:
        to.send_response(code)
        to.send_header("Location", to_address.replace("HOST", to.headers["Host"]))
        to.send_header("Content-Length", "0")
        to.end_headers()

    return send


def endless(to: http.server.BaseHTTPRequestHandler) -> None:
    """A body without an end."""
    to.send_response(200)
    to.end_headers()
    while True:
        to.wfile.write(b"x" * 65536)


def dripping(to: http.server.BaseHTTPRequestHandler) -> None:
    """A body of which a letter comes now and then."""
    to.send_response(200)
    to.send_header("Content-Length", "100000")
    to.end_headers()
    for _ in range(100):
        to.wfile.write(b"x")
        to.wfile.flush()
        time.sleep(0.2)


def raw(data: bytes) -> Answer:
    """An answer that is no HTTP."""
    return lambda to: to.wfile.write(data) and None


def silent(_: http.server.BaseHTTPRequestHandler) -> None:
    """No answer for longer than anybody waits here."""
    time.sleep(3)


@contextmanager
def answering(answers: Mapping[str, Answer]) -> Iterator[tuple[str, list[str]]]:
    """A server with answers by path, ``*`` for all others; its address, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            answer = answers.get(self.path) or answers.get("*")
            self.send_error(404) if answer is None else answer(self)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads, block_on_close = True, False

        def handle_error(self, *_: Any) -> None:
            """The client went away, as it should."""

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


M, A = "/manifest.json", "/assets/a.css"
ONE = manifest({"assets/a.css": SUM})
HOSTILE: dict[str, dict[str, Answer]] = {
    "endless manifest": {M: endless}, "endless asset": {M: ONE, A: endless}, "slow manifest": {M: dripping}, "slow asset": {M: ONE, A: dripping},
    "no answer": {M: silent}, "no HTTP": {M: raw(b"hello\r\n\r\n")}, "a long line": {M: raw(b"HTTP/1.0 200 " + b"x" * 200_000)}, "nothing": {M: raw(b"")},
    "many headers": {M: raw(b"HTTP/1.0 200 OK\r\n" + b"a: b\r\n" * 500 + b"\r\n")}, "a wrong length": {M: plain(b"{}", Content_Length="x")},
    "a negative length": {M: plain(b"{}", Content_Length="-5")}, "less than said": {M: ONE, A: raw(b"HTTP/1.0 200 OK\r\nContent-Length: 99\r\n\r\nbody{}")},
    "bad chunks": {M: raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n")}, "a huge chunk": {M: raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f" * 30 + b"\r\nx")},
    "another host": {M: moved("http://localhost:9/manifest.json")}, "another port": {M: moved("http://127.0.0.1:9/manifest.json")}, "a file": {M: moved("file:///etc/passwd")},
    "ftp": {M: moved("ftp://127.0.0.1/x")}, "data": {M: moved("data:,x")}, "another scheme": {M: moved("https://HOST/manifest.json")}, "round and round": {M: moved("/manifest.json")},
    "an empty address": {M: moved("")}, "no address": {M: moved("http://[")}, "asset at another host": {M: ONE, A: moved("http://localhost:9/x", 301)},
    "a user": {M: moved("http://x@HOST/manifest.json")}, "308 elsewhere": {M: moved("http://localhost:9/", 308)}, "another body": {M: ONE, A: plain(b"other")},
    "no asset": {M: ONE}, "a bomb": {M: ONE, A: plain(BOMB, Content_Encoding="gzip")},
    "a bomb for a manifest": {M: plain(BOMB, Content_Encoding="gzip")}, "too many": {M: manifest({f"assets/{n}.css": SUM for n in range(51)})},
    "too much together": {M: manifest({f"assets/{n}.css": hashlib.sha256(b"x" * 150_000).hexdigest() for n in range(3)}), "*": plain(b"x" * 150_000)},
    "no JSON": {M: plain(b"{")}, "brackets": {M: plain(b"[" * 100_000)}, "a list": {M: plain(b"[]")}, "null": {M: plain(b"null")}, "no UTF-8": {M: plain(b"\xff")},
    "another generator": {M: plain(b'{"generator": "x", "files": {}}')}, "files in a list": {M: manifest([1])}, "no sum": {M: manifest({"assets/a.css": 5})},
    "another sum": {M: manifest({"assets/a.css": "x" * 64})}, "up": {M: manifest({"assets/../../x": SUM})}, "absolute": {M: manifest({"/etc/x": SUM})},
    "backslashes": {M: manifest({"assets\\..\\x": SUM})}, "nothing for a path": {M: manifest({"": SUM})}, "a file that is a folder": {M: manifest({"assets/a": SUM, "assets/a/b": SUM}), "*": plain(GOOD)},
    "carried in a list": {M: manifest({}, carried=[1])}, "no day": {M: manifest({}, carried={"assets/a.css": "x"})}, "a day in a number": {M: manifest({}, carried={"assets/a.css": 5})},
    "day that is none": {M: manifest({"assets/a.css": SUM}, carried={"assets/a.css": "2024-99-99"})}, "forbidden": {M: lambda to: to.send_error(403)},
    "an error": {M: lambda to: to.send_error(500)}, "no content type of ours": {M: plain(b"<!doctype html>", Content_Type="text/html")},
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_server_is_refused_in_words(kind: str, tmp_path: Path) -> None:
    """One line says what is wrong, in good time; nothing is written, in the folder or beside it."""
    folder = tmp_path / "last"
    with answering(HOSTILE[kind]) as (address, _), pytest.raises(MachineFailed) as failed:
        fetch(address, folder, TODAY, LIMITS)
    assert str(failed.value)
    assert "\n" not in str(failed.value)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def _for_long(begin: bytes, piece: bytes, wait: float = 0.0) -> Answer:
    """An answer that goes on in pieces for ten seconds, or for 50 megabytes."""

    def send(to: http.server.BaseHTTPRequestHandler) -> None:
        to.wfile.write(begin)
        end = time.monotonic() + 10
        for _ in range(50_000_000 // len(piece)):
            to.wfile.write(piece)
            time.sleep(wait)
            if time.monotonic() > end:
                return

    return send


AROUND: dict[str, Answer] = {
    "leave to go on": _for_long(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "leave to go on, slowly": _for_long(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.1),
    "early hints": _for_long(b"", b"HTTP/1.1 100 Continue\r\nLink: </a>\r\n\r\n", 0.1),
    "a slow head": _for_long(b"HTTP/1.1 200 OK\r\nX: ", b"a", 0.1),
    "a slow first line": _for_long(b"HTTP/1.1 200 O", b"K", 0.1),
    "a slow redirect": _for_long(b"HTTP/1.1 302 Found\r\nLocation: /", b"a", 0.1),
    "trailers": _for_long(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n",
        b"X: " + b"a" * 60_000 + b"\r\n",
    ),
    "slow trailers": _for_long(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", b"X: a\r\n", 0.1
    ),
    "words beside chunks": _for_long(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"1;" + b"a" * 60_000 + b"\r\nx\r\n",
    ),
    "the head of a failure": _for_long(b"HTTP/1.1 500 no\r\nX: ", b"a", 0.1),
}


@pytest.mark.parametrize("kind", AROUND)
@pytest.mark.parametrize("at", [M, A])
def test_what_stands_around_a_file_has_limits_too(kind: str, at: str, tmp_path: Path) -> None:
    """Heads, leave to go on, the lengths of chunks and what follows them: a host that sends these without an end is left."""
    answers = {M: ONE} | {at: AROUND[kind]}
    with (
        answering(answers) as (address, _),
        pytest.raises(MachineFailed, match=r"too slowly|too much|too many"),
    ):
        fetch(
            address,
            tmp_path / "last",
            TODAY,
            Limits(file=200_000, silence=5.0, request=1.0, seconds=6.0, tries=1),
        )
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("to_address", ["/else", "http://localhost:9/x", "http://["])
def test_what_a_redirect_holds_is_not_read(code: int, to_address: str, tmp_path: Path) -> None:
    """A redirect with an endless body: no more of it is taken than the machine's own buffers hold."""
    sent = 0

    def endless_redirect(to: http.server.BaseHTTPRequestHandler) -> None:
        nonlocal sent
        to.send_response(code)
        to.send_header("Location", to_address)
        to.end_headers()
        for _ in range(100):
            to.wfile.write(b"x" * 1_000_000)
            sent += 1_000_000

    with (
        answering({M: endless_redirect, "/else": plain(b"{}")}) as (address, _),
        pytest.raises(MachineFailed),
    ):
        fetch(address, tmp_path / "last", TODAY, PATIENT)
    assert sent < 50_000_000


@pytest.mark.parametrize("path", ["assets/./a.css", "assets/%2e%2e/a", "assets/a b", "assets/a?b", "assets/a#b", "x.css", "assets/" + "a" * 250, "assets/é.css", "ASSETS/a.css", "assets/a:b"])  # fmt: skip
def test_what_is_no_asset_is_not_asked_for(path: str, tmp_path: Path) -> None:
    """Of a manifest's files, those with plain names below ``assets/`` are fetched, and no others."""
    files = {path: SUM, "assets/a.css": SUM, "index.html": SUM}
    try:
        with answering({M: manifest(files), "*": plain(GOOD)}) as (address, asked):
            fetch(address, tmp_path / "last", TODAY, PATIENT)
    except MachineFailed:  # the manifest has a path that no site has
        pass
    assert set(asked) <= {M, A}
    assert {each.name for each in (tmp_path / "last").rglob("*") if each.is_file()} <= {
        "a.css",
        "carried.json",
    }


def test_a_million_files_are_refused(tmp_path: Path) -> None:
    """A manifest of a million assets is refused by its length or their number, before one is asked for."""
    files = ",".join(f'"assets/{number}.css":"{SUM}"' for number in range(1_000_000))
    with answering({M: plain(f'{{"generator":"explainer","files":{{{files}}}}}'.encode())}) as (
        address,
        asked,
    ):
        for limits in (Limits(tries=1), Limits(tries=1, file=10**9, whole=10**9)):
            with pytest.raises(MachineFailed, match=r"longer than|at most"):
                fetch(address, tmp_path / "last", TODAY, limits)
    assert asked == [M, M]


def test_a_redirect_on_the_same_host_is_followed(tmp_path: Path) -> None:
    """A server that keeps its files elsewhere on its own host is followed."""
    answers = {M: ONE, A: moved("/else"), "/else": plain(GOOD)}
    with answering(answers) as (address, _):
        assert fetch(address, tmp_path / "last", TODAY, PATIENT).startswith("1 asset")
    assert (tmp_path / "last/assets/a.css").read_bytes() == GOOD


def test_a_folder_of_somebodys_is_not_emptied(tmp_path: Path) -> None:
    """A folder with other files in it, a file, or a link is refused before anything is asked for; an earlier fetch is replaced."""
    mine, link = tmp_path / "mine", tmp_path / "link"
    mine.mkdir()
    (mine / "work.txt").write_bytes(b"x")
    link.symlink_to(mine)
    with answering({M: ONE, A: plain(GOOD)}) as (address, asked):
        for folder in (mine, link, mine / "work.txt"):
            with pytest.raises(UsageError):
                fetch(address, folder, TODAY, PATIENT)
        assert asked == []
        for _ in range(2):
            fetch(address, tmp_path / "last", TODAY, PATIENT)
    assert (mine / "work.txt").read_bytes() == b"x"


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc",
        "http://example.org",
        "ftp://x",
        "https://user@x/",
        "https://x\n/",
        "//x",
        "",
        "http://127.0.0.1.evil.example:1/",
    ],
)
def test_only_addresses_that_are_meant(address: str, tmp_path: Path) -> None:
    """No file, no address in the clear but this machine's, no user's name."""
    with pytest.raises((UsageError, MachineFailed)):
        fetch(address, tmp_path / "last", TODAY, PATIENT)
    assert not (tmp_path / "last").exists()
