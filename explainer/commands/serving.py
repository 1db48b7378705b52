"""``build.py serve``: the site on this machine, built again at each change, and each open page loaded again after each build.

What stops a build is shown in the terminal and in the page, below the last good one. The pages on the disk are the published ones;
the script that listens is put into them on their way out. Until a build of this run was good, nothing is served but what stops it: a
site that lies in the folder already may be anybody's.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from explainer import saying
from explainer.commands.live import Live, Published, server_of
from explainer.commands.reporting import report
from explainer.options import Options
from explainer.problems import MachineFailed, Refused
from explainer.publishing import swap
from explainer.shelf import Shelf
from explainer.trees import Stamp
from explainer.watching import stamps

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

    Shelf.remember()
    seen = stamps(options.project)
    _try(options, built, live)
    gc.collect()
    gc.freeze()  # most of what lives now lives on, and need not be looked through after each build
    try:
        server = server_of(published, live, port)
    except OSError as error:
        raise MachineFailed(f"port {port}: {error.strerror}; try --port {port + 1}") from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    saying.lines([f"Serving http://127.0.0.1:{server.server_port}/ (stop with Ctrl+C)"])
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
        saying.lines([f"build.py: {failed}"], sys.stderr)
    else:
        live.built()
        saying.lines([*said[:-1], f"{said[-1]} ({time.monotonic() - begun:.1f} s)"])
