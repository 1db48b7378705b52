"""Checks on the finished HTML: what no reader may meet, whatever made it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from explainer import policy
from explainer.disk import MARKER
from explainer.problems import Place, Problem
from explainer.publishing.reach import far
from explainer.publishing.seen import Seen, see, target
from explainer.shelf import Shelf


def audit(files: Mapping[str, bytes], shelf: Shelf) -> Iterator[Problem]:
    """Broken links and anchors, far pages, foreign requests and hostile remains; a page of the last build is not read again."""
    sums = json.loads(files[MARKER])["files"] if MARKER in files else {}
    pages = {path: see(path, data, shelf, sums.get(path)) for path, data in sorted(files.items()) if path.endswith(".html")}
    for path, page in pages.items():
        place = Place(f"site/{path}")
        for fault in page.faults:
            yield Problem(place, "hostile-output", fault, "take it out; where no author wrote it, a template is at fault")
        for address in page.loads:
            if urlsplit(address).netloc:
                yield Problem(
                    place, "foreign-request", f"the page loads '{address[:80]}' from another host", "keep the file in site_src/assets"
                )
            elif path != "404.html" and not address.startswith("data:") and target(path, address)[0] not in files:
                yield Problem(place, "broken-link", f"the page loads '{address}', which is not there", "check the path")
        if path != "404.html" and not policy.is_pinned(path):  # the first has addresses from the root; the second cannot be mended
            yield from _links(path, page, pages, files)
    yield from far({path: {file for file, _ in page.links.values()} for path, page in pages.items() if page.listed})


def _links(path: str, page: Seen, pages: Mapping[str, Seen], files: Mapping[str, bytes]) -> Iterator[Problem]:
    for address, (file, anchor) in page.links.items():
        if file not in files:
            yield Problem(Place(f"site/{path}"), "broken-link", f"'{address}' leads to nothing", "mend the link, or add the page")
        elif anchor and file in pages and anchor not in pages[file].ids:
            yield Problem(Place(f"site/{path}"), "broken-link", f"'{address}' names an anchor that is not there", "mend the anchor")
