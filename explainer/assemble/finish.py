"""Finishes the engine's pages: mends their HTML, adds a policy to each, and writes the manifest."""

from __future__ import annotations

import gzip
import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from pydantic_core import to_json

from explainer.assemble import assets, search, styles
from explainer.assemble.localising import Frame
from explainer.assemble.styles import Styles
from explainer.common import policy, programs
from explainer.common.allowed.scripts import Scripts
from explainer.common.disk import MANIFEST
from explainer.common.problems import Place, Problem, Refused
from explainer.common.trees import Tree
from explainer.engine import RECORD, Shells
from explainer.incremental.cache import Cache, CachedBytes
from explainer.incremental.files import Files, Lying
from explainer.model.digests import digest
from explainer.options import Options
from explainer.project import Project

# Mending the theme's HTML

_FAULTS: Final = (
    # a checkbox has nothing to complete
    re.compile(r'(<input class="md-toggle"[^<>]*?) autocomplete="off"'),
    re.compile(r'(<label [^<>]*?) tabindex=""'),  # not a valid number
    # the keyboard could not reach the button that clears the search
    re.compile(r'(<button type="reset"[^<>]*?) tabindex="-1"'),
    # an invisible tab stop; the results inside are tab stops themselves
    re.compile(r'(<div class="md-search__scrollwrap") tabindex="0"'),
)

_HIDDEN: Final = re.compile(
    r'<div class="md-(?:header__topic" data-md-component="header-topic|search__suggest)"'
)
"""Elements that a screen reader need not read, because their words are elsewhere.

They are the page's title in the header, and the word with which the search completes the input.
"""

_MENU_LABEL = re.compile(
    r'<label class="md-header__button md-icon" for="__drawer">(?P<icon>.*?)'
    r"(?P<end></label>|\Z)",
    re.DOTALL,
)
"""The label that opens the theme's menu.

It belongs to a hidden checkbox, so the keyboard cannot reach it. A label without an end goes to the
end of the page, so that it is read once, and stays as it is.
"""
_MENU_BUTTON: Final = (
    r'<button type="button" class="md-header__button md-icon menu-open" popovertarget="menu" '
    r'aria-labelledby="menu-title">\g<icon></button>'
)


def mended(page: str) -> str:
    """Return a page without markup that the HTML standard forbids, and with a menu button."""
    for fault in _FAULTS:
        page = fault.sub(r"\1", page)
    page = _HIDDEN.sub(r'\g<0> aria-hidden="true"', page)
    return _MENU_LABEL.sub(
        lambda label: label.expand(_MENU_BUTTON) if label["end"] else label[0], page
    )


# From the engine's pages to the finished site

_HEAD = re.compile(r"(<head[^<>]*>)\s*(<meta charset=[^<>]*>)?", re.IGNORECASE)
_SITEMAPS = ("sitemap.xml", "sitemap.xml.gz")


def finish(
    engines: Tree, ours: Files, shells: Shells, project: Project, options: Options, cache: Cache
) -> Files:
    """Return the files of the finished site by path, the manifest last.

    ``engines`` are the engine's files, ``ours`` those that the engine never gets.
    """
    pages = _Pages(engines, ours, shells, project)
    others = _others(engines, ours, shells, cache, addressed=bool(project.address))
    search.replace_search(others, pages, pages.searched, (project.main, *project.languages), cache)
    styles = Styles(pages, others, cache, pages.sums)
    scripts = Scripts(options.engine, project.address)

    def finished(path: str) -> bytes:
        html = styles.put(path, pages[path])
        if path in ours and policy.has_policy(html):
            return html.encode()
        return finish_page(path, html, scripts, *styles.of(path)[1:]).encode()

    made: dict[str, bytes | CachedBytes | Lying] = {
        path: others.take(path) for path in others.keys() - styles.replaced
    }
    for path in pages:
        made_from = (path, pages.sums[path], styles.sum(path), scripts.of_page(path))
        made[path] = cache.held("finished", made_from, partial(finished, path))
    made |= styles.files
    programs.give_memory_back()
    carried = assets.read_carried(options.carry).beside(made)
    made |= carried.files
    done = Files(cache)
    for path in sorted(made):
        done.put(
            path,
            made[path],
            others.sum(path) if path in others and made[path] is others.take(path) else None,
        )
    done.put(
        MANIFEST, manifest({path: done.sum(path) for path in done}, project, options, carried.days)
    )
    return done


def _others(engines: Tree, ours: Files, shells: Shells, cache: Cache, *, addressed: bool) -> Files:
    """Return all files that are not pages. Raises ``Refused`` if one of ours has an engine's path.

    A sitemap is left out if the site has no address, because it could name no page.
    """
    found = Files(cache)
    left_out = () if addressed else _SITEMAPS
    for path in (path for path in engines if not path.endswith(".html") and path not in left_out):
        found.put(path, Lying(engines, path))
    for path in (path for path in ours if not path.endswith(".html")):
        if path in found:
            message = f"'{path}' would stand in the place of the engine's own '{path}'"
            raise Refused(
                (Problem(Place(f"site/{path}"), "path-taken", message, "give it another name"),)
            )
        found.put(path, ours.take(path))
    if shells.shell_of and addressed:
        xml = _sitemap(found["sitemap.xml"].decode(), shells).encode()
        found["sitemap.xml"] = xml
        if "sitemap.xml.gz" in found:
            found["sitemap.xml.gz"] = gzip.compress(xml, mtime=0)
    return found


