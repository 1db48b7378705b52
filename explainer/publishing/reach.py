"""``page-far``: a page that a reader cannot reach from the first one in two clicks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from explainer.problems import Place, Problem

CLICKS = 2
_ALONE = ("explore/", "embed/", "404.html")
"""Pages that stand in other pages, or that nobody means to open."""


def far(links: Mapping[str, set[str]]) -> Iterator[Problem]:
    """The pages that are too far; ``links`` are the pages that each listed page leads to, all as paths of files."""
    seen = near = {"index.html"} & links.keys()
    for _ in range(CLICKS):
        near = {target for page in near for target in links[page] if target in links} - seen
        seen = seen | near
    for page in sorted(links.keys() - seen if seen else ()):
        if not page.startswith(_ALONE):
            hint = "name it under 'nav' in mkdocs.yml, or link to it from a page that stands there"
            yield Problem(Place(f"site/{page}"), "page-far", f"no {CLICKS} clicks lead here from the first page", hint)
