"""What ``serve`` answers, and whom: what a build of this run published, to pages of this machine, and no link, folder or draft besides."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from support import PATIENCE, ROOT, copy_small, replace, serve_command

from explainer.cli.server import BuildStatus, Published, server_of
from explainer.common.allowed import files as allowed_files

SECRET = b"a-secret-of-this-machine"
PAGE = (
    b"<!doctype html><html><head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'\">"
    b"</head><body>page</body></html>"
)
FILES = {
    "index.html": PAGE, "about/index.html": PAGE, "embed/loans/index.html": PAGE, "data/x.csv": b"a,b\n", "assets/x.JS": b"1",
    "gr\u00fcn.txt": b"x", "odd": b"x", "gone.txt": b"x",
}  # fmt: skip


def marked(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files, with a manifest of them."""
    sums = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    return {
        **files,
        "manifest.json": json.dumps({"generator": "explainer", "files": sums}).encode(),
    }


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with a few files that were published, and others that nobody published."""
    folder = tmp_path / "site"
    for path, data in marked(FILES).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    (tmp_path / "secret").write_bytes(SECRET)
    (folder / "planted.html").write_bytes(SECRET)
    (folder / "link.txt").symlink_to(tmp_path / "secret")
    (folder / "linked").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    return folder


@contextmanager
def served(site: Path) -> Iterator[int]:
    """The port at which a folder is served whose published files are ``FILES``."""
    published = Published(site)
    with published.renewed(marked(FILES)):
        pass
    server = server_of(published, BuildStatus(), 0)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def asked(
    port: int, path: str, method: str = "GET", host: str | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """The status, the headers and the body of an answer; the path is sent as it is."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE / 1000)
    client._validate_path = lambda _: None  # type: ignore[attr-defined]  # what no client sends is sent here
    client.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    client.putheader("Host", host if host is not None else f"127.0.0.1:{port}")
    for name, value in headers.items():
        client.putheader(name.replace("_", "-"), value)
    client.endheaders()
    answer = client.getresponse()
    body = (
        answer.read()
        if not path.startswith("/_live/events") or answer.status != 200
        else answer.read1(10)
    )
    client.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def test_what_was_published_is_served(site: Path) -> None:
    """Pages with the script that listens, files as they are, each with its type; HEAD as GET; a folder leads to its page."""
    with served(site) as port:
        for path, kind, part in (
            ("/", "text/html; charset=utf-8", b"page"), ("/about/", "text/html; charset=utf-8", b"page"), ("/data/x.csv?x=1", "text/csv; charset=utf-8", b"a,b"),
            ("/assets/x.JS", "text/javascript; charset=utf-8", b"1"), ("/gr%C3%BCn.txt", "text/plain; charset=utf-8", b"x"), ("/odd", "application/octet-stream", b"x"),
            ("/manifest.json", "application/json", b"explainer"), ("/_live/live.js", "text/javascript; charset=utf-8", b"EventSource"),
        ):  # fmt: skip
            status, headers, body = asked(port, path)
            assert (status, headers["content-type"], headers["x-content-type-options"]) == (
                200,
                kind,
                "nosniff",
            ), path
            assert part in body
            again, others, empty = asked(port, path, "HEAD")
            assert (again, empty, others["content-length"]) == (200, b"", str(len(body)))
        assert asked(port, "/about")[:2][0] == 301
        assert asked(port, "/about")[1]["location"] == "/about/"
        _, headers, page = asked(port, "/")
        assert b"/_live/live.js" in page
        assert headers["content-security-policy"] == "frame-ancestors 'self'"
        assert f"script-src &#x27;self&#x27; http://127.0.0.1:{port}/_live/live.js".encode() in page
        _, headers, embed = asked(port, "/embed/loans/")
        assert embed == PAGE
        assert "content-security-policy" not in headers


ODD = [
    "/planted.html", "/link.txt", "/linked/secret", "/linked/", "/pipe", "/data", "/data/", "/assets/", "/x%00", "/%00", "/index.html%00.png", "/../secret",
    "/..%2fsecret", "/%2e%2e/secret", "/about/../../secret", "/..\\secret", "/%5c..%5csecret", "//etc/passwd", "/%2fetc/passwd", "/etc/passwd", "/.", "/..", "/./",
    "/about/./", "/%ff", "/%c0%ae%c0%ae/secret", "/%", "/%zz", "/%e2%80%ae", "/" + "a" * 3000, "/" + "a/" * 900, "/" + "%41" * 700, "/con", "/index.html/", "/index.html/x",
    "/about/index.html/..", "http://127.0.0.1/", "*", "secret", "?", "/_live/", "/_live/x", "/_live/../index.html", "/_live/%2e%2e/live.js", "/_live/live.js/", "/%0d%0aX: y",
    "/gone.txt", "/about%2f..%2f", "/index.html;x", "/~root", "/.git/config",
]  # fmt: skip


