"""What tests in a real Chromium need: a site served as static hosts serve it, and a page that is watched while it is used."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import chromium
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Error,
    Frame,
    Locator,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)
from serving import online
from support import PATIENCE, ROOT, apart, eventually, lend_real

GIVEN = os.environ.get("EXPLAINER_SITE")
"""A finished site to test rather than one built here: in CI the very one that will be deployed."""
ENGINE = os.environ.get("EXPLAINER_ENGINE", "mkdocs")
"""The engine that the sites of these tests are built by."""
SITE_URL = (
    json.loads((Path(GIVEN) / "manifest.json").read_bytes())["site_url"]
    if GIVEN
    else "https://explainer.example/some/project/"
)
SUB_PATH = urlsplit(SITE_URL).path.strip("/") + "/" if urlsplit(SITE_URL).path.strip("/") else ""
"""Where the site stands below its host, as a project's pages do on GitHub Pages."""
ALL_PAGES = bool(os.environ.get("EXPLAINER_ALL_PAGES"))
"""Whether to open every page rather than a sample."""
_VIOLATIONS = """document.addEventListener("securitypolicyviolation", event =>
  console.error("policy violated: " + event.violatedDirective + " by " + (event.blockedURI || "inline")))"""

_USUAL: dict[str, Any] = {
    "color_scheme": "light",
    "reduced_motion": "no-preference",
    "forced_colors": "none",
}
"""What a reader has who was made with no such option."""

MATERIALS_INDEX = "search/search_index.json"
_STILL = "nothing more to say"
_RESTS = f"""new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => {{
  console.info("{_STILL}"); done(); }}))))"""
"""Kept once the page has been drawn twice and has nothing to do; what its console has to say was said before."""
_MOVES = """() => document.getAnimations().some(one => one.playState !== "finished" && one.playState !== "paused"
  && one.effect && one.effect.getComputedTiming().endTime !== Infinity)"""


def build_real(folder: Path) -> None:
    """Build a copy of the real project below ``folder``, or take the site that was given; it stands at ``www/`` and the sub-path."""
    if GIVEN:
        shutil.copytree(GIVEN, folder / "www" / SUB_PATH)
        return
    project = folder / "project"
    for name in ("seeds", "site_src"):
        shutil.copytree(ROOT / name, project / name, symlinks=True)
    shutil.copy(ROOT / "mkdocs.yml", project)
    build(lend_real(project), folder)


def build(project: Path, folder: Path) -> None:
    """Build a project into ``folder``, at ``www/some/project/``."""
    site = folder / "www" / SUB_PATH
    site.parent.mkdir(parents=True)
    done = apart("--project", project, "--output", site, "--site-url", SITE_URL, "--engine", ENGINE)
    assert done.code == 0, done.said


@contextmanager
def served(www: Path, *, searched: bool = True) -> Iterator[str]:
    """Serve a folder on the loopback address; yields the address of the site below it.

    Every page of Material's loads the index of the search, all words of the site. Where nobody is to search, it holds none, and a page
    costs half.
    """
    index = www / SUB_PATH / MATERIALS_INDEX
    nothing = (
        {}
        if searched or not index.exists()
        else {f"/{SUB_PATH}{MATERIALS_INDEX}": _without_words(index)}
    )
    with online(www, missing=f"{SUB_PATH}404.html", instead=nothing) as address:
        yield f"{address}/{SUB_PATH}"


def _without_words(index: Path) -> bytes:
    return json.dumps({**json.loads(index.read_bytes()), "docs": []}).encode()


@contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium that can reach nothing but the loopback address."""
    path = chromium.find()
    assert path is not None, (
        "no Chromium was found; name one in EXPLAINER_CHROMIUM, or run: python tests/chromium.py"
    )
    flags = [*chromium.FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags, timeout=PATIENCE)
        browser.on("context", lambda context: context.set_default_timeout(PATIENCE))
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page, and everything that went wrong while it was open."""

    page: Page
    base: str
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    scripts: bool = True
    """Whether the page may run scripts."""
    again: bool = False
    """Whether the page was watched before: then it has the script that tells of what the policy forbids."""
    expected_missing: str = ""
    """An address that is meant to be answered with 404."""

    def __post_init__(self) -> None:
        if not self.again:
            self.page.add_init_script(_VIOLATIONS)
        self._listeners: dict[Any, Callable[[Any], None]] = {
            "console": self._console, "pageerror": self._error, "request": self._request, "response": self._response,
            "requestfailed": self._failed, "dialog": self._dialog,
        }  # fmt: skip
        for event, listener in self._listeners.items():
            self.page.on(event, listener)

    def goto(self, path: str = "") -> Page:
        """Open a page of the site, and wait until it has loaded and is still."""
        self.page.goto(self.base + path, wait_until="load")
        self.settle()
        return self.page

    def settle(self) -> None:
        """Let the page come to rest, and take every message that the console has on its way."""
        if not self.scripts:
            return
        with self.page.expect_console_message(lambda message: message.text == _STILL):
            self.page.evaluate(_RESTS)

    def forget(self, options: Mapping[str, Any]) -> None:
        """Empty the page, and leave nothing of what the site has noted about its reader nor of what a test has done to the page.

        ``options`` are those that the page's reader was made with.
        """
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        self.page.unroute_all(behavior="ignoreErrors")
        self.page.emulate_media(
            media="null", **{name: options.get(name, usual) for name, usual in _USUAL.items()}
        )
        self.page.evaluate(
            "() => { try { sessionStorage.clear(); } catch { /* a page of no origin has none */ } }"
        )
        self.page.goto("about:blank")
        session = self.page.context.new_cdp_session(self.page)
        noted = {
            "origin": self.base.removesuffix(SUB_PATH).rstrip("/"),
            "storageTypes": "cookies,local_storage,indexeddb",
        }
        session.send("Storage.clearDataForOrigin", noted)
        session.send("Page.resetNavigationHistory")
        session.detach()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not (
            self.expected_missing and message.location.get("url") == self.expected_missing
        ):
            self.faults.append(f"console: {message.text}")

    def _error(self, error: Error) -> None:
        self.faults.append(f"script error: {error}")

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        if (
            urlsplit(request.url).scheme not in ("data", "blob", "about")
            and urlsplit(request.url).netloc != urlsplit(self.base).netloc
        ):
            self.faults.append(f"foreign request: {request.url}")

    def _failed(self, request: Request) -> None:
        if (
            request.failure != "net::ERR_ABORTED"
        ):  # what leaving a page does to what it was still asking for
            self.faults.append(f"failed request: {request.url} ({request.failure})")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.url != self.expected_missing:
            self.faults.append(f"status {response.status}: {response.url}")

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"a script ran: {dialog.type} said {dialog.message!r}")
        dialog.dismiss()


def close_faultless(made: list[Watched]) -> None:
    """Close some pages with their contexts, and hold that nothing went wrong in any of them."""
    for watched in made:
        watched.settle()
        watched.page.context.close()
    faults = [fault for watched in made for fault in watched.faults]
    assert not faults, "\n".join(dict.fromkeys(faults))


def finish_transitions(page: Page) -> None:
    """Wait until nothing of a page is on its way from one look to another; what moves for ever does not count."""
    assert not eventually(lambda: page.evaluate(_MOVES), lambda moves: not moves)


def explored(page: Page) -> Frame:
    """The frame in which a chart is explored, once it has drawn. The frames of the embed's preview are never loaded before they are seen."""
    expect(
        page.frame_locator(".chart-stage.is-exploring iframe").locator("svg.main-svg").first
    ).to_be_visible()
    return next(frame for frame in page.frames if "/explore/" in frame.url)


SEARCH = ".md-search__input, dialog input[role=combobox]"
"""Where words are typed, in either engine's search; Zensical's stands in a shadow tree, which locators look into."""
FINDS = "a.md-search-result__link, dialog a[role=option]"
"""What either engine's search finds."""
OPENS = ".md-search__input:visible, .md-search__button:visible, label.md-header__button[for=__search]:visible"
"""What opens either engine's search."""


def search(page: Page, typed: str) -> Locator:
    """Open the search and put words in; the links that it finds, which come all at once."""
    page.locator(OPENS).first.click()
    page.locator(SEARCH).fill(typed)
    return page.locator(FINDS)


def index_of(site: Path) -> list[dict[str, str]]:
    """The sections that either engine's search knows, each with its ``location`` and ``text``."""
    material = site / MATERIALS_INDEX
    if material.exists():
        return list(json.loads(material.read_bytes())["docs"])
    return list(json.loads((site / "search.json").read_bytes())["items"])


def html_paths(site: Path) -> list[str]:
    """The address below the site of every HTML file, the 404 page left out."""
    files = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return sorted(path.removesuffix("index.html") for path in files if path != "404.html")


KINDS = (
    "home",
    "prose",
    "facts",
    "facts/x",
    "sources",
    "sources/x",
    "kept text",
    "charts/x",
    "explore/x",
    "embed/x",
    "glossary",
    "404",
)
"""The kinds of pages that a site has."""


def kinds(site: Path, *, middling: bool = False) -> dict[str, str]:
    """One page of each kind: the largest, since that has most in it, or the middling one."""
    found: dict[str, list[str]] = {"404": ["404.html"]}
    for path in sorted(
        html_paths(site), key=lambda path: (site / path / "index.html").stat().st_size
    ):
        found.setdefault(_kind(site, path), []).append(path)
    return {kind: paths[len(paths) // 2 if middling else -1] for kind, paths in found.items()}


def _kind(site: Path, path: str) -> str:
    top, _, rest = path.partition("/")
    if top not in ("facts", "sources", "charts", "explore", "embed", "glossary"):
        return "prose" if path else "home"
    if 'class="kept-text"' in (site / path / "index.html").read_text(encoding="utf-8"):
        return "kept text"
    return f"{top}/x" if rest else top
