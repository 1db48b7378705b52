"""From the engine's pages to the finished site: a content security policy in each page, and the manifest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial

from pydantic_core import to_json

from explainer import memory, policy
from explainer.digests import digest
from explainer.disk import MARKER
from explainer.files import Files, Lying
from explainer.options import Options
from explainer.project import Project
from explainer.publishing import carrying, scheme, searching
from explainer.publishing.localising import Frame
from explainer.publishing.mending import mended
from explainer.publishing.styles import FROM, Styles
from explainer.shelf import Held, Shelf
from explainer.trees import Tree

_INLINE = re.compile(r"<(script|style)\b([^>]*)>")
_HEAD = re.compile(r"(<head[^>]*>)\s*(<meta charset=[^>]*>)?", re.IGNORECASE)
_SITEMAPS = ("sitemap.xml", "sitemap.xml.gz")
_PLOTLY_STYLES = ("'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='", "'sha256-ji27qzEtxXZW+7dun6UwjHXJ18e6WAin1VvNtkzIE/o='")
"""Plotly adds an empty ``<style>`` and fills it through the CSSOM; without its hash, titles stand in the wrong place. The second is the
stylesheet of the map library in its bundle, plotly.js 4.1.1; a browser test fails when a new version brings another."""

_ENGINE_STYLES = {"zensical": ("'sha256-NwSx/R2V/U4jnW0Tq5pQ53Y/rzPVJ4dqE7D6UTA/J1k='",)}
"""Zensical 0.0.73 adds the stylesheet of its search dialog by script; the browser tests fail when a new version brings another."""


def finish(engines: Tree, ours: Files, project: Project, options: Options, shelf: Shelf) -> Files:
    """The finished site, by path, its manifest last: from what the engine made, and the files that it never saw."""
    pages, others = _Pages(engines, ours, project), _others(engines, ours, shelf, addressed=bool(project.address))
    searching.replace(others, project.main, tuple(project.languages), shelf)
    styles = Styles(pages, others, shelf, pages.sums)

    def finished(path: str) -> bytes:
        return finish_page(path, styles.put(path, pages[path]), options.engine).encode()

    made: dict[str, bytes | Held | Lying] = {path: others.take(path) for path in others.keys() - styles.replaced}
    made |= {
        path: shelf.held("finished", (path, pages.sums[path], styles.sum(path), options.engine), partial(finished, path)) for path in pages
    }
    made |= styles.files
    memory.give_back()
    carried = carrying.read(options.carry).beside(made)
    made |= carried.files
    done = Files(shelf)
    for path in sorted(made):
        done.put(path, made[path], others.sum(path) if path in others and made[path] is others.take(path) else None)
    done.put(MARKER, manifest({path: done.sum(path) for path in done}, project, options, carried.days))
    return done


def _others(engines: Tree, ours: Files, shelf: Shelf, *, addressed: bool) -> Files:
    """What is no page; a file of ours stands before the engine's. A sitemap without addresses names no page, and is left out."""
    found = Files(shelf)
    left_out = () if addressed else _SITEMAPS
    for path in (path for path in engines if not path.endswith(".html") and path not in left_out):
        found.put(path, Lying(engines, path))
    for path in (path for path in ours if not path.endswith(".html")):
        found.put(path, ours.take(path))
    return found


class _Pages(Mapping[str, str]):
    """The pages by path, in the words of their languages; each is read only if somebody asks for it."""

    def __init__(self, engines: Tree, ours: Files, project: Project) -> None:
        self._ours, self._engines, self._frame = ours, engines, Frame(project, engines)
        self._paths = sorted(path for path in {*ours, *engines} if path.endswith(".html"))
        around = digest(self._frame.made_from)
        self.sums = {path: f"{around} {(ours if path in ours else engines).sum(path)}" for path in self._paths}
        """A sum over all that each is made from."""

    def __getitem__(self, path: str) -> str:
        page = (self._ours if path in self._ours else self._engines)[path]
        return scheme.switched(mended(self._frame.localised(path, page.decode())))

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, path: object) -> bool:
        return path in self.sums


def finish_page(path: str, html: str, engine: str = "mkdocs") -> str:
    """The page with its policy, which allows its own inline scripts and styles by hash and nothing from elsewhere; some bring theirs."""
    if policy.brings_own(html):
        return html
    found = list(_elements(html))
    scripts = sorted({_allowed(code) for tag, attributes, code in found if tag == "script" and _runs(attributes)})
    ours = sorted({_allowed(code) for tag, attributes, code in found if tag == "style" and FROM in attributes})
    script = " ".join(["'self'", *scripts])
    style = " ".join(["'self'", *(_PLOTLY_STYLES if path.startswith("explore/") else [*_ENGINE_STYLES.get(engine, ()), *ours])])
    frames = "; frame-src 'self'" if "data-explore=" in html else ""
    allowed = (
        f"default-src 'none'; script-src {script}; style-src {style}; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'{frames}"
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{allowed}">'
    return _HEAD.sub(lambda match: f"{match.group(1)}\n{meta}\n{match.group(2) or ''}\n{policy.REFERRER}", html, count=1)


def _elements(html: str) -> Iterator[tuple[str, str, str]]:
    """The tag, the attributes and the content of each script and style of a page."""
    opened = _INLINE.search(html)
    while opened and (end := html.find(f"</{opened.group(1)}>", opened.end())) >= 0:
        yield opened.group(1), opened.group(2), html[opened.end() : end]
        opened = _INLINE.search(html, end)


@lru_cache(maxsize=64)
def _allowed(code: str) -> str:
    return policy.of(code)


def _runs(attributes: str) -> bool:
    return "src=" not in attributes and "application/" not in attributes


def manifest(sums: Mapping[str, str], project: Project, options: Options, carried: Mapping[str, str]) -> bytes:
    """SHA-256 of every other file, and of the ledger; and all that a build was told, so that anybody can build it again."""
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
