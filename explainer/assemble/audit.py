"""Audits the finished site: what must not reach a reader, whatever made it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from explainer.assemble.page_index import PageIndex, Rules, index_page, target
from explainer.common import policy
from explainer.common.allowed import css as allowed_css
from explainer.common.allowed import drawings, pictures
from explainer.common.allowed import files as allowed_files
from explainer.common.allowed.addresses import data_of, is_drawing, is_picture, is_within
from explainer.common.problems import Place, Problem
from explainer.incremental.cache import Cache
from explainer.incremental.files import Files

# The rule ``page-far``

CLICKS = 2
_ALONE = ("explore/", "embed/", "404.html")
"""Paths of pages that are shown inside of other pages, or that nobody opens on purpose."""


def far(links: Mapping[str, set[str]]) -> Iterator[Problem]:
    """Yield a problem for each page that is more than ``CLICKS`` clicks from the first page.

    ``links`` has the files to which each listed page links.
    """
    seen = near = {"index.html"} & links.keys()
    for _ in range(CLICKS):
        near = {target for page in near for target in links[page] if target in links} - seen
        seen = seen | near
    for page in sorted(links.keys() - seen if seen else ()):
        if not page.startswith(_ALONE):
            hint = "name it under 'nav' in mkdocs.yml, or link to it from a page that stands there"
            yield Problem(
                Place(f"site/{page}"),
                "page-far",
                f"no {CLICKS} clicks lead here from the first page",
                hint,
            )


_SHOWING: Final = allowed_files.PICTURES | {"svg", "css"}
"""The kinds of files that are pictures or can show pictures."""

# The audit of all files


def audit(files: Files, cache: Cache, rules: Rules) -> list[Problem]:
    """Return the problems in every file that a browser could open.

    These are broken links and anchors, pages that are too far from the first, requests to other
    hosts, and forbidden content. If the last site had no problems, and the changed pages have the
    same links and loads and still have all anchors that are used, the rest is not checked again.
    """
    notes = cache.notes(cache.room(("audited", list(files), rules.sum)))
    good: dict[str, tuple[str, str]] = notes.setdefault("pages", {})
    linked: dict[str, frozenset[str]] = notes.setdefault("linked", {})
    paths = sorted(path for path in files if path.endswith(".html"))
    if beside := [*_clashes(files), *_others(files, notes.setdefault("others", {}))]:
        return beside
    changed = {
        path: index_page(path, files, cache, rules)
        for path in paths
        if path not in good or good[path][0] != files.sum(path)
    }
    looks = {path: page.sum(path) for path, page in changed.items()}
    if not all(
        path in good and good[path][1] == looks[path] and _has(path, page, linked)
        for path, page in changed.items()
    ):
        pages = {path: changed.get(path) or index_page(path, files, cache, rules) for path in paths}
        if found := list(_faults(pages, files)):
            return found
        linked.clear()
        linked.update(_linked(pages))
    shown: dict[str, tuple[int, list[str]]] = notes.setdefault("shown", {})
    shown.update({path: _pictures_of(path, page) for path, page in changed.items()})
    if heavy := list(_heavy({path: shown[path] for path in paths if path in shown}, files, notes)):
        return heavy
    good.update({path: (files.sum(path), looks[path]) for path in changed})
    return []


def _pictures_of(path: str, page: PageIndex) -> tuple[int, list[str]]:
    """Return what a page shows: the pixels of the pictures inside it, and files that it loads.

    The files are pictures, drawings and stylesheets.
    """
    held = {each for each in page.loads if is_picture(each) and not is_drawing(each)}
    points = sum(pictures.points_of(data_of(each) or b"") for each in held)
    loaded = {target(path, each)[0] for each in page.loads if not each.startswith("data:")}
    drawn = (each for each in loaded if allowed_files.kind_of(each) in _SHOWING)
    return points, sorted(drawn)


def _heavy(
    shown: Mapping[str, tuple[int, list[str]]], files: Files, notes: dict[str, Any]
) -> Iterator[Problem]:
    """Yield a problem for each page whose pictures have too many pixels together."""
    looked_at: dict[str, tuple[str, int, list[str]]] = notes.setdefault("pictures", {})

    def of_file(path: str) -> tuple[str, int, list[str]]:
        if path not in looked_at or looked_at[path][0] != files.sum(path):
            looked_at[path] = (files.sum(path), *_pictures_in(path, files[path]))
        return looked_at[path]

    for page, (held, loaded) in shown.items():
        named = {path: of_file(path) for path in loaded if path in files}
        inner = {path for _, _, paths in named.values() for path in paths} - named.keys()
        named.update({path: of_file(path) for path in sorted(inner) if path in files})
        points = held + sum(points for _, points, _ in named.values())
        if points > pictures.MOST_OF_PAGE:
            message, hint = pictures.too_many(points), "show fewer pictures, or smaller ones"
            yield Problem(Place(f"site/{page}"), "hostile-output", message, hint)


def _pictures_in(path: str, data: bytes) -> tuple[int, list[str]]:
    """Return the pixels of a file's pictures, and the picture files that a stylesheet names."""
    kind = allowed_files.kind_of(path)
    if kind == "svg":
        return (drawings.points_of(data) if b"image" in data.lower() else 0), []
    if kind != "css":
        return pictures.points_of(data), []
    addresses = set(allowed_css.addresses_in(data.decode(errors="replace")))
    held = {each for each in addresses if is_picture(each) and not is_drawing(each)}
    named = {target(path, each)[0] for each in addresses if is_within(each)}
    drawn = sorted(each for each in named if allowed_files.kind_of(each) in _SHOWING - {"css"})
    return sum(pictures.points_of(data_of(each) or b"") for each in held), drawn