def _sitemap(xml: str, shells: Shells) -> str:
    """Return the engine's sitemap with the shells replaced by the record pages."""
    pages: dict[str, list[str]] = {}
    for path, shell in sorted(shells.shell_of.items()):
        pages.setdefault(f"{posixpath.dirname(shell)}/", []).append(f"{posixpath.dirname(path)}/")

    def put(match: re.Match[str]) -> str:
        shell = next((each for each in pages if match["address"].endswith(f"/{each}")), None)
        if shell is None:
            return match[0]
        return "".join(match[0].replace(shell, page) for page in pages[shell])

    return re.sub(r"\s*<url>\s*<loc>(?P<address>[^<]*)</loc>.*?</url>", put, xml, flags=re.DOTALL)


class _Pages(Mapping[str, str]):
    """The pages by path, with translated frames; each is made only when it is read."""

    def __init__(self, engines: Tree, ours: Files, shells: Shells, project: Project) -> None:
        self._ours, self._engines, self._shells, self._frame = (
            ours,
            engines,
            shells,
            Frame(project, engines),
        )
        there = {*ours, *engines, *shells.shell_of} - set(shells.shell_of.values())
        self._paths = sorted(path for path in there if path.endswith(".html"))
        around = digest(self._frame.made_from)
        self.sums = {path: f"{around} {self._made_from(path)}" for path in self._paths}
        """A digest of everything that a page is made from, by path."""
        self._framed_shells: dict[str, str] = {}
        """Shells that are finished except for their slots."""

    def _made_from(self, path: str) -> str:
        if path in self._shells.shell_of:
            return (
                f"{self._engines.sum(self._shells.shell_of[path])} {self._shells.made_from(path)}"
            )
        return (self._ours if path in self._ours else self._engines).sum(path)

    def __getitem__(self, path: str) -> str:
        if shell := self._shells.shell_of.get(path):
            if shell not in self._framed_shells:
                self._framed_shells[shell] = self._framed(shell, self._engines[shell].decode())
            return self._shells.filled(path, self._framed_shells[shell])
        return self._framed(
            path, (self._ours if path in self._ours else self._engines)[path].decode()
        )

    def _framed(self, path: str, page: str) -> str:
        page = page.replace(f'href="{RECORD}', f'href="{"../" * path.count("/")}')
        return styles.switched_schemes(mended(self._frame.localised(path, page)))

    @property
    def searched(self) -> Mapping[str, str]:
        """The digests of the pages that the search indexes: those with the theme's frame."""
        return {
            path: self.sums[path]
            for path in self._paths
            if path not in self._ours and path != "404.html"
        }

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, path: object) -> bool:
        return path in self.sums


def finish_page(path: str, html: str, scripts: Scripts, own_style: str = "") -> str:
    """Return the page with its content security policy.

    The policy allows the known inline scripts of the page and ``own_style``, and nothing from other
    hosts.
    """
    known = [
        policy.source_expression(code)
        for code in scripts.of_page(path)
        if f"<script>{code}</script>" in html
    ]
    script = " ".join(["'self'", *sorted(known)])
    own = [policy.source_expression(own_style)] if own_style else []
    style = " ".join(["'self'", *policy.added_styles(path, scripts.engine), *own])
    frames = "; frame-src 'self'" if "data-explore=" in html else ""
    allowed = (
        f"default-src 'none'; script-src {script}; style-src {style}; img-src 'self' data:;"
        " font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action"
        f" 'none'{frames}"
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{allowed}">'
    return _HEAD.sub(
        lambda match: f"{match.group(1)}\n{meta}\n{match.group(2) or ''}\n{policy.REFERRER}",
        html,
        count=1,
    )


def manifest(
    sums: Mapping[str, str], project: Project, options: Options, carried: Mapping[str, str]
) -> bytes:
    """Return the manifest: digests of all other files and of the seeds, and the build's options.

    The digests are SHA-256. With the options, anyone can build the site again. The format is JSON.
    """
    ledger = hashlib.sha256()
    for path in sorted(project.seeds):
        ledger.update(path.encode() + b"\0" + hashlib.sha256(project.seeds[path]).digest())
    record = {
        "generator": "explainer",
        "today": project.today,
        "today_from": "--today" if options.today else "the newest date in the seeds",
        "engine": options.engine,
        "site_url": options.site_url,
        "report": options.report,
        "ledger": ledger.hexdigest(),
        "carried": carried,
        "files": sums,
    }
    return to_json(record, indent=1) + b"\n"
