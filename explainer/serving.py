"""``build.py serve``: the site on this machine, built again at each change; a failed build leaves the last good one up."""

from __future__ import annotations

import functools
import http.server
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from explainer.options import Options
from explainer.problems import MachineFailed, Refused
from explainer.reporting import report

_WATCHED = ("seeds", "site_src", "templates", "mkdocs.yml")
_PAUSE = 0.5


def serve(options: Options, build: Callable[[Options], str], port: int) -> None:
    """Build, serve on the loopback address, and build again whenever a watched file changes, until interrupted."""
    _try(options, build)
    handler = functools.partial(_Quiet, directory=str(options.output))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise MachineFailed(f"port {port}: {error.strerror}; try --port {port + 1}") from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"Serving http://127.0.0.1:{server.server_port}/ (stop with Ctrl+C)")
    seen = _stamp(options.project)
    try:
        while True:
            time.sleep(_PAUSE)
            now = _stamp(options.project)
            if now != seen:
                seen = now
                _try(options, build)
    except KeyboardInterrupt:
        server.shutdown()


def _try(options: Options, build: Callable[[Options], str]) -> None:
    try:
        print(build(options))
    except Refused as refused:
        report(refused.problems, "text", sys.stderr)


def _stamp(project: Path) -> frozenset[tuple[str, int, int]]:
    """What would change if a watched file did."""
    paths = [path for name in _WATCHED for path in ([project / name] if (project / name).is_file() else (project / name).rglob("*"))]
    return frozenset((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in paths if path.is_file())


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing for each request."""