@pytest.mark.parametrize("path", ODD)
def test_nothing_else_is_served(path: str, site: Path) -> None:
    """Files that no build published, links, pipes, folders, other paths and what is no path: an answer, never their content."""
    (site / "gone.txt").write_bytes(SECRET)  # somebody wrote over a file that was published
    with served(site) as port:
        for method in ("GET", "HEAD"):
            status, headers, body = asked(port, path, method)
            assert status in (301, 400, 403, 404, 414), (path, status)
            assert SECRET not in body
            assert b"passwd" not in body
            assert "location" not in headers or headers["location"].startswith("/")
        assert asked(port, "/")[0] == 200, "it still answers"


@pytest.mark.parametrize(
    "method",
    [
        "POST",
        "PUT",
        "DELETE",
        "OPTIONS",
        "TRACE",
        "CONNECT",
        "PATCH",
        "get",
        "G\u00cbT",
        "X" * 5000,
    ],
)
def test_odd_methods_are_refused(method: str, site: Path) -> None:
    """Nothing but GET and HEAD is answered with a page, and the server goes on."""
    with served(site) as port:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE / 1000) as client:
            client.sendall(f"{method} / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            answer = b"".join(iter(lambda: client.recv(65536), b""))
        assert not re.match(rb"HTTP/1\.[01] 200", answer)
        assert b"page" not in answer
        assert asked(port, "/")[0] == 200


@pytest.mark.parametrize("data", [b"\x00\x00\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/x\r\n\r\n", b"\xff" * 70000, b"", b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n", b"GET / HTTP/1.1\r\nHost\r\n\r\n"])  # fmt: skip
def test_what_is_no_request_is_refused(
    data: bytes, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bytes that are no request bring no traceback, and no page."""
    with served(site) as port:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE / 1000) as client:
            try:
                client.sendall(data)
                client.shutdown(socket.SHUT_WR)
                answer = b"".join(iter(lambda: client.recv(65536), b""))
            except ConnectionError:
                answer = b""
        assert b"page</body>" not in answer
        assert asked(port, "/")[0] == 200
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:PORT", "127.0.0.1.evil.example:PORT", "127.0.0.1", "localhost", "127.0.0.1:1", "", "localhost:PORT@evil", "0.0.0.0:PORT", "127.1:PORT",
     "2130706433:PORT", "127.0.0.1:PORT, evil.example", "[::1]", "[::2]:PORT", "localhost.:PORT", "http://127.0.0.1:PORT", "127.0.0.1:PORT/"],
)  # fmt: skip
def test_another_name_learns_nothing(host: str, site: Path) -> None:
    """A name that was made to lead to this machine reads no page, no draft and no event."""
    with served(site) as port:
        for path in (
            "/",
            "/_live/events",
            "/_live/live.js",
            "/data/x.csv",
            "/embed/loans/",
            "/none",
        ):
            status, _, body = asked(port, path, host=host.replace("PORT", str(port)))
            assert status == 421, (host, path)
            assert b"page" not in body


def test_two_names_or_none_learn_nothing(site: Path) -> None:
    """A request without a name, or with two, is refused."""
    with served(site) as port:
        for names in (
            "",
            f"Host: 127.0.0.1:{port}\r\nHost: evil.example\r\n",
            f"Host: evil.example\r\nHost: 127.0.0.1:{port}\r\n",
        ):
            with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE / 1000) as client:
                client.sendall(f"GET / HTTP/1.1\r\n{names}\r\n".encode())
                answer = b"".join(iter(lambda: client.recv(65536), b""))
            assert b" 421 " in answer.split(b"\r\n")[0]


def test_this_machines_names_are_answered(site: Path) -> None:
    """By the numbers or by the name, in whatever case, with the port."""
    with served(site) as port:
        for host in ("127.0.0.1", "localhost", "LOCALHOST", "[::1]"):
            assert asked(port, "/", host=f"{host}:{port}")[0] == 200


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"}, {"Origin": "http://127.0.0.1:1"},
     {"Origin": "http://127.0.0.1:PORT", "Sec_Fetch_Site": "cross-site"}],
)  # fmt: skip
def test_other_sites_do_not_hear_of_builds(headers: dict[str, str], site: Path) -> None:
    """A page of another site cannot listen, nor load the script; it may frame an embed, as it will when that is published."""
    with served(site) as port:
        sent = {name: value.replace("PORT", str(port)) for name, value in headers.items()}
        for path in ("/_live/events", "/_live/live.js", "/_live/live.css"):
            assert asked(port, path, **sent)[0] == 403
        assert asked(port, "/embed/loans/", **sent)[0] == 200
        assert asked(port, "/_live/events", Sec_Fetch_Site="same-origin")[0] == 200


ASKED: dict[str, dict[str, str]] = {
    "a script": {"Mode": "no-cors", "Dest": "script"}, "a picture": {"Mode": "no-cors", "Dest": "image"}, "a style": {"Mode": "no-cors", "Dest": "style"},
    "a font": {"Mode": "cors", "Dest": "font"}, "a request": {"Mode": "no-cors", "Dest": "empty"}, "a worker": {"Mode": "same-origin", "Dest": "worker"},
    "a film": {"Mode": "no-cors", "Dest": "video"}, "an object": {"Mode": "navigate", "Dest": "object"}, "an old browser": {}, "a module": {"Mode": "cors", "Dest": "script"},
}  # fmt: skip


@pytest.mark.parametrize("site_of", ["cross-site", "same-site", "unheard-of"])
@pytest.mark.parametrize("what", ASKED)
def test_other_sites_read_nothing_of_a_draft(what: str, site_of: str, site: Path) -> None:
    """A page of another site, or of another port, loads no file of a draft, in whatever way; only its readers can follow a link there."""
    sent = {f"Sec_Fetch_{name}": value for name, value in {**ASKED[what], "Site": site_of}.items()}
    with served(site) as port:
        for path in (
            "/",
            "/index.html",
            "/about",
            "/about/",
            "/data/x.csv",
            "/assets/x.JS",
            "/manifest.json",
            "/gr%C3%BCn.txt",
            "/odd",
            "/nothing.js",
        ):
            status, _, body = asked(port, path, **sent)
            assert status == 403, path
            assert b"page" not in body.replace(b"pages of this", b"")
        if what != "an old browser":
            assert asked(port, "/embed/loans/", **sent)[0] == 403
        followed = {
            "Sec_Fetch_Site": site_of,
            "Sec_Fetch_Mode": "navigate",
            "Sec_Fetch_Dest": "document",
        }
        assert asked(port, "/about/", **followed)[0] == 200
        framed = {**followed, "Sec_Fetch_Dest": "iframe"}
        assert asked(port, "/embed/loans/", **framed)[0] == 200
        assert asked(port, "/about/", **framed)[0] == 403
        assert asked(port, "/data/x.csv", **followed)[0] == 403


def test_browsers_that_do_not_say_who_asks_are_told_who_may(site: Path) -> None:
    """Every file but an embed's page is for this server's own pages, by its headers too; so is each answer to an origin of its own."""
    with served(site) as port:
        for path in FILES:
            if path not in ("gone.txt",):
                headers = asked(port, "/" + path.replace("ü", "%C3%BC"))[1]
                framed = path.startswith("embed/")
                assert headers.get("cross-origin-resource-policy") == (
                    None if framed else "same-origin"
                ), path
        assert asked(port, "/data/x.csv", Origin="https://evil.example")[0] == 403
        assert (
            asked(
                port, "/data/x.csv", Origin=f"http://127.0.0.1:{port}", Sec_Fetch_Site="same-origin"
            )[0]
            == 200
        )


@pytest.mark.parametrize("port", ["-1", "65536", "99999", "x"])
def test_no_such_port(port: str) -> None:
    """A port that no machine has is refused before anything is built."""
    done = subprocess.run(
        [sys.executable, ROOT / "build.py", "serve", f"--port={port}"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_site_that_lies_there_already_is_not_served(tmp_path: Path) -> None:
    """A stranger's project that cannot be built, with a site of its own making: none of it is served, whatever its manifest says."""
    project = copy_small(tmp_path / "project")
    replace(project / "site_src" / "about.md", 'fact("members")', 'fact("member")')
    (tmp_path / "secret").write_bytes(SECRET)
    for path, data in marked(
        {**FILES, "index.html": b"<script>alert(1)</script>" + SECRET}
    ).items():
        (project / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (project / "site" / path).write_bytes(data)
    (project / "site" / "link.txt").symlink_to(tmp_path / "secret")
    command = serve_command(project)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        try:
            assert child.stdout is not None
            port = next(
                int(found[1])
                for line in child.stdout
                if (found := re.search(r"http://127\.0\.0\.1:(\d+)/", line))
            )
            for path in (
                "/",
                "/index.html",
                "/link.txt",
                "/manifest.json",
                "/about/",
                "/data/x.csv",
            ):
                status, _, body = asked(port, path)
                assert status == 404
                assert SECRET not in body
                assert b"alert" not in body
            assert b"no build has been good yet" in asked(port, "/")[2]
        finally:
            child.kill()


def test_each_kind_of_file_has_a_type() -> None:
    """Whatever kind of file a site may have, the server knows what to call it."""
    kinds = {
        *allowed_files.PICTURES,
        *allowed_files.FONTS,
        *allowed_files.RECORDINGS,
        *allowed_files.DOCUMENTS,
        *allowed_files.JSON,
        *allowed_files.SCRIPTS,
        *allowed_files._OF_THE_SITE,
    }
    assert kinds <= allowed_files.MEDIA_TYPES.keys()
