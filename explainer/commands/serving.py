"""``build.py serve``: the site on this machine, built again at each change, and each open page loaded again after each build.

What stops a build is shown in the terminal and in the page, below the last good one. The pages on the disk are the published ones;
the script that listens is put into them on their way out.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from explainer.commands.live import Live, server_of
from explainer.commands.reporting import report
from explainer.options import Options
from explainer.problems import MachineFailed, Refused

_WATCHED = ("seeds", "site_src", "templates", "mkdocs.yml")
_PAUSE = 0.1
"""Seconds between two looks at the files."""


def serve(options: Options, build: Callable[[Options], str], port: int) -> None:
    """Build, serve on the loopback address, and build again whenever a watched file changes, until interrupted."""
    live = Live()
    seen = _stamp(options.project)
    _try(options, build, live)
    try:
        server = server_of(options.output, live, port)
    except OSError as error:
        raise MachineFailed(f"port {port}: {error.strerror}; try --port {port + 1}") from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"Serving http://127.0.0.1:{server.server_port}/ (stop with Ctrl+C)", flush=True)
    try:
        while True:
            time.sleep(_PAUSE)
            now = _stamp(options.project)
            if now != seen:
                seen = now
                _try(options, build, live)
    except KeyboardInterrupt:
        server.shutdown()


def _try(options: Options, build: Callable[[Options], str], live: Live) -> None:
    begun = time.monotonic()
    gc.collect()  # a command's end does it for the other verbs
    try:
        said = build(options)
    except Refused as refused:
        report(refused.problems, "text", sys.stderr)
        live.failed(refused.problems)
    except MachineFailed as failed:  # another build is under way, the disk is full: the next change is another try
        print(f"build.py: {failed}", file=sys.stderr, flush=True)
    else:
        print(f"{said} ({time.monotonic() - begun:.1f} s)", flush=True)
        live.built()


def _stamp(project: Path) -> frozenset[tuple[str, int, int]]:
    """What would change if a watched file did."""
    found = set()
    for name in _WATCHED:
        for path in [project / name] if (project / name).is_file() else (project / name).rglob("*"):
            try:
                status = path.stat()
            except OSError:  # gone between the two calls, as an editor that saves by renaming leaves it
                continue
            found.add((str(path), status.st_mtime_ns, status.st_size))
    return frozenset(found)