def _clashes(files: Iterable[str]) -> Iterator[Problem]:
    """Yield the paths that some file systems cannot keep apart, or that need a file as a folder."""
    for path, other in allowed_files.clashes(files):
        message = f"'{path}' and '{other}' cannot both stand on every disk"
        yield Problem(Place(f"site/{path}"), "path-taken", message, "rename one of them")


def _others(files: Files, good: dict[str, str]) -> Iterator[Problem]:
    """Yield problems in files that are not pages.

    ``good`` has the digests of files that were checked before.
    """
    for path in sorted(path for path in files if not path.endswith(".html")):
        if good.get(path) == files.sum(path):
            continue
        found = allowed_files.faults(path, files)
        yield from (
            Problem(Place(f"site/{path}"), "hostile-output", f"'{path}': {fault}", "take it out")
            for fault in found
        )
        if not found:
            good[path] = files.sum(path)


def _linked(pages: Mapping[str, PageIndex]) -> dict[str, frozenset[str]]:
    """Return the anchors of each page to which other pages link."""
    found: dict[str, set[str]] = {}
    for path, page in pages.items():
        for file, anchor in page.links.values():
            if anchor and file in pages and file != path:
                found.setdefault(file, set()).add(anchor)
    return {file: frozenset(anchors) for file, anchors in found.items()}


def _has(path: str, page: PageIndex, linked: Mapping[str, frozenset[str]]) -> bool:
    """Return whether a page has all anchors to which it or another page links."""
    return page.ids.issuperset(
        (
            *linked.get(path, ()),
            *(anchor for file, anchor in page.links.values() if anchor and file == path),
        )
    )


def _faults(pages: Mapping[str, PageIndex], files: Container[str]) -> Iterator[Problem]:
    for path, page in pages.items():
        place = Place(f"site/{path}")
        for fault in page.faults:
            yield Problem(
                place,
                "hostile-output",
                fault,
                "take it out; where no author wrote it, a template is at fault",
            )
        for address in page.loads:
            if urlsplit(address).netloc:
                yield Problem(
                    place,
                    "foreign-request",
                    f"the page loads '{address[:80]}' from another host",
                    "keep the file in site_src/assets",
                )
            elif (
                path != "404.html"
                and not address.startswith("data:")
                and target(path, address)[0] not in files
            ):
                yield Problem(
                    place,
                    "broken-link",
                    f"the page loads '{address}', which is not there",
                    "check the path",
                )
        # 404.html has addresses from the root; a pinned edition cannot be mended.
        if path != "404.html" and not policy.is_pinned(path):
            yield from _links(path, page, pages, files)
    yield from far(
        {
            path: {file for file, _ in page.links.values()}
            for path, page in pages.items()
            if page.listed
        }
    )


def _links(
    path: str, page: PageIndex, pages: Mapping[str, PageIndex], files: Container[str]
) -> Iterator[Problem]:
    for address, (file, anchor) in page.links.items():
        if file not in files:
            yield Problem(
                Place(f"site/{path}"),
                "broken-link",
                f"'{address}' leads to nothing",
                "mend the link, or add the page",
            )
        elif anchor and file in pages and anchor not in pages[file].ids:
            yield Problem(
                Place(f"site/{path}"),
                "broken-link",
                f"'{address}' names an anchor that is not there",
                "mend the anchor",
            )
